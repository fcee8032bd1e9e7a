//! Parties against lists that users supply as FollowTheMoney entities, one JSON object a line.
//!
//! A list is read line by line and never kept, so that its size does not matter. What cannot be read is an error that names the
//! line: a list that was read in part is no list.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read};
use thiserror::Error;

use crate::rules::hex;
use crate::similar::Comparable;

/// No entity is longer, in bytes.
const LONGEST_LINE: u64 = 16 << 20;
/// So many matches are kept, the best ones.
const MOST_HITS: usize = 50;
/// The properties of an entity that hold names.
const NAMES: [&str; 5] = ["name", "alias", "weakAlias", "previousName", "abbreviation"];

/// Which party a name is that of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who sends.
    Sender,
    /// Who receives.
    Receiver,
}

/// A name on a list that is like that of a party: a possible match, a person decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Which party.
    pub role: Role,
    /// The name on the list.
    pub name: String,
    /// Id of the entity.
    pub entity: String,
    /// What kind of entity it is.
    pub schema: String,
    /// The list, as it was named.
    pub list: String,
    /// Line of the list.
    pub line: usize,
    /// How alike the names are, from 0 to 1.
    pub score: f64,
}

/// A list that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRead {
    /// As it was named.
    pub name: String,
    /// Entities on it.
    pub entities: usize,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub digest: String,
}

/// What was found of the parties.
#[derive(Clone, Debug)]
pub struct Parties {
    /// Names at least so alike are told.
    pub threshold: f64,
    /// Lists that were read; none: the parties were not compared with anything.
    pub lists: Vec<ListRead>,
    /// Possible matches, the most alike first.
    pub hits: Vec<Hit>,
    /// How many there were.
    pub found: usize,
    sought: Vec<(Role, Comparable)>,
}

/// A list that cannot be read.
#[derive(Debug, Error)]
pub enum ListError {
    /// The file.
    #[error("{list}: cannot be read: {cause}")]
    Read {
        /// The list.
        list: String,
        /// Why.
        cause: io::Error,
    },
    /// A line.
    #[error(
        "{list}:{line}: {problem}; expected a FollowTheMoney entity, one JSON object a line with id, schema and properties"
    )]
    Line {
        /// The list.
        list: String,
        /// The line.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
}

impl Parties {
    /// The parties of a consignment, before any list is read; those without a name cannot be found.
    pub fn new(sender: &str, receiver: &str, threshold: f64) -> Self {
        let named = [(Role::Sender, sender), (Role::Receiver, receiver)];
        let sought = named.map(|(role, name)| (role, Comparable::of(name)));
        let sought = sought.into_iter().filter(|(_, name)| !name.is_empty()).collect();
        Self { threshold, lists: Vec::new(), hits: Vec::new(), found: 0, sought }
    }

    /// The highest score of all matches.
    pub fn score(&self) -> Option<f64> {
        self.hits.first().map(|hit| hit.score)
    }

    /// Compares the parties with all entities of a list.
    ///
    /// # Errors
    /// At the first line that is no entity, or when the list cannot be read.
    pub fn compare(&mut self, list: &str, mut reader: impl BufRead) -> Result<(), ListError> {
        let mut hasher = Sha256::new();
        let mut bytes = Vec::new();
        let (mut line, mut entities) = (0, 0);
        loop {
            bytes.clear();
            let read = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes);
            let read = read.map_err(|cause| ListError::Read { list: list.to_owned(), cause })?;
            if read == 0 {
                break;
            }
            line += 1;
            let wrong = |problem: String| ListError::Line { list: list.to_owned(), line, problem };
            if read as u64 == LONGEST_LINE && bytes.last() != Some(&b'\n') {
                return Err(wrong(format!("longer than {} MiB", LONGEST_LINE >> 20)));
            }
            hasher.update(&bytes);
            let text = if line == 1 { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes) } else { &bytes };
            if text.trim_ascii().is_empty() {
                continue;
            }
            let entity: Value =
                serde_json::from_slice(text).map_err(|error| wrong(format!("not JSON ({})", reason(&error))))?;
            entities += 1;
            self.compare_entity(list, line, &entity).map_err(wrong)?;
        }
        self.hits.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.line.cmp(&other.line)));
        self.lists.push(ListRead { name: list.to_owned(), entities, digest: hex(&hasher.finalize()) });
        Ok(())
    }

    fn compare_entity(&mut self, list: &str, line: usize, entity: &Value) -> Result<(), String> {
        let text = |key: &str| entity.get(key).and_then(Value::as_str);
        let id = text("id").ok_or("no `id`")?;
        let schema = text("schema").ok_or("no `schema`")?;
        let properties = entity.get("properties").and_then(Value::as_object).ok_or("no `properties`")?;
        let mut names: Vec<&str> = Vec::new();
        for property in NAMES {
            match properties.get(property) {
                None => {}
                Some(Value::Array(values)) => {
                    for value in values {
                        names.push(value.as_str().ok_or_else(|| format!("`{property}` holds what is no text"))?);
                    }
                }
                Some(Value::String(name)) => names.push(name),
                Some(_) => return Err(format!("`{property}` is no list of texts")),
            }
        }
        let mut best: Vec<Hit> = Vec::new();
        for name in names {
            let comparable = Comparable::of(name);
            for (role, sought) in &self.sought {
                let score = sought.likeness(&comparable);
                if score < self.threshold {
                    continue;
                }
                let hit = Hit {
                    role: *role,
                    name: name.to_owned(),
                    entity: id.to_owned(),
                    schema: schema.to_owned(),
                    list: list.to_owned(),
                    line,
                    score,
                };
                match best.iter_mut().find(|known| known.role == *role) {
                    Some(known) if known.score >= score => {}
                    Some(known) => *known = hit,
                    None => best.push(hit),
                }
            }
        }
        self.found += best.len();
        for hit in best {
            if self.hits.len() < MOST_HITS {
                self.hits.push(hit);
            } else if let Some(least) = self.hits.iter_mut().min_by(|one, other| one.score.total_cmp(&other.score))
                && least.score < hit.score
            {
                *least = hit;
            }
        }
        Ok(())
    }
}

/// Why a text is no JSON, without the line that serde counts within it.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line").next().unwrap_or_default().to_owned()
}
