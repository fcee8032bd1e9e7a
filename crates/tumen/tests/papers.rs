//! Who may cross: journeys of several travellers, what is left out and why, countries avoided, and what is kept private.

mod common;

use common::{Compiled, command, tumen};
use insta::assert_snapshot;
use serde_json::Value;

/// The verdicts on the borders of the first journey, `RU>KP allowed BR5 BR6`, or why there is no journey.
fn answer(line: &str) -> String {
    let mut args: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    args.insert(0, "plan");
    args.push("--json");
    let json = tumen(&args).json();
    let texts = |values: &Value, key: &str| -> Vec<String> {
        let list = values.as_array().into_iter().flatten();
        list.map(|value| value[key].as_str().unwrap_or_default().to_owned()).collect()
    };
    let code = |country: &Value| country["codes"][0].as_str().unwrap_or_default().to_owned();
    let Some(first) = json["itineraries"].as_array().and_then(|all| all.first()) else {
        let mut reasons: Vec<String> = json["tumen"]["removed"]
            .as_array()
            .into_iter()
            .flatten()
            .flat_map(|removed| texts(&removed["reasons"], "id"))
            .collect();
        reasons.sort();
        reasons.dedup();
        return format!("left out: {}", reasons.join(" "));
    };
    let borders = first["legs"].as_array().into_iter().flatten().flat_map(|leg| {
        leg["tumen"]["borders"].as_array().into_iter().flatten().map(|border| {
            let verdict = &border["mayCross"];
            let mut words = vec![
                format!("{}>{}", code(&border["fromCountry"]), code(&border["toCountry"])),
                verdict["verdict"].as_str().unwrap_or("not asked").to_owned(),
            ];
            words.extend(texts(&verdict["rules"], "id"));
            words.join(" ")
        })
    });
    borders.collect::<Vec<_>>().join(", ")
}

/// Each answer follows from a row of border_rules.csv, or from there being none; half of them are unknown.
#[test]
fn every_verdict_follows_from_a_cited_rule_or_is_unknown() {
    const RAIL_2025: &str = "Moscow Pyongyang --modes rail --depart 2025-07-11";
    const AIR_2025: &str = "Vladivostok Pyongyang --modes air --depart 2025-07-01";
    for (question, expected) in [
        // BR5 and BR6: in groups, and with a visa.
        (format!("{RAIL_2025} --passport RU --purpose tourism"), "left out: BR5 BR6"),
        (format!("{RAIL_2025} --passport RU --purpose tourism --visa KP"), "left out: BR5"),
        (format!("{RAIL_2025} --passport RU --purpose tourism --visa KP --holds tour:KP"), "RU>KP allowed BR4 BR5 BR6"),
        (format!("{RAIL_2025} --passport RU --purpose business"), "left out: BR6"),
        (format!("{RAIL_2025} --passport RU --purpose business --visa KP"), "RU>KP allowed BR4 BR6"),
        // BR5: only Russian tourists. Of other purposes nobody says anything.
        (format!("{RAIL_2025} --passport FR --purpose tourism"), "left out: BR5"),
        (format!("{RAIL_2025} --passport FR --purpose business"), "RU>KP unknown"),
        (format!("{RAIL_2025} --passport FR --purpose transit"), "RU>KP unknown"),
        (format!("{RAIL_2025} --passport CN"), "RU>KP unknown"),
        // BR4 names Russians and DPRK citizens, on the train alone.
        (format!("{RAIL_2025} --passport KP"), "RU>KP allowed BR4"),
        (format!("{AIR_2025} --passport KP"), "RU>KP unknown"),
        // BR11: a person decides, whoever asks.
        (format!("{RAIL_2025} --passport RU --purpose work --visa KP"), "RU>KP unknown BR11 BR4 BR6"),
        (format!("{RAIL_2025} --passport FR --purpose work"), "RU>KP unknown BR11"),
        // The way back: BR4, and nothing on flights.
        ("Pyongyang Moscow --modes rail --depart 2025-07-01 --passport RU".to_owned(), "KP>RU allowed BR4"),
        ("Pyongyang Moscow --modes rail --depart 2025-07-01 --passport FR".to_owned(), "KP>RU unknown"),
        ("Pyongyang Vladivostok --modes air --depart 2025-07-01 --passport RU".to_owned(), "KP>RU unknown"),
        // BR9: Beijing tickets limited to holders of business visas, no foreign tourists in general.
        ("Beijing Pyongyang --depart 2026-12-01 --passport CN --purpose tourism".to_owned(), "left out: BR9"),
        ("Beijing Pyongyang --depart 2026-12-01 --passport CN --purpose business".to_owned(), "left out: BR9"),
        (
            "Beijing Pyongyang --depart 2026-12-01 --passport CN --purpose business --visa KP:business".to_owned(),
            "CN>KP allowed BR9",
        ),
        ("Beijing Pyongyang --depart 2026-12-01 --passport CN --purpose residence".to_owned(), "CN>KP unknown BR9"),
        // BR10: visa-free at these posts from the 15th or 25th of September 2025, on trial to September 2026.
        ("Irkutsk Manzhouli --depart 2026-04-01 --passport RU --purpose tourism".to_owned(), "RU>CN allowed BR10"),
        ("Irkutsk Manzhouli --depart 2026-09-10 --passport RU --purpose tourism".to_owned(), "RU>CN unknown BR10"),
        ("Irkutsk Manzhouli --depart 2026-11-20 --passport RU --purpose tourism".to_owned(), "RU>CN unknown"),
        ("Irkutsk Manzhouli --depart 2026-04-01 --passport RU --purpose residence".to_owned(), "RU>CN unknown"),
        // No rule is known of Mongolia, nor of 2019.
        ("Moscow Beijing --depart 2019-06-03 --passport RU".to_owned(), "RU>MN unknown, MN>CN unknown"),
        ("Moscow Beijing --depart 2019-06-03 --passport CN --avoid-country MN".to_owned(), "RU>CN unknown"),
    ] {
        assert_eq!(answer(&question), expected, "{question}");
    }
}

