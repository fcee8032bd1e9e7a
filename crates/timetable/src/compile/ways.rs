//! Ways of through carriages: each combination of hosts and stands that occurs is a trip of its own.

use tumen_base::Certainty;
use tumen_feed::{Call, CallDetails};

/// A through carriage.
#[derive(Clone, Debug, Default)]
pub(super) struct Carriage {
    pub id: String,
    pub name: String,
    pub number: String,
    pub feed: u32,
    pub service: u32,
    pub source: String,
    pub certainty_days: Certainty,
    pub certainty_times: Certainty,
}

/// A combination of hosts and stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    pub carriage: u32,
    pub headsign: String,
    pub certainty_days: Certainty,
}

/// All ways.
#[derive(Default)]
pub(super) struct Ways {
    pub carriages: Vec<Carriage>,
    pub all: Vec<Way>,
    pub calls: Vec<Call>,
    pub details: CallDetails,
}
