//! A server under load: `tumen serve` asked over many connections at once.

use crate::pairs::{self, Draw, Pair, SEED};
use crate::report::{self, Table, grouped};
use crate::spread::Spread;
use crate::{builds::BUILDS, feeds};
use anyhow::{Context, bail, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use tumen_base::Date;
use tumen_timetable::{OpenOptions, Timetable};

/// Which timetables.
const FEEDS: [&str; 2] = ["corridor", "us-nyc-mta-all-2026"];
/// Connections that ask at once.
const CONNECTIONS: [usize; 3] = [1, 16, 256];
/// Requests of a measurement.
const REQUESTS: usize = 600;
/// The most private memory that docs/operate.md grants a server of these timetables, bytes.
const BOUND: u64 = 1 << 30;

/// Measures and writes the section.
///
/// # Errors
/// When a feed or the binary is absent, a server does not answer, or memory exceeds the bound.
pub fn run() -> anyhow::Result<()> {
    let columns =
        ["timetable", "connections", "requests", "a second", "median", "p99", "max", "private memory", "memory"];
    let mut table = Table::new(&columns);
    for name in FEEDS {
        let feed = feeds::MEASURED.iter().find(|feed| feed.name == name).context("a measured feed")?;
        let timetable = feeds::scratch(&format!("{name}-served.tumen"))?;
        BUILDS[0].import(&feeds::source(name)?, &timetable)?;
        let requests = requests(&timetable, feed)?;
        let server = Server::start(&timetable)?;
        for connections in CONNECTIONS {
            eprintln!("{name}: {connections} connections");
            let start = Instant::now();
            let spread = Spread::of(drive(server.address, &requests, connections)?).context("nothing was answered")?;
            let rate = requests.len() as f64 / start.elapsed().as_secs_f64();
            let (private, whole) = server.memory()?;
            ensure!(private <= BOUND, "{private} bytes of private memory, more than {BOUND}");
            table.row(&[
                name.into(),
                connections.to_string(),
                grouped(requests.len() as u64),
                format!("{rate:.0}"),
                spread.to_string(),
                report::size(private),
                report::size(whole),
            ]);
        }
    }
    let text = format!(
        "## A server under load\n\n\
         By `make bench-server` on {}; {}; commit {}.\n\n\
         `GET /api/v6/plan?fromPlace=…&toPlace=…&time=…&numItineraries=3` between random stops of the timetable, each connection asking anew as soon \
         as it is answered; clients and server share the machine. Times are those a client sees, from its first byte to the last of the answer. Memory after each \
         measurement: private is the kernel's `RssAnon`, the other the most ever held, the mapped timetable included (`VmHWM`). The bound of {} of private memory held.\n\n{}",
        report::today(),
        report::machine(),
        report::commit(),
        report::size(BOUND),
        table.text()
    );
    report::publish_section("bench/RESULTS.md", "server", &text)
}

/// The requests of a timetable.
fn requests(timetable: &Path, feed: &feeds::Feed) -> anyhow::Result<Vec<String>> {
    let timetable = Timetable::open(timetable, OpenOptions::default())?;
    let columns = timetable.columns();
    let date = Date::parse_typed(feed.date).map_err(|error| anyhow::anyhow!("{}: {error}", feed.date))?;
    let drawn = pairs::draw(&columns, Draw { date, days: feed.days, count: REQUESTS, seed: SEED })?;
    let request = |pair: &Pair| {
        let unix = columns.to_unix(pair.departure(&columns, date)?);
        let time = jiff::Timestamp::from_second(unix)?;
        let [from, to] = [pair.from, pair.to].map(|stop| encoded(pairs::id(&columns, stop)));
        Ok(format!(
            "GET /api/v6/plan?fromPlace={from}&toPlace={to}&time={time}&numItineraries=3 HTTP/1.1\r\nhost: tumen\r\n\r\n"
        ))
    };
    drawn.iter().map(request).collect()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Asks every request once over so many connections; answers nanoseconds.
fn drive(address: SocketAddr, requests: &[String], connections: usize) -> anyhow::Result<Vec<u64>> {
    let next = AtomicUsize::new(0);
    let client = || -> anyhow::Result<Vec<u64>> {
        let mut stream = BufReader::new(TcpStream::connect(address)?);
        stream.get_ref().set_nodelay(true)?;
        let (mut taken, mut body) = (Vec::new(), Vec::new());
        while let Some(request) = requests.get(next.fetch_add(1, Ordering::Relaxed)) {
            let start = Instant::now();
            stream.get_mut().write_all(request.as_bytes())?;
            answer(&mut stream, &mut body).with_context(|| request.clone())?;
            taken.push(start.elapsed().as_nanos() as u64);
        }
        Ok(taken)
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..connections).map(|_| scope.spawn(client)).collect();
        let mut all = Vec::with_capacity(requests.len());
        for client in clients {
            let taken = client.join().map_err(|_| anyhow::anyhow!("a client panicked"))?;
            all.extend(taken?);
        }
        Ok(all)
    })
}

/// Reads one answer, which must be 200.
fn answer(stream: &mut BufReader<TcpStream>, body: &mut Vec<u8>) -> anyhow::Result<()> {
    let (mut line, mut length, mut status) = (String::new(), 0, String::new());
    loop {
        line.clear();
        ensure!(stream.read_line(&mut line)? > 0, "the connection was closed");
        if status.is_empty() {
            line.trim_end().clone_into(&mut status);
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
        if line == "\r\n" {
            break;
        }
    }
    body.resize(length, 0);
    stream.read_exact(body)?;
    if !status.contains(" 200 ") {
        bail!("{status}: {}", String::from_utf8_lossy(body));
    }
    Ok(())
}

/// A server in a process of its own.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(timetable: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(feeds::binary()?)
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--log-level",
                "warn",
                "--queue",
                "1024",
                "--request-seconds",
                "600",
            ])
            .arg(timetable)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let said = child.stdout.take().context("its output is piped")?;
        BufReader::new(said).read_line(&mut line)?;
        let address = line.trim().strip_prefix("Tumen serves http://").context("it says where it serves")?.parse()?;
        // The first requests find nothing warm; one is enough to see that it answers.
        thread::sleep(Duration::from_millis(100));
        Ok(Self { child, address })
    }

    /// Private memory now, and the most that was ever held, bytes.
    fn memory(&self) -> anyhow::Result<(u64, u64)> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let bytes = |field| crate::child::kib(&status, field) << 10;
        Ok((bytes("RssAnon:"), bytes("VmHWM:")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is asked for nothing any more.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
