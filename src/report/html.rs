//! Documents as one page that needs nothing beside it: no network, no other file. What a script
//! adds stands in the page itself, and everything else is read without it.
//!
//! ```text
//! Documents ─▶ head (style within) │ contents │ headings · sentences · tables · charts as SVG
//! Part ──────▶ what every figure rests on; cells and facts lead there and back
//! ```
//!
//! Promise: one title, headings in order, table cells with their headers, charts with the words
//! that say the same; black on white, it works by keyboard and without script, and it prints.
//! Absent: figures of its own.

mod behind;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::svg;
use super::document::{Align, Block, Cell, Document, Fact, Figure, Rank, Table, Text};
use super::words::explained as words;
use super::words::{Language, Term};
pub use behind::{TERMS, behind};

const STYLE: &str = include_str!("page.css");

/// The documents as one page, each with its contents; the first gives the page its title.
pub fn page(documents: &[Document], language: Language) -> String {
    let page = Page {
        documents,
        glance: &[],
        parts: &[],
        language,
    };
    page.text()
}

/// A page of several makes.
pub struct Page<'a> {
    /// Documents; the first gives the page its title.
    pub documents: &'a [Document],
    /// What a reader sees before anything else, beneath the title.
    pub glance: &'a [Fact],
    /// Parts of other make, after the documents.
    pub parts: &'a [Part],
    /// Language.
    pub language: Language,
}

/// A part of a page beside its documents.
pub struct Part {
    /// Its anchor.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// Whether it follows the first document, or all of them.
    pub early: bool,
    /// What it adds to the page's style.
    pub style: &'static str,
    /// Headings within it, with their anchors.
    pub headings: Vec<(String, String)>,
    /// Ids of the figures that are explained in it.
    pub explains: BTreeSet<String>,
    /// Short names of those whose id names them badly.
    pub names: BTreeMap<String, String>,
    /// What it says; given the figures that the documents print.
    pub body: Markup,
}

impl Page<'_> {
    /// The page, ending in a newline.
    pub fn text(&self) -> String {
        let language = self.language;
        let title = self.documents.first().map_or("", |d| d.title.as_str());
        let leads = Leads::to(self, language);
        let markup = html! {
            (DOCTYPE)
            html lang=(code(language)) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (title) }
                    style {
                        (PreEscaped(STYLE))
                        @for part in self.parts { (PreEscaped(part.style)) }
                    }
                }
                body {
                    a.skip href="#main" { (Term::SkipToText.text(language)) }
                    header {
                        h1 id="d0" { (title) }
                        @if !self.glance.is_empty() {
                            dl.glance { @for one in self.glance { (fact(one, &leads)) } }
                        }
                    }
                    (self.contents())
                    main id="main" {
                        @for (d, document) in self.documents.iter().enumerate() {
                            (section(document, d, &leads))
                            @if d == 0 { @for part in self.parts(true) { (part.section()) } }
                        }
                        @for part in self.parts(false) { (part.section()) }
                    }
                }
            }
        };
        let mut text = markup.into_string();
        text.push('\n');
        text
    }

    /// Parts that stand after the first document, or after the last.
    fn parts(&self, early: bool) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.early == early)
    }

    /// Where everything is; nothing for a page that is seen at once.
    fn contents(&self) -> Markup {
        if self.documents.len() + self.parts.len() < 2 {
            return html! {};
        }
        let title = Term::Contents.text(self.language);
        html! {
            nav aria-label=(title) { details {
                summary { (title) }
                @for (d, document) in self.documents.iter().enumerate() {
                    @let headings = headings(document, d);
                    (entry(&format!("d{d}"), &document.title, &headings))
                    @if d == 0 { @for part in self.parts(true) { (part.entry()) } }
                }
                @for part in self.parts(false) { (part.entry()) }
            } }
        }
    }
}

/// A line of the contents, and those below it.
fn entry(id: &str, title: &str, headings: &[(String, String)]) -> Markup {
    html! {
        p { a href={ "#" (id) } { (title) } }
        ul {
            @for (id, heading) in headings { li { a href={ "#" (id) } { (heading) } } }
        }
    }
}

impl Part {
    /// Its lines of the contents.
    fn entry(&self) -> Markup {
        entry(self.id, &self.title, &self.headings)
    }

    fn section(&self) -> Markup {
        html! {
            section class=(self.id) aria-labelledby=(self.id) {
                h2 id=(self.id) { (self.title) }
                (self.body)
            }
        }
    }
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Da => "da-DK",
        Language::En => "en",
    }
}

/// Every figure that documents print, in order of reading.
pub fn printed(documents: &[Document]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for block in documents.iter().flat_map(|d| &d.blocks) {
        match block {
            Block::Facts(facts) => all.extend(facts.iter().flat_map(|f| f.figures.clone())),
            Block::Paragraph(text) => all.extend_from_slice(&text.figures),
            Block::List(points) => all.extend(points.iter().flat_map(|p| p.figures.clone())),
            Block::Figure(figure) => all.extend_from_slice(&figure.says.figures),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                // an empty cell prints nothing, so nothing leads back to it
                let cells = cells.filter(|cell| !cell.text.is_empty());
                all.extend(cells.filter_map(|cell| cell.figure.clone()));
            }
            Block::Heading(_) | Block::Subheading(_) => {}
        }
    }
    all
}

/// From printed figures to where they are explained.
struct Leads<'p> {
    language: Language,
    explained: Vec<&'p BTreeSet<String>>,
    names: Vec<&'p BTreeMap<String, String>>,
    /// Those that a row of a document explains.
    rows: BTreeSet<&'p str>,
    /// Those that a reader has met: the first place is where the explanation leads back to.
    met: RefCell<BTreeSet<String>>,
}

