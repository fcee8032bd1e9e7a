//! Whether a traveller may cross: what the rules in force on the day say, the narrower before the wider.
//!
//! docs/borders.md states the precedence. Unknown stays unknown: where no rule and no table speaks, so does the verdict.

use std::ops::RangeInclusive;
use tumen_base::Date;

use crate::country::{Country, CountryCode};
use crate::hindrance::Cause;
use crate::paper::Paper;
use crate::passport_table::{Entry, PassportTable};
use crate::posts::PostId;
use crate::rules::{Force, Passports, Rule, RuleId, Rules, Says};
use crate::traveller::{Purpose, Traveller};

/// How a crossing stands, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Known to be allowed with what the traveller holds.
    Allowed,
    /// Not known whether it is allowed.
    NotKnown,
    /// Something has to be held that the traveller does not hold.
    Missing,
    /// A rule forbids it.
    Forbidden,
}

impl Grade {
    /// Whether nobody is routed there.
    pub fn bars(self) -> bool {
        self >= Self::Missing
    }
}

/// Something that has to be held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// What.
    pub paper: Paper,
    /// Whether the traveller holds it.
    pub held: bool,
    /// The rule that asks for it; the passport table where none does.
    pub rule: Option<RuleId>,
}

/// A rule behind a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Which.
    pub rule: RuleId,
    /// How sure it is that it is in force on the day.
    pub force: Force,
}

/// The answer for one crossing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How it stands.
    pub grade: Grade,
    /// The day it is about: of the days of the crossing the worst.
    pub day: Date,
    /// The passport it is about: of the traveller's the best.
    pub passport: CountryCode,
    /// The country entered.
    pub to: Option<CountryCode>,
    /// What has to be held.
    pub needs: Vec<Need>,
    /// The rules that decided.
    pub grounds: Vec<Ground>,
    /// What the passport table says, where it decided.
    pub table: Option<Entry>,
    /// Rules that are in force and decide nothing.
    pub notes: Vec<RuleId>,
}

impl Verdict {
    /// Why it is no permission; nothing where it is one.
    pub fn causes(&self) -> Vec<Cause> {
        let of_table = || self.to.map(Cause::PassportTable);
        let mut causes: Vec<Cause> = match self.grade {
            Grade::Allowed => Vec::new(),
            Grade::NotKnown => vec![Cause::NotKnown],
            Grade::Missing => {
                let missing = self.needs.iter().filter(|need| !need.held);
                missing.filter_map(|need| need.rule.map(Cause::Rule).or_else(of_table)).collect()
            }
            Grade::Forbidden if self.grounds.is_empty() => of_table().into_iter().collect(),
            Grade::Forbidden => self.grounds.iter().map(|ground| Cause::Rule(ground.rule)).collect(),
        };
        causes.sort_unstable();
        causes.dedup();
        causes
    }
}

/// A crossing that is asked about.
#[derive(Clone, Debug)]
pub struct Crossed<'a> {
    /// The post, where known.
    pub post: Option<PostId>,
    /// The country left.
    pub from: &'a Country,
    /// The country entered.
    pub to: &'a Country,
    /// The local days from the departure at the last stop before the border to the arrival at the first one beyond.
    pub days: RangeInclusive<Date>,
}

/// What verdicts rest on.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// Rules of the feeds.
    pub rules: &'a Rules,
    /// The user's table.
    pub table: Option<&'a PassportTable>,
    /// The traveller.
    pub traveller: &'a Traveller,
}

/// One passport at one border on one day.
#[derive(Clone, Copy)]
struct Case {
    passport: CountryCode,
    post: Option<PostId>,
    from: Option<CountryCode>,
    to: Option<CountryCode>,
    day: Date,
}

impl Rules {
    /// The rules in force at a border on a day, whoever crosses; those about goods and about being paid apart. Of rows that say the
    /// same thing the first.
    pub fn in_force(&self, crossed: &Crossed<'_>) -> Vec<RuleId> {
        let day = *crossed.days.start();
        let mut found: Vec<RuleId> = Vec::new();
        for (id, rule) in self.iter() {
            let is_here =
                claims(crossed.from).any(|from| claims(crossed.to).any(|to| holds_at(rule, crossed.post, from, to)));
            let is_apart = [[Purpose::Freight], [Purpose::Work]].iter().any(|apart| rule.purposes == apart);
            let is_told = |other: &RuleId| {
                let other = self.get(*other);
                (&other.id, other.feed, other.words()) == (&rule.id, rule.feed, rule.words())
            };
            if is_here && !is_apart && rule.force(day) != Force::No && !found.iter().any(is_told) {
                found.push(id);
            }
        }
        found
    }
}

