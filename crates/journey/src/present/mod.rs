//! Answers as text for people.

pub mod board;
pub mod border;
pub mod dates;
pub mod gauge;
pub mod journey;
pub mod next;
pub mod page;
mod post;
pub mod status;
pub mod suspensions;
pub mod verdicts;
pub mod words;

use jiff::Zoned;
use tumen_base::{StopId, Time};
use tumen_routing::Journey;
use tumen_timetable::Columns;

use crate::crosser::Crosser;
use crate::distance::Distances;
use crate::itinerary::{End, Itinerary};
use crate::search::Search;
use crate::style::Style;
use crate::world::World;

/// What answers are looked at through: the world, names in a language, a style.
pub struct View<'w> {
    /// The timetable and the tables beside it.
    pub world: &'w World,
    /// How text is decorated.
    pub style: Style,
    /// Kilometres.
    pub distances: &'w Distances,
    language: Option<String>,
    crosser: Option<&'w Crosser>,
}

impl<'w> View<'w> {
    /// A view; names in `language` where translations.txt has them.
    pub fn new(world: &'w World, style: Style, language: Option<&str>) -> Self {
        let distances = world.distances();
        Self { world, style, distances, language: language.map(str::to_owned), crosser: None }
    }

    /// The view of somebody who crosses borders.
    #[must_use]
    pub fn of_crosser(self, crosser: &'w Crosser) -> Self {
        Self { crosser: Some(crosser), ..self }
    }

    /// Who crosses borders, where somebody said so.
    pub fn crosser(&self) -> Option<&'w Crosser> {
        self.crosser
    }

    /// The language of names; English where none was chosen.
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }

    /// A routed journey with what is known of it.
    pub fn itinerary(&self, journey: &Journey, search: &Search) -> Itinerary {
        let mut itinerary = Itinerary::of(self.world, self.distances, journey, &search.from, &search.to);
        search.airports.add_to(&mut itinerary);
        itinerary
    }

    /// The columns of the timetable.
    pub fn columns(&self) -> Columns<'w> {
        self.world.columns()
    }

    /// A stop's name, with its platform where it has one.
    pub fn name(&self, stop: StopId) -> String {
        let columns = self.columns();
        let names = self.world.stop_names();
        let translated = self.language.as_ref().and_then(|language| names.in_language(stop, language));
        let name = translated.unwrap_or_else(|| columns.stop_name(stop));
        match columns.text(columns.stop_platform[stop.index()]) {
            "" => name.to_owned(),
            platform => format!("{name} [{platform}]"),
        }
    }

    /// The name of an end of a walk.
    pub fn end_name(&self, end: End) -> String {
        match end {
            End::Stop(stop) => self.name(stop),
            End::Point((north, east)) => format!("{north:.4},{east:.4}"),
        }
    }

    /// A time on the clocks at a stop.
    pub fn local(&self, time: Time, stop: StopId) -> Zoned {
        self.columns().local_time(time, stop)
    }

    /// `Sat 12 Dec 00:35`.
    pub fn short_moment(&self, time: Time, stop: StopId) -> String {
        let local = self.local(time, stop);
        format!("{} {}", words::short_date(local.date()), words::clock(&local))
    }
}
