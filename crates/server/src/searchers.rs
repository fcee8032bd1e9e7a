//! The threads that search: each has a router of its own over the network that all share, and takes one question after another.
//!
//! Searchers belong to one timetable. A newer timetable gets searchers of its own; the older ones end when nobody who asked them is left,
//! and with them the timetable they searched.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use tumen_journey::{Failure, search};
use tumen_routing::{Network, Router};

use crate::metrics::Metrics;
use crate::served::Served;

/// A question; the router is over the network of the timetable's own walks and change time. It may panic: then the thread goes on with a
/// new router.
type Job = Box<dyn FnOnce(&Served, &mut Router<'_, '_>) + Send>;

/// Threads over one timetable. Dropping the last handle ends them.
pub struct Searchers {
    served: Arc<Served>,
    queue: Arc<Queue>,
    metrics: Arc<Metrics>,
}

/// How many threads, and how many questions may wait for one.
#[derive(Clone, Copy, Debug)]
pub struct Staff {
    /// Threads.
    pub threads: usize,
    /// Questions that wait.
    pub queue: usize,
}

impl Searchers {
    /// Works out the network of a timetable and starts its threads.
    ///
    /// # Errors
    /// When the network is refused or a thread does not start.
    pub fn start(served: Served, staff: Staff, metrics: &Arc<Metrics>) -> Result<Self, Failure> {
        let served = Arc::new(served);
        let queue = Arc::new(Queue { state: Mutex::default(), arrived: Condvar::new(), most: staff.queue });
        let (ready, started) = sync_channel(1);
        let searchers = Self { served: Arc::clone(&served), queue: Arc::clone(&queue), metrics: Arc::clone(metrics) };
        let metrics = Arc::clone(metrics);
        thread::Builder::new()
            .name("timetable".to_owned())
            .spawn(move || run(&served, &queue, staff.threads, &metrics, &ready))
            .map_err(|error| no_thread(&error))?;
        match started.recv() {
            Ok(outcome) => outcome.map(|()| searchers),
            Err(_) => Err(Failure::refused("timetable_refused", "working out the network of the timetable panicked")),
        }
    }

    /// The timetable.
    pub fn served(&self) -> &Arc<Served> {
        &self.served
    }

    /// Puts a question into the queue; `false` where it is full.
    pub fn ask(&self, job: impl FnOnce(&Served, &mut Router<'_, '_>) + Send + 'static) -> bool {
        let mut state = self.queue.state();
        if state.jobs.len() >= self.queue.most {
            return false;
        }
        state.jobs.push_back(Box::new(job));
        self.metrics.queued.inc();
        drop(state);
        self.queue.arrived.notify_one();
        true
    }
}

impl Drop for Searchers {
    fn drop(&mut self) {
        self.queue.state().closed = true;
        self.queue.arrived.notify_all();
    }
}

/// Questions that wait.
struct Queue {
    state: Mutex<State>,
    arrived: Condvar,
    most: usize,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        // A job never runs under the lock, so that no panic leaves anything half done.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next question; `None` when there will be none.
    fn take(&self) -> Option<Job> {
        let mut state = self.state();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

fn no_thread(error: &std::io::Error) -> Failure {
    Failure::refused("no_thread", format!("no further thread could be started: {error}"))
}

/// Owns the network as long as its threads search.
fn run(served: &Served, queue: &Queue, threads: usize, metrics: &Metrics, ready: &SyncSender<Result<(), Failure>>) {
    let columns = served.world.columns();
    let network = match search::network(&columns, search::settings(&columns, None, None)) {
        Ok(network) => network,
        // Whoever waits for this has a place for it in the channel.
        Err(failure) => return drop(ready.send(Err(failure))),
    };
    thread::scope(|scope| {
        for number in 0..threads {
            let name = format!("search-{number}");
            let started =
                thread::Builder::new().name(name).spawn_scoped(scope, || work(served, &network, queue, metrics));
            if let Err(error) = started {
                queue.state().closed = true;
                queue.arrived.notify_all();
                return drop(ready.send(Err(no_thread(&error))));
            }
        }
        drop(ready.send(Ok(())));
    });
}

fn work(served: &Served, network: &Network<'_>, queue: &Queue, metrics: &Metrics) {
    let mut router = Router::new(network);
    while let Some(job) = queue.take() {
        metrics.queued.dec();
        metrics.searching.inc();
        if catch_unwind(AssertUnwindSafe(|| job(served, &mut router))).is_err() {
            // What the panic left of the router is not to be trusted.
            router = Router::new(network);
            metrics.panics.inc();
            tracing::error!("a search panicked; what it was asked is not logged");
        }
        metrics.searching.dec();
    }
}
