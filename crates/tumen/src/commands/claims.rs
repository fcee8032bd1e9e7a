//! `tumen claims`: what the press says of the corridor, what other sources say, what Tumen uses.

use anyhow::Result;
use tumen_journey::claims;
use tumen_journey::facts::{source_ids, source_line};

use super::Context;
use crate::args::ClaimsArgs;
use crate::exit::Exit;
use crate::terminal;

/// Prints the comparison.
///
/// # Errors
/// When the timetable cannot be used.
pub fn run(context: &Context, args: &ClaimsArgs) -> Result<Exit> {
    let world = crate::opened::world(&args.timetable)?;
    let rows = world.rows("claims.txt");
    let exit = if rows.is_empty() { Exit::Nothing } else { Exit::Found };
    if context.global.json {
        terminal::print_json(&claims::json(&world))?;
        return Ok(exit);
    }
    if rows.is_empty() {
        terminal::print("This timetable has no claims.txt: nothing to compare.")?;
        return Ok(exit);
    }
    let style = context.style;
    let mut text = format!("{}\n", style.bold("What the press says, what other sources say, what Tumen uses"));
    let mut named: Vec<String> = Vec::new();
    for row in rows.iter() {
        let article = row.get("article_source_id");
        line!(text, "\n{}", style.bold(&format!("{} ({article})", row.get("claim"))));
        line!(text, "  other sources  {}", row.get("other_sources_say"));
        line!(text, "  Tumen uses     {}", row.get("tumen_uses"));
        let sources: Vec<&str> = row.list("source_id").collect();
        if !sources.is_empty() {
            line!(text, "  {}", style.dim(&format!("sources        {}", sources.join(", "))));
        }
        named.push(format!("{article};{}", row.get("source_id")));
    }
    if args.sources {
        line!(text, "\n{}", style.bold("Sources"));
        for id in source_ids(named.iter().map(String::as_str)) {
            line!(text, "  {}", source_line(&world, id));
        }
    } else {
        line!(text, "\n{}", style.dim("--sources names them in full."));
    }
    terminal::print(&text)?;
    Ok(exit)
}
