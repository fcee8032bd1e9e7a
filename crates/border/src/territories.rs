//! Names of countries in four languages, from the Unicode CLDR (`cargo xtask territories` writes the table).

/// Code and names in `en`, `ru`, `ko` and `zh`, separated by `|`; by code.
const TERRITORIES: &str = include_str!("../data/territories.txt");

/// The name of a country by its ISO 3166-1 code, in the first of `en`, `ru`, `ko`, `zh` that the language tag begins with,
/// else in English; `None` for letters that are no code.
pub(crate) fn name(code: &str, language: &str) -> Option<&'static str> {
    let row = TERRITORIES.lines().skip(1).find(|row| row.get(..2) == Some(code) && row.as_bytes()[2] == b'|')?;
    let column = match language.split(['-', '_']).next().unwrap_or_default() {
        "ru" => 1,
        "ko" => 2,
        "zh" => 3,
        _ => 0,
    };
    row[3..].split('|').nth(column)
}

/// Every code with its English name.
pub(crate) fn codes_and_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    TERRITORIES
        .lines()
        .skip(1)
        .filter_map(|row| row.split_once('|'))
        .filter_map(|(code, names)| Some((code, names.split('|').next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_a_code_and_four_names() {
        let rows: Vec<&str> = TERRITORIES.lines().skip(1).collect();
        // ISO 3166-1 has 249 codes; XK is in use for Kosovo.
        assert_eq!(rows.len(), 250);
        for row in rows {
            assert!(!row.contains('"') && row.split('|').count() == 5, "{row}");
            assert!(row.split('|').all(|name| !name.is_empty()), "{row}");
        }
    }

    #[test]
    fn names_are_in_the_language_or_else_in_english() {
        assert_eq!(name("KP", "en"), Some("North Korea"));
        assert_eq!(name("RU", "ru"), Some("Россия"));
        assert_eq!(name("CN", "ko-KR"), Some("중국"));
        assert_eq!(name("MN", "zh-Hans"), Some("蒙古"));
        assert_eq!(name("MN", "de"), Some("Mongolia"));
        assert_eq!(name("ZZ", "en"), None);
        assert_eq!(name("", "en"), None);
    }
}
