//! The outline of the land, so that a map can be read without names.
//!
//! Natural Earth, 1:110 million, version 4.1 (public domain), rounded to tenths of a degree. A line is a ring: `east,north` of its
//! first point in tenths of a degree, then what each point adds to the one before.

const RINGS: &str = include_str!("land.txt");

/// All rings, degrees north and east.
pub fn rings() -> impl Iterator<Item = Vec<(f64, f64)>> {
    RINGS.lines().map(|line| {
        let (mut east, mut north) = (0, 0);
        let steps = line.split(' ').filter_map(|step| step.split_once(','));
        let point = |(x, y): (&str, &str)| {
            east += x.parse::<i32>().unwrap_or(0);
            north += y.parse::<i32>().unwrap_or(0);
            (f64::from(north) / 10.0, f64::from(east) / 10.0)
        };
        steps.map(point).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_close_and_stay_on_earth() {
        let rings: Vec<_> = rings().collect();
        assert_eq!(rings.len(), 126);
        for ring in rings {
            assert_eq!(ring.first(), ring.last());
            assert!(ring.iter().all(|(north, east)| north.abs() <= 90.0 && east.abs() <= 180.1));
        }
    }
}
