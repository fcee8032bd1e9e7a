//! Reads feeds and prints what is in them, how long it took, and every complaint:
//! `cargo run --release -p tumen-feed --example read -- [NAME=]PATH...`

use std::time::Instant;
use tumen_feed::{FeedSource, ReadOptions, read_feeds};

fn main() {
    let sources: Vec<FeedSource> = std::env::args().skip(1).map(|text| FeedSource::parse(&text)).collect();
    let started = Instant::now();
    let (feeds, report) = match read_feeds(&sources, &ReadOptions::default()) {
        Ok(read) => read,
        Err(refused) => {
            print!("{}", refused.report);
            println!("{refused}");
            return;
        }
    };
    let elapsed = started.elapsed();
    print!("{report}");
    for feed in &feeds {
        println!(
            "{} [{}]: {} stops, {} routes, {} services, {} trips, {} calls, {} transfers, {} shapes, {} kept files",
            feed.name,
            feed.zone,
            feed.stops.len(),
            feed.routes.len(),
            feed.services.len(),
            feed.trips.len(),
            feed.calls.len(),
            feed.transfers.len(),
            feed.shapes.len(),
            feed.kept.len()
        );
    }
    println!("read in {elapsed:.2?}");
}
