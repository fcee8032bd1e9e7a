//! Zip archives that may lie: sizes are counted while inflating, never believed.

use flate2::bufread::DeflateDecoder;
use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipLocator};
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::pipe::Pipe;
use super::too_many_files;
use crate::csv::refusal_of_io;
use crate::error::Refusal;
use crate::options::Limits;

/// Above so many compressed bytes a file is inflated on a thread of its own.
const PIPE_FROM: u64 = 128 << 10;
/// What may always be inflated, whatever the ratio: small feeds of repetitive rows compress very well.
const RATIO_FREE_BYTES: u64 = 32 << 20;

type Bytes = Box<dyn ReaderAt + Send + Sync>;

/// An open zip archive.
pub(super) struct Zip {
    archive: Arc<ZipArchive<Bytes>>,
    budget: Budget,
}

/// A file in it.
pub(super) struct ZipFile {
    entry: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    encrypted: bool,
    /// Bytes inflated so far, reset when the file is read again.
    inflated: Arc<AtomicU64>,
}

impl ZipFile {
    pub(super) fn stated_bytes(&self) -> u64 {
        self.entry.uncompressed_size_hint()
    }
}

/// How much may be inflated from one archive altogether.
#[derive(Clone)]
struct Budget {
    total_bytes: u64,
    ratio: u64,
    ratio_bytes: u64,
    used: Arc<AtomicU64>,
}

impl Zip {
    /// Reads the directory of an archive of `size` bytes.
    pub(super) fn open(
        bytes: Bytes,
        size: u64,
        shown: &str,
        limits: &Limits,
    ) -> Result<(Self, Vec<(String, ZipFile)>), Refusal> {
        let refuse = |error: rawzip::Error| Refusal::NotAZip { path: shown.to_owned(), reason: error.to_string() };
        let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
        let archive =
            ZipLocator::new().locate_in_reader(bytes, &mut buffer, size).map_err(|(_, error)| refuse(error))?;
        let mut files = Vec::new();
        let mut entries = archive.entries(&mut buffer);
        while let Some(entry) = entries.next_entry().map_err(refuse)? {
            let path = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/");
            if !entry.is_dir() && !path.ends_with('/') {
                let file = ZipFile {
                    entry: entry.wayfinder(),
                    method: entry.compression_method(),
                    encrypted: entry.flags().is_encrypted(),
                    inflated: Arc::default(),
                };
                files.push((path.trim_start_matches("./").to_owned(), file));
            }
            if files.len() as u64 > limits.files {
                return Err(too_many_files(limits));
            }
        }
        let budget = Budget {
            total_bytes: limits.total_bytes,
            ratio: limits.compression_ratio,
            ratio_bytes: size.saturating_mul(limits.compression_ratio).max(RATIO_FREE_BYTES),
            used: Arc::default(),
        };
        Ok((Self { archive: Arc::new(archive), budget }, files))
    }

    /// Opens a file; its checksum is verified at its end.
    pub(super) fn read<'a>(&'a self, name: &str, file: &ZipFile) -> Result<Box<dyn Read + 'a>, Refusal> {
        let damaged = |reason: &str| Refusal::Damaged { file: name.to_owned(), reason: reason.to_owned() };
        if file.encrypted {
            return Err(damaged("it is encrypted"));
        }
        if ![CompressionMethod::STORE, CompressionMethod::DEFLATE].contains(&file.method) {
            return Err(damaged(&format!("compressed by method {}, not deflate", file.method)));
        }
        // Read anew, the file does not count twice.
        self.budget.used.fetch_sub(file.inflated.swap(0, Ordering::Relaxed), Ordering::Relaxed);
        let meter = Meter { file: name.to_owned(), budget: self.budget.clone(), inflated: Arc::clone(&file.inflated) };
        let (entry, method) = (file.entry, file.method);
        if file.entry.compressed_size_hint() < PIPE_FROM {
            return entry_reader(&self.archive, entry, method, meter).map_err(|error| refusal_of_io(name, error));
        }
        let archive = Arc::clone(&self.archive);
        let pipe = Pipe::new(move |filler| {
            let reader = entry_reader(&archive, entry, method, meter)?;
            filler.send_all(reader)
        });
        Ok(Box::new(pipe.map_err(|error| refusal_of_io(name, error))?))
    }
}

fn entry_reader(
    archive: &ZipArchive<Bytes>,
    entry: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    meter: Meter,
) -> io::Result<Box<dyn Read + '_>> {
    let entry = archive.get_entry(entry).map_err(io::Error::other)?;
    let stored = entry.reader();
    let reader: Box<dyn Read> = if method == CompressionMethod::STORE {
        Box::new(stored)
    } else {
        Box::new(DeflateDecoder::new(BufReader::with_capacity(64 << 10, stored)))
    };
    Ok(Box::new(Metered { source: entry.verifying_reader(reader), meter }))
}

struct Meter {
    file: String,
    budget: Budget,
    inflated: Arc<AtomicU64>,
}

impl Meter {
    fn count(&self, bytes: u64) -> io::Result<()> {
        self.inflated.fetch_add(bytes, Ordering::Relaxed);
        let used = self.budget.used.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let exceeded = if used > self.budget.total_bytes {
            Some(("total_bytes", self.budget.total_bytes))
        } else if used > self.budget.ratio_bytes {
            Some(("compression_ratio", self.budget.ratio))
        } else {
            None
        };
        match exceeded {
            Some((limit, allowed)) => Err(io::Error::other(Refusal::Limit { file: self.file.clone(), limit, allowed })),
            None => Ok(()),
        }
    }
}

/// Counts what is read and stops at the budget.
struct Metered<R> {
    source: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(out)?;
        self.meter.count(count as u64)?;
        Ok(count)
    }
}
