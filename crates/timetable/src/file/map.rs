//! Mapping a file into memory: the one place of the project with `unsafe`.
#![expect(unsafe_code, reason = "a memory map cannot be made without it")]

use memmap2::Mmap;
use std::fs::File;
use std::io;

/// Maps a file for reading.
pub(super) fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: the bytes must not change while the map lives. Tumen never writes to a file in place: it writes another one,
    // syncs it and renames it, and a map keeps the file that it was made of. Someone else who overwrites or truncates a
    // file under a running program breaks this; `OpenOptions::read` is there for folders where that can happen. Content is
    // no part of the contract: every byte pattern is a value of every column.
    unsafe { Mmap::map(file) }
}
