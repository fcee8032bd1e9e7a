//! The router over damaged files that opening lets pass: answers, however wrong, and no panic.

use tumen_base::{Date, StopId, Time};
use tumen_routing::{Direction, Network, Place, PrecomputeOptions, Query, Router, Settings, Walk, precompute};
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_timetable::{Columns, OpenOptions, Timetable, encode};

/// Through carriages, runs longer than a day, links across midnight, rules that make nodes, guarantees.
const WORLD: &str = "
    feed zone Europe/Moscow days 2026-01-01..2026-03-31
    stops A B C D E F
    service monthly: dates 2026-01-12 2026-02-12
    service later: dates 2026-01-19 2026-02-19
    trip express: A 00:35 | B 164:00-164:10 | C 166:00
    trip branch service later: B 06:45 | D 12:25 | E 17:50 | F 45:25
    carriage sleeper service monthly: express A..B, branch B..F
    trip early block b: A 05:00 | D 09:00
    trip late block b: D 09:10 | F 23:30
    trip night: F 23:40 | E 26:00
    continue late -> night
    trip feeder: C 10:00 | B 11:00
    trip waiting route R2: B 11:00 | E 14:00
    transfer B B type 1 from trip feeder to trip waiting
    transfer D E min 600
    transfer E E type 3 from route R to route R2
";

/// Bytes of a file's header, and of an entry of its section table.
const HEADER: usize = 64;
const ENTRY: usize = 32;

#[test]
fn damaged_columns_are_refused_or_answered_from() {
    let feeds = tumen_oracle::text::feeds(WORLD);
    let options = CompileOptions::on(Date::parse(b"20260101").expect("a date"));
    let (data, _) = compile(&feeds, &options, &mut |_| {}).expect("the world compiles");
    let mut world = Timetable::from_data(data).expect("what was compiled is valid");
    let network = Network::new(world.columns(), Settings::STRICT).expect("a network");
    let changes = precompute(&network, &mut PrecomputeOptions { threads: 1, progress: &mut |_, _| {} });
    drop(network);
    world.store_changes(changes.expect("runs whose changes can be told")).expect("a timetable that was just compiled");
    let mut original = Vec::new();
    encode(&world.columns(), &mut original).expect("memory takes every byte");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("damaged.tumen");
    let number = |at: usize| u64::from_le_bytes(original[at..at + 8].try_into().expect("eight bytes")) as usize;
    let mut sections = 0;
    Columns::default().for_each(|_, _, _, _| sections += 1);
    let mut answered = 0;
    for entry in (0..sections).map(|section| HEADER + section * ENTRY) {
        let section = number(entry + 8)..number(entry + 8) + number(entry + 16);
        // Low and high bytes of every width are met.
        let bytes = section.clone().step_by(11).map(|at| at..at + 1);
        for (damage, value) in
            bytes.chain([section]).flat_map(|damage| [0, 1, 0x7F, 0xFF].map(|to| (damage.clone(), to)))
        {
            let mut damaged = original.clone();
            damaged[damage].fill(value);
            std::fs::write(&path, &damaged).expect("a file");
            if let Ok(timetable) = Timetable::open(&path, OpenOptions { verify: false, read: true }) {
                answered += ask(&timetable);
            }
        }
    }
    assert!(answered > 1000, "many values are just other values");
}

/// Asks all kinds of questions; answers how many had an answer.
fn ask(timetable: &Timetable) -> usize {
    const DAY: Time = 86_400;
    let columns = timetable.columns();
    let ordinary = Settings { walk: Walk::Metres(500), change_time: 120 };
    let mut answered = 0;
    for network in [Settings::STRICT, ordinary].into_iter().filter_map(|way| Network::new(columns, way).ok()) {
        let mut router = Router::new(&network);
        for (from, to, time) in [(0, 5, 0), (2, 4, 8 * DAY), (5, 0, 88 * DAY)] {
            let place = |stop: u32| Place::at([StopId(stop)]);
            let mut query = Query::depart_at(place(from), place(to), time);
            answered += usize::from(router.journeys(&query).is_ok());
            answered += usize::from(router.profile(&query, 20 * DAY).is_ok());
            answered += usize::from(router.next(&query).is_ok());
            // The second time over the stored changes.
            query.horizon = DAY;
            for _ in 0..2 {
                answered += usize::from(router.journeys(&query).is_ok());
                answered += usize::from(router.profile(&query, DAY).is_ok());
            }
            query.direction = Direction::ArriveBy;
            answered += usize::from(router.journeys(&query).is_ok());
            query.max_wait = Some(DAY);
            answered += usize::from(router.journeys(&query).is_ok());
        }
    }
    answered
}
