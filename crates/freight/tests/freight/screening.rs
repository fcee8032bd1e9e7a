//! What is refused, what a person decides, what is clear.

use super::world::{country, end, goods, nobody, rules, screened};
use tumen_freight::{Cleared, Consignment, Ground, Says, Screened, Verdict, Way, screen};

fn verdict(consignment: Consignment) -> Verdict {
    screened(consignment).decision().verdict
}

fn cleared(consignment: Consignment) -> Box<Cleared> {
    match screened(consignment) {
        Screened::Cleared(cleared) => cleared,
        Screened::Refused(refused) => panic!("refused: {:?}", refused.decision),
    }
}

/// N20: coal of Russian origin through Rajin is for a person to decide, under the exemption and its conditions.
#[test]
fn russian_coal_through_rajin_is_reviewed_under_the_exemption() {
    let coal = goods("2701", "RU", end("RU_KHASAN", "RU"), end("KP_RAJIN", "KP"));
    let cleared = cleared(coal.clone());
    let decision = cleared.decision();
    assert_eq!(decision.verdict, Verdict::Review);
    let says = |id: &str| decision.findings.iter().find(|finding| finding.rule.id == id).map(|finding| finding.says);
    assert_eq!(says("SN45"), Some(Says::Clears));
    for banned in ["SN13", "SN20", "SN24"] {
        assert_eq!(says(banned), Some(Says::Lifted), "{banned} would refuse coal that leaves the DPRK");
    }
    let exemption = decision.findings.iter().find(|finding| finding.rule.id == "SN45").expect("the exemption");
    assert_eq!(exemption.rule.title(), "UN Security Council resolution 2397 (2017), paragraph not verified");
    assert_eq!(
        decision.conditions,
        [
            "the Committee (1718) is notified in advance",
            "the origin of the goods is shown: they are not of DPRK origin",
            "they pass through the DPRK only to be exported from Rajin",
            "where they go on to from there is shown (not stated here)",
            "no revenue to prohibited programmes",
            "somebody compares the goods with the lists that no HS code tells",
            "the cargo is inspected",
        ]
    );
    let onward = Consignment { onward: Some(country("KR")), ..coal };
    assert_eq!(cleared_conditions(onward), 6, "with the next country stated, one condition less");
}

fn cleared_conditions(consignment: Consignment) -> usize {
    cleared(consignment).decision().conditions.len()
}

/// N20: the same coal of DPRK origin is refused, and so is what only looks like the exemption.
#[test]
fn the_exemption_holds_for_nothing_else() {
    let through = |hs, origin| goods(hs, origin, end("RU_KHASAN", "RU"), end("KP_RAJIN", "KP"));
    for (case, consignment) in [
        ("coal of DPRK origin", through("2701", "KP")),
        ("coal of another origin", through("2701", "CN")),
        ("a chapter that holds more than coal", through("27", "RU")),
        ("iron ore", through("2601", "RU")),
        ("lignite, which no rule names", through("2702", "RU")),
        ("coal to another place", goods("2701", "RU", end("RU_KHASAN", "RU"), end("KP_PYONGYANG", "KP"))),
        ("coal from another place", goods("2701", "RU", end("KP_CHONGJIN", "KP"), end("CN_HUNCHUN", "CN"))),
        ("coal that stays", Consignment { onward: Some(country("KP")), ..through("2701", "RU") }),
        ("coal within the country", goods("2701", "RU", end("KP_RAJIN", "KP"), end("KP_RAJIN", "KP"))),
    ] {
        let decision = screened(consignment).decision().clone();
        assert_eq!(decision.verdict, Verdict::Refused, "{case}");
        assert!(decision.conditions.is_empty(), "{case}: no hint of a way");
        let refuse = |says| matches!(says, Says::Refuses | Says::QuotaUnknown);
        assert!(decision.findings.iter().all(|finding| refuse(finding.says)), "{case}: {:?}", decision.findings);
    }
}

