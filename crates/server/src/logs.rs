//! Logs on standard error: lines for people, or JSON for machines.

use tracing::Level;
use tracing_subscriber::fmt;

use crate::config::{LogForm, LogLevel};

impl From<LogLevel> for Level {
    fn from(level: LogLevel) -> Self {
        match level {
            LogLevel::Error => Self::ERROR,
            LogLevel::Warn => Self::WARN,
            LogLevel::Info => Self::INFO,
            LogLevel::Debug => Self::DEBUG,
        }
    }
}

/// Writes the log of this process from now on. Panics are logged where they happen, without what was asked.
pub fn begin(form: LogForm, level: LogLevel) {
    let builder =
        fmt().with_max_level(Level::from(level)).with_writer(std::io::stderr).with_ansi(false).with_target(false);
    match form {
        LogForm::Text => builder.init(),
        LogForm::Json => builder.json().flatten_event(true).with_current_span(false).init(),
    }
}
