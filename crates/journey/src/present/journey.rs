//! One journey as text: when, by what, over which borders, and every stop of it.

use std::collections::BTreeMap;
use tumen_base::{Certainty, Date, Time, format_duration};

use super::{View, border, gauge, words};
use crate::borders;
use crate::gates;
use crate::itinerary::{Call, Carrier, End, Itinerary, Leg, Ride, Walk, WalkKind};
use crate::style::{left, right};
use crate::trust;

/// The line that names a journey: departure, arrival, duration, changes.
pub fn headline(view: &View<'_>, number: usize, itinerary: &Itinerary) -> String {
    let (from, to) = itinerary.ends;
    let changes = match (itinerary.trips, itinerary.transfers()) {
        (0, _) => "on foot".to_owned(),
        (_, 0) => "no change".to_owned(),
        (_, changes) => words::count(changes.into(), "change"),
    };
    let (leave, reach) = (view.local(itinerary.departure, from), view.local(itinerary.arrival, to));
    let days = Date::from(reach.date()).0 - Date::from(leave.date()).0;
    let days = if days == 0 { String::new() } else { format!(", day {days:+}") };
    let line = format!("{} → {}{days}", words::moment(&leave), words::moment(&reach));
    let duration = format_duration(itinerary.duration());
    format!("{number}  {}  ·  {duration}  ·  {changes}\n", view.style.bold(&line))
}

/// A journey in full.
pub fn full(view: &View<'_>, number: usize, itinerary: &Itinerary) -> String {
    let mut text = headline(view, number, itinerary);
    if let Some(ride) = itinerary.rides().next()
        && let Some(night) = words::night_of(&view.local(ride.first().departure, ride.first().stop))
    {
        line!(text, "   {}", view.style.warn(&format!("Board {night}.")));
    }
    text.push_str(&border::countries_line(view, itinerary));
    let mut before: Option<Time> = None;
    for leg in &itinerary.legs {
        text.push('\n');
        match leg {
            Leg::Walk(walk) => {
                text.push_str(&opening_line(view, before, walk));
                text.push_str(&walk_line(view, walk));
                text.push_str(&border::lines(view, leg));
            }
            Leg::Ride(ride) => {
                if let Some(before) = before {
                    text.push_str(&wait_line(view, before, ride));
                }
                text.push_str(&ride_text(view, ride));
                text.push_str(&border::lines(view, leg));
                text.push_str(&gauge::lines(view, leg));
                text.push('\n');
                text.push_str(&call_table(view, ride));
            }
        }
        before = Some(match leg {
            Leg::Walk(walk) => walk.arrival,
            Leg::Ride(ride) => ride.last().arrival,
        });
    }
    text
}

fn wait_line(view: &View<'_>, before: Time, ride: &Ride) -> String {
    let wait = i64::from(ride.first().departure) - i64::from(before);
    if wait <= 0 {
        return String::new();
    }
    format!("   Wait {} in {}.\n\n", format_duration(wait), view.name(ride.first().stop))
}

/// The wait for a post to open before somebody walks through it.
fn opening_line(view: &View<'_>, before: Option<Time>, walk: &Walk) -> String {
    let (End::Stop(from), End::Stop(to)) = (walk.from, walk.to) else { return String::new() };
    let wait = before.map_or(0, |before| i64::from(walk.departure) - i64::from(before));
    match gates::post_between(view.world, from, to).filter(|_| wait > 0) {
        None => String::new(),
        Some((post, hours)) => {
            let (name, begin) = (&view.world.borders().post(post).name, view.local(walk.departure, from));
            let (wait, here, begin) = (format_duration(wait), view.name(from), words::clock(&begin));
            format!("   Wait {wait} in {here}: {name} opens at {begin} ({hours}).\n\n")
        }
    }
}

fn walk_line(view: &View<'_>, walk: &Walk) -> String {
    let time = format_duration(i64::from(walk.arrival) - i64::from(walk.departure));
    let certainty = match walk.certainty {
        Certainty::Published => String::new(),
        other => format!(" ({other})"),
    };
    let (from, to) = (view.end_name(walk.from), view.end_name(walk.to));
    match walk.kind {
        WalkKind::CheckIn => {
            format!("   {} at {from}, {time} before departure{certainty}\n", view.style.bold("Check-in and control"))
        }
        WalkKind::Control => format!("   {} at {from}, {time} after landing{certainty}\n", view.style.bold("Control")),
        WalkKind::Stated => format!("   {} {from} → {to}, {time}{certainty}\n", view.style.bold("Transfer")),
        WalkKind::Estimated => format!("   {} {from} → {to}, {time}{certainty}\n", view.style.bold("Walk")),
    }
}

fn ride_text(view: &View<'_>, ride: &Ride) -> String {
    let mut text = String::new();
    let columns = view.columns();
    if let Some(name) = trust::carriage_name(view.world, ride) {
        let carriage = ride.carriage.map_or(0, |carriage| carriage.id.0 as usize);
        let number = columns.text(columns.carriage_number[carriage]);
        let number = if number.is_empty() { String::new() } else { format!(", carriage {number}") };
        line!(text, "   {} {name}{number}", view.style.bold("Through carriage"));
    }
    for (index, carrier) in ride.carriers.iter().enumerate() {
        if index > 0 {
            text.push_str(&joint_line(view, ride, index));
        }
        text.push_str(&carrier_line(view, ride, index, carrier));
    }
    text
}

