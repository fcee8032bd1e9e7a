//! A line as JSON.

use serde_json::{Value, json};
use tumen_base::StopId;
use tumen_border::CountryCode;
use tumen_journey::facts::source_line;
use tumen_journey::present::View;

use crate::asked::{Asked, Subject};
use crate::figures::SpeedKind;
use crate::lines::Track;
use crate::profile::{Area, Profile, SLOWEST, Total};
use crate::sections::Section;
use crate::timing::{Basis, Scheduled, Stretch};
use crate::words::{self, Figure};

/// The lines and through carriages that can be asked for.
pub fn list(view: &View<'_>, track: &Track) -> Value {
    let lines = track.lines.iter().map(|line| {
        let lengths = line.sections.iter().map(|&section| track.sections[section].length_metres);
        json!({
            "id": line.id,
            "name": line.name,
            "sections": line.sections.iter().map(|&section| &track.sections[section].id).collect::<Vec<_>>(),
            "knownKilometres": kilometres(lengths.clone().flatten().sum()),
            "lengthUnknown": lengths.filter(Option::is_none).count(),
        })
    });
    let columns = view.columns();
    let carriages = columns.carriages().map(|carriage| {
        json!({
            "id": columns.text(columns.carriage_id[carriage.0 as usize]),
            "name": view.world.carriage_name(carriage),
        })
    });
    let lines: Vec<Value> = lines.collect();
    let carriages: Vec<Value> = if track.is_empty() { Vec::new() } else { carriages.collect() };
    json!({ "lines": lines, "carriages": carriages, "complaints": complaints(track) })
}

/// A line with all that is known of it.
pub fn line(view: &View<'_>, asked: &Asked, profile: &Profile<'_>) -> Value {
    let kind = match asked.subject {
        Subject::Line(_) => "line",
        Subject::Carriage(..) => "carriage",
        Subject::Route(_) => "route",
        Subject::Places => "places",
    };
    let way = profile.way;
    let stations = way.stations.iter().map(|&stop| station(view, stop));
    let gaps =
        profile.gaps().map(|gap| json!([station(view, way.stations[gap]), station(view, way.stations[gap + 1])]));
    let check_sums = profile.check_sums.iter().map(|sum| {
        let total = &profile.track.sections[sum.section];
        json!({
            "section": total.id,
            "from": station(view, total.from),
            "to": station(view, total.to),
            "statedKilometres": total.length_metres.map(kilometres),
            "of": lengths(profile, &sum.of),
            "leftKilometres": sum.left_metres.map(kilometres),
        })
    });
    json!({
        "id": asked.id,
        "name": asked.name,
        "kind": kind,
        "from": profile.from.to_string(),
        "stations": stations.collect::<Vec<_>>(),
        "total": lengths(profile, &profile.total),
        "checkSums": check_sums.collect::<Vec<_>>(),
        "gaps": gaps.collect::<Vec<_>>(),
        "countries": profile.countries.iter().map(|area| json!({
            "countries": countries(view, area),
            "lengths": lengths(profile, &area.within),
        })).collect::<Vec<_>>(),
        "regions": profile.regions.iter().map(|area| region(view, profile, area)).collect::<Vec<_>>(),
        "sections": way.sections().map(|(step, _)| section(view, profile, step)).collect::<Vec<_>>(),
        "slowest": profile.slowest().iter().take(SLOWEST).map(|(one, _)| stretch(view, profile, one)).collect::<Vec<_>>(),
        "unknown": unknown(profile),
        "sources": profile.sources().iter().map(|id| source_line(view.world, id)).collect::<Vec<_>>(),
        "complaints": complaints(profile.track),
    })
}

/// Kilometres to the metre.
fn kilometres(metres: f64) -> f64 {
    metres.round() / 1000.0
}

fn station(view: &View<'_>, stop: StopId) -> Value {
    json!({ "stopId": view.world.written_stop_id(stop), "name": view.name(stop) })
}

fn lengths(profile: &Profile<'_>, total: &Total) -> Value {
    let ids = |steps: &[usize]| {
        steps.iter().filter_map(|&step| profile.section(step)).map(|section| section.id.clone()).collect::<Vec<_>>()
    };
    json!({
        "sections": ids(&total.steps),
        "knownKilometres": kilometres(total.known_metres),
        "lengthUnknown": ids(&total.unknown),
    })
}

fn countries(view: &View<'_>, area: &Area) -> Vec<Value> {
    let name = |code: &str| CountryCode::parse(code).map(|code| code.name(view.language()));
    area.countries.iter().map(|code| json!({ "code": code, "name": name(code) })).collect()
}

