//! A newer timetable takes the place of the one that is served, without a request noticing.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::time::{MissedTickBehavior, interval};

use crate::app::App;
use crate::metrics::Reloaded;
use crate::searchers::{Searchers, Staff};
use crate::served::Served;
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

/// Looks after the file of a timetable.
pub struct Watch {
    /// The file.
    pub path: PathBuf,
    /// Its state when it was last loaded, or refused.
    pub stamp: Option<Stamp>,
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
        let mut seen = self.stamp;
        loop {
            let asked = tokio::select! {
                _ = looks.tick() => false,
                () = hangup.next() => true,
            };
            let stamp = Stamp::of(&self.path);
            // A file that still changes is being written.
            let is_settled = std::mem::replace(&mut seen, stamp) == stamp;
            if asked || (stamp.is_some() && stamp != self.stamp && is_settled) {
                self.stamp = stamp;
                self.load(&app).await;
            }
        }
    }

    /// Loads the file, and serves it if it is good.
    async fn load(&self, app: &App) {
        let (path, staff, metrics) = (self.path.clone(), self.staff, Arc::clone(app.metrics()));
        let loaded = tokio::task::spawn_blocking(move || {
            let served = Served::open(&path, true)?;
            Searchers::start(served, staff, &metrics)
        });
        let file = self.path.display();
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
