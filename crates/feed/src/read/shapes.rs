//! shapes.txt: points in the order of shape_pt_sequence, whatever the order of the file.

use super::Reader;
use super::stops::parse_position;
use crate::complaint::Code;
use crate::csv::{SheetLimits, id, short};
use crate::error::Refusal;
use crate::model::Shape;

const FILE: &str = "shapes.txt";

impl Reader<'_> {
    pub(super) fn read_shapes(&mut self) -> Result<(), Refusal> {
        let limits = &self.source.options.limits;
        let limits = SheetLimits {
            rows: limits.shape_points,
            rows_name: "shape_points",
            bytes: limits.total_bytes,
            ..SheetLimits::ordinary(limits)
        };
        let Some(mut sheet) = self.source.open(FILE, limits, self.report)? else { return Ok(()) };
        let [shape_id, lat, lon, sequence] =
            sheet.columns(["shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"]);
        if !sheet.has_all([shape_id, lat, lon], self.report) {
            return Ok(());
        }
        let mut sequences: Vec<Vec<u32>> = Vec::new();
        let mut current = None;
        while let Some(row) = sheet.next(self.report)? {
            let Some(id) = id(&row, shape_id, self.report) else { continue };
            let (north, east) = (row.get(lat), row.get(lon));
            let Some(point) = parse_position(north, east) else {
                self.report.add(Code::BadShapePoint, row.place(lat), || {
                    format!("`{},{}` is no position in degrees; the point was ignored", short(north), short(east))
                });
                continue;
            };
            let shape = match current {
                Some(shape) if self.shapes.name(shape) == id => shape,
                _ => self.shapes.get(id).unwrap_or_else(|| {
                    self.feed.shapes.push(Shape { id: id.to_owned(), points: Vec::new() });
                    sequences.push(Vec::new());
                    self.shapes.insert(id).unwrap_or_default()
                }),
            };
            current = Some(shape);
            let sequences = &mut sequences[shape as usize];
            let following = sequences.last().map_or(0, |last| last.saturating_add(1));
            sequences.push(row.get(sequence).parse().unwrap_or(following));
            self.feed.shapes[shape as usize].points.push(point);
        }
        sheet.finish(self.report);
        for (shape, sequences) in self.feed.shapes.iter_mut().zip(sequences) {
            if !sequences.is_sorted() {
                let mut order: Vec<usize> = (0..sequences.len()).collect();
                order.sort_by_key(|point| sequences[*point]);
                shape.points = order.into_iter().map(|point| shape.points[point]).collect();
            }
        }
        Ok(())
    }
}
