//! Inflating on a thread of its own while the reader parses.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

const CHUNK: usize = 256 << 10;
const CHUNKS_AHEAD: usize = 4;

/// Reads what another thread reads ahead, a few chunks at most.
pub(super) struct Pipe {
    full: Receiver<io::Result<Vec<u8>>>,
    empty: Sender<Vec<u8>>,
    chunk: Vec<u8>,
    at: usize,
}

impl Pipe {
    /// Starts the thread; it ends when the source does, or when the pipe is dropped.
    pub(super) fn new(work: impl FnOnce(&mut Filler) -> io::Result<()> + Send + 'static) -> io::Result<Self> {
        let (to_reader, full) = sync_channel(CHUNKS_AHEAD);
        let (empty, from_reader) = channel();
        let mut filler = Filler { full: to_reader, empty: from_reader };
        thread::Builder::new().name("inflate".to_owned()).spawn(move || {
            if let Err(error) = work(&mut filler) {
                // A dropped pipe no longer wants to know.
                let _ = filler.full.send(Err(error));
            }
        })?;
        Ok(Self { full, empty, chunk: Vec::new(), at: 0 })
    }
}

/// The thread's end of a [`Pipe`].
pub(super) struct Filler {
    full: SyncSender<io::Result<Vec<u8>>>,
    empty: Receiver<Vec<u8>>,
}

impl Filler {
    /// Sends a source to its end, or until the pipe is dropped.
    pub(super) fn send_all(&mut self, mut source: impl Read) -> io::Result<()> {
        loop {
            let mut chunk = self.empty.try_recv().unwrap_or_default();
            chunk.resize(CHUNK, 0);
            let mut filled = 0;
            while filled < CHUNK {
                match source.read(&mut chunk[filled..])? {
                    0 => break,
                    count => filled += count,
                }
            }
            chunk.truncate(filled);
            if filled == 0 || self.full.send(Ok(chunk)).is_err() {
                return Ok(());
            }
        }
    }
}

impl Read for Pipe {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.chunk.len() {
            let spent = std::mem::take(&mut self.chunk);
            // The thread may have ended and want no more chunks.
            let _ = self.empty.send(spent);
            self.at = 0;
            match self.full.recv() {
                Ok(chunk) => self.chunk = chunk?,
                Err(_) => return Ok(0),
            }
        }
        let count = out.len().min(self.chunk.len() - self.at);
        out[..count].copy_from_slice(&self.chunk[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
