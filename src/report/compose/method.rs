//! How this run was computed: the model in plain words, then the equations that it uses.
//!
//! ```text
//!   model ─▶ in plain words │ equations by fixed number, with what uses each │ distributions
//! ```
//!
//! Promise: an equation is here if a mechanism, payment or rule of this run uses it, and not
//! otherwise. Absent: derivations, and equations of other runs.

use super::cheers::discount;
use super::pen::Pen;
use crate::model::{
    MechanismKind, Model, Principle, Quantity, Quota, Rule, TotalRule, Transfer, Words,
};
use crate::random::Law;
use crate::report::Run;
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::{Scale, count};
use crate::report::words::method as words;
use crate::report::words::method::{Equation, Plain};
use crate::report::words::{Language, joined};
use crate::verdict::Outcome;

/// Users of an equation that are named.
const NAMED: usize = 4;

/// The annex of a run.
pub fn method(run: &Run, language: Language) -> Document {
    let pen = Pen::new(run, language);
    let mut document = Document::new(words::TITLE.text(language));
    plainly(&pen, &mut document);
    document.push(Block::Heading(words::EQUATIONS.text(language)));
    document.push(Block::Table(equations(&pen)));
    document.push(Block::Heading(words::LAWS.text(language)));
    document.push(Block::Table(distributions(&pen)));
    document
}

fn plainly(pen: &Pen, document: &mut Document) {
    let model = pen.model();
    let language = pen.language;
    let number = |n: usize| count(language, n);
    let uncertain: usize = laws(model).iter().map(|(_, n)| n).sum();
    let run = Plain {
        title: language.of(&model.agreement.title),
        world: language.of(&model.world.title),
        municipalities: &number(model.world.municipalities.len()),
        comparator: language.of(&model.agreement.comparator),
        horizon: pen.horizon(),
        price_level: pen.price_level(),
        discount: &discount(pen),
        times: &number(pen.findings().replicates),
        parameters: &number(model.parameters.len()),
        uncertain: &number(uncertain),
        confidence: &pen.plain(Scale::PERCENT, model.balance.confidence, 0.0),
    };
    document.push(Block::Heading(words::PLAINLY.text(language)));
    if pen.verdict().outcome == Outcome::NotClarified {
        let text = crate::report::words::Term::NoVerdictBefore.text(language);
        document.push(Block::paragraph(text.to_owned()));
        return;
    }
    for (heading, text) in words::plain(language, &run) {
        document.push(Block::Subheading(heading));
        document.push(Block::paragraph(text));
    }
}

// ---- equations --------------------------------------------------------------------------------

fn equations(pen: &Pen) -> Table {
    let columns = [words::FORMULA, words::MEANING, words::USED_BY];
    let columns = columns.map(|word| Column::words(word.text(pen.language)));
    let caption = words::CAPTION.text(pen.language);
    let label = words::EQUATION.text(pen.language);
    let mut table = Table::new(caption, label, columns.into());
    for (equation, users) in used(pen.model()) {
        let mut names: Vec<String> = users
            .iter()
            .map(|words| pen.language.of(words).to_owned())
            .filter(|name| !name.is_empty())
            .collect();
        names.dedup();
        let by = match names.len() {
            0 => words::ALWAYS.text(pen.language),
            n if n <= NAMED => joined(pen.language, &names),
            _ => {
                let first = names[..NAMED].join(", ");
                format!("{first}{}", words::AND_OTHERS.text(pen.language))
            }
        };
        let label = format!("M-{} {}", equation.id, equation.name.text(pen.language));
        let formula = words::formula(pen.language, &equation);
        table.explaining(
            equation_id(&equation),
            label,
            [formula, equation.says.text(pen.language), by],
        );
    }
    table
}

/// Equations that figures rest on, as ids that lead to them.
pub fn leads<const N: usize>(equations: [Equation; N]) -> [String; N] {
    equations.each_ref().map(equation_id)
}

/// Equations of a payment, as ids that lead to them.
pub fn of_payment(transfer: &Transfer) -> Vec<String> {
    let mut used = Used(Vec::new());
    payment(transfer, &mut used);
    used.0.iter().map(|(e, _)| equation_id(e)).collect()
}

/// The id of an equation, where figures lead.
pub fn equation_id(equation: &Equation) -> String {
    format!("equation.{}", equation.id)
}

/// Equations of a model, in order, with the labels of what uses each.
struct Used<'a>(Vec<(Equation, Vec<&'a Words>)>);

impl<'a> Used<'a> {
    fn add(&mut self, equation: Equation, by: Option<&'a Words>) {
        let at = self.0.iter().position(|(e, _)| e.id == equation.id);
        let at = at.unwrap_or_else(|| {
            self.0.push((equation, Vec::new()));
            self.0.len() - 1
        });
        self.0[at].1.extend(by);
    }
}

fn used(model: &Model) -> Vec<(Equation, Vec<&Words>)> {
    let mut used = Used(Vec::new());
    used.add(words::VOLUME, None);
    activity(model, &mut used);
    capacity(model, &mut used);
    let regimes = model.world.regimes.iter().flat_map(|r| &r.transfers);
    for transfer in model.agreement.transfers.iter().chain(regimes) {
        payment(transfer, &mut used);
    }
    result(model, &mut used);
    used.0.sort_by_key(|(equation, _)| equation.id);
    used.0
}

