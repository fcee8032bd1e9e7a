//! What rules say to travellers, in their sentences.

use crate::world::{World, with_file};
use tumen_base::Date;
use tumen_border::{
    Country, Crossed, Judge, Listener, PassportTable, Rules, Stated, Traveller, TravellerError, Verdict,
};
use tumen_timetable::Rows;

const STOPS: &str = r#"
    feed zone Asia/Vladivostok days 2026-01-01..2026-01-31
    stop KHASAN "Khasan" 42.428,130.645
    stop TUMANGANG "Tumangang" 42.4137,130.602
    trip t: KHASAN 08:00 | TUMANGANG 09:00
"#;
const POSTS: &str = "border_post_id,name,from_stop_id,to_stop_id,mode,from_country,to_country\n\
    B1,Khasan–Tumangang,KHASAN,TUMANGANG,rail,RU,KP\n";

/// Rules as rows `id|post|direction|passport|purpose|allowed|requires|waives|from|to`.
pub struct Law {
    world: World,
    rules: Rules,
    table: Option<PassportTable>,
}

impl Law {
    fn new(rows: &[&str]) -> Self {
        let mut text = "border_rule_id,border_post_id,direction,passport,purpose,allowed,requires,waives,\
            valid_from_text,valid_to_text\n"
            .to_owned();
        for row in rows {
            text.push_str(&row.replace('|', ","));
            text.push('\n');
        }
        let world = World::new(STOPS, |feed| {
            with_file(feed, "border_posts.txt", POSTS);
            with_file(feed, "border_rules.txt", &text);
        });
        let rows = Rows::read(&world.timetable.columns(), "border_rules.txt").expect("rows");
        let rules = Rules::read(&rows, &world.borders);
        Self { world, rules, table: None }
    }

    fn verdict(&self, traveller: &str, border: &str, days: [&str; 2]) -> Verdict {
        let traveller = traveller_of(traveller);
        let (direction, post) = border.split_once(" at ").unwrap_or((border, ""));
        let (from, to) = direction.split_once('>').expect("a direction");
        let posts = self.world.borders.posts();
        let post = posts.into_iter().find(|(_, known)| known.id == post).map(|(post, _)| post);
        let [first, last] = days.map(|day| Date::parse_typed(day).expect("a date"));
        let (from, to) = (Country::parse(from), Country::parse(to));
        let judge = Judge { rules: &self.rules, table: self.table.as_ref(), traveller: &traveller };
        judge.verdict(&Crossed { post, from: &from, to: &to, days: first..=last }).expect("a verdict")
    }

    /// The sentence on a border on a day, with the ids of the rules that decided.
    fn says(&self, traveller: &str, border: &str, day: &str) -> String {
        let verdict = self.verdict(traveller, border, [day, day]);
        let named = traveller_of(traveller);
        let sentence = verdict.sentence(&self.rules, Listener::Traveller(&named), "en");
        let grounds: Vec<&str> = verdict.grounds.iter().map(|ground| self.rules.get(ground.rule).id.as_str()).collect();
        if grounds.is_empty() { sentence } else { format!("{sentence} [{}]", grounds.join(" ")) }
    }
}

/// `RU visa:KP tour:KP for tourism`.
fn traveller_of(text: &str) -> Traveller {
    let (held, purpose) = text.split_once(" for ").map_or((text, None), |(held, purpose)| (held, Some(purpose)));
    let words: Vec<String> = held.split(' ').map(str::to_owned).collect();
    let of = |keep: &dyn Fn(&&String) -> bool| words.iter().filter(keep).cloned().collect::<Vec<String>>();
    let passports = of(&|word| word.len() == 2);
    let visas: Vec<String> = of(&|word| word.starts_with("visa:")).iter().map(|word| word[5..].to_owned()).collect();
    let papers = of(&|word| word.len() > 2 && !word.starts_with("visa:"));
    let stated = Stated { passports: &passports, visas: &visas, papers: &papers, purpose };
    Traveller::read(stated).expect("a traveller").expect("a passport")
}

