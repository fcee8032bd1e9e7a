//! Real places: those of the corridor in this repository, and of public feeds where `../shared/feeds` is present.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use tumen_places::{Entry, Kind, Name, Position};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The stops and cities of feeds/corridor, as important as they have calls.
pub fn corridor() -> Vec<Entry> {
    let folder = repository().join("feeds/corridor");
    let table = |name: &str| rows(std::fs::File::open(folder.join(name)).expect(name), |_| true);
    let mut entries: Vec<Entry> = Vec::new();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for stop in table("stops.txt") {
        let codes = stop["codes"].split(';').filter_map(|code| code.split_once(':'));
        let is_airport = codes.clone().any(|(system, _)| system == "iata");
        let codes = codes.map(|(_, code)| code).chain([stop["stop_code"].as_str()]).filter(|code| !code.is_empty());
        numbers.insert(stop["stop_id"].clone(), entries.len());
        entries.push(Entry {
            id: stop["stop_id"].clone(),
            kind: if is_airport { Kind::Airport } else { Kind::Station },
            names: vec![Name::new("en", &stop["stop_name"])],
            codes: codes.map(str::to_owned).collect(),
            position: position(&stop),
            ..Entry::default()
        });
    }
    for place in table("places.txt") {
        let number = *numbers.entry(place["place_id"].clone()).or_insert_with(|| {
            entries.push(Entry {
                id: place["place_id"].clone(),
                kind: Kind::City,
                names: vec![Name::new("en", &place["name"])],
                ..Entry::default()
            });
            entries.len() - 1
        });
        let aliases = place["aliases"].split(';').filter(|alias| !alias.is_empty());
        entries[number].names.extend(aliases.map(|alias| Name::new("", alias)));
        entries[number].members.push(place["stop_id"].clone());
    }
    for row in table("translations.txt") {
        if let (true, Some(number)) = (row["field_name"].ends_with("name"), numbers.get(&row["record_id"])) {
            entries[*number].names.push(Name::new(&row["language"], &row["translation"]));
        }
    }
    for call in table("stop_times.txt") {
        if let Some(number) = numbers.get(&call["stop_id"]) {
            entries[*number].importance += 1;
        }
    }
    for number in 0..entries.len() {
        let members: Vec<usize> = entries[number].members.iter().map(|id| numbers[id]).collect();
        let calls: u32 = members.iter().map(|member| entries[*member].importance).sum();
        entries[number].importance += calls;
        entries[number].position =
            entries[number].position.or(members.first().and_then(|first| entries[*first].position));
    }
    entries
}

/// Stations and stops of the public feeds, as important as they have calls; `None`, said aloud, where they are absent.
pub fn shared() -> Option<Vec<Entry>> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = manifest.ancestors().map(|folder| folder.join("shared"));
    let shared = std::env::var_os("TUMEN_SHARED").map(PathBuf::from).into_iter().chain(beside);
    let Some(folder) = shared.map(|folder| folder.join("feeds")).find(|feeds| feeds.is_dir()) else {
        eprintln!("skipped: ../shared/feeds is absent");
        return None;
    };
    let feeds = [
        ("eu", "eu-nighttrains-2025"),
        ("de", "de-fernverkehr-2023"),
        ("es", "es-renfe-all-2026-04"),
        ("us", "us-amtrak-2024"),
        ("ca", "ca-viarail-2024"),
        ("fr", "fr-strasbourg-cts-2026"),
        ("ny", "us-nyc-mta-subway-2026"),
        ("br", "br-portoalegre-eptc-2019"),
        ("mx", "mx-cdmx-2015"),
    ];
    let mut entries = Vec::new();
    for (prefix, name) in feeds {
        entries.extend(stations(prefix, &folder.join(format!("{name}.zip"))));
    }
    Some(entries)
}

/// Stops that stand below no other, with the calls of those below them.
fn stations(prefix: &str, path: &Path) -> Vec<Entry> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).expect("a feed")).expect("a zip file");
    let stops = rows(archive.by_name("stops.txt").expect("stops.txt"), |_| true);
    let parent = |stop: &HashMap<String, String>| stop.get("parent_station").filter(|id| !id.is_empty()).cloned();
    let stations: HashMap<String, String> =
        stops.iter().map(|stop| (stop["stop_id"].clone(), parent(stop).unwrap_or(stop["stop_id"].clone()))).collect();
    let mut calls: HashMap<String, u32> = HashMap::new();
    let only_stop = |column: &str| column == "stop_id";
    for call in rows(archive.by_name("stop_times.txt").expect("stop_times.txt"), only_stop) {
        if let Some(station) = stations.get(&call["stop_id"]) {
            *calls.entry(station.clone()).or_default() += 1;
        }
    }
    let entry = |stop: &HashMap<String, String>| Entry {
        id: format!("{prefix}/{}", stop["stop_id"]),
        kind: Kind::Stop,
        names: vec![Name::new("", stop["stop_name"].trim())],
        codes: vec![stop["stop_id"].clone()],
        importance: calls.get(&stop["stop_id"]).copied().unwrap_or_default(),
        position: position(stop),
        ..Entry::default()
    };
    stops.iter().filter(|stop| parent(stop).is_none()).map(entry).collect()
}

fn position(stop: &HashMap<String, String>) -> Option<Position> {
    Some(Position { latitude: stop["stop_lat"].parse().ok()?, longitude: stop["stop_lon"].parse().ok()? })
}

fn rows(table: impl Read, wanted: impl Fn(&str) -> bool) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_reader(table);
    let headers: Vec<String> =
        reader.headers().expect("a header").iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
    let row = |record: csv::StringRecord| {
        let cells = headers.iter().cloned().zip(record.iter().map(str::to_owned));
        cells.filter(|(name, _)| wanted(name)).collect()
    };
    reader.records().map(|record| row(record.expect("a row"))).collect()
}
