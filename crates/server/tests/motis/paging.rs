//! Pages of random networks: there and back, each journey once.

use fastrand::Rng;
use serde_json::Value;
use std::path::Path;
use tumen_base::Date;
use tumen_oracle::generate;
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};

use crate::asked::{Asked, escaped, server};

/// Departure, arrival and changes tell a journey from all others of a question.
type Key = (String, String, u64);

/// More pages no question has.
const MOST_PAGES: usize = 4000;

/// Compiles a random network into a folder; `None` where nothing runs.
fn compiled(seed: u64, folder: &Path) -> Option<(std::path::PathBuf, [Date; 2])> {
    let network = generate::network(seed);
    let options =
        CompileOptions { from: Some(network.first), until: Some(network.last), ..CompileOptions::on(Date(0)) };
    let (data, _) = compile(&network.feeds, &options, &mut |_| {}).ok()?;
    let path = folder.join(format!("{seed}.tumen"));
    Timetable::from_data(data).expect("a timetable").write(&path).expect("written");
    Some((path, [network.first, network.last]))
}

fn keys(page: &Value) -> Vec<Key> {
    let text = |itinerary: &Value, field: &str| itinerary[field].as_str().expect("a text").to_owned();
    let journeys = page["itineraries"].as_array().expect("a list");
    let key = |it: &Value| (text(it, "startTime"), text(it, "endTime"), it["transfers"].as_u64().expect("a number"));
    journeys.iter().map(key).collect()
}

/// All pages in one direction, from the first one on.
fn walk(asked: &Asked, question: &str, first: Value, field: &str) -> Vec<Value> {
    let mut pages = vec![first];
    for _ in 0..MOST_PAGES {
        let cursor = pages[pages.len() - 1][field].as_str().expect("a cursor").to_owned();
        if cursor.is_empty() {
            return pages;
        }
        pages.push(asked.found(&format!("{question}&pageCursor={cursor}")));
    }
    panic!("{question} has no end");
}

/// Everything that the pages before a page have, the page, and what the pages behind it have.
fn whole(asked: &Asked, question: &str) -> Vec<Key> {
    let first = asked.found(question);
    let before = walk(asked, question, first.clone(), "previousPageCursor");
    let behind = walk(asked, question, first, "nextPageCursor");
    let order = before.iter().rev().chain(&behind[1..]);
    let there: Vec<Key> = order.flat_map(keys).collect();
    // From the last page all the way back.
    let back = walk(asked, question, behind[behind.len() - 1].clone(), "previousPageCursor");
    let back: Vec<Key> = back.iter().rev().flat_map(keys).collect();
    assert_eq!(there, back, "{question}: there and back");
    let mut once = there.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), there.len(), "{question}: each once");
    there
}

#[test]
fn pages_there_and_back_have_each_journey_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut questions, mut journeys) = (0, 0);
    for seed in 9000..9030 {
        let Some((path, [first, last])) = compiled(seed, folder.path()) else { continue };
        let server = server(Some(path.clone()));
        let asked = Asked::of(&server);
        let timetable = Timetable::open(&path, tumen_timetable::OpenOptions::default()).expect("a timetable");
        let columns = timetable.columns();
        let mut random = Rng::with_seed(seed);
        let ids: Vec<String> = columns
            .stops()
            .map(|stop| {
                let feed = columns.text(columns.feed_name[columns.feed_of_stop(stop).index()]);
                let id = columns.text(columns.stop_id[stop.index()]);
                if columns.feed_name.len() > 1 { format!("{feed}:{id}") } else { id.to_owned() }
            })
            .collect();
        for _ in 0..4 {
            let [from, to] = [(); 2].map(|()| escaped(&ids[random.usize(..ids.len())]));
            let day = first.plus(random.i32(0..=last.0 - first.0));
            let base = format!("/api/v6/plan?fromPlace={from}&toPlace={to}&time={day}T12:00:00Z&maxTravelTime=7200");
            let all = whole(&asked, &format!("{base}&searchWindow=0&numItineraries=1000"));
            for size in [
                "&searchWindow=0&numItineraries=1",
                "&numItineraries=3&maxItineraries=3",
                "&searchWindow=40000&numItineraries=2",
            ] {
                let paged = whole(&asked, &format!("{base}{size}"));
                assert_eq!(paged, all, "seed {seed}: {base}{size}");
            }
            // By arrival the list begins with what arrives in time, and nothing is in it twice.
            let by_arrival = whole(&asked, &format!("{base}&arriveBy=true&numItineraries=2"));
            assert!(by_arrival.iter().all(|journey| all.contains(journey)), "seed {seed}: {base}");
            // Windows stand beside each other: whatever leaves in one is in no other.
            whole(&asked, &format!("{base}&searchWindow=86400"));
            questions += 1;
            journeys += all.len();
        }
    }
    assert!(questions >= 80 && journeys >= 200, "{questions} questions had {journeys} journeys");
}
