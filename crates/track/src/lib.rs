//! The railway itself: sections of track and the lines they make, read from sections.txt and lines.txt, and what follows from
//! them together with a timetable.
//!
//! Unknown stays unknown: a figure that no source gives is `None`, and nothing here fills it in.

#[macro_use(line, part)]
extern crate tumen_base;

mod asked;
pub mod check;
mod complaint;
pub mod cover;
pub mod diagram;
mod figures;
pub mod json;
mod lines;
mod meeting;
mod network;
mod profile;
mod quickest;
pub mod running;
mod sections;
mod slots;
pub mod text;
mod timing;
mod way;
pub mod words;

pub use asked::{Asked, Subject, track_of};
pub use complaint::{Complaint, TrackError};
pub use figures::{Speed, SpeedKind, Tracks};
pub use lines::{Line, Track};
pub use network::{Network, Step};
pub use profile::{Area, CheckSum, Profile, SLOWEST, Total};
pub use sections::{Role, Section};
pub use timing::{Basis, Scheduled, Stretch, length, stretches};
pub use way::Way;
