//! Ways with times, on networks of invented countries.

use super::world::{World, goods, screened, world};
use tumen_freight::{Consignment, How, Regime, Route, RouteError, RouteOptions, Routes, Screened};
use tumen_timetable::Timetable;

const TERMINALS: &str = "\
terminal_id,name,stop_id,gauge_mm,handling,bogie_change_wagons_per_hour,bogie_change_hours,transhipment_tonnes_per_hour,opening_hours
alpha,Alpha,A1,1520,,,,,
afar,Afar,A2,1520;1435,bogie_change;transhipment,4,2,20,
beta,Beta,B1,1435,,,,,
";
const SERVICES: &str = "\
freight_service_id,name,from_terminal_id,to_terminal_id,service_id,departure_time,transit_time_min,transit_time_max,cut_off,capacity_wagons,gauge_mm,legal_regime,border_post_id
inland,Inland,alpha,afar,daily,10:00:00,20:00:00,30:00:00,04:00:00,40,1520,SMGS,
abroad,Abroad,afar,beta,daily,18:00:00,24:00:00,24:00:00,02:00:00,40,1435,CIM,post
";
const POSTS: &str = "border_post_id,name,from_stop_id,to_stop_id,opening_hours\npost,Afar–Beta,A2,B1,\n";
const STOPS: [(&str, &str); 3] = [("A1", "XA"), ("A2", "XA"), ("B1", "XB")];

fn with(files: &[(&str, &str)]) -> World {
    let mut all = vec![("terminals.txt", TERMINALS), ("freight_services.txt", SERVICES), ("border_posts.txt", POSTS)];
    all.retain(|(name, _)| files.iter().all(|(other, _)| other != name));
    all.extend(files);
    world(&STOPS, &all)
}

/// Twelve wagons with 240 tonnes of timber, ready on Tuesday 1 December at 08:00.
fn load(world: &World) -> Consignment {
    Consignment { wagons: Some(12), tonnes: Some(240.0), gauge: Some(1520), ..world.timber("A1", "B1") }
}

fn only(routes: &Routes) -> &Route {
    let [route] = &routes.routes[..] else { panic!("{routes:#?}") };
    route
}

/// Departure and arrival of each ride, at the least and at the most.
fn times(route: &Route) -> Vec<[String; 2]> {
    let show = |times: Option<tumen_freight::RideTimes>| {
        times.map_or("never".to_owned(), |times| format!("{} – {}", times.departure, times.arrival))
    };
    route.rides.iter().map(|ride| [show(ride.earliest), show(ride.latest)]).collect()
}

/// By hand: at 08:00 on the 1st the cut-off of 06:00 is over, so the train of the 2nd at 10:00. It arrives on the 3rd between
/// 06:00 (20 h) and 16:00 (30 h). Twelve wagons at four an hour and two hours make 5 h, quicker than 240 t at 20 t an hour (12 h):
/// ready at 11:00 or at 21:00. The cut-off of the train at 18:00 is 16:00: the 3rd, or the 4th. A day later they are there.
#[test]
fn the_earliest_and_the_latest_arrival() {
    let world = with(&[]);
    let routes = world.routes(load(&world)).expect("routes");
    let route = only(&routes);
    assert_eq!(
        times(route),
        [
            ["2026-12-02T10:00:00Z – 2026-12-03T06:00:00Z", "2026-12-02T10:00:00Z – 2026-12-03T16:00:00Z"],
            ["2026-12-03T18:00:00Z – 2026-12-04T18:00:00Z", "2026-12-04T18:00:00Z – 2026-12-05T18:00:00Z"],
        ]
    );
    assert!(route.is_timed && !route.touches_dprk);
    let change = route.rides[1].change.as_ref().expect("a change of gauge");
    assert_eq!((change.from, change.to, change.how, change.seconds), (1520, 1435, How::BogieChange, Some(5 * 3600)));
    let network = world.network().expect("a network");
    assert_eq!(route.regime_changes(&network), [(1, Some(Regime::Smgs), Some(Regime::Cim))]);
    let papers: Vec<String> =
        tumen_freight::note::papers(&network, route).into_iter().map(|paper| paper.name).collect();
    assert_eq!(papers.len(), 3, "one note for each law, and how the change is made: {papers:?}");
}

