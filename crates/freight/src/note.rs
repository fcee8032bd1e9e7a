//! The papers of a consignment, and the draft of its SMGS consignment note.
//!
//! The six sheets and the numbers of the boxes are those of the SMGS note (SMGS Annex 1) as freight forwarders describe it; the treaty
//! text itself was not at hand. Boxes of which the descriptions do not speak stand without a title.

use serde_json::{Value, json};
use tumen_html::markup::{isolated, name};

use crate::consignment::Consignment;
use crate::json;
use crate::network::{Network, Regime};
use crate::route::Route;
use crate::screening::{Cleared, Verdict};

/// A sheet of a consignment note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its number.
    pub number: u8,
    /// What it is.
    pub name: &'static str,
    /// Who holds it in the end.
    pub holder: &'static str,
}

/// A paper that goes with the goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub name: String,
    /// Its sheets, where they are known.
    pub sheets: &'static [Sheet],
    /// Where that comes from.
    pub source: &'static str,
}

/// The sheets of the SMGS consignment note.
pub const SMGS_SHEETS: [Sheet; 6] = [
    Sheet { number: 1, name: "original of the consignment note", holder: "consignee" },
    Sheet { number: 2, name: "road sheet", holder: "the carrier that delivers the goods" },
    Sheet { number: 3, name: "delivery sheet", holder: "the carrier that delivers the goods" },
    Sheet { number: 4, name: "duplicate of the consignment note", holder: "consignor" },
    Sheet { number: 5, name: "acceptance sheet", holder: "the contracting carrier" },
    Sheet { number: 6, name: "arrival notice", holder: "consignee" },
];

/// Where the sheets and their holders come from.
pub const SMGS_SOURCE: &str =
    "SMGS Annex 1 as described by a forwarder (prosper.by); the text of the annex was not read";

/// The boxes of the SMGS consignment note.
const BOXES: [(u8, &str); 29] = [
    (1, "Consignor"),
    (2, "Station of departure"),
    (3, "Statements of the consignor"),
    (4, "Consignee"),
    (5, "Station of destination"),
    (6, "Border stations"),
    (7, "Wagon"),
    (8, "Wagon provided by"),
    (9, "Load capacity"),
    (10, "Axles"),
    (11, "Tare"),
    (12, ""),
    (13, "Weight of the goods"),
    (14, ""),
    (15, "Description of the goods"),
    (16, "Kind of packaging"),
    (17, "Number of packages"),
    (18, "Mass (kg)"),
    (19, "Seals"),
    (20, "Loaded by"),
    (21, "How the mass was found"),
    (22, "Carriers"),
    (23, "Payment of carriage charges"),
    (24, "Documents attached by the consignor"),
    (25, "Information not meant for the carrier, number of the supply contract"),
    (26, "Date of the contract of carriage"),
    (27, "Date of arrival"),
    (28, "Marks of customs and other authorities"),
    (29, "Number of the consignment"),
];

/// The papers that a way needs, by the laws on it.
pub fn papers(network: &Network, route: &Route) -> Vec<Paper> {
    let mut papers = Vec::new();
    for regime in route.regimes(network) {
        papers.push(match regime {
            Some(Regime::Smgs) => Paper {
                name: "SMGS consignment note, six sheets".to_owned(),
                sheets: &SMGS_SHEETS,
                source: SMGS_SOURCE,
            },
            Some(Regime::Cim) => Paper {
                name: "CIM consignment note (its sheets are not described here)".to_owned(),
                sheets: &[],
                source: "COTIF, Appendix B (CIM)",
            },
            None => {
                Paper { name: "unknown: no law is stated for a part of the way".to_owned(), sheets: &[], source: "" }
            }
        });
    }
    if !route.regime_changes(network).is_empty() {
        papers.push(Paper {
            name: "where the law changes: a new consignment note, or a common CIM/SMGS note for the whole way"
                .to_owned(),
            sheets: &[],
            source: "CIM/SMGS Consignment Note Manual (GLV-CIM/SMGS)",
        });
    }
    papers
}

/// A consignment note as far as it can be filled.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Number, title (empty where unverified), and value (empty where unknown) of each box.
    pub boxes: Vec<(u8, &'static str, String)>,
    /// The way in words.
    pub way: String,
    /// Whether a person must decide before anything moves.
    pub needs_person: bool,
    /// What a person must see fulfilled.
    pub conditions: Vec<String>,
}

impl Draft {
    /// The draft for a way.
    pub fn of(network: &Network, cleared: &Cleared, route: &Route) -> Self {
        let consignment = cleared.consignment();
        let decision = route.decision(cleared);
        let boxes = BOXES.map(|(number, title)| (number, title, value(number, network, consignment, route)));
        Self {
            boxes: boxes.to_vec(),
            way: way(network, route),
            needs_person: decision.verdict == Verdict::Review,
            conditions: decision.conditions.clone(),
        }
    }

