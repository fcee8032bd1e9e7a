//! The peers: how each is installed and run.

use super::{Answers, BUDGET, HORIZON};
use crate::child;
use crate::feeds;
use crate::pairs::{self, Pair};
use crate::report;
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::process::Command;
use tumen_base::Date;
use tumen_timetable::{RULE_DEFAULT, RULE_FORBIDDEN, Timetable, entries};

/// The change time that nigiri gives to every stop without a rule of its own.
pub const NIGIRI_CHANGE_SECONDS: i32 = 120;

/// Rows of a table: the settings of every router.
pub const SETTINGS: &str = "\
| Tumen | `--walk none`: transfers.txt alone, every rule and in-seat link; changes of 0 s; whole calendar; up to 32 trips |\n\
| plain RAPTOR | as Tumen; the runs of the days concerned expanded beforehand |\n\
| pynigiri | no links between near stops, footpaths of transfers.txt as it closes them, changes of 2 min where no rule says otherwise, whole minutes; up to 15 trips; 180 days on either side of the day. It cuts times to whole minutes, so answers are compared by the minute, and where feeds have seconds it catches other changes |\n\
| vulture | the stop-level rules of transfers.txt handed to it as walks between stops, before the first and after the last ride too; one walk a change; the service day and the next, none before; up to 32 trips |\n\
| cafein | no streets; the stop-level rules of transfers.txt handed to it as walks, of which it takes none before the first ride: compared with Tumen without that too; up to 32 trips |\n";

/// A peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    Nigiri,
    Vulture,
    Cafein,
}

/// What a peer is given: the arguments of bench/peers/common.py.
pub struct Job {
    feed: PathBuf,
    queries: PathBuf,
    walks: PathBuf,
    answers: PathBuf,
    date: Date,
    /// IANA name of the clock by which the feed's days are counted.
    zone: String,
    /// Unix seconds of the service day's noon minus 12 hours.
    day_start: i64,
}

impl Job {
    /// Writes the queries and the walks of a feed.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn write(name: &str, feed: &Path, timetable: &Timetable, date: Date, pairs: &[Pair]) -> anyhow::Result<Self> {
        let columns = timetable.columns();
        let first = pairs.first().context("there are no pairs")?;
        let noon = Pair { seconds: 12 * 3600, ..*first }.departure(&columns, date)?;
        let job = Self {
            feed: feed.to_owned(),
            queries: feeds::scratch(&format!("peers-{name}.csv"))?,
            walks: feeds::scratch(&format!("peers-{name}-walks.csv"))?,
            answers: feeds::scratch("peers-answers.csv")?,
            date,
            zone: columns.text(columns.zone_name[columns.feed_zone[0] as usize]).to_owned(),
            day_start: columns.to_unix(noon) - 12 * 3600,
        };
        let mut writer = csv::Writer::from_path(&job.queries)?;
        writer.write_record(["from_stop_id", "to_stop_id", "departure"])?;
        for pair in pairs {
            let [from, to] = [pair.from, pair.to].map(|stop| pairs::id(&columns, stop));
            let departure = columns.to_unix(pair.departure(&columns, date)?).to_string();
            writer.write_record([from, to, &departure])?;
        }
        writer.flush()?;
        let mut writer = csv::Writer::from_path(&job.walks)?;
        writer.write_record(["from_stop_id", "to_stop_id", "seconds"])?;
        for from in columns.stops() {
            for rule in entries(columns.stop_rule_offset, from.index()) {
                let to = tumen_base::StopId(columns.stop_rule_to[rule]);
                let seconds = match columns.stop_rule_seconds[rule] {
                    RULE_FORBIDDEN => continue,
                    RULE_DEFAULT => 0,
                    seconds => seconds,
                };
                if from != to {
                    let ids = [from, to].map(|stop| pairs::id(&columns, stop));
                    writer.write_record([ids[0], ids[1], &seconds.to_string()])?;
                }
            }
        }
        writer.flush()?;
        Ok(job)
    }
}

/// A row of a driver's answers.
#[derive(Deserialize)]
struct Row {
    query: usize,
    nanoseconds: u64,
    arrival: Option<i64>,
    trips: Option<u32>,
}

impl Driver {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Nigiri, Self::Vulture, Self::Cafein];

    /// Name and version.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nigiri => "pynigiri 0.1.4b0",
            Self::Vulture => "vulture 0.24.0",
            Self::Cafein => "cafein 0.29.0",
        }
    }

    /// Installs the peer where it is not yet, and asks it.
    ///
    /// # Errors
    /// When it cannot be installed, or fails.
    pub fn run(self, job: &Job) -> anyhow::Result<Answers> {
        let mut command = self.installed()?;
        // One thread.
        command.env("RAYON_NUM_THREADS", "1").env("OMP_NUM_THREADS", "1");
        command.arg(&job.feed).arg(&job.queries).arg(&job.answers);
        command.arg("--date").arg(job.date.to_string()).arg("--day-start").arg(job.day_start.to_string());
        command.arg("--horizon").arg(HORIZON.to_string()).arg("--budget").arg(BUDGET.as_secs().to_string());
        command.arg("--zone").arg(&job.zone).arg("--walks").arg(&job.walks);
        let (usage, printed) = child::hear(&mut command)?;
        // The last line it prints.
        let loading: f64 = printed.lines().last().and_then(|line| line.parse().ok()).context("it printed no time")?;
        let mut answers = Answers {
            loading: format!("{loading:.1} s"),
            memory: report::size(usage.peak_kib << 10),
            ..Answers::default()
        };
        for row in csv::Reader::from_path(&job.answers)?.deserialize() {
            let Row { query, nanoseconds, arrival, trips } = row?;
            if answers.journeys.len() <= query {
                ensure!(answers.journeys.len() == query, "query {query} comes too early");
                answers.times.push(nanoseconds);
                answers.journeys.push(super::Pareto::new());
            }
            answers.journeys[query].extend(arrival.zip(trips));
        }
        Ok(answers)
    }

    /// The command that runs it.
    fn installed(self) -> anyhow::Result<Command> {
        let folder = feeds::root().join("bench/peers");
        if self == Self::Vulture {
            let target = feeds::target().join("peers");
            let mut cargo = Command::new("cargo");
            cargo.args(["build", "--release", "--locked", "--manifest-path"]).arg(folder.join("vulture/Cargo.toml"));
            child::run(cargo.arg("--target-dir").arg(&target))?;
            return Ok(Command::new(target.join("release/tumen-peer-vulture")));
        }
        let venv = feeds::target().join("peers-python");
        let requirements = folder.join("requirements.txt");
        child::run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        let pip = venv.join("bin/pip");
        child::run(Command::new(pip).args(["install", "--quiet", "--requirement"]).arg(&requirements))?;
        let mut command = Command::new(venv.join("bin/python"));
        command.arg(folder.join(if self == Self::Nigiri { "nigiri.py" } else { "cafein_driver.py" }));
        Ok(command)
    }
}