#[test]
fn where_no_rule_speaks_it_is_unknown() {
    let law = Law::new(&["1||*>KP|RU|business|yes|||2026-01-01|"]);
    assert_eq!(
        law.says("RU for tourism", "RU>KP at B1", "2026-12-20"),
        "unknown: no rule found for passport RU entering KP for tourism on 2026-12-20"
    );
    assert_eq!(
        law.says("FR", "RU>KP", "2026-12-20"),
        "unknown: no rule found for passport FR entering KP for any purpose on 2026-12-20"
    );
    assert_eq!(law.says("RU for business", "CN>KP", "2026-12-20"), "allowed [1]");
}

#[test]
fn a_narrower_rule_overrules_a_wider_one() {
    let law = Law::new(&[
        "all||*>KP|||no||||",
        "russians||*>KP|RU||yes||||",
        "tourists||*>KP|RU|tourism|no||||",
        "post|B1|both|RU|tourism|yes||||",
    ]);
    assert_eq!(law.says("FR", "CN>KP", "2026-01-01"), "forbidden [all]");
    assert_eq!(law.says("RU", "CN>KP", "2026-01-01"), "allowed [russians]");
    assert_eq!(law.says("RU for tourism", "CN>KP", "2026-01-01"), "forbidden [tourists]");
    assert_eq!(law.says("RU for tourism", "RU>KP at B1", "2026-01-01"), "allowed [post]");
}

#[test]
fn of_rules_none_of_which_is_narrower_no_comes_before_unknown_before_yes() {
    let law = Law::new(&["closed|B1|both|||no|||2020-02|2024-06-05", "open||*>KP|RU||yes||||"]);
    assert_eq!(law.says("RU", "RU>KP at B1", "2024-06-05"), "forbidden [closed]");
    assert_eq!(law.says("RU", "RU>KP at B1", "2024-06-06"), "allowed [open]");
    let law = Law::new(&["doubt|B1|both|||unknown||||", "open||*>KP|RU||yes||||"]);
    assert_eq!(
        law.says("RU", "RU>KP at B1", "2024-06-06"),
        "unknown: what is reported does not say who else may cross on 2024-06-06 [doubt]"
    );
    let law = Law::new(&["yes||*>KP|||yes||||", "no||*>KP|||no||||"]);
    assert_eq!(law.says("RU", "RU>KP", "2026-01-01"), "forbidden [no]");
}

#[test]
fn what_any_rule_asks_for_has_to_be_held() {
    let law = Law::new(&["visa||*>KP|RU||yes|visa:KP|||", "tour||*>KP|RU|tourism|yes|tour:KP|||"]);
    assert_eq!(law.says("RU", "RU>KP", "2026-01-01"), "needed and not stated: a visa for North Korea [visa]");
    assert_eq!(law.says("RU visa:KP", "RU>KP", "2026-01-01"), "allowed with a visa for North Korea [visa]");
    assert_eq!(
        law.says("RU visa:KP for tourism", "RU>KP", "2026-01-01"),
        "needed and not stated: a place in an organised tour of North Korea [tour]"
    );
    assert_eq!(
        law.says("RU visa:KP tour:KP for tourism", "RU>KP", "2026-01-01"),
        "allowed with a visa for North Korea and a place in an organised tour of North Korea [tour]"
    );
    let law = Law::new(&["1||*>KP|||yes|visa:KP:business|||"]);
    assert_eq!(
        law.says("RU visa:KP", "RU>KP", "2026-01-01"),
        "needed and not stated: a business visa for North Korea [1]"
    );
    assert_eq!(
        law.says("RU visa:KP:business", "RU>KP", "2026-01-01"),
        "allowed with a business visa for North Korea [1]"
    );
}

