//! Stops that railways invent where their own train ends at a border: no place, only a line on the map.

use std::collections::HashMap;

use crate::spelling::words;
use crate::stations::StopAt;
use crate::trains::World;

/// The word for a border in the languages of railways, as the beginning of a word, in Latin letters.
const BORDER: [&str; 13] = [
    "border", "grenz", "frontier", "fronter", "confine", "granica", "granits", "hranic", "hatar", "gr", "granse",
    "graense", "raja",
];

/// A stop that may be an invented one: how many trains end and how many begin there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ends {
    pub ending: usize,
    pub beginning: usize,
}

/// The stops with the name of a border at which trains only end and begin, both.
pub(crate) fn invented(world: &World) -> HashMap<StopAt, Ends> {
    let mut ends: HashMap<StopAt, Ends> = HashMap::new();
    for train in &world.trains {
        let calls = world.calls(train);
        let at = |call: usize| StopAt { feed: train.feed, stop: calls[call].stop };
        ends.entry(at(0)).or_default().beginning += 1;
        ends.entry(at(calls.len() - 1)).or_default().ending += 1;
    }
    ends.retain(|at, ends| {
        let stop = &world.feeds[at.feed as usize].stops[at.stop as usize];
        ends.ending > 0 && ends.beginning > 0 && names_a_border(&stop.name)
    });
    if !ends.is_empty() {
        for train in &world.trains {
            let calls = world.calls(train);
            for call in &calls[1..calls.len() - 1] {
                ends.remove(&StopAt { feed: train.feed, stop: call.stop });
            }
        }
    }
    ends
}

/// Whether a name is that of a border: `Border CA/US`, `Salzburg(Gr)`, `Fronteira`.
fn names_a_border(name: &str) -> bool {
    let is_country = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let pair =
        |word: &str| word.split_once(['/', '-']).is_some_and(|(one, other)| is_country(one) && is_country(other));
    let word = |word: &String| {
        BORDER.iter().any(|border| if *border == "gr" { word == border } else { word.starts_with(border) })
    };
    name.split_whitespace().any(pair) || words(name).iter().any(word)
}

#[cfg(test)]
mod tests {
    use super::names_a_border;

    #[test]
    fn borders_are_told_by_their_names() {
        for name in ["Border CA/US", "Zebrzydowice(Gr)", "Granica państwa", "Государственная граница", "Rzepin Grenze"]
        {
            assert!(names_a_border(name), "{name}");
        }
        for name in ["Niagara Falls", "Grenoble", "Graz Hbf", "Greenwich", "Rajasthan AB"] {
            assert_eq!(names_a_border(name), name.starts_with("Raja"), "{name}");
        }
    }
}
