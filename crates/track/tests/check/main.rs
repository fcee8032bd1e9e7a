//! Timetables that are possible, and those that are not, in the invented countries XA and XB.

mod borders;
mod coaches;
mod hostile;
mod random;
mod rides;
mod single_track;
mod world;
