//! A table of passports and destinations that the user supplies, in the CSV forms of the passport-index dataset.
//!
//! A matrix has a row for each passport and a column for each destination; the tidy form has the columns passport,
//! destination, requirement. Countries are two-letter codes, three-letter codes or English names.

use std::collections::HashMap;
use std::io::Read;
use thiserror::Error;
use tumen_base::folded;

use crate::country::CountryCode;
use crate::paper::Paper;
use crate::territories;

/// What a table says of a passport and a destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// `-1`: the passport is the destination's own.
    Own,
    /// `visa free`, or a number of days.
    Free {
        /// For so many days, where stated.
        days: Option<u16>,
    },
    /// `visa on arrival`.
    OnArrival,
    /// `e-visa`: to be had over the network, before travelling.
    EVisa,
    /// `eta`: an authorisation, before travelling.
    Authorisation,
    /// `visa required`.
    Required,
    /// `no admission`, also `covid ban`.
    NoAdmission,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct PassportTable {
    entries: HashMap<(CountryCode, CountryCode), Entry>,
}

/// Why a table cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}:{line}: column {column}: {problem}")]
pub struct TableError {
    /// Its name.
    pub file: String,
    /// Line, 1 being the header's.
    pub line: u64,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong and what was expected.
    pub problem: String,
}

/// No table of all countries is longer.
const MOST_BYTES: u64 = 32 << 20;

impl PassportTable {
    /// Reads one of the forms.
    ///
    /// # Errors
    /// When a country or a requirement is unknown, or a row has another width than the header: with file, line and column.
    pub fn read(file: &str, from: impl Read) -> Result<Self, TableError> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(from.take(MOST_BYTES));
        let error =
            |line: u64, column: usize, problem: String| TableError { file: file.to_owned(), line, column, problem };
        let country = |line: u64, column: usize, text: &str| {
            country(text).ok_or_else(|| {
                let expected = "expected a two-letter or three-letter code or an English name";
                error(line, column, format!("there is no country `{text}`; {expected}"))
            })
        };
        let entry = |line: u64, column: usize, text: &str| {
            Entry::parse(text).ok_or_else(|| {
                let expected =
                    "a number of days, -1, visa free, visa on arrival, e-visa, eta, visa required or no admission";
                error(line, column, format!("`{text}` is no requirement; expected {expected}"))
            })
        };
        let mut table = Self::default();
        let mut header: Option<Header> = None;
        for record in reader.records() {
            let record = record.map_err(|problem| {
                let line = problem.position().map_or(0, csv::Position::line);
                error(line, 1, problem.to_string())
            })?;
            let line = record.position().map_or(0, csv::Position::line);
            match &header {
                None if is_tidy(&record) => header = Some(Header::Tidy),
                None => {
                    let names = record.iter().enumerate().skip(1);
                    let destinations = names.map(|(column, text)| country(line, column + 1, text));
                    header = Some(Header::Matrix(destinations.collect::<Result<_, _>>()?));
                }
                Some(Header::Tidy) => {
                    let (passport, destination) = (country(line, 1, &record[0])?, country(line, 2, &record[1])?);
                    table.entries.insert((passport, destination), entry(line, 3, &record[2])?);
                }
                Some(Header::Matrix(destinations)) => {
                    let passport = country(line, 1, &record[0])?;
                    for (index, destination) in destinations.iter().enumerate() {
                        let value = entry(line, index + 2, &record[index + 1])?;
                        table.entries.insert((passport, *destination), value);
                    }
                }
            }
        }
        if table.entries.is_empty() {
            let expected = "expected a matrix (a row for each passport, a column for each destination) or the columns Passport,Destination,Requirement";
            return Err(error(1, 1, format!("the table is empty; {expected}")));
        }
        Ok(table)
    }

    /// What it says of a passport and a destination.
    pub fn entry(&self, passport: CountryCode, destination: CountryCode) -> Option<Entry> {
        self.entries.get(&(passport, destination)).copied()
    }
}

