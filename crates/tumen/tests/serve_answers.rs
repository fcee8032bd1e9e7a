//! The server answers what the command line answers, to the same question.

mod common;
mod http;

use common::{Compiled, tumen};
use http::{Client, NOW, Server, encoded};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::path::Path;

/// Draws questions; the same number draws the same ones.
struct Draw {
    state: u64,
    places: Vec<String>,
    dates: Vec<String>,
    /// Whether waits may be bounded: on a continent, over weeks of departures, that takes a minute.
    waits: bool,
}

impl Draw {
    /// A number below a bound (a linear congruential generator: Knuth, MMIX).
    fn below(&mut self, bound: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % bound
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    fn place(&mut self) -> String {
        let number = self.below(self.places.len());
        self.places[number].clone()
    }

    fn date(&mut self) -> String {
        let number = self.below(self.dates.len());
        self.dates[number].clone()
    }
}

/// A question in both forms.
struct Question {
    command: Vec<String>,
    path: &'static str,
    /// The body of a POST request, or the parameters of a GET request.
    fields: Map<String, Value>,
}

impl Question {
    fn new(command: &[&str], path: &'static str) -> Self {
        let command = command.iter().map(|word| (*word).to_owned()).collect();
        Self { command, path, fields: Map::new() }
    }

    /// An option of the command line, and the field that says the same.
    fn with(&mut self, option: &str, value: &str, field: &str, of_field: Value) {
        self.command.extend([option.to_owned(), value.to_owned()]);
        self.fields.insert(field.to_owned(), of_field);
    }

    fn flag(&mut self, option: &str, field: &str) {
        self.command.push(option.to_owned());
        self.fields.insert(field.to_owned(), json!(true));
    }