impl<'p> Leads<'p> {
    fn to(page: &Page<'p>, language: Language) -> Leads<'p> {
        let tables = page.documents.iter().flat_map(|d| &d.blocks);
        let rows = tables.filter_map(|block| match block {
            Block::Table(table) => Some(&table.rows),
            _ => None,
        });
        let rows = rows.flatten().filter_map(|row| row.explains.as_deref());
        Leads {
            language,
            explained: page.parts.iter().map(|part| &part.explains).collect(),
            names: page.parts.iter().map(|part| &part.names).collect(),
            rows: rows.collect(),
            met: RefCell::default(),
        }
    }

    fn knows(&self, id: &str) -> bool {
        self.rows.contains(id) || self.explained.iter().any(|part| part.contains(id))
    }

    fn name(&self, id: &str) -> String {
        let own = self.names.iter().find_map(|names| names.get(id));
        own.cloned()
            .unwrap_or_else(|| words::short_name(self.language, id))
    }

    /// A printed figure: its text, leading to its explanation where there is one.
    fn figure(&self, id: &str, text: &str) -> Markup {
        if text.is_empty() || !self.knows(id) {
            return html! { (text) };
        }
        let first = self.met.borrow_mut().insert(id.to_owned());
        let own = first.then(|| behind::printed_anchor(id));
        html! { a.why id=[own] href={ "#" (behind::anchor(id)) } { (text) } }
    }

    /// After words: where the figures in them lead, those that are explained.
    fn after(&self, figures: &[String]) -> Markup {
        let figures: Vec<&String> = figures.iter().filter(|id| self.knows(id)).collect();
        if figures.is_empty() {
            return html! {};
        }
        html! {
            " "
            span.leads {
                (words::LEADS.text(self.language))
                @for (i, id) in figures.iter().enumerate() {
                    @if i > 0 { ", " }
                    (self.figure(id, &self.name(id)))
                }
                "."
            }
        }
    }
}

/// Anchors and words of the headings of a page's document.
fn headings(document: &Document, d: usize) -> Vec<(String, String)> {
    let blocks = document.blocks.iter().enumerate();
    let headings = blocks.filter_map(|(b, block)| match block {
        Block::Heading(heading) => Some((format!("d{d}h{b}"), heading.clone())),
        _ => None,
    });
    headings.collect()
}

/// The first document's title is the page's, and its headings stand below; a further document is
/// a part of the page.
fn section(document: &Document, d: usize, leads: &Leads) -> Markup {
    let id = format!("d{d}");
    html! {
        section aria-labelledby=(id) {
            @if d > 0 { h2 id=(id) { (document.title) } }
            @for (b, one) in document.blocks.iter().enumerate() {
                (block(one, &format!("d{d}h{b}"), d > 0, leads))
            }
        }
    }
}

fn block(block: &Block, id: &str, below: bool, leads: &Leads) -> Markup {
    match (block, below) {
        (Block::Heading(heading), false) => html! { h2 id=(id) { (heading) } },
        (Block::Heading(heading), true) | (Block::Subheading(heading), false) => {
            html! { h3 id=(id) { (heading) } }
        }
        (Block::Subheading(heading), true) => html! { h4 id=(id) { (heading) } },
        (Block::Paragraph(paragraph), _) => html! { p { (led(paragraph, leads)) } },
        (Block::Facts(facts), _) => html! {
            dl { @for one in facts { (fact(one, leads)) } }
        },
        (Block::List(items), _) => html! {
            ul { @for item in items { li { (led(item, leads)) } } }
        },
        (Block::Table(one), _) => table(one, leads),
        (Block::Figure(one), _) => figure(one, leads),
    }
}

fn fact(fact: &Fact, leads: &Leads) -> Markup {
    html! {
        div {
            dt { (fact.label) }
            dd { (fact.text) (leads.after(&fact.figures)) }
        }
    }
}

/// Words, and where their figures lead.
fn led(text: &Text, leads: &Leads) -> Markup {
    html! { (text.text) (leads.after(&text.figures)) }
}

fn table(table: &Table, leads: &Leads) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(table.caption) {
            table {
                caption { (table.caption) (leads.after(&table.figures)) }
                thead { tr {
                    (corner(&table.label))
                    @for column in &table.columns {
                        th scope="col" class=(standing(column.align)) { (column.heading) }
                    }
                } }
                tbody { @for row in &table.rows {
                    @let id = row.explains.as_deref().map(behind::anchor);
                    tr id=[id] class=(if row.rank == Rank::Detail { "detail" } else { "main" }) {
                        th scope="row" { (row.label) }
                        @for (column, cell) in table.columns.iter().zip(&row.cells) {
                            td class=(standing(column.align)) { (content(cell, leads)) }
                        }
                    }
                } }
            }
        }
    }
}

/// The heading of the labels; a header must not be empty.
fn corner(label: &str) -> Markup {
    match label {
        "" => html! { td {} },
        label => html! { th scope="col" { (label) } },
    }
}

fn standing(align: Align) -> &'static str {
    match align {
        Align::Left => "words",
        Align::Right => "number",
    }
}

fn content(cell: &Cell, leads: &Leads) -> Markup {
    match &cell.figure {
        Some(id) => leads.figure(id, &cell.text),
        None => html! { (cell.text) },
    }
}

fn figure(figure: &Figure, leads: &Leads) -> Markup {
    let drawn = svg(&figure.chart, &figure.caption, &figure.says, leads.language);
    html! {
        figure {
            div.wide tabindex="0" role="region" aria-label=(figure.caption) { (PreEscaped(drawn)) }
            figcaption { (figure.caption) " " (figure.reads) " " (led(&figure.says, leads)) }
        }
    }
}
