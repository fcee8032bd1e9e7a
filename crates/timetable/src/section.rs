//! Columns as bytes: the fixed-width little-endian elements of a section.

use zerocopy::{FromBytes, Immutable, IntoBytes};

#[cfg(target_endian = "big")]
compile_error!("a .tumen file is mapped as it is and its columns are little-endian");

/// A fixed-width value that a column holds. Every bit pattern is a value, so no bytes can be invalid.
pub trait Element: FromBytes + IntoBytes + Immutable + Copy + 'static {
    /// Views bytes as elements; `None` where length or alignment do not fit.
    fn view(bytes: &[u8]) -> Option<&[Self]> {
        <[Self]>::ref_from_bytes(bytes).ok()
    }
}

impl Element for u8 {}
impl Element for u16 {}
impl Element for u32 {}
impl Element for u64 {}
impl Element for i32 {}
impl Element for i64 {}
impl Element for f32 {}
impl Element for f64 {}

/// A column whose element type is forgotten: what a writer needs.
pub trait Section {
    /// The column's bytes.
    fn bytes(&self) -> &[u8];
    /// Bytes of one element.
    fn element_size(&self) -> usize;
}

impl<T: Element> Section for &[T] {
    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }

    fn element_size(&self) -> usize {
        size_of::<T>()
    }
}
