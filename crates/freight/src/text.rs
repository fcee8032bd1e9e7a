//! Answers as text for people: the decision first.

use jiff::Timestamp;
use tumen_base::format_duration;
use tumen_timetable::Columns;

use crate::consignment::Consignment;
use crate::json::NOTICE;
use crate::network::{How, Network, Regime, Terminal};
use crate::note;
use crate::parties::{Parties, Role};
use crate::route::{Change, Ride, RideTimes, Route, Routes};
use crate::rules::{Rules, Way};
use crate::screening::{Cleared, Decision, Ground, Says, Verdict};

/// The verdict in a line.
pub const fn headline(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clear => "CLEAR: no rule that is shipped is in the way",
        Verdict::Review => "REVIEW: a person decides",
        Verdict::Refused => "REFUSED: no route is shown",
    }
}

/// What was asked.
pub fn asked(consignment: &Consignment) -> String {
    let mut text = String::new();
    let mut load = Vec::new();
    load.extend(consignment.tonnes.map(|tonnes| format!("{tonnes} t")));
    load.extend(
        consignment.wagons.map(|wagons| if wagons == 1 { "1 wagon".to_owned() } else { format!("{wagons} wagons") }),
    );
    load.extend(consignment.gauge.map(|gauge| format!("{gauge} mm")));
    let load = if load.is_empty() { "weight and wagons not stated".to_owned() } else { load.join(", ") };
    line!(text, "Goods   HS {}, origin {}; {load}", consignment.goods, consignment.origin.name("en"));
    let onward = consignment.onward.map_or(String::new(), |country| format!(", going on to {}", country.name("en")));
    let (from, to) = (&consignment.from, &consignment.to);
    line!(
        text,
        "Way     {} ({}) → {} ({}){onward}",
        from.name,
        from.country.name("en"),
        to.name,
        to.country.name("en")
    );
    line!(text, "Ready   {}", consignment.ready.strftime(MOMENT));
    text
}

/// The reasons of a decision.
pub fn decision(decision: &Decision) -> String {
    let mut text = String::new();
    for ground in &decision.grounds {
        line!(text, "  {}", self::ground(ground));
    }
    for finding in &decision.findings {
        let rule = &finding.rule;
        line!(text, "  {}  {}: {}", rule.id, says(finding.says), rule.title());
        line!(text, "      {}", rule.words);
        for (label, told) in [("exemption", &rule.exemption), ("note", &rule.note)] {
            // Of a refused consignment it is not told what would be exempt.
            if !told.is_empty() && decision.verdict != Verdict::Refused {
                line!(text, "      {label}: {told}");
            }
        }
        line!(text, "      confidence {}, source {}", rule.confidence, rule.sources.replace(';', ", "));
    }
    if !decision.conditions.is_empty() {
        line!(text, "Conditions, each for a person to see fulfilled");
        for condition in &decision.conditions {
            line!(text, "  - {condition}");
        }
    }
    text
}

fn ground(ground: &Ground) -> String {
    match ground {
        Ground::Arms => "arms, or a code that may stand for arms (HS 93, 8710): refused wherever they go".to_owned(),
        Ground::Listed => {
            "goods on a list of arms, items for weapons or luxury goods: refused wherever they go".to_owned()
        }
        Ground::NothingClears(Way::Into) => "no rule clears these goods on their way to the DPRK: refused".to_owned(),
        Ground::NothingClears(Way::OutOf) => {
            "no rule clears these goods on their way from the DPRK, or as goods of its origin: refused".to_owned()
        }
        Ground::NoCountry(name) => format!("the country of {name} is not known: it cannot be screened"),
    }
}

const fn says(says: Says) -> &'static str {
    match says {
        Says::Refuses => "forbids it",
        Says::QuotaUnknown => "allows it up to a quota; quota state unknown, so refused",
        Says::Clears => "clears it, if a person agrees",
        Says::Lifted => "would hold, and is lifted by the rule that clears it",
        Says::Review => "asks for a review",
        Says::Committee => "leaves exemptions to the Committee",
        Says::Lists => "forbids what is on its lists, which no HS code tells",
        Says::Note => "to know",
    }
}

/// What was found of the parties, and by which rules it was decided.
pub fn surroundings(parties: &Parties, rules: &Rules) -> String {
    let mut text = String::new();
    if parties.lists.is_empty() {
        line!(text, "Parties  not compared with anything: no list was given (--party-list)");
    }
    for list in &parties.lists {
        line!(
            text,
            "Parties  compared with {} entities of {}, threshold {}",
            list.entities,
            list.name,
            parties.threshold
        );
    }
    for hit in &parties.hits {
        let role = match hit.role {
            Role::Sender => "sender",
            Role::Receiver => "receiver",
        };
        let place = format!("{}:{}, {} {}", hit.list, hit.line, hit.schema, hit.entity);
        line!(text, "  {role}: possible match with {} (score {:.2}; {place}); a person decides", hit.name, hit.score);
    }
    if parties.found > parties.hits.len() {
        line!(text, "  {} possible matches in all; the most alike are shown", parties.found);
    }
    line!(text, "Rules    version {}", &rules.version()[..12]);
    line!(text, "{NOTICE}");
    text
}

/// The ways that were found.
pub fn routes(network: &Network, columns: &Columns<'_>, cleared: &Cleared, routes: &Routes) -> String {
    let mut text = String::new();
    let page = Page { network, columns };
    for route in &routes.routes {
        text.push_str(&page.route(cleared, route, routes.days));
    }
    if routes.routes.is_empty() {
        line!(text, "No path: no goods services that these goods may use lead there.");
    }
    if !routes.left_out.is_empty() {
        line!(text, "\nLeft out");
        for one in &routes.left_out {
            line!(text, "  {}: {} ({})", one.service, one.reason, one.sources.replace(';', ", "));
        }
    }
    text
}

