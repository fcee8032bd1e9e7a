//! Lines as ordered sections: lines.txt, and the track as a whole.

use std::collections::HashMap;
use tumen_base::FeedId;
use tumen_timetable::{Columns, Row, Rows};

use crate::complaint::{Complaint, TrackError};
use crate::sections::{self, Role, Section};

/// The file that is read here.
const FILE: &str = "lines.txt";

/// All track that a timetable knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// Every section of every feed.
    pub sections: Vec<Section>,
    /// Every line.
    pub lines: Vec<Line>,
    /// What could not be understood.
    pub complaints: Vec<Complaint>,
}

/// A line: sections in order, and what stands beside them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// line_id.
    pub id: String,
    /// Its feed.
    pub feed: FeedId,
    /// Its name; the id where it has none.
    pub name: String,
    /// The main sections in order, by their position in [`Track::sections`].
    pub sections: Vec<usize>,
    /// Other ways, and totals: sections that are no part of the main way.
    pub beside: Vec<usize>,
}

impl Track {
    /// Reads sections.txt and lines.txt of every feed of a timetable; empty where none has them.
    ///
    /// # Errors
    /// When one of the kept files is damaged. Values that cannot be understood are complaints, and unknown.
    pub fn read(columns: &Columns<'_>) -> Result<Self, TrackError> {
        let rows = Rows::read(columns, sections::FILE)?;
        let mut complaints = Vec::new();
        let sections = sections::read(columns, &rows, &mut complaints);
        let mut track = Self { sections, lines: Vec::new(), complaints };
        track.read_lines(&Rows::read(columns, FILE)?);
        Ok(track)
    }

    /// Whether nothing is known of any track.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    fn read_lines(&mut self, rows: &Rows) {
        let ids = self.sections.iter().enumerate();
        let ids: HashMap<(FeedId, String), usize> =
            ids.map(|(index, section)| ((section.feed, section.id.clone()), index)).collect();
        let mut drafts: Vec<Draft> = Vec::new();
        let mut places: HashMap<(FeedId, String), usize> = HashMap::new();
        let mut roles: Vec<Vec<Role>> = vec![Vec::new(); self.sections.len()];
        for row in rows.iter() {
            let find = |id: &str| ids.get(&(row.feed, id.to_owned())).copied();
            let Some(section) = find(row.get("section_id")) else {
                self.complain(&row, "section_id", "expected a section_id of sections.txt; the row is left out");
                continue;
            };
            let place = *places.entry((row.feed, row.get("line_id").to_owned())).or_insert_with(|| {
                drafts.push(Draft::new(&row));
                drafts.len() - 1
            });
            let mut others = Vec::new();
            for id in row.list("stands_for") {
                match find(id) {
                    Some(other) => others.push(other),
                    None => self.complain(&row, "stands_for", "expected section_ids of sections.txt, separated by `;`"),
                }
            }
            let draft = &mut drafts[place];
            match row.get("role") {
                "main" | "" => {
                    let sequence = row.get("sequence").parse::<u32>().ok();
                    if sequence.is_none() {
                        self.complain(&row, "sequence", "expected the place along the line: 1, 2, 3 …");
                    }
                    draft.main.push((sequence.unwrap_or(u32::MAX), section));
                    roles[section].push(Role::Main);
                    continue;
                }
                "check_sum" => roles[section].push(Role::CheckSum { of: others }),
                role => {
                    if role != "alternative" {
                        self.complain(
                            &row,
                            "role",
                            "expected main, alternative or check_sum; taken for an alternative",
                        );
                    }
                    roles[section].push(Role::Alternative { stands_for: others });
                }
            }
            draft.line.beside.push(section);
        }
        for (section, roles) in self.sections.iter_mut().zip(roles) {
            section.role = decided(roles);
        }
        let is_track = |section: &usize| self.sections[*section].is_track();
        self.lines = drafts.into_iter().map(Draft::finish).collect();
        for line in &mut self.lines {
            line.sections.retain(is_track);
        }
    }

    fn complain(&mut self, row: &Row<'_>, column: &'static str, expected: &'static str) {
        let (feed, line, value) = (row.feed, row.line(), row.get(column).to_owned());
        self.complaints.push(Complaint { file: FILE, feed, line, column, value, expected });
    }
}

/// What a section is, by what the lines say of it: a total is nowhere track; part of one line's way is part of the way.
fn decided(roles: Vec<Role>) -> Role {
    let rank = |role: &Role| match role {
        Role::CheckSum { .. } => 0,
        Role::Main => 1,
        Role::Alternative { .. } => 2,
    };
    roles.into_iter().min_by_key(rank).unwrap_or(Role::Main)
}

/// A line whose rows are still coming.
struct Draft {
    line: Line,
    /// Sections with their place along the line.
    main: Vec<(u32, usize)>,
}

impl Draft {
    fn new(row: &Row<'_>) -> Self {
        let id = row.get("line_id").to_owned();
        let name = if row.get("name").is_empty() { id.clone() } else { row.get("name").to_owned() };
        let line = Line { id, feed: row.feed, name, sections: Vec::new(), beside: Vec::new() };
        Self { line, main: Vec::new() }
    }

    fn finish(mut self) -> Line {
        self.main.sort_by_key(|(place, _)| *place);
        self.line.sections = self.main.into_iter().map(|(_, section)| section).collect();
        self.line.sections.dedup();
        self.line
    }
}
