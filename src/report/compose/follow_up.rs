//! The follow-up plan, and a clause to negotiate where balance takes a compensation.
//!
//! Promise: a trigger is printed as agreed only where the scenario says so; what is not agreed is
//! said to be that. Absent: measured figures.

use super::pen::Pen;
use crate::analysis::Account;
use crate::model::Party;
use crate::model::{Indicator, Key};
use crate::report::document::{Block, Cell, Column, Document, Rank, Table, Text};
use crate::report::few::FEW;
use crate::report::monitoring::{Band, bands};
use crate::report::number::Scale;
use crate::report::words::annex as annex_words;
use crate::report::words::paper as words;
use crate::report::words::{Payer, Sentence, Term, account_subject, joined};
use crate::verdict::Outcome;

/// Indicators followed up.
const FOLLOWED: usize = 5;

/// Indicators with bands by year, and what is agreed about them.
pub fn follow_up(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(annex_words::FOLLOW_UP.text(pen.language)));
    let table = plan(pen);
    let followed = !table.rows.is_empty();
    match followed {
        true => document.push(Block::Table(table)),
        false => document.push(Block::paragraph(
            words::NOTHING_TO_FOLLOW.text(pen.language),
        )),
    }
    document.push(Block::facts(agreed(pen, followed)));
}

fn plan(pen: &Pen) -> Table {
    let years = years_shown(pen.verdict_years());
    let columns = years.iter().map(|y| Column::numbers(y.to_string()));
    let caption = words::follow_up(pen.language).to_owned();
    let mut table = Table::new(caption, pen.term(Term::Indicator), columns.collect());
    let bands = bands(pen.run());
    let mut all: Vec<&Indicator> = pen.model().agreement.indicators.iter().collect();
    all.sort_by_key(|stated| !of_admissions(pen, stated));
    for stated in all {
        let own: Vec<Option<&Band>> = years
            .iter()
            .map(|year| {
                let mut all = bands.iter();
                all.find(|b| b.indicator == stated.id && b.year == *year)
            })
            .collect();
        if own.iter().any(Option::is_some) && table.rows.len() < FOLLOWED {
            let cell = |band: &Option<&Band>| match band {
                Some(band) => {
                    let figure = format!("indicators.{}.{}", band.indicator, band.year);
                    Cell::of(figure, cell(pen, band))
                }
                None => String::new().into(),
            };
            let cells: Vec<Cell> = own.iter().map(cell).collect();
            table.row(Rank::Main, pen.language.of(&stated.label), cells);
        }
    }
    table
}

/// Whether an indicator counts admissions: they come first. A service tells it by its id.
pub fn of_admissions(pen: &Pen, stated: &Indicator) -> bool {
    let services = &pen.model().world.services;
    let mut units = stated.services.iter().map(|s| &services[s.0 as usize]);
    units.any(|service| service.id.contains("indlaeggelse") || service.id.contains("admission"))
}

/// The first full year and the last: more columns leave no room for bands.
fn years_shown(years: &[i32]) -> Vec<i32> {
    let mut shown: Vec<i32> = years
        .get(1)
        .or(years.first())
        .copied()
        .into_iter()
        .collect();
    shown.extend(years.last());
    shown.dedup();
    shown
}

/// "1.153 (938–1.369)"; fewer than five are not told apart.
fn cell(pen: &Pen, band: &Band) -> String {
    let Some(expected) = band.expected else {
        return FEW.to_owned();
    };
    // a band is an approximation: three digits of its width are all it carries
    let mut finest = 0;
    let mut left = band.high;
    while left >= 1000.0 {
        left /= 10.0;
        finest += 1;
    }
    let whole = |x: f64| pen.plain(Scale { unit: 0, finest }, x, 0.0);
    format!(
        "{} ({}–{})",
        whole(expected),
        whole(band.low),
        whole(band.high)
    )
}

fn agreed(pen: &Pen, followed: bool) -> Vec<(String, String)> {
    let language = pen.language;
    let plan = &pen.model().agreement.governance.follow_up;
    let days: Vec<String> = plan
        .dates
        .iter()
        .map(|d| words::day(language, *d))
        .collect();
    let mut talks = Vec::new();
    talks.extend(plan.quarters_outside.map(|n| words::outside(language, n)));
    let trigger = language.of(&plan.trigger);
    talks.extend((!trigger.is_empty()).then(|| trigger.to_owned()));
    if talks.is_empty() {
        talks.push(match followed {
            true => words::NO_TRIGGER.text(language),
            false => words::NOT_AGREED.text(language),
        });
    }
    let stated = [
        (words::MEASURED, words::OPEN_DAYS, joined(language, &days)),
        (
            words::RESPONSIBLE,
            words::OPEN_WHO,
            plan.responsible.clone(),
        ),
        (words::GAIN_OWNER, words::OPEN_GAIN, plan.gain_owner.clone()),
    ];
    let open = stated.iter().filter(|(_, _, text)| text.is_empty());
    let open: Vec<String> = open.map(|(_, open, _)| open.text(language)).collect();
    let agreed = stated.iter().filter(|(_, _, text)| !text.is_empty());
    let mut facts: Vec<(String, String)> = agreed
        .map(|(label, _, text)| (label.text(language), text.clone()))
        .collect();
    if !open.is_empty() {
        let open = format!("{}.", joined(language, &open));
        facts.push((words::OPEN.text(language), open));
    }
    facts.push((words::TALKS.text(language), talks.join(" ")));
    facts
}

/// T* as a clause: who pays whom, a year and in all, and how it is divided.
pub fn clause(pen: &Pen, document: &mut Document) {
    if pen.verdict().outcome != Outcome::BalancedIfCompensated {
        return;
    }
    let Some(sum) = pen.verdict().compensation.t_star else {
        return;
    };
    let language = pen.language;
    let payment = pen.payment(sum.value, sum.interval);
    let party = |party: Party| account_subject(language, Account::Party(party));
    let (region, municipalities) = (party(Party::Region), party(Party::Municipality));
    let sides = match payment.payer {
        Payer::Region => (region, municipalities),
        Payer::Municipalities => (municipalities, region),
        Payer::Nobody => return,
    };
    let payer = capital(sides.0);
    let per_year = pen.payment(sum.per_year, scaled(sum.interval, sum.per_year / sum.value));
    let kroner = |p: &crate::report::words::Payment| pen.say(Sentence::Kroner(&p.digits, p.scale));
    let key = match pen.model().balance.key {
        Key::Population => words::BY_POPULATION,
        Key::Equal => words::EQUALLY,
    };
    let text = words::clause(
        language,
        (&payer, sides.1),
        &kroner(&per_year),
        pen.horizon(),
        &kroner(&payment),
        (pen.price_level(), &key.text(language)),
    );
    document.push(Block::Heading(words::CLAUSE.text(language)));
    let proposed = words::CLAUSE_IS_PROPOSED.text(language);
    let text = Text::from(format!("{text} {proposed}"));
    document.push(Block::paragraph(text.leading(["compensation.t_star"])));
}

fn scaled((low, high): (f64, f64), by: f64) -> (f64, f64) {
    (low * by, high * by)
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
