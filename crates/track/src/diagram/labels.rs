//! Where labels go so that none covers another.

/// A label that wants to stand somewhere along an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wish {
    /// Where it would stand best.
    pub at: f64,
    /// Smaller ranks go first. Those of rank 0 are moved to find room, others stand where they want or not at all.
    pub rank: u8,
}

/// Places labels along an edge from `first` to `last`, each `spacing` from the next; `None` where there is no room.
pub fn spread(wishes: &[Wish], spacing: f64, [first, last]: [f64; 2]) -> Vec<Option<f64>> {
    let room = ((last - first) / spacing).floor().max(0.0) as usize + 1;
    let mut placed: Vec<Option<f64>> = vec![None; wishes.len()];
    let mut important: Vec<usize> = (0..wishes.len()).filter(|&wish| wishes[wish].rank == 0).collect();
    important.truncate(room);
    important.sort_by(|&one, &other| wishes[one].at.total_cmp(&wishes[other].at));
    let wanted: Vec<f64> = important.iter().map(|&wish| wishes[wish].at).collect();
    for (wish, at) in important.iter().zip(apart(&wanted, spacing, [first, last])) {
        placed[*wish] = Some(at);
    }
    let mut others: Vec<usize> = (0..wishes.len()).filter(|&wish| wishes[wish].rank > 0).collect();
    others.sort_by_key(|&wish| wishes[wish].rank);
    for wish in others {
        let at = wishes[wish].at;
        if (first..=last).contains(&at) && placed.iter().flatten().all(|other| (other - at).abs() >= spacing) {
            placed[wish] = Some(at);
        }
    }
    placed
}

/// The positions nearest to those wanted (least squares) that are in the same order and `spacing` apart: isotonic regression by
/// pooling adjacent violators.
fn apart(wanted: &[f64], spacing: f64, [first, last]: [f64; 2]) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (place, at) in wanted.iter().enumerate() {
        pools.push((at - place as f64 * spacing, 1));
        while let [.., (before, many), (after, more)] = pools[..]
            && before > after
        {
            pools.truncate(pools.len() - 2);
            let number = many + more;
            pools.push(((before * many as f64 + after * more as f64) / number as f64, number));
        }
    }
    let slack = (last - wanted.len().saturating_sub(1) as f64 * spacing).max(first);
    let levels = pools.into_iter().flat_map(|(level, many)| std::iter::repeat_n(level.clamp(first, slack), many));
    levels.enumerate().map(|(place, level)| level + place as f64 * spacing).collect()
}

/// A rectangle: left, top, right, bottom.
pub type Frame = [f64; 4];

/// Where labels within a picture stand already, and lines that they had better not cover.
#[derive(Clone, Debug)]
pub struct Room {
    within: Frame,
    taken: Vec<Frame>,
    lines: Vec<[[f64; 2]; 2]>,
}

impl Room {
    /// Nothing stands there yet.
    pub fn new(within: Frame) -> Self {
        Self { within, taken: Vec::new(), lines: Vec::new() }
    }

    /// A line that labels had better not cover.
    pub fn spare(&mut self, line: [[f64; 2]; 2]) {
        self.lines.push(line);
    }

    /// Takes the first of some frames that is free and covers no line, else the first that is free.
    pub fn take(&mut self, frames: &[Frame]) -> Option<Frame> {
        let free = || frames.iter().filter(|frame| self.is_free(frame));
        let clear = free().find(|frame| !self.lines.iter().any(|line| crosses(*line, **frame)));
        let found = *clear.or_else(|| free().next())?;
        self.taken.push(found);
        Some(found)
    }

    fn is_free(&self, frame: &Frame) -> bool {
        let [left, top, right, bottom] = self.within;
        let inside = frame[0] >= left && frame[1] >= top && frame[2] <= right && frame[3] <= bottom;
        inside
            && self.taken.iter().all(|other| {
                frame[0] >= other[2] || frame[2] <= other[0] || frame[1] >= other[3] || frame[3] <= other[1]
            })
    }
}

/// Whether a line passes through a frame (Liang and Barsky).
fn crosses([from, to]: [[f64; 2]; 2], [left, top, right, bottom]: Frame) -> bool {
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (from, to, least, most) in [(from[0], to[0], left, right), (from[1], to[1], top, bottom)] {
        let along = to - from;
        if along == 0.0 {
            if from < least || from > most {
                return false;
            }
            continue;
        }
        let (one, other) = ((least - from) / along, (most - from) / along);
        enters = enters.max(one.min(other));
        leaves = leaves.min(one.max(other));
    }
    enters <= leaves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wishes(of: &[(f64, u8)]) -> Vec<Wish> {
        of.iter().map(|&(at, rank)| Wish { at, rank }).collect()
    }

    #[test]
    fn labels_move_apart_evenly() {
        let placed = spread(&wishes(&[(10.0, 0), (10.0, 0), (40.0, 0)]), 4.0, [0.0, 50.0]);
        assert_eq!(placed, [Some(8.0), Some(12.0), Some(40.0)]);
    }

    #[test]
    fn the_edge_pushes_back() {
        let placed = spread(&wishes(&[(49.0, 0), (50.0, 0), (50.0, 0)]), 4.0, [0.0, 50.0]);
        assert_eq!(placed, [Some(42.0), Some(46.0), Some(50.0)]);
    }

    #[test]
    fn the_less_important_give_way() {
        let placed = spread(&wishes(&[(10.0, 0), (12.0, 1), (15.0, 1), (16.0, 2)]), 4.0, [0.0, 50.0]);
        assert_eq!(placed, [Some(10.0), None, Some(15.0), None]);
    }

    #[test]
    fn where_there_is_no_room_labels_are_left_out() {
        let placed = spread(&wishes(&[(1.0, 0), (2.0, 0), (3.0, 0), (4.0, 0)]), 4.0, [0.0, 8.0]);
        assert_eq!(placed.iter().flatten().count(), 3);
    }

    #[test]
    fn frames_do_not_overlap() {
        let mut room = Room::new([0.0, 0.0, 10.0, 10.0]);
        assert_eq!(room.take(&[[0.0, 0.0, 5.0, 5.0]]), Some([0.0, 0.0, 5.0, 5.0]));
        assert_eq!(room.take(&[[4.0, 4.0, 6.0, 6.0], [5.0, 5.0, 9.0, 9.0]]), Some([5.0, 5.0, 9.0, 9.0]));
        assert_eq!(room.take(&[[8.0, 0.0, 12.0, 2.0]]), None);
    }

    #[test]
    fn lines_are_covered_only_where_nothing_else_is_free() {
        let mut room = Room::new([0.0, 0.0, 10.0, 10.0]);
        room.spare([[0.0, 0.0], [10.0, 10.0]]);
        let (on, beside) = ([4.0, 4.0, 6.0, 6.0], [7.0, 1.0, 9.0, 3.0]);
        assert_eq!(room.take(&[on, beside]), Some(beside));
        assert_eq!(room.take(&[on]), Some(on));
    }
}
