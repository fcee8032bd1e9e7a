//! The shapes of answers, for the API's description. Handlers answer with the values that the command line prints; a test that fuzzes the
//! server checks that they have these shapes.

use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoResponses, ToSchema};

/// Any JSON object: docs/cli.md and docs/api.md say what stands in it.
type Object = std::collections::BTreeMap<String, Value>;

macro_rules! shapes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty),* $(,)? })*) => {
        $($(#[$doc])*
        #[derive(Serialize, ToSchema)]
        #[serde(rename_all = "camelCase")]
        pub struct $name { $($(#[$of_field])* pub $field: $type),* })*
    };
}

shapes! {
    /// Journeys.
    PlanAnswer { from: Object, to: Object, direct: Vec<Object>, itineraries: Vec<Object>, tumen: Object }
    /// Dates of departure.
    NextAnswer {
        from: String,
        to: String,
        pattern: Option<String>,
        window_days: i32,
        departures: Vec<Object>,
        suspended_departures: Vec<Object>,
        /// One full journey for each date that is told of.
        itineraries: Vec<Object>,
        /// One entry for each date on which the journey can be made.
        calendar: Vec<CalendarDay>,
        tumen: Object,
    }
    /// A date on which a journey can be made.
    CalendarDay {
        /// The local date of departure.
        date: String,
        /// How far the running day can be trusted.
        days: String,
        /// It is not known whether the traveller may cross.
        doubtful: bool,
        /// It would run, and a suspension keeps it back.
        suspended: bool,
    }
    /// What changed.
    CompareAnswer { before: Object, after: Object, scenario: Option<Object>, pairs: Object, largest: Object, named: Object }
    /// Places, the best first.
    PlacesAnswer { places: Vec<Place>, truncated: bool }
    /// A place.
    Place {
        /// What `from`, `to` and `stop` take.
        id: String,
        name: String,
        /// By language.
        names: Object,
        /// `city`, `station`, `stop` or `airport`.
        kind: String,
        country: Option<String>,
        lat: Option<f64>,
        lon: Option<f64>,
        /// Ids of its stations.
        stops: Vec<String>,
        codes: Object,
    }
    /// A board.
    BoardAnswer { place: Object, stop_times: Vec<Object> }
    /// A trip as a journey of one leg.
    TripAnswer { duration: i64, start_time: String, end_time: String, legs: Vec<Object>, tumen: Object }
    /// The state of the network.
    StatusAnswer { date: String, routes: Vec<Object>, carriages: Vec<Object>, posts: Vec<Object>, lines: Vec<Object>, known_services: Vec<Object> }
    /// A dated story.
    HistoryAnswer { of: Vec<String>, items: Vec<Object>, covered: Vec<Object> }
    /// Claims beside other sources.
    ClaimsAnswer { claims: Vec<Object> }
    /// Lines and through carriages.
    LinesAnswer { lines: Vec<Object>, carriages: Vec<Object>, complaints: Vec<String> }
    /// A line by country, region and section.
    LineAnswer {
        id: String,
        name: String,
        /// `line`, `carriage`, `route` or `places`.
        kind: String,
        /// From this day on the timetable was looked at.
        from: String,
        stations: Vec<Object>,
        /// `knownKilometres` sums what is known; the sections of `lengthUnknown` are not in it.
        total: Object,
        check_sums: Vec<Object>,
        gaps: Vec<Vec<Object>>,
        countries: Vec<Object>,
        regions: Vec<Object>,
        sections: Vec<Object>,
        slowest: Vec<Object>,
        unknown: Object,
        sources: Vec<String>,
        complaints: Vec<String>,
    }
    /// Reported figures beside what is offered.
    CountsAnswer { of: Vec<String>, from: String, to: String, offered: Vec<Object>, reported: Vec<Object>, sources: Object }
    /// Border posts.
    CrossingsAnswer { crossings: Vec<Crossing> }
    /// A border post.
    Crossing {
        id: String,
        name: String,
        ends: Vec<Station>,
        countries: Vec<Object>,
        mode: Option<String>,
        /// Opening hours as written; empty where not published.
        hours: String,
        /// `known`, `notUnderstood` or `notPublished`.
        hours_known: String,
        hours_note: String,
        passenger_days: Option<String>,
        gauge_change: Option<String>,
        gauge_change_stop_id: Option<String>,
        gauges: Option<String>,
        /// Seconds.
        control_before_departure: Option<i32>,
        /// Seconds.
        control_after_arrival: Option<i32>,
        observed: String,
        status: Option<String>,
        as_of: Option<String>,
        /// How many rules name it.
        rules: u32,
        sources: Vec<String>,
    }
    /// A station.
    Station { stop_id: String, name: String, lat: Option<f64>, lon: Option<f64>, country: Option<String> }
    /// Rules.
    RulesAnswer { rules: Vec<Object> }
    /// Runs that are added and cancelled.
    RunsAnswer { runs: Vec<Object>, known_services: Vec<Object>, writable: bool }
    /// Services whose days or times are not published.
    KnownAnswer { known_services: Vec<Object> }
    /// The network on a date.
    NetworkAnswer { date: String, days_around: i32, stations: Vec<Object>, links: Vec<Link>, links_left_out: u32 }
    /// Two neighbouring stations that something joins.
    Link {
        /// A stop id.
        from: String,
        /// A stop id.
        to: String,
        mode: String,
        /// `running`, `suspended` or `none`.
        state: String,
        services: Vec<String>,
    }
    /// What is served.
    InfoAnswer { name: String, version: String, today: String, first_date: String, last_date: String, feeds: Vec<Object>, attributions: Vec<String>, modes: Vec<String>, stops: u32, trips: u32 }
    /// Why there is no answer (RFC 9457).
    ProblemAnswer {
        r#type: String,
        title: String,
        status: u16,
        /// What is wrong, what was expected, what to do.
        detail: String,
        /// A stable word.
        code: String,
    }
}

/// Why a run may not be added or cancelled.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "handlers answer with problems; here only their shapes are said")]
pub enum NotAdmitted {
    /// The token is absent or wrong.
    #[response(status = 401, content_type = "application/problem+json")]
    WrongToken(#[to_schema] ProblemAnswer),
    /// This server takes no changes.
    #[response(status = 403, content_type = "application/problem+json")]
    ReadOnly(#[to_schema] ProblemAnswer),
}

/// Why there may be no answer; docs/api.md lists the codes.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "handlers answer with problems; here only their shapes are said")]
pub enum Errors {
    /// What was asked cannot be understood.
    #[response(status = 400, content_type = "application/problem+json")]
    Wrong(#[to_schema] ProblemAnswer),
    /// What was asked for is not there.
    #[response(status = 404, content_type = "application/problem+json")]
    NotThere(#[to_schema] ProblemAnswer),
    /// The body did not arrive in time.
    #[response(status = 408, content_type = "application/problem+json")]
    SlowBody(#[to_schema] ProblemAnswer),
    /// The body is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(#[to_schema] ProblemAnswer),
    /// The path is too long.
    #[response(status = 414, content_type = "application/problem+json")]
    TooLong(#[to_schema] ProblemAnswer),
    /// The body is no JSON.
    #[response(status = 415, content_type = "application/problem+json")]
    NotJson(#[to_schema] ProblemAnswer),
    /// Too many requests of one client.
    #[response(status = 429, content_type = "application/problem+json")]
    TooOften(#[to_schema] ProblemAnswer),
    /// Every thread searches and the queue is full.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(#[to_schema] ProblemAnswer),
    /// No answer within the time limit.
    #[response(status = 504, content_type = "application/problem+json")]
    TooSlow(#[to_schema] ProblemAnswer),
}
