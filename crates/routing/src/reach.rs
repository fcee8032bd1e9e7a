//! How quickly the destination could be reached from a stop at best, whatever the hour: what cannot make it in time is not
//! followed (lower bounds as in goal-directed search; Bast et al. 2016, section 4).
//!
//! The bound is the shortest way over the quickest ride of every hop in a window, every change between stops and every in-seat
//! link, with no waiting. Every journey of a search that the window holds takes at least that.

use crate::network::Edges;
use crate::query::Place;
use tumen_base::Time;

/// Farther than any journey: the destination cannot be reached from there.
const UNREACHABLE: Time = Time::MAX / 2;

/// The quickest way between stops, in both directions.
#[derive(Default)]
pub(crate) struct Graph {
    onward: Edges,
    back: Edges,
    /// Seconds of the longest edge.
    longest: i32,
}

impl Graph {
    /// A graph of `(from, to, seconds)` edges, of which the quickest between two stops counts.
    pub(crate) fn of(stops: usize, mut edges: Vec<(u32, u32, i32)>) -> Self {
        edges.sort_unstable();
        edges.dedup_by_key(|edge| (edge.0, edge.1));
        let onward = Edges::from_sorted(stops, &edges);
        let longest = edges.iter().map(|edge| edge.2).max().unwrap_or(0);
        Self { back: onward.reversed(stops), onward, longest }
    }
}

/// Number of buckets; they follow each other in a ring.
const BUCKETS: i32 = 1024;

/// A bucket holds stops within so many seconds at least, as a power of two.
const LEAST_SHIFT: u32 = 6;

/// Seconds to the (mirrored) destination of a query, at least.
#[derive(Default)]
pub(crate) struct Remaining {
    seconds: Vec<Time>,
    /// Stops to go on from, by their seconds: roughly in order is enough, since better seconds are gone on from again (Meyer and
    /// Sanders 2003).
    buckets: Vec<Vec<(Time, u32)>>,
    /// Stops in the buckets.
    waiting: usize,
    /// The bucket that is being emptied.
    bucket: i32,
    shift: u32,
    known: bool,
}

impl Remaining {
    /// Forgets what was known: nothing is cut off.
    pub(crate) fn clear(&mut self) {
        self.known = false;
    }

    /// Works out the bounds for a destination; `walks` lead to it from stops one walk away.
    pub(crate) fn find<const BACK: bool>(&mut self, graph: &Graph, walks: &Edges, destination: &Place, stops: usize) {
        let edges = if BACK { &graph.onward } else { &graph.back };
        self.known = true;
        self.seconds.clear();
        self.seconds.resize(stops, UNREACHABLE);
        self.buckets.resize(BUCKETS as usize, Vec::new());
        self.bucket = 0;
        self.shift = LEAST_SHIFT;
        while graph.longest >> self.shift >= BUCKETS - 1 {
            self.shift += 1;
        }
        crate::access::for_each_access(walks, destination, |access| self.offer(access.stop, access.seconds));
        while self.waiting > 0 {
            while let Some((seconds, stop)) = self.buckets[(self.bucket % BUCKETS) as usize].pop() {
                self.waiting -= 1;
                if seconds > self.seconds[stop as usize] {
                    continue;
                }
                if seconds >> self.shift > self.bucket {
                    self.wait(stop, seconds);
                    continue;
                }
                for &(next, more) in edges.of(stop) {
                    self.offer(next, seconds.saturating_add(more));
                }
            }
            self.bucket += 1;
        }
    }

    fn offer(&mut self, stop: u32, seconds: Time) {
        if seconds < self.seconds[stop as usize] {
            self.seconds[stop as usize] = seconds;
            self.wait(stop, seconds);
        }
    }

    /// Puts a stop into its bucket; one that is farther than the ring reaches comes up once before its time.
    fn wait(&mut self, stop: u32, seconds: Time) {
        let bucket = (seconds >> self.shift).min(self.bucket + BUCKETS - 1);
        self.buckets[(bucket % BUCKETS) as usize].push((seconds, stop));
        self.waiting += 1;
    }

    /// The earliest time at which the destination can be reached by whoever is at a stop at a time.
    pub(crate) fn earliest(&self, stop: u32, time: Time) -> Time {
        if self.known { time.saturating_add(self.seconds[stop as usize]) } else { time }
    }

    /// Whether the destination can be reached from a stop at all.
    pub(crate) fn possible(&self, stop: u32) -> bool {
        !self.known || self.seconds[stop as usize] < UNREACHABLE
    }
}
