//! What the compiler makes of timetables drawn as text, and of real ones.

mod carriages;
mod drawn;
mod export;
mod links;
mod patterns;
mod rules;
mod shared;
mod span;
mod walks;
