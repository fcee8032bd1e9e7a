//! From what people type to places: names in any script, with typos, half typed, romanised in many ways, or a code.
//!
//! ```
//! use tumen_places::{Entry, Index, Kind, Name, Query};
//!
//! let station = Entry {
//!     id: "KP_PYONGYANG".to_owned(),
//!     kind: Kind::Station,
//!     names: vec![Name::new("en", "Pyongyang"), Name::new("ko", "평양"), Name::new("ru", "Пхеньян")],
//!     codes: vec!["3000250".to_owned()],
//!     importance: 12,
//!     ..Entry::default()
//! };
//! let index = Index::build([station]);
//! for typed in ["Pjöngjang", "pyongyan", "펴", "평ㅇ", "Пхенян", "3000250"] {
//!     let answer = index.search(&Query { text: typed, ..Query::default() });
//!     assert_eq!(index.entry(answer.found[0].entry).id, "KP_PYONGYANG", "{typed}");
//! }
//! ```
//!
//! It knows no timetable, no files and no clock: it is given entries and returns them ranked. `docs/places.md` says how.

mod answer;
mod entry;
mod generic;
mod hangul;
mod index;
mod keyboard;
mod latin;
mod lexicon;
mod quality;
mod reading;
mod search;
mod sound;
mod variant;
mod walk;

pub use answer::{Answer, Found, Member, Score};
pub use entry::{Entry, EntryId, Kind, Name, Position};
pub use index::{CODE_LETTERS_MAX, Index, NAMES_MAX, Summary};
pub use reading::{LETTERS_MAX, WORDS_MAX};
pub use search::{MEMBERS_MAX, Query};
