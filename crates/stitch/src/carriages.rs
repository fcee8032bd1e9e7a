//! Through carriages that were published as trips of their own: a trip that repeats a train's calls and times, then another's.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use tumen_base::SECONDS_PER_DAY;
use tumen_feed::{Call, Feed};

use crate::days::DaySet;
use crate::report::{Evidence, score};
use crate::trains::{Train, World};

/// The score from which a trip is a through carriage.
pub(crate) const NEEDED: f64 = 5.0;
/// So many hops in a row a trip repeats at least.
const LEAST_HOPS: usize = 2;

/// A trip that is a through carriage on some of its days.
pub(crate) struct Carriage {
    /// The published train.
    pub train: u32,
    /// Its service days on which every host runs.
    pub days: DaySet,
    pub segments: Vec<Segment>,
    pub evidence: Vec<Evidence>,
    /// Days that stay as they were, and why.
    pub unjoined: Vec<(DaySet, String)>,
}

/// A stretch of a carriage's way with the trains that carry it, each on days of its own.
pub(crate) struct Segment {
    /// First and last call of the published trip.
    pub calls: (usize, usize),
    pub hosts: Vec<Host>,
}

/// A train that carries a carriage.
pub(crate) struct Host {
    pub train: u32,
    /// Its service day minus that of the carriage.
    pub shift: i32,
    /// Its calls at which the carriage is put on and taken off.
    pub calls: (usize, usize),
    /// Service days of the carriage.
    pub days: DaySet,
}

/// A trip that was weighed as a carriage and is none.
pub(crate) struct NoCarriage {
    pub train: u32,
    pub host: u32,
    pub days: DaySet,
    pub evidence: Vec<Evidence>,
    pub reason: String,
}

/// A run of calls that a trip and a train have in common.
struct Repeat {
    host: u32,
    shift: i32,
    /// Calls of the trip and of the host, pair by pair.
    pairs: Vec<(usize, usize)>,
    days: DaySet,
}

/// Finds the carriages of all feeds and takes their days from the published trips; what they run by themselves becomes a train.
pub(crate) fn find(world: &mut World) -> (Vec<Carriage>, Vec<NoCarriage>) {
    let mut by_number: HashMap<(u32, u32), Vec<u32>> = HashMap::new();
    for (index, train) in (0_u32..).zip(&world.trains) {
        for number in train.numbers.iter().filter(|_| is_rail(world, train)) {
            by_number.entry((train.feed, number.digits)).or_default().push(index);
        }
    }
    // The numbers of carriages are longer than those of their trains, so every train is decided before its carriages.
    let mut order: Vec<(u32, u32)> = by_number.keys().copied().collect();
    order.sort_unstable();
    let (mut carriages, mut refused) = (Vec::new(), Vec::new());
    // What the feed itself calls a carriage stays as it is.
    let stated: HashSet<(u32, &str)> =
        (0_u32..).zip(world.feeds).flat_map(|(feed, of)| stated(of).map(move |id| (feed, id))).collect();
    let is_stated = |world: &World, train: u32| {
        stated.contains(&(world.trains[train as usize].feed, world.trip(&world.trains[train as usize]).id.as_str()))
    };
    let mut done: HashSet<u32> = HashSet::new();
    for (feed, digits) in order {
        let powers =
            std::iter::successors(Some(10_u32), |power| power.checked_mul(10)).take_while(|&power| power <= digits);
        let endings: BTreeSet<u32> = powers.map(|power| digits % power).filter(|&ending| ending > 0).collect();
        let hosts: Vec<u32> =
            endings.iter().filter_map(|ending| by_number.get(&(feed, *ending))).flatten().copied().collect();
        if hosts.is_empty() {
            continue;
        }
        for &train in &by_number[&(feed, digits)] {
            if !done.insert(train) || is_stated(world, train) {
                continue;
            }
            match decide(world, train, &hosts) {
                Some(Ok(carriage)) => {
                    let published = &mut world.trains[train as usize];
                    published.days = Arc::new(published.days.without(&carriage.days));
                    carriages.push(carriage);
                }
                Some(Err(no)) => refused.push(no),
                None => {}
            }
        }
    }
    for carriage in &mut carriages {
        run_alone(world, carriage);
    }
    (carriages, refused)
}

/// The ids of the through carriages that a feed states.
fn stated(feed: &Feed) -> impl Iterator<Item = &str> {
    let table = feed.extension.get("through_carriages.txt");
    table.into_iter().flat_map(|table| table.rows.iter().map(|row| table.value(row, "through_carriage_id")))
}

fn is_rail(world: &World, train: &Train) -> bool {
    matches!(world.feed(train).routes[world.trip(train).route as usize].kind, 2 | 100..=117)
}

