//! The night trains of a German and a European feed, judged by hand: precision and recall.
//!
//! The European feed says 9 min 21 s less than the German one wherever the two can be compared. Judged are pairs of trips on the days
//! 2023-12-10 to 2024-01-02 that both cover. Left out, because the feeds do not tell: the Stuttgart portions (1828897 with EN 40237,
//! 60237, 50462 and NJ 237), the Budapest portions (568640 with EN 40462 and 50237, 1354850 with 50462), and the German part of EN 40458, whose
//! European times are broken beyond Riesa.

use crate::shared::shared_feeds;
use std::collections::BTreeSet;
use tumen_stitch::{JoinKind, Role, StitchOptions, stitch};

/// The same train.
const SAME: [(&str, &[&str]); 14] = [
    (
        "PKP/ÖBB EN 406",
        &[
            "1380929", "377185", "84213", "1884591", "55071", "1159266", "1714523", "167845", "1098016", "572158",
            "809159", "12736",
        ],
    ),
    (
        "PKP/ÖBB EN 407",
        &[
            "738352", "1175087", "1289488", "1298593", "390237", "553673", "718011", "1103479", "1822098", "535485",
            "20229", "972490",
        ],
    ),
    ("HŽPP/ÖBB EN 414", &["1219106"]),
    ("HŽPP/ÖBB EN 480", &["404878"]),
    ("MÁV EN 40457", &["1177777"]),
    ("MÁV/ÖBB EN 40467", &["1354850"]),
    ("ČD EN 40458", &["1236661", "668117"]),
    ("ČD EN 40459", &["717697", "751030", "1003565", "1707066", "1443366", "1334531"]),
    ("ÖBB NJ 402", &["1885840"]),
    ("ÖBB NJ 403", &["1058665", "25025", "1105596", "681653"]),
    ("ÖBB NJ 408", &["1203540", "791241"]),
    ("ÖBB NJ 409", &["43087"]),
    ("ÖBB NJ 471", &["967595"]),
    ("MÁV EN 40476", &["41392"]),
];

/// Two trains: portions that share a part of the way, the train before or behind, and a coach of the same train to another city.
const DIFFERENT: [(&str, &[&str]); 12] = [
    ("ÖBB NJ 408", &["1081218", "1193866", "217020", "1440024", "356426", "825664", "454981"]),
    ("ÖBB NJ 409", &["1003565", "1443366", "717697", "1334531", "1707066", "751030", "1370206"]),
    ("ČD EN 40459", &["43087"]),
    ("ČD EN 476", &["41392"]),
    ("ČD EN 477", &["1177777"]),
    ("ÖBB NJ 457", &["1177777", "1325502", "928052", "943059"]),
    ("PKP IC 407 / EN 442", &["1175087", "1289488", "738352", "412307"]),
    ("MÁV/PKP IC 407 / EN 477", &["1175087", "1289488", "738352", "1177777", "412307"]),
    ("ÖBB NJ 295", &["1288696", "1658976", "273800", "1502625", "332671"]),
    ("ES 453", &["1109538", "23339", "808344"]),
    ("PKP/ÖBB EN 406", &["1412500", "1508483", "1881092", "1020825", "1420298", "782579", "858338"]),
    ("ÖBB NJ 236", &["1600431", "1761757", "721419", "962855"]),
];

fn pairs(table: &[(&'static str, &[&'static str])]) -> BTreeSet<(&'static str, &'static str)> {
    table.iter().flat_map(|(night, trips)| trips.iter().map(|trip| (*night, *trip))).collect()
}

#[test]
fn no_pair_is_wrong_and_nine_in_ten_are_found() {
    let named = [("de", "de-fernverkehr-2023.zip"), ("eu", "eu-nighttrains-2025.zip")];
    let Some(feeds) = shared_feeds(&named) else { return };
    let (_, report) = stitch(feeds, StitchOptions::default());
    let (same, different) = (pairs(&SAME), pairs(&DIFFERENT));
    assert!(same.is_disjoint(&different) && same.len() >= 15 && different.len() >= 15);
    let mut joined: BTreeSet<(&str, &str)> = BTreeSet::new();
    for join in report.joins.iter().filter(|join| join.kind != JoinKind::ThroughCarriage) {
        let of = |feed: &'static str| {
            join.parts.iter().filter(move |part| part.trip.feed == feed && part.role != Role::Host)
        };
        joined.extend(
            of("eu").flat_map(|night| of("de").map(|part| (night.trip.trip.as_str(), part.trip.trip.as_str()))),
        );
    }
    let right = joined.intersection(&same).count();
    let wrong: Vec<_> = joined.difference(&same).collect();
    let missed: Vec<_> = same.difference(&joined).collect();
    let precision = right as f64 / joined.len() as f64;
    let recall = right as f64 / same.len() as f64;
    println!("{} true pairs, {} that must not be joined", same.len(), different.len());
    println!("precision {precision:.3} ({} joined), recall {recall:.3}; missed: {missed:?}", joined.len());
    assert_eq!(wrong, Vec::<&(&str, &str)>::new(), "no wrong join");
    assert!(joined.is_disjoint(&different));
    assert!(recall >= 0.9, "recall {recall:.3}, missed {missed:?}");
    let clock = &report.clock_differences[0];
    assert_eq!((clock.one.as_str(), clock.other.as_str(), clock.seconds), ("de", "eu", -561));
}

/// Portions that fit equally well stay as they were.
#[test]
fn portions_that_cannot_be_told_apart_are_suspects() {
    let named = [("de", "de-fernverkehr-2023.zip"), ("eu", "eu-nighttrains-2025.zip")];
    let Some(feeds) = shared_feeds(&named) else { return };
    let (_, report) = stitch(feeds, StitchOptions::default());
    let suspects: BTreeSet<(&str, &str)> =
        report.suspects.iter().map(|doubt| (doubt.one.trip.as_str(), doubt.other.trip.as_str())).collect();
    for pair in [
        ("1828897", "HŽPP/ÖBB EN 40237"),
        ("1828897", "HŽPP/ÖBB EN 60237"),
        ("568640", "MÁV/ÖBB EN 40462"),
        ("568640", "MÁV/ÖBB EN 50237"),
    ] {
        assert!(suspects.contains(&pair), "{pair:?}");
    }
}
