//! What is to be sent, as whoever sends it declares it.

use jiff::Zoned;
use tumen_base::StopId;
use tumen_border::{Borders, Country, CountryCode};
use tumen_timetable::Columns;

use crate::hs::HsCode;

/// Goods that one sender gives to one receiver.
#[derive(Clone, Debug)]
pub struct Consignment {
    /// What they are.
    pub goods: HsCode,
    /// The country they come from.
    pub origin: CountryCode,
    /// Their weight in tonnes; unknown where nobody says.
    pub tonnes: Option<f64>,
    /// How many wagons carry them; unknown where nobody says.
    pub wagons: Option<u32>,
    /// The gauge of the wagons in millimetres; any where nobody says.
    pub gauge: Option<u16>,
    /// Who sends them; empty where nobody says.
    pub sender: String,
    /// Who receives them; empty where nobody says.
    pub receiver: String,
    /// Where they are handed over.
    pub from: End,
    /// Where they are delivered.
    pub to: End,
    /// The country to which they go on from there, by ship or otherwise.
    pub onward: Option<CountryCode>,
    /// When they are ready.
    pub ready: Zoned,
    /// Whether they are on a list of arms, of items for weapons, or of luxury goods.
    pub listed: bool,
}

/// One end of the way.
#[derive(Clone, Debug)]
pub struct End {
    /// What it is called.
    pub name: String,
    /// Its stops.
    pub stops: Vec<StopId>,
    /// Their ids.
    pub stop_ids: Vec<String>,
    /// Every country it may lie in: of all its stops, unknown where that of one is.
    pub country: Country,
}

impl End {
    /// The end that some stops make.
    pub fn of(columns: &Columns<'_>, borders: &Borders, name: String, stops: Vec<StopId>) -> Self {
        let mut claims = Vec::new();
        let mut is_known = !stops.is_empty();
        for stop in &stops {
            let country = borders.countries.of_stop(*stop);
            is_known &= country.is_stated();
            claims.extend_from_slice(country.claims());
        }
        let country = if is_known { Country::claimed(claims) } else { Country::Unknown };
        let stop_ids = stops.iter().map(|stop| columns.text(columns.stop_id[stop.index()]).to_owned()).collect();
        Self { name, stops, stop_ids, country }
    }
}
