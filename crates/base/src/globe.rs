//! Distances on the globe.

/// Mean radius of the earth in metres.
pub const EARTH_RADIUS_M: f64 = 6_371_000.0;

/// Great-circle metres between two positions in degrees north and east.
pub fn metres_between(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (north, other_north) = (one.0.to_radians(), other.0.to_radians());
    let half_chord = ((other_north - north) / 2.0).sin().powi(2)
        + north.cos() * other_north.cos() * ((other.1 - one.1).to_radians() / 2.0).sin().powi(2);
    2.0 * EARTH_RADIUS_M * half_chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::metres_between;

    #[test]
    fn khasan_is_a_mile_from_the_bridge() {
        let distance = metres_between((42.428, 130.645), (42.415, 130.641));
        assert!((1400.0..1600.0).contains(&distance), "{distance}");
        assert!(metres_between((0.0, 0.0), (0.0, 180.0)) > 20_000_000.0);
    }
}
