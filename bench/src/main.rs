//! Measures Tumen as its users meet it: the release binary on real timetables.

mod builds;
mod child;
mod clock;
mod compare;
mod data;
mod feeds;
mod instructions;
mod pairs;
mod peers;
mod raptor;
mod report;
mod scaling;
mod serving;
mod speed;
mod spread;
mod verify;
mod work;

use clap::{Parser, Subcommand};

/// Measures the release binary on the feeds of ../shared/feeds and on the corridor.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    bench: Bench,
}

#[derive(Subcommand)]
enum Bench {
    /// Import, opening, memory and queries on six timetables: writes bench/RESULTS.md
    Speed {
        /// Only these timetables: prints the tables and writes nothing
        #[arg(long, value_delimiter = ',')]
        feeds: Vec<String>,
    },
    /// Import of every feed: writes docs/data.md
    Data,
    /// Instructions executed under valgrind, compared with bench/limits.toml
    Instructions {
        /// Store what is counted as the new limits
        #[arg(long)]
        store: bool,
    },
    /// All pairs of us-amtrak-2024 before and after: writes bench/RESULTS.md
    Compare,
    /// The same queries through other routers, installed from the registries: writes bench/RESULTS.md
    Peers {
        /// Only these timetables: prints the tables and writes nothing
        #[arg(long, value_delimiter = ',')]
        feeds: Vec<String>,
    },
    /// Time and memory against the size of a network
    Scaling(scaling::Options),
    /// `tumen serve` under load on two timetables: writes bench/RESULTS.md
    Server,
    /// Every fast path against plain RAPTOR: prints differences and fails where there are any
    Verify(verify::Options),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().bench {
        Bench::Speed { feeds } => speed::run(&feeds),
        Bench::Data => data::run(),
        Bench::Instructions { store } => instructions::run(store),
        Bench::Compare => compare::run(),
        Bench::Peers { feeds } => peers::run(&feeds),
        Bench::Scaling(options) => scaling::run(&options),
        Bench::Server => serving::run(),
        Bench::Verify(options) => verify::run(&options),
    }
}
