//! The repository checks itself: rules that neither the compiler nor clippy knows (CONTRIBUTING.md lists them).

mod manifest;
mod mask;
mod pages;
mod source;
mod text;

use anyhow::{Context, bail, ensure};
use std::fmt;
use std::path::Path;
use std::process::Command;

/// Everything that is or would be committed.
#[derive(Default)]
struct Tree {
    files: Vec<File>,
}

/// One file of the tree.
struct File {
    /// Path from the workspace's folder, with `/`.
    path: String,
    /// Length in bytes.
    size: u64,
    /// The content, where it is text.
    text: Option<String>,
}

/// One breach of one rule.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    path: String,
    /// Line from 1; 0 for the file as a whole.
    line: usize,
    message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

impl File {
    fn extension(&self) -> &str {
        Path::new(&self.path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
    }

    fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    fn fault(&self, line: usize, message: impl Into<String>) -> Fault {
        Fault { path: self.path.clone(), line, message: message.into() }
    }
}

impl Tree {
    /// Reads what git tracks, and what it would track: files that are neither committed nor ignored.
    fn read(root: &Path) -> anyhow::Result<Self> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git does not start")?;
        ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
        let names = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
        let mut tree = Self::default();
        for path in names.split_terminator('\0') {
            // Deleted, but not yet in the index.
            let Ok(bytes) = std::fs::read(root.join(path)) else { continue };
            tree.add(path, bytes);
        }
        Ok(tree)
    }

    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        let size = bytes.len() as u64;
        self.files.push(File { path: path.to_owned(), size, text: String::from_utf8(bytes).ok() });
    }

    fn get(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for check in [text::check, source::check, manifest::check, pages::check] {
            check(self, &mut faults);
        }
        faults.sort();
        faults
    }
}

/// Checks the repository.
///
/// # Errors
/// When a rule is broken: every fault with its path and line.
pub fn run(_arguments: &[String]) -> anyhow::Result<()> {
    let tree = Tree::read(&crate::root())?;
    let faults = tree.faults();
    if !faults.is_empty() {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        bail!("{} faults\n{}", faults.len(), lines.join("\n"));
    }
    println!("tidy: {} files", tree.files.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults that one check finds in a small tree, as text.
    pub fn faults_of(check: fn(&Tree, &mut Vec<Fault>), files: &[(&str, &str)]) -> Vec<String> {
        let mut tree = Tree::default();
        for (path, text) in files {
            tree.add(path, text.as_bytes().to_vec());
        }
        let mut faults = Vec::new();
        check(&tree, &mut faults);
        faults.sort();
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_fault_says_where_it_is() {
        let mut fault = Fault { path: "a.rs".into(), line: 0, message: "too long".into() };
        assert_eq!(fault.to_string(), "a.rs: too long");
        fault.line = 7;
        assert_eq!(fault.to_string(), "a.rs:7: too long");
    }

    #[test]
    fn the_tree_holds_what_git_would_commit() {
        let tree = Tree::read(&crate::root()).expect("the repository is readable");
        assert!(tree.get("Cargo.toml").is_some());
        assert!(tree.files.iter().all(|file| !file.path.starts_with("target/")));
    }
}
