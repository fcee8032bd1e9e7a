//! The corridor feed that the program brings along, compiled when it is needed.

use tumen_base::Date;
use tumen_feed::{FeedSource, ReadOptions, read_feeds};
use tumen_timetable::Timetable;
use tumen_timetable::compile::{CompileOptions, SourceStamp, compile};

use crate::{Failure, Result};

macro_rules! files {
    ($($name:literal)*) => {
        /// Every file of feeds/corridor that is part of the feed.
        const FILES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../../feeds/corridor/", $name)))),*];
    };
}

files! {
    "agency.txt" "attributions.txt" "border_posts.txt" "border_rules.txt" "calendar.txt" "calendar_dates.txt"
    "carriage_types.txt" "claims.txt" "events.txt" "feed_info.txt"
    "freight_services.txt" "goods_rules.txt" "known_services.txt" "lines.txt" "observations.txt" "places.txt" "routes.txt"
    "sections.txt" "sources.txt" "stop_times.txt" "stops.txt" "suspensions.txt" "terminals.txt" "through_carriages.txt"
    "through_carriage_hosts.txt" "transfers.txt" "translations.txt" "trips.txt"
}

/// What the embedded feed is called.
const NAME: &str = "corridor";

/// Compiles the embedded corridor; `today` only bounds calendars without an end.
///
/// # Errors
/// When the feed in the repository is broken, which a test prevents.
pub fn corridor(today: Date) -> Result<Timetable> {
    let files = FILES.iter().map(|(name, content)| (*name, *content));
    let source = FeedSource::from_files(NAME, files);
    let (feeds, _) = read_feeds(&[source], &ReadOptions::default()).map_err(|error| broken(&error))?;
    let mut options = CompileOptions::on(today);
    options.sources = vec![SourceStamp { name: "embedded corridor".to_owned(), hash: 0 }];
    let (data, _) = compile(&feeds, &options, &mut |_| {}).map_err(|error| broken(&error))?;
    Timetable::from_data(data).map_err(|error| broken(&error))
}

fn broken(error: &dyn std::error::Error) -> Failure {
    Failure::refused("corridor_broken", format!("the embedded corridor feed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_corridor_is_embedded() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../feeds/corridor");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .expect("the corridor feed")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .filter(|name| Path::new(name).extension().is_some_and(|extension| extension == "txt"))
            .collect();
        there.sort();
        let mut here: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        here.sort_unstable();
        assert_eq!(here, there);
    }
}