/// Decides about one trip; `None` where no train has anything in common with it.
fn decide(world: &World, index: u32, hosts: &[u32]) -> Option<Result<Carriage, NoCarriage>> {
    let train = &world.trains[index as usize];
    let calls = world.calls(train);
    let mut repeats: BTreeMap<u32, Vec<Repeat>> = BTreeMap::new();
    let moment = |call: &Call| (call.stop, call.departure.rem_euclid(SECONDS_PER_DAY));
    let moments: HashSet<(u32, i32)> = calls.iter().map(moment).collect();
    let meets = |host: &&u32| {
        let common = world.calls(&world.trains[**host as usize]).iter().filter(|call| moments.contains(&moment(call)));
        **host != index && common.take(LEAST_HOPS).count() == LEAST_HOPS
    };
    for &host in hosts.iter().filter(meets) {
        let Some(digits) = world.trains[host as usize]
            .numbers
            .iter()
            .find_map(|number| train.numbers.iter().any(|own| own.rides(number)).then_some(number.digits))
        else {
            continue;
        };
        let found = repeated(world, train, host);
        repeats.entry(digits).or_default().extend(found);
    }
    // A train that goes from the trip's first to its last stop too is the same train with another timetable, not a host of it.
    let (first, last) = (calls[0].stop, calls[calls.len() - 1].stop);
    let goes_as_far = |repeat: &Repeat| {
        let host = world.calls(&world.trains[repeat.host as usize]);
        let from = host.iter().position(|call| call.stop == first);
        from.is_some_and(|from| host[from..].iter().any(|call| call.stop == last))
    };
    let longest =
        repeats.values().flatten().max_by_key(|repeat| (repeat.pairs.len(), std::cmp::Reverse(repeat.host)))?;
    let (longest_host, longest_days) = (longest.host, longest.days.clone());
    let mut twice = DaySet::default();
    for repeat in repeats.values().flatten().filter(|repeat| goes_as_far(repeat)) {
        twice.unite(&repeat.days);
    }
    for found in repeats.values_mut() {
        found.retain(|repeat| !goes_as_far(repeat));
    }
    repeats.retain(|_, found| !found.is_empty());
    let segments = segments(&repeats);
    let evidence = evidence(world, train, &segments, longest_host);
    let refuse = |reason: &str| {
        let days = longest_days.clone();
        Some(Err(NoCarriage {
            train: index,
            host: longest_host,
            days,
            evidence: evidence.clone(),
            reason: reason.to_owned(),
        }))
    };
    if segments.is_empty() {
        return refuse("a train whose number it ends in goes as far: another timetable of that train, not a carriage");
    }
    if world.is_named(train) {
        return refuse("rules of transfers.txt or a block name the trip");
    }
    if score(&evidence) < NEEDED {
        return refuse("too little speaks for it");
    }
    let mut days = train.days.without(&twice);
    let mut unjoined = Vec::new();
    if days.count() < train.days.count() {
        let reason = "a train whose number it ends in goes as far: another timetable of that train".to_owned();
        unjoined.push((train.days.without(&days), reason));
    }
    for segment in &segments {
        let mut carried = DaySet::default();
        segment.hosts.iter().for_each(|host| carried.unite(&host.days));
        let missing = days.without(&carried);
        if !missing.is_empty() {
            let name = &world.trip(&world.trains[segment.hosts[0].train as usize]).short_name;
            unjoined.push((missing.clone(), format!("train {name} does not run with these calls and times")));
            days = days.without(&missing);
        }
    }
    if days.is_empty() {
        return refuse("its hosts never run on one day");
    }
    Some(Ok(Carriage { train: index, days, segments, evidence, unjoined }))
}

/// The stretches that a trip and a train have in common on days that both run.
fn repeated(world: &World, train: &Train, host_index: u32) -> Vec<Repeat> {
    let host = &world.trains[host_index as usize];
    let (calls, host_calls) = (world.calls(train), world.calls(host));
    let mut at_stop: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, call) in host_calls.iter().enumerate() {
        at_stop.entry(call.stop).or_default().push(index);
    }
    let mut found: Vec<Repeat> = Vec::new();
    let mut from = 0;
    while from + 1 < calls.len() {
        let starts = at_stop.get(&calls[from].stop).into_iter().flatten();
        let runs = starts.filter_map(|&start| {
            let apart = calls[from].departure - host_calls[start].departure;
            (apart % SECONDS_PER_DAY == 0).then(|| (apart, follow((calls, from), (host_calls, start), apart)))
        });
        let best = runs.max_by_key(|(_, pairs)| pairs.len());
        let Some((apart, pairs)) = best.filter(|(_, pairs)| pairs.len() > LEAST_HOPS) else {
            from += 1;
            continue;
        };
        from = pairs[pairs.len() - 1].0;
        let shift = apart / SECONDS_PER_DAY;
        let clock = world.clock(train);
        let same = |day: &i32| clock.base(day + shift) - clock.base(*day) == i64::from(apart);
        let days: DaySet = train.days.iter().filter(|day| host.days.contains(day + shift)).filter(same).collect();
        if !days.is_empty() {
            found.push(Repeat { host: host_index, shift, pairs, days });
        }
    }
    found
}

