//! The papers of a run: what a secretariat attaches, in both languages.
//!
//! ```text
//!   Run ─┬─ annex ────────┬─ bilag.docx                   annex.docx
//!        │                ├─ bilag.pdf                    annex.pdf   with the feature `pdf`
//!        │                └─ rapport.html, all behind it   report.html
//!        ├─ paragraph ────── oekonomiske-konsekvenser.txt  economic-consequences.txt
//!        ├─ municipality ─── kommuner/<code>.html          municipalities/<code>.html
//!        ├─ citizen page ─── borger.html                   citizen.html
//!        ├─ tables ───────── tabeller.xlsx                 tables.xlsx
//!        └─ method ───────── metode.docx                   method.docx
//! ```
//!
//! Promise: pure functions from a run to bytes; a folder has both languages, so that its content
//! does not depend on who asked. Absent: where they are written.

use std::io;

use super::Run;
use super::compose::{
    annex, checklists, citizen, compose, glance, method, municipal_pages, paragraph,
};
use super::document::Document;
use super::docx::{docx, footer_lines};
use super::html::{Page, Part, behind, page, printed};
use super::whatif::what_if;
use super::words::Language;
use super::workbook::workbook;
use crate::verdict::Outcome;

/// A file's name and content.
pub type Paper = (String, Vec<u8>);

/// Names of the papers in a language.
struct Names {
    annex: &'static str,
    report: &'static str,
    paragraph: &'static str,
    municipalities: &'static str,
    citizen: &'static str,
    tables: &'static str,
    method: &'static str,
}

const DANISH: Names = Names {
    annex: "bilag.docx",
    report: "rapport.html",
    paragraph: "oekonomiske-konsekvenser.txt",
    municipalities: "kommuner",
    citizen: "borger.html",
    tables: "tabeller.xlsx",
    method: "metode.docx",
};

const ENGLISH: Names = Names {
    annex: "annex.docx",
    report: "report.html",
    paragraph: "economic-consequences.txt",
    municipalities: "municipalities",
    citizen: "citizen.html",
    tables: "tables.xlsx",
    method: "method.docx",
};

/// Everything there is to attach.
///
/// # Errors
/// A paper that cannot be set.
pub fn papers(run: &Run) -> io::Result<Vec<Paper>> {
    let mut papers = Vec::new();
    let clarified = run.assessment.verdict.outcome != Outcome::NotClarified;
    for (language, names) in [(Language::Da, DANISH), (Language::En, ENGLISH)] {
        let annex = annex(run, language);
        let foot = footer_lines(run, language);
        papers.push((names.annex.to_owned(), docx(&annex, &foot, language)?));
        #[cfg(feature = "pdf")]
        papers.push((
            names.annex.replace(".docx", ".pdf"),
            super::pdf::pdf(&annex, &foot, language)?,
        ));
        if clarified {
            let method = method(run, language);
            papers.push((names.method.to_owned(), docx(&method, &foot, language)?));
        }
        let web = web_page(run, annex, language);
        papers.push((names.report.to_owned(), web.into_bytes()));
        papers.push((names.tables.to_owned(), workbook(run, language)?));
        if !clarified {
            continue;
        }
        let text = paragraph(run, language);
        papers.push((names.paragraph.to_owned(), text.into_bytes()));
        let citizen = page(&[citizen(run, language)], language);
        papers.push((names.citizen.to_owned(), citizen.into_bytes()));
        for (code, document) in municipal_pages(run, language) {
            let name = format!("{}/{code}.html", names.municipalities);
            papers.push((name, page(&[document], language).into_bytes()));
        }
    }
    Ok(papers)
}

/// The annex and everything behind it, with the what-if, as one page.
pub fn report_page(run: &Run, language: Language) -> String {
    web_page(run, annex(run, language), language)
}

fn web_page(run: &Run, annex: Document, language: Language) -> String {
    let clarified = run.assessment.verdict.outcome != Outcome::NotClarified;
    let grounds = clarified.then(|| run.assessment.grounds(run.model));
    let mut whole = compose(run, language);
    whole.title = match language {
        Language::Da => "Hele beregningen".to_owned(),
        Language::En => "The whole calculation".to_owned(),
    };
    let mut documents = vec![annex, whole];
    if grounds.is_some() {
        documents.push(method(run, language));
    }
    documents.push(checklists(run, language));
    let figures = printed(&documents);
    let behind = grounds.map(|g| behind(run, g, &figures, language));
    let parts: Vec<Part> = what_if(run, language).into_iter().chain(behind).collect();
    let page = Page {
        documents: &documents,
        glance: &glance(run, language),
        parts: &parts,
        language,
    };
    page.text()
}
