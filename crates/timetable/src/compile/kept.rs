//! Files that are kept as they are: translations, extension tables, fares, unknown files.

use super::intern::Strings;
use crate::TimetableData;
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;
use tumen_feed::{Feed, Table, TableRow, Translation};

/// Name of the file in which translations are kept.
pub(crate) const TRANSLATIONS: &str = "translations.txt";
/// Columns of translations.txt.
pub(crate) const TRANSLATION_COLUMNS: [&str; 7] =
    ["table_name", "field_name", "language", "translation", "record_id", "record_sub_id", "field_value"];

/// Fills the columns of kept files.
pub(super) fn fill(data: &mut TimetableData, strings: &mut Strings, feeds: &[Feed]) {
    data.kept_offset.push(0);
    for (index, feed) in feeds.iter().enumerate() {
        let mut keep = |name: &str, content: &[u8]| {
            data.kept_feed.push(index as u32);
            data.kept_name.push(strings.intern(name));
            data.kept_length.push(content.len() as u64);
            let mut encoder = ZlibEncoder::new(std::mem::take(&mut data.kept_bytes), Compression::default());
            let written = encoder.write_all(content).and_then(|()| encoder.finish());
            data.kept_bytes = written.expect("a vector takes any number of bytes");
            data.kept_offset.push(data.kept_bytes.len() as u64);
        };
        if !feed.translations.is_empty() {
            keep(TRANSLATIONS, &table_of(&feed.translations).to_csv());
        }
        for (name, table) in &feed.extension {
            keep(name, &table.to_csv());
        }
        for file in &feed.kept {
            keep(&file.name, &file.content);
        }
    }
}

fn table_of(translations: &[Translation]) -> Table {
    let row = |translation: &Translation| {
        let Translation { table, field, language, text, record, sub_record, value } = translation.clone();
        TableRow { line: 0, values: vec![table, field, language, text, record, sub_record, value] }
    };
    Table { columns: TRANSLATION_COLUMNS.map(str::to_owned).to_vec(), rows: translations.iter().map(row).collect() }
}
