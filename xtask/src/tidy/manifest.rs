//! Rules for manifests: the lock file is committed and every crate takes the workspace's lints and versions.

use super::{Fault, File, Tree};

pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    if tree.get("Cargo.lock").is_none() {
        faults.push(Fault { path: "Cargo.lock".into(), line: 0, message: "is not committed".into() });
    }
    for file in tree.files.iter().filter(|file| file.path.ends_with("Cargo.toml")) {
        match toml::from_str::<toml::Table>(file.text()) {
            Ok(manifest) => check_manifest(file, &manifest, faults),
            Err(error) => faults.push(file.fault(0, error.message())),
        }
    }
}

fn check_manifest(file: &File, manifest: &toml::Table, faults: &mut Vec<Fault>) {
    if !manifest.contains_key("package") {
        return;
    }
    if !inherits(manifest.get("lints")) {
        faults.push(file.fault(0, "`[lints] workspace = true` is missing"));
    }
    for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
        let dependencies = manifest.get(table).and_then(toml::Value::as_table).into_iter().flatten();
        for (name, _) in dependencies.filter(|(_, dependency)| !inherits(Some(dependency))) {
            faults.push(file.fault(0, format!("`{name}` is not `workspace = true`: versions stand in one place")));
        }
    }
}

fn inherits(value: Option<&toml::Value>) -> bool {
    value.and_then(|value| value.get("workspace")).and_then(toml::Value::as_bool) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::faults_of;

    #[test]
    fn crates_inherit_lints_and_versions() {
        let good = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n[dependencies]\ncsv.workspace = true\n";
        let bad = "[package]\nname = \"b\"\n[dependencies]\ncsv = \"1\"\n";
        let files =
            [("Cargo.lock", ""), ("Cargo.toml", "[workspace]\n"), ("a/Cargo.toml", good), ("b/Cargo.toml", bad)];
        assert_eq!(
            faults_of(check, &files),
            [
                "b/Cargo.toml: `[lints] workspace = true` is missing",
                "b/Cargo.toml: `csv` is not `workspace = true`: versions stand in one place",
            ]
        );
    }

    #[test]
    fn the_lock_file_is_there_and_manifests_are_toml() {
        let faults = faults_of(check, &[("Cargo.toml", "[workspace\n")]);
        assert_eq!(faults[0], "Cargo.lock: is not committed");
        assert!(faults[1].starts_with("Cargo.toml: "), "{faults:?}");
    }
}
