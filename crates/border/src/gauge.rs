//! Gauge changes on the way of a vehicle, found by following the sections of sections.txt between its calls.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use tumen_base::{FeedId, StopId, metres_between};
use tumen_timetable::{CarriageId, Columns, Rows, Timetable};

use crate::BorderFiles;
use crate::posts::Post;

/// The sections of track between stations, with their gauges in millimetres.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    from: HashMap<StopId, Vec<Section>>,
    /// Stations at which border_posts.txt says that the gauge is changed.
    stated: BTreeSet<StopId>,
}

#[derive(Clone, Debug)]
struct Section {
    to: StopId,
    gauges: Vec<u32>,
    metres: u64,
}

/// A change of gauge that a vehicle needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GaugeChange {
    /// Where: one station where that is known, else every one at which it may be.
    pub places: Vec<StopId>,
    /// Millimetres before.
    pub from: u32,
    /// Millimetres after.
    pub to: u32,
    /// The last call at or before the place.
    pub call: usize,
    /// Whether posts say that the gauge is changed there.
    pub stated: bool,
}

/// Changes that no post states, changes, metres: the way with the least of them is taken for the vehicle's.
type Cost = (u32, u32, u64);

/// A way so far: its cost and its changes.
type Way = (Cost, Vec<GaugeChange>);

impl Sections {
    /// Reads sections.txt; posts say where gauges are changed.
    pub fn read(timetable: &Timetable, rows: &Rows, posts: &[Post]) -> Self {
        let columns = timetable.columns();
        let station = |stop| columns.station(stop);
        let mut sections = Self {
            from: HashMap::new(),
            stated: posts.iter().filter_map(|post| post.gauge_change).map(station).collect(),
        };
        for row in rows.iter() {
            let stop = |column: &str| timetable.stops_with_id(Some(row.feed), row.get(column)).first().copied();
            let (Some(one), Some(other)) = (stop("from_stop_id"), stop("to_stop_id")) else { continue };
            let ends = [station(one), station(other)];
            let written = row.get("gauge_mm").split(|letter: char| !letter.is_ascii_digit());
            let gauges: Vec<u32> = written.filter_map(|gauge| gauge.parse().ok()).collect();
            let metres = row
                .get("length_km")
                .parse()
                .ok()
                .map_or_else(|| straight(&columns, ends), |kilometres: f64| (kilometres.max(0.0) * 1000.0) as u64);
            for [from, to] in [ends, [ends[1], ends[0]]] {
                sections.from.entry(from).or_default().push(Section { to, gauges: gauges.clone(), metres });
            }
        }
        sections
    }

    /// Whether there is only one gauge, or none is known: then nothing is ever changed.
    pub fn has_one_gauge(&self) -> bool {
        let gauges: BTreeSet<u32> =
            self.from.values().flatten().flat_map(|section| section.gauges.iter().copied()).collect();
        gauges.len() < 2
    }

    /// The changes that a vehicle needs which calls at some stops, in order. Calls that no section touches are passed over, and
    /// between calls that no sections join, unless by a detour ([`longest`]), the gauge is taken to stay as it is if it can.
    pub fn changes(&self, columns: &Columns<'_>, stops: &[StopId]) -> Vec<GaugeChange> {
        if self.has_one_gauge() {
            return Vec::new();
        }
        let known: Vec<(usize, StopId)> = self.known(columns, stops);
        let Some(&(_, first)) = known.first() else { return Vec::new() };
        let mut ways: BTreeMap<u32, Way> =
            self.gauges_at(first).into_iter().map(|gauge| (gauge, Way::default())).collect();
        for hop in known.windows(2) {
            let [(from_call, from), (to_call, to)] = [hop[0], hop[1]];
            let joined = self.joined(columns, &ways, [(from_call, from), (to_call, to)]);
            ways = if joined.is_empty() { self.jumped(&ways, (from_call, from), to) } else { joined };
        }
        ways.into_values().min_by_key(|(cost, _)| *cost).map(|(_, changes)| changes).unwrap_or_default()
    }

