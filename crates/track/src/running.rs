//! The least time in which a train can run: speed limits one after another, acceleration, braking, recovery margins.
//!
//! Where limits are constant piece by piece, and so are acceleration and braking, the quickest way is to be everywhere as fast as
//! all limits ahead and behind allow; its time has a closed form on every piece. A train is a point here: the rule that its tail
//! must have left a slow piece as well would only add time.

use thiserror::Error;

/// What a train can do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Train {
    /// Metres a second that it never exceeds.
    pub top_speed: f64,
    /// Metres a second that it gains each second.
    pub acceleration: f64,
    /// Metres a second that it loses each second when it brakes.
    pub braking: f64,
}

impl Train {
    /// What no train on rails exceeds in service: 400 km/h, 1.5 m/s² either way. An assumption, and a lenient one, so that what is
    /// called impossible for such a train is impossible for every other.
    pub const FASTEST: Self = Self { top_speed: 400.0 / 3.6, acceleration: 1.5, braking: 1.5 };

    /// At least as good as both, for what either may be.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            top_speed: self.top_speed.max(other.top_speed),
            acceleration: self.acceleration.max(other.acceleration),
            braking: self.braking.max(other.braking),
        }
    }
}

/// A piece of track with one limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Its length.
    pub metres: f64,
    /// Metres a second that the track allows.
    pub limit: f64,
}

/// How a train is at an end of what it runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// It stands there.
    Stands,
    /// It may pass at any speed.
    Passes,
}

/// The least seconds in which a train runs over pieces in order.
pub fn running_time(train: Train, pieces: &[Piece], [start, end]: [End; 2]) -> f64 {
    let pieces: Vec<Piece> = pieces
        .iter()
        .filter(|piece| piece.metres > 0.0)
        .map(|piece| Piece { limit: piece.limit.min(train.top_speed), ..*piece })
        .collect();
    let speeds = boundary_speeds(train, &pieces, [start, end]);
    pieces.iter().zip(speeds.windows(2)).map(|(piece, ends)| time_on(train, *piece, [ends[0], ends[1]])).sum()
}

/// The highest speed at every boundary, from which everything ahead can be braked for and that can be gained from behind.
fn boundary_speeds(train: Train, pieces: &[Piece], [start, end]: [End; 2]) -> Vec<f64> {
    let limit =
        |index: Option<usize>| index.and_then(|index| pieces.get(index)).map_or(f64::INFINITY, |piece| piece.limit);
    let mut speeds: Vec<f64> =
        (0..=pieces.len()).map(|boundary| limit(boundary.checked_sub(1)).min(limit(Some(boundary)))).collect();
    let last = pieces.len();
    if start == End::Stands {
        speeds[0] = 0.0;
    }
    if end == End::Stands {
        speeds[last] = 0.0;
    }
    for (index, piece) in pieces.iter().enumerate() {
        let gained = (speeds[index].powi(2) + 2.0 * train.acceleration * piece.metres).sqrt();
        speeds[index + 1] = speeds[index + 1].min(gained);
    }
    for (index, piece) in pieces.iter().enumerate().rev() {
        let braked = (speeds[index + 1].powi(2) + 2.0 * train.braking * piece.metres).sqrt();
        speeds[index] = speeds[index].min(braked);
    }
    speeds
}

/// The time on one piece: gain speed, hold the limit if it is reached, brake.
fn time_on(train: Train, piece: Piece, [enters, leaves]: [f64; 2]) -> f64 {
    let Train { acceleration: gain, braking: loss, .. } = train;
    let peak = (2.0 * gain * loss * piece.metres + loss * enters.powi(2) + gain * leaves.powi(2)) / (gain + loss);
    let top = peak.sqrt().min(piece.limit);
    let gaining = (top.powi(2) - enters.powi(2)) / (2.0 * gain);
    let braking = (top.powi(2) - leaves.powi(2)) / (2.0 * loss);
    let holding = (piece.metres - gaining - braking).max(0.0);
    (top - enters) / gain + holding / top + (top - leaves) / loss
}

