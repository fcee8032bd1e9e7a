//! What is worked out for some service days and shared by all threads: made when the days were asked for often enough, those
//! used last kept.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// How many spans of days are remembered of which nothing is kept.
const MOST_UNMADE: usize = 64;

/// Values by days, within a bound on memory.
pub(crate) struct DayCache<T> {
    /// The most memory that all values take together.
    most_bytes: usize,
    bytes_of: fn(&T) -> usize,
    /// The span asked for last at the end.
    spans: Mutex<Vec<Span<T>>>,
}

/// What is known about some days.
struct Span<T> {
    days: Range<i32>,
    value: Value<T>,
}

enum Value<T> {
    /// Made after so many more askings.
    Awaited(usize),
    Made(Arc<T>),
    /// There is none, or it would be too large.
    Impossible,
}

impl<T> DayCache<T> {
    /// No values yet, of which all together may take so many bytes.
    pub(crate) fn new(most_bytes: usize, bytes_of: fn(&T) -> usize) -> Self {
        Self { most_bytes, bytes_of, spans: Mutex::default() }
    }

    /// The value for some days, made when it was asked for `before` times already; `None` until then, and where there can be
    /// none. Whoever asks while another thread makes one waits.
    pub(crate) fn get(
        &self,
        days: Range<i32>,
        before: usize,
        make: impl FnOnce(Range<i32>) -> Option<T>,
    ) -> Option<Arc<T>> {
        let mut spans = self.spans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = spans.iter().rposition(|span| span.days == days) {
            spans[at..].rotate_left(1);
        } else {
            forget_unmade(&mut spans);
            spans.push(Span { days: days.clone(), value: Value::Awaited(before) });
        }
        let value = &mut spans.last_mut()?.value;
        match value {
            Value::Made(made) => return Some(Arc::clone(made)),
            Value::Impossible => return None,
            Value::Awaited(0) => {}
            Value::Awaited(left) => {
                *left -= 1;
                return None;
            }
        }
        let made = make(days).filter(|made| (self.bytes_of)(made) <= self.most_bytes).map(Arc::new);
        *value = made.as_ref().map_or(Value::Impossible, |made| Value::Made(Arc::clone(made)));
        self.keep_latest(&mut spans);
        made
    }

    /// The value for the fewest days that cover some days, if one was made.
    pub(crate) fn covering(&self, days: &Range<i32>) -> Option<Arc<T>> {
        let mut spans = self.spans.lock().unwrap_or_else(PoisonError::into_inner);
        let covers = |span: &Span<T>| {
            let covers = span.days.start <= days.start && days.end <= span.days.end;
            covers && matches!(span.value, Value::Made(_))
        };
        let (at, _) =
            spans.iter().enumerate().filter(|(_, span)| covers(span)).min_by_key(|(_, span)| span.days.len())?;
        spans[at..].rotate_left(1);
        match &spans.last()?.value {
            Value::Made(made) => Some(Arc::clone(made)),
            _ => None,
        }
    }

    /// Drops all but the values used last that fit together.
    fn keep_latest(&self, spans: &mut [Span<T>]) {
        let mut bytes = 0_usize;
        for span in spans.iter_mut().rev() {
            if let Value::Made(made) = &span.value {
                bytes = bytes.saturating_add((self.bytes_of)(made));
                if bytes > self.most_bytes {
                    span.value = Value::Awaited(0);
                }
            }
        }
    }
}

/// Makes room for one more span without a value.
fn forget_unmade<T>(spans: &mut Vec<Span<T>>) {
    let is_unmade = |span: &Span<T>| !matches!(span.value, Value::Made(_));
    if spans.iter().filter(|span| is_unmade(span)).count() >= MOST_UNMADE
        && let Some(oldest) = spans.iter().position(is_unmade)
    {
        spans.remove(oldest);
    }
}

#[cfg(test)]
mod tests {
    use super::{DayCache, MOST_UNMADE};
    use std::cell::Cell;
    use std::ops::Range;

    /// A cache for ten bytes in all that counts how often it makes something.
    struct Counted {
        cache: DayCache<Vec<u8>>,
        made: Cell<usize>,
    }

    impl Counted {
        fn new() -> Self {
            Self { cache: DayCache::new(10, Vec::len), made: Cell::new(0) }
        }

        /// Asks for the days' value, of as many bytes as there are days; it is made at the second asking. Answers whether it
        /// is there.
        fn ask(&self, days: Range<i32>) -> bool {
            self.ask_after(1, days)
        }

        fn ask_after(&self, before: usize, days: Range<i32>) -> bool {
            let make = |days: Range<i32>| {
                self.made.set(self.made.get() + 1);
                (!days.is_empty()).then(|| vec![0; days.len()])
            };
            self.cache.get(days, before, make).is_some()
        }
    }

    #[test]
    fn a_value_is_made_once_its_days_were_asked_for_often_enough() {
        let cache = Counted::new();
        assert_eq!([1, 2, 3, 4, 5].map(|_| cache.ask_after(3, 0..2)), [false, false, false, true, true]);
        assert_eq!(cache.made.get(), 1);
        assert!(cache.ask_after(0, 0..3), "made at once");
    }

    #[test]
    fn days_are_told_apart_by_both_ends() {
        let cache = Counted::new();
        assert_eq!([0..2, 0..3, 1..3, 0..2].map(|days| cache.ask(days)), [false, false, false, true]);
    }

    #[test]
    fn the_values_used_last_stay_and_the_others_are_made_anew() {
        let cache = Counted::new();
        for days in [0..4, 4..8] {
            cache.ask(days.clone());
            assert!(cache.ask(days));
        }
        assert!(cache.ask(0..4), "used again, so 4..8 is the older one");
        cache.ask(8..12);
        assert!(cache.ask(8..12), "the third does not fit beside both");
        assert!(cache.ask(0..4));
        assert_eq!(cache.made.get(), 3);
        assert!(cache.ask(4..8), "asked for often enough already");
        assert_eq!(cache.made.get(), 4);
    }

    #[test]
    fn the_fewest_days_that_cover_others_are_found_once_made() {
        let cache = Counted::new();
        let covering = |days: Range<i32>| cache.cache.covering(&days).map(|value| value.len());
        assert_eq!(covering(0..2), None);
        cache.ask(0..5);
        assert_eq!(covering(0..2), None, "asked for, not made");
        for days in [0..5, 0..3, 0..3] {
            cache.ask(days);
        }
        assert_eq!([0..2, 0..3, 1..4, 4..6].map(covering), [Some(3), Some(3), Some(5), None]);
    }

    #[test]
    fn what_cannot_be_made_or_is_too_large_is_tried_once() {
        let cache = Counted::new();
        for days in [0..0, 0..11] {
            assert_eq!([1, 2, 3].map(|_| cache.ask(days.clone())), [false; 3]);
        }
        assert_eq!(cache.made.get(), 2);
    }

    #[test]
    fn days_that_were_not_asked_for_again_are_forgotten_and_values_are_not() {
        let cache = Counted::new();
        cache.ask(0..1);
        assert!(cache.ask(0..1));
        let most = MOST_UNMADE as i32;
        for (first, others, is_known) in [(1000, most - 1, true), (2000, most, false)] {
            cache.ask(first..first + 1);
            for day in first + 1..=first + others {
                cache.ask(day..day + 1);
            }
            assert_eq!(cache.ask(first..first + 1), is_known, "{others} others came since");
        }
        assert!(cache.ask(0..1));
        assert_eq!(cache.made.get(), 2);
    }
}
