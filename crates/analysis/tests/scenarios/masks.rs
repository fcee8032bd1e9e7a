//! A timetable that is cut and compiled anew answers as the old one does where the same hops are masked in every query.
//!
//! Networks with through carriages, blocks and continuations are left out: what is cut there may be coupled anew (a block links
//! the runs that remain), while a mask leaves the links of the calendar as they are.

use crate::world::compiled;
use fastrand::Rng;
use tumen_analysis::{Days, Edit, Post, Scenario, Subject, rebuild};
use tumen_base::{SECONDS_PER_DAY, TripId};
use tumen_feed::Feed;
use tumen_oracle::generate;
use tumen_routing::{Filter, Mask, Network, Place, Query, Router, Settings};

fn is_plain(feed: &Feed) -> bool {
    let blocks = feed.trips.iter().any(|trip| !trip.block.is_empty());
    let links = feed.transfers.iter().any(|transfer| transfer.kind >= 4);
    feed.extension.is_empty() && feed.frequencies.is_empty() && !blocks && !links
}

#[test]
fn cut_timetables_answer_as_masked_queries_do() {
    let (mut asked, mut found) = (0, 0);
    for seed in 0..8000 {
        let network = generate::network(seed);
        if !network.feeds.iter().all(is_plain) {
            continue;
        }
        let mut random = Rng::with_seed(seed);
        let timetable = compiled(&network.feeds);
        let columns = timetable.columns();
        // Hops that a post closes for some dates on the clock there.
        let trips: Vec<TripId> = columns.trips().collect();
        let hops: Vec<(TripId, u32)> = (0..random.usize(1..5))
            .map(|_| {
                let trip = trips[random.usize(..trips.len())];
                (trip, random.u32(..columns.call_count(trip) as u32 - 1))
            })
            .collect();
        let first = columns.first_date().plus(random.i32(-2..columns.days()));
        let days = Days { first, last: first.plus(random.i32(0..6)) };
        let posts = [Post { id: "P".to_owned(), name: String::new(), hops }];
        let mut scenario = Scenario::without([Subject::Post("P".to_owned())]);
        scenario.edits[0].edit = Edit::Close { subject: Subject::Post("P".to_owned()), days };
        let applied = scenario.apply(&columns, &posts, &[]).expect("the post is there");
        // Where nothing is left there is nothing to ask.
        let Ok(cut) = rebuild(&columns, &applied) else { continue };
        let mask = |closure: &tumen_analysis::Closure| {
            let day = |date: tumen_base::Date| date.0 - columns.first_date().0;
            let (first_hop, last_hop) = (closure.hops.start, closure.hops.end - 1);
            let (first_day, last_day) = (day(closure.days.first), day(closure.days.last));
            Mask { trip: closure.trip, first_hop, last_hop, first_day, last_day }
        };
        let masks: Vec<Mask> = applied.closures.iter().map(mask).collect();
        let [whole_network, cut_network] =
            [&timetable, &cut].map(|timetable| Network::new(timetable.columns(), Settings::STRICT).expect("a network"));
        let (mut whole, mut pieces) = (Router::new(&whole_network), Router::new(&cut_network));
        for _ in 0..10 {
            let any = |random: &mut Rng| columns.stops().nth(random.usize(..columns.stop_id.len())).expect("a stop");
            let [from, to] = [any(&mut random), any(&mut random)].map(|stop| Place::at([stop]));
            let unix = columns.to_unix(0) + i64::from(random.i32(0..columns.days() * SECONDS_PER_DAY));
            let window = random.i32(1..6) * SECONDS_PER_DAY;
            let ask = |router: &mut Router<'_, '_>, columns: &tumen_timetable::Columns<'_>, filter: Filter| {
                let time = columns.from_unix(unix).expect("a time");
                let query = Query { filter, ..Query::depart_at(from.clone(), to.clone(), time) };
                let journeys = router.profile(&query, window).expect("an answer").journeys;
                let row = |it: &tumen_routing::Journey| {
                    (columns.to_unix(it.departure), columns.to_unix(it.arrival), it.trips)
                };
                journeys.iter().map(row).collect::<Vec<_>>()
            };
            let masked = ask(&mut whole, &columns, Filter { masks: masks.clone(), ..Filter::default() });
            let rebuilt = ask(&mut pieces, &cut.columns(), Filter::default());
            assert_eq!(masked, rebuilt, "seed {seed}, {days:?}, {posts:?}\n{}", network.text);
            asked += 1;
            found += masked.len();
        }
    }
    assert!(asked > 500 && found > 500, "{asked} questions, {found} journeys");
}
