//! A timetable drawn as text with files of its own, and its borders in words.

use tumen_base::{Date, StopId};
use tumen_border::{BorderFiles, Borders, Crossing, PostMode};
use tumen_feed::{Feed, Table};
use tumen_oracle::text;
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_timetable::{Columns, Rows, Timetable};

/// A timetable with its borders.
pub struct World {
    pub timetable: Timetable,
    pub borders: Borders,
}

impl World {
    /// Compiles a text timetable of one feed; `change` adds what the text cannot say.
    pub fn new(text: &str, change: impl FnOnce(&mut Feed)) -> Self {
        let mut feeds = text::feeds(text);
        change(&mut feeds[0]);
        let (data, _) = compile(&feeds, &CompileOptions::on(Date::parse(b"20260101").expect("a date")), &mut |_| ())
            .expect("a timetable");
        let timetable = Timetable::from_data(data).expect("valid columns");
        let rows = |file| Rows::read(&timetable.columns(), file).expect("rows");
        let borders = Borders::of(
            &timetable,
            BorderFiles {
                posts: &rows("border_posts.txt"),
                sections: &rows("sections.txt"),
                carriages: &rows("through_carriages.txt"),
                carriage_types: &rows("carriage_types.txt"),
            },
        );
        Self { timetable, borders }
    }

    pub fn stop(&self, id: &str) -> StopId {
        self.timetable.stops_with_id(None, id)[0]
    }

    /// The country of a stop as codes.
    pub fn country(&self, id: &str) -> String {
        self.borders.countries.of_stop(self.stop(id)).to_string()
    }

    /// The crossings of calls at some stops, each as `RU>KP KHASAN-TUMANGANG at khasan`.
    pub fn crossings(&self, stops: &str) -> Vec<String> {
        let stops: Vec<StopId> = stops.split(' ').map(|id| self.stop(id)).collect();
        let columns = self.timetable.columns();
        let found = self.borders.crossings(&columns, stops.len(), |call| stops[call], Some(PostMode::Rail));
        found.iter().map(|crossing| self.words(&columns, crossing, &|call| stops[call])).collect()
    }

    pub fn words(&self, columns: &Columns<'_>, crossing: &Crossing<'_>, stop: &dyn Fn(usize) -> StopId) -> String {
        let id = |call: usize| columns.text(columns.stop_id[stop(call).index()]);
        let post = crossing.passage.map_or(String::new(), |passage| {
            let direction = if passage.forward { "" } else { " backwards" };
            format!(" at {}{direction}", self.borders.post(passage.post).id)
        });
        format!("{}>{} {}-{}{post}", crossing.from, crossing.to, id(crossing.before), id(crossing.after))
    }
}

/// Adds a file of the extension.
pub fn with_file(feed: &mut Feed, name: &str, text: &str) {
    feed.extension.insert(name.to_owned(), Table::parse(text.as_bytes()));
}
