//! Every extension file and column, once: what the reader checks and docs/feed-extension.md explains.

/// An extension file.
#[derive(Clone, Copy, Debug)]
pub struct FileSchema {
    /// File name, such as `places.txt`.
    pub file: &'static str,
    /// The columns that Tumen reads. Others are kept as they are.
    pub columns: &'static [ColumnSchema],
}

/// A column of an extension file.
#[derive(Clone, Copy, Debug)]
pub struct ColumnSchema {
    /// Column name.
    pub name: &'static str,
    /// A row without it is left out.
    pub required: bool,
    /// What its values are.
    pub kind: Kind,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// The id of the row itself, unique in the file.
    Id,
    /// An id that rows which belong together share.
    Group,
    /// The id of a row elsewhere.
    Reference(Target),
    /// The id of a row of the file that the value of the column `affects` stands for.
    Affected,
    /// Several ids of sources.txt, separated by `;`.
    Sources,
    /// `HH:MM:SS`, a time of the service day or a duration.
    Time,
    /// `YYYYMMDD`.
    Date,
    /// A day, a month or a year, as precise as it is known ([`DateSpan`](tumen_base::DateSpan)).
    DateSpan,
    /// `KIND:ID`, several separated by `;`: what a row is about ([`SUBJECTS`]).
    Subjects,
    /// A number, 0 or above.
    Number,
    /// One of the words of [`Certainty`](tumen_base::Certainty).
    Certainty,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// Where a [`Kind::Reference`] points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// stops.txt; may be `feed:id`.
    Stop,
    /// trips.txt; may be `feed:id`.
    Trip,
    /// routes.txt.
    Route,
    /// agency.txt.
    Agency,
    /// calendar.txt or calendar_dates.txt.
    Service,
    /// The id column of an extension file of the same feed: file and column.
    Extension(&'static str, &'static str),
}

const fn required(name: &'static str, kind: Kind) -> ColumnSchema {
    ColumnSchema { name, required: true, kind }
}

const fn optional(name: &'static str, kind: Kind) -> ColumnSchema {
    ColumnSchema { name, required: false, kind }
}

/// What `affects` of suspensions.txt can say; its ids point where those of the same kind of subject do.
pub(super) const AFFECTS: &[&str] = &["agency", "route", "trip", "carriage", "post", "freight"];

/// What the kinds of a [`Kind::Subjects`] are, and where their ids point.
pub(super) const SUBJECTS: [(&str, Target); 8] = [
    ("agency", Target::Agency),
    ("route", Target::Route),
    ("trip", Target::Trip),
    ("carriage", Target::Extension("through_carriages.txt", "through_carriage_id")),
    ("post", Target::Extension("border_posts.txt", "border_post_id")),
    ("line", Target::Extension("lines.txt", "line_id")),
    ("stop", Target::Stop),
    ("freight", Target::Extension("freight_services.txt", "freight_service_id")),
];

const CARRIAGE: Kind = Kind::Reference(Target::Extension("through_carriages.txt", "through_carriage_id"));
const CARRIAGE_TYPE: Kind = Kind::Reference(Target::Extension("carriage_types.txt", "carriage_type_id"));
const BORDER_POST: Kind = Kind::Reference(Target::Extension("border_posts.txt", "border_post_id"));
const SECTION: Kind = Kind::Reference(Target::Extension("sections.txt", "section_id"));
const TERMINAL: Kind = Kind::Reference(Target::Extension("terminals.txt", "terminal_id"));
const STOP: Kind = Kind::Reference(Target::Stop);
const AGENCY: Kind = Kind::Reference(Target::Agency);
const SOURCES: ColumnSchema = optional("source_id", Kind::Sources);
const CERTAINTY_DAYS: ColumnSchema = optional("certainty_days", Kind::Certainty);
const CERTAINTY_TIMES: ColumnSchema = optional("certainty_times", Kind::Certainty);
const NOTE: ColumnSchema = optional("note", Kind::Text);