#[test]
fn a_traveller_reads_what_is_needed_and_who_says_so() {
    let plan = ["plan", "Moscow", "Pyongyang", "--depart", "2026-12-10", "--modes", "rail", "--passport", "RU"];
    assert_snapshot!(tumen(&[&plan[..], &["--purpose", "tourism", "--visa", "KP"]].concat()).all());
    let tour = ["--purpose", "tourism", "--visa", "KP", "--holds", "tour:KP"];
    assert_snapshot!(tumen(&[&plan[..], &tour].concat()).all());
}

#[test]
fn what_is_not_known_stands_apart() {
    let next = ["next", "Moscow", "Pyongyang", "--count", "2", "--passport", "FR", "--purpose", "business"];
    assert_snapshot!(tumen(&next).all());
}

#[test]
fn work_answers_with_the_note_and_a_person_decides() {
    let plan = ["plan", "Pyongyang", "Moscow", "--depart", "2026-12-01", "--modes", "rail", "--brief"];
    assert_snapshot!(tumen(&[&plan[..], &["--passport", "KP", "--purpose", "work"]].concat()).all());
}

/// K4 of 4 June 2019 leads through Mongolia, train 20 of 8 June does not.
#[test]
fn moscow_to_beijing_with_and_without_mongolia() {
    let plan = ["plan", "Moscow", "Beijing", "--depart", "2019-06-03", "--window", "6d", "--brief"];
    assert_snapshot!(tumen(&plan).all());
    assert_snapshot!(tumen(&[&plan[..], &["--avoid-country", "mn"]].concat()).all());
}

#[test]
fn an_avoided_country_is_not_even_passed_through() {
    let compiled = Compiled::of_text(
        r#"feed zone Europe/Minsk days 2026-12-01..2026-12-31
           stop MOSCOW "Moscow" 55.776,37.655
           stop MINSK "Minsk" 53.890,27.551
           stop BREST "Brest" 52.100,23.680
           stop WARSAW "Warsaw" 52.228,21.003
           stop RIGA "Riga" 56.947,24.120
           trip direct: MOSCOW 08:00 | MINSK 16:00-16:10 | BREST 20:00 | WARSAW 24:00
           trip around: MOSCOW 08:00 | RIGA 24:00 | WARSAW 36:00"#,
    );
    let plan = |to: &str, more: &[&str]| {
        let path = compiled.path.display().to_string();
        let args = ["plan", "Moscow", to, "--depart", "2026-12-02", "--brief", "--timetable", &path];
        tumen(&[&args[..], more].concat()).all()
    };
    assert_snapshot!(plan("Warsaw", &["--avoid-country", "BY"]));
    assert_snapshot!(plan("Minsk", &["--avoid-country", "BY,LV"]));
    assert!(plan("Warsaw", &["--avoid-country", "Belarus"]).contains("two-letter code"));
}

