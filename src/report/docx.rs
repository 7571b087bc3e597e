//! A document as a Word file: real headings, header rows, the document's language, page numbers.
//!
//! ```text
//! Document ─▶ docx-rs parts ─amend─▶ language · title · header rows · description of tables
//! ```
//!
//! Promise: the same document gives the same bytes; what a screen reader needs is there, or it is
//! an error (the library writes neither language nor header rows: they are put in, and missed if
//! their place is gone). Absent: a clock.

use std::io::{self, Cursor};

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, LineSpacing, NumPages, PageMargin, PageNum, Paragraph,
    Run, RunFonts, Shading, ShdType, Style, StyleType, Table as DocxTable, TableBorder,
    TableBorderPosition, TableBorders, TableCell, TableLayoutType, TableRow, VAlignType, WidthType,
    XMLDocx,
};

use super::document::{Align, Block, Document, Figure, Rank, Row, Table};
use super::words::{Language, Term};

/// Width of the text on A4 with margins of 2 cm, in twentieths of a point.
const TEXT_WIDTH: usize = 9638;
/// 2 cm.
const MARGIN: i32 = 1134;
const BLUE: &str = "005A8C";
const GREY: &str = "404040";

/// The document as the bytes of a `.docx`. `footer` stands on every page.
///
/// # Errors
/// The library's, and a place for language or header rows that is not there any more.
pub fn docx(document: &Document, footer: &str, language: Language) -> io::Result<Vec<u8>> {
    let mut file = styled().footer(page_footer(footer)).add_paragraph(
        Paragraph::new()
            .style("Title")
            .add_run(text(&document.title)),
    );
    for block in &document.blocks {
        file = add(file, block);
    }
    let parts = amended(file.build(), document, language)?;
    let mut bytes = Cursor::new(Vec::new());
    parts.pack(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.into_inner())
}

fn styled() -> Docx {
    let paragraph = |id: &str, name: &str| Style::new(id, StyleType::Paragraph).name(name);
    let space = |before: u32, after: u32| LineSpacing::new().before(before).after(after);
    let heading = |id: &str, name: &str, size: usize| {
        paragraph(id, name)
            .size(size)
            .bold()
            .color(BLUE)
            .next("Normal")
            .q_format(true)
    };
    Docx::new()
        .page_size(11906, 16838)
        .page_margin(
            PageMargin::new()
                .top(MARGIN)
                .bottom(MARGIN)
                .left(MARGIN)
                .right(MARGIN),
        )
        .default_fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial"))
        .default_size(20)
        .add_style(
            paragraph("Normal", "Normal")
                .line_spacing(space(0, 100))
                .q_format(true),
        )
        .add_style(heading("Title", "Title", 34).line_spacing(space(0, 160)))
        .add_style(
            heading("Heading1", "heading 1", 25)
                .outline_lvl(0)
                .line_spacing(space(240, 80)),
        )
        .add_style(
            heading("Heading2", "heading 2", 21)
                .outline_lvl(1)
                .line_spacing(space(160, 60)),
        )
        .add_style(
            paragraph("Caption", "caption")
                .italic()
                .size(18)
                .line_spacing(space(100, 60)),
        )
        .add_style(paragraph("ListBullet", "List Bullet").line_spacing(space(0, 60)))
        .add_style(
            paragraph("Cell", "Cell")
                .size(17)
                .line_spacing(space(20, 20)),
        )
        .add_style(paragraph("Footer", "footer").size(15).color(GREY))
}

fn text(words: &str) -> Run {
    Run::new().add_text(words)
}

fn page_footer(words: &str) -> Footer {
    let line = Paragraph::new().style("Footer").add_run(text(words));
    let pages = Paragraph::new()
        .style("Footer")
        .align(AlignmentType::Right)
        .add_page_num(PageNum::new())
        .add_run(text(" / "))
        .add_num_pages(NumPages::new());
    Footer::new().add_paragraph(line).add_paragraph(pages)
}

