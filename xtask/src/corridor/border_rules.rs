//! border_rules.txt: who could cross where and when.

use super::sheet::{Files, Sheet};
use super::table::Row;
use super::world::World;
use anyhow::Result;
use std::collections::BTreeMap;
use tumen_base::{Date, DateSpan};

/// Writes a row for each post that a rule names, and one for each direction over the borders of a country that it names.
pub fn write_border_rules(world: &World, files: &mut Files) -> Result<()> {
    let mut sheet = Sheet::new([
        "border_rule_id",
        "border_post_id",
        "direction",
        "passport",
        "purpose",
        "allowed",
        "requires",
        "waives",
        "valid_from",
        "valid_to",
        "note",
        "applies_to",
        "rule",
        "valid_from_text",
        "valid_to_text",
        "confidence",
        "source_id",
    ])?;
    let mut countries = BTreeMap::new();
    for row in world.tables.rows("borders") {
        countries.insert(row.required("border_id")?, (row.required("from_country")?, row.required("to_country")?));
    }
    for row in world.tables.rows("border_rules") {
        let validity = Validity::of(row)?;
        for (post, direction) in places(row, &countries)? {
            sheet.push([
                row.required("rule_id")?,
                post,
                &direction,
                row.text("passport")?,
                row.text("purpose")?,
                row.text("allowed")?,
                row.text("requires")?,
                row.text("waives")?,
                &validity.from,
                &validity.to,
                row.text("notes")?,
                row.text("applies_to")?,
                row.text("rule")?,
                validity.from_text,
                validity.to_text,
                row.text("confidence")?,
                row.required("source_id")?,
            ])?;
        }
    }
    sheet.finish("border_rules.txt", files)
}

/// Where a rule holds: posts with directions, or no post and `*>KP`, `KP>*`: all borders of a country.
fn places<'a>(row: Row<'a>, countries: &BTreeMap<&str, (&str, &str)>) -> Result<Vec<(&'a str, String)>> {
    let direction = row.required("direction")?;
    let country = row.text("country")?;
    if !country.is_empty() {
        let (inward, outward) = (format!("*>{country}"), format!("{country}>*"));
        return match direction {
            "in" => Ok(vec![("", inward)]),
            "out" => Ok(vec![("", outward)]),
            "both" => Ok(vec![("", inward), ("", outward)]),
            _ => Err(row.error("direction", "expected in, out or both for a country")),
        };
    }
    let mut places = Vec::new();
    for post in row.list("border_id")? {
        let direction = match direction {
            "in" => format!("{}>{}", countries[post].0, countries[post].1),
            other => other.to_owned(),
        };
        places.push((post, direction));
    }
    if places.is_empty() { Err(row.error("border_id", "expected a post here or a country")) } else { Ok(places) }
}

/// When a rule holds.
struct Validity<'a> {
    from: String,
    to: String,
    from_text: &'a str,
    to_text: &'a str,
}

impl<'a> Validity<'a> {
    /// As dates, the days on which it surely holds: a restriction may begin on the first possible day of its date and end on
    /// the last, a permission the other way round. `stated_from` and `stated_to` say what notes add to the dates.
    fn of(row: Row<'a>) -> Result<Self> {
        let restricts = row.text("allowed")? != "yes" || !row.text("requires")?.is_empty();
        let column = |stated, valid| Ok::<_, anyhow::Error>(if row.text(stated)?.is_empty() { valid } else { stated });
        let (from, to) = (column("stated_from", "valid_from")?, column("stated_to", "valid_to")?);
        let day = |span: DateSpan, first: bool| if first { span.first } else { span.last };
        let compact = |date: Option<Date>| date.map_or(String::new(), Date::compact);
        Ok(Self {
            from: compact(row.dates(from)?.map(|span| day(span, restricts))),
            to: compact(row.dates(to)?.map(|span| day(span, !restricts))),
            from_text: row.text(from)?,
            to_text: row.text(to)?,
        })
    }
}
