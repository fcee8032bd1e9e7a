//! A suspended route of us-amtrak-2024: 200 sampled pairs of the comparison against plain profiles with its trips banned.

use fastrand::Rng;
use std::path::{Path, PathBuf};
use tumen_analysis::{
    Inspector, Known, Relation, Scenario, Side, Site, Standing, Subject, Survey, Tally, Window, rebuild,
};
use tumen_base::{Date, SECONDS_PER_DAY, StopId, TripId};
use tumen_feed::{FeedSource, ReadOptions, read_feeds};
use tumen_routing::{Filter, Network, Place, Query, Router, Settings};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};

/// The feed, where the folder `shared` is beside the project.
fn feed() -> Option<PathBuf> {
    let named = std::env::var_os("TUMEN_SHARED").map(PathBuf::from);
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = manifest.ancestors().map(|folder| folder.join("shared"));
    let feed = named.into_iter().chain(beside).map(|shared| shared.join("feeds/us-amtrak-2024.zip"));
    let feed = feed.into_iter().find(|feed| feed.exists());
    if feed.is_none() {
        eprintln!("skipped: ../shared is absent (feeds/us-amtrak-2024.zip)");
    }
    feed
}

fn compiled(path: &Path) -> Timetable {
    let source = FeedSource::parse(&path.display().to_string());
    let (feeds, _) = read_feeds(&[source], &ReadOptions::default()).expect("the feed is read");
    let options = CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(Date(19_800)) };
    let (data, _) = compile(&feeds, &options, &mut |_| {}).expect("it compiles");
    Timetable::from_data(data).expect("it fits together")
}

const DAYS: i32 = 20;
const HORIZON: i32 = 5 * SECONDS_PER_DAY;

#[test]
fn a_suspended_route_changes_what_plain_queries_say_it_changes() {
    let Some(path) = feed() else { return };
    let timetable = compiled(&path);
    let columns = timetable.columns();
    let route = Subject::Route("California Zephyr".to_owned());
    let applied = Scenario::without([route]).apply(&columns, &[], &[]).expect("the route is there");
    let suspended = rebuild(&columns, &applied).expect("the rest compiles");
    let networks = [&timetable, &suspended].map(|of| Network::new(of.columns(), Settings::STRICT).expect("a network"));

    let site = |stop: StopId| {
        let id = columns.text(columns.stop_id[stop.index()]).to_owned();
        Site { name: id.clone(), id, place: Place::at([stop]) }
    };
    let mut served: Vec<StopId> = columns.call_stop.iter().map(|&stop| StopId(stop)).collect();
    served.sort_unstable();
    served.dedup();
    // Whoever travels along the route is touched most: half of the origins are its stops.
    let mut random = Rng::with_seed(2024);
    let banned: Vec<TripId> = applied.closures.iter().map(|closure| closure.trip).collect();
    let along: Vec<StopId> = {
        let calls = columns.calls_of_trip(banned[0]);
        columns.call_stop[calls].iter().map(|&stop| StopId(stop)).collect()
    };
    let any = |random: &mut Rng, all: &[StopId]| all[random.usize(..all.len())];
    let origins: Vec<Site> = (0..20)
        .map(|number| if number % 2 == 0 { any(&mut random, &along) } else { any(&mut random, &served) })
        .map(site)
        .collect();
    let destinations: Vec<Site> = served.iter().copied().map(site).collect();

    let survey = Survey { from: &origins, to: &destinations };
    let window = Window { first: Date::parse_typed("2024-02-01").expect("a date"), days: DAYS };
    let side = |side: usize| {
        let closures = if side == 0 { &[][..] } else { &applied.closures };
        let known = Known { columns: &columns, closures, route_kinds: &[], unscheduled: &[] };
        Side::new(&networks[side], window, survey, &known).expect("stops exist")
    };
    let sides = [side(0), side(1)];
    let query = Query { horizon: HORIZON, ..Query::depart_at(Place::default(), Place::default(), 0) };
    let mut inspector = Inspector::new(survey, [&sides[0], &sides[1]], query.clone());
    let mut plain = Router::new(&networks[0]);
    let (mut asked, mut tally) = (0, Tally::default());
    for origin in 0..origins.len() {
        let pairs = inspector.origin(origin as u32).expect("an answer").pairs;
        for &pair in &pairs {
            tally.add(pair);
        }
        for _ in 0..10 {
            let pair = pairs[random.usize(..pairs.len())];
            let (from, to) = (&origins[pair.from as usize].place, &destinations[pair.to as usize].place);
            let zone = columns.zone_of_stop(from.stops[0].0);
            let midnight = |date: Date| columns.from_local(date.civil().at(0, 0, 0, 0), &zone).expect("a time");
            let (begin, end) = (midnight(window.first), midnight(window.first.plus(DAYS)));
            for (standing, banned_trips) in [(pair.before, Vec::new()), (pair.after, banned.clone())] {
                let filter = Filter { banned_trips, ..Filter::default() };
                let query = Query { from: from.clone(), to: to.clone(), time: begin, filter, ..query.clone() };
                let journeys = plain.profile(&query, end - begin).expect("an answer").journeys;
                let mut departures: Vec<_> = journeys.iter().map(|journey| journey.departure).collect();
                departures.sort_unstable();
                departures.dedup();
                let fastest = journeys.iter().map(|journey| journey.arrival - journey.departure).min();
                let found = standing.ride().map(|ride| (ride.departures as usize, ride.fastest));
                assert_eq!(found, fastest.map(|fastest| (departures.len(), fastest)), "{from:?} to {to:?}");
                assert_eq!(matches!(standing, Standing::Ride(_)), !journeys.is_empty());
            }
            asked += 1;
        }
    }
    assert_eq!(asked, 200);
    assert!(tally.slower.total() > 0 && tally.less_often.total() > 0 && tally.disconnected.total() > 0);
    assert_eq!((tally.faster.total(), tally.newly_connected.total()), (0, 0), "what is missing makes nothing faster");
    let broken = tally.disconnected.iter().next().expect("one");
    assert_eq!(broken.pair.relation(), Relation::Disconnected);
}
