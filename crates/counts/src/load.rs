//! How full: reported passengers against what was offered, where both are known.

use crate::figure::Range;
use crate::observation::Observation;
use crate::offered::Offered;
use crate::period::Span;
use tumen_analysis::Days;

/// Passengers against departures and berths of the same days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Departures.
    pub runs: u32,
    /// Berths of all of them, where they are known.
    pub berths: Option<u32>,
    /// The share of berths taken, where they are known: 1 is all.
    pub share: Option<Range>,
}

/// Why no load can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// The value or the period cannot be read as one figure of some days.
    Figure,
    /// The timetable offers nothing of the subject, ever.
    Offer,
    /// The timetable says nothing of some of the days.
    Coverage,
}

impl Unknown {
    /// In words.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Figure => "not known: no single figure of a bounded period",
            Self::Offer => "not known: the timetable has nothing of it",
            Self::Coverage => "not known: the timetable has no data for all of these days",
        }
    }

    /// In JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Figure => "noFigure",
            Self::Offer => "nothingOffered",
            Self::Coverage => "noData",
        }
    }
}

/// The load that an observation of passengers tells; `None` where it is about something else.
pub fn of(observation: &Observation, offered: &[Offered]) -> Option<Result<Load, Unknown>> {
    observation.is_of_passengers().then(|| known(observation, offered))
}

fn known(observation: &Observation, offered: &[Offered]) -> Result<Load, Unknown> {
    let points = observation.points();
    let [(range, Span { first: Some(first), last: Some(last) })] = points[..] else { return Err(Unknown::Figure) };
    let own = offered.iter().find(|one| one.feed == observation.feed && one.subject() == observation.subject);
    let own = own.ok_or(Unknown::Offer)?;
    let runs = own.runs_on(Days { first, last }).ok_or(Unknown::Coverage)?;
    let berths = own.berths.and_then(|berths| berths.checked_mul(runs)).filter(|berths| *berths > 0);
    let of = |berths: u32, value: Option<f64>| value.map(|value| value / f64::from(berths));
    let share = berths.map(|berths| Range { least: of(berths, range.least), most: of(berths, range.most), ..range });
    Ok(Load { runs, berths, share })
}
