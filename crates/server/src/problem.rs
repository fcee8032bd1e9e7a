//! Errors as RFC 9457 tells them: `application/problem+json` with a stable `code`.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use tumen_journey::{Failure, Kind};

/// Why a request is not answered, and what to do.
#[derive(Debug)]
pub struct Problem(Box<Told>);

/// What a problem tells; boxed, for most requests have none.
#[derive(Debug)]
struct Told {
    status: StatusCode,
    code: &'static str,
    detail: String,
    more: Map<String, Value>,
    retry_after: Option<u32>,
}

impl Problem {
    /// A problem with a stable word for scripts and a sentence for people.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self(Box::new(Told { status, code, detail: detail.into(), more: Map::new(), retry_after: None }))
    }

    /// A field of the request is wrong: 400.
    pub fn field(field: &str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_field", detail).with("field", json!(field))
    }

    /// Nothing is served under the path: 404.
    pub fn no_such_path() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "no_such_path",
            "nothing is served here; /api/tumen/v1/openapi.json lists what is",
        )
    }

    /// Every thread searches and the queue is full: 503.
    pub fn busy() -> Self {
        let detail = "every thread is searching and the queue is full; ask again in a moment";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).retry_after(1)
    }

    /// The time limit has passed: 504.
    pub fn too_slow() -> Self {
        let detail =
            "there was no answer within the server's time limit; ask for less, or ask again when it has less to do";
        Self::new(StatusCode::GATEWAY_TIMEOUT, "time_limit", detail)
    }

    /// Something is broken here: 500.
    pub fn internal() -> Self {
        let detail = "something is broken in this server; its log says what";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail)
    }

    /// Adds a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.0.more.insert(name.to_owned(), value);
        self
    }

    /// Says in how many seconds to ask again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// The same where what is unknown is what the path or query asks for: 404 instead of 400 for a name that nothing has.
    #[must_use]
    pub fn of_subject(mut self) -> Self {
        if self.0.code == "unknown_name" {
            self.0.status = StatusCode::NOT_FOUND;
        }
        self
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let status = match (failure.kind, failure.code) {
            (Kind::Nothing, _) | (_, "unknown_trip" | "unknown_line") => StatusCode::NOT_FOUND,
            (Kind::Usage, _) => StatusCode::BAD_REQUEST,
            (Kind::Refused, _) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut problem = Self::new(status, failure.code, failure.message);
        if let Value::Object(details) = failure.details {
            problem.0.more = details;
        }
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Told { status, code, detail, more, retry_after } = *self.0;
        let mut body = json!({
            "type": "about:blank",
            "title": status.canonical_reason().unwrap_or_default(),
            "status": status.as_u16(),
            "detail": detail,
            "code": code,
        });
        if let Some(body) = body.as_object_mut() {
            for (name, value) in more {
                body.entry(name).or_insert(value);
            }
        }
        let kind = HeaderValue::from_static("application/problem+json");
        let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
        let mut response = (status, headers, body.to_string()).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
