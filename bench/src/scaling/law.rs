//! How a measure grows with size: the power law that fits best.

/// `coefficient · size ^ exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    coefficient: f64,
    /// 1 is growth in proportion.
    pub exponent: f64,
}

impl Law {
    /// Least squares between the logarithms of sizes and measures; `None` for fewer than two sizes.
    pub fn fit(points: &[(f64, f64)]) -> Option<Self> {
        let count = points.len() as f64;
        let logs: Vec<(f64, f64)> = points.iter().map(|(size, measure)| (size.ln(), measure.ln())).collect();
        let mean_size = logs.iter().map(|log| log.0).sum::<f64>() / count;
        let mean_measure = logs.iter().map(|log| log.1).sum::<f64>() / count;
        let variance: f64 = logs.iter().map(|log| (log.0 - mean_size).powi(2)).sum();
        let covariance: f64 = logs.iter().map(|log| (log.0 - mean_size) * (log.1 - mean_measure)).sum();
        let exponent = covariance / variance;
        let law = Self { coefficient: (mean_measure - exponent * mean_size).exp(), exponent };
        exponent.is_finite().then_some(law)
    }

    /// The measure at a size.
    pub fn at(self, size: f64) -> f64 {
        self.coefficient * size.powf(self.exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_is_found_again() {
        let law = Law::fit(&[1.0, 2.0, 4.0, 8.0].map(|size: f64| (size, 3.0 * size.powf(1.5)))).expect("four sizes");
        assert!((law.exponent - 1.5).abs() < 1e-9);
        assert!((law.at(100.0) - 3000.0).abs() < 1e-6);
        assert_eq!(Law::fit(&[(1.0, 2.0)]), None);
    }
}
