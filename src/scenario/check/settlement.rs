//! The gate: every task that moves has a volume, a cost at both ends, a payer and a settlement.

use std::collections::BTreeSet;

use super::dynamics::moved_services;
use super::mechanisms::Ground;
use super::{Checking, Missing};
use crate::diagnostic::Span;
use crate::model::{
    Agreement, Counted, Mechanism, MechanismKind, Party, Quota, Rule, Service, ServiceId,
    TotalRule, Transfer,
};
use crate::scenario::grammar::is_blank;
use crate::scenario::tree::{Node, Table};

/// The parts of the paper that must be filled in, whatever the agreement does.
const CLINICAL: [&str; 4] = ["what", "why", "evidence", "recommended_by"];

impl Checking<'_> {
    /// The paper: clinical block, settlement terms, what follows the period.
    pub fn paper(&mut self, agreement: &Table, head: Span) {
        self.clinical(agreement, head);
        if open(agreement, "after_period") {
            self.blank(place(agreement, "after_period", head), Missing::AfterPeriod);
        }
        let Some(node) = agreement.node("settlement").filter(|node| !is_blank(node)) else {
            let at = place(agreement, "settlement", head);
            self.blank(at, Missing::Regulation);
            self.blank(at, Missing::SettlementLegalBasis);
            self.blank(at, Missing::Investment);
            return;
        };
        let Some(table) = node.table() else { return };
        for (key, missing) in [
            ("regulation", Missing::Regulation),
            ("legal_basis", Missing::SettlementLegalBasis),
        ] {
            if open(table, key) {
                self.blank(place(table, key, node.span), missing);
            }
        }
        let listed = agreement
            .node("invest")
            .and_then(Node::list)
            .is_some_and(|l| !l.is_empty());
        let none = table.node("investment").and_then(Node::text) == Some("none");
        if !listed && !none {
            self.blank(place(table, "investment", node.span), Missing::Investment);
        }
    }

    fn clinical(&mut self, agreement: &Table, head: Span) {
        match agreement.node("clinical").filter(|node| !is_blank(node)) {
            None => self.blank(
                place(agreement, "clinical", head),
                Missing::Clinical("block"),
            ),
            Some(node) => {
                let Some(table) = node.table() else { return };
                for part in CLINICAL.into_iter().filter(|part| open(table, part)) {
                    self.blank(place(table, part, node.span), Missing::Clinical(part));
                }
            }
        }
    }

    /// The tasks: what the world leaves open about them, and what nobody settles.
    pub fn tasks(&mut self, agreement: &Agreement, ground: &Ground<'_>) {
        let mut touched = touched(&agreement.mechanisms);
        touched.extend(moved_services(agreement, ground));
        for id in &touched {
            let Some(checked) = &ground.world.services[id.0 as usize] else {
                continue;
            };
            self.blanks.extend(checked.open_questions().iter().cloned());
            self.costs(&checked.service, checked.at, *id, agreement);
            if checked.payer_stated {
                self.settled(&checked.service, checked.at, *id, agreement, ground);
            }
        }
        for mechanism in &agreement.mechanisms {
            self.volume(mechanism, agreement, ground);
        }
    }

    /// Unit cost at every party that produces the task in the agreement's period.
    fn costs(&mut self, service: &Service, at: Span, id: ServiceId, agreement: &Agreement) {
        let mut told = BTreeSet::new();
        for year in agreement.period.0..=agreement.period.1 {
            let producer = service.producer.at(year);
            // An operator's cost stands in the `operate`, and is asked for there.
            if service.unit_cost_of(producer).is_none() && told.insert(producer) {
                self.blank(at, Missing::UnitCost(&service.label, producer));
            }
        }
        let _ = id;
    }

    /// In every year of the period in which payer and producer differ, a transfer settles it.
    fn settled(
        &mut self,
        service: &Service,
        at: Span,
        id: ServiceId,
        agreement: &Agreement,
        ground: &Ground<'_>,
    ) {
        let mut told: BTreeSet<(Party, Party)> = BTreeSet::new();
        for year in agreement.period.0..=agreement.period.1 {
            let payer = service.payer.at(year);
            for (producer, operates) in producers(service, id, year, agreement) {
                if payer == producer || told.contains(&(payer, producer)) {
                    continue;
                }
                // a fixed sum of law settles no single task
                let fixed = |t: &&Transfer| matches!(t.rule, Rule::LumpSum { .. });
                let law = ground.world.regimes.iter().flatten();
                let law = law.flat_map(|r| &r.transfers).filter(|t| !fixed(t));
                let transfers = law.chain(&agreement.transfers);
                let settles = |t: &Transfer| {
                    (t.from, t.to) == (payer, producer)
                        && (t.years.0..=t.years.1).contains(&year)
                        && settles(&t.rule, id, operates, agreement)
                };
                if !transfers.into_iter().any(settles) {
                    told.insert((payer, producer));
                    let service = &service.label;
                    self.blank(
                        at,
                        Missing::Transfer {
                            service,
                            payer,
                            producer,
                            year,
                        },
                    );
                }
            }
        }
    }

    /// Effects and shifts work on activity that the world has in the covered groups.
    fn volume(&mut self, mechanism: &Mechanism, agreement: &Agreement, ground: &Ground<'_>) {
        let (coverage, service) = match &mechanism.kind {
            MechanismKind::Effect(effect) => (effect.coverage, effect.service),
            MechanismKind::Shift(shift) => (shift.coverage, shift.from),
            MechanismKind::Provide(provide) => match provide.quantity {
                Quota::PerEvent(event, _) => (provide.coverage, event),
                _ => return,
            },
            _ => return,
        };
        let Some(checked) = &ground.world.services[service.0 as usize] else {
            return;
        };
        let cells = &agreement.coverages[coverage].cells;
        let active = checked.service.rates.iter().any(|rate| {
            let levels = cells.iter().filter(|(group, _)| *group == rate.group);
            levels.count() > 0
        });
        if !active {
            let origin = mechanism.origin.clone();
            let (item, words) = Missing::Volume(&checked.service.label).words();
            self.blanks.push(crate::model::Blank {
                item: item.to_owned(),
                words,
                origin,
            });
        }
    }
}

