//! Who is picked, and by what: classifications, selections, routings, moved hours, trials, units.

use super::mechanisms::Ground;
use super::services::{levels_of, place_or};
use super::world::CheckedWorld;
use super::{
    Checking, Missing, Slot, items, label, list, named, number, text, text_or_empty, words,
};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Assigned, BudgetUnit, Classification, Coverage, GroupId, Mechanism, MechanismKind, Pilot,
    PilotEvidence, Quota, Reading, Reallocation, Selection, ServiceId, Value, Words, joint_levels,
};
use crate::scenario::grammar::{CLASSIFICATION, PILOT, REALLOCATE, SELECTION, UNIT};
use crate::scenario::tree::{Node, Table};
use crate::stats::Trial;

const FACTORS: [&str; 4] = ["medical", "social", "psychological", "own_resources"];

/// True levels, assigned levels, and the law of the pair by number of misread factors.
type Joint = Vec<(u8, u8, Vec<f64>)>;

// ---- Classifications -----------------------------------------------------------------------

impl Checking<'_> {
    /// The levels that a classification gives a group, and where it stands.
    pub fn classified_levels(
        &mut self,
        world: &Table,
        group: &str,
    ) -> Option<(Vec<(u8, f64)>, Span)> {
        let of = |table: &Table| text(table, "group").as_deref() == Some(group);
        let mut found = named(world, "classification")
            .filter(|(_, table, _)| of(table) && table.node("factors").is_some());
        let (_, table, at) = found.next()?;
        if let Some((name, _, at)) = found.next() {
            let (name, what) = (name.to_owned(), format!("classifications of `{group}`"));
            self.raise(at, Fault::DuplicateName { name, what });
            return None;
        }
        let (_, joint) = self.joint(table)?;
        let mut levels: Vec<(u8, f64)> = Vec::new();
        for (truly, _, by_wrong) in joint {
            match levels.iter_mut().find(|(level, _)| *level == truly) {
                Some((_, share)) => *share += by_wrong[0],
                None => levels.push((truly, by_wrong[0])),
            }
        }
        Some((levels, at))
    }

    /// Number of factors and the joint law; faults are raised where the levels are asked for.
    fn joint(&mut self, table: &Table) -> Option<(u32, Joint)> {
        let node = table.node("factors")?;
        let stated = node.table()?;
        let mut factors = Vec::new();
        for factor in FACTORS {
            let Some(entry) = stated.node(factor) else {
                continue;
            };
            let points = entry.table()?.node("points")?;
            let shares: Vec<f64> = points
                .list()?
                .iter()
                .map(Node::number)
                .collect::<Option<_>>()?;
            let what = format!("the points of `{factor}`");
            if !self.whole(points.span, &what, shares.iter().sum()) {
                return None;
            }
            factors.push(shares);
        }
        let most: usize = factors.iter().map(|f| f.len() - 1).sum();
        let thresholds: Vec<u32> = list(table, "thresholds")
            .iter()
            .filter_map(|n| u32::try_from(n.whole()?).ok())
            .collect();
        let why = if factors.is_empty() {
            Some("no factor is stated".to_owned())
        } else if thresholds.is_empty() {
            Some("no threshold is stated, so there is only one level".to_owned())
        } else if thresholds.windows(2).any(|pair| pair[1] <= pair[0]) {
            Some("the thresholds do not rise".to_owned())
        } else if thresholds.iter().any(|t| *t as usize > most) {
            Some(format!(
                "nobody can have more than {most} points, so the last level is empty"
            ))
        } else {
            None
        };
        if let Some(why) = why {
            let at = place_or(table, "thresholds", node.span);
            self.raise(at, Fault::ClassificationShape { why });
            return None;
        }
        Some((factors.len() as u32, joint_levels(&factors, &thresholds)))
    }

    /// The classifications in file order.
    pub fn classifications(
        &mut self,
        world: &CheckedWorld,
    ) -> (Vec<String>, Option<Vec<Classification>>) {
        let table = world.table.clone();
        let mut names = Vec::new();
        let mut all = Vec::new();
        for (name, table, at) in named(&table, "classification") {
            names.push(name.to_owned());
            all.push(self.classification(name, table, at, world));
        }
        (names, all.into_iter().collect())
    }

    fn classification(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        world: &CheckedWorld,
    ) -> Option<Classification> {
        let group = self.reference("group", table.node("group")?, &world.group_names)?;
        let label = label(table, name);
        let reading = match table.node("factors") {
            Some(_) => {
                let misread = self.figure_of(table, at, "misread", &label)?;
                let (factors, joint) = self.joint_quietly(table)?;
                Reading::Factors {
                    factors,
                    joint,
                    misread,
                }
            }
            None => {
                let sensitivity = self.figure_of(table, at, "sensitivity", &label)?;
                let specificity = self.figure_of(table, at, "specificity", &label)?;
                let levels = levels_of(world.groups[group].as_ref()?);
                if levels.len() != 2 {
                    let found = levels.len();
                    let group = world.group_names[group].clone();
                    self.raise(at, Fault::ScreenedLevels { group, found });
                    return None;
                }
                Reading::Screened {
                    sensitivity,
                    specificity,
                }
            }
        };
        let of_factors = table.node("factors").is_some();
        for (key, factors) in [
            ("thresholds", true),
            ("misread", true),
            ("sensitivity", false),
            ("specificity", false),
        ] {
            if let (Some(node), true) = (table.node(key), factors != of_factors) {
                let why = match of_factors {
                    true => format!("`{key}` does not go with factors"),
                    false => format!("`{key}` only goes with factors"),
                };
                self.raise(node.span, Fault::ClassificationShape { why });
                return None;
            }
        }
        Some(Classification {
            id: name.to_owned(),
            label,
            group: GroupId(group as u16),
            reading,
            source: text_or_empty(table, "source"),
            origin: self.origin(at),
        })
    }

    /// The joint law, its faults having been told with the group's levels.
    fn joint_quietly(&mut self, table: &Table) -> Option<(u32, Joint)> {
        match self.faults.any_error() {
            true => None,
            false => self.joint(table),
        }
    }

    /// A figure of a classification; a blank where it is left open or out.
    fn figure_of(&mut self, table: &Table, at: Span, key: &str, label: &Words) -> Option<Value> {
        self.gate_slot((table, at), &CLASSIFICATION, key, Missing::Misread(label))
    }
}

