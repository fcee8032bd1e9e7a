//! What can be set: one TOML file, which flags and the environment overrule.

use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use thiserror::Error;

use crate::client::Subnet;
use crate::served::Files;
use tumen_journey::runs::beside;

/// Everything that can be set. Every field of the file has a default, and an unknown one is an error.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The compiled timetable; the corridor that the program brings along where none is named.
    pub timetable: Option<PathBuf>,
    /// Runs that are added and cancelled; `X.runs.txt` beside the timetable where none is named.
    pub runs: Option<PathBuf>,
    /// Whoever sends it may add and cancel runs; without one nobody may.
    pub runs_token: Option<String>,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How often a newer timetable file is looked for, in seconds; 0 looks only on SIGHUP.
    pub reload_seconds: u32,
    /// How long requests may go on when the server is told to stop, in seconds.
    pub shutdown_seconds: u32,
    /// How logs are written.
    pub log: LogForm,
    /// What is logged.
    pub log_level: LogLevel,
    /// Bounds of what clients may ask.
    pub limits: Limits,
    /// Who may ask, and through what.
    pub clients: Clients,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            timetable: None,
            runs: None,
            runs_token: None,
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            reload_seconds: 5,
            shutdown_seconds: 30,
            log: LogForm::Text,
            log_level: LogLevel::Info,
            limits: Limits::default(),
            clients: Clients::default(),
        }
    }
}

/// How logs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogForm {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// The least important events that are logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// Only what an operator must mend.
    Error,
    /// Also what an operator should know.
    Warn,
    /// Also every request.
    Info,
    /// Also every connection.
    Debug,
}

/// Bounds of what clients may ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Threads that search; 0 takes one for each core.
    pub threads: usize,
    /// Requests that wait for a thread; beyond that the answer is 503.
    pub queue: usize,
    /// From the first byte of the head to the answer, in seconds; then the answer is 504.
    pub request_seconds: u32,
    /// A search gives up after so many seconds, and its answer says so.
    pub search_seconds: u32,
    /// Bytes of a request's body; beyond that the answer is 413.
    pub body_bytes: usize,
    /// Bytes of a path with its query; beyond that the answer is 414.
    pub uri_bytes: usize,
    /// A head that is not whole after so many bytes is answered with 431.
    pub head_bytes: usize,
    /// Open connections; further clients wait until one closes.
    pub connections: usize,
    /// A connection on which no whole head arrives for so many seconds is closed, idle ones included.
    pub head_seconds: u32,
    /// A connection whose client takes no byte of an answer for so many seconds is closed.
    pub write_seconds: u32,
    /// Requests a second of one client on average; 0 sets no limit. Without a word: none on loopback addresses, else 20.
    pub rate: Option<u32>,
    /// Requests of one client at once, before the rate counts.
    pub burst: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            threads: 0,
            queue: 256,
            request_seconds: 30,
            search_seconds: 20,
            body_bytes: 64 << 10,
            uri_bytes: 8 << 10,
            head_bytes: 32 << 10,
            connections: 16_384,
            head_seconds: 60,
            write_seconds: 30,
            rate: None,
            burst: 100,
        }
    }
}

/// Who may ask, and through what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Clients {
    /// Origins of other pages that may ask, such as `https://example.org`; `*` allows all.
    pub cors_origins: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed: addresses, or networks such as `10.0.0.0/8`.
    pub trusted_proxies: Vec<Subnet>,
}

/// Why a configuration cannot be used.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{path} cannot be read: {error}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The file is wrong; the message names line and column.
    #[error("{path}: {message}")]
    Wrong {
        /// The file.
        path: String,
        /// What is wrong, and where.
        message: String,
    },
    /// A value is outside its bounds.
    #[error("{name} = {value}: expected {expected}")]
    OutOfRange {
        /// The setting.
        name: &'static str,
        /// Its value.
        value: u64,
        /// What is possible.
        expected: &'static str,
    },
    /// An origin is none.
    #[error(
        "cors_origins: `{0}` is no origin; expected a scheme and a host without a path, such as https://example.org, or *"
    )]
    Origin(String),
}

/// Shorter tokens are guessed.
const SHORTEST_TOKEN: usize = 16;

