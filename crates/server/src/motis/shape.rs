//! How journeys are shown, as several paths ask it.

use tumen_journey::motis::Form;

use super::parameters::Parameters;
use crate::problem::Problem;

/// Reads it.
///
/// # Errors
/// When a flag is none.
pub fn form(given: &mut Parameters) -> Result<Form, Problem> {
    let lines = given.flag("detailedLegs", true)?;
    Ok(Form {
        joined: given.flag("joinInterlinedLegs", true)?,
        lines,
        walks: given.flag("detailedTransfers", lines)?,
        passed_stops: given.flag("withScheduledSkippedStops", false)?,
    })
}

/// Reads parameters that ask for nothing that happens otherwise: nothing is known in real time, nothing is matched to streets, and every
/// algorithm finds the same journeys.
///
/// # Errors
/// When a value is none of theirs.
pub fn without_effect(given: &mut Parameters) -> Result<(), Problem> {
    given.word("realtimeMode", &[("OFF", ()), ("REALTIME_ANNOTATION_ONLY", ()), ("REALTIME", ())])?;
    given.word("algorithm", &[("RAPTOR", ()), ("PONG", ()), ("TB", ())])?;
    given.number("maxMatchingDistance", 0.0..=f64::MAX)?;
    given.flag("withAlerts", true)?;
    Ok(())
}
