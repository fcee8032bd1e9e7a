//! An independent reader, gtfs-structures, finds the same in real feeds.

use crate::support::shared_feeds;
use std::collections::BTreeMap;
use tumen_feed::{Feed, FeedSource, ReadOptions, feed_to_zip, read_feeds};

type Times = Vec<(String, Option<u32>, Option<u32>, u8, u8)>;

/// Calls by trip, with the times that the feed itself gives.
fn our_calls(feed: &Feed) -> BTreeMap<String, Times> {
    let of = |range: std::ops::Range<u32>| {
        let calls = feed.calls[range.start as usize..range.end as usize].iter();
        let time = |seconds: i32, interpolated: bool| (!interpolated).then_some(seconds as u32);
        calls
            .map(|call| {
                let stop = feed.stops[call.stop as usize].id.clone();
                let (arrival, departure) =
                    (time(call.arrival, call.interpolated), time(call.departure, call.interpolated));
                (stop, arrival, departure, call.pickup, call.drop_off)
            })
            .collect()
    };
    feed.trips.iter().map(|trip| (trip.id.clone(), of(trip.calls.clone()))).collect()
}

fn their_calls(gtfs: &gtfs_structures::Gtfs) -> BTreeMap<String, Times> {
    let kind = |kind: &gtfs_structures::PickupDropOffType| match kind {
        gtfs_structures::PickupDropOffType::NotAvailable => 1,
        gtfs_structures::PickupDropOffType::ArrangeByPhone => 2,
        gtfs_structures::PickupDropOffType::CoordinateWithDriver => 3,
        _ => 0,
    };
    let of = |trip: &gtfs_structures::Trip| {
        let calls = trip.stop_times.iter();
        calls
            .map(|call| {
                let (arrival, departure) =
                    (call.arrival_time.or(call.departure_time), call.departure_time.or(call.arrival_time));
                (call.stop.id.trim().to_owned(), arrival, departure, kind(&call.pickup_type), kind(&call.drop_off_type))
            })
            .collect()
    };
    gtfs.trips
        .values()
        .filter(|trip| trip.stop_times.len() > 1)
        .map(|trip| (trip.id.trim().to_owned(), of(trip)))
        .collect()
}

fn their_days(gtfs: &gtfs_structures::Gtfs, service: &str) -> (Option<u8>, usize) {
    let weekly = gtfs.calendar.get(service).map(|row| {
        let days = [row.monday, row.tuesday, row.wednesday, row.thursday, row.friday, row.saturday, row.sunday];
        days.iter().zip(0..).map(|(runs, day)| u8::from(*runs) << day).sum()
    });
    (weekly.filter(|days| *days != 0), gtfs.calendar_dates.get(service).map_or(0, Vec::len))
}

#[test]
fn stops_trips_calls_and_services_agree() {
    let Some(folder) = shared_feeds() else { return };
    for name in ["us-amtrak-2024", "ca-viarail-2024", "de-fernverkehr-2023", "fr-strasbourg-cts-2026"] {
        let path = folder.join(format!("{name}.zip")).display().to_string();
        let feed = read_feeds(&[FeedSource::parse(&path)], &ReadOptions::default()).expect("usable").0.remove(0);
        let gtfs = gtfs_structures::GtfsReader::default().read_shapes(false).read_from_path(&path).expect("readable");
        let positions = |id: &str| {
            let (lat, lon) = (gtfs.stops[id].latitude?, gtfs.stops[id].longitude?);
            ((lat, lon) != (0.0, 0.0)).then_some((lat, lon))
        };
        assert_eq!(feed.stops.len(), gtfs.stops.len(), "{name}");
        assert!(feed.stops.iter().all(|stop| stop.position == positions(&stop.id)), "{name}");
        assert_eq!(feed.routes.len(), gtfs.routes.len(), "{name}");
        let (ours, theirs) = (our_calls(&feed), their_calls(&gtfs));
        assert_eq!(ours.len(), theirs.len(), "{name}");
        assert!(ours == theirs, "{name}: {:?}", ours.iter().find(|(trip, calls)| theirs.get(*trip) != Some(calls)));
        for service in &feed.services {
            let days = (service.weekly.as_ref().map(|weekly| weekly.weekdays), service.exceptions.len());
            assert_eq!(days, their_days(&gtfs, &service.id), "{name}, {}", service.id);
        }
    }
}

#[test]
fn what_we_write_the_other_reader_reads() {
    let Some(folder) = shared_feeds() else { return };
    for name in ["us-amtrak-2024", "ca-viarail-2024", "ca-harbourair-2024"] {
        let path = folder.join(format!("{name}.zip")).display().to_string();
        let feed = read_feeds(&[FeedSource::parse(&path)], &ReadOptions::default()).expect("usable").0.remove(0);
        let zip = std::io::Cursor::new(feed_to_zip(&feed).expect("memory"));
        let gtfs = gtfs_structures::Gtfs::from_reader(zip).expect("readable");
        assert_eq!(gtfs.agencies.len(), feed.agencies.len(), "{name}");
        assert_eq!(gtfs.stops.len(), feed.stops.len(), "{name}");
        assert!(our_calls(&feed) == their_calls(&gtfs), "{name}");
        for service in &feed.services {
            let days = (service.weekly.as_ref().map(|weekly| weekly.weekdays), service.exceptions.len());
            assert_eq!(days, their_days(&gtfs, &service.id), "{name}, {}", service.id);
        }
    }
}
