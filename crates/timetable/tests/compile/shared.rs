//! Real feeds compile to valid timetables in which no run overtakes another. Skipped where the feeds are absent.

use std::path::{Path, PathBuf};
use tumen_base::TripId;
use tumen_feed::{FeedSource, Origin, ReadOptions, read_feeds};
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_timetable::{Columns, Timetable, entries};

/// Running days of each pattern whose runs are compared.
const DAYS_COMPARED: usize = 20;

/// The folder of shared feeds: named by `TUMEN_SHARED`, else beside the project or above it.
fn shared_feeds() -> Option<PathBuf> {
    let named = std::env::var_os("TUMEN_SHARED").map(PathBuf::from);
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared"));
    named.into_iter().chain(above).map(|folder| folder.join("feeds")).find(|folder| folder.is_dir())
}

fn read_and_compile(path: &Path) -> Timetable {
    let source = FeedSource { name: String::new(), origin: Origin::Path(path.to_owned()) };
    let (feeds, _) = read_feeds(&[source], &ReadOptions::default()).expect("a real feed is read");
    let options = CompileOptions::on(crate::drawn::TODAY);
    let (data, _) = compile(&feeds, &options, &mut |_| {}).expect("a real feed compiles");
    Timetable::from_data(data).expect("what the compiler wrote is valid")
}

/// The first pair of neighbouring runs of a pattern of which the later is somewhere earlier; as "nowhere earlier" is
/// transitive, neighbours are enough.
fn overtaking(columns: &Columns) -> Option<String> {
    for pattern in columns.patterns() {
        let calls = columns.calls_of(pattern).len();
        let trips = entries(columns.pattern_trip_offset, pattern.index());
        let mut before: Option<Vec<(i32, i32)>> = None;
        for day in columns.day_set(columns.pattern_days[pattern.index()]).iter().take(DAYS_COMPARED) {
            for trip in trips.clone().map(TripId::from_index).filter(|&trip| columns.days_of_trip(trip).contains(day)) {
                let time = |call| (columns.arrival_of_run(trip, day, call), columns.departure_of_run(trip, day, call));
                let run: Vec<(i32, i32)> = (0..calls).map(time).collect();
                let is_later = |before: &Vec<(i32, i32)>| {
                    before.iter().zip(&run).all(|(before, after)| before.0 <= after.0 && before.1 <= after.1)
                };
                if !before.as_ref().is_none_or(is_later) {
                    return Some(format!("trip {} on day {day}", columns.text(columns.trip_id[trip.index()])));
                }
                before = Some(run);
            }
        }
    }
    None
}

#[test]
fn real_feeds_compile_to_patterns_without_overtaking() {
    let Some(folder) = shared_feeds() else {
        eprintln!("skipped: ../shared is absent");
        return;
    };
    let feeds = ["us-amtrak-2024", "ca-viarail-2024", "de-fernverkehr-2023", "fr-strasbourg-cts-2026", "mx-cdmx-2015"];
    for feed in feeds {
        let timetable = read_and_compile(&folder.join(feed).with_extension("zip"));
        assert_eq!(overtaking(&timetable.columns()), None, "{feed}");
    }
}
