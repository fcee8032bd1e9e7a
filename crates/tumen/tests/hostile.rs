//! Whatever is thrown at the command line ends in a sentence and an exit code, never in a panic.

mod common;

use common::{Compiled, command, tumen};
use std::io::Read;
use std::process::Stdio;

const JUNK: &[&str] = &[
    "",
    " ",
    "--",
    "-",
    "\u{0}x",
    "\u{feff}",
    "''",
    "💥",
    "%s%n",
    "../../etc",
    "🇰🇵",
    "ﷺ",
    "\n",
    ",",
    "91,181",
    "1e308,1e308",
    "nan,nan",
    "9999-12-31T23:59:59",
    "-9999-01-01",
    "2026-02-30",
    "0000-00-00",
    "99999999999999999999",
    "-1",
    "1e9d",
    "366d",
    "60d",
    "2147483648",
    "none",
    "now",
    "KP_PYONGYANG",
    ":",
    "feed:",
    ":feed",
    "20261212_00:35__",
    "a_b_c_d",
];

/// No text that a panic prints, and one of the four exit codes.
#[track_caller]
fn sane(args: &[&str]) {
    // The system cannot pass a zero byte at all.
    if args.iter().any(|arg| arg.contains('\0')) {
        return;
    }
    let said = tumen(args);
    assert!((0..=3).contains(&said.code), "{args:?}: {}", said.all());
    assert!(!said.err.contains("panicked"), "{args:?}: {}", said.err);
    if said.code >= 2 {
        assert!(!said.err.trim().is_empty(), "{args:?}");
    }
}

#[test]
fn junk_in_every_place() {
    for junk in JUNK {
        sane(&["plan", junk, "Pyongyang"]);
        sane(&["plan", "Moscow", junk]);
        sane(&["next", junk, junk]);
        sane(&["board", junk]);
        sane(&["trip", junk]);
        sane(&["status", "--date", junk]);
        sane(&["status", "--history", junk]);
        sane(&["import", junk, "-o", "/nonexistent/x.tumen"]);
        sane(&["validate", junk]);
        sane(&["info", junk]);
        sane(&[junk]);
    }
}

#[test]
fn junk_in_every_option() {
    for junk in JUNK {
        for option in [
            "--depart",
            "--arrive",
            "--window",
            "--horizon",
            "--max-transfers",
            "--max-wait",
            "--modes",
            "--agency",
            "--walk",
            "--change-time",
            "--extra-change-time",
            "--ban-stop",
            "--ban-trip",
            "--timetable",
            "--language",
        ] {
            sane(&["plan", "Khasan", "Tumangang", option, junk]);
        }
        sane(&["next", "Khasan", "Tumangang", "--from", junk]);
        sane(&["next", "Khasan", "Tumangang", "--count", junk]);
        sane(&["board", "Khasan", "--at", junk]);
        sane(&["trip", "R2", "--date", junk]);
        sane(&["batch", "--queries", junk, "--out", "/nonexistent/a.csv"]);
    }
}

#[test]
fn times_at_the_ends_of_the_calendar() {
    for time in
        ["0001-01-01", "1970-01-01", "2019-01-01", "2027-12-11T23:59:59", "2027-12-12", "2090-01-01", "9998-12-31"]
    {
        for option in ["--depart", "--arrive"] {
            sane(&["plan", "Moscow", "Pyongyang", option, time, "--horizon", "60d"]);
        }
        sane(&["next", "Moscow", "Pyongyang", "--from", time, "--any"]);
        sane(&["board", "Pyongyang", "--at", time]);
        sane(&["trip", "MOW_PYG", "--date", time]);
    }
}

#[test]
fn files_that_are_no_timetables_are_refused() {
    let line = Compiled::of_text(
        "feed zone UTC days 2026-12-01..2026-12-10
         stops A B
         trip t: A 08:00 | B 09:00",
    );
    let bytes = std::fs::read(&line.path).expect("the file");
    let broken = line.beside("broken.tumen");
    for (what, content) in [
        ("empty", Vec::new()),
        ("short", bytes[..bytes.len() / 2].to_vec()),
        ("text", b"stop_id,stop_name\n".to_vec()),
        ("flipped", bytes.iter().enumerate().map(|(at, byte)| if at == 100 { !byte } else { *byte }).collect()),
    ] {
        std::fs::write(&broken, content).expect("written");
        let said = tumen(&["board", "A", "--timetable", &broken.display().to_string()]);
        assert_eq!(said.code, 3, "{what}: {}", said.all());
        assert!(said.err.contains("broken.tumen"), "{what}: {}", said.err);
    }
}

#[test]
fn feeds_that_are_refused_say_why() {
    let said = tumen(&["import", "no-such-feed.zip", "-o", "/nonexistent/x.tumen"]);
    assert_eq!(said.code, 3);
    assert!(said.err.contains("no-such-feed.zip"), "{}", said.err);
    assert_eq!(tumen(&["plan", "A"]).code, 2, "an argument is missing");
    assert_eq!(tumen(&["--help"]).code, 0);
}

/// `tumen trip R2 | head -1` is no error.
#[test]
fn a_closed_pipe_is_quiet() {
    let mut child = command(&["trip", "R2", "--sources"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let mut complaint = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut complaint).expect("UTF-8");
    let status = child.wait().expect("it ends");
    assert_eq!((status.code(), complaint.as_str()), (Some(0), ""));
}

#[test]
fn colours_only_where_they_are_wanted() {
    assert!(!tumen(&["board", "Khasan"]).out.contains('\u{1b}'), "a pipe is no terminal");
    assert!(tumen(&["board", "Khasan", "--color", "always"]).out.contains('\u{1b}'));
    let mut asked = command(&["board", "Khasan", "--color", "auto"]);
    let said = asked.env("NO_COLOR", "1").output().expect("the program runs");
    assert!(!said.stdout.contains(&0x1b));
}

#[test]
fn completions_and_the_manual_are_generated() {
    assert!(tumen(&["completions", "bash"]).out.contains("--per-mode"));
    let manual = tumen(&["man"]).out;
    assert!(manual.contains(".TH tumen 1") && manual.contains("Pareto") | manual.contains("journeys"), "{manual}");
}
