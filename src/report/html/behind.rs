//! The end of the page: what every figure is made of, by which formula, on which assumptions.
//!
//! ```text
//! figure in a table ──▶ its column of contributions ──▶ formula of a contribution ──▶ assumption
//!        ◀── the figure itself leads back
//! ```
//!
//! Promise: what repeats stands once: a formula for each mechanism and service, an assumption for
//! all. Absent: a walk through the model; [`crate::analysis::grounds`] made it, once for all.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::Part;
use crate::analysis::{
    Figure, Grounds, IndicatorRow, Rested, Settled, Source, figure as named, made_of, tag_id,
};
use crate::model::{Account, IndicatorTag, Parameter, ParameterId};
use crate::report::Run;
use crate::report::compose::{activity, municipalities, pen};
use crate::report::explain::{source_label, title};
use crate::report::number::{Scale, count, number_of};
use crate::report::words::explained as words;
use crate::report::words::{
    Language, Sentence, Term, account_label, formula, kroner_unit, quantity,
};
use pen::{Pen, cost, largest};

/// Terms of a formula that are shown.
pub const TERMS: usize = 6;

/// Where a figure is explained.
pub fn anchor(id: &str) -> String {
    format!("f.{}", word(id))
}

/// Where a figure is printed first.
pub fn printed_anchor(id: &str) -> String {
    format!("p.{}", word(id))
}

/// An anchor holds no blank.
fn word(id: &str) -> String {
    id.replace(char::is_whitespace, "_")
}

/// What a page's figures rest on.
struct Behind<'a> {
    pen: Pen<'a>,
    grounds: &'a Grounds,
    /// Figures that the page prints.
    printed: BTreeSet<String>,
    /// Figures explained so far.
    explained: BTreeSet<String>,
}

