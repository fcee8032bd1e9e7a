//! Screening: which consignments may be routed at all.
//!
//! It comes first and cannot be turned off: [`crate::Network::route`] takes nothing but a [`Cleared`] consignment, and only [`screen`]
//! makes one. What touches the DPRK (from it, to it, through it, or of its origin) is refused unless, for each way over its borders, a
//! rule that names the goods clears it and none refuses it. Rules over `all` goods ask for something and clear nothing.

use tumen_border::{Country, CountryCode};

use crate::consignment::{Consignment, End};
use crate::hs::{GoodsSet, HsCode};
use crate::parties::Parties;
use crate::rules::{Action, Direction, Rule, Rules, Way};

/// The country that the rules are about.
pub(crate) const DPRK: &str = "KP";
/// Arms and tanks: refused wherever they go, since Tumen is for civil goods.
const ARMS: &str = "93;8710";

/// What the screening says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// No rule is in the way.
    Clear,
    /// A person decides.
    Review,
    /// Forbidden, or allowed by no rule.
    Refused,
}

/// What a rule says of a consignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Says {
    /// It forbids the goods.
    Refuses,
    /// It allows them up to a quota, whose state is unknown.
    QuotaUnknown,
    /// It clears them, if a person agrees.
    Clears,
    /// It would forbid them, or ask for something, but the rule that clears them lifts it.
    Lifted,
    /// A person looks at it.
    Review,
    /// Only the Committee may allow more.
    Committee,
    /// Goods on its lists are forbidden, which no HS code tells: a person compares.
    Lists,
    /// Something to know.
    Note,
}

/// A rule, and what it says of a consignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// What it says.
    pub says: Says,
}

/// Why a consignment is refused, or not known to be harmless, whatever single rules say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Arms, or goods on a list of the rules.
    Arms,
    /// The sender says that the goods are on a list of arms, items for weapons or luxury goods.
    Listed,
    /// No rule clears the goods on a way.
    NothingClears(Way),
    /// The country of an end is not known.
    NoCountry(String),
}

/// A decision with its reasons.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What it is.
    pub verdict: Verdict,
    /// Reasons beside single rules.
    pub grounds: Vec<Ground>,
    /// What rules say. Of a refused consignment only those that refuse it: there is no way around them.
    pub findings: Vec<Finding>,
    /// What a person must see fulfilled before anything moves.
    pub conditions: Vec<String>,
}

/// A consignment that may be routed: refused by nothing, though a person may have to decide. Only [`screen`] makes one.
#[derive(Clone, Debug)]
pub struct Cleared {
    consignment: Consignment,
    decision: Decision,
    ways: Ways,
}

/// What a way over the borders of the DPRK needs.
#[derive(Clone, Debug)]
pub(crate) struct Ways {
    /// Whether goods may enter it.
    pub into: bool,
    /// Whether they may leave it.
    pub out_of: bool,
    /// stop_id of the only place at which they may leave it.
    pub leaving_at: Option<String>,
    /// The decision on ways through it, where the ends do not touch it; none where such ways are barred.
    pub through: Option<Decision>,
}

/// A consignment that is not routed.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Why.
    pub decision: Decision,
}

/// The outcome of the screening.
#[derive(Clone, Debug)]
pub enum Screened {
    /// It may be routed.
    Cleared(Box<Cleared>),
    /// It is not.
    Refused(Refused),
}

impl Screened {
    /// The decision.
    pub fn decision(&self) -> &Decision {
        match self {
            Self::Cleared(cleared) => &cleared.decision,
            Self::Refused(refused) => &refused.decision,
        }
    }
}

impl Cleared {
    /// What may be routed.
    pub fn consignment(&self) -> &Consignment {
        &self.consignment
    }

    /// The decision on its ends and its origin.
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// The decision on ways through the DPRK, which its ends and its origin do not touch; `None` where they are barred.
    pub fn through(&self) -> Option<&Decision> {
        self.ways.through.as_ref()
    }

