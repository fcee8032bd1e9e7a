//! What changed between two dates, and what a scenario would change: asked of every pair of places, told as JSON, text and HTML
//! (docs/compare.md).

#[macro_use(line, part)]
extern crate tumen_base;

mod comparison;
mod html;
mod json;
mod page;
mod records;
mod report;
pub mod sites;

pub use comparison::{CompareQuestion, Listener, compare};
pub use html::html;
pub use report::{Basis, Report, change_words};
