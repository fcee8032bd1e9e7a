//! Compiles feeds and prints what came of it, with the time each step took: `compile NAME=FEED... [-o OUT.tumen]`.

use std::path::PathBuf;
use std::time::Instant;
use tumen_base::Date;
use tumen_feed::{FeedSource, ReadOptions, read_feeds};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut sources = Vec::new();
    let mut out = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "-o" => out = arguments.next().map(PathBuf::from),
            feed => sources.push(FeedSource::parse(feed)),
        }
    }
    let start = Instant::now();
    let (feeds, _) = read_feeds(&sources, &ReadOptions::default())?;
    println!("{:8.3} s reading", start.elapsed().as_secs_f64());

    // A fixed day, so that two runs print the same.
    let options = CompileOptions::on(Date::parse(b"20261122")?);
    let start = Instant::now();
    let (data, report) = compile(&feeds, &options, &mut |step| {
        println!("{:8.3} s until {step}", start.elapsed().as_secs_f64());
    })?;
    println!("{:8.3} s compiling", start.elapsed().as_secs_f64());
    drop(feeds);
    let start = Instant::now();
    let timetable = Timetable::from_data(data)?;
    println!("{:8.3} s validating", start.elapsed().as_secs_f64());
    println!("{:#?}", report.counts);
    for cut in &report.cuts {
        println!("{cut}");
    }
    for remark in &report.remarks {
        println!("{remark}");
    }
    if let Some(out) = out {
        let start = Instant::now();
        let bytes = tumen_timetable::write(&timetable.columns(), &out)?;
        println!("{:8.3} s writing {bytes} bytes", start.elapsed().as_secs_f64());
    }
    Ok(())
}
