//! Tables of passports in the forms in which people have them.

use tumen_border::{CountryCode, Entry, PassportTable};

fn read(text: &str) -> Result<PassportTable, String> {
    PassportTable::read("table.csv", text.as_bytes()).map_err(|error| error.to_string())
}

fn entry(table: &PassportTable, passport: &str, destination: &str) -> Option<Entry> {
    let code = |text| CountryCode::parse(text).expect("a code");
    table.entry(code(passport), code(destination))
}

#[test]
fn a_matrix_and_the_tidy_form_say_the_same_by_codes_and_by_names() {
    for text in [
        "Passport,RU,CI,KP\nRU,-1,90,visa required\nTR,60,e-visa,eta\n",
        "Passport,RUS,CIV,PRK\nRUS,-1,90,visa required\nTUR,60,e-visa,eta\n",
        "Passport,Russia,Ivory Coast,North Korea\nRussia,-1,90,visa required\nTurkey,60,e-visa,eta\n",
        "Passport,Destination,Requirement\nRU,RU,-1\nRU,CI,90\nRU,KP,visa required\nTR,RU,60\nTR,CI,e-visa\nTR,KP,eta\n",
        "Passport,Destination,Requirement\nRussia,Russia,-1\nRussia,Côte d'Ivoire,90\nRussia,North Korea,visa required\n\
            Turkey,Russia,60\nTurkey,Ivory Coast,e-visa\nTürkiye,North Korea,eta\n",
    ] {
        let table = read(text).expect("a table");
        let found = ["RU", "CI", "KP"].map(|to| ["RU", "TR"].map(|from| entry(&table, from, to)));
        let free = |days| Some(Entry::Free { days: Some(days) });
        assert_eq!(
            found,
            [
                [Some(Entry::Own), free(60)],
                [free(90), Some(Entry::EVisa)],
                [Some(Entry::Required), Some(Entry::Authorisation)]
            ]
        );
        assert_eq!(entry(&table, "FR", "KP"), None);
    }
}

#[test]
fn every_requirement_of_the_data_set_is_read() {
    let words = ["visa free", "visa on arrival", "no admission", "covid ban", "E-Visa", " 14 "].map(Entry::parse);
    assert_eq!(
        words,
        [
            Some(Entry::Free { days: None }),
            Some(Entry::OnArrival),
            Some(Entry::NoAdmission),
            Some(Entry::NoAdmission),
            Some(Entry::EVisa),
            Some(Entry::Free { days: Some(14) }),
        ]
    );
    for text in ["", "perhaps", "-2", "1e3", "99999"] {
        assert_eq!(Entry::parse(text), None, "{text}");
    }
}

#[test]
fn names_that_the_data_set_spells_its_own_way_are_known() {
    let names = "Antigua and Barbuda,Bosnia and Herzegovina,Bahamas,Congo,DR Congo,Czech Republic,Swaziland,Hong Kong,Macao,\
        Myanmar,Palestine,Saint Kitts and Nevis,Saint Lucia,Saint Vincent and the Grenadines,Sao Tome and Principe,Timor-Leste,\
        Trinidad and Tobago,Vatican,United States,Kosovo";
    let values = "visa free,".repeat(names.split(',').count() - 1) + "visa free";
    let table = read(&format!("Passport,{names}\nRussia,{values}\n")).expect("a table");
    for code in "AG BA BS CG CD CZ SZ HK MO MM PS KN LC VC ST TL TT VA US XK".split(' ') {
        assert_eq!(entry(&table, "RU", code), Some(Entry::Free { days: None }), "{code}");
    }
}

#[test]
fn errors_name_file_line_and_column() {
    for (text, expected) in [
        ("Passport,RU,Atlantis\nRU,-1,7\n", "table.csv:1: column 3: there is no country `Atlantis`"),
        ("Passport,RU\nYY,-1\n", "table.csv:2: column 1: there is no country `YY`"),
        ("Passport,RU,KP\nRU,-1,7\nKP,soon,-1\n", "table.csv:3: column 2: `soon` is no requirement"),
        ("Passport,Destination,Requirement\nRU,KP,soon\n", "table.csv:2: column 3: `soon` is no requirement"),
        ("Passport,RU,KP\nRU,-1\n", "table.csv:2: column 1: "),
        ("Passport,RU\n", "table.csv:1: column 1: the table is empty"),
        ("", "table.csv:1: column 1: the table is empty"),
    ] {
        let error = read(text).expect_err("no table");
        assert!(error.starts_with(expected), "{error}");
    }
}
