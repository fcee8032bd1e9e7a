//! The log of decisions: one JSON object a line, only ever appended to, without names.
//!
//! An entry tells when was decided what by which rules, and has a keyed digest of the consignment: whoever has the key and the
//! declaration can show that the decision was on it; nobody else learns from the log who sends what.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use thiserror::Error;

use crate::consignment::Consignment;
use crate::json;
use crate::parties::Parties;
use crate::rules::{Rules, hex};
use crate::screening::Screened;

/// Bytes of a key that is made.
const KEY_BYTES: usize = 32;
/// A key of fewer bytes could be guessed.
const LEAST_KEY_BYTES: usize = 16;

/// The key of the digests.
#[derive(Clone)]
pub struct LogKey(Vec<u8>);

/// A log or a key that cannot be used. Nothing is routed without an entry.
#[derive(Debug, Error)]
pub enum LogError {
    /// A file.
    #[error("{what} {path} cannot be used: {cause}", path = path.display())]
    File {
        /// Which of them.
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A key.
    #[error("the key of the decision log is none: expected at least {} hexadecimal digits", LEAST_KEY_BYTES * 2)]
    Key,
}

impl LogKey {
    /// Reads a key written in hexadecimal digits.
    ///
    /// # Errors
    /// When it is too short, or has other letters.
    pub fn from_hex(text: &str) -> Result<Self, LogError> {
        let text = text.trim();
        let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
        let pairs = text.as_bytes().chunks(2);
        let bytes: Option<Vec<u8>> = pairs.map(|pair| Some(digit(pair[0])? << 4 | digit(*pair.get(1)?)?)).collect();
        bytes.filter(|bytes| bytes.len() >= LEAST_KEY_BYTES).map(Self).ok_or(LogError::Key)
    }

    /// Reads the key of a file.
    ///
    /// # Errors
    /// When it cannot be read, or holds none.
    pub fn read(path: &Path) -> Result<Self, LogError> {
        let text = std::fs::read_to_string(path).map_err(|cause| key_file(path, cause))?;
        Self::from_hex(&text)
    }

    /// Reads the key beside a log (`decisions.jsonl` has `decisions.key`), which is made where there is none.
    ///
    /// # Errors
    /// When it can be neither read nor made.
    pub fn beside(log: &Path) -> Result<Self, LogError> {
        let path = log.with_extension("key");
        match open(&path, OpenOptions::new().write(true).create_new(true)) {
            Ok(mut file) => {
                let mut bytes = [0; KEY_BYTES];
                let made = File::open("/dev/urandom").and_then(|mut random| random.read_exact(&mut bytes));
                let written = made.and_then(|()| file.write_all(format!("{}\n", hex(&bytes)).as_bytes()));
                written.and_then(|()| file.sync_all()).map_err(|cause| key_file(&path, cause))?;
                Ok(Self(bytes.to_vec()))
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::read(&path),
            Err(cause) => Err(key_file(&path, cause)),
        }
    }

    /// The keyed digest (HMAC-SHA-256, RFC 2104) of some bytes, in hexadecimal digits.
    pub fn digest(&self, bytes: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(bytes);
        hex(&mac.finalize().into_bytes())
    }
}

fn key_file(path: &Path, cause: io::Error) -> LogError {
    LogError::File { what: "the key file", path: path.to_owned(), cause }
}

/// Opens a file that is for its owner alone.
fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.open(path)
}

/// What is decided on.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// The consignment.
    pub consignment: &'a Consignment,
    /// What was found of its parties.
    pub parties: &'a Parties,
    /// The rules.
    pub rules: &'a Rules,
    /// The decision.
    pub screened: &'a Screened,
}

/// The entry of a decision.
pub fn entry(case: &Case<'_>, key: &LogKey, at: Timestamp) -> Value {
    let decision = case.screened.decision();
    let rules =
        decision.findings.iter().map(|finding| json!({ "id": finding.rule.id, "says": json::says(finding.says) }));
    let through = match case.screened {
        Screened::Cleared(cleared) => cleared.through().map(|decision| json::verdict(decision.verdict)),
        Screened::Refused(_) => None,
    };
    let lists = case.parties.lists.iter().map(|list| json!({ "sha256": list.digest, "entities": list.entities }));
    json!({
        "time": at.to_string(),
        "decision": json::verdict(decision.verdict),
        "rules": rules.collect::<Vec<_>>(),
        "grounds": decision.grounds.iter().map(json::ground).collect::<Vec<_>>(),
        "throughDprk": through,
        "rulesVersion": case.rules.version(),
        "score": case.parties.score(),
        "possibleMatches": case.parties.found,
        "threshold": case.parties.threshold,
        "lists": lists.collect::<Vec<_>>(),
        "consignment": format!("hmac-sha256:{}", key.digest(json::consignment(case.consignment).to_string().as_bytes())),
    })
}

/// Appends an entry and waits until it is on the disk.
///
/// # Errors
/// When it cannot be written.
pub fn append(path: &Path, entry: &Value) -> Result<(), LogError> {
    let written = || {
        let mut file = open(path, OpenOptions::new().read(true).append(true).create(true))?;
        // A line that was cut off by a crash stays as it is, and does not swallow this one.
        let is_cut = file.seek(SeekFrom::End(-1)).is_ok() && {
            let mut last = [0];
            file.read_exact(&mut last)?;
            last != *b"\n"
        };
        let line = format!("{}{entry}\n", if is_cut { "\n" } else { "" });
        file.write_all(line.as_bytes())?;
        file.sync_all()
    };
    written().map_err(|cause: io::Error| LogError::File { what: "the decision log", path: path.to_owned(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2 has a key of 4 bytes; case 1 one of 20.
    #[test]
    fn digests_are_those_of_the_standard() {
        let key = LogKey::from_hex(&"0b".repeat(20)).expect("a key");
        assert_eq!(key.digest(b"Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    #[test]
    fn keys_that_could_be_guessed_are_refused() {
        for wrong in ["", "0b0b", "0b", "zz".repeat(20).as_str(), "0".repeat(33).as_str(), "é".repeat(32).as_str()] {
            assert!(LogKey::from_hex(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_is_made_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("decisions.jsonl");
        let (first, again) = (LogKey::beside(&log).expect("a key"), LogKey::beside(&log).expect("the key"));
        assert_eq!(first.0, again.0);
        assert_eq!(first.0.len(), KEY_BYTES);
    }

    #[test]
    fn entries_are_appended_even_behind_a_line_that_was_cut_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("decisions.jsonl");
        std::fs::write(&log, "{\"time\":").expect("a log");
        append(&log, &json!({ "decision": "clear" })).expect("written");
        append(&log, &json!({ "decision": "refused" })).expect("written");
        let text = std::fs::read_to_string(&log).expect("the log");
        assert_eq!(text, "{\"time\":\n{\"decision\":\"clear\"}\n{\"decision\":\"refused\"}\n");
    }
}
