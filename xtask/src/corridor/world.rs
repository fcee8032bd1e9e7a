//! What the tables describe: stations, services and their calls, still in local time.

use super::clock::{ClockCall, parse_clock};
use super::days::Days;
use super::table::Row;
use super::tables::Tables;
use anyhow::{Context, Result, anyhow, bail};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use tumen_base::{Certainty, Date, DateSpan};

/// What a row of `services.csv` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A train or flight that is routed.
    Trip,
    /// A coach that trips carry in turn.
    Carriage,
    /// Known to run, days or times not known: listed, never routed.
    Known,
}

/// A row of `stations.csv`.
#[derive(Clone, Copy)]
pub struct Station<'a> {
    /// Its English name.
    pub name: &'a str,
    /// The row.
    pub row: Row<'a>,
}

/// A row of `services.csv` with its calls.
pub struct Service<'a> {
    /// `service_id`, also the id of the trip.
    pub id: &'a str,
    /// What it is.
    pub kind: Kind,
    /// On which days it runs; `None` for known services.
    pub days: Option<Days>,
    /// First local date on which it may run.
    pub first: Date,
    /// Last local date on which it may run.
    pub last: Date,
    /// Local dates on which it does not run (or takes no passengers) all the same.
    pub except: Vec<Date>,
    /// How far its days can be trusted up to the last evidence.
    pub certainty: Certainty,
    /// Runs on later local dates are assumed.
    pub last_evidence: Option<Date>,
    /// Its calls in order; those of a carriage are check values.
    pub calls: Vec<Call<'a>>,
    /// The row.
    pub row: Row<'a>,
}

/// A row of `stop_times.csv`.
pub struct Call<'a> {
    /// `station_id`.
    pub station: &'a str,
    /// Its clock times.
    pub clock: ClockCall,
    /// Kilometres from the first call.
    pub km: Option<f64>,
    /// How far the times can be trusted.
    pub certainty: Certainty,
    /// The row.
    pub row: Row<'a>,
}

/// Everything the tables say that has a place in time.
pub struct World<'a> {
    /// The tables.
    pub tables: &'a Tables,
    /// The zone of the feed's service days.
    pub zone: TimeZone,
    /// First and last local date the feed covers.
    pub coverage: (Date, Date),
    /// Stations by id.
    pub stations: BTreeMap<&'a str, Station<'a>>,
    /// Services in file order.
    pub services: Vec<Service<'a>>,
}

impl<'a> World<'a> {
    /// Reads the meaning of the tables.
    pub fn read(tables: &'a Tables) -> Result<Self> {
        let zone = TimeZone::get(tables.setting("timezone")?).context("feed.csv: `timezone`")?;
        let day = |key| -> Result<Date> {
            Date::parse_typed(tables.setting(key)?).map_err(|error| anyhow!("feed.csv: `{key}`: {error}"))
        };
        let coverage = (day("coverage_from")?, day("coverage_until")?);
        let mut stations = BTreeMap::new();
        for row in tables.rows("stations") {
            stations.insert(row.required("station_id")?, Station { name: row.required("name_en")?, row });
        }
        let mut calls = read_calls(tables, &stations)?;
        let mut services = Vec::new();
        for row in tables.rows("services") {
            let calls = calls.remove(row.required("service_id")?).unwrap_or_default();
            services.push(read_service(row, calls, coverage)?);
        }
        Ok(Self { tables, zone, coverage, stations, services })
    }

    /// The services of a kind, in file order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Service<'a>> {
        self.services.iter().filter(move |service| service.kind == kind)
    }

    /// A service by its id.
    pub fn service(&self, id: &str) -> Result<&Service<'a>> {
        let found = self.services.iter().find(|service| service.id == id);
        found.with_context(|| format!("services.csv: there is no service `{id}`"))
    }

    /// The English name of a station.
    pub fn station_name(&self, id: &str) -> &'a str {
        self.stations.get(id).map_or("", |station| station.name)
    }
}

impl Service<'_> {
    /// How far a run on a local date can be trusted.
    pub fn certainty_on(&self, date: Date) -> Certainty {
        match self.last_evidence {
            Some(last) if date > last => self.certainty.max(Certainty::Assumed),
            _ => self.certainty,
        }
    }

    /// The worst certainty of its calls' times.
    pub fn certainty_times(&self) -> Certainty {
        self.calls.iter().map(|call| call.certainty).max().unwrap_or(Certainty::Unknown)
    }
}