// ---- Coverages -----------------------------------------------------------------------------

impl Checking<'_> {
    /// `[coverage.x.selection]`: `Some(None)` where there is none.
    pub fn selection(
        &mut self,
        table: &Table,
        label: &Words,
        cells: &[(GroupId, u8)],
        world: &CheckedWorld,
    ) -> Option<Option<Selection>> {
        let Some(node) = table.node("selection") else {
            return Some(None);
        };
        let stated = node.table()?;
        let service = stated.node("service")?;
        let counted = self.service_named(service, world)?;
        let used = |group: &GroupId| -> Option<bool> {
            let service = world.services[counted.0 as usize].as_ref()?;
            Some(service.service.rates.iter().any(|r| r.group == *group))
        };
        for (group, _) in cells {
            if used(group) == Some(false) {
                let who = world.group_names[group.0 as usize].clone();
                let name = service.text().unwrap_or_default().to_owned();
                self.raise(service.span, Fault::NobodyUses { service: name, who });
                return None;
            }
        }
        let mut follows = Vec::new();
        for node in list(stated, "follows") {
            follows.push(self.service_named(node, world)?);
        }
        let missing = Missing::Heterogeneity(label);
        let shape = self.gate_slot((stated, node.span), &SELECTION, "shape", missing)?;
        self.positive_shape(stated, shape)?;
        let missing = Missing::Heterogeneity(label);
        let persistence = self.optional_slot(stated, &SELECTION, "persistence", missing)?;
        Some(Some(Selection {
            service: counted,
            at_least: super::whole(stated, "at_least")?,
            shape,
            follows,
            persistence,
        }))
    }

    fn service_named(&mut self, node: &Node, world: &CheckedWorld) -> Option<ServiceId> {
        let index = self.reference("service", node, &world.service_names)?;
        Some(ServiceId(index as u16))
    }

    /// A shape is above 0 in every draw.
    fn positive_shape(&mut self, table: &Table, shape: Value) -> Option<()> {
        let least = match self.figures.law(shape) {
            Some(law) => law.quantile(1e-9),
            None => self.figures.mean(shape).unwrap_or(1.0),
        };
        if least > 0.0 {
            return Some(());
        }
        let node = table.node("shape")?;
        let found = least;
        self.raise(node.span, Fault::ShapeNotPositive { found });
        None
    }

    /// Index of the classification that a coverage names: `Some(None)` where it names none.
    pub fn classified_by(&mut self, table: &Table, world: &CheckedWorld) -> Option<Option<usize>> {
        match table.node("classified_by") {
            None => Some(None),
            Some(node) => self
                .reference("classification", node, &world.classification_names)
                .map(Some),
        }
    }

    /// The assigned levels wanted, and the cells of the true levels they may come from.
    pub fn assigned(
        &mut self,
        table: &Table,
        classification: usize,
        wanted: &[(GroupId, u8)],
        world: &CheckedWorld,
    ) -> Option<(Assigned, Vec<(GroupId, u8)>)> {
        let stated = world.classifications.as_ref()?.get(classification)?;
        let node = table.node("classified_by")?;
        if let Some((other, _)) = wanted.iter().find(|(g, _)| *g != stated.group) {
            let group = world.group_names[other.0 as usize].clone();
            let name = stated.id.clone();
            let of = world.group_names[stated.group.0 as usize].clone();
            self.raise(node.span, Fault::ClassifiedGroup { name, group, of });
            return None;
        }
        let mut levels: Vec<u8> = wanted.iter().map(|(_, level)| *level).collect();
        levels.sort_unstable();
        let group = world.groups[stated.group.0 as usize].as_ref()?;
        let cells = levels_of(group).into_iter().map(|l| (stated.group, l));
        let assigned = Assigned {
            classification,
            levels,
        };
        Some((assigned, cells.collect()))
    }
}

