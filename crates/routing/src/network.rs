//! A timetable made ready for one way of changing: which walks there are, and what every change takes.

use crate::calendar::Calendar;
use crate::day_cache::DayCache;
use crate::query::{Settings, Walk};
use crate::trips::{Graph, MOST_GRAPH_BYTES};
use crate::window::Windows;
use thiserror::Error;
use tumen_base::{PatternId, StopId, TripId};
use tumen_timetable::{
    Columns, RULE_DEFAULT, RULE_FORBIDDEN, TooManyWalks, Walks, entries, metres_between, walks_within,
};

/// Why a query cannot be put.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RoutingError {
    /// A stop that the timetable does not have.
    #[error("the query names stop number {0}, but the timetable has {1} stops")]
    NoSuchStop(u32, usize),
    /// A number outside its limits.
    #[error("{what} is {value}, expected 0 to {most}")]
    OutOfRange {
        /// Name of the number.
        what: &'static str,
        /// What it was.
        value: i64,
        /// The most it may be.
        most: i64,
    },
    /// A profile is asked by departure.
    #[error("a profile is asked by departure: give a departure time, not an arrival")]
    ProfileByArrival,
    /// A one-to-all search departs at a time.
    #[error("a search to every stop is asked by departure: give a departure time, not an arrival")]
    ReachByArrival,
    /// Generated walks beyond their limit.
    #[error(transparent)]
    TooManyWalks(#[from] TooManyWalks),
    /// Transfer rules that would need more edges than fit.
    #[error("the transfer rules of this timetable make more than {0} changes between rule classes")]
    TooManyChanges(usize),
}

/// The most changes a network may hold.
const MAX_CHANGES: usize = 200_000_000;

/// Target and seconds of a change or walk, by where it starts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    offset: Vec<u32>,
    edge: Vec<(u32, i32)>,
}

impl Edges {
    /// The edges that start at a node.
    pub(crate) fn of(&self, node: u32) -> &[(u32, i32)] {
        &self.edge[self.offset[node as usize] as usize..self.offset[node as usize + 1] as usize]
    }

    /// Edges `(from, to, seconds)` that are sorted by where they start, for `nodes` starts.
    pub(crate) fn from_sorted(nodes: usize, edges: &[(u32, u32, i32)]) -> Self {
        let mut offset = Vec::with_capacity(nodes + 1);
        offset.extend((0..=nodes).map(|node| edges.partition_point(|edge| (edge.0 as usize) < node) as u32));
        Self { offset, edge: edges.iter().map(|&(_, to, seconds)| (to, seconds)).collect() }
    }

    /// Their memory in bytes.
    pub(crate) fn bytes(&self) -> usize {
        4 * self.offset.len() + size_of::<(u32, i32)>() * self.edge.len()
    }

    /// The same edges by where they end, for `nodes` ends.
    pub(crate) fn reversed(&self, nodes: usize) -> Self {
        let mut offset = vec![0_u32; nodes + 1];
        for (to, _) in &self.edge {
            offset[*to as usize + 1] += 1;
        }
        for node in 0..nodes {
            offset[node + 1] += offset[node];
        }
        let mut fill = offset.clone();
        let mut edge = vec![(0, 0); self.edge.len()];
        for from in 0..self.offset.len() - 1 {
            for &(to, seconds) in self.of(from as u32) {
                edge[fill[to as usize] as usize] = (from as u32, seconds);
                fill[to as usize] += 1;
            }
        }
        Self { offset, edge }
    }
}

