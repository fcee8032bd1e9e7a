//! Worlds for tests: the shipped rules, declarations, and networks drawn as files.

use tumen_base::{Date, StopId};
use tumen_border::{BorderFiles, Borders, Country, CountryCode, Suspensions};
use tumen_feed::Table;
use tumen_freight::{
    Consignment, End, FreightError, FreightFiles, HsCode, Network, Parties, RouteError, RouteOptions, Routes, Rules,
    Screened, USUAL_THRESHOLD, screen,
};
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_timetable::{Rows, Timetable};

/// The rules that the program brings along.
pub fn rules() -> Rules {
    Rules::shipped().expect("the shipped rules can be read")
}

/// Parties that were compared with nothing.
pub fn nobody() -> Parties {
    Parties::new("", "", USUAL_THRESHOLD)
}

pub fn country(code: &str) -> CountryCode {
    CountryCode::parse(code).expect("a country")
}

/// An end that no network knows: `KP_RAJIN` in `KP`.
pub fn end(stop: &str, codes: &str) -> End {
    End {
        name: stop.to_owned(),
        stops: vec![StopId(0)],
        stop_ids: vec![stop.to_owned()],
        country: Country::parse(codes),
    }
}

/// Goods on their way from one country to another.
pub fn goods(hs: &str, origin: &str, from: End, to: End) -> Consignment {
    Consignment {
        goods: HsCode::parse(hs).expect("a code"),
        origin: country(origin),
        tonnes: Some(60.0),
        wagons: Some(1),
        gauge: None,
        sender: String::new(),
        receiver: String::new(),
        from,
        to,
        onward: None,
        ready: "2026-12-01T08:00[UTC]".parse().expect("a moment"),
        listed: false,
    }
}

/// Screens goods whose parties were compared with nothing.
pub fn screened(consignment: Consignment) -> Screened {
    screen(&rules(), consignment, &nobody())
}

/// A compiled timetable with the files about goods.
pub struct World {
    pub timetable: Timetable,
    pub borders: Borders,
    suspensions: Suspensions,
}

/// Stops with the country of each, and files beside them: name and content.
pub fn world(stops: &[(&str, &str)], files: &[(&str, &str)]) -> World {
    let text: String = std::iter::once("feed zone UTC days 2026-11-01..2027-06-30\n".to_owned())
        .chain(stops.iter().map(|(stop, _)| format!("stop {stop} \"{stop}\"\n")))
        .chain(["service weekly: mon\nstops WX WY\ntrip t: WX 08:00 | WY 09:00\n".to_owned()])
        .collect();
    let mut feed = tumen_oracle::text::feeds(&text).remove(0);
    for (stop, code) in stops {
        let stop = feed.stops.iter_mut().find(|own| own.id == *stop).expect("a stop");
        (*code).clone_into(&mut stop.country);
    }
    for (name, content) in files {
        feed.extension.insert((*name).to_owned(), Table::parse(content.as_bytes()));
    }
    let options = CompileOptions::on(Date::parse(b"20261101").expect("a date"));
    let (data, _) = compile(&[feed], &options, &mut |_| {}).expect("it compiles");
    let timetable = Timetable::from_data(data).expect("it is sound");
    let rows = |name| Rows::read(&timetable.columns(), name).expect("a kept file");
    let none = Rows::default();
    let files =
        BorderFiles { posts: &rows("border_posts.txt"), sections: &none, carriages: &none, carriage_types: &none };
    let borders = Borders::of(&timetable, files);
    let suspensions = Suspensions::read(&timetable, &borders, &rows("suspensions.txt"));
    World { timetable, borders, suspensions }
}

impl World {
    pub fn rows(&self, name: &str) -> Rows {
        Rows::read(&self.timetable.columns(), name).expect("a kept file")
    }

    pub fn network(&self) -> Result<Network, FreightError> {
        let files = FreightFiles {
            terminals: &self.rows("terminals.txt"),
            services: &self.rows("freight_services.txt"),
            suspensions: &self.rows("suspensions.txt"),
            border_rules: &self.rows("border_rules.txt"),
        };
        Network::read(&self.timetable, &self.borders, &self.suspensions, files)
    }

    pub fn end(&self, stop: &str) -> End {
        let stops = self.timetable.stops_with_id(None, stop);
        End::of(&self.timetable.columns(), &self.borders, stop.to_owned(), stops)
    }

    /// Timber of the first country from one stop to another.
    pub fn timber(&self, from: &str, to: &str) -> Consignment {
        goods("4403", "XA", self.end(from), self.end(to))
    }

    /// Ways for goods that the screening clears.
    pub fn routes(&self, consignment: Consignment) -> Result<Routes, RouteError> {
        let Screened::Cleared(cleared) = screened(consignment) else { panic!("refused") };
        let network = self.network().expect("a network");
        network.route(&self.timetable.columns(), &self.borders, &cleared, RouteOptions::default())
    }
}
