//! Parameters of the MOTIS API that are known and not honoured: asking for them is answered 400 with the reason. docs/api.md lists them
//! for clients; a test keeps the two in step.

/// A parameter that is not honoured.
#[derive(Clone, Copy, Debug)]
pub struct Refused {
    /// Its name.
    pub name: &'static str,
    /// Values that ask for nothing but what happens anyway.
    pub harmless: &'static [&'static str],
    /// Why.
    pub reason: &'static str,
}

const NO_STREETS: &str = "there is no street network here; ways on foot are straight lines with a detour, at the speed that the timetable states";
const NO_VEHICLES: &str = "heavy goods vehicles are not routed";
const NO_RENTAL: &str = "vehicles for hire are not routed";
const NO_SUCH_FACT: &str = "too few timetables say it to leave out what does not";
const SEATS: &str = "no price and no seat is worked out for a number of travellers";

const fn refused(name: &'static str, harmless: &'static [&'static str], reason: &'static str) -> Refused {
    Refused { name, harmless, reason }
}

/// All of them.
pub const REFUSED: &[Refused] = &[
    refused("cyclingSpeed", &[], NO_STREETS),
    refused("elevationCosts", &["NONE"], NO_STREETS),
    refused("pedestrianProfile", &["FOOT"], NO_STREETS),
    refused("pedestrianSpeed", &[], NO_STREETS),
    refused("preTransitModes", &["WALK"], NO_STREETS),
    refused("postTransitModes", &["WALK"], NO_STREETS),
    refused("useRoutedTransfers", &["false"], NO_STREETS),
    refused("vehicleAxleCount", &[], NO_VEHICLES),
    refused("vehicleAxleLoad", &[], NO_VEHICLES),
    refused("vehicleHazmat", &["false"], NO_VEHICLES),
    refused("vehicleHazmatWater", &["false"], NO_VEHICLES),
    refused("vehicleHeight", &[], NO_VEHICLES),
    refused("vehicleLength", &[], NO_VEHICLES),
    refused("vehicleLezAccess", &["true"], NO_VEHICLES),
    refused("vehicleTopSpeed", &[], NO_VEHICLES),
    refused("vehicleTrailer", &["false"], NO_VEHICLES),
    refused("vehicleWeight", &[], NO_VEHICLES),
    refused("vehicleWidth", &[], NO_VEHICLES),
    refused("directRentalFormFactors", &[], NO_RENTAL),
    refused("directRentalPropulsionTypes", &[], NO_RENTAL),
    refused("directRentalProviderGroups", &[], NO_RENTAL),
    refused("directRentalProviders", &[], NO_RENTAL),
    refused("preTransitRentalFormFactors", &[], NO_RENTAL),
    refused("preTransitRentalPropulsionTypes", &[], NO_RENTAL),
    refused("preTransitRentalProviderGroups", &[], NO_RENTAL),
    refused("preTransitRentalProviders", &[], NO_RENTAL),
    refused("postTransitRentalFormFactors", &[], NO_RENTAL),
    refused("postTransitRentalPropulsionTypes", &[], NO_RENTAL),
    refused("postTransitRentalProviderGroups", &[], NO_RENTAL),
    refused("postTransitRentalProviders", &[], NO_RENTAL),
    refused("ignoreDirectRentalReturnConstraints", &["false"], NO_RENTAL),
    refused("ignorePreTransitRentalReturnConstraints", &["false"], NO_RENTAL),
    refused("ignorePostTransitRentalReturnConstraints", &["false"], NO_RENTAL),
    refused("requireBikeTransport", &["false"], NO_SUCH_FACT),
    refused("requireCarTransport", &["false"], NO_SUCH_FACT),
    refused("noCompulsoryReservation", &["false"], NO_SUCH_FACT),
    refused("luggage", &["0"], SEATS),
    refused("passengers", &["1"], SEATS),
    refused("withFares", &["false"], "fares that are reported stand under `tumen.fares`; none is worked out"),
    refused(
        "transferTimeFactor",
        &["1", "1.0"],
        "changes take what the timetable says; minTransferTime and additionalTransferTime make them longer",
    ),
    refused("fastestDirectFactor", &[], "walking all the way leaves out what arrives no earlier, and nothing else"),
    refused("fastestSlowDirectFactor", &[], "only the best journeys are answered: slowDirect is not honoured"),
    refused("slowDirect", &["false"], "only the best journeys are answered; a longer searchWindow shows more of them"),
    refused("numLegAlternatives", &["0"], "ask /api/v6/plan from the leg's first stop to its last for other journeys"),
    refused("via", &[], "the best journeys by way of a stop are not searched; ask for the way there and the way on"),
    refused("viaMinimumStay", &["0", "0,0"], "it belongs to via, which is not honoured"),
    refused("requireDisplayNameMatch", &["false"], "a saved journey is looked up by trip and stops"),
];

/// The one with a name.
pub fn named(name: &str) -> Option<&'static Refused> {
    REFUSED.iter().find(|refused| refused.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_lists_every_refused_parameter() {
        let manual =
            std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api.md")).expect("docs/api.md");
        for refused in REFUSED {
            assert!(manual.contains(&format!("`{}`", refused.name)), "docs/api.md does not name `{}`", refused.name);
        }
    }
}
