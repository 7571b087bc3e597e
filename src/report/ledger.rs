//! The ledger as a table: CSV for a spreadsheet, Parquet for a program; the same rows in both.
//!
//! ```text
//! arm, year, municipality, group, level, service, producer, payer, owner,
//! mechanism, kind, cash, phase, party, units, mean, mcse
//! ```
//!
//! An entry of arm `agreement` is the difference to the counterfactual; positive kroner are extra
//! expenditure for `party`. CSV is RFC 4180: comma, decimal point, UTF-8. Units under five are
//! `<5` in CSV and null in Parquet; kroner are not counts and stay, so that they add up.
//! Absent: paths.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::draws::{as_io, write_column};
use super::few::{FEW, hidden};
use super::finite::finite;
use crate::analysis::{Findings, LedgerLine, tag_id};
use crate::model::{Arm, EntryKey, Model, MunicipalityId, PhaseOfCost};

/// Rows in a Parquet row group: a constant, so that the bytes are.
const ROW_GROUP: usize = 65_536;

const COLUMNS: [&str; 17] = [
    "arm",
    "year",
    "municipality",
    "group",
    "level",
    "service",
    "producer",
    "payer",
    "owner",
    "mechanism",
    "kind",
    "cash",
    "phase",
    "party",
    "units",
    "mean",
    "mcse",
];

/// The ledger as CSV.
///
/// # Errors
/// Those of the writer, and a number that is not finite.
pub fn ledger_csv(model: &Model, findings: &Findings, out: impl Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(COLUMNS)?;
    for (line, hidden) in findings.ledger.iter().zip(hidden_units(findings)) {
        csv.write_record(row(model, line, hidden)?.cells())?;
    }
    csv.flush()
}

/// The ledger as Parquet.
///
/// # Errors
/// Those of the writer, and a number that is not finite.
pub fn ledger_parquet<W: Write + Send>(
    model: &Model,
    findings: &Findings,
    out: W,
) -> io::Result<W> {
    let mut writer =
        SerializedFileWriter::new(out, schema()?, Arc::new(properties())).map_err(as_io)?;
    let hidden = hidden_units(findings);
    let chunks = findings.ledger.chunks(ROW_GROUP);
    for (lines, hidden) in chunks.zip(hidden.chunks(ROW_GROUP)) {
        let rows = lines.iter().zip(hidden);
        let rows: io::Result<Vec<Row>> = rows.map(|(l, hidden)| row(model, l, *hidden)).collect();
        let mut group = writer.next_row_group().map_err(as_io)?;
        write_group(&mut group, &rows?)?;
        group.close().map_err(as_io)?;
    }
    writer.into_inner().map_err(as_io)
}

/// A ledger line with its names.
struct Row<'a> {
    arm: &'static str,
    year: i32,
    municipality: &'a str,
    group: Option<&'a str>,
    level: Option<i32>,
    service: Option<&'a str>,
    producer: &'static str,
    payer: &'static str,
    owner: &'static str,
    mechanism: String,
    kind: &'static str,
    cash: &'static str,
    phase: &'static str,
    party: &'static str,
    units: Option<f64>,
    /// Whether the units are too few to be shown.
    hidden: bool,
    mean: f64,
    mcse: f64,
}

/// Lines whose units are not shown; municipalities add up to what all of them do.
fn hidden_units(findings: &Findings) -> Vec<bool> {
    let cell = |line: &LedgerLine| {
        let total = EntryKey {
            municipality: MunicipalityId(0),
            ..line.key
        };
        (total, line.units)
    };
    hidden(&findings.ledger.iter().map(cell).collect::<Vec<_>>())
}

fn row<'a>(model: &'a Model, line: &LedgerLine, hidden: bool) -> io::Result<Row<'a>> {
    let key = &line.key;
    let world = &model.world;
    let place = |what: &str| format!("{what} of ledger entry {key:?}");
    Ok(Row {
        arm: arm_key(key.arm),
        year: key.year,
        municipality: &world.municipalities[key.municipality.0 as usize].code,
        group: key
            .cell
            .map(|(group, _)| world.groups[group.0 as usize].id.as_str()),
        level: key.cell.map(|(_, level)| i32::from(level)),
        service: key
            .service
            .map(|s| world.services[s.0 as usize].id.as_str()),
        producer: key.producer.key(),
        payer: key.payer.key(),
        owner: key.owner.key(),
        mechanism: tag_id(model, key.tag),
        kind: key.kind.key(),
        cash: key.cash.key(),
        phase: phase_key(key.phase),
        party: key.party.key(),
        units: line
            .units
            .map(|x| finite(x, || place("units")))
            .transpose()?,
        hidden,
        mean: finite(line.mean, || place("mean"))?,
        mcse: finite(line.mcse, || place("mcse"))?,
    })
}

