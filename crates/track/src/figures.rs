//! Figures as tables of track write them: gauges, numbers of tracks, speeds that may be a range, an average or a belief.

/// How many tracks a section has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tracks {
    /// At least so many everywhere.
    pub least: u8,
    /// At most so many; `None`: more than `least` somewhere, unknown how many.
    pub most: Option<u8>,
}

/// How fast trains may be, or are, on a section.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Speed {
    /// km/h, the lower end of what is stated.
    pub least_kmh: f64,
    /// km/h, the upper end.
    pub most_kmh: f64,
    /// What it is.
    pub kind: SpeedKind,
}

/// What a stated speed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpeedKind {
    /// The speed that the line allows.
    LineSpeed,
    /// What trains make on average: no limit, and no running time follows from it.
    Average,
}

/// Nothing on rails is longer.
const LONGEST_KM: f64 = 50_000.0;
/// Nothing on rails is faster.
const FASTEST_KMH: f64 = 1000.0;
/// Millimetres between which gauges lie.
const GAUGES: std::ops::RangeInclusive<u16> = 300..=3000;

/// A length in kilometres, as metres.
pub(crate) fn metres(text: &str) -> Option<f64> {
    positive(text).filter(|kilometres| *kilometres <= LONGEST_KM).map(|kilometres| kilometres * 1000.0)
}

/// `1520`, `1520/1435`, `1435;1520`: gauges in millimetres, as written.
pub(crate) fn gauges(text: &str) -> Option<Vec<u16>> {
    let parts = text.split([';', '/', '+']).map(str::trim).filter(|part| !part.is_empty());
    let gauges: Option<Vec<u16>> = parts.map(|part| part.parse().ok().filter(|gauge| GAUGES.contains(gauge))).collect();
    gauges.filter(|gauges| !gauges.is_empty())
}

impl Tracks {
    /// `1`, `2+`, `1-2`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let count = |text: &str| text.trim().parse::<u8>().ok().filter(|count| *count > 0);
        if let Some(least) = text.strip_suffix('+') {
            return Some(Self { least: count(least)?, most: None });
        }
        let (least, most) = text.split_once(['-', '–']).map_or((text, text), |ends| ends);
        let (least, most) = (count(least)?, count(most)?);
        (least <= most).then_some(Self { least, most: Some(most) })
    }

    /// Whether it is known that there is one track all along.
    pub fn is_single(self) -> bool {
        self.most == Some(1)
    }
}

impl Speed {
    /// `120`, `40-70 (believed)`, `40-60 average`, `about 31 average (27 h 35 min in 2008)`: what stands in brackets is a remark.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let stated = text.split('(').next().unwrap_or_default().trim();
        let stated = stated.strip_prefix("about ").unwrap_or(stated);
        let (figures, kind) = match stated.strip_suffix("average") {
            Some(figures) => (figures, SpeedKind::Average),
            None => (stated, SpeedKind::LineSpeed),
        };
        let figures = figures.trim().trim_end_matches("km/h").trim();
        let (least, most) = figures.split_once(['-', '–']).map_or((figures, figures), |ends| ends);
        let (least_kmh, most_kmh) = (positive(least)?, positive(most)?);
        (least_kmh <= most_kmh && most_kmh <= FASTEST_KMH).then_some(Self { least_kmh, most_kmh, kind })
    }
}

/// A number above 0; `NaN` and infinity are words and no numbers.
fn positive(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_figure = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    text.parse::<f64>().ok().filter(|number| is_figure && number.is_finite() && *number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracks_are_a_number_a_range_or_more() {
        let tracks = |least, most| Some(Tracks { least, most });
        assert_eq!(Tracks::parse("1"), tracks(1, Some(1)));
        assert_eq!(Tracks::parse("2+"), tracks(2, None));
        assert_eq!(Tracks::parse("1-2"), tracks(1, Some(2)));
        for bad in ["", "0", "2-1", "two", "1, double near Sinuiju", "-1", "300", "+"] {
            assert_eq!(Tracks::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn speeds_are_limits_or_averages() {
        let speed = |least_kmh, most_kmh, kind| Some(Speed { least_kmh, most_kmh, kind });
        assert_eq!(Speed::parse("120"), speed(120.0, 120.0, SpeedKind::LineSpeed));
        assert_eq!(Speed::parse("40-70 (believed)"), speed(40.0, 70.0, SpeedKind::LineSpeed));
        assert_eq!(Speed::parse("40-60 average"), speed(40.0, 60.0, SpeedKind::Average));
        assert_eq!(Speed::parse("about 31 average (27 h 35 min)"), speed(31.0, 31.0, SpeedKind::Average));
        for bad in ["", "fast", "0", "-40", "70-40", "NaN", "inf", "1e400", "5000", "("] {
            assert_eq!(Speed::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn gauges_may_be_several() {
        assert_eq!(gauges("1520"), Some(vec![1520]));
        assert_eq!(gauges("1435;1520"), Some(vec![1435, 1520]));
        assert_eq!(gauges("1520/1435"), Some(vec![1520, 1435]));
        for bad in ["", ";", "standard", "15", "1520 mm", "99999"] {
            assert_eq!(gauges(bad), None, "{bad}");
        }
    }
}
