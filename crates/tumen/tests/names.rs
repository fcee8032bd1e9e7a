//! What people type, and what it stands for.

mod common;

use common::{Compiled, tumen};

/// The stop ids that a journey from a name may begin at, by asking for its board.
fn place(name: &str) -> String {
    let said = tumen(&["board", name, "--json", "--count", "1", "--at", "2025-07-01"]);
    said.json()["place"]["name"].as_str().unwrap_or_else(|| panic!("{name}: {}", said.all())).to_owned()
}

#[test]
fn one_city_in_four_languages_and_several_spellings() {
    for name in ["Pyongyang", "Пхеньян", "평양", "平壤", "P’yŏngyang", "pjongjang", "PYONG", "Pjöngjang"]
    {
        assert_eq!(place(name), "Pyongyang", "{name}");
    }
    for name in ["Moscow", "москва", "Moskva", "모스크바", "莫斯科"] {
        assert_eq!(place(name), "Moscow", "{name}");
    }
}

#[test]
fn stations_by_beginnings_parts_and_ids() {
    assert_eq!(place("Yaroslavl"), "Yaroslavl-Glavny");
    assert_eq!(place("Пермь"), "Perm 2");
    assert_eq!(place("иркутск"), "Irkutsk-Passazhirsky");
    assert_eq!(place("KP_TUMANGANG"), "Tumangang");
}

#[test]
fn kazan_is_never_khasan() {
    for name in ["Kazan", "Казань", "Kazan "] {
        let said = tumen(&["plan", name, "Pyongyang"]);
        assert_eq!(said.code, 2, "{name}");
        assert!(said.err.contains("no place or stop is called"), "{}", said.err);
    }
}

#[test]
fn an_ambiguous_name_lists_its_candidates() {
    let said = tumen(&["board", "passazhirsk"]);
    assert_eq!(said.code, 2, "{}", said.out);
    let json = tumen(&["board", "passazhirsk", "--json"]).json();
    assert_eq!(json["error"]["code"], "ambiguous_name");
    assert!(json["error"]["candidates"].as_array().is_some_and(|list| list.len() > 1), "{json}");
}

#[test]
fn coordinates_are_walked_from() {
    let said = tumen(&["plan", "55.777,37.655", "Yaroslavl", "--depart", "2026-12-12", "--json"]);
    let answer = said.json();
    let legs = answer["itineraries"][0]["legs"].as_array().expect("legs");
    assert_eq!((&legs[0]["mode"], &legs[1]["mode"]), (&"WALK".into(), &"LONG_DISTANCE".into()));
    assert_eq!(legs[0]["from"]["vertexType"], "NORMAL");
    let far = tumen(&["plan", "0,0", "Yaroslavl"]);
    assert_eq!(far.code, 2);
    assert!(far.err.contains("the nearest is"), "{}", far.err);
}

/// Two national feeds name one station; the traveller need not know.
#[test]
fn equal_names_of_two_feeds_are_one_place_when_near() {
    let both = Compiled::of_text(
        r#"
        feed west zone Europe/Berlin days 2026-11-20..2026-12-20
        stop F "Frankfurt (Oder)" 52.337,14.546
        stop B "Berlin" 52.525,13.369
        trip w: B 08:00 | F 09:00
        feed east zone Europe/Warsaw days 2026-11-20..2026-12-20
        stop F "Frankfurt (Oder)" 52.336,14.545
        stop P "Poznan" 52.402,16.912
        stop F2 "Frankfurt" 50.107,8.663
        trip e: F 10:00 | P 12:00
        "#,
    );
    let onward = both.ask(&["plan", "Frankfurt (Oder)", "Poznań", "--json"]).json();
    assert_eq!(onward["itineraries"][0]["legs"][0]["from"]["stopId"], "east:F");
    let back = both.ask(&["plan", "Berlin", "frankfurt oder", "--json"]).json();
    assert_eq!(back["itineraries"][0]["legs"][0]["to"]["stopId"], "west:F");
    assert_eq!(both.ask(&["board", "west:B"]).code, 0);
    let shared = both.ask(&["board", "F"]);
    assert_eq!(shared.code, 2);
    assert!(shared.err.contains("west:F") && shared.err.contains("east:F"), "{}", shared.err);
}

#[test]
fn names_are_shown_in_the_language_asked_for() {
    let said = tumen(&["plan", "Moscow", "Yaroslavl", "--depart", "2026-12-12", "--language", "ru"]);
    assert!(said.out.contains("Ярославль-Главный"), "{}", said.out);
}
