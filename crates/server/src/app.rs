//! What all requests share: the timetable of the moment, the bounds, the counters.

use jiff::Timestamp;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::time::timeout_at;
use tumen_base::SECONDS_PER_DAY;
use tumen_journey::when::When;
use tumen_routing::Router;

use crate::client::{Client, Subnet};
use crate::config::{Config, Limits};
use crate::editing::Editing;
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::rate::Rate;
use crate::searchers::Searchers;
use crate::served::Served;

/// What counts as now.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Reads the wall clock.
    pub timestamp: fn() -> Timestamp,
    /// The moment that counts as now instead, as the command line's `--now`.
    pub fixed: Option<When>,
}

impl Clock {
    /// This moment.
    pub fn now(&self) -> When {
        self.fixed.unwrap_or_else(|| When::Instant((self.timestamp)()))
    }
}

/// What a question finds at the thread that answers it.
pub struct Desk<'d, 'n, 'a> {
    /// The timetable.
    pub served: &'d Served,
    /// The thread's router, over the network of the timetable's own walks and change time.
    pub router: &'d mut Router<'n, 'a>,
    /// How long a search may go on, in whole seconds.
    pub patience: i32,
}

/// What all requests share; cloning it is cheap.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    current: RwLock<Arc<Searchers>>,
    limits: Limits,
    rate: Option<Rate>,
    trusted_proxies: Vec<Subnet>,
    metrics: Arc<Metrics>,
    clock: Clock,
    draining: AtomicBool,
    editing: Editing,
}

impl App {
    /// Serves a timetable under a configuration.
    pub fn new(searchers: Searchers, config: &Config, clock: Clock, metrics: Arc<Metrics>) -> Self {
        let searchers = Arc::new(searchers);
        let app = Self(Arc::new(Shared {
            current: RwLock::new(Arc::clone(&searchers)),
            limits: config.limits.clone(),
            rate: config.rate().map(|rate| Rate::new(rate, config.limits.burst)),
            trusted_proxies: config.clients.trusted_proxies.clone(),
            metrics,
            clock,
            draining: AtomicBool::new(false),
            editing: Editing::new(config, clock),
        }));
        app.note(&searchers);
        app
    }

    /// Bounds of what clients may ask.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// What is counted.
    pub fn metrics(&self) -> &Arc<Metrics> {
        &self.0.metrics
    }

    /// This moment.
    pub fn now(&self) -> When {
        self.0.clock.now()
    }

    /// Proxies that say who asks.
    pub fn trusted_proxies(&self) -> &[Subnet] {
        &self.0.trusted_proxies
    }

    /// Takes one request from what a client has left, or says after how many seconds there is one.
    ///
    /// # Errors
    /// With the seconds to wait.
    pub fn admit(&self, client: Client) -> Result<(), u32> {
        self.0.rate.as_ref().map_or(Ok(()), |rate| rate.take(client, Instant::now()))
    }

    /// The searchers of the timetable of the moment. Whoever holds them keeps their timetable.
    pub fn searchers(&self) -> Arc<Searchers> {
        Arc::clone(&self.0.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Answers from another timetable from now on. Requests that were begun are answered from the one they began with.
    pub fn replace(&self, searchers: Searchers) {
        let searchers = Arc::new(searchers);
        let older = std::mem::replace(
            &mut *self.0.current.write().unwrap_or_else(PoisonError::into_inner),
            Arc::clone(&searchers),
        );
        drop(older);
        self.note(&searchers);
    }

    fn note(&self, searchers: &Searchers) {
        let metrics = self.metrics();
        metrics.loaded.set((self.0.clock.timestamp)().as_second());
        let columns = searchers.served().world.columns();
        for (gauge, date) in metrics.days.iter().zip([columns.first_date(), columns.last_date()]) {
            gauge.set(i64::from(date.0) * i64::from(SECONDS_PER_DAY));
        }
    }

    /// Who may add and cancel runs, and how.
    pub fn editing(&self) -> &Editing {
        &self.0.editing
    }

    /// Whether the server has been told to stop.
    pub fn is_draining(&self) -> bool {
        self.0.draining.load(Ordering::Relaxed)
    }

    /// Notes that the server has been told to stop.
    pub fn drain(&self) {
        self.0.draining.store(true, Ordering::Relaxed);
    }

    /// Has a thread of the timetable of the moment do something, and waits for it until a deadline.
    ///
    /// # Errors
    /// When the queue is full, the deadline passes or the work panics.
    pub async fn ask<T: Send + 'static>(
        &self,
        deadline: Instant,
        work: impl FnOnce(&mut Desk<'_, '_, '_>) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let (sender, receiver) = oneshot::channel();
        // Kept until the answer is there: the older timetable lives as long as somebody waits for it.
        let searchers = self.searchers();
        let search_seconds = self.limits().search_seconds;
        let asked = searchers.ask(move |served, router| {
            // Nobody waits any more when the client has gone or the time is over.
            if !sender.is_closed() {
                let mut desk = Desk { served, router, patience: patience(deadline, search_seconds) };
                drop(sender.send(work(&mut desk)));
            }
        });
        if !asked {
            return Err(Problem::busy());
        }
        match timeout_at(deadline.into(), receiver).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Err(Problem::too_slow()),
        }
    }
}

/// What is kept for putting an answer together when a search has given up.
const MARGIN: Duration = Duration::from_secs(1);

/// How long a search may go on that begins now, in whole seconds, at least one.
fn patience(deadline: Instant, most: u32) -> i32 {
    let left = deadline.saturating_duration_since(Instant::now()).saturating_sub(MARGIN);
    left.as_secs().clamp(1, u64::from(most.max(1))) as i32
}
