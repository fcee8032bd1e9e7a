//! One random feed, as text.

use fastrand::Rng;
use tumen_base::Date;

const MINUTE: i32 = 60;
const HOUR: i32 = 3600;
const DAY: i32 = 24 * HOUR;

/// What is decided before a feed is drawn.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    pub(super) name: &'a str,
    /// A feed whose trips may carry this one's carriages.
    pub(super) other: Option<&'a Drawn>,
    pub(super) zone: &'a str,
    pub(super) first: Date,
    pub(super) last: Date,
}

/// A feed and what one must know to refer to it.
pub(super) struct Drawn {
    pub(super) text: String,
    name: String,
    stops: Vec<Stop>,
    services: usize,
    routes: usize,
    trips: Vec<Trip>,
}

struct Stop {
    id: String,
    is_station: bool,
    /// Position of the station in `stops`.
    parent: Option<usize>,
}

struct Trip {
    id: String,
    route: usize,
    block: String,
    is_frequency: bool,
    calls: Vec<Call>,
}

#[derive(Clone, Copy)]
struct Call {
    stop: usize,
    arrival: i32,
    departure: i32,
}

/// Whether something happens that does so in so many of a hundred cases.
fn chance(random: &mut Rng, percent: u8) -> bool {
    random.u8(..100) < percent
}

fn pick<T: Copy>(random: &mut Rng, values: &[T]) -> T {
    values[random.usize(..values.len())]
}

/// `H:MM:SS`, hours beyond 24 as they come.
fn clock(seconds: i32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / HOUR, seconds / MINUTE % 60, seconds % 60)
}

/// Draws a feed.
pub(super) fn draw(random: &mut Rng, frame: &Frame) -> Drawn {
    let mut drawn = Drawn {
        text: String::new(),
        name: frame.name.to_owned(),
        stops: Vec::new(),
        services: 0,
        routes: 0,
        trips: Vec::new(),
    };
    // Services may reach beyond the days that count.
    let (first, last) = (frame.first.plus(-2), frame.last.plus(2));
    drawn.line(&format!("feed {} zone {} days {first}..{last}", frame.name, frame.zone));
    drawn.stops(random);
    drawn.services(random, first, last);
    drawn.routes(random);
    drawn.trips(random);
    drawn.transfers(random);
    for number in 0..pick(random, &[0, 0, 1, 1, 2]) {
        drawn.carriage(random, frame.other, number);
    }
    drawn
}

impl Drawn {
    fn line(&mut self, line: &str) {
        self.text += line;
        self.text.push('\n');
    }

    fn stops(&mut self, random: &mut Rng) {
        let stations = pick(random, &[0, 0, 1, 2]);
        for number in 0..stations {
            let id = format!("{}st{number}", self.name);
            self.line(&format!("station {id}"));
            self.stops.push(Stop { id, is_station: true, parent: None });
        }
        for number in 0..pick(random, &[3, 4, 5, 5, 6, 7, 9]) {
            let id = format!("{}{number}", self.name);
            let parent = (stations > 0 && chance(random, 40)).then(|| random.usize(..stations));
            // On a grid of 0.0012 degrees of latitude neighbours are 133 m apart, all others more than 200 m.
            let place = if chance(random, 60) {
                format!(" {:.4},37", 55.0 + 0.0012 * f64::from(random.u32(..12)))
            } else {
                String::new()
            };
            let station = parent.map_or(String::new(), |parent| format!(" in {}", self.stops[parent].id));
            self.line(&format!("stop {id}{place}{station}"));
            self.stops.push(Stop { id, is_station: false, parent });
        }
    }

