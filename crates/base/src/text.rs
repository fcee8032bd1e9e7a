//! Text that grows: writing to a string cannot fail.

/// Appends to a text.
#[macro_export]
macro_rules! part {
    ($text:expr, $($argument:tt)*) => {{
        use std::fmt::Write as _;
        let written = write!($text, $($argument)*);
        debug_assert!(written.is_ok(), "a string takes any text");
    }};
}

/// Appends a line to a text.
#[macro_export]
macro_rules! line {
    ($text:expr, $($argument:tt)*) => {{
        use std::fmt::Write as _;
        let written = writeln!($text, $($argument)*);
        debug_assert!(written.is_ok(), "a string takes any text");
    }};
}
