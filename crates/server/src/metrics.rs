//! What is counted, in the words of Prometheus.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// Upper bounds of latency, in seconds.
const LATENCIES: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Which answer was given.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Answered {
    /// The path as it is written in docs/api.md; never what a client wrote.
    pub route: String,
    /// The HTTP status.
    pub status: u16,
}

/// Which path was asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Route {
    /// As [`Answered::route`].
    pub route: String,
}

/// How loading a newer timetable ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Reloaded {
    /// `served` or `refused`.
    pub outcome: &'static str,
}

type Latencies = Family<Route, Histogram, fn() -> Histogram>;

/// Everything that is counted.
pub struct Metrics {
    registry: Registry,
    /// Answers by route and status.
    pub requests: Family<Answered, Counter>,
    /// Seconds from the head of a request to its answer, by route.
    pub latencies: Latencies,
    /// Requests that are being answered.
    pub in_flight: Gauge,
    /// Requests that wait for a thread.
    pub queued: Gauge,
    /// Threads that search.
    pub searching: Gauge,
    /// Open connections.
    pub connections: Gauge,
    /// Searches that broke off with a panic.
    pub panics: Counter,
    /// Newer timetables.
    pub reloads: Family<Reloaded, Counter>,
    /// When the timetable was loaded, in Unix seconds.
    pub loaded: Gauge,
    /// The first and the last day of the timetable, in Unix seconds.
    pub days: [Gauge; 2],
    memory: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let latencies: Latencies = Family::new_with_constructor(|| Histogram::new(LATENCIES));
        let mut metrics = Self {
            registry: Registry::default(),
            requests: Family::default(),
            latencies,
            in_flight: Gauge::default(),
            queued: Gauge::default(),
            searching: Gauge::default(),
            connections: Gauge::default(),
            panics: Counter::default(),
            reloads: Family::default(),
            loaded: Gauge::default(),
            days: [Gauge::default(), Gauge::default()],
            memory: Gauge::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        let seconds = || Unit::Seconds;
        registry.register("tumen_requests", "Answers by route and status", self.requests.clone());
        let help = "From the head of a request to its answer, by route";
        registry.register_with_unit("tumen_request_duration", help, seconds(), self.latencies.clone());
        registry.register("tumen_requests_in_flight", "Requests that are being answered", self.in_flight.clone());
        registry.register("tumen_requests_queued", "Requests that wait for a thread", self.queued.clone());
        registry.register("tumen_searching", "Threads that search", self.searching.clone());
        registry.register("tumen_connections", "Open connections", self.connections.clone());
        registry.register("tumen_panics", "Searches that broke off with a panic", self.panics.clone());
        registry.register("tumen_reloads", "Newer timetables, by what became of them", self.reloads.clone());
        let help = "When the timetable was loaded, in Unix seconds";
        registry.register("tumen_timetable_loaded_timestamp_seconds", help, self.loaded.clone());
        let [first, last] = &self.days;
        let help = "The first day of the timetable, in Unix seconds";
        registry.register("tumen_timetable_first_day_timestamp_seconds", help, first.clone());
        let help = "The last day of the timetable, in Unix seconds";
        registry.register("tumen_timetable_last_day_timestamp_seconds", help, last.clone());
        let help = "Resident memory, the mapped timetable included";
        registry.register_with_unit("process_resident_memory", help, Unit::Bytes, self.memory.clone());
    }

    /// Notes an answer.
    pub fn answered(&self, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.latencies.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Answered { route, status }).inc();
    }

    /// Everything as OpenMetrics text.
    pub fn text(&self) -> String {
        if let Some(bytes) = resident_bytes() {
            self.memory.set(bytes);
        }
        let mut text = String::new();
        // Writing into a string cannot fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &self.registry);
        text
    }
}

/// The resident memory of this process, where the system says so as Linux does.
fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_can_be_read() {
        let metrics = Metrics::default();
        metrics.answered("/health", 200, Duration::from_millis(3));
        metrics.queued.set(7);
        let text = metrics.text();
        for line in [
            r#"tumen_requests_total{route="/health",status="200"} 1"#,
            r#"tumen_request_duration_seconds_bucket{le="0.005",route="/health"} 1"#,
            "tumen_requests_queued 7",
            "# EOF",
        ] {
            assert!(text.lines().any(|other| other == line), "no line {line} in\n{text}");
        }
    }
}
