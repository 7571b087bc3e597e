//! `draws.parquet`: what each replicate gave, streamed batch by batch.
//!
//! ```text
//! replicate │ x_region │ x_municipality │ … │ g │ x_615 │ …      one row group a batch
//! ```
//!
//! Promise: memory holds one batch; the same draws give the same bytes. Absent: paths.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, Encoding, Repetition, Type as Physical};
use parquet::data_type::{DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::finite::finite;
use crate::engine::DrawSink;

/// A draw sink that writes Parquet to whatever `open` gives when the first draws come.
///
/// A run that is not *klarlagt* has no draws, and so no file.
pub struct DrawsParquet<W: Write + Send, O: FnMut() -> io::Result<W>> {
    open: O,
    writer: Option<SerializedFileWriter<W>>,
    columns: Vec<String>,
}

impl<W: Write + Send, O: FnMut() -> io::Result<W>> DrawsParquet<W, O> {
    /// A sink that has not been written to.
    pub fn new(open: O) -> Self {
        DrawsParquet {
            open,
            writer: None,
            columns: Vec::new(),
        }
    }

    /// Ends the file and gives its writer back; `None` if no draw came.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(self) -> io::Result<Option<W>> {
        self.writer
            .map(|writer| writer.into_inner().map_err(as_io))
            .transpose()
    }
}

impl<W: Write + Send, O: FnMut() -> io::Result<W>> DrawSink for DrawsParquet<W, O> {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.columns = columns.to_vec();
        let file = (self.open)()?;
        let writer = SerializedFileWriter::new(file, schema(columns)?, Arc::new(properties()));
        self.writer = Some(writer.map_err(as_io)?);
        Ok(())
    }

    fn batch(&mut self, first: usize, columns: &[&[f64]]) -> io::Result<()> {
        let names = &self.columns;
        let writer = self
            .writer
            .as_mut()
            .ok_or_else(|| io::Error::other("no columns were named"))?;
        let rows = columns.first().map_or(0, |column| column.len());
        let replicates: Vec<i64> = (first..first + rows).map(|i| i as i64).collect();
        let mut group = writer.next_row_group().map_err(as_io)?;
        write_column::<Int64Type>(&mut group, &replicates, None)?;
        let mut buffer = Vec::with_capacity(rows);
        for (name, column) in names.iter().zip(columns) {
            buffer.clear();
            for (i, value) in column.iter().enumerate() {
                buffer.push(finite(*value, || {
                    format!("{name} in replicate {}", first + i)
                })?);
            }
            write_column::<DoubleType>(&mut group, &buffer, None)?;
        }
        group.close().map_err(as_io)?;
        Ok(())
    }
}

fn schema(columns: &[String]) -> io::Result<Arc<Type>> {
    let mut fields = vec![required("replicate", Physical::INT64)?];
    for column in columns {
        fields.push(required(column, Physical::DOUBLE)?);
    }
    let schema = Type::group_type_builder("draws")
        .with_fields(fields)
        .build();
    schema.map(Arc::new).map_err(as_io)
}

fn required(name: &str, physical: Physical) -> io::Result<Arc<Type>> {
    let builder = Type::primitive_type_builder(name, physical);
    let field = builder.with_repetition(Repetition::REQUIRED).build();
    field.map(Arc::new).map_err(as_io)
}

/// Snappy, no statistics a reader would not use, and nothing that changes with machine or hour.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_created_by(concat!("fairbalance ", env!("CARGO_PKG_VERSION")).into())
        .set_compression(Compression::SNAPPY)
        .set_dictionary_enabled(false)
        .set_encoding(Encoding::PLAIN)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build()
}

/// Writes one column of a row group; `levels` says which rows have a value, all where `None`.
pub(super) fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, impl Write + Send>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> io::Result<()> {
    let column = group.next_column().map_err(as_io)?;
    let mut column = column.ok_or_else(|| io::Error::other("more columns than the schema has"))?;
    column
        .typed::<T>()
        .write_batch(values, levels, None)
        .map_err(as_io)?;
    column.close().map_err(as_io)
}

/// A Parquet error as an io error, keeping the disk's own words where there are any.
pub(super) fn as_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(io) => *io,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
