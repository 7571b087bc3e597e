//! The document as source for the typesetter. All words are string literals: nothing in them is
//! taken for a command.

use std::fmt::Write;

use super::super::chart::svg;
use super::super::document::{Align, Block, Document, Fact, Figure, Rank, Table};
use crate::report::width;
use crate::report::words::Language;

/// Of the text, in twentieths of a point: A4 with margins of 2 cm.
const TEXT_WIDTH: usize = 9638;
/// Size of a table's text in half points. Its letters are narrower than those that columns are
/// measured with.
const CELL: usize = 18;
/// A table of so many rows at most stands on one page.
const WHOLE: usize = 8;
/// An archive wants a date and there is no clock: no document's, and the same for all.
const DATE: &str = "datetime(year: 2000, month: 1, day: 1)";
/// Font of text and charts: it is among the built-in ones.
const FONT: &str = "Libertinus Serif";
/// What charts ask for where other formats show them.
const CHART_FONT: &str = "Liberation Sans, Arial, sans-serif";

/// Everything that is the same in all documents.
const LOOK: &str = r##"
#set text(font: "Libertinus Serif", size: 10.5pt, fallback: true, number-width: "tabular")
#set par(leading: 0.58em, spacing: 0.72em)
#show title: set text(size: 18pt, fill: rgb("#005a8c"))
#show title: set block(below: 1em)
#set heading(numbering: none)
#show heading: set text(fill: rgb("#005a8c"))
#show heading: set block(sticky: true, below: 0.65em)
#show heading.where(level: 1): set text(size: 13pt)
#show heading.where(level: 1): set block(above: 1.15em)
#show heading.where(level: 2): set text(size: 11.5pt)
#show heading.where(level: 2): set block(above: 1em)
#set list(marker: "•", indent: 0pt, body-indent: 0.6em, spacing: 0.5em)
#set figure(numbering: none, supplement: none, gap: 0.5em)
#set figure.caption(position: top, separator: none)
#show figure.caption: set text(size: 9.5pt, style: "italic")
#show figure.caption: set align(left)
#show figure.caption: set block(sticky: true)
#show figure: set block(above: 1em, below: 1em)
#show figure: set align(left)
#show table: set text(size: 9pt)
#show table: set par(leading: 0.45em)
#set table(
  inset: (x: 4pt, y: 3pt),
  stroke: (x, y) => (
    top: if y == 0 { 0.9pt + rgb("#808080") },
    bottom: if y == 0 { 0.6pt + rgb("#808080") } else { 0.4pt + rgb("#bfbfbf") },
  ),
  fill: (x, y) => if y == 0 { rgb("#e6eef3") },
)
#set table.cell(breakable: false)
#show table.cell.where(y: 0): strong
"##;

/// The source.
pub fn source(document: &Document, footer: &str, language: Language) -> String {
    let mut out = String::new();
    head(&mut out, document, footer, language);
    for block in &document.blocks {
        write_block(&mut out, block, language);
    }
    out
}

/// Writing to a String cannot fail.
fn put(out: &mut String, arguments: std::fmt::Arguments) {
    let _ = out.write_fmt(arguments);
}

fn head(out: &mut String, document: &Document, footer: &str, language: Language) {
    let (code, region, page, of) = match language {
        Language::Da => ("da", "DK", "Side ", " af "),
        Language::En => ("en", "GB", "Page ", " of "),
    };
    let mut lines = footer.lines();
    let first = words(lines.next().unwrap_or_default());
    // the page stands beside the first line; those below it have the whole width
    let below: String = lines
        .map(|line| format!(", grid.cell(colspan: 2, {})", words(line)))
        .collect();
    put(
        out,
        format_args!(
            "#set document(title: {}, author: \"fairbalance\", date: {DATE})\n\
             #set text(lang: \"{code}\", region: \"{region}\")\n\
             #set page(paper: \"a4\", margin: (x: 2cm, top: 1.8cm, bottom: 2.2cm), footer: context {{\n\
             set text(size: 7.5pt, fill: rgb(\"#404040\"))\n\
             set par(leading: 0.4em)\n\
             grid(columns: (1fr, auto), column-gutter: 1em, row-gutter: 0.4em, align: (left + top, right + top),\n\
             {first}, {} + counter(page).display(\"1\") + {} + str(counter(page).final().at(0)){below})\n\
             }})\n{LOOK}#title()\n",
            literal(&document.title),
            words(page),
            words(of)
        ),
    );
}

