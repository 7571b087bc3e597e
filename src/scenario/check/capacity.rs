//! Places, staff, saved time, joint operation; and which coverage they limit.

use std::collections::BTreeMap;

use super::mechanisms::{Catalogue, Ground};
use super::services::place_or;
use super::transfers::division;
use super::{Checking, Missing, OPEN, Slot, items, list, named, number, party, text, whole, words};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Coverage, Joint, Key, Mechanism, MechanismKind, Party, Places, Quota, Ramp, SavedTime,
    ServiceId, Shortage, Split, Value, Words, Workforce, competence,
};
use crate::scenario::grammar::{
    JOINT_COST, JOINT_OPERATION, PLACES, SAVED_TIME, WORKFORCE, is_blank,
};
use crate::scenario::tree::{Node, Table};
use crate::units::Unit;

/// Years for which a stock of competence is worked out; the last holds on.
const COMPETENCE_YEARS: u32 = 100;

impl Checking<'_> {
    pub fn places_of(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Places> {
        let service = self.service_of(table, "service", ground);
        let places = self.gate_slot((table, at), &PLACES, "places", Missing::Places(label));
        let missing = Missing::Occupancy(label);
        let max_occupancy = self.gate_slot((table, at), &PLACES, "max_occupancy", missing);
        let missing = Missing::PlaceCost(label);
        let cost = match self.slot(table, &PLACES, "cost_per_place_year") {
            Slot::Value(value) => Some(value),
            Slot::Blank(at) => {
                self.blank(at, missing);
                Some(OPEN)
            }
            Slot::Absent => {
                let name = text(table, "name").unwrap_or_default();
                self.raise(at, Fault::PlacesWithoutCost { name });
                None
            }
            Slot::Broken => None,
        };
        let years = table.node("years");
        let years = years.and_then(|node| self.years(node, "the places"));
        Some(Places {
            service: service?,
            party: table.node("party").and_then(party)?,
            places: places?,
            days: number(table, "days").unwrap_or(365.0),
            max_occupancy: max_occupancy?,
            cost_per_place: cost?,
            years: years?,
            key: table.node("key").map_or(Some(Key::Population), division)?,
            recipients: vec![true; ground.world.municipalities().len()],
        })
    }

    pub fn workforce(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Workforce> {
        let hours = self.hours_per_unit(table, ground);
        let missing = Missing::Supply(label);
        let supply = self.gate_slot((table, at), &WORKFORCE, "supply_hours_per_year", missing);
        let shortage = match text(table, "shortage")?.as_str() {
            "agency" => self.agency(table, at, label),
            _ => {
                let stray = ["hourly_cost", "premium"].into_iter().find_map(|key| {
                    let node = table.node(key)?;
                    Some((key, node.span))
                });
                match stray {
                    Some((key, at)) => {
                        let name = text(table, "name").unwrap_or_default();
                        let key = key.to_owned();
                        self.raise(at, Fault::AgencyTerms { name, key });
                        None
                    }
                    None => Some(Shortage::Cap),
                }
            }
        };
        Some(Workforce {
            profession: words(table, "profession")?,
            party: table.node("party").and_then(party)?,
            hours: hours?,
            supply: supply?,
            fte_hours: number(table, "fte_hours")?,
            shortage: shortage?,
            recipients: vec![true; ground.world.municipalities().len()],
        })
    }

    fn hours_per_unit(
        &mut self,
        table: &Table,
        ground: &Ground<'_>,
    ) -> Option<Vec<(ServiceId, Value)>> {
        let mut hours = Vec::new();
        let mut sound = true;
        for entry in &table.node("hours_per_unit")?.table()?.entries {
            let known = &ground.world.service_names;
            let Some(service) = known.iter().position(|name| *name == entry.key) else {
                self.unknown("service", &entry.key, entry.key_span, known);
                sound = false;
                continue;
            };
            let units = [Unit::Hours, Unit::UnitsPerUnit];
            match self.slot_value(&entry.node, "hours_per_unit", &units) {
                Slot::Value(value) => hours.push((ServiceId(service as u16), value)),
                Slot::Blank(at) => {
                    let label = Words::same(entry.key.clone());
                    self.blank(at, Missing::HoursPerUnit(&label));
                    hours.push((ServiceId(service as u16), OPEN));
                }
                Slot::Broken | Slot::Absent => sound = false,
            }
        }
        sound.then_some(hours)
    }

    /// Agency hours have a price: an ordinary hour, and what comes on top.
    fn agency(&mut self, table: &Table, at: Span, label: &Words) -> Option<Shortage> {
        let mut terms = Vec::new();
        for key in ["hourly_cost", "premium"] {
            match self.slot(table, &WORKFORCE, key) {
                Slot::Value(value) => terms.push(value),
                Slot::Blank(at) => {
                    self.blank(at, Missing::Cost(label));
                    terms.push(OPEN);
                }
                Slot::Absent => {
                    let name = text(table, "name").unwrap_or_default();
                    let key = key.to_owned();
                    self.raise(
                        place_or(table, "shortage", at),
                        Fault::AgencyTerms { name, key },
                    );
                    return None;
                }
                Slot::Broken => return None,
            }
        }
        Some(Shortage::Agency {
            hourly_cost: terms[0],
            premium: terms[1],
        })
    }

    pub fn saved_time(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<SavedTime> {
        let coverage = self.coverage_of(table, "coverage", ground);
        let missing = Missing::Quantity(label);
        let hours = self.gate_slot((table, at), &SAVED_TIME, "hours", missing);
        let missing = Missing::Cost(label);
        let hourly_cost = self.gate_slot((table, at), &SAVED_TIME, "hourly_cost", missing);
        let missing = Missing::Realised(label);
        let realised = self.gate_slot((table, at), &SAVED_TIME, "realised", missing);
        Some(SavedTime {
            coverage: coverage?,
            party: table.node("party").and_then(party)?,
            hours: hours?,
            hourly_cost: hourly_cost?,
            realised: realised?,
        })
    }

    pub fn joint_operation(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Joint> {
        let host = table.node("host").and_then(party)?;
        let guest_node = table.node("guest")?;
        let guest = party(guest_node)?;
        if host == guest {
            let party = host.key().to_owned();
            self.raise(guest_node.span, Fault::JointWithItself { party });
            return None;
        }
        let host_cost = self.joint_cost(table, "host_cost", label);
        let guest_cost = self.joint_cost(table, "guest_cost", label);
        let missing = Missing::SharedShare(label);
        let shared = self.gate_slot((table, at), &JOINT_OPERATION, "shared_share", missing);
        let split = match self.slot(table, &JOINT_OPERATION, "host_share") {
            Slot::Value(value) => Some(Split::Key(value)),
            Slot::Blank(at) => {
                self.blank(at, Missing::CostKey(label));
                Some(Split::Key(OPEN))
            }
            Slot::Absent => Some(Split::Shapley),
            Slot::Broken => None,
        };
        if table.node("legal_basis").is_none_or(is_blank) {
            let at = place_or(table, "legal_basis", at);
            self.blank(at, Missing::LegalBasis(label));
        }
        let years = table.node("years");
        let years = years.and_then(|node| self.years(node, "the joint operation"));
        Some(Joint {
            host,
            guest,
            host_cost: host_cost?,
            guest_cost: guest_cost?,
            shared: shared?,
            split: split?,
            years: years?,
            recipients: vec![true; ground.world.municipalities().len()],
        })
    }

    fn joint_cost(
        &mut self,
        table: &Table,
        key: &str,
        label: &Words,
    ) -> Option<(Value, Option<Value>)> {
        let node = table.node(key)?;
        let inner = node.table()?;
        let missing = Missing::Cost(label);
        let fixed = self.gate_slot((inner, node.span), &JOINT_COST, "fixed", missing);
        let variable = self.optional_slot(inner, &JOINT_COST, "variable", missing);
        Some((fixed?, variable?))
    }

    /// Who shares what municipalities pay: stated, or those who take part.
    pub fn share_out(
        &mut self,
        stated: &[(&str, &Table, Span)],
        catalogue: &mut Catalogue,
        ground: &Ground<'_>,
        participating: &[bool],
    ) {
        for ((_, table, _), (_, mechanism)) in stated.iter().zip(catalogue) {
            let Some(found) = mechanism else { continue };
            let (municipal, recipients) = match &mut found.kind {
                MechanismKind::Places(p) => (p.party == Party::Municipality, &mut p.recipients),
                MechanismKind::Workforce(w) => (w.party == Party::Municipality, &mut w.recipients),
                MechanismKind::Joint(j) => (true, &mut j.recipients),
                _ => continue,
            };
            match self.recipients(table, ground, participating) {
                Some(stated) if municipal => *recipients = stated,
                Some(_) => {}
                None => *mechanism = None,
            }
        }
    }

    /// The ramp once vacant posts and a stock of competence are in it.
    pub fn competence_ramp(&mut self, table: &Table) -> Option<Ramp> {
        Some(competence(
            number(table, "trained_a_year")?,
            number(table, "turnover")?,
            whole(table, "training_years").unwrap_or(COMPETENCE_YEARS),
            COMPETENCE_YEARS,
        ))
    }

    /// A ramp whose vacant posts are filled later.
    pub fn with_vacancy(&mut self, table: &Table, ramp: Option<Ramp>) -> Option<Ramp> {
        let Some(node) = table.node("vacancy") else {
            return ramp;
        };
        let inner = node.table()?;
        let (share, months) = (number(inner, "share"), whole(inner, "months"));
        let late = f64::from(months?) / 12.0;
        Some(Ramp::Vacant(Box::new(ramp?), share?, late))
    }

    /// Resolves `limited_by` of every coverage, through the places' own limits.
    pub fn limits(
        &mut self,
        agreement: &Table,
        mut coverages: Vec<Coverage>,
        catalogue: &Catalogue,
    ) -> Option<Vec<Coverage>> {
        let chain = self.limit_chain(agreement, catalogue)?;
        let mut cited = vec![false; catalogue.len()];
        let mut sound = true;
        for (name, table, _) in named(agreement, "coverage") {
            let Some(coverage) = coverages.iter_mut().find(|c| c.id == name) else {
                continue;
            };
            for node in list(table, "limited_by") {
                let Some(k) = self.limit_of(node, catalogue) else {
                    sound = false;
                    continue;
                };
                for l in closure(k, &chain) {
                    cited[l] = true;
                    if !coverage.limited_by.contains(&l) {
                        coverage.limited_by.push(l);
                    }
                }
            }
        }
        for coverage in &coverages {
            sound &= self.limits_work(agreement, coverage, &coverages, catalogue);
        }
        self.limits_nothing(agreement, catalogue, &cited);
        sound.then_some(coverages)
    }

    /// Which limits each place rests on; a circle is told at the one that closes it.
    fn limit_chain(
        &mut self,
        agreement: &Table,
        catalogue: &Catalogue,
    ) -> Option<BTreeMap<usize, Vec<usize>>> {
        let mut chain: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut sound = true;
        for (table, _) in items(agreement, "places") {
            let name = text(table, "name").unwrap_or_default();
            let Some(k) = catalogue.iter().position(|(other, _)| *other == name) else {
                continue;
            };
            for node in list(table, "limited_by") {
                let Some(l) = self.limit_of(node, catalogue) else {
                    sound = false;
                    continue;
                };
                chain.entry(k).or_default().push(l);
                if l == k || closure(l, &chain).contains(&k) {
                    let other = catalogue[l].0.clone();
                    self.raise(
                        node.span,
                        Fault::CircularLimits {
                            chain: format!("{name} → {other} → {name}"),
                        },
                    );
                    sound = false;
                }
            }
        }
        sound.then_some(chain)
    }

    /// A mechanism that can limit: places, or a workforce whose shortage caps.
    fn limit_of(&mut self, node: &Node, catalogue: &Catalogue) -> Option<usize> {
        let names: Vec<String> = catalogue.iter().map(|(name, _)| name.clone()).collect();
        let k = self.reference("places or workforce", node, &names)?;
        let limits = match catalogue[k].1.as_ref().map(|m| &m.kind) {
            Some(MechanismKind::Places(_)) | None => true,
            Some(MechanismKind::Workforce(w)) => w.shortage == Shortage::Cap,
            Some(_) => false,
        };
        if !limits {
            let name = names[k].clone();
            self.raise(node.span, Fault::CannotLimit { name });
        }
        limits.then_some(k)
    }

    /// Each limit of a coverage is of something that the coverage does, a year at a time.
    fn limits_work(
        &mut self,
        agreement: &Table,
        coverage: &Coverage,
        coverages: &[Coverage],
        catalogue: &Catalogue,
    ) -> bool {
        let index = coverages.iter().position(|c| c.id == coverage.id);
        let at = named(agreement, "coverage")
            .find(|(name, ..)| *name == coverage.id)
            .and_then(|(_, table, _)| table.node("limited_by"))
            .map(|node| node.span);
        let (Some(index), Some(at)) = (index, at) else {
            return true;
        };
        let mut sound = true;
        for &l in &coverage.limited_by {
            let Some(limit) = catalogue[l].1.as_ref() else {
                return false;
            };
            let (mut used, mut once) = (false, false);
            for mechanism in catalogue.iter().filter_map(|(_, m)| m.as_ref()) {
                let uses = |service: ServiceId| takes(&limit.kind, service);
                match &mechanism.kind {
                    MechanismKind::Provide(p) if p.coverage == index && uses(p.service) => {
                        used = true;
                        once |= matches!(p.quantity, Quota::PerNewPerson(_));
                    }
                    MechanismKind::Shift(s) if s.coverage == index => {
                        used |= s.to.iter().any(|(to, _)| uses(*to));
                    }
                    MechanismKind::Effect(e) if e.coverage == index => used |= uses(e.service),
                    _ => {}
                }
            }
            let (coverage, limit) = (coverage.id.clone(), limit.name.clone());
            if once {
                self.raise(at, Fault::LimitPerNewPerson { coverage, limit });
                sound = false;
            } else if !used {
                self.raise(at, Fault::LimitWithoutWork { coverage, limit });
                sound = false;
            }
        }
        sound
    }

    /// Places and capping workforces that no coverage names: volume would pass them by.
    fn limits_nothing(&mut self, agreement: &Table, catalogue: &Catalogue, cited: &[bool]) {
        for kind in ["places", "workforce"] {
            for (table, at) in items(agreement, kind) {
                let name = text(table, "name").unwrap_or_default();
                let Some(k) = catalogue.iter().position(|(other, _)| *other == name) else {
                    continue;
                };
                let limits = match catalogue[k].1.as_ref().map(|m| &m.kind) {
                    Some(MechanismKind::Places(_)) => true,
                    Some(MechanismKind::Workforce(w)) => w.shortage == Shortage::Cap,
                    _ => false,
                };
                if limits && !cited[k] {
                    let at = place_or(table, "name", at);
                    self.raise(at, Fault::LimitsNothing { name });
                }
            }
        }
    }
}

/// Whether a unit of a service takes of a limit.
fn takes(limit: &MechanismKind, service: ServiceId) -> bool {
    match limit {
        MechanismKind::Places(places) => places.service == service,
        MechanismKind::Workforce(workforce) => workforce.hours.iter().any(|(s, _)| *s == service),
        _ => false,
    }
}

/// A limit and all it rests on.
fn closure(k: usize, chain: &BTreeMap<usize, Vec<usize>>) -> Vec<usize> {
    let mut all = vec![k];
    let mut next = 0;
    while next < all.len() {
        for l in chain.get(&all[next]).into_iter().flatten() {
            if !all.contains(l) {
                all.push(*l);
            }
        }
        next += 1;
    }
    all
}

/// Dated mechanisms of this file, for the check that they are shown.
pub fn dated(mechanism: &Mechanism) -> Option<(i32, i32)> {
    match &mechanism.kind {
        MechanismKind::Places(places) => Some(places.years),
        MechanismKind::Joint(joint) => Some(joint.years),
        _ => None,
    }
}
