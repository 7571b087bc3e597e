//! What a run has to say, as a document and as bytes.
//!
//! ```text
//!       ┌─compose──▶ Document ──terminal──▶ text
//! Run ──┼──────────▶ result.json · manifest.json
//!       ├──────────▶ monitoring.csv
//!       ├─whatif───▶ the deciding program and its script, within rapport.html
//!       └──────────▶ ledger.csv · ledger.parquet
//! draws, batch by batch ─────────────────▶ draws.parquet
//! Explanation, Compared ─────────────────▶ Document · JSON
//! ```
//!
//! Promise: the same run gives the same bytes, on any machine and at any hour; every printed
//! number shows only the digits that its Monte Carlo error supports, and no figure is NaN.
//! Absent: paths, clocks, terminals; who writes where is the affair of [`crate::cli`].

mod accountability;
mod adding;
mod bounds;
pub mod chart;
mod compare;
mod compose;
mod derived_json;
mod document;
mod docx;
mod draws;
mod explain;
mod few;
mod finite;
mod grounds_json;
mod health_json;
mod html;
mod identity;
mod ledger;
mod likelihood;
mod monitoring;
mod number;

mod outside;
mod papers;
mod payback;
#[cfg(feature = "pdf")]
mod pdf;
mod portfolio;
mod portfolio_papers;
mod ratio_json;
mod resources;
mod result;
mod settled;
mod since;
mod spread;
mod study;
mod terminal;
mod whatif;
mod width;
mod words;
mod workbook;

pub use compare::{
    COMPARED_ACCOUNTS, ChangeLine, Compared, Effects, Side, Stated, Subject, comparison,
    comparison_json,
};
pub use compose::{
    annex, citizen, compose, compose_portfolio, municipal_pages, paragraph, portfolio_annex,
    portfolio_page,
};
pub use document::{Align, Block, Cell, Column, Document, Fact, Figure, Rank, Row, Table, Text};
pub use docx::{docx, footer, footer_lines};
pub use draws::DrawsParquet;
pub use explain::{explanation, explanation_json};
pub use html::page;
pub use identity::{Identity, MANIFEST_SCHEMA, Output, digest, manifest_json};
pub use ledger::{ledger_csv, ledger_parquet};
pub use likelihood::{Likelihood, OutOf};
pub use monitoring::{Band, Observed, bands, monitoring_csv, observed, read_bands};
pub use number::{Scale, Sign, error, figure, quantile_error, supported_place};
pub use papers::{Paper, papers, report_page};
#[cfg(feature = "pdf")]
pub use pdf::pdf;
pub use portfolio::{PortfolioRun, portfolio_json};
pub use portfolio_papers::portfolio_papers;
pub use result::result_json;
pub use since::since_last;
pub use terminal::{Setting, terminal};
pub use words::{Language, blank_words};
pub use workbook::workbook;

use crate::engine::RunSettings;
use crate::model::Model;
use crate::verdict::Assessment;

/// A finished run: what every document is made of.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// Its name.
    pub id: &'a str,
    /// SHA-256 of the signed rule of balance.
    pub balance_hash: &'a str,
    /// SHA-256 over the hashes of all its input files.
    pub input_hash: &'a str,
    /// What was asked.
    pub model: &'a Model,
    /// How it was run.
    pub settings: &'a RunSettings,
    /// What was found.
    pub assessment: &'a Assessment,
}
