//! Runs the program as a user would, on a fixed day.

#![allow(dead_code, reason = "every test file uses its own part of this module")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The moment that counts as now in every test.
pub const NOW: &str = "2026-11-22T10:00+03:00";

/// What a command said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// Standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in\n{}\n{}", self.out, self.err))
    }

    /// Everything, for golden text.
    pub fn all(&self) -> String {
        let err = match self.err.trim_end() {
            "" => String::new(),
            err => format!("\n--- stderr\n{err}"),
        };
        format!("{}{err}\n--- exit {}", self.out.trim_end(), self.code)
    }
}

/// The program with arguments, on the fixed day, without the surroundings of whoever tests.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tumen"));
    command.args(args).env("TUMEN_NOW", NOW).env_remove("NO_COLOR").env("COLUMNS", "100");
    // What the program remembers is not that of whoever tests.
    command.env("XDG_STATE_HOME", env!("CARGO_TARGET_TMPDIR")).env_remove("TUMEN_DECISION_LOG");
    command
}

/// Runs the program.
pub fn tumen(args: &[&str]) -> Said {
    let output = command(args).output().expect("the program runs");
    Said {
        code: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A compiled timetable in a folder that lasts as long as it.
pub struct Compiled {
    folder: tempfile::TempDir,
    /// The `.tumen` file.
    pub path: PathBuf,
}

impl Compiled {
    /// Compiles a timetable drawn as text.
    #[track_caller]
    pub fn of_text(text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut feeds = Vec::new();
        for feed in tumen_oracle::text::feeds(text) {
            let name = if feed.name.is_empty() { "feed" } else { &feed.name };
            let path = folder.path().join(format!("{name}.zip"));
            tumen_feed::write_feed(&feed, &path).expect("the feed is written");
            feeds.push(if feed.name.is_empty() {
                path.display().to_string()
            } else {
                format!("{name}={}", path.display())
            });
        }
        Self::import(folder, &feeds)
    }

    /// Compiles a timetable of one feed drawn as text, with extension files of its own.
    #[track_caller]
    pub fn of_text_with(text: &str, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut feed = tumen_oracle::text::feeds(text).remove(0);
        for (name, content) in files {
            feed.extension.insert((*name).to_owned(), tumen_feed::Table::parse(content.as_bytes()));
        }
        let path = folder.path().join("feed.zip");
        tumen_feed::write_feed(&feed, &path).expect("the feed is written");
        Self::import(folder, &[path.display().to_string()])
    }

    /// Compiles a feed file.
    #[track_caller]
    pub fn of_feed(feed: &Path) -> Self {
        Self::import(tempfile::tempdir().expect("a folder"), &[feed.display().to_string()])
    }

    /// Compiles feeds named as on the command line.
    #[track_caller]
    pub fn of_feeds(feeds: &[String]) -> Self {
        Self::import(tempfile::tempdir().expect("a folder"), feeds)
    }

    #[track_caller]
    fn import(folder: tempfile::TempDir, feeds: &[String]) -> Self {
        let path = folder.path().join("timetable.tumen");
        let mut args = vec!["import"];
        args.extend(feeds.iter().map(String::as_str));
        let target = path.display().to_string();
        args.extend(["-o", &target]);
        let said = tumen(&args);
        assert_eq!(said.code, 0, "{}", said.all());
        Self { folder, path }
    }

    /// Asks it.
    pub fn ask(&self, args: &[&str]) -> Said {
        let path = self.path.display().to_string();
        tumen(&[args, &["--timetable", &path]].concat())
    }

    /// A file beside it.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A feed of the folder `shared` beside the project, if that is there.
pub fn shared_feed(name: &str) -> Option<PathBuf> {
    let named = std::env::var_os("TUMEN_SHARED").map(PathBuf::from);
    let beside = || {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        manifest.ancestors().map(|folder| folder.join("shared")).find(|folder| folder.join("feeds").is_dir())
    };
    let feed = named.or_else(beside).map(|shared| shared.join("feeds").join(name)).filter(|feed| feed.exists());
    if feed.is_none() {
        eprintln!("skipped: ../shared is absent (feeds/{name})");
    }
    feed
}
