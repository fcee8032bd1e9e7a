//! The small GTFS files.

use std::collections::HashSet;
use tumen_base::{Certainty, Date, ServiceTime};

use super::rows::{Rows, unless_zero};
use crate::model::{Agency, Feed, Route, Stop, Weekly};

/// Every small file that has rows, and agency.txt, stops.txt and routes.txt.
pub(super) fn small_files(feed: &Feed) -> Vec<(&'static str, Rows)> {
    let extra = |file: &str| feed.extra_columns.get(file);
    let mut files = vec![
        ("agency.txt", agencies(feed).extend(extra("agency.txt"))),
        ("stops.txt", stops(feed).extend(extra("stops.txt"))),
        ("routes.txt", routes(feed).extend(extra("routes.txt"))),
    ];
    let optional = [
        ("calendar.txt", weekly(feed)),
        ("calendar_dates.txt", dates(feed)),
        ("frequencies.txt", frequencies(feed)),
        ("transfers.txt", transfers(feed).extend(extra("transfers.txt"))),
        ("feed_info.txt", feed_info(feed).extend(extra("feed_info.txt"))),
        ("translations.txt", translations(feed).extend(extra("translations.txt"))),
    ];
    files.extend(optional.into_iter().filter(|(_, rows)| !rows.is_empty()));
    files
}

fn agencies(feed: &Feed) -> Rows {
    let mut rows =
        Rows::new(3, &["agency_name", "agency_url", "agency_timezone", "agency_id", "agency_lang", "agency_phone"]);
    for Agency { id, name, url, zone, language, phone } in &feed.agencies {
        // The zone that was taken for a feed without one is now its own.
        let zone = if zone.is_empty() { &feed.zone } else { zone };
        rows.push([name, url, zone, id, language, phone].map(Clone::clone));
    }
    rows
}

fn stops(feed: &Feed) -> Rows {
    let mut rows = Rows::new(
        4,
        &[
            "stop_id",
            "stop_name",
            "stop_lat",
            "stop_lon",
            "stop_code",
            "stop_desc",
            "location_type",
            "parent_station",
            "stop_timezone",
            "platform_code",
            "wheelchair_boarding",
            "country",
            "source_id",
        ],
    );
    for stop in &feed.stops {
        let Stop { id, name, code, description, position, kind, parent, zone, platform, wheelchair, country, source } =
            stop.clone();
        let (lat, lon) = position.map_or_else(Default::default, |(lat, lon)| (lat.to_string(), lon.to_string()));
        let parent = parent.map(|parent| feed.stops[parent as usize].id.clone()).unwrap_or_default();
        let (kind, wheelchair) = (unless_zero(kind as u8), unless_zero(wheelchair));
        rows.push([id, name, lat, lon, code, description, kind, parent, zone, platform, wheelchair, country, source]);
    }
    rows
}

fn routes(feed: &Feed) -> Rows {
    let mut rows = Rows::new(
        5,
        &[
            "route_id",
            "agency_id",
            "route_short_name",
            "route_long_name",
            "route_type",
            "route_desc",
            "route_color",
            "route_text_color",
            "source_id",
        ],
    );
    for route in &feed.routes {
        let Route { id, agency, short_name, long_name, description, kind, color, text_color, source } = route.clone();
        let agency = feed.agencies[agency as usize].id.clone();
        rows.push([id, agency, short_name, long_name, kind.to_string(), description, color, text_color, source]);
    }
    rows
}

fn weekly(feed: &Feed) -> Rows {
    let mut rows = Rows::new(
        10,
        &[
            "service_id",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "start_date",
            "end_date",
            "certainty_days",
            "last_evidence",
            "source_id",
        ],
    );
    let no_day = Weekly { first: Some(any_date(feed)), last: Some(any_date(feed)), ..Weekly::default() };
    let named: HashSet<u32> = feed.trips.iter().map(|trip| trip.service).collect();
    for (index, service) in (0..).zip(&feed.services) {
        // Trips that never run name a service too: it has a row without weekdays.
        let never = (service.exceptions.is_empty() && named.contains(&index)).then_some(&no_day);
        let Some(weekly) = service.weekly.as_ref().or(never) else { continue };
        let mut row = vec![service.id.clone()];
        row.extend((0..7).map(|day| (weekly.weekdays >> day & 1).to_string()));
        row.extend([date(weekly.first), date(weekly.last), certainty(weekly.certainty), date(weekly.last_evidence)]);
        row.push(weekly.source.clone());
        rows.push(row);
    }
    rows
}

