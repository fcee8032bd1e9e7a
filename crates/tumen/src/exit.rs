//! How a command ends: exit codes, and failures that say what to do.

use serde_json::{Value, json};
use std::process::ExitCode;
use thiserror::Error;

/// Exit codes of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Something was found, or done.
    Found = 0,
    /// The question was understood and there is no journey, no departure, no run.
    Nothing = 1,
    /// The command line is wrong, or a name is unknown or ambiguous.
    Usage = 2,
    /// A feed or a compiled timetable was refused.
    Refused = 3,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A failure that the user can do something about.
#[derive(Debug, Error)]
#[error("{message}")]
pub struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// A stable word for scripts, such as `ambiguous_name`.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// Further fields of the JSON form.
    pub details: Value,
}

impl Failure {
    /// The command line asks for something that does not exist or is not allowed.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, code, message: message.into(), details: Value::Null }
    }

    /// A feed or timetable cannot be used.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self { exit: Exit::Refused, code, message: message.into(), details: Value::Null }
    }

    /// Adds fields to the JSON form.
    #[must_use]
    pub fn with(mut self, details: Value) -> Self {
        self.details = details;
        self
    }

    /// The failure of an error that reached the top.
    pub fn of(error: &anyhow::Error) -> Self {
        if let Some(failure) = error.downcast_ref::<Self>() {
            let Self { exit, code, message, details } = failure;
            return Self { exit: *exit, code, message: message.clone(), details: details.clone() };
        }
        Self::usage("failed", format!("{error:#}"))
    }

    /// `{"error": {"code", "message", …}}`.
    pub fn json(&self) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let (Some(error), Some(details)) = (error.as_object_mut(), self.details.as_object()) {
            error.extend(details.clone());
        }
        json!({ "error": error })
    }
}
