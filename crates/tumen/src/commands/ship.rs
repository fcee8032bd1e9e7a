//! `tumen ship`: screening first, then the way of a consignment, its papers and the log.

use anyhow::{Context as _, Result};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tumen_freight::log::{self, Case, LogKey};
use tumen_freight::note::Draft;
use tumen_freight::{
    Cleared, Consignment, End, FreightFiles, Network, Parties, RouteOptions, Routes, Rules, Screened, json, screen,
    text,
};
use tumen_journey::clock::{self, DayEnd};
use tumen_journey::names::{self, Spot};
use tumen_journey::when::When;
use tumen_journey::world::World;
use tumen_journey::{Failure, search};

use super::Context;
use crate::args::ShipArgs;
use crate::exit::Exit;
use crate::{clock as wall, opened, terminal};

/// Screens, logs, finds the way, and prints all of it.
///
/// # Errors
/// When a name cannot be resolved, a list or the rules cannot be read, or the decision cannot be logged.
pub fn run(context: &Context, args: &ShipArgs) -> Result<Exit> {
    let notes = args.note.iter().map(|path| NoteForm::of(path)).collect::<Result<Vec<_>, _>>()?;
    let world = opened::world(&args.timetable)?;
    let rules = Rules::shipped().and_then(|rules| rules.with(world.rows("goods_rules.txt")));
    let rules = rules.map_err(|error| Failure::refused("bad_goods_rules", error.to_string()))?;
    let consignment = consignment(&world, context.now(), args)?;
    let parties = parties(args)?;
    let screened = screen(&rules, consignment.clone(), &parties);
    let case = Case { consignment: &consignment, parties: &parties, rules: &rules, screened: &screened };
    let logged = append(args, &case)?;

    let routed = match &screened {
        Screened::Refused(_) => None,
        Screened::Cleared(cleared) => Some((cleared, Routed::find(&world, cleared, args.days)?)),
    };
    let drafts = match &routed {
        Some((cleared, routed)) => routed.write_notes(cleared, &notes)?,
        None => Vec::new(),
    };
    if context.global.json {
        let routes = routed
            .as_ref()
            .map(|(cleared, routed)| json::routes(&routed.network, &world.columns(), cleared, &routed.routes));
        let mut answer = json::answer(&rules, &consignment, &screened, &parties, routes.as_ref());
        answer["log"] = serde_json::json!(logged.display().to_string());
        answer["notes"] = serde_json::json!(drafts);
        terminal::print_json(&answer)?;
    } else {
        let decision = screened.decision();
        let mut page = format!("{}\n", context.style.bold(text::headline(decision.verdict)));
        page.push_str(&text::decision(decision));
        page.push_str(&text::asked(&consignment));
        page.push_str(&text::surroundings(&parties, &rules));
        line!(page, "Decision appended to {}", logged.display());
        if let Some((cleared, routed)) = &routed {
            page.push_str(&text::routes(&routed.network, &world.columns(), cleared, &routed.routes));
        }
        for draft in &drafts {
            line!(page, "Draft of the consignment note: {draft}");
        }
        terminal::print(&page)?;
    }
    let found = routed.is_some_and(|(_, routed)| !routed.routes.routes.is_empty());
    Ok(if found { Exit::Found } else { Exit::Nothing })
}

fn consignment(world: &World, now: When, args: &ShipArgs) -> Result<Consignment> {
    let columns = world.columns();
    let footwork = search::footwork(&columns, None);
    let end = |name: &str| -> Result<(Spot, End), Failure> {
        let spot = names::resolve(world, name, footwork)?;
        let stops = spot.stops.iter().map(|(stop, _)| *stop).collect();
        let end = End::of(&columns, world.borders(), spot.name.clone(), stops);
        Ok((spot, end))
    };
    let ((origin, from), (_, to)) = (end(&args.from)?, end(&args.to)?);
    let stop = origin.first_stop();
    let ready = clock::resolve(&columns, args.ready.unwrap_or(When::Now), now, stop, DayEnd::First)?;
    Ok(Consignment {
        goods: args.hs.clone(),
        origin: args.origin,
        tonnes: args.weight,
        wagons: args.wagons,
        gauge: args.gauge,
        sender: args.sender.trim().to_owned(),
        receiver: args.receiver.trim().to_owned(),
        from,
        to,
        onward: args.onward,
        ready: columns.local_time(ready, stop),
        listed: args.listed,
    })
}

