//! Names of stops in other languages (translations.txt).

use std::collections::HashMap;
use tumen_base::StopId;

use super::kept::KeptError;
use crate::columns::Columns;

/// The file they are in.
const TRANSLATIONS: &str = "translations.txt";

/// Names of stops in other languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StopNames(HashMap<StopId, Vec<(String, String)>>);

impl StopNames {
    /// Reads what the feeds say of `stops.stop_name`: by record_id, or by field_value for every stop of that name.
    ///
    /// # Errors
    /// When a kept file is damaged.
    pub fn read(columns: &Columns) -> Result<Self, KeptError> {
        let mut names = Self::default();
        for feed in columns.feeds() {
            let Some(table) = columns.kept_table(feed, TRANSLATIONS)? else { continue };
            let (mut by_id, mut by_name) = (HashMap::new(), HashMap::<_, Vec<StopId>>::new());
            for stop in columns.stops().filter(|&stop| columns.feed_of_stop(stop) == feed) {
                by_id.insert(columns.text(columns.stop_id[stop.index()]), stop);
                by_name.entry(columns.text(columns.stop_name[stop.index()])).or_default().push(stop);
            }
            for row in &table.rows {
                let value = |column| table.value(row, column);
                if (value("table_name"), value("field_name")) != ("stops", "stop_name") {
                    continue;
                }
                let stops = match (value("record_id"), value("field_value")) {
                    ("", name) => by_name.get(name).map_or(&[][..], Vec::as_slice),
                    (id, _) => by_id.get(id).map_or(&[][..], std::slice::from_ref),
                };
                for &stop in stops {
                    let name = (value("language").to_owned(), value("translation").to_owned());
                    names.0.entry(stop).or_default().push(name);
                }
            }
        }
        Ok(names)
    }

    /// All names of a stop, each with its language (BCP 47), in the order of the file.
    pub fn of(&self, stop: StopId) -> impl Iterator<Item = (&str, &str)> {
        self.0.get(&stop).into_iter().flatten().map(|(language, name)| (language.as_str(), name.as_str()))
    }

    /// The name of a stop in a language; case does not matter (`zh-Hans`, `zh-hans`).
    pub fn in_language(&self, stop: StopId, language: &str) -> Option<&str> {
        self.of(stop).find(|(other, _)| other.eq_ignore_ascii_case(language)).map(|(_, name)| name)
    }
}
