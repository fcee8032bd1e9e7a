//! Arguments of `tumen serve`.

use anyhow::Result;
use clap::{Args, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use tumen_server::{Config, LogForm, LogLevel, Subnet};

/// Serve the API and the web page
#[derive(Debug, Args)]
#[command(after_help = "\
Every setting can stand in one TOML file (--config), in the environment (TUMEN_LISTEN …) or be an option: an option goes before the
environment, the environment before the file. docs/operate.md lists the settings, docs/api.md what is served.

Examples:
  tumen serve
  tumen serve berlin.tumen --listen 0.0.0.0:8080
  tumen serve --config /etc/tumen/tumen.toml")]
pub struct ServeArgs {
    /// Compiled timetable; a newer file takes its place while serving [default: the corridor]
    #[arg(value_name = "X.tumen", env = "TUMEN_TIMETABLE")]
    pub timetable: Option<PathBuf>,
    /// Runs that are added and cancelled (see `tumen run`) [default: X.runs.txt beside the timetable]
    #[arg(long, value_name = "X.runs.txt", env = "TUMEN_RUNS")]
    pub runs: Option<PathBuf>,
    /// Whoever sends this token may add and cancel runs over the API; without one nobody may
    #[arg(long, value_name = "TOKEN", env = "TUMEN_RUNS_TOKEN", hide_env_values = true)]
    pub runs_token: Option<String>,
    /// Settings in TOML
    #[arg(long, value_name = "FILE.toml", env = "TUMEN_CONFIG")]
    pub config: Option<PathBuf>,
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS:PORT", env = "TUMEN_LISTEN")]
    pub listen: Option<SocketAddr>,
    /// How logs are written, on standard error [default: text]
    #[arg(long, value_name = "text|json", env = "TUMEN_LOG", hide_possible_values = true)]
    pub log: Option<LogArg>,
    /// The least important events that are logged [default: info]
    #[arg(long, value_name = "error|warn|info|debug", env = "TUMEN_LOG_LEVEL", hide_possible_values = true)]
    pub log_level: Option<LevelArg>,
    #[command(flatten)]
    pub bounds: BoundArgs,
}

/// Bounds of what clients may ask.
#[derive(Debug, Args)]
#[command(next_help_heading = "Bounds and clients")]
pub struct BoundArgs {
    /// Threads that search [default: one for each core]
    #[arg(long, value_name = "N", env = "TUMEN_THREADS")]
    pub threads: Option<usize>,
    /// Requests that wait for a thread before others are turned away [default: 256]
    #[arg(long, value_name = "N", env = "TUMEN_QUEUE")]
    pub queue: Option<usize>,
    /// Seconds until a request is given up [default: 30]
    #[arg(long, value_name = "S", env = "TUMEN_REQUEST_SECONDS")]
    pub request_seconds: Option<u32>,
    /// Seconds until a search stops with what it has [default: 20]
    #[arg(long, value_name = "S", env = "TUMEN_SEARCH_SECONDS")]
    pub search_seconds: Option<u32>,
    /// Bytes of a request's body [default: 65536]
    #[arg(long, value_name = "BYTES", env = "TUMEN_BODY_BYTES")]
    pub body_bytes: Option<usize>,
    /// Open connections [default: 16384]
    #[arg(long, value_name = "N", env = "TUMEN_CONNECTIONS")]
    pub connections: Option<usize>,
    /// Requests a second of one client; 0 sets no limit [default: 20, on loopback addresses 0]
    #[arg(long, value_name = "N", env = "TUMEN_RATE")]
    pub rate: Option<u32>,
    /// Requests of one client at once [default: 100]
    #[arg(long, value_name = "N", env = "TUMEN_BURST")]
    pub burst: Option<u32>,
    /// Seconds between looks for a newer timetable; 0 looks only on SIGHUP [default: 5]
    #[arg(long, value_name = "S", env = "TUMEN_RELOAD_SECONDS")]
    pub reload_seconds: Option<u32>,
    /// Seconds for requests that were begun when the server is told to stop [default: 30]
    #[arg(long, value_name = "S", env = "TUMEN_SHUTDOWN_SECONDS")]
    pub shutdown_seconds: Option<u32>,
    /// Origins of other pages that may ask, such as https://example.org, or *; may be repeated
    #[arg(long, value_name = "ORIGIN", env = "TUMEN_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origin: Vec<String>,
    /// Proxies whose X-Forwarded-For is believed, by address or network; may be repeated
    #[arg(long, value_name = "NETWORK", env = "TUMEN_TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxy: Vec<Subnet>,
}

/// As [`LogForm`].
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LogArg {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// As [`LogLevel`].
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LevelArg {
    /// Errors.
    Error,
    /// And warnings.
    Warn,
    /// And every request.
    Info,
    /// And every connection.
    Debug,
}

/// Sets what was given.
fn set<T>(setting: &mut T, given: Option<T>) {
    if let Some(value) = given {
        *setting = value;
    }
}

impl ServeArgs {
    /// The file's settings, overruled by the environment and the options.
    ///
    /// # Errors
    /// When the file cannot be read, or a line of it is wrong.
    pub fn config(&self) -> Result<Config> {
        let mut config = self.config.as_deref().map_or_else(|| Ok(Config::default()), Config::read)?;
        let bounds = &self.bounds;
        if self.timetable.is_some() {
            config.timetable.clone_from(&self.timetable);
        }
        if self.runs.is_some() {
            config.runs.clone_from(&self.runs);
        }
        if self.runs_token.is_some() {
            config.runs_token.clone_from(&self.runs_token);
        }
        set(&mut config.listen, self.listen);
        set(&mut config.log, self.log.map(Into::into));
        set(&mut config.log_level, self.log_level.map(Into::into));
        set(&mut config.reload_seconds, bounds.reload_seconds);
        set(&mut config.shutdown_seconds, bounds.shutdown_seconds);
        let limits = &mut config.limits;
        set(&mut limits.threads, bounds.threads);
        set(&mut limits.queue, bounds.queue);
        set(&mut limits.request_seconds, bounds.request_seconds);
        set(&mut limits.search_seconds, bounds.search_seconds);
        set(&mut limits.body_bytes, bounds.body_bytes);
        set(&mut limits.connections, bounds.connections);
        set(&mut limits.burst, bounds.burst);
        if bounds.rate.is_some() {
            limits.rate = bounds.rate;
        }
        if !bounds.cors_origin.is_empty() {
            config.clients.cors_origins.clone_from(&bounds.cors_origin);
        }
        if !bounds.trusted_proxy.is_empty() {
            config.clients.trusted_proxies.clone_from(&bounds.trusted_proxy);
        }
        Ok(config)
    }
}

impl From<LogArg> for LogForm {
    fn from(form: LogArg) -> Self {
        match form {
            LogArg::Text => Self::Text,
            LogArg::Json => Self::Json,
        }
    }
}

impl From<LevelArg> for LogLevel {
    fn from(level: LevelArg) -> Self {
        match level {
            LevelArg::Error => Self::Error,
            LevelArg::Warn => Self::Warn,
            LevelArg::Info => Self::Info,
            LevelArg::Debug => Self::Debug,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::args::{Cli, Command};
    use clap::Parser;
    use tumen_server::Config;

    fn config(arguments: &[&str]) -> Config {
        let line = ["tumen", "serve"].into_iter().chain(arguments.iter().copied());
        let Ok(Cli { command: Command::Serve(serve), .. }) = Cli::try_parse_from(line) else { panic!("refused") };
        serve.config().expect("a configuration")
    }

    #[test]
    fn options_go_before_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tumen.toml");
        std::fs::write(&path, "listen = '127.0.0.1:81'\n[limits]\nqueue = 7\nrate = 5\n").expect("written");
        let path = path.to_str().expect("UTF-8");
        let config =
            config(&["--config", path, "--listen", "[::1]:82", "--rate", "0", "--trusted-proxy", "10.0.0.0/8,::1"]);
        assert_eq!(config.listen.to_string(), "[::1]:82");
        assert_eq!((config.limits.queue, config.rate(), config.clients.trusted_proxies.len()), (7, None, 2));
    }

    #[test]
    fn without_a_word_everything_is_as_usual() {
        assert_eq!(config(&[]), Config::default());
    }
}