const MOMENT: &str = "%a %-d %b %Y %H:%M (UTC%:z)";

struct Page<'a> {
    network: &'a Network,
    columns: &'a Columns<'a>,
}

impl Page<'_> {
    fn route(&self, cleared: &Cleared, route: &Route, days: u32) -> String {
        let mut text = String::new();
        let untimed = route.rides.iter().filter(|ride| self.network.services[ride.service].times.is_none()).count();
        line!(
            text,
            "\n{}",
            match (route.is_timed, untimed) {
                (true, _) => "Path with times".to_owned(),
                (false, 0) => format!("Path known; no departures that connect within {days} days"),
                (false, _) => "Path known; departures and times not published".to_owned(),
            }
        );
        if cleared.through().is_some() && route.touches_dprk {
            let through = route.decision(cleared);
            line!(text, "It leads through the DPRK. {}", headline(through.verdict));
            text.push_str(&decision(through));
        }
        for (number, ride) in route.rides.iter().enumerate() {
            text.push_str(&self.ride(number + 1, ride));
        }
        let arrival = |at: Option<Timestamp>, unknown: &str| {
            let end = route.rides.last().map(|ride| &self.network.terminals[self.network.services[ride.service].to]);
            end.zip(at).map_or_else(|| unknown.to_owned(), |(end, at)| self.moment(end, at))
        };
        let unknown = "not published";
        line!(text, "Earliest arrival  {}", arrival(route.earliest(), unknown));
        let late = if route.is_timed { "not within the days searched" } else { unknown };
        line!(text, "Latest arrival    {}", arrival(route.latest(), late));
        let gauges: Vec<String> =
            route.rides.iter().filter_map(|ride| ride.change.as_ref()).map(|change| self.change(change)).collect();
        line!(text, "Changes of gauge  {}", if gauges.is_empty() { "none".to_owned() } else { gauges.join("; ") });
        let word = |regime: Option<Regime>| regime.map_or("unknown", Regime::word);
        let laws: Vec<String> = route
            .regime_changes(self.network)
            .into_iter()
            .map(|(place, before, after)| {
                format!("{} → {} at {}", word(before), word(after), self.network.terminals[place].name)
            })
            .collect();
        let all: Vec<&str> = route.regimes(self.network).into_iter().map(word).collect();
        line!(
            text,
            "Changes of law    {}",
            if laws.is_empty() { format!("none ({})", all.join(", ")) } else { laws.join("; ") }
        );
        line!(text, "Papers");
        for paper in note::papers(self.network, route) {
            line!(text, "  {}", paper.name);
            for sheet in paper.sheets {
                line!(text, "    {} {}: {}", sheet.number, sheet.name, sheet.holder);
            }
            if !paper.source.is_empty() {
                line!(text, "    source: {}", paper.source);
            }
        }
        text
    }

    fn ride(&self, number: usize, ride: &Ride) -> String {
        let mut text = String::new();
        let service = &self.network.services[ride.service];
        let [from, to] = [service.from, service.to].map(|place| &self.network.terminals[place]);
        if let Some(change) = &ride.change {
            line!(text, "     {}", self.change(change));
        }
        let law = service.regime.map_or("law unknown", Regime::word);
        line!(text, "  {number}. {} → {}  {} mm, {law}  [{}]", from.name, to.name, ride.gauge, service.name);
        for (word, times) in [("earliest", ride.earliest), ("latest  ", ride.latest)] {
            if let Some(RideTimes { cut_off, departure, arrival }) = times {
                let there = self.moment(from, cut_off);
                let (departure, arrival) = (self.moment(from, departure), self.moment(to, arrival));
                line!(text, "     {word}  there by {there}, departure {departure}, arrival {arrival}");
            }
        }
        let evidence = match (service.times.is_some(), service.is_stated) {
            (true, _) => "",
            (false, true) => "a source says that goods trains run",
            (false, false) => "the line is known; that goods trains run on it no source here says",
        };
        let mut facts: Vec<String> = Vec::new();
        facts.extend((!evidence.is_empty()).then(|| evidence.to_owned()));
        facts.extend((!service.as_of.is_empty()).then(|| format!("as of {}", service.as_of)));
        if service.most_wagons.is_none() && service.most_tonnes.is_none() {
            facts.push("capacity not published".to_owned());
        }
        facts
            .extend((service.times.is_some() && service.cut_off.is_none()).then(|| "cut-off not published".to_owned()));
        facts.extend((!service.sources.is_empty()).then(|| format!("source {}", service.sources.replace(';', ", "))));
        for told in [facts.join("; "), service.note.clone()].iter().filter(|told| !told.is_empty()) {
            line!(text, "     {told}");
        }
        text
    }

    fn change(&self, change: &Change) -> String {
        let how = match change.how {
            How::BogieChange => "bogies changed",
            How::Transhipment => "goods transhipped",
        };
        let takes = change.seconds.map_or_else(
            || "how long it takes is not published".to_owned(),
            |seconds| format!("takes {}", format_duration(seconds.into())),
        );
        format!(
            "{} → {} mm at {}: {how}, {takes}",
            change.from, change.to, self.network.terminals[change.terminal].name
        )
    }

    fn moment(&self, terminal: &Terminal, at: Timestamp) -> String {
        at.to_zoned(self.columns.zone_of_stop(terminal.stop)).strftime(MOMENT).to_string()
    }
}
