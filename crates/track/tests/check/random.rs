//! Random lines of single track, beside a simulation that steps through time.

use crate::world::{checked, of_rule};
use proptest::prelude::*;
use std::collections::BTreeSet;
use tumen_track::check::Rule;

const NAMES: [&str; 4] = ["A", "B", "C", "D"];

/// A train that calls everywhere: whether it goes from A to D, when it leaves, minutes from stop to stop, minutes at stops.
#[derive(Clone, Debug)]
struct Train {
    out: bool,
    leaves: i64,
    takes: [i64; 3],
    stands: [i64; 2],
}

impl Train {
    /// Minutes at which it enters and leaves each section, sections in the order of the line.
    fn sections(&self) -> [(i64, i64); 3] {
        let mut at = self.leaves;
        let mut passed = [(0, 0); 3];
        for hop in 0..3 {
            let section = if self.out { hop } else { 2 - hop };
            passed[section] = (at, at + self.takes[hop]);
            at += self.takes[hop] + self.stands.get(hop).copied().unwrap_or(0);
        }
        passed
    }

    fn statement(&self, name: usize) -> String {
        let passed = self.sections();
        let order: Vec<usize> = if self.out { vec![0, 1, 2] } else { vec![2, 1, 0] };
        let stop = |hop: usize| if self.out { NAMES[hop] } else { NAMES[3 - hop] };
        let clock = |minutes: i64| format!("{}:{:02}", minutes / 60, minutes % 60);
        let mut calls = vec![format!("{} {}", stop(0), clock(passed[order[0]].0))];
        for hop in 1..3 {
            let (arrival, departure) = (passed[order[hop - 1]].1, passed[order[hop]].0);
            calls.push(format!("{} {}-{}", stop(hop), clock(arrival), clock(departure)));
        }
        calls.push(format!("{} {}", stop(3), clock(passed[order[2]].1)));
        format!("trip t{name}: {}\n", calls.join(" | "))
    }
}

fn trains() -> impl Strategy<Value = Vec<Train>> {
    let train = (any::<bool>(), 480_i64..600, [8_i64..30, 8..30, 8..30], [0_i64..20, 0..20])
        .prop_map(|(out, leaves, takes, stands)| Train { out, leaves, takes, stands });
    proptest::collection::vec(train, 1..7)
}

/// The least seconds over a section from stand to stand, tenth by tenth of a second.
fn simulated_seconds(metres: f64, limit: f64) -> f64 {
    const STEP: f64 = 0.1;
    let (mut at, mut speed, mut time) = (0.0, 0.0_f64, 0.0);
    while metres - at > 0.1 {
        let braked: f64 = (2.0_f64 * 1.5 * (metres - at)).sqrt();
        speed = (speed + 1.5 * STEP).min(limit).min(braked);
        at += speed * STEP;
        time += STEP;
    }
    time
}

/// Pairs of trains that are on a section against each other at the same time for more than a minute, minute by minute; and those
/// of which one comes onto a section after the other and leaves it before, by more than a minute each.
fn simulated_clashes(trains: &[Train]) -> BTreeSet<(usize, usize, usize)> {
    let mut clashes = BTreeSet::new();
    for section in 0..3 {
        for one in 0..trains.len() {
            for other in 0..one {
                let (first, second) = (trains[one].sections()[section], trains[other].sections()[section]);
                let minutes = 480..900;
                let present = |(from, until): (i64, i64), minute: i64| (from..until).contains(&minute);
                let together = minutes.filter(|minute| present(first, *minute) && present(second, *minute)).count();
                let against = trains[one].out != trains[other].out && together > 1;
                let overtakes = |(a, b): ((i64, i64), (i64, i64))| b.0 - a.0 > 1 && a.1 - b.1 > 1;
                let past =
                    trains[one].out == trains[other].out && (overtakes((first, second)) || overtakes((second, first)));
                if against || past {
                    clashes.insert((section, other, one));
                }
            }
        }
    }
    clashes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_violation_that_a_simulation_finds_is_found(
        trains in trains(),
        lengths in [5_u32..40, 5..40, 5..40],
        limits in [40_u32..160, 40..160, 40..160],
    ) {
        let mut feed = "feed zone Europe/Berlin days 2026-03-02..2026-03-02\nstops A B C D\n".to_owned();
        let rows = (0..3).map(|section| {
            let (ends, length, limit) = ([NAMES[section], NAMES[section + 1]].join(","), lengths[section], limits[section]);
            format!("S{section},{ends},{length},{limit},1,none\n")
        });
        let head = "section_id,from_stop_id,to_stop_id,length_km,max_speed_kmh,tracks,crossing_loops_km\n";
        let sections = rows.fold(head.to_owned(), |sections, row| sections + &row);
        for (name, train) in trains.iter().enumerate() {
            feed += &train.statement(name);
        }
        let found = checked(&feed, &[("sections.txt", &sections)]);
        let number = |id: &str| id[1..].parse::<usize>().expect("t and a number");
        let clashes: BTreeSet<(usize, usize, usize)> = of_rule(&found, Rule::SingleTrack)
            .iter()
            .map(|clash| {
                let section = clash.why.find(" of S").map(|at| clash.why[at + 5..=at + 5].parse().expect("a number"));
                let pair = [number(&clash.trips[0]), number(&clash.trips[1])];
                (section.expect("a section"), pair[0].min(pair[1]), pair[0].max(pair[1]))
            })
            .collect();
        prop_assert_eq!(&clashes, &simulated_clashes(&trains), "{}", feed);
        for (name, train) in trains.iter().enumerate() {
            for section in 0..3 {
                let (enters, leaves) = train.sections()[section];
                let needed = simulated_seconds(f64::from(lengths[section]) * 1000.0, f64::from(limits[section]) / 3.6);
                let most = ((leaves - enters + 1) * 60) as f64;
                let of_this = |found: &&tumen_track::check::Violation| {
                    number(&found.trips[0]) == name && found.why.contains(&format!("(S{section} "))
                };
                let is_found = of_rule(&found, Rule::RunningTime).iter().any(of_this);
                // The simulation is coarse: what it finds by more than a hundredth is certain.
                if most < needed * 0.99 - 1.0 {
                    prop_assert!(is_found, "t{name} on S{section} needs {needed} s and has {most}\n{feed}\n{sections}");
                }
                if most > needed * 1.01 + 1.0 {
                    prop_assert!(!is_found, "t{name} on S{section} needs {needed} s and has {most}\n{feed}\n{sections}");
                }
            }
        }
    }
}