// ---- The agreement -------------------------------------------------------------------------

impl Checking<'_> {
    /// Every level of a routing's groups is routed once; intensity does not fall with the level.
    pub fn routings(
        &mut self,
        agreement: &Table,
        ground: &Ground<'_>,
        mechanisms: &[(String, Option<Mechanism>)],
    ) {
        for (name, table, at) in named(agreement, "routing") {
            let Some(routed) = self.routed(table, ground) else {
                continue;
            };
            let mut groups: Vec<GroupId> = routed
                .iter()
                .flat_map(|(_, c)| wanted(c))
                .map(|c| c.0)
                .collect();
            groups.sort_unstable();
            groups.dedup();
            for group in groups {
                let Some(stated) = &ground.world.groups[group.0 as usize] else {
                    continue;
                };
                for level in levels_of(stated) {
                    let times = routed
                        .iter()
                        .filter(|(_, c)| wanted(c).contains(&(group, level)))
                        .count();
                    let (group, name) = (stated.id.clone(), name.to_owned());
                    let at = place_or(table, "coverages", at);
                    match times {
                        0 => self.raise(at, Fault::NotRouted { name, group, level }),
                        1 => {}
                        _ => self.raise(at, Fault::RoutedTwice { name, group, level }),
                    }
                }
            }
            self.intensity(table, &routed, mechanisms, ground);
        }
    }

    fn routed<'g>(
        &mut self,
        table: &Table,
        ground: &'g Ground<'_>,
    ) -> Option<Vec<(usize, &'g Coverage)>> {
        let mut routed = Vec::new();
        for node in list(table, "coverages") {
            let at = self.reference("coverage", node, ground.coverage_names)?;
            routed.push((at, ground.coverages[at].as_ref()?));
        }
        Some(routed)
    }

    fn intensity(
        &mut self,
        table: &Table,
        routed: &[(usize, &Coverage)],
        mechanisms: &[(String, Option<Mechanism>)],
        ground: &Ground<'_>,
    ) {
        let Some(node) = table.node("intensity") else {
            return;
        };
        let Some(service) = self.service_named(node, ground.world) else {
            return;
        };
        let mut by_level: Vec<(u8, f64)> = Vec::new();
        for (at, coverage) in routed {
            let given: f64 = mechanisms
                .iter()
                .filter_map(|(_, m)| match &m.as_ref()?.kind {
                    MechanismKind::Provide(p) if p.service == service && p.coverage == *at => {
                        match p.quantity {
                            Quota::PerPersonYear(units) => self.figures.mean(units),
                            _ => None,
                        }
                    }
                    _ => None,
                })
                .sum();
            by_level.extend(
                wanted(coverage)
                    .into_iter()
                    .map(|(_, level)| (level, given)),
            );
        }
        by_level.sort_by_key(|(level, _)| *level);
        if let Some(pair) = by_level.windows(2).find(|pair| pair[1].1 < pair[0].1) {
            let service = node.text().unwrap_or_default().to_owned();
            let level = pair[1].0;
            self.raise(node.span, Fault::IntensityFalls { service, level });
        }
    }

    /// Hours that move.
    pub fn reallocations(
        &mut self,
        agreement: &Table,
        ground: &Ground<'_>,
        mechanisms: &[(String, Option<Mechanism>)],
    ) -> Option<Vec<Reallocation>> {
        let all: Vec<Option<Reallocation>> = items(agreement, "reallocate")
            .map(|(table, at)| self.reallocation(table, at, ground, mechanisms))
            .collect();
        all.into_iter().collect()
    }

    fn reallocation(
        &mut self,
        table: &Table,
        at: Span,
        ground: &Ground<'_>,
        mechanisms: &[(String, Option<Mechanism>)],
    ) -> Option<Reallocation> {
        let name = text(table, "name")?;
        let label = label(table, &name);
        let service = self.service_named(table.node("service")?, ground.world)?;
        let from = self.reference("coverage", table.node("from")?, ground.coverage_names)?;
        let to = self.reference("coverage", table.node("to")?, ground.coverage_names)?;
        if from == to {
            let at = table.node("to")?.span;
            let coverage = ground.coverage_names[to].clone();
            self.raise(at, Fault::MovedToItself { coverage });
            return None;
        }
        let key = "units_per_person_year";
        let missing = Missing::Quantity(&label);
        let units = self.gate_slot((table, at), &REALLOCATE, key, missing)?;
        let place = place_or(table, key, at);
        self.there_is(place, service, from, units, ground, mechanisms)?;
        Some(Reallocation {
            name,
            label,
            service,
            from,
            to,
            units,
            origin: self.origin(at),
        })
    }

    /// The persons who give have, on average, at least so many units: their own and provided.
    fn there_is(
        &mut self,
        at: Span,
        service: ServiceId,
        from: usize,
        units: Value,
        ground: &Ground<'_>,
        mechanisms: &[(String, Option<Mechanism>)],
    ) -> Option<()> {
        let moved = self.figures.mean(units).unwrap_or(0.0);
        let provided: f64 = mechanisms
            .iter()
            .filter_map(|(_, m)| match &m.as_ref()?.kind {
                MechanismKind::Provide(p) if p.service == service && p.coverage == from => {
                    match p.quantity {
                        Quota::PerPersonYear(units) => self.figures.mean(units),
                        _ => None,
                    }
                }
                _ => None,
            })
            .sum();
        let coverage = ground.coverages[from].as_ref()?;
        for (group, level) in wanted(coverage) {
            let own = self.own_rate(service, group, level, ground.world)?;
            if moved > own + provided + 1e-9 {
                let service = ground.world.service_names[service.0 as usize].clone();
                let has = (1e4 * (own + provided)).round() / 1e4;
                let fault = Fault::MovesMoreThanThere {
                    service,
                    level,
                    has,
                    moved,
                };
                self.raise(at, fault);
                return None;
            }
        }
        Some(())
    }

    /// Mean units per person-year at a level, at age factor and municipality factor 1.
    fn own_rate(
        &self,
        service: ServiceId,
        group: GroupId,
        level: u8,
        world: &CheckedWorld,
    ) -> Option<f64> {
        let stated = &world.services[service.0 as usize].as_ref()?.service;
        let levels = levels_of(world.groups[group.0 as usize].as_ref()?);
        let at = levels.iter().position(|l| *l == level)?;
        let rate = stated.rates.iter().find(|r| r.group == group);
        Some(rate.map_or(0.0, |r| {
            self.figures.mean(r.rate).unwrap_or(0.0) * r.level_factor[at]
        }))
    }

    /// `[pilot]`: `Some(None)` where there is none.
    pub fn pilot(&mut self, agreement: &Table, ground: &Ground<'_>) -> Option<Option<Pilot>> {
        let Some(node) = agreement.node("pilot") else {
            return Some(None);
        };
        let (table, at) = (node.table()?, node.span);
        let name = words(table, "name").unwrap_or_else(|| Words {
            da: "Afprøvning".into(),
            en: "Pilot".into(),
        });
        let named = table.node("service")?;
        let service = self.service_named(named, ground.world)?;
        let coverage = table.node("coverage")?;
        let coverage = self.reference("coverage", coverage, ground.coverage_names)?;
        let dispersion = number(table, "dispersion")?;
        if dispersion < 1.0 {
            let at = table.node("dispersion")?.span;
            self.raise(
                at,
                Fault::PilotFigure {
                    what: "dispersion",
                    found: dispersion,
                    needs: "at least 1: persons differ at least as much as chance alone makes them",
                },
            );
            return None;
        }
        for (key, otherwise) in [("significance", 0.05), ("power", 0.8)] {
            let found = number(table, key).unwrap_or(otherwise);
            if let (false, Some(node)) = (0.0 < found && found < 1.0, table.node(key)) {
                self.raise(
                    node.span,
                    Fault::PilotFigure {
                        what: key,
                        found,
                        needs: "between 0 and 1",
                    },
                );
                return None;
            }
        }
        let rate = self.optional_slot(table, &PILOT, "rate", Missing::Rate(&name))?;
        let covered = ground.coverages[coverage].as_ref()?;
        let used = covered.cells.iter().any(|(group, level)| {
            self.own_rate(service, *group, *level, ground.world)
                .is_some_and(|r| r > 0.0)
        });
        if rate.is_none() && !used {
            let service = named.text().unwrap_or_default().to_owned();
            let who = covered.id.clone();
            self.raise(named.span, Fault::NobodyUses { service, who });
            return None;
        }
        let missing = Missing::RateRatio(&name);
        let rate_ratio = self.gate_slot((table, at), &PILOT, "rate_ratio", missing)?;
        let (result, seen) = self.seen(table, &name)?.unzip();
        Some(Some(Pilot {
            service,
            coverage,
            persons_control: number(table, "persons_control")?,
            persons_treated: number(table, "persons_treated")?,
            years: number(table, "years").unwrap_or(1.0),
            rate,
            dispersion,
            rate_ratio,
            significance: number(table, "significance").unwrap_or(0.05),
            power: number(table, "power").unwrap_or(0.8),
            result,
            seen,
            source: text_or_empty(table, "source"),
            origin: self.origin(at),
            name,
        }))
    }

    /// What the trial saw: `Some(None)` where no result is stated.
    fn seen(&mut self, table: &Table, name: &Words) -> Option<Option<(Value, PilotEvidence)>> {
        let Some(result) = self.optional_slot(table, &PILOT, "result", Missing::RateRatio(name))?
        else {
            return Some(None);
        };
        let found = self.figures.written(result).and_then(evidence);
        if let (None, Some(node)) = (found, table.node("result")) {
            let why = "`result` names a parameter with law.pilot".to_owned();
            let law = "pilot".to_owned();
            self.raise(node.span, Fault::LawArguments { law, why });
            return None;
        }
        Some(found.map(|seen| (result, seen)))
    }

    /// `[unit]`: `Some(None)` where there is none.
    pub fn budget_unit(
        &mut self,
        agreement: &Table,
        ground: &Ground<'_>,
    ) -> Option<Option<BudgetUnit>> {
        let Some(node) = agreement.node("unit") else {
            return Some(None);
        };
        let (table, at) = (node.table()?, node.span);
        let name = words(table, "name").unwrap_or_else(|| Words {
            da: "Enheden".into(),
            en: "The unit".into(),
        });
        let mut services = Vec::new();
        for node in list(table, "services") {
            let service = self.service_named(node, ground.world)?;
            let stated = &ground.world.services[service.0 as usize].as_ref()?.service;
            if stated.rates.is_empty() {
                let service = node.text().unwrap_or_default().to_owned();
                let who = "the world".to_owned();
                self.raise(node.span, Fault::NobodyUses { service, who });
                return None;
            }
            services.push(service);
        }
        let missing = Missing::Cost(&name);
        let stop_loss = match self.slot(table, &UNIT, "stop_loss") {
            Slot::Value(value) => Some(value),
            Slot::Absent => None,
            Slot::Broken => return None,
            Slot::Blank(at) => {
                self.blank(at, missing);
                None
            }
        };
        Some(Some(BudgetUnit {
            citizens: number(table, "citizens")?,
            services,
            stop_loss,
            source: text_or_empty(table, "source"),
            origin: self.origin(at),
            name,
        }))
    }
}

