//! The parameters of a request. Each is read by name, once; what nobody has read in the end is refused with a reason where
//! [`super::refused`] knows it, and else ignored with a warning.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use serde_json::{Map, Value, json};
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use tumen_journey::geography::Position;
use tumen_journey::when::When;

use super::refused;
use crate::app::App;
use crate::problem::Problem;

/// Values are repeated in messages up to so many letters.
const SHOWN: usize = 80;
/// So many unknown parameters are warned of by name.
const NAMED: usize = 20;

/// The parameters of a request that are not read yet, and those that are.
#[derive(Debug, Default)]
pub struct Parameters {
    pairs: Vec<(String, String)>,
    read: Vec<&'static str>,
}

impl FromRequestParts<App> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Problem> {
        Self::of(&parts.uri)
    }
}

impl Parameters {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// When it is none.
    pub fn of(address: &Uri) -> Result<Self, Problem> {
        let query: Result<Query<Vec<(String, String)>>, _> = Query::try_from_uri(address);
        let Query(pairs) = query.map_err(|error| Problem::field("query", error.body_text()))?;
        Ok(Self { pairs, read: Vec::new() })
    }

    /// Reads a body: an object whose fields are the parameters.
    ///
    /// # Errors
    /// When it is something else.
    pub fn of_body(body: &Value) -> Result<Self, Problem> {
        let Some(fields) = body.as_object() else {
            return Err(Problem::field("body", "an object is expected, whose fields are the parameters"));
        };
        let mut pairs = Vec::new();
        for (name, value) in fields {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            for value in values {
                match value {
                    Value::String(text) => pairs.push((name.clone(), text.clone())),
                    Value::Bool(_) | Value::Number(_) => pairs.push((name.clone(), value.to_string())),
                    Value::Null => {}
                    Value::Array(_) | Value::Object(_) => {
                        return Err(Problem::field(name, format!("{name}: a value or a list of values is expected")));
                    }
                }
            }
        }
        Ok(Self { pairs, read: Vec::new() })
    }

    /// Everything that was given, as MOTIS repeats it in its answer.
    pub fn echo(&self) -> Map<String, Value> {
        self.pairs.iter().map(|(name, value)| (name.clone(), json!(value))).collect()
    }

