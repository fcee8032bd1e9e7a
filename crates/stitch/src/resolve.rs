//! From pairs to trains: one to one on every day, in the order of their scores; what ties stays apart.

use std::collections::{BTreeMap, HashMap};

use crate::days::DaySet;
use crate::edges::Edge;
use crate::report::{Doubt, JoinKind};
use crate::trains::World;
use crate::{halves, twins};

/// Pairs whose scores differ by no more tie.
const TIE: f64 = 1.0;

/// Trains that are one on some days.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The trains, each with its service day minus that of the first.
    pub parts: Vec<(u32, i32)>,
    /// Service days of the first.
    pub days: DaySet,
    /// The pairs it rests on.
    pub edges: Vec<usize>,
}

/// What was decided about pairs.
#[derive(Default)]
pub(crate) struct Resolved {
    pub edges: Vec<Edge>,
    pub groups: Vec<Group>,
    pub suspects: Vec<Doubt>,
    pub refusals: Vec<Doubt>,
}

/// Decides about pairs that score enough.
pub(crate) fn resolve(world: &World, mut edges: Vec<Edge>) -> Resolved {
    edges.sort_by(|one, other| {
        let key = |edge: &Edge| (edge.one, edge.other, edge.shift);
        other.score.total_cmp(&one.score).then(key(one).cmp(&key(other))).then(one.days.cmp(&other.days))
    });
    let mut at_train: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, edge) in edges.iter().enumerate() {
        at_train.entry(edge.one).or_default().push(index);
        at_train.entry(edge.other).or_default().push(index);
    }
    let mut resolved = Resolved::default();
    let mut agreed: HashMap<(u32, u32, i32), bool> = HashMap::new();
    // What is left of the days of each pair: accepted ones in full, later ones before their turn.
    let mut left: Vec<DaySet> = edges.iter().map(|edge| edge.days.clone()).collect();
    for index in 0..edges.len() {
        let rivals = rivals(world, &edges, &at_train, index, &mut agreed);
        // Pairs that tie are both in doubt on the days they contest.
        let mut contested = DaySet::default();
        let mut rival_of = None;
        let ties = |other: &usize| edges[index].score - edges[*other].score <= TIE;
        let mut reduced = Vec::new();
        for &(other, train) in rivals.iter().filter(|(other, _)| ties(other)) {
            let overlap = overlap(&edges, &left, (index, other), train);
            if !overlap.is_empty() {
                reduced.push((other, seen_from(&edges[index], &edges[other], train, &overlap)));
                contested.unite(&overlap);
                rival_of.get_or_insert(other);
            }
        }
        for (other, theirs) in reduced {
            left[other] = left[other].without(&theirs);
            doubt(world, &mut resolved.suspects, &edges[other], &theirs, &edges[index]);
        }
        if let Some(rival) = rival_of {
            left[index] = left[index].without(&contested);
            doubt(world, &mut resolved.suspects, &edges[index], &contested, &edges[rival]);
        }
        for &(other, train) in rivals.iter().filter(|(other, _)| !ties(other)) {
            let overlap = overlap(&edges, &left, (index, other), train);
            if !overlap.is_empty() {
                let theirs = seen_from(&edges[index], &edges[other], train, &overlap);
                left[other] = left[other].without(&theirs);
                let reason = format!("{} fits better", trip_of_rival(world, &edges[other], &edges[index]));
                resolved.refusals.push(edges[other].doubt(world, &theirs, needed(edges[other].kind), reason));
            }
        }
    }
    for (edge, days) in edges.iter_mut().zip(left) {
        edge.days = days;
    }
    edges.retain(|edge| !edge.days.is_empty());
    resolved.groups = groups(&edges);
    resolved.edges = edges;
    resolved
}

pub(crate) fn needed(kind: JoinKind) -> f64 {
    if kind == JoinKind::SameTrain { twins::NEEDED } else { halves::NEEDED }
}

fn doubt(world: &World, list: &mut Vec<Doubt>, edge: &Edge, days: &DaySet, rival: &Edge) {
    let reason = format!("{} fits as well", trip_of_rival(world, edge, rival));
    list.push(edge.doubt(world, days, needed(edge.kind), reason));
}

/// The train of the rival that is not also in the pair.
fn trip_of_rival(world: &World, edge: &Edge, rival: &Edge) -> String {
    let other = if rival.one == edge.one || rival.one == edge.other { rival.other } else { rival.one };
    let name = world.name(&world.trains[other as usize]);
    format!("trip {} ({} to {})", name.trip, name.from, name.to)
}

