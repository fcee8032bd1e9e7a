//! Apache Parquet: columns buffered to row groups, dictionaries instead of compression.

use anyhow::Result;
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{PrimitiveTypeBuilder, Type};
use std::fs::File;
use std::io::BufWriter;
use std::sync::Arc;

use super::{Cell, Column, Kind};

/// Rows that are buffered until they are written.
const ROWS: usize = 1 << 18;

/// Values of a column and, for each row, whether there is one.
struct Values<T> {
    present: Vec<i16>,
    values: Vec<T>,
}

impl<T> Default for Values<T> {
    fn default() -> Self {
        Self { present: Vec::new(), values: Vec::new() }
    }
}

impl<T> Values<T> {
    fn push(&mut self, value: Option<T>) {
        self.present.push(i16::from(value.is_some()));
        self.values.extend(value);
    }

    fn write<D: DataType<T = T>>(&mut self, group: &mut SerializedRowGroupWriter<'_, BufWriter<File>>) -> Result<()> {
        if let Some(mut column) = group.next_column()? {
            column.typed::<D>().write_batch(&self.values, Some(&self.present), None)?;
            column.close()?;
        }
        self.present.clear();
        self.values.clear();
        Ok(())
    }
}

/// The rows of a column since the last row group.
enum Buffer {
    Text(Values<ByteArray>),
    Whole(Values<i32>),
    Degrees(Values<f64>),
    /// Milliseconds of UTC, and the offset in seconds.
    Moment(Values<i64>, Values<i32>),
}

impl Buffer {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Values::default()),
            Kind::Whole => Self::Whole(Values::default()),
            Kind::Degrees => Self::Degrees(Values::default()),
            Kind::Moment => Self::Moment(Values::default(), Values::default()),
        }
    }

    /// Adds a cell; one of another kind is an empty one.
    fn push(&mut self, cell: &Cell<'_>) {
        match self {
            Self::Text(column) => {
                let text = if let Cell::Text(text) = cell { Some(*text) } else { None };
                // Rows often repeat the text before, and then share its bytes.
                let last = column.values.last().filter(|last| Some(last.data()) == text.map(str::as_bytes)).cloned();
                column.push(last.or_else(|| text.map(ByteArray::from)));
            }
            Self::Whole(column) => column.push(if let Cell::Whole(number) = cell { Some(*number) } else { None }),
            Self::Degrees(column) => column.push(if let Cell::Degrees(degrees) = cell { Some(*degrees) } else { None }),
            Self::Moment(instant, offset) => {
                let moment = if let Cell::Moment(moment) = cell { Some(moment) } else { None };
                instant.push(moment.map(|moment| moment.unix * 1000));
                offset.push(moment.map(|moment| moment.offset));
            }
        }
    }

    fn write(&mut self, group: &mut SerializedRowGroupWriter<'_, BufWriter<File>>) -> Result<()> {
        match self {
            Self::Text(column) => column.write::<ByteArrayType>(group),
            Self::Whole(column) => column.write::<Int32Type>(group),
            Self::Degrees(column) => column.write::<DoubleType>(group),
            Self::Moment(instant, offset) => {
                instant.write::<Int64Type>(group)?;
                offset.write::<Int32Type>(group)
            }
        }
    }
}

fn optional(name: &str, physical: Physical) -> PrimitiveTypeBuilder<'_> {
    Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL)
}

/// A file that is being written.
pub struct Writer {
    file: SerializedFileWriter<BufWriter<File>>,
    columns: Vec<Buffer>,
    rows: usize,
}

impl Writer {
    /// Writes the heading.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: BufWriter<File>, columns: &[Column]) -> Result<Self> {
        let mut fields = Vec::new();
        for &(name, kind) in columns {
            match kind {
                Kind::Text => fields.push(
                    optional(name, Physical::BYTE_ARRAY)
                        .with_logical_type(Some(LogicalType::String))
                        .with_converted_type(ConvertedType::UTF8)
                        .build()?,
                ),
                Kind::Whole => fields.push(optional(name, Physical::INT32).build()?),
                Kind::Degrees => fields.push(optional(name, Physical::DOUBLE).build()?),
                Kind::Moment => {
                    let instant = LogicalType::timestamp(true, TimeUnit::MILLIS);
                    fields.push(optional(name, Physical::INT64).with_logical_type(Some(instant)).build()?);
                    fields.push(optional(&format!("{name}_offset_s"), Physical::INT32).build()?);
                }
            }
        }
        let fields = fields.into_iter().map(Arc::new).collect();
        let schema = Arc::new(Type::group_type_builder("tumen").with_fields(fields).build()?);
        let properties = WriterProperties::builder().set_created_by(format!("tumen {}", env!("CARGO_PKG_VERSION")));
        let file = SerializedFileWriter::new(out, schema, Arc::new(properties.build()))?;
        Ok(Self { file, columns: columns.iter().map(|&(_, kind)| Buffer::of(kind)).collect(), rows: 0 })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When a full row group cannot be written.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
        if self.rows == ROWS { self.group() } else { Ok(()) }
    }

    fn group(&mut self) -> Result<()> {
        let mut group = self.file.next_row_group()?;
        for column in &mut self.columns {
            column.write(&mut group)?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }

    /// Writes what is left, and the footer.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<()> {
        if self.rows > 0 {
            self.group()?;
        }
        self.file.close()?;
        Ok(())
    }
}
