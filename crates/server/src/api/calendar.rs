//! The days of a year on which a journey can be made.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tumen_base::Date;
use tumen_journey::itinerary::Itinerary;
use tumen_journey::next::NextAnswer;
use tumen_journey::present::View;
use tumen_journey::{motis, trust};

/// One full journey for each date that is told of.
pub fn itineraries(view: &View<'_>, found: &NextAnswer) -> Value {
    let first = |journeys: &Vec<Itinerary>| journeys.first().map(|itinerary| full(view, itinerary));
    found.parts.iter().flat_map(|part| part.by_date.values().filter_map(first)).collect()
}

fn full(view: &View<'_>, itinerary: &Itinerary) -> Value {
    motis::itinerary(view, itinerary, &trust::notes(view.world, itinerary))
}

/// An entry for every local date of departure: those known to be allowed, the doubtful, and those that only suspensions keep back.
pub fn json(view: &View<'_>, found: &NextAnswer) -> Value {
    let mut days: BTreeMap<Date, Value> = BTreeMap::new();
    let entry = |date: Date, itinerary: &Itinerary, doubtful: bool, suspended: bool| {
        let (certainty, _) = trust::weakest(view.world, itinerary);
        json!({ "date": date.to_string(), "days": certainty.word(), "doubtful": doubtful, "suspended": suspended })
    };
    // Whichever part says more of a date comes first.
    for part in &found.parts {
        for (&date, journeys) in &part.by_date {
            if let Some(itinerary) = journeys.first() {
                days.entry(date).or_insert_with(|| entry(date, itinerary, part.doubtful, false));
            }
        }
    }
    for struck in &found.struck {
        let date = Date::from(view.local(struck.itinerary.departure, struck.itinerary.ends.0).date());
        days.entry(date).or_insert_with(|| entry(date, &struck.itinerary, false, true));
    }
    days.into_values().collect()
}
