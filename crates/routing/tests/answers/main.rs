//! The router on worlds drawn as text.

mod allocations;
mod journeys;
mod stored_changes;
mod world;
