//! Feeds as files: dirty rows, containers, hostile input, extension files, round trips, an independent reader.

mod containers;
mod corpus;
mod dirty_rows;
mod extension;
mod hostile;
mod independent;
mod round_trip;
mod support;