    /// The first two calls, known to sections, between which a vehicle of one gauge cannot go because another lies there.
    pub fn barrier(&self, columns: &Columns<'_>, stops: &[StopId], gauge: u32) -> Option<(StopId, StopId)> {
        let known = self.known(columns, stops);
        let barred = |hop: &&[(usize, StopId)]| {
            let (from, to) = (hop[0].1, hop[1].1);
            let longest = longest(columns, [from, to]);
            let fits = |allowed: &dyn Fn(&Section) -> bool| self.distances(from, longest, allowed).contains_key(&to);
            fits(&|_| true) && !fits(&|section| section.gauges.is_empty() || section.gauges.contains(&gauge))
        };
        known.windows(2).find(barred).map(|hop| (hop[0].1, hop[1].1))
    }

    fn known(&self, columns: &Columns<'_>, stops: &[StopId]) -> Vec<(usize, StopId)> {
        let stations = stops.iter().map(|stop| columns.station(*stop)).enumerate();
        stations.filter(|(_, station)| self.from.contains_key(station)).collect()
    }

    fn sections(&self, stop: StopId) -> &[Section] {
        self.from.get(&stop).map_or(&[], Vec::as_slice)
    }

    fn gauges_at(&self, stop: StopId) -> BTreeSet<u32> {
        self.sections(stop).iter().flat_map(|section| section.gauges.iter().copied()).collect()
    }

    /// The metres to every station within reach of one, over allowed sections (Dijkstra).
    fn distances(&self, from: StopId, longest: u64, allowed: &dyn Fn(&Section) -> bool) -> BTreeMap<StopId, u64> {
        let mut best = BTreeMap::from([(from, 0)]);
        let mut queue = BinaryHeap::from([Reverse((0_u64, from))]);
        while let Some(Reverse((metres, stop))) = queue.pop() {
            for section in self.sections(stop).iter().filter(|section| allowed(section)) {
                let onward = metres.saturating_add(section.metres);
                if onward <= longest && best.get(&section.to).is_none_or(|known| onward < *known) {
                    best.insert(section.to, onward);
                    queue.push(Reverse((onward, section.to)));
                }
            }
        }
        best
    }

    /// Every station between two calls at which posts say that the gauge is changed and by which a train may go: where it calls
    /// nowhere between them, nobody knows which of several it takes.
    fn alternatives(&self, columns: &Columns<'_>, [start, end]: [StopId; 2], [from, to]: [u32; 2]) -> Vec<StopId> {
        let longest = longest(columns, [start, end]);
        let before = self.distances(start, longest, &|section| section.gauges.contains(&from));
        let after = self.distances(end, longest, &|section| section.gauges.contains(&to));
        let way = |stop: &&StopId| Some(before.get(stop)?.saturating_add(*after.get(stop)?));
        self.stated.iter().filter(|stop| way(stop).is_some_and(|metres| metres <= longest)).copied().collect()
    }

    /// The best way to the next call for each gauge on which it can be reached, over sections (Dijkstra).
    fn joined(
        &self,
        columns: &Columns<'_>,
        ways: &BTreeMap<u32, Way>,
        [(from_call, from), (to_call, to)]: [(usize, StopId); 2],
    ) -> BTreeMap<u32, Way> {
        type Node = (StopId, u32);
        let longest = longest(columns, [from, to]);
        let mut best: HashMap<Node, (Cost, Option<Node>)> = HashMap::new();
        let mut queue = BinaryHeap::new();
        let offer = |queue: &mut BinaryHeap<_>, best: &mut HashMap<Node, _>, node: Node, cost: Cost, before| {
            if cost.2 <= longest && best.get(&node).is_none_or(|(known, _): &(Cost, Option<Node>)| cost < *known) {
                best.insert(node, (cost, before));
                queue.push(Reverse((cost, node)));
            }
        };
        for (gauge, (cost, _)) in ways {
            // Metres tell ways of one hop apart, no more.
            offer(&mut queue, &mut best, (from, *gauge), (cost.0, cost.1, 0), None);
        }
        while let Some(Reverse((cost, node))) = queue.pop() {
            if best[&node].0 < cost {
                continue;
            }
            let (stop, gauge) = node;
            for section in self.sections(stop).iter().filter(|section| section.gauges.contains(&gauge)) {
                let onward = (cost.0, cost.1, cost.2.saturating_add(section.metres));
                offer(&mut queue, &mut best, (section.to, gauge), onward, Some(node));
            }
            let unstated = u32::from(!self.stated.contains(&stop));
            for other in self.gauges_at(stop).into_iter().filter(|other| *other != gauge) {
                offer(&mut queue, &mut best, (stop, other), (cost.0 + unstated, cost.1 + 1, cost.2), Some(node));
            }
        }
        let arrived = self.gauges_at(to).into_iter().filter_map(|gauge| {
            let (cost, _) = best.get(&(to, gauge))?;
            let mut path = vec![(to, gauge)];
            while let Some(before) = best[&path[path.len() - 1]].1 {
                path.push(before);
            }
            path.reverse();
            let mut changes = ways[&path[0].1].1.clone();
            for at in (1..path.len()).filter(|at| path[at - 1].0 == path[*at].0) {
                let call = if path[at].0 == to { to_call } else { from_call };
                let mut change = self.change(&path, at, call);
                if change.stated {
                    change.places = self.alternatives(columns, [from, to], [change.from, change.to]);
                }
                changes.push(change);
            }
            Some((gauge, (*cost, changes)))
        });
        arrived.collect()
    }

