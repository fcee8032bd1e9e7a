//! routes.txt.

use super::Reader;
use crate::complaint::Code;
use crate::csv::{Column, Row, id, short, text};
use crate::error::Refusal;
use crate::model::Route;
use crate::report::Report;

const FILE: &str = "routes.txt";
const BUS: u16 = 3;

impl Reader<'_> {
    pub(super) fn read_routes(&mut self) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet(FILE)? else {
            self.missing_file(FILE, "no trip has a route");
            return Ok(());
        };
        let [route_id, agency, short_name, long_name, description] =
            sheet.columns(["route_id", "agency_id", "route_short_name", "route_long_name", "route_desc"]);
        let [kind, color, text_color, source] =
            sheet.columns(["route_type", "route_color", "route_text_color", "source_id"]);
        if !sheet.has_all([route_id], self.report) {
            return Ok(());
        }
        let mut extra = sheet.extra_columns(self.cells.left);
        while let Some(row) = sheet.next(self.report)? {
            let Some(id) = id(&row, route_id, self.report) else { continue };
            if self.routes.insert(id).is_err() {
                self.duplicate_id(&row, "route", id);
                continue;
            }
            extra.push(&row);
            let agency = self.route_agency(&row, agency);
            self.feed.routes.push(Route {
                id: id.to_owned(),
                agency,
                short_name: text(&row, short_name),
                long_name: text(&row, long_name),
                description: text(&row, description),
                kind: route_kind(&row, kind, self.report),
                color: route_color(&row, color, self.report),
                text_color: route_color(&row, text_color, self.report),
                source: text(&row, source),
            });
        }
        sheet.finish(self.report);
        self.keep_columns(FILE, extra);
        Ok(())
    }

    /// An empty agency_id is fine where there is only one agency.
    fn route_agency(&mut self, row: &Row<'_>, column: Column) -> u32 {
        let value = row.get(column);
        if value.is_empty() && self.feed.agencies.len() == 1 {
            return 0;
        }
        self.agencies.get(value).unwrap_or_else(|| {
            let first = &self.feed.agencies[0].name;
            self.report.add(Code::UnknownAgency, row.place(column), || {
                format!("`{}` is no agency_id of agency.txt; the route was given to {first}", short(value))
            });
            0
        })
    }
}

/// Basic types 0–7, 11 and 12, and the extended ones from 100 to 1799 (Hierarchical Vehicle Type).
fn route_kind(row: &Row<'_>, column: Column, report: &mut Report) -> u16 {
    let value = row.get(column);
    if let Ok(kind @ (0..=12 | 100..=1799)) = value.parse::<u16>() {
        return kind;
    }
    report.add(Code::BadRouteType, row.place(column), || {
        format!("`{}` is no route_type (0 to 12, 100 to 1799); read as {BUS}, bus", short(value))
    });
    BUS
}

fn route_color(row: &Row<'_>, column: Column, report: &mut Report) -> String {
    let value = row.get(column);
    let digits = value.strip_prefix('#').unwrap_or(value);
    if digits.is_empty() || digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return digits.to_owned();
    }
    report.add(Code::BadColor, row.place(column), || {
        format!("`{}` is not six hexadecimal digits; ignored", short(value))
    });
    String::new()
}
