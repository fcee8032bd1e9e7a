//! `tumen board`: what leaves a stop, or arrives there.

use anyhow::Result;
use serde_json::{Value, json};
use tumen_base::StopId;

use super::Context;
use crate::args::BoardArgs;
use crate::clock::{self, DayEnd};
use crate::departures::{self, Event, Kind};
use crate::exit::Exit;
use crate::facts;
use crate::modes::motis_mode;
use crate::present::board::Suspended;
use crate::present::{View, board, page, words};
use crate::when::When;
use crate::world::World;
use crate::{motis, names, search, terminal};

/// Prints a board.
///
/// # Errors
/// When the name cannot be resolved or the timetable cannot be used.
pub fn run(context: &Context, args: &BoardArgs) -> Result<Exit> {
    let world = World::open(args.timetable.timetable.as_deref())?;
    let view = View::new(&world, context.style, args.show.language.as_deref());
    let columns = world.columns();
    let spot = names::resolve(&world, &args.stop, search::footwork(&columns, None))?;
    let first = spot.first_stop();
    let time = clock::resolve(&columns, args.at.unwrap_or(When::Now), context.global.now, first, DayEnd::First)?;
    let kind = if args.arrivals { Kind::Arrivals } else { Kind::Departures };
    let stops: Vec<StopId> = spot.stops.iter().map(|(stop, _)| *stop).collect();
    let events = departures::at(&columns, &stops, kind, time, usize::from(args.count));
    let exit = if events.is_empty() { Exit::Nothing } else { Exit::Found };
    if context.global.json {
        let list: Vec<Value> = events.iter().map(|event| json_event(&view, event, kind)).collect();
        terminal::print_json(&json!({ "place": motis::place(&view, first, Some(&spot.name)), "stopTimes": list }))?;
        return Ok(exit);
    }
    let what = if args.arrivals { "arrivals" } else { "departures" };
    let from = words::moment(&view.local(time, first));
    let mut text = format!("{}, {what} from {from}\n\n", context.style.bold(&spot.name));
    if events.is_empty() {
        line!(text, "  {}", context.style.warn("Nothing within a year."));
    } else {
        text.push_str(&board::table(&view, &events, kind));
    }
    let (from, to) = if args.arrivals { (None, Some(&spot)) } else { (Some(&spot), None) };
    let known = facts::known_services(&world, from, to);
    if !known.is_empty() {
        line!(text, "\n{}", context.style.bold("Also runs; days or times are not published"));
        for known in &known {
            line!(text, "  - {}: {}", known.name, known.known);
        }
    }
    line!(text, "\n{}", context.style.dim(page::NOTICE));
    if args.show.sources {
        let sources: Vec<String> = events.iter().flat_map(|event| event_sources(&view, event, kind)).collect();
        text.push_str(&page::sources(&view, &sources));
    }
    terminal::print(&text)?;
    Ok(exit)
}

fn event_sources(view: &View<'_>, event: &Event, kind: Kind) -> Vec<String> {
    let columns = view.columns();
    let time = columns.source_of_time(event.run.trip, event.position);
    let suspended = Suspended::of(view, event, kind).map(|suspended| suspended.suspensions).unwrap_or_default();
    let suspended = suspended.into_iter().map(|id| view.world.suspensions().get(id).sources.as_str());
    columns.sources_of_run(event.run.trip, event.run.day).chain([time]).chain(suspended).map(str::to_owned).collect()
}

/// An entry of the MOTIS API's stop times.
fn json_event(view: &View<'_>, event: &Event, kind: Kind) -> Value {
    let columns = view.columns();
    let trip = event.run.trip;
    let route = columns.route_of(trip);
    let agency = columns.agency_of(route).index();
    let mut place = motis::place(view, event.stop, None);
    let time = motis::rfc3339(&view.local(event.time, event.stop));
    let [key, scheduled] =
        if kind == Kind::Departures { ["departure", "scheduledDeparture"] } else { ["arrival", "scheduledArrival"] };
    place[key] = json!(time);
    place[scheduled] = json!(time);
    let carriages: Vec<String> = event.carriages.iter().map(|run| motis::trip_id(view, *run)).collect();
    let far = board::far_end(view, event, kind);
    let suspended = Suspended::of(view, event, kind).map(|suspended| {
        let suspensions: Vec<Value> = suspended.suspensions.iter().map(|&id| motis::suspension(view, id)).collect();
        json!({ "elsewhere": suspended.elsewhere.map(|stop| view.name(stop)), "suspensions": suspensions })
    });
    json!({
        "place": place,
        "mode": motis_mode(columns.route_kind[route.index()]),
        "realTime": false,
        "headsign": columns.headsign_at(trip, event.position),
        "agencyId": columns.text(columns.agency_id[agency]),
        "agencyName": columns.text(columns.agency_name[agency]),
        "agencyUrl": columns.text(columns.agency_url[agency]),
        "tripId": motis::trip_id(view, event.run),
        "routeShortName": columns.text(columns.route_short_name[route.index()]),
        "tripShortName": columns.text(columns.trip_short_name[trip.index()]),
        "tumen": {
            "farEnd": view.name(far),
            "carriages": carriages,
            "suspended": suspended,
            "certainty": {
                "days": columns.certainty_of_run(trip, event.run.day).word(),
                "times": columns.certainty_of_time(trip, event.position).word(),
            },
        },
    })
}
