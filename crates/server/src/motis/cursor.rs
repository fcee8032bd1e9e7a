//! Where a page of an answer begins or ends. To clients a cursor is a word without meaning; it holds no more than moments, so that it
//! outlives a restart and a newer timetable.

use tumen_base::Time;
use tumen_timetable::Columns;

use super::parameters::wrong;
use crate::problem::Problem;

/// Which page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What lies before a position.
    Earlier,
    /// What lies behind it.
    Later,
}

/// A place in a list that is ordered by time: behind the first `skip` entries of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The moment.
    pub time: Time,
    /// How many of its entries lie before.
    pub skip: u16,
}

/// What a question by arrival started from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The latest arrival that was asked for.
    pub latest: Time,
    /// The last departure that arrives by then.
    pub last_departure: Time,
}

/// Where a page begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// On which side of the position it lies.
    pub side: Side,
    /// The position.
    pub at: Position,
    /// Of a question by arrival.
    pub arrival: Option<Arrival>,
    /// How long journeys may take.
    pub reach: Reach,
}

/// How long the journeys of a list may take, where nobody says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A day.
    Day,
    /// As long as any search goes by itself ([`tumen_routing::DEFAULT_HORIZON`]).
    Far,
}

impl Position {
    /// Before everything at a moment.
    pub const fn before(time: Time) -> Self {
        Self { time, skip: 0 }
    }
}

/// A cursor as it was sent, its moments in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    side: Side,
    at: i64,
    skip: u16,
    arrival: Option<[i64; 2]>,
    reach: Reach,
}

impl Sent {
    /// Reads a cursor.
    ///
    /// # Errors
    /// When no server ever sent it.
    pub fn read(text: &str) -> Result<Self, Problem> {
        Self::parse(text)
            .ok_or_else(|| wrong("pageCursor", text, "a cursor of an earlier answer to the same question, unchanged"))
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (side, reach) = match parts.next()? {
            "E" => (Side::Earlier, Reach::Far),
            "L" => (Side::Later, Reach::Far),
            "ED" => (Side::Earlier, Reach::Day),
            "LD" => (Side::Later, Reach::Day),
            _ => return None,
        };
        let mut number = || parts.next().map(|part| part.parse::<u32>().ok().filter(|_| !part.starts_with('+')));
        let (at, skip) = (number()??, number()??);
        let arrival = match (number(), number(), number()) {
            (None, None, None) => None,
            (Some(Some(latest)), Some(Some(last)), None) => Some([latest.into(), last.into()]),
            _ => return None,
        };
        Some(Self { side, at: at.into(), skip: skip.try_into().ok()?, arrival, reach })
    }

    /// The cursor in a timetable.
    ///
    /// # Errors
    /// When it is about times of which the timetable knows nothing.
    pub fn resolve(self, columns: &Columns<'_>) -> Result<Cursor, Problem> {
        let time = |seconds: i64| {
            columns.from_unix(seconds).ok_or_else(|| {
                Problem::field("pageCursor", "pageCursor is about a time too far from the days of the timetable")
            })
        };
        let arrival = match self.arrival {
            Some([latest, last]) => Some(Arrival { latest: time(latest)?, last_departure: time(last)? }),
            None => None,
        };
        let at = Position { time: time(self.at)?, skip: self.skip };
        Ok(Cursor { side: self.side, at, arrival, reach: self.reach })
    }
}

impl Cursor {
    /// The word for clients.
    pub fn written(&self, columns: &Columns<'_>) -> String {
        let side = if self.side == Side::Earlier { "E" } else { "L" };
        let unix = |time: Time| columns.to_unix(time).max(0);
        let arrival = self.arrival.map(|arrival| format!("-{}-{}", unix(arrival.latest), unix(arrival.last_departure)));
        let day = if self.reach == Reach::Day { "D" } else { "" };
        format!("{side}{day}-{}-{}{}", unix(self.at.time), self.at.skip, arrival.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_sent_is_read() {
        for (text, skip, arrival) in [
            ("L-1797000000-2", 2, None),
            ("LD-1797000000-2", 2, None),
            ("E-0-0-1797000000-1796990000", 0, Some([1_797_000_000, 1_796_990_000])),
        ] {
            let sent = Sent::parse(text).expect("a cursor");
            assert_eq!((sent.skip, sent.arrival), (skip, arrival));
        }
        for hostile in [
            "",
            "L",
            "L-",
            "L-1",
            "X-1-1",
            "D-1-1",
            "LX-1-1",
            "LDD-1-1",
            "L-1-1-1",
            "L-1-1-1-1-1",
            "L--1-1",
            "L-99999999999-0",
            "L-1-70000",
            "L-+1-0",
            "L-1-1 ",
            "EARLIER|1797000000",
            "L-1-1-",
            "💥",
        ] {
            assert!(Sent::parse(hostile).is_none(), "{hostile}");
        }
    }
}
