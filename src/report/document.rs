//! A document without a format: headings, sentences and tables of finished text.
//!
//! ```text
//! Document ─┬─ Heading, Subheading
//!           ├─ Paragraph
//!           ├─ Facts      label and sentence
//!           ├─ List
//!           ├─ Table      label column + columns; rows are main or detail
//!           └─ Figure     a chart, with the words that say the same
//! ```
//!
//! A sentence, a point, a fact, a chart or a cell may carry the ids of the figures it prints, as
//! `explain` knows them: a format that can lead somewhere leads to their explanation.
//!
//! Absent: numbers (they are already text, rounded by the one rule), widths, fonts, files.

use super::chart::Chart;
use std::fmt;
use std::ops::Deref;

/// What a reader sees, in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Title.
    pub title: String,
    /// Body.
    pub blocks: Vec<Block>,
}

/// A part of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Begins a section.
    Heading(String),
    /// Begins a part of a section.
    Subheading(String),
    /// One or more sentences.
    Paragraph(Text),
    /// Short label and sentence.
    Facts(Vec<Fact>),
    /// Points of equal rank.
    List(Vec<Text>),
    /// A table.
    Table(Table),
    /// A chart.
    Figure(Figure),
}

/// Words that may print figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// One or more sentences.
    pub text: String,
    /// Ids of the figures in them, as `explain` knows them.
    pub figures: Vec<String>,
}

/// A label and what is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// One or more sentences.
    pub text: String,
    /// Ids of the figures in them, as `explain` knows them.
    pub figures: Vec<String>,
}

/// A chart with its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it shows, with unit, sign, price level and horizon.
    pub caption: String,
    /// How its marks are read, where it is drawn.
    pub reads: String,
    /// What it says, for whoever does not see it.
    pub says: Text,
    /// What is drawn.
    pub chart: Chart,
}

/// A table whose first column labels the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows, with unit, sign, perspective, price level and horizon.
    pub caption: String,
    /// Column headings after the label column.
    pub columns: Vec<Column>,
    /// Heading of the label column.
    pub label: String,
    /// Rows.
    pub rows: Vec<Row>,
    /// Ids of what all its figures rest on, where cells do not lead further themselves.
    pub figures: Vec<String>,
}

/// A column's heading and how its cells stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// How cells stand.
    pub align: Align,
}

/// How cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rank of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rank {
    /// A figure of its own.
    Main,
    /// Something about the row above.
    Detail,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Rank.
    pub rank: Rank,
    /// Label.
    pub label: String,
    /// One cell a column.
    pub cells: Vec<Cell>,
    /// Id of what the row explains, as tables' figures name it.
    pub explains: Option<String>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// Id of the figure it prints, as `explain` knows it.
    pub figure: Option<String>,
}

impl Document {
    /// An empty document.
    pub fn new(title: impl Into<String>) -> Document {
        Document {
            title: title.into(),
            blocks: Vec::new(),
        }
    }

    /// Adds a part.
    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }
}

impl Table {
    /// A table without rows.
    pub fn new(caption: String, label: String, columns: Vec<Column>) -> Table {
        Table {
            caption,
            columns,
            label,
            rows: Vec::new(),
            figures: Vec::new(),
        }
    }

    /// The same, leading to what all its figures rest on.
    #[must_use]
    pub fn leading(mut self, figures: impl IntoIterator<Item = impl Into<String>>) -> Table {
        self.figures.extend(figures.into_iter().map(Into::into));
        self
    }

    /// Adds a row that explains something.
    pub fn explaining(
        &mut self,
        what: String,
        label: impl Into<String>,
        cells: impl IntoIterator<Item = impl Into<Cell>>,
    ) {
        self.row(Rank::Main, label, cells);
        if let Some(row) = self.rows.last_mut() {
            row.explains = Some(what);
        }
    }

    /// Adds a row.
    pub fn row(
        &mut self,
        rank: Rank,
        label: impl Into<String>,
        cells: impl IntoIterator<Item = impl Into<Cell>>,
    ) {
        let cells: Vec<Cell> = cells.into_iter().map(Into::into).collect();
        debug_assert_eq!(cells.len(), self.columns.len(), "a row fills its columns");
        self.rows.push(Row {
            rank,
            label: label.into(),
            cells,
            explains: None,
        });
    }
}

impl Block {
    /// Sentences.
    pub fn paragraph(text: impl Into<Text>) -> Block {
        Block::Paragraph(text.into())
    }

    /// Points.
    pub fn list(points: impl IntoIterator<Item = impl Into<Text>>) -> Block {
        Block::List(points.into_iter().map(Into::into).collect())
    }

    /// Labels and sentences.
    pub fn facts(facts: impl IntoIterator<Item = impl Into<Fact>>) -> Block {
        Block::Facts(facts.into_iter().map(Into::into).collect())
    }
}

impl<T: Into<String>> From<T> for Text {
    fn from(text: T) -> Text {
        Text {
            text: text.into(),
            figures: Vec::new(),
        }
    }
}

impl Text {
    /// The same, leading to the explanations of figures.
    #[must_use]
    pub fn leading(mut self, figures: impl IntoIterator<Item = impl Into<String>>) -> Text {
        self.figures.extend(figures.into_iter().map(Into::into));
        self
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<(String, String)> for Fact {
    fn from((label, text): (String, String)) -> Fact {
        Fact {
            label,
            text,
            figures: Vec::new(),
        }
    }
}

impl Fact {
    /// The same, leading to the explanation of a figure.
    #[must_use]
    pub fn of(mut self, figure: impl Into<String>) -> Fact {
        self.figures.push(figure.into());
        self
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell { text, figure: None }
    }
}

impl Cell {
    /// A cell that prints a figure.
    pub fn of(figure: impl Into<String>, text: String) -> Cell {
        Cell {
            text,
            figure: Some(figure.into()),
        }
    }
}

impl Column {
    /// A column of words.
    pub fn words(heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            align: Align::Left,
        }
    }

    /// A column of numbers.
    pub fn numbers(heading: impl Into<String>) -> Column {
        Column {
            heading: heading.into(),
            align: Align::Right,
        }
    }
}
