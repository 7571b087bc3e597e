//! Settlement: what payments move, where luck pays, what one more unit is worth to whom.

use super::method::{leads, of_payment};
use super::pen::Pen;
use crate::analysis::{Account, FrameRow, HolderRow, SettlementRow};
use crate::model::{MechanismKind, Party, Tag, Transfer};
use crate::plan::{Incentive, Margin, Purse};
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::number::{Scale, Sign, figure};
use crate::report::words::method as equations;
use crate::report::words::{Settling, account_label, kroner_unit};

/// Payments, incentives, frames and holders, as far as there are any.
pub fn write(pen: &Pen, document: &mut Document) {
    let tables = [payments(pen), incentives(pen), frames(pen), holders(pen)];
    let tables: Vec<Table> = tables.into_iter().filter(|t| !t.rows.is_empty()).collect();
    if tables.is_empty() {
        return;
    }
    document.push(Block::Heading(say(pen, Settling::Heading)));
    for table in tables {
        document.push(Block::Table(table));
    }
    if pulls(pen) {
        document.push(Block::paragraph(say(pen, Settling::AgainstNote)));
    }
}

fn say(pen: &Pen, phrase: Settling) -> String {
    phrase.text(pen.language).to_owned()
}

// ---- payments ---------------------------------------------------------------------------------

fn payments(pen: &Pen) -> Table {
    let years = pen.verdict_years();
    let rows: Vec<&SettlementRow> = pen
        .findings()
        .settlement
        .iter()
        .filter(|row| years.contains(&row.year))
        .collect();
    let largest = rows.iter().map(|r| r.paid.abs()).fold(0.0, f64::max);
    let scale = Scale::of_column(largest);
    let unit = kroner_unit(pen.language, scale);
    let caption = Settling::payments(pen.language, unit, pen.price_level());
    let columns = years.iter().map(|y| Column::numbers(y.to_string()));
    let table = Table::new(caption, say(pen, Settling::Payment), columns.collect());
    let mut tags: Vec<Tag> = rows.iter().map(|r| r.tag).collect();
    tags.sort_unstable();
    tags.dedup();
    let mut table = table.leading(payment_equations(pen, &tags));
    for tag in tags {
        let of = |year: &i32| {
            rows.iter()
                .find(|r| r.tag == tag && r.year == *year)
                .copied()
        };
        let each = |text: &dyn Fn(&SettlementRow) -> String| -> Vec<String> {
            years
                .iter()
                .map(|y| of(y).map_or(String::new(), text))
                .collect()
        };
        let paid = each(&|row| pen.cell(scale, row.paid, row.mcse));
        table.row(Rank::Main, name(pen, tag), paid);
        let any = |takes: &dyn Fn(&SettlementRow) -> bool| years.iter().filter_map(of).any(takes);
        if any(&|row| row.chance_premium.is_some_and(|p| p != 0.0)) {
            let premium = each(&|row| pen.cell(scale, row.chance_premium.unwrap_or(0.0), row.mcse));
            table.row(Rank::Detail, say(pen, Settling::ChancePremium), premium);
        }
        if any(&|row| row.outstanding != 0.0) {
            let waiting = each(&|row| pen.cell(scale, row.outstanding, row.mcse));
            table.row(Rank::Detail, say(pen, Settling::Outstanding), waiting);
        }
    }
    table
}

/// Equations of payments, each once.
fn payment_equations(pen: &Pen, tags: &[Tag]) -> Vec<String> {
    let transfers = tags.iter().filter_map(|tag| transfer(pen, *tag));
    let mut equations: Vec<String> = transfers.flat_map(of_payment).collect();
    equations.sort_unstable();
    equations.dedup();
    equations
}

fn transfer<'a>(pen: &Pen<'a>, tag: Tag) -> Option<&'a Transfer> {
    let model = pen.model();
    match tag {
        Tag::AgreementTransfer(i) => Some(&model.agreement.transfers[i as usize]),
        Tag::RegimeTransfer(r, i) => Some(&model.world.regimes[r as usize].transfers[i as usize]),
        _ => None,
    }
}

fn name(pen: &Pen, tag: Tag) -> String {
    let transfer = transfer(pen, tag);
    transfer.map_or(String::new(), |t| pen.language.of(&t.label).to_owned())
}

// ---- incentives -------------------------------------------------------------------------------

fn incentives(pen: &Pen) -> Table {
    let rows = &pen.findings().incentives;
    let year = rows.first().map_or(0, |r| r.year);
    let caption = Settling::incentives(pen.language, year, pen.price_level());
    let shown: Vec<usize> = (0..Purse::ALL.len())
        .filter(|p| {
            rows.iter()
                .any(|r| r.at_once[*p] != 0.0 || r.released[*p] != 0.0)
        })
        .collect();
    let columns = shown
        .iter()
        .map(|p| Column::numbers(Settling::purse(pen.language, Purse::ALL[*p])));
    let mut table = Table::new(caption, say(pen, Settling::Margin), columns.collect())
        .leading(leads([equations::COST, equations::STEPS]))
        .leading(["parameters"]);
    if shown.is_empty() {
        return table;
    }
    for row in rows {
        let cells = |values: &[f64]| -> Vec<String> {
            shown.iter().map(|p| cell(pen, values, *p)).collect()
        };
        table.row(Rank::Main, margin(pen, row), cells(&row.at_once));
        if row.released != row.at_once {
            let label = say(pen, Settling::Released);
            table.row(Rank::Detail, label, cells(&row.released));
        }
    }
    table
}

