//! The web page: files that are part of the program, with their compressed forms.

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::asker::accepts_gzip;
use crate::problem::Problem;

/// A file of the page.
struct Asset {
    /// Its path from the root, without the slash.
    path: &'static str,
    /// Its media type.
    kind: &'static str,
    /// A hash of its content, in quotes as HTTP wants it.
    tag: &'static str,
    /// Its content.
    plain: &'static [u8],
    /// The same compressed, where that is smaller.
    gzip: Option<&'static [u8]>,
}

// `ASSETS: &[Asset]`, sorted by path; empty without the feature `page`.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What stands in place of the page where the program was built without it.
const NO_PAGE: &str = "\
Tumen serves its API here; this program was built without the web page.
Build it with `make`, which needs Node, or with
    npm ci --prefix ui && npm run build --prefix ui && cargo build --release --features page
The API: /api/tumen/v1/openapi.json, /api/v6/plan (docs/api.md)
";

/// Answers what no route does: files of the page, its first file for paths that people open, else 404.
pub async fn serve(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") {
        return Problem::no_such_path().into_response();
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let problem = Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "the page is read with GET");
        return ([(header::ALLOW, HeaderValue::from_static("GET, HEAD"))], problem).into_response();
    }
    let named = find(path.trim_start_matches('/'));
    let accept = request.headers().get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let opened = path == "/" || accept.into_iter().any(|value| value.contains("text/html"));
    match named.or_else(|| opened.then(|| find("index.html")).flatten()) {
        Some(asset) => asset.answer(&request),
        None if opened && ASSETS.is_empty() => NO_PAGE.into_response(),
        None => Problem::no_such_path().into_response(),
    }
}

fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.binary_search_by_key(&path, |asset| asset.path).ok().map(|found| &ASSETS[found])
}

impl Asset {
    fn answer(&self, request: &Request) -> Response {
        // Names under assets/ contain a hash of the content; everything else is asked for again.
        let caching = if self.path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
        let headers = [
            (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
            (header::ETAG, HeaderValue::from_static(self.tag)),
            (header::VARY, HeaderValue::from_static("accept-encoding")),
        ];
        let known = request.headers().get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let mut known = known.flat_map(|value| value.split(',')).map(|tag| tag.trim().trim_start_matches("W/"));
        if known.any(|tag| tag == self.tag || tag == "*") {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(self.kind))];
        match self.gzip {
            Some(bytes) if accepts_gzip(request.headers()) => {
                let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
                (headers, kind, encoding, bytes).into_response()
            }
            _ => (headers, kind, self.plain).into_response(),
        }
    }
}
