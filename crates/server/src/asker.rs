//! What every handler is given: who asks until when, and how the answer goes back.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::convert::Infallible;
use std::io::Write;
use std::time::{Duration, Instant};
use tumen_journey::when::When;

use crate::app::{App, Desk};
use crate::problem::Problem;

/// Smaller answers are not worth compressing.
const WORTH_COMPRESSING: usize = 1024;

/// A request that is being answered.
pub struct Asker {
    app: App,
    deadline: Instant,
    gzip: bool,
}

/// When a request must be answered; put among its extensions when it arrives.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub Instant);

impl FromRequestParts<App> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let limit = Duration::from_secs(app.limits().request_seconds.into());
        let deadline = parts.extensions.get().map_or_else(|| Instant::now() + limit, |Deadline(at)| *at);
        Ok(Self { app: app.clone(), deadline, gzip: accepts_gzip(&parts.headers) })
    }
}

impl Asker {
    /// This moment.
    pub fn now(&self) -> When {
        self.app.now()
    }

    /// Has a thread of the timetable of the moment work out a JSON answer. It is written and compressed on that thread, too.
    ///
    /// # Errors
    /// What the work answers; a full queue, the time limit, a panic.
    pub async fn answer(
        self,
        work: impl FnOnce(&mut Desk<'_, '_, '_>) -> Result<Value, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        self.text("application/json", |desk| work(desk).map(|value| value.to_string())).await
    }

    /// The same for a text of another kind.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub async fn text(
        self,
        kind: &'static str,
        work: impl FnOnce(&mut Desk<'_, '_, '_>) -> Result<String, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let gzip = self.gzip;
        let written =
            self.app.ask(self.deadline, move |desk| work(desk).map(|text| written(kind, text, gzip))).await??;
        Ok(written)
    }
}

/// An answer, compressed where that is wanted and worth it.
fn written(kind: &'static str, text: String, gzip: bool) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if gzip && text.len() >= WORTH_COMPRESSING {
        let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 4), Compression::fast());
        if encoder.write_all(text.as_bytes()).is_ok()
            && let Ok(bytes) = encoder.finish()
        {
            let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
            return (headers, encoding, bytes).into_response();
        }
    }
    (headers, text).into_response()
}

/// Whether a client takes gzip: `Accept-Encoding` names it, and not with a weight of nothing.
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refused = parts.any(|part| matches!(part, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        (name.eq_ignore_ascii_case("gzip") || name == "*") && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_taken_where_it_is_named() {
        for (value, taken) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("*", true),
            ("gzip;q=0", false),
            ("deflate, br", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, value.parse().expect("a value"));
            assert_eq!(accepts_gzip(&headers), taken, "{value}");
        }
    }
}