fn write_block(out: &mut String, block: &Block, language: Language) {
    match block {
        Block::Heading(text) => put(
            out,
            format_args!("#heading(level: 1, {})\n\n", literal(text)),
        ),
        Block::Subheading(text) => put(
            out,
            format_args!("#heading(level: 2, {})\n\n", literal(text)),
        ),
        Block::Paragraph(text) => put(out, format_args!("#{}\n\n", words(text))),
        Block::Facts(facts) => facts.iter().for_each(|fact| write_fact(out, fact)),
        Block::List(items) => {
            let items: Vec<String> = items.iter().map(|item| words(item)).collect();
            put(out, format_args!("#list({})\n\n", items.join(", ")));
        }
        Block::Table(table) => write_table(out, table, language),
        Block::Figure(figure) => write_figure(out, figure, language),
    }
}

fn write_fact(out: &mut String, fact: &Fact) {
    let label = words(&format!("{}: ", fact.label));
    put(
        out,
        format_args!("#strong({label})#{}\n\n", words(&fact.text)),
    );
}

fn write_table(out: &mut String, table: &Table, language: Language) {
    let widths = width::columns(table, CELL, TEXT_WIDTH);
    let widths: Vec<String> = widths
        .iter()
        .map(|width| format!("{:.2}pt", *width as f64 / 20.0))
        .collect();
    let align = |align: Align| match align {
        Align::Left => "left",
        Align::Right => "right",
    };
    let aligns: Vec<&str> = std::iter::once("left")
        .chain(table.columns.iter().map(|column| align(column.align)))
        .collect();
    let breaks = table.rows.len() > WHOLE;
    if breaks {
        // room for its first rows below its heading: a table does not begin with one at a page's end
        out.push_str("#block(height: 3.5cm, breakable: false, spacing: 0pt)\n#v(-3.5cm)\n");
    }
    put(
        out,
        format_args!(
            "#[#show figure: set block(breakable: {breaks})\n\
             #figure(kind: table, caption: {}, pdf.table-summary(summary: {}, table(\n\
             columns: ({},), align: ({},),\n\
             table.header(repeat: true, pdf.header-cell(scope: \"both\", {})",
            words(&table.caption),
            literal(&summary(table, language)),
            widths.join(", "),
            aligns.join(", "),
            words(&table.label)
        ),
    );
    for (c, column) in table.columns.iter().enumerate() {
        put(
            out,
            format_args!(", {}", set_apart(table, c, &column.heading)),
        );
    }
    out.push_str("),\n");
    for row in &table.rows {
        let indent = match row.rank {
            Rank::Main => "0pt",
            Rank::Detail => "8pt",
        };
        put(
            out,
            format_args!(
                "pdf.header-cell(scope: \"row\", pad(left: {indent}, {}))",
                words(&row.label)
            ),
        );
        for (c, cell) in row.cells.iter().enumerate() {
            put(out, format_args!(", {}", set_apart(table, c, &cell.text)));
        }
        out.push_str(",\n");
    }
    out.push_str(")))]\n\n");
}

/// A cell's words, away from the numbers before them.
fn set_apart(table: &Table, column: usize, text: &str) -> String {
    match width::apart(table, column) {
        true => format!(
            "pad(left: {:.1}pt, {})",
            width::APART as f64 / 20.0,
            words(text)
        ),
        false => words(text),
    }
}

/// What stands in rows and columns, for whoever does not see the table.
fn summary(table: &Table, language: Language) -> String {
    let columns = table.columns.iter().map(|c| c.heading.as_str());
    let columns = columns.collect::<Vec<_>>().join("; ");
    let rows = table.rows.len();
    match language {
        Language::Da => format!("Rækker ({rows}): {}. Kolonner: {columns}.", table.label),
        Language::En => format!("Rows ({rows}): {}. Columns: {columns}.", table.label),
    }
}

fn write_figure(out: &mut String, figure: &Figure, language: Language) {
    let drawn = svg(&figure.chart, &figure.caption, &figure.says, language);
    let drawn = drawn.replace(CHART_FONT, FONT);
    put(
        out,
        format_args!(
            "#figure(kind: image, caption: {}, image(bytes({}), format: \"svg\", width: 96%, alt: {}))\n\n\
             #{}\n\n",
            words(&figure.caption),
            literal(&drawn),
            literal(&format!("{} {}", figure.caption, figure.says)),
            words(format!("{} {}", figure.reads, figure.says).trim())
        ),
    );
}

/// Words as content.
fn words(text: &str) -> String {
    format!("text({})", literal(text))
}

/// A string literal; what would end it or mean something in it is written as its number.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => put(&mut out, format_args!("\\u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_a_command() {
        assert_eq!(literal("a\"]#b\\"), "\"a\\\"]#b\\\\\"");
        assert_eq!(words("*x*"), "text(\"*x*\")");
        assert_eq!(literal("a\nb"), "\"a\\u{a}b\"");
    }
}
