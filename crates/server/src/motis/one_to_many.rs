//! `/api/v1/one-to-many`: how long it is on foot from one place to many; `/api/experimental/one-to-many-intermodal`: how long by what runs.

use axum::response::Response;
use serde_json::{Value, json};
use tumen_base::metres_between;
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::geography::Position;
use tumen_journey::names::{Footwork, Spot};
use tumen_journey::search;
use tumen_journey::when::When;
use tumen_routing::{DEFAULT_HORIZON, Destinations, Direction, Place, Query};

use super::listed::{self, Listed};
use super::parameters::{Parameters, position, wrong};
use super::reach::departs;
use super::usage::{SpotKind, Usage};
use super::{shape, view};
use crate::app::Desk;
use crate::asker::Asker;
use crate::extract::Body;
use crate::problem::Problem;

/// The most places of one question.
pub const MOST_PLACES: usize = 1000;
/// The longest walk that is told, in seconds.
const LONGEST_WALK: i32 = 86_400;
/// Walks that are told in an answer by what runs, in seconds, where nobody says otherwise.
const USUAL_WALK: i32 = 1800;

/// On foot from one place to many, or back.
pub async fn one_to_many(asker: Asker, given: Parameters) -> Result<Response, Problem> {
    on_foot(asker, given).await
}

/// The same with a body.
pub async fn one_to_many_post(asker: Asker, Body(body): Body<Value>) -> Result<Response, Problem> {
    on_foot(asker, Parameters::of_body(&body)?).await
}

async fn on_foot(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let one = point("one", &given.required("one", "latitude;longitude")?)?;
    let many = given.list("many").unwrap_or_default();
    let many = many.iter().map(|text| point("many", text)).collect::<Result<Vec<Position>, Problem>>()?;
    check_count(many.len())?;
    walking(&mut given, "mode")?;
    let longest = given.number("max", 0..=LONGEST_WALK)?.unwrap_or(LONGEST_WALK);
    // It is as far there as it is back.
    given.flag("arriveBy", false)?;
    let with_distance = given.flag("withDistance", false)?;
    shape::without_effect(&mut given)?;
    let warnings = given.finish()?;
    listed::answer(asker, warnings, move |desk| {
        let footwork = search::footwork(&desk.served.world.columns(), None);
        let walk = |there: &Position| duration(footwork, metres_between(one, *there), longest, with_distance);
        Ok(Listed::first(many.iter().map(walk).collect(), MOST_PLACES))
    })
    .await
}

/// How long a straight line is on foot; nothing where that is too long.
fn duration(footwork: Footwork, metres: f64, longest: i32, with_distance: bool) -> Value {
    let seconds = footwork.seconds(metres);
    if seconds > longest {
        return json!({});
    }
    let mut value = json!({ "duration": seconds });
    if with_distance {
        value["distance"] = json!((metres * footwork.detour_permille as f64 / 1000.0).round());
    }
    value
}

fn check_count(count: usize) -> Result<(), Problem> {
    if (1..=MOST_PLACES).contains(&count) {
        return Ok(());
    }
    Err(Problem::field("many", format!("many has {count} places, expected 1 to {MOST_PLACES}")))
}

fn walking(given: &mut Parameters, name: &'static str) -> Result<(), Problem> {
    match given.text(name)?.as_deref() {
        None | Some("WALK") => Ok(()),
        Some(mode) => {
            let detail = format!("{name}={mode} is not honoured: only WALK is, for there is no street network here");
            Err(Problem::field(name, detail))
        }
    }
}

fn point(name: &str, text: &str) -> Result<Position, Problem> {
    let found = position(text, ';').or_else(|| position(text, ','));
    found.ok_or_else(|| wrong(name, text, "latitude;longitude in degrees, such as 55.776;37.655"))
}

struct Rides {
    one: String,
    many: Vec<String>,
    time: When,
    usage: Usage,
    longest_walk: i32,
    with_distance: bool,
    warnings: Vec<String>,
}

