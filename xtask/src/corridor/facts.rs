//! Borders, track sections, goods, suspensions, observations, claims and sources: tables that the feed carries along.

use super::border_rules::write_border_rules;
use super::sheet::{Files, Sheet};
use super::table::Row;
use super::world::{Kind, World};
use anyhow::Result;
use tumen_base::Date;

/// Writes all of them.
pub fn write_facts(world: &World, files: &mut Files) -> Result<()> {
    write_border_rules(world, files)?;
    write_suspensions(world, files)?;
    check_observations(world)?;
    check_numbers(world)?;
    copy(world, "borders", "border_posts.txt", BORDER_POSTS, files)?;
    copy(world, "segments", "sections.txt", SECTIONS, files)?;
    copy(world, "lines", "lines.txt", LINES, files)?;
    copy(world, "goods_rules", "goods_rules.txt", GOODS_RULES, files)?;
    copy(world, "terminals", "terminals.txt", TERMINALS, files)?;
    copy(world, "freight_services", "freight_services.txt", FREIGHT_SERVICES, files)?;
    copy(world, "carriage_types", "carriage_types.txt", CARRIAGE_TYPES, files)?;
    copy(world, "observations", "observations.txt", OBSERVATIONS, files)?;
    copy(world, "claims", "claims.txt", CLAIMS, files)?;
    check_events(world)?;
    copy(world, "events", "events.txt", EVENTS, files)?;
    copy(world, "sources", "sources.txt", SOURCES, files)
}

/// Column of the feed's file and column of the table.
type Copied = (&'static str, &'static str);

const BORDER_POSTS: [Copied; 22] = [
    ("border_post_id", "border_id"),
    ("name", "name"),
    ("from_stop_id", "station_from"),
    ("to_stop_id", "station_to"),
    ("opening_hours", "opening_hours"),
    ("gauge_change_stop_id", "gauge_change_station"),
    ("mode", "mode"),
    ("from_country", "from_country"),
    ("to_country", "to_country"),
    ("hours_note", "hours_note"),
    ("passenger_days", "passenger_days"),
    ("run_time_min", "run_time_min"),
    ("processing_from_min", "processing_from_min"),
    ("processing_to_min", "processing_to_min"),
    ("processing_note", "processing_basis"),
    ("gauge_change", "gauge_change"),
    ("gauge_note", "gauge_note"),
    ("status", "status"),
    ("as_of", "as_of"),
    ("confidence", "confidence"),
    ("source_id", "source_id"),
    ("note", "notes"),
];

const SECTIONS: [Copied; 19] = [
    ("section_id", "segment_id"),
    ("from_stop_id", "from_station"),
    ("to_stop_id", "to_station"),
    ("length_km", "length_km"),
    ("gauge_mm", "gauge_mm"),
    ("electrification", "electrification"),
    ("tracks", "tracks"),
    ("max_speed_kmh", "max_speed_kmh"),
    ("line_name", "line"),
    ("countries", "country"),
    ("regions", "regions"),
    ("zones", "iana_tz_crossed"),
    ("gauge_note", "gauge_note"),
    ("tracks_note", "tracks_note"),
    ("speed_note", "speed_note"),
    ("as_of", "as_of"),
    ("confidence", "confidence"),
    ("source_id", "source_id"),
    ("note", "notes"),
];

const LINES: [Copied; 7] = [
    ("line_id", "line_id"),
    ("name", "name"),
    ("sequence", "sequence"),
    ("section_id", "segment_id"),
    ("role", "role"),
    ("stands_for", "stands_for"),
    ("source_id", "source_id"),
];

const GOODS_RULES: [Copied; 16] = [
    ("goods_rule_id", "rule_id"),
    ("resolution", "resolution"),
    ("year", "year"),
    ("paragraph", "paragraph"),
    ("direction", "direction"),
    ("hs_codes", "hs_codes"),
    ("goods", "goods"),
    ("action", "action"),
    ("exemption", "exemption"),
    ("unverified", "unverified"),
    ("origin", "origin"),
    ("via_stop_id", "via_station"),
    ("lifts", "lifts"),
    ("confidence", "confidence"),
    ("source_id", "source_id"),
    ("note", "notes"),
];

const TERMINALS: [Copied; 13] = [
    ("terminal_id", "terminal_id"),
    ("name", "name"),
    ("stop_id", "station"),
    ("gauge_mm", "gauge_mm"),
    ("handling", "handling"),
    ("transhipment_tonnes_per_hour", "transhipment_tonnes_per_hour"),
    ("transhipment_hours", "transhipment_hours"),
    ("bogie_change_wagons_per_hour", "bogie_change_wagons_per_hour"),
    ("bogie_change_hours", "bogie_change_hours"),
    ("opening_hours", "opening_hours"),
    ("confidence", "confidence"),
    ("source_id", "source_id"),
    ("note", "notes"),
];

const FREIGHT_SERVICES: [Copied; 22] = [
    ("freight_service_id", "freight_service_id"),
    ("name", "name"),
    ("from_terminal_id", "from_terminal"),
    ("to_terminal_id", "to_terminal"),
    ("both_ways", "both_ways"),
    ("evidence", "evidence"),
    ("service_id", "service_id"),
    ("departure_time", "departure_time"),
    ("transit_time_min", "transit_time_min"),
    ("transit_time_max", "transit_time_max"),
    ("cut_off", "cut_off"),
    ("capacity_wagons", "capacity_wagons"),
    ("capacity_tonnes", "capacity_tonnes"),
    ("gauge_mm", "gauge_mm"),
    ("legal_regime", "legal_regime"),
    ("border_post_id", "border_id"),
    ("valid_from", "valid_from"),
    ("valid_to", "valid_to"),
    ("as_of", "as_of"),
    ("confidence", "confidence"),
    ("source_id", "source_id"),
    ("note", "notes"),
];