/// Kroner of one unit, marked where the purse is pulled against society.
fn cell(pen: &Pen, values: &[f64], purse: usize) -> String {
    let kroner = figure(pen.language, Scale::WHOLE, Sign::Both, values[purse], 0.0);
    match Incentive::against(values, purse) {
        true => format!("{kroner} ({})", say(pen, Settling::Against)),
        false => kroner,
    }
}

fn pulls(pen: &Pen) -> bool {
    let against = |values: &[f64]| (0..Purse::ALL.len()).any(|p| Incentive::against(values, p));
    let mut rows = pen.findings().incentives.iter();
    rows.any(|row| against(&row.at_once) || against(&row.released))
}

fn margin(pen: &Pen, row: &Incentive) -> String {
    let agreement = &pen.model().agreement;
    let (label, unit) = match row.margin {
        Margin::Unit(k) => {
            let mechanism = &agreement.mechanisms[k];
            (&mechanism.label, unit_of(&mechanism.kind))
        }
        Margin::PersonYear(c) => (&agreement.coverages[c].label, Some(Settling::PersonYear)),
    };
    let label = pen.language.of(label);
    match unit {
        Some(unit) => format!("{label}: {}", say(pen, unit)),
        None => label.to_owned(),
    }
}

/// What a mechanism does to a unit; a saving is told of one *avoided*.
fn unit_of(kind: &MechanismKind) -> Option<Settling> {
    match kind {
        MechanismKind::Effect(_) => Some(Settling::Avoided),
        MechanismKind::Shift(_) => Some(Settling::Moved),
        MechanismKind::Provide(_) => Some(Settling::Provided),
        MechanismKind::Operate(_) => Some(Settling::Operated),
        _ => None,
    }
}

// ---- frames and holders -----------------------------------------------------------------------

fn frames(pen: &Pen) -> Table {
    let years = pen.verdict_years();
    let rows: Vec<&FrameRow> = pen
        .findings()
        .frames
        .iter()
        .filter(|row| years.contains(&row.year))
        .collect();
    let amounts = rows.iter().flat_map(|r| [r.frame, r.overrun]);
    let scale = Scale::of_column(amounts.map(f64::abs).fold(0.0, f64::max));
    let unit = kroner_unit(pen.language, scale);
    let caption = Settling::frames(pen.language, unit, pen.price_level());
    let columns = years.iter().map(|y| Column::numbers(y.to_string()));
    let mut table = Table::new(caption, say(pen, Settling::Frame), columns.collect())
        .leading(leads([equations::X, equations::CHANCE]));
    for party in Party::ALL {
        let of = |year: &i32| {
            rows.iter()
                .find(|r| r.party == party && r.year == *year)
                .copied()
        };
        if !years.iter().any(|y| of(y).is_some()) {
            continue;
        }
        let each = |text: &dyn Fn(&FrameRow) -> String| -> Vec<String> {
            years
                .iter()
                .map(|y| of(y).map_or(String::new(), text))
                .collect()
        };
        let label = account_label(pen.language, Account::Party(party));
        table.row(
            Rank::Main,
            label,
            each(&|row| pen.plain(scale, row.frame, 0.0)),
        );
        let exceeded = each(&|row| {
            format!(
                "{}\u{a0}%",
                pen.plain(Scale::PERCENT, row.exceeded, row.mcse)
            )
        });
        table.row(Rank::Detail, say(pen, Settling::Exceeded), exceeded);
        let overrun = each(&|row| pen.plain(scale, row.overrun, 0.002 * row.overrun));
        table.row(Rank::Detail, say(pen, Settling::Overrun), overrun);
    }
    table
}

fn holders(pen: &Pen) -> Table {
    let rows = &pen.findings().holders;
    let operated = rows.iter().any(|row| row.operator.is_some());
    let mut headings = vec![Settling::Years, Settling::Produces];
    headings.extend(operated.then_some(Settling::Operates));
    headings.extend([Settling::Pays, Settling::Owns]);
    let columns = headings.iter().map(|h| Column::words(say(pen, *h)));
    let caption = Settling::holders(pen.language).to_owned();
    let mut table = Table::new(caption, say(pen, Settling::Task), columns.collect());
    let mut last = None;
    for row in rows {
        let rank = if last == Some(row.service) {
            Rank::Detail
        } else {
            Rank::Main
        };
        last = Some(row.service);
        let service = &pen.model().world.services[row.service.0 as usize];
        let label = pen.language.of(&service.label);
        table.row(rank, label, holder_cells(pen, row, operated));
    }
    table
}

fn holder_cells(pen: &Pen, row: &HolderRow, operated: bool) -> Vec<String> {
    let party = |party: Party| account_label(pen.language, Account::Party(party)).to_owned();
    let years = match row.from == row.to {
        true => row.from.to_string(),
        false => format!("{}–{}", row.from, row.to),
    };
    let mut cells = vec![years, party(row.producer)];
    if operated {
        cells.push(row.operator.map_or(String::new(), party));
    }
    cells.extend([party(row.payer), party(row.owner)]);
    cells
}