impl Judge<'_> {
    /// The verdict on a crossing: of its days, and of the countries that claim a stop, the worst; of the passports the best.
    pub fn verdict(&self, crossed: &Crossed<'_>) -> Option<Verdict> {
        let days = crossed.days.start().0..=crossed.days.end().0;
        let worst = |passport: &CountryCode| {
            let cases = claims(crossed.from).flat_map(|from| claims(crossed.to).map(move |to| (from, to)));
            let verdicts = cases.flat_map(|(from, to)| {
                let case = move |day| Case { passport: *passport, post: crossed.post, from, to, day: Date(day) };
                days.clone().map(move |day| self.on_day(case(day)))
            });
            verdicts.reduce(|worst, next| if next.grade > worst.grade { next } else { worst })
        };
        self.traveller.passports.iter().filter_map(worst).min_by_key(|verdict| verdict.grade)
    }

    /// The days from which the verdict on a crossing may be another than the day before, in order.
    pub fn turning_days(&self, crossed: &Crossed<'_>) -> Vec<Date> {
        let mut days = Vec::new();
        for from in claims(crossed.from) {
            for to in claims(crossed.to) {
                let here = |rule: &&Rule| holds_at(rule, crossed.post, from, to);
                days.extend(self.rules.iter().map(|(_, rule)| rule).filter(here).flat_map(Rule::turning_days));
            }
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    fn on_day(&self, case: Case) -> Verdict {
        let purpose = self.traveller.purpose;
        let in_force = self.rules.iter().filter_map(|(id, rule)| {
            let applies = holds_at(rule, case.post, case.from, case.to)
                && !rule.is_about_freight()
                && rule.is_about(purpose)
                && rule.passports.include(case.passport);
            let force = if applies { rule.force(case.day) } else { Force::No };
            (force != Force::No).then_some((rule, Ground { rule: id, force }))
        });
        let in_force: Vec<(&Rule, Ground)> = in_force.collect();
        let mut verdict = Verdict {
            grade: Grade::NotKnown,
            day: case.day,
            passport: case.passport,
            to: case.to,
            needs: self.needs(&in_force),
            grounds: Vec::new(),
            table: None,
            notes: Vec::new(),
        };
        let says = narrowest(&in_force);
        let decision = says.iter().map(|(says, _)| *says).max();
        verdict.grounds = says.iter().filter(|(says, _)| Some(*says) == decision).map(|(_, ground)| *ground).collect();
        verdict.grade = match decision {
            Some(Says::No) => Grade::Forbidden,
            Some(Says::Yes) => Grade::Allowed,
            _ => Grade::NotKnown,
        };
        let which_papers_is_open = verdict.needs.iter().any(|need| need.paper == Paper::Documents);
        if decision.is_none() || verdict.grade == Grade::Allowed && which_papers_is_open {
            self.look_up(case, &mut verdict);
        }
        if verdict.grade != Grade::Forbidden && verdict.needs.iter().any(|need| !need.held) {
            verdict.grade = Grade::Missing;
        }
        // Whether somebody may be paid abroad is for people to decide, not for a timetable.
        if verdict.grade == Grade::Allowed && purpose == Some(Purpose::Work) {
            verdict.grade = Grade::NotKnown;
        }
        let decides = |id: RuleId| {
            verdict.grounds.iter().any(|ground| ground.rule == id)
                || verdict.needs.iter().any(|need| need.rule == Some(id))
        };
        verdict.notes = in_force.iter().map(|(_, ground)| ground.rule).filter(|id| !decides(*id)).collect();
        verdict
    }

    /// What the rules in force ask for, less what is waived for this traveller.
    fn needs(&self, in_force: &[(&Rule, Ground)]) -> Vec<Need> {
        let holds_all = |rule: &Rule| rule.requires.iter().all(|paper| self.traveller.holds(paper));
        let waivers = in_force.iter().filter(|(rule, ground)| ground.force == Force::Surely && holds_all(rule));
        let waived: Vec<&Paper> = waivers.flat_map(|(rule, _)| &rule.waives).collect();
        let mut needs: Vec<Need> = Vec::new();
        for (rule, ground) in in_force.iter().filter(|(rule, _)| rule.waives.is_empty() && rule.says != Says::No) {
            for paper in &rule.requires {
                let is_waived = waived.iter().any(|waived| paper.serves_as(waived));
                if !is_waived && needs.iter().all(|need| need.paper != *paper) {
                    let held = self.traveller.holds(paper);
                    needs.push(Need { paper: paper.clone(), held, rule: Some(ground.rule) });
                }
            }
        }
        needs
    }

    /// Adds what the table says of entry in general.
    fn look_up(&self, case: Case, verdict: &mut Verdict) {
        let Some(entry) = self.table.zip(case.to).and_then(|(table, to)| table.entry(case.passport, to)) else {
            return;
        };
        verdict.table = Some(entry);
        match entry.visa(case.to) {
            _ if entry == Entry::NoAdmission => verdict.grade = Grade::Forbidden,
            Some(paper) => {
                verdict.grade = Grade::Allowed;
                if verdict.needs.iter().all(|need| !need.paper.serves_as(&paper)) {
                    let held = self.traveller.holds(&paper);
                    verdict.needs.push(Need { paper, held, rule: None });
                }
            }
            None => verdict.grade = Grade::Allowed,
        }
    }
}

fn claims(country: &Country) -> impl Iterator<Item = Option<CountryCode>> + '_ {
    let codes = country.claims();
    codes.iter().copied().map(Some).chain(codes.is_empty().then_some(None))
}

