//! Tables beside the scenario: semicolon-separated text in which every cell knows its place.
//!
//! ```text
//! text ─Sheet::read→ header + rows ─Sheet::columns→ cells by column name ─number→ f64
//!        │ separator, ragged rows, persons     │ missing, extra columns     │ decimal marks
//! ```
//!
//! *Promise:* a cell that cannot be read in exactly one way is a fault with line and column; a
//! table that holds data on persons is refused and none of its lines is ever shown.
//! *Absent:* what the figures mean, and repair: nothing is guessed.

use csv::{ReaderBuilder, StringRecord};

use super::near::{listed, nearest};
use crate::diagnostic::{Fault, Faults, FileId, Sources, Span};

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its header.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
}

/// A column that must be there.
pub const fn column(name: &'static str) -> Column {
    Column {
        name,
        required: true,
    }
}

/// A column that may be there.
pub const fn maybe(name: &'static str) -> Column {
    Column {
        name,
        required: false,
    }
}

/// A table as text cells.
#[derive(Debug)]
pub struct Sheet {
    file: FileId,
    header: Vec<Cell>,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Cell {
    text: String,
    span: Span,
}

/// A line of a table.
#[derive(Debug)]
pub struct Row {
    record: StringRecord,
    /// The whole line.
    pub span: Span,
}

/// How a figure in a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// A count: `12.345` could be twelve thousand and is refused.
    Count,
    /// A measure: `12.345` is twelve and a bit.
    Measure,
}

/// Most faults told of one table; the rest are counted.
const MOST_TOLD: usize = 50;

impl Sheet {
    /// Reads header and rows; `None` if the table cannot be used at all.
    pub fn read(file: FileId, sources: &mut Sources, faults: &mut Faults) -> Option<Sheet> {
        let text = sources.text(file).clone();
        let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let mut reader = ReaderBuilder::new()
            .delimiter(b';')
            .has_headers(false)
            .flexible(true)
            .from_reader(&text.as_bytes()[bom..]);
        let mut sheet = Sheet {
            file,
            header: Vec::new(),
            rows: Vec::new(),
        };
        let mut record = StringRecord::new();
        // The text is UTF-8 and rows may be ragged, so the reader has nothing to fail at.
        while matches!(reader.read_record(&mut record), Ok(true)) {
            let from = bom + record.position().map_or(0, |p| p.byte() as usize);
            let to = bom + reader.position().byte() as usize;
            let from = from + blank_lines(&text[from..to]);
            let line = text[from..to].trim_end_matches(['\n', '\r']);
            let span = Span::new(file, from..from + line.len());
            sheet.rows.push(Row {
                record: record.clone(),
                span,
            });
        }
        if sheet.rows.is_empty() {
            faults.raise(
                Span::head(file),
                Fault::EmptyTable {
                    table: "the table".into(),
                },
            );
            return None;
        }
        let first = sheet.rows.remove(0);
        sheet.header = (0..first.record.len())
            .map(|index| Cell {
                text: first.record[index].trim().to_owned(),
                span: first.cell(index, &text),
            })
            .collect();
        let person_level = sheet.refuse_persons(&text, faults);
        if person_level {
            sources.hide(file);
            return None;
        }
        sheet
            .refuse_separator(&text, first.span, faults)
            .then_some(())?;
        sheet.drop_ragged(faults);
        Some(sheet)
    }

    /// Matches the header with the columns a table should have.
    ///
    /// `None` if one that must be there is not: nothing below could be read.
    pub fn columns(
        self,
        wanted: &'static [Column],
        sources: &Sources,
        faults: &mut Faults,
    ) -> Option<Columns> {
        let mut at: Vec<Option<usize>> = vec![None; wanted.len()];
        let mut strangers: Vec<&Cell> = Vec::new();
        for (index, cell) in self.header.iter().enumerate() {
            match wanted.iter().position(|column| column.name == cell.text) {
                Some(column) if at[column].is_none() => at[column] = Some(index),
                Some(_) => {
                    let (name, what) = (cell.text.clone(), "columns".to_owned());
                    faults.raise(cell.span, Fault::DuplicateName { name, what });
                }
                None => strangers.push(cell),
            }
        }
        let absent: Vec<&Column> = wanted
            .iter()
            .zip(&at)
            .filter(|(c, at)| c.required && at.is_none())
            .map(|(c, _)| c)
            .collect();
        for column in &absent {
            let near = nearest(column.name, strangers.iter().map(|cell| cell.text.as_str()));
            let column = column.name.to_owned();
            faults.raise(self.header[0].span, Fault::MissingColumn { column, near });
        }
        for cell in strangers {
            let near = nearest(&cell.text, absent.iter().map(|column| column.name));
            let allowed = listed(wanted.iter().map(|column| column.name));
            let column = cell.text.clone();
            faults.raise(
                cell.span,
                Fault::ExtraColumn {
                    column,
                    near,
                    allowed,
                },
            );
        }
        if !absent.is_empty() {
            return None;
        }
        if self.rows.is_empty() {
            faults.raise(
                self.header[0].span,
                Fault::EmptyTable {
                    table: "the table".into(),
                },
            );
            return None;
        }
        let text = sources.text(self.file).clone();
        Some(Columns {
            sheet: self,
            wanted,
            at,
            text,
            mark: None,
        })
    }

