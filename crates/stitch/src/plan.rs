//! What is to be written: new trips with their calls, the days left to old ones, carriages, borders, pairs of stations.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use tumen_base::{Certainty, Date};
use tumen_feed::{Exception, Service};

use crate::carriages::{Carriage, Host};
use crate::days::DaySet;
use crate::edges::Edge;
use crate::merge::{Merged, Merging, days_before};
use crate::number::TrainNumber;
use crate::report::{Doubt, JoinKind};
use crate::resolve::{Group, needed};
use crate::stations::StopAt;
use crate::trains::World;

/// A trip that is written anew.
pub(crate) struct NewTrip {
    pub feed: u32,
    pub id: String,
    pub number: String,
    pub headsign: String,
    /// The trip from which it has route, direction and the like, in its feed.
    pub template: u32,
    /// Its dates; the service has no id yet.
    pub service: Service,
    pub calls: Vec<NewCall>,
    /// What it is made of.
    pub parts: Vec<NewPart>,
}

/// A call of a new trip.
pub(crate) struct NewCall {
    pub at: StopAt,
    pub arrival: i32,
    pub departure: i32,
    pub pickup: u8,
    pub drop_off: u8,
    pub interpolated: bool,
    /// Part and position among its calls.
    pub sources: Vec<(usize, usize)>,
    /// The part that leads.
    pub leads: usize,
}

/// A train that a new trip is made of.
pub(crate) struct NewPart {
    pub train: u32,
    /// Its service day minus that of the new trip.
    pub shift: i32,
    /// Seconds from the beginning of the new trip's service day to that of its own.
    pub offset: i64,
    /// Its service days in the new trip.
    pub days: DaySet,
}

/// A joined train that became trips.
pub(crate) struct Done {
    pub kind: JoinKind,
    pub trip: usize,
    pub lead: usize,
    pub edges: Vec<usize>,
    pub largest_difference: i64,
    /// Service days of the new trip.
    pub days: DaySet,
}

/// A row of through_carriage_hosts.txt.
#[derive(Clone)]
pub(crate) struct NewHost {
    pub sequence: usize,
    pub trip: String,
    pub attach: String,
    pub detach: String,
    /// Least and longest stand in seconds.
    pub stand: (i32, i32),
}

/// A through carriage to be written.
pub(crate) struct NewCarriage {
    pub feed: u32,
    pub id: String,
    pub name: String,
    pub number: String,
    pub service: Service,
    pub hosts: Vec<NewHost>,
    /// The published trip.
    pub train: u32,
}

/// All that is to be written.
#[derive(Default)]
pub(crate) struct Plan {
    pub trips: Vec<NewTrip>,
    pub done: Vec<Done>,
    pub carriages: Vec<NewCarriage>,
    /// By train, the days left to it.
    pub left: Vec<DaySet>,
    /// Invented stops over which joins lead, and how many.
    pub borders: BTreeMap<StopAt, usize>,
}

impl Plan {
    /// Whether everything stays as it was.
    pub(crate) fn is_empty(&self) -> bool {
        self.trips.is_empty() && self.carriages.is_empty() && self.borders.is_empty()
    }
}

/// Draws the plan; groups that cannot be merged stay as they were, with the reason.
pub(crate) fn draw(
    merging: &Merging,
    groups: &[Group],
    edges: &[Edge],
    carriages: &[Carriage],
    refusals: &mut Vec<Doubt>,
) -> Plan {
    let world = merging.world;
    let mut plan = Plan { left: world.trains.iter().map(|train| (*train.days).clone()).collect(), ..Plan::default() };
    if groups.is_empty() && carriages.is_empty() {
        return plan;
    }
    let mut ids = Ids::new(world);
    for group in groups {
        for (offsets, days) in classes(world, group) {
            let kinds: BTreeSet<JoinKind> = group.edges.iter().map(|&edge| edges[edge].kind).collect();
            let kind = match kinds.len() {
                1 => edges[group.edges[0]].kind,
                _ => JoinKind::HalvesAndSameTrain,
            };
            match merging.merge(group, edges, &offsets) {
                Ok(merged) => add(world, &mut plan, &mut ids, (group, kind), (&merged, &offsets, &days)),
                Err(reason) => {
                    let pairs = group.edges.iter().map(|&edge| &edges[edge]);
                    refusals
                        .extend(pairs.map(|edge| edge.doubt(world, &edge.days, needed(edge.kind), reason.as_str())));
                }
            }
        }
    }
    add_stretches(world, &mut plan, &mut ids);
    for carriage in carriages {
        plan_carriage(world, &mut plan, carriage);
    }
    plan
}

