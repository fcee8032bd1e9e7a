//! Who travels: what decides which borders may be crossed.

use anyhow::{Context as _, Result};
use clap::Args;
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;
use tumen_border::PassportTable;
use tumen_journey::Failure;
use tumen_journey::crosser::{Crosser, Papers};

/// Who travels, and where not. Nothing of it is shown by `Debug`, repeated in errors or written to files.
#[derive(Clone, Default, Args)]
#[command(next_help_heading = "Who travels (kept out of every output that is meant for files)")]
pub struct TravellerArgs {
    /// Passports, by country (ISO 3166: RU, KP, CN …); may be repeated
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',')]
    pub passport: Vec<String>,
    /// Visas held, by the country that issued them, with a class where it matters (KP:business); may be repeated
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',', requires = "passport")]
    pub visa: Vec<String>,
    /// What else is held: tour:KP (a place in an organised tour there), permit:NAME; may be repeated
    #[arg(long, value_name = "WHAT", value_delimiter = ',', requires = "passport")]
    pub holds: Vec<String>,
    /// transit, tourism, business, work or residence
    #[arg(long, value_name = "WORD", requires = "passport")]
    pub purpose: Option<String>,
    /// A passport-index table of visa requirements, for entry in general where no dated rule is known
    #[arg(long, value_name = "FILE.csv", requires = "passport")]
    pub passport_table: Option<PathBuf>,
    /// Do not ride into this country, not even without leaving the train; may be repeated
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',')]
    pub avoid_country: Vec<String>,
}

impl fmt::Debug for TravellerArgs {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("TravellerArgs(not shown)")
    }
}

impl TravellerArgs {
    /// Who crosses borders; reads the user's table.
    ///
    /// # Errors
    /// When something cannot be read, or the table cannot be used.
    pub fn crosser(&self) -> Result<Crosser> {
        let papers = Papers {
            passports: self.passport.clone(),
            visas: self.visa.clone(),
            holds: self.holds.clone(),
            purpose: self.purpose.clone(),
            avoided: self.avoid_country.clone(),
        };
        let table = match &self.passport_table {
            None => None,
            Some(path) => {
                let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
                let table = PassportTable::read(&path.display().to_string(), BufReader::new(file));
                Some(table.map_err(|error| Failure::usage("bad_passport_table", error.to_string()))?)
            }
        };
        Ok(Crosser::of(&papers, table)?)
    }
}
