//! Arguments of `tumen ship`.

use clap::Args;
use std::path::PathBuf;
use tumen_border::CountryCode;
use tumen_freight::{HsCode, MOST_DAYS, USUAL_DAYS, USUAL_THRESHOLD};
use tumen_journey::when::When;

use super::journeys::TimetableArg;

/// Screen a consignment of goods, and find its way
#[derive(Debug, Args)]
#[command(after_help = SHIP_HELP)]
pub struct ShipArgs {
    /// What is sent: a code of the Harmonized System of 2 to 10 digits
    #[arg(long, value_name = "CODE", value_parser = HsCode::parse)]
    pub hs: HsCode,
    /// The country the goods come from, two letters
    #[arg(long, value_name = "CC", value_parser = parse_country)]
    pub origin: CountryCode,
    /// Where they are handed over: a name, or a stop id
    #[arg(long, value_name = "PLACE")]
    pub from: String,
    /// Where they are delivered
    #[arg(long, value_name = "PLACE")]
    pub to: String,
    /// The country to which they go on from there, by ship or otherwise
    #[arg(long, value_name = "CC", value_parser = parse_country)]
    pub onward: Option<CountryCode>,
    /// Their weight, such as 65t or 800kg; a number alone is tonnes
    #[arg(long, value_name = "WEIGHT", allow_hyphen_values = true, value_parser = parse_tonnes)]
    pub weight: Option<f64>,
    /// How many wagons carry them
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub wagons: Option<u32>,
    /// Gauge of the wagons in millimetres [default: any of the tracks at the origin]
    #[arg(long, value_name = "MM", value_parser = clap::value_parser!(u16).range(100..=3000))]
    pub gauge: Option<u16>,
    /// Who sends them
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub sender: String,
    /// Who receives them
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub receiver: String,
    /// When they are ready, local at the origin [default: now]
    #[arg(long, value_name = "TIME", value_parser = When::parse)]
    pub ready: Option<When>,
    /// The goods are on a list of arms, of items for weapons, or of luxury goods
    #[arg(long)]
    pub listed: bool,
    /// Arrive within so many days
    #[arg(long, value_name = "N", default_value_t = USUAL_DAYS, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_DAYS)))]
    pub days: u32,
    /// Compare the parties with FollowTheMoney entities, one JSON object a line (may be repeated)
    #[arg(long, value_name = "F.json")]
    pub party_list: Vec<PathBuf>,
    /// Tell names that are at least so alike, from 0.5 to 1
    #[arg(long, value_name = "SCORE", default_value_t = USUAL_THRESHOLD, value_parser = parse_threshold)]
    pub threshold: f64,
    /// Write the draft of the consignment note: a page to read, or JSON (may be repeated)
    #[arg(long, value_name = "N.html|N.json")]
    pub note: Vec<PathBuf>,
    /// The log to which the decision is appended [default: decisions.jsonl in the state folder of the user]
    #[arg(long, value_name = "F.jsonl", env = "TUMEN_DECISION_LOG")]
    pub log: Option<PathBuf>,
    /// File with the key of the log's digests, in hexadecimal digits [default: beside the log, made where there is none]
    #[arg(long, value_name = "FILE")]
    pub log_key: Option<PathBuf>,
    #[command(flatten)]
    pub timetable: TimetableArg,
}

const SHIP_HELP: &str = "\
Screening comes first and cannot be turned off: a refused consignment gets no route. Not legal advice; the UN Security Council's measures
on the DPRK are the only list that is shipped (docs/freight.md). Every decision is appended to a log, without names; the key of its
digests is read from --log-key, else from TUMEN_LOG_KEY (hexadecimal digits), else from the file beside the log.

Examples:
  tumen ship --hs 2701 --origin RU --from Khasan --to Rajin --weight 9000t --wagons 130 --gauge 1520
  tumen ship --hs 1001 --origin RU --from Ussuriysk --to Tumangang --weight 65t --wagons 1 --note note.html
  tumen ship --hs 4403 --origin RU --from Vladivostok --to Hunchun --sender \"Northern Timber\" --party-list list.json --json";

fn parse_country(text: &str) -> Result<CountryCode, String> {
    CountryCode::parse(&text.trim().to_uppercase())
        .ok_or_else(|| "expected the two letters of a country (ISO 3166-1), such as RU".to_owned())
}

fn parse_tonnes(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let (number, scale) = match (text.strip_suffix("kg"), text.strip_suffix('t')) {
        (Some(number), _) => (number, 1000.0),
        (None, Some(number)) => (number, 1.0),
        (None, None) => (text, 1.0),
    };
    match number.trim().parse::<f64>() {
        Ok(number) if number > 0.0 && number / scale <= 1e7 => Ok(number / scale),
        _ => Err("expected a weight above 0, such as 65t or 800kg, up to 10 million tonnes".to_owned()),
    }
}

fn parse_threshold(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(score) if (0.5..=1.0).contains(&score) => Ok(score),
        _ => Err("expected a score from 0.5 to 1".to_owned()),
    }
}
