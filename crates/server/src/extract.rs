//! What a request says, read strictly: unknown fields, wrong types and too much are named.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::time::timeout_at;

use crate::app::App;
use crate::asker::Deadline;
use crate::problem::Problem;

/// A JSON body.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            let detail = "a body in JSON is expected: `content-type: application/json`";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", detail));
        }
        let limits = app.limits();
        let usual = || Instant::now() + Duration::from_secs(limits.request_seconds.into());
        let deadline = request.extensions().get().map_or_else(usual, |Deadline(at)| *at);
        let most = limits.body_bytes;
        let read = timeout_at(deadline.into(), to_bytes(request.into_body(), most)).await;
        let bytes = match read {
            Err(_) => {
                return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "slow_body", "the body did not arrive in time"));
            }
            Ok(Err(error)) if is_too_long(&error) => {
                let detail = format!("a body has at most {most} bytes here");
                return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", detail));
            }
            Ok(Err(_)) => return Err(Problem::new(StatusCode::BAD_REQUEST, "bad_body", "the body broke off")),
            Ok(Ok(bytes)) => bytes,
        };
        let reader = &mut serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut *reader).map_err(|error| {
            let field = error.path().to_string();
            Problem::new(StatusCode::BAD_REQUEST, "bad_body", error.into_inner().to_string())
                .with("field", json!(field))
        })?;
        // What stands behind the value would be passed over in silence.
        reader.end().map_err(|error| Problem::new(StatusCode::BAD_REQUEST, "bad_body", error.to_string()))?;
        Ok(Self(value))
    }
}

fn is_too_long(error: &axum::Error) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<http_body_util::LengthLimitError>)
}

/// The parameters behind the path.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Problem> {
        let query = axum::extract::Query::try_from_uri(&parts.uri);
        let axum::extract::Query(value) = query.map_err(|error| {
            let text = error.body_text();
            let detail = text.rsplit_once("query string: ").map_or(text.as_str(), |(_, detail)| detail).to_owned();
            Problem::new(StatusCode::BAD_REQUEST, "bad_parameter", detail)
        })?;
        Ok(Self(value))
    }
}
