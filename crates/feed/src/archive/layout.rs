//! Which folder of an archive is the feed.

/// Files of which every feed has some.
const CORE: [&str; 6] = ["agency.txt", "stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt"];

/// The folder (`""` or ending in `/`) that holds most core files, of several such the least deep, then the first.
pub(super) fn feed_folder<'a>(paths: &[&'a str]) -> &'a str {
    let mut folders: Vec<&str> = paths.iter().filter(|path| !is_litter(path)).map(|path| split(path).0).collect();
    folders.sort_unstable();
    folders.dedup();
    let rank = |folder: &&str| {
        let core = paths.iter().filter(|path| name_in(folder, path).is_some_and(|name| CORE.contains(&name))).count();
        let depth = folder.matches('/').count();
        (std::cmp::Reverse(core), depth)
    };
    folders.into_iter().min_by_key(rank).unwrap_or("")
}

/// The name of a file that lies in the folder itself.
pub(super) fn name_in<'a>(folder: &str, path: &'a str) -> Option<&'a str> {
    let (parent, name) = split(path);
    (parent == folder && !is_litter(path)).then_some(name)
}

/// Files that archivers and desktops leave behind.
pub(super) fn is_litter(path: &str) -> bool {
    let name = split(path).1;
    path.starts_with("__MACOSX/") || name.starts_with('.') || matches!(name, "" | "Thumbs.db" | "desktop.ini")
}

fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |slash| slash + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_single_top_folder_is_the_feed() {
        assert_eq!(
            feed_folder(&["gtfs/stops.txt", "gtfs/trips.txt", "readme.md", "__MACOSX/gtfs/._stops.txt"]),
            "gtfs/"
        );
        assert_eq!(feed_folder(&["stops.txt", "trips.txt", "old/stops.txt"]), "");
        assert_eq!(feed_folder(&["b/stops.txt", "a/stops.txt"]), "a/");
        assert_eq!(feed_folder(&[]), "");
    }

    #[test]
    fn only_files_of_the_folder_itself_belong() {
        assert_eq!(name_in("gtfs/", "gtfs/stops.txt"), Some("stops.txt"));
        assert_eq!(name_in("", "gtfs/stops.txt"), None);
        assert_eq!(name_in("", ".DS_Store"), None);
    }
}
