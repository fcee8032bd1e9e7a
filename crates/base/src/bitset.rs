//! Sets of days: the calendar of a service, and jumps to its next running day.

/// A borrowed set of days, one bit each, lowest bit of the first word is day 0.
#[derive(Clone, Copy, Debug)]
pub struct DayBits<'a> {
    words: &'a [u64],
}

impl<'a> DayBits<'a> {
    /// Views words as days.
    pub const fn new(words: &'a [u64]) -> Self {
        Self { words }
    }

    /// Words needed for so many days.
    pub const fn words_for(days: usize) -> usize {
        days.div_ceil(64)
    }

    /// Whether the day is in the set; days outside the words are not.
    pub fn contains(self, day: i32) -> bool {
        let Ok(day) = usize::try_from(day) else { return false };
        self.words.get(day / 64).is_some_and(|word| word >> (day % 64) & 1 == 1)
    }

    /// The first day of the set at or after `day`.
    pub fn next_from(self, day: i32) -> Option<i32> {
        let day = day.max(0) as usize;
        let first = self.words.get(day / 64)? >> (day % 64) << (day % 64);
        if first != 0 {
            return Some((day / 64 * 64) as i32 + first.trailing_zeros() as i32);
        }
        let later = self.words.iter().enumerate().skip(day / 64 + 1).find(|(_, word)| **word != 0)?;
        Some((later.0 * 64) as i32 + later.1.trailing_zeros() as i32)
    }

    /// The last day of the set at or before `day`.
    pub fn previous_from(self, day: i32) -> Option<i32> {
        let day = usize::try_from(day).ok()?.min((self.words.len() * 64).checked_sub(1)?);
        let shift = 63 - day % 64;
        let first = self.words[day / 64] << shift >> shift;
        if first != 0 {
            return Some((day / 64 * 64) as i32 + 63 - first.leading_zeros() as i32);
        }
        let earlier = self.words[..day / 64].iter().enumerate().rev().find(|(_, word)| **word != 0)?;
        Some((earlier.0 * 64) as i32 + 63 - earlier.1.leading_zeros() as i32)
    }

    /// How many days the set holds.
    pub fn count(self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The days in order.
    pub fn iter(self) -> impl Iterator<Item = i32> + 'a {
        let mut next = self.next_from(0);
        std::iter::from_fn(move || {
            let day = next?;
            next = self.next_from(day + 1);
            Some(day)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_find_the_next_and_the_previous_day() {
        let mut words = [0_u64; 4];
        for day in [0_usize, 12, 63, 64, 200] {
            words[day / 64] |= 1 << (day % 64);
        }
        let days = DayBits::new(&words);
        assert_eq!(days.iter().collect::<Vec<_>>(), [0, 12, 63, 64, 200]);
        for day in -3..260 {
            let all = [0, 12, 63, 64, 200];
            assert_eq!(days.next_from(day), all.into_iter().find(|&other| other >= day), "from {day}");
            assert_eq!(days.previous_from(day), all.into_iter().rev().find(|&other| other <= day), "before {day}");
            assert_eq!(days.contains(day), all.contains(&day));
        }
        assert_eq!(days.count(), 5);
        assert_eq!(DayBits::new(&[]).next_from(0), None);
        assert_eq!(DayBits::new(&[]).previous_from(7), None);
    }
}