    /// As JSON.
    pub fn json(&self, consignment: &Consignment) -> Value {
        let boxes = self.boxes.iter().map(|(number, title, value)| {
            json!({ "box": number, "title": if title.is_empty() { Value::Null } else { json!(title) },
                "value": if value.is_empty() { Value::Null } else { json!(value) } })
        });
        let sheets =
            SMGS_SHEETS.map(|sheet| json!({ "number": sheet.number, "name": sheet.name, "heldBy": sheet.holder }));
        json!({
            "draft": true,
            "note": "SMGS consignment note",
            "source": SMGS_SOURCE,
            "personDecides": self.needs_person,
            "conditions": self.conditions,
            "way": self.way,
            "boxes": boxes.collect::<Vec<_>>(),
            "sheets": sheets,
            "consignment": json::consignment(consignment),
            "notice": json::NOTICE,
        })
    }

    /// As a page in one file.
    pub fn html(&self) -> String {
        let mut html = tumen_html::head("DRAFT – SMGS consignment note", STYLE);
        html.push_str("<h1><span class=\"draft\">DRAFT</span> SMGS consignment note</h1>\n");
        part!(html, "<p>{}</p>\n", name(json::NOTICE));
        if self.needs_person {
            html.push_str("<p><strong>A person decides before anything moves.</strong></p>\n");
        }
        if !self.conditions.is_empty() {
            html.push_str("<ul>\n");
            for condition in &self.conditions {
                part!(html, "<li>{}</li>\n", name(condition));
            }
            html.push_str("</ul>\n");
        }
        part!(html, "<p>Way: {}</p>\n<div class=\"note\">\n", isolated(&self.way));
        for (number, title, value) in &self.boxes {
            let title = if title.is_empty() { "(title not verified)" } else { title };
            let (class, value) = match value.as_str() {
                "" => (" empty", "<em>unknown: to be filled in</em>".to_owned()),
                value => ("", isolated(value)),
            };
            part!(html, "<div class=\"box{class}\"><small>{number} {}</small><p>{value}</p></div>\n", name(title));
        }
        html.push_str("</div>\n");
        let rows = SMGS_SHEETS.iter().map(|sheet| vec![sheet.number.to_string(), name(sheet.name), name(sheet.holder)]);
        let table = tumen_html::markup::Table {
            caption: "The six sheets and who holds them",
            headings: &["sheet", "what it is", "held by"],
            rows: rows.collect(),
        };
        html.push_str(&table.html());
        part!(html, "<p><small>{}</small></p>\n", name(SMGS_SOURCE));
        html.push_str(tumen_html::END);
        html
    }
}

const STYLE: &str = "\
.draft { border: 3px solid; padding: 0 .4em; letter-spacing: .1em; }
.note { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); border: 2px solid var(--ink); margin: 1rem 0; }
.box { border: 1px solid var(--rule); padding: .4rem .6rem; min-height: 4.5rem; }
.box p { margin: .2rem 0 0; }
.box.empty { background: var(--wash); color: var(--quiet); }
";

fn way(network: &Network, route: &Route) -> String {
    let mut names: Vec<&str> = Vec::new();
    for ride in &route.rides {
        let service = &network.services[ride.service];
        for place in [service.from, service.to] {
            let name = network.terminals[place].name.as_str();
            if names.last() != Some(&name) {
                names.push(name);
            }
        }
    }
    names.join(" → ")
}

/// What a box says; empty where nobody knows, or where it is for somebody else to fill in.
fn value(number: u8, network: &Network, consignment: &Consignment, route: &Route) -> String {
    match number {
        1 => consignment.sender.clone(),
        2 => consignment.from.name.clone(),
        4 => consignment.receiver.clone(),
        5 => consignment.to.name.clone(),
        6 => border_stations(network, route),
        7 => consignment.wagons.map_or(String::new(), |wagons| match wagons {
            1 => "1 wagon, its number is not known".to_owned(),
            wagons => format!("{wagons} wagons, their numbers are not known"),
        }),
        15 => format!("HS {}, country of origin {}", consignment.goods, consignment.origin.name("en")),
        18 => consignment.tonnes.map_or(String::new(), |tonnes| format!("{}", tonnes * 1000.0)),
        _ => String::new(),
    }
}

/// The stations on either side of every border.
fn border_stations(network: &Network, route: &Route) -> String {
    let mut stations = Vec::new();
    for ride in &route.rides {
        let service = &network.services[ride.service];
        let [from, to] = [service.from, service.to].map(|place| &network.terminals[place]);
        if from.country != to.country {
            stations.push(format!("{} – {}", from.name, to.name));
        }
    }
    stations.join("; ")
}
