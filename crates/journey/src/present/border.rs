//! Countries and border crossings of a journey, as text and as JSON.

use jiff::Zoned;
use serde_json::{Value, json};
use tumen_base::{StopId, format_duration};
use tumen_border::{Country, CountryCode, Crossing, Post};

use super::{View, gauge, post, verdicts, words};
use crate::borders::{self, Border, Side};
use crate::facts::source_ids;
use crate::itinerary::{Itinerary, Leg};
use crate::modes::Mode;
use crate::motis::rfc3339;
use crate::trust;

/// `Countries: Russia → North Korea`; empty where the whole journey is in one country, or nothing is known.
pub fn countries_line(view: &View<'_>, itinerary: &Itinerary) -> String {
    let countries = borders::countries(view.world, itinerary);
    if countries.len() < 2 && !matches!(countries[..], [Country::Disputed(_)]) {
        return String::new();
    }
    let names: Vec<String> = countries.iter().map(|country| country.name(view.language())).collect();
    format!("   {}\n", view.style.dim(&format!("Countries: {}", names.join(" → "))))
}

/// The lines of a leg's crossings, each with `Border` at its head.
pub fn lines(view: &View<'_>, leg: &Leg) -> String {
    let mut text = String::new();
    for border in borders::of_leg(view.world, leg) {
        line!(text, "   {} {}", view.style.bold("Border"), sentence(view, leg, &border));
        text.push_str(&post::lines(view, &border));
        text.push_str(&verdicts::lines(view, &border));
    }
    text
}

/// What the table of calls says at the first call beyond a border.
pub fn remark(view: &View<'_>, crossing: &Crossing<'_>) -> String {
    let country = match crossing.to {
        Country::Unknown => "over the border".to_owned(),
        country => format!("into {}", country.name(view.language())),
    };
    let post = crossing.passage.map(|passage| format!(", {}", view.world.borders().post(passage.post).name));
    country + &post.unwrap_or_default()
}

/// `Russia → North Korea at Khasan–Tumangang (rail): Khasan 15:30 → Tumangang 14:47, 17 min, clock back 1 h`.
fn sentence(view: &View<'_>, leg: &Leg, border: &Border<'_>) -> String {
    let Border { crossing, before, after } = border;
    let name = |country: &Country| country.name(view.language());
    let countries = format!("{} → {}", name(crossing.from), name(crossing.to));
    let (leave, reach) = (view.local(before.time, before.stop), view.local(after.time, after.stop));
    let duration = format_duration(i64::from(after.time) - i64::from(before.time));
    let clock = words::clock_change(&leave, &reach).map(|change| format!(", {change}")).unwrap_or_default();
    let from = format!("{} {}", view.name(before.stop), clock_at(before, &leave));
    let mut to = format!("{} {}", view.name(after.stop), clock_at(after, &reach));
    if leave.date() != reach.date() {
        part!(to, " {}", words::short_date(reach.date()));
    }
    if let Some(passage) = crossing.passage {
        let post = view.world.borders().post(passage.post);
        let mut text = format!("{countries} at {}: {from} → {to}, {duration}{clock}", post.name);
        let is_event = |stop| gauge::of_leg(view, leg).iter().any(|change| change.places == [stop]);
        if let Some(stop) = post.gauge_change.filter(|stop| !is_event(view.columns().station(*stop))) {
            part!(text, "; the gauge changes at {}", view.name(stop));
        }
        return text;
    }
    let on_border = [before, after].into_iter().find(|side| view.world.stitched().is_border(side.stop));
    match (leg, on_border) {
        (Leg::Walk(_), _) => format!("{countries} on foot, between {from} and {to}{clock}"),
        (Leg::Ride(_), Some(side)) => {
            let time = clock_at(side, &view.local(side.time, side.stop));
            format!("{countries} at {} {time}, a stop that only stands for the border{clock}", view.name(side.stop))
        }
        (Leg::Ride(ride), None) if ride.mode(&view.columns()) == Mode::Air => {
            format!("{countries} in the air: {from} → {to}, {duration}{clock}")
        }
        (Leg::Ride(ride), None) => {
            let vehicle = ride.mode(&view.columns()).vehicle();
            let mut text = format!(
                "{countries} between {from} and {to}{clock}; where exactly the {vehicle} crosses, and when, the feed does not say"
            );
            let others = view.world.borders().on_the_line(&view.columns(), before.stop, after.stop);
            if !others.is_empty() {
                let names: Vec<String> = others.iter().map(|code| code.name(view.language()).to_owned()).collect();
                part!(text, "; the straight line leads through {} too", words::list(&names));
            }
            text
        }
    }
}

/// `15:30` with the mark of its certainty, and with a word where no row of the feed gives the time.
fn clock_at(side: &Side, local: &Zoned) -> String {
    let clock = format!("{}{}", words::clock(local), trust::mark(side.certainty));
    if side.interpolated { format!("about {clock} (the feed gives no time there)") } else { clock }
}

/// The countries of a journey, in order.
pub fn countries_json(view: &View<'_>, itinerary: &Itinerary) -> Value {
    borders::countries(view.world, itinerary).iter().map(|country| country_json(view, country)).collect()
}

/// The crossings of a leg.
pub fn json(view: &View<'_>, leg: &Leg) -> Value {
    borders::of_leg(view.world, leg).iter().map(|border| crossing_json(view, leg, border)).collect()
}

fn country_json(view: &View<'_>, country: &Country) -> Value {
    let codes: Vec<&str> = country.claims().iter().map(CountryCode::as_str).collect();
    json!({ "codes": codes, "name": country.name(view.language()) })
}

fn crossing_json(view: &View<'_>, leg: &Leg, border: &Border<'_>) -> Value {
    let Border { crossing, before, after } = border;
    let (leave, reach) = (view.local(before.time, before.stop), view.local(after.time, after.stop));
    let post = crossing.passage.map(|passage| view.world.borders().post(passage.post));
    let id = |stop: StopId| view.world.written_stop_id(stop);
    json!({
        "fromCountry": country_json(view, crossing.from),
        "toCountry": country_json(view, crossing.to),
        "post": post.map(|post| &post.name),
        "borderPostId": post.map(|post| &post.id),
        "from": view.name(before.stop),
        "fromStopId": id(before.stop),
        "departure": rfc3339(&leave),
        "departureCertainty": before.certainty.word(),
        "departureInterpolated": before.interpolated,
        "to": view.name(after.stop),
        "toStopId": id(after.stop),
        "arrival": rfc3339(&reach),
        "arrivalCertainty": after.certainty.word(),
        "arrivalInterpolated": after.interpolated,
        "duration": i64::from(after.time) - i64::from(before.time),
        "clock": words::clock_change(&leave, &reach),
        "hours": post.map(Post::known_hours),
        "control": post::json(view, border),
        "sources": post.map(|post| source_ids([post.sources.as_str()])),
        "text": sentence(view, leg, border),
        "mayCross": verdicts::json(view, border),
    })
}
