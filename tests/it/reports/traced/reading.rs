//! Papers as their readers meet them: every piece of text with where it stands.
//!
//! ```text
//!   .html ─┐            ┌ document · heading or caption
//!   .docx ─┼─▶ Said ────┤ row label (and the label of the row it belongs to) · column heading
//!   .txt  ─┤            └ text
//!   .xlsx ─┘              numbers of cells come as numbers
//! ```
//!
//! Absent: what the papers are made from; only their bytes are read.

use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};

/// A piece of text and where it stands.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// File.
    pub document: String,
    /// Heading, or a table's caption.
    pub under: String,
    /// Labels of the row: its own, and that of the row it tells more about.
    pub row: Vec<String>,
    /// Heading of the column.
    pub column: String,
    /// What it says.
    pub text: String,
    /// The number of a cell that holds one.
    pub number: Option<f64>,
    /// Where it stands in a chart: which one, and at what height.
    pub drawn: Option<(usize, String)>,
}

/// Everything that a paper says.
pub fn said(name: &str, bytes: &[u8]) -> Vec<Said> {
    let mut all = match name.rsplit('.').next() {
        Some("html") => marked(&String::from_utf8_lossy(bytes), &HTML),
        Some("docx") => docx(bytes),
        Some("xlsx") => sheets(bytes),
        Some("txt" | "csv") => lines(&String::from_utf8_lossy(bytes)),
        // the annex again, word for word: a test of its own reads it beside the document
        Some("pdf") => Vec::new(),
        _ => panic!("{name}: how is it read?"),
    };
    for one in &mut all {
        one.document = name.to_owned();
    }
    without_axes(&mut all);
    all.retain(|one| one.number.is_some() || one.text.contains(|c: char| c.is_ascii_digit()));
    all
}

/// Numbers along an axis are no figures; a figure in a chart stands at the height of its label.
fn without_axes(all: &mut Vec<Said>) {
    let number = |text: &str| !text.contains(char::is_alphabetic);
    let labels: Vec<(usize, String)> = all
        .iter()
        .filter(|one| !number(&one.text))
        .filter_map(|one| one.drawn.clone())
        .collect();
    all.retain(|one| match &one.drawn {
        Some(at) if number(&one.text) => labels.contains(at),
        _ => true,
    });
}

fn lines(text: &str) -> Vec<Said> {
    let one = |line: &str| Said {
        text: line.to_owned(),
        ..Said::default()
    };
    text.lines().map(one).collect()
}

// ---- marked text ------------------------------------------------------------------------------

/// Names of the parts in a dialect.
struct Dialect {
    table: &'static str,
    row: &'static str,
    cells: &'static [&'static str],
    caption: &'static str,
    headings: &'static [&'static str],
    texts: &'static [&'static str],
    skipped: &'static [&'static str],
}

const HTML: Dialect = Dialect {
    table: "table",
    row: "tr",
    cells: &["th", "td"],
    caption: "caption",
    headings: &["h1", "h2", "h3"],
    texts: &[
        "p",
        "li",
        "dt",
        "dd",
        "figcaption",
        "desc",
        "text",
        "summary",
        "label",
        "output",
        "button",
        "a",
        "td",
        "th",
        "caption",
        "h1",
        "h2",
        "h3",
        "div",
        "section",
        "span",
        "legend",
    ],
    skipped: &["script", "style"],
};

const WORD: Dialect = Dialect {
    table: "w:tbl",
    row: "w:tr",
    cells: &["w:tc"],
    caption: "none",
    headings: &[],
    texts: &["w:p"],
    skipped: &["wp:posOffset", "wp:align"],
};

/// The walk through marked text.
#[derive(Default)]
struct Walk {
    all: Vec<Said>,
    text: String,
    under: String,
    label: String,
    /// The chart that is being read, and how many there were.
    chart: bool,
    charts: usize,
    height: String,
    table: Option<Grid>,
}

/// A table being read.
#[derive(Default)]
struct Grid {
    caption: String,
    columns: Vec<String>,
    main: String,
    row: Vec<String>,
    detail: bool,
}

fn marked(page: &str, dialect: &Dialect) -> Vec<Said> {
    let mut walk = Walk::default();
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        walk.text.push_str(&plain(&rest[..open]));
        let Some(close) = rest[open..].find('>') else {
            break;
        };
        let tag = &rest[open + 1..open + close];
        rest = &rest[open + close + 1..];
        let name = tag
            .trim_start_matches('/')
            .split(|c: char| c.is_whitespace() || c == '/')
            .next()
            .unwrap_or_default();
        if dialect.skipped.contains(&name) && !tag.starts_with('/') && !tag.ends_with('/') {
            let end = format!("</{name}>");
            rest = rest.find(&end).map_or("", |at| &rest[at + end.len()..]);
            continue;
        }
        match tag.starts_with('/') {
            true => walk.closes(name, dialect),
            false => walk.opens(name, tag, dialect),
        }
    }
    walk.flush("", dialect);
    walk.all
}

fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replace(['\u{a0}', '\u{202f}', '\n'], " ")
}

