//! goods_rules.txt: what may not be carried to or from the DPRK, and what a person must decide.
//!
//! The rules of the UN Security Council are part of the program and are always in force. A timetable may bring rows of its own: they
//! can refuse more, and never clear or lift anything.

use sha2::{Digest, Sha256};
use thiserror::Error;
use tumen_border::CountryCode;
use tumen_feed::Table;
use tumen_timetable::Rows;

use crate::hs::{GoodsSet, HsCode, HsError};

/// The rules that the program brings along.
const SHIPPED: &str = include_str!("../../../feeds/corridor/goods_rules.txt");
const FILE: &str = "goods_rules.txt";

/// A way over the borders of the DPRK.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// To it.
    Into,
    /// From it, or goods of its origin.
    OutOf,
}

/// Which ways a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// One of them.
    One(Way),
    /// Either.
    Both,
    /// None: it is told whatever is asked.
    Neither,
}

/// What a rule says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Forbidden.
    Refuse,
    /// Allowed up to a quota, whose state nobody here knows: refused.
    Cap,
    /// A person decides.
    Review,
    /// The exemption for coal through Rajin: a person decides.
    ExemptRajin,
    /// The Committee decides case by case: a person must ask it.
    Committee,
    /// The cargo is inspected.
    Inspect,
    /// Something to know.
    Info,
}

/// A row of goods_rules.txt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// goods_rule_id.
    pub id: String,
    /// Number of the resolution; `-` where it is none.
    pub resolution: String,
    /// Its year.
    pub year: String,
    /// The paragraph, as the table gives it.
    pub paragraph: String,
    /// Whether the number of the paragraph was verified.
    pub verified: bool,
    /// Which ways it is about.
    pub direction: Direction,
    /// Which goods.
    pub goods: GoodsSet,
    /// Which goods, in words.
    pub words: String,
    /// What it says.
    pub action: Action,
    /// What it exempts, in words.
    pub exemption: String,
    /// The only country of origin that it clears.
    pub origin: Option<CountryCode>,
    /// stop_id of the only place in the DPRK at which what it clears may begin, end, or leave the country.
    pub via: Option<String>,
    /// Ids of rules that it lifts from what it clears.
    pub lifts: Vec<String>,
    /// How sure the table is, in a word.
    pub confidence: String,
    /// Sources, as written.
    pub sources: String,
    /// Anything else.
    pub note: String,
    /// Whether it came with the program: only such rules clear or lift.
    pub shipped: bool,
}

/// All rules that are in force, with a digest that changes with any of them.
#[derive(Clone, Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    version: String,
}

/// A rule that cannot be read: nothing is screened with half of the rules.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}:{column} {problem}", file = FILE)]
pub struct RuleError {
    /// Line, 1 being the header's.
    pub line: u64,
    /// Column.
    pub column: &'static str,
    /// What is wrong, and what was expected.
    pub problem: String,
}

