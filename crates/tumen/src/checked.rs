//! What `tumen check` found, as text and as JSON.

use jiff::Zoned;
use serde_json::{Value, json};
use tumen_base::{Certainty, StopId, format_duration};
use tumen_journey::present::words;
use tumen_journey::style::{Style, left, right};
use tumen_track::check::{CheckOptions, Checked, Days, Rule, Subject, Tally, Unchecked, Violation};
use tumen_track::running::{Margin, Train};

/// Things that lack a fact beyond these are counted in text.
const MOST_NAMED: usize = 8;

/// What was found, ready to be shown.
pub struct Shown<'a> {
    /// What was checked.
    pub subject: Subject<'a>,
    /// How strictly.
    pub options: &'a CheckOptions,
    /// What was found.
    pub found: &'a Checked,
    /// Show so many violations of each rule.
    pub most: usize,
}

impl Shown<'_> {
    /// For people.
    pub fn text(&self, style: Style) -> String {
        let mut text = String::new();
        let (first, last) = (self.options.days.start(), self.options.days.end());
        line!(text, "{} Service days {first} to {last}", style.bold("Is this timetable possible?"));
        let rows = self.found.tallies.iter().map(|(rule, tally)| {
            let numbers = [tally.checked, tally.violated, tally.not_checkable()].map(|number| number.to_string());
            let [checked, violated, unchecked] = numbers;
            vec![rule.word().to_owned(), checked, violated, unchecked, rule.unit().to_owned()]
        });
        let headings =
            [left("Rule"), right("Checked"), right("Violated"), right("Not checkable"), left("What is counted")];
        text.push('\n');
        text.push_str(&style.table(2, &headings, rows.collect()));
        for rule in Rule::ALL {
            self.violations(&mut text, style, rule);
        }
        self.unchecked(&mut text, style);
        self.fleets(&mut text, style);
        line!(text, "\n{}", style.bold("What was assumed"));
        for assumption in self.assumptions() {
            line!(text, "  {assumption}");
        }
        for complaint in self.complaints() {
            line!(text, "{}", style.warn(&complaint));
        }
        for cut in &self.found.cuts {
            line!(text, "{}", style.warn(cut));
        }
        let verdict = match self.found.violated() {
            0 => "Nothing was found that is impossible".to_owned(),
            count => format!("Found impossible: {count}"),
        };
        line!(text, "\n{}; could not be checked: {}.", style.bold(&verdict), self.found.not_checkable());
        text
    }

    /// For programs.
    pub fn json(&self) -> Value {
        let Checked { tallies, violations, fleets, cuts } = self.found;
        let (first, last) = (self.options.days.start(), self.options.days.end());
        let columns = self.subject.timetable.columns();
        let stop = |stop: &StopId| json!({ "id": columns.text(columns.stop_id[stop.index()]), "name": columns.stop_name(*stop) });
        let rules: Vec<Value> = tallies.iter().map(|(rule, tally)| rule_json(*rule, tally)).collect();
        let shown: Vec<Value> = Rule::ALL
            .into_iter()
            .flat_map(|rule| violations.iter().filter(move |violation| violation.rule == rule).take(self.most))
            .map(|violation| {
                let Days { first, last, count } = violation.days;
                json!({
                    "rule": violation.rule.word(),
                    "trips": violation.trips,
                    "names": violation.names,
                    "stops": violation.stops.iter().map(stop).collect::<Vec<_>>(),
                    "time": self.moment(violation).map(|time| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
                    "zone": self.moment(violation).and_then(|time| time.time_zone().iana_name().map(str::to_owned)),
                    "serviceDays": { "first": first.to_string(), "last": last.to_string(), "count": count },
                    "shortBy": violation.short_by,
                    "certainty": violation.certainty.word(),
                    "why": violation.why,
                })
            })
            .collect();
        let fleets: Vec<Value> = fleets
            .iter()
            .map(|fleet| {
                json!({
                    "carriages": fleet.carriages, "stops": fleet.ends.iter().map(stop).collect::<Vec<_>>(),
                    "runs": fleet.runs, "vehicles": fleet.vehicles, "turn": self.options.turn,
                })
            })
            .collect();
        json!({
            "firstDate": first.to_string(),
            "lastDate": last.to_string(),
            "violated": self.found.violated(),
            "notCheckable": self.found.not_checkable(),
            "rules": rules,
            "violations": shown,
            "fleets": fleets,
            "assumptions": self.assumptions(),
            "complaints": self.complaints(),
            "cuts": cuts,
        })
    }

    fn violations(&self, text: &mut String, style: Style, rule: Rule) {
        let Some(tally) = self.found.tallies.get(&rule).filter(|tally| tally.violated > 0) else { return };
        line!(text, "\n{}", style.bold(&format!("{}: {}", rule.word(), count_of(tally.violated))));
        for violation in self.found.violations.iter().filter(|violation| violation.rule == rule).take(self.most) {
            let columns = self.subject.timetable.columns();
            let places: Vec<&str> = violation.stops.iter().map(|stop| columns.stop_name(*stop)).collect();
            let trains: Vec<String> = violation
                .trips
                .iter()
                .zip(&violation.names)
                .map(|(id, name)| if name.is_empty() || name == id { id.clone() } else { format!("{id} ({name})") })
                .collect();
            let head = [trains.join(", "), places.join(" → ")].into_iter().filter(|part| !part.is_empty());
            let time = self.moment(violation).map(|time| {
                let zone = time.time_zone().iana_name().unwrap_or_default().to_owned();
                format!("{} {zone}", words::moment(&time))
            });
            let head: Vec<String> = head.chain(time).collect();
            line!(text, "  {}", style.warn(&head.join("; ")));
            line!(text, "    {}{}", violation.why, trusted(violation.certainty));
            let by = match violation.short_by {
                0 => String::new(),
                seconds => format!("fails by {}; ", format_duration(seconds)),
            };
            line!(text, "    {by}{}", on_days(violation.days));
        }
        let shown = tally.kept.min(self.most);
        if tally.kept > shown {
            line!(text, "  … and {} more; --count shows them", tally.kept - shown);
        }
    }

    fn unchecked(&self, text: &mut String, style: Style) {
        if self.found.not_checkable() == 0 {
            return;
        }
        line!(text, "\n{}", style.bold("Not checkable, and why"));
        for (rule, tally) in &self.found.tallies {
            for (lack, Unchecked { count, of }) in &tally.unchecked {
                let named: Vec<&str> = of.iter().take(MOST_NAMED).map(String::as_str).collect();
                let more = of.len().saturating_sub(MOST_NAMED);
                let named = match (named.is_empty(), more) {
                    (true, _) => String::new(),
                    (false, 0) => format!(": {}", named.join(", ")),
                    (false, more) => format!(": {} and {more} more", named.join(", ")),
                };
                line!(text, "  {} {count}: {}{}", rule.word(), lack.words(), style.dim(&named));
            }
        }
    }

    fn fleets(&self, text: &mut String, style: Style) {
        if self.found.fleets.is_empty() {
            return;
        }
        let turn = format_duration(i64::from(self.options.turn));
        line!(text, "\n{}", style.bold(&format!("Carriages it takes, each turned round in {turn}")));
        let columns = self.subject.timetable.columns();
        let rows = self.found.fleets.iter().map(|fleet| {
            let places: Vec<&str> = fleet.ends.iter().map(|stop| columns.stop_name(*stop)).collect();
            vec![fleet.vehicles.to_string(), fleet.runs.to_string(), places.join(" – "), fleet.carriages.join(", ")]
        });
        let headings = [right("Carriages"), right("Runs"), left("Between"), left("Through carriages")];
        text.push_str(&style.table(2, &headings, rows.collect()));
    }

    fn assumptions(&self) -> Vec<String> {
        let CheckOptions { margin, shunting, turn, .. } = self.options;
        let Train { top_speed, acceleration, braking } = Train::FASTEST;
        let trains =
            if self.subject.facts.know_trains() { "Trains of which train_types.txt says nothing" } else { "Trains" };
        let reserve = match margin {
            None => "No reserve is asked for above the least running time.".to_owned(),
            Some(Margin::Percent(percent)) => format!("Rides keep {percent} % of the least running time in reserve."),
            Some(Margin::MinutesPer100Km(minutes)) => format!("Rides keep {minutes} min in reserve for every 100 km."),
        };
        let duration = |seconds: &i32| format_duration(i64::from(*seconds));
        vec![
            format!("{trains} run up to {:.0} km/h, and gain {acceleration} m/s and lose {braking} m/s in a second: more than any does.", top_speed * 3.6),
            "Times in whole minutes may be up to 1 min longer than they say; stops may be 2 km nearer than their positions.".to_owned(),
            format!("No coach is shunted from train to train in less than {}; a carriage is turned round in {}.", duration(shunting), duration(turn)),
            reserve,
        ]
    }

    fn complaints(&self) -> Vec<String> {
        let track = self.subject.track.complaints.iter().chain(&self.subject.facts.complaints);
        track.map(ToString::to_string).collect()
    }

    /// The time of a violation on the clock of its first stop; `None` where it has no place.
    fn moment(&self, violation: &Violation) -> Option<Zoned> {
        let stop = violation.stops.first()?;
        Some(self.subject.timetable.columns().local_time(violation.at, *stop))
    }
}

fn rule_json(rule: Rule, tally: &Tally) -> Value {
    let reasons: Vec<Value> = tally
        .unchecked
        .iter()
        .map(|(lack, Unchecked { count, of })| json!({ "reason": lack.words(), "count": count, "of": of }))
        .collect();
    json!({
        "rule": rule.word(), "unit": rule.unit(), "checked": tally.checked, "violated": tally.violated,
        "notCheckable": tally.not_checkable(), "reasons": reasons,
    })
}

fn count_of(count: u64) -> String {
    if count == 1 { "1 violation".to_owned() } else { format!("{count} violations") }
}

fn trusted(certainty: Certainty) -> String {
    match certainty {
        Certainty::Published => String::new(),
        certainty => format!(" (times: {certainty})"),
    }
}

fn on_days(Days { first, last, count }: Days) -> String {
    match count {
        1 => format!("on the service day {first}"),
        count => format!("on {count} service days, {first} to {last}"),
    }
}
