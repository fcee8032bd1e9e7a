//! How long queries take: `cargo run --release -p tumen-places --example speed [entries]` (50,000 unless said).
//!
//! The entries are the places of the corridor, those of the feeds in `../shared/feeds` where they are present, and then copies of all of
//! these in which letters were exchanged for letters of other names at random (seed 1), up to the number asked for.

#[path = "../tests/places/world.rs"]
mod world;

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tumen_places::{Entry, Index, Query};

fn main() {
    let wanted: usize = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(50_000);
    let mut random = fastrand::Rng::with_seed(1);
    let mut entries = world::corridor();
    entries.extend(world::shared().unwrap_or_default());
    entries.truncate(wanted);
    let real = entries.len();
    while entries.len() < wanted {
        let copy = copy(&entries[random.usize(..real)], entries.len(), &entries[random.usize(..real)], &mut random);
        entries.push(copy);
    }
    let queries = queries(&entries, &mut random);
    let begun = processor_time();
    let index = Index::build(entries);
    let summary = index.summary();
    println!("{real} real entries and {} copies: {summary:?}", wanted.saturating_sub(real));
    println!(
        "built in {:.1} s, {:.1} MB",
        processor_time().saturating_sub(begun).as_secs_f64(),
        summary.bytes as f64 / 1e6
    );
    println!("{:28} {:>7} {:>9} {:>9} {:>9}", "queries", "number", "median", "p99", "most");
    let mut all = Vec::new();
    for (kind, texts) in queries {
        let mut times: Vec<Duration> = texts.iter().map(|text| time(&index, text)).collect();
        all.extend_from_slice(&times);
        report(kind, &mut times);
    }
    report("all", &mut all);
}

/// Processor time, which other work on the machine lengthens least; the best of three.
fn time(index: &Index, text: &str) -> Duration {
    let once = || {
        let begun = processor_time();
        std::hint::black_box(index.search(&Query { text, ..Query::default() }));
        processor_time().saturating_sub(begun)
    };
    (0..3).map(|_| once()).min().unwrap_or_default()
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

fn report(kind: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!("{kind:28} {:>7} {:>6.2} ms {:>6.2} ms {:>6.2} ms", times.len(), at(50), at(99), at(100));
}

/// Kinds of queries, made of names taken at random.
fn queries(entries: &[Entry], random: &mut fastrand::Rng) -> Vec<(&'static str, Vec<String>)> {
    let names: Vec<&str> = (0..500).map(|_| pick(&entries[random.usize(..entries.len())], random)).collect();
    let beginnings = |letters: usize| names.iter().map(|name| name.chars().take(letters).collect()).collect();
    let words = names.iter().filter_map(|name| name.split([' ', '-']).max_by_key(|word| word.len()));
    vec![
        ("one letter", beginnings(1)),
        ("two letters", beginnings(2)),
        ("three letters", beginnings(3)),
        ("six letters", beginnings(6)),
        ("a word", words.map(str::to_owned).collect()),
        ("a whole name", beginnings(usize::MAX)),
        ("a name with a typo", names.iter().map(|name| mistype(name, random)).collect()),
        ("another's name behind it", names.windows(2).map(|two| two.join(" ")).collect()),
    ]
}

fn pick<'a>(entry: &'a Entry, random: &mut fastrand::Rng) -> &'a str {
    &entry.names[random.usize(..entry.names.len())].text
}

fn mistype(name: &str, random: &mut fastrand::Rng) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    letters.remove(random.usize(..letters.len()));
    letters.into_iter().collect()
}

/// The entry with one letter in four exchanged for a letter of the other's names, and a digit less in its codes.
fn copy(entry: &Entry, number: usize, other: &Entry, random: &mut fastrand::Rng) -> Entry {
    let mut copy = entry.clone();
    copy.id = format!("copy {number}");
    copy.members.clear();
    copy.importance = random.u32(..=entry.importance);
    for (name, like) in copy.names.iter_mut().zip(other.names.iter().cycle()) {
        let letters: Vec<char> = like.text.chars().filter(|letter| letter.is_alphabetic()).collect();
        let exchange = |letter: char| {
            let exchanged = letter.is_alphabetic() && !letters.is_empty() && random.u8(..4) == 0;
            if exchanged { letters[random.usize(..letters.len())] } else { letter }
        };
        name.text = name.text.chars().map(exchange).collect();
    }
    for code in &mut copy.codes {
        *code = format!("{number}{code}");
    }
    copy
}
