//! terminals.txt and freight_services.txt: where goods are handed over, and what carries them from one such place to another.

use std::collections::HashMap;
use thiserror::Error;
use tumen_base::{Date, FeedId, ServiceTime, StopId};
use tumen_border::{Affected, Borders, Country, Hours, Period, PostId, Suspensions};
use tumen_timetable::{Row, Rows, Timetable};

use crate::screening::is_dprk;

const TERMINALS: &str = "terminals.txt";
const SERVICES: &str = "freight_services.txt";

/// The files that speak of goods trains.
#[derive(Clone, Copy, Debug)]
pub struct FreightFiles<'a> {
    /// terminals.txt.
    pub terminals: &'a Rows,
    /// freight_services.txt.
    pub services: &'a Rows,
    /// suspensions.txt.
    pub suspensions: &'a Rows,
    /// border_rules.txt, for rules about goods.
    pub border_rules: &'a Rows,
}

/// Goods trains and the places between which they run.
#[derive(Clone, Debug)]
pub struct Network {
    /// Terminals in the order of their rows.
    pub terminals: Vec<Terminal>,
    /// Services, those that run both ways once for each.
    pub services: Vec<Service>,
}

/// Where goods are handed over, transhipped, or put on other bogies.
#[derive(Clone, Debug)]
pub struct Terminal {
    /// terminal_id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its stop.
    pub stop: StopId,
    /// stop_id.
    pub stop_id: String,
    /// The country it lies in.
    pub country: Country,
    /// Gauges of its tracks in millimetres; empty where unknown.
    pub gauges: Vec<u16>,
    /// How the gauge can be changed here.
    pub handling: Vec<Handling>,
    /// When that is done.
    pub hours: Hours,
    /// Sources, as written.
    pub sources: String,
    /// Anything else.
    pub note: String,
}

/// How goods get from one gauge to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// The wagons are put on other bogies.
    BogieChange,
    /// The goods are loaded into other wagons.
    Transhipment,
}

/// A way to change the gauge at a terminal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handling {
    /// How.
    pub how: How,
    /// Hours it takes whatever the amount; unknown where nobody says.
    pub hours: Option<f64>,
    /// Wagons (bogie change) or tonnes (transhipment) an hour; unknown where nobody says.
    pub per_hour: Option<f64>,
}

/// The law under which goods are carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regime {
    /// The Agreement on International Goods Transport by Rail.
    Smgs,
    /// The Uniform Rules concerning the Contract of International Carriage of Goods by Rail (COTIF, Appendix B).
    Cim,
}

/// A goods train from one terminal to another.
#[derive(Clone, Debug)]
pub struct Service {
    /// freight_service_id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Where it begins, by place among the terminals.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// Whether a source says that goods trains run; otherwise only the line is known.
    pub is_stated: bool,
    /// When it runs and how long it takes; `None` where that is not published.
    pub times: Option<Times>,
    /// Seconds before the departure at which goods must be there; unknown where nobody says.
    pub cut_off: Option<i32>,
    /// Most wagons of one consignment; unknown where nobody says.
    pub most_wagons: Option<u32>,
    /// Most tonnes of one consignment; unknown where nobody says.
    pub most_tonnes: Option<f64>,
    /// Gauges of wagons that it takes.
    pub gauges: Vec<u16>,
    /// The law; unknown where nobody says.
    pub regime: Option<Regime>,
    /// The border post that it passes.
    pub post: Option<PostId>,
    /// Days between which it runs.
    pub period: Period,
    /// When it does not run, and why.
    pub closures: Vec<Closure>,
    /// The latest evidence, as written.
    pub as_of: String,
    /// Sources, as written.
    pub sources: String,
    /// Anything else.
    pub note: String,
}

/// The published times of a service.
#[derive(Clone, Debug)]
pub struct Times {
    /// Its days.
    pub days: Vec<Date>,
    /// Seconds of the day, by the clock at the terminal where it begins.
    pub departure: i32,
    /// The least seconds it takes.
    pub least: i32,
    /// The most seconds it takes.
    pub most: i32,
}

/// Days on which a service does not run.
#[derive(Clone, Debug)]
pub struct Closure {
    /// When.
    pub period: Period,
    /// Why.
    pub reason: String,
    /// Sources, as written.
    pub sources: String,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column} {problem}")]
pub struct FreightError {
    /// The file.
    pub file: &'static str,
    /// Line, 1 being the header's.
    pub line: u64,
    /// Column.
    pub column: &'static str,
    /// What is wrong, and what was expected.
    pub problem: String,
}