    /// The change between two nodes of a path at one station: there, if a post says so, else wherever both gauges lie.
    fn change(&self, path: &[(StopId, u32)], at: usize, call: usize) -> GaugeChange {
        let ((place, from), to) = (path[at - 1], path[at].1);
        let stated = self.stated.contains(&place);
        let mut places = vec![place];
        if !stated {
            let both = |one: StopId, other: StopId| {
                let mut between = self.sections(one).iter().filter(|section| section.to == other);
                between.any(|section| section.gauges.contains(&from) && section.gauges.contains(&to))
            };
            let stations: Vec<StopId> = path.iter().map(|(stop, _)| *stop).collect();
            let earlier = stations[..at].windows(2).rev().take_while(|pair| both(pair[0], pair[1])).map(|pair| pair[0]);
            places.splice(0..0, earlier.collect::<Vec<_>>().into_iter().rev());
            places.extend(stations[at..].windows(2).take_while(|pair| both(pair[0], pair[1])).map(|pair| pair[1]));
        }
        GaugeChange { places, from, to, call, stated }
    }

    /// The ways on at the next call, where no sections lead to it.
    fn jumped(&self, ways: &BTreeMap<u32, Way>, (call, from): (usize, StopId), to: StopId) -> BTreeMap<u32, Way> {
        let ahead = self.gauges_at(to);
        if ahead.is_empty() {
            return ways.clone();
        }
        let way_to = |gauge: u32| {
            let onward = ways.iter().map(|(old, (cost, changes))| {
                if *old == gauge {
                    return (*cost, changes.clone());
                }
                let change = GaugeChange { places: vec![from, to], from: *old, to: gauge, call, stated: false };
                ((cost.0 + 1, cost.1 + 1, cost.2), changes.iter().cloned().chain([change]).collect())
            });
            onward.min_by_key(|(cost, _)| *cost).map(|way| (gauge, way))
        };
        ahead.into_iter().filter_map(way_to).collect()
    }
}

/// The gauge of every carriage whose type has one.
pub(crate) fn of_carriages(columns: &Columns<'_>, files: BorderFiles<'_>) -> HashMap<CarriageId, u32> {
    let gauge = |carriage: CarriageId| {
        let index = carriage.0 as usize;
        let (feed, id) = (FeedId(columns.carriage_feed[index]), columns.text(columns.carriage_id[index]));
        let row = files.carriages.iter().find(|row| row.feed == feed && row.get("through_carriage_id") == id)?;
        let kind = Some(row.get("carriage_type_id")).filter(|kind| !kind.is_empty())?;
        let mut types = files.carriage_types.iter();
        let gauge = types.find(|row| row.feed == feed && row.get("carriage_type_id") == kind)?.get("gauge_mm").parse();
        Some((carriage, gauge.ok()?))
    };
    columns.carriages().filter_map(gauge).collect()
}

/// The longest way that a train is believed to take between two calls, in metres: three times the straight line and 20 km.
fn longest(columns: &Columns<'_>, ends: [StopId; 2]) -> u64 {
    let located = ends.iter().all(|stop| columns.position_of_stop(*stop).is_some());
    if located { straight(columns, ends) * 3 + 20_000 } else { u64::MAX }
}

fn straight(columns: &Columns<'_>, [one, other]: [StopId; 2]) -> u64 {
    let position = |stop| columns.position_of_stop(stop);
    position(one).zip(position(other)).map_or(0, |(one, other)| metres_between(one, other) as u64)
}