#[test]
fn a_table_of_the_user_answers_where_no_dated_rule_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("table.csv");
    std::fs::write(&path, "Passport,KP,RU,MN,CN\nFR,visa required,e-visa,30,no admission\n").expect("written");
    let table = path.display().to_string();
    let with = |question: &str| answer(&format!("{question} --passport FR --passport-table {table}"));
    assert_eq!(with("Pyongyang Moscow --modes rail --depart 2025-07-01"), "left out: RU");
    assert_eq!(with("Pyongyang Moscow --modes rail --depart 2025-07-01 --visa RU"), "KP>RU allowed");
    assert_eq!(with("Moscow Pyongyang --modes rail --depart 2025-07-01 --purpose tourism"), "left out: BR5");
    assert_eq!(with("Moscow Beijing --depart 2019-06-03"), "left out: CN");
    std::fs::write(&path, "Passport,KP\nFR,sometimes\n").expect("written");
    let said = tumen(&["plan", "Moscow", "Pyongyang", "--passport", "FR", "--passport-table", &table]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("table.csv:2: column 2: `sometimes` is no requirement"), "{}", said.err);
}

/// Every text of an answer.
fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.push(key);
            texts(value, found);
        }),
        _ => {}
    }
}

#[test]
fn passports_papers_and_purpose_are_in_no_output_that_may_be_kept() {
    let who = ["--passport", "ZW", "--visa", "GA:zzsecret", "--holds", "permit:zzlist", "--purpose", "residence"];
    for question in [&["plan", "Moscow", "Pyongyang", "--window", "40d"][..], &["next", "Moscow", "Pyongyang"]] {
        let json = tumen(&[question, &who[..], &["--json"]].concat()).json();
        let mut all = Vec::new();
        texts(&json, &mut all);
        let words = all.iter().flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric()));
        let told: Vec<&str> =
            words.filter(|word| ["ZW", "GA", "zzsecret", "zzlist", "residence"].contains(word)).collect();
        assert!(told.is_empty(), "{told:?}");
    }
    for wrong in [
        ["--passport", "zzsecret"],
        ["--visa", "zzsecret"],
        ["--holds", "zzsecret"],
        ["--purpose", "zzsecret"],
        ["--avoid-country", "zzsecret"],
    ] {
        for json in [&["--json"][..], &[]] {
            let passport: &[&str] = if wrong[0] == "--passport" { &[] } else { &["--passport", "ZW"] };
            let args = [&["plan", "Moscow", "Pyongyang"][..], &wrong, passport, json].concat();
            let said = tumen(&args);
            assert_eq!(said.code, 2);
            assert!(!said.all().contains("zzsecret") && !said.all().contains("ZW"), "{}", said.all());
        }
    }
    let said = tumen(&["plan", "Moscow", "Pyongyang", "--visa", "zzsecret"]);
    assert!(said.code == 2 && !said.all().contains("zzsecret"), "a visa without a passport: {}", said.all());
}

#[test]
fn nothing_is_written_but_the_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    let args = ["plan", "Moscow", "Pyongyang", "--passport", "RU", "--visa", "KP", "--purpose", "tourism"];
    let output = command(&args).current_dir(folder.path()).env("HOME", folder.path()).output().expect("it runs");
    assert!(!output.stdout.is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0);
}

#[test]
fn every_source_that_is_named_resolves() {
    for who in [["RU", "tourism"], ["RU", "work"], ["CN", "tourism"], ["KP", "residence"]] {
        for ends in [["Moscow", "Pyongyang"], ["Beijing", "Pyongyang"], ["Pyongyang", "Moscow"]] {
            let args =
                ["plan", ends[0], ends[1], "--window", "40d", "--passport", who[0], "--purpose", who[1], "--json"];
            let json = tumen(&args).json();
            let mut named = Vec::new();
            sources(&json, &mut named);
            assert!(!named.is_empty());
            for id in named {
                let title = json["tumen"]["sources"][id].as_str().unwrap_or_default();
                assert!(title.starts_with(&format!("{id}: ")), "{id}: `{title}`");
            }
        }
    }
}

/// The ids in every list called `sources`.
fn sources<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| sources(value, found)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| match value {
            Value::Array(ids) if key == "sources" => found.extend(ids.iter().filter_map(Value::as_str)),
            value => sources(value, found),
        }),
        _ => {}
    }
}
