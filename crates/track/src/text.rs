//! A line as text for people.

use tumen_base::StopId;
use tumen_border::CountryCode;
use tumen_journey::present::{View, page};
use tumen_journey::style::{Heading, left, right};

use crate::asked::Asked;
use crate::lines::Track;
use crate::profile::{Area, CheckSum, Profile, SLOWEST, Total};
use crate::timing::{Basis, Stretch};
use crate::words::{self, Figure, kilometres};

/// What is shown beside the figures by region.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageOptions {
    /// Every section.
    pub sections: bool,
    /// The sources in full.
    pub sources: bool,
}

const COUNTRY_HEADINGS: [Heading<'_>; 4] =
    [left("Country"), right("km known"), right("Sections"), right("Length unknown")];
const REGION_HEADINGS: [Heading<'_>; 9] = [
    left("Region"),
    right("km within"),
    right("km shared"),
    right("Length unknown"),
    left("Gauge, mm"),
    left("Power"),
    left("Tracks"),
    left("Line speed, km/h"),
    right("Scheduled, km/h"),
];
const SECTION_HEADINGS: [Heading<'_>; 8] = [
    left("Section"),
    left("From–to"),
    right("km"),
    left("Gauge, mm"),
    left("Power"),
    left("Tracks"),
    left("Line speed, km/h"),
    right("Scheduled, km/h"),
];
const SLOWEST_HEADINGS: [Heading<'_>; 4] = [right("km/h"), left("From–to"), right("km"), left("Scheduled")];

/// The lines and through carriages that can be asked for.
pub fn list(view: &View<'_>, track: &Track) -> String {
    let style = view.style;
    let mut text = format!("{}\n", style.bold("Lines"));
    let lines = track.lines.iter().map(|line| {
        let mut total = Total::default();
        for &section in &line.sections {
            match track.sections[section].length_metres {
                Some(metres) => total.known_metres += metres,
                None => total.unknown.push(section),
            }
        }
        let sections = line.sections.len().to_string();
        vec![
            line.id.clone(),
            line.name.clone(),
            sections,
            kilometres(total.known_metres),
            total.unknown.len().to_string(),
        ]
    });
    let headings = [left("Id"), left("Name"), right("Sections"), right("km known"), right("Length unknown")];
    text.push_str(&style.table(2, &headings, lines.collect()));
    let columns = view.columns();
    let carriages: Vec<Vec<String>> = columns
        .carriages()
        .map(|carriage| {
            let id = columns.text(columns.carriage_id[carriage.0 as usize]).to_owned();
            vec![id, view.world.carriage_name(carriage).to_owned()]
        })
        .collect();
    if !carriages.is_empty() {
        line!(text, "\n{}", style.bold("Through carriages"));
        text.push_str(&style.table(2, &[left("Id"), left("Name")], carriages));
    }
    line!(
        text,
        "\n{}",
        style
            .dim("Any of them can be asked for by id or name, a rail route likewise, and two places as moscow-khasan.")
    );
    text
}

/// The page of a line.
pub fn page(view: &View<'_>, asked: &Asked, profile: &Profile<'_>, options: PageOptions) -> String {
    let style = view.style;
    let mut text = format!("{}\n", style.bold(&format!("{} ({})", asked.name, asked.id)));
    line!(text, "{}", total_words(&profile.total));
    for sum in &profile.check_sums {
        line!(text, "{}", check_sum(view, profile, sum));
    }
    for gap in profile.gaps() {
        let ends = [asked.way.stations[gap], asked.way.stations[gap + 1]].map(|stop| view.name(stop));
        line!(text, "{}", style.warn(&format!("No section of sections.txt joins {} and {}.", ends[0], ends[1])));
    }
    line!(text, "\n{}", style.bold("By country"));
    let countries = profile.countries.iter().map(|area| {
        let total = &area.within;
        vec![
            country(view, area),
            kilometres(total.known_metres),
            total.steps.len().to_string(),
            total.unknown.len().to_string(),
        ]
    });
    text.push_str(&style.table(2, &COUNTRY_HEADINGS, countries.collect()));
    regions(view, profile, &mut text);
    if options.sections {
        line!(text, "\n{}", style.bold("By section"));
        let rows = profile.way.sections().map(|(step, _)| section(view, profile, step));
        text.push_str(&style.table(2, &SECTION_HEADINGS, rows.collect()));
        notes(profile, &mut text);
    }
    slowest(view, profile, &mut text);
    unknown(view, profile, &mut text);
    if options.sources {
        text.push_str(&page::sources(view, &profile.sources()));
    } else {
        line!(
            text,
            "\n{}",
            style.dim(&format!(
                "Sources: {}; --sources names them in full, --sections tells every section.",
                profile.sources().join(", ")
            ))
        );
    }
    text
}

/// `28 sections: 9300 km known, 5 sections of unknown length (not counted in)`.
fn total_words(total: &Total) -> String {
    let known = total.steps.len() - total.unknown.len();
    let unknown = match total.unknown.len() {
        0 => String::new(),
        number => format!("; the length of {number} more is unknown and not in this sum"),
    };
    format!("{} km on {known} of {} sections{unknown}.", kilometres(total.known_metres), total.steps.len())
}

/// `Check sum S33 Tumangang–Pyongyang: 845 km stated for 7 sections; 49 km of them are known, which leaves 796 km for the other 5.`
fn check_sum(view: &View<'_>, profile: &Profile<'_>, sum: &CheckSum) -> String {
    let total = &profile.track.sections[sum.section];
    let stated =
        total.length_metres.map_or_else(|| "no total".to_owned(), |metres| format!("{} km", kilometres(metres)));
    let ends = format!("{}–{}", view.name(total.from), view.name(total.to));
    let left = sum.left_metres.map_or_else(String::new, |metres| {
        let words = if metres < 0.0 { "which is more than the total" } else { "which leaves" };
        let rest = if metres < 0.0 {
            String::new()
        } else {
            format!(" {} km for the other {}", kilometres(metres), sum.of.unknown.len())
        };
        format!(", {words}{rest}")
    });
    format!(
        "Check sum {} {ends}: {stated} stated for {} sections; {} km of them are known{left}. It is no part of any sum.",
        total.id,
        sum.of.steps.len(),
        kilometres(sum.of.known_metres)
    )
}

fn country(view: &View<'_>, area: &Area) -> String {
    let name = |code: &String| {
        CountryCode::parse(code).map_or_else(|| code.clone(), |code| code.name(view.language()).to_owned())
    };
    let names: Vec<String> = area.countries.iter().map(name).collect();
    match names.len() {
        0 => "country unknown".to_owned(),
        1 => names[0].clone(),
        _ => format!("over the border {}", names.join("–")),
    }
}

fn regions(view: &View<'_>, profile: &Profile<'_>, text: &mut String) {
    line!(text, "\n{}", view.style.bold("By region"));
    let rows = profile.regions.iter().map(|area| {
        let sections: Vec<_> = area.steps().into_iter().filter_map(|step| profile.section(step)).collect();
        let figure = |value: fn(&crate::Section) -> Option<String>| Figure::of(sections.iter().copied(), value);
        let averages = figure(words::average_speed).values.join("; ");
        let speed = figure(words::line_speed).words();
        let unknown = area.within.unknown.len() + area.shared.unknown.len();
        vec![
            if area.name.is_empty() { format!("{}, region unknown", country(view, area)) } else { area.name.clone() },
            known(&area.within),
            known(&area.shared),
            if unknown == 0 { String::new() } else { words_of_sections(unknown) },
            figure(words::gauges).words(),
            figure(|section| section.electrification.clone()).words(),
            figure(|section| section.tracks.map(words::tracks)).words(),
            if averages.is_empty() { speed } else { format!("{speed} ({averages})") },
            speeds(profile, &area.steps()),
        ]
    });
    text.push_str(&view.style.table(2, &REGION_HEADINGS, rows.collect()));
    line!(
        text,
        "{}",
        view.style.dim(
            "  \"Shared\" are sections that lie in several regions: how much of them lies in each nobody says, so they stand under all. \
             Scheduled speeds are those of the quickest trains from call to call, stops on the way included."
        )
    );
}

/// Kilometres that are known; none where there are only sections of unknown length.
fn known(total: &Total) -> String {
    match total.steps.len() {
        0 => String::new(),
        all if all == total.unknown.len() => "unknown".to_owned(),
        _ => kilometres(total.known_metres),
    }
}

fn words_of_sections(number: usize) -> String {
    if number == 1 { "1 section".to_owned() } else { format!("{number} sections") }
}

/// `62–74`: from the slowest to the quickest of the stretches that cover some steps.
fn speeds(profile: &Profile<'_>, steps: &[usize]) -> String {
    let stretch = |step: &usize| profile.scheduled[*step].map(|place| &profile.stretches[place]);
    let speeds: Vec<f64> =
        steps.iter().filter_map(stretch).filter_map(|stretch| stretch.kmh(stretch.quickest)).collect();
    let Some(least) = speeds.iter().copied().reduce(f64::min) else { return "unknown".to_owned() };
    let most = speeds.iter().copied().fold(least, f64::max);
    if least.round() < most.round() { format!("{least:.0}–{most:.0}") } else { format!("{most:.0}") }
}

fn ends(view: &View<'_>, stations: [StopId; 2]) -> String {
    format!("{}–{}", view.name(stations[0]), view.name(stations[1]))
}

fn stretch_ends(view: &View<'_>, profile: &Profile<'_>, stretch: &Stretch) -> String {
    ends(view, [profile.way.stations[stretch.steps.start], profile.way.stations[stretch.steps.end]])
}

fn section(view: &View<'_>, profile: &Profile<'_>, step: usize) -> Vec<String> {
    let Some(section) = profile.section(step) else { return Vec::new() };
    let unknown = |value: Option<String>| value.unwrap_or_else(|| "unknown".to_owned());
    let average = words::average_speed(section).map_or_else(String::new, |average| format!(" ({average})"));
    let scheduled = profile.scheduled[step].map(|place| &profile.stretches[place]);
    let speed = scheduled.and_then(|stretch| {
        let own = if stretch.steps.len() == 1 {
            String::new()
        } else {
            format!(", {}", stretch_ends(view, profile, stretch))
        };
        Some(format!("{:.0}{own}", stretch.kmh(stretch.quickest)?))
    });
    vec![
        section.id.clone(),
        ends(view, [profile.way.stations[step], profile.way.stations[step + 1]]),
        unknown(section.length_metres.map(kilometres)),
        unknown(words::gauges(section)),
        unknown(section.electrification.clone()),
        unknown(section.tracks.map(words::tracks).or_else(|| section.tracks_note.clone())),
        format!("{}{average}", unknown(words::line_speed(section))),
        unknown(speed),
    ]
}

fn notes(profile: &Profile<'_>, text: &mut String) {
    for (_, section) in profile.way.sections() {
        let section = &profile.track.sections[section];
        let parts: Vec<&str> =
            [&section.gauge_note, &section.note].into_iter().filter_map(|note| note.as_deref()).collect();
        let trust: Vec<String> = [
            section.as_of.as_ref().map(|date| format!("as of {date}")),
            section.confidence.as_ref().map(|word| format!("{word} confidence")),
            Some(section.sources.join(", ")).filter(|sources| !sources.is_empty()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let known = if parts.is_empty() { String::new() } else { format!("{}; ", parts.join("; ")) };
        if !parts.is_empty() || !trust.is_empty() {
            line!(text, "  {}: {known}{}", section.id, trust.join(", "));
        }
    }
}

fn slowest(view: &View<'_>, profile: &Profile<'_>, text: &mut String) {
    let slowest = profile.slowest();
    let ranked: usize = slowest.iter().map(|(stretch, _)| stretch.steps.len()).sum();
    let all = profile.way.sections().count();
    line!(
        text,
        "\n{}",
        view.style.bold(&format!(
            "The {} slowest, by the timetable from {} on",
            SLOWEST.min(slowest.len()),
            profile.from
        ))
    );
    if slowest.is_empty() {
        line!(text, "  No train calls at two stations of the way between which the length is known.");
        return;
    }
    let rows = slowest.iter().take(SLOWEST).map(|(stretch, kmh)| {
        let name = view.world.trip_name(stretch.quickest.trip);
        let metres = stretch.metres.map_or_else(String::new, |(metres, basis)| match basis {
            Basis::Sections => kilometres(metres),
            Basis::CheckSum(section) => {
                format!("{} (check sum {})", kilometres(metres), profile.track.sections[section].id)
            }
        });
        let seconds = i64::from(stretch.quickest.seconds);
        let trips = if stretch.trips == 1 { name } else { format!("{name}, the quickest of {} trips", stretch.trips) };
        let certainty = stretch.quickest.certainty;
        let time = format!("{} by {trips}; times {certainty}", tumen_base::format_duration(seconds));
        vec![format!("{kmh:.0}"), stretch_ends(view, profile, stretch), metres, time]
    });
    text.push_str(&view.style.table(2, &SLOWEST_HEADINGS, rows.collect()));
    if ranked < all {
        let missing = all.saturating_sub(ranked);
        line!(
            text,
            "  {}",
            view.style.dim(&format!("{} without a scheduled speed: not ranked.", words_of_sections(missing)))
        );
    }
}

fn unknown(view: &View<'_>, profile: &Profile<'_>, text: &mut String) {
    line!(text, "\n{}", view.style.bold("Unknown"));
    let sections: Vec<_> = profile.way.sections().map(|(_, section)| &profile.track.sections[section]).collect();
    for figure in words::UNKNOWNS {
        let unknown = sections.iter().filter(|section| (figure.of)(section));
        let ids: Vec<&str> = unknown.map(|section| &section.id[..]).collect();
        let words = match ids.len() {
            0 => "known on every section".to_owned(),
            number if number == sections.len() => "unknown on every section".to_owned(),
            number => format!("unknown on {number} of {}: {}", sections.len(), ids.join(", ")),
        };
        line!(text, "  {}: {words}", figure.name);
    }
    for complaint in &profile.track.complaints {
        line!(text, "  {}", view.style.warn(&complaint.to_string()));
    }
}
