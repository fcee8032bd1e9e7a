//! A comparison, in every form in which it is told.

use std::collections::BTreeSet;
use tumen_analysis::{Line, Listed, Pair, Relation, Scenario, Silence, SilentLine, Site, Standing, Tally, Window};
use tumen_base::{Date, StopId, format_duration};
use tumen_routing::Limit;

use crate::records::{self, Record, Unscheduled};
use tumen_journey::present::{View, words};
use tumen_journey::trust;

/// What is known before anything is asked.
pub struct Basis<'b> {
    /// Names.
    pub view: &'b View<'b>,
    /// The windows.
    pub windows: [Window; 2],
    /// What runs otherwise in the second one.
    pub scenario: &'b Scenario,
    /// That in words, with the ids that were found.
    pub told: &'b [String],
    /// Longest journey, seconds.
    pub within: i32,
    /// Origins.
    pub from: &'b [Site],
    /// Destinations.
    pub to: &'b [Site],
    /// What the data does not know of, in either window.
    pub silence: [&'b Silence; 2],
    /// Services on days that are not published, in either window.
    pub unscheduled: &'b [Vec<Unscheduled>; 2],
}

/// A comparison.
pub struct Report<'b> {
    /// What was asked.
    pub basis: Basis<'b>,
    /// What was found.
    pub tally: Tally,
    /// Sentences that come before everything else.
    pub cautions: Vec<String>,
    /// What feeds record of the days between.
    pub records: Vec<Record>,
}

/// A pair in words.
pub struct Named<'n> {
    /// Origin.
    pub from: &'n Site,
    /// Destination.
    pub to: &'n Site,
    /// Before and after.
    pub standings: [Standing; 2],
}

impl<'b> Basis<'b> {
    /// `60 days from Tue 1 Oct 2024 (to Fri 29 Nov 2024)`.
    pub fn window(&self, number: usize) -> String {
        let Window { first, days } = self.windows[number];
        let last = self.windows[number].last();
        let date = |date: Date| words::date(date.civil());
        format!("{} from {} to {}", words::count(days as usize, "day"), date(first), date(last))
    }

    /// What the data is silent on: in each window by its name, once where that is the same in both.
    pub fn silences(&self) -> Vec<(&'static str, &'b Silence, &'b [Unscheduled])> {
        let of = |number: usize, window| (window, self.silence[number], &self.unscheduled[number][..]);
        if self.windows[0] == self.windows[1] && self.silence[0].lines == self.silence[1].lines {
            return vec![of(0, "both windows")];
        }
        vec![of(0, "the first window"), of(1, "the second window")]
    }

    /// The names of a pair.
    pub fn named(&self, pair: Pair) -> Named<'b> {
        Named {
            from: &self.from[pair.from as usize],
            to: &self.to[pair.to as usize],
            standings: [pair.before, pair.after],
        }
    }

    /// `645/646 Tumangang–Khasan`, its id, and the dates it is known for.
    pub fn line(&self, line: &SilentLine) -> (String, String, String) {
        let columns = self.view.columns();
        let (name, id) = match line.coverage.line {
            Line::Route(route) => {
                (self.view.world.route_name(route), columns.text(columns.route_id[route.index()]).to_owned())
            }
            Line::Carriage(carriage) => {
                let index = carriage.0 as usize;
                let id = columns.text(columns.carriage_id[index]).to_owned();
                let name = columns.text(columns.carriage_name[index]);
                (if name.is_empty() { id.clone() } else { name.to_owned() }, id)
            }
        };
        (name, id, format!("{} to {}", line.coverage.days.first, line.coverage.days.last))
    }

    /// Where a place is, if any of its stops has a position.
    pub fn position(&self, site: &Site) -> Option<(f64, f64)> {
        let columns = self.view.columns();
        site.place.stops.iter().find_map(|&(stop, _): &(StopId, i32)| columns.position_of_stop(stop))
    }
}

impl<'b> Report<'b> {
    /// Puts together what was found.
    pub fn of(basis: Basis<'b>, tally: Tally, limits: &BTreeSet<Limit>) -> Self {
        let world = basis.view.world;
        let mut cautions: Vec<String> = trust::of_timetable(&world.columns()).map(str::to_owned).into_iter().collect();
        let columns = world.columns();
        let (first, last) = (columns.first_date(), columns.last_date());
        let beyond = |window: &Window| window.first < first || window.last() > last;
        if basis.windows.iter().any(beyond) {
            cautions.push(format!(
                "The timetable has service days from {first} to {last} only; beyond them there is no data."
            ));
        } else if limits.contains(&Limit::TimetableEnd) {
            cautions
                .push(format!("Journeys that would go on after {last}, the last day of the timetable, are not found."));
        }
        let [before, after] = basis.windows;
        let weekdays = before.first.weekday() != after.first.weekday();
        if weekdays && before.days % 7 != 0 {
            cautions.push(format!(
                "{} are no whole weeks, and the windows begin on different weekdays: a service of certain weekdays may depart \
                 once more in one of them.",
                words::count(before.days as usize, "day")
            ));
        }
        let mut records = records::posts(world, basis.windows);
        records.extend(records::suspensions(world, basis.windows));
        Self { basis, tally, cautions, records }
    }

