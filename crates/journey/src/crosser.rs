//! Who crosses borders: what is said of the traveller, read and ready to be asked about.

use tumen_border::{CountryCode, Judge, Listener, PassportTable, Stated, Traveller};

use crate::world::World;
use crate::{Failure, Result};

/// Who travels, and where not, as typed. It has no `Debug`, so that nothing of it is ever printed.
#[derive(Clone, Default)]
pub struct Papers {
    /// Passports, by country (ISO 3166).
    pub passports: Vec<String>,
    /// Visas, by country, with a class where it matters: `KP:business`.
    pub visas: Vec<String>,
    /// What else is held: `tour:KP`, `permit:NAME`.
    pub holds: Vec<String>,
    /// transit, tourism, business, work or residence.
    pub purpose: Option<String>,
    /// Countries that are not ridden into, by code.
    pub avoided: Vec<String>,
}

/// A traveller, with countries to keep out of. Nothing here is ever logged, and errors repeat none of it.
#[derive(Default)]
pub struct Crosser {
    /// Passports, papers and purpose, where stated.
    pub traveller: Option<Traveller>,
    /// The user's table.
    pub table: Option<PassportTable>,
    /// Countries to keep out of.
    pub avoided: Vec<CountryCode>,
}

impl Crosser {
    /// Reads what was stated; `table` is the user's table of visa requirements.
    ///
    /// # Errors
    /// When something cannot be read.
    pub fn of(papers: &Papers, table: Option<PassportTable>) -> Result<Self> {
        let stated = Stated {
            passports: &papers.passports,
            visas: &papers.visas,
            papers: &papers.holds,
            purpose: papers.purpose.as_deref(),
        };
        let traveller = Traveller::read(stated).map_err(|error| Failure::usage("bad_traveller", error.to_string()))?;
        let country = |text: &String| {
            let expected = "a country to avoid is expected as a two-letter code (ISO 3166), such as DE";
            CountryCode::parse(&text.trim().to_uppercase()).ok_or_else(|| Failure::usage("bad_country", expected))
        };
        let avoided = papers.avoided.iter().map(country).collect::<Result<_, _>>()?;
        Ok(Self { traveller, table, avoided })
    }

    /// What verdicts rest on; `None` where nobody said who travels.
    pub fn judge<'a>(&'a self, world: &'a World) -> Option<Judge<'a>> {
        let traveller = self.traveller.as_ref()?;
        Some(Judge { rules: world.border_rules(), table: self.table.as_ref(), traveller })
    }

    /// Who reads what is said on the spot.
    pub fn listener(&self) -> Listener<'_> {
        self.traveller.as_ref().map_or(Listener::Anyone, Listener::Traveller)
    }
}
