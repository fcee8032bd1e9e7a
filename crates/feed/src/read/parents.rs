//! parent_station: references, circles, and what children inherit.

use super::IdTable;
use crate::complaint::Code;
use crate::csv::short;
use crate::model::{Stop, StopKind};
use crate::report::{Place, Report};

/// Resolves the parents of stops, given as (line, parent_station), breaks circles, and hands zones down.
pub(super) fn resolve(stops: &mut [Stop], parents: &[(u64, String)], ids: &IdTable, report: &mut Report) {
    for (stop, (line, parent)) in parents.iter().enumerate().filter(|(_, (_, parent))| !parent.is_empty()) {
        let place = Place { file: "stops.txt", line: *line, column: "parent_station" };
        match ids.get(parent) {
            None => report.add(Code::UnknownParent, place, || {
                format!("`{}` is no stop_id; the stop has no parent", short(parent))
            }),
            Some(found) => {
                let expects_station = matches!(stops[stop].kind, StopKind::Stop | StopKind::Entrance | StopKind::Node);
                if expects_station && stops[found as usize].kind != StopKind::Station {
                    report.add(Code::ParentNotStation, place, || {
                        format!("`{}` has another location_type than 1; it serves as the parent anyway", short(parent))
                    });
                }
                stops[stop].parent = Some(found);
            }
        }
    }
    break_circles(stops, parents, report);
    for stop in 0..stops.len() {
        if let Some(zone) = inherited_zone(stops, stop) {
            stops[stop].zone = zone;
        }
    }
}

/// Cuts every circle of parents at the stop through which it is first entered.
fn break_circles(stops: &mut [Stop], parents: &[(u64, String)], report: &mut Report) {
    // Which walk visited a stop first; a walk that meets itself has found a circle.
    let mut visited_by = vec![usize::MAX; stops.len()];
    for start in 0..stops.len() {
        let mut stop = start;
        while visited_by[stop] == usize::MAX {
            visited_by[stop] = start;
            let Some(parent) = stops[stop].parent else { break };
            if visited_by[parent as usize] == start {
                let place = Place { file: "stops.txt", line: parents[stop].0, column: "parent_station" };
                report.add(Code::UnknownParent, place, || {
                    format!("`{}` leads back to this stop; the stop has no parent", short(&parents[stop].1))
                });
                stops[stop].parent = None;
                break;
            }
            stop = parent as usize;
        }
    }
}

/// The zone of the topmost ancestor that has one.
fn inherited_zone(stops: &[Stop], stop: usize) -> Option<String> {
    let ancestors = std::iter::successors(stops[stop].parent, |parent| stops[*parent as usize].parent);
    // GTFS nests three deep; the bound keeps hostile chains cheap.
    ancestors.take(8).map(|parent| &stops[parent as usize].zone).filter(|zone| !zone.is_empty()).last().cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(rows: &[(&str, &str, &str)]) -> (Vec<Stop>, Report) {
        let mut ids = IdTable::default();
        let mut report = Report::new(10);
        let mut stops: Vec<Stop> = Vec::new();
        for (id, _, zone) in rows {
            ids.insert(id).expect("new");
            stops.push(Stop { id: (*id).to_owned(), zone: (*zone).to_owned(), ..Stop::default() });
        }
        let parents: Vec<_> = rows.iter().zip(2..).map(|(row, line)| (line, row.1.to_owned())).collect();
        resolve(&mut stops, &parents, &ids, &mut report);
        (stops, report)
    }

    #[test]
    fn children_take_the_zone_of_their_station() {
        let (stops, _) = resolved(&[
            ("platform", "station", "Asia/Tokyo"),
            ("station", "", "Asia/Pyongyang"),
            ("area", "platform", ""),
            ("other", "", "Asia/Tokyo"),
        ]);
        let zones: Vec<&str> = stops.iter().map(|stop| stop.zone.as_str()).collect();
        assert_eq!(zones, ["Asia/Pyongyang", "Asia/Pyongyang", "Asia/Pyongyang", "Asia/Tokyo"]);
    }

    #[test]
    fn circles_are_cut_once() {
        let (stops, report) =
            resolved(&[("a", "b", ""), ("b", "c", ""), ("c", "a", ""), ("d", "d", ""), ("e", "x", "")]);
        let parents: Vec<Option<u32>> = stops.iter().map(|stop| stop.parent).collect();
        assert_eq!(parents, [Some(1), Some(2), None, None, None]);
        assert_eq!(report.count(Code::UnknownParent), 3);
    }
}
