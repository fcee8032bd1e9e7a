//! agency.txt, and the zone of the feed.

use super::{Reader, zones};
use crate::complaint::Code;
use crate::csv::{short, text};
use crate::error::Refusal;
use crate::model::Agency;
use crate::report::Place;

const FILE: &str = "agency.txt";

impl Reader<'_> {
    pub(super) fn read_agencies(&mut self) -> Result<(), Refusal> {
        if let Some(mut sheet) = self.sheet(FILE)? {
            let [id, name, url, zone, language, phone] = sheet.columns([
                "agency_id",
                "agency_name",
                "agency_url",
                "agency_timezone",
                "agency_lang",
                "agency_phone",
            ]);
            let mut extra = sheet.extra_columns(self.cells.left);
            while let Some(row) = sheet.next(self.report)? {
                let agency = Agency {
                    id: text(&row, id),
                    name: text(&row, name),
                    url: text(&row, url),
                    zone: text(&row, zone),
                    language: text(&row, language),
                    phone: text(&row, phone),
                };
                if self.agencies.insert(&agency.id).is_err() {
                    self.duplicate_id(&row, "agency", &agency.id);
                    continue;
                }
                self.take_zone(&agency.zone, row.place(zone));
                extra.push(&row);
                self.feed.agencies.push(agency);
            }
            sheet.finish(self.report);
            self.keep_columns(FILE, extra);
        }
        if self.feed.agencies.is_empty() {
            self.report.add(Code::NoAgency, Place::file(FILE), || {
                "no usable row; one unnamed agency stands for it".to_owned()
            });
            self.feed.agencies.push(Agency::default());
        }
        Ok(())
    }

    /// The first usable zone is the feed's.
    fn take_zone(&mut self, zone: &str, place: Place<'_>) {
        if zone.is_empty() {
            return;
        }
        let Some(zone) = zones::canonical(zone) else {
            self.report.add(Code::BadZone, place, || {
                format!("`{}` is no IANA time zone, such as Europe/Moscow; ignored", short(zone))
            });
            return;
        };
        let feed_zone = &self.feed.zone;
        if feed_zone.is_empty() {
            self.feed.zone = zone;
        } else if *feed_zone != zone {
            self.report.add(Code::SeveralZones, place, || {
                format!("{zone}, but an agency before has {feed_zone}, in which all times of the feed are read")
            });
        }
    }
}
