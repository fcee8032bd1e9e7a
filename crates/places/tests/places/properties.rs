//! What holds for all names and all queries.

use proptest::collection::vec;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use tumen_places::{Entry, Index, Kind, LETTERS_MAX, Name, Query};

/// Names of one to three words in one of several scripts.
fn name() -> impl Strategy<Value = String> {
    let latin = vec("[a-zäöüčšž]{1,9}", 1..4).prop_map(|words| words.join(" "));
    let cyrillic = vec("[а-яё]{1,9}", 1..4).prop_map(|words| words.join("-"));
    // Syllables of which each letter is one key, so that a typo is one typo.
    let hangul = "[가강고곡구김나남노누다단도동두라랑로류리마만머모목무바반보북부비사산서성소수시아안양역영오용우인자장전정조주진차천청초평포하한함해호홍]{1,6}";
    let hanzi = "[一-龥]{1,6}";
    let numbered = ("[a-z]{2,8}", 1_u32..30).prop_map(|(word, number)| format!("{word} {number}"));
    prop_oneof![latin, cyrillic, hangul, hanzi, numbered]
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let kind =
        prop_oneof![Just(Kind::City), Just(Kind::Station), Just(Kind::Airport), Just(Kind::Stop), Just(Kind::Town)];
    let entry = (vec(name(), 1..3), kind, 0_u32..10_000).prop_map(|(names, kind, importance)| Entry {
        kind,
        names: names.iter().map(|name| Name::new("", name)).collect(),
        importance,
        ..Entry::default()
    });
    vec(entry, 1..40).prop_map(|mut entries| {
        let ids: Vec<String> = (0..entries.len()).map(|number| format!("№ entry {number} of many")).collect();
        for (number, entry) in entries.iter_mut().enumerate() {
            entry.id.clone_from(&ids[number]);
            if entry.kind == Kind::City {
                entry.members = ids.iter().skip(number + 1).take(3).cloned().collect();
            }
        }
        entries
    })
}

fn search_all<'a>(index: &'a Index, text: &str) -> Vec<(&'a Entry, u8)> {
    let answer = index.search(&Query { text, limit: usize::MAX, ..Query::default() });
    let members = |found: &tumen_places::Found| -> Vec<(tumen_places::EntryId, u8)> {
        let fitting = found.members.iter().filter(|member| member.fits);
        std::iter::once((found.entry, found.score.exact)).chain(fitting.map(|member| (member.entry, 0))).collect()
    };
    answer.found.iter().flat_map(members).map(|(entry, exact)| (index.entry(entry), exact)).collect()
}

fn is_found(index: &Index, text: &str, id: &str) -> bool {
    search_all(index, text).iter().any(|(entry, _)| entry.id == id)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_query_panics_and_limits_hold(entries in entries(), text in any::<String>(), limit in 0_usize..5) {
        let index = Index::build(entries);
        let answer = index.search(&Query { text: &text, limit, ..Query::default() });
        prop_assert!(answer.found.len() <= limit);
        let mut listed: Vec<_> = answer.found.iter().map(|found| found.entry).collect();
        listed.extend(answer.found.iter().flat_map(|found| found.members.iter().map(|member| member.entry)));
        let all = listed.len();
        listed.sort();
        listed.dedup();
        prop_assert_eq!(listed.len(), all, "no entry is listed twice");
    }

    #[test]
    fn no_name_or_code_panics(name in any::<String>(), code in any::<String>(), text in any::<String>()) {
        let entry = Entry { id: code.clone(), names: vec![Name::new("", &name)], codes: vec![code.clone()], ..Entry::default() };
        let index = Index::build([entry]);
        for text in [&text, &name, &code] {
            index.search(&Query { text, ..Query::default() });
        }
    }

    #[test]
    fn an_exact_name_is_found_first(entries in entries(), pick in any::<prop::sample::Index>()) {
        let index = Index::build(entries);
        for wanted in &pick.get(index.entries()).names {
            let found = search_all(&index, &wanted.text);
            prop_assert_eq!(found[0].1, 2, "{}", wanted.text);
        }
    }

    #[test]
    fn the_only_entry_of_a_name_is_found_first_by_it(entries in entries(), name in "[a-z]{5,12}") {
        let mut entries = entries;
        let of_name = |entry: &Entry| entry.names.iter().any(|other| other.text.replace(' ', "") == name);
        prop_assume!(!entries.iter().any(of_name));
        entries.push(Entry { id: "the one".to_owned(), names: vec![Name::new("", &name)], ..Entry::default() });
        let index = Index::build(entries);
        prop_assert_eq!(&search_all(&index, &name)[0].0.id, "the one");
    }

    #[test]
    fn every_beginning_of_a_name_finds_it(entries in entries(), pick in any::<prop::sample::Index>()) {
        let index = Index::build(entries);
        let entry = pick.get(index.entries());
        for name in &entry.names {
            for (end, letter) in name.text.char_indices() {
                let beginning = &name.text[..end + letter.len_utf8()];
                prop_assert!(is_found(&index, beginning, &entry.id), "{beginning} of {}", name.text);
            }
        }
    }

    #[test]
    fn one_typo_in_five_letters_is_forgiven(
        entries in entries(),
        pick in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        typo in 0_u8..4,
        letter in "[a-zа-я]",
    ) {
        let index = Index::build(entries);
        let entry = pick.get(index.entries());
        for name in &entry.names {
            // A letter of Hangul is a key, not a syllable.
            let mut letters: Vec<char> = name.text.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
            if letters.iter().filter(|letter| letter.is_alphanumeric()).count() < 5 {
                continue;
            }
            let at = at.index(letters.len() - 1);
            match typo {
                0 => drop(letters.remove(at)),
                1 => letters.insert(at, letter.chars().next().unwrap()),
                2 => letters[at] = letter.chars().next().unwrap(),
                _ => letters.swap(at, at + 1),
            }
            let typed: String = letters.iter().collect();
            prop_assert!(is_found(&index, &typed, &entry.id), "{typed} for {}", name.text);
        }
    }

    #[test]
    fn the_same_entries_make_the_same_answers(entries in entries(), text in name()) {
        let (one, other) = (Index::build(entries.clone()), Index::build(entries));
        let query = Query { text: &text, ..Query::default() };
        prop_assert_eq!(one.summary(), other.summary());
        prop_assert_eq!(one.search(&query), other.search(&query));
    }
}