/// A date of the feed, the first of all that its services begin with.
fn any_date(feed: &Feed) -> Date {
    let weekly = feed.services.iter().filter_map(|service| service.weekly.as_ref()?.first);
    let dates = feed.services.iter().filter_map(|service| service.exceptions.keys().next().copied());
    weekly.chain(dates).min().unwrap_or(Date(0))
}

fn dates(feed: &Feed) -> Rows {
    let mut rows = Rows::new(3, &["service_id", "date", "exception_type", "certainty_days", "source_id"]);
    for service in &feed.services {
        for (day, exception) in &service.exceptions {
            let kind = if exception.runs { "1" } else { "2" };
            rows.push([
                service.id.clone(),
                day.compact(),
                kind.to_owned(),
                certainty(exception.certainty),
                exception.source.clone(),
            ]);
        }
    }
    rows
}

fn frequencies(feed: &Feed) -> Rows {
    let mut rows = Rows::new(4, &["trip_id", "start_time", "end_time", "headway_secs", "exact_times"]);
    for frequency in &feed.frequencies {
        rows.push([
            feed.trips[frequency.trip as usize].id.clone(),
            ServiceTime(frequency.start).to_string(),
            ServiceTime(frequency.end).to_string(),
            frequency.headway.to_string(),
            unless_zero(u8::from(frequency.exact)),
        ]);
    }
    rows
}

fn transfers(feed: &Feed) -> Rows {
    let mut rows = Rows::new(
        4,
        &[
            "from_stop_id",
            "to_stop_id",
            "transfer_type",
            "min_transfer_time",
            "from_route_id",
            "to_route_id",
            "from_trip_id",
            "to_trip_id",
            "certainty_times",
        ],
    );
    for transfer in &feed.transfers {
        let stop = |stop: Option<u32>| stop.map(|stop| feed.stops[stop as usize].id.clone()).unwrap_or_default();
        let route = |route: Option<u32>| route.map(|route| feed.routes[route as usize].id.clone()).unwrap_or_default();
        let trip = |trip: Option<u32>| trip.map(|trip| feed.trips[trip as usize].id.clone()).unwrap_or_default();
        rows.push([
            stop(transfer.from_stop),
            stop(transfer.to_stop),
            transfer.kind.to_string(),
            transfer.min_time.map(|seconds| seconds.to_string()).unwrap_or_default(),
            route(transfer.from_route),
            route(transfer.to_route),
            trip(transfer.from_trip),
            trip(transfer.to_trip),
            certainty(transfer.certainty),
        ]);
    }
    rows
}

fn feed_info(feed: &Feed) -> Rows {
    let mut rows = Rows::new(
        3,
        &["feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_version", "feed_start_date", "feed_end_date"],
    );
    if let Some(info) = feed.info.clone() {
        rows.push([info.publisher, info.url, info.language, info.version, date(info.first), date(info.last)]);
    }
    rows
}

fn translations(feed: &Feed) -> Rows {
    let mut rows = Rows::new(
        4,
        &["table_name", "field_name", "language", "translation", "record_id", "record_sub_id", "field_value"],
    );
    for row in feed.translations.iter().cloned() {
        rows.push([row.table, row.field, row.language, row.text, row.record, row.sub_record, row.value]);
    }
    rows
}

fn date(date: Option<Date>) -> String {
    date.map(Date::compact).unwrap_or_default()
}

/// Published is what an absent word means.
pub(super) fn certainty(certainty: Certainty) -> String {
    if certainty == Certainty::Published { String::new() } else { certainty.word().to_owned() }
}
