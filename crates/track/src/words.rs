//! Figures of track in words.

use crate::figures::{Speed, SpeedKind, Tracks};
use crate::sections::Section;

/// Kilometres of some metres: `282`, `9.5`.
pub fn kilometres(metres: f64) -> String {
    let tenths = (metres / 100.0).round();
    if tenths % 10.0 == 0.0 { format!("{:.0}", tenths / 10.0) } else { format!("{:.1}", tenths / 10.0) }
}

/// `1520`, `1520+1435`.
pub fn gauges(section: &Section) -> Option<String> {
    let gauges: Vec<String> = section.gauges.iter().map(u16::to_string).collect();
    (!gauges.is_empty()).then(|| gauges.join("+"))
}

/// `1`, `2+`, `1–2`.
pub fn tracks(tracks: Tracks) -> String {
    match tracks.most {
        None => format!("{}+", tracks.least),
        Some(most) if most == tracks.least => most.to_string(),
        Some(most) => format!("{}–{most}", tracks.least),
    }
}

/// `120`, `40–70`, `40–60 on average`.
pub fn speed(speed: Speed) -> String {
    let figures = if speed.least_kmh < speed.most_kmh {
        format!("{}–{}", speed.least_kmh, speed.most_kmh)
    } else {
        speed.most_kmh.to_string()
    };
    match speed.kind {
        SpeedKind::LineSpeed => figures,
        SpeedKind::Average => format!("{figures} on average"),
    }
}

/// A figure over several sections: its different values in order, and on how many sections it is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// The values that are known, each once.
    pub values: Vec<String>,
    /// Sections of which none is.
    pub unknown: usize,
    /// All sections.
    pub sections: usize,
}

impl Figure {
    /// Gathers a figure of some sections.
    pub fn of<'s>(sections: impl IntoIterator<Item = &'s Section>, value: impl Fn(&Section) -> Option<String>) -> Self {
        let mut figure = Self::default();
        for section in sections {
            figure.sections += 1;
            match value(section) {
                None => figure.unknown += 1,
                Some(value) if figure.values.contains(&value) => {}
                Some(value) => figure.values.push(value),
            }
        }
        figure
    }

    /// `1520; 1520+1435`, `none; unknown on 2 of 3`, `unknown`.
    pub fn words(&self) -> String {
        let mut parts = self.values.clone();
        if self.unknown > 0 {
            let all = self.unknown == self.sections;
            parts.push(if all {
                "unknown".to_owned()
            } else {
                format!("unknown on {} of {}", self.unknown, self.sections)
            });
        }
        parts.join("; ")
    }
}

/// The speed that the line allows, as it is stated.
pub fn line_speed(section: &Section) -> Option<String> {
    stated(section, SpeedKind::LineSpeed)
}

/// The speed that trains are stated to make on average.
pub fn average_speed(section: &Section) -> Option<String> {
    stated(section, SpeedKind::Average)
}

/// Belief and doubt stand in the note that states a speed: it is told whole.
fn stated(section: &Section, kind: SpeedKind) -> Option<String> {
    let known = section.speed.filter(|speed| speed.kind == kind)?;
    Some(section.speed_note.clone().unwrap_or_else(|| speed(known)))
}

/// A figure of a section that may be unknown.
#[derive(Clone, Copy, Debug)]
pub struct Unknown {
    /// What it is called in JSON.
    pub key: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// Whether a section lacks it.
    pub of: fn(&Section) -> bool,
}

/// The figures of which every section that lacks one is named.
pub const UNKNOWNS: [Unknown; 5] = [
    Unknown { key: "length", name: "length", of: |section| section.length_metres.is_none() },
    Unknown { key: "gauge", name: "gauge", of: |section| section.gauges.is_empty() },
    Unknown { key: "power", name: "power", of: |section| section.electrification.is_none() },
    Unknown { key: "tracks", name: "number of tracks", of: |section| section.tracks.is_none() },
    Unknown { key: "lineSpeed", name: "line speed", of: |section| line_speed(section).is_none() },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilometres_are_whole_where_they_are() {
        assert_eq!([282_000.0, 9500.0, 49_000.0, 9_458_500.0].map(kilometres), ["282", "9.5", "49", "9458.5"]);
    }

    #[test]
    fn what_is_unknown_is_counted() {
        let figure = |values: &[&str], unknown, sections| Figure {
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            unknown,
            sections,
        };
        assert_eq!(figure(&["1520"], 0, 3).words(), "1520");
        assert_eq!(figure(&["none", "3 kV DC"], 1, 3).words(), "none; 3 kV DC; unknown on 1 of 3");
        assert_eq!(figure(&[], 3, 3).words(), "unknown");
    }
}
