//! What a reader can complain of: stable codes with their severities, and the place in the feed.

use std::fmt;

/// How much a complaint matters to someone who travels by the feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something the feed says was left out: a trip, a call, a rule.
    Error,
    /// Something was repaired by a stated rule.
    Warning,
    /// Worth knowing; nothing was lost.
    Info,
}

impl Severity {
    /// The word in reports.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

macro_rules! codes {
    ($($name:ident $word:literal $severity:ident $meaning:literal;)*) => {
        /// The kinds of complaint. Their words are stable: scripts may match them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable word, such as `bad_time`.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// How much it matters.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What it means and what the reader does, in one sentence.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    // The text of any file.
    InvalidUtf8 "invalid_utf8" Warning "Bytes that are not UTF-8; each became U+FFFD.";
    StrayQuote "stray_quote" Warning "Text after a closing quotation mark; it was joined to the field.";
    UnclosedQuote "unclosed_quote" Error "A quotation mark that nothing closes; the line was read as if it stood for itself.";
    ShortRow "short_row" Warning "Fewer fields than the header has; the missing ones are empty.";
    LongRow "long_row" Warning "More fields than the header has; the surplus was ignored.";
    FieldTooLong "field_too_long" Warning "A field above the length limit; it was cut there.";
    DuplicateColumn "duplicate_column" Warning "Two columns of one name; the first one counts.";
    UnreadColumns "unread_columns" Info "Columns that mean nothing to Tumen; no timetable holds them.";
    MissingFile "missing_file" Warning "A file that GTFS requires is absent or empty.";
    MissingColumn "missing_column" Error "A column without which the file's rows mean nothing; the file was ignored.";
    IgnoredFile "ignored_file" Info "A file outside the feed's folder, or one that is no part of a feed; it was not read.";
    FileNotKept "file_not_kept" Warning "A file too large to be kept beside the timetable.";
    ColumnsNotKept "columns_not_kept" Warning "Columns that Tumen does not read, too many to be kept.";
    // Values.
    MissingValue "missing_value" Error "A required value is empty; the row was left out.";
    BadId "bad_id" Error "An id above the length limit; the row was left out.";
    BadTime "bad_time" Warning "No time of the form HH:MM:SS up to 1440:00:00; treated as absent.";
    BadDate "bad_date" Error "No date of the form YYYYMMDD; the row was left out.";
    BadNumber "bad_number" Warning "A number that cannot be read or is out of its range; the stated default was taken.";
    BadPosition "bad_position" Warning "Latitude or longitude that is absent, no number, out of range or 0,0; the stop has no position.";
    BadZone "bad_zone" Warning "No IANA time zone; ignored.";
    BadCountry "bad_country" Warning "No ISO 3166-1 code of two capital letters, nor several of them; ignored.";
    BadColor "bad_color" Info "No colour of six hexadecimal digits; ignored.";
    BadCertainty "bad_certainty" Warning "Not one of published, derived, estimated, assumed, unknown; read as unknown.";
    // Rows and references.
    DuplicateId "duplicate_id" Warning "An id used twice; the first row counts.";
    DuplicateCalendar "duplicate_calendar" Warning "A service_id with two rows in calendar.txt; the last one counts.";
    DuplicateException "duplicate_exception" Warning "A service with two rows for one date; removal beats addition.";
    NoAgency "no_agency" Warning "No agency is given; an unnamed one stands for it.";
    UnknownAgency "unknown_agency" Warning "A route of an unknown agency; it was given the first one.";
    ZoneAssumed "zone_assumed" Warning "The feed names no usable zone; the stated one was taken.";
    SeveralZones "several_zones" Warning "Agencies of different zones; all times are read in the first agency's.";
    UnknownParent "unknown_parent" Warning "A parent_station that is unknown, the stop itself or part of a circle; ignored.";
    ParentNotStation "parent_not_station" Info "A parent_station that is no station.";
    CallAtStation "call_at_station" Info "A trip calls at a station, an entrance or a node instead of a stop; it is read as a stop.";
    BadRouteType "bad_route_type" Warning "A route_type outside GTFS and its extended types; read as bus (3).";
    UnknownRoute "unknown_route" Error "A trip on an unknown route; the trip was left out.";
    UnknownService "unknown_service" Warning "A trip whose service has no days; it never runs.";
    UnknownShape "unknown_shape" Warning "A shape_id that shapes.txt does not have; ignored.";
    EmptyCalendar "empty_calendar" Warning "A calendar row that covers no day.";
    BadExceptionType "bad_exception_type" Error "An exception_type other than 1 and 2; the row was ignored.";
    UnknownTrip "unknown_trip" Error "A row that names a trip which trips.txt does not have; ignored.";
    UnknownStop "unknown_stop" Error "A row that names a stop which stops.txt does not have; the call or rule was left out.";
    FlexibleCall "flexible_call" Warning "A call at an area or group of stops on demand; it was left out.";
    ContinuousStopping "continuous_stopping" Info "Boarding or alighting between stops; only the stops themselves are used.";
    TripWithoutCalls "trip_without_calls" Warning "A trip without rows in stop_times.txt; it was left out.";
    TripTooShort "trip_too_short" Error "A trip with fewer than two usable calls; it was left out.";
    TripWithoutEnds "trip_without_ends" Error "A trip without a time at its first or last call; it was left out.";
    TripRunsBackwards "trip_runs_backwards" Error "A trip whose times decrease; it was left out.";
    DuplicateSequence "duplicate_sequence" Warning "Two calls of a trip with one stop_sequence; they keep the order of the file.";
    BadFrequency "bad_frequency" Error "A frequency without a positive headway or with no time between start and end; ignored.";
    IncompleteTransfer "incomplete_transfer" Error "A transfer rule without the stops or trips its type needs; ignored.";
    UnknownInTransfer "unknown_in_transfer" Warning "A transfer rule that names an unknown id, or a trip that was left out; ignored.";
    BadShapePoint "bad_shape_point" Warning "A shape point without a position; ignored.";
    OldTranslations "old_translations" Info "Translations in the form before 2020, without table_name; not read.";
    // Extension files (docs/feed-extension.md).
    DanglingReference "dangling_reference" Error "An extension row that names an id no feed has.";
    UnknownSource "unknown_source" Warning "A source_id that sources.txt does not have.";
    BadWord "bad_word" Warning "A word outside those the column allows.";
    HostsDoNotConnect "hosts_do_not_connect" Error "A carriage whose next host does not start where the host before ends, or does not call there in that order.";
    CarriageNeverComplete "carriage_never_complete" Error "A carriage that on none of its days reaches its last stop.";
    CheckCutShort "check_cut_short" Info "So much to follow, of carriages or of crossings, that not all of it was.";
    BadHours "bad_hours" Warning "Opening hours that are none, or that cannot be decided; the post's hours stay unknown.";
    ClosedCrossing "closed_crossing" Warning "A train scheduled over a border while the post is closed by its own hours.";
    BorderTimeInterpolated "border_time_interpolated" Warning "A call beside a border without a time; the one that is shown was spread between other calls.";
    GaugeChangeNowhere "gauge_change_nowhere" Warning "A way over tracks of two gauges without a place where a post says that it is changed, or for bogies that are not changed.";
    CarriageHole "carriage_hole" Warning "Days of a carriage on which no host connects; it is not offered beyond that stop on them.";
}

/// One complaint: where, what was found, what was expected, what was done.
///
/// Displayed as `file:line:column code message`, where column is the column's *name* (a spreadsheet shows no field
/// numbers); line and column are left out where the complaint is about a whole file or row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// The feed's name; empty for a single unnamed feed.
    pub feed: String,
    /// File name, such as `stop_times.txt`.
    pub file: String,
    /// Line on which the row begins, 1 being the header's; 0 for the whole file.
    pub line: u64,
    /// Column name; empty for the whole row.
    pub column: String,
    /// What kind of complaint.
    pub code: Code,
    /// What was found, what was expected, and what was done or what to do.
    pub message: String,
}

impl Complaint {
    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.feed.is_empty() {
            write!(out, "{}/", self.feed)?;
        }
        out.write_str(&self.file)?;
        if self.line > 0 {
            write!(out, ":{}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(out, ":{}", self.column)?;
        }
        write!(out, " {} {}", self.code.word(), self.message)
    }
}
