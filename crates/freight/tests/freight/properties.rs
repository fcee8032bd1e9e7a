//! What holds for all consignments on all networks: a second opinion on the table, and brute force on the ways.

use super::world::{World, country, goods, screened, world};
use jiff::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeMap;
use tumen_freight::{Consignment, Network, Route, RouteOptions, Screened};

/// stop_id and country of every place of a random network.
const PLACES: [(&str, &str); 8] = [
    ("XA_ONE", "XA"),
    ("XB_ONE", "XB"),
    ("RU_ONE", "RU"),
    ("RU_TWO", "RU"),
    ("KP_RAJIN", "KP"),
    ("KP_OTHER", "KP"),
    ("CN_ONE", "CN"),
    ("NOWHERE", ""),
];
const COUNTRIES: [&str; 5] = ["XA", "XB", "RU", "KP", "CN"];

/// The table as a stranger reads it: direction, codes and action of each row.
fn table() -> Vec<[String; 3]> {
    let table = tumen_feed::Table::parse(include_bytes!("../../../../feeds/corridor/goods_rules.txt"));
    let cell = |row, column| table.value(row, column).to_owned();
    table.rows.iter().map(|row| [cell(row, "direction"), cell(row, "hs_codes"), cell(row, "action")]).collect()
}

/// Whether a code and a part of a set may mean the same goods, digit by digit.
fn meets(code: &str, part: &str) -> bool {
    let part = part.replace('.', "");
    let (first, last) = part.split_once('-').unwrap_or((&part, &part));
    if !first.starts_with(|letter: char| letter.is_ascii_digit()) {
        return false;
    }
    let shared = code.len().min(first.len());
    (&first[..shared]..=&last[..shared]).contains(&&code[..shared])
}

/// Whether goods may pass a border of the DPRK in a direction (`to_KP`, `from_KP`), at a place within it.
fn may_pass(consignment: &Consignment, direction: &str, place: &str) -> bool {
    let code = consignment.goods.digits();
    let rows = table();
    let about = |row: &&[String; 3]| row[0] == direction || row[0] == "both";
    let coal = code.starts_with("2701") && consignment.origin == country("RU");
    if coal && (direction == "to_KP" || place == "KP_RAJIN") {
        return true;
    }
    let is_forbidden = rows
        .iter()
        .filter(about)
        .any(|row| matches!(row[2].as_str(), "REFUSE" | "CAP") && row[1].split(';').any(|part| meets(code, part)));
    let is_cleared = rows.iter().filter(about).any(|row| {
        row[2] == "REVIEW"
            && row[1]
                .split(';')
                .any(|part| meets(code, part) && code.len() >= part.split('-').next().unwrap_or(part).len())
    });
    is_cleared && !is_forbidden
}

