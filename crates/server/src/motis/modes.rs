//! Modes as the MOTIS API names them, one by one and in groups.

use tumen_journey::modes::motis_mode;
use tumen_timetable::Columns;

use super::parameters::wrong;
use crate::problem::Problem;

/// Every kind of train that `RAIL` means.
const RAIL: &[&str] =
    &["HIGHSPEED_RAIL", "LONG_DISTANCE", "NIGHT_RAIL", "REGIONAL_FAST_RAIL", "REGIONAL_RAIL", "SUBURBAN", "SUBWAY"];

/// What is ridden: a mode or group, and the modes of route types that it means.
const TRANSIT: &[(&str, &[&str])] = &[
    ("RAIL", RAIL),
    ("HIGHSPEED_RAIL", &["HIGHSPEED_RAIL"]),
    ("LONG_DISTANCE", &["LONG_DISTANCE"]),
    ("NIGHT_RAIL", &["NIGHT_RAIL"]),
    ("REGIONAL_RAIL", &["REGIONAL_RAIL", "REGIONAL_FAST_RAIL"]),
    ("REGIONAL_FAST_RAIL", &["REGIONAL_RAIL", "REGIONAL_FAST_RAIL"]),
    ("SUBURBAN", &["SUBURBAN"]),
    ("SUBWAY", &["SUBWAY"]),
    ("METRO", &["SUBWAY"]),
    ("TRAM", &["TRAM"]),
    ("BUS", &["BUS"]),
    ("COACH", &["COACH"]),
    ("FERRY", &["FERRY"]),
    ("AIRPLANE", &["AIRPLANE"]),
    ("FUNICULAR", &["FUNICULAR"]),
    ("AERIAL_LIFT", &["AERIAL_LIFT"]),
    ("AREAL_LIFT", &["AERIAL_LIFT"]),
    ("CABLE_CAR", &["AERIAL_LIFT"]),
    ("OTHER", &["OTHER"]),
    // No timetable that Tumen reads has any.
    ("ODM", &[]),
    ("RIDE_SHARING", &[]),
    ("FLEX", &[]),
];

/// Which modes may be ridden.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Modes {
    /// All of them.
    #[default]
    All,
    /// Some; none where it is empty.
    Only(Vec<&'static str>),
}

impl Modes {
    /// Reads a list of modes; `None` allows all.
    ///
    /// # Errors
    /// When one is no mode that is ridden.
    pub fn read(name: &str, list: Option<Vec<String>>) -> Result<Self, Problem> {
        let Some(list) = list else { return Ok(Self::All) };
        let mut modes = Vec::new();
        let mut all = false;
        for word in list {
            match TRANSIT.iter().find(|(mode, _)| *mode == word) {
                Some((_, means)) => modes.extend(means.iter().copied()),
                None if word == "TRANSIT" => all = true,
                None => {
                    let known: Vec<&str> = TRANSIT.iter().map(|(mode, _)| *mode).collect();
                    return Err(wrong(name, &word, &format!("modes such as TRANSIT, {}", known.join(", "))));
                }
            }
        }
        Ok(if all { Self::All } else { Self::Only(modes) })
    }

    /// Whether a route type is among them.
    pub fn allows(&self, route_type: u16) -> bool {
        match self {
            Self::All => true,
            Self::Only(modes) => modes.contains(&motis_mode(route_type)),
        }
    }

    /// Whether nothing is ridden at all.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Only(modes) if modes.is_empty())
    }

    /// The route types of a timetable that are among them; `None` where all are.
    pub fn route_types(&self, columns: &Columns<'_>) -> Option<Vec<u16>> {
        if *self == Self::All {
            return None;
        }
        let mut types: Vec<u16> = columns.route_kind.iter().copied().filter(|&kind| self.allows(kind)).collect();
        types.sort_unstable();
        types.dedup();
        Some(types)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(list: &[&str]) -> Result<Modes, Problem> {
        Modes::read("transitModes", Some(list.iter().map(|&mode| mode.to_owned()).collect()))
    }

    #[test]
    fn groups_mean_their_members() {
        let rail = read(&["RAIL"]).expect("modes");
        assert!(rail.allows(2) && rail.allows(105) && rail.allows(401) && !rail.allows(3) && !rail.allows(1100));
        assert!(read(&["BUS", "TRANSIT"]).expect("modes").allows(1100));
        assert!(read(&[]).expect("modes").is_none());
        assert!(read(&["FLEX"]).expect("modes").is_none());
        assert!(read(&["WALK"]).is_err() && read(&["rail"]).is_err());
        assert_eq!(Modes::read("mode", None).expect("modes"), Modes::All);
    }
}
