//! An answer to a question of a traveller: journeys in sets, with all that is known beside them.

use tumen_base::{Date, Time};
use tumen_border::SuspensionId;
use tumen_routing::{Engine, Limit};

use crate::borders;
use crate::facts::{self, Facts, KnownService};
use crate::itinerary::Itinerary;
use crate::modes::Mode;
use crate::names::Spot;
use crate::present::{View, verdicts};
use crate::removed::Removed;
use crate::trust;
use crate::world::World;

/// A sentence that is about more journeys than this tells how many, not which.
const MOST_NUMBERS: usize = 12;

/// Journeys that are Pareto-optimal among themselves.
#[derive(Clone, Debug)]
pub struct Set {
    /// What it is called, where there are several sets: `rail`, `several modes`.
    pub label: Option<String>,
    /// The mode it was confined to.
    pub mode: Option<Mode>,
    /// Whether it is not known that they are allowed.
    pub doubtful: bool,
    /// The journeys.
    pub itineraries: Vec<Itinerary>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answered {
    /// Origin.
    pub from: Spot,
    /// Destination.
    pub to: Spot,
    /// The question in words: `departing from Sun 22 Nov 2026 …`.
    pub asked: String,
    /// The time that was asked about.
    pub time: Time,
    /// Journeys in sets.
    pub sets: Vec<Set>,
    /// A ride in a through carriage that other journeys hide.
    pub hidden: Option<Itinerary>,
    /// Journeys that are left out because something is in their way.
    pub removed: Vec<Removed>,
    /// Limits that were reached.
    pub limits: Vec<Limit>,
    /// Those that may have kept one of the best journeys from being found.
    pub hiding: Vec<Limit>,
    /// Longest journey that was looked for, in seconds.
    pub horizon: i32,
    /// Which search answered.
    pub engine: Engine,
    /// What is reported beside.
    pub facts: Facts,
    /// Services without days between the two ends.
    pub known: Vec<KnownService>,
    /// What is suspended between the two ends.
    pub suspended: Vec<SuspensionId>,
    /// Where there is no journey because of that: the next one that there is.
    pub next: Option<Itinerary>,
    /// Which trips of which feeds a trip was joined from, in words; empty where it was not.
    pub joined: String,
    /// The notes of each journey, in the order of [`Self::itineraries`].
    pub notes: Vec<Vec<trust::Note>>,
}

impl Answered {
    /// An answer without journeys yet.
    pub fn new(from: Spot, to: Spot, asked: String, time: Time) -> Self {
        Self {
            from,
            to,
            asked,
            time,
            sets: Vec::new(),
            joined: String::new(),
            hidden: None,
            removed: Vec::new(),
            limits: Vec::new(),
            hiding: Vec::new(),
            horizon: 0,
            engine: Engine::Rounds,
            facts: Facts::default(),
            known: Vec::new(),
            suspended: Vec::new(),
            next: None,
            notes: Vec::new(),
        }
    }

    /// Adds what is known beside the journeys.
    pub fn complete(&mut self, view: &View<'_>) {
        let itineraries: Vec<Itinerary> = self.itineraries().cloned().collect();
        self.facts = Facts::of(view.world, &itineraries);
        self.known = facts::known_services(view.world, Some(&self.from), Some(&self.to));
        let date = Date::from(view.local(self.time, self.from.first_stop()).date());
        self.suspended.extend(facts::suspensions(view.world, &self.from, &self.to, date));
        self.suspended.sort_unstable();
        self.suspended.dedup();
        self.notes = itineraries.iter().map(|itinerary| trust::notes(view.world, itinerary)).collect();
    }

    /// Every journey, set by set.
    pub fn itineraries(&self) -> impl Iterator<Item = &Itinerary> {
        self.sets.iter().flat_map(|set| &set.itineraries)
    }

    /// Whether there is any journey.
    pub fn found(&self) -> bool {
        self.itineraries().next().is_some()
    }