/// The stop and country at either end of each ride.
fn crossings<'a>(world: &World, network: &'a Network, route: &Route) -> Vec<[(&'a str, String); 2]> {
    let place = |terminal: usize| {
        let terminal = &network.terminals[terminal];
        (terminal.stop_id.as_str(), world.borders.countries.of_stop(terminal.stop).to_string())
    };
    let services = route.rides.iter().map(|ride| &network.services[ride.service]);
    services.map(|service| [place(service.from), place(service.to)]).collect()
}

#[derive(Clone, Debug)]
struct Line {
    from: usize,
    to: usize,
    /// Hour of departure, least hours, more hours at the most, hours of cut-off; none: only the path is known.
    times: Option<(u32, u32, u32, u32)>,
    weekly: bool,
    gauges: usize,
}

fn line() -> impl Strategy<Value = Line> {
    let times = prop::option::weighted(0.8, (0..24_u32, 1..40_u32, 0..30_u32, 0..6_u32));
    let line = (0..PLACES.len(), 1..PLACES.len(), times, any::<bool>(), 0..3_usize);
    line.prop_map(|(from, step, times, weekly, gauges)| Line {
        from,
        to: (from + step) % PLACES.len(),
        times,
        weekly,
        gauges,
    })
}

fn network(lines: &[Line]) -> World {
    let mut terminals =
        "terminal_id,name,stop_id,gauge_mm,handling,bogie_change_wagons_per_hour,bogie_change_hours\n".to_owned();
    for (place, (stop, _)) in PLACES.iter().enumerate() {
        let handling = if place % 3 == 0 { ",," } else { "bogie_change,2,3" };
        tumen_base::line!(terminals, "{stop},{stop},{stop},1520;1435,{handling}");
    }
    let mut services = "freight_service_id,from_terminal_id,to_terminal_id,service_id,departure_time,transit_time_min,\
                        transit_time_max,cut_off,gauge_mm,legal_regime\n"
        .to_owned();
    for (number, line) in lines.iter().enumerate() {
        let gauges = ["1520", "1435", "1520;1435"][line.gauges];
        let days = if line.weekly { "weekly" } else { "daily" };
        let times = line.times.map_or(",,,,".to_owned(), |(hour, least, more, cut_off)| {
            format!("{days},{hour:02}:00:00,{least:02}:00:00,{:02}:00:00,{cut_off:02}:00:00", least + more)
        });
        let (from, to) = (PLACES[line.from].0, PLACES[line.to].0);
        tumen_base::line!(services, "s{number},{from},{to},{times},{gauges},SMGS");
    }
    world(&PLACES, &[("terminals.txt", &terminals), ("freight_services.txt", &services)])
}

fn code() -> impl Strategy<Value = String> {
    let of_table: Vec<String> = table()
        .iter()
        .flat_map(|row| {
            row[1].split(';').flat_map(|part| part.split('-')).map(|part| part.replace('.', "")).collect::<Vec<_>>()
        })
        .filter(|part| part.starts_with(|letter: char| letter.is_ascii_digit()))
        .collect();
    let any = prop_oneof!["(0[1-9]|[1-6][0-9]|8[0-9])([0-9]{2}){0,2}", prop::sample::select(of_table)];
    (any, prop::bool::weighted(0.3))
        .prop_map(|(code, below)| if below && code.len() < 8 { format!("{code}10") } else { code })
}

fn consignment(
    world: &World,
    (hs, origin, from, to, onward): &(String, usize, usize, usize, Option<usize>),
) -> Consignment {
    let [from, to] = [from, to].map(|place| world.end(PLACES[*place].0));
    let asked = goods(hs, COUNTRIES[*origin], from, to);
    Consignment { onward: onward.map(|place| country(COUNTRIES[place])), wagons: Some(6), ..asked }
}

fn asked() -> impl Strategy<Value = (String, usize, usize, usize, Option<usize>)> {
    (code(), 0..COUNTRIES.len(), 0..PLACES.len(), 0..PLACES.len(), prop::option::weighted(0.2, 0..COUNTRIES.len()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    /// No consignment of a refused good ever gets a route: what the ends and the origin say is refused stays refused, and no ride
    /// of any route passes a border of the DPRK that the table closes to its goods.
    #[test]
    fn no_refused_good_ever_gets_a_route(lines in prop::collection::vec(line(), 1..25), asked in asked()) {
        let world = network(&lines);
        let consignment = consignment(&world, &asked);
        let (from, to) = (PLACES[asked.2], PLACES[asked.3]);
        let is_into = to.1 == "KP" || consignment.onward == Some(country("KP"));
        let is_out_of = from.1 == "KP" || asked.1 == 3;
        let place = if to.1 == "KP" { to.0 } else { from.0 };
        let refused = is_into && !may_pass(&consignment, "to_KP", to.0)
            || is_out_of && !may_pass(&consignment, "from_KP", place)
            || from.1.is_empty() || to.1.is_empty()
            || meets(consignment.goods.digits(), "93") || meets(consignment.goods.digits(), "8710");
        match screened(consignment.clone()) {
            Screened::Refused(_) => {}
            Screened::Cleared(_) if refused => prop_assert!(false, "{:?} was cleared", asked),
            Screened::Cleared(cleared) => {
                let network = world.network().expect("a network");
                let routes = network.route(&world.timetable.columns(), &world.borders, &cleared, RouteOptions { days: 30 });
                for route in routes.map(|routes| routes.routes).unwrap_or_default() {
                    for [(from, before), (to, after)] in crossings(&world, &network, &route) {
                        prop_assert!(!before.is_empty() && !after.is_empty(), "nothing goes to unknown ground: {:?}", route);
                        if after == "KP" && before != "KP" {
                            prop_assert!(may_pass(&consignment, "to_KP", to), "{:?} into {}", asked, to);
                        }
                        if before == "KP" && after != "KP" {
                            prop_assert!(may_pass(&consignment, "from_KP", from), "{:?} out of {}", asked, from);
                        }
                    }
                }
            }
        }
    }

    /// Under either pace the best arrival is that of all ways that can be followed at all.
    #[test]
    fn arrivals_are_those_of_brute_force(lines in prop::collection::vec(line(), 1..14)) {
        let lines: Vec<Line> = lines.into_iter().filter(|line| line.from < 4 && line.to < 4).collect();
        let world = network(&lines);
        let asked = Consignment { gauge: Some(1520), wagons: Some(6), ..world.timber("XA_ONE", "RU_TWO") };
        let Screened::Cleared(cleared) = screened(asked) else { panic!("refused") };
        let network = world.network().expect("a network");
        let routes = network.route(&world.timetable.columns(), &world.borders, &cleared, RouteOptions { days: 60 });
        let routes: Vec<Route> = routes.expect("routes").routes.into_iter().filter(|route| route.is_timed).collect();
        let earliest = routes.iter().filter_map(Route::earliest).min().map(Timestamp::as_second);
        let latest = routes.iter().filter_map(Route::latest).min().map(Timestamp::as_second);
        prop_assert_eq!(earliest, brute_force(&lines, false), "{:#?}", routes);
        prop_assert_eq!(latest, brute_force(&lines, true), "{:#?}", routes);
    }
}

/// The first arrival at place 3 from place 0 with six wagons of 1520 mm, hour by hour: (place, gauge) and the hour of being there.
fn brute_force(lines: &[Line], most: bool) -> Option<i64> {
    const HOURS: i64 = 24 * 61;
    // 2026-12-01 08:00 UTC, a Tuesday.
    let ready = 1_796_112_000_i64;
    let mut there: BTreeMap<(usize, u16), i64> = BTreeMap::from([((0, 1520), 0)]);
    loop {
        let mut is_settled = true;
        for ((place, gauge), hour) in there.clone() {
            let mut reached = Vec::new();
            if place % 3 != 0 {
                reached.push(((place, if gauge == 1520 { 1435 } else { 1520 }), hour + 6));
            }
            for line in lines.iter().filter(|line| line.from == place) {
                let Some((clock, least, more, cut_off)) = line.times else { continue };
                if ![vec![1520], vec![1435], vec![1520, 1435]][line.gauges].contains(&gauge) {
                    continue;
                }
                let (clock, cut_off) = (i64::from(clock), i64::from(cut_off));
                // Hour 0 is 08:00 of a Tuesday; Mondays are days 6, 13 … after it.
                let runs = |hour: &i64| {
                    (hour + 8).rem_euclid(24) == clock && (!line.weekly || (hour + 8).div_euclid(24).rem_euclid(7) == 6)
                };
                let leaves = (hour + cut_off..HOURS).find(runs);
                // The search is for cut-offs within 60 days.
                let leaves = leaves.filter(|leaves| leaves - cut_off <= 24 * 60);
                let takes = i64::from(least) + if most { i64::from(more) } else { 0 };
                reached.extend(leaves.map(|leaves| ((line.to, gauge), leaves + takes)));
            }
            for (state, hour) in reached {
                if there.get(&state).is_none_or(|known| hour < *known) {
                    there.insert(state, hour);
                    is_settled = false;
                }
            }
        }
        if is_settled {
            let hours = there.iter().filter(|((place, _), _)| *place == 3).map(|(_, hour)| *hour);
            return hours.filter(|hour| *hour <= 24 * 60).min().map(|hour| ready + hour * 3600);
        }
    }
}
