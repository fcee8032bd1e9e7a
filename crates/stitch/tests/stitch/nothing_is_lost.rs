//! With stitching no journey becomes impossible, later or longer, boarding and alighting at invented stops apart.

use crate::shared::joined;
use fastrand::Rng;
use std::fmt::Write as _;
use tumen_base::{Date, TripId};
use tumen_feed::Feed;
use tumen_routing::{Answer, Journey, Leg, Network, Place, Query, Router, Settings};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};

const NETWORKS: u64 = 1_000;
const QUESTIONS: usize = 12;
const DAY: i32 = 86_400;
/// Minutes between two halves at an invented stop.
const STAND: i32 = 3;
/// Stations on a line; the west has the first six, the east the last six.
const STATIONS: usize = 10;
const WEST: std::ops::Range<usize> = 0..6;
const EAST: std::ops::Range<usize> = 4..10;

/// Two feeds that describe the same trains in part, with trains of their own, rules, and carriages published as trips.
fn draw(random: &mut Rng) -> String {
    let mut text = String::new();
    let hours = random.usize(..2);
    let zones = ["Europe/Paris", ["Europe/Berlin", "Europe/Helsinki"][hours]];
    let mut trains: Vec<(u32, bool, Vec<i32>, u8)> = Vec::new();
    for number in 0..random.u32(2..7) {
        let mut minute = random.i32(0..20 * 60);
        let mut next = || {
            minute += random.i32(40..100);
            minute
        };
        let times = (0..STATIONS).map(|_| next()).collect();
        trains.push((101 + number, random.bool(), times, random.u8(..7)));
    }
    for (feed, (name, range)) in [("w", WEST), ("e", EAST)].into_iter().enumerate() {
        let later = if feed == 1 { 60 * hours as i32 } else { 0 };
        let _ = writeln!(text, "feed {name} zone {} days 2026-03-23..2026-04-03", zones[feed]);
        for station in range.clone() {
            let (north, east) = (45.0 + 0.0003 * feed as f64, station as f64);
            let _ = writeln!(text, "stop {name}{station} \"Town {station}\" {north},{east}");
        }
        let _ = writeln!(text, "stop {name}x \"Branch {name}\" 50.0,{}", 20 * feed);
        let _ = writeln!(text, "stop {name}b \"Border {name}/{name}\"");
        for service in 0..3 {
            let days: Vec<&str> =
                ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].into_iter().filter(|_| random.u8(..10) < 7).collect();
            let days = if days.is_empty() { "daily".to_owned() } else { days.join(",") };
            let _ = writeln!(text, "service s{service}: {days}");
        }
        for (number, back, times, shape) in &trains {
            let cut = 5;
            let has = |station: usize| {
                let inside = if *back { STATIONS - 1 - station } else { station };
                let half = match (shape, feed) {
                    // Two halves that meet at station 5.
                    (0, _) => (feed == 0) == (if *back { station >= cut } else { station <= cut }) || station == cut,
                    // One feed alone; in the last case cut in two at a border that is no place.
                    (1 | 6, 1) | (2, 0) => false,
                    _ => true,
                };
                half && range.contains(&station) && inside < STATIONS
            };
            let order: Vec<usize> = if *back { (0..STATIONS).rev().collect() } else { (0..STATIONS).collect() };
            let calls: Vec<String> = order
                .iter()
                .zip(times)
                .filter(|(station, _)| has(**station))
                .filter(|_| *shape < 4 || random.u8(..10) < 8)
                .map(|(station, minute)| {
                    format!("{name}{station} {:02}:{:02}", (minute + later) / 60, (minute + later) % 60)
                })
                .collect();
            if calls.len() < 2 {
                continue;
            }
            let service = random.u8(..3);
            if *shape == 6 {
                cut_at_border(&mut text, name, *number, &calls, [service, random.u8(..3)]);
                continue;
            }
            let _ = writeln!(text, "trip {number} service s{service}: {}", calls.join(" | "));
            if calls.len() > 3 && random.u8(..3) == 0 {
                let end = times[STATIONS - 1] + later + 120;
                let carried = calls[..3].join(" | ");
                let service = random.u8(..3);
                let _ = writeln!(
                    text,
                    "trip 4{number} service s{service}: {carried} | {name}x {:02}:{:02}",
                    end / 60,
                    end % 60
                );
            }
        }
        for number in 0..random.u8(2..6) {
            let (one, other) = (random.usize(range.clone()), random.usize(range.clone()));
            let (leaves, takes) = (random.i32(0..24 * 60), random.i32(30..200));
            let arrives = leaves + takes;
            if one != other {
                let _ = writeln!(
                    text,
                    "trip {number} service s{}: {name}{one} {:02}:{:02} | {name}{other} {:02}:{:02}",
                    random.u8(..3),
                    leaves / 60,
                    leaves % 60,
                    arrives / 60,
                    arrives % 60
                );
            }
        }
        for _ in 0..random.u8(..4) {
            let (one, other) = (random.usize(range.clone()), random.usize(range.clone()));
            let _ = writeln!(text, "transfer {name}{one} {name}{other} type 2 min {}", 60 * random.u32(..90));
        }
    }
    text
}

