//! Codes of the Harmonized System, and the sets of goods that rules write with them.

use std::fmt;
use thiserror::Error;

/// Digits to which every code is extended, so that codes of any length are intervals of one line.
const DIGITS: u32 = 10;

/// A code of the Harmonized System: a chapter (2 digits), a heading (4), a subheading (6), or a national line below it (8, 10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HsCode(String);

/// Why a text is no code, or no set of codes.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HsError {
    /// Not 2, 4, 6, 8 or 10 digits.
    #[error("`{0}` is no HS code: expected 2, 4, 6, 8 or 10 digits, such as 27, 2701 or 8703.10")]
    Form(String),
    /// A chapter that the Harmonized System does not use for goods of its own.
    #[error("`{0}` is no HS code: chapters go from 01 to 97, and 77 is reserved")]
    Chapter(String),
    /// The two ends of a range differ in length, or it runs backwards.
    #[error("`{0}` is no range of HS codes: expected two codes of one length in order, such as 50-63 or 7102-7104")]
    Range(String),
    /// Nothing at all.
    #[error("no goods are named: expected HS codes, ranges, all, list-based, services, persons, cash, baggage or -")]
    Empty,
}

/// Codes from one to another, both inclusive, extended to ten digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    first: u64,
    last: u64,
}

/// A part of what a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goods {
    /// Goods with these codes.
    Codes(Span),
    /// Goods of every kind.
    All,
    /// Goods on lists that no code tells.
    ListBased,
    /// No goods: services, persons, cash, baggage, or nothing (`-`). Kept as a note.
    NotGoods,
}

/// What a rule is about: `93;8710`, `50-63`, `8703.10`, `all`, `list-based`, `services`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoodsSet {
    parts: Vec<Goods>,
    written: String,
}

impl HsCode {
    /// Reads a code; blanks and full stops between digits do not count.
    ///
    /// # Errors
    /// When it has another form, or names no chapter of goods.
    pub fn parse(text: &str) -> Result<Self, HsError> {
        let form = || HsError::Form(shown(text));
        let mut digits = String::new();
        for letter in text.trim().chars() {
            match letter {
                '0'..='9' => digits.push(letter),
                '.' | ' ' if !digits.is_empty() => {}
                _ => return Err(form()),
            }
        }
        if !matches!(digits.len(), 2 | 4 | 6 | 8 | 10) {
            return Err(form());
        }
        if matches!(&digits[..2], "00" | "77" | "98" | "99") {
            return Err(HsError::Chapter(shown(text)));
        }
        Ok(Self(digits))
    }

    /// Its digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    fn span(&self) -> Span {
        Span::of(&self.0, &self.0)
    }
}

/// `8703.10`: a full stop after the heading.
impl fmt::Display for HsCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(4) {
            Some((heading, rest)) if !rest.is_empty() => write!(out, "{heading}.{rest}"),
            _ => out.write_str(&self.0),
        }
    }
}

impl Span {
    /// Digits were checked.
    fn of(first: &str, last: &str) -> Self {
        let scale = |digits: &str| 10_u64.pow(DIGITS.saturating_sub(digits.len() as u32));
        let number = |digits: &str| digits.parse::<u64>().unwrap_or_default();
        Self { first: number(first) * scale(first), last: (number(last) + 1) * scale(last) - 1 }
    }

