//! A document as text for a terminal of any width.
//!
//! ```text
//! Document ─▶ headings · wrapped sentences · tables, split into panels where they are too wide
//! ```
//!
//! Promise: no line is wider than asked, except a single word that is. Absent: the terminal itself;
//! width and boldness come from outside, so the same arguments give the same text.

use std::ops::Range;

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width,
};

use super::document::{Align, Block, Document, Fact, Rank, Row, Table};

/// How to set the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Characters in a line.
    pub width: usize,
    /// Title and headings in bold (ANSI).
    pub bold: bool,
}

const INDENT: &str = "  ";
/// Blanks around a cell.
const PADDING: usize = 2;
/// Blanks between columns: padding and joint.
const JOINT: usize = PADDING + 1;

/// The document as text, ending in a newline.
pub fn terminal(document: &Document, setting: Setting) -> String {
    let mut text = String::new();
    line(&mut text, &bold(&document.title, setting));
    for block in &document.blocks {
        text.push('\n');
        write(&mut text, block, setting);
    }
    text
}

fn write(text: &mut String, block: &Block, setting: Setting) {
    match block {
        Block::Heading(heading) => line(text, &bold(&heading.to_uppercase(), setting)),
        Block::Subheading(heading) => line(text, &bold(heading, setting)),
        Block::Paragraph(paragraph) => hanging(text, "", paragraph, setting),
        Block::Facts(facts) => write_facts(text, facts, setting),
        Block::List(items) => items
            .iter()
            .for_each(|item| hanging(text, "• ", item, setting)),
        Block::Table(table) => write_table(text, table, setting),
        // a terminal draws nothing: it says what the chart says
        Block::Figure(figure) => hanging(text, "", &figure.says, setting),
    }
}

fn write_facts(text: &mut String, facts: &[Fact], setting: Setting) {
    let widest = facts
        .iter()
        .map(|fact| width(&fact.label))
        .max()
        .unwrap_or(0);
    for Fact {
        label,
        text: sentence,
        ..
    } in facts
    {
        let padding = " ".repeat(widest - width(label) + 2);
        hanging(text, &format!("{label}{padding}"), sentence, setting);
    }
}

/// Wraps a sentence behind a mark; further lines stand under its first word.
fn hanging(text: &mut String, mark: &str, sentence: &str, setting: Setting) {
    let indent = " ".repeat(width(mark) + INDENT.len());
    let room = setting.width.saturating_sub(width(&indent)).max(20);
    for (i, part) in wrapped(sentence, room).iter().enumerate() {
        match i {
            0 => line(text, &format!("{INDENT}{mark}{part}")),
            _ => line(text, &format!("{indent}{part}")),
        }
    }
}

