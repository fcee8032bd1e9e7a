//! The path alone: which services lead there, whatever their times.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use crate::network::Regime;
use crate::route::{Change, Ride, Route, Search};

/// Where goods are: terminal, gauge of the wagons, law of the service that brought them.
type State = (usize, u16, Option<Option<Regime>>);
/// Changes of gauge, changes of law, services: the path with the least of them is taken.
type Cost = (u32, u32, u32);
/// How a state was reached.
type Step = (State, usize, Option<(u16, u16)>);

/// The path with the fewest changes of gauge, of them with the fewest changes of law, of them with the fewest services.
pub(crate) fn search(search: &Search<'_>) -> Option<Route> {
    let mut best: BTreeMap<State, (Cost, Option<Step>)> = BTreeMap::new();
    let mut queue: BinaryHeap<Reverse<(Cost, State)>> = BinaryHeap::new();
    for &origin in &search.origins {
        for gauge in search.first_gauges(origin) {
            best.insert((origin, gauge, None), ((0, 0, 0), None));
            queue.push(Reverse(((0, 0, 0), (origin, gauge, None))));
        }
    }
    while let Some(Reverse((cost, state))) = queue.pop() {
        if best[&state].0 < cost {
            continue;
        }
        let (terminal, gauge, law) = state;
        if search.destinations.contains(&terminal) {
            return Some(search.route(rides(search, &best, state), false));
        }
        for &place in &search.usable {
            let service = search.service(place);
            if service.from != terminal {
                continue;
            }
            for &next in &service.gauges {
                let change = if next == gauge { None } else { Some((gauge, next)) };
                if change.is_some_and(|(from, to)| search.change(terminal, [from, to]).is_none()) {
                    continue;
                }
                let laws = u32::from(law.is_some_and(|law| law != service.regime));
                let onward = (cost.0 + u32::from(change.is_some()), cost.1 + laws, cost.2 + 1);
                let reached = (service.to, next, Some(service.regime));
                if best.get(&reached).is_none_or(|(known, _)| onward < *known) {
                    best.insert(reached, (onward, Some((state, place, change))));
                    queue.push(Reverse((onward, reached)));
                }
            }
        }
    }
    None
}

fn rides(search: &Search<'_>, best: &BTreeMap<State, (Cost, Option<Step>)>, end: State) -> Vec<Ride> {
    let mut rides = Vec::new();
    let mut state = end;
    while let Some((before, service, change)) = best[&state].1 {
        let change: Option<Change> = change.and_then(|(from, to)| search.change(before.0, [from, to]));
        rides.push(Ride { service, gauge: state.1, change, earliest: None, latest: None });
        state = before;
    }
    rides.reverse();
    rides
}
