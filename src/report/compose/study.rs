//! The picked, the levels, the moved hours, the trial and the small unit.
//!
//! Promise: a before/after figure is printed only beside the controlled one.

use super::method::leads;
use super::pen::Pen;
use crate::analysis::{Account, MovedRow, NeedRow, PickedRow, PilotFindings, UnitFindings};
use crate::report::document::{Block, Column, Document, Rank, Table, Text};
use crate::report::few::{FEW, few};
use crate::report::number::{Scale, Sign, count};
use crate::report::words::method as equations;
use crate::report::words::{Study, Term};

/// Units per person, two decimals.
const PER_PERSON: Scale = Scale {
    unit: 0,
    finest: -2,
};

/// Per cent, one decimal.
const PERCENT_FINE: Scale = Scale {
    unit: -2,
    finest: -1,
};

/// The section, if there is anything to show.
pub fn write(pen: &Pen, document: &mut Document) {
    let mut blocks = Vec::new();
    picked(pen, &mut blocks);
    levels(pen, &mut blocks);
    moved(pen, &mut blocks);
    misreading(pen, &mut blocks);
    let study = &pen.findings().study;
    if let Some(found) = &study.pilot {
        blocks.push(Block::facts(pilot(pen, found)));
    }
    if let Some(found) = &study.unit {
        blocks.push(Block::facts(unit(pen, found)));
    }
    if blocks.is_empty() {
        return;
    }
    document.push(Block::Heading(say(pen, Study::Heading)));
    blocks.into_iter().for_each(|block| document.push(block));
}

fn say(pen: &Pen, words: Study) -> String {
    words.text(pen.language)
}

fn picked(pen: &Pen, blocks: &mut Vec<Block>) {
    let rows = &pen.findings().study.picked;
    if rows.iter().all(|row| row.persons.mean <= 0.0) {
        return;
    }
    let column = |words| Column::numbers(say(pen, words));
    let columns = vec![
        column(Study::Observed),
        column(Study::ExpectedWithout),
        column(Study::ExpectedWith),
    ];
    let caption = say(pen, Study::PickedCaption);
    let mut table = Table::new(caption, String::new(), columns).leading(leads([equations::PICKED]));
    let mut sentences = Vec::new();
    for row in rows.iter().filter(|row| row.persons.mean > 0.0) {
        let (observed, without, with) = row.per_person();
        let cells = [observed, without, with].map(|x| pen.plain(PER_PERSON, x, 0.0));
        table.row(Rank::Main, name(pen, row), cells.to_vec());
        sentences.push(say(
            pen,
            Study::Regression {
                name: &name(pen, row),
                persons: &match few(row.persons.mean) {
                    true => FEW.to_owned(),
                    false => count(pen.language, row.persons.mean.round() as usize),
                },
                before_after: &percent(pen, row.before_after()),
                controlled: &pen.cell(PERCENT_FINE, -row.controlled(), 0.0),
            },
        ));
    }
    blocks.push(Block::Table(table));
    blocks.push(Block::list(sentences));
}

fn name(pen: &Pen, row: &PickedRow) -> String {
    let coverage = &pen.model().agreement.coverages[row.coverage];
    pen.language.of(&coverage.label).to_owned()
}

/// Whole per cent, a decimal below ten.
fn percent(pen: &Pen, share: f64) -> String {
    let finest = if share.abs() < 0.1 { -1 } else { 0 };
    let scale = Scale { unit: -2, finest };
    pen.plain(scale, share, 0.0)
}

fn levels(pen: &Pen, blocks: &mut Vec<Block>) {
    let rows = &pen.findings().study.levels;
    let Some(last) = pen.verdict_years().last().filter(|_| !rows.is_empty()) else {
        return;
    };
    let caption = say(pen, Study::LevelsCaption(*last));
    let mut table = Table::new(caption, pen.term(Term::Indicator), pen.without_and_with())
        .leading(leads([equations::ASSIGNED]));
    let mut shown = None;
    for row in rows {
        if shown != Some(row.indicator) {
            let indicator = &pen.model().agreement.indicators[row.indicator];
            let label = pen.language.of(&indicator.label);
            table.row(Rank::Main, label, vec![String::new(); 4]);
            shown = Some(row.indicator);
        }
        level(pen, &mut table, row);
    }
    blocks.push(Block::Table(table));
}

fn level(pen: &Pen, table: &mut Table, row: &NeedRow) {
    let label = match row.level {
        Some(level) => say(pen, Study::Level(level)),
        None => say(pen, Study::Gap),
    };
    let with = row.before.mean + row.change.mean;
    let fine = Scale {
        unit: 0,
        finest: -3,
    };
    let cells = vec![
        pen.plain(fine, row.before.mean, row.before.mcse),
        pen.plain(fine, with, row.before.mcse + row.change.mcse),
        pen.cell(fine, row.change.mean, row.change.mcse),
        pen.interval(fine, Sign::Both, &row.change),
    ];
    table.row(Rank::Detail, label, cells);
}

