//! Through carriages: stands, hosts that miss each other, how many it takes.

use crate::world::{checked, checked_with, lacking, of_rule};
use tumen_track::check::{Lack, Rule};

const FEED: &str = r#"
    feed zone Europe/Berlin days 2026-03-02..2026-03-29
    stop ALPHA "Alpha" 50.0,10.0
    stop BETA "Beta" 50.0,12.0
    stop GAMMA "Gamma" 50.0,14.0
    stop DELTA "Delta" 52.0,12.0
"#;

#[test]
fn a_stand_too_short_to_shunt_a_coach() {
    let feed = |leaves: &str| {
        format!(
            "{FEED}service car: mon\ntrip one: ALPHA 8:00 | BETA 10:00\ntrip two: BETA {leaves} | GAMMA 15:00\n\
             carriage k service car: one ALPHA..BETA, two BETA..GAMMA stand 0:00..4:00\n"
        )
    };
    let found = checked(&feed("10:03"), &[]);
    let [short] = &of_rule(&found, Rule::Stand)[..] else { panic!("{found:#?}") };
    assert_eq!(short.trips, ["k", "one", "two"]);
    assert_eq!((short.short_by, short.days.count), (120, 4));
    assert_eq!(
        short.why,
        "3 min between one and two at Beta; no coach is shunted from train to train in less than 5 min"
    );
    assert_eq!(checked(&feed("10:04"), &[]).violated(), 0, "four minutes may be five less a second");
    let strict = checked_with(&feed("10:30"), &[], |options| options.shunting = 2400);
    assert_eq!(of_rule(&strict, Rule::Stand)[0].short_by, 600);
}

/// The second train does not run on Fridays.
#[test]
fn hosts_that_miss_each_other() {
    let feed = format!(
        "{FEED}service car: mon,fri\nservice other: mon,tue\ntrip one: ALPHA 8:00 | BETA 10:00\n\
         trip two service other: BETA 11:00 | GAMMA 15:00\n\
         carriage k \"Night coach\" service car: one ALPHA..BETA, two BETA..GAMMA stand 0:10..4:00\n"
    );
    let found = checked(&feed, &[]);
    let [missed] = &of_rule(&found, Rule::Hosts)[..] else { panic!("{found:#?}") };
    assert_eq!((&missed.trips[0][..], missed.days.count), ("k", 4));
    assert_eq!(missed.why, "no train takes it on from Beta in time");
    let tally = &found.tallies[&Rule::Hosts];
    assert_eq!((tally.checked, tally.violated), (8, 4));
}

/// Out on Mondays, there on Tuesday; back on Thursdays, home on Friday: one coach. Another line out on Tuesdays, there on the same
/// Tuesday evening and back on Wednesday: one more. Both together end in Beta, and take two.
#[test]
fn the_carriages_that_a_service_takes() {
    let feed = format!(
        "{FEED}service out: mon\nservice back: thu\nservice north: tue\nservice south: wed\n\
         trip o service out: ALPHA 20:00 | BETA 30:00\ntrip b service back: BETA 20:00 | ALPHA 30:00\n\
         trip n service north: DELTA 8:00 | BETA 18:00\ntrip s service south: BETA 8:00 | DELTA 18:00\n\
         trip w service out: ALPHA 6:00 | GAMMA 12:00\n\
         carriage co service out: o ALPHA..BETA\ncarriage cb service back: b BETA..ALPHA\n\
         carriage cn service north: n DELTA..BETA\ncarriage cs service south: s BETA..DELTA\n\
         carriage cw service out: w ALPHA..GAMMA\n"
    );
    let found = checked(&feed, &[]);
    let fleets: Vec<(String, usize, usize)> =
        found.fleets.iter().map(|fleet| (fleet.carriages.join(" "), fleet.runs, fleet.vehicles)).collect();
    assert_eq!(fleets, [("co cb".to_owned(), 8, 1), ("cn cs".to_owned(), 8, 1), ("co cb cn cs".to_owned(), 16, 2)]);
    assert_eq!(lacking(&found, Rule::Carriages, Lack::Return), 1, "nothing leads back from Gamma");
    // With three days to turn round, each Monday's coach misses that week's Thursday.
    let slow = checked_with(&feed, &[], |options| options.turn = 3 * 86_400);
    assert_eq!(slow.fleets[0].vehicles, 2);
}
