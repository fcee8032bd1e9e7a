//! Who crosses borders: what the command line says of the traveller, read and ready to be asked about.

use anyhow::{Context as _, Result};
use std::fs::File;
use std::io::BufReader;
use tumen_border::{CountryCode, Judge, Listener, PassportTable, Stated, Traveller};

use crate::args::TravellerArgs;
use crate::exit::Failure;
use crate::world::World;

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
    /// Reads what was stated.
    ///
    /// # Errors
    /// When something cannot be read, or the table cannot be used.
    pub fn of(args: &TravellerArgs) -> Result<Self> {
        let stated = Stated {
            passports: &args.passport,
            visas: &args.visa,
            papers: &args.holds,
            purpose: args.purpose.as_deref(),
        };
        let traveller = Traveller::read(stated).map_err(|error| Failure::usage("bad_traveller", error.to_string()))?;
        let country = |text: &String| {
            let expected = "--avoid-country expects a two-letter code (ISO 3166), such as DE";
            CountryCode::parse(&text.trim().to_uppercase()).ok_or_else(|| Failure::usage("bad_country", expected))
        };
        let avoided = args.avoid_country.iter().map(country).collect::<Result<_, _>>()?;
        let table = match &args.passport_table {
            None => None,
            Some(path) => {
                let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
                let table = PassportTable::read(&path.display().to_string(), BufReader::new(file));
                Some(table.map_err(|error| Failure::usage("bad_passport_table", error.to_string()))?)
            }
        };
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
