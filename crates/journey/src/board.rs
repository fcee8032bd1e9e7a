//! A departure or arrival board: what leaves a place, or arrives there, from a time on.

use serde_json::{Value, json};
use tumen_base::{StopId, Time};

use crate::clock::{self, DayEnd};
use crate::departures::{self, Event, Kind};
use crate::facts::{self, KnownService};
use crate::names::{self, Spot};
use crate::present::View;
use crate::present::board::Suspended;
use crate::when::When;
use crate::{Result, motis, search};

/// A question for a board.
#[derive(Clone, Debug)]
pub struct BoardQuestion {
    /// The place: a name, a stop id or `lat,lon`.
    pub place: String,
    /// From when on.
    pub at: When,
    /// Departures or arrivals.
    pub kind: Kind,
    /// How many.
    pub count: usize,
    /// What [`When::Now`] stands for.
    pub now: When,
}

/// A board.
#[derive(Clone, Debug)]
pub struct Board {
    /// Where.
    pub spot: Spot,
    /// From when on.
    pub time: Time,
    /// Departures or arrivals.
    pub kind: Kind,
    /// What leaves or arrives, in order.
    pub events: Vec<Event>,
}

impl Board {
    /// Answers a question.
    ///
    /// # Errors
    /// When the name cannot be resolved, or the time is out of range.
    pub fn of(view: &View<'_>, asked: &BoardQuestion) -> Result<Self> {
        let columns = view.columns();
        let spot = names::resolve(view.world, &asked.place, search::footwork(&columns, None))?;
        let time = clock::resolve(&columns, asked.at, asked.now, spot.first_stop(), DayEnd::First)?;
        let stops: Vec<StopId> = spot.stops.iter().map(|(stop, _)| *stop).collect();
        let events = departures::at(&columns, &stops, asked.kind, time, asked.count);
        Ok(Self { spot, time, kind: asked.kind, events })
    }

    /// Services there whose days or times are not published.
    pub fn known(&self, view: &View<'_>) -> Vec<KnownService> {
        match self.kind {
            Kind::Departures => facts::known_services(view.world, Some(&self.spot), None),
            Kind::Arrivals => facts::known_services(view.world, None, Some(&self.spot)),
        }
    }

    /// The sources behind it, as written.
    pub fn sources(&self, view: &View<'_>) -> Vec<String> {
        self.events.iter().flat_map(|event| sources(view, event, self.kind)).collect()
    }

    /// The board as JSON.
    pub fn json(&self, view: &View<'_>) -> Value {
        let list: Vec<Value> = self.events.iter().map(|event| motis::stop_time(view, event, self.kind)).collect();
        json!({ "place": motis::place(view, self.spot.first_stop(), Some(&self.spot.name)), "stopTimes": list })
    }
}

fn sources(view: &View<'_>, event: &Event, kind: Kind) -> Vec<String> {
    let columns = view.columns();
    let time = columns.source_of_time(event.run.trip, event.position);
    let suspended = Suspended::of(view, event, kind).map(|suspended| suspended.suspensions).unwrap_or_default();
    let suspended = suspended.into_iter().map(|id| view.world.suspensions().get(id).sources.as_str());
    columns.sources_of_run(event.run.trip, event.run.day).chain([time]).chain(suspended).map(str::to_owned).collect()
}
