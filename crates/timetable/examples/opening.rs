//! Opens and checks compiled timetables a hundred times and prints what each took: `opening FILE.tumen...`.

use std::path::Path;
use std::time::{Duration, Instant};
use tumen_timetable::{OpenOptions, TimetableFile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("milliseconds: median (least)   opening          checking   file");
    for path in std::env::args().skip(1) {
        let (mut opening, mut checking) = (Vec::new(), Vec::new());
        for _ in 0..100 {
            let start = Instant::now();
            let file = TimetableFile::open(Path::new(&path), OpenOptions::default())?;
            let opened = Instant::now();
            let _timetable = file.check()?;
            opening.push(opened - start);
            checking.push(opened.elapsed());
        }
        println!("{:>38} {:>17}   {path}", spread(opening), spread(checking));
    }
    Ok(())
}

/// The median and the least of some durations.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort();
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    format!("{:.3} ({:.3})", milliseconds(times[times.len() / 2]), milliseconds(times[0]))
}
