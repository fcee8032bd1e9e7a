//! What happens to every request: bounds before it, headers on its answer, a line in the log, counters.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use crate::app::App;
use crate::asker::Deadline;
use crate::client::Client;
use crate::metrics::Metrics;
use crate::problem::Problem;

/// The address at the other end of a connection; put among a request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// What a browser may do with what is served: nothing that comes from elsewhere.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; \
                      object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// Counts a request as long as it is being answered, also when its client goes away.
struct InFlight<'m>(&'m Metrics);

impl<'m> InFlight<'m> {
    fn enter(metrics: &'m Metrics) -> Self {
        metrics.in_flight.inc();
        Self(metrics)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.in_flight.dec();
    }
}

/// Bounds, answers, headers, log and counters. The log has the route, never what was asked: names and papers of people stand in paths,
/// queries and bodies.
pub async fn guard(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let metrics = app.metrics();
    let in_flight = InFlight::enter(metrics);
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or("other", MatchedPath::as_str);
    let method = request.method().clone();
    let mut response = match admitted(&app, &request, route) {
        Ok(()) => {
            let limit = Duration::from_secs(app.limits().request_seconds.into());
            request.extensions_mut().insert(Deadline(start + limit));
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(value);
    }
    let (status, took) = (response.status().as_u16(), start.elapsed());
    drop(in_flight);
    metrics.answered(route, status, took);
    tracing::info!(%method, route, status, milliseconds = took.as_secs_f64() * 1000.0, "answered");
    response
}

fn admitted(app: &App, request: &Request, route: &str) -> Result<(), Problem> {
    let most = app.limits().uri_bytes;
    let uri = request.uri();
    if uri.path_and_query().map_or(0, |path| path.as_str().len()) > most {
        let detail =
            format!("a path with its query has at most {most} bytes here; ask with a body where that is possible");
        return Err(Problem::new(StatusCode::URI_TOO_LONG, "uri_too_long", detail));
    }
    // Whoever watches the server must see it most of all when clients ask too much.
    if let (Some(Peer(peer)), false) = (request.extensions().get(), ["/health", "/ready", "/metrics"].contains(&route))
    {
        app.admit(Client::of(*peer, request.headers(), app.trusted_proxies())).map_err(|seconds| {
            let detail = format!("too many requests; there is room for another in {seconds} s");
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "rate_limit", detail).retry_after(seconds)
        })?;
    }
    Ok(())
}
