//! The papers of a portfolio's run, in both languages.
//!
//! ```text
//!   PortfolioRun ─┬─ one page ──┬─ portefolje.docx           portfolio.docx
//!                 │             │
//!                 ├─ annex ─────┼─ bilag.docx                annex.docx
//!                 └─ all ───────┴─ rapport.html, all three   report.html
//! ```
//!
//! Promise: pure functions from a run to bytes; the folder has both languages, whoever asked.
//! Absent: pages for municipalities and a workbook, which each agreement's own run has.

use std::io;

use super::compose::{compose_portfolio, portfolio_annex, portfolio_page};
use super::docx::{docx, footer};
use super::html::page;
use super::papers::Paper;
use super::portfolio::PortfolioRun;
use super::words::Language;
use super::words::portfolio as words;

/// Everything there is to attach to a portfolio.
///
/// # Errors
/// A paper that cannot be set.
pub fn portfolio_papers(run: &PortfolioRun) -> io::Result<Vec<Paper>> {
    let mut papers = Vec::new();
    for language in [Language::Da, Language::En] {
        let [one_page, annex, report] = match language {
            Language::Da => ["portefolje.docx", "bilag.docx", "rapport.html"],
            Language::En => ["portfolio.docx", "annex.docx", "report.html"],
        };
        let foot = footer(&run.run(&run.assessment.joint), language);
        let first = portfolio_page(run, language);
        let mut second = portfolio_annex(run, language);
        papers.push((one_page.to_owned(), docx(&first, &foot, language)?));
        papers.push((annex.to_owned(), docx(&second, &foot, language)?));
        let mut whole = compose_portfolio(run, language);
        second.title = words::ANNEX.text(language);
        whole.title = words::WHOLE.text(language);
        let web = page(&[first, second, whole], language);
        papers.push((report.to_owned(), web.into_bytes()));
    }
    Ok(papers)
}
