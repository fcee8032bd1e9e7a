//! A server from its start to its end.

use axum::Router;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::sync::watch;
use tumen_journey::Failure;

use crate::app::{App, Clock};
use crate::config::{Config, ConfigError};
use crate::connections::Connections;
use crate::metrics::Metrics;
use crate::reload::{Watch, stamps};
use crate::router::router;
use crate::searchers::{Searchers, Staff};
use crate::served::Served;

/// Why a server does not start, or stops.
#[derive(Debug, Error)]
pub enum ServeError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The timetable is refused.
    #[error(transparent)]
    Timetable(#[from] Failure),
    /// The address is not free, or none of this machine.
    #[error("cannot listen on {address}: {error}; choose another address with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: io::Error,
    },
    /// The system refuses what a server needs.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// A server that is ready to run: its timetable is open, and clients may connect already.
pub struct Server {
    listener: TcpListener,
    app: App,
    router: Router,
    watch: Option<Watch>,
    config: Config,
}

impl Server {
    /// Opens the timetable and begins to listen.
    ///
    /// # Errors
    /// When the configuration, the timetable or the address cannot be used.
    pub fn open(config: Config, clock: Clock) -> Result<Self, ServeError> {
        config.check()?;
        let staff = Staff { threads: config.threads(), queue: config.limits.queue };
        // The state before opening: what is written meanwhile is newer.
        let files = config.files();
        let stamps = stamps(&files);
        let served = Served::open(&files, clock, false)?;
        let metrics = Arc::<Metrics>::default();
        let searchers = Searchers::start(served, staff, &metrics)?;
        let app = App::new(searchers, &config, clock, metrics);
        let listening = |error| ServeError::Listen { address: config.listen, error };
        let listener = TcpListener::bind(config.listen).map_err(listening)?;
        listener.set_nonblocking(true)?;
        let every = Duration::from_secs(config.reload_seconds.into());
        let is_changing = files.timetable.is_some() || files.runs.is_some();
        let watch = is_changing.then_some(Watch { files, clock, stamps, every, staff });
        let router = router(app.clone(), &config.clients);
        Ok(Self { listener, app, router, watch, config })
    }

    /// The address it listens on, with the port that port 0 stands for.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The handler of every request, without a socket.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Serves until it is told to stop; then requests that were begun are answered, within the limit of the configuration.
    ///
    /// # Errors
    /// When the system refuses what a server needs.
    pub fn run(self, stop: impl Future<Output = io::Result<()>>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let outcome = runtime.block_on(self.serve(stop));
        // A timetable that is being loaded is of no use any more.
        runtime.shutdown_background();
        outcome
    }

    async fn serve(self, stop: impl Future<Output = io::Result<()>>) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let connections = Connections::new(self.router, &self.config.limits, Arc::clone(self.app.metrics()));
        let (tell, stopping) = watch::channel(false);
        let most = Duration::from_secs(self.config.shutdown_seconds.into());
        if let Some(watch) = self.watch {
            let app = self.app.clone();
            tokio::spawn(async move {
                if let Err(error) = watch.run(app).await {
                    tracing::error!(%error, "newer timetables are not noticed");
                }
            });
        }
        let app = self.app.clone();
        let told = async move {
            let outcome = stop.await;
            tracing::info!("stopping: no new connections, requests that were begun are answered");
            app.drain();
            // The receiver lives as long as connections are served.
            let _ = tell.send(true);
            outcome
        };
        let (outcome, ()) = tokio::join!(told, connections.serve(listener, stopping, most));
        tracing::info!("stopped");
        outcome
    }
}
