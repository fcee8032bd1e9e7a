//! Searching as people do it, over real names.

mod corridor;
mod measured;
mod properties;
mod world;
