//! One train, one trip: what people see of joined trains and of carriages that were published as trips.

mod common;

use common::{Compiled, shared_feed, tumen};

fn amtrak() -> Option<Compiled> {
    Some(Compiled::of_feed(&shared_feed("us-amtrak-2024.zip")?))
}

fn maple_leaf() -> Option<Compiled> {
    let feeds = [("us", shared_feed("us-amtrak-2024.zip")?), ("ca", shared_feed("ca-viarail-2024.zip")?)];
    Some(Compiled::of_feeds(&feeds.map(|(name, path)| format!("{name}={}", path.display()))))
}

/// Lines of a text that contain a word.
#[track_caller]
fn line<'t>(text: &'t str, word: &str) -> &'t str {
    text.lines().find(|line| line.contains(word)).unwrap_or_else(|| panic!("no `{word}` in\n{text}"))
}

#[test]
fn the_maple_leaf_is_one_ride() {
    let Some(both) = maple_leaf() else { return };
    for to in ["St. Catharines", "ca:TRTO", "us:TWO"] {
        let said = both.ask(&["plan", "ca:NEWY", to, "--depart", "2024-10-08", "--max-transfers", "0"]);
        assert!(said.out.contains("no change") && said.out.contains("Train AMK63/98"), "{}", said.all());
        assert!(line(&said.out, "  Border CA/US  ").contains("16:52  16:55"), "{}", said.all());
        let border = "United States → Canada at Border CA/US 16:52, a stop that only stands for the border";
        assert!(said.out.contains(border), "{}", said.all());
    }
    let trip = both.ask(&["trip", "ca:1748", "--date", "2024-10-08"]);
    assert!(line(&trip.out, "ca:1200 of").ends_with("New York → Border CA/US"), "{}", trip.all());
    assert!(trip.out.contains("  ca:1748 of Tue 8 Oct 2024: Niagara Falls → Toronto"), "{}", trip.all());
}

#[test]
fn a_train_in_two_feeds_is_one_trip_with_the_sources_of_its_calls() {
    let Some(both) = maple_leaf() else { return };
    for id in ["us:632876247", "ca:1200"] {
        let trip = both.ask(&["trip", id, "--date", "2024-01-02"]);
        assert!(trip.out.contains("Train 63 (Maple Leaf), Amtrak"), "{}", trip.all());
        assert!(trip.out.contains("Toronto Union Station") && !trip.out.contains("St. Catharines"), "{}", trip.all());
        assert!(trip.out.contains("  us:632876247 of Tue 2 Jan 2024: Ny Moynihan"), "{}", trip.all());
        assert!(trip.out.contains("  ca:1200 of Tue 2 Jan 2024: Ny Moynihan"), "{}", trip.all());
    }
    let json = both.ask(&["trip", "us:632876247", "--date", "2024-01-02", "--json"]).json();
    let from = json["tumen"]["joinedFrom"].as_array().expect("sources");
    assert_eq!(from.iter().filter(|source| source["feed"] == "ca" && source["tripId"] == "1200").count(), 1);
    // VIA alone, between the end of Amtrak's feed and the beginning of its Canadian half.
    let alone = both.ask(&["trip", "ca:1200", "--date", "2024-06-01"]);
    assert!(alone.out.contains("Train AMK63") && !alone.out.contains("Joined from"), "{}", alone.all());
}

#[test]
fn a_border_is_no_place_to_search() {
    let Some(both) = maple_leaf() else { return };
    let said = both.ask(&["plan", "Border CA/US", "Toronto", "--depart", "2024-10-08"]);
    assert_eq!((said.code, said.err.contains("no place or stop is called")), (2, true), "{}", said.all());
}

#[test]
fn a_board_shows_a_train_with_its_carriages_as_one_departure() {
    let Some(amtrak) = amtrak() else { return };
    let said = amtrak.ask(&["board", "Chicago Union Station", "--at", "2024-01-05T13:40", "--count", "20"]);
    let departures: Vec<&str> = said.out.lines().filter(|line| line.contains("13:45")).collect();
    assert_eq!(departures.len(), 1, "{}", said.all());
    assert!(departures[0].contains("train 21") && departures[0].contains("with Texas Eagle 421 to Los Angeles"));
    assert!(line(&said.out, "train 7 ").contains("with Empire Builder 27 to Portland"), "{}", said.all());
}