    pub(crate) fn ways(&self) -> &Ways {
        &self.ways
    }
}

/// Screens a consignment, with what was found of its parties.
pub fn screen(rules: &Rules, consignment: Consignment, parties: &Parties) -> Screened {
    let judge = Judge { rules, consignment: &consignment };
    let touched = judge.touched();
    let mut decision = judge.decide(&touched);
    if !parties.hits.is_empty() && decision.verdict == Verdict::Clear {
        decision.verdict = Verdict::Review;
    }
    if !parties.hits.is_empty() && decision.verdict == Verdict::Review {
        decision.conditions.push("a person looks at every possible match of the parties".to_owned());
    }
    if decision.verdict == Verdict::Refused {
        return Screened::Refused(Refused { decision });
    }
    // A way through counts as both: into the country and out of it.
    let both = judge.decide(&[Way::Into, Way::OutOf]);
    let is_open = both.verdict != Verdict::Refused;
    let clearing = if is_open { &both } else { &decision };
    let mut clearing = clearing.findings.iter().filter(|finding| finding.says == Says::Clears);
    let ways = Ways {
        into: is_open || touched.contains(&Way::Into),
        out_of: is_open || touched.contains(&Way::OutOf),
        leaving_at: clearing.find_map(|finding| finding.rule.via.clone()),
        through: (is_open && touched.is_empty()).then_some(both),
    };
    Screened::Cleared(Box::new(Cleared { consignment, decision, ways }))
}

/// Whether ground is, or may be, that of the DPRK.
fn is_there(country: &Country) -> bool {
    country.claims().iter().copied().any(is_dprk)
}

/// Whether a country is the DPRK.
pub(crate) fn is_dprk(country: CountryCode) -> bool {
    country.as_str() == DPRK
}

struct Judge<'a> {
    rules: &'a Rules,
    consignment: &'a Consignment,
}

