//! The statements of a text timetable.

use super::TextError;
use super::words::Line;
use std::collections::BTreeMap;
use tumen_base::{Date, ServiceTime};
use tumen_feed::{
    Agency, Call, Exception, Feed, Frequency, Route, Service, Stop, StopKind, Table, TableRow, Transfer, Trip, Weekly,
};

const RAIL: u16 = 2;
const DAILY: u8 = 0b111_1111;
const CARRIAGES: &str = "through_carriages.txt";
const CARRIAGE_COLUMNS: [&str; 6] =
    ["through_carriage_id", "name", "carriage_number", "service_id", "carriage_type_id", "agency_id"];
const HOSTS: &str = "through_carriage_hosts.txt";
const HOST_COLUMNS: [&str; 7] = [
    "through_carriage_id",
    "sequence",
    "trip_id",
    "attach_stop_id",
    "detach_stop_id",
    "min_stand_time",
    "max_stand_time",
];

/// The feeds read so far.
#[derive(Default)]
pub(super) struct Reader {
    feeds: Vec<Feed>,
    /// Dates of the services of the last feed that state none.
    days: Option<(Date, Date)>,
    /// Whether the last feed has declared an agency.
    has_agency: bool,
}

impl Reader {
    /// All feeds.
    pub(super) fn finish(self) -> Vec<Feed> {
        self.feeds
    }

    /// Reads a line that holds words.
    pub(super) fn statement(&mut self, line: &mut Line) -> Result<(), TextError> {
        let keyword = line.word("a statement")?;
        if keyword == "feed" {
            return self.feed(line);
        }
        let Some(feed) = self.feeds.last_mut() else {
            return Err(line.error("the first statement is `feed`".into()));
        };
        match keyword {
            "agency" => {
                if !std::mem::replace(&mut self.has_agency, true) {
                    feed.agencies.clear();
                }
                agency(feed, line)
            }
            "route" => route(feed, line),
            "stop" => stop(feed, line, StopKind::Stop),
            "station" => stop(feed, line, StopKind::Station),
            "stops" => stops(feed, line),
            "service" => service(feed, line, self.days),
            "trip" => trip(feed, line),
            "frequency" => frequency(feed, line),
            "transfer" => transfer(feed, line),
            "continue" => seated(feed, line, 4),
            "break" => seated(feed, line, 5),
            "carriage" => carriage(feed, line),
            other => Err(line.error(format!("there is no statement `{other}`"))),
        }
    }

    fn feed(&mut self, line: &mut Line) -> Result<(), TextError> {
        let mut feed = Feed::default();
        if !line.take("zone") {
            line.word("a name or `zone`")?.clone_into(&mut feed.name);
            line.expect("zone")?;
        }
        line.word("a zone such as `Europe/Moscow`")?.clone_into(&mut feed.zone);
        if jiff::tz::TimeZone::get(&feed.zone).is_err() {
            return Err(line.error(format!("there is no zone `{}`", feed.zone)));
        }
        self.days = if line.take("days") { Some(line.value("dates as D..D", dates)?) } else { None };
        if let Some((first, last)) = self.days {
            let weekly = Weekly { weekdays: DAILY, first: Some(first), last: Some(last), ..Weekly::default() };
            feed.services.push(Service { id: "daily".into(), weekly: Some(weekly), ..Service::default() });
        }
        feed.agencies.push(Agency { id: "agency".into(), zone: feed.zone.clone(), ..Agency::default() });
        self.has_agency = false;
        self.feeds.push(feed);
        Ok(())
    }
}

fn agency(feed: &mut Feed, line: &mut Line) -> Result<(), TextError> {
    let id = new_id(line, |id| feed.agencies.iter().any(|agency| agency.id == id))?;
    let name = line.take_quoted().unwrap_or_default().to_owned();
    feed.agencies.push(Agency { id, name, zone: feed.zone.clone(), ..Agency::default() });
    Ok(())
}

