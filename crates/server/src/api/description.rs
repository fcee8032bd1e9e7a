//! The API described in OpenAPI: written by the types that read requests, checked in as docs/openapi.json, served from there.

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;

/// The description.
const OPENAPI: &str = include_str!("../../../../docs/openapi.json");

/// The description, as it is checked in.
pub async fn openapi() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], OPENAPI)
}

#[cfg(test)]
mod tests {
    use super::super::{about, compare, counts, journeys, known, line, network, places, posts, runs};
    use super::OPENAPI;
    use utoipa::OpenApi;

    #[derive(OpenApi)]
    #[openapi(
        info(title = "Tumen", description = "Journeys that cross borders and take days. docs/api.md explains the answers."),
        servers((url = "/api/tumen/v1")),
        paths(
            journeys::plan, journeys::next, compare::compare, places::places, known::board, known::trip, known::status,
            known::history, known::claims, counts::counts, line::lines, line::line, line::diagram, posts::crossings, posts::rules, runs::list, runs::add, runs::remove, about::known, about::info, network::network
        )
    )]
    struct Description;

    #[test]
    fn the_description_is_checked_in() {
        let written = Description::openapi().to_pretty_json().expect("JSON") + "\n";
        if written != OPENAPI {
            let path = std::path::Path::new(env!("OUT_DIR")).join("openapi.json");
            std::fs::write(&path, written).expect("written");
            panic!("docs/openapi.json is not what the types say: copy {} over it", path.display());
        }
    }
}