/// A train as two trips, of different numbers and mostly of the same days: to an invented stop, and from there on.
fn cut_at_border(text: &mut String, name: &str, number: u32, calls: &[String], services: [u8; 2]) {
    let (before, after) = calls.split_at(calls.len() / 2);
    let minute = |call: &String| -> i32 {
        let clock = call.rsplit(' ').next().expect("a time");
        clock.split(':').fold(0, |minutes, part| 60 * minutes + part.parse::<i32>().expect("a number"))
    };
    let border = minute(&before[before.len() - 1]) + 15;
    let clock = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let (first, second) = (services[0], services[usize::from(number.is_multiple_of(3))]);
    let _ = writeln!(text, "trip {number} service s{first}: {} | {name}b {}", before.join(" | "), clock(border));
    let after = after.join(" | ");
    let _ = writeln!(text, "trip 7{number} service s{second}: {name}b {} | {after}", clock(border + STAND));
}

fn compiled(feeds: &[Feed]) -> Timetable {
    let mut options = CompileOptions::on(Date::parse(b"20260101").expect("a date"));
    options.walk = WalkOptions::none();
    let (data, _) = compile(feeds, &options, &mut |_| {}).expect("the feeds compile");
    Timetable::from_data(data).expect("what was compiled is valid")
}

/// A journey as far as it is compared: departure and arrival in UTC, trips. Those that change at an invented stop from one train
/// to another are left out: nobody can.
fn said(timetable: &Timetable, answer: &Answer) -> Vec<(i64, i64, u8)> {
    let columns = timetable.columns();
    let row = |journey: &Journey| (columns.to_unix(journey.departure), columns.to_unix(journey.arrival), journey.trips);
    answer.journeys.iter().filter(|journey| !changes_at_border(timetable, journey)).map(row).collect()
}

/// Whether a journey changes at an invented stop to anything but the other half of the same train.
fn changes_at_border(timetable: &Timetable, journey: &Journey) -> bool {
    let columns = timetable.columns();
    let id = |trip: TripId| columns.text(columns.trip_id[trip.index()]);
    journey.legs.windows(2).any(|legs| {
        let [Leg::Ride { parts, arrival, .. }, Leg::Ride { parts: next, departure, .. }] = legs else { return false };
        let (left, boarded) = (&parts[parts.len() - 1], &next[0]);
        let pattern = columns.trip_pattern[left.run.trip.index()] as usize;
        let stop = columns.call_stop[(columns.pattern_call_offset[pattern] + left.to_call) as usize];
        let halves = id(boarded.run.trip) == format!("7{}", id(left.run.trip)) && departure - arrival == STAND * 60;
        columns.text(columns.stop_id[stop as usize]).ends_with('b') && !halves
    })
}

fn ask(timetable: &Timetable, network: &Network<'_>, (from, to): (&str, &str), unix: i64) -> [Vec<(i64, i64, u8)>; 2] {
    let columns = timetable.columns();
    let place = |id: &str| Place::at([timetable.stops_with_written_id(id)[0]]);
    let Some(time) = columns.from_unix(unix) else { return [Vec::new(), Vec::new()] };
    let query = Query::depart_at(place(from), place(to), time);
    let mut router = Router::new(network);
    let journeys = router.journeys(&query).expect("an answer");
    let profile = router.profile(&query, 2 * DAY).expect("an answer");
    // Of a fixed departure only arrival and trips count.
    let from_then_on =
        said(timetable, &journeys).into_iter().map(|(_, arrival, trips)| (unix, arrival, trips)).collect();
    [from_then_on, said(timetable, &profile)]
}

#[test]
fn no_journey_is_lost_or_later() {
    let (mut joins, mut over_borders, mut asked) = (0, 0, 0);
    for seed in 0..NETWORKS {
        let mut random = Rng::with_seed(seed);
        let text = draw(&mut random);
        let plain = compiled(&tumen_oracle::text::feeds(&text));
        let (feeds, report) = joined(&text);
        joins += report.joins.len();
        over_borders += usize::from(!report.border_stops.is_empty());
        let stitched = compiled(&feeds);
        let before = Network::new(plain.columns(), Settings::STRICT).expect("a network");
        let after = Network::new(stitched.columns(), Settings::STRICT).expect("a network");
        let stops: Vec<String> = ["w", "e"]
            .iter()
            .zip([WEST, EAST])
            .flat_map(|(name, range)| range.map(move |station| format!("{name}{station}")).chain([format!("{name}x")]))
            .collect();
        for _ in 0..QUESTIONS {
            let pair = [0, 1].map(|_| stops[random.usize(..stops.len())].as_str());
            let unix = tumen_oracle::text::instant("UTC", "2026-03-23 00:00")
                + random.i64(0..10) * i64::from(DAY)
                + random.i64(0..86_400);
            let without = ask(&plain, &before, (pair[0], pair[1]), unix);
            let with = ask(&stitched, &after, (pair[0], pair[1]), unix);
            for (without, with) in without.iter().zip(&with) {
                asked += without.len();
                for &(departure, arrival, trips) in without {
                    let beats = |other: &(i64, i64, u8)| other.0 >= departure && other.1 <= arrival && other.2 <= trips;
                    // A profile lists no walks: where two stations became one, a walk may now be quicker than the ride.
                    let kept = with.iter().any(beats)
                        || ask(&stitched, &after, (pair[0], pair[1]), departure)[0].iter().any(beats);
                    assert!(
                        kept,
                        "seed {seed}: {} to {} at {unix}: {:?} is lost; there is {with:?}\n{text}\n{:#?}",
                        pair[0],
                        pair[1],
                        (departure, arrival, trips),
                        crate::shared::words(&report)
                    );
                }
            }
        }
    }
    println!("{joins} joins in {NETWORKS} networks, {over_borders} with invented stops; {asked} journeys kept");
    assert!(joins > 2 * NETWORKS as usize && asked > 10_000, "{joins} joins, {asked} journeys");
    assert!(over_borders > NETWORKS as usize / 10, "invented stops in {over_borders} networks");
}
