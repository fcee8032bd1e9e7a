//! Useful changes of every trip on every day of the calendar, worked out once and stored with the timetable.
//!
//! Most days are like another day: what matters for a run is which trips run on the days around it, and how the clocks stand to
//! one another. So days are put into classes, one day of each class is worked out, and even of that only the trips whose changes
//! differ from those of a day before (a hash of what they offer says so).

use super::changes::{Change, Departures, Offers};
use super::expanded::Expanded;
use super::in_seat::InSeat;
use super::packed::{MOST_CALLS, Packed};
use super::reduce::Reducer;
use super::{LONGEST, Unsuited};
use crate::hash::{HashedMap, Sequence, mix};
use crate::network::Network;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use tumen_base::{PatternId, Time};
use tumen_timetable::StoredChanges;

/// Days that are expanded at once beside those that a day needs.
const DAYS_AHEAD: i32 = 6;

/// How to precompute.
pub struct PrecomputeOptions<'p> {
    /// Threads to use.
    pub threads: usize,
    /// Told after each day how many of how many have been worked out.
    pub progress: &'p mut dyn FnMut(usize, usize),
}

/// Works out the useful changes of a network for all days: valid for its settings and for queries without filters.
///
/// # Errors
/// When the network has what changes between runs cannot tell.
pub fn precompute(network: &Network<'_>, options: &mut PrecomputeOptions<'_>) -> Result<StoredChanges, Unsuited> {
    suits(network)?;
    let classes = Classes::of(network);
    let mut memos = vec![Memo::default(); network.columns.trip_pattern.len()];
    let mut days = Days::default();
    for (done, (&day, class)) in classes.first_day.iter().zip(0_u32..).enumerate() {
        (options.progress)(done, classes.first_day.len());
        let needed = Classes::needed(network, day);
        if !(days.expanded.days.start <= needed.start && needed.end <= days.expanded.days.end) {
            days = Days::of(network, needed.start..needed.end.saturating_add(DAYS_AHEAD).min(classes.days()))?;
        }
        let today = Today { day, class, clocks: classes.clocks[class as usize] };
        work_out(network, &days, today, options.threads, &mut memos)?;
    }
    (options.progress)(classes.first_day.len(), classes.first_day.len());
    classes.store(network, memos)
}

/// Whether the changes of a network can be told by runs alone.
pub(crate) fn suits(network: &Network<'_>) -> Result<(), Unsuited> {
    if network.guarantees_matter {
        return Err(Unsuited::Guarantees);
    }
    let longest =
        (0..network.calendar.patterns()).map(|pattern| network.calendar.pattern(PatternId::from_index(pattern)).calls);
    match longest.max().filter(|&calls| calls >= MOST_CALLS) {
        Some(calls) => Err(Unsuited::Calls(calls)),
        None => Ok(()),
    }
}

/// Runs of some days, and what is worked out about all of them at once.
#[derive(Default)]
struct Days {
    expanded: Expanded,
    departures: Departures,
    in_seat: InSeat,
    /// What each run leads into, as a hash that is the same on like days.
    leads: Vec<u64>,
}

impl Days {
    fn of(network: &Network<'_>, days: Range<i32>) -> Result<Self, Unsuited> {
        let expanded = Expanded::of(network, days).ok_or(Unsuited::Size)?;
        let departures = Departures::of(network, &expanded);
        let in_seat = InSeat::of(network, &expanded).ok_or(Unsuited::Size)?;
        let leads = (0..expanded.run.len() as u32).map(|run| {
            let day = expanded.run[run as usize].day;
            let mut hash = Sequence::default();
            for into in in_seat.own(run) {
                hash.add(relative(&expanded, into.run, day));
            }
            hash.add(u64::MAX);
            for into in in_seat.onward(run) {
                hash.add(relative(&expanded, into.run, day));
            }
            hash.value()
        });
        let leads = leads.collect();
        Ok(Self { expanded, departures, in_seat, leads })
    }

    /// A hash of a run and everything it offers.
    fn offered(&self, run: u32, changes: &[Change], clocks: u64) -> u64 {
        let day = self.expanded.run[run as usize].day;
        let mut hash = Sequence::default();
        hash.add(clocks);
        hash.add(self.leads[run as usize]);
        for change in changes {
            hash.add(u64::from(change.left) << 32 | u64::from(change.boarded));
            hash.add(relative(&self.expanded, change.run, day));
            hash.add(self.leads[change.run as usize]);
        }
        hash.value()
    }
}