#[test]
fn passengers_are_told_train_or_carriage() {
    let Some(amtrak) = amtrak() else { return };
    let plan =
        |from: &str, to: &str| amtrak.ask(&["plan", from, to, "--depart", "2024-01-05T12:00", "--max-transfers", "0"]);
    let along = plan("CHI", "AUS");
    assert!(along.out.contains("Train 21 (Texas Eagle), Amtrak") && !along.out.contains("421"), "{}", along.all());
    let coach = plan("AUS", "LAX");
    assert!(coach.out.contains("Through carriage Texas Eagle 421 to Los Angeles"), "{}", coach.all());
    assert!(coach.out.contains("stands 4 h 50 min in San Antonio Amtrak Station"), "{}", coach.all());
    let section = plan("CHI", "PDX");
    assert!(section.out.contains("Through carriage Empire Builder 27 to Portland, carriage 27"), "{}", section.all());
    assert!(section.out.contains("1. train 7 (Empire Builder), Amtrak: Chicago Union Station"), "{}", section.all());
}

#[test]
fn a_carriage_names_its_hosts_and_runs_by_itself_on_other_days() {
    let Some(amtrak) = amtrak() else { return };
    let carried = amtrak.ask(&["trip", "4212876231", "--date", "2024-01-05"]);
    assert!(
        carried.out.contains("1. train 21 (Texas Eagle), Amtrak: Chicago Union Station Fri 5 Jan 13:45"),
        "{}",
        carried.all()
    );
    assert!(carried.out.contains("2. train 1 (Sunset Limited), Amtrak: San Antonio Amtrak Station Sun 7 Jan 02:45"));
    // Train 1 ends with its feed on 2024-05-05.
    let alone = amtrak.ask(&["trip", "4212876231", "--date", "2024-06-04"]);
    assert!(
        alone.out.contains("Train 421 (Texas Eagle)") && !alone.out.contains("Through carriage"),
        "{}",
        alone.all()
    );
}

#[test]
fn an_import_says_what_it_joined_and_can_be_told_not_to() {
    let Some(feed) = shared_feed("us-amtrak-2024.zip") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("x.tumen").display().to_string();
    let feed = feed.display().to_string();
    let said = tumen(&["import", &feed, "-o", &target]);
    assert!(said.out.contains("Joined: 41 through carriages published as trips."), "{}", said.all());
    let json = tumen(&["import", &feed, "-o", &target, "--json"]).json();
    assert_eq!((&json["stitched"]["throughCarriages"], &json["timetable"]["carriages"]), (&41.into(), &41.into()));
    let json = tumen(&["import", &feed, "-o", &target, "--json", "--no-stitch"]).json();
    assert!(json["stitched"].is_null());
    assert_eq!(json["timetable"]["carriages"], 0);
}

/// A feed of a joined timetable can be written as a feed of its own: what it borrowed is its own then.
#[test]
fn a_feed_of_a_joined_timetable_stands_alone() {
    let Some(both) = maple_leaf() else { return };
    let zip = both.beside("us.zip");
    let said = tumen(&["export", &both.path.display().to_string(), "--feed", "us", "-o", &zip.display().to_string()]);
    assert_eq!(said.code, 0, "{}", said.all());
    let alone = Compiled::of_feed(&zip);
    let said = alone.ask(&["plan", "NYP", "NFS", "--depart", "2024-01-02", "--max-transfers", "0"]);
    assert!(said.out.contains("Train 63 (Maple Leaf), Amtrak"), "{}", said.all());
    let again = tumen(&["import", &zip.display().to_string(), "-o", &both.beside("again.tumen").display().to_string()]);
    assert!(!again.out.contains("carriage_twice"), "what is a carriage already stays one: {}", again.all());
}
