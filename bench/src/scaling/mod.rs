//! `tumen-bench scaling`: what a network of several national feeds costs, and what that predicts for larger ones.

mod copies;
mod law;
mod plot;

use crate::builds::{BUILDS, Build};
use crate::feeds;
use crate::pairs::{self, Draw};
use crate::report::{self, Table, grouped};
use crate::spread::milliseconds;
use crate::work::{self, Asked, Work};
use anyhow::Context;
use law::Law;
use plot::Curve;
use std::path::Path;
use std::time::{Duration, Instant};
use tumen_base::{Date, SECONDS_PER_DAY};
use tumen_feed::{FeedSource, Origin, ReadOptions, read_feeds, write_feed};
use tumen_routing::{Network, Settings};
use tumen_timetable::{OpenOptions, Timetable};

/// What to grow.
#[derive(clap::Args)]
pub struct Options {
    /// A feed of ../shared/feeds
    #[arg(long, default_value = "es-renfe-all-2026-04")]
    feed: String,
    /// A day on which it runs
    #[arg(long, default_value = "2026-04-28")]
    date: String,
    /// How many copies are joined, one network after another
    #[arg(long, value_delimiter = ',', default_values_t = [1, 2, 4, 8])]
    copies: Vec<u32>,
    /// Write the figures to bench/RESULTS.md and the plot to bench/scaling.svg
    #[arg(long)]
    record: bool,
}

const QUERIES: usize = 1000;
/// After so much time no further query of a kind is asked.
const BUDGET: Duration = Duration::from_secs(20);
/// The size for which the laws are read: an assumption, see the text of the page.
const EUROPE_STOP_TIMES: f64 = 500e6;
const PLOT: &str = "bench/scaling.svg";

/// What is measured of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Import,
    ImportMemory,
    File,
    Opening,
    Query(Work),
}

impl Measure {
    const ALL: [Self; 7] = [
        Self::Import,
        Self::ImportMemory,
        Self::File,
        Self::Opening,
        Self::Query(Work::Earliest),
        Self::Query(Work::Day),
        Self::Query(Work::OneToAll),
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::ImportMemory => "its peak memory",
            Self::File => "size of the file",
            Self::Opening => "opening",
            Self::Query(work) => work.name(),
        }
    }

    /// A value (seconds or bytes) for people.
    fn show(self, value: f64) -> String {
        match self {
            Self::Import if value < 100.0 => format!("{value:.1} s"),
            Self::Import => format!("{:.0} min", value / 60.0),
            Self::ImportMemory | Self::File => report::size(value as u64),
            Self::Opening | Self::Query(_) => milliseconds((value * 1e9) as u64),
        }
    }
}

/// A network that was measured.
struct Grown {
    copies: u32,
    stops: usize,
    stop_times: usize,
    /// In the order of [`Measure::ALL`]: seconds or bytes.
    values: Vec<f64>,
    /// Pairs with a journey, of those asked for earliest arrivals.
    answered: f64,
}

/// Measures every size, with every build.
///
/// # Errors
/// When the feed is absent or a run fails.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let source = FeedSource { name: String::new(), origin: Origin::Path(feeds::source(&options.feed)?) };
    let read = ReadOptions { skip_shapes: true, ..ReadOptions::default() };
    let (mut found, _) = read_feeds(&[source], &read)?;
    let feed = found.pop().context("the feed is empty")?;
    let mut networks: Vec<Vec<Grown>> = BUILDS.iter().map(|_| Vec::new()).collect();
    for &copies in &options.copies {
        let folder = feeds::scratch(&format!("scaling-{copies}"))?;
        write_feed(&copies::joined(&feed, copies), &folder)?;
        for (build, networks) in BUILDS.iter().zip(&mut networks) {
            eprintln!("{copies} copies, {}", build.name);
            networks.push(measure(options, build, &folder, copies)?);
        }
        std::fs::remove_dir_all(&folder)?;
    }
    let page = page(options, &networks);
    if !options.record {
        println!("{page}");
        return Ok(());
    }
    let curves = BUILDS.iter().zip(&networks).flat_map(|(build, networks)| curves(build, networks));
    let title = format!("Joined copies of {}: cost against one copy", options.feed);
    let svg = plot::svg(&title, "copies", &curves.collect::<Vec<_>>());
    std::fs::write(feeds::root().join(PLOT), svg).context(PLOT)?;
    report::publish_section("bench/RESULTS.md", "scaling", &page)
}