    fn traveller(&mut self, field: &str, option: &str, values: &[&str]) {
        self.command.extend([option.to_owned(), values.join(",")]);
        let traveller = self.fields.entry("traveller").or_insert_with(|| json!({}));
        traveller[field] = json!(values);
    }
}

fn between(draw: &mut Draw, command: &str, path: &'static str) -> Question {
    let (from, to) = (draw.place(), draw.place());
    let mut question = Question::new(&[command, &from, &to], path);
    question.fields.insert("from".to_owned(), json!(from));
    question.fields.insert("to".to_owned(), json!(to));
    if draw.one_in(4) {
        let most = draw.below(4).to_string();
        question.with("--max-transfers", &most, "maxTransfers", json!(most.parse::<u8>().expect("a number")));
    }
    if draw.one_in(6) {
        question.with("--horizon", "12d", "horizon", json!(12 * 86_400));
    }
    if draw.one_in(8) && draw.waits {
        question.with("--max-wait", "2d", "maxWait", json!(2 * 86_400));
    }
    if draw.one_in(4) {
        question.with("--modes", "rail,bus", "modes", json!(["rail", "bus"]));
    }
    if draw.one_in(4) {
        let language = draw.of(&["ru", "ko", "zh"]);
        question.with("--language", language, "language", json!(language));
    }
    if draw.one_in(3) {
        let passport = draw.of(&["RU", "KP", "CN", "DE"]);
        question.traveller("passports", "--passport", &[passport]);
        if draw.one_in(2) {
            question.traveller("visas", "--visa", &["KP", "RU"]);
        }
        if draw.one_in(2) {
            question.traveller("holds", "--holds", &["tour:KP"]);
        }
        if draw.one_in(2) {
            let purpose = draw.of(&["tourism", "business", "transit"]);
            question.traveller("purpose", "--purpose", &[purpose]);
            question.fields["traveller"]["purpose"] = json!(purpose);
        }
    }
    if draw.one_in(10) {
        question.traveller("avoidCountries", "--avoid-country", &["CN"]);
    }
    question
}

fn plan(draw: &mut Draw) -> Question {
    let mut question = between(draw, "plan", "plan");
    let (date, hour) = (draw.date(), draw.below(24));
    let moment = if draw.one_in(2) { date } else { format!("{date}T{hour:02}:30") };
    match draw.below(5) {
        0 => question.with("--arrive", &moment, "arrive", json!(moment)),
        1 => {
            question.with("--depart", &moment, "depart", json!(moment));
            question.with("--window", "20d", "window", json!(20 * 86_400));
        }
        2 => {
            question.with("--depart", &moment, "depart", json!(moment));
            question.with("--connections", "3", "connections", json!(3));
        }
        _ => question.with("--depart", &moment, "depart", json!(moment)),
    }
    if draw.one_in(3) {
        question.flag("--per-mode", "perMode");
    }
    question
}

fn next(draw: &mut Draw) -> Question {
    let mut question = between(draw, "next", "next");
    let date = draw.date();
    question.with("--from", &date, "start", json!(date));
    if draw.one_in(3) {
        question.with("--count", "3", "count", json!(3));
    }
    if draw.one_in(4) {
        question.flag("--any", "any");
    }
    question
}

fn other(draw: &mut Draw) -> Question {
    let (place, date) = (draw.place(), draw.date());
    let mut question = match draw.below(3) {
        0 => {
            let mut question = Question::new(&["board", &place], "board");
            question.fields.insert("stop".to_owned(), json!(place));
            question.with("--at", &date, "at", json!(date));
            if draw.one_in(2) {
                question.flag("--arrivals", "arrivals");
            }
            question
        }
        1 => {
            let mut question = Question::new(&["status"], "status");
            question.with("--date", &date, "date", json!(date));
            question
        }
        _ => {
            let mut question = Question::new(&["status", "--history", &place], "history");
            question.fields.insert("subject".to_owned(), json!(place));
            question
        }
    };
    if draw.one_in(3) {
        question.with("--language", "ko", "language", json!("ko"));
    }
    question
}

/// What the server says, without what it says beyond the command line.
fn asked(client: &mut Client, question: &Question) -> (u16, Value) {
    let path = format!("/api/tumen/v1/{}", question.path);
    let answer = if ["plan", "next"].contains(&question.path) {
        client.post(&path, &Value::Object(question.fields.clone()))
    } else {
        let mut query = String::from("?");
        for (name, value) in &question.fields {
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let _ = write!(query, "{name}={}&", encoded(&text));
        }
        client.get(&(path + query.trim_end_matches('&')))
    };
    let mut json = answer.json();
    if let (Some(json), "next") = (json.as_object_mut(), question.path) {
        json.remove("calendar");
        json.remove("itineraries");
    }
    (answer.status, json)
}

/// An answer without the mention that the horizon may hide longer journeys: that depends on what a search passes on its way, and a search
/// among the runs that earlier ones had copied passes less. The journeys do not depend on it.
fn comparable(mut answer: Value) -> Value {
    if let Some(limits) = answer.pointer_mut("/tumen/limits").and_then(Value::as_array_mut) {
        limits.retain(|limit| limit["limit"] != "horizon");
    }
    answer
}

/// Puts so many questions to both; answers how many were answered with something, and how many with a failure.
fn compare(timetable: &Path, draw: &mut Draw, count: usize) -> (usize, usize) {
    let timetable = timetable.to_str().expect("UTF-8");
    let server = Server::start(&[timetable]);
    let mut client = server.connect();
    let (mut answers, mut failures) = (0, 0);
    for number in 0..count {
        let question = match number % 10 {
            0..6 => plan(draw),
            6..8 => next(draw),
            _ => other(draw),
        };
        let mut command: Vec<&str> = question.command.iter().map(String::as_str).collect();
        command.extend(["--json", "--timetable", timetable, "--now", NOW]);
        let said = tumen(&command);
        let (status, json) = asked(&mut client, &question);
        let error = &said.json()["error"];
        if error.is_null() {
            assert_eq!(status, 200, "{command:?}: {json}");
            assert_eq!(comparable(said.json()), comparable(json), "{command:?}");
            answers += 1;
        } else {
            assert!(status == 400 || status == 404, "{status} to {command:?}");
            assert_eq!((&error["code"], &error["message"]), (&json["code"], &json["detail"]), "{command:?}");
            assert_eq!(error["candidates"], json["candidates"], "{command:?}");
            failures += 1;
        }
    }
    (answers, failures)
}

fn dates(first: (i16, i8), months: i16) -> Vec<String> {
    let month =
        |number: i16| (first.0 + (i16::from(first.1) - 1 + number) / 12, (i16::from(first.1) - 1 + number) % 12 + 1);
    (0..months)
        .map(month)
        .flat_map(|(year, month)| [3, 12, 26].map(|day| format!("{year}-{month:02}-{day:02}")))
        .collect()
}

#[test]
fn eight_hundred_questions_about_the_corridor() {
    let corridor = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../feeds/corridor"));
    let stops = std::fs::read_to_string(corridor.join("stops.txt")).expect("stops");
    let ids = stops.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_owned);
    let mut places: Vec<String> = ids.collect();
    let cities = ["Moscow", "Pyongyang", "Vladivostok", "Khabarovsk", "Beijing", "평양", "Москва", "北京", "Хасан"];
    let wrong = ["Nowhere", "Kazan", "a", "91,0", "43.1,131.9", "39.02,125.75"];
    // The cities are asked for as often as everything else together.
    let often = places.len() / cities.len();
    places.extend(cities.iter().cycle().take(often * cities.len()).map(|name| (*name).to_owned()));
    places.extend(wrong.map(str::to_owned));
    let mut draw = Draw { state: 6, places, dates: dates((2019, 1), 106), waits: true };
    let (answers, failures) = compare(&Compiled::of_feed(corridor).path, &mut draw, 800);
    assert!(answers > 500 && failures > 10, "{answers} answers, {failures} failures");
}

#[test]
fn two_hundred_questions_about_amtrak() {
    let feed = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/feeds/us-amtrak-2024.zip"));
    if !feed.exists() {
        eprintln!("SKIPPED: ../shared/feeds is absent");
        return;
    }
    let places = ["CHI", "NYP", "LAX", "SEA", "NOL", "WAS", "BOS", "Albany", "Denver", "Portland", "41.88,-87.64"];
    let places = places.map(str::to_owned).to_vec();
    let mut draw = Draw { state: 6, places, dates: dates((2024, 2), 8), waits: false };
    let (answers, _) = compare(&Compiled::of_feed(feed).path, &mut draw, 200);
    assert!(answers > 100, "{answers} answers");
}
