//! Countries by position, from boundaries that © OpenStreetMap contributors drew (Open Database License 1.0).

use country_boundaries::{BOUNDARIES_ODBL_180X90, CountryBoundaries, LatLon};
use std::sync::OnceLock;

use crate::country::{Country, CountryCode};

/// How far outside every boundary a stop may lie and still belong to the country of the nearest. The boundaries are simplified,
/// along coasts too: they may leave out a pier or a harbour airport.
pub const NEARBY_METRES: u32 = 5_000;

/// Territories with a code of their own inside the boundary of the state they belong to: being in both is no dispute, and the
/// code of the territory counts. ISO 3166-1 names the state of each.
const TERRITORIES: [(&str, &str); 10] = [
    ("AU", "CC CX HM NF"),
    ("CN", "HK MO"),
    ("DK", "FO GL"),
    ("FI", "AX"),
    ("FR", "BL GF GP MF MQ NC PF PM RE TF WF YT"),
    ("GB", "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG"),
    ("NL", "AW BQ CW SX"),
    ("NO", "BV SJ"),
    ("NZ", "CK NU TK"),
    ("US", "AS GU MP PR UM VI"),
];

/// The country whose boundary encloses a position in degrees north and east; disputed where several states' do.
pub(crate) fn enclosing(north: f64, east: f64) -> Country {
    let Ok(position) = LatLon::new(north, east) else { return Country::Unknown };
    let ids = boundaries().map(|boundaries| boundaries.ids(position)).unwrap_or_default();
    // A part of a state stands for the state: `UA-43` is claimed as Ukraine's.
    let mut claims: Vec<CountryCode> =
        ids.iter().filter_map(|id| CountryCode::parse(id.get(..2).unwrap_or_default())).collect();
    claims.sort_unstable();
    claims.dedup();
    let all = claims.clone();
    claims.retain(|state| !all.iter().any(|territory| belongs(*territory, *state)));
    Country::claimed(claims)
}

/// The country nearest to a position that no boundary encloses, within [`NEARBY_METRES`]: the first of widening rings of points
/// that meets a country says it; unknown where that ring meets several.
pub(crate) fn nearest(north: f64, east: f64) -> Country {
    const RINGS: u32 = 10;
    const POINTS: u32 = 24;
    for ring in 1..=RINGS {
        let degrees = (f64::from(NEARBY_METRES * ring / RINGS) / tumen_base::EARTH_RADIUS_M).to_degrees();
        let mut met = (0..POINTS).filter_map(|point| {
            let (sine, cosine) = (f64::from(point) / f64::from(POINTS) * std::f64::consts::TAU).sin_cos();
            let shrinks = north.to_radians().cos().max(0.01);
            Some(enclosing(north + degrees * cosine, east + degrees * sine / shrinks)).filter(Country::is_stated)
        });
        if let Some(first) = met.next() {
            return if met.all(|other| other == first) { first } else { Country::Unknown };
        }
    }
    Country::Unknown
}

fn belongs(territory: CountryCode, state: CountryCode) -> bool {
    let of_state = TERRITORIES.iter().filter(|(name, _)| *name == state.as_str());
    of_state.flat_map(|(_, codes)| codes.split(' ')).any(|code| code == territory.as_str())
}

/// `None` where the crate's own data cannot be read: then no position has a country.
fn boundaries() -> Option<&'static CountryBoundaries> {
    static BOUNDARIES: OnceLock<Option<CountryBoundaries>> = OnceLock::new();
    BOUNDARIES.get_or_init(|| CountryBoundaries::from_reader(BOUNDARIES_ODBL_180X90).ok()).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_has_the_country_that_encloses_it() {
        for (place, north, east, expected) in [
            ("Tumangang", 42.4137, 130.602, "KP"),
            ("Khasan", 42.428, 130.645, "RU"),
            ("Basel Badischer Bahnhof", 47.5673, 7.607, "CH"),
            ("Niagara Falls, New York", 43.11, -79.056, "US"),
            ("Niagara Falls, Ontario", 43.108, -79.063, "CA"),
            ("Hong Kong", 22.30, 114.17, "HK"),
            ("San Juan", 18.45, -66.1, "PR"),
            ("Mariehamn", 60.1, 19.94, "AX"),
            ("Las Palmas", 28.13, -15.43, "ES"),
        ] {
            assert_eq!(enclosing(north, east).to_string(), expected, "{place}");
        }
    }

    #[test]
    fn disputed_ground_names_both() {
        assert_eq!(enclosing(44.95, 34.1).to_string(), "RU;UA", "Simferopol");
        assert_eq!(enclosing(9.6, 28.4).to_string(), "SD;SS", "Abyei");
    }

    #[test]
    fn at_sea_the_nearest_country_counts_as_far_as_it_is_near() {
        assert_eq!(enclosing(50.60, 0.2), Country::Unknown, "in the Channel");
        assert_eq!(nearest(50.60, 0.2).to_string(), "GB");
        assert_eq!(nearest(54.0, 2.5), Country::Unknown, "in the North Sea");
        assert_eq!(nearest(f64::NAN, 0.0), Country::Unknown);
    }
}
