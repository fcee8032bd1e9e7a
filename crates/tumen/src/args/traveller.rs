//! Who travels: what decides which borders may be crossed.

use clap::Args;
use std::fmt;
use std::path::PathBuf;

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
