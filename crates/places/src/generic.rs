//! Words that say what a place is, not which: typed beside a name, they need not stand in it.

use crate::entry::Kind;
use crate::reading::{Forms, Script};

/// What such a word asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sought {
    City,
    Station,
    Airport,
}

impl Sought {
    /// Is an entry of this kind what was asked for?
    pub(crate) fn is(self, kind: Kind) -> bool {
        match self {
            Self::City => matches!(kind, Kind::City | Kind::Town),
            Self::Station => matches!(kind, Kind::Station | Kind::Stop),
            Self::Airport => kind == Kind::Airport,
        }
    }
}

const WORDS: [(&str, Sought); 49] = [
    ("station", Sought::Station),
    ("stn", Sought::Station),
    ("railway", Sought::Station),
    ("train", Sought::Station),
    ("bahnhof", Sought::Station),
    ("bf", Sought::Station),
    ("hbf", Sought::Station),
    ("hauptbahnhof", Sought::Station),
    ("gare", Sought::Station),
    ("stazione", Sought::Station),
    ("estacion", Sought::Station),
    ("estación", Sought::Station),
    ("dworzec", Sought::Station),
    ("nádraží", Sought::Station),
    ("vokzal", Sought::Station),
    ("вокзал", Sought::Station),
    ("станция", Sought::Station),
    ("жд", Sought::Station),
    ("ст", Sought::Station),
    ("станц", Sought::Station),
    ("буудал", Sought::Station),
    ("역", Sought::Station),
    ("기차역", Sought::Station),
    ("站", Sought::Station),
    ("駅", Sought::Station),
    ("驛", Sought::Station),
    ("车站", Sought::Station),
    ("車站", Sought::Station),
    ("火车站", Sought::Station),
    ("火車站", Sought::Station),
    ("airport", Sought::Airport),
    ("flughafen", Sought::Airport),
    ("aéroport", Sought::Airport),
    ("aeroport", Sought::Airport),
    ("aeropuerto", Sought::Airport),
    ("aeroporto", Sought::Airport),
    ("lotnisko", Sought::Airport),
    ("аэропорт", Sought::Airport),
    ("공항", Sought::Airport),
    ("비행장", Sought::Airport),
    ("机场", Sought::Airport),
    ("機場", Sought::Airport),
    ("空港", Sought::Airport),
    ("city", Sought::City),
    ("stadt", Sought::City),
    ("город", Sought::City),
    ("г", Sought::City),
    ("시", Sought::City),
    ("市", Sought::City),
];

/// Words, as they are written without accents, that name the main station of a town, or one of several; people leave them out.
const QUIET: [&str; 34] = [
    "hbf",
    "hb",
    "hauptbahnhof",
    "bahnhof",
    "bf",
    "bhf",
    "c",
    "h",
    "s",
    "st",
    "station",
    "central",
    "centrale",
    "centraal",
    "centralna",
    "centrala",
    "centar",
    "gl",
    "glowny",
    "glowna",
    "glavny",
    "glavni",
    "главныи",
    "holovna",
    "головна",
    "головнии",
    "hl",
    "n",
    "passazhirsky",
    "passazhirskaya",
    "пассажирскии",
    "пассажирская",
    "пасажирськии",
    "amtrak",
];

/// May a word behind the first of a name be left out without a difference?
pub(crate) fn is_quiet(word: &Forms) -> bool {
    let letters = &word.plain[0].letters;
    let numbered = word.script == Script::Digits && letters.len() <= 2;
    numbered || QUIET.iter().any(|quiet| quiet.chars().eq(letters.iter().copied()))
}

/// The words without those that say what the place is, and what they say; `None` if there are none, or nothing else.
///
/// In Hangul and Hanzi such a word follows the name without a space.
pub(crate) fn without_generic(words: &[String]) -> Option<(Vec<String>, Sought)> {
    let mut sought = None;
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match WORDS.iter().find(|(generic, _)| generic == word) {
            Some((_, what)) => sought = Some(*what),
            None => kept.push(word.clone()),
        }
    }
    let longest = WORDS.iter().filter(|(generic, _)| !generic.is_ascii() && ends_with(&kept, generic));
    if let Some((generic, what)) = longest.max_by_key(|(generic, _)| generic.len()) {
        sought = Some(*what);
        cut(&mut kept, generic);
    }
    sought.filter(|_| !kept.is_empty()).map(|sought| (kept, sought))
}

/// Does the text, written without spaces, end with a generic word of its script, and have more than that?
fn ends_with(words: &[String], generic: &str) -> bool {
    let is_unspaced = generic.chars().all(|letter| letter as u32 >= 0x3000);
    is_unspaced && words.concat().strip_suffix(generic).is_some_and(|rest| !rest.is_empty())
}

fn cut(words: &mut Vec<String>, generic: &str) {
    let mut letters = generic.chars().count();
    while let (1.., Some(word)) = (letters, words.last_mut()) {
        let has = word.chars().count();
        if has <= letters {
            words.pop();
        } else {
            *word = word.chars().take(has - letters).collect();
        }
        letters -= has.min(letters);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::read;

    fn stripped(text: &str) -> Option<(String, Sought)> {
        without_generic(&read(text).words).map(|(words, sought)| (words.join(" "), sought))
    }

    #[test]
    fn the_kind_of_place_is_taken_off() {
        assert_eq!(stripped("вокзал Хасан"), Some(("хасан".into(), Sought::Station)));
        assert_eq!(stripped("Pyongyang Airport"), Some(("pyongyang".into(), Sought::Airport)));
        assert_eq!(stripped("평양역"), Some(("평양".into(), Sought::Station)));
        assert_eq!(stripped("平壤站"), Some(("平 壤".into(), Sought::Station)));
        assert_eq!(stripped("北京机场"), Some(("北 京".into(), Sought::Airport)));
        assert_eq!(stripped("Хасан"), None);
        assert_eq!(stripped("вокзал"), None);
        assert_eq!(stripped("역"), None);
    }
}
