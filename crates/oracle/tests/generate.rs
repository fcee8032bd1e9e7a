//! Random networks: they repeat with their seed, and hold everything that makes routing hard.

use fastrand::Rng;
use tumen_oracle::{Oracle, generate};

#[test]
fn a_seed_gives_the_same_network_and_the_same_questions() {
    let [left, right] = [7, 7].map(generate::network);
    assert_eq!(left.text, right.text);
    let ask = |network| generate::question(&mut Rng::with_seed(3), network).describe(network).to_string();
    assert_eq!(ask(&left), ask(&right));
    assert_ne!(left.text, generate::network(8).text);
}

#[test]
fn every_construct_occurs() {
    let texts: String = (0..200).map(|seed| generate::network(seed).text).collect();
    let constructs = [
        "feed b zone",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Pyongyang",
        "station ",
        " in ast",
        "daily except",
        "mon-fri dates",
        "block b1",
        "(no pickup)",
        "(no drop-off)",
        "(no pickup, no drop-off)",
        "frequency ",
        "type 0",
        "type 1",
        "type 2",
        "type 3",
        "min 0",
        "from trip",
        "from route",
        "to trip",
        "to route",
        "continue ",
        "break ",
        "carriage k1",
        " stand ",
        " a:t",
    ];
    for construct in constructs {
        assert!(texts.contains(construct), "no network has `{construct}`");
    }
    let alternatives = texts.lines().filter(|line| line.starts_with("carriage") && line.contains('|'));
    assert!(alternatives.count() > 10, "carriages have alternatives");
    let hosts = texts.lines().filter(|line| line.starts_with("carriage") && line.contains(", "));
    assert!(hosts.count() > 10, "carriages have several hosts");
}

#[test]
fn questions_have_answers_and_answers_have_changes() {
    let mut by_trips = [0; 4];
    let mut asked = 0;
    for seed in 0..100 {
        let network = generate::network(seed);
        let oracle = Oracle::new(&network.feeds, network.first, network.last);
        let mut random = Rng::with_seed(seed);
        for _ in 0..20 {
            asked += 1;
            let question = generate::question(&mut random, &network);
            for row in oracle.earliest(&question.query) {
                by_trips[usize::from(row.trips).min(3)] += 1;
            }
        }
    }
    assert!(
        by_trips[1] > asked / 5 && by_trips[2] > asked / 40 && by_trips[3] > asked / 400,
        "{by_trips:?} of {asked}"
    );
}
