//! What the help teaches works.

mod common;

use common::tumen;

/// Words of a line as a shell would split it, without its comment.
fn words(line: &str) -> Vec<&str> {
    let command = line.trim().split(" #").next().unwrap_or_default();
    command.split_whitespace().skip(1).collect()
}

#[test]
fn every_example_on_the_corridor_finds_something() {
    let mut tried = 0;
    for command in [
        &["--help"][..],
        &["plan", "--help"],
        &["next", "--help"],
        &["board", "--help"],
        &["reach", "--help"],
        &["trip", "--help"],
        &["claims", "--help"],
        &["info", "--help"],
        &["compare", "--help"],
        &["line", "--help"],
    ] {
        let help = tumen(command).out;
        assert!(help.contains("Examples:"), "{command:?}");
        let own = |line: &&str| {
            line.starts_with("  tumen ")
                && !line.contains(".tumen")
                && !line.contains(".zip")
                && !line.contains(".toml")
        };
        for line in help.lines().filter(own) {
            let said = tumen(&words(line));
            assert_eq!(said.code, 0, "{line}\n{}", said.all());
            tried += 1;
        }
    }
    assert!(tried >= 15, "{tried}");
}

#[test]
fn the_help_names_every_command() {
    let help = tumen(&["--help"]).out;
    for command in [
        "import", "stitch", "validate", "export", "info", "plan", "next", "board", "trip", "claims", "reach", "matrix",
        "batch", "compare", "line", "diagram",
    ] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "{command}");
    }
    assert!(help.contains("Exit codes: 0 found, 1 no journey, 2 usage or ambiguous name, 3 feed or timetable refused"));
}
