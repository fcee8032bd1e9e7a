//! What people type on the way from Moscow to Pyongyang, and what they are shown.

use crate::world;
use tumen_places::{Answer, Entry, Found, Index, Member, Name, Position, Query};

fn shown(index: &Index, answer: &Answer) -> String {
    let id = |entry| index.entry(entry).id.as_str();
    let member = |member: &Member| format!(" {}{}", if member.fits { "+" } else { "-" }, id(member.entry));
    let line = |found: &Found| {
        let members: String = found.members.iter().map(member).collect();
        format!("{} ({}){members}", id(found.entry), found.name)
    };
    answer.found.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn first(index: &Index, text: &str, language: &str) -> String {
    shown(index, &index.search(&Query { text, language, limit: 1, ..Query::default() }))
}

#[test]
fn pyongyang_is_found_first_in_every_spelling() {
    let index = Index::build(world::corridor());
    let typed = [
        "Пхеньян",
        "평양",
        "平壤",
        "平壌",
        "Pyongyang",
        "Phyongyang",
        "P'yŏngyang",
        "P’yongyang",
        "Pjöngjang",
        "Pjoengjang",
        "Pyeongyang",
        "pyong yang",
        "пхенян",
        "пхеньянь",
        "ㅍㅇ",
        "펴",
        "평",
        "평ㅇ",
        "평야",
        "vuddid",
        "Phenjan",
        "평양시",
    ];
    for text in typed {
        assert!(first(&index, text, "ko").starts_with("PYONGYANG (평양) +KP_PYONGYANG "), "{text}");
    }
}

#[test]
fn khasan_is_found_first_in_every_spelling() {
    let index = Index::build(world::corridor());
    for text in [
        "Хасан",
        "Khasan",
        "Hasan",
        "Chasan",
        "Xasan",
        "хассан",
        "хсан",
        "하산",
        "핫",
        "[fcfy",
        "2034195",
        "987002",
        "станция Хасан",
    ] {
        assert_eq!(first(&index, text, "ru"), "RU_KHASAN (Хасан)", "{text}");
    }
}

#[test]
fn a_city_groups_its_stations_and_airports() {
    let index = Index::build(world::corridor());
    assert_eq!(
        first(&index, "москва", "en"),
        "MOSCOW (Moscow) +RU_MOW_YAR -AIR_SVO -AIR_DME -AIR_VKO",
        "airports that are found through the city only stand below it"
    );
    assert_eq!(first(&index, "шереметьево", "ru"), "AIR_SVO (Шереметьево)");
    assert_eq!(first(&index, "Хабаровск аэропорт", "en"), "AIR_KHV (Khabarovsk-Novy Airport)");
    assert_eq!(first(&index, "平壤站", "en"), "KP_PYONGYANG (Pyongyang)");
}

#[test]
fn of_two_names_that_sound_alike_the_one_that_was_spelt_comes_first() {
    let index = Index::build(world::corridor());
    assert_eq!(first(&index, "Tumen", "en"), "CN_TUMEN (Tumen)");
    assert_eq!(first(&index, "Tyumen", "en"), "RU_TYUMEN (Tyumen)");
    assert_eq!(first(&index, "图们", "zh"), "CN_TUMEN (图们)");
}

#[test]
fn of_places_that_fit_alike_the_near_one_comes_first() {
    let springfield = |id: &str, importance, latitude, longitude| Entry {
        id: id.to_owned(),
        names: vec![Name::new("en", "Springfield")],
        importance,
        position: Some(Position { latitude, longitude }),
        ..Entry::default()
    };
    let index =
        Index::build([springfield("Illinois", 90, 39.80, -89.65), springfield("Massachusetts", 80, 42.11, -72.59)]);
    let found = |near| shown(&index, &index.search(&Query { text: "springfeild", near, ..Query::default() }));
    assert_eq!(found(None), "Illinois (Springfield); Massachusetts (Springfield)");
    let boston = Position { latitude: 42.36, longitude: -71.06 };
    assert_eq!(found(Some(boston)), "Massachusetts (Springfield); Illinois (Springfield)");
}

#[test]
fn the_keyboard_need_not_have_been_set_to_the_right_script() {
    let index = Index::build(world::corridor());
    assert!(first(&index, "vjcrdf", "ru").starts_with("MOSCOW (Москва)"));
    assert!(first(&index, "[f,fhjdcr", "ru").starts_with("KHABAROVSK (Хабаровск)"));
    assert!(first(&index, "мдфвшмщыещл", "en").starts_with("VLADIVOSTOK (Vladivostok)"));
    assert!(first(&index, "vuddid", "ko").starts_with("PYONGYANG (평양)"));
}

#[test]
fn codes_are_found() {
    let index = Index::build(world::corridor());
    assert_eq!(first(&index, "SVO", "en"), "AIR_SVO (Sheremetyevo International Airport)");
    assert_eq!(first(&index, "svo", "en"), first(&index, "SVO", "en"));
    assert_eq!(first(&index, "3000250", "en"), "KP_PYONGYANG (Pyongyang)");
    assert_eq!(first(&index, "UHWW", "en"), "AIR_VVO (Vladivostok International Airport)");
}

#[test]
fn nothing_is_found_by_nothing() {
    let index = Index::build(world::corridor());
    for text in ["", " ", "…", "-", "'", "qqqqqqqq", "🚂"] {
        assert_eq!(index.search(&Query { text, ..Query::default() }).found, [], "{text}");
    }
}
