//! Moments and durations as people type them.

use jiff::{Timestamp, civil};
use tumen_base::Date;

/// A moment as typed, before it is known whose clock it is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// `now`.
    Now,
    /// A date alone: its first second for departures, its last for arrivals.
    Day(civil::Date),
    /// A local date and time.
    Local(civil::DateTime),
    /// A date and time with its offset.
    Instant(Timestamp),
}

impl When {
    /// Reads `now`, `2026-12-12`, `20261212`, `2026-12-12T10:30`, `2026-12-12 10:30:15` or any of them with an offset.
    ///
    /// # Errors
    /// With a sentence that shows the forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("now") {
            return Ok(Self::Now);
        }
        if let Ok(date) = Date::parse_typed(text) {
            return Ok(Self::Day(date.civil()));
        }
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(Self::Instant(instant));
        }
        if text.len() > 10
            && let Ok(local) = text.parse::<civil::DateTime>()
        {
            return Ok(Self::Local(local));
        }
        Err("expected a date and time such as 2026-12-12, 2026-12-12T10:30 (local time), \
             2026-12-12T10:30+03:00 or now"
            .to_owned())
    }
}

/// Longest duration that any option takes: ten years.
const LONGEST: i64 = 3660 * 86_400;

/// Reads `60d`, `24h`, `90m`, `1d12h`, `45s`; a bare number counts seconds. Answers seconds.
///
/// # Errors
/// With a sentence that shows the forms.
pub fn parse_duration(text: &str) -> Result<i32, String> {
    let expected = || format!("expected a duration such as 60d, 24h, 90m or 1d12h, not `{text}`");
    let mut total = 0_i64;
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(expected());
    }
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        let count: i64 = rest[..digits].parse().map_err(|_| expected())?;
        rest = &rest[digits..];
        let letters = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
        let unit = match &rest[..letters] {
            "d" => 86_400,
            "h" => 3600,
            "m" | "min" => 60,
            "s" => 1,
            "" if total == 0 && rest.is_empty() => 1,
            _ => return Err(expected()),
        };
        rest = &rest[letters..];
        total = count.checked_mul(unit).and_then(|part| total.checked_add(part)).ok_or_else(expected)?;
        if total > LONGEST {
            return Err("longer than ten years".to_owned());
        }
    }
    i32::try_from(total).map_err(|_| expected())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_add_up() {
        assert_eq!(parse_duration("60d"), Ok(60 * 86_400));
        assert_eq!(parse_duration("1d12h30m5s"), Ok(86_400 + 12 * 3600 + 30 * 60 + 5));
        assert_eq!(parse_duration("900"), Ok(900));
        for wrong in ["", "d", "-1h", "1x", "1h30", "9999999999999999999d", "4000d", "1 h", "１h"] {
            assert!(parse_duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn moments_keep_whose_clock_they_mean() {
        let local = civil::date(2026, 12, 12).at(10, 30, 0, 0);
        assert_eq!(When::parse("2026-12-12T10:30"), Ok(When::Local(local)));
        assert_eq!(When::parse("2026-12-12 10:30:00"), Ok(When::Local(local)));
        assert_eq!(When::parse("2026-12-12"), Ok(When::Day(civil::date(2026, 12, 12))));
        assert_eq!(When::parse("20261212"), Ok(When::Day(civil::date(2026, 12, 12))));
        let instant = "2026-12-12T07:30:00Z".parse().expect("an instant");
        assert_eq!(When::parse("2026-12-12T10:30+03:00"), Ok(When::Instant(instant)));
        for wrong in ["", "tomorrow", "12.12.2026", "2026-02-30", "2026-12-12T25:00", "10:30"] {
            assert!(When::parse(wrong).is_err(), "{wrong}");
        }
    }
}
