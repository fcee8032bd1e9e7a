//! Every row of the table, one by one: what it does to goods that it names, and to goods that it does not.

use super::world::{end, goods, rules, screened};
use tumen_freight::{Action, Direction, Rule, Says, Screened, Verdict, Way};

/// Row, goods that it names, and what becomes of them on the way that it is about; `-`: the row is a note.
const ROWS: [(&str, &str, Expected); 49] = [
    ("SN01", "8710", Refused),
    ("SN02", "2844", ByLists),
    ("SN03", "4202", ByLists),
    ("SN04", "9306", Refused),
    ("SN05", "9301", Refused),
    ("SN06", "9302", Refused),
    ("SN07", "7103", Refused),
    ("SN08", "", Note),
    ("SN09", "1001", Review),
    ("SN10", "9303", Refused),
    ("SN11", "1001", Review),
    ("SN12", "1001", Note),
    ("SN13", "2701", Refused),
    ("SN14", "7108", Refused),
    ("SN15", "2710", Refused),
    ("SN16", "8703.10", Refused),
    ("SN17", "5703", Refused),
    ("SN18", "", Note),
    ("SN19", "1001", Note),
    ("SN20", "7207", Refused),
    ("SN21", "7403", Refused),
    ("SN22", "9703", Refused),
    ("SN23", "8802", Refused),
    ("SN24", "2601", Refused),
    ("SN25", "0303", Refused),
    ("SN26", "7801", Refused),
    ("SN27", "2711", Refused),
    ("SN28", "2712", Refused),
    ("SN29", "2709", Refused),
    ("SN30", "6203", Refused),
    ("SN31", "", Note),
    ("SN32", "2709", Refused),
    ("SN33", "2713", Refused),
    ("SN34", "0802", Refused),
    ("SN35", "8429", Refused),
    ("SN36", "8541", Refused),
    ("SN37", "2519", Refused),
    ("SN38", "4407", Refused),
    ("SN39", "8901", Refused),
    ("SN40", "8535", Refused),
    ("SN41", "8606", Refused),
    ("SN42", "7302", Refused),
    ("SN43", "", Note),
    ("SN44", "8904", Refused),
    ("SN45", "2701", Exempt),
    ("SN46", "1001", Review),
    ("SN47", "", Note),
    ("SN48", "", Note),
    ("SN49", "1006", Cleared),
];

use Expected::{ByLists, Cleared, Exempt, Note, Refused, Review};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// The row refuses the goods.
    Refused,
    /// Only somebody who has the lists can tell.
    ByLists,
    /// The row asks a person to look at goods that another one clears.
    Review,
    /// The row clears the goods, for a person to decide.
    Cleared,
    /// The same, through Rajin.
    Exempt,
    /// The row is something to know.
    Note,
}

/// Goods on the way that a rule is about.
fn on_its_way(rule: &Rule, hs: &str) -> Screened {
    let (origin, from, to) = match rule.direction {
        Direction::One(Way::OutOf) => ("KP", end("KP_CHONGJIN", "KP"), end("CN_HUNCHUN", "CN")),
        _ if rule.action == Action::ExemptRajin => ("RU", end("RU_KHASAN", "RU"), end("KP_RAJIN", "KP")),
        _ => ("RU", end("RU_KHASAN", "RU"), end("KP_CHONGJIN", "KP")),
    };
    screened(goods(if hs.is_empty() { "1001" } else { hs }, origin, from, to))
}

fn says(rule: &Rule, screened: &Screened) -> Option<Says> {
    screened.decision().findings.iter().find(|finding| finding.rule.id == rule.id).map(|finding| finding.says)
}

#[test]
fn every_row_does_what_the_resolution_says() {
    let rules = rules();
    let ids: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ROWS.map(|(id, ..)| id), "all rows, in their order");
    for (rule, (id, hs, expected)) in rules.iter().zip(ROWS) {
        let found = on_its_way(rule, hs);
        let said = says(rule, &found);
        match expected {
            Refused => {
                assert_eq!(found.decision().verdict, Verdict::Refused, "{id}");
                let quota = if rule.action == Action::Cap { Says::QuotaUnknown } else { Says::Refuses };
                assert_eq!(said, Some(quota), "{id}");
            }
            ByLists => {
                let food = on_its_way(rule, "1001");
                assert_eq!((food.decision().verdict, says(rule, &food)), (Verdict::Review, Some(Says::Lists)), "{id}");
                assert_eq!(found.decision().verdict, Verdict::Refused, "{id}: and nothing clears {hs}");
            }
            Review => {
                assert_eq!(found.decision().verdict, Verdict::Review, "{id}");
                let lifted = (id == "SN11").then_some(Says::Lifted);
                let own = if rule.action == Action::Committee { Says::Committee } else { Says::Review };
                assert_eq!(said, lifted.or(Some(own)), "{id}");
            }
            Cleared | Exempt => {
                assert_eq!((found.decision().verdict, said), (Verdict::Review, Some(Says::Clears)), "{id}");
            }
            Note => {
                let is_refused = found.decision().verdict == Verdict::Refused;
                assert!(is_refused || said == Some(Says::Note), "{id}: {said:?}");
            }
        }
    }
}

/// A refusal is about its chapters and its way, and about nothing else: the next heading and the other way are not refused by it.
#[test]
fn rows_say_nothing_of_other_goods_and_other_ways() {
    for rule in rules().iter().filter(|rule| matches!(rule.action, Action::Refuse | Action::Cap)) {
        let food = on_its_way(rule, "1103");
        assert!(!matches!(says(rule, &food), Some(Says::Refuses | Says::QuotaUnknown)), "{}", rule.id);
        let Direction::One(way) = rule.direction else { continue };
        let (_, hs, _) = ROWS.iter().find(|(id, ..)| *id == rule.id).expect("a row");
        let (origin, from, to) = match way {
            Way::Into => ("KP", end("KP_CHONGJIN", "KP"), end("CN_HUNCHUN", "CN")),
            Way::OutOf => ("RU", end("RU_KHASAN", "RU"), end("KP_CHONGJIN", "KP")),
        };
        assert_eq!(says(rule, &screened(goods(hs, origin, from, to))), None, "{} the other way", rule.id);
    }
}

#[test]
fn paragraphs_that_nobody_verified_are_called_so() {
    let unverified: Vec<(String, String)> =
        rules().iter().filter(|rule| !rule.verified).map(|rule| (rule.id.clone(), rule.title())).collect();
    let expected = [
        ("SN18", "UN Security Council resolution 2321 (2016), paragraph 13 (number not verified)"),
        ("SN19", "UN Security Council resolution 2321 (2016), paragraph 20-21 (number not verified)"),
        ("SN45", "UN Security Council resolution 2397 (2017), paragraph not verified"),
    ];
    assert_eq!(unverified, expected.map(|(id, title)| (id.to_owned(), title.to_owned())));
}