/// Whether a rule holds at a border. What is said of being paid looks at the country, whichever way it is crossed.
fn holds_at(rule: &Rule, post: Option<PostId>, from: Option<CountryCode>, to: Option<CountryCode>) -> bool {
    let place = rule.place;
    if place.post.is_none() && rule.purposes == [Purpose::Work] {
        return [place.from, place.to].into_iter().flatten().any(|country| [from, to].contains(&Some(country)));
    }
    let side = |stated: Option<CountryCode>, is: Option<CountryCode>| stated.is_none() || stated == is;
    (place.post.is_none() || place.post == post) && side(place.from, from) && side(place.to, to)
}

/// What the rules in force say that no narrower rule overrules. A permission of which it is not sure that it is in force is
/// unknown; only what is surely in force overrules.
fn narrowest(in_force: &[(&Rule, Ground)]) -> Vec<(Says, Ground)> {
    let speaking = in_force.iter().filter(|(rule, _)| rule.says != Says::Nothing);
    let overruled = |rule: &Rule| {
        let mut narrower = in_force.iter().filter(|(other, ground)| {
            other.says != Says::Nothing && ground.force == Force::Surely && is_narrower(other, rule)
        });
        narrower.next().is_some()
    };
    speaking
        .filter(|(rule, _)| !overruled(rule))
        .map(|(rule, ground)| match (rule.says, ground.force) {
            (Says::Yes, Force::Perhaps) => (Says::Unknown, *ground),
            (says, _) => (says, *ground),
        })
        .collect()
}

/// Whether one rule is about some of what another is about, both being about the case in hand: narrower in passport, purpose or
/// place and wider in none.
fn is_narrower(rule: &Rule, other: &Rule) -> bool {
    let (rule, other) = (breadth(rule), breadth(other));
    rule != other && rule.iter().zip(other).all(|(rule, other)| *rule >= other)
}

fn breadth(rule: &Rule) -> [u8; 3] {
    let passports = match rule.passports {
        Passports::Any => 0,
        Passports::AllBut(_) => 1,
        Passports::Only(_) => 2,
    };
    let place = match (rule.place.post, rule.place.from, rule.place.to) {
        (Some(_), _, _) => 2,
        (None, Some(_), Some(_)) => 1,
        _ => 0,
    };
    [passports, u8::from(!rule.purposes.is_empty()), place]
}