impl Judge<'_> {
    /// The ways over the borders of the DPRK that ends and origin say. Goods that the exemption for transit names come in to go out
    /// again at the place of the exemption: both ways count.
    fn touched(&self) -> Vec<Way> {
        let Consignment { goods, origin, from, to, onward, .. } = self.consignment;
        let into = is_there(&to.country) || onward.is_some_and(is_dprk);
        let out_of = is_there(&from.country) || is_dprk(*origin);
        let is_transit =
            |rule: &Rule| rule.may_clear(goods) && rule.via.as_deref().is_some_and(|via| self.keeps_to(via));
        if (into || out_of) && self.rules.iter().any(is_transit) {
            return vec![Way::Into, Way::OutOf];
        }
        [(into, Way::Into), (out_of, Way::OutOf)].into_iter().filter_map(|(is, way)| is.then_some(way)).collect()
    }

    fn decide(&self, ways: &[Way]) -> Decision {
        let code = &self.consignment.goods;
        let mut grounds = Vec::new();
        for end in [&self.consignment.from, &self.consignment.to] {
            if !end.country.is_stated() {
                grounds.push(Ground::NoCountry(end.name.clone()));
            }
        }
        if is_arms(code) {
            grounds.push(Ground::Arms);
        }
        if self.consignment.listed {
            grounds.push(Ground::Listed);
        }
        let clearing: Vec<&Rule> = self.rules.iter().filter(|rule| self.clears(rule, code, ways)).collect();
        for way in ways {
            if !clearing.iter().any(|rule| rule.direction.covers(*way)) {
                grounds.push(Ground::NothingClears(*way));
            }
        }
        let lifted = |rule: &Rule| clearing.iter().any(|clearing| clearing.lifts.contains(&rule.id)) && rule.shipped;
        let mut findings = Vec::new();
        for rule in self.rules.iter() {
            let covers = ways.iter().any(|way| rule.direction.covers(*way));
            let is_told = rule.direction == Direction::Neither && !ways.is_empty();
            if !covers && !is_told {
                continue;
            }
            let says =
                if clearing.contains(&rule) { Some(Says::Clears) } else { says(rule, code, is_told, lifted(rule)) };
            findings.extend(says.map(|says| Finding { rule: rule.clone(), says }));
        }
        let refuses = |finding: &Finding| matches!(finding.says, Says::Refuses | Says::QuotaUnknown);
        if !grounds.is_empty() || findings.iter().any(refuses) {
            findings.retain(refuses);
            return Decision { verdict: Verdict::Refused, grounds, findings, conditions: Vec::new() };
        }
        let is_review = |finding: &Finding| {
            matches!(finding.says, Says::Clears | Says::Review | Says::Committee | Says::Lists | Says::Lifted)
        };
        let verdict = if findings.iter().any(is_review) { Verdict::Review } else { Verdict::Clear };
        let conditions = self.conditions(&findings);
        findings.sort_by_key(|finding| finding.says);
        Decision { verdict, grounds, findings, conditions }
    }

    /// Whether a rule clears the goods on the ways that it covers.
    fn clears(&self, rule: &Rule, code: &HsCode, ways: &[Way]) -> bool {
        let from_there = rule.origin.as_ref().is_none_or(|origin| *origin == self.consignment.origin);
        let covers = ways.iter().any(|way| rule.direction.covers(*way));
        covers && from_there && rule.may_clear(code) && rule.via.as_deref().is_none_or(|via| self.keeps_to(via))
    }

    /// Whether whatever lies in the DPRK of both ends is one place, and the goods go on to another country from there.
    fn keeps_to(&self, via: &str) -> bool {
        let Consignment { from, to, onward, .. } = self.consignment;
        let within = |end: &End| !is_there(&end.country) || end.stop_ids.iter().all(|id| id == via);
        let is_inland = is_there(&from.country) && is_there(&to.country);
        within(from) && within(to) && !is_inland && !onward.is_some_and(is_dprk)
    }

    fn conditions(&self, findings: &[Finding]) -> Vec<String> {
        let mut conditions = Vec::new();
        let mut add = |condition: &str| conditions.push(condition.to_owned());
        let has = |says: Says| findings.iter().any(|finding| finding.says == says);
        if findings.iter().any(|finding| finding.says == Says::Clears && finding.rule.action == Action::ExemptRajin) {
            add("the Committee (1718) is notified in advance");
            add("the origin of the goods is shown: they are not of DPRK origin");
            add("they pass through the DPRK only to be exported from Rajin");
            if self.consignment.onward.is_none() {
                add("where they go on to from there is shown (not stated here)");
            }
            add("no revenue to prohibited programmes");
        }
        if has(Says::Lists) {
            add("somebody compares the goods with the lists that no HS code tells");
        }
        if findings.iter().any(|finding| finding.rule.action == Action::Inspect) {
            add("the cargo is inspected");
        }
        conditions
    }
}

fn says(rule: &Rule, code: &HsCode, is_told: bool, lifted: bool) -> Option<Says> {
    let is_meant = rule.goods.may_include(code);
    if is_told || rule.goods.is_no_goods() {
        return Some(Says::Note);
    }
    if !is_meant {
        return rule.goods.has_lists().then_some(Says::Lists);
    }
    if lifted {
        return Some(Says::Lifted);
    }
    Some(match rule.action {
        Action::Refuse => Says::Refuses,
        Action::Cap => Says::QuotaUnknown,
        Action::Review => Says::Review,
        Action::Committee => Says::Committee,
        // An exemption that does not hold for these goods says nothing of them.
        Action::ExemptRajin => return None,
        Action::Inspect | Action::Info => Says::Note,
    })
}

/// Whether goods of a code may be arms.
fn is_arms(code: &HsCode) -> bool {
    GoodsSet::parse(ARMS).is_ok_and(|arms| arms.may_include(code))
}