/// Which form it is.
enum Header {
    Tidy,
    Matrix(Vec<CountryCode>),
}

fn is_tidy(header: &csv::StringRecord) -> bool {
    header.len() == 3 && header.get(1).is_some_and(|name| name.trim().eq_ignore_ascii_case("destination"))
}

impl Entry {
    /// Reads a value of the dataset.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        Some(match text.as_str() {
            "-1" => Self::Own,
            "visa free" => Self::Free { days: None },
            "visa on arrival" => Self::OnArrival,
            "e-visa" | "evisa" => Self::EVisa,
            "eta" => Self::Authorisation,
            "visa required" => Self::Required,
            "no admission" | "covid ban" => Self::NoAdmission,
            number => Self::Free { days: Some(number.parse().ok()?) },
        })
    }

    /// The visa that has to be held before travelling.
    pub fn visa(self, to: Option<CountryCode>) -> Option<Paper> {
        match self {
            Self::EVisa | Self::Authorisation | Self::Required => Some(Paper::Visa { country: to?, class: None }),
            Self::Own | Self::Free { .. } | Self::OnArrival | Self::NoAdmission => None,
        }
    }

    /// What it says, for people.
    pub fn words(self) -> String {
        match self {
            Self::Own => "the passport is the country's own".to_owned(),
            Self::Free { days: None } => "no visa needed".to_owned(),
            Self::Free { days: Some(days) } => format!("no visa needed for {days} days"),
            Self::OnArrival => "visa on arrival".to_owned(),
            Self::EVisa => "e-visa, to be had before travelling".to_owned(),
            Self::Authorisation => "electronic authorisation, to be had before travelling".to_owned(),
            Self::Required => "visa required".to_owned(),
            Self::NoAdmission => "no admission".to_owned(),
        }
    }
}

/// Three-letter codes with the two letters behind them (ISO 3166-1; XKX is in use for Kosovo).
const THREE_LETTERS: &str = "\
    ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI \
    BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT \
    BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU \
    CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET \
    FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR \
    GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR \
    IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB \
    LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH \
    MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE \
    NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL \
    PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ \
    SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC \
    TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY \
    USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW XKXXK";

/// Names in use that CLDR spells otherwise.
const OTHER_NAMES: [(&str, &str); 14] = [
    ("congo", "CG"),
    ("czech republic", "CZ"),
    ("dr congo", "CD"),
    ("democratic republic of the congo", "CD"),
    ("hong kong", "HK"),
    ("ivory coast", "CI"),
    ("macao", "MO"),
    ("macau", "MO"),
    ("myanmar", "MM"),
    ("palestine", "PS"),
    ("republic of the congo", "CG"),
    ("swaziland", "SZ"),
    ("turkey", "TR"),
    ("vatican", "VA"),
];

/// A country by two letters, three letters or its name.
fn country(text: &str) -> Option<CountryCode> {
    let text = text.trim();
    if text.len() == 2 {
        return CountryCode::parse(&text.to_uppercase());
    }
    if text.len() == 3 {
        let upper = text.to_uppercase();
        let code = THREE_LETTERS.split(' ').find(|code| code[..3] == upper)?;
        return CountryCode::parse(&code[3..]);
    }
    let key = key(text);
    let other = OTHER_NAMES.iter().find(|(name, _)| *name == key).map(|(_, code)| *code);
    CountryCode::parse(
        other.or_else(|| {
            territories::codes_and_names().find(|(_, name)| self::key(name) == key).map(|(code, _)| code)
        })?,
    )
}

/// What spellings of one name share: `Saint Lucia` and `St. Lucia`, `Trinidad and Tobago` and `Trinidad & Tobago`.
fn key(name: &str) -> String {
    let plain: String = folded(name).filter(|letter| *letter != '.').collect();
    let words = plain.split([' ', '-']).filter(|word| !matches!(*word, "and" | "&" | "the" | ""));
    words.map(|word| if word == "saint" { "st" } else { word }).collect::<Vec<_>>().join(" ")
}