/// A run as seen from a day.
fn relative(expanded: &Expanded, run: u32, day: i32) -> u64 {
    let run = expanded.run[run as usize];
    u64::from(run.trip.0) << 32 | u64::from((run.day - day) as u32)
}

/// What is known of a trip so far.
#[derive(Clone, Default)]
struct Memo {
    /// What it offered, and which of its lists that led to.
    known: Vec<(u64, u32)>,
    lists: Vec<List>,
}

/// Useful changes of a trip, and the classes of days on which they are.
#[derive(Clone)]
struct List {
    changes: Box<[u64]>,
    classes: Vec<u32>,
}

impl Memo {
    fn add(&mut self, list: Vec<u64>, class: u32) -> u32 {
        let known = self.lists.iter().position(|known| *known.changes == *list);
        let at = known.unwrap_or_else(|| {
            self.lists.push(List { changes: list.into_boxed_slice(), classes: Vec::new() });
            self.lists.len() - 1
        });
        self.lists[at].classes.push(class);
        at as u32
    }
}

/// The day that is worked out.
#[derive(Clone, Copy)]
struct Today {
    day: i32,
    class: u32,
    /// How the clocks of the days around it stand to one another, as a hash.
    clocks: u64,
}

/// Works out one day, pattern by pattern, on several threads.
fn work_out(
    network: &Network<'_>,
    days: &Days,
    today: Today,
    threads: usize,
    memos: &mut [Memo],
) -> Result<(), Unsuited> {
    // The trips of a pattern are next to each other, so every pattern has its own stretch of the memos.
    let mut stretches = Vec::new();
    let mut rest = memos;
    for pattern in 0..network.calendar.patterns() {
        let pattern = PatternId::from_index(pattern);
        let (stretch, after) = rest.split_at_mut(network.calendar.pattern(pattern).trips);
        rest = after;
        stretches.push((pattern, stretch));
    }
    let work = Mutex::new(stretches.into_iter());
    let next = || work.lock().ok().and_then(|mut work| work.next());
    let ends: Vec<Result<(), Unsuited>> = std::thread::scope(|scope| {
        let worker = || {
            let mut reducer = Reducer::new(network, &days.expanded, &days.in_seat);
            let mut offers = Offers::new();
            while let Some((pattern, memos)) = next() {
                work_out_pattern(network, days, today, pattern, (&mut offers, &mut reducer), memos)?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(worker)).collect();
        workers.into_iter().map(|worker| worker.join().unwrap_or(Err(Unsuited::Size))).collect()
    });
    ends.into_iter().collect()
}

fn work_out_pattern(
    network: &Network<'_>,
    days: &Days,
    Today { day, class, clocks }: Today,
    pattern: PatternId,
    (offers, reducer): (&mut Offers, &mut Reducer<'_, '_, '_>),
    memos: &mut [Memo],
) -> Result<(), Unsuited> {
    let expanded = &days.expanded;
    let runs = expanded.of_pattern(pattern);
    let day_of = |run: &crate::journey::Run| run.day;
    let of_pattern = &expanded.run[runs.start as usize..runs.end as usize];
    let from = runs.start + of_pattern.partition_point(|run| day_of(run) < day) as u32;
    let until = runs.start + of_pattern.partition_point(|run| day_of(run) <= day) as u32;
    if from == until {
        return Ok(());
    }
    offers.find(network, expanded, &days.departures, &(from..until));
    let first_trip = network.calendar.pattern(pattern).first_trip;
    for (run, changes) in (from..until).zip(&mut offers.of) {
        let trip = expanded.run[run as usize].trip;
        let memo = &mut memos[(trip.0 - first_trip) as usize];
        let offered = days.offered(run, changes, clocks);
        if let Some(&(_, list)) = memo.known.iter().find(|(hash, _)| *hash == offered) {
            memo.lists[list as usize].classes.push(class);
            continue;
        }
        reducer.reduce(run, changes);
        let packed: Option<Vec<u64>> = changes.iter().rev().map(|change| pack(expanded, day, change)).collect();
        let list = memo.add(packed.ok_or(Unsuited::Size)?, class);
        memo.known.push((offered, list));
    }
    Ok(())
}

fn pack(expanded: &Expanded, day: i32, change: &Change) -> Option<u64> {
    let other = expanded.run[change.run as usize];
    Packed { trip: other.trip, shift: other.day - day, left: change.left, boarded: change.boarded }.pack()
}

/// Days put into classes: days are alike if the same trips run around them and the clocks stand alike.
struct Classes {
    /// The class of every day.
    class: Vec<u32>,
    /// The first day of every class.
    first_day: Vec<i32>,
    /// How the clocks of the days around it stand to one another, as a hash, by class.
    clocks: Vec<u64>,
}

impl Classes {
    fn of(network: &Network<'_>) -> Self {
        let days = if network.calendar.zones() == 0 { 0 } else { network.calendar.days() };
        let running = running(network, days);
        let mut classes = Self { class: Vec::with_capacity(days), first_day: Vec::new(), clocks: Vec::new() };
        let mut known: HashedMap<u64, u32> = HashedMap::default();
        for day in 0..days as i32 {
            let needed = Self::needed(network, day);
            let start = network.calendar.start_of(0, day);
            let (mut hash, mut clocks) = (Sequence::default(), Sequence::default());
            for other in needed {
                clocks.add((other - day) as u64);
                for zone in 0..network.calendar.zones() {
                    clocks.add((network.calendar.start_of(zone, other).wrapping_sub(start)) as u64);
                }
                hash.add(running[other as usize]);
            }
            hash.add(clocks.value());
            let new = classes.first_day.len() as u32;
            let class = *known.entry(hash.value()).or_insert(new);
            if class == new {
                classes.first_day.push(day);
                classes.clocks.push(clocks.value());
            }
            classes.class.push(class);
        }
        classes
    }

    fn days(&self) -> i32 {
        self.class.len() as i32
    }

    /// The days whose runs matter for the runs of a day.
    fn needed(network: &Network<'_>, day: i32) -> Range<i32> {
        let starts = (0..network.calendar.zones()).map(|zone| network.calendar.start_of(zone, day));
        let (first, last) =
            starts.fold((Time::MAX, Time::MIN), |(first, last), start| (first.min(start), last.max(start)));
        let times = network.calendar.times();
        let until = last.saturating_add(times.end).saturating_add(LONGEST);
        let needed = network.calendar.days_with_runs_between(first.saturating_add(times.start), until);
        needed.start.min(day)..needed.end.max(day + 1)
    }

    /// Puts everything into columns.
    fn store(&self, network: &Network<'_>, memos: Vec<Memo>) -> Result<StoredChanges, Unsuited> {
        let words = self.class.len().div_ceil(64);
        let mut stored = StoredChanges { setting: super::setting(network).to_vec(), ..StoredChanges::default() };
        stored.trip_list_offset.push(0);
        stored.list_change_offset.push(0);
        let mut sets: BTreeMap<Vec<u32>, u32> = BTreeMap::new();
        for memo in memos {
            for mut list in memo.lists {
                list.classes.sort_unstable();
                let new = sets.len() as u32;
                let set = *sets.entry(list.classes).or_insert_with_key(|classes| {
                    let from = stored.list_day_words.len();
                    stored.list_day_words.resize(from + words, 0);
                    for (day, class) in self.class.iter().enumerate() {
                        if classes.binary_search(class).is_ok() {
                            stored.list_day_words[from + day / 64] |= 1 << (day % 64);
                        }
                    }
                    new
                });
                stored.list_days.push(set);
                stored.change.extend_from_slice(&list.changes);
                stored.list_change_offset.push(u32::try_from(stored.change.len()).map_err(|_| Unsuited::Size)?);
            }
            stored.trip_list_offset.push(stored.list_days.len() as u32);
        }
        Ok(stored)
    }
}

/// For every day a hash of the day sets that hold it: on days with the same hash the same trips run.
fn running(network: &Network<'_>, days: usize) -> Vec<u64> {
    let mut running = vec![0_u64; days];
    for set in 0..network.calendar.day_sets() {
        let bits = network.calendar.day_set(set);
        for (day, hash) in running.iter_mut().enumerate() {
            if bits.contains(day as i32) {
                *hash = hash.wrapping_add(mix(u64::from(set) + 1));
            }
        }
    }
    running
}
