//! What an agreement wants reported: break-even volumes, tasks by lowest effective level, the
//! three aims; and the world's quiet shift.

use super::mechanisms::{Catalogue, Ground};
use super::services::place_or;
use super::world::CheckedWorld;
use super::{Checking, Slot, items, label, list, number, party, text, text_or_empty, words, year};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Aims, BreakEven, Direction, Drift, Indicator, InvestBasis, LeonOption, LeonTask, MechanismKind,
    Reports, ServiceId, Value, Words,
};
use crate::scenario::grammar::{DRIFT, LEON_OPTION, SPILL};
use crate::scenario::tree::{Node, Table};

impl Checking<'_> {
    /// Everything that is reported beside the accounts.
    pub fn reports(
        &mut self,
        agreement: &Table,
        ground: &Ground<'_>,
        catalogue: &Catalogue,
        indicators: &[Indicator],
    ) -> Option<Reports> {
        let break_evens: Vec<Option<BreakEven>> = items(agreement, "break_even")
            .map(|(table, _)| self.break_even(table, catalogue))
            .collect();
        let tasks: Vec<Option<LeonTask>> = items(agreement, "leon")
            .map(|(table, at)| self.task(table, at, ground))
            .collect();
        let aims = match agreement.node("triple_aim").and_then(Node::table) {
            None => Some(None),
            Some(table) => self.aims(table, indicators).map(Some),
        };
        Some(Reports {
            break_evens: break_evens.into_iter().collect::<Option<_>>()?,
            tasks: tasks.into_iter().collect::<Option<_>>()?,
            aims: aims?,
            staying_out: self.staying_out(agreement, ground)?,
        })
    }

    fn break_even(&mut self, table: &Table, catalogue: &Catalogue) -> Option<BreakEven> {
        let name = text(table, "name")?;
        let names: Vec<String> = catalogue.iter().map(|(name, _)| name.clone()).collect();
        let node = table.node("shift")?;
        let kind = |k: usize| catalogue[k].1.as_ref().map(|m| &m.kind);
        let along = list(table, "also").iter();
        let mut shifts = Vec::new();
        for node in [node].into_iter().chain(along) {
            let k = self.reference("mechanism", node, &names)?;
            if !matches!(kind(k)?, MechanismKind::Shift(_)) {
                let (name, needs) = (names[k].clone(), "a shift".to_owned());
                self.raise(node.span, Fault::BreakEvenOf { name, needs });
                return None;
            }
            shifts.push(k);
        }
        let mut fixed = Vec::new();
        for node in list(table, "fixed") {
            let k = self.reference("mechanism", node, &names)?;
            let yearly = match kind(k)? {
                MechanismKind::Places(_) => true,
                MechanismKind::Invest(i) => matches!(i.basis, InvestBasis::Yearly(..)),
                _ => false,
            };
            if !yearly {
                let name = names[k].clone();
                let needs = "an `invest` with `years`, or `places`".to_owned();
                self.raise(node.span, Fault::BreakEvenOf { name, needs });
                return None;
            }
            fixed.push(k);
        }
        Some(BreakEven {
            label: label(table, &name),
            name,
            shift: shifts[0],
            also: shifts[1..].to_vec(),
            fixed,
        })
    }

    fn task(&mut self, table: &Table, at: Span, ground: &Ground<'_>) -> Option<LeonTask> {
        let id = text(table, "task")?;
        let mut options: Vec<LeonOption> = Vec::new();
        let mut sound = true;
        for node in list(table, "options") {
            let Some(inner) = node.table() else { continue };
            match self.option(inner, node.span, ground) {
                Some(option) if options.iter().any(|o| o.id == option.id) => {
                    let (name, what) = (option.id, "options".to_owned());
                    self.raise(
                        place_or(inner, "id", node.span),
                        Fault::DuplicateName { name, what },
                    );
                    sound = false;
                }
                Some(option) => options.push(option),
                None => sound = false,
            }
            // a capacity is a number of something
            if inner.node("capacity").is_some() && table.node("unit").is_none() {
                let at = place_or(inner, "capacity", node.span);
                self.raise(at, Fault::CapacityWithoutUnit { task: id.clone() });
                sound = false;
            }
        }
        sound.then_some(())?;
        let names: Vec<String> = options.iter().map(|o| o.id.clone()).collect();
        let actual = self.reference("option", table.node("actual")?, &names)?;
        let _ = at;
        Some(LeonTask {
            label: label(table, &id),
            unit: words(table, "unit").unwrap_or_else(|| Words {
                da: "enhed".to_owned(),
                en: "unit".to_owned(),
            }),
            floor: number(table, "floor")?,
            volume: number(table, "volume"),
            actual,
            options,
            source: text_or_empty(table, "source"),
            id,
        })
    }

    fn option(&mut self, table: &Table, at: Span, ground: &Ground<'_>) -> Option<LeonOption> {
        let id = text(table, "id")?;
        let producer = table.node("producer").and_then(party)?;
        let cost = match table.node("service") {
            Some(node) => {
                let service = self.service_of(table, "service", ground)?;
                let stated = ground.world.services[service.0 as usize].as_ref()?;
                let cost = stated.service.unit_cost_of(producer);
                if cost.is_none() {
                    let (service, party) = (node.text()?.to_owned(), producer.key().to_owned());
                    self.raise(node.span, Fault::NoCostThere { service, party });
                }
                cost?
            }
            None => match self.slot(table, &LEON_OPTION, "cost") {
                Slot::Value(value) => value,
                _ => return None,
            },
        };
        let _ = at;
        Some(LeonOption {
            label: label(table, &id),
            id,
            producer,
            cost,
            quality: number(table, "quality")?,
            experience: number(table, "experience"),
            capacity: number(table, "capacity"),
            admissible: table
                .node("admissible")
                .and_then(Node::flag)
                .unwrap_or(true),
        })
    }

    fn aims(&mut self, table: &Table, indicators: &[Indicator]) -> Option<Aims> {
        let names: Vec<String> = indicators.iter().map(|i| i.id.clone()).collect();
        let mut of = |key: &str| -> Option<Vec<usize>> {
            let mut found = Vec::new();
            for node in list(table, key) {
                let i = self.reference("indicator", node, &names)?;
                if indicators[i].services.is_empty() {
                    let name = names[i].clone();
                    self.raise(node.span, Fault::AimWithoutFigure { name });
                    return None;
                }
                found.push(i);
            }
            Some(found)
        };
        let (fewer, more) = (of("fewer"), of("more"));
        let direction = match text(table, "direction")?.as_str() {
            "better" => Direction::Better,
            "unchanged" => Direction::Unchanged,
            "worse" => Direction::Worse,
            _ => Direction::Unknown,
        };
        let (fewer, more) = (fewer?, more?);
        if let Some(twice) = fewer.iter().find(|i| more.contains(i)) {
            let at = table.node("more")?.span;
            let (name, what) = (names[*twice].clone(), "aims".to_owned());
            self.raise(at, Fault::DuplicateName { name, what });
            return None;
        }
        Some(Aims {
            fewer,
            more,
            experience: words(table, "experience")?,
            direction,
            source: text_or_empty(table, "source"),
            grade: text_or_empty(table, "grade"),
        })
    }

    /// Quiet shifts of the world, in file order.
    pub fn drifts(&mut self, world: &Table, checked: &CheckedWorld) -> Option<Vec<Drift>> {
        let drifts: Vec<Option<Drift>> = items(world, "drift")
            .map(|(table, at)| self.drift(table, at, checked))
            .collect();
        let drifts: Vec<Drift> = drifts.into_iter().collect::<Option<_>>()?;
        let mut sound = true;
        for (d, (table, at)) in items(world, "drift").enumerate() {
            let own = drifts[d].service;
            let before = drifts[..d].iter().any(|o| o.service == own);
            let spilled = drifts
                .iter()
                .any(|o| o.spill.iter().any(|(to, _)| *to == own));
            let why = match (before, spilled) {
                (true, _) => "drifts already: one line a service",
                (_, true) => "is itself created by a quiet shift: work it out as one",
                _ => continue,
            };
            let service = checked.service_names[own.0 as usize].clone();
            let why = why.to_owned();
            self.raise(
                place_or(table, "service", at),
                Fault::QuietShift { service, why },
            );
            sound = false;
        }
        sound.then_some(drifts)
    }

    fn drift(&mut self, table: &Table, at: Span, world: &CheckedWorld) -> Option<Drift> {
        let name = text(table, "name")?;
        let names = &world.service_names;
        let service = self.reference("service", table.node("service")?, names)?;
        let yearly = match self.slot(table, &DRIFT, "yearly") {
            Slot::Value(value) => value,
            _ => return None,
        };
        if self.figures.mean(yearly).is_some_and(|mean| mean >= 0.0) {
            let (service, why) = (
                names[service].clone(),
                "does not shrink: `yearly` is not negative".to_owned(),
            );
            self.raise(
                place_or(table, "yearly", at),
                Fault::QuietShift { service, why },
            );
            return None;
        }
        let mut spill: Vec<(ServiceId, Value)> = Vec::new();
        for (inner, at) in items(table, "spill") {
            let to = self.reference("service", inner.node("service")?, names)?;
            self.spill_has_rates(service, to, place_or(inner, "service", at), world)?;
            match self.slot(inner, &SPILL, "units") {
                Slot::Value(value) => spill.push((ServiceId(to as u16), value)),
                _ => return None,
            }
        }
        Some(Drift {
            label: label(table, &name),
            name,
            service: ServiceId(service as u16),
            yearly,
            since: table.node("since").and_then(year)?,
            spill,
            origin: self.origin(at),
        })
    }

    /// The work appears in the cell that the patient belongs to: that cell must know the service.
    fn spill_has_rates(
        &mut self,
        from: usize,
        to: usize,
        at: Span,
        world: &CheckedWorld,
    ) -> Option<()> {
        let (giver, taker) = (world.services[from].as_ref()?, world.services[to].as_ref()?);
        let lacking = giver.service.rates.iter().find(|rate| {
            let same = |other: &crate::model::Rate| other.group == rate.group;
            !taker.service.rates.iter().any(same)
        });
        let Some(rate) = lacking else { return Some(()) };
        let group = world.group_names[rate.group.0 as usize].clone();
        let service = world.service_names[to].clone();
        self.raise(at, Fault::SpillWithoutRate { service, group });
        None
    }
}
