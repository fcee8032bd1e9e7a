//! What `tumen info` says of countries and borders: how many stops lie in each, how many trips cross where.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tumen_border::{Basis, Country};
use tumen_journey::world::World;

/// Most names that a sentence holds.
const NAMED: usize = 8;

/// Stops by country, trips by the border they cross.
pub struct BorderSummary {
    countries: Vec<(Country, usize)>,
    /// Names of stops whose country the nearest boundary says, and of those that have none.
    nearby: Vec<String>,
    unknown: Vec<String>,
    /// Country left, country entered, post; trips.
    crossings: Vec<((String, String, String), usize)>,
}

impl BorderSummary {
    /// Counts.
    pub fn of(world: &World) -> Self {
        let columns = world.columns();
        let borders = world.borders();
        let mut countries: Vec<(Country, usize)> = Vec::new();
        let (mut nearby, mut unknown) = (Vec::new(), Vec::new());
        for stop in columns.stops() {
            let country = borders.countries.of_stop(stop);
            match countries.iter_mut().find(|(known, _)| known == country) {
                _ if !country.is_stated() => unknown.push(columns.stop_name(stop).to_owned()),
                Some((_, count)) => *count += 1,
                None => countries.push((country.clone(), 1)),
            }
            if borders.countries.basis(stop) == Basis::Nearby {
                nearby.push(columns.stop_name(stop).to_owned());
            }
        }
        countries.sort_by_key(|(country, count)| (std::cmp::Reverse(*count), country.to_string()));
        let mut crossings: BTreeMap<(String, String, String), usize> = BTreeMap::new();
        for (pattern, found) in borders.of_patterns(&columns) {
            for crossing in found {
                let post = crossing.passage.map(|passage| borders.post(passage.post).name.clone());
                let key = (crossing.from.to_string(), crossing.to.to_string(), post.unwrap_or_default());
                *crossings.entry(key).or_default() += columns.trips_of(pattern).len();
            }
        }
        let mut crossings: Vec<_> = crossings.into_iter().collect();
        crossings.sort_by_key(|(_, trips)| std::cmp::Reverse(*trips));
        Self { countries, nearby, unknown, crossings }
    }

    /// A line for each of what there is; nothing hidden is left unsaid.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let count = |(country, stops): &(Country, usize)| format!("{} {stops}", country.name("en"));
        line!(text, "  stops by country: {}", listed(self.countries.iter().map(count)));
        for (what, stops) in [
            ("outside every boundary, given the country of the nearest", &self.nearby),
            ("country not known", &self.unknown),
        ] {
            if !stops.is_empty() {
                line!(text, "  {what}: {} ({})", stops.len(), listed(stops.iter().cloned()));
            }
        }
        if self.crossings.is_empty() {
            text.push_str("  no trip crosses a border\n");
        } else {
            let crossing = |((from, to, post), trips): &((String, String, String), usize)| match post.as_str() {
                "" => format!("{from}→{to} {trips}"),
                post => format!("{from}→{to} at {post} {trips}"),
            };
            line!(text, "  trips by border crossed: {}", listed(self.crossings.iter().map(crossing)));
        }
        text
    }

    /// The same as JSON, in full.
    pub fn json(&self) -> Value {
        let country = |(country, stops): &(Country, usize)| json!({ "codes": country.to_string(), "name": country.name("en"), "stops": stops });
        let crossing = |((from, to, post), trips): &((String, String, String), usize)| {
            let post = (!post.is_empty()).then_some(post);
            json!({ "from": from, "to": to, "post": post, "trips": trips })
        };
        json!({
            "countries": self.countries.iter().map(country).collect::<Vec<_>>(),
            "nearby": self.nearby,
            "unknown": self.unknown,
            "crossings": self.crossings.iter().map(crossing).collect::<Vec<_>>(),
        })
    }
}

fn listed(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    let shown = items[..items.len().min(NAMED)].join(", ");
    if items.len() > NAMED { format!("{shown} and {} more (--json lists all)", items.len() - NAMED) } else { shown }
}
