//! What an agreement does: effect, shift, provide, operate, invest; backfill and release plans.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::coverage::Starts;
use super::population::Place;
use super::services::place_or;
use super::transfers::division;
use super::world::CheckedWorld;
use super::{Checking, Missing, OPEN, Slot, items, label, list, number, party, text, whole, year};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Arm, Backfill, Coverage, Effect, Invest, InvestBasis, Key, Mechanism, MechanismKind, Month,
    Operate, OperateCapacity, Party, PhaseOfCost, Provide, Quota, Release, ServiceId, Shift, Value,
    Words,
};
use crate::scenario::grammar::{
    BACKFILL, EFFECT, INVEST, OPERATE, PER_EVENT, PROVIDE, RELEASE_PLAN, SHIFT, SHIFT_TO, is_blank,
    units_of,
};
use crate::scenario::tree::{Node, Table};
use crate::units::Unit;

/// What mechanisms refer to.
pub struct Ground<'a> {
    pub world: &'a CheckedWorld,
    pub coverage_names: &'a [String],
    pub coverages: &'a [Option<Coverage>],
}

/// Mechanisms by name in catalogue order; the kind is `None` if it is faulty.
pub type Catalogue = Vec<(String, Option<Mechanism>)>;

impl Checking<'_> {
    /// All mechanisms in the order of the files: an extended agreement's first.
    pub fn mechanisms(&mut self, agreement: &Table, ground: &Ground<'_>) -> Catalogue {
        let kinds = [
            "effect",
            "shift",
            "provide",
            "operate",
            "transition",
            "invest",
            "places",
            "workforce",
            "saved_time",
            "joint_operation",
        ];
        let mut stated: Vec<(&str, &Table, Span)> = kinds
            .iter()
            .flat_map(|kind| items(agreement, kind).map(move |(table, at)| (*kind, table, at)))
            .collect();
        stated.sort_by_key(|(_, _, at)| (Reverse(at.file), at.start));
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let mut catalogue = Vec::new();
        for (kind, table, at) in &stated {
            let Some(node) = table.node("name") else {
                continue;
            };
            let Some(name) = node.text().map(str::to_owned) else {
                continue;
            };
            if let Some(first) = seen.insert(name.clone(), node.span) {
                let fault = Fault::DuplicateName {
                    name: name.clone(),
                    what: "mechanisms".to_owned(),
                };
                self.faults
                    .raise_beside(node.span, fault, first, "the first");
            }
            let mechanism = self.mechanism_of(kind, &name, table, *at, ground);
            catalogue.push((name, mechanism));
        }
        // Who takes part in an investment is only known once everything else is.
        let participating = participating(&catalogue, ground);
        for ((kind, table, _), (_, mechanism)) in stated.iter().zip(&mut catalogue) {
            if *kind != "invest" {
                continue;
            }
            let recipients = self.recipients(table, ground, &participating);
            if let Some(Mechanism {
                kind: MechanismKind::Invest(invest),
                ..
            }) = mechanism
            {
                match recipients {
                    Some(recipients) if invest.party == Party::Municipality => {
                        invest.recipients = recipients;
                    }
                    Some(_) => {}
                    None => *mechanism = None,
                }
            }
        }
        self.share_out(&stated, &mut catalogue, ground, &participating);
        self.operated_once(&stated, &catalogue);
        self.shifts_within_whole(&stated, &catalogue, ground);
        catalogue
    }

    fn mechanism_of(
        &mut self,
        kind: &str,
        name: &str,
        table: &Table,
        at: Span,
        ground: &Ground<'_>,
    ) -> Option<Mechanism> {
        let label = label(table, name);
        let kind = match kind {
            "effect" => self
                .effect(table, at, &label, ground)
                .map(MechanismKind::Effect),
            "shift" => self
                .shift(table, at, &label, ground)
                .map(MechanismKind::Shift),
            "provide" => self
                .provide(table, at, &label, ground)
                .map(MechanismKind::Provide),
            "operate" => self
                .operate(table, at, &label, ground)
                .map(MechanismKind::Operate),
            "places" => self
                .places_of(table, at, &label, ground)
                .map(MechanismKind::Places),
            "workforce" => self
                .workforce(table, at, &label, ground)
                .map(MechanismKind::Workforce),
            "saved_time" => self
                .saved_time(table, at, &label, ground)
                .map(MechanismKind::SavedTime),
            "joint_operation" => self
                .joint_operation(table, at, &label, ground)
                .map(MechanismKind::Joint),
            "transition" => self
                .transition(table, at, &label, ground)
                .map(MechanismKind::Transition),
            _ => self
                .invest(table, at, &label, ground)
                .map(MechanismKind::Invest),
        }?;
        Some(Mechanism {
            name: name.to_owned(),
            label,
            kind,
            origin: self.origin(at),
        })
    }

    pub fn coverage_of(&mut self, table: &Table, key: &str, ground: &Ground<'_>) -> Option<usize> {
        self.reference("coverage", table.node(key)?, ground.coverage_names)
    }

    pub fn service_of(
        &mut self,
        table: &Table,
        key: &str,
        ground: &Ground<'_>,
    ) -> Option<ServiceId> {
        let index = self.reference("service", table.node(key)?, &ground.world.service_names)?;
        Some(ServiceId(index as u16))
    }

    fn effect(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Effect> {
        let coverage = self.coverage_of(table, "coverage", ground);
        let service = self.service_of(table, "service", ground);
        let missing = Missing::RateRatio(label);
        let rate_ratio = self.gate_slot((table, at), &EFFECT, "rate_ratio", missing);
        let missing = Missing::Attenuation(label);
        let attenuation = self.optional_slot(table, &EFFECT, "attenuation", missing);
        Some(Effect {
            coverage: coverage?,
            service: service?,
            rate_ratio: rate_ratio?,
            attenuation: attenuation?,
            lag_months: whole(table, "lag_months").unwrap_or(0),
            decay: number(table, "decay").unwrap_or(0.0),
        })
    }

    fn shift(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Shift> {
        let coverage = self.coverage_of(table, "coverage", ground);
        let from = self.service_of(table, "from", ground);
        if let (Some(from), Some(node)) = (from, table.node("from")) {
            let service = ground.world.services[from.0 as usize].as_ref();
            if service.is_some_and(|service| service.service.specialised) {
                let service = node.text().unwrap_or_default().to_owned();
                self.raise(node.span, Fault::SpecialisedShifted { service });
            }
        }
        let share = self.gate_slot((table, at), &SHIFT, "share", Missing::ShiftShare(label));
        let to: Vec<Option<(ServiceId, Value)>> = items(table, "to")
            .map(|(inner, at)| self.shift_to(inner, at, label, from, ground))
            .collect();
        let missing = Missing::ShiftShare(label);
        let at_most = self.optional_slot(table, &SHIFT, "at_most", missing);
        let fallback = self.optional_slot(table, &SHIFT, "fallback", missing);
        let mut to: Vec<(ServiceId, Value)> = to.into_iter().collect::<Option<_>>()?;
        // what comes back is a unit of the service it left
        if let Some(back) = fallback? {
            to.push((from?, back));
        }
        Some(Shift {
            coverage: coverage?,
            from: from?,
            share: share?,
            at_most: at_most?,
            to,
        })
    }

    fn shift_to(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        from: Option<ServiceId>,
        ground: &Ground<'_>,
    ) -> Option<(ServiceId, Value)> {
        let service = self.service_of(table, "service", ground);
        let named = table
            .node("service")
            .and_then(Node::text)
            .unwrap_or_default();
        if service.is_some() && service == from {
            let at = place_or(table, "service", at);
            self.raise(
                at,
                Fault::ShiftToSelf {
                    service: named.to_owned(),
                },
            );
        }
        let receiver = service
            .and_then(|id| ground.world.services[id.0 as usize].as_ref())
            .map_or_else(
                || Words::same(named),
                |service| service.service.label.clone(),
            );
        let missing = Missing::ShiftUnits(label, &receiver);
        let units = self.gate_slot((table, at), &SHIFT_TO, "units", missing)?;
        Some((service?, units))
    }

    fn provide(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Provide> {
        let coverage = self.coverage_of(table, "coverage", ground);
        let service = self.service_of(table, "service", ground);
        let missing = Missing::Quantity(label);
        let quantity = if table.node("per_person_year").is_some() {
            let slot = self.gate_slot((table, at), &PROVIDE, "per_person_year", missing);
            slot.map(Quota::PerPersonYear)
        } else if table.node("per_new_person").is_some() {
            let slot = self.gate_slot((table, at), &PROVIDE, "per_new_person", missing);
            slot.map(Quota::PerNewPerson)
        } else if let Some(node) = table.node("per_event") {
            let inner = node.table()?;
            let event = self.service_of(inner, "service", ground);
            let units = self.gate_slot((inner, node.span), &PER_EVENT, "units", missing);
            event.and_then(|event| Some(Quota::PerEvent(event, units?)))
        } else {
            self.blank(at, missing);
            Some(Quota::PerPersonYear(OPEN))
        };
        Some(Provide {
            coverage: coverage?,
            service: service?,
            quantity: quantity?,
        })
    }

    fn operate(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Operate> {
        let service = self.service_of(table, "service", ground);
        let operator = table.node("operator").and_then(party)?;
        let from = table.node("from").and_then(year)?;
        let to_node = table.node("to")?;
        let what = format!("`{}`", text(table, "name")?);
        let years = self.in_order(to_node.span, &what, from, year(to_node)?);
        let unit_cost = self.operator_cost(table, at, label, operator, service, ground);
        let capacity = match text(table, "capacity").as_deref() {
            Some("not_built") => Some(OperateCapacity::NotBuilt),
            Some("standing") => Some(OperateCapacity::Standing),
            Some(_) => None,
            None => {
                self.blank(place_or(table, "capacity", at), Missing::Capacity(label));
                Some(OperateCapacity::Standing)
            }
        };
        let start = match table.node("participates") {
            Some(node) => self.starts(node, &what, ground.world),
            None => Some(vec![
                Some(Month::january(from));
                ground.world.municipalities().len()
            ]),
        };
        Some(Operate {
            service: service?,
            operator,
            years: years?,
            unit_cost: unit_cost?,
            start: start?,
            capacity: capacity?,
        })
    }

    /// The operator's own cost, or what the world says it costs that party.
    fn operator_cost(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        operator: Party,
        service: Option<ServiceId>,
        ground: &Ground<'_>,
    ) -> Option<Value> {
        let missing = Missing::OperatorCost(label, operator);
        if table.node("unit_cost").is_some() {
            return self.gate_slot((table, at), &OPERATE, "unit_cost", missing);
        }
        let stated = service.and_then(|id| {
            ground.world.services[id.0 as usize]
                .as_ref()?
                .service
                .unit_cost_of(operator)
        });
        if stated.is_none() {
            self.blank(at, missing);
        }
        Some(stated.unwrap_or(OPEN))
    }

    fn invest(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Invest> {
        let party = table.node("party").and_then(party)?;
        let basis = self.invest_basis(table, ground);
        let amount = match (&basis, table.node("amount")) {
            (Some(basis), Some(node)) if !is_blank(node) => {
                match self.slot_value(node, "amount", invest_units(basis)) {
                    Slot::Value(value) => Some(value),
                    _ => None,
                }
            }
            // The unit is the grammar's when the basis is not known.
            (None, Some(node)) => {
                self.slot_value(node, "amount", units_of(&INVEST, "amount"));
                None
            }
            _ => self.gate_slot((table, at), &INVEST, "amount", Missing::InvestAmount(label)),
        };
        Some(Invest {
            party,
            phase: match table.node("phase")?.text()? {
                "phase_in" => PhaseOfCost::PhaseIn,
                "operation" => PhaseOfCost::Operation,
                _ => return None,
            },
            amount: amount?,
            basis: basis?,
            key: table.node("key").map_or(Some(Key::Population), division)?,
            arm: match text(table, "arm").as_deref() {
                None | Some("agreement") => Arm::Agreement,
                Some("counterfactual") => Arm::Counterfactual,
                Some(_) => return None,
            },
            recipients: vec![true; ground.world.municipalities().len()],
        })
    }

    fn invest_basis(&mut self, table: &Table, ground: &Ground<'_>) -> Option<InvestBasis> {
        if let Some(node) = table.node("year") {
            return year(node).map(InvestBasis::Once);
        }
        if let Some(node) = table.node("years") {
            let (from, to) = self.years(node, "the investment")?;
            return Some(InvestBasis::Yearly(from, to));
        }
        if table.node("per_new_person").is_some() {
            let coverage = self.coverage_of(table, "per_new_person", ground)?;
            return Some(InvestBasis::PerNewPerson(coverage));
        }
        let coverage = self.coverage_of(table, "per_person_year", ground)?;
        Some(InvestBasis::PerPersonYear(coverage))
    }

    pub fn recipients(
        &mut self,
        table: &Table,
        ground: &Ground<'_>,
        participating: &[bool],
    ) -> Option<Vec<bool>> {
        if table.node("recipients").is_none() {
            return Some(participating.to_vec());
        }
        let places = ground.world.places.as_ref()?;
        let mut recipients = vec![false; participating.len()];
        let mut sound = true;
        for node in list(table, "recipients") {
            let Some(name) = node.text() else { continue };
            match places.find(name) {
                Some(Place::Inside(m)) => recipients[m] = true,
                _ => {
                    self.raise(node.span, places.unknown(name));
                    sound = false;
                }
            }
        }
        if !recipients.contains(&true) && sound {
            let at = place_or(
                table,
                "recipients",
                Span::head(table.node("name")?.span.file),
            );
            self.raise(
                at,
                Fault::NobodyTakesPart {
                    what: "the investment".to_owned(),
                },
            );
            return None;
        }
        sound.then_some(recipients)
    }

    /// One operator a service and year.
    fn operated_once(&mut self, stated: &[(&str, &Table, Span)], catalogue: &Catalogue) {
        let mut seen: Vec<(ServiceId, (i32, i32))> = Vec::new();
        for ((_, table, at), (_, mechanism)) in stated.iter().zip(catalogue) {
            let Some(Mechanism {
                kind: MechanismKind::Operate(operate),
                ..
            }) = mechanism
            else {
                continue;
            };
            let (from, to) = operate.years;
            let clash = seen.iter().find(|(service, years)| {
                *service == operate.service && years.0 <= to && from <= years.1
            });
            if let Some((_, years)) = clash {
                let service = text(table, "service").unwrap_or_default();
                let year = from.max(years.0);
                self.raise(
                    place_or(table, "from", *at),
                    Fault::OperatedTwice { service, year },
                );
            }
            seen.push((operate.service, operate.years));
        }
    }

    /// The shifts from one service for the same persons move, on average, no more than there is.
    fn shifts_within_whole(
        &mut self,
        stated: &[(&str, &Table, Span)],
        catalogue: &Catalogue,
        ground: &Ground<'_>,
    ) {
        let mut moved: BTreeMap<(ServiceId, u16, u8), f64> = BTreeMap::new();
        for ((_, table, at), (_, mechanism)) in stated.iter().zip(catalogue) {
            let Some(Mechanism {
                kind: MechanismKind::Shift(shift),
                ..
            }) = mechanism
            else {
                continue;
            };
            let share = self.figures.mean(shift.share).unwrap_or(0.0);
            let coverage = ground.coverages[shift.coverage].as_ref();
            let mut most: f64 = 0.0;
            for (group, level) in coverage.map(|c| c.cells.as_slice()).unwrap_or_default() {
                let sum = moved.entry((shift.from, group.0, *level)).or_insert(0.0);
                *sum += share;
                most = most.max(*sum);
            }
            if most > 1.0 + 1e-9 {
                let service = text(table, "from").unwrap_or_default();
                let share = (most * 1e4).round() / 1e4;
                let at = place_or(table, "share", *at);
                self.raise(at, Fault::ShiftMoreThanAll { service, share });
            }
        }
    }

    /// Freed units that are filled again.
    pub fn backfills(&mut self, agreement: &Table, ground: &Ground<'_>) -> Option<Vec<Backfill>> {
        let backfills: Vec<Option<Backfill>> = items(agreement, "backfill")
            .map(|(table, at)| {
                let service = self.service_of(table, "service", ground);
                let label = service_label(service, table, ground);
                let missing = Missing::Backfill(&label);
                let share = self.gate_slot((table, at), &BACKFILL, "share", missing);
                Some(Backfill {
                    service: service?,
                    share: share?,
                    origin: self.origin(at),
                })
            })
            .collect();
        backfills.into_iter().collect()
    }

    /// Plans to close capacity that replace the world's rules.
    pub fn release_plans(
        &mut self,
        agreement: &Table,
        ground: &Ground<'_>,
    ) -> Option<Vec<(ServiceId, Release)>> {
        let plans: Vec<Option<(ServiceId, Release)>> = items(agreement, "release")
            .map(|(table, at)| {
                let service = self.service_of(table, "service", ground);
                let label = service_label(service, table, ground);
                let name = text(table, "service").unwrap_or_default();
                let release = self.release(&name, table, at, &RELEASE_PLAN, &label);
                Some((service?, release?))
            })
            .collect();
        plans.into_iter().collect()
    }
}

fn service_label(service: Option<ServiceId>, table: &Table, ground: &Ground<'_>) -> Words {
    let stated = service.and_then(|id| ground.world.services[id.0 as usize].as_ref());
    stated.map_or_else(
        || Words::same(text(table, "service").unwrap_or_default()),
        |service| service.service.label.clone(),
    )
}

/// The unit of an investment follows from what it is paid for.
fn invest_units(basis: &InvestBasis) -> &'static [Unit] {
    match basis {
        InvestBasis::Once(_) => &[Unit::Kr],
        InvestBasis::Yearly(..) => &[Unit::KrPerYear],
        InvestBasis::PerNewPerson(_) => &[Unit::KrPerPerson],
        InvestBasis::PerPersonYear(_) => &[Unit::KrPerPersonYear],
    }
}

/// Municipalities in which anything starts; all of them if nothing has a start of its own.
fn participating(catalogue: &Catalogue, ground: &Ground<'_>) -> Vec<bool> {
    let mut starts: Vec<&Starts> = ground
        .coverages
        .iter()
        .flatten()
        .map(|c| &c.start)
        .collect();
    starts.extend(
        catalogue
            .iter()
            .filter_map(|(_, mechanism)| match &mechanism.as_ref()?.kind {
                MechanismKind::Operate(operate) => Some(&operate.start),
                _ => None,
            }),
    );
    let count = ground.world.municipalities().len();
    if starts.is_empty() {
        return vec![true; count];
    }
    (0..count)
        .map(|m| {
            starts
                .iter()
                .any(|start| start.get(m).is_some_and(Option::is_some))
        })
        .collect()
}
