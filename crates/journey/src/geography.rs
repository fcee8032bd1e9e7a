//! Positions, and lines of them as clients draw them.

/// Degrees north and east.
pub type Position = (f64, f64);

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
    fn polylines_match_the_published_example() {
        let points = [(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)];
        assert_eq!(polyline(&points, 5), "_p~iF~ps|U_ulLnnqC_mqNvxq`@");
    }
}