impl Rules {
    /// The rules that the program brings along.
    ///
    /// # Errors
    /// When the table in the repository is broken, which a test prevents.
    pub fn shipped() -> Result<Self, RuleError> {
        let table = Table::parse(SHIPPED.as_bytes());
        let cells = table.rows.iter().map(|row| (row.line, |column: &'static str| table.value(row, column)));
        let rules = cells.map(|(line, cell)| rule(line, cell, true)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { version: digest(&rules), rules })
    }

    /// These rules and the rows of a timetable, where they say something else.
    ///
    /// # Errors
    /// When a row cannot be read.
    pub fn with(mut self, rows: &Rows) -> Result<Self, RuleError> {
        for row in rows.iter() {
            let rule = rule(row.line(), |column| row.get(column), false)?;
            let as_shipped = Rule { shipped: true, ..rule.clone() };
            if !self.rules.contains(&as_shipped) && !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
        }
        self.version = digest(&self.rules);
        Ok(self)
    }

    /// Every rule.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// SHA-256 of all that the rules say, in hexadecimal digits.
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl Direction {
    /// Whether it is about a way.
    pub fn covers(self, way: Way) -> bool {
        match self {
            Self::One(own) => own == way,
            Self::Both => true,
            Self::Neither => false,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::One(Way::Into) => "to_KP",
            Self::One(Way::OutOf) => "from_KP",
            Self::Both => "both",
            Self::Neither => "-",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let all = [Self::One(Way::Into), Self::One(Way::OutOf), Self::Both, Self::Neither];
        all.into_iter().find(|direction| direction.word() == word)
    }
}

impl Action {
    const ALL: [Self; 7] =
        [Self::Refuse, Self::Cap, Self::Review, Self::ExemptRajin, Self::Committee, Self::Inspect, Self::Info];

    /// The word of the column `action`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Refuse => "REFUSE",
            Self::Cap => "CAP",
            Self::Review => "REVIEW",
            Self::ExemptRajin => "EXEMPT_RAJIN",
            Self::Committee => "COMMITTEE",
            Self::Inspect => "INSPECT",
            Self::Info => "INFO",
        }
    }
}

impl Rule {
    /// Whether it may clear goods of a code: rules over `all` goods ask for something, and permit nothing.
    pub fn may_clear(&self, code: &HsCode) -> bool {
        self.shipped && matches!(self.action, Action::Review | Action::ExemptRajin) && self.goods.names(code)
    }

    /// `UN Security Council resolution 2371 (2017), paragraph 8`, and whether the number of the paragraph was verified.
    pub fn title(&self) -> String {
        if self.resolution == "-" || self.resolution.is_empty() {
            return "United Nations Security Council".to_owned();
        }
        let paragraph = match (self.verified, self.paragraph.as_str()) {
            (true, "") => String::new(),
            (true, number) => format!(", paragraph {number}"),
            (false, "" | "(not verified)") => ", paragraph not verified".to_owned(),
            (false, number) => format!(", paragraph {number} (number not verified)"),
        };
        format!("UN Security Council resolution {} ({}){paragraph}", self.resolution, self.year)
    }
}

fn rule<'a>(line: u64, cell: impl Fn(&'static str) -> &'a str, shipped: bool) -> Result<Rule, RuleError> {
    let wrong = |column, problem: String| RuleError { line, column, problem };
    let text = |column| cell(column).to_owned();
    let id = text("goods_rule_id");
    if id.is_empty() {
        return Err(wrong("goods_rule_id", "is empty; every rule needs an id".to_owned()));
    }
    let direction = Direction::parse(cell("direction"))
        .ok_or_else(|| wrong("direction", format!("`{}` is none of to_KP, from_KP, both, -", cell("direction"))))?;
    let goods = GoodsSet::parse(cell("hs_codes")).map_err(|error: HsError| wrong("hs_codes", error.to_string()))?;
    let action = Action::ALL.into_iter().find(|action| action.word() == cell("action")).ok_or_else(|| {
        let words = Action::ALL.map(Action::word).join(", ");
        wrong("action", format!("`{}` is none of {words}", cell("action")))
    })?;
    let origin = match cell("origin") {
        "" => None,
        code => Some(CountryCode::parse(code).ok_or_else(|| wrong("origin", format!("`{code}` is no country code")))?),
    };
    let lifts = cell("lifts").split(';').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    Ok(Rule {
        id,
        resolution: text("resolution"),
        year: text("year"),
        paragraph: text("paragraph"),
        verified: cell("unverified") != "1",
        direction,
        goods,
        words: text("goods"),
        action,
        exemption: text("exemption"),
        origin,
        via: Some(text("via_stop_id")).filter(|via| !via.is_empty()),
        lifts,
        confidence: text("confidence"),
        sources: text("source_id"),
        note: text("note"),
        shipped,
    })
}

fn digest(rules: &[Rule]) -> String {
    let mut hasher = Sha256::new();
    for rule in rules {
        let flags = format!("{}{}", u8::from(rule.verified), u8::from(rule.shipped));
        let lifts = rule.lifts.join(";");
        let origin = rule.origin.map_or(String::new(), |origin| origin.to_string());
        let cells = [
            rule.id.as_str(),
            &rule.resolution,
            &rule.year,
            &rule.paragraph,
            rule.direction.word(),
            rule.goods.written(),
            &rule.words,
            rule.action.word(),
            &rule.exemption,
            &origin,
            rule.via.as_deref().unwrap_or_default(),
            &lifts,
            &rule.confidence,
            &rule.sources,
            &rule.note,
            &flags,
        ];
        // No cell of a line-based table can pass for two of them.
        for cell in cells {
            hasher.update(format!("{}:{cell}", cell.len()));
        }
    }
    hex(&hasher.finalize())
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        part!(text, "{byte:02x}");
    }
    text
}