/// `Train 002Э Rossiya: Moscow–Vladivostok to Vladivostok (Russian Railways)`, with its ends where it is one of several.
fn carrier_line(view: &View<'_>, ride: &Ride, index: usize, carrier: &Carrier) -> String {
    let columns = view.columns();
    let trip = carrier.run.trip;
    let route = columns.route_of(trip);
    let agency = columns.text(columns.agency_name[columns.agency_of(route).index()]);
    let mut name = format!("{} {}", ride.mode(&columns).vehicle(), view.world.trip_name(trip));
    let long = columns.text(columns.route_long_name[route.index()]);
    if !long.is_empty() && !name.ends_with(long) {
        part!(name, " ({long})");
    }
    if !agency.is_empty() {
        part!(name, ", {agency}");
    }
    if let Some(words) = view.world.runs().words(trip) {
        part!(name, ", {words}");
    }
    if ride.carriers.len() == 1 {
        let headsign = columns.headsign_at(trip, ride.first().row.1);
        if !headsign.is_empty() {
            part!(name, ", to {headsign}");
        }
        let mut letters = name.chars();
        let capital = letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect::<String>();
        return format!("   {}\n", view.style.bold(&capital));
    }
    let (first, last) = (&ride.calls[*carrier.calls.start()], &ride.calls[*carrier.calls.end()]);
    format!(
        "     {}. {name}: {} {} → {} {}\n",
        index + 1,
        view.name(first.stop),
        view.short_moment(first.departure, first.stop),
        view.name(last.stop),
        view.short_moment(last.arrival, last.stop),
    )
}

fn joint_line(view: &View<'_>, ride: &Ride, index: usize) -> String {
    let call = &ride.calls[*ride.carriers[index].calls.start()];
    let stand = format_duration(i64::from(call.departure) - i64::from(call.arrival));
    let verb = if ride.carriage.is_some() { "stands" } else { "stay seated" };
    let line = format!("{verb} {stand} in {}", view.name(call.stop));
    format!("        {}\n", view.style.dim(&line))
}

/// Every call: local times with their days, the zone where it changes, kilometres, what happens there.
fn call_table(view: &View<'_>, ride: &Ride) -> String {
    let mut remarks: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for index in 1..ride.carriers.len() {
        let at = *ride.carriers[index].calls.start();
        let call = &ride.calls[at];
        let (old, new) = (&ride.carriers[index - 1], &ride.carriers[index]);
        let names = [old, new].map(|carrier| view.world.trip_name(carrier.run.trip));
        let stand = format_duration(i64::from(call.departure) - i64::from(call.arrival));
        remarks.entry(at).or_default().push(format!("{} → {}, stands {stand}", names[0], names[1]));
    }
    for crossing in borders::crossings(view.world, ride) {
        remarks.entry(crossing.after).or_default().push(border::remark(view, &crossing));
    }
    let known = ride.calls.iter().any(|call| call.kilometres.is_some_and(|km| km > 0.0));
    let mut rows = Vec::new();
    let mut date = None;
    let mut offset: Option<jiff::tz::Offset> = None;
    for (index, call) in ride.calls.iter().enumerate() {
        let (arrival, departure) = (view.local(call.arrival, call.stop), view.local(call.departure, call.stop));
        let (first, last) = (index == 0, index + 1 == ride.calls.len());
        let shown = if first { &departure } else { &arrival };
        let mark = trust::mark(call.certainty);
        let mut leave = format!("{}{mark}", words::clock(&departure));
        if !first && !last && departure.date() != arrival.date() {
            part!(leave, " {}", words::short_date(departure.date()));
        }
        let zone = match offset {
            Some(before) if before == shown.offset() => String::new(),
            Some(before) => {
                let hours = format_duration(i64::from((shown.offset().seconds() - before.seconds()).abs()));
                let sign = if shown.offset().seconds() > before.seconds() { '+' } else { '-' };
                format!("{} ({sign}{hours})", words::zone_mark(shown))
            }
            None => words::zone_mark(shown),
        };
        let mut row = vec![
            if date == Some(shown.date()) { String::new() } else { words::short_date(shown.date()) },
            view.name(call.stop),
            if first { String::new() } else { format!("{}{mark}", words::clock(&arrival)) },
            if last { String::new() } else { leave },
            zone,
        ];
        if known {
            row.push(kilometres(call));
        }
        row.push(remarks.remove(&index).unwrap_or_default().join("; "));
        date = Some(if last { arrival.date() } else { departure.date() });
        offset = Some(if last { arrival.offset() } else { departure.offset() });
        rows.push(row);
    }
    let mut headings = vec![left("Day"), left("Stop"), right("Arr"), right("Dep"), left("Zone")];
    if known {
        headings.push(right("km"));
    }
    headings.push(left(""));
    view.style.table(3, &headings, rows)
}

fn kilometres(call: &Call) -> String {
    call.kilometres.map(|km| format!("{km:.0}")).unwrap_or_default()
}

fn trains(view: &View<'_>, ride: &Ride) -> Vec<String> {
    let name = |carrier: &Carrier| {
        let trip = carrier.run.trip;
        let mark = if view.world.runs().of_trip(trip).is_some() { " (added run)" } else { "" };
        format!("{}{mark}", view.world.trip_name(trip))
    };
    ride.carriers.iter().map(name).collect()
}

/// What carries a journey, in a few words: `through carriage (002Э, 652, 646, 8)`, `002Э + JS272`.
pub fn by(view: &View<'_>, itinerary: &Itinerary) -> String {
    let names = itinerary.rides().map(|ride| match trust::carriage_name(view.world, ride) {
        Some(_) => format!("through carriage ({})", trains(view, ride).join(", ")),
        None => trains(view, ride).join("/"),
    });
    names.collect::<Vec<_>>().join(" + ")
}