/// By what runs, from one place to many.
pub async fn intermodal(asker: Asker, given: Parameters) -> Result<Response, Problem> {
    by_transit(asker, given).await
}

/// The same with a body.
pub async fn intermodal_post(asker: Asker, Body(body): Body<Value>) -> Result<Response, Problem> {
    by_transit(asker, Parameters::of_body(&body)?).await
}

async fn by_transit(asker: Asker, mut given: Parameters) -> Result<Response, Problem> {
    let one = given.required("one", "a stop id, or latitude,longitude")?;
    let many = given.places("many");
    check_count(many.len())?;
    let time = given.moment("time")?.unwrap_or_else(|| asker.now());
    departs(&mut given)?;
    walking(&mut given, "directMode")?;
    let longest_walk = given.number("maxDirectTime", 0..=LONGEST_WALK)?.unwrap_or(USUAL_WALK);
    let with_distance = given.flag("withDistance", false)?;
    let mut warnings = Vec::new();
    let usage = Usage::read(&mut given, DEFAULT_HORIZON, &mut warnings)?;
    shape::without_effect(&mut given)?;
    warnings.extend(given.finish()?);
    let asked = Rides { one, many, time, usage, longest_walk, with_distance, warnings };
    asker.answer(move |desk| asked.answer(desk)).await
}

impl Rides {
    fn answer(self, desk: &mut Desk<'_, '_, '_>) -> Result<Value, Problem> {
        let view = view(desk.served, None);
        let columns = view.columns();
        // Places are written like one, with a comma or a semicolon.
        let written = |text: &str| position(text, ';').map(|(north, east)| format!("{north},{east}"));
        let spot =
            |kind, field, text: &str| self.usage.spot(&view, kind, field, written(text).as_deref().unwrap_or(text));
        let from = spot(SpotKind::From, "one", &self.one)?;
        let many =
            self.many.iter().map(|text| spot(SpotKind::To, "many", text)).collect::<Result<Vec<Spot>, Problem>>()?;
        let time = clock::resolve(&columns, self.time, self.time, from.first_stop(), DayEnd::First)
            .map_err(|failure| Problem::from(failure).with("field", json!("time")))?;
        let search = self.usage.search(&view, [from.clone(), from.clone()], desk.patience)?;
        let place = |spot: &Spot| Place { dwell: search.airports.after(), ..search::place(&columns, spot) };
        let places: Vec<Place> = many.iter().map(place).collect();
        let refused = |error| Problem::from(search::refused(&error));
        let destinations = Destinations::places(desk.router.network(), &places).map_err(refused)?;
        let expired = || search.is_expired();
        let query = Query { cancel: Some(&expired), ..search.query(&columns, time, Direction::DepartAt, 0) };
        let reached = desk.router.reach(&query, &destinations).map_err(refused)?;
        let rides = |number: usize| -> Vec<Value> {
            let arrivals = reached.at(number).iter().filter(|arrival| arrival.trips > 0 && !self.usage.modes.is_none());
            arrivals
                .map(|arrival| {
                    json!({ "duration": arrival.arrival.saturating_sub(time), "transfers": arrival.trips - 1 })
                })
                .collect()
        };
        let footwork = search::footwork(&columns, None);
        let there = |spot: &Spot| spot.coordinate.or_else(|| columns.position_of_stop(spot.first_stop()));
        let walk = |to: &Spot| match there(&from).zip(there(to)) {
            Some((one, other)) => duration(footwork, metres_between(one, other), self.longest_walk, self.with_distance),
            None => json!({}),
        };
        Ok(json!({
            "street_durations": many.iter().map(walk).collect::<Vec<_>>(),
            "transit_durations": (0..many.len()).map(rides).collect::<Vec<_>>(),
            "tumen": { "warnings": self.warnings },
        }))
    }
}
