//! A document as one page that needs nothing beside it: no network, no other file. What a script
//! adds stands in the page itself, and everything else is read without it.
//!
//! ```text
//! Documents ─▶ head (style within) │ contents │ headings · sentences · tables · charts as SVG
//! ```
//!
//! Promise: headings in order, table cells with their headers, charts with the words that say the
//! same; black on white, and it prints. Absent: figures of its own.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::chart::svg;
use super::document::{Align, Block, Document, Figure, Rank, Table};
use super::words::{Language, Term};

const STYLE: &str = include_str!("page.css");

/// A part of a page that is no document: it comes last, with a style of its own.
pub struct Appended {
    /// Where the contents lead.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What it adds to the page's style.
    pub style: &'static str,
    /// What stands under the heading.
    pub body: Markup,
}

/// The documents as one page, each with its contents; the first gives the page its title.
pub fn page(documents: &[Document], language: Language) -> String {
    page_with(documents, None, language)
}

/// The same with a part that is no document.
pub fn page_with(documents: &[Document], last: Option<&Appended>, language: Language) -> String {
    let title = documents.first().map_or("", |d| d.title.as_str());
    let markup = html! {
        (DOCTYPE)
        html lang=(code(language)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) @if let Some(part) = last { (PreEscaped(part.style)) } }
            }
            body {
                a.skip href="#d0" { (Term::SkipToText.text(language)) }
                @if documents.len() > 1 { (contents(documents, last, language)) }
                main {
                    @for (d, document) in documents.iter().enumerate() {
                        (section(document, d, language))
                    }
                    @if let Some(part) = last {
                        section { h1 id=(part.id) { (part.title) } (part.body) }
                    }
                }
            }
        }
    };
    let mut text = markup.into_string();
    text.push('\n');
    text
}

fn code(language: Language) -> &'static str {
    match language {
        Language::Da => "da-DK",
        Language::En => "en",
    }
}

fn contents(documents: &[Document], last: Option<&Appended>, language: Language) -> Markup {
    html! {
        nav aria-label=(Term::Contents.text(language)) {
            @for (d, document) in documents.iter().enumerate() {
                p { a href={ "#d" (d) } { (document.title) } }
                ul {
                    @for (h, heading) in headings(document) {
                        li { a href={ "#d" (d) "h" (h) } { (heading) } }
                    }
                }
            }
            @if let Some(part) = last { p { a href={ "#" (part.id) } { (part.title) } } }
        }
    }
}

/// Headings with the place of their block.
fn headings(document: &Document) -> impl Iterator<Item = (usize, &str)> {
    let blocks = document.blocks.iter().enumerate();
    blocks.filter_map(|(b, block)| match block {
        Block::Heading(heading) => Some((b, heading.as_str())),
        _ => None,
    })
}

fn section(document: &Document, d: usize, language: Language) -> Markup {
    html! {
        section {
            h1 id={ "d" (d) } { (document.title) }
            @for (b, one) in document.blocks.iter().enumerate() {
                (block(one, &format!("d{d}h{b}"), language))
            }
        }
    }
}

fn block(block: &Block, id: &str, language: Language) -> Markup {
    match block {
        Block::Heading(heading) => html! { h2 id=(id) { (heading) } },
        Block::Subheading(heading) => html! { h3 id=(id) { (heading) } },
        Block::Paragraph(paragraph) => html! { p { (paragraph) } },
        Block::Facts(facts) => html! {
            dl { @for fact in facts { div { dt { (fact.label) } dd { (fact.text) } } } }
        },
        Block::List(items) => html! { ul { @for item in items { li { (item) } } } },
        Block::Table(one) => table(one),
        Block::Figure(one) => figure(one, language),
    }
}

fn table(table: &Table) -> Markup {
    let of = |align: Align| match align {
        Align::Left => "words",
        Align::Right => "number",
    };
    html! {
        div.wide tabindex="0" role="region" aria-label=(table.caption) {
            table {
                caption { (table.caption) }
                thead { tr {
                    th scope="col" { (table.label) }
                    @for column in &table.columns {
                        th scope="col" class=(of(column.align)) { (column.heading) }
                    }
                } }
                tbody { @for row in &table.rows {
                    tr class=(if row.rank == Rank::Detail { "detail" } else { "main" }) {
                        th scope="row" { (row.label) }
                        @for (column, cell) in table.columns.iter().zip(&row.cells) {
                            td class=(of(column.align)) { (cell.text) }
                        }
                    }
                } }
            }
        }
    }
}

fn figure(figure: &Figure, language: Language) -> Markup {
    let drawn = svg(&figure.chart, &figure.caption, &figure.says, language);
    html! {
        figure {
            (PreEscaped(drawn))
            figcaption { (figure.caption) " " (figure.reads) " " (figure.says) }
        }
    }
}
