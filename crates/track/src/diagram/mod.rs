//! Time–distance diagrams (Marey): time to the right, distance down to scale, every run a line.

mod axis;
mod caption;
mod graph;
mod ground;
mod labels;
mod runs;
mod sheet;
mod svg;

use tumen_base::{Date, SECONDS_PER_DAY};
use tumen_journey::present::View;
use tumen_journey::{Failure, Result};

use crate::asked::{Asked, Subject};
use crate::lines::Track;
use crate::network::Network;

pub use axis::{Axis, Mark, Scale};
pub use graph::{Graph, Point, Trace, Weight, Window};
pub use sheet::Paper;

/// More days are no picture that anybody could read.
pub const MOST_DAYS: u16 = 62;
/// Days of a diagram where nothing runs from end to end that would say how many are needed.
const USUAL_DAYS: i32 = 7;

/// What a diagram is to show.
#[derive(Clone, Copy, Debug)]
pub struct DiagramOptions {
    /// Its first day, at the first station.
    pub from: Date,
    /// How many days; as many as the carriage needs from end to end, and one more, where not said.
    pub days: Option<u16>,
    /// The sheet it is drawn for.
    pub paper: Paper,
}

/// A diagram.
#[derive(Clone, Debug)]
pub struct Diagram {
    /// As SVG.
    pub svg: String,
    /// What it shows.
    pub graph: Graph,
    /// Its days.
    pub days: u16,
    /// The sentences under it.
    pub caption: Vec<String>,
}

impl Diagram {
    /// Draws a way.
    ///
    /// # Errors
    /// When the days are outside of all that clocks can tell.
    pub fn of(
        view: &View<'_>,
        track: &Track,
        network: &Network<'_>,
        asked: &Asked,
        options: DiagramOptions,
    ) -> Result<Self> {
        let columns = view.columns();
        let days = options.days.unwrap_or_else(|| usual_days(view, asked)).clamp(1, MOST_DAYS);
        let zone = asked.way.stations.first().map_or(jiff::tz::TimeZone::UTC, |&stop| columns.zone_of_stop(stop));
        let midnight = |date: Date| columns.from_local(date.civil().at(0, 0, 0, 0), &zone);
        let window = midnight(options.from).zip(midnight(options.from.plus(days.into())));
        let Some((from, until)) = window else {
            let message = format!(
                "{} is too far from the timetable, which has the days {} to {}",
                options.from,
                columns.first_date(),
                columns.last_date()
            );
            return Err(Failure::usage("time_out_of_range", message));
        };
        let graph = Graph::of(view, track, network, asked, Window { from, until });
        let caption = caption::sentences(view, track, asked, &graph);
        let svg = sheet::draw(view, asked, &graph, &caption, options.paper);
        Ok(Self { svg, graph, days, caption })
    }
}

/// As many days as the carriage is on its way, begun ones counted, and one more.
fn usual_days(view: &View<'_>, asked: &Asked) -> u16 {
    let Subject::Carriage(_, trip) = asked.subject else { return USUAL_DAYS as u16 };
    let columns = view.columns();
    let last = columns.call_count(trip) - 1;
    let seconds = columns.arrival(trip, last).saturating_sub(columns.departure(trip, 0));
    (seconds / SECONDS_PER_DAY + 2).clamp(1, i32::from(MOST_DAYS)) as u16
}