/// Time in reserve above the least running time, so that a late train can recover. Written as OSRD writes it: `5%`, or
/// `4.5min/100km`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Margin {
    /// A share of the least running time, in percent.
    Percent(f64),
    /// Minutes for every 100 km.
    MinutesPer100Km(f64),
}

/// Why a text is no margin.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no recovery margin; expected a share of the running time such as `5%`, or minutes by distance such as `4.5min/100km`"
)]
pub struct MarginError(String);

impl Margin {
    /// Reads `5%` or `4.5min/100km`.
    ///
    /// # Errors
    /// When it is neither, or the figure is not between 0 and 1000.
    pub fn parse(text: &str) -> Result<Self, MarginError> {
        let plain = text.trim();
        let figure = |figure: &str| figure.trim().parse::<f64>().ok().filter(|value| (0.0..=1000.0).contains(value));
        let percent = plain.strip_suffix('%').and_then(figure).map(Self::Percent);
        let by_distance = || plain.strip_suffix("min/100km").and_then(figure).map(Self::MinutesPer100Km);
        percent.or_else(by_distance).ok_or_else(|| MarginError(text.to_owned()))
    }

    /// The seconds of reserve for a run.
    pub fn seconds(self, running: f64, metres: f64) -> f64 {
        match self {
            Self::Percent(percent) => running * percent / 100.0,
            Self::MinutesPer100Km(minutes) => metres / 100_000.0 * minutes * 60.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SLOW: Train = Train { top_speed: 20.0, acceleration: 0.5, braking: 1.0 };
    const STANDING: [End; 2] = [End::Stands, End::Stands];

    #[track_caller]
    fn assert_seconds(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
    }

    fn piece(metres: f64, limit: f64) -> Piece {
        Piece { metres, limit }
    }

    /// Gains 20 m/s in 20 ÷ 0.5 = 40 s over 20² ÷ (2 × 0.5) = 400 m, loses it in 20 s over 200 m; the other 9,400 m take 470 s.
    #[test]
    fn a_long_section_is_run_at_its_limit() {
        assert_seconds(running_time(SLOW, &[piece(10_000.0, 30.0)], STANDING), 40.0 + 470.0 + 20.0);
    }

    /// On 300 m the top is where both parabolas meet: v² = 2 × 0.5 × 1 × 300 ÷ 1.5 = 200. 14.142 ÷ 0.5 + 14.142 ÷ 1 = 42.426 s.
    #[test]
    fn a_short_section_ends_before_its_limit_is_reached() {
        assert_seconds(running_time(SLOW, &[piece(300.0, 20.0)], STANDING), 3.0 * 200.0_f64.sqrt());
    }

    /// From 20 to 10 m/s takes 10 s and (400 − 100) ÷ 2 = 150 m, before the boundary: 40 s + (5,000 − 400 − 150) ÷ 20 = 222.5 s +
    /// 10 s. Beyond it 950 m at 10 m/s, 95 s, and the last 50 m in 10 s.
    #[test]
    fn a_slower_section_is_braked_for_in_time() {
        let time = running_time(SLOW, &[piece(5000.0, 20.0), piece(1000.0, 10.0)], STANDING);
        assert_seconds(time, 40.0 + 222.5 + 10.0 + 95.0 + 10.0);
    }

    /// 30 m of a slow section between fast ones: braking begins in the section before, however short the slow one is.
    #[test]
    fn a_limit_holds_over_the_boundaries_on_both_sides() {
        let slowed = running_time(SLOW, &[piece(2000.0, 20.0), piece(30.0, 5.0), piece(2000.0, 20.0)], STANDING);
        // 40 s and 400 m to 20 m/s; 15 s and (400 − 25) ÷ 2 = 187.5 m down to 5; 1412.5 m at 20 m/s = 70.625 s; 30 m = 6 s;
        // 30 s and 375 m back to 20; 2000 − 375 − 200 = 1425 m at 20 = 71.25 s; 20 s to the stand.
        assert_seconds(slowed, 40.0 + 70.625 + 15.0 + 6.0 + 30.0 + 71.25 + 20.0);
    }

    #[test]
    fn a_train_that_passes_saves_what_starting_and_stopping_takes() {
        let pieces = [piece(10_000.0, 20.0)];
        assert_seconds(running_time(SLOW, &pieces, [End::Passes, End::Passes]), 500.0);
        assert_seconds(running_time(SLOW, &pieces, [End::Passes, End::Stands]), 490.0 + 20.0);
        assert_seconds(running_time(SLOW, &[], STANDING), 0.0);
    }

    /// Of 1,000 s 5 % is 50 s; over 50 km 4.5 minutes for every hundred are 2.25 minutes, 135 s.
    #[test]
    fn margins_are_read_as_osrd_writes_them() {
        assert_seconds(Margin::parse("5%").expect("a margin").seconds(1000.0, 1.0), 50.0);
        assert_seconds(Margin::parse(" 4.5min/100km").expect("a margin").seconds(1.0, 50_000.0), 135.0);
        for bad in ["", "5", "%", "-1%", "5min", "NaN%", "inf%", "4min/km", "1e9%"] {
            assert_eq!(Margin::parse(bad), Err(MarginError(bad.to_owned())));
        }
    }

    /// The same run, step by step: in every hundredth of a second the train goes as fast as it can still brake for.
    fn simulated(train: Train, pieces: &[Piece]) -> f64 {
        const STEP: f64 = 0.01;
        let total: f64 = pieces.iter().map(|piece| piece.metres).sum();
        let (mut at, mut speed, mut time) = (0.0_f64, 0.0_f64, 0.0_f64);
        while total - at > 0.01 && time < 1e5 {
            let mut allowed = train.top_speed.min((2.0 * train.braking * (total - at)).sqrt());
            let mut begins = 0.0;
            for piece in pieces {
                let ends = begins + piece.metres;
                if at < ends {
                    // A limit ahead must be reached where it begins; one underfoot holds now.
                    let distance = f64::max(begins - at, 0.0);
                    allowed = allowed.min((piece.limit.powi(2) + 2.0 * train.braking * distance).sqrt());
                }
                begins = ends;
            }
            let next = (speed + train.acceleration * STEP).min(allowed);
            at += f64::midpoint(speed, next) * STEP;
            speed = next.max(1e-3);
            time += STEP;
        }
        time
    }

    fn trains() -> impl Strategy<Value = Train> {
        (5.0..60.0, 0.1..1.5, 0.1..1.5).prop_map(|(top_speed, acceleration, braking)| Train {
            top_speed,
            acceleration,
            braking,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_formula_is_what_a_simulation_finds(
            train in trains(),
            pieces in proptest::collection::vec((50.0..3000.0, 3.0..60.0), 1..5),
        ) {
            let pieces: Vec<Piece> = pieces.into_iter().map(|(metres, limit)| piece(metres, limit)).collect();
            let (formula, steps) = (running_time(train, &pieces, STANDING), simulated(train, &pieces));
            prop_assert!((formula - steps).abs() < 1.0 + formula * 0.005, "{formula} s, step by step {steps} s");
        }

        #[test]
        fn a_better_train_and_a_better_track_are_never_slower(
            train in trains(),
            better in trains(),
            pieces in proptest::collection::vec((1.0..3000.0, 3.0..60.0, 0.0..30.0), 1..5),
        ) {
            let made = |gain: f64| -> Vec<Piece> {
                pieces.iter().map(|(metres, limit, more)| piece(*metres, limit + gain * more)).collect()
            };
            let slow = running_time(train, &made(0.0), STANDING);
            prop_assert!(running_time(train.or(better), &made(0.0), STANDING) <= slow + 1e-6);
            prop_assert!(running_time(train, &made(1.0), STANDING) <= slow + 1e-6);
            prop_assert!(running_time(train, &made(0.0), [End::Passes, End::Passes]) <= slow + 1e-6);
        }
    }
}
