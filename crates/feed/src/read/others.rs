//! feed_info.txt, translations.txt, and the files that are kept as they are.

use std::io::Read;

use super::Reader;
use crate::complaint::Code;
use crate::csv::{date, refusal_of_io, text};
use crate::error::Refusal;
use crate::extension::{read_table, schema};
use crate::model::{FeedInfo, KeptFile, Translation};
use crate::report::Place;

const INFO: &str = "feed_info.txt";
const TRANSLATIONS: &str = "translations.txt";

/// What the other modules read.
const READ: [&str; 12] = [
    "agency.txt",
    "stops.txt",
    "routes.txt",
    "trips.txt",
    "stop_times.txt",
    "calendar.txt",
    "calendar_dates.txt",
    "frequencies.txt",
    "transfers.txt",
    "shapes.txt",
    INFO,
    TRANSLATIONS,
];

impl Reader<'_> {
    pub(super) fn read_feed_info(&mut self) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet(INFO)? else { return Ok(()) };
        let [publisher, url, language, version, first, last] = sheet.columns([
            "feed_publisher_name",
            "feed_publisher_url",
            "feed_lang",
            "feed_version",
            "feed_start_date",
            "feed_end_date",
        ]);
        let mut extra = sheet.extra_columns(self.cells.left);
        if let Some(row) = sheet.next(self.report)? {
            extra.push(&row);
            self.feed.info = Some(FeedInfo {
                publisher: text(&row, publisher),
                url: text(&row, url),
                language: text(&row, language),
                version: text(&row, version),
                first: date(&row, first, self.report),
                last: date(&row, last, self.report),
            });
        }
        sheet.finish(self.report);
        self.keep_columns(INFO, extra);
        Ok(())
    }

    pub(super) fn read_translations(&mut self) -> Result<(), Refusal> {
        let Some(mut sheet) = self.sheet(TRANSLATIONS)? else { return Ok(()) };
        let [table, field, language, translation, record, sub_record, value] = sheet.columns([
            "table_name",
            "field_name",
            "language",
            "translation",
            "record_id",
            "record_sub_id",
            "field_value",
        ]);
        if !table.is_present() && sheet.header().iter().any(|column| column == "trans_id") {
            self.report.add(Code::OldTranslations, Place::file(TRANSLATIONS), || {
                "trans_id instead of table_name and field_name: a form given up in 2020; not read".to_owned()
            });
            return Ok(());
        }
        if !sheet.has_all([table, field, language, translation], self.report) {
            return Ok(());
        }
        let mut extra = sheet.extra_columns(self.cells.left);
        while let Some(row) = sheet.next(self.report)? {
            extra.push(&row);
            self.feed.translations.push(Translation {
                table: text(&row, table),
                field: text(&row, field),
                language: text(&row, language),
                text: text(&row, translation),
                record: text(&row, record),
                sub_record: text(&row, sub_record),
                value: text(&row, value),
            });
        }
        sheet.finish(self.report);
        self.keep_columns(TRANSLATIONS, extra);
        Ok(())
    }

    /// Reads the extension files; keeps attributions, pathways, levels, fares and files that Tumen does not know.
    pub(super) fn read_others(&mut self) -> Result<(), Refusal> {
        let archive = self.source.archive;
        let mut room = self.source.options.limits.kept_bytes;
        for name in archive.names().filter(|name| !READ.contains(name)) {
            if let Some(schema) = schema(name) {
                let Some(mut sheet) = self.sheet(name)? else {
                    self.report.add(Code::IgnoredFile, Place::file(name), || "it is empty".to_owned());
                    continue;
                };
                let table = read_table(&mut sheet, schema, &mut self.cells, self.report)?;
                self.feed.extension.insert(name.to_owned(), table);
                continue;
            }
            let Some(opened) = archive.read(name)? else { continue };
            let mut content = Vec::new();
            opened.reader.take(room + 1).read_to_end(&mut content).map_err(|error| refusal_of_io(name, error))?;
            if content.len() as u64 > room {
                let allowed = self.source.options.limits.kept_bytes;
                self.report.add(Code::FileNotKept, Place::file(name), || {
                    format!(
                        "kept files would exceed the limit `kept_bytes` of {allowed}; it will be absent from exports"
                    )
                });
                continue;
            }
            room -= content.len() as u64;
            if content.starts_with(b"\xEF\xBB\xBF") {
                content.drain(..3);
            }
            self.feed.kept.push(KeptFile { name: name.to_owned(), content });
        }
        Ok(())
    }
}