fn add(file: Docx, block: &Block) -> Docx {
    match block {
        Block::Heading(heading) => file.add_paragraph(headed("Heading1", heading)),
        Block::Subheading(heading) => file.add_paragraph(headed("Heading2", heading)),
        Block::Paragraph(words) => file.add_paragraph(Paragraph::new().add_run(text(words))),
        Block::Facts(facts) => facts.iter().fold(file, |file, fact| {
            let label = text(&format!("{}: ", fact.label)).bold();
            let line = Paragraph::new().add_run(label);
            file.add_paragraph(line.add_run(text(&fact.text)))
        }),
        Block::List(items) => items.iter().fold(file, |file, item| {
            let line = Paragraph::new().style("ListBullet").indent(
                Some(284),
                Some(docx_rs::SpecialIndentType::Hanging(284)),
                None,
                None,
            );
            file.add_paragraph(line.add_run(text("• ")).add_run(text(item)))
        }),
        Block::Table(table) => file
            .add_paragraph(caption(&table.caption))
            .add_table(grid(table))
            .add_paragraph(Paragraph::new()),
        Block::Figure(figure) => described(file, figure),
    }
}

fn headed(style: &str, words: &str) -> Paragraph {
    let line = Paragraph::new().style(style).keep_next(true);
    line.add_run(text(words))
}

fn caption(words: &str) -> Paragraph {
    Paragraph::new()
        .style("Caption")
        .keep_next(true)
        .add_run(text(words))
}

/// A chart by the words that say the same: how its marks are read is left out, as none are drawn.
fn described(file: Docx, figure: &Figure) -> Docx {
    file.add_paragraph(caption(&figure.caption))
        .add_paragraph(Paragraph::new().add_run(text(&figure.says)))
}

// ---- tables -----------------------------------------------------------------------------------

fn grid(table: &Table) -> DocxTable {
    let widths = widths(table);
    let mut rows = vec![header(table, &widths)];
    rows.extend(table.rows.iter().map(|row| body(table, row, &widths)));
    let line = |position, size| {
        TableBorder::new(position)
            .border_type(BorderType::Single)
            .size(size)
            .color("808080")
    };
    let borders = TableBorders::with_empty()
        .set(line(TableBorderPosition::Top, 8))
        .set(line(TableBorderPosition::Bottom, 8))
        .set(line(TableBorderPosition::InsideH, 4));
    DocxTable::new(rows)
        .set_grid(widths)
        .layout(TableLayoutType::Fixed)
        .width(TEXT_WIDTH, WidthType::Dxa)
        .set_borders(borders)
}

/// Each column as wide as its longest text asks for, the label column at least a quarter.
fn widths(table: &Table) -> Vec<usize> {
    let longest = |texts: Vec<&str>| texts.iter().map(|t| t.chars().count()).max().unwrap_or(0);
    let wanted = |(c, column): (usize, &super::document::Column)| {
        let cells = table.rows.iter().map(|row| row.cells[c].text.as_str());
        let word = column
            .heading
            .split_whitespace()
            .map(|w| w.chars().count())
            .max();
        // words may be broken over lines, numbers not
        let most = match column.align {
            Align::Right => 40,
            Align::Left => 30,
        };
        longest(cells.collect()).min(most).max(word.unwrap_or(0)) + 2
    };
    let columns: Vec<usize> = table.columns.iter().enumerate().map(wanted).collect();
    let labels = table.rows.iter().map(|row| row.label.as_str());
    let label = longest(labels.collect()).clamp(12, 34);
    let all = (label + columns.iter().sum::<usize>()).max(1);
    let share = |width: usize| width * TEXT_WIDTH / all;
    std::iter::once(label).chain(columns).map(share).collect()
}