impl Row<'_> {
    fn cells(&self) -> [String; 17] {
        let number = |x: f64| x.to_string();
        let text = |x: Option<&str>| x.unwrap_or_default().to_owned();
        [
            self.arm.to_owned(),
            self.year.to_string(),
            self.municipality.to_owned(),
            text(self.group),
            self.level.map_or(String::new(), |level| level.to_string()),
            text(self.service),
            self.producer.to_owned(),
            self.payer.to_owned(),
            self.owner.to_owned(),
            self.mechanism.clone(),
            self.kind.to_owned(),
            self.cash.to_owned(),
            self.phase.to_owned(),
            self.party.to_owned(),
            match self.hidden {
                true => FEW.to_owned(),
                false => self.units.map_or(String::new(), number),
            },
            number(self.mean),
            number(self.mcse),
        ]
    }
}

fn arm_key(arm: Arm) -> &'static str {
    match arm {
        Arm::Counterfactual => "counterfactual",
        Arm::Agreement => "agreement",
    }
}

fn phase_key(phase: PhaseOfCost) -> &'static str {
    match phase {
        PhaseOfCost::PhaseIn => "phase_in",
        PhaseOfCost::Operation => "operation",
    }
}

fn schema() -> io::Result<Arc<Type>> {
    let fields: io::Result<Vec<Arc<Type>>> = COLUMNS.into_iter().map(field).collect();
    let schema = Type::group_type_builder("ledger")
        .with_fields(fields?)
        .build();
    schema.map(Arc::new).map_err(as_io)
}

fn field(name: &str) -> io::Result<Arc<Type>> {
    let repetition = match name {
        "group" | "level" | "service" | "units" => Repetition::OPTIONAL,
        _ => Repetition::REQUIRED,
    };
    let field = match name {
        "year" | "level" => Type::primitive_type_builder(name, Physical::INT32),
        "units" | "mean" | "mcse" => Type::primitive_type_builder(name, Physical::DOUBLE),
        _ => Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_logical_type(Some(LogicalType::String)),
    };
    field
        .with_repetition(repetition)
        .build()
        .map(Arc::new)
        .map_err(as_io)
}

fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_created_by(concat!("fairbalance ", env!("CARGO_PKG_VERSION")).into())
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build()
}

fn write_group<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[Row],
) -> io::Result<()> {
    text(group, rows, |r| r.arm)?;
    integer(group, rows, |r| r.year)?;
    text(group, rows, |r| r.municipality)?;
    optional_text(group, rows, |r| r.group)?;
    optional_integer(group, rows, |r| r.level)?;
    optional_text(group, rows, |r| r.service)?;
    text(group, rows, |r| r.producer)?;
    text(group, rows, |r| r.payer)?;
    text(group, rows, |r| r.owner)?;
    text(group, rows, |r| &r.mechanism)?;
    text(group, rows, |r| r.kind)?;
    text(group, rows, |r| r.cash)?;
    text(group, rows, |r| r.phase)?;
    text(group, rows, |r| r.party)?;
    optional_number(group, rows, |r| r.units.filter(|_| !r.hidden))?;
    number(group, rows, |r| r.mean)?;
    number(group, rows, |r| r.mcse)
}

fn text<'a, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &'a [Row<'a>],
    column: impl Fn(&'a Row<'a>) -> &'a str,
) -> io::Result<()> {
    let values: Vec<ByteArray> = rows.iter().map(|row| column(row).into()).collect();
    write_column::<ByteArrayType>(group, &values, None)
}

fn optional_text<'a, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &'a [Row<'a>],
    column: impl Fn(&'a Row<'a>) -> Option<&'a str>,
) -> io::Result<()> {
    let values: Vec<ByteArray> = rows
        .iter()
        .filter_map(&column)
        .map(ByteArray::from)
        .collect();
    let levels: Vec<i16> = rows
        .iter()
        .map(|row| column(row).is_some().into())
        .collect();
    write_column::<ByteArrayType>(group, &values, Some(&levels))
}

fn integer<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[Row],
    column: impl Fn(&Row) -> i32,
) -> io::Result<()> {
    let values: Vec<i32> = rows.iter().map(column).collect();
    write_column::<Int32Type>(group, &values, None)
}

fn optional_integer<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[Row],
    column: impl Fn(&Row) -> Option<i32>,
) -> io::Result<()> {
    let values: Vec<i32> = rows.iter().filter_map(&column).collect();
    let levels: Vec<i16> = rows
        .iter()
        .map(|row| column(row).is_some().into())
        .collect();
    write_column::<Int32Type>(group, &values, Some(&levels))
}

fn number<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[Row],
    column: impl Fn(&Row) -> f64,
) -> io::Result<()> {
    let values: Vec<f64> = rows.iter().map(column).collect();
    write_column::<DoubleType>(group, &values, None)
}

fn optional_number<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    rows: &[Row],
    column: impl Fn(&Row) -> Option<f64>,
) -> io::Result<()> {
    let values: Vec<f64> = rows.iter().filter_map(&column).collect();
    let levels: Vec<i16> = rows
        .iter()
        .map(|row| column(row).is_some().into())
        .collect();
    write_column::<DoubleType>(group, &values, Some(&levels))
}
