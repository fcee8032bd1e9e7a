//! A server in this process.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use jiff::Timestamp;
use serde_json::Value;
use std::path::PathBuf;
use tower::ServiceExt as _;
use tumen_journey::when::When;
use tumen_server::{Clock, Config, Limits, Server};

/// More no answer of a test has.
const MOST_BYTES: usize = 1 << 28;

/// The moment that counts as now in every test.
pub fn clock() -> Clock {
    let timestamp = || "2026-11-22T09:00:00Z".parse::<Timestamp>().expect("a moment");
    Clock { timestamp, fixed: Some(When::Instant(timestamp())) }
}

/// A server of a timetable, or of the corridor, on a free port.
pub fn server(timetable: Option<PathBuf>) -> Server {
    let limits =
        Limits { threads: 1, request_seconds: 600, search_seconds: 600, uri_bytes: 65_536, ..Limits::default() };
    let listen = "127.0.0.1:0".parse().expect("an address");
    Server::open(Config { timetable, listen, limits, ..Config::default() }, clock()).expect("a server")
}

/// Asks, and waits for the answer.
pub struct Asked {
    router: axum::Router,
    runtime: tokio::runtime::Runtime,
}

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Whether it is a problem.
    pub is_problem: bool,
    /// What it says.
    pub body: Value,
}

impl Asked {
    /// Asks a server.
    pub fn of(server: &Server) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { router: server.router(), runtime }
    }

    /// The answer to a path with a query.
    pub fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
    }

    /// The answer to a body.
    pub fn post(&self, path: &str, body: &str) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_owned())).expect("a request"))
    }

    /// A path that is answered.
    pub fn found(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.expect("an answer");
            let status = response.status().as_u16();
            let kind =
                response.headers().get(header::CONTENT_TYPE).map(|kind| kind.to_str().expect("a word").to_owned());
            let bytes = to_bytes(response.into_body(), MOST_BYTES).await.expect("a body");
            let body = serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{error}: {bytes:?}"));
            Answer { status, is_problem: kind.as_deref() == Some("application/problem+json"), body }
        })
    }
}

/// A text as it stands in an address.
pub fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
