//! Distances on the globe.

/// Degrees north and east.
pub type Position = (f64, f64);

/// Mean radius of the earth in metres.
const EARTH_M: f64 = 6_371_008.8;

/// Great-circle metres.
pub fn metres(one: Position, other: Position) -> f64 {
    let (north, south) = (one.0.to_radians(), other.0.to_radians());
    let half_latitude = ((other.0 - one.0).to_radians() / 2.0).sin();
    let half_longitude = ((other.1 - one.1).to_radians() / 2.0).sin();
    let chord = half_latitude * half_latitude + north.cos() * south.cos() * half_longitude * half_longitude;
    2.0 * EARTH_M * chord.clamp(0.0, 1.0).sqrt().asin()
}

/// Points in Google's polyline encoding, with so many decimals.
pub fn polyline(points: &[Position], decimals: u32) -> String {
    let scale = 10_f64.powi(decimals as i32);
    let mut text = String::new();
    let mut last = (0_i64, 0_i64);
    for point in points {
        let here = ((point.0 * scale).round() as i64, (point.1 * scale).round() as i64);
        for change in [here.0 - last.0, here.1 - last.1] {
            let mut bits = (change << 1) ^ (change >> 63);
            while bits >= 0x20 {
                text.push(char::from((0x20 | (bits & 0x1f)) as u8 + 63));
                bits >>= 5;
            }
            text.push(char::from(bits as u8 + 63));
        }
        last = here;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn khasan_is_two_kilometres_from_the_bridge() {
        let distance = metres((42.428, 130.645), (42.415, 130.641));
        assert!((1400.0..1600.0).contains(&distance), "{distance}");
        assert!(metres((0.0, 0.0), (0.0, 180.0)) > 20_000_000.0);
    }

    #[test]
    fn polylines_match_the_published_example() {
        let points = [(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)];
        assert_eq!(polyline(&points, 5), "_p~iF~ps|U_ulLnnqC_mqNvxq`@");
    }
}