/// The days of a group by the seconds between the service days of its parts.
fn classes(world: &World, group: &Group) -> BTreeMap<Vec<i64>, DaySet> {
    let mut classes: BTreeMap<Vec<i64>, DaySet> = BTreeMap::new();
    for day in group.days.iter() {
        let base = |(train, shift): &(u32, i32)| world.clock(&world.trains[*train as usize]).base(day + shift);
        let zero = base(&group.parts[0]);
        let offsets = group.parts.iter().map(|part| base(part) - zero).collect();
        classes.entry(offsets).or_default().insert(day);
    }
    classes
}

fn add(
    world: &World,
    plan: &mut Plan,
    ids: &mut Ids,
    (group, kind): (&Group, JoinKind),
    (merged, offsets, days): (&Merged, &[i64], &DaySet),
) {
    let (lead_train, lead_shift) = group.parts[merged.lead];
    let lead = &world.trains[lead_train as usize];
    let clock = world.clock(lead);
    let earliest = merged.calls.iter().map(|call| call.arrival).min().unwrap_or(0) - offsets[merged.lead];
    let before = days_before(earliest);
    // Days of another length lie between the beginnings of the two service days on changes of the clock.
    let mut by_length: BTreeMap<i64, DaySet> = BTreeMap::new();
    for day in days.iter().filter(|day| day + lead_shift - before >= 0) {
        let own = day + lead_shift;
        by_length.entry(clock.base(own) - clock.base(own - before)).or_default().insert(day);
    }
    for (length, days) in by_length {
        let later = length - offsets[merged.lead];
        let parts: Vec<NewPart> = group
            .parts
            .iter()
            .zip(offsets)
            .map(|(&(train, shift), offset)| NewPart {
                train,
                shift: shift - lead_shift + before,
                offset: offset + later,
                days: days.iter().map(|day| day + shift).collect(),
            })
            .collect();
        for part in &parts {
            let left = &mut plan.left[part.train as usize];
            *left = left.without(&part.days);
        }
        let calls: Vec<NewCall> = merged
            .calls
            .iter()
            .map(|call| {
                let (part, at) = call.sources[call.leads];
                let train = &world.trains[group.parts[part].0 as usize];
                NewCall {
                    at: StopAt { feed: train.feed, stop: world.calls(train)[at].stop },
                    arrival: (call.arrival + later) as i32,
                    departure: (call.departure + later) as i32,
                    pickup: call.pickup,
                    drop_off: call.drop_off,
                    interpolated: call.interpolated,
                    sources: call.sources.clone(),
                    leads: part,
                }
            })
            .collect();
        for call in calls.iter().filter(|call| world.borders.contains(&call.at)) {
            *plan.borders.entry(call.at).or_default() += 1;
        }
        let own_days: DaySet = days.iter().map(|day| day + lead_shift - before).collect();
        plan.done.push(Done {
            kind,
            trip: plan.trips.len(),
            lead: merged.lead,
            edges: group.edges.clone(),
            largest_difference: merged.largest_difference,
            days: own_days.clone(),
        });
        let others = (0..parts.len()).filter(|&part| part != merged.lead);
        let in_order: Vec<u32> = std::iter::once(merged.lead).chain(others).map(|part| parts[part].train).collect();
        plan.trips.push(NewTrip {
            feed: lead.feed,
            id: ids.joined(world, lead.feed, &in_order),
            number: number(world, &in_order),
            headsign: headsign(world, &parts, &calls, merged.lead),
            template: lead.trip,
            service: service(world, &own_days, &parts),
            calls,
            parts,
        });
    }
}

/// The numbers of the parts, each once: `63`, or `AMK63/98`.
fn number(world: &World, trains: &[u32]) -> String {
    let mut said: Vec<(&str, &[TrainNumber])> = Vec::new();
    for &train in trains {
        let train = &world.trains[train as usize];
        let text = world.trip(train).short_name.as_str();
        let is_said = |said: &(&str, &[TrainNumber])| {
            said.0 == text || said.1.iter().any(|one| train.numbers.iter().any(|other| one.agrees(other)))
        };
        if !text.is_empty() && !said.iter().any(is_said) {
            said.push((text, &train.numbers));
        }
    }
    said.iter().map(|(text, _)| *text).collect::<Vec<_>>().join("/")
}