fn route(feed: &mut Feed, line: &mut Line) -> Result<(), TextError> {
    let id = new_id(line, |id| feed.routes.iter().any(|route| route.id == id))?;
    let short_name = line.take_quoted().unwrap_or(&id).to_owned();
    let mut route = Route { id, short_name, kind: RAIL, ..Route::default() };
    while !line.is_done() {
        match line.word("`kind` or `agency`")? {
            "kind" => route.kind = line.value("a route_type", |word| word.parse().ok())?,
            "agency" => {
                route.agency =
                    line.value("an agency of this feed", |word| position(&feed.agencies, |agency| agency.id == word))?;
            }
            other => return Err(line.error(format!("expected `kind` or `agency`, found `{other}`"))),
        }
    }
    feed.routes.push(route);
    Ok(())
}

fn stop(feed: &mut Feed, line: &mut Line, kind: StopKind) -> Result<(), TextError> {
    let id = new_stop_id(feed, line)?;
    let name = line.take_quoted().unwrap_or(&id).to_owned();
    let position = line.take_value(coordinates);
    let mut stop = Stop { id, name, position, kind, ..Stop::default() };
    while !line.is_done() {
        match line.word("`in`, `zone` or `platform`")? {
            "in" => stop.parent = Some(stop_named(feed, line)?),
            "zone" => line.word("a zone")?.clone_into(&mut stop.zone),
            "platform" => line.word("a platform code")?.clone_into(&mut stop.platform),
            other => return Err(line.error(format!("expected `in`, `zone` or `platform`, found `{other}`"))),
        }
    }
    feed.stops.push(stop);
    Ok(())
}

fn stops(feed: &mut Feed, line: &mut Line) -> Result<(), TextError> {
    loop {
        let id = new_stop_id(feed, line)?;
        feed.stops.push(Stop { name: id.clone(), id, ..Stop::default() });
        if line.is_done() {
            return Ok(());
        }
    }
}

fn service(feed: &mut Feed, line: &mut Line, days: Option<(Date, Date)>) -> Result<(), TextError> {
    let id = new_id(line, |id| feed.services.iter().any(|service| service.id == id))?;
    line.expect(":")?;
    let range = line.take_value(dates).or(days);
    let mut service = Service { id, ..Service::default() };
    if let Some(weekdays) = line.take_value(weekdays) {
        let Some((first, last)) = range else {
            return Err(line.error("weekdays need dates: `D..D` before them, or `days D..D` on the feed".into()));
        };
        service.weekly = Some(Weekly { weekdays, first: Some(first), last: Some(last), ..Weekly::default() });
    }
    while !line.is_done() {
        let runs = match line.word("`dates` or `except`")? {
            "dates" => true,
            "except" => false,
            other => return Err(line.error(format!("expected weekdays, `dates` or `except`, found `{other}`"))),
        };
        while let Some(date) = line.take_value(date) {
            service.exceptions.insert(date, Exception { runs, ..Exception::default() });
        }
    }
    feed.services.push(service);
    Ok(())
}

fn trip(feed: &mut Feed, line: &mut Line) -> Result<(), TextError> {
    let mut trip = Trip { direction: 2, ..Trip::default() };
    trip.id = new_id(line, |id| feed.trips.iter().any(|trip| trip.id == id))?;
    trip.short_name.clone_from(&trip.id);
    let mut route = "R";
    let mut service = None;
    loop {
        match line.word("`route`, `service`, `block` or `:`")? {
            ":" => break,
            "route" => route = line.word("a route")?,
            "service" => service = Some(service_named(feed, line)?),
            "block" => line.word("a block")?.clone_into(&mut trip.block),
            other => return Err(line.error(format!("expected `route`, `service`, `block` or `:`, found `{other}`"))),
        }
    }
    trip.service = match service.or_else(|| position(&feed.services, |service| service.id == "daily")) {
        Some(service) => service,
        None => return Err(line.error("the feed has no `days`, so the trip needs a `service`".into())),
    };
    trip.route = position(&feed.routes, |known| known.id == route).unwrap_or_else(|| {
        feed.routes.push(Route { id: route.into(), short_name: route.into(), kind: RAIL, ..Route::default() });
        feed.routes.len() as u32 - 1
    });
    let first = feed.calls.len();
    loop {
        let call = call(feed, line)?;
        if feed.calls[first..].last().is_some_and(|before| before.departure > call.arrival) {
            return Err(line.error("the trip arrives here before it left the stop before".into()));
        }
        feed.calls.push(call);
        if !line.take("|") {
            break;
        }
    }
    if feed.calls.len() < first + 2 {
        return Err(line.error("a trip calls at two stops at least".into()));
    }
    trip.calls = first as u32..feed.calls.len() as u32;
    feed.trips.push(trip);
    Ok(())
}