/// The part of a page that explains its figures; `printed` are those it prints.
pub fn behind<'a>(
    run: &'a Run<'a>,
    grounds: &'a Grounds,
    printed: &[String],
    language: Language,
) -> Part {
    let mut behind = Behind {
        pen: Pen::new(run, language),
        grounds,
        printed: printed.iter().cloned().collect(),
        explained: BTreeSet::new(),
    };
    let headings = [
        ("by-year", words::BY_YEAR),
        ("by-municipality", words::BY_MUNICIPALITY),
        ("by-indicator", words::INDICATORS),
        ("others", words::OTHERS),
        ("formulas", words::FORMULAS),
        ("f.parameters", words::PARAMETERS),
    ];
    let headings = headings.map(|(id, words)| (id.to_owned(), words.text(language)));
    let mut body = html! {
        p { (words::HOW_TO_READ.text(language)) }
        p.paper { (words::ON_SCREEN.text(language)) }
    };
    let parts: [fn(&mut Behind<'a>) -> Markup; 6] = [
        Behind::accounts,
        Behind::municipalities,
        Behind::indicators,
        Behind::others,
        Behind::formulas,
        Behind::parameters,
    ];
    for ((id, heading), part) in headings.iter().zip(parts) {
        let part = part(&mut behind);
        body = html! { (body) h3 id=(id) { (heading) } (part) };
    }
    behind.explained.insert("parameters".into());
    Part {
        id: "behind",
        title: words::HOW.text(language),
        early: false,
        style: "",
        headings: headings.to_vec(),
        explains: behind.explained,
        names: names(run, language),
        body,
    }
}

/// Municipalities and assumptions by their names.
fn names(run: &Run, language: Language) -> BTreeMap<String, String> {
    let places = run.model.world.municipalities.iter();
    let places = places.map(|m| (format!("municipalities.{}", m.code), m.name.clone()));
    let assumptions = run.model.parameters.iter().map(|p| {
        let label = language.of(&p.label).to_owned();
        (format!("parameters.{}", p.name), label)
    });
    let named = places.chain(assumptions);
    named.filter(|(_, name)| !name.is_empty()).collect()
}

impl Behind<'_> {
    fn language(&self) -> Language {
        self.pen.language
    }

    /// A figure where it is explained: marked, and leading back to where it is printed.
    fn landing(&mut self, id: &str, text: &str) -> Markup {
        self.explained.insert(id.to_owned());
        match self.printed.contains(id) {
            true => html! { a.back href={ "#" (printed_anchor(id)) } { (text) } },
            false => html! { (text) },
        }
    }

    fn wide(caption: &str, table: Markup) -> Markup {
        html! {
            div.wide tabindex="0" role="region" aria-label=(caption) {
                table { caption { (caption) } (table) }
            }
        }
    }

    // ---- contributions ------------------------------------------------------------------------

    fn accounts(&mut self) -> Markup {
        let accounts = Account::ALL.map(|account| self.account(account));
        html! { @for account in accounts { (account) } }
    }

    fn account(&mut self, account: Account) -> Markup {
        let at = account.index();
        let grounds = self.grounds;
        let moving = |s: &&Source| s.budget[at].iter().any(|x| *x != 0.0);
        let sources: Vec<&Source> = grounds.sources.iter().filter(moving).collect();
        if sources.is_empty() {
            return self.untouched(account);
        }
        let findings = self.pen.findings();
        let of_account = findings.budget.iter().filter(|r| r.account == account);
        let scale = match largest(of_account.map(|r| &r.value)) {
            x if x >= 10e3 => Scale::THOUSANDS,
            _ => Scale::WHOLE,
        };
        let label = account_label(self.language(), account);
        let unit = kroner_unit(self.language(), scale);
        let caption = words::by_year(self.language(), label, unit, self.pen.price_level());
        let total = self.total_row(account, scale);
        let running = self.running_row(account, scale);
        let phase_in = self.phase_in_row(account, scale);
        let rows: Vec<Markup> = self.source_rows(account, &sources, scale);
        let years = &self.pen.findings().years;
        Self::wide(
            &caption,
            html! {
                thead { tr {
                    th scope="col" { (words::SOURCE_OF_CHANGE.text(self.language())) }
                    @for year in years { th.number scope="col" { (year) } }
                    th.number scope="col" { (words::PRESENT_VALUE.text(self.language())) }
                } }
                tbody {
                    (total)
                    @for row in rows { (row) }
                    (phase_in)
                    (running)
                }
            },
        )
    }

    /// Nothing happens here; its figures lead to these words.
    fn untouched(&mut self, account: Account) -> Markup {
        let findings = self.pen.findings();
        let years = findings.years.iter();
        let key = account.key();
        let mut ids: Vec<String> = years.clone().map(|y| format!("years.{key}.{y}")).collect();
        let running = findings.running.iter().filter(|r| r.account == account);
        ids.extend(running.map(|r| format!("running.{key}.{}", r.year)));
        ids.extend([format!("x.{key}"), format!("phase_in.{key}")]);
        self.explained.extend(ids.iter().cloned());
        let words = words::UNTOUCHED.text(self.language());
        html! {
            p {
                @for id in &ids { span id=(anchor(id)) {} }
                strong { (account_label(self.language(), account)) ": " } (words)
            }
        }
    }

    fn total_row(&mut self, account: Account, scale: Scale) -> Markup {
        let findings = self.pen.findings();
        let rows = findings.budget.iter().filter(|r| r.account == account);
        let mut cells: Vec<(String, String)> = rows
            .map(|row| {
                let id = format!("years.{}.{}", account.key(), row.year);
                (id, self.pen.cell(scale, row.value.mean, row.value.mcse))
            })
            .collect();
        let x = self.horizon(account);
        let id = format!("x.{}", account.key());
        cells.push((id, self.pen.cell(scale, x.mean, x.mcse)));
        let label = Term::InTotal.text(self.language());
        self.landing_row("main", label, &cells)
    }

    /// A row whose cells are figures, each marked.
    fn landing_row(&mut self, class: &str, label: &str, cells: &[(String, String)]) -> Markup {
        let cells: Vec<(String, Markup)> = cells
            .iter()
            .map(|(id, text)| (anchor(id), self.landing(id, text)))
            .collect();
        html! {
            tr class=(class) {
                th scope="row" { (label) }
                @for (id, cell) in cells { td.number id=(id) { (cell) } }
                // the present value has no running account
                @if class == "detail" { td {} }
            }
        }
    }

    fn horizon(&self, account: Account) -> crate::analysis::Summary {
        let findings = self.pen.findings();
        let mut rows = findings.present_value.iter();
        let row = rows.find(|r| r.account == account && r.years == findings.verdict_years);
        row.map(|row| cost(&row.value)).unwrap_or_default()
    }

    fn running_row(&mut self, account: Account, scale: Scale) -> Markup {
        let findings = self.pen.findings();
        let rows = findings.running.iter().filter(|r| r.account == account);
        let cells: Vec<(String, String)> = rows
            .map(|row| {
                let id = format!("running.{}.{}", account.key(), row.year);
                (id, self.pen.cell(scale, row.value.mean, row.value.mcse))
            })
            .collect();
        if cells.is_empty() {
            return html! {};
        }
        let label = words::ADDED_UP.text(self.language());
        self.landing_row("detail", &label, &cells)
    }

    fn phase_in_row(&mut self, account: Account, scale: Scale) -> Markup {
        let findings = self.pen.findings();
        let rows = findings.budget.iter().filter(|r| r.account == account);
        let rows: Vec<(f64, f64)> = rows.map(|r| (r.phase_in, r.value.mcse)).collect();
        let id = format!("phase_in.{}", account.key());
        self.explained.insert(id.clone());
        let cells: Vec<String> = rows
            .iter()
            .map(|(phase_in, mcse)| self.pen.cell(scale, *phase_in, *mcse))
            .collect();
        let label = words::OF_WHICH.text(self.language());
        let label = self.landing(&id, &label);
        html! {
            tr.detail id=(anchor(&id)) {
                th scope="row" { (label) }
                @for cell in cells { td.number { (cell) } }
                td {}
            }
        }
    }

    fn source_rows(&mut self, account: Account, sources: &[&Source], scale: Scale) -> Vec<Markup> {
        let at = account.index();
        let findings = self.pen.findings();
        let error = |year: i32| {
            let mut rows = findings.budget.iter();
            let row = rows.find(|r| r.account == account && r.year == year);
            row.map_or(0.0, |r| r.value.mcse)
        };
        let total = self.horizon(account).mcse;
        let mut rows = Vec::new();
        for source in sources {
            let years = findings.years.iter().zip(&source.budget[at]);
            let cells: Vec<String> = years
                .map(|(year, value)| self.pen.cell(scale, *value, error(*year)))
                .collect();
            let present = self.pen.cell(scale, source.present[at], total);
            let tag = tag_id(self.pen.model(), source.tag);
            let id = format!("waterfall.{}.{tag}", account.key());
            // of a mechanism on several services the first row is where its line leads
            let first = self.explained.insert(id.clone());
            let label = source_label(
                self.pen.model(),
                source.tag,
                source.service,
                self.language(),
            );
            rows.push(html! {
                tr id=[first.then(|| anchor(&id))] {
                    th scope="row" { a href={ "#" (self.formula_anchor(source)) } { (label) } }
                    @for cell in cells { td.number { (cell) } }
                    td.number { (present) }
                }
            });
        }
        rows
    }

    fn formula_anchor(&self, source: &Source) -> String {
        let tag = tag_id(self.pen.model(), source.tag);
        let services = &self.pen.model().world.services;
        let service = source.service.map(|s| services[s as usize].id.as_str());
        word(&format!("l.{tag}.{}", service.unwrap_or("")))
    }

    fn municipalities(&mut self) -> Markup {
        let grounds = self.grounds;
        let moving = |s: &&Source| s.municipalities.iter().any(|x| *x != 0.0);
        let sources: Vec<&Source> = grounds.sources.iter().filter(moving).collect();
        let findings = self.pen.findings();
        let scale = match largest(findings.municipalities.iter().map(|r| &r.x)) {
            x if x >= 10e3 => Scale::THOUSANDS,
            _ => Scale::WHOLE,
        };
        let unit = kroner_unit(self.language(), scale);
        let caption = words::by_municipality(self.language(), unit, self.pen.price_level());
        let mut rows = Vec::new();
        for row in &findings.municipalities {
            let m = row.municipality.0 as usize;
            let municipality = &self.pen.model().world.municipalities[m];
            let total = cost(&row.x);
            let each = municipalities::per_inhabitant(row);
            let id = format!("municipalities.{}", municipality.code);
            let name = self.landing(&id, &municipality.name);
            rows.push(html! {
                tr id=(anchor(&id)) {
                    th scope="row" { (name) }
                    td.number { (self.pen.cell(scale, total.mean, total.mcse)) }
                    td.number { (count(self.language(), row.inhabitants.round().max(0.0) as usize)) }
                    td.number { (self.pen.cell(Scale::PER_INHABITANT, each.mean, each.mcse)) }
                    @for source in &sources {
                        td.number { (self.pen.cell(scale, source.municipalities[m], total.mcse)) }
                    }
                }
            });
        }
        let labels: Vec<Markup> = sources
            .iter()
            .map(|s| {
                let label = source_label(self.pen.model(), s.tag, s.service, self.language());
                html! { a href={ "#" (self.formula_anchor(s)) } { (label) } }
            })
            .collect();
        Self::wide(
            &caption,
            html! {
                thead { tr {
                    th scope="col" { (Term::Municipality.text(self.language())) }
                    th.number scope="col" { (Term::InTotal.text(self.language())) }
                    th.number scope="col" { (words::INHABITANTS.text(self.language())) }
                    th.number scope="col" { (words::PER_INHABITANT.text(self.language())) }
                    @for label in labels { th.number scope="col" { (label) } }
                } }
                tbody { @for row in rows { (row) } }
            },
        )
    }

    // ---- indicators ---------------------------------------------------------------------------

    fn indicators(&mut self) -> Markup {
        let findings = self.pen.findings();
        let stated = &self.pen.model().agreement.indicators;
        let mut rows = Vec::new();
        for (at, indicator) in stated.iter().enumerate() {
            let own = findings.indicators.iter().filter(|r| r.indicator == at);
            let own: Vec<&IndicatorRow> = own.collect();
            if own.is_empty() || indicator.tag == IndicatorTag::NotModelled {
                continue;
            }
            let label = self.language().of(&indicator.label);
            rows.push(self.indicator(label, &indicator.id, &own));
        }
        if rows.is_empty() {
            return html! {};
        }
        let caption = words::INDICATORS_CAPTION.text(self.language());
        let table = Self::wide(
            &caption,
            html! {
                thead { tr {
                    th scope="col" { (Term::Indicator.text(self.language())) }
                    @for year in &findings.years { th.number scope="col" { (year) } }
                } }
                tbody { @for row in rows { (row) } }
            },
        );
        let changes = stated.iter().zip(&self.grounds.indicators);
        let changes: Vec<Markup> = changes
            .filter(|(_, rested)| !rested.formula.is_empty())
            .map(|(indicator, rested)| {
                html! {
                    p { strong { (self.language().of(&indicator.label)) } ". "
                        (words::CHANGE_OF.text(self.language())) }
                    (self.terms(rested, 1.0))
                }
            })
            .collect();
        html! { (table) @for change in changes { (change) } }
    }

    fn indicator(&mut self, label: &str, id: &str, rows: &[&IndicatorRow]) -> Markup {
        let levels = activity::scale(largest(rows.iter().map(|r| &r.counterfactual)));
        let changes = activity::scale(largest(rows.iter().map(|r| &r.difference)));
        let level = |s: &crate::analysis::Summary| self.pen.plain(levels, s.mean, s.mcse);
        let without: Vec<String> = rows.iter().map(|r| level(&r.counterfactual)).collect();
        let with: Vec<String> = rows.iter().map(|r| level(&r.agreement)).collect();
        let differences: Vec<(String, String)> = rows
            .iter()
            .map(|r| {
                let d = &r.difference;
                let text = self.pen.cell(changes, d.mean, d.mcse);
                (format!("indicators.{id}.{}", r.year), text)
            })
            .collect();
        let named = |term: Term| format!("{label}, {}", term.text(self.language()));
        let (unchanged, agreed) = (named(Term::Without), named(Term::With));
        let difference = self.landing_row("main", &named(Term::Difference), &differences);
        html! {
            tr { th scope="row" { (unchanged) } @for text in without { td.number { (text) } } }
            tr { th scope="row" { (agreed) } @for text in with { td.number { (text) } } }
            (difference)
        }
    }

    // ---- what is no sum -----------------------------------------------------------------------

    /// Definitions, and what each is made of.
    fn others(&mut self) -> Markup {
        let findings = self.pen.findings();
        let mut figures: Vec<String> = Vec::new();
        let accounts = self.pen.accounts();
        figures.extend(accounts.iter().map(|a| format!("probability.{}", a.key())));
        figures.extend(Settled::ALL.map(|s| format!("compensation.{}", s.key())));
        let liquid = findings.liquidity.iter();
        figures.extend(liquid.map(|r| format!("liquidity.{}", r.account.key())));
        figures.extend(findings.gp.iter().map(|r| format!("gp.{}", r.year)));
        let facts: Vec<Markup> = figures.iter().map(|id| self.other(id)).collect();
        html! { dl { @for fact in facts { (fact) } } }
    }

    fn other(&mut self, id: &str) -> Markup {
        let (model, findings) = (self.pen.model(), self.pen.findings());
        let Some(figure) = named(model, findings, id) else {
            return html! {};
        };
        let name = title(model, findings, figure, self.language());
        let name = self.landing(id, &name);
        let parts = made_of(model, findings, figure);
        html! {
            div id=(anchor(id)) {
                dt { (name) }
                dd {
                    (words::definition(self.language(), figure)) " "
                    (self.value(figure))
                    (words::MADE_OF.text(self.language()))
                    @for (i, part) in parts.iter().enumerate() {
                        @if i > 0 { ", " }
                        a href={ "#" (anchor(part)) } {
                            (words::short_name(self.language(), part))
                        }
                    }
                    "."
                }
            }
        }
    }

    /// The value, where the sentence beside it can carry it.
    fn value(&self, figure: Figure) -> String {
        let pen = &self.pen;
        let verdict = pen.verdict();
        let text = match figure {
            Figure::Probability(Account::Society) => Some(pen.out_of(verdict.society)),
            Figure::Probability(account) => {
                let mut parties = verdict.parties.iter();
                let party = parties.find(|p| p.account == account);
                party.map(|p| pen.out_of(p.p_holds))
            }
            Figure::Gp(year) => {
                let mut rows = pen.findings().gp.iter();
                let row = rows.find(|r| r.year == year);
                row.map(|r| {
                    let scale = Scale::of_sentence(r.income.mean);
                    let digits = pen.cell(scale, r.income.mean, r.income.mcse);
                    let units = pen.cell(Scale::WHOLE, r.units.mean, r.units.mcse);
                    let income = pen.say(Sentence::Kroner(&digits, scale));
                    words::practice_counts(self.language(), &units, &income)
                })
            }
            _ => None,
        };
        text.map_or(String::new(), |text| format!("{text}. "))
    }

    // ---- formulas and assumptions -------------------------------------------------------------

    fn formulas(&mut self) -> Markup {
        let notes = [
            Term::FormulaNote.text(self.language()).to_owned(),
            words::FORMULA_OF.text(self.language()),
        ];
        html! {
            p { (notes.join(" ")) }
            @for source in &self.grounds.sources {
                div.formula id=(self.formula_anchor(source)) {
                    h4 { (source_label(self.pen.model(), source.tag, source.service, self.language())) }
                    @for (party, rested) in &source.formulas {
                        p { (account_label(self.language(), Account::Party(*party))) ":" }
                        (self.terms(rested, 1.0))
                    }
                }
            }
        }
    }

    fn terms(&self, rested: &Rested, sign: f64) -> Markup {
        let shown = rested.formula.iter().take(TERMS);
        let more = rested.formula.len().saturating_sub(TERMS);
        html! {
            ul {
                @for (weight, text) in shown {
                    li { (number_of(self.language(), sign * weight))
                        @if !text.is_empty() { " × " (formula(self.language(), text)) } }
                }
                @if more > 0 { li { (Sentence::MoreTerms(more).text(self.language())) } }
            }
            @if !rested.parameters.is_empty() {
                p.rests {
                    (words::ASSUMPTIONS.text(self.language()))
                    @for (i, id) in rested.parameters.iter().enumerate() {
                        @if i > 0 { ", " }
                        (self.to_parameter(*id))
                    }
                    "."
                }
            }
        }
    }

    fn to_parameter(&self, id: ParameterId) -> Markup {
        let parameter = self.pen.model().parameter(id);
        let figure = format!("parameters.{}", parameter.name);
        html! { a href={ "#" (anchor(&figure)) } { (parameter.name) } }
    }

    fn parameters(&mut self) -> Markup {
        let model = self.pen.model();
        let caption = words::PARAMETERS_CAPTION.text(self.language());
        let shown: Vec<&Parameter> = model.parameters.iter().collect();
        let rows: Vec<Markup> = shown.into_iter().map(|p| self.parameter(p)).collect();
        let columns = [
            words::VALUE,
            words::UNIT,
            words::PRICE_YEAR,
            words::GRADE,
            words::BINDS,
            words::APPROVED,
            words::SOURCE,
            words::PLACE,
        ];
        Self::wide(
            &caption,
            html! {
                thead { tr {
                    th scope="col" { (Term::Assumption.text(self.language())) }
                    @for column in columns { th scope="col" { (column.text(self.language())) } }
                } }
                tbody { @for row in rows { (row) } }
            },
        )
    }

    fn parameter(&mut self, parameter: &Parameter) -> Markup {
        let language = self.language();
        let id = format!("parameters.{}", parameter.name);
        let label = language.of(&parameter.label).to_owned();
        let label = self.landing(&id, &label);
        let binds = parameter.owner.map_or(Term::World.text(language), |party| {
            account_label(language, Account::Party(party))
        });
        let approved = Term::approval(parameter.owner, parameter.is_approved());
        let year = parameter.price.as_ref().map(|p| p.year.to_string());
        let origin = &parameter.origin;
        html! {
            tr id=(anchor(&id)) {
                th scope="row" { (label) br; code { (parameter.name) } }
                td { (quantity(language, self.pen.model(), &parameter.quantity)) }
                td { (parameter.unit) }
                td { (year.unwrap_or_default()) }
                td { (parameter.grade.key()) }
                td { (binds) }
                td { (approved.text(language)) }
                td.source { (source(&parameter.source)) }
                td.source { (origin.file) ":" (origin.line) }
            }
        }
    }
}

/// A source, as a link where it is an address.
fn source(source: &str) -> Markup {
    let address = source.starts_with("https://") && !source.contains(char::is_whitespace);
    match address {
        true => html! { a href=(source) { (source) } },
        false => html! { (source) },
    }
}
