//! The what-if: a part of the page that evaluates the deciding program where the reader sits.
//!
//! ```text
//! Assessment::deciding ─program─▶ JSON ┐
//! importance ──────────sliders──▶ JSON ┼─▶ section of the page ─ runtime.js · page.js
//! Sentence, Term ─────templates─▶ JSON ┘
//! ```
//!
//! Promise: before anything is moved the run's own figures stand there, without script too; what
//! the script then prints has the engine's digits and the report's words. Absent: any file or
//! address beside the page, and a verdict of the script's own (its rule is `verdict::judge`'s).

mod program;
mod sliders;
mod templates;

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use serde::Serialize;

use super::Run;
use super::compose::headline;
use super::compose::pen::{Pen, cost};
use super::html::Part;
use super::number::count;
use super::words::whatif::{self as words, Both};
use super::words::{Language, Term, account_label, joined};
use crate::model::Account;
use crate::verdict::{PartyVerdict, Probability, Standing};
use program::{Exported, MOST, export};
use sliders::{Positions, Slider, sliders};
use templates::{Templates, templates};

const STYLE: &str = include_str!("page.css");
const RUNTIME: &str = include_str!("runtime.js");
const PAGE: &str = include_str!("page.js");

/// All that the script reads.
#[derive(Debug, Serialize)]
struct Data {
    program: Exported,
    sliders: Vec<Slider>,
    sum: Option<Positions>,
    words: Templates,
    /// Replicates of the run, which may be more than the page makes.
    replicates: usize,
}

/// The section of a run's page; `None` where there is no verdict to ask about.
pub fn what_if(run: &Run, language: Language) -> Option<Part> {
    let deciding = run.assessment.deciding.as_ref()?;
    let pen = Pen::new(run, language);
    let (program, drawn) = export(run, deciding);
    let (sliders, left_out) = sliders(run, deciding, &drawn, language);
    let data = Data {
        program,
        sliders,
        sum: sums(&pen),
        words: templates(&pen),
        replicates: pen.findings().replicates,
    };
    Some(Part {
        id: "hvad-hvis",
        title: words::TITLE.text(language),
        early: true,
        style: STYLE,
        headings: Vec::new(),
        explains: BTreeSet::new(),
        names: BTreeMap::new(),
        body: section(&pen, &data, &left_out),
    })
}

/// Positions of the lump sum: well past what either side could need or afford.
fn sums(pen: &Pen) -> Option<Positions> {
    let verdict = pen.verdict();
    let ends = verdict.compensation.ends;
    let means = verdict.parties.iter().take(2).map(|p| p.x.mean);
    let sizes = means.chain([ends.0.0, ends.1.0]).map(f64::abs);
    Positions::around_zero(1.5 * sizes.fold(0.0, f64::max))
}

fn section(pen: &Pen, data: &Data, left_out: &[String]) -> Markup {
    let text = |both: Both| both.text(pen.language);
    html! {
        p { (text(words::HOW)) }
        p { (notes(pen, left_out)) }
        noscript { p { (text(words::NEEDS_SCRIPT)) } }
        div #whatif {
            div.whatif-controls hidden {
                @if !data.sliders.is_empty() {
                    fieldset {
                        legend { (text(words::ASSUMPTIONS)) }
                        @for (i, slider) in data.sliders.iter().enumerate() {
                            (assumption(pen, i, slider))
                        }
                    }
                }
                @if let Some(positions) = &data.sum {
                    fieldset {
                        legend { (text(words::COMPENSATION)) }
                        (control(pen, "whatif-sum", &text(words::SUM), positions, &text(words::NO_SUM)))
                    }
                }
                p { button #whatif-reset type="button" { (text(words::RESET_ALL)) } }
            }
            (conclusion(pen))
        }
        (script(data))
    }
}

/// What a reader must know before believing the sliders.
fn notes(pen: &Pen, left_out: &[String]) -> String {
    let mut notes = vec![words::FLOORS.text(pen.language)];
    let replicates = pen.findings().replicates;
    if replicates > MOST {
        let shown = |n| count(pen.language, n);
        notes.push(words::first_of(
            pen.language,
            &shown(MOST),
            &shown(replicates),
        ));
    }
    if !left_out.is_empty() {
        notes.push(words::left_out(
            pen.language,
            &joined(pen.language, left_out),
        ));
    }
    notes.join(" ")
}

fn assumption(pen: &Pen, i: usize, slider: &Slider) -> Markup {
    let mean = format!("{} {}", slider.mean, slider.unit);
    let varies = words::VARIES.text(pen.language).replace("{mean}", &mean);
    let id = format!("whatif-{i}");
    control(pen, &id, &slider.label, &slider.positions, &varies)
}

