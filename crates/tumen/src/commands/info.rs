//! `tumen info`: what a timetable holds.

use anyhow::Result;
use serde_json::json;
use tumen_journey::modes::Mode;
use tumen_journey::search::{self, WalkDefaults};
use tumen_journey::style::{left, right};
use tumen_journey::world::{World, refused};
use tumen_timetable::{OpenOptions, Timetable};

use super::{Context, info_borders::BorderSummary};
use crate::args::InfoArgs;
use crate::exit::Exit;
use crate::terminal;

/// Prints what a timetable holds.
///
/// # Errors
/// When it is refused, or `--verify` finds damage.
pub fn run(context: &Context, args: &InfoArgs) -> Result<Exit> {
    let world = match &args.timetable {
        Some(path) if args.verify => {
            let opened = Timetable::open(path, OpenOptions { verify: true, ..OpenOptions::default() });
            World::new(opened.map_err(|error| refused(&error))?)?
        }
        path => crate::opened::bare(path.as_deref())?,
    };
    let columns = world.columns();
    let defaults = WalkDefaults::of(&columns);
    let borders = BorderSummary::of(&world);
    let modes: Vec<&str> = search::modes(&columns, &[]).into_iter().map(Mode::word).collect();
    let feeds: Vec<_> = columns
        .feeds()
        .map(|feed| {
            let index = feed.index();
            let stops = columns.stop_feed.iter().filter(|&&of| of == feed.0).count();
            let trips = columns.trips().filter(|trip| columns.feed_of_trip(*trip) == feed).count();
            let text = |column: &[u32]| columns.text(column[index]).to_owned();
            let hash = format!("{:016x}", columns.feed_hash[index]);
            (
                text(columns.feed_name),
                text(columns.feed_source),
                text(columns.feed_version),
                columns.text(columns.zone_name[columns.feed_zone[index] as usize]).to_owned(),
                stops,
                trips,
                hash,
                text(columns.feed_publisher),
            )
        })
        .collect();
    let counts = [
        ("stops", columns.stop_id.len()),
        ("routes", columns.route_id.len()),
        ("trips", columns.trip_id.len()),
        ("patterns", columns.pattern_route.len()),
        ("calls", columns.time_departure.len()),
        ("in-seat links", columns.link_to.len()),
        ("through carriages", columns.carriage_id.len()),
        ("ways of through carriages", columns.way_trip.len()),
        ("transfer rules", columns.transfer_kind.len()),
        ("generated walks", columns.walk_stop.len()),
        ("shapes", columns.shape_id.len()),
        ("useful changes between runs, worked out beforehand", columns.change.len()),
    ];
    let file = world.timetable().file_info();
    let (first, last) = (columns.first_date(), columns.last_date());
    let walks = format!(
        "walks of up to {} m in a straight line, at {:.2} m/s with {:.1} times the way; a change takes {} s where no rule says otherwise",
        defaults.radius_m,
        defaults.speed_mm_s as f64 / 1000.0,
        defaults.detour_permille as f64 / 1000.0,
        defaults.change_time
    );
    if context.global.json {
        let feeds: Vec<_> = feeds
            .iter()
            .map(|(name, source, version, zone, stops, trips, hash, publisher)| {
                json!({
                    "name": name, "source": source, "version": version, "zone": zone, "stops": stops, "trips": trips,
                    "hash": hash, "publisher": publisher,
                })
            })
            .collect();
        let counts: serde_json::Map<String, serde_json::Value> =
            counts.iter().map(|(what, count)| ((*what).to_owned(), json!(count))).collect();
        terminal::print_json(&json!({
            "firstDate": first.to_string(), "lastDate": last.to_string(), "feeds": feeds, "counts": counts,
            "modes": modes, "borders": borders.json(), "formatVersion": file.map(|_| tumen_timetable::FORMAT_VERSION), "verified": args.verify,
            "walks": { "radiusM": defaults.radius_m, "speedMmS": defaults.speed_mm_s,
                "detourPermille": defaults.detour_permille, "changeTimeS": defaults.change_time },
        }))?;
        return Ok(Exit::Found);
    }
    let style = context.style;
    let name =
        args.timetable.as_ref().map_or_else(|| "the embedded corridor".to_owned(), |path| path.display().to_string());
    let mut text =
        format!("{}\n  service days {first} to {last}; {}\n  {walks}\n", style.bold(&name), modes.join(", "));
    text.push_str(&borders.text());
    text.push('\n');
    let rows = feeds
        .into_iter()
        .map(|(name, source, version, zone, stops, trips, hash, _)| {
            vec![name, version, zone, stops.to_string(), trips.to_string(), hash, source]
        })
        .collect();
    let headings =
        [left("Feed"), left("Version"), left("Zone"), right("Stops"), right("Trips"), left("Hash"), left("Source")];
    text.push_str(&style.table(2, &headings, rows));
    text.push('\n');
    let rows = counts.into_iter().map(|(what, count)| vec![what.to_owned(), count.to_string()]).collect();
    text.push_str(&style.table(2, &[left("What"), right("How many")], rows));
    if args.verify {
        text.push_str("\nEvery checksum is right and every index points into its table.\n");
    }
    terminal::print(&text)?;
    Ok(Exit::Found)
}