/// The headsign of the leading part if it goes to the end, else that of another which does.
fn headsign(world: &World, parts: &[NewPart], calls: &[NewCall], lead: usize) -> String {
    let to_end = calls.last().map(|call| call.sources.as_slice()).unwrap_or_default();
    let ends = to_end.iter().map(|source| source.0);
    let chosen = ends.min_by_key(|&part| (part != lead, part)).unwrap_or(lead);
    world.trip(&world.trains[parts[chosen].train as usize]).headsign.clone()
}

/// A service on some days, as sure as the least sure of its parts.
fn service(world: &World, days: &DaySet, parts: &[NewPart]) -> Service {
    let dates: BTreeSet<Date> = days.iter().map(|day| world.axis.date(day)).collect();
    let of = |part: &NewPart| {
        let train = &world.trains[part.train as usize];
        &world.feed(train).services[world.trip(train).service as usize]
    };
    if parts.iter().all(|part| of(part).is_plain()) {
        return Service::of_dates(String::new(), &dates);
    }
    let mut service = Service::default();
    for date in dates {
        let said = parts.iter().map(|part| {
            let date = date.plus(part.shift);
            let (certainty, service) = (of(part).certainty_on(date), of(part));
            let source = service.exceptions.get(&date).map(|one| one.source.as_str());
            (certainty, source.or(service.weekly.as_ref().map(|weekly| weekly.source.as_str())).unwrap_or_default())
        });
        let (certainty, source) = said.max_by_key(|said| said.0).unwrap_or((Certainty::Published, ""));
        service.exceptions.insert(date, Exception { runs: true, certainty, source: source.to_owned() });
    }
    service
}

/// Writes what carriages run by themselves as trips.
fn add_stretches(world: &World, plan: &mut Plan, ids: &mut Ids) {
    for (index, train) in (0_u32..).zip(&world.trains) {
        let days = plan.left[index as usize].clone();
        if !train.is_stretch || days.is_empty() {
            continue;
        }
        let (trip, feed) = (world.trip(train), world.feed(train));
        let call = |(position, call): (usize, &tumen_feed::Call)| NewCall {
            at: StopAt { feed: train.feed, stop: call.stop },
            arrival: call.arrival,
            departure: call.departure,
            pickup: call.pickup,
            drop_off: call.drop_off,
            interpolated: call.interpolated,
            sources: vec![(0, position)],
            leads: 0,
        };
        let calls: Vec<NewCall> = world.calls(train).iter().enumerate().map(call).collect();
        let parts = vec![NewPart { train: index, shift: 0, offset: 0, days: days.clone() }];
        let from = &feed.stops[calls[0].at.stop as usize].id;
        plan.trips.push(NewTrip {
            feed: train.feed,
            id: ids.free(train.feed, &format!("{}~{from}", trip.id)),
            number: trip.short_name.clone(),
            headsign: trip.headsign.clone(),
            template: train.trip,
            service: service(world, &days, &parts),
            calls,
            parts,
        });
    }
}

/// Plans a carriage. Its service day is the date, by the clock of its first host, on which it is put on: where its first hosts stand in feeds
/// whose clocks disagree about that date, it becomes a carriage for each.
fn plan_carriage(world: &World, plan: &mut Plan, carriage: &Carriage) {
    let train = &world.trains[carriage.train as usize];
    let (feed, trip, calls) = (world.feed(train), world.trip(train), world.calls(train));
    let mut first: BTreeMap<i32, (DaySet, Vec<NewHost>)> = BTreeMap::new();
    let mut later = Vec::new();
    for (sequence, segment) in (1_usize..).zip(&carriage.segments) {
        let joint = &calls[segment.calls.0];
        let stand = if segment.calls.0 == 0 { 0 } else { joint.departure - joint.arrival };
        let stand = ((stand - 3600).max(0), stand + 3600);
        let mut rows: BTreeMap<(String, String, String), (i32, DaySet)> = BTreeMap::new();
        for host in &segment.hosts {
            for (row, dated, days) in host_rows(world, plan, train.feed, host) {
                rows.entry(row).or_insert((dated, DaySet::default())).1.unite(&days);
            }
        }
        for ((trip, attach, detach), (dated, days)) in rows {
            let host = NewHost { sequence, trip, attach, detach, stand };
            if sequence == 1 {
                let (all, hosts) = first.entry(dated).or_default();
                all.unite(&days.within(&carriage.days));
                hosts.push(host);
            } else {
                later.push(host);
            }
        }
    }
    let route = &feed.routes[trip.route as usize];
    let line = if route.long_name.is_empty() { &route.short_name } else { &route.long_name };
    let to = &feed.stops[calls[calls.len() - 1].stop as usize].name;
    let to = if trip.headsign.is_empty() { to } else { &trip.headsign };
    let words = [line.as_str(), trip.short_name.as_str(), "to", to.as_str()];
    let name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    first.retain(|_, (days, _)| !days.is_empty());
    for (number, (dated, (days, hosts))) in (1..).zip(first) {
        let parts = [NewPart { train: carriage.train, shift: -dated, offset: 0, days: days.clone() }];
        let dates: DaySet = days.iter().map(|day| day + dated).filter(|day| *day >= 0).collect();
        plan.carriages.push(NewCarriage {
            feed: train.feed,
            id: if number == 1 { trip.id.clone() } else { format!("{}~{number}", trip.id) },
            name: name.clone(),
            number: trip.short_name.clone(),
            service: service(world, &dates, &parts),
            hosts: hosts.into_iter().chain(later.iter().cloned()).collect(),
            train: carriage.train,
        });
    }
}

