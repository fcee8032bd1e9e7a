//! What lies along the axis: time zones, countries, borders.

use jiff::tz::TimeZone;
use tumen_base::StopId;
use tumen_border::CountryCode;
use tumen_journey::present::{View, words};

use super::axis::Mark;
use super::graph::Graph;

/// Stations next to one another whose clocks show the same.
#[derive(Clone, Debug)]
pub struct Band {
    /// Where it begins, in metres.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// The zone of its first station.
    pub zone: TimeZone,
    /// `UTC+5 Yekaterinburg`.
    pub name: String,
}

/// Stations next to one another in one country.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Where it begins, in metres.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Which; `None` where nobody says.
    pub country: Option<CountryCode>,
}

/// Neighbouring stations that agree in something: from where to where (half way to the next ones), and the first of them.
fn runs<T: PartialEq>(graph: &Graph, what: impl Fn(StopId) -> T) -> Vec<(f64, f64, T, StopId)> {
    let mut runs: Vec<(f64, f64, T, StopId)> = Vec::new();
    let mut last: Option<&Mark> = None;
    for mark in &graph.axis.marks {
        let value = what(mark.stop);
        let middle = last.map_or(0.0, |last| f64::midpoint(last.metres, mark.metres));
        match runs.last_mut() {
            Some(run) if run.2 == value => {}
            Some(run) => {
                run.1 = middle;
                runs.push((middle, 0.0, value, mark.stop));
            }
            None => runs.push((0.0, 0.0, value, mark.stop)),
        }
        last = Some(mark);
    }
    if let Some(run) = runs.last_mut() {
        run.1 = graph.axis.length();
    }
    runs
}

/// The bands of clocks that show the same at the beginning of the diagram.
pub fn bands(view: &View<'_>, graph: &Graph) -> Vec<Band> {
    let columns = view.columns();
    let local = |stop| columns.local_time(graph.window.from, stop);
    let bands = runs(graph, |stop| local(stop).offset());
    let band = |(from, to, _, stop): (f64, f64, _, StopId)| {
        let zone = columns.zone_of_stop(stop);
        let city = zone.iana_name().and_then(|name| name.rsplit('/').next()).unwrap_or_default().replace('_', " ");
        let name = format!("{} {city}", words::zone_mark(&local(stop)));
        Band { from, to, zone, name: name.trim_end().to_owned() }
    };
    bands.into_iter().map(band).collect()
}

/// The countries along the axis.
pub fn grounds(view: &View<'_>, graph: &Graph) -> Vec<Ground> {
    let countries = &view.world.borders().countries;
    let grounds = runs(graph, |stop| countries.of_stop(stop).code());
    grounds.into_iter().map(|(from, to, country, _)| Ground { from, to, country }).collect()
}