fn wrapped(sentence: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in sentence.split(' ') {
        let last = lines.len() - 1;
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if width(&lines[last]) + 1 + width(word) <= room {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn write_table(text: &mut String, table: &Table, setting: Setting) {
    hanging(text, "", &table.caption, setting);
    for panel in panels(table, setting.width) {
        for row in panel_lines(table, panel, setting) {
            line(text, &format!("{INDENT}{row}"));
        }
    }
}

/// Column ranges that fit beside the label column, at least one column each.
fn panels(table: &Table, room: usize) -> Vec<Range<usize>> {
    let free = room.saturating_sub(INDENT.len() + label_room(table, room) + 1);
    let mut panels = Vec::new();
    let (mut start, mut used) = (0, 0);
    for column in 0..table.columns.len() {
        let needed = narrowest(table, column) + JOINT;
        if column > start && used + needed > free {
            panels.push(start..column);
            (start, used) = (column, 0);
        }
        used += needed;
    }
    panels.push(start..table.columns.len());
    panels
}

/// Labels keep their line unless they would take more than two fifths of it.
fn label_room(table: &Table, room: usize) -> usize {
    let labels = table.rows.iter().map(label_width);
    let widest = labels.chain([width(&table.label)]).max().unwrap_or(0);
    widest.min(room * 2 / 5)
}

fn label_width(row: &Row) -> usize {
    width(&row.label) + if row.rank == Rank::Detail { 2 } else { 0 }
}

/// Numbers stay on one line; words and headings may be broken between words.
fn narrowest(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().map(|row| row.cells[column].text.as_str());
    let cells: Box<dyn Iterator<Item = usize>> = match table.columns[column].align {
        Align::Right => Box::new(cells.map(width)),
        Align::Left => Box::new(cells.map(longest_word)),
    };
    cells
        .chain([longest_word(&table.columns[column].heading)])
        .max()
        .unwrap_or(0)
}

fn longest_word(text: &str) -> usize {
    text.split(' ').map(width).max().unwrap_or(0)
}

fn panel_lines(table: &Table, panel: Range<usize>, setting: Setting) -> Vec<String> {
    let mut drawn = comfy_table::Table::new();
    let rule = || LineStyle::none().fill('─').junction('─');
    drawn.load_style(
        TableStyle::new()
            .header_separator(rule())
            .bottom_border(rule()),
    );
    let room = setting.width.saturating_sub(INDENT.len());
    drawn.set_width(u16::try_from(room).unwrap_or(u16::MAX));
    drawn.set_content_arrangement(ContentArrangement::Dynamic);
    let headings = table.columns[panel.clone()]
        .iter()
        .map(|c| heading(&c.heading, c.align));
    drawn.set_header([Cell::new(&table.label)].into_iter().chain(headings));
    for row in &table.rows {
        drawn.add_row(cells(
            table,
            row,
            panel.clone(),
            label_room(table, setting.width),
        ));
    }
    constrain(&mut drawn, table, panel, setting.width);
    drawn
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// Says how narrow each column may become.
fn constrain(drawn: &mut comfy_table::Table, table: &Table, panel: Range<usize>, room: usize) {
    let at_least = |chars: usize| {
        let chars = u16::try_from(chars).unwrap_or(u16::MAX);
        ColumnConstraint::LowerBoundary(Width::Fixed(chars))
    };
    if let Some(first) = drawn.column_mut(0) {
        first.set_padding((0, 1));
        first.set_constraint(at_least(label_room(table, room) + 1));
    }
    for (place, column) in panel.enumerate() {
        if let Some(drawn) = drawn.column_mut(place + 1) {
            drawn.set_constraint(at_least(narrowest(table, column) + PADDING));
        }
    }
}

fn heading(text: &str, align: Align) -> Cell {
    Cell::new(text).set_alignment(alignment(align))
}

/// A label broken to its room, a detail's further lines indented like its first.
fn label(row: &Row, room: usize) -> String {
    let indent = if row.rank == Rank::Detail { INDENT } else { "" };
    let lines = wrapped(&row.label, room.saturating_sub(indent.len()).max(1));
    let lines: Vec<String> = lines.iter().map(|line| format!("{indent}{line}")).collect();
    lines.join("\n")
}

fn cells(table: &Table, row: &Row, panel: Range<usize>, room: usize) -> Vec<Cell> {
    let mut cells = vec![Cell::new(label(row, room))];
    for column in panel {
        let align = alignment(table.columns[column].align);
        cells.push(Cell::new(&row.cells[column].text).set_alignment(align));
    }
    cells
}

fn alignment(align: Align) -> CellAlignment {
    match align {
        Align::Left => CellAlignment::Left,
        Align::Right => CellAlignment::Right,
    }
}

fn bold(text: &str, setting: Setting) -> String {
    match setting.bold {
        true => format!("\u{1b}[1m{text}\u{1b}[0m"),
        false => text.to_owned(),
    }
}

/// Characters on screen: Danish and English text has one column a character.
fn width(text: &str) -> usize {
    text.chars().count()
}

fn line(text: &mut String, content: &str) {
    // A no-break space has done its work once the line is set.
    text.push_str(&content.trim_end().replace('\u{a0}', " "));
    text.push('\n');
}
