//! A comparison for programs.

use serde_json::{Map, Value, json};
use tumen_analysis::{Listed, Pair, Standing};

use crate::records::Record;
use crate::report::{Basis, Report, change_words, largest, lists};

impl Basis<'_> {
    /// What was asked.
    pub fn json(&self) -> Map<String, Value> {
        let window = |number: usize| {
            let window = self.windows[number];
            json!({ "from": window.first.to_string(), "until": window.last().to_string(), "days": window.days })
        };
        let mut head = Map::new();
        head.insert("before".to_owned(), window(0));
        head.insert("after".to_owned(), window(1));
        head.insert("scenario".to_owned(), json!({ "name": self.scenario.name, "edits": self.told }));
        head.insert("within".to_owned(), json!(self.within));
        head.insert("origins".to_owned(), json!(self.from.len()));
        head.insert("destinations".to_owned(), json!(self.to.len()));
        head
    }

    /// A pair with its names.
    pub fn pair_json(&self, pair: Pair) -> Value {
        let named = self.named(pair);
        let relation = pair.relation();
        let [time, frequency] = change_words(relation);
        let side = |standing: Standing| match standing {
            Standing::Ride(ride) => json!({ "departures": ride.departures, "fastest": ride.fastest }),
            Standing::Unconnected => json!({ "departures": 0 }),
            Standing::NoData => json!({ "noData": true }),
            Standing::OnFoot => json!({ "onFoot": true }),
        };
        let mut value = json!({
            "from": named.from.name,
            "fromId": named.from.id,
            "to": named.to.name,
            "toId": named.to.id,
            "relation": relation.word(),
        });
        if !time.is_empty() {
            value["time"] = json!(time);
            value["frequency"] = json!(frequency);
            value["silentLine"] = json!({ "before": pair.silent[0], "after": pair.silent[1] });
        }
        value["before"] = side(pair.before);
        value["after"] = side(pair.after);
        value
    }
}

impl Report<'_> {
    /// Everything but the single pairs, of which the named ones are among it.
    pub fn json(&self) -> Value {
        let mut answer = self.basis.json();
        answer.extend(self.summary());
        Value::Object(answer)
    }

    /// What was found.
    pub fn summary(&self) -> Map<String, Value> {
        let tally = &self.tally;
        let pairs =
            |listed: &[Listed]| listed.iter().map(|listed| self.basis.pair_json(listed.pair)).collect::<Value>();
        let [faster, slower, more, less] = largest(tally).map(|(_, listed)| pairs(&listed));
        let [new, broken, before, after] = lists(tally).map(|(_, list)| pairs(&list.iter().collect::<Vec<_>>()));
        let lines = |number: usize| {
            let line = |line| {
                let (name, id, _) = self.basis.line(line);
                let days = line.coverage.days;
                json!({ "name": name, "id": id, "from": days.first.to_string(), "until": days.last.to_string(),
                    "daysWithoutData": line.days })
            };
            self.basis.silence[number].lines.iter().map(line).collect::<Value>()
        };
        let unscheduled = |number: usize| {
            let services = self.basis.unscheduled[number].iter();
            services.map(|service| record(&service.record)).collect::<Value>()
        };
        let answer = json!({
            "cautions": self.cautions,
            "pairs": {
                "all": tally.pairs,
                "newlyConnected": tally.newly_connected.total(),
                "disconnected": tally.disconnected.total(),
                "noDataBefore": tally.no_data_before.total(),
                "noDataAfter": tally.no_data_after.total(),
                "connected": tally.connected,
                "faster": tally.faster.total(),
                "slower": tally.slower.total(),
                "moreOften": tally.more_often.total(),
                "lessOften": tally.less_often.total(),
                "unchanged": tally.unchanged,
                "servedBySilentLine": tally.partly_silent,
                "unconnected": tally.unconnected,
                "noData": tally.no_data,
                "onFoot": tally.on_foot,
            },
            "medianChange": { "seconds": tally.seconds.median(), "departures": tally.departures.median() },
            "largest": { "faster": faster, "slower": slower, "moreOften": more, "lessOften": less },
            "named": { "newlyConnected": new, "disconnected": broken, "noDataBefore": before, "noDataAfter": after },
            "linesWithoutData": { "before": lines(0), "after": lines(1) },
            "daysNotPublished": { "before": unscheduled(0), "after": unscheduled(1) },
            "records": self.records.iter().map(record).collect::<Value>(),
        });
        match answer {
            Value::Object(answer) => answer,
            _ => Map::new(),
        }
    }
}

fn record(record: &Record) -> Value {
    json!({ "text": record.text, "sources": tumen_journey::facts::source_ids([record.sources.as_str()]) })
}
