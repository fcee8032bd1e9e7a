//! Rules for pages: their links lead somewhere, and every page of docs/ can be found.

use super::{Fault, File, Tree};
use std::collections::BTreeSet;

/// Pages that readers meet first.
const ENTRANCES: [&str; 2] = ["README.md", "ARCHITECTURE.md"];

pub fn check(tree: &Tree, faults: &mut Vec<Fault>) {
    for page in pages(tree) {
        for (line, target) in links(page) {
            if !exists(tree, &target) {
                faults.push(page.fault(line, format!("links to {target}, which is not there")));
            }
        }
    }
    for file in tree.files.iter().filter(|file| matches!(file.extension(), "rs" | "md" | "toml")) {
        for (line, page) in mentions(file) {
            if tree.get(&page).is_none() {
                faults.push(file.fault(line, format!("names {page}, which is not there")));
            }
        }
    }
    let found = reachable(tree);
    for page in pages(tree).filter(|page| page.path.starts_with("docs/") && !found.contains(page.path.as_str())) {
        faults.push(page.fault(0, "no link from README.md or ARCHITECTURE.md leads here"));
    }
}

fn pages(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.files.iter().filter(|file| file.extension() == "md")
}

/// A tracked file, or a folder with tracked files in it.
fn exists(tree: &Tree, path: &str) -> bool {
    let folder = format!("{}/", path.trim_end_matches('/'));
    tree.files.iter().any(|file| file.path == path || file.path.starts_with(&folder))
}

/// The lines of a page that are prose, numbered from 1; code blocks are left out.
fn prose(page: &File) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    page.text().lines().enumerate().filter_map(move |(index, line)| {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        (!in_code && !fence).then_some((index + 1, line))
    })
}

/// Links into the repository, each with its line and its target as a path from the root.
fn links(page: &File) -> Vec<(usize, String)> {
    let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut links = Vec::new();
    for (number, line) in prose(page) {
        for (_, rest) in line.match_indices("](").map(|(at, opening)| line.split_at(at + opening.len())) {
            let target = rest.split([')', '#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains(':') {
                links.push((number, resolve(folder, target)));
            }
        }
    }
    links
}

fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Pages of docs/ named in prose and comments, other than by a link.
fn mentions(file: &File) -> Vec<(usize, String)> {
    let mut mentions = Vec::new();
    let comment = if file.extension() == "rs" { "//" } else { "" };
    for (index, line) in file.text().lines().enumerate().filter(|(_, line)| line.trim_start().starts_with(comment)) {
        for (at, _) in line.match_indices("docs/") {
            let inside = line[..at].ends_with("](")
                || line[..at].ends_with(|before: char| before.is_alphanumeric() || "/_-.".contains(before));
            let name =
                line[at..].split(|c: char| !(c.is_alphanumeric() || "/_-.".contains(c))).next().unwrap_or_default();
            if let (false, Some(end)) = (inside, name.find(".md")) {
                mentions.push((index + 1, name[..end + ".md".len()].to_owned()));
            }
        }
    }
    mentions
}

/// Pages that links lead to, from the entrances on.
fn reachable(tree: &Tree) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<&File> = ENTRANCES.iter().filter_map(|path| tree.get(path)).collect();
    while let Some(page) = waiting.pop() {
        if page.extension() == "md" && found.insert(page.path.as_str()) {
            waiting.extend(links(page).iter().filter_map(|(_, target)| tree.get(target)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tests::faults_of;

    #[test]
    fn pages_in_step_pass() {
        let files = [
            ("README.md", "[data](docs/data.md#feeds), [web](https://example.org/a.md), [crates](crates/)\n"),
            ("docs/data.md", "[back](../README.md) and [form](form.md)\n```\n[no](link.md)\n```\n"),
            ("docs/form.md", "Nothing.\n"),
            ("crates/a.rs", "//! See docs/form.md.\n"),
        ];
        assert_eq!(faults_of(check, &files), Vec::<String>::new());
    }

    #[test]
    fn dead_links_dead_names_and_lost_pages_are_faults() {
        let files = [
            ("README.md", "one\n[data](docs/data.md), docs/form.md\n"),
            ("docs/lost.md", "[up](../../README.md)\n"),
            ("crates/a.rs", "//! See `docs/gone.md`.\n"),
        ];
        assert_eq!(
            faults_of(check, &files),
            [
                "README.md:2: links to docs/data.md, which is not there",
                "README.md:2: names docs/form.md, which is not there",
                "crates/a.rs:1: names docs/gone.md, which is not there",
                "docs/lost.md: no link from README.md or ARCHITECTURE.md leads here",
            ]
        );
    }
}
