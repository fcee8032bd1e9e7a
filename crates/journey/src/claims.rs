//! What the press says of a feed's lines, what other sources say, what Tumen uses: claims.txt.

use serde_json::{Value, json};

use crate::facts::source_line;
use crate::world::World;

/// The claims as JSON.
pub fn json(world: &World) -> Value {
    let claims: Vec<Value> = world
        .rows("claims.txt")
        .iter()
        .map(|row| {
            json!({
                "id": row.get("claim_id"),
                "article": source_line(world, row.get("article_source_id")),
                "claim": row.get("claim"),
                "otherSourcesSay": row.get("other_sources_say"),
                "tumenUses": row.get("tumen_uses"),
                "sources": row.list("source_id").map(|id| source_line(world, id)).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "claims": claims })
}
