//! The API of MOTIS 2.11, as the npm package `@motis-project/motis-client` types it. docs/api.md says what is served, what is not, and
//! where answers say more.

mod area;
mod around;
mod cursor;
mod geocode;
mod listed;
mod map;
mod map_trips;
mod modes;
mod one_to_many;
mod pages;
mod parameters;
mod plan;
mod reach;
mod refresh;
mod refused;
mod rejoined;
mod saved_body;
mod service;
mod shape;
mod stop;
mod stoptimes;
mod trip;
mod usage;

pub use cursor::Reach;
pub use listed::{LIMIT, WARNINGS};

use axum::Router;
use axum::routing::get;
use std::ops::Range;
use tumen_base::{Date, SECONDS_PER_DAY, Time};
use tumen_journey::present::View;
use tumen_journey::style::Style;
use tumen_timetable::Columns;

use crate::app::App;
use crate::served::Served;

/// Every path of the API.
pub fn router() -> Router<App> {
    Router::new()
        .route("/api/v6/plan", get(plan::plan).post(plan::plan_post))
        .route("/api/v6/refresh-itinerary", get(refresh::refresh).post(refresh::refresh_post))
        .route("/api/v6/trip", get(trip::trip))
        .route("/api/v6/stop", get(stop::stop))
        .route("/api/v6/stoptimes", get(stoptimes::stoptimes))
        .route("/api/v6/one-to-all", get(reach::one_to_all))
        .route("/api/v1/one-to-many", get(one_to_many::one_to_many).post(one_to_many::one_to_many_post))
        .route(
            "/api/experimental/one-to-many-intermodal",
            get(one_to_many::intermodal).post(one_to_many::intermodal_post),
        )
        .route("/api/v1/geocode", get(geocode::geocode))
        .route("/api/v1/reverse-geocode", get(geocode::reverse_geocode))
        .route("/api/v6/map/stops", get(map::stops))
        .route("/api/v6/map/trips", get(map_trips::trips))
        .route("/api/v1/map/initial", get(map::initial))
}

fn view<'s>(served: &'s Served, language: Option<&str>) -> View<'s> {
    View::new(&served.world, Style { color: false, width: None }, language)
}

/// No trip leaves a stop later after the beginning of its service day.
const LONGEST_TRIP: i32 = 60 * SECONDS_PER_DAY;

/// Between what times anything may leave or arrive.
fn days(columns: &Columns<'_>) -> Range<Time> {
    let midnight = |date: Date| i64::from(date.0) * i64::from(SECONDS_PER_DAY);
    let start = columns.from_unix(midnight(columns.first_date().plus(-2))).unwrap_or(Time::MIN / 2);
    let end = columns.from_unix(midnight(columns.last_date().plus(2))).unwrap_or(Time::MAX / 2);
    start..end.saturating_add(LONGEST_TRIP)
}
