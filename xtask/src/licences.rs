//! The licences of all dependencies against the list in deny.toml, without installing anything.

use anyhow::{Context, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::process::Command;

/// The part of deny.toml that this check reads.
#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

/// The part of `cargo metadata` that this check reads.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
}

/// Checks every package of Cargo.lock.
///
/// # Errors
/// When a package has a licence outside the list, or none.
pub fn run(_arguments: &[String]) -> anyhow::Result<()> {
    let root = crate::root();
    let deny = std::fs::read_to_string(root.join("deny.toml")).context("deny.toml is not readable")?;
    let allowed = toml::from_str::<Deny>(&deny).context("deny.toml")?.licenses.allow;
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(&root)
        .output()
        .context("cargo metadata does not start")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout).context("cargo metadata's answer")?;

    let refused: Vec<String> = metadata.packages.iter().filter_map(|package| complaint(package, &allowed)).collect();
    if !refused.is_empty() {
        bail!("licences outside deny.toml:\n{}", refused.join("\n"));
    }
    println!("licences: {} packages, all within deny.toml", metadata.packages.len());
    Ok(())
}

fn complaint(package: &Package, allowed: &BTreeSet<String>) -> Option<String> {
    let Package { name, version, license } = package;
    match license.as_deref().map(|text| permits(text, allowed)) {
        Some(Ok(true)) => None,
        Some(Ok(false)) => Some(format!("  {name} {version}: {}", license.as_deref().unwrap_or_default())),
        Some(Err(error)) => Some(format!("  {name} {version}: {error:#}")),
        None => Some(format!("  {name} {version}: no licence named in its manifest")),
    }
}

/// Whether an SPDX expression can be met with allowed licences alone: `OR` needs one side, `AND` both.
fn permits(expression: &str, allowed: &BTreeSet<String>) -> anyhow::Result<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    let answer = either(&mut words, allowed)?;
    match words.next() {
        None => Ok(answer),
        Some(word) => bail!("`{expression}` is no SPDX expression: unexpected `{word}`"),
    }
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn either(words: &mut Words, allowed: &BTreeSet<String>) -> anyhow::Result<bool> {
    let mut answer = both(words, allowed)?;
    while words.next_if_eq(&"OR").is_some() {
        answer |= both(words, allowed)?;
    }
    Ok(answer)
}

fn both(words: &mut Words, allowed: &BTreeSet<String>) -> anyhow::Result<bool> {
    let mut answer = one(words, allowed)?;
    while words.next_if_eq(&"AND").is_some() {
        answer &= one(words, allowed)?;
    }
    Ok(answer)
}

fn one(words: &mut Words, allowed: &BTreeSet<String>) -> anyhow::Result<bool> {
    match words.next() {
        Some("(") => {
            let answer = either(words, allowed)?;
            ensure!(words.next() == Some(")"), "a parenthesis is not closed");
            Ok(answer)
        }
        Some(")" | "AND" | "OR" | "WITH") | None => bail!("a licence is missing"),
        Some(name) => {
            // An exception widens what its licence permits.
            if words.next_if_eq(&"WITH").is_some() {
                words.next().context("an exception is missing")?;
            }
            Ok(allowed.contains(name))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed() -> BTreeSet<String> {
        ["MIT", "Apache-2.0", "Unicode-3.0"].map(String::from).into()
    }

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("GPL-3.0 OR MIT", true),
            ("Unlicense/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("MIT OR GPL-3.0 AND GPL-2.0", true),
            ("(MIT OR GPL-3.0) AND GPL-2.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ] {
            assert_eq!(permits(expression, &allowed()).expect(expression), expected, "{expression}");
        }
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        for expression in ["", "MIT OR", "(MIT", "MIT MIT", "AND MIT", "MIT WITH"] {
            assert!(permits(expression, &allowed()).is_err(), "{expression}");
        }
    }

    #[test]
    fn a_package_without_a_licence_is_a_complaint() {
        let package = Package { name: "nameless".into(), version: "1.0.0".into(), license: None };
        assert_eq!(
            complaint(&package, &allowed()).as_deref(),
            Some("  nameless 1.0.0: no licence named in its manifest")
        );
    }
}
