//! Golden journeys on feeds of other continents, where they are at hand.

mod common;

use common::{Compiled, shared_feed};
use insta::assert_snapshot;

/// The Canadian: four nights from Toronto to Vancouver, with its zones.
#[test]
fn the_canadian_takes_four_nights() {
    let Some(feed) = shared_feed("ca-viarail-2024.zip") else { return };
    let via = Compiled::of_feed(&feed);
    let said = via.ask(&["plan", "Toronto", "Vancouver", "--depart", "2024-10-08"]);
    assert_snapshot!(said.all());
}

#[test]
fn chicago_to_los_angeles_crosses_its_zones() {
    let Some(feed) = shared_feed("us-amtrak-2024.zip") else { return };
    let amtrak = Compiled::of_feed(&feed);
    let said = amtrak.ask(&["plan", "Chicago Union", "Los Angeles", "--depart", "2024-01-02", "--max-transfers", "0"]);
    assert_snapshot!(said.all());
}
