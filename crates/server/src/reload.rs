//! A newer timetable takes the place of the one that is served, without a request noticing.

use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::time::{MissedTickBehavior, interval};

use crate::app::{App, Clock};
use crate::metrics::Reloaded;
use crate::searchers::{Searchers, Staff};
use crate::served::{Files, Served};
use crate::signals::Hangup;

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    modified: Option<SystemTime>,
    bytes: u64,
    inode: u64,
}

impl Stamp {
    /// The state of a file; `None` where there is none.
    pub fn of(path: &Path) -> Option<Self> {
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self { modified: metadata.modified().ok(), bytes: metadata.len(), inode: inode(&metadata) })
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

/// The states of the timetable and of its runs.
pub type Stamps = [Option<Stamp>; 2];

/// The states of files.
pub fn stamps(files: &Files) -> Stamps {
    [&files.timetable, &files.runs].map(|path| path.as_deref().and_then(Stamp::of))
}

/// Looks after the files of a timetable.
pub struct Watch {
    /// The files.
    pub files: Files,
    /// What time it is.
    pub clock: Clock,
    /// Their states when they were last loaded, or refused.
    pub stamps: Stamps,
    /// How often it is looked at; zero looks only when asked to.
    pub every: Duration,
    /// Threads of the next searchers.
    pub staff: Staff,
}

impl Watch {
    /// Watches for ever.
    ///
    /// # Errors
    /// When signals cannot be listened to.
    pub async fn run(mut self, app: App) -> io::Result<()> {
        let mut hangup = Hangup::listen()?;
        let never = Duration::from_hours(24 * 365);
        let mut looks = interval(if self.every.is_zero() { never } else { self.every });
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // The first tick is at once.
        looks.tick().await;
        let mut seen = self.stamps;
        loop {
            let asked = tokio::select! {
                _ = looks.tick() => false,
                () = hangup.next() => true,
            };
            let stamps = stamps(&self.files);
            // A file that still changes is being written.
            let is_settled = std::mem::replace(&mut seen, stamps) == stamps;
            let is_there = self.files.timetable.is_none() || stamps[0].is_some();
            if asked || (is_there && stamps != self.stamps && is_settled) {
                self.stamps = stamps;
                self.load(&app).await;
            }
        }
    }

    /// Loads the file, and serves it if it is good.
    async fn load(&self, app: &App) {
        let (files, clock, staff, metrics) = (self.files.clone(), self.clock, self.staff, Arc::clone(app.metrics()));
        let loaded = tokio::task::spawn_blocking(move || {
            let served = Served::open(&files, clock, true)?;
            Searchers::start(served, staff, &metrics)
        });
        let file = self.files.timetable.as_deref().or(self.files.runs.as_deref()).unwrap_or(Path::new("")).display();
        let outcome = match loaded.await {
            Ok(Ok(searchers)) => {
                app.replace(searchers);
                tracing::info!(%file, "a newer timetable is served");
                "served"
            }
            Ok(Err(failure)) => {
                tracing::error!(%file, reason = %failure, "the newer timetable is refused; the older one is served on");
                "refused"
            }
            Err(_) => {
                tracing::error!(%file, "reading the newer timetable panicked; the older one is served on");
                "refused"
            }
        };
        app.metrics().reloads.get_or_create(&Reloaded { outcome }).inc();
    }
}