/// The cells a coverage asks for: of assigned levels where it is classified.
fn wanted(coverage: &Coverage) -> Vec<(GroupId, u8)> {
    match &coverage.assigned {
        None => coverage.cells.clone(),
        Some(assigned) => {
            let group = coverage.cells.first().map_or(GroupId(0), |cell| cell.0);
            assigned
                .levels
                .iter()
                .map(|level| (group, *level))
                .collect()
        }
    }
}

/// What a parameter's `law.pilot` has seen and believed.
fn evidence(parameter: &Table) -> Option<PilotEvidence> {
    evidence_of(parameter.node("law")?.table()?.node("pilot")?.table()?)
}

/// The trial and the belief of `law.pilot = { … }`.
pub fn evidence_of(law: &Table) -> Option<PilotEvidence> {
    let of = |group: &str, key: &str| number(law.node(group)?.table()?, key);
    Some(PilotEvidence {
        trial: Trial {
            persons_control: of("control", "persons")?,
            persons_treated: of("treated", "persons")?,
            years: number(law, "years").unwrap_or(1.0),
            rate_control: of("control", "rate")?,
            rate_treated: of("treated", "rate")?,
            dispersion: number(law, "dispersion")?,
        },
        prior_median: of("prior", "median")?,
        prior_sigma: of("prior", "sigma")?,
    })
}
