//! Pairs of trains that may be one, with the days on which they would be.

use std::collections::HashMap;
use tumen_base::SECONDS_PER_DAY;

use crate::days::DaySet;
use crate::report::{Doubt, Evidence, JoinKind, score};
use crate::trains::{Train, World};

/// A pair of trains that is one on some days.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    /// Of two halves the first; else the train of the earlier feed.
    pub one: u32,
    pub other: u32,
    /// Service day of the other minus that of the one.
    pub shift: i32,
    /// Service days of the one.
    pub days: DaySet,
    pub kind: JoinKind,
    pub evidence: Vec<Evidence>,
    pub score: f64,
}

impl Edge {
    /// The service days of one of its trains.
    pub(crate) fn days_of(&self, train: u32) -> DaySet {
        if train == self.one {
            self.days.clone()
        } else {
            self.days.iter().map(|day| day + self.shift).filter(|day| *day >= 0).collect()
        }
    }

    /// As a doubt, with the reason why it was not joined.
    pub(crate) fn doubt(&self, world: &World, days: &DaySet, needed: f64, reason: impl Into<String>) -> Doubt {
        Doubt {
            kind: self.kind,
            one: world.name(&world.trains[self.one as usize]),
            other: world.name(&world.trains[self.other as usize]),
            days: world.axis.said(days),
            evidence: self.evidence.clone(),
            score: score(&self.evidence),
            needed,
            reason: reason.into(),
        }
    }
}

/// The days on which two trains are at two moments within so many seconds, by how many days and seconds their service days differ.
pub(crate) fn common_days(
    world: &World,
    (one, at): (&Train, i32),
    (other, there): (&Train, i32),
    within: std::ops::RangeInclusive<i64>,
) -> HashMap<(i32, i64), DaySet> {
    let mut found: HashMap<(i32, i64), DaySet> = HashMap::new();
    let (clock, other_clock) = (world.clock(one), world.clock(other));
    let around = (at - there).div_euclid(SECONDS_PER_DAY);
    for day in one.days.iter() {
        let base = clock.base(day);
        for shift in around - 1..=around + 2 {
            if day + shift < 0 || !other.days.contains(day + shift) {
                continue;
            }
            let apart = other_clock.base(day + shift) - base;
            if within.contains(&(apart + i64::from(there) - i64::from(at))) {
                found.entry((shift, apart)).or_default().insert(day);
            }
        }
    }
    found
}

/// What the numbers of two trains say of them.
pub(crate) fn number_evidence(world: &World, one: &Train, other: &Train, differ: f64) -> Option<Evidence> {
    if one.numbers.is_empty() || other.numbers.is_empty() {
        return None;
    }
    let (own, others) = (&world.trip(one).short_name, &world.trip(other).short_name);
    let agree = one.numbers.iter().any(|own| other.numbers.iter().any(|number| own.agrees(number)));
    Some(if agree {
        Evidence::new("number", format!("{own} is {others}"), 4.0)
    } else {
        Evidence::new("number", format!("{own} is not {others}"), differ)
    })
}

/// What the operators of two trains say of them.
pub(crate) fn agency_evidence(world: &World, one: &Train, other: &Train) -> Option<Evidence> {
    let (own, others) = (crate::spelling::words(world.agency(one)), crate::spelling::words(world.agency(other)));
    let like = crate::spelling::likeness(&own, &others);
    (like >= crate::spelling::Likeness::Similar).then(|| Evidence::new("agency", world.agency(one), 1.0))
}

/// What the letters of two trains say of them where a number is lacking: `EN`, `ICE`, `NJ`, in a number or in the name of a route.
pub(crate) fn category_evidence(world: &World, one: &Train, other: &Train) -> Option<Evidence> {
    if !one.numbers.is_empty() && !other.numbers.is_empty() {
        return None;
    }
    let categories = |train: &Train| -> Vec<String> {
        let route = &world.feed(train).routes[world.trip(train).route as usize].short_name;
        let letters: String = route.chars().take_while(|letter| letter.is_alphabetic()).collect();
        let of_numbers = train.numbers.iter().map(|number| number.category.clone());
        of_numbers.chain([letters.to_uppercase()]).filter(|category| category.chars().count() > 1).collect()
    };
    let others = categories(other);
    let common = categories(one).into_iter().find(|category| others.contains(category))?;
    Some(Evidence::new("category", format!("both are {common}"), 1.0))
}
