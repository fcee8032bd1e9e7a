//! Countries, crossings and posts of small timetables.

mod countries;
mod crossings;
mod suspensions;
mod world;