    fn services(&mut self, random: &mut Rng, first: Date, last: Date) {
        let any_days = |random: &mut Rng, percent: u8| {
            let days = (first.0..=last.0).filter(|_| chance(random, percent));
            days.fold(String::new(), |text, day| text + &format!(" {}", Date(day)))
        };
        self.services = random.usize(1..5);
        for number in 0..self.services {
            let days = match random.u8(..10) {
                0..3 => "daily".to_owned(),
                3..5 => format!("daily except{}", any_days(random, 15)),
                5..7 => format!(
                    "{} dates{}",
                    pick(random, &["mon,wed,fri", "tue", "sat,sun", "mon-fri"]),
                    any_days(random, 10)
                ),
                7 => format!("dates{}", any_days(random, 50)),
                _ => format!("dates {}{}", first.plus(random.i32(2..5)), any_days(random, 10)),
            };
            self.line(&format!("service c{number}: {days}"));
        }
    }

    fn routes(&mut self, random: &mut Rng) {
        self.line("agency g0");
        self.line("agency g1");
        self.routes = random.usize(1..5);
        for number in 0..self.routes {
            let (kind, agency) = (pick(random, &[2, 2, 3, 1100]), random.u8(..2));
            self.line(&format!("route r{number} kind {kind} agency g{agency}"));
        }
    }

    fn trips(&mut self, random: &mut Rng) {
        // Coarse steps make equal times common, and a short band of the day makes changes common.
        let step = pick(random, &[5 * MINUTE, 10 * MINUTE, 10 * MINUTE, 30 * MINUTE]);
        let band = pick(random, &[2 * HOUR, 6 * HOUR, DAY]);
        for number in 0..pick(random, &[3, 6, 9, 12, 14, 16]) {
            let like = random.usize(..self.trips.len().max(1));
            let (calls, block) = match random.u8(..10) {
                0..4 if !self.trips.is_empty() => (self.sibling(random, like, step), String::new()),
                4..6 if !self.trips.is_empty() => {
                    let block = match self.trips[like].block.as_str() {
                        "" if chance(random, 30) => format!("b{}", random.u8(..2)),
                        block => block.to_owned(),
                    };
                    (self.onward(random, like, step), block)
                }
                _ => {
                    let block = if chance(random, 25) { format!("b{}", random.u8(..2)) } else { String::new() };
                    let start =
                        5 * HOUR + random.i32(0..band / step) * step + pick(random, &[0, 0, 0, 0, DAY, 18 * HOUR]);
                    let stop = self.any_stop(random);
                    (self.ride(random, stop, start, step), block)
                }
            };
            self.trip(random, format!("t{number}"), block, calls);
        }
    }

    /// A stop, rarely a station.
    fn any_stop(&self, random: &mut Rng) -> usize {
        let stop = random.usize(..self.stops.len());
        if self.stops[stop].is_station && chance(random, 80) { self.any_stop(random) } else { stop }
    }

    /// A way that begins at a stop.
    fn ride(&self, random: &mut Rng, stop: usize, start: i32, step: i32) -> Vec<Call> {
        let mut calls = vec![Call { stop, arrival: start, departure: start + random.i32(0..2) * step }];
        for _ in 0..pick(random, &[1, 1, 1, 2, 2, 3, 4]) {
            let before = calls[calls.len() - 1];
            let mut stop = self.any_stop(random);
            // Serving a stop twice is rare, and twice in a row rarer.
            for _ in 0..2 {
                if calls.iter().any(|call| call.stop == stop) && chance(random, 85) {
                    stop = self.any_stop(random);
                }
            }
            let slow = if chance(random, 5) { random.i32(10..30) * HOUR } else { 0 };
            let arrival = before.departure + random.i32(0..5) * step + slow;
            calls.push(Call { stop, arrival, departure: arrival + pick(random, &[0, 0, 1, 3]) * step });
        }
        calls
    }

