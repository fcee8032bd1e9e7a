//! A saved journey as a body tells it: the legs of an `ItineraryId`.

use serde_json::Value;
use tumen_journey::motis::{Saved, SavedEnd, SavedLeg};

use crate::problem::Problem;

/// No journey has more legs.
const MOST_LEGS: usize = 200;

/// Reads `{"id": {"legs": […]}}`.
///
/// # Errors
/// When it is something else: the field is named.
pub fn read(body: &Value) -> Result<Saved, Problem> {
    let legs = body["id"]["legs"].as_array().filter(|legs| (1..=MOST_LEGS).contains(&legs.len()));
    let Some(legs) = legs else {
        return Err(Problem::field(
            "id.legs",
            format!("1 to {MOST_LEGS} legs are expected: {{\"id\": {{\"legs\": […]}}}}"),
        ));
    };
    let mut legs: Vec<SavedLeg> =
        legs.iter().enumerate().map(|(number, leg)| read_leg(number, leg)).collect::<Result<_, _>>()?;
    // Time at airports is added again when the journey is looked up.
    legs.retain(|leg| leg.trip.is_some() || leg.from != leg.to);
    if legs.is_empty() {
        return Err(Problem::field("id.legs", "a leg that goes anywhere is expected"));
    }
    Ok(Saved { legs })
}

fn read_leg(number: usize, leg: &Value) -> Result<SavedLeg, Problem> {
    let wrong = |field: &str, expected: &str| {
        Problem::field(&format!("id.legs[{number}].{field}"), format!("{expected} is expected"))
    };
    let text = |field: &str| leg[field].as_str().filter(|text| !text.is_empty());
    let end = |id: &str, [north, east]: [&str; 2]| match text(id) {
        Some(id) => Ok(SavedEnd::Stop(id.to_owned())),
        None => match (leg[north].as_f64(), leg[east].as_f64()) {
            (Some(lat), Some(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => Ok(SavedEnd::Point((lat, lon))),
            _ => Err(wrong(id, "a stop id, or latitude and longitude,")),
        },
    };
    let time = |field: &str| leg[field].as_i64().ok_or_else(|| wrong(field, "a number of Unix seconds"));
    let (start, finish) = (time("schedStart")?, time("schedEnd")?);
    if finish < start {
        return Err(wrong("schedEnd", "a time no earlier than schedStart"));
    }
    Ok(SavedLeg {
        trip: text("tripId").map(str::to_owned),
        seated: false,
        from: end("fromId", ["fromLat", "fromLon"])?,
        to: end("toId", ["toLat", "toLon"])?,
        start,
        end: finish,
    })
}