/// A row for a host: its trip, where it is attached and detached; the date on which it is attached minus the carriage's
/// published service day; and the carriage's published service days.
type HostRow = ((String, String, String), i32, DaySet);

/// The rows for one host: its trip on the days left to it, and the joined trips it is part of.
fn host_rows(world: &World, plan: &Plan, own: u32, host: &Host) -> Vec<HostRow> {
    let train = &world.trains[host.train as usize];
    let prefixed = |feed: u32, id: &str| format!("{}:{id}", world.feeds[feed as usize].name);
    let written = |feed: u32, id: &str| if feed == own { id.to_owned() } else { prefixed(feed, id) };
    // A host's own stops stand as they are, or with the name of its feed; what it borrows has the name of the lender, even of this feed.
    let stop = |of: u32, at: StopAt| {
        let id = &world.feeds[at.feed as usize].stops[at.stop as usize].id;
        if at.feed == of { written(of, id) } else { prefixed(at.feed, id) }
    };
    let on = |set: &DaySet| host.days.iter().filter(|day| set.contains(day + host.shift)).collect::<DaySet>();
    let date = |departure: i32| departure.div_euclid(tumen_base::SECONDS_PER_DAY);
    let mut rows = Vec::new();
    if !train.is_stretch && !plan.left[host.train as usize].is_empty() {
        let calls = world.calls(train);
        let at = |call: usize| stop(train.feed, StopAt { feed: train.feed, stop: calls[call].stop });
        let row = (written(train.feed, &world.trip(train).id), at(host.calls.0), at(host.calls.1));
        rows.push((row, host.shift + date(calls[host.calls.0].departure), on(&plan.left[host.train as usize])));
    }
    for trip in &plan.trips {
        let Some(index) = trip.parts.iter().position(|part| part.train == host.train) else { continue };
        let part = &trip.parts[index];
        let source = |call: usize| trip.calls.iter().find(|one| one.sources.contains(&(index, call)));
        if let (Some(attach), Some(detach)) = (source(host.calls.0), source(host.calls.1)) {
            let row = (written(trip.feed, &trip.id), stop(trip.feed, attach.at), stop(trip.feed, detach.at));
            rows.push((row, host.shift - part.shift + date(attach.departure), on(&part.days)));
        }
    }
    rows
}

/// Ids of trips that are taken, by feed.
struct Ids {
    taken: HashSet<(u32, String)>,
}

impl Ids {
    fn new(world: &World) -> Self {
        let of_feed = |(index, feed): (u32, &tumen_feed::Feed)| -> Vec<(u32, String)> {
            feed.trips.iter().map(|trip| (index, trip.id.clone())).collect()
        };
        Self { taken: (0_u32..).zip(world.feeds).flat_map(of_feed).collect() }
    }

    /// The id of a joined trip: those of its parts.
    fn joined(&mut self, world: &World, feed: u32, trains: &[u32]) -> String {
        let ids: Vec<&str> =
            trains.iter().map(|&train| world.trip(&world.trains[train as usize]).id.as_str()).collect();
        self.free(feed, &ids.join("+"))
    }

    /// An id, or the first free one behind it.
    fn free(&mut self, feed: u32, id: &str) -> String {
        let mut written = id.to_owned();
        let mut number = 2;
        while !self.taken.insert((feed, written.clone())) {
            written = format!("{id}~{number}");
            number += 1;
        }
        written
    }
}