    /// The headers in order.
    pub fn header(&self) -> impl Iterator<Item = (&str, Span)> {
        self.header
            .iter()
            .map(|cell| (cell.text.as_str(), cell.span))
    }

    /// The rows below the header.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Columns that name persons by their header, or cells that look like a CPR number.
    fn refuse_persons(&self, text: &str, faults: &mut Faults) -> bool {
        if let Some(cell) = self.header.iter().find(|cell| names_persons(&cell.text)) {
            faults.raise(
                cell.span,
                Fault::PersonLevel {
                    column: cell.text.clone(),
                },
            );
            return true;
        }
        for row in &self.rows {
            if let Some(index) = row.record.iter().position(looks_like_cpr) {
                let column = self
                    .header
                    .get(index)
                    .map_or("?", |cell| cell.text.as_str());
                // Neither the value nor the header is shown if the header is such a number too.
                let column = if looks_like_cpr(column) { "?" } else { column }.to_owned();
                faults.raise(row.cell(index, text), Fault::PersonLevel { column });
                return true;
            }
        }
        false
    }

    fn refuse_separator(&self, text: &str, header: Span, faults: &mut Faults) -> bool {
        if self.header.len() > 1 {
            return true;
        }
        let line = &text[header.start as usize..header.end as usize];
        let marks = [('\t', "tab"), (',', "comma"), ('|', "a vertical bar")];
        let Some((at, found)) = marks
            .iter()
            .find_map(|(m, name)| Some((line.find(*m)?, *name)))
        else {
            return true;
        };
        let span = header.part(at..at + 1);
        faults.raise(
            span,
            Fault::WrongSeparator {
                found: found.to_owned(),
            },
        );
        false
    }

    fn drop_ragged(&mut self, faults: &mut Faults) {
        let columns = self.header.len();
        let mut told = Told::new(self.file);
        self.rows.retain(|row| {
            let cells = row.record.len();
            if cells != columns {
                told.raise(row.span, Fault::RaggedRow { cells, columns }, faults);
            }
            cells == columns
        });
        told.finish(faults);
    }
}

impl Row {
    /// The text of a cell, without blanks around it.
    pub fn text(&self, index: usize) -> &str {
        self.record.get(index).unwrap_or_default().trim()
    }

    /// The place of a cell. Found by looking at the line again: only faults ask for it.
    pub fn cell(&self, index: usize, text: &str) -> Span {
        let line = &text[self.span.start as usize..self.span.end as usize];
        let mut cells = 0;
        let mut quoted = false;
        let mut start = 0;
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                b'"' => quoted = !quoted,
                b';' if !quoted => {
                    if cells == index {
                        return self.span.part(start..at);
                    }
                    cells += 1;
                    start = at + 1;
                }
                _ => {}
            }
        }
        self.span.part(start..line.len())
    }
}

/// A table whose columns are known.
#[derive(Debug)]
pub struct Columns {
    sheet: Sheet,
    wanted: &'static [Column],
    at: Vec<Option<usize>>,
    text: std::sync::Arc<str>,
    /// The decimal mark of the table, once one has been seen.
    mark: Option<char>,
}

impl Columns {
    /// The file the table stands in.
    pub fn file(&self) -> FileId {
        self.sheet.file
    }

    /// The place of the header: of what the whole table lacks.
    pub fn head(&self) -> Span {
        self.sheet.header[0].span
    }

    /// Number of rows below the header.
    pub fn len(&self) -> usize {
        self.sheet.rows.len()
    }

    /// True if there are only headers.
    pub fn is_empty(&self) -> bool {
        self.sheet.rows.is_empty()
    }

    /// The whole line of a row.
    pub fn line(&self, row: usize) -> Span {
        self.sheet.rows[row].span
    }

    /// The text of a cell and its place; `None` if it is empty or its column is not there.
    pub fn text(&self, row: usize, column: &str) -> Option<(&str, Span)> {
        let index = self.index(column)?;
        let row = &self.sheet.rows[row];
        let text = row.text(index);
        (!text.is_empty()).then(|| (text, row.cell(index, &self.text)))
    }

