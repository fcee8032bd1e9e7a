//! Seeded random queries between stops that are served.

use anyhow::{Context, ensure};
use std::collections::BTreeSet;
use std::path::Path;
use tumen_base::{Date, StopId, Time};
use tumen_timetable::{Columns, OpenOptions, Timetable};

/// Two stops and an hour of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The origin.
    pub from: StopId,
    /// The destination.
    pub to: StopId,
    /// Departure, seconds after midnight on the clocks of the origin's feed.
    pub seconds: u32,
}

impl Pair {
    /// The departure on a day.
    ///
    /// # Errors
    /// When the day is too far from those of the timetable.
    pub fn departure(&self, columns: &Columns<'_>, date: Date) -> anyhow::Result<Time> {
        let zone = columns.zone_of_feed(columns.feed_of_stop(self.from));
        columns.from_local(self.local(date), &zone).with_context(|| format!("{date} is too far from the timetable"))
    }

    fn local(&self, date: Date) -> jiff::civil::DateTime {
        let [hour, minute, second] = [self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60];
        date.civil().at(hour as i8, minute as i8, second as i8, 0)
    }
}

/// The stop_id of a stop.
pub fn id<'a>(columns: &Columns<'a>, stop: StopId) -> &'a str {
    columns.text(columns.stop_id[stop.index()])
}

/// Which pairs to draw.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// First day on which the stops are served.
    pub date: Date,
    /// How many days from then on count.
    pub days: i32,
    /// How many pairs.
    pub count: usize,
    /// Same seed, same pairs.
    pub seed: u64,
}

/// The seed of everything that is measured.
pub const SEED: u64 = 2026;

/// Draws pairs for a compiled timetable and writes them as `tumen batch --queries` reads them.
///
/// # Errors
/// When the timetable does not open, serves too few stops, or the file cannot be written.
pub fn prepare(timetable: &Path, queries: &Path, how: Draw) -> anyhow::Result<Vec<Pair>> {
    let timetable = Timetable::open(timetable, OpenOptions::default())?;
    let columns = timetable.columns();
    let pairs = draw(&columns, how)?;
    write(&columns, queries, how.date, &pairs)?;
    Ok(pairs)
}

/// Draws pairs: origins where somebody can board, destinations where somebody can alight, departures over the whole day.
///
/// # Errors
/// When fewer than two stops are served.
pub fn draw(columns: &Columns, how: Draw) -> anyhow::Result<Vec<Pair>> {
    let (mut origins, mut destinations) = (BTreeSet::new(), BTreeSet::new());
    let first_day = how.date.0 - columns.first_date().0;
    for pattern in columns.patterns() {
        let next_run = columns.day_set(columns.pattern_days[pattern.index()]).next_from(first_day);
        if next_run.is_none_or(|day| day >= first_day + how.days) {
            continue;
        }
        for call in columns.calls_of(pattern) {
            let stop = StopId(columns.call_stop[call]);
            if columns.call_board[call] != u32::MAX {
                origins.insert(stop);
            }
            if columns.call_alight[call] != u32::MAX {
                destinations.insert(stop);
            }
        }
    }
    let (origins, destinations) = (Vec::from_iter(origins), Vec::from_iter(destinations));
    ensure!(origins.len() > 1 && destinations.len() > 1, "fewer than two stops are served on {}", how.date);
    let mut random = SplitMix(how.seed);
    let pairs = std::iter::repeat_with(|| Pair {
        from: origins[random.below(origins.len() as u64) as usize],
        to: destinations[random.below(destinations.len() as u64) as usize],
        seconds: random.below(86_400) as u32,
    });
    Ok(pairs.filter(|pair| pair.from != pair.to).take(how.count).collect())
}

fn write(columns: &Columns<'_>, path: &Path, date: Date, pairs: &[Pair]) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_path(path).with_context(|| path.display().to_string())?;
    writer.write_record(["from_stop_id", "to_stop_id", "departure"])?;
    for pair in pairs {
        writer.write_record([id(columns, pair.from), id(columns, pair.to), &pair.local(date).to_string()])?;
    }
    Ok(writer.flush()?)
}

/// `SplitMix64` (Steele, Lea, Flood 2014): the same numbers on every machine and in every year.
pub struct SplitMix(pub u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below the bound; the bias of so small bounds is far below what a bench can show.
    pub fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound)) >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tumen_timetable::TimetableData;

    /// a → b → c runs on day 3, a → d on day 9. Nobody alights at a or boards at c and d.
    fn timetable() -> TimetableData {
        let never = u32::MAX;
        TimetableData {
            span: vec![0, 20_000, 20, 1],
            day_set_words: vec![1 << 3, 1 << 9],
            string_offset: vec![0, 0, 1, 2, 3, 4],
            string_bytes: b"abcd".to_vec(),
            stop_id: vec![1, 2, 3, 4],
            pattern_route: vec![0, 0],
            pattern_days: vec![0, 1],
            pattern_call_offset: vec![0, 3, 5],
            call_stop: vec![0, 1, 2, 0, 3],
            call_board: vec![0, 1, never, 0, never],
            call_alight: vec![never, 1, 2, never, 3],
            ..TimetableData::default()
        }
    }

    #[test]
    fn pairs_are_between_stops_served_in_the_days_asked_for() {
        let data = timetable();
        let drawn = |days| {
            let pairs = draw(&data.columns(), Draw { date: Date(20_003), days, count: 100, seed: SEED })
                .expect("stops are served");
            let names = |stop: fn(&Pair) -> StopId| -> String {
                let stops: BTreeSet<&str> = pairs.iter().map(|pair| id(&data.columns(), stop(pair))).collect();
                stops.into_iter().collect()
            };
            format!("{} from {} to {}", pairs.len(), names(|pair| pair.from), names(|pair| pair.to))
        };
        assert_eq!(drawn(1), "100 from ab to bc");
        assert_eq!(drawn(7), "100 from ab to bcd");
    }

    #[test]
    fn the_same_pairs_are_drawn_again() {
        let data = timetable();
        let draw = || {
            draw(&data.columns(), Draw { date: Date(20_003), days: 1, count: 9, seed: SEED }).expect("stops are served")
        };
        assert_eq!(draw(), draw());
    }

    #[test]
    fn a_day_without_service_is_refused() {
        let error = draw(&timetable().columns(), Draw { date: Date(20_004), days: 1, count: 1, seed: SEED })
            .expect_err("none runs");
        assert!(error.to_string().contains("fewer than two stops"), "{error}");
    }

    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn bounds_hold() {
        let mut random = SplitMix(7);
        let numbers: BTreeSet<u64> = std::iter::repeat_with(|| random.below(5)).take(200).collect();
        assert_eq!(numbers, BTreeSet::from([0, 1, 2, 3, 4]));
    }
}