fn call(feed: &Feed, line: &mut Line) -> Result<Call, TextError> {
    let stop = stop_named(feed, line)?;
    let (arrival, departure) = line.value("a time as HH:MM, or two as HH:MM-HH:MM", |word| {
        let (arrival, departure) = word.split_once('-').unwrap_or((word, word));
        Some((time(arrival)?, time(departure)?))
    })?;
    if departure < arrival {
        return Err(line.error("the departure is before the arrival".into()));
    }
    let mut call = Call { stop, arrival, departure, ..Call::default() };
    if line.take("(") {
        loop {
            line.expect("no")?;
            match line.word("`pickup` or `drop-off`")? {
                "pickup" => call.pickup = 1,
                "drop-off" => call.drop_off = 1,
                other => return Err(line.error(format!("expected `pickup` or `drop-off`, found `{other}`"))),
            }
            if !line.take(",") {
                break;
            }
        }
        line.expect(")")?;
    }
    Ok(call)
}

fn frequency(feed: &mut Feed, line: &mut Line) -> Result<(), TextError> {
    let trip = trip_named(feed, line)?;
    let (start, end) = line.value("times as HH:MM..HH:MM", times)?;
    line.expect("every")?;
    let headway = line.value("seconds", |word| word.parse().ok().filter(|&seconds| seconds > 0))?;
    let exact = line.take("exact");
    feed.frequencies.push(Frequency { trip, start, end, headway, exact });
    Ok(())
}

fn transfer(feed: &mut Feed, line: &mut Line) -> Result<(), TextError> {
    let mut transfer = Transfer {
        from_stop: Some(stop_named(feed, line)?),
        to_stop: Some(stop_named(feed, line)?),
        ..Transfer::default()
    };
    while !line.is_done() {
        match line.word("`type`, `min`, `from` or `to`")? {
            "type" => {
                transfer.kind = line.value("a type of 0 to 3", |word| word.parse().ok().filter(|&kind| kind < 4))?;
            }
            "min" => transfer.min_time = Some(line.value("seconds", |word| word.parse().ok())?),
            "from" if line.take("trip") => transfer.from_trip = Some(trip_named(feed, line)?),
            "from" => {
                line.expect("route")?;
                transfer.from_route = Some(route_named(feed, line)?);
            }
            "to" if line.take("trip") => transfer.to_trip = Some(trip_named(feed, line)?),
            "to" => {
                line.expect("route")?;
                transfer.to_route = Some(route_named(feed, line)?);
            }
            other => return Err(line.error(format!("expected `type`, `min`, `from` or `to`, found `{other}`"))),
        }
    }
    feed.transfers.push(transfer);
    Ok(())
}

fn seated(feed: &mut Feed, line: &mut Line, kind: u8) -> Result<(), TextError> {
    let from_trip = Some(trip_named(feed, line)?);
    line.expect("->")?;
    let to_trip = Some(trip_named(feed, line)?);
    let mut transfer = Transfer { from_trip, to_trip, kind, ..Transfer::default() };
    if line.take("at") {
        transfer.from_stop = Some(stop_named(feed, line)?);
        transfer.to_stop = Some(stop_named(feed, line)?);
    }
    feed.transfers.push(transfer);
    Ok(())
}

