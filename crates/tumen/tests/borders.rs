//! Countries and crossings of journeys, as a traveller reads them.

mod common;

use common::{Compiled, shared_feed};

/// A night train between places in Poland, Belarus and Russia whose calls at the borders have no times, a bus to Simferopol, and a
/// flight.
fn feed() -> Compiled {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [
        (
            "agency.txt",
            "agency_id,agency_name,agency_url,agency_timezone\na,Night Line,https://example.org,Europe/Minsk\n",
        ),
        (
            "stops.txt",
            "stop_id,stop_name,stop_lat,stop_lon,stop_timezone,country\n\
             WARSAW,Warsaw,52.23,21.00,Europe/Warsaw,\n\
             TERESPOL,Terespol,52.08,23.61,Europe/Warsaw,\n\
             BREST,Brest,52.10,23.68,Europe/Minsk,\n\
             MOSCOW,Moscow,55.78,37.58,Europe/Moscow,\n\
             KERCH,Kerch,45.36,36.47,Europe/Moscow,\n\
             KRASNODAR,Krasnodar,45.02,38.99,Europe/Moscow,RU\n\
             NOWHERE,Nowhere,,,Europe/Moscow,\n",
        ),
        ("routes.txt", "route_id,agency_id,route_short_name,route_type\nnight,a,N,2\nbus,a,B,3\nair,a,F,1100\n"),
        (
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nd,1,1,1,1,1,1,1,20261101,20261231\n",
        ),
        ("trips.txt", "trip_id,route_id,service_id\nt,night,d\nb,bus,d\nf,air,d\n"),
        (
            "stop_times.txt",
            "trip_id,stop_sequence,stop_id,arrival_time,departure_time\n\
             t,1,WARSAW,20:00:00,20:00:00\nt,2,TERESPOL,,\nt,3,BREST,,\nt,4,MOSCOW,32:00:00,32:00:00\n\
             b,1,KRASNODAR,08:00:00,08:00:00\nb,2,KERCH,13:00:00,13:00:00\nb,3,NOWHERE,14:00:00,14:00:00\n\
             f,1,WARSAW,09:00:00,09:00:00\nf,2,MOSCOW,13:00:00,13:00:00\n",
        ),
    ] {
        std::fs::write(folder.path().join(name), text).expect("a file");
    }
    Compiled::of_feed(folder.path())
}

#[test]
fn a_time_at_the_border_that_nobody_published_is_not_shown_as_if() {
    let said = feed().ask(&["trip", "t", "--date", "2026-12-01"]);
    let lines: Vec<&str> = said.out.lines().map(str::trim).collect();
    assert!(lines.contains(&"Countries: Poland → Belarus → Russia"), "{}", said.all());
    let expected = "Border Poland → Belarus between Terespol about 22:00 (the feed gives no time there) and Brest about 04:00 (the \
                    feed gives no time there) Wed 2 Dec, clock forward 2 h; where exactly the train crosses, and when, the feed does not say";
    assert!(lines.contains(&expected), "{}", said.all());
}

#[test]
fn disputed_and_unknown_ground_is_named() {
    let timetable = feed();
    let said = timetable.ask(&["trip", "b", "--date", "2026-12-01"]);
    assert!(
        said.out.contains("Countries: Russia → disputed ground (Russia / Ukraine) → country unknown"),
        "{}",
        said.all()
    );
    assert!(said.out.contains("into disputed ground (Russia / Ukraine)"), "{}", said.all());
    let json = timetable.ask(&["trip", "b", "--date", "2026-12-01", "--json"]).json();
    let journey = &json;
    assert_eq!(journey["tumen"]["countries"][1]["codes"], serde_json::json!(["RU", "UA"]));
    assert_eq!(journey["legs"][0]["tumen"]["borders"][0]["toCountry"]["name"], "disputed ground (Russia / Ukraine)");
    assert_eq!(
        journey["legs"][0]["tumen"]["borders"].as_array().map(Vec::len),
        Some(1),
        "nothing is said of the unknown"
    );
}

#[test]
fn countries_are_named_in_the_chosen_language() {
    let timetable = feed();
    let said = timetable.ask(&["trip", "f", "--date", "2026-12-01", "--language", "ru"]);
    assert!(said.out.contains("Countries: Польша → Россия"), "{}", said.all());
    assert!(said.out.contains("Border Польша → Россия in the air: Warsaw 07:00 → Moscow 13:00"), "{}", said.all());
}

#[test]
fn a_train_over_a_border_without_a_known_post() {
    let Some(feed) = shared_feed("us-amtrak-2024.zip") else { return };
    let amtrak = Compiled::of_feed(&feed);
    let said = amtrak.ask(&["plan", "NYP", "MTR", "--depart", "2024-01-02", "--max-transfers", "0"]);
    assert!(said.out.contains("Countries: United States → Canada"), "{}", said.all());
    insta::assert_snapshot!(said.all());
}
