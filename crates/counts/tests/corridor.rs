//! Counts of the corridor, and the load of an invented coach.

use tumen_base::{Date, DateSpan};
use tumen_counts::{Counts, Month, Months, Question, Standing, Unknown, months, svg, text};
use tumen_feed::{FeedSource, ReadOptions, read_feeds};
use tumen_journey::search;
use tumen_journey::style::Style;
use tumen_journey::world::World;
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};

fn today() -> Date {
    Date::parse_typed("2026-11-22").expect("a date")
}

fn asked(world: &World, subject: &str) -> Counts {
    let months =
        Months::between(DateSpan::parse("2019-01").expect("a month"), DateSpan::parse("2027-12").expect("a month"));
    let footwork = search::footwork(&world.columns(), None);
    let question = Question { subject: subject.to_owned(), months: months.expect("nine years"), footwork };
    Counts::of(world, &question).expect("counts")
}

fn month<'c>(counts: &'c Counts, subject: &str, name: &str) -> &'c Month {
    let offered = counts.offered.iter().find(|offered| offered.subject() == subject).expect("it is offered");
    offered.months.iter().find(|month| month.name() == name).expect("a month of the question")
}

#[test]
fn khasan_closes_and_opens_again_and_nothing_is_said_of_the_months_without_data() {
    let world = World::open(None, today()).expect("the corridor");
    let counts = asked(&world, "khasan");
    let standing = |name: &str| month(&counts, "post:B1", name).standing();
    assert_eq!(standing("2019-06"), Standing::NoData);
    assert_eq!(standing("2020-02"), Standing::Suspended);
    assert_eq!(standing("2023-12"), Standing::Suspended);
    // Irregular trains ran, of which no calendar tells: that is not the same as closed.
    assert_eq!(standing("2024-09"), Standing::NoData);
    assert!(month(&counts, "post:B1", "2024-12").is_in_part());
    // A Monday, a Wednesday and a Friday there and back: 26 or 28 departures in the 31 days of January 2025, by the calendar.
    let january = month(&counts, "post:B1", "2025-01");
    assert_eq!(january.standing(), Standing::Offered(f64::from(january.runs) * 7.0 / 31.0));
    let told = text::counts(&world, Style { color: false, width: None }, &counts);
    assert!(told.contains("sources differ: ST21 says otherwise of the same days; both stand"), "{told}");
    assert!(told.contains("berths of a carriage: not known"), "{told}");
}

#[test]
fn a_country_is_what_figures_are_about() {
    let world = World::open(None, today()).expect("the corridor");
    let counts = asked(&world, "kp");
    let two = counts.reported.iter().find(|(one, _)| one.id == "ST10").map(|(one, _)| one).expect("ST10");
    assert_eq!(two.points().len(), 2, "about 4,000 in 2024 and about 7,000 in 2025");
    assert_eq!(two.against, ["ST8"]);
    assert!(svg::plot(&counts).starts_with("<svg"));
}

const FILES: [(&str, &str); 10] = [
    ("agency.txt", "agency_id,agency_name,agency_url,agency_timezone\nX,X,https://example.org,UTC\n"),
    ("stops.txt", "stop_id,stop_name,stop_lat,stop_lon,country\nA,Alpha,0,10,XA\nB,Beta,0,11,XB\n"),
    ("routes.txt", "route_id,agency_id,route_short_name,route_type\nR,X,R,2\n"),
    (
        "calendar.txt",
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nD,1,1,1,1,1,1,1,20260101,20261231\n",
    ),
    ("trips.txt", "route_id,service_id,trip_id\nR,D,T\n"),
    (
        "stop_times.txt",
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT,10:00:00,10:00:00,A,1\nT,12:00:00,12:00:00,B,2\n",
    ),
    ("through_carriages.txt", "through_carriage_id,name,service_id,carriage_type_id\nC,Coach,D,SLEEPER\n"),
    ("through_carriage_hosts.txt", "through_carriage_id,sequence,trip_id,attach_stop_id,detach_stop_id\nC,1,T,A,B\n"),
    ("carriage_types.txt", "carriage_type_id,name,compartments,berths_per_compartment\nSLEEPER,Sleeper,9,4\n"),
    (
        "observations.txt",
        "observation_id,subject,metric,value,unit,period\nO1,carriage:C,passengers,540,persons,2026-06\n\
         O2,carriage:C,passengers,over 108,persons,2026-06-01 to 2026-06-06\nO3,carriage:C,passengers,700,persons,2025\n\
         O4,carriage:C,passengers,many,persons,2026-06\nO5,route:R,passengers,90,persons,2026-06\n",
    ),
];

#[test]
fn load_is_told_where_passengers_and_berths_of_the_same_days_are_known() {
    let files = FILES.iter().map(|(name, content)| (*name, content.as_bytes()));
    let (feeds, _) = read_feeds(&[FeedSource::from_files("x", files)], &ReadOptions::default()).expect("a feed");
    let (data, _) = compile(&feeds, &CompileOptions::on(today()), &mut |_| {}).expect("compiled");
    let world = World::new(Timetable::from_data(data).expect("a timetable")).expect("a world");
    let coach = asked(&world, "C");
    let load = |id: &str| {
        coach.reported.iter().find(|(one, _)| one.id == id).and_then(|(_, load)| *load).expect("of passengers")
    };
    // A coach a day of 9 compartments with 4 berths: 30 days in June are 30 x 36 = 1,080 berths; 540 / 1,080 = one half.
    let june = load("O1").expect("known");
    assert_eq!((june.runs, june.berths), (30, Some(1080)));
    assert_eq!(june.share.map(|share| (share.least, share.most)), Some((Some(0.5), Some(0.5))));
    // Six days are 216 berths, and more than 108 of them were taken: at least one half, at most unknown.
    assert_eq!(load("O2").expect("known").share.map(|share| (share.least, share.most)), Some((Some(0.5), None)));
    assert_eq!(load("O3"), Err(Unknown::Coverage), "the calendar begins in 2026");
    assert_eq!(load("O4"), Err(Unknown::Figure));
    let route = asked(&world, "R");
    let (_, load) = route.reported.iter().find(|(one, _)| one.id == "O5").expect("O5");
    assert_eq!(load.expect("of passengers").expect("known").berths, None, "no type says how many berths a train has");
}

#[test]
fn months_are_refused_with_what_was_expected() {
    for (from, to, expected) in [
        ("soon", "2027-12", "from: expected a month such as 2019-01, not `soon`"),
        ("2027-12", "2019-01", "expected the earlier month first"),
        ("1900-01", "2027-12", "expected at most 1200 months"),
    ] {
        let failure = months(from, to).expect_err(from);
        assert!(failure.to_string().contains(expected), "{failure}");
    }
}
