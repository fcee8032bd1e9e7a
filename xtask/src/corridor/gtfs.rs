//! The ordinary GTFS files: agencies, routes, trips, stop times, calendars, feed information.

use super::carriages::Carriage;
use super::days::{Days, rotate_weekdays};
use super::schedule::Schedule;
use super::sheet::{Files, Sheet, join_sources};
use super::table::Row;
use super::world::{Kind, Service, World};
use anyhow::Result;
use tumen_base::ServiceTime;

/// Writes agency.txt, feed_info.txt, attributions.txt and routes.txt.
pub fn write_heads(world: &World, files: &mut Files) -> Result<()> {
    let tables = world.tables;
    let timezone = tables.setting("timezone")?;
    let mut sheet = Sheet::new(["agency_id", "agency_name", "agency_url", "agency_timezone", "source_id"])?;
    for row in tables.rows("agencies") {
        let text = |column| row.required(column);
        sheet.push([text("agency_id")?, text("agency_name")?, text("agency_url")?, timezone, text("source_id")?])?;
    }
    sheet.finish("agency.txt", files)?;

    let mut sheet = Sheet::new([
        "feed_publisher_name",
        "feed_publisher_url",
        "feed_lang",
        "default_lang",
        "feed_start_date",
        "feed_end_date",
        "feed_version",
    ])?;
    let language = tables.setting("language")?;
    sheet.push([
        tables.setting("publisher_name")?,
        tables.setting("publisher_url")?,
        language,
        language,
        &world.coverage.0.compact(),
        &world.coverage.1.compact(),
        tables.setting("version")?,
    ])?;
    sheet.finish("feed_info.txt", files)?;

    let columns = ["attribution_id", "organization_name", "is_producer", "attribution_url", "licence", "source_id"];
    let mut sheet = Sheet::new(columns)?;
    for row in tables.rows("attributions") {
        let text = |column| row.required(column);
        sheet.push([
            text("attribution_id")?,
            text("organization_name")?,
            "1",
            text("attribution_url")?,
            text("licence")?,
            text("source_id")?,
        ])?;
    }
    sheet.finish("attributions.txt", files)?;

    let columns = ["route_id", "agency_id", "route_short_name", "route_long_name", "route_type", "source_id"];
    let mut sheet = Sheet::new(columns)?;
    for row in tables.rows("routes") {
        let route_type = match row.required("mode")? {
            "rail" => "2",
            "air" => "1100",
            other => return Err(row.error("mode", &format!("expected rail or air, found `{other}`"))),
        };
        let (id, agency) = (row.required("route_id")?, row.required("agency_id")?);
        let (short, long) = (row.text("short_name")?, row.required("long_name")?);
        sheet.push([id, agency, short, long, route_type, row.required("source_id")?])?;
    }
    sheet.finish("routes.txt", files)
}

/// Writes trips.txt and stop_times.txt.
pub fn write_trips(world: &World, schedule: &Schedule, files: &mut Files) -> Result<()> {
    let mut trips = Sheet::new([
        "route_id",
        "service_id",
        "trip_id",
        "trip_headsign",
        "trip_short_name",
        "trip_name",
        "operator",
        "status",
        "as_of",
        "certainty_days",
        "certainty_times",
        "source_id",
        "note",
    ])?;
    let mut times = Sheet::new([
        "trip_id",
        "arrival_time",
        "departure_time",
        "stop_id",
        "stop_sequence",
        "timepoint",
        "shape_dist_traveled",
        "certainty_times",
        "as_of",
        "source_id",
        "note",
    ])?;
    for service in world.of_kind(Kind::Trip) {
        let row = service.row;
        trips.push([
            row.required("route_id")?,
            service.id,
            service.id,
            world.station_name(row.required("to_station")?),
            row.text("number")?,
            row.required("name")?,
            row.text("operator")?,
            row.text("status")?,
            row.text("as_of")?,
            service.certainty.word(),
            service.certainty_times().word(),
            row.required("source_id")?,
            row.text("uncertain")?,
        ])?;
        write_calls(service, &schedule.trips[service.id].calls, &mut times)?;
    }
    trips.finish("trips.txt", files)?;
    times.finish("stop_times.txt", files)
}

fn write_calls(service: &Service, calls: &[(i32, i32)], times: &mut Sheet<11>) -> Result<()> {
    let mut farthest = None;
    for (call, (arrival, departure)) in service.calls.iter().zip(calls) {
        if let Some(km) = call.km {
            if farthest.is_some_and(|before| km <= before) {
                return Err(call.row.error("km", "kilometres grow from call to call"));
            }
            farthest = Some(km);
        }
        // GTFS's word for "not exact".
        let timepoint = if call.certainty <= tumen_base::Certainty::Derived { "1" } else { "0" };
        times.push([
            service.id,
            &ServiceTime(*arrival).to_string(),
            &ServiceTime(*departure).to_string(),
            call.station,
            call.row.text("seq")?,
            timepoint,
            &call.km.map_or(String::new(), |km| km.to_string()),
            call.certainty.word(),
            call.row.text("as_of")?,
            call.row.required("source_id")?,
            call.row.text("notes")?,
        ])?;
    }
    Ok(())
}

/// Writes calendar.txt and calendar_dates.txt for trips and carriages.
pub fn write_calendars(world: &World, schedule: &Schedule, carriages: &[Carriage], files: &mut Files) -> Result<()> {
    let mut weekly = Sheet::new([
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
    ])?;
    let mut dated = Sheet::new(["service_id", "date", "exception_type", "certainty_days", "source_id"])?;
    for service in world.of_kind(Kind::Trip) {
        write_calendar(service, schedule, schedule.trips[service.id].shift, &mut weekly, &mut dated)?;
    }
    for carriage in carriages {
        write_calendar(carriage.service, schedule, carriage.shift, &mut weekly, &mut dated)?;
    }
    weekly.finish("calendar.txt", files)?;
    dated.finish("calendar_dates.txt", files)
}

fn write_calendar(
    service: &Service,
    schedule: &Schedule,
    shift: i32,
    weekly: &mut Sheet<13>,
    dated: &mut Sheet<5>,
) -> Result<()> {
    let source = days_source(service.row)?;
    let Some(Days::Weekly(mask)) = service.days else {
        for day in &schedule.local_days[service.id] {
            let certainty = service.certainty_on(*day).word();
            dated.push([service.id, &day.plus(shift).compact(), "1", certainty, &source])?;
        }
        return Ok(());
    };
    let mask = rotate_weekdays(mask, shift);
    let runs = |weekday: u8| if mask >> weekday & 1 == 1 { "1" } else { "0" };
    weekly.push([
        service.id,
        runs(0),
        runs(1),
        runs(2),
        runs(3),
        runs(4),
        runs(5),
        runs(6),
        &service.first.plus(shift).compact(),
        &service.last.plus(shift).compact(),
        service.certainty.word(),
        &service.last_evidence.map_or(String::new(), |day| day.plus(shift).compact()),
        &source,
    ])?;
    for day in &service.except {
        dated.push([service.id, &day.plus(shift).compact(), "2", service.certainty.word(), &source])?;
    }
    Ok(())
}

fn days_source(row: Row) -> Result<String> {
    Ok(join_sources([row.required("source_id")?]))
}
