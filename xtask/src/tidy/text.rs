//! Rules for every file: its size, its blanks, and nothing that holds on one machine only.

use super::mask::is_word;
use super::{Fault, File, Tree};

const SIZE_LIMIT: u64 = 1 << 20;
const LINE_LIMIT: usize = 600;

/// Folders that only one machine has. Put together here so that this file passes its own check.
const MACHINE_FOLDERS: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("/Us", "ers/"),
    concat!("C:\\Us", "ers"),
];

/// Hosts of package registries: packages are asked for by name.
const REGISTRY_HOSTS: [&str; 5] = [
    concat!("index.crates", ".io"),
    concat!("static.crates", ".io"),
    concat!("files.python", "hosted.org"),
    concat!("registry.npm", "js.org"),
    concat!("deb.deb", "ian.org"),
];

/// Files that tools write and that name registries by design.
const LOCK_FILES: [&str; 2] = ["Cargo.lock", "package-lock.json"];

pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    for file in &tree.files {
        if file.size > SIZE_LIMIT {
            faults.push(file.fault(0, format!("{} bytes, the limit is {SIZE_LIMIT}", file.size)));
        }
        let lines = file.text().lines().count();
        if lines > LINE_LIMIT && matches!(file.extension(), "rs" | "ts" | "svelte") {
            faults.push(file.fault(0, format!("{lines} lines, the limit is {LINE_LIMIT}: divide it by purpose")));
        }
        if !LOCK_FILES.iter().any(|name| file.path.ends_with(name)) {
            for (index, line) in file.text().lines().enumerate() {
                check_line(file, index + 1, line, faults);
            }
        }
    }
}

fn check_line(file: &File, number: usize, line: &str, faults: &mut Vec<Fault>) {
    if line.contains('\t') && !file.path.ends_with("Makefile") {
        faults.push(file.fault(number, "a tab: indent with spaces, write \\t in literals"));
    }
    // A snapshot records blanks as they were printed.
    if line.ends_with(' ') && file.extension() != "snap" {
        faults.push(file.fault(number, "blanks at the end of the line"));
    }
    if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") {
        faults.push(file.fault(number, "a conflict marker"));
    }
    for folder in MACHINE_FOLDERS {
        if begins_path(line, folder) {
            faults.push(file.fault(number, format!("`{folder}` is a folder of one machine")));
        }
    }
    for host in REGISTRY_HOSTS {
        if line.contains(host) {
            faults.push(file.fault(number, format!("`{host}`: ask for packages by name, name no registry")));
        }
    }
}

/// Whether an absolute path begins with the folder somewhere in the line, rather than a longer path or address holding it.
fn begins_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line.as_bytes()[..at].last().copied();
        !before.is_some_and(|byte| is_word(byte) || b".-/~*}>)".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::faults_of;

    #[test]
    fn clean_text_passes() {
        let files = [("src/lib.rs", "//! Nothing.\n"), ("Makefile", "run:\n\techo\n"), ("a.snap", "x \n")];
        assert_eq!(faults_of(check, &files), Vec::<String>::new());
    }

    #[test]
    fn files_stay_within_their_limits() {
        let long = "\n".repeat(601);
        let files = [("a.rs", long.as_str()), ("b.csv", &long), ("c.ts", &long[1..])];
        assert_eq!(faults_of(check, &files), ["a.rs: 601 lines, the limit is 600: divide it by purpose"]);

        let large = "x".repeat((1 << 20) + 1);
        assert_eq!(faults_of(check, &[("a.csv", &large)]), ["a.csv: 1048577 bytes, the limit is 1048576"]);
    }

    #[test]
    fn tabs_blanks_and_conflicts_are_faults() {
        let files = [("a.rs", "fine\n\tx\ny \n<<<<<<< main\n")];
        assert_eq!(
            faults_of(check, &files),
            [
                "a.rs:2: a tab: indent with spaces, write \\t in literals",
                "a.rs:3: blanks at the end of the line",
                "a.rs:4: a conflict marker",
            ]
        );
    }

    #[test]
    fn paths_of_one_machine_are_faults_and_like_sounding_addresses_are_not() {
        for folder in MACHINE_FOLDERS {
            let planted = format!("see {folder}x\n");
            assert_eq!(
                faults_of(check, &[("a.md", &planted)]),
                [format!("a.md:1: `{folder}` is a folder of one machine")]
            );
            let address = format!("https://example.org{folder}x\n");
            assert_eq!(faults_of(check, &[("a.md", &address)]), Vec::<String>::new());
        }
    }

    #[test]
    fn registry_hosts_are_faults_outside_lock_files() {
        let planted = format!("fetch {}/x\n", REGISTRY_HOSTS[0]);
        assert_eq!(faults_of(check, &[("a.sh", &planted)]).len(), 1);
        assert_eq!(faults_of(check, &[("Cargo.lock", &planted)]), Vec::<String>::new());
    }
}