impl Handling {
    /// Seconds for so many tonnes in so many wagons; `None` where that is not known.
    pub fn seconds(&self, tonnes: Option<f64>, wagons: Option<u32>) -> Option<i32> {
        let amount = match self.how {
            How::BogieChange => wagons.map(f64::from),
            How::Transhipment => tonnes,
        };
        let hours = match (self.hours, self.per_hour) {
            (None, None) => return None,
            (Some(hours), None) => hours,
            (hours, Some(rate)) => hours.unwrap_or(0.0) + amount? / rate,
        };
        Some((hours * 3600.0).ceil() as i32)
    }
}

impl How {
    /// The word of the column `handling`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BogieChange => "bogie_change",
            Self::Transhipment => "transhipment",
        }
    }
}

impl Regime {
    /// The word of the column `legal_regime`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Smgs => "SMGS",
            Self::Cim => "CIM",
        }
    }
}

impl Terminal {
    /// Whether it lies, or may lie, in the DPRK.
    pub fn is_in_dprk(&self) -> bool {
        self.country.claims().iter().copied().any(is_dprk)
    }
}

impl Service {
    /// Why it does not run on a day; `None` where nothing is in the way.
    pub fn closed_on(&self, date: Date) -> Option<&Closure> {
        self.closures.iter().find(|closure| closure.period.contains(date))
    }
}

impl Network {
    /// Reads the files.
    ///
    /// # Errors
    /// At the first row that cannot be used.
    pub fn read(
        timetable: &Timetable,
        borders: &Borders,
        suspensions: &Suspensions,
        files: FreightFiles<'_>,
    ) -> Result<Self, FreightError> {
        let mut terminals = Vec::new();
        let mut places = HashMap::new();
        for row in files.terminals.iter() {
            let terminal = terminal(timetable, borders, &row)?;
            if places.insert((row.feed, terminal.id.clone()), terminals.len()).is_some() {
                return Err(wrong(
                    TERMINALS,
                    &row,
                    "terminal_id",
                    format!("`{}` stands in an earlier row too", terminal.id),
                ));
            }
            terminals.push(terminal);
        }
        let mut services = Vec::new();
        for row in files.services.iter() {
            let reader =
                ServiceReader { timetable, borders, suspensions, files, places: &places, terminals: &terminals };
            let service = reader.service(&row)?;
            if row.get("both_ways") == "1" {
                if service.times.is_some() {
                    let problem = "a service with times runs one way; write a row for the other".to_owned();
                    return Err(wrong(SERVICES, &row, "both_ways", problem));
                }
                let mut back = Service { from: service.to, to: service.from, ..service.clone() };
                back.closures = reader.closures(&row, &back);
                services.push(service);
                services.push(back);
            } else {
                services.push(service);
            }
        }
        Ok(Self { terminals, services })
    }

    /// The terminals at some stops.
    pub fn at<'a>(&'a self, stops: &'a [StopId]) -> impl Iterator<Item = usize> + 'a {
        (0..self.terminals.len()).filter(|place| stops.contains(&self.terminals[*place].stop))
    }
}

fn wrong(file: &'static str, row: &Row<'_>, column: &'static str, problem: String) -> FreightError {
    FreightError { file, line: row.line(), column, problem }
}

fn gauges(file: &'static str, row: &Row<'_>) -> Result<Vec<u16>, FreightError> {
    let gauge = |text: &str| match text.parse::<u16>() {
        Ok(millimetres) if (100..=3000).contains(&millimetres) => Ok(millimetres),
        _ => Err(wrong(file, row, "gauge_mm", format!("`{text}` is no gauge in millimetres, such as 1520;1435"))),
    };
    row.list("gauge_mm").map(gauge).collect()
}

/// A number above 0 that may be absent.
fn number(file: &'static str, row: &Row<'_>, column: &'static str) -> Result<Option<f64>, FreightError> {
    match row.get(column) {
        "" => Ok(None),
        text => match text.parse::<f64>() {
            Ok(number) if number > 0.0 && number <= 1e7 => Ok(Some(number)),
            _ => Err(wrong(file, row, column, format!("`{text}` is no number above 0, up to 10 million"))),
        },
    }
}