fn header(table: &Table, widths: &[usize]) -> TableRow {
    let shade = || {
        Shading::new()
            .shd_type(ShdType::Clear)
            .color("auto")
            .fill("E6EEF3")
    };
    let label = cell(&table.label, Align::Left, true, widths[0]).shading(shade());
    let columns = table.columns.iter().zip(&widths[1..]);
    let columns = columns.map(|(column, width)| {
        cell(&column.heading, column.align, true, *width)
            .shading(shade())
            .vertical_align(VAlignType::Bottom)
    });
    // the only rows that may not be split: the mark by which they are made header rows
    TableRow::new(std::iter::once(label).chain(columns).collect()).cant_split()
}

fn body(table: &Table, row: &Row, widths: &[usize]) -> TableRow {
    let main = row.rank == Rank::Main;
    let indent = if main { "" } else { "   " };
    let label = cell(
        &format!("{indent}{}", row.label),
        Align::Left,
        false,
        widths[0],
    );
    let cells = table.columns.iter().zip(&row.cells).zip(&widths[1..]);
    let cells =
        cells.map(|((column, words), width)| cell(&words.text, column.align, false, *width));
    TableRow::new(std::iter::once(label).chain(cells).collect())
}

fn cell(words: &str, align: Align, bold: bool, width: usize) -> TableCell {
    let run = match bold {
        true => text(words).bold(),
        false => text(words),
    };
    let align = match align {
        Align::Left => AlignmentType::Left,
        Align::Right => AlignmentType::Right,
    };
    let line = Paragraph::new().style("Cell").align(align).add_run(run);
    TableCell::new()
        .add_paragraph(line)
        .width(width, WidthType::Dxa)
}

// ---- what the library does not write ----------------------------------------------------------

fn amended(mut parts: XMLDocx, document: &Document, language: Language) -> io::Result<XMLDocx> {
    let code = match language {
        Language::Da => "da-DK",
        Language::En => "en-GB",
    };
    let tables = document
        .blocks
        .iter()
        .filter(|b| matches!(b, Block::Table(_)))
        .count();
    let rows = ("<w:cantSplit />", "<w:cantSplit /><w:tblHeader />");
    parts.document = replaced(&parts.document, rows, Some(tables))?;
    let speaks = format!("<w:rPrDefault><w:rPr><w:lang w:val=\"{code}\" w:eastAsia=\"{code}\" />");
    parts.styles = replaced(&parts.styles, ("<w:rPrDefault><w:rPr>", &speaks), Some(1))?;
    let title = escaped(&document.title);
    let named = format!(
        "<dc:title>{title}</dc:title><dc:language>{code}</dc:language></cp:coreProperties>"
    );
    parts.doc_props.core = replaced(
        &parts.doc_props.core,
        ("</cp:coreProperties>", &named),
        Some(1),
    )?;
    Ok(parts)
}

/// A part with every `from` made `to`; as many as there must be.
fn replaced(part: &[u8], (from, to): (&str, &str), times: Option<usize>) -> io::Result<Vec<u8>> {
    let xml = std::str::from_utf8(part).map_err(io::Error::other)?;
    let found = xml.matches(from).count();
    if times.is_some_and(|times| times != found) {
        let message = format!("Word file: {from} stands {found} times, not {times:?}");
        return Err(io::Error::other(message));
    }
    Ok(xml.replace(from, to).into_bytes())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// What stands at the foot of every page.
pub fn footer(run: &super::Run, language: Language) -> String {
    let status = Term::from(run.model.status()).text(language);
    let prices = match language {
        Language::Da => format!("{}-priser", run.model.world.price_level),
        Language::En => format!("{} prices", run.model.world.price_level),
    };
    format!(
        "fairbalance {} · {status} · {prices} · {} {} · seed {}",
        env!("CARGO_PKG_VERSION"),
        match language {
            Language::Da => "kørsel",
            Language::En => "run",
        },
        run.id,
        run.settings.seed.0
    )
}