fn region(view: &View<'_>, profile: &Profile<'_>, area: &Area) -> Value {
    let sections: Vec<&Section> = area.steps().into_iter().filter_map(|step| profile.section(step)).collect();
    let figure = |value: fn(&Section) -> Option<String>| {
        let figure = Figure::of(sections.iter().copied(), value);
        json!({ "values": figure.values, "unknown": figure.unknown, "sections": figure.sections })
    };
    let covering = area.steps().into_iter().filter_map(|step| profile.scheduled[step]);
    let stretches = covering.map(|place| &profile.stretches[place]);
    let speeds: Vec<f64> = stretches.filter_map(|stretch| stretch.kmh(stretch.quickest)).collect();
    let least = speeds.iter().copied().reduce(f64::min);
    json!({
        "name": area.name,
        "countries": countries(view, area),
        "within": lengths(profile, &area.within),
        "shared": lengths(profile, &area.shared),
        "gauge": figure(words::gauges),
        "power": figure(|section| section.electrification.clone()),
        "tracks": figure(|section| section.tracks.map(words::tracks)),
        "lineSpeed": figure(words::line_speed),
        "averageSpeed": figure(words::average_speed),
        "scheduledKmh": least.map(|least| json!({ "least": tenth(least), "most": tenth(speeds.iter().copied().fold(least, f64::max)) })),
    })
}

fn tenth(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn section(view: &View<'_>, profile: &Profile<'_>, step: usize) -> Value {
    let Some(section) = profile.section(step) else { return Value::Null };
    let speed = section.speed.map(|speed| {
        let kind = match speed.kind {
            SpeedKind::LineSpeed => "lineSpeed",
            SpeedKind::Average => "average",
        };
        json!({ "leastKmh": speed.least_kmh, "mostKmh": speed.most_kmh, "kind": kind })
    });
    let scheduled = profile.scheduled[step].map(|place| stretch(view, profile, &profile.stretches[place]));
    json!({
        "id": section.id,
        "from": station(view, profile.way.stations[step]),
        "to": station(view, profile.way.stations[step + 1]),
        "kilometres": section.length_metres.map(kilometres),
        "gaugesMm": section.gauges,
        "power": section.electrification,
        "tracks": section.tracks.map(|tracks| json!({ "least": tracks.least, "most": tracks.most })),
        "speed": speed,
        "lineName": section.line_name,
        "countries": section.countries,
        "regions": section.regions,
        "zones": section.zones,
        "gaugeNote": section.gauge_note,
        "tracksNote": section.tracks_note,
        "speedNote": section.speed_note,
        "note": section.note,
        "asOf": section.as_of,
        "confidence": section.confidence,
        "sources": section.sources.iter().map(|id| source_line(view.world, id)).collect::<Vec<_>>(),
        "scheduled": scheduled,
    })
}

fn stretch(view: &View<'_>, profile: &Profile<'_>, stretch: &Stretch) -> Value {
    let train = |scheduled: Scheduled| {
        json!({
            "trip": view.world.trip_name(scheduled.trip),
            "seconds": scheduled.seconds,
            "kmh": stretch.kmh(scheduled).map(tenth),
            "certainty": scheduled.certainty.word(),
        })
    };
    let check_sum = stretch.metres.and_then(|(_, basis)| match basis {
        Basis::Sections => None,
        Basis::CheckSum(section) => Some(&profile.track.sections[section].id),
    });
    let ids = stretch.steps.clone().filter_map(|step| profile.section(step)).map(|section| &section.id);
    json!({
        "from": station(view, profile.way.stations[stretch.steps.start]),
        "to": station(view, profile.way.stations[stretch.steps.end]),
        "sections": ids.collect::<Vec<_>>(),
        "kilometres": stretch.metres.map(|(metres, _)| kilometres(metres)),
        "checkSum": check_sum,
        "quickest": train(stretch.quickest),
        "slowest": train(stretch.slowest),
        "trips": stretch.trips,
    })
}

fn unknown(profile: &Profile<'_>) -> Value {
    let sections: Vec<&Section> = profile.way.sections().map(|(_, section)| &profile.track.sections[section]).collect();
    let of = |figure: &words::Unknown| {
        let unknown = sections.iter().filter(|section| (figure.of)(section));
        (figure.key.to_owned(), unknown.map(|section| Value::from(section.id.clone())).collect())
    };
    Value::Object(words::UNKNOWNS.iter().map(of).collect())
}

fn complaints(track: &Track) -> Vec<String> {
    track.complaints.iter().map(ToString::to_string).collect()
}