    /// The text of a cell that must be filled in.
    pub fn required(
        &self,
        row: usize,
        column: &str,
        told: &mut Told,
        faults: &mut Faults,
    ) -> Option<(String, Span)> {
        if let Some((text, span)) = self.text(row, column) {
            return Some((text.to_owned(), span));
        }
        let index = self.index(column)?;
        let span = self.sheet.rows[row].cell(index, &self.text);
        told.raise(
            span,
            Fault::EmptyCell {
                column: column.to_owned(),
            },
            faults,
        );
        None
    }

    /// The number in a cell that must be filled in.
    pub fn number(
        &mut self,
        row: usize,
        column: &str,
        figure: Figure,
        told: &mut Told,
        faults: &mut Faults,
    ) -> Option<(f64, Span)> {
        let (text, span) = self.required(row, column, told, faults)?;
        match read_number(&text, figure, &mut self.mark) {
            Ok(value) => Some((value, span)),
            Err(wrong) => {
                told.raise(span, wrong.fault(column, &text), faults);
                None
            }
        }
    }

    /// The calendar year in a cell that must be filled in.
    pub fn year(
        &self,
        row: usize,
        column: &str,
        told: &mut Told,
        faults: &mut Faults,
    ) -> Option<i32> {
        let (text, span) = self.required(row, column, told, faults)?;
        let year = text
            .parse()
            .ok()
            .filter(|year| (1900..=2200).contains(year));
        if year.is_none() {
            told.raise(span, Fault::BadYear { found: text }, faults);
        }
        year
    }

    fn index(&self, column: &str) -> Option<usize> {
        let position = self
            .wanted
            .iter()
            .position(|wanted| wanted.name == column)?;
        self.at[position]
    }
}

/// Counts the faults of one table, so that a wrong file is not told a million times.
#[derive(Debug)]
pub struct Told {
    file: FileId,
    raised: usize,
    last: Option<Span>,
}

impl Told {
    /// Nothing told yet.
    pub fn new(file: FileId) -> Told {
        Told {
            file,
            raised: 0,
            last: None,
        }
    }

    /// Raises a fault, or only counts it once enough have been told.
    pub fn raise(&mut self, at: Span, fault: Fault, faults: &mut Faults) {
        self.raised += 1;
        if self.raised <= MOST_TOLD {
            faults.raise(at, fault);
        } else if self.last.is_none() {
            self.last = Some(at);
        }
    }

    /// Says how many faults were only counted.
    pub fn finish(self, faults: &mut Faults) {
        if let Some(at) = self.last {
            let count = self.raised - MOST_TOLD;
            faults.raise(
                Span {
                    file: self.file,
                    ..at
                },
                Fault::MoreFaults { count },
            );
        }
    }
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongNumber {
    /// It can be read in two ways.
    Mark,
    /// It is NaN or infinite.
    NotFinite,
    /// It is something else.
    Other,
}

impl WrongNumber {
    /// The fault of a cell.
    pub fn fault(self, column: &str, found: &str) -> Fault {
        let (column, found) = (column.to_owned(), found.to_owned());
        match self {
            WrongNumber::Mark => Fault::WrongDecimalMark { column, found },
            WrongNumber::NotFinite => Fault::NotFinite { key: column, found },
            WrongNumber::Other => Fault::NotANumber { column, found },
        }
    }
}

/// Reads a number with decimal point or comma; `mark` is the one the table uses, once known.
pub fn read_number(
    text: &str,
    figure: Figure,
    mark: &mut Option<char>,
) -> Result<f64, WrongNumber> {
    let marks: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
    match marks[..] {
        [] => {}
        [one] => {
            if figure == Figure::Count && looks_like_thousands(text) {
                return Err(WrongNumber::Mark);
            }
            if *mark.get_or_insert(one) != one {
                return Err(WrongNumber::Mark);
            }
        }
        _ => return Err(WrongNumber::Mark),
    }
    let number = text
        .replace(',', ".")
        .parse::<f64>()
        .map_err(|_| WrongNumber::Other)?;
    if number.is_finite() {
        Ok(number)
    } else {
        Err(WrongNumber::NotFinite)
    }
}

/// `12.345` and `1,000`: one to three digits, a mark, exactly three digits.
fn looks_like_thousands(text: &str) -> bool {
    let Some((whole, rest)) = text.split_once(['.', ',']) else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&whole.len())
        && rest.len() == 3
        && digits(whole)
        && digits(rest)
        && whole != "0"
}

