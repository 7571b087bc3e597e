//! One sheet: heading lines, one table with a frozen header, charts below.
//!
//! ```text
//!   title · unit, perspective, prices · sign · link to the cover
//!   header ── frozen here ─────────────
//!   rows …
//! ```
//!
//! Promise: figures are numbers in full precision; a formula carries the value it computes.
//! Absent: what the figures are.

use rust_xlsxwriter::{Chart, Format, FormatAlign, FormatBorder, Formula, Url, Worksheet};
use rust_xlsxwriter::{XlsxError, column_number_to_name};

use crate::report::number::power_of_ten;
use crate::report::words::Language;
use crate::report::words::workbook as words;

const BLUE: u32 = 0x00_5A_8C;
const PALE: u32 = 0xE6_EE_F3;
/// Narrowest and widest column, in characters.
const WIDTHS: (usize, usize) = (9, 52);

/// Rows that one printed page holds.
const ONE_PAGE: u32 = 75;

/// How a number is shown. The separators are those of the reader's own locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Signed, three decimals: millions.
    Millions,
    /// Three decimals, without a plus: an error or a limit in millions.
    PlainMillions,
    /// Two decimals, without a plus.
    Hundredths,
    /// Signed, one decimal: thousands.
    Thousands,
    /// Signed, two decimals: kroner.
    Kroner,
    /// Without a plus, one decimal.
    Count,
    /// Whole.
    Whole,
    /// Hundredths.
    Percent,
    /// A year.
    Year,
}

impl Shape {
    fn code(self) -> &'static str {
        match self {
            Shape::Millions => "+#,##0.000;\"−\"#,##0.000;0.000",
            Shape::Thousands => "+#,##0.0;\"−\"#,##0.0;0.0",
            Shape::Kroner => "+#,##0.00;\"−\"#,##0.00;0.00",
            Shape::PlainMillions => "#,##0.000",
            Shape::Hundredths => "#,##0.00",
            Shape::Count => "#,##0.0",
            Shape::Whole => "#,##0",
            Shape::Percent => "0.0%",
            Shape::Year => "0",
        }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// Words.
    Text(String),
    /// A figure.
    Number(f64, Shape),
    /// A formula and what it computes.
    Formula(String, f64, Shape),
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

/// Weight of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// As the others.
    Plain,
    /// A total.
    Total,
    /// Computed by the sheet, for whoever checks.
    Check,
}

/// A sheet being written.
pub struct Page {
    /// The sheet.
    pub sheet: Worksheet,
    /// Its name.
    pub name: String,
    /// The next row.
    pub row: u32,
    /// Row of the table's header.
    pub header: u32,
    headings: Vec<String>,
    widths: Vec<usize>,
    numbers: Vec<u16>,
    /// Longest text of a row that is broken over lines.
    broken: Vec<(u32, usize)>,
    charts: bool,
}

/// What writing gives.
pub type Written = Result<(), XlsxError>;

