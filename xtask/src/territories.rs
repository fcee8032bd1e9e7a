//! The names of countries, from the Unicode CLDR as its JSON package `cldr-localenames-full` has them.

use anyhow::{Context, bail, ensure};
use serde_json::Value;
use std::path::Path;

/// Columns of the table, one a language.
const LANGUAGES: [&str; 4] = ["en", "ru", "ko", "zh"];

/// Two letters that name no country of ISO 3166-1: groups, tests, and codes that are reserved for parts of countries.
const NO_COUNTRIES: [&str; 14] = ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"];

/// Runs the chore: reads the unpacked package, writes `crates/border/data/territories.txt`.
pub fn run(arguments: &[String]) -> anyhow::Result<()> {
    let [package] = arguments else { bail!("expected the folder of the unpacked package `cldr-localenames-full`") };
    let tables: Vec<Value> =
        LANGUAGES.iter().map(|language| names(Path::new(package), language)).collect::<Result<_, _>>()?;
    let english = tables[0].as_object().context("territories of `en` are no object")?;
    let is_country = |code: &str| {
        code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) && !NO_COUNTRIES.contains(&code)
    };
    let mut codes: Vec<&String> = english.keys().filter(|code| is_country(code)).collect();
    codes.sort();
    ensure!(codes.len() >= 249, "{} countries, and ISO 3166-1 has 249", codes.len());
    let path = crate::root().join("crates/border/data/territories.txt");
    let mut table = csv::WriterBuilder::new().delimiter(b'|').from_path(path)?;
    table.write_record(["code"].iter().chain(&LANGUAGES))?;
    for code in &codes {
        let name = |names: &Value| names[code.as_str()].as_str().map(str::to_owned);
        let names: Option<Vec<String>> = tables.iter().map(name).collect();
        let names = names.with_context(|| format!("{code} has no name in one of {LANGUAGES:?}"))?;
        table.write_record(std::iter::once(code.as_str()).chain(names.iter().map(String::as_str)))?;
    }
    table.flush()?;
    println!("wrote {} countries to crates/border/data/territories.txt", codes.len());
    Ok(())
}

fn names(package: &Path, language: &str) -> anyhow::Result<Value> {
    let path = package.join("main").join(language).join("territories.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut value: Value = serde_json::from_str(&text).with_context(|| format!("{}", path.display()))?;
    Ok(value["main"][language]["localeDisplayNames"]["territories"].take())
}
