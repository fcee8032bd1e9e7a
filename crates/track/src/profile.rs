//! What is known of a way: lengths by country and region, figures of its sections, scheduled speeds, what is unknown.

use std::collections::BTreeSet;
use tumen_base::Date;
use tumen_border::Countries;
use tumen_journey::world::World;

use crate::lines::Track;
use crate::network::Network;
use crate::sections::Section;
use crate::timing::{self, Stretch};
use crate::way::Way;

/// So many of the slowest stretches are told.
pub const SLOWEST: usize = 10;

/// What is known of a way.
#[derive(Clone, Debug)]
pub struct Profile<'a> {
    /// All track.
    pub track: &'a Track,
    /// The way.
    pub way: &'a Way,
    /// From this day on the timetable is looked at.
    pub from: Date,
    /// All of it.
    pub total: Total,
    /// By country; a section over a border stands under both of its countries together.
    pub countries: Vec<Area>,
    /// By region.
    pub regions: Vec<Area>,
    /// Totals that somebody states, beside the sections they are the totals of.
    pub check_sums: Vec<CheckSum>,
    /// Where trains call, the stretches between their calls.
    pub stretches: Vec<Stretch>,
    /// By step: the stretch whose scheduled speed comes nearest to the section's own, by its position in `stretches`.
    pub scheduled: Vec<Option<usize>>,
}

/// Lengths that are known and sections of which none is: the one is never told without the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Total {
    /// The steps.
    pub steps: Vec<usize>,
    /// The sum of the known lengths, in metres.
    pub known_metres: f64,
    /// Steps of unknown length.
    pub unknown: Vec<usize>,
}

/// A country or a region on the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Area {
    /// Codes of the countries it lies in.
    pub countries: Vec<String>,
    /// The region's name; empty where nobody says, and for a country.
    pub name: String,
    /// Sections that lie in it alone.
    pub within: Total,
    /// Sections that lie in others as well: how much of them lies here nobody says.
    pub shared: Total,
}

/// A stated total.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckSum {
    /// The section that states it, by its position in [`Track::sections`].
    pub section: usize,
    /// What the sections themselves say.
    pub of: Total,
    /// What the total leaves for the sections of unknown length, in metres; `None` where all are known, or no total is.
    pub left_metres: Option<f64>,
}

impl Total {
    fn add(&mut self, step: usize, metres: Option<f64>) {
        self.steps.push(step);
        match metres {
            Some(metres) => self.known_metres += metres,
            None => self.unknown.push(step),
        }
    }
}

impl Area {
    /// Every step that touches it, in order.
    pub fn steps(&self) -> Vec<usize> {
        let steps: BTreeSet<usize> = self.within.steps.iter().chain(&self.shared.steps).copied().collect();
        steps.into_iter().collect()
    }
}

impl<'a> Profile<'a> {
    /// Gathers what is known of a way, with the timetable from a day on.
    pub fn of(world: &World, track: &'a Track, network: &Network<'_>, way: &'a Way, from: Date) -> Self {
        let columns = world.columns();
        let stretches = timing::stretches(&columns, track, network, way, from);
        let mut profile = Self {
            track,
            way,
            from,
            total: total(track, way, way.sections().map(|(place, _)| place)),
            countries: Vec::new(),
            regions: Vec::new(),
            check_sums: Vec::new(),
            scheduled: scheduled(way.steps.len(), &stretches),
            stretches,
        };
        profile.divide(&world.borders().countries);
        for (section, places) in way.check_sums(track) {
            let of = total(track, way, places);
            let stated = track.sections[section].length_metres;
            let left_metres = stated.map(|stated| stated - of.known_metres).filter(|_| !of.unknown.is_empty());
            profile.check_sums.push(CheckSum { section, of, left_metres });
        }
        profile
    }

    /// The section of a step; `None` in a gap.
    pub fn section(&self, step: usize) -> Option<&'a Section> {
        self.way.steps[step].map(|step| &self.track.sections[step.section])
    }

    /// Steps that no section joins.
    pub fn gaps(&self) -> impl Iterator<Item = usize> {
        self.way.steps.iter().enumerate().filter(|(_, step)| step.is_none()).map(|(place, _)| place)
    }

    /// The stretches with a speed that are the best known of some section, the slowest first.
    pub fn slowest(&self) -> Vec<(&Stretch, f64)> {
        let best: BTreeSet<usize> = self.scheduled.iter().flatten().copied().collect();
        let stretches = best.into_iter().map(|place| &self.stretches[place]);
        let mut known: Vec<(&Stretch, f64)> =
            stretches.filter_map(|stretch| Some((stretch, stretch.kmh(stretch.quickest)?))).collect();
        known.sort_by(|(_, one), (_, other)| one.total_cmp(other));
        known
    }

    /// Ids of sources.txt of all that is told, each once.
    pub fn sources(&self) -> Vec<String> {
        let sections = self.way.sections().map(|(_, section)| section);
        let totals = self.check_sums.iter().map(|sum| sum.section);
        let mut ids: Vec<String> = Vec::new();
        for id in sections.chain(totals).flat_map(|section| &self.track.sections[section].sources) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        ids
    }

    fn divide(&mut self, countries: &Countries) {
        for (step, index) in self.way.sections() {
            let section = &self.track.sections[index];
            let codes = codes(section, countries);
            area(&mut self.countries, &codes, "").within.add(step, section.length_metres);
            match &section.regions[..] {
                [] => area(&mut self.regions, &codes, "").within.add(step, section.length_metres),
                [only] => area(&mut self.regions, &codes, only).within.add(step, section.length_metres),
                several => {
                    for (place, name) in several.iter().enumerate() {
                        // Over a border: one region on either side, in the order of the countries.
                        let codes = if codes.len() == several.len() { &codes[place..=place] } else { &codes[..] };
                        area(&mut self.regions, codes, name).shared.add(step, section.length_metres);
                    }
                }
            }
        }
    }
}

/// The countries of a section: as stated, else those of its ends.
fn codes(section: &Section, countries: &Countries) -> Vec<String> {
    if !section.countries.is_empty() {
        return section.countries.clone();
    }
    let ends = [section.from, section.to].map(|end| countries.of_stop(end).code());
    let mut codes: Vec<String> = ends.into_iter().flatten().map(|code| code.as_str().to_owned()).collect();
    codes.dedup();
    codes
}

fn area<'l>(areas: &'l mut Vec<Area>, countries: &[String], name: &str) -> &'l mut Area {
    let known = areas.iter().position(|area| area.countries == countries && area.name == name);
    let place = known.unwrap_or_else(|| {
        areas.push(Area { countries: countries.to_vec(), name: name.to_owned(), ..Area::default() });
        areas.len() - 1
    });
    &mut areas[place]
}

fn total(track: &Track, way: &Way, steps: impl IntoIterator<Item = usize>) -> Total {
    let mut total = Total::default();
    for place in steps {
        total.add(place, way.steps[place].and_then(|step| track.sections[step.section].length_metres));
    }
    total
}

/// By step: among the stretches that cover it the shortest one, one with a known length before others.
fn scheduled(steps: usize, stretches: &[Stretch]) -> Vec<Option<usize>> {
    let best = |step: usize| {
        let over = stretches.iter().enumerate().filter(|(_, stretch)| stretch.steps.contains(&step));
        over.min_by_key(|(_, stretch)| (stretch.metres.is_none(), stretch.steps.len())).map(|(place, _)| place)
    };
    (0..steps).map(best).collect()
}
