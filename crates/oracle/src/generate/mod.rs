//! Random small networks and questions about them, each from one seed.
//!
//! A network is made as a text timetable, so that whatever a test finds can be read, shortened by deleting lines, and
//! kept. It mixes what makes routing hard: sparse calendars over up to two months around a change of clocks, trips that
//! overtake one another within and across days, frequencies, blocks, type 4 and 5 rules, carriages with alternatives
//! and holes, transfer rules of every type and specificity, stations, two feeds with clocks of their own.

mod feed;
mod question;

use crate::query::{Footpath, StopRef};
use crate::text;
use fastrand::Rng;
use tumen_base::Date;
use tumen_feed::Feed;

pub use question::{Question, close_hops, question};

/// A random network.
#[derive(Clone, Debug)]
pub struct Network {
    /// The text timetable of which it was made.
    pub text: String,
    /// Its feeds.
    pub feeds: Vec<Feed>,
    /// The first day that counts; services may run before.
    pub first: Date,
    /// The last day that counts; services may run after.
    pub last: Date,
    /// Walks that count where no rule matches, for questions in the ordinary mode.
    pub footpaths: Vec<Footpath>,
}

/// Zones and dates on which their clocks changed (but for the first).
const CHANGES: [(&str, &str); 7] = [
    ("Europe/Moscow", "2026-01-12"),
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Asia/Pyongyang", "2015-08-15"),
    ("Asia/Pyongyang", "2018-05-05"),
];

/// The network with this seed.
pub fn network(seed: u64) -> Network {
    let mut random = Rng::with_seed(seed);
    let (zone, change) = CHANGES[random.usize(..CHANGES.len())];
    let days = match random.u8(..10) {
        0..4 => random.i32(3..8),
        4..8 => random.i32(8..25),
        _ => random.i32(25..60),
    };
    let change = Date::parse_typed(change).expect("a date of the table above");
    let first = change.plus(-random.i32(0..days.min(9)));
    let last = first.plus(days - 1);
    let mut frame = feed::Frame { name: "a", other: None, zone, first, last };
    let main = feed::draw(&mut random, &frame);
    let mut text = main.text.clone();
    if random.u8(..100) < 20 {
        let zone = CHANGES[random.usize(..CHANGES.len())].0;
        frame = feed::Frame { name: "b", other: Some(&main), zone, ..frame };
        text += &feed::draw(&mut random, &frame).text;
    }
    let feeds = text::feeds(&text);
    let footpaths = footpaths(&mut random, &feeds);
    Network { text, feeds, first, last, footpaths }
}

fn footpaths(random: &mut Rng, feeds: &[Feed]) -> Vec<Footpath> {
    let mut any = || {
        let feed = random.usize(..feeds.len());
        (StopRef { feed: feed as u32, stop: random.u32(..feeds[feed].stops.len() as u32) }, random.i64(0..12) * 300)
    };
    let pairs = (0..6).map(|_| (any(), any()));
    pairs
        .filter(|(from, to)| from.0 != to.0)
        .map(|(from, to)| Footpath { from: from.0, to: to.0, seconds: to.1 })
        .collect()
}
