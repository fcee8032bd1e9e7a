//! Countries, crossings, posts, rules and suspensions of small timetables.

mod checks;
mod countries;
mod crossings;
mod gauges;
mod hindrances;
mod passport_table;
mod rules;
mod suspensions;
mod world;