    const fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    const fn holds(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

impl GoodsSet {
    /// Reads parts separated by `;`.
    ///
    /// # Errors
    /// When a part is neither a code, a range, nor one of the words.
    pub fn parse(text: &str) -> Result<Self, HsError> {
        let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(part);
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        if parts.is_empty() {
            return Err(HsError::Empty);
        }
        Ok(Self { parts, written: text.trim().to_owned() })
    }

    /// As written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether goods of a code may be among them: a short code may stand for what a longer one forbids, so that it is enough
    /// that the two meet.
    pub fn may_include(&self, code: &HsCode) -> bool {
        self.parts.iter().any(|part| match part {
            Goods::All => true,
            Goods::Codes(span) => span.meets(code.span()),
            Goods::ListBased | Goods::NotGoods => false,
        })
    }

    /// Whether codes of the set name all goods of a code; `all` names none.
    pub fn names(&self, code: &HsCode) -> bool {
        self.parts.iter().any(|part| matches!(part, Goods::Codes(span) if span.holds(code.span())))
    }

    /// Whether it speaks of lists that no code tells.
    pub fn has_lists(&self) -> bool {
        self.parts.contains(&Goods::ListBased)
    }

    /// Whether it speaks of goods of every kind.
    pub fn is_all(&self) -> bool {
        self.parts.contains(&Goods::All)
    }

    /// Whether it speaks of no goods.
    pub fn is_no_goods(&self) -> bool {
        self.parts.iter().all(|part| *part == Goods::NotGoods)
    }

    /// Its parts.
    pub fn parts(&self) -> &[Goods] {
        &self.parts
    }
}

fn part(text: &str) -> Result<Goods, HsError> {
    match text {
        "all" => return Ok(Goods::All),
        "list-based" => return Ok(Goods::ListBased),
        "services" | "persons" | "cash" | "baggage" | "-" => return Ok(Goods::NotGoods),
        _ => {}
    }
    let Some((first, last)) = text.split_once('-') else {
        return HsCode::parse(text).map(|code| Goods::Codes(code.span()));
    };
    let (first, last) = (HsCode::parse(first)?, HsCode::parse(last)?);
    if first.0.len() != last.0.len() || first.0 > last.0 {
        return Err(HsError::Range(shown(text)));
    }
    Ok(Goods::Codes(Span::of(&first.0, &last.0)))
}

/// A text as a complaint shows it.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> HsCode {
        HsCode::parse(text).expect("a code")
    }

    #[test]
    fn codes_are_read_with_and_without_stops() {
        for (typed, shown) in
            [("27", "27"), ("2701", "2701"), ("870310", "8703.10"), ("8703.10", "8703.10"), ("2701 12 10", "2701.1210")]
        {
            assert_eq!(code(typed).to_string(), shown);
        }
        for wrong in ["", "2", "270", "coal", "27-01", "２７", ".27", "270112101010", "-1"] {
            assert!(matches!(HsCode::parse(wrong), Err(HsError::Form(_))), "{wrong}");
        }
        for chapter in ["00", "7701", "99"] {
            assert!(matches!(HsCode::parse(chapter), Err(HsError::Chapter(_))), "{chapter}");
        }
    }

    #[test]
    fn sets_meet_codes_of_any_length() {
        let textiles = GoodsSet::parse("50-63").expect("a set");
        assert!(textiles.may_include(&code("5007")) && textiles.names(&code("6309.00")));
        assert!(!textiles.may_include(&code("64")) && !textiles.may_include(&code("4911")));
        let gems = GoodsSet::parse("7101;7102-7104;8703.10").expect("a set");
        assert!(gems.names(&code("7103")) && gems.names(&code("870310")) && !gems.may_include(&code("870321")));
        assert!(gems.may_include(&code("71")), "chapter 71 may stand for heading 7102");
        assert!(!gems.names(&code("71")), "and need not");
        let all = GoodsSet::parse("all").expect("a set");
        assert!(all.may_include(&code("01")) && !all.names(&code("01")));
        let mixed = GoodsSet::parse("93;8710;list-based").expect("a set");
        assert!(mixed.has_lists() && mixed.names(&code("9306")) && !mixed.may_include(&code("8711")));
    }

    #[test]
    fn what_is_no_set_is_refused() {
        for wrong in ["63-50", "50-6301", "50-", "-63", "everything", "50–63"] {
            assert!(GoodsSet::parse(wrong).is_err(), "{wrong}");
        }
        assert_eq!(GoodsSet::parse(" ; "), Err(HsError::Empty));
        assert!(
            ["services", "persons", "cash", "baggage", "-"]
                .iter()
                .all(|word| GoodsSet::parse(word).is_ok_and(|set| set.is_no_goods()))
        );
    }
}
