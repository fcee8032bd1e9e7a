//! The compiled timetable and the router against the oracle: random queries over random networks, forward, backward and
//! as a profile, must have equal Pareto sets, and the legs of every journey must hold.
//!
//! A failure prints the seed, the network as text and the query, both as short as still fails.

mod compiled;
mod legs;
mod one_to_all;
mod shorten;

use compiled::{Case, RADIUS_M};
use fastrand::Rng;
use std::ops::Range;
use tumen_oracle::generate::{self, Question};
use tumen_oracle::{ChangeTime, Filters};
use tumen_routing::{Settings, Walk};

const HOUR: i64 = 3600;

/// Questions put to each network.
const QUESTIONS: u64 = 40;

/// Which questions are asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// transfers.txt and nothing else.
    Strict,
    /// The same with a default change time.
    ChangeTime,
    /// Generated walks and a default change time as well.
    Ordinary,
    /// As strict, with hops closed in every question.
    Closed,
    /// Without conditions and within a day, over stored changes, in all of these ways.
    Stored,
}

/// Asks about the networks of some seeds and answers how many questions were asked.
fn compare(seeds: Range<u64>, mode: Mode) -> u64 {
    let mut asked = 0;
    for seed in seeds {
        let network = generate::network(seed);
        let mut random = Rng::with_seed(seed);
        let stored = (mode == Mode::Stored).then(|| stored_settings(&mut random));
        let case = Case::new(network, stored);
        for _ in 0..QUESTIONS {
            let mut question = generate::question(&mut random, case.network());
            let change_time = [0, 120, 600][random.usize(..3)];
            (question.query.change_time, question.query.footpaths) = match mode {
                // Stored changes choose their own way below.
                Mode::Strict | Mode::Closed | Mode::Stored => (ChangeTime::Strict(0), Vec::new()),
                Mode::ChangeTime => (ChangeTime::Strict(change_time), Vec::new()),
                Mode::Ordinary => (ChangeTime::Ordinary(change_time), case.footpaths(change_time)),
            };
            if mode == Mode::Closed {
                generate::close_hops(&mut random, case.network(), &mut question.query);
            }
            if let Some(stored) = stored {
                simplify(&mut question, &case, stored, &mut random);
            }
            if case.difference(&question).is_some() {
                let (case, question, difference) = shorten::shorten(case, question);
                panic!("seed {seed}: {difference}\n{}\n{}\n", case.network().text, question.describe(case.network()));
            }
            asked += 1;
        }
    }
    asked
}

/// Settings for which changes are to be stored.
fn stored_settings(random: &mut Rng) -> Settings {
    match random.u8(..3) {
        0 => Settings::STRICT,
        1 => Settings { walk: Walk::None, change_time: 120 },
        _ => Settings { walk: Walk::Metres(RADIUS_M), change_time: 120 },
    }
}

/// Makes a question one that stored changes answer.
fn simplify(question: &mut Question, case: &Case, stored: Settings, random: &mut Rng) {
    let seconds = i64::from(stored.change_time);
    let query = &mut question.query;
    (query.change_time, query.footpaths) = match stored.walk {
        Walk::None => (ChangeTime::Strict(seconds), Vec::new()),
        Walk::Metres(_) => (ChangeTime::Ordinary(seconds), case.footpaths(seconds)),
    };
    (query.max_wait, query.filters) = (None, Filters::default());
    (query.least_change_s, query.extra_change_s) = (0, 0);
    query.horizon_s = [HOUR, 6 * HOUR, 24 * HOUR][random.usize(..3)];
    question.window_s = question.window_s.min(24 * HOUR);
}

#[test]
fn strict_answers_equal_the_oracle() {
    assert!(compare(0..1250, Mode::Strict) >= 50_000);
}

#[test]
fn more_strict_answers_equal_the_oracle() {
    assert!(compare(1250..2500, Mode::Strict) >= 50_000);
}

#[test]
fn ordinary_answers_equal_the_oracle() {
    assert!(compare(2500..3000, Mode::Ordinary) >= 20_000);
}

#[test]
fn strict_answers_with_a_default_change_time_equal_the_oracle() {
    assert!(compare(3000..3500, Mode::ChangeTime) >= 20_000);
}

#[test]
fn answers_over_stored_changes_equal_the_oracle() {
    assert!(compare(3500..4500, Mode::Stored) >= 40_000);
}

/// Departures, arrivals and profiles of travellers to whom borders are closed on some days.
#[test]
fn answers_with_closed_borders_equal_the_oracle() {
    assert!(compare(4500..5000, Mode::Closed) >= 20_000);
}

/// As many as one likes: `TUMEN_SEEDS=10000..20000 cargo test -p tumen-oracle --test comparison -- --ignored`.
#[test]
#[ignore = "takes as long as one asks: set TUMEN_SEEDS"]
fn answers_for_the_seeds_asked_for_equal_the_oracle() {
    let seeds = std::env::var("TUMEN_SEEDS").expect("TUMEN_SEEDS=FIRST..END");
    let (first, end) = seeds.split_once("..").expect("FIRST..END");
    let [first, end] = [first, end].map(|seed| seed.parse().expect("a number"));
    for mode in [Mode::Strict, Mode::ChangeTime, Mode::Ordinary, Mode::Closed, Mode::Stored] {
        assert!(compare(first..end, mode) > 0);
    }
}