    /// The same stops at other times: shifted within the day or by a day, and quicker or slower.
    fn sibling(&self, random: &mut Rng, like: usize, step: i32) -> Vec<Call> {
        let calls = &self.trips[like].calls;
        let day = pick(random, &[0, 0, 0, DAY, -DAY]);
        let start = calls[0].arrival;
        let shifted = start + random.i32(-6..7) * step + day;
        let span = calls[calls.len() - 1].departure - start;
        let slower = pick(random, &[1, 1, 2, 0, 12]).min(4 * DAY / span.max(1));
        let time = |time: i32| shifted.max(0) + (time - start) * slower;
        let calls = calls.iter();
        calls.map(|call| Call { arrival: time(call.arrival), departure: time(call.departure), ..*call }).collect()
    }

    /// A way that begins about where and when another ends.
    fn onward(&self, random: &mut Rng, like: usize, step: i32) -> Vec<Call> {
        let calls = &self.trips[like].calls;
        let end = calls[calls.len() - 1];
        let beside = |stop: &usize| {
            let (stop, end) = (&self.stops[*stop], &self.stops[end.stop]);
            stop.parent.is_some() && stop.parent == end.parent
        };
        let beside: Vec<usize> = (0..self.stops.len()).filter(beside).collect();
        let stop = if beside.is_empty() || chance(random, 60) { end.stop } else { pick(random, &beside) };
        let wait = pick(random, &[0, 0, 1, 3, -1, -3]) * step + pick(random, &[0, 0, 0, -DAY]);
        self.ride(random, stop, (end.arrival + wait).max(0), step)
    }

    fn trip(&mut self, random: &mut Rng, id: String, block: String, calls: Vec<Call>) {
        let (route, service) = (random.usize(..self.routes), random.usize(..self.services));
        let in_block = if block.is_empty() { String::new() } else { format!(" block {block}") };
        let texts: Vec<String> = calls.iter().map(|call| self.call(random, *call)).collect();
        self.line(&format!("trip {id} route r{route} service c{service}{in_block}: {}", texts.join(" | ")));
        let is_frequency = chance(random, 8);
        if is_frequency {
            let start = random.i32(0..20) * HOUR / 2;
            let end = start + random.i32(1..8) * 20 * MINUTE;
            self.line(&format!(
                "frequency {id} {}..{} every {}",
                clock(start),
                clock(end),
                random.i32(1..4) * 20 * MINUTE
            ));
        }
        self.trips.push(Trip { id, route, block, is_frequency, calls });
    }

    fn call(&self, random: &mut Rng, call: Call) -> String {
        let stand = if call.departure == call.arrival { String::new() } else { format!("-{}", clock(call.departure)) };
        let forbidden = [" (no pickup)", " (no drop-off)", " (no pickup, no drop-off)"];
        let forbidden = if chance(random, 8) { pick(random, &forbidden) } else { "" };
        format!("{} {}{stand}{forbidden}", self.stops[call.stop].id, clock(call.arrival))
    }

    fn transfers(&mut self, random: &mut Rng) {
        for _ in 0..random.usize(..6) {
            let (from, stop) = self.any_call(random);
            let mut to = self.any_call(random);
            for _ in 0..6 {
                // Often a change at one stop.
                if to.1 != stop && chance(random, 60) {
                    to = self.any_call(random);
                }
            }
            // Several rules about one change, so that their precedence matters.
            for _ in 0..pick(random, &[1, 1, 1, 2, 3, 4]) {
                let (from_stop, from_whom) = self.side(random, (from, stop), "from");
                let (to_stop, to_whom) = self.side(random, to, "to");
                let kind = pick(random, &[0, 0, 1, 2, 2, 2, 2, 3]);
                let time = random.i32(0..7) * 5 * MINUTE;
                let time = if chance(random, 70) { format!(" min {time}") } else { String::new() };
                self.line(&format!("transfer {from_stop} {to_stop} type {kind}{time}{from_whom}{to_whom}"));
            }
        }
        for _ in 0..pick(random, &[0, 0, 1, 2, 3, 4]) {
            let (from, to) = (random.usize(..self.trips.len()), random.usize(..self.trips.len()));
            // Mostly to a trip that begins after the other ends.
            let ends = self.trips[from].calls[self.trips[from].calls.len() - 1].arrival;
            let later = (0..self.trips.len()).filter(|&trip| self.trips[trip].calls[0].departure >= ends);
            let later: Vec<usize> = later.collect();
            let to = if later.is_empty() || chance(random, 30) { to } else { pick(random, &later) };
            if from == to {
                continue;
            }
            let verb = if chance(random, 75) { "continue" } else { "break" };
            self.line(&format!("{verb} {} -> {}", self.trips[from].id, self.trips[to].id));
        }
    }

