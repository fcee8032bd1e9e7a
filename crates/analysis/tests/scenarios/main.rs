//! Scenarios on small timetables, and on random ones against masked queries.

mod masks;
mod world;

use tumen_analysis::{Days, Scenario, ScenarioError, Standing, Subject, Window};
use tumen_base::Date;
use world::World;

/// A border between B and C that train 1 crosses daily; train 2 goes on from C; a bus goes round on Mondays, a boat back.
const BORDER: &str = "
    feed zone Europe/Moscow days 2026-01-01..2026-02-28
    stops A B C D
    trip t1 route R1: A 08:00 | B 10:00-10:30 | C 11:00-11:10 | D 13:00
    trip t2 route R2: C 12:00 | D 14:00
    service weekly: 2026-01-01..2026-02-28 mon
    trip bus route BUS service weekly: A 07:00 | D 31:00
    trip boat route BOAT service weekly: D 06:00 | B 09:00
";

fn date(text: &str) -> Date {
    Date::parse_typed(text).expect("a date")
}

fn without(subject: &str) -> Scenario {
    Scenario::without([Subject::parse(subject).expect("a subject")])
}

#[test]
fn a_closed_post_cuts_trains_where_they_cross() {
    let world = World::of(BORDER);
    let closed = world.rebuilt(&without("post:B–C"));
    assert_eq!(World::rides(&closed, "A", "B", "2026-01-05"), ["08:00 10:00 1"]);
    assert_eq!(World::rides(&closed, "C", "D", "2026-01-05"), ["11:10 13:00 1", "12:00 14:00 1"]);
    assert_eq!(World::rides(&closed, "A", "C", "2026-01-05"), [""; 0]);
    assert_eq!(World::rides(&closed, "A", "D", "2026-01-05"), ["07:00 31:00 1"]);
    assert_eq!(World::trips(&closed), ["boat", "bus", "t1@1-2", "t1@3-4", "t2"]);
}

#[test]
fn a_post_is_closed_on_the_dates_of_its_clock() {
    // The train passes the border an hour after midnight of its second day, 23 o'clock of the first where the traveller stands.
    let world = World::of(
        "feed zone Asia/Yekaterinburg days 2026-01-01..2026-01-31
         stop B zone Europe/Moscow
         stops A C
         trip t1: A 22:00 | B 24:50-25:00 | C 27:00",
    );
    let days = Days::between(Some(date("2026-01-10")), Some(date("2026-01-11")));
    let mut scenario = without("post:B–C");
    let edit = &mut scenario.edits[0].edit;
    *edit = tumen_analysis::Edit::Close { subject: Subject::Post("B–C".to_owned()), days };
    let closed = world.rebuilt(&scenario);
    let crosses = |day: &str| World::rides(&closed, "A", "C", day) == ["22:00 27:00 1"];
    assert_eq!(
        ["2026-01-09", "2026-01-10", "2026-01-11", "2026-01-12"].map(crosses),
        [true, false, false, true],
        "the clock at B says 23:00 of the day on which the train sets out"
    );
}

#[test]
fn suspended_services_come_back_when_they_are_restored() {
    let world = World::of(BORDER);
    let file = "[[suspend]]\nroute = \"R1\"\nfrom = 2026-01-05\n[[restore]]\ntrip = \"t1\"\nfrom = 2026-01-07\nuntil = 2026-01-08\n";
    let scenario = Scenario::parse(file).expect("it is right");
    let rebuilt = world.rebuilt(&scenario);
    let runs = |day: &str| World::rides(&rebuilt, "A", "B", day) == ["08:00 10:00 1"];
    assert_eq!(
        ["2026-01-04", "2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"].map(runs),
        [true, false, false, true, true, false]
    );
}

#[test]
fn trips_are_added_retimed_and_made_to_run() {
    let world = World::of(BORDER);
    let file = "[[add]]\nid = \"t3\"\nroute = \"R1\"\ncalls = [\"D 15:00\", \"A 20:00\"]\ndates = [2026-03-05]\n\
                [[add]]\nid = \"t4\"\nlike = \"t2\"\ndeparture = \"18:00\"\ndays = [\"tue\"]\nfrom = 2026-01-01\nuntil = 2026-01-31\n\
                [[retime]]\ntrip = \"t1\"\nlater = \"01:30\"\nfrom_stop = \"C\"\n\
                [[restore]]\ntrip = \"boat\"\ndates = [2026-01-06]\n";
    let rebuilt = world.rebuilt(&Scenario::parse(file).expect("it is right"));
    assert_eq!(World::rides(&rebuilt, "D", "A", "2026-03-05"), ["15:00 20:00 1"]);
    assert_eq!(World::rides(&rebuilt, "C", "D", "2026-01-06"), ["12:00 14:00 1", "12:40 14:30 1", "18:00 20:00 1"]);
    assert_eq!(World::rides(&rebuilt, "A", "C", "2026-01-06"), ["08:00 11:00 1"]);
    assert_eq!(World::rides(&rebuilt, "D", "B", "2026-01-06"), ["06:00 09:00 1"]);
    assert_eq!(World::rides(&rebuilt, "D", "B", "2026-01-07"), [""; 0]);
    assert!(World::trips(&rebuilt).contains(&"t4".to_owned()));
}