fn carriage(feed: &mut Feed, line: &mut Line) -> Result<(), TextError> {
    let id = line.word("an id")?;
    let name = line.take_quoted().unwrap_or(id);
    line.expect("service")?;
    let service = service_named(feed, line)?;
    let service = feed.services[service as usize].id.clone();
    line.expect(":")?;
    add_row(&mut feed.extension, CARRIAGES, &CARRIAGE_COLUMNS, &[id, name, "", &service, "", ""]);
    let mut sequence = 1;
    loop {
        let trip = line.word("a host trip")?;
        let stops = line.value("stops as ATTACH..DETACH", |word| word.split_once(".."))?;
        let stand = if line.take("stand") {
            let (least, most) = line.value("times as HH:MM..HH:MM", times)?;
            (ServiceTime(least).to_string(), ServiceTime(most).to_string())
        } else {
            Default::default()
        };
        let row = [id, &sequence.to_string(), trip, stops.0, stops.1, &stand.0, &stand.1];
        add_row(&mut feed.extension, HOSTS, &HOST_COLUMNS, &row);
        if line.take(",") {
            sequence += 1;
        } else if !line.take("|") {
            return Ok(());
        }
    }
}

fn add_row(extension: &mut BTreeMap<String, Table>, file: &str, columns: &[&str], values: &[&str]) {
    let table = extension.entry(file.to_owned()).or_default();
    table.columns = columns.iter().map(ToString::to_string).collect();
    let line = table.rows.len() as u64 + 2;
    table.rows.push(TableRow { line, values: values.iter().map(ToString::to_string).collect() });
}

fn new_id(line: &mut Line, is_known: impl FnOnce(&str) -> bool) -> Result<String, TextError> {
    let id = line.value("an id", |word| Some(word).filter(|word| word.chars().all(|sign| !"|(),:".contains(sign))))?;
    if is_known(id) { Err(line.error(format!("`{id}` is declared twice"))) } else { Ok(id.to_owned()) }
}

fn new_stop_id(feed: &Feed, line: &mut Line) -> Result<String, TextError> {
    new_id(line, |id| feed.stops.iter().any(|stop| stop.id == id))
}

fn stop_named(feed: &Feed, line: &mut Line) -> Result<u32, TextError> {
    line.value("a stop of this feed", |word| position(&feed.stops, |stop| stop.id == word))
}

fn trip_named(feed: &Feed, line: &mut Line) -> Result<u32, TextError> {
    line.value("a trip of this feed", |word| position(&feed.trips, |trip| trip.id == word))
}

fn route_named(feed: &Feed, line: &mut Line) -> Result<u32, TextError> {
    line.value("a route of this feed", |word| position(&feed.routes, |route| route.id == word))
}

fn service_named(feed: &Feed, line: &mut Line) -> Result<u32, TextError> {
    line.value("a service of this feed", |word| position(&feed.services, |service| service.id == word))
}

fn position<T>(rows: &[T], is_it: impl FnMut(&T) -> bool) -> Option<u32> {
    rows.iter().position(is_it).map(|index| index as u32)
}

fn time(word: &str) -> Option<i32> {
    let seconds = if word.matches(':').count() == 1 { ":00" } else { "" };
    ServiceTime::parse(format!("{word}{seconds}").as_bytes()).ok().map(|time| time.0)
}

fn times(word: &str) -> Option<(i32, i32)> {
    let (first, last) = word.split_once("..")?;
    Some((time(first)?, time(last)?))
}

fn date(word: &str) -> Option<Date> {
    Date::parse_typed(word).ok().filter(|_| word.contains('-'))
}

fn dates(word: &str) -> Option<(Date, Date)> {
    let (first, last) = word.split_once("..")?;
    Some((date(first)?, date(last)?))
}

fn coordinates(word: &str) -> Option<(f64, f64)> {
    let (north, east) = word.split_once(',')?;
    Some((north.parse().ok()?, east.parse().ok()?))
}

/// `daily`, `mon-fri` or `mon,wed,fri` as bits, Monday lowest.
fn weekdays(word: &str) -> Option<u8> {
    let day = |name| ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|&day| day == name);
    if word == "daily" {
        return Some(DAILY);
    }
    if let Some((first, last)) = word.split_once('-') {
        return Some((day(first)?..=day(last)?).fold(0, |bits, day| bits | 1 << day));
    }
    word.split(',').map(day).try_fold(0, |bits, day| Some(bits | 1 << day?))
}