/// All extension files.
pub const EXTENSION_FILES: &[FileSchema] = &[
    FileSchema {
        file: "through_carriages.txt",
        columns: &[
            required("through_carriage_id", Kind::Id),
            optional("name", Kind::Text),
            optional("carriage_number", Kind::Text),
            required("service_id", Kind::Reference(Target::Service)),
            optional("carriage_type_id", CARRIAGE_TYPE),
            optional("agency_id", AGENCY),
            optional("train_numbers", Kind::Text),
            optional("operator", Kind::Text),
            optional("status", Kind::Text),
            optional("as_of", Kind::Text),
            optional("distance_km", Kind::Number),
            CERTAINTY_DAYS,
            CERTAINTY_TIMES,
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "through_carriage_hosts.txt",
        columns: &[
            required("through_carriage_id", CARRIAGE),
            required("sequence", Kind::Number),
            required("trip_id", Kind::Reference(Target::Trip)),
            required("attach_stop_id", STOP),
            required("detach_stop_id", STOP),
            optional("min_stand_time", Kind::Time),
            optional("max_stand_time", Kind::Time),
            CERTAINTY_DAYS,
            CERTAINTY_TIMES,
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "places.txt",
        columns: &[
            required("place_id", Kind::Group),
            required("name", Kind::Text),
            required("stop_id", STOP),
            optional("aliases", Kind::Text),
            SOURCES,
        ],
    },
    FileSchema {
        file: "known_services.txt",
        columns: &[
            required("known_service_id", Kind::Id),
            required("name", Kind::Text),
            optional("number", Kind::Text),
            optional("agency_id", AGENCY),
            optional("operator", Kind::Text),
            optional("mode", Kind::Text),
            optional("from_stop_id", STOP),
            optional("to_stop_id", STOP),
            optional("days", Kind::Text),
            optional("times", Kind::Text),
            optional("duration", Kind::Text),
            optional("valid_from", Kind::Text),
            optional("valid_to", Kind::Text),
            optional("status", Kind::Text),
            optional("as_of", Kind::Text),
            CERTAINTY_DAYS,
            CERTAINTY_TIMES,
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "carriage_types.txt",
        columns: &[
            required("carriage_type_id", Kind::Id),
            optional("name", Kind::Text),
            optional("class", Kind::Text),
            optional("compartments", Kind::Number),
            optional("berths_per_compartment", Kind::Number),
            optional("gauge_mm", Kind::Number),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "train_types.txt",
        columns: &[
            required("train_type_id", Kind::Id),
            optional("name", Kind::Text),
            required("trains", Kind::Subjects),
            optional("top_speed_kmh", Kind::Number),
            optional("acceleration_ms2", Kind::Number),
            optional("braking_ms2", Kind::Number),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "border_posts.txt",
        columns: &[
            required("border_post_id", Kind::Id),
            required("name", Kind::Text),
            optional("from_stop_id", STOP),
            optional("to_stop_id", STOP),
            optional("opening_hours", Kind::Text),
            optional("hours_note", Kind::Text),
            optional("control_before_departure", Kind::Time),
            optional("control_after_arrival", Kind::Time),
            optional("processing_from_min", Kind::Number),
            optional("processing_to_min", Kind::Number),
            optional("processing_note", Kind::Text),
            optional("gauge_change_stop_id", STOP),
            optional("gauge_change_min", Kind::Number),
            optional("gauge_change_capacity", Kind::Number),
            optional("mode", Kind::Text),
            optional("from_country", Kind::Text),
            optional("to_country", Kind::Text),
            optional("run_time_min", Kind::Number),
            optional("status", Kind::Text),
            optional("as_of", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "border_rules.txt",
        columns: &[
            optional("border_rule_id", Kind::Group),
            optional("border_post_id", BORDER_POST),
            optional("direction", Kind::Text),
            optional("passport", Kind::Text),
            optional("purpose", Kind::Text),
            optional("allowed", Kind::Word(&["yes", "no", "unknown"])),
            optional("requires", Kind::Text),
            optional("waives", Kind::Text),
            optional("valid_from", Kind::Date),
            optional("valid_to", Kind::Date),
            optional("valid_from_text", Kind::Text),
            optional("valid_to_text", Kind::Text),
            optional("applies_to", Kind::Text),
            optional("rule", Kind::Text),
            optional("confidence", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "suspensions.txt",
        columns: &[
            required("suspension_id", Kind::Id),
            required("affects", Kind::Word(AFFECTS)),
            required("id", Kind::Affected),
            optional("valid_from", Kind::Date),
            optional("valid_to", Kind::Date),
            required("reason", Kind::Text),
            optional("valid_from_text", Kind::DateSpan),
            optional("valid_to_text", Kind::DateSpan),
            CERTAINTY_DAYS,
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "events.txt",
        columns: &[
            required("event_id", Kind::Id),
            required("date", Kind::DateSpan),
            required("subject", Kind::Subjects),
            optional("also", Kind::Subjects),
            required("event", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "sections.txt",
        columns: &[
            optional("section_id", Kind::Id),
            required("from_stop_id", STOP),
            required("to_stop_id", STOP),
            optional("length_km", Kind::Number),
            optional("gauge_mm", Kind::Text),
            optional("electrification", Kind::Text),
            optional("tracks", Kind::Text),
            optional("max_speed_kmh", Kind::Text),
            optional("crossing_loops_km", Kind::Text),
            optional("line_name", Kind::Text),
            optional("countries", Kind::Text),
            optional("regions", Kind::Text),
            optional("zones", Kind::Text),
            optional("gauge_note", Kind::Text),
            optional("tracks_note", Kind::Text),
            optional("speed_note", Kind::Text),
            optional("as_of", Kind::Text),
            optional("confidence", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "lines.txt",
        columns: &[
            required("line_id", Kind::Group),
            optional("name", Kind::Text),
            optional("sequence", Kind::Number),
            required("section_id", SECTION),
            optional("role", Kind::Text),
            optional("stands_for", Kind::Text),
            SOURCES,
        ],
    },
    FileSchema {
        file: "goods_rules.txt",
        columns: &[
            required("goods_rule_id", Kind::Id),
            optional("resolution", Kind::Text),
            optional("year", Kind::Text),
            optional("paragraph", Kind::Text),
            required("direction", Kind::Word(&["to_KP", "from_KP", "both", "-"])),
            required("hs_codes", Kind::Text),
            required("goods", Kind::Text),
            required(
                "action",
                Kind::Word(&["REFUSE", "CAP", "REVIEW", "EXEMPT_RAJIN", "COMMITTEE", "INSPECT", "INFO"]),
            ),
            optional("exemption", Kind::Text),
            optional("unverified", Kind::Word(&["1"])),
            optional("origin", Kind::Text),
            optional("via_stop_id", STOP),
            optional("lifts", Kind::Text),
            optional("confidence", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "terminals.txt",
        columns: &[
            required("terminal_id", Kind::Id),
            required("name", Kind::Text),
            required("stop_id", STOP),
            optional("gauge_mm", Kind::Text),
            optional("handling", Kind::Text),
            optional("transhipment_tonnes_per_hour", Kind::Number),
            optional("transhipment_hours", Kind::Number),
            optional("bogie_change_wagons_per_hour", Kind::Number),
            optional("bogie_change_hours", Kind::Number),
            optional("opening_hours", Kind::Text),
            optional("confidence", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "freight_services.txt",
        columns: &[
            required("freight_service_id", Kind::Id),
            optional("name", Kind::Text),
            required("from_terminal_id", TERMINAL),
            required("to_terminal_id", TERMINAL),
            optional("both_ways", Kind::Word(&["0", "1"])),
            optional("evidence", Kind::Word(&["goods", "line"])),
            optional("service_id", Kind::Reference(Target::Service)),
            optional("departure_time", Kind::Time),
            optional("transit_time_min", Kind::Time),
            optional("transit_time_max", Kind::Time),
            optional("cut_off", Kind::Time),
            optional("capacity_wagons", Kind::Number),
            optional("capacity_tonnes", Kind::Number),
            optional("gauge_mm", Kind::Text),
            optional("legal_regime", Kind::Word(&["SMGS", "CIM"])),
            optional("border_post_id", BORDER_POST),
            optional("valid_from", Kind::Date),
            optional("valid_to", Kind::Date),
            optional("as_of", Kind::Text),
            optional("confidence", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "stitched_trips.txt",
        columns: &[
            required("stitched_trip_id", Kind::Text),
            optional("from_sequence", Kind::Number),
            optional("to_sequence", Kind::Number),
            required("feed", Kind::Text),
            required("source_trip_id", Kind::Text),
            optional("service_day_shift", Kind::Text),
            optional("leads", Kind::Word(&["0", "1"])),
        ],
    },
    FileSchema {
        file: "stitched_stops.txt",
        columns: &[
            required("stop_id", STOP),
            required("role", Kind::Word(&["station", "border"])),
            optional("same_stop_id", STOP),
        ],
    },
    FileSchema {
        file: "observations.txt",
        columns: &[
            required("observation_id", Kind::Id),
            required("subject", Kind::Text),
            required("metric", Kind::Text),
            optional("value", Kind::Text),
            optional("unit", Kind::Text),
            optional("period", Kind::Text),
            SOURCES,
            NOTE,
        ],
    },
    FileSchema {
        file: "sources.txt",
        columns: &[
            required("source_id", Kind::Id),
            required("title", Kind::Text),
            optional("publisher", Kind::Text),
            optional("date", Kind::Text),
            optional("address", Kind::Text),
            optional("licence", Kind::Text),
            NOTE,
        ],
    },
    FileSchema {
        file: "claims.txt",
        columns: &[
            required("claim_id", Kind::Id),
            optional("article_source_id", Kind::Sources),
            required("claim", Kind::Text),
            optional("other_sources_say", Kind::Text),
            optional("tumen_uses", Kind::Text),
            SOURCES,
        ],
    },
];

/// The schema of an extension file; `None` for any other file.
pub fn schema(file: &str) -> Option<&'static FileSchema> {
    EXTENSION_FILES.iter().find(|schema| schema.file == file)
}
