//! Failures that say what to do.

use serde_json::{Value, json};
use thiserror::Error;

/// What went wrong, roughly: decides exit codes and HTTP statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The question was understood and there is nothing.
    Nothing,
    /// The question is wrong, or a name is unknown or ambiguous.
    Usage,
    /// A feed or a compiled timetable was refused.
    Refused,
}

/// A failure that whoever asked can do something about.
#[derive(Clone, Debug, Error)]
#[error("{message}")]
pub struct Failure {
    /// What went wrong, roughly.
    pub kind: Kind,
    /// A stable word for scripts, such as `ambiguous_name`.
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: String,
    /// Further fields of the JSON form.
    pub details: Value,
}

impl Failure {
    /// The question is about something that does not exist, or that is not allowed.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, code, message: message.into(), details: Value::Null }
    }

    /// A feed or timetable cannot be used.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self { kind: Kind::Refused, ..Self::usage(code, message) }
    }

    /// What was asked for is known, but not there.
    pub fn nothing(code: &'static str, message: impl Into<String>) -> Self {
        Self { kind: Kind::Nothing, ..Self::usage(code, message) }
    }

    /// Adds fields to the JSON form.
    #[must_use]
    pub fn with(mut self, details: Value) -> Self {
        self.details = details;
        self
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