fn measure(options: &Options, build: &Build, folder: &Path, copies: u32) -> anyhow::Result<Grown> {
    let path = build.path("scaling")?;
    let import = build.import(folder, &path)?;
    let began = Instant::now();
    let timetable = Timetable::open(&path, OpenOptions::default())?;
    let opening = began.elapsed();
    let columns = timetable.columns();
    let network = Network::new(columns, Settings::STRICT)?;
    let date = Date::parse_typed(&options.date)?;
    let drawn = pairs::draw(&columns, Draw { date, days: 1, count: QUERIES, seed: pairs::SEED })?;
    let asked = Asked { pairs: &drawn, date, horizon: SECONDS_PER_DAY, budget: BUDGET };
    let (mut values, mut answered) = (Vec::new(), 0.0);
    for measure in Measure::ALL {
        values.push(match measure {
            Measure::Import => import.processor.as_secs_f64(),
            Measure::ImportMemory => (import.peak_kib << 10) as f64,
            Measure::File => std::fs::metadata(&path)?.len() as f64,
            Measure::Opening => opening.as_secs_f64(),
            Measure::Query(work) => {
                let measured = work::measure(&network, work, asked)?;
                if work == Work::Earliest {
                    answered = measured.answered as f64 / measured.queries as f64;
                }
                measured.spread.median as f64 / 1e9
            }
        });
    }
    let stop_times = |pattern| columns.trips_of(pattern).len() * columns.calls_of(pattern).len();
    Ok(Grown {
        copies,
        stops: columns.stop_id.len(),
        stop_times: columns.patterns().map(stop_times).sum(),
        values,
        answered,
    })
}

/// Every measure against the smallest network.
fn curves(build: &Build, networks: &[Grown]) -> Vec<Curve> {
    let name = |measure: Measure| {
        if BUILDS.len() > 1 { format!("{}, {}", measure.name(), build.name) } else { measure.name().into() }
    };
    let curve = |(index, measure): (usize, Measure)| {
        let first = networks.first()?;
        let point = |network: &Grown| {
            (f64::from(network.copies) / f64::from(first.copies), network.values[index] / first.values[index])
        };
        Some(Curve { name: name(measure), points: networks.iter().map(point).collect() })
    };
    Measure::ALL.into_iter().enumerate().filter_map(curve).collect()
}

fn page(options: &Options, networks: &[Vec<Grown>]) -> String {
    let sizes: Vec<String> =
        networks.first().into_iter().flatten().map(|network| format!("{} ×", network.copies)).collect();
    let mut columns = vec!["measure", "file"];
    columns.extend(sizes.iter().map(String::as_str));
    let europe = format!("{} million", grouped((EUROPE_STOP_TIMES / 1e6) as u64));
    columns.extend(["exponent", &europe]);
    let mut table = Table::new(&columns);
    for (build, networks) in BUILDS.iter().zip(networks) {
        let mut row = |name: &str, cells: Vec<String>, law: [String; 2]| {
            table.row(&[vec![name.to_owned(), build.name.to_owned()], cells, law.to_vec()].concat());
        };
        let plain = || [String::new(), String::new()];
        row("stops", networks.iter().map(|network| grouped(network.stops as u64)).collect(), plain());
        row("stop times", networks.iter().map(|network| grouped(network.stop_times as u64)).collect(), plain());
        row(
            "pairs with a journey",
            networks.iter().map(|network| format!("{:.0} %", 100.0 * network.answered)).collect(),
            plain(),
        );
        for (index, measure) in Measure::ALL.into_iter().enumerate() {
            let cells = networks.iter().map(|network| measure.show(network.values[index])).collect();
            let points: Vec<(f64, f64)> =
                networks.iter().map(|network| (network.stop_times as f64, network.values[index])).collect();
            let law = Law::fit(&points)
                .map_or_else(plain, |law| [format!("{:.2}", law.exponent), measure.show(law.at(EUROPE_STOP_TIMES))]);
            row(measure.name(), cells, law);
        }
    }
    format!(
        "## Scaling\n\n\
         By `make bench-scaling` on {}; {}; commit {}.\n\n\
         Copies of {}, side by side in one feed; neighbours are linked at the ten stops where most runs call, 10 minutes on\n\
         foot. Processor time of the import and, as a median, of queries between random stops of the whole network (`--walk\n\
         none`, horizon 24 h, {}; up to {} of each kind, as many as fit into {} s); wall time of opening.\n\n\
         ![cost against one copy](scaling.svg)\n\n\
         The dashed line is growth in proportion.\n\n{}\n\
         The law is `c · stop times ^ exponent`, by least squares between the logarithms. The last column reads it for all of\n\
         Europe, *assumed* to have {} million stop times: no count was found or made, so read it as an order of magnitude, and\n\
         for another size multiply by the ratio to the power of the exponent.\n",
        report::today(),
        report::machine(),
        report::commit(),
        options.feed,
        options.date,
        grouped(QUERIES as u64),
        BUDGET.as_secs(),
        table.text(),
        grouped((EUROPE_STOP_TIMES / 1e6) as u64),
    )
}
