//! Every path that is served.

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::app::App;
use crate::config::Clients;
use crate::guard::guard;
use crate::problem::Problem;
use crate::{api, motis, page, watched};

/// How long a browser need not ask again whether it may ask.
const PREFLIGHT: Duration = Duration::from_hours(1);

/// API, page and what operators ask, each behind the guard.
pub fn router(app: App, clients: &Clients) -> Router {
    let all = Router::new()
        .merge(watched::router())
        .nest("/api/tumen/v1", api::router())
        .merge(motis::router())
        .fallback(page::serve)
        .method_not_allowed_fallback(method_not_allowed);
    let all = match allowed(&clients.cors_origins) {
        Some(origins) => all.layer(cors(origins)),
        None => all,
    };
    all.layer(from_fn_with_state(app.clone(), guard)).with_state(app)
}

async fn method_not_allowed() -> Problem {
    let detail = "the path is served, but not with this method; the header `allow` says with which";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", detail)
}

/// The origins of other pages that may ask; `None` where none may.
fn allowed(origins: &[String]) -> Option<AllowOrigin> {
    if origins.iter().any(|origin| origin == "*") {
        return Some(AllowOrigin::any());
    }
    let values: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    (!values.is_empty()).then(|| AllowOrigin::list(values))
}

fn cors(origins: AllowOrigin) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([HeaderName::from_static("content-type"), HeaderName::from_static("accept-language")])
        .expose_headers([header::RETRY_AFTER, motis::WARNINGS, motis::LIMIT])
        .max_age(PREFLIGHT)
}
