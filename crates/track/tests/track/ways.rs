//! Names become ways over sections.

use crate::world::{BORDER_LINE, LINES, Railway, SECTIONS};

const WHOLE: &str = "ALPHA S1 BETA S2 GAMMA -S3 DELTA S4 EPSILON";

#[test]
fn a_line_is_its_main_sections_turned_so_that_they_meet() {
    let railway = Railway::border();
    let asked = railway.ask("main").expect("ids are read in any case");
    assert_eq!(railway.words(&asked), WHOLE);
}

#[test]
fn a_through_carriage_follows_its_calls() {
    let railway = Railway::border();
    for name in ["car", "CAR", "alpha-epsilon coach"] {
        let asked = railway.ask(name).expect("the coach");
        assert_eq!((asked.id.as_str(), railway.words(&asked)), ("car", WHOLE.to_owned()), "{name}");
    }
}

#[test]
fn two_places_are_joined_by_the_shortest_way_and_never_by_a_check_sum() {
    let railway = Railway::border();
    let way = |name: &str| railway.words(&railway.ask(name).expect("a way"));
    assert_eq!(way("gamma-epsilon"), "GAMMA -S3 DELTA S4 EPSILON", "150 km of the check sum are no track");
    assert_eq!(way("Epsilon–Side"), "EPSILON -S4 DELTA S3 GAMMA -S2 BETA S5 SIDE");
    assert_eq!(way("Alpha → Beta"), "ALPHA S1 BETA", "the alternative is shorter and no main section");
}

#[test]
fn an_alternative_is_taken_where_main_sections_do_not_lead() {
    let sections = SECTIONS.replace("S1,ALPHA,BETA,60,", "S1,ALPHA,NOWHERE,60,");
    let railway = Railway::of(BORDER_LINE, &[("sections.txt", &sections), ("lines.txt", LINES)]);
    assert_eq!(railway.words(&railway.ask("alpha-beta").expect("a way")), "ALPHA S1B BETA");
    assert_eq!(railway.words(&railway.ask("car").expect("a way")), WHOLE.replace("S1 ", "S1B "));
}

/// HALT lies within S1, and a branch begins there: the coach calls there all the same.
#[test]
fn a_junction_within_a_section_is_passed() {
    let sections = format!("{SECTIONS}S6,HALT,SIDE,120,1520,none,1,XA,South,BOOK\n");
    let railway = Railway::of(BORDER_LINE, &[("sections.txt", &sections), ("lines.txt", LINES)]);
    assert_eq!(railway.words(&railway.ask("car").expect("a way")), WHOLE);
}

#[test]
fn a_gap_is_told_not_bridged() {
    let sections: String = SECTIONS.split_inclusive('\n').filter(|line| !line.starts_with("S3,")).collect();
    let railway = Railway::of(BORDER_LINE, &[("sections.txt", &sections), ("lines.txt", LINES)]);
    assert_eq!(railway.words(&railway.ask("car").expect("a way")), "ALPHA S1 BETA S2 GAMMA ? EPSILON");
    assert_eq!(railway.ask("gamma-epsilon").expect_err("no way").code, "no_way");
}

#[test]
fn names_that_fit_nothing_or_several_are_answered_with_candidates() {
    let railway = Railway::border();
    let unknown = railway.ask("omega").expect_err("nothing of the kind");
    assert_eq!(unknown.code, "unknown_line");
    assert!(unknown.message.contains("MAIN  Alpha–Epsilon") && unknown.message.contains("car  "), "{unknown}");
    let ambiguous = railway.ask("alpha").expect_err("the line and the coach");
    assert_eq!(ambiguous.code, "ambiguous_line");
    let hostile = ["", "-", "–", "\u{0}", "alpha-", "→→→", "9,9-9,9"];
    assert!(hostile.iter().all(|name| railway.ask(name).is_err()));
}
