//! Connections: accepted up to a bound, given up when their client is too slow, closed in order when the server stops.

use axum::Router;
use axum::body::Body;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::io::{self, ErrorKind};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};
use tower::Service;

use crate::config::Limits;
use crate::guard::Peer;
use crate::metrics::Metrics;
use crate::stream::Patient;

/// How long nothing is accepted when the system has no room for another connection.
const OUT_OF_ROOM: Duration = Duration::from_millis(100);

/// Connections of a server.
pub struct Connections {
    router: Router,
    http: http1::Builder,
    patience: Duration,
    room: Arc<Semaphore>,
    most: u32,
    metrics: Arc<Metrics>,
}

impl Connections {
    /// Answers with a router, within limits.
    pub fn new(router: Router, limits: &Limits, metrics: Arc<Metrics>) -> Self {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(limits.head_seconds.into()))
            .max_buf_size(limits.head_bytes);
        let patience = Duration::from_secs(limits.write_seconds.into());
        let most = u32::try_from(limits.connections).unwrap_or(u32::MAX);
        Self { router, http, patience, room: Arc::new(Semaphore::new(limits.connections)), most, metrics }
    }

    /// Accepts connections until the server is told to stop. Then requests that were begun are answered, for at most so long.
    pub async fn serve(&self, listener: TcpListener, mut stopping: watch::Receiver<bool>, most: Duration) {
        loop {
            let next = async {
                // Nobody closes the semaphore.
                let permit = Arc::clone(&self.room).acquire_owned().await.ok();
                (listener.accept().await, permit)
            };
            let (accepted, permit) = tokio::select! {
                next = next => next,
                () = told(&mut stopping) => break,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let connection = self.connection(stream, peer.ip(), stopping.clone());
                    let metrics = Arc::clone(&self.metrics);
                    metrics.connections.inc();
                    tokio::spawn(async move {
                        connection.await;
                        metrics.connections.dec();
                        drop(permit);
                    });
                }
                Err(error) if is_of_the_client(&error) => {}
                Err(error) => {
                    tracing::warn!(%error, "no further connection can be accepted for the moment");
                    sleep(OUT_OF_ROOM).await;
                }
            }
        }
        drop(listener);
        if timeout(most, self.room.acquire_many(self.most)).await.is_err() {
            let open = self.most as usize - self.room.available_permits();
            tracing::warn!(connections = open, "requests that took too long are broken off");
        }
    }

    /// Answers the requests of one connection.
    fn connection(
        &self,
        stream: TcpStream,
        peer: IpAddr,
        mut stopping: watch::Receiver<bool>,
    ) -> impl Future<Output = ()> + use<> {
        // Answers are small and whole; waiting for more to send would only delay them.
        let _ = stream.set_nodelay(true);
        let router = self.router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            router.clone().call(request.map(Body::new))
        });
        let connection = self.http.serve_connection(TokioIo::new(Patient::new(stream, self.patience)), service);
        async move {
            let mut connection = Box::pin(connection);
            let ended = tokio::select! {
                ended = connection.as_mut() => ended,
                () = told(&mut stopping) => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
        }
    }
}

/// Waits until the server is told to stop.
async fn told(stopping: &mut watch::Receiver<bool>) {
    drop(stopping.wait_for(|stopping| *stopping).await);
}

/// Whether accepting failed for a reason that concerns one connection alone.
fn is_of_the_client(error: &io::Error) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