#[test]
fn a_waiver_helps_those_who_hold_what_it_asks_for_and_asks_nothing_of_others() {
    let law = Law::new(&["visa||*>KP|RU||yes|visa:KP|||", "list|B1|RU>KP||tourism||permit:list|visa:KP||"]);
    assert_eq!(law.says("RU permit:list for tourism", "RU>KP at B1", "2026-01-01"), "allowed [visa]");
    assert_eq!(
        law.says("RU for tourism", "RU>KP at B1", "2026-01-01"),
        "needed and not stated: a visa for North Korea [visa]"
    );
    assert_eq!(
        law.says("RU visa:KP for tourism", "RU>KP at B1", "2026-01-01"),
        "allowed with a visa for North Korea [visa]"
    );
}

#[test]
fn a_month_closes_from_its_first_day_and_opens_from_its_last() {
    let law = Law::new(&["closed||*>KP|||no|||2020-02|2020-05"]);
    assert!(law.says("RU", "RU>KP", "2020-01-31").starts_with("unknown: no rule found"));
    assert_eq!(
        law.says("RU", "RU>KP", "2020-02-01"),
        "forbidden; on 1 February 2020 the exact day is not known and the rule is taken to hold [closed]"
    );
    assert_eq!(law.says("RU", "RU>KP", "2020-02-29"), "forbidden [closed]");
    assert_eq!(law.says("RU", "RU>KP", "2020-05-01"), "forbidden [closed]");
    assert!(law.says("RU", "RU>KP", "2020-05-31").ends_with("taken to hold [closed]"));
    assert!(law.says("RU", "RU>KP", "2020-06-01").starts_with("unknown: no rule found"));
    let law = Law::new(&["open||*>KP|||yes|||2020-02|2020-05"]);
    let perhaps = "unknown: the days of the rule are not known exactly, ";
    assert_eq!(law.says("RU", "RU>KP", "2020-02-01"), format!("{perhaps}2020-02-01 may be one of them [open]"));
    assert_eq!(law.says("RU", "RU>KP", "2020-02-29"), "allowed [open]");
    assert_eq!(law.says("RU", "RU>KP", "2020-05-01"), "allowed [open]");
    assert!(law.says("RU", "RU>KP", "2020-05-02").starts_with(perhaps));
    assert!(law.says("RU", "RU>KP", "2020-06-01").starts_with("unknown: no rule found"));
}

#[test]
fn a_crossing_around_midnight_has_to_be_allowed_on_both_days() {
    let law = Law::new(&["closed|B1|both|||no||||2024-12-15", "open|B1|both|RU||yes|||2024-12-16|"]);
    let grade = |days| format!("{:?}", law.verdict("RU", "RU>KP at B1", days).grade);
    assert_eq!(grade(["2024-12-15", "2024-12-15"]), "Forbidden");
    assert_eq!(grade(["2024-12-15", "2024-12-16"]), "Forbidden");
    assert_eq!(grade(["2024-12-16", "2024-12-16"]), "Allowed");
}

#[test]
fn of_several_passports_the_best_counts_and_of_disputed_countries_the_worst() {
    let law = Law::new(&["1||*>KP|RU||no||||", "2||*>KP|CN||yes||||", "3||*>UA|||no||||"]);
    assert_eq!(law.says("RU CN", "RU>KP", "2026-01-01"), "allowed [2]");
    assert!(law.says("RU FR", "RU>KP", "2026-01-01").starts_with("unknown: no rule found for passport FR"));
    assert_eq!(law.says("RU", "KP>RU;UA", "2026-01-01"), "forbidden [3]");
}

#[test]
fn whether_somebody_may_be_paid_abroad_is_for_people_to_decide() {
    let law = Law::new(&["note||*>KP||work|unknown||||", "open||*>KP|||yes|visa:KP|||", "back||KP>*|||yes||||"]);
    let person = "unknown: a person decides, not a timetable";
    assert_eq!(law.says("KP visa:KP for work", "RU>KP", "2026-01-01"), format!("{person} [note]"));
    assert_eq!(law.says("FR visa:KP for work", "RU>KP", "2026-01-01"), format!("{person} [note]"), "whoever asks");
    assert_eq!(law.says("KP for work", "KP>RU", "2026-01-01"), format!("{person} [note]"), "either way");
    assert_eq!(law.says("FR for work", "KP>RU", "2026-01-01"), format!("{person} [note]"));
    assert_eq!(law.says("FR for business", "KP>RU", "2026-01-01"), "allowed [back]");
}

