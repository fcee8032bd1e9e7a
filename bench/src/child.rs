//! A run of the binary: how long it takes and how much memory it holds at most.

use anyhow::{Context, bail};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// Wall time from start to exit.
    pub elapsed: Duration,
    /// Processor time of all threads, in the hundredths of a second that the kernel counts.
    pub processor: Duration,
    /// The most memory held at once, mapped files included, KiB (`VmHWM`).
    pub peak_kib: u64,
    /// The most memory held at once that is the process's own, KiB (`RssAnon`).
    pub private_kib: u64,
}

/// How often memory is looked at. The peak is the kernel's own, so only what the last interval adds to it is missed.
const INTERVAL: Duration = Duration::from_millis(20);

/// The first pause between two looks; each is twice as long as the one before.
const FIRST_PAUSE: Duration = Duration::from_micros(200);

/// Runs a command to its end.
///
/// # Errors
/// When it does not start or does not end well: with what it said.
pub fn run(command: &mut Command) -> anyhow::Result<Usage> {
    command.stdout(Stdio::null());
    wait(command)
}

/// Runs a command to its end, and gives what it printed.
///
/// # Errors
/// As [`run`].
pub fn hear(command: &mut Command) -> anyhow::Result<(Usage, String)> {
    let path = crate::feeds::scratch("child.out")?;
    command.stdout(std::fs::File::create(&path).with_context(|| path.display().to_string())?);
    let usage = wait(command)?;
    let printed = std::fs::read(&path).with_context(|| path.display().to_string())?;
    Ok((usage, String::from_utf8_lossy(&printed).into_owned()))
}

fn wait(command: &mut Command) -> anyhow::Result<Usage> {
    let shown = format!("{command:?}");
    let mut usage = Usage::default();
    let began = Instant::now();
    let log = crate::feeds::scratch("child.log")?;
    let log_file = std::fs::File::create(&log).with_context(|| log.display().to_string())?;
    command.stdin(Stdio::null()).stderr(log_file);
    let mut child = command.spawn().with_context(|| shown.clone())?;
    let status_path = format!("/proc/{}/status", child.id());
    let stat_path = format!("/proc/{}/stat", child.id());
    // A run of a few milliseconds is looked at often enough to be seen at all, a long one so seldom that looking costs nothing.
    let mut pause = FIRST_PAUSE;
    let status = loop {
        if let Ok(text) = std::fs::read_to_string(&status_path) {
            usage.peak_kib = usage.peak_kib.max(kib(&text, "VmHWM:"));
            usage.private_kib = usage.private_kib.max(kib(&text, "RssAnon:"));
        }
        if let Ok(text) = std::fs::read_to_string(&stat_path) {
            usage.processor = usage.processor.max(processor(&text));
        }
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(INTERVAL);
    };
    usage.elapsed = began.elapsed();
    if !status.success() {
        bail!("{shown}: {status}\n{}", last_lines(&log));
    }
    Ok(usage)
}

fn last_lines(log: &Path) -> String {
    let text = std::fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(10)..].join("\n")
}

/// A field of a process's status in /proc, in KiB; 0 where it is not there.
pub fn kib(status: &str, field: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// User and system time of a process from its line in /proc: fields 14 and 15, after a name that may hold anything.
fn processor(stat: &str) -> Duration {
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_read_from_the_kernels_table() {
        let status = "Name:\ttumen\nVmHWM:\t   5120 kB\nRssAnon:\t    96 kB\n";
        assert_eq!((kib(status, "VmHWM:"), kib(status, "RssAnon:"), kib(status, "VmSwap:")), (5120, 96, 0));
    }

    #[test]
    fn processor_time_is_read_whatever_a_program_is_called() {
        let stat = "77 (a) b) S 1 77 77 0 -1 4194304 100 0 0 0 250 14 0 0 20 0 1 0 5";
        assert_eq!(processor(stat), Duration::from_millis(2640));
    }

    #[test]
    fn what_a_run_prints_is_heard() {
        let (_, printed) = hear(Command::new("echo").arg("12.5")).expect("echo runs");
        assert_eq!(printed, "12.5\n");
    }

    #[test]
    fn a_run_that_fails_says_why() {
        let error = run(Command::new("sh").args(["-c", "echo no such stop >&2; exit 2"])).expect_err("it fails");
        assert!(error.to_string().contains("no such stop"), "{error}");
    }
}