/// Services whose volume, operator or cost the mechanisms change.
fn touched(mechanisms: &[Mechanism]) -> BTreeSet<ServiceId> {
    let mut touched = BTreeSet::new();
    for mechanism in mechanisms {
        match &mechanism.kind {
            MechanismKind::Effect(effect) => {
                touched.insert(effect.service);
            }
            MechanismKind::Shift(shift) => {
                touched.insert(shift.from);
                touched.extend(shift.to.iter().map(|(service, _)| *service));
            }
            MechanismKind::Provide(provide) => {
                touched.insert(provide.service);
            }
            MechanismKind::Operate(operate) => {
                touched.insert(operate.service);
            }
            MechanismKind::Invest(_)
            | MechanismKind::Places(_)
            | MechanismKind::Workforce(_)
            | MechanismKind::SavedTime(_)
            | MechanismKind::Joint(_)
            | MechanismKind::Transition(_) => {}
        }
    }
    touched
}

/// Who produces a service in a year under the agreement, and whether as an operator of it.
fn producers(
    service: &Service,
    id: ServiceId,
    year: i32,
    agreement: &Agreement,
) -> Vec<(Party, bool)> {
    let operated = agreement
        .mechanisms
        .iter()
        .filter_map(|mechanism| match &mechanism.kind {
            MechanismKind::Operate(o) if o.service == id => Some(o),
            _ => None,
        });
    let mut producers = Vec::new();
    let mut everywhere = false;
    for operate in operated.filter(|o| (o.years.0..=o.years.1).contains(&year)) {
        producers.push((operate.operator, true));
        everywhere |= operate.start.iter().all(Option::is_some);
    }
    if !everywhere {
        producers.push((service.producer.at(year), false));
    }
    producers
}

/// Whether a rule pays for a service, directly or for a mechanism that moves it.
fn settles(rule: &Rule, id: ServiceId, operates: bool, agreement: &Agreement) -> bool {
    let moves = |index: usize| touched(&agreement.mechanisms[index..=index]).contains(&id);
    match rule {
        Rule::PerUnit {
            counted: Counted::Service(service),
            ..
        }
        | Rule::TariffShare { service, .. }
        | Rule::GpFee { service, .. } => *service == id,
        Rule::PerUnit {
            counted: Counted::Mechanism(index),
            ..
        } => moves(*index),
        Rule::ActualCost { mechanism, .. } => moves(*mechanism),
        // A payment for the covered settles what is done for them, not a whole service's operation.
        Rule::PerCoveredPersonYear { .. } if operates => false,
        Rule::PerCoveredPersonYear { coverage, .. } => {
            let of = |m: &Mechanism| match &m.kind {
                MechanismKind::Effect(e) => e.coverage == *coverage,
                MechanismKind::Shift(s) => s.coverage == *coverage,
                MechanismKind::Provide(p) => p.coverage == *coverage,
                _ => false,
            };
            (0..agreement.mechanisms.len()).any(|i| of(&agreement.mechanisms[i]) && moves(i))
        }
        Rule::LumpSum { .. } => true,
        Rule::ReturnByPopulation { .. } => false,
        Rule::Course(course) => course.service == id,
        Rule::OnTotals(rule) => match rule {
            TotalRule::Pool { .. } | TotalRule::Suspense(_) => rule.services().contains(&id),
            TotalRule::Fund { mechanisms, .. } => mechanisms.iter().any(|k| moves(*k)),
            TotalRule::NeedSum { .. } => true,
            _ => false,
        },
    }
}

fn open(table: &Table, key: &str) -> bool {
    table.node(key).is_none_or(is_blank)
}

fn place(table: &Table, key: &str, otherwise: Span) -> Span {
    super::services::place_or(table, key, otherwise)
}
