//! Goods: screening, ways for what may be routed, papers, and a log of decisions (docs/freight.md).
//!
//! Screening comes first by construction: only [`screen`] makes a [`Cleared`] consignment, and [`Network::route`] takes nothing else.
//! Nothing here reads the wall clock, prints, or knows a command line.

#[macro_use(line, part)]
extern crate tumen_base;

mod consignment;
mod hs;
pub mod json;
pub mod log;
mod network;
pub mod note;
mod parties;
mod path;
mod route;
mod rules;
mod screening;
mod similar;
pub mod text;
mod timed;

pub use consignment::{Consignment, End};
pub use hs::{Goods, GoodsSet, HsCode, HsError, Span};
pub use network::{Closure, FreightError, FreightFiles, Handling, How, Network, Regime, Service, Terminal, Times};
pub use parties::{Hit, ListError, ListRead, Parties, Role};
pub use route::{Change, LeftOut, MOST_DAYS, Ride, RideTimes, Route, RouteError, RouteOptions, Routes, USUAL_DAYS};
pub use rules::{Action, Direction, Rule, RuleError, Rules, Way};
pub use screening::{Cleared, Decision, Finding, Ground, Refused, Says, Screened, Verdict, screen};
pub use similar::{Comparable, USUAL_THRESHOLD};
