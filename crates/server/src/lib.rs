//! The server: an HTTP API over a compiled timetable, and the web page that asks it.
//!
//! One thread moves bytes; [`searchers`] answer. Nothing is global: a [`Server`] is a value, and several live in one process.

mod api;
mod app;
mod asker;
mod client;
mod config;
mod connections;
mod editing;
mod extract;
mod gazetteer;
mod guard;
mod logs;
mod metrics;
mod motis;
mod page;
mod problem;
mod rate;
mod reload;
mod router;
mod searchers;
mod served;
mod server;
mod signals;
mod stream;
mod watched;

pub use app::Clock;
pub use client::Subnet;
pub use config::{Clients, Config, ConfigError, Limits, LogForm, LogLevel};
pub use logs::begin as begin_logs;
pub use server::{ServeError, Server};
pub use signals::stop as told_to_stop;
