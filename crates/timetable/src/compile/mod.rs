//! Feeds become a timetable: patterns, nodes, links, ways (ARCHITECTURE.md, "Ideas on which exactness rests").

mod blocks;
mod carriages;
mod drafts;
mod emit;
mod error;
mod intern;
mod kept;
mod links;
mod options;
mod patterns;
mod report;
mod rules;
mod services;
mod span;
mod tables;
mod zones;

pub use error::CompileError;
pub(crate) use kept::TRANSLATIONS;
pub use options::{CompileOptions, SourceStamp, WalkOptions};
pub use report::{CompileReport, Counts, Cut, CutReason, Remark, Step};

use crate::TimetableData;
use crate::walks::walks_within;
use carriages::Ways;
use drafts::{CallSource, Drafts, Origin};
use emit::Material;
use intern::{DaySets, Strings};
use patterns::Patterns;
use rules::{Nodes, RuleBook, Stations};
use span::Span;
use tables::Bases;
use tumen_base::SECONDS_PER_DAY;
use tumen_feed::Feed;
use zones::Zones;

/// How many levels of parents are followed. GTFS has three: boarding area, platform, station.
const MAX_PARENTS: usize = 64;

/// Compiles feeds together; `progress` hears of each step as it begins.
///
/// # Errors
/// When there is nothing to compile, a feed's zone is unknown, or a limit is exceeded; see [`CompileError`].
pub fn compile(
    feeds: &[Feed],
    options: &CompileOptions,
    progress: &mut dyn FnMut(Step),
) -> Result<(TimetableData, CompileReport), CompileError> {
    if feeds.is_empty() {
        return Err(CompileError::NoFeeds);
    }
    let mut report = CompileReport::default();
    let mut data = TimetableData::default();
    let mut strings = Strings::new();
    let bases = Bases::of(feeds);

    progress(Step::Tables);
    let span = Span::choose(feeds, options, &mut report.cuts)?;
    let zones = Zones::find(feeds, &span, &mut report.remarks)?;
    let mut sets = DaySets::new(span.days);
    tables::fill(&mut data, &mut strings, feeds, &zones, &options.sources);
    services::fill(&mut data, &mut strings, &mut sets, feeds, &span);
    let mut drafts = Drafts::of_feeds(feeds, &bases, &data, &mut strings)?;
    report.counts.idle_trips = drafts.idle;

    progress(Step::Carriages);
    let around = carriages::Surroundings { feeds, bases: &bases, span: &span, zones: &zones, data: &data };
    let ways = Ways::find(&around, &mut sets, &mut report.remarks);
    drafts.sources.push(CallSource::new(&ways.calls, &ways.details, None, &mut strings));
    ways.push_drafts(&around, &mut drafts);

    progress(Step::Patterns);
    let around = rules::Surroundings { feeds, bases: &bases, drafts: &drafts, ways: &ways };
    let stations = Stations::of(&data);
    let mut book = RuleBook::read(feeds, &bases);
    let guarantees = rules::take_out_guarantees(&mut book, &stations, &around);
    let nodes = Nodes::divide(&book, &stations, &around);
    let patterns = Patterns::divide(&drafts, &nodes, &zones);
    let number = patterns.numbers();
    let material = Material { feeds, bases: &bases, drafts: &drafts, patterns: &patterns, nodes: &nodes, ways: &ways };
    emit::trips(&mut data, &mut strings, &material);
    emit::patterns(&mut data, &mut sets, &material);
    emit::nodes(&mut data, &nodes);
    ways.fill(&mut data, &mut strings, &drafts, &number);

    progress(Step::Transfers);
    rules::fill_edges(&mut data, &book, &nodes, &around)?;
    rules::fill_guarantees(&mut data, &guarantees, &around, &number)?;
    rules::fill_rows(&mut data, &around, &number);
    let around = links::Surroundings { feeds, bases: &bases, zones: &zones, drafts: &drafts };
    links::fill(&mut data, &mut sets, &around, &number)?;

    progress(Step::Walks);
    fill_walks(&mut data, &options.walk)?;

    progress(Step::Kept);
    kept::fill(&mut data, &mut strings, feeds);

    strings.check()?;
    data.string_offset = strings.offsets;
    data.string_bytes = strings.bytes;
    let epoch = i64::from(span.first.0) * i64::from(SECONDS_PER_DAY);
    data.span = vec![epoch, i64::from(span.first.0), span.days as i64, sets.width as i64];
    count(&mut report, &data, &sets, &drafts);
    report.span = Some((span.first, span.last()));
    data.day_set_words = sets.words;
    Ok((data, report))
}

fn count(report: &mut CompileReport, data: &TimetableData, sets: &DaySets, drafts: &Drafts) {
    let counts = &mut report.counts;
    counts.stops = data.stop_id.len();
    counts.trips = data.trip_id.len();
    counts.calls = data.time_departure.len();
    counts.runs = data.trip_days.iter().map(|&days| sets.days(days).count() as u64).sum();
    counts.days = data.span[2] as usize;
    counts.patterns = data.pattern_route.len();
    counts.frequency_trips = drafts.all.iter().filter(|draft| matches!(draft.origin, Origin::Departure { .. })).count();
    counts.links = data.link_to.len();
    counts.carriages = data.carriage_id.len();
    counts.ways = data.way_trip.len();
    counts.holes = data.carriage_holes.iter().map(|&days| sets.days(days).count()).sum();
    counts.special_nodes = data.alight_stop.len() + data.board_stop.len() - 2 * counts.stops;
    counts.rule_edges = data.rule_board.len();
    counts.guarantees = data.guarantee_from.len();
    counts.walks = data.walk_stop.len();
}

/// Fills the columns of generated walks and the settings they were made with.
fn fill_walks(data: &mut TimetableData, options: &WalkOptions) -> Result<(), CompileError> {
    data.settings = vec![
        i64::from(options.radius_m),
        i64::from(options.speed_mm_s),
        i64::from(options.detour_permille),
        i64::from(options.change_time_s),
    ];
    let walks = walks_within(&data.columns(), options.radius_m)?;
    (data.walk_offset, data.walk_stop, data.walk_metres) = (walks.offset, walks.stop, walks.metres);
    Ok(())
}