    fn values(&mut self, name: &'static str) -> Vec<&str> {
        self.read.push(name);
        self.pairs.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str()).collect()
    }

    /// A text; `None` where it is absent or empty.
    ///
    /// # Errors
    /// When it is given more than once.
    pub fn text(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        match self.values(name)[..] {
            [] | [""] => Ok(None),
            [value] => Ok(Some(value.to_owned())),
            ref several => Err(Problem::field(name, format!("{name} is given {} times, expected once", several.len()))),
        }
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// When it is not.
    pub fn required(&mut self, name: &'static str, expected: &str) -> Result<String, Problem> {
        self.text(name)?.ok_or_else(|| Problem::field(name, format!("{name} is missing: expected {expected}")))
    }

    fn parsed<T>(
        &mut self,
        name: &'static str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        parse(&text).map(Some).ok_or_else(|| wrong(name, &text, expected))
    }

    /// `true` or `false`.
    ///
    /// # Errors
    /// When it is something else.
    pub fn flag(&mut self, name: &'static str, usual: bool) -> Result<bool, Problem> {
        Ok(self.parsed(name, "true or false", |text| text.parse().ok())?.unwrap_or(usual))
    }

    /// A number within bounds.
    ///
    /// # Errors
    /// When it is no number, or outside.
    pub fn number<T>(&mut self, name: &'static str, bounds: RangeInclusive<T>) -> Result<Option<T>, Problem>
    where
        T: FromStr + PartialOrd + Display,
    {
        let expected = format!("a number from {} to {}", bounds.start(), bounds.end());
        self.parsed(name, &expected, |text| text.trim().parse().ok().filter(|number| bounds.contains(number)))
    }

    /// Minutes, answered as seconds.
    ///
    /// # Errors
    /// As [`Self::number`].
    pub fn minutes(&mut self, name: &'static str, most: i32) -> Result<Option<i32>, Problem> {
        Ok(self.number(name, 0..=most)?.map(|minutes| minutes * 60))
    }

    /// One of some words.
    ///
    /// # Errors
    /// When it is another.
    pub fn word<T: Copy>(&mut self, name: &'static str, words: &[(&str, T)]) -> Result<Option<T>, Problem> {
        let expected: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let find = |text: &str| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        self.parsed(name, &expected.join(" or "), find)
    }

    /// A list: repeated, or separated by commas. `None` where it is absent, empty where it is given without a value.
    pub fn list(&mut self, name: &'static str) -> Option<Vec<String>> {
        let values = self.values(name);
        if values.is_empty() {
            return None;
        }
        let parts = values.iter().flat_map(|value| value.split(',')).map(str::trim);
        Some(parts.filter(|part| !part.is_empty()).map(str::to_owned).collect())
    }

    /// A list of places: repeated, or separated by commas where that cannot be the comma of a coordinate.
    pub fn places(&mut self, name: &'static str) -> Vec<String> {
        let values = self.values(name);
        let split = |value: &&str| match position(value, ',') {
            Some(_) => vec![(*value).to_owned()],
            None => value.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect(),
        };
        values.iter().flat_map(split).collect()
    }

    /// A moment.
    ///
    /// # Errors
    /// When it is none.
    pub fn moment(&mut self, name: &'static str) -> Result<Option<When>, Problem> {
        let expected = "a moment such as 2026-12-12T10:30:00+03:00 (the `+` written %2B), 2026-12-12T07:30:00Z, or a local \
                        2026-12-12T10:30 or 2026-12-12";
        self.parsed(name, expected, |text| {
            // A `+` that was not escaped arrives as a space.
            When::parse(text).or_else(|_| When::parse(&text.replace(' ', "+"))).ok()
        })
    }

    /// `latitude,longitude`, with a level that nothing here has.
    ///
    /// # Errors
    /// When it is no point on earth.
    pub fn position(&mut self, name: &'static str) -> Result<Option<Position>, Problem> {
        self.parsed(name, "latitude,longitude in degrees, such as 55.776,37.655", |text| position(text, ','))
    }

    /// The language of names: the first of those that are given.
    ///
    /// # Errors
    /// When it is no language tag.
    pub fn language(&mut self) -> Result<Option<String>, Problem> {
        let tags = self.list("language").unwrap_or_default();
        let is_tag =
            |tag: &String| tag.len() <= 35 && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-');
        if let Some(wrong_tag) = tags.iter().find(|tag| !is_tag(tag)) {
            return Err(wrong("language", wrong_tag, "language tags such as ru or zh-Hans"));
        }
        Ok(tags.into_iter().next())
    }

    /// What is left when a request has read what it understands: warnings of parameters that nobody knows.
    ///
    /// # Errors
    /// When a parameter of MOTIS that is not honoured here asks for something.
    pub fn finish(self) -> Result<Vec<String>, Problem> {
        let mut unknown: Vec<&str> = Vec::new();
        for (name, value) in &self.pairs {
            if self.read.contains(&name.as_str()) {
                continue;
            }
            match refused::named(name) {
                Some(refused) if refused.harmless.contains(&value.as_str()) || value.is_empty() => {}
                Some(refused) => {
                    let detail = format!("{name}={} is not honoured: {}", shown(value), refused.reason);
                    let problem = Problem::new(StatusCode::BAD_REQUEST, "not_honoured", detail);
                    return Err(problem.with("field", json!(name)));
                }
                None if unknown.contains(&name.as_str()) => {}
                None => unknown.push(name),
            }
        }
        let named = unknown.iter().take(NAMED).map(|name| format!("unknown parameter {} is ignored", shown(name)));
        let more = unknown.len().checked_sub(NAMED).filter(|&more| more > 0);
        Ok(named.chain(more.map(|more| format!("{more} more unknown parameters are ignored"))).collect())
    }
}

/// A value that is not what a parameter expects.
pub fn wrong(name: &str, value: &str, expected: &str) -> Problem {
    Problem::field(name, format!("{name}={} is not understood: expected {expected}", shown(value)))
}

/// Reads a point whose degrees are separated by a letter; a third part, a level, is passed over.
pub fn position(text: &str, between: char) -> Option<Position> {
    let mut parts = text.split(between).map(str::trim);
    let north: f64 = parts.next()?.parse().ok()?;
    let east: f64 = parts.next()?.parse().ok()?;
    let level_is_number = parts.next().is_none_or(|level| level.parse::<f64>().is_ok_and(f64::is_finite));
    let is_there = (-90.0..=90.0).contains(&north) && (-180.0..=180.0).contains(&east);
    (is_there && level_is_number && parts.next().is_none()).then_some((north, east))
}

/// A value as a message repeats it.
fn shown(value: &str) -> String {
    let mut text: String =
        value.chars().take(SHOWN).map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    if value.chars().nth(SHOWN).is_some() {
        text.push('…');
    }
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Parameters {
        Parameters::of(&format!("/?{query}").parse().expect("an address")).expect("a query")
    }

    #[test]
    fn lists_are_repeated_or_separated_by_commas() {
        assert_eq!(of("mode=BUS&mode=TRAM").list("mode"), Some(vec!["BUS".to_owned(), "TRAM".to_owned()]));
        assert_eq!(of("mode=BUS,TRAM").list("mode"), Some(vec!["BUS".to_owned(), "TRAM".to_owned()]));
        assert_eq!(of("mode=").list("mode"), Some(Vec::new()));
        assert_eq!(of("n=1").list("mode"), None);
    }

    #[test]
    fn a_plus_may_arrive_as_a_space() {
        let escaped = of("time=2026-12-12T10:30:00%2B03:00").moment("time").expect("a moment");
        assert!(escaped.is_some());
        assert_eq!(of("time=2026-12-12T10:30:00+03:00").moment("time").expect("a moment"), escaped);
    }

    #[test]
    fn points_are_on_earth() {
        assert_eq!(position("55.7, 37.6", ','), Some((55.7, 37.6)));
        assert_eq!(position("55.7,37.6,-2", ','), Some((55.7, 37.6)));
        assert_eq!(position("55.7;37.6", ';'), Some((55.7, 37.6)));
        for nowhere in ["", "1", "91,0", "0,181", "NaN,0", "0,inf", "1,2,3,4", "1,2,x"] {
            assert_eq!(position(nowhere, ','), None, "{nowhere}");
        }
    }

    #[test]
    fn what_nobody_reads_is_refused_or_warned_of() {
        assert!(of("withFares=true").finish().is_err());
        assert_eq!(of("withFares=false&via=").finish().expect("harmless"), Vec::<String>::new());
        assert_eq!(of("x=1&x=2").finish().expect("ignored"), ["unknown parameter `x` is ignored"]);
        let many: Vec<String> = (0..30).map(|number| format!("p{number}=")).collect();
        assert_eq!(of(&many.join("&")).finish().expect("ignored").len(), NAMED + 1);
    }
}
