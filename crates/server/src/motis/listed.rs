//! Answers that are lists: what else is to be said stands in headers.

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;
use serde_json::Value;
use std::sync::{Arc, OnceLock};

use crate::app::Desk;
use crate::asker::Asker;
use crate::problem::Problem;

/// Warnings of a request, separated by `; `.
pub const WARNINGS: HeaderName = HeaderName::from_static("tumen-warnings");
/// How much of all there is the list has: `2000 of 7113`.
pub const LIMIT: HeaderName = HeaderName::from_static("tumen-limit");

/// A list, and how many entries it would have without a limit.
pub struct Listed {
    /// The entries.
    pub entries: Vec<Value>,
    /// How many there are in all.
    pub all: usize,
}

impl Listed {
    /// The first entries of a list.
    pub fn first(mut entries: Vec<Value>, most: usize) -> Self {
        let all = entries.len();
        entries.truncate(most);
        Self { entries, all }
    }
}

/// Answers with a list.
///
/// # Errors
/// What the work answers; a full queue, the time limit, a panic.
pub async fn answer(
    asker: Asker,
    warnings: Vec<String>,
    work: impl FnOnce(&mut Desk<'_, '_, '_>) -> Result<Listed, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let limit = Arc::new(OnceLock::new());
    let noted = Arc::clone(&limit);
    let mut response = asker
        .answer(move |desk| {
            let Listed { entries, all } = work(desk)?;
            if entries.len() < all {
                noted.get_or_init(|| format!("{} of {all}", entries.len()));
            }
            Ok(Value::Array(entries))
        })
        .await?;
    let mut add = |name: HeaderName, text: &str| {
        let visible = |letter: char| if (' '..='~').contains(&letter) { letter } else { '?' };
        if let Ok(value) = HeaderValue::from_str(&text.chars().map(visible).collect::<String>()) {
            response.headers_mut().insert(name, value);
        }
    };
    if !warnings.is_empty() {
        add(WARNINGS, &warnings.join("; "));
    }
    if let Some(limit) = limit.get() {
        add(LIMIT, limit);
    }
    Ok(response)
}
