//! Timetables drawn as text, with tables of track.

use tumen_base::{Date, StopId};
use tumen_feed::Table;
use tumen_journey::Failure;
use tumen_journey::world::World;
use tumen_oracle::text;
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, compile};
use tumen_track::{Asked, Network, Track};

/// A border line of invented countries: ALPHA and BETA in XA, GAMMA to EPSILON in XB, a branch to SIDE, a loop that is longer. The
/// coach goes from end to end with a stand at GAMMA.
pub const BORDER_LINE: &str = r#"
    feed border zone Europe/Moscow days 2026-03-02..2026-03-08
    stop ALPHA "Alpha" 55.0,37.0
    stop HALT "Halt" 55.0,37.4
    stop BETA "Beta" 55.0,38.0
    stop GAMMA "Gamma" 55.0,38.2 zone Asia/Yekaterinburg
    stop DELTA "Delta" 55.0,39.0 zone Asia/Yekaterinburg
    stop EPSILON "Epsilon" 55.0,40.0 zone Asia/Yekaterinburg
    stop SIDE "Side" 56.0,38.0
    service weekly: dates 2026-03-03
    trip fast route F: ALPHA 08:00 | BETA 09:00
    trip slow route S: ALPHA 10:00 | HALT 10:30-10:40 | BETA 12:00-12:10 | GAMMA 12:40
    trip east route E: GAMMA 16:00 | EPSILON 19:00
    carriage car "Alpha–Epsilon coach" service weekly: slow ALPHA..GAMMA, east GAMMA..EPSILON stand 0:30..6:00
"#;

/// Its sections.
pub const SECTIONS: &str = "\
section_id,from_stop_id,to_stop_id,length_km,gauge_mm,electrification,tracks,countries,regions,source_id
S1,ALPHA,BETA,60,1520,25 kV,2,XA,North; South,BOOK
S2,BETA,GAMMA,15,1520;1435,none,1,XA;XB,South; West,BOOK
S3,DELTA,GAMMA,,1435,none,1,XB,West,OTHER
S4,DELTA,EPSILON,,1435,,,XB,West,OTHER
S5,BETA,SIDE,111,1520,none,1,XA,South,BOOK
S1B,ALPHA,BETA,50,1520,none,1,XA,South,BOOK
ALL,GAMMA,EPSILON,150,1435,,,XB,West,TOTAL
";

/// Its lines.
pub const LINES: &str = "\
line_id,name,sequence,section_id,role,stands_for
MAIN,Alpha–Epsilon,1,S1,main,
MAIN,Alpha–Epsilon,2,S2,main,
MAIN,Alpha–Epsilon,3,S3,main,
MAIN,Alpha–Epsilon,4,S4,main,
MAIN,Alpha–Epsilon,,S1B,alternative,S1
MAIN,Alpha–Epsilon,,ALL,check_sum,S3;S4
BRANCH,Beta–Side,1,S5,main,
";

/// A text timetable of one feed with files of the extension.
pub fn timetable(text: &str, files: &[(&str, &str)]) -> Timetable {
    let mut feeds = text::feeds(text);
    for (name, content) in files {
        feeds[0].extension.insert((*name).to_owned(), Table::parse(content.as_bytes()));
    }
    let today = Date::parse(b"20260101").expect("a date");
    let (data, _) = compile(&feeds, &CompileOptions::on(today), &mut |_| ()).expect("a timetable");
    Timetable::from_data(data).expect("valid columns")
}

/// The track of a timetable.
pub fn track(timetable: &Timetable) -> Track {
    Track::read(&timetable.columns()).expect("files that can be inflated")
}

/// A stop by its id.
pub fn stop(timetable: &Timetable, id: &str) -> StopId {
    timetable.stops_with_id(None, id)[0]
}

/// A date.
pub fn date(text: &str) -> Date {
    Date::parse_typed(text).expect("a date")
}

/// A timetable and its track, asked by name.
pub struct Railway {
    pub world: World,
    pub track: Track,
}

impl Railway {
    /// The border line.
    pub fn border() -> Self {
        Self::of(BORDER_LINE, &[("sections.txt", SECTIONS), ("lines.txt", LINES)])
    }

    pub fn of(text: &str, files: &[(&str, &str)]) -> Self {
        let timetable = timetable(text, files);
        let track = track(&timetable);
        Self { world: World::new(timetable).expect("tables"), track }
    }

    pub fn network(&self) -> Network<'_> {
        Network::new(&self.world.columns(), &self.track)
    }

    pub fn ask(&self, name: &str) -> Result<Asked, Failure> {
        Asked::resolve(&self.world, &self.track, &self.network(), name)
    }

    /// A way in words: `ALPHA S1 BETA S2 GAMMA`; `?` where no section is known, `-S3` where one is passed backwards.
    pub fn words(&self, asked: &Asked) -> String {
        let columns = self.world.columns();
        let id = |stop: StopId| columns.text(columns.stop_id[stop.index()]).to_owned();
        let mut words = vec![id(asked.way.stations[0])];
        for (step, station) in asked.way.steps.iter().zip(&asked.way.stations[1..]) {
            words.push(step.map_or("?".to_owned(), |step| {
                let sign = if step.forward { "" } else { "-" };
                format!("{sign}{}", self.track.sections[step.section].id)
            }));
            words.push(id(*station));
        }
        words.join(" ")
    }
}
