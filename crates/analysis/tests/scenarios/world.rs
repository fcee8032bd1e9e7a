//! Small timetables, edited and asked.

use std::collections::BTreeMap;
use tumen_analysis::{
    Days, Inspector, Known, Pair, Post, Scenario, Side, Site, Subject, Survey, Target, Window, find, rebuild,
};
use tumen_base::{Date, StopId, Time, TripId};
use tumen_routing::{Network, Place, Query, Router, Settings};
use tumen_timetable::compile::{CompileOptions, WalkOptions, compile};
use tumen_timetable::{Columns, Timetable};

/// Pairs by the ids of their ends.
pub type Pairs = BTreeMap<(String, String), Pair>;

/// A timetable with one border post, P, between the stops B and C.
pub struct World {
    timetable: Timetable,
    pub posts: Vec<Post>,
}

impl World {
    pub fn of(text: &str) -> Self {
        let timetable = compiled(&tumen_oracle::text::feeds(text));
        let columns = timetable.columns();
        let is_at = |trip: TripId, call: usize, id: &str| {
            columns.text(columns.stop_id[columns.stop_at(trip, call).index()]) == id
        };
        let hops = columns.trips().flat_map(|trip| {
            let hop = move |hop: &usize| is_at(trip, *hop, "B") && is_at(trip, hop + 1, "C");
            (0..columns.call_count(trip) - 1).filter(hop).map(move |hop| (trip, hop as u32)).collect::<Vec<_>>()
        });
        let posts = vec![Post { id: "P".to_owned(), name: "B–C".to_owned(), hops: hops.collect() }];
        Self { timetable, posts }
    }

    pub fn columns(&self) -> Columns<'_> {
        self.timetable.columns()
    }

    /// The timetable of a scenario.
    pub fn rebuilt(&self, scenario: &Scenario) -> Timetable {
        let columns = self.columns();
        let applied = scenario.apply(&columns, &self.posts, &[]).expect("it fits");
        rebuild(&columns, &applied).expect("it compiles")
    }

    /// Journeys that leave on a day, as `departure arrival trips` on the clock of the feed.
    pub fn rides(timetable: &Timetable, from: &str, to: &str, day: &str) -> Vec<String> {
        let columns = timetable.columns();
        let network = Network::new(columns, Settings::STRICT).expect("a network");
        let [from, to] = [from, to].map(|id| Place::at(timetable.stops_with_written_id(id)));
        let date = Date::parse_typed(day).expect("a date");
        let zone = columns.zone_of_feed(tumen_base::FeedId(0));
        let begin = columns.from_local(date.civil().at(0, 0, 0, 0), &zone).expect("a time");
        let answer = Router::new(&network).profile(&Query::depart_at(from, to, begin), 86_400).expect("an answer");
        let clock = |time: Time| format!("{:02}:{:02}", (time - begin) / 3600, (time - begin) / 60 % 60);
        let row = |journey: &tumen_routing::Journey| {
            format!("{} {} {}", clock(journey.departure), clock(journey.arrival), journey.trips)
        };
        answer.journeys.iter().map(row).collect()
    }

    /// The ids of all trips that run.
    pub fn trips(timetable: &Timetable) -> Vec<String> {
        let columns = timetable.columns();
        let mut ids: Vec<String> =
            columns.trips().map(|trip| columns.text(columns.trip_id[trip.index()]).to_owned()).collect();
        ids.sort();
        ids
    }

    /// Every pair of stops: as the feeds say with some routes suspended, and with a scenario on top.
    pub fn compare(&self, scenario: &Scenario, windows: [Window; 2], suspended: &[(&str, Days)]) -> Pairs {
        let columns = self.columns();
        let target = |&(route, days): &(&str, Days)| {
            let found = find(&columns, &[], &Subject::Route(route.to_owned())).expect("a route");
            (found.target, days)
        };
        let suspended: Vec<(Target, Days)> = suspended.iter().map(target).collect();
        let applied = [&Scenario::default(), scenario]
            .map(|scenario| scenario.apply(&columns, &self.posts, &suspended).expect("it fits"));
        let rebuilt = [0, 1].map(|side| rebuild(&columns, &applied[side]).expect("it compiles"));
        let networks =
            [0, 1].map(|side: usize| Network::new(rebuilt[side].columns(), Settings::STRICT).expect("a network"));
        let site = |stop: StopId| {
            let id = columns.text(columns.stop_id[stop.index()]).to_owned();
            Site { name: id.clone(), id, place: Place::at([stop]) }
        };
        let sites: Vec<Site> = columns.stops().map(site).collect();
        let survey = Survey { from: &sites, to: &sites };
        let side = |side: usize| {
            let known =
                Known { columns: &columns, closures: &applied[side].closures, route_kinds: &[], unscheduled: &[] };
            Side::new(&networks[side], windows[side], survey, &known).expect("stops exist")
        };
        let sides = [side(0), side(1)];
        let query = Query::depart_at(Place::default(), Place::default(), 0);
        let mut inspector = Inspector::new(survey, [&sides[0], &sides[1]], query);
        let rows = (0..sites.len()).flat_map(|origin| inspector.origin(origin as u32).expect("an answer").pairs);
        let names = |pair: Pair| ((sites[pair.from as usize].id.clone(), sites[pair.to as usize].id.clone()), pair);
        rows.map(names).collect()
    }
}

/// Compiles feeds without generated walks.
pub fn compiled(feeds: &[tumen_feed::Feed]) -> Timetable {
    let options = CompileOptions { walk: WalkOptions::none(), ..CompileOptions::on(Date(20_500)) };
    let (data, _) = compile(feeds, &options, &mut |_| {}).expect("it compiles");
    Timetable::from_data(data).expect("it fits together")
}