impl Walk {
    fn opens(&mut self, name: &str, tag: &str, dialect: &Dialect) {
        if dialect.texts.contains(&name) && !dialect.cells.contains(&name) {
            self.flush(name, dialect);
        }
        match name {
            "svg" => {
                self.chart = true;
                self.charts += 1;
            }
            "text" => {
                let at = tag
                    .split(" y=\"")
                    .nth(1)
                    .and_then(|rest| rest.split('"').next());
                self.height = at.unwrap_or_default().to_owned();
            }
            "w:docPr" => self.attribute(tag, "descr"),
            n if n == dialect.table => {
                let caption = std::mem::take(&mut self.label);
                self.table = Some(Grid {
                    caption,
                    ..Grid::default()
                });
            }
            n if n == dialect.row => {
                if let Some(grid) = &mut self.table {
                    grid.row.clear();
                    grid.detail = tag.contains("detail");
                }
            }
            _ => {}
        }
    }

    fn attribute(&mut self, tag: &str, name: &str) {
        let Some((_, rest)) = tag.split_once(&format!(" {name}=\"")) else {
            return;
        };
        let text = plain(rest.split('"').next().unwrap_or_default());
        self.say(text);
    }

    fn closes(&mut self, name: &str, dialect: &Dialect) {
        if dialect.cells.contains(&name) {
            return self.cell();
        }
        if name == dialect.caption {
            let caption = std::mem::take(&mut self.text);
            self.under.clone_from(&caption);
            if let Some(grid) = &mut self.table {
                grid.caption.clone_from(&caption);
            }
            return self.say(caption);
        }
        if name == dialect.row
            && let Some(grid) = &mut self.table
            && grid.columns.is_empty()
        {
            grid.columns = grid.row.clone();
        }
        if name == dialect.table {
            self.table = None;
        }
        // a cell of a Word table holds paragraphs: its text ends with the cell
        if self.table.is_some() && name == "w:p" {
            self.text.push(' ');
            return;
        }
        if dialect.texts.contains(&name) {
            self.flush(name, dialect);
        }
        // what a drawing shows, with its unit, stands over all that is written in it
        if name == "title" {
            let title = std::mem::take(&mut self.text).trim().to_owned();
            if self.chart {
                self.under.clone_from(&title);
            }
            self.say(title);
        }
        if name == "svg" {
            self.chart = false;
        }
    }

    fn flush(&mut self, name: &str, dialect: &Dialect) {
        if self.table.is_some() {
            return;
        }
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if text.is_empty() {
            return;
        }
        if dialect.headings.contains(&name) {
            self.under.clone_from(&text);
        }
        let label = match name {
            "dd" => std::mem::take(&mut self.label),
            _ => String::new(),
        };
        self.label.clone_from(&text);
        let drawn = (self.chart && name == "text").then(|| (self.charts, self.height.clone()));
        self.all.push(Said {
            under: self.under.clone(),
            row: vec![label],
            text,
            drawn,
            ..Said::default()
        });
    }

    fn say(&mut self, text: String) {
        self.all.push(Said {
            under: self.under.clone(),
            text,
            ..Said::default()
        });
    }

    fn cell(&mut self) {
        let text = std::mem::take(&mut self.text).trim().to_owned();
        let Some(grid) = &mut self.table else {
            return;
        };
        let at = grid.row.len();
        if at == 0 && !grid.detail && !grid.columns.is_empty() {
            grid.main.clone_from(&text);
        }
        let label = grid.row.first().cloned().unwrap_or_default();
        let column = grid.columns.get(at).cloned().unwrap_or_default();
        let row = vec![label, grid.main.clone()];
        let under = grid.caption.clone();
        grid.row.push(text.clone());
        self.all.push(Said {
            under,
            row,
            column,
            text,
            ..Said::default()
        });
    }
}

// ---- files of an office -----------------------------------------------------------------------

fn docx(bytes: &[u8]) -> Vec<Said> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let names: Vec<String> = archive
        .file_names()
        .map(|n| n.unwrap().into_owned())
        .collect();
    let mut all = Vec::new();
    for name in names {
        let text = name == "word/document.xml"
            || name.starts_with("word/footer")
            || name.starts_with("word/header");
        if !text {
            continue;
        }
        let mut xml = String::new();
        let mut part = archive.by_name(&name).expect("the part");
        part.read_to_string(&mut xml).expect("UTF-8");
        all.extend(marked(&xml, &WORD));
    }
    all
}

fn sheets(bytes: &[u8]) -> Vec<Said> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a book");
    let mut all = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        let filled = |row: &&[Data]| row.iter().filter(|c| !c.is_empty()).count() >= 3;
        let header = range.rows().position(|row| filled(&row)).unwrap_or(0);
        let headings: Vec<String> = range
            .rows()
            .nth(header)
            .map(|row| row.iter().map(ToString::to_string).collect())
            .unwrap_or_default();
        for (r, row) in range.rows().enumerate() {
            for (c, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let below = r > header;
                let words = row.iter().filter(|c| matches!(c, Data::String(_)));
                all.push(Said {
                    under: name.clone(),
                    row: match below {
                        true => words.map(ToString::to_string).collect(),
                        false => Vec::new(),
                    },
                    column: match below {
                        true => headings.get(c).cloned().unwrap_or_default(),
                        false => String::new(),
                    },
                    text: cell.to_string(),
                    number: match cell {
                        Data::Float(x) => Some(*x),
                        Data::Int(x) => Some(*x as f64),
                        _ => None,
                    },
                    ..Said::default()
                });
            }
        }
    }
    all
}