/// A timetable with its changes: built once for a way of changing, shared by all threads.
pub struct Network<'a> {
    pub(crate) columns: Columns<'a>,
    pub(crate) calendar: Calendar<'a>,
    pub(crate) settings: Settings,
    /// The runs of the days that were asked for.
    pub(crate) windows: Windows,
    /// The same with stored changes.
    pub(crate) graphs: DayCache<Graph>,
    /// Alight node to board node.
    pub(crate) changes: Edges,
    /// Board node to alight node.
    pub(crate) changes_back: Edges,
    /// Stop to stop, before the first and after the last ride; not from a stop to itself.
    pub(crate) walks: Edges,
    /// The same by where they end.
    pub(crate) walks_back: Edges,
    /// Whether guarantees shorten changes, so that the earliest run does not answer for later ones.
    pub(crate) guarantees_matter: bool,
    /// Whether any trip waits for a trip; empty where no guarantee matters.
    awaited_by_some: Vec<bool>,
    /// Whether a trip waits for any; empty where no guarantee matters.
    waits_for_some: Vec<bool>,
    /// Patterns of the trips that some trip waits for; empty where no guarantee matters.
    awaited_patterns: Vec<bool>,
    /// Patterns of the trips that wait for some trip; empty where no guarantee matters.
    waiting_patterns: Vec<bool>,
    /// Patterns of which the earliest run does not answer for later ones, for a trip of theirs, or one that it is linked with by
    /// whatever trips, has guarantees; empty where no guarantee matters.
    apart: Vec<bool>,
    /// Rows of the guarantees by the trip that brings.
    guarantees_by_from: Vec<u32>,
    /// Rows of the guarantees by the trip that waits.
    guarantees_by_to: Vec<u32>,
    /// Stop and number of every alight node that is not a stop's plain one, sorted.
    special_alight: Vec<(u32, u32)>,
    /// The same for board nodes.
    special_board: Vec<(u32, u32)>,
}

impl<'a> Network<'a> {
    /// Works out every change and walk for the settings.
    ///
    /// # Errors
    /// When a setting is negative, or the changes are too many.
    pub fn new(columns: Columns<'a>, settings: Settings) -> Result<Self, RoutingError> {
        if !(0..=86_400).contains(&settings.change_time) {
            return Err(RoutingError::OutOfRange {
                what: "the change time in seconds",
                value: i64::from(settings.change_time),
                most: 86_400,
            });
        }
        // The timetable holds the walks of its own radius; longer ones are found now.
        let longer = match (settings.walk, columns.settings.first()) {
            (Walk::Metres(metres), Some(&radius)) if i64::from(metres) > radius => walks_within(&columns, metres)?,
            _ => Walks::default(),
        };
        let nearby = if longer.offset.is_empty() {
            Nearby { offset: columns.walk_offset, stop: columns.walk_stop, metres: columns.walk_metres }
        } else {
            Nearby { offset: &longer.offset, stop: &longer.stop, metres: &longer.metres }
        };
        let stops = columns.stop_id.len();
        let special_alight = special_nodes(columns.alight_stop, stops);
        let special_board = special_nodes(columns.board_stop, stops);
        let walks = walks(&columns, settings, nearby);
        let changes = changes(&columns, settings, &walks, &special_board)?;
        let calendar = Calendar::new(columns);
        let guarantees_matter = settings.change_time > 0 && !columns.guarantee_from.is_empty();
        let awaited_by_some = named_by(columns.guarantee_from, guarantees_matter, &columns);
        let waits_for_some = named_by(columns.guarantee_to, guarantees_matter, &columns);
        let awaited_patterns = patterns_of(&awaited_by_some, &columns);
        let waiting_patterns = patterns_of(&waits_for_some, &columns);
        let guaranteeing =
            awaited_patterns.iter().zip(&waiting_patterns).map(|(awaited, waiting)| *awaited || *waiting);
        Ok(Self {
            apart: with_linked(guaranteeing.collect(), &columns),
            windows: Windows::new(),
            graphs: DayCache::new(MOST_GRAPH_BYTES, Graph::bytes),
            calendar,
            changes_back: changes.reversed(columns.board_stop.len()),
            changes,
            walks_back: walks.reversed(stops),
            walks,
            special_alight,
            special_board,
            awaited_patterns,
            waiting_patterns,
            awaited_by_some,
            waits_for_some,
            guarantees_by_from: rows_by(columns.guarantee_from),
            guarantees_by_to: rows_by(columns.guarantee_to),
            guarantees_matter,
            columns,
            settings,
        })
    }

