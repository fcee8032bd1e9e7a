//! Kilometres: what shape_dist_traveled means in each feed, which GTFS leaves open.

use tumen_timetable::Columns;

use tumen_base::metres_between;

/// Patterns of a feed that are measured to find its unit.
const SAMPLE: usize = 100;

/// Kilometres of one unit of shape_dist_traveled, by feed; `None` where the unit cannot be told.
#[derive(Clone, Debug)]
pub struct Distances {
    units: Vec<Option<f64>>,
}

impl Distances {
    /// Finds each feed's unit by comparing its distances with straight lines.
    pub fn of(columns: &Columns<'_>) -> Self {
        let mut ratios: Vec<Vec<f64>> = vec![Vec::new(); columns.feed_name.len()];
        for pattern in columns.patterns() {
            let route = columns.pattern_route[pattern.index()] as usize;
            let feed = columns.agency_feed[columns.route_agency[route] as usize] as usize;
            if ratios[feed].len() >= SAMPLE {
                continue;
            }
            let calls = columns.calls_of(pattern);
            let stops = columns.call_stop[calls.clone()].iter().map(|&stop| tumen_base::StopId(stop));
            let positions: Vec<_> = stops.filter_map(|stop| columns.position_of_stop(stop)).collect();
            let (first, last) = (columns.call_distance[calls.start], columns.call_distance[calls.end - 1]);
            let stated = f64::from(last - first);
            if positions.len() != calls.len() || !stated.is_finite() || stated <= 0.0 {
                continue;
            }
            let straight: f64 = positions.windows(2).map(|pair| metres_between(pair[0], pair[1])).sum();
            if straight > 100.0 {
                ratios[feed].push(stated / (straight / 1000.0));
            }
        }
        let unit = |mut ratios: Vec<f64>| {
            ratios.sort_by(f64::total_cmp);
            match ratios.get(ratios.len() / 2)? {
                0.95..2.0 => Some(1.0),
                950.0..2000.0 => Some(0.001),
                _ => None,
            }
        };
        Self { units: ratios.into_iter().map(unit).collect() }
    }

    /// Kilometres from a call to the next, by the position in the call columns.
    pub fn of_hop(&self, columns: &Columns<'_>, call: usize) -> Option<f64> {
        let stop = columns.call_stop[call];
        let unit = self.units[columns.stop_feed[stop as usize] as usize]?;
        let length = f64::from(columns.call_distance[call + 1] - columns.call_distance[call]) * unit;
        (length.is_finite() && length >= 0.0).then_some(length)
    }
}
