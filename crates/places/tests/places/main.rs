//! Searching as people do it, over real names.

mod corridor;
mod properties;
mod world;