impl Page {
    /// A sheet with its heading lines and a link back.
    pub fn new(
        name: &str,
        title: &str,
        lines: &[String],
        language: Language,
    ) -> Result<Page, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        let big = Format::new()
            .set_bold()
            .set_font_size(14)
            .set_font_color(BLUE);
        sheet.write_string_with_format(0, 0, title, &big)?;
        let mut row = 1;
        for line in lines {
            sheet.write_string(row, 0, line)?;
            row += 1;
        }
        let cover = words::COVER.text(language);
        let link = Url::new(format!("internal:'{cover}'!A1")).set_text(words::BACK.text(language));
        sheet.write_url(row, 0, link)?;
        Ok(Page {
            sheet,
            name: name.to_owned(),
            row: row + 1,
            header: 0,
            headings: Vec::new(),
            widths: Vec::new(),
            numbers: Vec::new(),
            broken: Vec::new(),
            charts: false,
        })
    }

    /// The header row; it stays in view, and `kept` columns with it.
    pub fn headings(&mut self, headings: &[String], kept: u16) -> Written {
        self.header = self.row;
        for (at, heading) in (0..).zip(headings) {
            // headings wrap, so a column need only hold their longest word
            let word = heading.split_whitespace().map(|w| w.chars().count()).max();
            self.needs(at, word.unwrap_or(0).max(heading.chars().count().min(14)));
        }
        self.headings = headings.to_vec();
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, kept)?;
        self.sheet.set_repeat_rows(self.header, self.header)?;
        Ok(())
    }

    /// A row of cells; gives its number.
    pub fn cells(&mut self, weight: Weight, cells: &[Cell]) -> Result<u32, XlsxError> {
        for (at, cell) in (0..).zip(cells) {
            self.cell(at, cell, weight)?;
        }
        self.row += 1;
        Ok(self.row - 1)
    }

    fn cell(&mut self, at: u16, cell: &Cell, weight: Weight) -> Written {
        match cell {
            Cell::Blank => {}
            Cell::Text(text) => {
                self.needs(at, text.chars().count());
                let mut format = weighted(weight).set_align(FormatAlign::Top);
                if at > 0 {
                    // room between a number and the words after it
                    format = format.set_indent(1);
                }
                if text.chars().count() + 2 > WIDTHS.1 {
                    format = format.set_text_wrap();
                    self.broken.push((self.row, lines(text, WIDTHS.1)));
                }
                self.sheet
                    .write_string_with_format(self.row, at, text, &format)?;
            }
            Cell::Number(value, shape) => {
                self.numbers.push(at);
                self.needs(at, digits(*value, *shape));
                let format = shaped(weight, *shape);
                self.sheet
                    .write_number_with_format(self.row, at, value + 0.0, &format)?;
            }
            Cell::Formula(formula, value, shape) => {
                self.numbers.push(at);
                self.needs(at, digits(*value, *shape));
                let formula = Formula::new(formula).set_result((value + 0.0).to_string());
                let format = shaped(weight, *shape);
                self.sheet
                    .write_formula_with_format(self.row, at, formula, &format)?;
            }
        }
        Ok(())
    }

    fn needs(&mut self, at: u16, characters: usize) {
        let at = usize::from(at);
        if self.widths.len() <= at {
            self.widths.resize(at + 1, WIDTHS.0);
        }
        self.widths[at] = self.widths[at].max(characters + 2).min(WIDTHS.1);
    }

    /// Filters on every column of the table.
    pub fn filters(&mut self) -> Written {
        let last = self.row.saturating_sub(1).max(self.header);
        self.sheet.autofilter(
            self.header,
            0,
            last,
            (self.headings.len() as u16).saturating_sub(1),
        )?;
        Ok(())
    }

    /// A chart below the table, as tall as it is.
    pub fn chart(&mut self, chart: &Chart, height: u32) -> Written {
        self.sheet.insert_chart(self.row + 1, 0, chart)?;
        self.charts = true;
        // rows are 20 pixels high
        self.row += 2 + height.div_ceil(20);
        Ok(())
    }

    /// Headings are written last: numbers' stand to the right, and the row is as tall as it must.
    fn write_headings(&mut self) -> Written {
        let mut most = 1;
        for (at, heading) in (0..).zip(&self.headings) {
            let side = match self.numbers.contains(&at) {
                true => FormatAlign::Right,
                false => FormatAlign::Left,
            };
            // words stand off the numbers before them, as their cells do
            let indent = u8::from(at > 0 && !self.numbers.contains(&at));
            let format = Format::new()
                .set_indent(indent)
                .set_bold()
                .set_text_wrap()
                .set_align(side)
                .set_align(FormatAlign::Bottom)
                .set_background_color(PALE)
                .set_border_bottom(FormatBorder::Thin);
            self.sheet
                .write_string_with_format(self.header, at, heading, &format)?;
            most = most.max(lines(heading, self.widths[usize::from(at)] + 3));
        }
        self.sheet.set_row_height(self.header, height(most))?;
        Ok(())
    }

    /// The sheet with its columns as wide as what they hold, ready for print.
    pub fn finish(mut self, footer: &str) -> Result<Worksheet, XlsxError> {
        self.write_headings()?;
        self.broken.sort_unstable();
        for (row, lines) in &self.broken {
            // the last one of a row is the tallest
            self.sheet.set_row_height(*row, height(*lines))?;
        }
        for (at, width) in (0..).zip(&self.widths) {
            self.sheet.set_column_width(at, *width as f64)?;
        }
        // a table with its chart on one page, as long as it can be read there
        let pages = u16::from(self.charts && self.row <= ONE_PAGE);
        self.sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, pages)
            .set_footer(format!("&L&8{footer}&R&8&P / &N"));
        Ok(self.sheet)
    }
}

/// Lines that a text takes in a column, with a little left over at the end of each.
pub fn lines(text: &str, width: usize) -> usize {
    text.chars()
        .count()
        .div_ceil(width.saturating_sub(5).max(4))
        .max(1)
}

/// Height of a row of so many lines, in points.
pub fn height(lines: usize) -> f64 {
    15.0 * lines as f64
}

fn weighted(weight: Weight) -> Format {
    match weight {
        Weight::Plain => Format::new(),
        Weight::Total => Format::new().set_bold().set_border_top(FormatBorder::Thin),
        Weight::Check => Format::new().set_italic().set_font_color(0x40_40_40_u32),
    }
}

fn shaped(weight: Weight, shape: Shape) -> Format {
    weighted(weight)
        .set_align(FormatAlign::Top)
        .set_num_format(shape.code())
}

/// Characters that a number takes, at least about.
fn digits(value: f64, shape: Shape) -> usize {
    let decimals = match shape {
        Shape::Millions | Shape::PlainMillions => 4,
        Shape::Kroner | Shape::Hundredths => 3,
        Shape::Thousands | Shape::Count | Shape::Percent => 2,
        Shape::Whole | Shape::Year => 0,
    };
    let whole = format!("{:.0}", value.abs()).len();
    1 + whole + whole / 3 + decimals
}

/// `C7`.
pub fn at(row: u32, column: u16) -> String {
    format!("{}{}", column_number_to_name(column), row + 1)
}

/// `SUM(C5:C9)`.
pub fn sum(column: u16, first: u32, last: u32) -> String {
    format!("SUM({}:{})", at(first, column), at(last, column))
}

/// `'Vurdering'!C7`.
pub fn on(sheet: &str, row: u32, column: u16) -> String {
    format!("'{sheet}'!{}", at(row, column))
}

/// What `ROUND(x, places)` gives.
pub fn round(x: f64, places: i32) -> f64 {
    let unit = power_of_ten(places);
    (x * unit).round() / unit
}