/// A duration or a time of the service day that may be absent.
fn seconds(row: &Row<'_>, column: &'static str) -> Result<Option<i32>, FreightError> {
    match row.get(column) {
        "" => Ok(None),
        text => match ServiceTime::parse(text.as_bytes()) {
            Ok(time) => Ok(Some(time.0)),
            Err(error) => Err(wrong(SERVICES, row, column, format!("`{text}`: {error}"))),
        },
    }
}

fn terminal(timetable: &Timetable, borders: &Borders, row: &Row<'_>) -> Result<Terminal, FreightError> {
    let columns = timetable.columns();
    let stop = timetable.stops_with_id(Some(row.feed), row.get("stop_id")).first().copied();
    let stop = stop
        .ok_or_else(|| wrong(TERMINALS, row, "stop_id", format!("`{}` is no stop of the feed", row.get("stop_id"))))?;
    let handling = |word: &str| {
        let (how, hours, per_hour) = match word {
            "bogie_change" => (How::BogieChange, "bogie_change_hours", "bogie_change_wagons_per_hour"),
            "transhipment" => (How::Transhipment, "transhipment_hours", "transhipment_tonnes_per_hour"),
            _ => {
                return Err(wrong(
                    TERMINALS,
                    row,
                    "handling",
                    format!("`{word}` is not one of transhipment, bogie_change"),
                ));
            }
        };
        Ok(Handling { how, hours: number(TERMINALS, row, hours)?, per_hour: number(TERMINALS, row, per_hour)? })
    };
    let country = borders.countries.of_stop(stop).clone();
    Ok(Terminal {
        id: row.get("terminal_id").to_owned(),
        name: row.get("name").to_owned(),
        stop,
        stop_id: row.get("stop_id").to_owned(),
        gauges: gauges(TERMINALS, row)?,
        handling: row.list("handling").map(handling).collect::<Result<_, _>>()?,
        hours: Hours::parse(row.get("opening_hours"), columns.zone_of_stop(stop), country.code()),
        country,
        sources: row.get("source_id").to_owned(),
        note: row.get("note").to_owned(),
    })
}

struct ServiceReader<'a> {
    timetable: &'a Timetable,
    borders: &'a Borders,
    suspensions: &'a Suspensions,
    files: FreightFiles<'a>,
    places: &'a HashMap<(FeedId, String), usize>,
    terminals: &'a [Terminal],
}

