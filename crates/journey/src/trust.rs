//! What in an answer is less than published, in sentences: they come before everything else.

use std::collections::BTreeSet;
use tumen_base::{Certainty, Date, ServiceId};
use tumen_timetable::Columns;

use crate::itinerary::{End, Itinerary, Leg, Ride, WalkKind};
use crate::present::words;
use crate::world::World;
use tumen_base::format_duration;

/// A sentence on the certainty of a journey.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// What it is about: `run` (one that was added), `days`, `times`, `transfer` or `airport`.
    pub about: &'static str,
    /// How far that can be trusted.
    pub certainty: Certainty,
    /// The sentence.
    pub text: String,
}

/// Everything in a journey that is less than published, the weakest first.
pub fn notes(world: &World, itinerary: &Itinerary) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for leg in &itinerary.legs {
        match leg {
            Leg::Ride(ride) => {
                notes.extend(ride.carriers.iter().filter_map(|carrier| {
                    let words = world.runs().words(carrier.run.trip)?;
                    let vehicle = capital(ride.mode(&world.columns()).vehicle());
                    let text = format!("{vehicle} {}: {words}.", world.trip_name(carrier.run.trip));
                    Some(Note { about: "run", certainty: Certainty::Published, text })
                }));
                notes.extend(of_days(world, ride));
                notes.extend(of_times(world, ride));
            }
            Leg::Walk(walk) => {
                if walk.kind != WalkKind::Stated {
                    let (about, text) = match walk.kind {
                        WalkKind::Estimated | WalkKind::Stated => {
                            ("transfer", "Walks between stops are estimated from straight lines.")
                        }
                        WalkKind::CheckIn | WalkKind::Control => (
                            "airport",
                            "Time at airports before and after flights is assumed (--check-in, --control); no timetable says it.",
                        ),
                    };
                    notes.push(Note { about, certainty: walk.certainty, text: text.to_owned() });
                    continue;
                }
                let (End::Stop(from), End::Stop(to)) = (walk.from, walk.to) else { continue };
                if walk.certainty > Certainty::Published {
                    let columns = world.columns();
                    let (from, to) = (columns.stop_name(from), columns.stop_name(to));
                    let time = format_duration(i64::from(walk.arrival) - i64::from(walk.departure));
                    let text = format!("The transfer {from} → {to} ({time}) is {}.", walk.certainty);
                    notes.push(Note { about: "transfer", certainty: walk.certainty, text });
                }
            }
        }
    }
    notes.sort_by_key(|note| (std::cmp::Reverse(note.certainty), note.about));
    let mut seen = BTreeSet::new();
    notes.retain(|note| seen.insert(note.text.clone()));
    notes
}

/// What answers without journeys say where not all of the timetable is published.
pub fn of_timetable(columns: &Columns<'_>) -> Option<&'static str> {
    let less = |certainties: &[u8]| certainties.iter().any(|&certainty| certainty > Certainty::Published as u8);
    let (days, times) = (columns.statement_certainty, columns.time_certainty);
    let anywhere = [days, times, columns.trip_certainty_days, columns.trip_certainty_times].into_iter().any(less);
    anywhere.then_some(
        "Not everything in this timetable is published: days may be assumed and times estimated. \
         `tumen plan` says which of them a journey relies on.",
    )
}

/// The weakest certainty of a journey's days and of its times.
pub fn weakest(world: &World, itinerary: &Itinerary) -> (Certainty, Certainty) {
    let columns = world.columns();
    let mut weakest = (Certainty::Published, Certainty::Published);
    for ride in itinerary.rides() {
        let runs = ride.carriers.iter().map(|carrier| columns.certainty_of_run(carrier.run.trip, carrier.run.day));
        let carriage = ride
            .carriage
            .map(|carriage| columns.certainty_of_day(columns.service_of_carriage(carriage.id), carriage.run.day));
        weakest.0 = runs.chain(carriage).fold(weakest.0, Certainty::max);
        weakest.1 = ride.calls.iter().map(|call| call.certainty).fold(weakest.1, Certainty::max);
    }
    weakest
}

fn of_days(world: &World, ride: &Ride) -> Vec<Note> {
    let columns = world.columns();
    let mut notes = Vec::new();
    if let Some(carriage) = ride.carriage {
        let service = columns.service_of_carriage(carriage.id);
        let certainty = columns.certainty_of_day(service, carriage.run.day);
        let name = carriage_name(world, ride).unwrap_or_default();
        notes.extend(day_note(world, &name, certainty, Some(service), carriage.run.day));
    }
    for carrier in &ride.carriers {
        let trip = carrier.run.trip;
        let certainty = columns.certainty_of_run(trip, carrier.run.day);
        let name = format!("{} {}", capital(ride.mode(&columns).vehicle()), world.trip_name(trip));
        notes.extend(day_note(world, &name, certainty, columns.service_of(trip), carrier.run.day));
    }
    notes
}

fn day_note(world: &World, name: &str, certainty: Certainty, service: Option<ServiceId>, day: i32) -> Option<Note> {
    let text = match certainty {
        Certainty::Published => return None,
        Certainty::Derived => format!("{name}: the days are derived, not published."),
        Certainty::Estimated => format!("{name}: the days are estimated."),
        Certainty::Unknown => format!("{name}: nothing is known of the days."),
        Certainty::Assumed => match service.and_then(|service| last_evidence(world, service, day)) {
            Some(date) => format!(
                "{name}: that it runs is assumed; the last run that a source supports was on {}.",
                words::date_without_weekday(date.civil())
            ),
            None => format!("{name}: that it runs on these days is assumed; no source says so."),
        },
    };
    Some(Note { about: "days", certainty, text })
}

/// The last day before `day` on which a service runs by more than assumption.
fn last_evidence(world: &World, service: ServiceId, day: i32) -> Option<Date> {
    let columns = world.columns();
    let days = columns.day_set(columns.service_days[service.index()]);
    let mut before = days.previous_from(day.checked_sub(1)?);
    while let Some(day) = before {
        if columns.certainty_of_day(service, day) < Certainty::Assumed {
            return Some(columns.date_of(day));
        }
        before = days.previous_from(day.checked_sub(1)?);
    }
    None
}

fn of_times(world: &World, ride: &Ride) -> Option<Note> {
    let weakest = ride.calls.iter().map(|call| call.certainty).max()?;
    if weakest == Certainty::Published {
        return None;
    }
    let parts: Vec<String> = Certainty::ALL
        .into_iter()
        .filter_map(|certainty| {
            let number = ride.calls.iter().filter(|call| call.certainty == certainty).count();
            (number > 0).then(|| format!("{number} {certainty}"))
        })
        .collect();
    let name = carriage_name(world, ride).unwrap_or_else(|| {
        format!("{} {}", capital(ride.mode(&world.columns()).vehicle()), world.trip_name(ride.boarded().trip))
    });
    let text = format!("{name}: of its {} stop times, {}.", ride.calls.len(), words::list(&parts));
    Some(Note { about: "times", certainty: weakest, text })
}

/// What the carriage of a ride is called.
pub fn carriage_name(world: &World, ride: &Ride) -> Option<String> {
    ride.carriage.map(|carriage| world.carriage_name(carriage.id).to_owned())
}

/// The mark of a time in tables; published times have none.
pub const fn mark(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Published => "",
        Certainty::Derived => "=",
        Certainty::Estimated | Certainty::Assumed => "~",
        Certainty::Unknown => "?",
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
