//! The second table: changes on foot between stops.

use super::{BUDGET, QUERIES, row};
use crate::builds::BUILDS;
use crate::feeds::Feed;
use crate::pairs::{self, Draw};
use crate::report::Table;
use crate::work::{self, Asked, Work};
use tumen_base::{Date, SECONDS_PER_DAY};
use tumen_routing::{Network, Settings, Walk};
use tumen_timetable::{OpenOptions, Timetable};

/// What is asked.
const WORKS: [Work; 4] = [Work::Earliest, Work::Hour, Work::NextFive, Work::OneToAll];

/// How far one walks: the timetable holds walks of so many metres anyway.
const METRES: u32 = 500;

/// Measures the pairs of the first table with walks.
pub(super) fn measure(table: &mut Table, feed: &Feed) -> anyhow::Result<()> {
    let date = Date::parse_typed(feed.date)?;
    let build = &BUILDS[0];
    let timetable = Timetable::open(&build.path(feed.name)?, OpenOptions::default())?;
    let settings = Settings { walk: Walk::Metres(METRES), ..Settings::STRICT };
    let network = Network::new(timetable.columns(), settings)?;
    let how = Draw { date, days: feed.days, count: QUERIES, seed: pairs::SEED };
    let drawn = pairs::draw(&timetable.columns(), how)?;
    let asked = Asked { pairs: &drawn, date, horizon: feed.horizon_days * SECONDS_PER_DAY, budget: BUDGET / 4 };
    for work in WORKS {
        eprintln!("  {}, {} with walks", work.name(), build.name);
        table.row(&row(feed, build.name, work, work::measure(&network, work, asked)?));
    }
    Ok(())
}
