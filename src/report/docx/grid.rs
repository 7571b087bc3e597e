//! A table in Word: a header row that repeats and is known as one, rows that are never split.

use super::super::document::{Align, Rank, Row, Table};
use super::xml::{escaped, paragraph, run};
use crate::report::width;
use crate::report::words::Language;

/// Width of the text on A4 with margins of 2 cm, in twentieths of a point.
pub const TEXT_WIDTH: usize = 9638;
/// Size of a cell's text in half points, as the styles have it.
const SIZE: usize = 17;
/// A table of so many rows at most stands on one page.
const WHOLE: usize = 8;

/// The table. `followed`: a sentence on it stands right below.
pub fn table(table: &Table, followed: bool, language: Language) -> String {
    let widths = width::columns(table, SIZE, TEXT_WIDTH);
    let last = table.rows.len().saturating_sub(1);
    let keeps = |at: usize| match at == last {
        true => followed,
        // neither one row alone at the foot of a page nor one alone at the head of the next
        false => table.rows.len() <= WHOLE || at == 0 || at + 1 == last,
    };
    let rows: String = table
        .rows
        .iter()
        .enumerate()
        .map(|(at, one)| row(table, one, &widths, keeps(at)))
        .collect();
    let grid: String = widths
        .iter()
        .map(|width| format!("<w:gridCol w:w=\"{width}\"/>"))
        .collect();
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Figures\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" \
         w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>\
         <w:tblCaption w:val=\"{}\"/><w:tblDescription w:val=\"{}\"/></w:tblPr>\
         <w:tblGrid>{grid}</w:tblGrid>{}{rows}</w:tbl>",
        widths.iter().sum::<usize>(),
        escaped(&table.caption),
        escaped(&description(table, language)),
        header(table, &widths)
    )
}

/// What stands in rows and columns, for whoever does not see the table.
fn description(table: &Table, language: Language) -> String {
    let columns = table.columns.iter().map(|c| c.heading.as_str());
    let columns = columns.collect::<Vec<_>>().join("; ");
    let rows = table.rows.len();
    match language {
        Language::Da => format!("Rækker ({rows}): {}. Kolonner: {columns}.", table.label),
        Language::En => format!("Rows ({rows}): {}. Columns: {columns}.", table.label),
    }
}

fn header(table: &Table, widths: &[usize]) -> String {
    let head = |words: &str, align, width, margin: &str| {
        let look = format!("{SHADE}{margin}<w:vAlign w:val=\"bottom\"/>");
        cell(words, "CellHeading", align, width, true, &look)
    };
    let label = head(&table.label, Align::Left, widths[0], "");
    let columns = table.columns.iter().zip(&widths[1..]).enumerate();
    let columns: String = columns
        .map(|(c, (column, width))| head(&column.heading, column.align, *width, &margin(table, c)))
        .collect();
    format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{label}{columns}</w:tr>")
}

const SHADE: &str = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"E6EEF3\"/>";

/// A wider margin for words beside numbers.
fn margin(table: &Table, column: usize) -> String {
    match width::apart(table, column) {
        true => format!(
            "<w:tcMar><w:left w:w=\"{}\" w:type=\"dxa\"/></w:tcMar>",
            85 + width::APART
        ),
        false => String::new(),
    }
}

fn row(table: &Table, row: &Row, widths: &[usize], keeps: bool) -> String {
    let style = match row.rank {
        Rank::Main => "Cell",
        Rank::Detail => "CellDetail",
    };
    let label = cell(&row.label, style, Align::Left, widths[0], keeps, "");
    let cells = table.columns.iter().zip(&row.cells).zip(&widths[1..]);
    let cells: String = cells
        .enumerate()
        .map(|(c, ((column, words), width))| {
            let margin = margin(table, c);
            cell(&words.text, "Cell", column.align, *width, keeps, &margin)
        })
        .collect();
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{label}{cells}</w:tr>")
}

fn cell(words: &str, style: &str, align: Align, width: usize, keeps: bool, more: &str) -> String {
    let keeps = if keeps { "<w:keepNext/>" } else { "" };
    let align = match align {
        Align::Left => "",
        Align::Right => "<w:jc w:val=\"right\"/>",
    };
    let text = paragraph(style, &format!("{keeps}{align}"), &run(words, false));
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{more}</w:tcPr>{text}</w:tc>")
}
