//! Memory that begins at a multiple of 64, so that columns can be viewed where they lie.

use std::io::{self, Read};
use zerocopy::{FromBytes, Immutable, IntoBytes};

use super::header::ALIGNMENT;

#[derive(Clone, Copy, FromBytes, IntoBytes, Immutable)]
#[repr(C, align(64))]
struct Line([u8; ALIGNMENT]);

/// A file's bytes in memory of our own.
pub(crate) struct AlignedBytes {
    lines: Vec<Line>,
    length: usize,
}

impl AlignedBytes {
    /// Reads `length` bytes.
    pub(super) fn read(mut source: impl Read, length: usize) -> io::Result<Self> {
        let (mut lines, count) = (Vec::new(), length.div_ceil(ALIGNMENT));
        lines.try_reserve_exact(count).map_err(|_| io::ErrorKind::OutOfMemory)?;
        lines.resize(count, Line([0; ALIGNMENT]));
        let mut bytes = Self { lines, length };
        source.read_exact(&mut bytes.lines.as_mut_bytes()[..length])?;
        Ok(bytes)
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.lines.as_bytes()[..self.length]
    }
}