const CARRIAGE_TYPES: [Copied; 8] = [
    ("carriage_type_id", "carriage_type_id"),
    ("name", "name"),
    ("class", "class"),
    ("compartments", "compartments"),
    ("berths_per_compartment", "berths_per_compartment"),
    ("gauge_mm", "gauge_mm"),
    ("source_id", "source_id"),
    ("note", "note"),
];

const OBSERVATIONS: [Copied; 10] = [
    ("observation_id", "observation_id"),
    ("subject", "subject"),
    ("metric", "metric"),
    ("value", "value"),
    ("unit", "unit"),
    ("period", "period"),
    ("scope", "scope"),
    ("confidence", "confidence"),
    ("source_id", "source_id"),
    ("note", "notes"),
];

const CLAIMS: [Copied; 6] = [
    ("claim_id", "claim_id"),
    ("article_source_id", "article"),
    ("claim", "claim"),
    ("other_sources_say", "other_sources_say"),
    ("source_id", "source_id"),
    ("tumen_uses", "tumen_uses"),
];

const EVENTS: [Copied; 8] = [
    ("event_id", "event_id"),
    ("date", "date"),
    ("subject", "subject"),
    ("also", "also"),
    ("event", "event"),
    ("confidence", "confidence"),
    ("source_id", "source_id"),
    ("note", "notes"),
];

const SOURCES: [Copied; 9] = [
    ("source_id", "source_id"),
    ("title", "title"),
    ("publisher", "publisher"),
    ("date", "date"),
    ("address", "address"),
    ("licence", "licence"),
    ("type", "type"),
    ("link", "link"),
    ("note", "notes"),
];

fn copy<const N: usize>(
    world: &World,
    table: &str,
    file: &'static str,
    columns: [Copied; N],
    files: &mut Files,
) -> Result<()> {
    let mut sheet = Sheet::new(columns.map(|(name, _)| name))?;
    for row in world.tables.rows(table) {
        let mut values = [""; N];
        for (value, (_, column)) in values.iter_mut().zip(columns) {
            *value = row.text(column)?;
        }
        sheet.push(values)?;
    }
    sheet.finish(file, files)
}

/// Days between which a restriction may hold: from the first possible day of its beginning to the last of its end.
fn restricted(row: Row) -> Result<(String, String)> {
    let (from, to) = (row.dates("valid_from")?, row.dates("valid_to")?);
    let day = |date: Option<Date>| date.map_or(String::new(), Date::compact);
    Ok((day(from.map(|span| span.first)), day(to.map(|span| span.last))))
}

fn write_suspensions(world: &World, files: &mut Files) -> Result<()> {
    let mut sheet = Sheet::new([
        "suspension_id",
        "affects",
        "id",
        "valid_from",
        "valid_to",
        "reason",
        "valid_from_text",
        "valid_to_text",
        "certainty_days",
        "source_id",
        "note",
    ])?;
    for row in world.tables.rows("suspensions") {
        let (affects, id) = (row.required("affects")?, row.required("id")?);
        check_subject(world, row, "id", affects, id)?;
        let (from, to) = restricted(row)?;
        sheet.push([
            row.required("suspension_id")?,
            affects,
            id,
            &from,
            &to,
            row.required("reason")?,
            row.text("valid_from")?,
            row.text("valid_to")?,
            row.required("certainty")?,
            row.required("source_id")?,
            row.text("notes")?,
        ])?;
    }
    sheet.finish("suspensions.txt", files)
}

fn check_observations(world: &World) -> Result<()> {
    world.tables.rows("observations").try_for_each(|row| check_subjects(world, row, "subject"))
}

fn check_events(world: &World) -> Result<()> {
    for row in world.tables.rows("events") {
        row.required("event")?;
        row.required("date")?;
        row.dates("date")?;
        row.required("subject")?;
        check_subjects(world, row, "subject")?;
        check_subjects(world, row, "also")?;
    }
    Ok(())
}

fn check_subjects(world: &World, row: Row, column: &str) -> Result<()> {
    for subject in row.list(column)? {
        let Some((kind, id)) = subject.split_once(':') else {
            return Err(row.error(column, "expected KIND:ID, such as carriage:MOW_PYG"));
        };
        check_subject(world, row, column, kind, id)?;
    }
    Ok(())
}

fn check_subject(world: &World, row: Row, column: &str, kind: &str, id: &str) -> Result<()> {
    let of_kind = |kind| world.of_kind(kind).any(|service| service.id == id);
    let known = match kind {
        "agency" => world.tables.ids("agencies").contains(id),
        "route" => world.tables.ids("routes").contains(id),
        "trip" => of_kind(Kind::Trip),
        "carriage" => of_kind(Kind::Carriage),
        "post" => world.tables.ids("borders").contains(id),
        "line" => world.tables.ids("lines").contains(id),
        "stop" => world.stations.contains_key(id),
        "country" => id.len() == 2,
        _ => return Err(row.error(column, &format!("`{kind}` is no kind of subject"))),
    };
    if known { Ok(()) } else { Err(row.error(column, &format!("there is no {kind} `{id}`"))) }
}

fn check_numbers(world: &World) -> Result<()> {
    for row in world.tables.rows("segments") {
        row.number::<f64>("length_km")?;
        row.number::<f64>("max_speed_kmh")?;
        row.number::<u32>("tracks")?;
        for gauge in row.list("gauge_mm")? {
            row.parsed("gauge_mm", |_| Ok(gauge.parse::<u32>()?))?;
        }
    }
    Ok(())
}