    /// A trip and a stop that it serves.
    fn any_call(&self, random: &mut Rng) -> (usize, usize) {
        let trip = random.usize(..self.trips.len());
        let calls = &self.trips[trip].calls;
        (trip, calls[random.usize(..calls.len())].stop)
    }

    /// One end of a rule that mostly covers a trip at a stop: the stop, and the trip or route that it names.
    fn side(&self, random: &mut Rng, (trip, served): (usize, usize), word: &str) -> (String, String) {
        let stop = match random.u8(..20) {
            0..14 => served,
            14..19 => self.stops[served].parent.unwrap_or(served),
            _ => random.usize(..self.stops.len()),
        };
        let trip = &self.trips[trip];
        let whom = match random.u8(..20) {
            0..8 => String::new(),
            8..14 => format!(" {word} trip {}", trip.id),
            _ => format!(" {word} route r{}", trip.route),
        };
        (self.stops[stop].id.clone(), whom)
    }

    fn carriage(&mut self, random: &mut Rng, other: Option<&Self>, number: usize) {
        let mut hosts: Vec<String> = Vec::new();
        let mut at: Option<String> = None;
        for _ in 0..random.usize(1..4) {
            let mut alternatives = Vec::new();
            for _ in 0..pick(random, &[1, 1, 2, 3]) {
                let feed = other.filter(|_| chance(random, 40)).unwrap_or(self);
                let Some((trip, attach, detach)) = feed.section(random, at.as_deref()) else { continue };
                let prefix = if feed.name == self.name { String::new() } else { format!("{}:", feed.name) };
                let stand = match random.u8(..4) {
                    0 | 1 => String::new(),
                    2 => format!(" stand 00:{:02}..{:02}:00", random.u8(..60), random.u8(1..80)),
                    _ => format!(" stand {:02}:00..{:02}:00", random.u8(..5), random.u8(5..40)),
                };
                alternatives.push((detach.clone(), format!("{prefix}{trip} {attach}..{detach}{stand}")));
            }
            let Some((detach, _)) = alternatives.first() else { break };
            at = Some(detach.clone());
            hosts.push(alternatives.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" | "));
        }
        if !hosts.is_empty() {
            let service = random.usize(..self.services);
            self.line(&format!("carriage k{number} service c{service}: {}", hosts.join(", ")));
        }
    }

    /// A trip and two of its stops: mostly from the stop where the carriage stands.
    fn section(&self, random: &mut Rng, at: Option<&str>) -> Option<(&str, String, String)> {
        let is_here = |stop: usize| at.is_some_and(|at| self.stops[stop].id == at);
        let mut sections = Vec::new();
        for trip in self.trips.iter().filter(|trip| !trip.is_frequency) {
            for (attach, call) in trip.calls.iter().enumerate() {
                let later = trip.calls[attach + 1..].iter();
                sections.extend(later.map(|later| (trip.id.as_str(), call.stop, later.stop)));
            }
        }
        if sections.iter().any(|section| is_here(section.1)) && chance(random, 90) {
            sections.retain(|section| is_here(section.1));
        }
        let (trip, attach, detach) = *sections.get(random.usize(..sections.len().max(1)))?;
        Some((trip, self.stops[attach].id.clone(), self.stops[detach].id.clone()))
    }
}