impl Config {
    /// The files that are served.
    pub fn files(&self) -> Files {
        let runs = self.runs.clone().or_else(|| self.timetable.as_deref().map(beside));
        Files { timetable: self.timetable.clone(), runs }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, or a line is wrong: the message shows it.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let name = || path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable { path: name(), error })?;
        toml::from_str(&text).map_err(|error| ConfigError::Wrong { path: name(), message: error.to_string() })
    }

    /// Checks what no type can say.
    ///
    /// # Errors
    /// When a value is outside its bounds.
    pub fn check(&self) -> Result<(), ConfigError> {
        let Limits { threads, queue, body_bytes, uri_bytes, head_bytes, connections, burst, .. } = self.limits;
        let Limits { request_seconds, search_seconds, head_seconds, write_seconds, .. } = self.limits;
        let small = [
            ("threads", threads, 0..=1024, "0 (one for each core) to 1024"),
            ("queue", queue, 1..=1 << 20, "1 to 1048576"),
            ("body_bytes", body_bytes, 1 << 10..=16 << 20, "1024 to 16777216"),
            ("uri_bytes", uri_bytes, 256..=64 << 10, "256 to 65536"),
            // Less is no room for a head, as the HTTP library sees it.
            ("head_bytes", head_bytes, 8 << 10..=1 << 20, "8192 to 1048576"),
            ("connections", connections, 1..=1 << 20, "1 to 1048576"),
            ("burst", burst as usize, 1..=1 << 20, "1 to 1048576"),
            ("request_seconds", request_seconds as usize, 1..=3600, "1 to 3600"),
            ("search_seconds", search_seconds as usize, 1..=3600, "1 to 3600"),
            ("head_seconds", head_seconds as usize, 1..=3600, "1 to 3600"),
            ("write_seconds", write_seconds as usize, 1..=3600, "1 to 3600"),
            ("shutdown_seconds", self.shutdown_seconds as usize, 0..=3600, "0 to 3600"),
            ("reload_seconds", self.reload_seconds as usize, 0..=86_400, "0 (never) to 86400"),
        ];
        for (name, value, range, expected) in small {
            if !range.contains(&value) {
                return Err(ConfigError::OutOfRange { name, value: value as u64, expected });
            }
        }
        if let Some(token) = &self.runs_token
            && !(SHORTEST_TOKEN..=256).contains(&token.len())
        {
            let value = token.len() as u64;
            return Err(ConfigError::OutOfRange {
                name: "length of runs_token",
                value,
                expected: "16 to 256 characters",
            });
        }
        let wrong = self.clients.cors_origins.iter().find(|origin| !is_origin(origin));
        wrong.map_or(Ok(()), |origin| Err(ConfigError::Origin(origin.clone())))
    }

    /// Threads that search.
    pub fn threads(&self) -> usize {
        match self.limits.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        }
    }

    /// Requests a second of one client; `None` without a limit.
    pub fn rate(&self) -> Option<u32> {
        let usual = if self.listen.ip().is_loopback() { 0 } else { 20 };
        Some(self.limits.rate.unwrap_or(usual)).filter(|&rate| rate > 0)
    }
}

/// `*`, or a scheme and an authority without anything behind them.
fn is_origin(text: &str) -> bool {
    let authority = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter);
    text == "*" || authority.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tumen.toml");
        std::fs::write(&path, text).expect("written");
        let config = Config::read(&path).map_err(|error| error.to_string())?;
        config.check().map_err(|error| error.to_string())?;
        Ok(config)
    }

    #[test]
    fn an_empty_file_is_the_usual_configuration() {
        assert_eq!(read(""), Ok(Config::default()));
    }

    #[test]
    fn a_file_sets_what_it_names() {
        let config =
            read("listen = '[::]:80'\nlog = 'json'\n[limits]\nqueue = 3\n[clients]\ntrusted_proxies = ['10.0.0.0/8']");
        let config = config.expect("fine");
        assert_eq!((config.listen.port(), config.log, config.limits.queue), (80, LogForm::Json, 3));
        assert_eq!(config.limits.body_bytes, 64 << 10);
        assert_eq!(config.rate(), Some(20));
        assert_eq!(Config::default().rate(), None);
    }

    #[test]
    fn errors_name_the_line() {
        for (text, words) in [
            ("listen = '127.0.0.1:80'\nport = 80", ["line 2", "unknown field `port`"]),
            ("\n\nlisten = 'here'", ["line 3", "socket address"]),
            ("[limits]\nqueue = -1", ["line 2", "expected usize"]),
            ("[limits]\nqueue = 0", ["queue = 0", "1 to"]),
            ("[clients]\ncors_origins = ['https://a.org/b']", ["https://a.org/b", "no origin"]),
            ("[clients]\ntrusted_proxies = ['10.0.0.0/33']", ["line 2", "10.0.0.0/33"]),
        ] {
            let error = read(text).expect_err("refused");
            for word in words {
                assert!(error.contains(word), "{error}");
            }
        }
    }
}
