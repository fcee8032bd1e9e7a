//! The track of a timetable: read, asked for, summed, drawn.

mod diagrams;
mod profiles;
mod reading;
mod ways;
mod world;