#[test]
fn what_does_not_fit_is_said_with_its_line() {
    let world = World::of(BORDER);
    let error = |file: &str| {
        let scenario = Scenario::parse(file).expect("it can be read");
        match scenario.apply(&world.columns(), &world.posts, &[]) {
            Err(error) => error.to_string(),
            Ok(applied) => {
                let error = tumen_analysis::rebuild(&world.columns(), &applied).expect_err("it does not fit");
                error.to_string()
            }
        }
    };
    assert_eq!(
        error("\n[[suspend]]\nroute = \"R9\""),
        "2: suspend: there is no route R9 in the timetable, or it has no trips"
    );
    assert_eq!(error("[[close]]\npost = \"X\""), "1: close: no border post is called `X`; there are: P (B–C)");
    assert_eq!(
        error("[[retime]]\ntrip = \"t1\"\nearlier = \"01:00\"\nfrom_stop = \"C\""),
        "1: retime: trip t1 would arrive at C at 11:00:00 and leave it at 10:10:00; expected times of a service day that do not run \
         backwards"
    );
    assert_eq!(
        error("[[add]]\nid = \"t1\"\nlike = \"t2\"\ndates = [2026-01-01]"),
        "1: add: id: the feed has a trip `t1` already; expected a new id"
    );
    assert_eq!(
        error("[[add]]\nid = \"x\"\nroute = \"R1\"\ncalls = [\"A 10:00\", \"Z 11:00\"]\ndates = [2026-01-01]"),
        "1: add: calls: there is no stop `Z` in the feed of the route; expected a stop_id"
    );
    assert!(error("[[add]]\nid = \"x\"\nlike = \"t2\"\ndates = [2099-01-01]").starts_with(
        "1: add: days: expected dates at most ten years before or after the days of the timetable, 2026-01-01 to"
    ));
    let unknown = ScenarioError { line: 0, key: "without".to_owned(), message: "no".to_owned() };
    assert_eq!(unknown.to_string(), "without: no");
}

/// A coach rides train 1 as far as B and train 2 from there.
const COACH: &str = "
    feed zone Europe/Moscow days 2026-01-01..2026-01-31
    stops A B C
    trip t1 route R1: A 08:00 | B 10:00
    trip t2 route R2: B 12:00 | C 14:00
    carriage k service daily: t1 A..B, t2 B..C stand 0:10..4:00
";

#[test]
fn a_coach_stays_where_its_train_does_not_run() {
    let world = World::of(COACH);
    let all = world.rebuilt(&Scenario::default());
    assert_eq!(World::rides(&all, "A", "C", "2026-01-05"), ["08:00 14:00 1"]);
    let closed = world.rebuilt(&without("route:R2"));
    assert_eq!(World::rides(&closed, "A", "C", "2026-01-05"), [""; 0]);
    let closed = world.rebuilt(&without("carriage:k"));
    assert_eq!(
        World::rides(&closed, "A", "C", "2026-01-05"),
        ["08:00 14:00 2"],
        "one changes where the coach would be hauled on"
    );
    let closed = world.rebuilt(&without("post:B–C"));
    assert_eq!(World::rides(&closed, "A", "C", "2026-01-05"), [""; 0]);
    assert_eq!(World::rides(&closed, "A", "B", "2026-01-05"), ["08:00 10:00 1"]);
}

#[test]
fn closing_a_post_disconnects_and_is_no_silence() {
    let world = World::of(BORDER);
    let window = Window { first: date("2026-01-06"), days: 6 };
    let pairs = world.compare(&without("post:B–C"), [window, window], &[]);
    let of = |from: &str, to: &str| pairs[&(from.to_owned(), to.to_owned())];
    assert_eq!(of("A", "C").relation().word(), "disconnected");
    assert_eq!(of("A", "B").relation().word(), "connected");
    assert_eq!(of("C", "A").relation().word(), "unconnected");
    let Standing::Ride(before) = of("A", "D").before else { panic!("train 1") };
    assert_eq!((before.departures, before.fastest), (6, 5 * 3600));
    assert_eq!(of("A", "D").after, Standing::Unconnected, "no Monday is in the window");
}

/// Train 1 is known for January, train 2 for the winter; 3 ran until it was suspended.
const KNOWN: &str = "
    feed zone Europe/Moscow days 2026-01-01..2026-03-31
    stops A B C D
    service january: 2026-01-01..2026-01-31 daily
    trip t1 route R1 service january: A 08:00 | B 10:00
    trip t2 route R2: C 12:00 | B 14:00 | D 16:00
    trip t3 route R3 service january: A 09:00 | C 11:00
";

#[test]
fn outside_its_period_a_line_is_silent_unless_it_is_suspended() {
    let world = World::of(KNOWN);
    let windows = ["2026-01-05", "2026-03-02"].map(|first| Window { first: date(first), days: 10 });
    let suspended = Days::between(Some(date("2026-02-01")), None);
    let silent = world.compare(&Scenario::default(), windows, &[]);
    let known = world.compare(&Scenario::default(), windows, &[("R3", suspended)]);
    let word = |pairs: &world::Pairs, from: &str, to: &str| pairs[&(from.to_owned(), to.to_owned())].relation().word();
    assert_eq!(word(&silent, "A", "B"), "no_data_after", "no line from A is known of in March");
    assert_eq!(word(&silent, "A", "C"), "no_data_after");
    assert_eq!(word(&known, "A", "B"), "no_data_after", "train 1 itself is silent");
    assert_eq!(word(&known, "A", "C"), "disconnected", "train 3 is known not to run");
    assert_eq!(word(&known, "A", "D"), "disconnected", "nothing that is silent leads to D");
    assert_eq!(word(&known, "C", "D"), "connected");
    assert_eq!(word(&known, "B", "A"), "unconnected");
}
