//! A journey as its id tells it: by trips, stops and times, so that it can be looked up again in a newer timetable.
//!
//! `R~TRIP~FROM~TO~START~END` is a ride, `S~…` one that goes on without leaving the seat, `W~…` a walk (without a trip); `!` stands between
//! the legs. Trips are `tripId`s, stops are ids, points `LAT,LON`, times Unix seconds. Whatever is no letter, digit or one of `_.:,-` is
//! written as in addresses.

use tumen_base::Time;
use tumen_routing::Run;

use super::trip_id;
use crate::geography::Position;
use crate::itinerary::{Call, End, Itinerary, Leg, WalkKind};
use crate::present::View;

/// No journey has more legs.
const MOST_LEGS: usize = 200;

/// A journey that was saved.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    /// Its legs, time at airports apart.
    pub legs: Vec<SavedLeg>,
}

/// A leg of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SavedLeg {
    /// The `tripId` of a ride; `None` for a walk.
    pub trip: Option<String>,
    /// Whether the passenger stays in the seat from the leg before.
    pub seated: bool,
    /// Where from.
    pub from: SavedEnd,
    /// Where to.
    pub to: SavedEnd,
    /// Start, Unix seconds.
    pub start: i64,
    /// End, Unix seconds.
    pub end: i64,
}

/// An end of a leg.
#[derive(Clone, Debug, PartialEq)]
pub enum SavedEnd {
    /// A stop, by its id.
    Stop(String),
    /// A point.
    Point(Position),
}

/// The text is no id of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotSaved;

impl Saved {
    /// What has to be known of a journey.
    pub fn of(view: &View<'_>, itinerary: &Itinerary) -> Self {
        let columns = view.columns();
        let end = |end: End| match end {
            End::Stop(stop) => SavedEnd::Stop(view.world.written_stop_id(stop)),
            End::Point(position) => SavedEnd::Point(position),
        };
        let ridden = |run: Run, seated: bool, first: &Call, last: &Call| SavedLeg {
            trip: Some(trip_id(view, run)),
            seated,
            from: end(End::Stop(first.stop)),
            to: end(End::Stop(last.stop)),
            start: columns.to_unix(first.departure),
            end: columns.to_unix(last.arrival),
        };
        let mut legs = Vec::new();
        for leg in &itinerary.legs {
            match leg {
                Leg::Ride(ride) => match ride.carriage {
                    Some(carriage) => legs.push(ridden(carriage.run, false, ride.first(), ride.last())),
                    None => legs.extend(ride.carriers.iter().enumerate().filter_map(|(number, carrier)| {
                        let (first, last) = (&ride.calls[*carrier.calls.start()], &ride.calls[*carrier.calls.end()]);
                        // Who steps off at the very first call of a run they were carried into rides no hop of it.
                        let hops = carrier.calls.start() < carrier.calls.end();
                        hops.then(|| ridden(carrier.run, number > 0, first, last))
                    })),
                },
                // Time at airports is added again when the journey is looked up.
                Leg::Walk(walk) if matches!(walk.kind, WalkKind::CheckIn | WalkKind::Control) => {}
                Leg::Walk(walk) => {
                    let unix = |time: Time| columns.to_unix(time);
                    legs.push(SavedLeg {
                        trip: None,
                        seated: false,
                        from: end(walk.from),
                        to: end(walk.to),
                        start: unix(walk.departure),
                        end: unix(walk.arrival),
                    });
                }
            }
        }
        Self { legs }
    }

    /// The id.
    pub fn written(&self) -> String {
        let mut text = String::new();
        for leg in &self.legs {
            if !text.is_empty() {
                text.push('!');
            }
            match &leg.trip {
                Some(trip) => {
                    text.push_str(if leg.seated { "S~" } else { "R~" });
                    escape(&mut text, trip);
                }
                None => text.push('W'),
            }
            for end in [&leg.from, &leg.to] {
                text.push('~');
                match end {
                    SavedEnd::Stop(id) => escape(&mut text, id),
                    SavedEnd::Point((north, east)) => {
                        text.push('@');
                        part!(text, "{north},{east}");
                    }
                }
            }
            part!(text, "~{}~{}", leg.start, leg.end);
        }
        text
    }

    /// Reads an id.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(text: &str) -> Result<Self, NotSaved> {
        let legs = text.split('!').take(MOST_LEGS + 1).map(leg).collect::<Option<Vec<_>>>().ok_or(NotSaved)?;
        if legs.len() > MOST_LEGS { Err(NotSaved) } else { Ok(Self { legs }) }
    }
}

fn leg(text: &str) -> Option<SavedLeg> {
    let mut parts = text.split('~');
    let (trip, seated) = match parts.next()? {
        "R" => (Some(unescape(parts.next()?)?), false),
        "S" => (Some(unescape(parts.next()?)?), true),
        "W" => (None, false),
        _ => return None,
    };
    let (from, to) = (end(parts.next()?)?, end(parts.next()?)?);
    let (start, end) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let leg = SavedLeg { trip, seated, from, to, start, end };
    (parts.next().is_none() && start <= end).then_some(leg)
}

fn end(text: &str) -> Option<SavedEnd> {
    let Some(point) = text.strip_prefix('@') else { return unescape(text).map(SavedEnd::Stop) };
    let (north, east) = point.split_once(',')?;
    let (north, east) = (north.parse::<f64>().ok()?, east.parse::<f64>().ok()?);
    let is_there = (-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east);
    is_there.then_some(SavedEnd::Point((north, east)))
}

fn escape(text: &mut String, id: &str) {
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || b"_.:,-".contains(&byte) {
            text.push(char::from(byte));
        } else {
            part!(text, "%{byte:02X}");
        }
    }
}

fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?].map(|digit| char::from(digit).to_digit(16));
            bytes.push((digits[0]? * 16 + digits[1]?) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_was_written() {
        let stop = |id: &str| SavedEnd::Stop(id.to_owned());
        let walk = SavedLeg {
            trip: None,
            seated: false,
            from: SavedEnd::Point((55.776, -37.655)),
            to: stop("a b~c!d"),
            start: 1_797_000_000,
            end: 1_797_000_300,
        };
        let ride = SavedLeg {
            trip: Some("20261212_00:35_corridor_П%2".to_owned()),
            from: stop("a b~c!d"),
            to: stop("KP:평양"),
            end: 1_797_700_000,
            ..walk.clone()
        };
        let saved = Saved { legs: vec![walk, ride.clone(), SavedLeg { seated: true, ..ride }] };
        assert_eq!(Saved::read(&saved.written()), Ok(saved));
    }

    #[test]
    fn anything_else_is_no_id() {
        for hostile in [
            "",
            "!",
            "R",
            "R~",
            "R~t~a~b~1",
            "R~t~a~b~2~1",
            "R~t~a~b~1~2~3",
            "X~t~a~b~1~2",
            "W~@91,0~b~1~2",
            "W~@NaN,0~b~1~2",
            "R~%~a~b~1~2",
            "R~%FF~a~b~1~2",
            "R~t~~b~1~2",
            "R~t~a~b~1~99999999999999999999",
        ] {
            assert_eq!(Saved::read(hostile), Err(NotSaved), "{hostile}");
        }
        assert_eq!(Saved::read(&vec!["W~a~b~1~2"; MOST_LEGS + 1].join("!")), Err(NotSaved));
    }
}