    /// The columns it was built from.
    pub fn columns(&self) -> &Columns<'a> {
        &self.columns
    }

    /// How changes are made.
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// Nodes of a stop at which (in the mirror, where `BACK`) runs are left.
    pub(crate) fn exit_nodes_of<const BACK: bool>(&self, stop: u32) -> impl Iterator<Item = u32> + use<'_, BACK> {
        let special = if BACK { &self.special_board } else { &self.special_alight };
        std::iter::once(stop).chain(special_of(special, stop))
    }

    /// Nodes of a stop at which (in the mirror, where `BACK`) runs are entered.
    pub(crate) fn entry_nodes_of<const BACK: bool>(&self, stop: u32) -> impl Iterator<Item = u32> + use<'_, BACK> {
        let special = if BACK { &self.special_alight } else { &self.special_board };
        std::iter::once(stop).chain(special_of(special, stop))
    }

    /// Whether any trip waits for one (or, where `BACK`, whether it waits for any).
    pub(crate) fn has_guarantees<const BACK: bool>(&self, trip: TripId) -> bool {
        let some = if BACK { &self.waits_for_some } else { &self.awaited_by_some };
        some.get(trip.index()).is_some_and(|&some| some)
    }

    /// Whether any trip of a pattern has guarantees, in the same sense.
    pub(crate) fn pattern_has_guarantees<const BACK: bool>(&self, pattern: PatternId) -> bool {
        let some = if BACK { &self.waiting_patterns } else { &self.awaited_patterns };
        some.get(pattern.index()).is_some_and(|&some| some)
    }

    /// Whether the earliest run of a pattern does not answer for the later ones, whatever the query.
    pub(crate) fn is_apart(&self, pattern: PatternId) -> bool {
        self.apart.get(pattern.index()).is_some_and(|&apart| apart)
    }

    /// Every change and walk between two different stops, and every in-seat link, `(from, to, seconds)`: what leads on between
    /// rides. Links take no time of their own.
    pub(crate) fn between_stops(&self) -> Vec<(u32, u32, i32)> {
        let columns = &self.columns;
        let mut edges = Vec::new();
        for (alight, &from) in columns.alight_stop.iter().enumerate() {
            let changes = self.changes.of(alight as u32).iter();
            edges.extend(changes.map(|&(board, seconds)| (from, columns.board_stop[board as usize], seconds)));
        }
        for from in 0..columns.stop_id.len() as u32 {
            edges.extend(self.walks.of(from).iter().map(|&(to, seconds)| (from, to, seconds)));
        }
        for trip in 0..columns.trip_pattern.len() {
            let links = entries(columns.trip_link_offset, trip);
            if links.is_empty() {
                continue;
            }
            let ends = columns.calls_of(PatternId(columns.trip_pattern[trip])).end;
            for link in links {
                let next = columns.trip_pattern[columns.link_to[link] as usize];
                let begins = columns.calls_of(PatternId(next)).start;
                edges.push((columns.call_stop[ends - 1], columns.call_stop[begins], 0));
            }
        }
        edges.retain(|&(from, to, _)| from != to);
        edges.sort_unstable();
        edges.dedup_by_key(|edge| (edge.0, edge.1));
        edges
    }

    /// Trips that wait for the one that arrives at a stop (or, where `BACK`, that it waits for).
    pub(crate) fn guaranteed<const BACK: bool>(&self, trip: TripId, stop: u32) -> impl Iterator<Item = TripId> + '_ {
        let columns = &self.columns;
        let (this, other) = if BACK {
            (columns.guarantee_to, columns.guarantee_from)
        } else {
            (columns.guarantee_from, columns.guarantee_to)
        };
        let order = if BACK { &self.guarantees_by_to } else { &self.guarantees_by_from };
        let from = order.partition_point(|&row| this[row as usize] < trip.0);
        order[from..]
            .iter()
            .map(|&row| row as usize)
            .take_while(move |&row| this[row] == trip.0)
            .filter(move |&row| columns.guarantee_stop[row] == stop)
            .map(move |row| TripId(other[row]))
    }

    /// Every way to change from a stop to another on foot, with its seconds.
    pub fn walks_from(&self, stop: StopId) -> impl Iterator<Item = (StopId, i32)> + '_ {
        self.walks.of(stop.0).iter().map(|&(to, seconds)| (StopId(to), seconds))
    }
}

