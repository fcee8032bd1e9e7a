//! How a command ends: exit codes.

use std::process::ExitCode;
use tumen_journey::{Failure, Kind};

/// Exit codes of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Something was found, or done.
    Found = 0,
    /// The question was understood and there is no journey, no departure, no run; or what was checked is not possible.
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

impl From<Kind> for Exit {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Nothing => Self::Nothing,
            Kind::Usage => Self::Usage,
            Kind::Refused => Self::Refused,
        }
    }
}

/// The failure of an error that reached the top.
pub fn failure_of(error: &anyhow::Error) -> Failure {
    error.downcast_ref::<Failure>().cloned().unwrap_or_else(|| Failure::usage("failed", format!("{error:#}")))
}
