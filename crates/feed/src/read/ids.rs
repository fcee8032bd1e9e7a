//! From ids in a feed to positions in the model.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

/// The ids of one kind, numbered in the order in which they were inserted.
#[derive(Default)]
pub(crate) struct IdTable {
    text: String,
    ends: Vec<usize>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl IdTable {
    /// Numbers a new id.
    pub(crate) fn insert(&mut self, id: &str) -> Result<u32, DuplicateId> {
        let hash = self.hasher.hash_one(id);
        if self.find(hash, id).is_some() {
            return Err(DuplicateId);
        }
        let number = self.ends.len() as u32;
        self.text.push_str(id);
        self.ends.push(self.text.len());
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        self.table.insert_unique(hash, number, |number| hasher.hash_one(name(text, ends, *number)));
        Ok(number)
    }

    /// The number of an id.
    pub(crate) fn get(&self, id: &str) -> Option<u32> {
        self.find(self.hasher.hash_one(id), id)
    }

    fn find(&self, hash: u64, id: &str) -> Option<u32> {
        self.table.find(hash, |number| name(&self.text, &self.ends, *number) == id).copied()
    }

    /// The id with a number that this table gave.
    pub(crate) fn name(&self, number: u32) -> &str {
        name(&self.text, &self.ends, number)
    }
}

/// The id is in the table already.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DuplicateId;

fn name<'a>(text: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &text[start..ends[number]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_numbered_once() {
        let mut ids = IdTable::default();
        assert_eq!(ids.insert("a"), Ok(0));
        assert_eq!(ids.insert("b"), Ok(1));
        assert_eq!(ids.insert("a"), Err(DuplicateId));
        assert_eq!(ids.get("b"), Some(1));
        assert_eq!(ids.get("ab"), None);
        assert_eq!(ids.name(1), "b");
    }
}