#[test]
fn goods_are_no_travellers() {
    let law = Law::new(&["1|B1|both||freight|yes||||"]);
    assert!(law.says("RU", "RU>KP at B1", "2026-01-01").starts_with("unknown: no rule found"));
}

#[test]
fn a_row_that_cannot_be_read_permits_nothing() {
    let law = Law::new(&["1||*>KP|Russians||yes||||", "2||KP>*|RU||yes|||in spring|"]);
    let unsure = "unknown: what is reported does not say who else may cross on 2026-01-01 [1]";
    assert_eq!(law.says("RU", "RU>KP", "2026-01-01"), unsure);
    assert_eq!(law.says("RU", "KP>RU", "2026-01-01"), "allowed [2]", "words that are no date are shown only");
    let law = Law::new(&["1|B7|both|||yes||||", "2||both|||yes||||", "3||somewhere|||yes||||"]);
    assert!(law.rules.is_empty(), "rows without a place hold nowhere");
}

#[test]
fn a_table_answers_where_no_rule_does() {
    let mut law = Law::new(&["1|B1|RU>KP|RU||yes|documents|||", "2||*>CN|RU||no|||2026-01-01|2026-01-31"]);
    let table = "Passport,Destination,Requirement\nRU,KP,visa required\nRU,CN,30\nRU,MN,no admission\nFR,RU,-1\n";
    law.table = Some(PassportTable::read("t.csv", table.as_bytes()).expect("a table"));
    assert_eq!(
        law.says("RU", "RU>KP at B1", "2026-01-01"),
        "needed and not stated: a visa for North Korea [1]",
        "it says which documents"
    );
    assert_eq!(law.says("RU", "CN>KP", "2026-01-01"), "needed and not stated: a visa for North Korea");
    assert_eq!(law.says("RU", "RU>CN", "2026-01-31"), "forbidden [2]", "a dated rule comes before it");
    assert_eq!(law.says("RU", "RU>CN", "2026-02-01"), "allowed (the passport table: no visa needed for 30 days)");
    assert_eq!(law.says("RU", "RU>MN", "2026-02-01"), "forbidden: the passport table says no admission");
    assert_eq!(
        law.says("FR", "CN>RU", "2026-02-01"),
        "allowed (the passport table: the passport is the country's own)"
    );
}

#[test]
fn what_is_kept_names_neither_passport_nor_purpose() {
    let law = Law::new(&[]);
    let verdict = law.verdict("FR for residence", "RU>KP", ["2026-12-20", "2026-12-20"]);
    let kept = verdict.sentence(&law.rules, Listener::Anyone, "en");
    assert_eq!(kept, "unknown: no rule found for this traveller entering KP on 2026-12-20");
    assert_eq!(format!("{:?}", traveller_of("FR visa:KP for residence")), "Traveller(not shown)");
}

#[test]
fn errors_repeat_nothing_of_what_was_stated() {
    let list = |text: &str| vec![text.to_owned()];
    let (ru, secret) = (list("RU"), list("secret"));
    for (stated, error) in [
        (Stated { passports: &secret, ..Stated::default() }, TravellerError::Passport),
        (Stated { passports: &ru, visas: &secret, ..Stated::default() }, TravellerError::Visa),
        (Stated { passports: &ru, papers: &list("tour:secret"), ..Stated::default() }, TravellerError::Paper),
        (Stated { passports: &ru, papers: &list("secret"), ..Stated::default() }, TravellerError::Paper),
        (Stated { passports: &ru, purpose: Some("secret"), ..Stated::default() }, TravellerError::Purpose),
        (Stated { passports: &ru, purpose: Some("freight"), ..Stated::default() }, TravellerError::Purpose),
    ] {
        assert_eq!(Traveller::read(stated), Err(error));
        assert!(!error.to_string().contains("secret"));
    }
}