/// Later pairs that cannot be right together with a pair, each with the train they have in common.
fn rivals(
    world: &World,
    edges: &[Edge],
    at_train: &HashMap<u32, Vec<usize>>,
    index: usize,
    agreed: &mut HashMap<(u32, u32, i32), bool>,
) -> Vec<(usize, u32)> {
    let mut rivals = Vec::new();
    for train in [edges[index].one, edges[index].other] {
        for &other in at_train[&train].iter().filter(|&&other| other > index) {
            if competes(world, edges, (index, other), train, agreed) {
                rivals.push((other, train));
            }
        }
    }
    rivals
}

/// Whether two pairs with a train in common cannot both be right.
fn competes(
    world: &World,
    edges: &[Edge],
    (index, other): (usize, usize),
    train: u32,
    agreed: &mut HashMap<(u32, u32, i32), bool>,
) -> bool {
    let (edge, rival) = (&edges[index], &edges[other]);
    if (edge.kind == JoinKind::Halves) != (rival.kind == JoinKind::Halves) {
        return false;
    }
    let partner = |edge: &Edge| if edge.one == train { (edge.other, edge.shift) } else { (edge.one, -edge.shift) };
    let ((mine, mine_shift), (its, its_shift)) = (partner(edge), partner(rival));
    if edge.kind == JoinKind::Halves {
        // A train has one train before it and one behind it.
        return (edge.one == train) == (rival.one == train) && (mine, mine_shift) != (its, its_shift);
    }
    if mine == its {
        return mine_shift != its_shift;
    }
    if world.trains[mine as usize].feed != world.trains[its as usize].feed {
        return false;
    }
    let (first, second, shift) =
        if mine < its { (mine, its, its_shift - mine_shift) } else { (its, mine, mine_shift - its_shift) };
    !*agreed.entry((first, second, shift)).or_insert_with(|| twins::agree(world, first, second, shift))
}

/// The days, counted as the pair's, on which both pairs have their common train.
fn overlap(edges: &[Edge], left: &[DaySet], (index, other): (usize, usize), train: u32) -> DaySet {
    let edge = &edges[index];
    let at_train = |edge: &Edge, day: i32| if edge.one == train { day } else { day + edge.shift };
    let theirs: DaySet = left[other].iter().map(|day| at_train(&edges[other], day)).filter(|day| *day >= 0).collect();
    left[index].iter().filter(|day| theirs.contains(at_train(edge, *day))).collect()
}

/// Days of one pair counted as those of another with which it shares a train.
fn seen_from(edge: &Edge, other: &Edge, train: u32, days: &DaySet) -> DaySet {
    let to_train = if edge.one == train { 0 } else { edge.shift };
    let from_train = if other.one == train { 0 } else { -other.shift };
    days.iter().map(|day| day + to_train + from_train).filter(|day| *day >= 0).collect()
}

/// The run that stands for all that are connected with one.
fn find(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// Trains with their service days, and the pairs that connect them.
type Connected = (Vec<(u32, i32)>, Vec<usize>);

/// Runs that pairs connect, day by day, gathered by the trains they are made of.
pub(crate) fn groups(edges: &[Edge]) -> Vec<Group> {
    let mut nodes: HashMap<(u32, i32), usize> = HashMap::new();
    let mut runs: Vec<(u32, i32)> = Vec::new();
    let mut leader: Vec<usize> = Vec::new();
    let mut used: Vec<(usize, usize)> = Vec::new();
    for (index, edge) in edges.iter().enumerate() {
        for day in edge.days.iter() {
            let [one, other] = [(edge.one, day), (edge.other, day + edge.shift)].map(|run| {
                *nodes.entry(run).or_insert_with(|| {
                    runs.push(run);
                    leader.push(leader.len());
                    leader.len() - 1
                })
            });
            let (one, other) = (find(&mut leader, one), find(&mut leader, other));
            leader[one.max(other)] = one.min(other);
            used.push((one, index));
        }
    }
    let mut members: BTreeMap<usize, Connected> = BTreeMap::new();
    for node in 0..runs.len() {
        members.entry(find(&mut leader, node)).or_default().0.push(runs[node]);
    }
    for (node, edge) in used {
        members.entry(find(&mut leader, node)).or_default().1.push(edge);
    }
    let mut groups: BTreeMap<Connected, DaySet> = BTreeMap::new();
    for (mut members, mut edges) in members.into_values() {
        members.sort_unstable();
        edges.sort_unstable();
        edges.dedup();
        let first = members[0].1;
        let parts: Vec<(u32, i32)> = members.iter().map(|(train, day)| (*train, day - first)).collect();
        // A train that would meet itself on another day is none.
        if parts.windows(2).all(|pair| pair[0].0 != pair[1].0) {
            groups.entry((parts, edges)).or_default().insert(first);
        }
    }
    groups.into_iter().map(|((parts, edges), days)| Group { parts, days, edges }).collect()
}
