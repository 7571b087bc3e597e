//! What payment rules move and what of it is luck; frames; who holds a task when.

use crate::engine::Expectation;
use crate::model::{Arm, EntryKey, Kind, MechanismKind, Model, Party, ServiceId, Tag};
use crate::plan::{Form, Program};
use crate::stats::Estimate;

/// What a payment rule moves in a year, agreement minus counterfactual (kr.; positive goes from
/// payer to payee).
#[derive(Debug, Clone, PartialEq)]
pub struct SettlementRow {
    /// The transfer.
    pub tag: Tag,
    /// Calendar year.
    pub year: i32,
    /// Mean.
    pub paid: f64,
    /// Its Monte Carlo standard error.
    pub mcse: f64,
    /// The expectation over chance minus the rule of the expectation; `None`: the rule does not
    /// bend.
    pub chance_premium: Option<f64>,
    /// Still to be settled at the year's end.
    pub outstanding: f64,
}

/// A party's frame for extra expenditure in a year, with chance.
#[derive(Debug, Clone, PartialEq)]
pub struct FrameRow {
    /// Whose.
    pub party: Party,
    /// Calendar year.
    pub year: i32,
    /// Kroner.
    pub frame: f64,
    /// P(budget effect > frame).
    pub exceeded: f64,
    /// Its Monte Carlo standard error.
    pub mcse: f64,
    /// Mean kroner above the frame (0 where it holds).
    pub overrun: f64,
}

/// Who holds a task from a year on, as law and the agreement stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HolderRow {
    /// The task.
    pub service: ServiceId,
    /// First year of the line, within the years computed.
    pub from: i32,
    /// Last year.
    pub to: i32,
    /// Who produces it in unchanged practice.
    pub producer: Party,
    /// Who operates it under the agreement, where that is another.
    pub operator: Option<Party>,
    /// Who is liable to pay.
    pub payer: Party,
    /// Who owns it by law.
    pub owner: Party,
}

/// Every payment that the agreement changes, by year.
pub fn settlement(
    model: &Model,
    program: &Program,
    expectation: &Expectation,
) -> Vec<SettlementRow> {
    let mut sums: Vec<((Tag, i32), Vec<&Form>)> = Vec::new();
    for entry in &program.entries {
        let EntryKey {
            arm, kind, party, ..
        } = entry.key;
        if arm != Arm::Agreement || kind != Kind::Transfer {
            continue;
        }
        let at = (entry.key.tag, entry.key.year);
        if payer_of(model, entry.key.tag) == Some(party) {
            match sums.iter_mut().find(|(key, _)| *key == at) {
                Some((_, forms)) => forms.push(&entry.kroner),
                None => sums.push((at, vec![&entry.kroner])),
            }
        }
    }
    sums.sort_by_key(|(at, _)| *at);
    let mut rows = Vec::new();
    for ((tag, year), forms) in sums {
        let weighted: Vec<(f64, &Form)> = forms.into_iter().map(|f| (1.0, f)).collect();
        let paid = expectation.estimate(&Form::weighted(&weighted));
        let mut lines = program.bend_lines.iter();
        let line = lines.find(|l| l.tag == tag && program.years[l.t] == year);
        let premium = line.map(|l| {
            let over = Form::weighted(&[(1.0, &l.paid), (-1.0, &l.plain)]);
            expectation.estimate(&over).mean + 0.0
        });
        let outstanding = line.map_or(0.0, |l| expectation.estimate(&l.outstanding).mean + 0.0);
        let Estimate { mean, mcse } = paid;
        if mean != 0.0 || premium.is_some_and(|p| p != 0.0) || outstanding != 0.0 {
            rows.push(SettlementRow {
                tag,
                year,
                paid: mean + 0.0,
                mcse,
                chance_premium: premium,
                outstanding,
            });
        }
    }
    rows
}

/// The payer of a transfer.
fn payer_of(model: &Model, tag: Tag) -> Option<Party> {
    match tag {
        Tag::AgreementTransfer(i) => Some(model.agreement.transfers[i as usize].from),
        Tag::RegimeTransfer(r, i) => {
            Some(model.world.regimes[r as usize].transfers[i as usize].from)
        }
        _ => None,
    }
}

/// Who holds each task that the agreement touches, through the years computed.
pub fn holders(model: &Model) -> Vec<HolderRow> {
    let mut rows = Vec::new();
    for service in touched(model) {
        let stated = &model.world.services[service.0 as usize];
        for year in model.years() {
            let producer = stated.producer.at(year);
            let row = HolderRow {
                service,
                from: year,
                to: year,
                producer,
                operator: operator(model, service, year).filter(|o| *o != producer),
                payer: stated.payer.at(year),
                owner: stated.owner.at(year),
            };
            let same = |last: &HolderRow| {
                HolderRow {
                    from: last.from,
                    to: last.to,
                    ..row
                } == *last
            };
            match rows.last_mut().filter(|last| same(last)) {
                Some(last) => last.to = year,
                None => rows.push(row),
            }
        }
    }
    rows
}

fn operator(model: &Model, service: ServiceId, year: i32) -> Option<Party> {
    model
        .agreement
        .mechanisms
        .iter()
        .find_map(|m| match &m.kind {
            MechanismKind::Operate(o)
                if o.service == service && o.years.0 <= year && year <= o.years.1 =>
            {
                Some(o.operator)
            }
            _ => None,
        })
}

/// Services that a mechanism changes, in the world's order.
fn touched(model: &Model) -> Vec<ServiceId> {
    let mut touched = Vec::new();
    for mechanism in &model.agreement.mechanisms {
        match &mechanism.kind {
            MechanismKind::Effect(effect) => touched.push(effect.service),
            MechanismKind::Shift(shift) => {
                touched.push(shift.from);
                touched.extend(shift.to.iter().map(|(to, _)| *to));
            }
            MechanismKind::Provide(provide) => touched.push(provide.service),
            MechanismKind::Operate(operate) => touched.push(operate.service),
            MechanismKind::Invest(_)
            | MechanismKind::Places(_)
            | MechanismKind::Workforce(_)
            | MechanismKind::SavedTime(_)
            | MechanismKind::Joint(_)
            | MechanismKind::Transition(_) => {}
        }
    }
    touched.sort_unstable();
    touched.dedup();
    touched
}
