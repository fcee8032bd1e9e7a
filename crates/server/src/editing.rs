//! Runs that clients add and cancel: who may, and how the file and the timetable that is served change together.

use axum::http::{HeaderMap, StatusCode, header};
use std::sync::{Arc, Mutex, PoisonError};
use tumen_journey::Failure;
use tumen_journey::runs::{self, Overlay};

use crate::app::{App, Clock};
use crate::config::Config;
use crate::problem::Problem;
use crate::searchers::{Searchers, Staff};
use crate::served::{Files, Served};

/// What changing runs needs.
pub struct Editing {
    files: Files,
    token: Option<String>,
    staff: Staff,
    clock: Clock,
    /// Held while the file is read, checked and written.
    turn: Mutex<()>,
}

impl Editing {
    /// As configured.
    pub fn new(config: &Config, clock: Clock) -> Self {
        let staff = Staff { threads: config.threads(), queue: config.limits.queue };
        Self { files: config.files(), token: config.runs_token.clone(), staff, clock, turn: Mutex::new(()) }
    }

    /// Whether anybody may.
    pub fn is_allowed(&self) -> bool {
        self.token.is_some() && self.files.runs.is_some()
    }

    /// Lets whoever sends the token pass: `Authorization: Bearer TOKEN`.
    ///
    /// # Errors
    /// When the server was started without a token, or the one that is sent is another.
    pub fn admit(&self, headers: &HeaderMap) -> Result<(), Problem> {
        let Some(token) = self.token.as_ref().filter(|_| self.is_allowed()) else {
            let detail =
                "runs cannot be changed here: the server was started without `runs_token`, or without a file of runs";
            return Err(Problem::new(StatusCode::FORBIDDEN, "runs_read_only", detail));
        };
        let sent = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let sent = sent.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        if !is_same(token.as_bytes(), sent.as_bytes()) {
            let detail = "the header `authorization: Bearer TOKEN` with this server's token is expected";
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "wrong_token", detail));
        }
        Ok(())
    }

    /// Changes the runs: all of them are put into the timetable before the file is replaced, and are searched when this returns.
    ///
    /// # Errors
    /// What the change answers; when the runs do not fit, or the file cannot be written.
    pub fn change(
        &self,
        app: &App,
        change: impl FnOnce(Overlay) -> Result<Overlay, Problem>,
    ) -> Result<Arc<Searchers>, Problem> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.files.runs.as_deref().ok_or_else(Problem::internal)?;
        let overlay = change(runs::read(path)?)?;
        let served = Served::with_runs(&self.files, overlay.clone(), self.clock, false).map_err(wrong)?;
        let searchers = Searchers::start(served, self.staff, app.metrics())?;
        runs::replace(path, &overlay)?;
        app.replace(searchers);
        tracing::info!(file = %path.display(), rows = overlay.rows.len(), "runs were changed");
        Ok(app.searchers())
    }
}

/// What clients send wrong is theirs: 400.
pub fn wrong(failure: Failure) -> Problem {
    if failure.code != "runs_refused" {
        return failure.into();
    }
    let complaints = failure.details.get("complaints").cloned().unwrap_or_default();
    Problem::new(StatusCode::BAD_REQUEST, "runs_refused", failure.message).with("complaints", complaints)
}

/// Compares without telling by the time it takes where two texts begin to differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |differing, (one, other)| differing | (one ^ other)) == 0
}
