//! A part of the map.

use tumen_journey::geography::Position;

use super::parameters::Parameters;
use crate::problem::Problem;

/// A box of degrees. Where its west lies east of its east, it crosses the antimeridian.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
}

impl Area {
    /// Reads the corners `min` and `max`: MOTIS takes any two that lie opposite each other, south before north.
    ///
    /// # Errors
    /// When a corner is missing or none.
    pub fn read(given: &mut Parameters) -> Result<Self, Problem> {
        Self::read_if_given(given)?.ok_or_else(|| {
            Problem::field("min", "min and max are missing: expected two corners, each latitude,longitude in degrees")
        })
    }

    /// The same where the area may be absent.
    ///
    /// # Errors
    /// When there is one corner alone, or one is none.
    pub fn read_if_given(given: &mut Parameters) -> Result<Option<Self>, Problem> {
        match (given.position("min")?, given.position("max")?) {
            (None, None) => Ok(None),
            (Some(min), Some(max)) => {
                let (south, north) = (min.0.min(max.0), min.0.max(max.0));
                Ok(Some(Self { south, north, west: min.1, east: max.1 }))
            }
            (None, Some(_)) => Err(Problem::field("min", "min is missing: expected latitude,longitude of a corner")),
            (Some(_), None) => Err(Problem::field("max", "max is missing: expected latitude,longitude of a corner")),
        }
    }

    /// Whether a point lies in it.
    pub fn contains(&self, (north, east): Position) -> bool {
        let in_width = if self.west <= self.east {
            (self.west..=self.east).contains(&east)
        } else {
            east >= self.west || east <= self.east
        };
        in_width && (self.south..=self.north).contains(&north)
    }

    /// Whether the box around two points touches it. Points half the world or more apart are taken to lie on both sides of the antimeridian.
    pub fn touches(&self, one: Position, other: Position) -> bool {
        let (south, north) = (one.0.min(other.0), one.0.max(other.0));
        let (west, east) = (one.1.min(other.1), one.1.max(other.1));
        let spans = if east - west <= 180.0 { vec![(west, east)] } else { vec![(east, 180.0), (-180.0, west)] };
        let own = if self.west <= self.east {
            vec![(self.west, self.east)]
        } else {
            vec![(self.west, 180.0), (-180.0, self.east)]
        };
        let meets = |(west, east): (f64, f64)| own.iter().any(|own| west <= own.1 && own.0 <= east);
        south <= self.north && self.south <= north && spans.into_iter().any(meets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_may_cross_the_antimeridian() {
        let pacific = Area { south: -10.0, north: 70.0, west: 170.0, east: -170.0 };
        assert!(pacific.contains((0.0, 175.0)) && pacific.contains((0.0, -175.0)) && !pacific.contains((0.0, 0.0)));
        assert!(pacific.touches((64.0, 177.5), (64.5, -165.4)), "Anadyr to Nome");
        assert!(!pacific.touches((55.0, 37.0), (52.0, 104.0)), "Moscow to Irkutsk");
        let europe = Area { south: 35.0, north: 60.0, west: -10.0, east: 30.0 };
        assert!(europe.touches((50.0, -20.0), (50.0, 40.0)), "right across");
        assert!(!europe.contains((50.0, 31.0)) && !europe.touches((61.0, 0.0), (62.0, 5.0)));
    }
}
