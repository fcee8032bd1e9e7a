//! Countries, crossings, posts, rules and suspensions of small timetables.

mod countries;
mod crossings;
mod hindrances;
mod passport_table;
mod rules;
mod suspensions;
mod world;
