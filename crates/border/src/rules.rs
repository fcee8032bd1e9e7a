//! border_rules.txt: who may cross where, and when.

use tumen_base::{Date, DateSpan, FeedId};
use tumen_timetable::{Row, Rows};

use crate::Borders;
use crate::country::CountryCode;
use crate::paper::Paper;
use crate::posts::PostId;
use crate::traveller::Purpose;

/// A rule, by its place among the rows of border_rules.txt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// A row of border_rules.txt.
///
/// A row with a value that cannot be read decides no more than that nothing is known where the rest of it holds.
#[derive(Clone, Debug)]
pub struct Rule {
    /// border_rule_id; rows that share it say one thing.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// Its line in the file.
    pub line: u64,
    /// Where it holds.
    pub place: RulePlace,
    /// For whose passports.
    pub passports: Passports,
    /// For which purposes; any where empty.
    pub purposes: Vec<Purpose>,
    /// What it says.
    pub says: Says,
    /// What must be held, all of it; where the rule waives something, only by those to whom it is waived.
    pub requires: Vec<Paper>,
    /// What other rules require and need not be held by those who hold what this one requires.
    pub waives: Vec<Paper>,
    /// From when; empty where unknown or unbounded.
    pub from: Option<DateSpan>,
    /// Until when.
    pub to: Option<DateSpan>,
    /// The beginning as the source words it.
    pub from_text: String,
    /// The end as the source words it.
    pub to_text: String,
    /// Whom it is about, in words.
    pub applies_to: String,
    /// What it says, in words.
    pub text: String,
    /// Anything else.
    pub note: String,
    /// How sure it is, in a word.
    pub confidence: String,
    /// Sources, as written.
    pub sources: String,
}

/// Where a rule holds: at a post, or on every border of a country, in a direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RulePlace {
    /// The post.
    pub post: Option<PostId>,
    /// The country that is left; any where empty.
    pub from: Option<CountryCode>,
    /// The country that is entered; any where empty.
    pub to: Option<CountryCode>,
}

/// Whose passports a rule is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passports {
    /// Everybody's.
    Any,
    /// Those of all countries but these.
    AllBut(Vec<CountryCode>),
    /// Those of these countries.
    Only(Vec<CountryCode>),
}

/// Whether a rule lets people cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// It does.
    Yes,
    /// It says that this is not known.
    Unknown,
    /// It does not.
    No,
    /// It says nothing of it: it asks for a paper, waives one, or tells something else.
    Nothing,
}

/// Whether a rule is in force on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Force {
    /// It is.
    Surely,
    /// Its dates are not precise enough to tell.
    Perhaps,
    /// It is not.
    No,
}

/// Every rule of a timetable that holds somewhere.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
}

impl Rules {
    /// Reads the rows of border_rules.txt. Rows that name neither a post nor a country are left out.
    pub fn read(rows: &Rows, borders: &Borders) -> Self {
        Self { rules: rows.iter().filter_map(|row| rule(&row, borders)).collect() }
    }

    /// A rule.
    pub fn get(&self, rule: RuleId) -> &Rule {
        &self.rules[rule.0 as usize]
    }