/// Walks between stops, for journeys' ends: the stop-level rule of transfers.txt where there is one, else the generated walk.
fn walks(columns: &Columns<'_>, settings: Settings, nearby: Nearby<'_>) -> Edges {
    let mut edges = Edges { offset: vec![0], edge: Vec::new() };
    let mut here: Vec<(u32, i32)> = Vec::new();
    for stop in 0..columns.stop_id.len() {
        here.clear();
        let rules = entries(columns.stop_rule_offset, stop);
        for rule in rules.clone() {
            let seconds = seconds_of(columns.stop_rule_seconds[rule], settings);
            if columns.stop_rule_to[rule] as usize != stop {
                here.push((columns.stop_rule_to[rule], seconds));
            }
        }
        generated(columns, settings, nearby, stop, |to, seconds| {
            if !rules.clone().any(|rule| columns.stop_rule_to[rule] == to) {
                here.push((to, seconds));
            }
        });
        here.retain(|&(_, seconds)| seconds >= 0);
        here.sort_unstable();
        here.dedup_by_key(|&mut (to, _)| to);
        edges.edge.extend_from_slice(&here);
        edges.offset.push(edges.edge.len() as u32);
    }
    edges
}

/// Which trips a column names, if that matters.
fn named_by(column: &[u32], matters: bool, columns: &Columns<'_>) -> Vec<bool> {
    let mut named = vec![false; if matters { columns.trip_pattern.len() } else { 0 }];
    for &trip in column.iter().filter(|_| matters) {
        named[trip as usize] = true;
    }
    named
}

/// The patterns of some trips.
fn patterns_of(trips: &[bool], columns: &Columns<'_>) -> Vec<bool> {
    let mut patterns = vec![false; if trips.is_empty() { 0 } else { columns.pattern_route.len() }];
    for (_, &pattern) in trips.iter().zip(columns.trip_pattern).filter(|(some, _)| **some) {
        patterns[pattern as usize] = true;
    }
    patterns
}

/// Some patterns, and all that in-seat links join them with in either direction.
fn with_linked(mut patterns: Vec<bool>, columns: &Columns<'_>) -> Vec<bool> {
    let mut grows = !patterns.is_empty();
    while grows {
        grows = false;
        for (trip, &from) in columns.trip_pattern.iter().enumerate() {
            for link in entries(columns.trip_link_offset, trip) {
                let ends = [from, columns.trip_pattern[columns.link_to[link] as usize]].map(|pattern| pattern as usize);
                if patterns[ends[0]] != patterns[ends[1]] {
                    patterns[ends[0]] = true;
                    patterns[ends[1]] = true;
                    grows = true;
                }
            }
        }
    }
    patterns
}

/// The rows of a column in the order of its values.
fn rows_by(column: &[u32]) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..column.len() as u32).collect();
    rows.sort_by_key(|&row| column[row as usize]);
    rows
}

/// Stop and number of the nodes behind the plain ones, sorted.
fn special_nodes(stop_of: &[u32], stops: usize) -> Vec<(u32, u32)> {
    let mut nodes: Vec<(u32, u32)> = (stops..stop_of.len()).map(|node| (stop_of[node], node as u32)).collect();
    nodes.sort_unstable();
    nodes
}

/// The special nodes of a stop.
fn special_of(special: &[(u32, u32)], stop: u32) -> impl Iterator<Item = u32> + use<'_> {
    let from = special.partition_point(|&(other, _)| other < stop);
    special[from..].iter().take_while(move |&&(other, _)| other == stop).map(|&(_, node)| node)
}

