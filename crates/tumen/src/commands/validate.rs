//! `tumen validate`: what is wrong with feeds.

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::args::ValidateArgs;
use crate::border_check;
use crate::exit::Exit;
use crate::reading::{self, Work};
use crate::terminal;

/// Reads feeds and prints the complaints.
///
/// # Errors
/// When a feed is refused.
pub fn run(context: &Context, args: &ValidateArgs) -> Result<Exit> {
    let work = Work::begin();
    let (_, feeds, mut report) = reading::read(&args.feeds, &args.reading, &work)?;
    border_check::of_feeds(&feeds, &mut report)?;
    work.end();
    if context.global.json {
        let feeds: Vec<_> = feeds
            .iter()
            .map(|feed| json!({ "name": feed.name, "stops": feed.stops.len(), "trips": feed.trips.len() }))
            .collect();
        terminal::print_json(
            &json!({ "feeds": feeds, "complaints": reading::json(&report, args.reading.complaints) }),
        )?;
        return Ok(Exit::Found);
    }
    let mut text = String::new();
    for (feed, given) in feeds.iter().zip(&args.feeds) {
        line!(text, "{given}: {} stops, {} trips can be used", feed.stops.len(), feed.trips.len());
    }
    line!(text, "{}", reading::heading(context.style, &report));
    text.push_str(&reading::list(&report, args.reading.complaints));
    terminal::print(&text)?;
    Ok(Exit::Found)
}