fn read_service<'a>(row: Row<'a>, calls: Vec<Call<'a>>, coverage: (Date, Date)) -> Result<Service<'a>> {
    let id = row.required("service_id")?;
    let kind = match row.required("kind")? {
        "trip" => Kind::Trip,
        "carriage" => Kind::Carriage,
        "known" => Kind::Known,
        other => return Err(row.error("kind", &format!("expected trip, carriage or known, found `{other}`"))),
    };
    match (kind, row.required("tier")?) {
        (Kind::Trip | Kind::Carriage, "A" | "C") if calls.len() >= 2 => {}
        (Kind::Trip | Kind::Carriage, "A" | "C") => return Err(row.error("kind", "needs two rows in stop_times.csv")),
        (Kind::Known, "B") => {}
        (_, tier) => return Err(row.error("tier", &format!("`{tier}` does not fit the kind"))),
    }
    let days = if kind == Kind::Known {
        if !row.text("days")?.is_empty() {
            return Err(row.error("days", "a known service has no days that could be routed"));
        }
        None
    } else {
        Some(row.parsed("days", Days::parse)?)
    };
    let mut validity = coverage;
    if kind != Kind::Known {
        // An opening is taken from its last possible day, a closure from its first.
        if let Some(from) = row.dates("valid_from")? {
            validity.0 = coverage.0.max(from.last);
        }
        if let Some(to) = row.dates("valid_to")? {
            validity.1 = coverage.1.min(to.first);
        }
        if let Some(closed) = row.dates("closed_from")? {
            validity.1 = validity.1.min(closed.first.plus(-1));
        }
    }
    let except = row.list("except_dates")?.map(|text| Ok(DateSpan::parse(text)?.first)).collect::<Result<_>>();
    let except = except.map_err(|error| row.error("except_dates", &error.to_string()))?;
    Ok(Service {
        id,
        kind,
        days,
        first: validity.0,
        last: validity.1,
        except,
        certainty: row.parsed("certainty_days", parse_certainty)?,
        last_evidence: row.dates("last_evidence")?.map(|span| span.first),
        calls,
        row,
    })
}

fn read_calls<'a>(
    tables: &'a Tables,
    stations: &BTreeMap<&'a str, Station<'a>>,
) -> Result<BTreeMap<&'a str, Vec<Call<'a>>>> {
    let mut calls: BTreeMap<&str, Vec<Call>> = BTreeMap::new();
    for row in tables.rows("stop_times") {
        let station = row.required("station_id")?;
        let local = row.required("iana_tz")?;
        if stations[station].row.text("iana_tz")? != local {
            return Err(row.error("iana_tz", "is not the zone of the station"));
        }
        let zone = match row.required("time_basis")? {
            "local" => local,
            "Moscow time" => "Europe/Moscow",
            other => return Err(row.error("time_basis", &format!("expected local or Moscow time, found `{other}`"))),
        };
        let of_service = calls.entry(row.required("service_id")?).or_default();
        if row.number("seq")? != Some(of_service.len() + 1) {
            return Err(row.error("seq", "calls are numbered 1, 2, 3 … in file order"));
        }
        let call = Call {
            station,
            clock: ClockCall {
                arrival: row.parsed("arr", parse_clock)?,
                departure: row.parsed("dep", parse_clock)?,
                day_offset: row.number("day_offset")?.ok_or_else(|| row.error("day_offset", "may not be empty"))?,
                zone: TimeZone::get(zone).map_err(|error| row.error("iana_tz", &error.to_string()))?,
            },
            km: row.number("km")?,
            certainty: row.parsed("time_status", parse_certainty)?,
            row,
        };
        if call.clock.arrival.is_none() && call.clock.departure.is_none() {
            return Err(row.error("arr", "neither arrival nor departure is known"));
        }
        of_service.push(call);
    }
    Ok(calls)
}

fn parse_certainty(text: &str) -> Result<Certainty> {
    match Certainty::parse(text) {
        Some(certainty) => Ok(certainty),
        None => bail!("expected published, derived, estimated, assumed or unknown, found `{text}`"),
    }
}
