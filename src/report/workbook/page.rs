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

use crate::report::words::Language;
use crate::report::words::workbook as words;

const BLUE: u32 = 0x00_5A_8C;
const PALE: u32 = 0xE6_EE_F3;
/// Narrowest and widest column, in characters.
const WIDTHS: (usize, usize) = (9, 52);

/// How a number is shown. The separators are those of the reader's own locale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Signed, three decimals: millions.
    Millions,
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
            Shape::Millions => "+#,##0.000;-#,##0.000;0.000",
            Shape::Thousands => "+#,##0.0;-#,##0.0;0.0",
            Shape::Kroner => "+#,##0.00;-#,##0.00;0.00",
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
    columns: u16,
    widths: Vec<usize>,
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
            columns: 0,
            widths: Vec::new(),
        })
    }

    /// The header row; it stays in view, and `kept` columns with it.
    pub fn headings(&mut self, headings: &[String], kept: u16) -> Written {
        let format = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_background_color(PALE)
            .set_border_bottom(FormatBorder::Thin);
        self.header = self.row;
        for (at, heading) in (0..).zip(headings) {
            self.sheet
                .write_string_with_format(self.row, at, heading, &format)?;
            // headings wrap, so a column need only hold their longest word
            let word = heading.split_whitespace().map(|w| w.chars().count()).max();
            self.needs(at, word.unwrap_or(0).max(heading.chars().count().min(14)));
        }
        self.columns = headings.len() as u16;
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
                let format = weighted(weight).set_align(FormatAlign::Top);
                let format = match text.chars().count() > WIDTHS.1 {
                    true => format.set_text_wrap(),
                    false => format,
                };
                self.sheet
                    .write_string_with_format(self.row, at, text, &format)?;
            }
            Cell::Number(value, shape) => {
                self.needs(at, digits(*value, *shape));
                let format = shaped(weight, *shape);
                self.sheet
                    .write_number_with_format(self.row, at, value + 0.0, &format)?;
            }
            Cell::Formula(formula, value, shape) => {
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
        self.sheet
            .autofilter(self.header, 0, last, self.columns.saturating_sub(1))?;
        Ok(())
    }

    /// A chart below the table, as tall as it is.
    pub fn chart(&mut self, chart: &Chart, height: u32) -> Written {
        self.sheet.insert_chart(self.row + 1, 0, chart)?;
        // rows are 20 pixels high
        self.row += 2 + height.div_ceil(20);
        Ok(())
    }

    /// The sheet with its columns as wide as what they hold, ready for print.
    pub fn finish(mut self, footer: &str) -> Result<Worksheet, XlsxError> {
        for (at, width) in (0..).zip(&self.widths) {
            self.sheet.set_column_width(at, *width as f64)?;
        }
        self.sheet
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0)
            .set_footer(format!("&L&8{footer}&R&8&P / &N"));
        Ok(self.sheet)
    }
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
        Shape::Millions => 4,
        Shape::Kroner => 3,
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
    let unit = 10f64.powi(places);
    (x * unit).round() / unit
}