/// Between other countries the way through Rajin is open to Russian coal only, and leaves the DPRK only there.
#[test]
fn a_way_through_the_dprk_is_screened_as_both_ways() {
    let transit = |hs, origin| goods(hs, origin, end("RU_KHASAN", "RU"), end("KR_BUSAN", "KR"));
    let coal = cleared(transit("2701", "RU"));
    assert_eq!(coal.decision().verdict, Verdict::Clear, "on a way that avoids the DPRK");
    assert_eq!(coal.through().map(|decision| decision.verdict), Some(Verdict::Review));
    for (hs, origin) in [("2701", "CN"), ("6203", "RU"), ("1001", "RU"), ("4403", "RU")] {
        assert!(cleared(transit(hs, origin)).through().is_none(), "{hs} of {origin}");
    }
    assert_eq!(verdict(transit("2701", "KP")), Verdict::Refused, "goods of its origin, wherever they are");
}

#[test]
fn what_no_rule_clears_is_refused() {
    for hs in ["4403", "9401", "2202", "9999"].iter().filter(|hs| tumen_freight::HsCode::parse(hs).is_ok()) {
        let decision = screened(goods(hs, "RU", end("RU_KHASAN", "RU"), end("KP_PYONGYANG", "KP"))).decision().clone();
        assert_eq!(decision.grounds, [Ground::NothingClears(Way::Into)], "{hs}");
    }
    let out = screened(goods("2202", "KP", end("KP_PYONGYANG", "KP"), end("CN_DANDONG", "CN"))).decision().clone();
    assert_eq!(out.grounds, [Ground::NothingClears(Way::OutOf)]);
    let unknown = goods("4403", "RU", end("RU_KHASAN", "RU"), end("SOMEWHERE", ""));
    assert_eq!(screened(unknown).decision().grounds, [Ground::NoCountry("SOMEWHERE".to_owned())]);
    let disputed = goods("4403", "RU", end("RU_KHASAN", "RU"), end("SOMEWHERE", "CN;KP"));
    assert_eq!(verdict(disputed), Verdict::Refused, "where it may be the DPRK it counts as the DPRK");
    let round_about = goods("4403", "RU", end("RU_KHASAN", "RU"), end("CN_DANDONG", "CN"));
    let round_about = Consignment { onward: Some(country("KP")), ..round_about };
    assert_eq!(verdict(round_about), Verdict::Refused, "where it goes on to counts");
}

#[test]
fn food_and_medicine_go_in_for_a_person_to_decide() {
    for hs in ["1001", "3004.90", "07", "1512"] {
        let food = cleared(goods(hs, "RU", end("RU_KHASAN", "RU"), end("KP_PYONGYANG", "KP")));
        let decision = food.decision();
        assert_eq!(decision.verdict, Verdict::Review, "{hs}");
        let lifted = decision.findings.iter().find(|finding| finding.says == Says::Lifted).expect("the catch-all");
        assert_eq!(lifted.rule.id, "SN11", "food and medicine are outside of it");
    }
    assert_eq!(
        verdict(goods("15", "RU", end("RU_KHASAN", "RU"), end("KP_PYONGYANG", "KP"))),
        Verdict::Refused,
        "15 holds 1520"
    );
}

#[test]
fn arms_are_refused_wherever_they_go() {
    let between = |hs| goods(hs, "XA", end("A", "XA"), end("B", "XB"));
    for hs in ["93", "9306.30", "8710", "87"] {
        assert_eq!(screened(between(hs)).decision().grounds, [Ground::Arms], "{hs}");
    }
    let listed = Consignment { listed: true, ..between("8471") };
    assert_eq!(screened(listed).decision().grounds, [Ground::Listed]);
    assert_eq!(verdict(between("8471")), Verdict::Clear);
}

#[test]
fn a_possible_match_is_for_a_person_to_decide() {
    let clear = goods("4403", "XA", end("A", "XA"), end("B", "XB"));
    let mut parties = nobody();
    parties.hits = vec![tumen_freight::Hit {
        role: tumen_freight::Role::Sender,
        name: "Somebody".to_owned(),
        entity: "e1".to_owned(),
        schema: "Company".to_owned(),
        list: "list.json".to_owned(),
        line: 1,
        score: 0.9,
    }];
    assert_eq!(screen(&rules(), clear, &parties).decision().verdict, Verdict::Review);
    let refused = goods("4403", "RU", end("RU_KHASAN", "RU"), end("KP_PYONGYANG", "KP"));
    assert_eq!(
        screen(&rules(), refused, &parties).decision().verdict,
        Verdict::Refused,
        "and never makes anything better"
    );
}