    /// What is said where a set has no journey.
    pub fn when_none(&self) -> &'static str {
        if self.sets.iter().any(|set| set.doubtful) {
            "No journey that is known to be allowed"
        } else if self.removed.is_empty() {
            "No journey found"
        } else {
            "No journey is left"
        }
    }

    /// Each sentence on certainty once; with the journeys it is about where it is not about all.
    pub fn notes(&self) -> Vec<String> {
        let sets = self.sets.iter().enumerate();
        let journeys: Vec<(usize, usize)> = sets
            .flat_map(|(set, journeys)| (1..=journeys.itineraries.len()).map(move |number| (set, number)))
            .collect();
        let mut sentences: Vec<(&trust::Note, Vec<(usize, usize)>)> = Vec::new();
        for (notes, journey) in self.notes.iter().zip(&journeys) {
            for note in notes {
                match sentences.iter_mut().find(|(other, _)| other.text == note.text) {
                    Some((_, about)) => about.push(*journey),
                    None => sentences.push((note, vec![*journey])),
                }
            }
        }
        sentences.sort_by_key(|(note, _)| std::cmp::Reverse(note.certainty));
        let words = |(note, about): (&trust::Note, Vec<(usize, usize)>)| {
            if about.len() == journeys.len() {
                return note.text.clone();
            }
            let of_set = |(set, shown): (usize, &Set)| {
                let numbers = about.iter().filter(|(of, _)| *of == set).map(|(_, number)| *number);
                let ranges = ranges(&numbers.collect::<Vec<_>>())?;
                Some(shown.label.as_ref().map_or_else(|| ranges.clone(), |label| format!("{label} {ranges}")))
            };
            if about.len() > MOST_NUMBERS {
                return format!("{} [{} of {} journeys]", note.text, about.len(), journeys.len());
            }
            let parts: Vec<String> = self.sets.iter().enumerate().filter_map(of_set).collect();
            format!("{} [{}]", note.text, parts.join("; "))
        };
        sentences.into_iter().map(words).collect()
    }

    /// Every source behind the answer, as written.
    pub fn sources(&self, view: &View<'_>) -> Vec<String> {
        let mut sources: Vec<String> = Vec::new();
        let world = view.world;
        for itinerary in self.itineraries() {
            sources.extend(of_itinerary(world, itinerary));
            sources.extend(verdicts::sources(view, itinerary));
        }
        sources.extend(self.facts.sources(world).map(str::to_owned));
        sources.extend(self.known.iter().map(|known| known.sources.clone()));
        sources.extend(self.suspended.iter().map(|id| world.suspensions().get(*id).sources.clone()));
        let reasons = self.removed.iter().flat_map(|removed| &removed.reasons);
        sources.extend(reasons.map(|reason| reason.sources.clone()));
        sources
    }
}

/// `1, 3–5`; `None` of nothing.
fn ranges(numbers: &[usize]) -> Option<String> {
    let runs: Vec<&[usize]> = numbers.chunk_by(|one, next| one + 1 == *next).collect();
    let words = |run: &[usize]| match run {
        [first, .., last] => format!("{first}–{last}"),
        _ => run[0].to_string(),
    };
    (!runs.is_empty()).then(|| runs.into_iter().map(words).collect::<Vec<_>>().join(", "))
}

/// The sources of a journey's days, times and border posts, as written.
pub fn of_itinerary(world: &World, itinerary: &Itinerary) -> Vec<String> {
    let columns = world.columns();
    let mut sources: Vec<String> = Vec::new();
    for ride in itinerary.rides() {
        if let Some(carriage) = ride.carriage {
            sources.push(columns.text(columns.carriage_source[carriage.id.0 as usize]).to_owned());
        }
        for carrier in &ride.carriers {
            sources.extend(columns.sources_of_run(carrier.run.trip, carrier.run.day).map(str::to_owned));
        }
        for call in &ride.calls {
            sources.push(columns.source_of_time(call.row.0, call.row.1).to_owned());
        }
        sources.extend(borders::posts(world, ride).map(|post| post.sources.clone()));
    }
    sources.sort();
    sources.dedup();
    sources
}
