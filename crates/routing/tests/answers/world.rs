//! Worlds drawn as text, compiled, asked, and answered as text.

use tumen_base::{Date, StopId, Time, TripId};
use tumen_routing::{Answer, Journey, Leg, Network, Place, PrecomputeOptions, Query, Run, Settings, precompute};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};

/// A text timetable, compiled without generated walks.
pub fn world(text: &str) -> Timetable {
    world_with(text, WalkOptions::none())
}

/// A text timetable, compiled with generated walks.
pub fn world_with(text: &str, walk: WalkOptions) -> Timetable {
    let feeds = tumen_oracle::text::feeds(text);
    let mut options = CompileOptions::on(Date::parse(b"20260101").expect("a date"));
    options.walk = walk;
    let (data, _) = compile(&feeds, &options, &mut |_| {}).expect("the world compiles");
    Timetable::from_data(data).expect("what was compiled is valid")
}

/// The same, with the changes between runs worked out for the strict mode.
pub fn world_with_changes(text: &str) -> Timetable {
    let mut world = world(text);
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    let changes = precompute(&network, &mut PrecomputeOptions { threads: 2, progress: &mut |_, _| {} });
    let changes = changes.expect("runs whose changes can be told");
    drop(network);
    world.store_changes(changes).expect("a timetable that was just compiled");
    world
}

/// A stop, or a station with its children.
pub fn place(timetable: &Timetable, id: &str) -> Place {
    let stop = timetable.stops_with_written_id(id)[0];
    Place::at(timetable.columns().stop_and_descendants(stop))
}

/// A stop.
pub fn stop(timetable: &Timetable, id: &str) -> StopId {
    timetable.stops_with_written_id(id)[0]
}

/// The trip with an id.
pub fn trip(timetable: &Timetable, id: &str) -> TripId {
    timetable.trips_with_id(None, id)[0]
}

/// An instant of UTC, such as `2026-01-12T08:00`.
pub fn at(timetable: &Timetable, text: &str) -> Time {
    let instant: jiff::Timestamp = format!("{text}:00Z").parse().expect("an instant");
    timetable.columns().from_unix(instant.as_second()).expect("an instant within the timetable")
}

/// A query between two stops or stations, departing at an instant of UTC.
pub fn depart<'q>(timetable: &Timetable, from: &str, to: &str, time: &str) -> Query<'q> {
    Query::depart_at(place(timetable, from), place(timetable, to), at(timetable, time))
}

/// An answer as text: one line a journey, such as `12 08:00 A -t1-> B -t2-> C 13 09:30 (2 trips)`.
pub fn text(timetable: &Timetable, answer: &Answer) -> Vec<String> {
    answer.journeys.iter().map(|journey| journey_text(timetable, journey)).collect()
}

fn journey_text(timetable: &Timetable, journey: &Journey) -> String {
    let columns = timetable.columns();
    let clock = |time: Time| {
        let instant = jiff::Timestamp::from_second(timetable.columns().to_unix(time)).expect("an instant");
        instant.strftime("%d %H:%M").to_string()
    };
    let name = |stop: StopId| columns.text(columns.stop_id[stop.index()]).to_owned();
    let call = |run: Run, call: u32| {
        let pattern = columns.trip_pattern[run.trip.index()] as usize;
        name(StopId(columns.call_stop[(columns.pattern_call_offset[pattern] + call) as usize]))
    };
    let mut words = vec![clock(journey.departure)];
    for leg in &journey.legs {
        match leg {
            Leg::Walk { from, to, .. } => {
                if words.len() == 1 {
                    words.push(name(*from));
                }
                words.push(format!("~> {}", name(*to)));
            }
            Leg::Ride { parts, .. } => {
                if words.len() == 1 {
                    words.push(call(parts[0].run, parts[0].from_call));
                }
                let trips: Vec<_> =
                    parts.iter().map(|part| columns.text(columns.trip_id[part.run.trip.index()])).collect();
                let last = parts[parts.len() - 1];
                words.push(format!("-{}-> {}", trips.join("="), call(last.run, last.to_call)));
            }
        }
    }
    words.push(clock(journey.arrival));
    words.push(format!("({})", journey.trips));
    words.join(" ")
}
