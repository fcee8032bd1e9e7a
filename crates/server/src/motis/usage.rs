//! What a search may use and how far it goes, as several paths ask it.

use serde_json::json;
use tumen_base::SECONDS_PER_DAY;
use tumen_journey::names::{self, Spot};
use tumen_journey::present::View;
use tumen_journey::search::{self, Extent, LONGEST_HORIZON, Search, Usable};
use tumen_routing::MAX_TRIPS;

use super::modes::Modes;
use super::parameters::{Parameters, position};
use crate::problem::Problem;

/// The longest time that is set apart for a change: a day, in minutes.
const LONGEST_CHANGE: i32 = 1440;
/// The farthest walk to a stop, in metres.
const MOST_METRES: u32 = 20_000;
/// A route type that nothing has.
const NO_TYPE: u16 = u16::MAX;

/// What may be used, and how far.
pub struct Usage {
    /// Changes.
    pub usable: Usable,
    /// How far a search goes.
    pub horizon: i32,
    /// Whether the question says how far.
    pub is_bounded: bool,
    /// How long it may take.
    timeout: Option<i32>,
    /// Modes.
    pub modes: Modes,
    /// Longest walks to the first stop and from the last one, in seconds.
    walks: [i32; 2],
    radius_m: Option<u32>,
}

/// An end of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotKind {
    /// Where it begins.
    From,
    /// Where it ends.
    To,
}

impl Usage {
    /// Reads it; journeys take no longer than `usual` seconds where nothing else is said.
    ///
    /// # Errors
    /// When a parameter is wrong.
    pub fn read(given: &mut Parameters, usual: i32, warnings: &mut Vec<String>) -> Result<Self, Problem> {
        let most = MAX_TRIPS - 1;
        let transfers: Option<u32> = given.number("maxTransfers", 0..=u32::MAX)?;
        if transfers.is_some_and(|transfers| transfers > most.into()) {
            warnings.push(format!("maxTransfers is {most} at most: no journey boards more than {MAX_TRIPS} trips"));
        }
        let usable = Usable {
            max_transfers: transfers.map(|transfers| u8::try_from(transfers).unwrap_or(most).min(most)),
            least_change_time: given.minutes("minTransferTime", LONGEST_CHANGE)?.unwrap_or(0),
            extra_change_time: given.minutes("additionalTransferTime", LONGEST_CHANGE)?.unwrap_or(0),
            ..Usable::default()
        };
        let longest = given.minutes("maxTravelTime", LONGEST_HORIZON / 60)?;
        let timeout = given.number("timeout", 1..=SECONDS_PER_DAY)?;
        let modes = Modes::read("transitModes", given.list("transitModes"))?;
        let mut walk = |name| given.number(name, 0..=SECONDS_PER_DAY);
        let walks =
            [walk("maxPreTransitTime")?, walk("maxPostTransitTime")?].map(|walk| walk.unwrap_or(SECONDS_PER_DAY));
        let radius_m = given.number("radius", 0..=MOST_METRES)?;
        Ok(Self {
            usable,
            horizon: longest.unwrap_or(usual),
            is_bounded: longest.is_some(),
            timeout,
            modes,
            walks,
            radius_m,
        })
    }

    /// The stops that a parameter names.
    ///
    /// # Errors
    /// When it names none.
    pub fn spot(&self, view: &View<'_>, kind: SpotKind, field: &str, text: &str) -> Result<Spot, Problem> {
        let mut footwork = search::footwork(&view.columns(), None);
        footwork.radius_m = self.radius_m.unwrap_or(footwork.radius_m);
        let point = position(text, ',').map(|(north, east)| format!("{north},{east}"));
        let resolved = names::resolve(view.world, point.as_deref().unwrap_or(text), footwork);
        let mut spot = resolved.map_err(|failure| Problem::from(failure).with("field", json!(field)))?;
        if spot.coordinate.is_some() {
            let (name, longest) = match kind {
                SpotKind::From => ("maxPreTransitTime", self.walks[0]),
                SpotKind::To => ("maxPostTransitTime", self.walks[1]),
            };
            spot.stops.retain(|(_, seconds)| *seconds <= longest);
            if spot.stops.is_empty() {
                let detail = format!("no stop is within {longest} s on foot of {field}; {name} may be longer");
                return Err(Problem::field(name, detail));
            }
        }
        Ok(spot)
    }

    /// How far a search goes that may take so many seconds.
    pub fn extent(&self, patience: i32) -> Extent {
        Extent { horizon: self.horizon, timeout: self.timeout.map_or(patience, |timeout| timeout.min(patience)) }
    }

    /// The search from one place to another.
    ///
    /// # Errors
    /// When nothing can be searched.
    pub fn search(&self, view: &View<'_>, ends: [Spot; 2], patience: i32) -> Result<Search, Problem> {
        let [from, to] = ends;
        let mut search = Search::of(view.world, from, to, self.extent(patience), &self.usable)?;
        if let Some(mut types) = self.modes.route_types(&view.columns()) {
            // An empty list would allow all.
            if types.is_empty() {
                types.push(NO_TYPE);
            }
            search.filter.route_kinds = types;
        }
        Ok(search)
    }
}
