//! Tiny timetables drawn as text, for the tests of the whole project.
//!
//! One statement a line; `#` begins a comment; blank lines are fine. Everything is declared before it is used. Ids are
//! words without blanks, `|`, `(`, `)` or quotes, and do not end in `:` or `,`. Names stand in double quotes.
//!
//! ```
//! let feeds = tumen_oracle::text::feeds(r#"
//!     feed demo zone Europe/Moscow days 2026-01-01..2026-03-31
//!     stop A "Alpha" 55.7,37.6 zone Asia/Yekaterinburg
//!     station S "Central" 55.1,37.2
//!     stop S1 "Track 1" in S platform 1
//!     stops B C
//!     service car: dates 2026-01-12 2026-01-26
//!     trip t1 route R2 block b1: A 08:00 | B 09:00-09:05 (no pickup) | C 33:10
//!     trip t2: C 34:00 | S1 40:00:30
//!     transfer B S1 type 2 min 300 to route R2
//!     continue t1 -> t2
//!     carriage k1 service car: t1 A..C, t2 C..S1 stand 0:10..24:00
//! "#);
//! assert_eq!(feeds[0].trips.len(), 2);
//! ```
//!
//! | statement | meaning |
//! |---|---|
//! | `feed [NAME] zone ZONE [days D..D]` | Begins a feed; those that follow belong to it. `days` are the dates of services that state none, and give the feed a service `daily`, which trips run on that name no service. Without NAME the feed has no prefix. |
//! | `agency ID ["NAME"]` | An agency. A feed that declares none has one, `agency`. |
//! | `route ID ["NAME"] [kind N] [agency ID]` | A route; `kind` is route_type, 2 (rail) unless stated. A route that a trip names first is made so too. |
//! | `stop ID ["NAME"] [LAT,LON] [in STATION] [zone ZONE] [platform CODE]` | A stop. |
//! | `station …` | The same with location_type 1. |
//! | `stops ID…` | Stops of which only the ids matter. |
//! | `service ID: [D..D] [daily or mon,wed or mon-fri] [dates D…] [except D…]` | When trips run: weekdays within dates, dates more, dates less. |
//! | `trip ID [route ID] [service ID] [block ID]: CALL \| CALL…` | A trip; its route is `R` and its service `daily` unless stated. A CALL is `STOP TIME`, `STOP ARRIVAL-DEPARTURE`, with `(no pickup)`, `(no drop-off)` or `(no pickup, no drop-off)` behind it. |
//! | `frequency TRIP TIME..TIME every SECONDS [exact]` | A row of frequencies.txt. |
//! | `transfer STOP STOP [type N] [min SECONDS] [from trip ID or from route ID] [to trip ID or to route ID]` | A row of transfers.txt of type 0 (unless stated) to 3. |
//! | `continue TRIP -> TRIP [at STOP STOP]` | A row of transfers.txt of type 4. |
//! | `break TRIP -> TRIP [at STOP STOP]` | A row of transfers.txt of type 5. |
//! | `carriage ID ["NAME"] service ID: HOST, HOST…` | A through carriage. A HOST is `TRIP ATTACH..DETACH [stand TIME..TIME]`, or several of them with `\|` between them: alternatives, which share a sequence number. TRIP may be `FEED:ID`. |
//!
//! Dates are `2026-01-31`; times are `8:00` or `08:00:30` and go beyond 24 hours.

mod lookup;
mod read;
mod words;

use std::fmt;
use tumen_feed::Feed;

pub use lookup::{instant, stop, trip};

/// Why a text is not a timetable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextError {
    /// Line of the text, from 1.
    pub line: usize,
    /// Column of the word, in bytes, from 1.
    pub column: usize,
    /// What was expected, or what is wrong.
    pub message: String,
}

impl fmt::Display for TextError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for TextError {}

/// Reads the feeds of a text timetable.
///
/// # Errors
/// At the first word that is not understood, with its line and column.
pub fn parse(text: &str) -> Result<Vec<Feed>, TextError> {
    let mut reader = read::Reader::default();
    for (index, line) in text.lines().enumerate() {
        let mut line = words::Line::split(index + 1, line)?;
        if !line.is_done() {
            reader.statement(&mut line)?;
            line.finish()?;
        }
    }
    Ok(reader.finish())
}

/// The feeds of a text timetable that a test holds to be right.
///
/// # Panics
/// With the error and its line where it is wrong.
#[track_caller]
pub fn feeds(text: &str) -> Vec<Feed> {
    match parse(text) {
        Ok(feeds) => feeds,
        Err(error) => panic!("{error}\n{}", text.lines().nth(error.line - 1).unwrap_or_default()),
    }
}
