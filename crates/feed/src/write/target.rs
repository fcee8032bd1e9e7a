//! Where files are written to.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A place for the files of a feed.
pub(super) trait Target {
    /// Begins a file; the one before is complete.
    fn start(&mut self, name: &str) -> io::Result<&mut dyn Write>;
}

/// A folder on disk.
pub(super) struct Folder {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Folder {
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Self { path: path.to_owned(), file: None })
    }

    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.file.take().map_or(Ok(()), |mut file| file.flush())
    }
}

impl Target for Folder {
    fn start(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.finish()?;
        let name = Path::new(name).file_name().ok_or_else(|| io::Error::other(format!("`{name}` is no file name")))?;
        Ok(self.file.insert(BufWriter::new(File::create(self.path.join(name))?)))
    }
}

/// A zip file.
pub(super) struct ZipArchive<W: Write + Seek> {
    zip: ZipWriter<W>,
}

impl<W: Write + Seek> ZipArchive<W> {
    pub(super) fn new(out: W) -> Self {
        Self { zip: ZipWriter::new(out) }
    }

    pub(super) fn finish(self) -> io::Result<W> {
        self.zip.finish().map_err(io::Error::other)
    }
}

impl<W: Write + Seek> Target for ZipArchive<W> {
    fn start(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        // Files beyond 4 GiB need the marker before they begin.
        let options = SimpleFileOptions::default().large_file(name == "stop_times.txt" || name == "shapes.txt");
        self.zip.start_file(name, options).map_err(io::Error::other)?;
        Ok(&mut self.zip)
    }
}
