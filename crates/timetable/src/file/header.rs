//! Header and section table, as they lie in the file.

use xxhash_rust::xxh3::Xxh3Default;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// The format version that this program writes and reads.
pub const FORMAT_VERSION: u32 = 3;

/// First bytes of every file. The zero and the line end show a transfer that took the file for text.
pub(super) const MAGIC: [u8; 8] = *b"TUMEN\0\r\n";

/// Sections begin at multiples of this.
pub(super) const ALIGNMENT: usize = 64;

/// More sections than any version will have: a bound on what a damaged header can ask for.
pub(super) const MAX_SECTIONS: u32 = 4096;

/// The first 64 bytes.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub(super) struct Header {
    pub(super) magic: [u8; 8],
    pub(super) version: u32,
    pub(super) sections: u32,
    pub(super) length: u64,
    pub(super) zone_data: [u8; 16],
    pub(super) program: [u8; 16],
    pub(super) checksum: u64,
}

/// An entry of the section table, which follows the header.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub(super) struct Entry {
    pub(super) kind: u32,
    pub(super) element_size: u32,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) checksum: u64,
}

impl Header {
    /// xxh3 of the header before its checksum and of the section table.
    pub(super) fn checksum_with(&self, table: &[Entry]) -> u64 {
        let bytes = self.as_bytes();
        let mut hash = Xxh3Default::new();
        hash.update(&bytes[..bytes.len() - size_of::<u64>()]);
        hash.update(table.as_bytes());
        hash.digest()
    }
}

/// A short text in a fixed field, cut or filled with zeros.
pub(super) fn fixed_text(text: &str) -> [u8; 16] {
    let mut field = [0; 16];
    let length = text.len().min(field.len());
    field[..length].copy_from_slice(&text.as_bytes()[..length]);
    field
}

/// The text of a fixed field.
pub(super) fn text_of(field: &[u8; 16]) -> String {
    String::from_utf8_lossy(field).trim_end_matches('\0').to_owned()
}