    /// Every rule.
    pub fn iter(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        (0..).map(RuleId).zip(&self.rules)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

impl Rule {
    /// Whether it is in force on a day. A period known to the month only begins, perhaps, on any of its days.
    pub fn force(&self, day: Date) -> Force {
        let begun = self.from.map_or(Force::Surely, |span| match day {
            day if day < span.first => Force::No,
            day if day < span.last => Force::Perhaps,
            _ => Force::Surely,
        });
        let lasting = self.to.map_or(Force::Surely, |span| match day {
            day if day <= span.first => Force::Surely,
            day if day <= span.last => Force::Perhaps,
            _ => Force::No,
        });
        match (begun, lasting) {
            (Force::No, _) | (_, Force::No) => Force::No,
            (Force::Surely, Force::Surely) => Force::Surely,
            _ => Force::Perhaps,
        }
    }

    /// Whether it is about a purpose. Rules of any purpose are about travellers, never about goods.
    pub fn is_about(&self, purpose: Option<Purpose>) -> bool {
        self.purposes.is_empty() || purpose.is_some_and(|purpose| self.purposes.contains(&purpose))
    }

    /// Whether it is about goods alone.
    pub fn is_about_freight(&self) -> bool {
        self.purposes == [Purpose::Freight]
    }

    /// The first days from which it may say something else than the day before.
    pub fn turning_days(&self) -> impl Iterator<Item = Date> {
        let from = self.from.into_iter().flat_map(|span| [span.first, span.last]);
        from.chain(self.to.into_iter().flat_map(|span| [span.first.plus(1), span.last.plus(1)]))
    }
}

impl Passports {
    /// Whether a passport is among them.
    pub fn include(&self, passport: CountryCode) -> bool {
        match self {
            Self::Any => true,
            Self::AllBut(others) => !others.contains(&passport),
            Self::Only(these) => these.contains(&passport),
        }
    }

    /// `RU;KP`, or `!RU;!KP` for all others; `None` where it is neither.
    fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = parts(text).collect();
        let codes = |parts: &[&str]| parts.iter().map(|code| CountryCode::parse(code)).collect::<Option<Vec<_>>>();
        if parts.is_empty() {
            return Some(Self::Any);
        }
        let others: Option<Vec<&str>> = parts.iter().map(|part| part.strip_prefix('!')).collect();
        match others {
            Some(others) => codes(&others).map(Self::AllBut),
            None => codes(&parts).map(Self::Only),
        }
    }
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn rule(row: &Row<'_>, borders: &Borders) -> Option<Rule> {
    let (place, place_is_read) = place(row, borders)?;
    let passports = Passports::parse(row.get("passport"));
    let purposes: Option<Vec<Purpose>> = parts(row.get("purpose")).map(Purpose::parse).collect();
    let papers = |column: &str| parts(row.get(column)).map(Paper::parse).collect::<Option<Vec<Paper>>>();
    let (requires, waives) = (papers("requires"), papers("waives"));
    let bounds = [bound(row, "valid_from"), bound(row, "valid_to")];
    let says = match row.get("allowed") {
        "yes" => Some(Says::Yes),
        "no" => Some(Says::No),
        "unknown" => Some(Says::Unknown),
        "" => Some(Says::Nothing),
        _ => None,
    };
    let is_read = place_is_read
        && passports.is_some()
        && purposes.is_some()
        && requires.is_some()
        && waives.is_some()
        && bounds.iter().all(Result::is_ok);
    let [from, to] = bounds.map(Result::unwrap_or_default);
    let text = |column: &str| row.get(column).to_owned();
    Some(Rule {
        id: text("border_rule_id"),
        feed: row.feed,
        line: row.line(),
        place,
        passports: passports.unwrap_or(Passports::Any),
        purposes: purposes.unwrap_or_default(),
        says: says.filter(|_| is_read).unwrap_or(Says::Unknown),
        requires: requires.unwrap_or_default(),
        waives: waives.filter(|_| is_read).unwrap_or_default(),
        from,
        to,
        from_text: text("valid_from_text"),
        to_text: text("valid_to_text"),
        applies_to: text("applies_to"),
        text: if row.get("rule").is_empty() { text("note") } else { text("rule") },
        note: text("note"),
        confidence: text("confidence"),
        sources: text("source_id"),
    })
}

/// Where a row holds, and whether all of that could be read; `None` where it names no place.
fn place(row: &Row<'_>, borders: &Borders) -> Option<(RulePlace, bool)> {
    let id = row.get("border_post_id");
    let post = borders.posts().find(|(_, post)| post.feed == row.feed && post.id == id).map(|(post, _)| post);
    if post.is_none() && !id.is_empty() {
        return None;
    }
    let side = |text: &str| match text.trim() {
        "*" => Some(None),
        code => CountryCode::parse(code).map(Some),
    };
    let (from, to, is_read) = match row.get("direction") {
        "" | "both" => (None, None, true),
        text => match text.split_once('>').map(|(from, to)| (side(from), side(to))) {
            Some((Some(from), Some(to))) => (from, to, true),
            _ => (None, None, false),
        },
    };
    let place = RulePlace { post, from, to };
    (place != RulePlace::default()).then_some((place, is_read))
}

/// A bound of the period: its words where they are a date of some precision, else its day.
fn bound(row: &Row<'_>, column: &str) -> Result<Option<DateSpan>, ()> {
    let words = row.get(&format!("{column}_text"));
    if let Ok(span) = DateSpan::parse(words) {
        return Ok(Some(span));
    }
    match row.get(column) {
        "" => Ok(None),
        day => Date::parse(day.as_bytes()).map(|day| Some(DateSpan::day(day))).map_err(|_| ()),
    }
}