/// Changes from every alight node: explicit rules first, then what holds where no rule speaks.
fn changes(
    columns: &Columns<'_>,
    settings: Settings,
    walks: &Edges,
    special: &[(u32, u32)],
) -> Result<Edges, RoutingError> {
    let stops = columns.stop_id.len();
    let special_of = |stop: u32| special_of(special, stop);
    let mut edges = Edges { offset: vec![0], edge: Vec::new() };
    let mut here: Vec<(u32, i32)> = Vec::new();
    let mut explicit: Vec<u32> = Vec::new();
    for alight in 0..columns.alight_stop.len() {
        let stop = columns.alight_stop[alight];
        here.clear();
        explicit.clear();
        for rule in entries(columns.rule_offset, alight) {
            explicit.push(columns.rule_board[rule]);
        }
        explicit.sort_unstable();
        let spoken = |node: u32| explicit.binary_search(&node).is_ok();
        for rule in entries(columns.rule_offset, alight) {
            let node = columns.rule_board[rule];
            let seconds = seconds_of(columns.rule_seconds[rule], settings);
            here.push((node, seconds));
            if (node as usize) < stops {
                here.extend(
                    special_of(node)
                        .filter(|&other| columns.board_inherits[other as usize] == 1 && !spoken(other))
                        .map(|other| (other, seconds)),
                );
            }
        }
        // The stop-level walks repeat rules of transfers.txt, but those are spoken of already.
        for &(to, seconds) in
            std::iter::once(&(stop, settings.change_time)).chain(generated_walks(walks, columns, stop))
        {
            let plain_spoken = spoken(to);
            if !plain_spoken {
                here.push((to, seconds));
            }
            here.extend(
                special_of(to)
                    .filter(|&node| {
                        let inherits = columns.board_inherits[node as usize] == 1;
                        !(spoken(node) || inherits && plain_spoken)
                    })
                    .map(|node| (node, seconds)),
            );
        }
        here.retain(|&(_, seconds)| seconds >= 0);
        here.sort_unstable();
        here.dedup_by_key(|&mut (to, _)| to);
        edges.edge.extend_from_slice(&here);
        if edges.edge.len() > MAX_CHANGES {
            return Err(RoutingError::TooManyChanges(MAX_CHANGES));
        }
        edges.offset.push(edges.edge.len() as u32);
    }
    Ok(edges)
}

/// The walks of a stop that no stop-level rule made.
fn generated_walks<'e>(
    walks: &'e Edges,
    columns: &Columns<'e>,
    stop: u32,
) -> impl Iterator<Item = &'e (u32, i32)> + use<'e> {
    let rules = &columns.stop_rule_to[entries(columns.stop_rule_offset, stop as usize)];
    walks.of(stop).iter().filter(move |(to, _)| !rules.contains(to))
}

/// Generated walks from every stop: those of the timetable, or longer ones.
#[derive(Clone, Copy)]
struct Nearby<'w> {
    offset: &'w [u32],
    stop: &'w [u32],
    metres: &'w [u32],
}

/// Calls `found` with every walk that Tumen makes up: to the other platforms of a station, and to stops within the radius.
fn generated(
    columns: &Columns<'_>,
    settings: Settings,
    nearby: Nearby<'_>,
    stop: usize,
    mut found: impl FnMut(u32, i32),
) {
    let Walk::Metres(radius) = settings.walk else { return };
    let (speed, detour) = match columns.settings {
        [_, speed, detour, ..] if *speed > 0 => (*speed, *detour),
        _ => (1_200, 1_000),
    };
    let seconds_of = |metres: i64| (metres * detour).div_euclid(speed) as i32 + 1;
    let parent = columns.stop_parent[stop];
    if let Some(parent) = StopId(parent).get() {
        for child in entries(columns.stop_child_offset, parent.index()) {
            let sibling = columns.stop_child[child];
            if sibling as usize != stop {
                let metres = distance_metres(columns, stop, sibling as usize).unwrap_or(0.0);
                found(sibling, seconds_of(metres.ceil() as i64).max(settings.change_time));
            }
        }
    }
    for walk in entries(nearby.offset, stop) {
        let (to, metres) = (nearby.stop[walk], nearby.metres[walk]);
        if metres <= radius && (parent == u32::MAX || columns.stop_parent[to as usize] != parent) {
            found(to, seconds_of(i64::from(metres)));
        }
    }
}

/// Great-circle metres between two stops; `None` where a position is unknown.
fn distance_metres(columns: &Columns<'_>, a: usize, b: usize) -> Option<f64> {
    let at = |stop: usize| columns.position_of_stop(StopId(stop as u32));
    Some(metres_between(at(a)?, at(b)?))
}

/// What a rule takes under the settings; negative where it forbids. In the strict mode a rule without a time takes none.
fn seconds_of(rule: i32, settings: Settings) -> i32 {
    match rule {
        RULE_DEFAULT if settings.walk == Walk::None => 0,
        RULE_DEFAULT => settings.change_time,
        RULE_FORBIDDEN => RULE_FORBIDDEN,
        seconds => seconds,
    }
}