#[test]
fn long_queries_are_cut_and_say_so() {
    let entry = Entry { id: "x".to_owned(), names: vec![Name::new("", "Hamburg")], ..Entry::default() };
    let index = Index::build([entry]);
    for text in ["a".repeat(LETTERS_MAX + 1), "한".repeat(100_000), "\u{fdfa}".repeat(50_000), "á ".repeat(1_000_000)]
    {
        assert!(index.search(&Query { text: &text, ..Query::default() }).truncated);
    }
    assert!(!index.search(&Query { text: "Hamburg", ..Query::default() }).truncated);
}

/// Texts that broke searches elsewhere: joiners, marks without a letter, right-to-left, unpaired jamo, lone controls.
#[test]
fn odd_texts_are_only_texts() {
    let names = ["Pyongyang", "평양", "平壤", "Пхеньян", "إسطنبول", "กรุงเทพฯ", "Zürich", "東京", "ㅎㅏㄴ", "İzmir"];
    let entries =
        names.iter().map(|name| Entry { id: (*name).to_owned(), names: vec![Name::new("", name)], ..Entry::default() });
    let index = Index::build(entries);
    let odd = [
        "\u{0}",
        "\u{200d}\u{200d}",
        "\u{301}\u{301}a",
        "\u{202e}gnaygnoyp",
        "\u{1161}\u{11a8}",
        "ᄀ",
        "ㄳ",
        "ㅘ",
        "\u{fffd}",
        "\u{10ffff}",
        "﷽",
        "ﬃ",
        "①②③",
        "½",
        "Ⅷ",
        "İ",
        "ß",
        "ŉ",
        "𝔓𝔶𝔬𝔫𝔤",
        "👨‍👩‍👧‍👦",
        "\u{feff}평",
        "a\u{300}\u{301}\u{302}",
        "٣٤",
        "한\u{11a8}",
        "\\x00'; --",
        "%00",
        "<b>",
        "*",
        "^$",
        "\r\n\t",
        "々々",
        "〇",
        "ー",
        "ﾋﾟｮﾝﾔﾝ",
        "ꥠ",
        "힣힣힣힣",
    ];
    for text in odd {
        for text in [text.to_owned(), text.repeat(500), format!("Pyong{text}yang"), format!("{text}평양")] {
            index.search(&Query { text: &text, ..Query::default() });
        }
    }
    for name in names {
        assert_eq!(index.entry(index.search(&Query { text: name, ..Query::default() }).found[0].entry).id, name);
    }
}

#[test]
fn real_names_are_found_first_by_themselves() {
    let mut entries = crate::world::corridor();
    entries.extend(crate::world::shared().unwrap_or_default());
    let index = Index::build(entries);
    for entry in index.entries().iter().step_by(97) {
        for name in &entry.names {
            let found = index.search(&Query { text: &name.text, ..Query::default() }).found;
            assert_eq!(found.first().map(|found| found.score.exact), Some(2), "{}", name.text);
        }
    }
}