fn parties(args: &ShipArgs) -> Result<Parties> {
    let mut parties = Parties::new(&args.sender, &args.receiver, args.threshold);
    for path in &args.party_list {
        let name = path.display().to_string();
        let file = File::open(path).with_context(|| format!("{name} cannot be read"))?;
        let compared = parties.compare(&name, BufReader::new(file));
        compared.map_err(|error| Failure::usage("bad_party_list", error.to_string()))?;
    }
    Ok(parties)
}

/// Appends the decision to the log before anything is shown; answers where that is.
fn append(args: &ShipArgs, case: &Case<'_>) -> Result<PathBuf> {
    let path = match &args.log {
        Some(path) => path.clone(),
        None => default_log()?,
    };
    let failed = |error: log::LogError| Failure::usage("decision_not_logged", error.to_string());
    let key = match (&args.log_key, std::env::var("TUMEN_LOG_KEY")) {
        (Some(file), _) => LogKey::read(file),
        (None, Ok(key)) => LogKey::from_hex(&key),
        (None, Err(_)) => LogKey::beside(&path),
    };
    let key = key.map_err(failed)?;
    log::append(&path, &log::entry(case, &key, wall::timestamp())).map_err(failed)?;
    Ok(path)
}

/// `decisions.jsonl` in the folder where programs keep what they remember (XDG Base Directory Specification).
fn default_log() -> Result<PathBuf> {
    let folder = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = folder("XDG_STATE_HOME").or_else(|| folder("HOME").map(|home| home.join(".local/state")));
    let state = state.ok_or_else(|| {
        Failure::usage("decision_not_logged", "every decision is logged: name a file with --log, since HOME is not set")
    })?;
    let folder = state.join("tumen");
    std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder.join("decisions.jsonl"))
}

/// A file for the draft of the note.
enum NoteForm<'a> {
    Html(&'a Path),
    Json(&'a Path),
}

impl<'a> NoteForm<'a> {
    fn of(path: &'a Path) -> Result<Self, Failure> {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("html") => Ok(Self::Html(path)),
            Some("json") => Ok(Self::Json(path)),
            _ => {
                let message = format!("{}: a consignment note is written as .html or .json", path.display());
                Err(Failure::usage("bad_note", message))
            }
        }
    }
}

/// What was found for a cleared consignment.
struct Routed {
    network: Network,
    routes: Routes,
}

impl Routed {
    fn find(world: &World, cleared: &Cleared, days: u32) -> Result<Self> {
        let files = FreightFiles {
            terminals: world.rows("terminals.txt"),
            services: world.rows("freight_services.txt"),
            suspensions: world.rows("suspensions.txt"),
            border_rules: world.rows("border_rules.txt"),
        };
        let network = Network::read(world.timetable(), world.borders(), world.suspensions(), files)
            .map_err(|error| Failure::refused("bad_freight_file", error.to_string()))?;
        let routes = network
            .route(&world.columns(), world.borders(), cleared, RouteOptions { days })
            .map_err(|error| Failure::usage("no_goods_route", error.to_string()))?;
        Ok(Self { network, routes })
    }

    /// Writes the note of the best way; nothing where there is none.
    fn write_notes(&self, cleared: &Cleared, notes: &[NoteForm<'_>]) -> Result<Vec<String>> {
        let Some(route) = self.routes.routes.first() else { return Ok(Vec::new()) };
        let draft = Draft::of(&self.network, cleared, route);
        let mut written = Vec::new();
        for note in notes {
            let (path, content) = match note {
                NoteForm::Html(path) => (path, draft.html()),
                NoteForm::Json(path) => (path, format!("{:#}\n", draft.json(cleared.consignment()))),
            };
            std::fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))?;
            written.push(path.display().to_string());
        }
        Ok(written)
    }
}
