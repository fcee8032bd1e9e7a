//! Drives vulture as bench/peers/common.py drives the peers in Python: the same arguments, the same files.

use anyhow::Context;
use gtfs_structures::{Gtfs, GtfsReader, StopTransfer, TransferType};
use rustix::time::{ClockId, clock_gettime};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;
use vulture::gtfs::{GtfsTimetable, OvernightDays};
use vulture::{Duration, RaptorCache, SecondOfDay, StopIdx, Timetable};

/// Queries that are not measured.
const WARM_UP: usize = 20;
/// Changes of a journey at most.
const MOST_TRANSFERS: u8 = 31;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [feed, queries, answers, options @ ..] = arguments.as_slice() else {
        anyhow::bail!("expected FEED QUERIES ANSWERS and options");
    };
    let option = |name: &str| {
        let at = options.iter().position(|option| option == name).and_then(|at| options.get(at + 1));
        at.with_context(|| format!("{name} is missing"))
    };
    let date: jiff::civil::Date = option("--date")?.parse()?;
    let day_start: i64 = option("--day-start")?.parse()?;
    let horizon: i64 = option("--horizon")?.parse()?;
    let budget: f64 = option("--budget")?.parse()?;

    let mut asked: Vec<(String, String, i64)> = Vec::new();
    for row in csv::Reader::from_path(queries)?.deserialize() {
        asked.push(row?);
    }
    let mut walks: HashMap<String, Vec<(String, u32)>> = HashMap::new();
    let mut walks_back = walks.clone();
    for row in csv::Reader::from_path(option("--walks")?)?.deserialize() {
        let (from, to, seconds): (String, String, u32) = row?;
        walks.entry(from.clone()).or_default().push((to.clone(), seconds));
        walks_back.entry(to).or_default().push((from, seconds));
    }
    let began = Instant::now();
    let mut raw = GtfsReader::default().read_shapes(false).raw().read(feed)?;
    // One trip without calls, and it refuses the feed.
    let timed: HashSet<String> = raw.stop_times.iter().flatten().map(|call| call.trip_id.clone()).collect();
    if let Ok(trips) = &mut raw.trips {
        trips.retain(|trip| timed.contains(&trip.id));
    }
    let mut gtfs = Gtfs::try_from(raw)?;
    // It does not take rules of stations to their platforms, so it is given them stop by stop.
    for (id, stop) in &mut gtfs.stops {
        let walks = walks.get(id).into_iter().flatten();
        Arc::make_mut(stop).transfers = walks
            .map(|(to, seconds)| StopTransfer {
                to_stop_id: to.clone(),
                transfer_type: TransferType::MinTime,
                min_transfer_time: Some(*seconds),
            })
            .collect();
    }
    let timetable = GtfsTimetable::new_with_overnight_days(&gtfs, date, OvernightDays(1))?.assert_footpaths_closed();
    drop(gtfs);
    let load_seconds = began.elapsed().as_secs_f64();

    let mut cache = RaptorCache::for_timetable(&timetable);
    let mut run = |(from, to, departure): &(String, String, i64)| -> Vec<(i64, usize)> {
        let from = endpoints(&timetable, &walks, from);
        let to = endpoints(&timetable, &walks_back, to);
        let depart = SecondOfDay((departure - day_start) as u32);
        let query = timetable.query().from(from).to(to).max_transfers(MOST_TRANSFERS).depart_at(depart);
        let journeys = query.run_with_cache(&mut cache);
        journeys.iter().map(|journey| (i64::from(journey.arrival().0) + day_start, journey.plan.len())).collect()
    };
    for query in asked.iter().take(WARM_UP) {
        run(query);
    }
    let began = Instant::now();
    let mut writer = csv::Writer::from_path(answers)?;
    writer.write_record(["query", "nanoseconds", "arrival", "trips"])?;
    for (number, query) in asked.iter().enumerate().take_while(|_| began.elapsed().as_secs_f64() < budget) {
        let before = processor_nanoseconds();
        let mut rows = run(query);
        let spent = processor_nanoseconds() - before;
        rows.retain(|&(arrival, _)| arrival <= query.2 + horizon);
        rows.sort_unstable();
        rows.dedup();
        let (number, spent) = (number.to_string(), spent.to_string());
        if rows.is_empty() {
            writer.write_record([&number, &spent, "", ""])?;
        }
        for (arrival, trips) in rows {
            writer.write_record([&number, &spent, &arrival.to_string(), &trips.to_string()])?;
        }
    }
    writer.flush()?;
    println!("{load_seconds}");
    Ok(())
}

/// A stop, and those one walk away.
fn endpoints(
    timetable: &GtfsTimetable,
    walks: &HashMap<String, Vec<(String, u32)>>,
    stop: &str,
) -> Vec<(StopIdx, Duration)> {
    let walks = walks.get(stop).into_iter().flatten().map(|(stop, seconds)| (stop.as_str(), *seconds));
    let known = |(id, seconds)| Some((timetable.stop_idx(id)?, Duration(seconds)));
    std::iter::once((stop, 0)).chain(walks).filter_map(known).collect()
}

fn processor_nanoseconds() -> i64 {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}