fn activity<'a>(model: &'a Model, used: &mut Used<'a>) {
    for coverage in &model.agreement.coverages {
        let by = Some(&coverage.label);
        used.add(words::COVERAGE, by);
        if coverage.selection.is_some() {
            used.add(words::PICKED, by);
        }
        if coverage.assigned.is_some() {
            used.add(words::ASSIGNED, by);
        }
        if !coverage.limited_by.is_empty() {
            used.add(words::LIMITS, by);
        }
    }
    for group in model.world.groups.iter().filter(|g| g.dynamics.is_some()) {
        used.add(words::DYNAMICS, Some(&group.label));
        if !group.utility.is_empty() {
            used.add(words::QALY, Some(&group.label));
        }
    }
    for drift in &model.world.drifts {
        used.add(words::DRIFT, Some(&drift.label));
    }
    for mechanism in &model.agreement.mechanisms {
        let equation = match &mechanism.kind {
            MechanismKind::Effect(_) => words::EFFECT,
            MechanismKind::Shift(_) => words::SHIFT,
            MechanismKind::Provide(provide) => match provide.quantity {
                Quota::PerPersonYear(_) => words::PROVIDE_YEAR,
                Quota::PerNewPerson(_) => words::PROVIDE_NEW,
                Quota::PerEvent(..) => words::PROVIDE_EVENT,
            },
            MechanismKind::Operate(_) => words::OPERATE,
            MechanismKind::Invest(_) => words::INVEST,
            MechanismKind::Places(_) => words::PLACES,
            MechanismKind::Workforce(_) => words::STAFF,
            MechanismKind::SavedTime(_) => words::SAVED,
            MechanismKind::Joint(_) => words::JOINT,
            MechanismKind::Transition(_) => words::TRANSITION,
        };
        used.add(equation, Some(&mechanism.label));
    }
}

fn capacity<'a>(model: &'a Model, used: &mut Used<'a>) {
    used.add(words::COST, None);
    for (s, service) in model.world.services.iter().enumerate() {
        if model
            .release_of(crate::model::ServiceId(s as u16))
            .is_some()
        {
            used.add(words::STEPS, Some(&service.label));
        }
    }
    for backfill in &model.agreement.backfills {
        let service = &model.world.services[backfill.service.0 as usize];
        used.add(words::BACKFILL, Some(&service.label));
    }
}

fn payment<'a>(transfer: &'a Transfer, used: &mut Used<'a>) {
    let by = Some(&transfer.label);
    let equation = match &transfer.rule {
        Rule::PerUnit { .. } => words::PER_UNIT,
        Rule::PerCoveredPersonYear { .. } => words::PER_PERSON,
        Rule::ActualCost { .. } => words::ACTUAL,
        Rule::TariffShare { .. } => words::TARIFF,
        Rule::GpFee { .. } => words::FEE,
        Rule::LumpSum { .. } => words::LUMP,
        Rule::ReturnByPopulation { .. } => words::RETURN,
        Rule::Course(_) => words::COURSE,
        Rule::OnTotals(rule) => {
            if bends(rule) {
                used.add(words::BEND, by);
            }
            on_totals(rule)
        }
    };
    used.add(equation, by);
}

fn on_totals(rule: &TotalRule) -> Equation {
    match rule {
        TotalRule::Ceiling { .. } => words::CEILING,
        TotalRule::Pool { .. } => words::POOL,
        TotalRule::GainShare(_) => words::GAIN,
        TotalRule::Corridor { .. } => words::CORRIDOR,
        TotalRule::Fund { .. } => words::FUND,
        TotalRule::Availability { .. } => words::AVAILABILITY,
        TotalRule::Suspense(_) => words::SUSPENSE,
        TotalRule::Steps(_) => words::CRITERIA,
        TotalRule::NeedSum { .. } => words::NEED,
    }
}

/// Whether the rule is not linear in the total.
fn bends(rule: &TotalRule) -> bool {
    match rule {
        TotalRule::Pool { deficit_share, .. } => deficit_share.is_some(),
        TotalRule::Suspense(_) | TotalRule::NeedSum { .. } => false,
        _ => true,
    }
}

fn result<'a>(model: &'a Model, used: &mut Used<'a>) {
    for equation in [
        words::X,
        words::SOCIETY,
        words::HOLDS,
        words::PRICE,
        words::CHANCE,
        words::IMPORTANCE,
    ] {
        used.add(equation, None);
    }
    if model.balance.principle == Principle::NoLossNoProfit {
        used.add(words::NO_PROFIT, Some(&model.balance.title));
    }
    let followed = model.agreement.indicators.iter();
    for indicator in followed.filter(|i| !i.services.is_empty()) {
        used.add(words::BAND, Some(&indicator.label));
    }
}

// ---- distributions ----------------------------------------------------------------------------

fn distributions(pen: &Pen) -> Table {
    let columns = vec![Column::numbers(words::PARAMETERS.text(pen.language))];
    let caption = words::LAWS_CAPTION.text(pen.language);
    let label = words::LAW.text(pen.language);
    let mut table = Table::new(caption, label, columns);
    for (family, n) in laws(pen.model()) {
        let name = words::family(pen.language, family);
        table.row(Rank::Main, name, [count(pen.language, n)]);
    }
    table
}

/// Families of distributions that a model's uncertain parameters have, and how many each.
pub fn laws(model: &Model) -> Vec<(&'static str, usize)> {
    let drawn = |quantity: &Quantity| match quantity {
        Quantity::Law(law) if !law.is_fixed() => Some(family(law)),
        _ => None,
    };
    let found: Vec<&str> = model
        .parameters
        .iter()
        .filter_map(|p| drawn(&p.quantity))
        .collect();
    let count = |family: &&'static str| {
        let n = found.iter().filter(|f| *f == family).count();
        (n > 0).then_some((*family, n))
    };
    words::FAMILIES.iter().filter_map(count).collect()
}

/// The family by the name that its description begins with.
fn family(law: &Law) -> &'static str {
    let described = law.describe();
    let mut known = words::FAMILIES.into_iter();
    known
        .find(|family| described.starts_with(family))
        .unwrap_or(words::OTHER_FAMILY)
}
