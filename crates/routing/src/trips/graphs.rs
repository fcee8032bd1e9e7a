//! The graphs made so far, shared by all threads: made when a second search asks for the same days, the latest kept.

use super::graph::Graph;
use crate::network::Network;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};
use tumen_base::Time;

/// The most memory that graphs take together.
const MOST_BYTES: usize = 384 << 20;

/// How many spans of days are remembered.
const MOST_ASKED: usize = 64;

/// What is known about some days.
struct Asked {
    days: Range<i32>,
    /// `None` until a second search asks.
    made: Option<Made>,
}

/// What came of making a graph.
enum Made {
    Graph(Arc<Graph>),
    /// There is none: the stored changes do not fit, or the graph would be too large.
    Nothing,
}

/// Graphs by days, the one used last at the end.
#[derive(Default)]
pub(crate) struct Graphs {
    asked: Mutex<Vec<Asked>>,
}

impl Graphs {
    /// The graph for searches between two times; `None` at the first asking, and where there can be none.
    pub(crate) fn between(&self, network: &Network<'_>, times: Range<Time>) -> Option<Arc<Graph>> {
        let days = network.calendar.days_with_runs_between(times.start, times.end);
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(at) = asked.iter().position(|asked| asked.days == days) else {
            if asked.len() == MOST_ASKED {
                asked.remove(0);
            }
            asked.push(Asked { days, made: None });
            return None;
        };
        let mut this = asked.remove(at);
        let graph = match &this.made {
            Some(Made::Graph(graph)) => Some(Arc::clone(graph)),
            Some(Made::Nothing) => None,
            None => Graph::of(network, days).filter(|graph| graph.bytes() <= MOST_BYTES).map(Arc::new),
        };
        this.made = Some(graph.as_ref().map_or(Made::Nothing, |graph| Made::Graph(Arc::clone(graph))));
        asked.push(this);
        // The latest that fit together stay.
        let mut bytes = 0;
        for asked in asked.iter_mut().rev() {
            if let Some(Made::Graph(graph)) = &asked.made {
                bytes += graph.bytes();
                if bytes > MOST_BYTES {
                    asked.made = None;
                }
            }
        }
        graph
    }
}
