//! Lists of parties as users supply them.

use super::world::{country, end, goods, rules};
use tumen_freight::log::{Case, LogKey, entry};
use tumen_freight::{Consignment, Parties, Role, USUAL_THRESHOLD, screen};

const LIST: &str = r#"{"id":"e1","schema":"Company","properties":{"name":["Tumangang Trading Co., Ltd."],"alias":["두만강무역회사","Компания «Туманган Трейдинг»"]}}

{"id":"e2","schema":"Person","properties":{"name":["KIM Chol Ho"],"weakAlias":["김철호"],"country":["kp"]}}
{"id":"e3","schema":"Vessel","properties":{}}
"#;

fn compared(sender: &str, receiver: &str) -> Parties {
    let mut parties = Parties::new(sender, receiver, USUAL_THRESHOLD);
    parties.compare("list.json", LIST.as_bytes()).expect("a list");
    parties
}

#[test]
fn names_are_found_in_latin_cyrillic_and_hangul() {
    for (name, entity, line) in [
        ("Tumangang Trading", "e1", 1),
        ("TUMANGAN TRADING COMPANY LIMITED", "e1", 1),
        ("ООО «Туманган Трейдинг»", "e1", 1),
        ("두만강무역회사", "e1", 1),
        ("Kim Chol-ho", "e2", 3),
        ("김철호", "e2", 3),
        ("Ким Чхоль Хо", "e2", 3),
    ] {
        let parties = compared(name, "Nobody Whatsoever");
        let [hit] = &parties.hits[..] else { panic!("{name}: {:?}", parties.hits) };
        assert_eq!((hit.role, hit.entity.as_str(), hit.line), (Role::Sender, entity, line), "{name}");
        assert!((USUAL_THRESHOLD..=1.0).contains(&hit.score), "{name}: {}", hit.score);
    }
    assert_eq!(compared("Northern Timber", "Southern Grain").found, 0);
    let list = &compared("", "").lists[0];
    assert_eq!((list.entities, list.digest.len()), (3, 64));
}

#[test]
fn a_list_that_cannot_be_read_is_named_by_line() {
    for (list, expected) in [
        ("{\"id\":\"a\",\"schema\":\"Thing\",\"properties\":{}}\nKim Chol Ho\n", "list.json:2: not JSON"),
        ("[]\n", "list.json:1: no `id`"),
        ("\n\n{\"id\":\"a\",\"properties\":{}}", "list.json:3: no `schema`"),
        ("{\"id\":\"a\",\"schema\":\"Thing\",\"properties\":{\"name\":7}}", "list.json:1: `name` is no list of texts"),
        (
            "{\"id\":\"a\",\"schema\":\"Thing\",\"properties\":{\"name\":[7]}}",
            "list.json:1: `name` holds what is no text",
        ),
        ("{\"id\":\"a\",\"schema\":\"Thing\",\"proper", "list.json:1: not JSON"),
    ] {
        let error = Parties::new("A", "B", USUAL_THRESHOLD).compare("list.json", list.as_bytes()).expect_err(list);
        assert!(error.to_string().starts_with(expected), "{error}");
        assert!(error.to_string().contains("FollowTheMoney"), "{error}");
    }
    let binary = b"\xff\xfe\x00".as_slice();
    assert!(Parties::new("A", "B", USUAL_THRESHOLD).compare("list.json", binary).is_err());
    let deep = format!("{{\"id\":\"a\",\"schema\":\"Thing\",\"properties\":{}", "[".repeat(100_000));
    assert!(Parties::new("A", "B", USUAL_THRESHOLD).compare("list.json", deep.as_bytes()).is_err());
}

/// An entry tells what was decided by which rules and lists; it tells no name, and its digest depends on the key and on all that was
/// declared.
#[test]
fn the_log_holds_no_names() {
    let asked = Consignment {
        sender: "Kim Chol Ho".to_owned(),
        receiver: "Tumangang Trading".to_owned(),
        ..goods("4403", "XA", end("A", "XA"), end("B", "XB"))
    };
    let parties = compared(&asked.sender, &asked.receiver);
    let screened = screen(&rules(), asked.clone(), &parties);
    let of = |asked: &Consignment, key: &str| {
        let case = Case { consignment: asked, parties: &parties, rules: &rules(), screened: &screened };
        entry(
            &case,
            &LogKey::from_hex(&key.repeat(16)).expect("a key"),
            "2026-11-22T07:00:00Z".parse().expect("a moment"),
        )
    };
    let one = of(&asked, "0a");
    for name in ["Kim", "Chol", "Tumangang", "e1", "e2"] {
        assert!(
            !one.to_string().contains(&format!("{name} ")) && !one.to_string().contains(&format!("\"{name}\"")),
            "{one:#}"
        );
    }
    assert_eq!((one["decision"].as_str(), one["score"].as_f64()), (Some("review"), Some(1.0)));
    assert_eq!(one["rulesVersion"].as_str().map(str::len), Some(64));
    assert_eq!(one, of(&asked, "0a"), "the same twice");
    assert_ne!(one["consignment"], of(&asked, "0b")["consignment"], "another key");
    let other = Consignment { onward: Some(country("XC")), ..asked };
    assert_ne!(one["consignment"], of(&other, "0a")["consignment"], "another declaration");
}