/// Follows both from a common departure as long as the trip calls where the train does, at the same times, and lets nobody on or
/// off whom the train does not.
fn follow((calls, from): (&[Call], usize), (host, start): (&[Call], usize), apart: i32) -> Vec<(usize, usize)> {
    let mut pairs = vec![(from, start)];
    if calls[from].pickup != 1 && host[start].pickup == 1 {
        return pairs;
    }
    let (mut here, mut there) = (from, start);
    while let Some(next) = calls.get(here + 1) {
        let meets = |call: &Call| call.stop == next.stop && call.arrival + apart == next.arrival;
        let Some(step) = host[there + 1..].iter().position(meets) else { break };
        (here, there) = (here + 1, there + 1 + step);
        let call = &host[there];
        if next.drop_off != 1 && call.drop_off == 1 {
            break;
        }
        pairs.push((here, there));
        if call.departure + apart != next.departure || next.pickup != 1 && call.pickup == 1 {
            break;
        }
    }
    pairs
}

/// The stretches of a trip that trains carry, in order: of each number the longest, none over another.
fn segments(repeats: &BTreeMap<u32, Vec<Repeat>>) -> Vec<Segment> {
    let span = |repeat: &Repeat| (repeat.pairs[0].0, repeat.pairs[repeat.pairs.len() - 1].0);
    let mut longest: Vec<(usize, usize, u32)> = repeats
        .iter()
        .filter_map(|(digits, found)| {
            let best = found.iter().map(span).max_by_key(|(from, to)| (to - from, std::cmp::Reverse(*from)))?;
            Some((best.0, best.1, *digits))
        })
        .collect();
    longest.sort_by_key(|&(from, to, digits)| (std::cmp::Reverse(to - from), from, digits));
    let mut chosen: Vec<(usize, usize, u32)> = Vec::new();
    for (from, to, digits) in longest {
        if chosen.iter().all(|other| to <= other.0 || other.1 <= from) {
            chosen.push((from, to, digits));
        }
    }
    chosen.sort_unstable();
    let segment = |(from, to, digits): (usize, usize, u32)| {
        let hosts = repeats[&digits].iter().filter_map(|repeat| {
            let at = |call: usize| repeat.pairs.iter().find(|pair| pair.0 == call).map(|pair| pair.1);
            let days = repeat.days.clone();
            Some(Host { train: repeat.host, shift: repeat.shift, calls: (at(from)?, at(to)?), days })
        });
        Segment { calls: (from, to), hosts: hosts.collect() }
    };
    chosen.into_iter().map(segment).collect()
}

fn evidence(world: &World, train: &Train, segments: &[Segment], longest: u32) -> Vec<Evidence> {
    let host = &world.trains[longest as usize];
    let (own, other) = (&world.trip(train).short_name, &world.trip(host).short_name);
    let hops: usize = segments.iter().map(|segment| segment.calls.1 - segment.calls.0).sum();
    let mut evidence = vec![
        Evidence::new("number", format!("{own} ends in {other}"), 4.0),
        Evidence::new("calls", format!("{hops} hops at the same times to the second"), (hops as f64 * 0.5).min(4.0)),
    ];
    if world.agency(train) == world.agency(host) {
        evidence.push(Evidence::new("agency", world.agency(train), 0.5));
    }
    evidence
}

/// Gives a carriage the stretches that no train carries it on: they are runs of its own, and host it.
fn run_alone(world: &mut World, carriage: &mut Carriage) {
    let published = world.trains[carriage.train as usize].clone();
    let last = published.calls.len() - 1;
    let mut gaps = Vec::new();
    let mut at = 0;
    for segment in &carriage.segments {
        gaps.push((at, segment.calls.0));
        at = segment.calls.1;
    }
    gaps.push((at, last));
    for (from, to) in gaps.into_iter().filter(|(from, to)| from < to) {
        let start = published.calls.start;
        world.trains.push(Train {
            calls: start + from as u32..start + to as u32 + 1,
            days: Arc::new(carriage.days.clone()),
            is_stretch: true,
            ..published.clone()
        });
        let train = world.trains.len() as u32 - 1;
        let host = Host { train, shift: 0, calls: (0, to - from), days: carriage.days.clone() };
        carriage.segments.push(Segment { calls: (from, to), hosts: vec![host] });
    }
    carriage.segments.sort_by_key(|segment| segment.calls.0);
}
