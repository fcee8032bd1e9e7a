//! The files of through carriages and of services that are known but not routed.

use super::carriages::Carriage;
use super::sheet::{Files, Sheet};
use super::world::{Kind, Service, World};
use anyhow::Result;
use tumen_base::ServiceTime;

/// Writes through_carriages.txt and through_carriage_hosts.txt.
pub fn write_carriages(carriages: &[Carriage], files: &mut Files) -> Result<()> {
    let mut sheet = Sheet::new([
        "through_carriage_id",
        "name",
        "carriage_number",
        "service_id",
        "carriage_type_id",
        "agency_id",
        "train_numbers",
        "operator",
        "status",
        "as_of",
        "distance_km",
        "duration",
        "certainty_days",
        "certainty_times",
        "source_id",
        "note",
    ])?;
    let mut hosts = Sheet::new([
        "through_carriage_id",
        "sequence",
        "trip_id",
        "attach_stop_id",
        "detach_stop_id",
        "min_stand_time",
        "max_stand_time",
        "certainty_days",
        "certainty_times",
        "source_id",
        "note",
    ])?;
    for carriage in carriages {
        let (id, row) = (carriage.service.id, carriage.service.row);
        sheet.push([
            id,
            row.required("name")?,
            row.text("carriage_number")?,
            id,
            row.text("carriage_type_id")?,
            row.required("agency_id")?,
            row.text("number")?,
            row.text("operator")?,
            row.text("status")?,
            row.text("as_of")?,
            row.text("distance_km")?,
            &ServiceTime(carriage.duration).to_string(),
            carriage.service.certainty.word(),
            carriage.certainty_times().word(),
            row.required("source_id")?,
            row.text("uncertain")?,
        ])?;
        for host in carriage.stages.iter().flat_map(|stage| &stage.hosts) {
            hosts.push([
                id,
                host.row.required("sequence")?,
                host.trip.id,
                host.row.required("attach_station")?,
                host.row.required("detach_station")?,
                "",
                "",
                host.trip.certainty.word(),
                carriage.certainty_over(host).word(),
                host.row.required("source_id")?,
                host.row.text("notes")?,
            ])?;
        }
    }
    sheet.finish("through_carriages.txt", files)?;
    hosts.finish("through_carriage_hosts.txt", files)
}

/// Writes known_services.txt.
pub fn write_known_services(world: &World, files: &mut Files) -> Result<()> {
    let mut sheet = Sheet::new([
        "known_service_id",
        "name",
        "number",
        "agency_id",
        "operator",
        "mode",
        "from_stop_id",
        "to_stop_id",
        "days",
        "times",
        "duration",
        "valid_from",
        "valid_to",
        "status",
        "as_of",
        "certainty_days",
        "certainty_times",
        "source_id",
        "note",
    ])?;
    for service in world.of_kind(Kind::Known) {
        let text = |column| service.row.text(column);
        sheet.push([
            service.id,
            text("name")?,
            text("number")?,
            text("agency_id")?,
            text("operator")?,
            text("mode")?,
            text("from_station")?,
            text("to_station")?,
            text("days_note")?,
            &printed_times(world, service)?,
            text("duration")?,
            text("valid_from")?,
            text("valid_to")?,
            text("status")?,
            text("as_of")?,
            service.certainty.word(),
            service.certainty_times().word(),
            text("source_id")?,
            text("uncertain")?,
        ])?;
    }
    sheet.finish("known_services.txt", files)
}

/// Times that a source prints although the days are unknown, in local time and with their age.
fn printed_times(world: &World, service: &Service) -> Result<String> {
    let mut calls = Vec::new();
    for call in &service.calls {
        let clock = |column| call.row.text(column);
        let times = match (clock("arr")?, clock("dep")?) {
            ("", departure) => departure.to_owned(),
            (arrival, "") => arrival.to_owned(),
            (arrival, departure) => format!("{arrival}–{departure}"),
        };
        let day = match call.clock.day_offset {
            0 => String::new(),
            days => format!(" (day {days})"),
        };
        calls.push(format!("{} {times}{day}", world.station_name(call.station)));
    }
    let Some(first) = service.calls.first() else { return Ok(String::new()) };
    Ok(format!("{} [local times of {}]", calls.join(", "), first.row.required("as_of")?))
}