fn moved(pen: &Pen, blocks: &mut Vec<Block>) {
    let rows = &pen.findings().study.moved;
    for (r, stated) in pen.model().agreement.reallocations.iter().enumerate() {
        let columns = [Study::PerPerson, Study::InAll, Study::Persons]
            .map(|words| Column::numbers(say(pen, words)));
        let caption = say(pen, Study::MovedCaption(pen.language.of(&stated.label)));
        let mut table = Table::new(caption, String::new(), columns.to_vec())
            .leading(leads([equations::ASSIGNED]));
        for row in rows.iter().filter(|row| row.reallocation == r) {
            moved_row(pen, &mut table, row);
        }
        blocks.push(Block::Table(table));
    }
}

fn moved_row(pen: &Pen, table: &mut Table, row: &MovedRow) {
    let label = match row.receives {
        true => Study::Receives(row.level),
        false => Study::Gives(row.level),
    };
    let (units, persons) = (row.units.mean, row.persons.mean);
    let per_person = if persons > 0.0 { units / persons } else { 0.0 };
    let all = match few(persons) {
        true => String::new(),
        false => pen.cell(Scale::WHOLE, units, row.units.mcse),
    };
    let cells = vec![
        pen.cell(PER_PERSON, per_person, 0.0),
        all,
        pen.counted(Scale::WHOLE, &row.persons),
    ];
    table.row(Rank::Main, say(pen, label), cells);
}

fn misreading(pen: &Pen, blocks: &mut Vec<Block>) {
    let rows = &pen.findings().study.misreading;
    if let Some(row) = rows.iter().find(|row| row.account == Account::Society) {
        let society = pen.amount(row.cost.mean, row.cost.mcse);
        let sentence = say(pen, Study::Misreading { society: &society });
        let text = Text::from(sentence).leading(leads([equations::X]));
        blocks.push(Block::paragraph(text));
    }
}

fn pilot(pen: &Pen, found: &PilotFindings) -> Vec<(String, String)> {
    let per_person = |x: f64| pen.plain(PER_PERSON, x, 0.0);
    let persons = |x: f64| count(pen.language, x.round() as usize);
    let trial = &found.trial;
    let size = Study::SizeOf {
        control: &persons(trial.persons_control),
        treated: &persons(trial.persons_treated),
        before: &per_person(trial.rate_control),
        after: &per_person(trial.rate_treated),
    };
    let needed = match found.persons_needed {
        Some(needed) => say(pen, Study::NeededOf(&persons(needed))),
        None => say(pen, Study::NeededNone),
    };
    let power = percent(pen, found.power);
    let smallest = percent(pen, found.smallest_change);
    let mut facts = vec![
        (say(pen, Study::Size), say(pen, size)),
        (
            say(pen, Study::Power),
            say(pen, Study::PowerOf { power: &power }),
        ),
        (
            say(pen, Study::Smallest),
            say(pen, Study::SmallestOf(&smallest)),
        ),
        (say(pen, Study::Needed), needed),
    ];
    if let (Some((seen, shrunk)), Some(twice)) = (found.shrunk, found.shrunk_twice) {
        let words = Study::ShrunkOf {
            seen: &per_person(seen),
            weight: &percent(pen, shrunk.weight),
            left: &per_person(shrunk.median),
            twice: &percent(pen, twice.weight),
        };
        facts.push((say(pen, Study::Shrunk), say(pen, words)));
    }
    facts
}

fn unit(pen: &Pen, found: &UnitFindings) -> Vec<(String, String)> {
    let Some(unit) = &pen.model().agreement.unit else {
        return Vec::new();
    };
    let kroner = |x: f64| {
        let finest = if x >= 1e5 { 3 } else { 0 };
        pen.plain(Scale { unit: 0, finest }, x, 0.0)
    };
    let citizens = |x: f64| count(pen.language, x.round() as usize);
    let budget = Study::BudgetOf {
        citizens: &citizens(unit.citizens),
        budget: &kroner(found.budget),
        sd: &percent(pen, found.sd / found.budget),
    };
    let deficit = Study::DeficitOf {
        chance: &percent(pen, found.deficit_by_chance),
        with: &percent(pen, found.deficit_with),
        surplus: &percent(pen, found.surplus_by_chance),
    };
    let mut facts = vec![
        (say(pen, Study::Budget), say(pen, budget)),
        (say(pen, Study::Deficit), say(pen, deficit)),
    ];
    if let Some(limit) = found.stop_loss {
        let words = Study::StopLossOf {
            above: &percent(pen, limit.share),
            pays: &percent(pen, limit.pays),
            premium: &kroner(limit.premium),
        };
        facts.push((say(pen, Study::StopLoss), say(pen, words)));
    }
    let larger = match found.citizens_needed {
        Some(needed) => {
            let confidence = percent(pen, pen.model().balance.confidence);
            let citizens = pen.plain(Scale { unit: 0, finest: 2 }, needed, 0.0);
            let words = Study::LargerOf {
                citizens: &citizens,
                confidence: &confidence,
            };
            say(pen, words)
        }
        None => say(pen, Study::LargerNone),
    };
    facts.push((say(pen, Study::Larger), larger));
    facts
}
