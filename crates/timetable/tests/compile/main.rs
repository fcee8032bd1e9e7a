//! What the compiler makes of timetables drawn as text.

mod carriages;
mod drawn;
mod links;
mod patterns;
mod rules;
