//! Goods on networks with invented countries, and under every rule of the Security Council that is shipped.

mod parties;
mod properties;
mod resolutions;
mod screening;
mod timed;
mod world;