    /// Whether no pair is connected in either window.
    pub fn is_empty(&self) -> bool {
        let Tally { newly_connected, disconnected, no_data_before, no_data_after, connected, .. } = &self.tally;
        let kinds = [newly_connected, disconnected, no_data_before, no_data_after];
        *connected == 0 && kinds.iter().all(|kind| kind.total() == 0)
    }

    /// How many pairs there are of each kind, in words, in the order in which they are told.
    pub fn counts(&self) -> Vec<(&'static str, u64)> {
        let tally = &self.tally;
        vec![
            ("newly connected", tally.newly_connected.total()),
            ("disconnected", tally.disconnected.total()),
            ("connected in the second window; no data for the first", tally.no_data_before.total()),
            ("connected in the first window; no data for the second", tally.no_data_after.total()),
            ("connected in both", tally.connected),
            ("  of these faster", tally.faster.total()),
            ("  of these slower", tally.slower.total()),
            ("  of these more often", tally.more_often.total()),
            ("  of these less often", tally.less_often.total()),
            ("  of these unchanged", tally.unchanged),
            ("  of these changed, and served by a line without data in one window *", tally.partly_silent),
            ("without a journey in either window", tally.unconnected),
            ("without a journey, and no data", tally.no_data),
            ("a walk apart, not compared", tally.on_foot),
        ]
    }

    /// The median changes, in words.
    pub fn medians(&self) -> Option<[String; 2]> {
        let (seconds, departures) = (self.tally.seconds.median()?, self.tally.departures.median()?);
        Some([signed_duration(seconds), signed(departures)])
    }
}

/// `+3 d 4 h`, `−20 min`, `0 min`.
pub fn signed_duration(seconds: i64) -> String {
    match seconds {
        0 => "none".to_owned(),
        1.. => format!("+{}", format_duration(seconds)),
        _ => format!("−{}", format_duration(-seconds)),
    }
}

/// `+7`, `−7`, `none`.
pub fn signed(number: i64) -> String {
    match number {
        0 => "none".to_owned(),
        1.. => format!("+{number}"),
        _ => format!("−{}", -number),
    }
}

/// Marks a pair whose change may only be that the data begins or ends.
pub fn mark(pair: Pair) -> &'static str {
    if matches!(pair.relation(), Relation::Connected(_)) && pair.silent != [false, false] { " *" } else { "" }
}

/// What the mark means.
pub const MARK: &str = "* A line that serves the pair has no data in one of the windows: the change may only be that the data \
                        begins or ends.";

/// A standing in words: departures and fastest journey.
pub fn standing(standing: Standing) -> [String; 2] {
    match standing {
        Standing::Ride(ride) => [ride.departures.to_string(), format_duration(ride.fastest.into())],
        Standing::Unconnected => ["0".to_owned(), "–".to_owned()],
        Standing::NoData => ["no data".to_owned(), "no data".to_owned()],
        Standing::OnFoot => ["on foot".to_owned(), "on foot".to_owned()],
    }
}

/// How a pair changed in time and in number, as files word it.
pub fn change_words(relation: Relation) -> [&'static str; 2] {
    let Relation::Connected(change) = relation else { return ["", ""] };
    let word = |number: i64, [less, more]: [&'static str; 2]| match number {
        0 => "same",
        1.. => more,
        _ => less,
    };
    [word(change.seconds.into(), ["faster", "slower"]), word(change.departures, ["less_often", "more_often"])]
}

/// The largest changes each way, with what they are ranked by.
pub fn largest(tally: &Tally) -> [(&'static str, Vec<Listed>); 4] {
    [
        ("Faster", tally.faster.iter().collect()),
        ("Slower", tally.slower.iter().collect()),
        ("More often", tally.more_often.iter().collect()),
        ("Less often", tally.less_often.iter().collect()),
    ]
}

/// Pairs that are named, by kind: newly connected, broken, and those of which one window has no data.
pub fn lists(tally: &Tally) -> [(&'static str, &tumen_analysis::Top); 4] {
    [
        ("Newly connected", &tally.newly_connected),
        ("Broken connections", &tally.disconnected),
        ("Connected in the second window; no data for the first", &tally.no_data_before),
        ("Connected in the first window; no data for the second", &tally.no_data_after),
    ]
}