/// Changes of bogies begin between 12:00 and 14:00: what arrives on the 3rd at 06:00 is ready at 17:00, after the cut-off of 16:00, and
/// goes on the 4th. What arrives at 16:00 waits for 12:00 on the 4th, is ready at 17:00, and goes on the 5th.
#[test]
fn a_terminal_keeps_its_hours() {
    let terminals = TERMINALS.replace("4,2,20,\n", "4,2,20,12:00-14:00\n");
    let world = with(&[("terminals.txt", &terminals)]);
    let routes = world.routes(load(&world)).expect("routes");
    let [earliest, latest] = &times(only(&routes))[1];
    assert_eq!(earliest, "2026-12-04T18:00:00Z – 2026-12-05T18:00:00Z");
    assert_eq!(latest, "2026-12-05T18:00:00Z – 2026-12-06T18:00:00Z");
}

#[test]
fn posts_and_suspensions_hold_for_goods() {
    let suspended =
        "suspension_id,affects,id,valid_from,valid_to,reason\ns,post,post,20261120,20261210,closed for repair\n";
    let world = with(&[("suspensions.txt", suspended)]);
    let routes = world.routes(load(&world)).expect("routes");
    assert_eq!(times(only(&routes))[1][0], "2026-12-11T18:00:00Z – 2026-12-12T18:00:00Z");
    assert_eq!(routes.left_out[0].reason, "does not run from 2026-11-20 to 2026-12-10: closed for repair");

    // A suspension that a rule says is about passengers only does not hold for goods from that day on.
    let rules =
        "border_rule_id,border_post_id,direction,purpose,allowed,valid_from\nr,post,both,freight,yes,20261201\n";
    let world = with(&[("suspensions.txt", suspended), ("border_rules.txt", rules)]);
    assert_eq!(
        times(only(&world.routes(load(&world)).expect("routes")))[1][0],
        "2026-12-03T18:00:00Z – 2026-12-04T18:00:00Z"
    );

    let own = "suspension_id,affects,id,valid_from,valid_to,reason\ns,freight,inland,20261120,,no trains\n";
    let world = with(&[("suspensions.txt", own)]);
    let routes = world.routes(load(&world)).expect("routes");
    assert!(routes.routes.is_empty(), "{routes:#?}");
    assert_eq!(routes.left_out[0].reason, "does not run since 2026-11-20: no trains");

    let closed = POSTS.replace("A2,B1,\n", "A2,B1,Sa-Su\n");
    let world = with(&[("border_posts.txt", &closed)]);
    let routes = world.routes(load(&world)).expect("routes");
    assert_eq!(times(only(&routes))[1][0], "2026-12-05T18:00:00Z – 2026-12-06T18:00:00Z", "the 5th is a Saturday");
}

/// What a train cannot take it does not take; what nobody knows has no time.
#[test]
fn without_facts_there_is_a_path_and_no_time() {
    let world = with(&[]);
    let heavy = Consignment { wagons: Some(41), ..load(&world) };
    let routes = world.routes(heavy).expect("routes");
    assert!(routes.routes.is_empty());
    assert_eq!(routes.left_out[0].reason, "takes 40 wagons at most");

    let unknown = TERMINALS.replace(",4,2,20,", ",,,,");
    let world = with(&[("terminals.txt", &unknown)]);
    let routes = world.routes(load(&world)).expect("routes");
    let route = only(&routes);
    assert_eq!((route.is_timed, route.earliest(), route.latest()), (false, None, None));
    assert_eq!(route.rides[1].change.as_ref().map(|change| change.seconds), Some(None));

    let untimed = SERVICES.replace("daily,18:00:00,24:00:00,24:00:00", ",,,");
    let world = with(&[("freight_services.txt", &untimed)]);
    let routes = world.routes(load(&world)).expect("routes");
    assert_eq!((only(&routes).is_timed, only(&routes).rides.len()), (false, 2));

    let nowhere = TERMINALS.replace("bogie_change;transhipment", "");
    let world = with(&[("terminals.txt", &nowhere)]);
    assert!(world.routes(load(&world)).expect("routes").routes.is_empty(), "no change of gauge, no path");
}

