//! What can be wrong with a `.tumen` file, and what to do about it.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

use super::header::FORMAT_VERSION;
use crate::validate::Invalid;

const AGAIN: &str = "compile the feeds again with `tumen import`";
const DAMAGED: &str = "the file is damaged: copy it again, or compile the feeds again with `tumen import`";

/// A file that cannot be opened.
#[derive(Debug, Error)]
#[error("{}: {problem}", path.display())]
pub struct OpenError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong with it.
    pub problem: OpenProblem,
}

/// What is wrong with a file's bytes.
#[derive(Debug, Error)]
pub enum OpenProblem {
    /// It cannot be read.
    #[error("cannot read the file: {0}")]
    Io(#[from] io::Error),
    /// It is something else.
    #[error("this is no compiled timetable; make one of feeds with `tumen import`")]
    NotTumen,
    /// A later program wrote it.
    #[error(
        "written in format version {0}, newer than {FORMAT_VERSION} that this program reads; use a newer tumen, or {again}",
        again = AGAIN
    )]
    Newer(u32),
    /// An earlier program wrote it.
    #[error("written in format version {0}; this program reads version {FORMAT_VERSION}: {again}", again = AGAIN)]
    Older(u32),
    /// It ends early, or goes on after its end.
    #[error("should have {expected} bytes and has {found}; {advice}", advice = DAMAGED)]
    Length {
        /// Bytes that its header promises, or the shortest length of a file.
        expected: u64,
        /// Bytes there are.
        found: u64,
    },
    /// Header and section table do not match their checksum.
    #[error("header and section table do not match their checksum; {advice}", advice = DAMAGED)]
    Header,
    /// An entry of the section table that cannot be.
    #[error("section {kind} {fault}; {advice}", advice = DAMAGED)]
    Entry {
        /// Kind of the section.
        kind: u32,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A section is absent.
    #[error("the section {0} is missing; {again}", again = AGAIN)]
    Missing(&'static str),
    /// A section's bytes do not match its checksum.
    #[error("section {0} does not match its checksum; {advice}", advice = DAMAGED)]
    Checksum(String),
    /// Bytes between sections that are not zero.
    #[error("byte {0} lies between sections and is not zero; {advice}", advice = DAMAGED)]
    Padding(usize),
    /// The columns do not fit together.
    #[error("{0}; {again}", again = AGAIN)]
    Invalid(#[from] Invalid),
}

/// A file that cannot be written. Nothing stands under its name that did not stand there before.
#[derive(Debug, Error)]
#[error("cannot write {}: {cause}", path.display())]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub cause: io::Error,
}