impl ServiceReader<'_> {
    fn service(&self, row: &Row<'_>) -> Result<Service, FreightError> {
        let end = |column| {
            let place = self.places.get(&(row.feed, row.get(column).to_owned())).copied();
            place
                .ok_or_else(|| wrong(SERVICES, row, column, format!("`{}` is no id of terminals.txt", row.get(column))))
        };
        let (from, to) = (end("from_terminal_id")?, end("to_terminal_id")?);
        if from == to {
            return Err(wrong(SERVICES, row, "to_terminal_id", "is where the service begins".to_owned()));
        }
        let mut gauges = gauges(SERVICES, row)?;
        if gauges.is_empty() {
            let there = |gauge: &u16| self.terminals[to].gauges.contains(gauge);
            gauges = self.terminals[from].gauges.iter().copied().filter(there).collect();
        }
        let regime = match row.get("legal_regime") {
            "" => None,
            "SMGS" => Some(Regime::Smgs),
            "CIM" => Some(Regime::Cim),
            word => return Err(wrong(SERVICES, row, "legal_regime", format!("`{word}` is not one of SMGS, CIM"))),
        };
        let id = row.get("freight_service_id");
        let name = if row.get("name").is_empty() { id } else { row.get("name") };
        let mut service = Service {
            id: id.to_owned(),
            name: name.to_owned(),
            from,
            to,
            is_stated: row.get("evidence") != "line",
            times: self.times(row)?,
            cut_off: seconds(row, "cut_off")?,
            most_wagons: number(SERVICES, row, "capacity_wagons")?.map(|wagons| wagons as u32),
            most_tonnes: number(SERVICES, row, "capacity_tonnes")?,
            gauges,
            regime,
            post: self.post(row)?,
            period: Period::of(row),
            closures: Vec::new(),
            as_of: row.get("as_of").to_owned(),
            sources: row.get("source_id").to_owned(),
            note: row.get("note").to_owned(),
        };
        service.closures = self.closures(row, &service);
        Ok(service)
    }

    /// Days, departure and both transit times: with any of them missing there are no times.
    fn times(&self, row: &Row<'_>) -> Result<Option<Times>, FreightError> {
        let departure = seconds(row, "departure_time")?;
        let (least, most) = (seconds(row, "transit_time_min")?, seconds(row, "transit_time_max")?);
        let days = self.days(row)?;
        let (Some(days), Some(departure), Some(least), Some(most)) = (days, departure, least, most) else {
            return Ok(None);
        };
        if most < least {
            let problem = "is less than transit_time_min".to_owned();
            return Err(wrong(SERVICES, row, "transit_time_max", problem));
        }
        Ok(Some(Times { days, departure, least, most }))
    }

    fn days(&self, row: &Row<'_>) -> Result<Option<Vec<Date>>, FreightError> {
        let id = row.get("service_id");
        if id.is_empty() {
            return Ok(None);
        }
        let columns = self.timetable.columns();
        let mut all = 0..columns.service_id.len();
        let found = all.find(|service| {
            columns.service_feed[*service] == row.feed.0 && columns.text(columns.service_id[*service]) == id
        });
        let Some(service) = found else {
            return Err(wrong(SERVICES, row, "service_id", format!("`{id}` has no days in the feed's calendar")));
        };
        let period = Period::of(row);
        let days = columns.day_set(columns.service_days[service]).iter().map(|day| columns.date_of(day));
        Ok(Some(days.filter(|date| period.contains(*date)).collect()))
    }

    fn post(&self, row: &Row<'_>) -> Result<Option<PostId>, FreightError> {
        let id = row.get("border_post_id");
        if id.is_empty() {
            return Ok(None);
        }
        let found = self.borders.posts().find(|(_, post)| post.feed == row.feed && post.id == id);
        let problem = || wrong(SERVICES, row, "border_post_id", format!("`{id}` is no id of border_posts.txt"));
        found.map(|(post, _)| Some(post)).ok_or_else(problem)
    }

    /// What keeps a service from running: suspensions of its own, rules about goods at its post, and suspensions of the post, unless
    /// a rule lets goods pass it all the same.
    fn closures(&self, row: &Row<'_>, service: &Service) -> Vec<Closure> {
        let closure = |row: &Row<'_>, reason: &str| Closure {
            period: Period::of(row),
            reason: reason.to_owned(),
            sources: row.get("source_id").to_owned(),
        };
        let own = self.files.suspensions.iter().filter(|suspension| {
            suspension.feed == row.feed && suspension.get("affects") == "freight" && suspension.get("id") == service.id
        });
        let mut closures: Vec<Closure> = own.map(|row| closure(&row, row.get("reason"))).collect();
        let Some(post) = service.post else { return closures };
        let is_ours = |rule: &Row<'_>| {
            rule.feed == row.feed
                && rule.get("border_post_id") == self.borders.post(post).id
                && rule.list("purpose").any(|purpose| purpose == "freight")
                && self.is_direction(rule.get("direction"), service)
        };
        let rules: Vec<Row<'_>> = self.files.border_rules.iter().filter(is_ours).collect();
        closures.extend(
            rules.iter().filter(|rule| rule.get("allowed") == "no").map(|rule| closure(rule, rule.get("rule"))),
        );
        let of_post = self.suspensions.iter().filter(|(_, suspension)| suspension.affected == Affected::Post(post));
        for (_, suspension) in of_post {
            let mut period = suspension.period;
            for rule in rules.iter().filter(|rule| rule.get("allowed") == "yes") {
                period = before(period, Period::of(rule));
            }
            if period.first.is_none() || period.last.is_none() || period.first <= period.last {
                let (reason, sources) = (suspension.reason.clone(), suspension.sources.clone());
                closures.push(Closure { period, reason, sources });
            }
        }
        closures
    }

    fn is_direction(&self, direction: &str, service: &Service) -> bool {
        let Some((from, to)) = direction.split_once('>') else { return true };
        let is_in = |place: usize, code: &str| {
            code == "*" || self.terminals[place].country.claims().iter().any(|country| country.as_str() == code)
        };
        is_in(service.from, from) && is_in(service.to, to)
    }
}

/// The part of a suspension before goods are let pass again, where they are let pass to its end.
fn before(suspension: Period, allowed: Period) -> Period {
    let lasts = allowed.last.is_none() || (suspension.last.is_some() && allowed.last >= suspension.last);
    match allowed.first {
        Some(first) if lasts && suspension.last.is_none_or(|last| first <= last) => {
            Period { last: Some(first.plus(-1)), ..suspension }
        }
        _ => suspension,
    }
}