fn control(pen: &Pen, id: &str, label: &str, positions: &Positions, says: &str) -> Markup {
    html! {
        div.whatif-slider {
            label for=(id) { (label) }
            input id=(id) type="range" min=(positions.first) max=(positions.last)
                value=(positions.start) step="1" aria-valuetext=(says) autocomplete="off";
            output id={ (id) "-out" } for=(id) aria-live="off" { (says) }
            button type="button" data-for=(id) disabled
                aria-label={ (words::RESET.text(pen.language)) ": " (label) } {
                (words::RESET.text(pen.language))
            }
        }
    }
}

/// The verdict as it stands in the run; the script writes over it.
fn conclusion(pen: &Pen) -> Markup {
    let mut facts = vec![
        ("society", pen.term(Term::Society), headline::society(pen)),
        ("balance", pen.term(Term::Balance), headline::outcome(pen)),
    ];
    facts.extend(headline::tested(pen).map(|party| {
        let label = account_label(pen.language, party.account).to_owned();
        (party.account.key(), label, headline::stands(pen, party))
    }));
    facts.extend(bound(pen));
    facts.extend(headline::outside(pen).map(|text| ("outside", pen.term(Term::Outside), text)));
    html! {
        h2 #whatif-verdict-heading { (words::VERDICT.text(pen.language)) }
        p #whatif-status role="status" { (words::AS_RUN.text(pen.language)) }
        div #whatif-verdict aria-live="polite" aria-labelledby="whatif-verdict-heading" role="region" {
            dl { @for (id, label, text) in &facts {
                div data-fact=(id) { dt { (label) } dd { (text) } }
            } }
        }
        (table(pen))
    }
}

/// Municipalities that the rule binds one by one, and how many of them hold.
fn bound(pen: &Pen) -> Option<(&'static str, String, String)> {
    let deciding = pen.run().assessment.deciding.as_ref()?;
    deciding.row(crate::plan::RowId::Y)?;
    let agreement = &pen.model().agreement;
    let bound = pen.verdict().municipalities.iter();
    let bound = bound.filter(|m| agreement.start_of(m.municipality.0 as usize).is_some());
    let holding = bound.clone().filter(|m| m.standing == Standing::Holds);
    let text = words::BOUND_HOLD.text(pen.language);
    let text = text
        .replace("{holds}", &holding.count().to_string())
        .replace("{of}", &bound.count().to_string());
    Some(("bound", words::BOUND.text(pen.language), text))
}

fn table(pen: &Pen) -> Markup {
    let (from, to) = pen.horizon();
    let caption = words::caption(pen.language, from, to, pen.price_level());
    let columns = [Term::Holds, Term::Mean, Term::Interval80, Term::Assessment];
    html! {
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table #whatif-table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (pen.term(Term::Party)) }
                    @for column in columns { th scope="col" { (pen.term(column)) } }
                } }
                tbody { @for (account, cells) in rows(pen) {
                    tr data-account=(account.key()) {
                        th scope="row" { (account_label(pen.language, account)) }
                        @for cell in cells { td { (cell) } }
                    }
                } }
            }
        }
    }
}

/// Holds in, mean, interval, assessment of every account that is shown.
fn rows(pen: &Pen) -> Vec<(Account, [String; 4])> {
    let years = pen.findings().verdict_years;
    let row = |account: Account| {
        let mut rows = pen.findings().present_value.iter();
        let x = rows.find(|r| r.account == account && r.years == years)?;
        let cost = cost(&x.value);
        let party = pen.verdict().parties.iter().find(|p| p.account == account);
        let (holds, stands) = stands(pen, account, party);
        let mean = pen.amount(cost.mean, cost.mcse);
        Some((account, [holds, mean, pen.range(&cost), stands]))
    };
    pen.accounts().into_iter().filter_map(row).collect()
}

fn stands(pen: &Pen, account: Account, party: Option<&PartyVerdict>) -> (String, String) {
    let tally = |p: Probability| pen.tally(p);
    match (account, party) {
        (Account::Society, _) => (tally(pen.verdict().society), String::new()),
        (_, Some(party)) if party.standing != Standing::Shown => {
            (tally(party.p_holds), pen.term(party.standing))
        }
        _ => (String::new(), pen.term(Term::StandsShown)),
    }
}

/// Data and script, in the page itself. A text of a scenario cannot end the element: no `<` is
/// left in the data.
fn script(data: &Data) -> Markup {
    let json = serde_json::to_string(data).unwrap_or_default();
    let json = json.replace('<', "\\u003c");
    html! {
        script #whatif-data type="application/json" { (PreEscaped(json)) }
        script { (PreEscaped(RUNTIME)) (PreEscaped(PAGE)) }
    }
}