fn names_persons(header: &str) -> bool {
    let plain: String = header
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    matches!(
        plain.as_str(),
        "cpr"
            | "cprnr"
            | "cprnummer"
            | "cprno"
            | "personnummer"
            | "personnr"
            | "pnr"
            | "personid"
            | "patientid"
    )
}

/// `DDMMYY-NNNN`, with or without the hyphen, where the first six digits are a date.
fn looks_like_cpr(text: &str) -> bool {
    let text = text.trim();
    let hyphen = text.len() == 11 && text.as_bytes()[6] == b'-';
    let digits: Vec<u8> = text
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|b| b - b'0')
        .collect();
    if digits.len() != 10 || !(hyphen || text.len() == 10) {
        return false;
    }
    let pair = |at: usize| digits[at] * 10 + digits[at + 1];
    (1..=31).contains(&pair(0)) && (1..=12).contains(&pair(2))
}

/// Bytes of empty lines before a record: the reader skips them, its position does not.
fn blank_lines(text: &str) -> usize {
    text.len() - text.trim_start_matches(['\n', '\r']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    static WANTED: [Column; 3] = [column("code"), column("persons"), maybe("source")];

    fn told(text: &str) -> Vec<(&'static str, usize, usize)> {
        let mut sources = Sources::default();
        let file = sources.add("a.csv", text);
        let mut faults = Faults::default();
        if let Some(sheet) = Sheet::read(file, &mut sources, &mut faults)
            && let Some(mut columns) = sheet.columns(&WANTED, &sources, &mut faults)
        {
            let mut told = Told::new(file);
            for row in 0..columns.len() {
                columns.required(row, "code", &mut told, &mut faults);
                columns.number(row, "persons", Figure::Count, &mut told, &mut faults);
            }
            told.finish(&mut faults);
        }
        let told = faults.settle(&sources);
        told.iter()
            .map(|t| (t.code.as_str(), t.places[0].line, t.places[0].column))
            .collect()
    }

    #[test]
    fn both_decimal_marks_are_read_but_not_in_one_table() {
        assert_eq!(told("code;persons\n615;612,5\n661;3,25\n"), []);
        assert_eq!(
            told("code;persons\n615;612.5\n661;3,25\n"),
            [("S104", 3, 5)]
        );
    }

    #[test]
    fn thousand_marks_are_refused_where_they_could_be_decimals() {
        let faults = [("S104", 2, 5), ("S104", 3, 5)];
        assert_eq!(told("code;persons\n615;12.345\n661;1.234,5\n"), faults);
        assert_eq!(told("code;persons\n615;12 345\n"), [("S105", 2, 5)]);
    }

    #[test]
    fn wrong_separators_are_named() {
        assert_eq!(told("code,persons\n615,3\n"), [("S101", 1, 5)]);
        assert_eq!(told("code\tpersons\n615\t3\n"), [("S101", 1, 5)]);
    }

    #[test]
    fn missing_extra_and_misspelt_columns_are_told() {
        assert_eq!(told("code;person\n1;2\n"), [("S102", 1, 1), ("S103", 1, 6)]);
        assert_eq!(told("code;persons;colour\n1;2;red\n"), [("S103", 1, 14)]);
        assert_eq!(told("code;persons\n"), [("S110", 1, 1)]);
        assert_eq!(told(""), [("S110", 1, 1)]);
    }

    #[test]
    fn ragged_rows_and_empty_cells_have_a_place() {
        assert_eq!(
            told("code;persons\n615;3;4\n\n661;\n"),
            [("S111", 2, 1), ("S116", 4, 5)]
        );
    }

    #[test]
    fn places_are_right_after_quoted_cells_blank_lines_and_a_byte_order_mark() {
        let text = "\u{feff}code;source;persons\n\n\"6;15\";\"Ærø \"\"x\"\"\";tre\n";
        assert_eq!(told(text), [("S105", 3, 20)]);
    }

    #[test]
    fn data_on_persons_is_refused_by_header_and_by_value() {
        assert_eq!(told("CPR-nr;persons\n1;2\n"), [("S108", 1, 1)]);
        assert_eq!(
            told("code;persons\n615;3\n010190-1234;2\n"),
            [("S108", 3, 1)]
        );
        assert_eq!(told("code;persons\n0101901234;2\n"), [("S108", 2, 1)]);
        assert_eq!(told("code;persons\n9999991234;2\n"), []);
    }

    #[test]
    fn a_wholly_wrong_table_is_told_fifty_times_and_then_counted() {
        let text = format!("code;persons\n{}", "615;x\n".repeat(200));
        let told = told(&text);
        assert_eq!((told.len(), told[50]), (51, ("S118", 52, 5)));
    }
}