#[test]
fn ends_without_terminals_are_named() {
    let world = with(&[]);
    let error = world.routes(world.timber("A1", "A1")).expect_err("the same place");
    assert_eq!(error.to_string(), "the goods are at Alpha already: both ends are one terminal");
    let wrong = Consignment { gauge: Some(1000), ..load(&world) };
    let error = world.routes(wrong).expect_err("no such track");
    assert_eq!(error, RouteError::Gauge(1000, "Alpha".to_owned(), "1520 mm".to_owned()));
}

#[test]
fn rows_that_cannot_be_used_are_named() {
    for (file, from, to, expected) in [
        (
            "terminals.txt",
            "A2,1520;1435",
            "A2,broad",
            "terminals.txt:3:gauge_mm `broad` is no gauge in millimetres, such as 1520;1435",
        ),
        ("terminals.txt", "Beta,B1", "Beta,B9", "terminals.txt:4:stop_id `B9` is no stop of the feed"),
        (
            "terminals.txt",
            "bogie_change;",
            "magic;",
            "terminals.txt:3:handling `magic` is not one of transhipment, bogie_change",
        ),
        ("terminals.txt", "beta,", "alpha,", "terminals.txt:4:terminal_id `alpha` stands in an earlier row too"),
        (
            "terminals.txt",
            ",4,2,20",
            ",-4,2,20",
            "terminals.txt:3:bogie_change_wagons_per_hour `-4` is no number above 0, up to 10 million",
        ),
        (
            "freight_services.txt",
            "afar,beta",
            "afar,gamma",
            "freight_services.txt:3:to_terminal_id `gamma` is no id of terminals.txt",
        ),
        (
            "freight_services.txt",
            "20:00:00,30:00:00",
            "20:00:00,10:00:00",
            "freight_services.txt:2:transit_time_max is less than transit_time_min",
        ),
        (
            "freight_services.txt",
            "daily,10",
            "never,10",
            "freight_services.txt:2:service_id `never` has no days in the feed's calendar",
        ),
        (
            "freight_services.txt",
            "CIM,post",
            "CIM,gate",
            "freight_services.txt:3:border_post_id `gate` is no id of border_posts.txt",
        ),
        ("freight_services.txt", "SMGS", "CMR", "freight_services.txt:2:legal_regime `CMR` is not one of SMGS, CIM"),
    ] {
        let content = if file == "terminals.txt" { TERMINALS } else { SERVICES };
        assert!(content.contains(from), "{from}");
        let error = with(&[(file, &content.replacen(from, to, 1))]).network().expect_err(to);
        assert_eq!(error.to_string(), expected);
    }
}

/// The draft says that it is one, is filled where something is known and shows what is not.
#[test]
fn the_note_is_a_draft_that_shows_what_is_missing() {
    let world = with(&[]);
    let asked = Consignment { sender: "Northern <Timber>".to_owned(), ..load(&world) };
    let Screened::Cleared(cleared) = screened(asked) else { panic!("refused") };
    let network = world.network().expect("a network");
    let routes = network.route(&world.timetable.columns(), &world.borders, &cleared, RouteOptions::default());
    let routes = routes.expect("routes");
    let draft = tumen_freight::note::Draft::of(&network, &cleared, only(&routes));
    let html = draft.html();
    for part in
        ["DRAFT", "Northern &lt;Timber&gt;", "Not legal advice", "Afar – Beta", "unknown: to be filled in", "240000"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("<Timber>") && !html.contains("://"), "nothing is markup, nothing is fetched");
    let json = draft.json(cleared.consignment());
    assert_eq!((json["draft"].as_bool(), json["sheets"].as_array().map(Vec::len)), (Some(true), Some(6)));
    assert!(json["boxes"][26]["value"].is_null(), "nobody knows the date of arrival");
}

/// A timetable without the files has no terminals, and the way there is none.
#[test]
fn a_timetable_without_goods_says_so() {
    let world = world(&STOPS, &[]);
    let _: &Timetable = &world.timetable;
    let error = world.routes(goods("4403", "XA", world.end("A1"), world.end("B1"))).expect_err("no terminals");
    assert_eq!(
        error.to_string(),
        "no goods terminal is known at A1; those known: none, since the timetable has no terminals.txt"
    );
}
