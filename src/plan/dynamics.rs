//! Level dynamics in the walk: what moves between need levels do to persons and volumes.
//!
//! ```text
//!   persons of a cell, unchanged practice = persons of the group · share(level, year)
//!   persons under the agreement           = that · (1 − φ)      φ = emptied(level, year)
//! ```
//!
//! A transition is a mechanism that takes φ of every volume of the cell (or adds −φ), before any
//! effect or shift: so survivors bear their cost, and effects meet the persons who are there.
//! Municipalities of equal pace share φ; they are weights, not columns.
//! Absent: the arithmetic of a path, which is [`Course`]'s.

use super::algebra::Algebra;
use super::forms::Column;
use super::lower::{Change, Place, Thinned, Walk};
use super::lowered::{Fate, LevelPersons};
use super::weights::effect_pace;
use crate::model::*;
use rustc_hash::FxHashMap;

/// A level propagator: probabilities in, a figure for each year and level out.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelKernel {
    /// What is not drawn.
    pub course: Course,
    /// The probability of each move.
    pub moves: Vec<Column>,
    /// With an agreement: shares by year and level, and cuts by year and move. Without: shares
    /// are computed.
    pub change: Option<(Vec<Column>, Vec<Vec<Column>>)>,
}

impl LevelKernel {
    /// Columns that are read.
    pub(super) fn reads(&self) -> impl Iterator<Item = Column> + '_ {
        let change = self.change.iter();
        let change = change.flat_map(|(shares, cuts)| shares.iter().chain(cuts.iter().flatten()));
        self.moves.iter().chain(change).copied()
    }
}

/// How transitions empty a group's levels in municipalities of one pace; figures by year × level.
pub(super) struct Emptied<V> {
    /// Each transition on its own.
    pub alone: Vec<(usize, Vec<V>)>,
    /// All of them.
    pub all: Vec<V>,
}

/// What the walk knows about levels that move.
pub(super) struct Levels<V> {
    /// Transitions of the agreement: (mechanism, cut when fully phased in, pace).
    transitions: Vec<(usize, V, super::weights::Pace)>,
    /// Municipalities of equal pace have the same class.
    class_of: Vec<usize>,
    /// By group and class.
    emptied: FxHashMap<(GroupId, usize), Emptied<V>>,
}

impl<V> Default for Levels<V> {
    fn default() -> Self {
        Levels {
            transitions: Vec::new(),
            class_of: Vec::new(),
            emptied: FxHashMap::default(),
        }
    }
}

impl<A: Algebra> Walk<'_, A> {
    /// Reads the agreement's transitions, and how each class of municipalities empties levels.
    pub(super) fn prepare_levels(&mut self) {
        let model = self.model;
        for (k, mechanism) in model.agreement.mechanisms.iter().enumerate() {
            if let MechanismKind::Transition(transition) = &mechanism.kind {
                let (cut, pace) = self.cut(transition);
                self.levels.transitions.push((k, cut, pace));
            }
        }
        if self.levels.transitions.is_empty() {
            return;
        }
        self.classify();
        let classes = self.levels.class_of.iter().max().map_or(0, |c| c + 1);
        for group in moved_groups(model) {
            for class in 0..classes {
                let emptied = self.emptied_by(group, class);
                self.levels.emptied.insert((group, class), emptied);
            }
        }
    }

    /// uptake × eligible × attenuation × (1 − ratio), and its pace.
    fn cut(&mut self, transition: &Transition) -> (A::Value, super::weights::Pace) {
        let ratio = self.value(transition.ratio);
        let mut avoided = self.algebra.complement(&ratio);
        if let Some(kept) = transition.attenuation {
            let kept = self.value(kept);
            avoided = self.algebra.multiply(&avoided, &kept);
        }
        let share = self.coverages[transition.coverage].share.clone();
        let coverage = &self.model.agreement.coverages[transition.coverage];
        let (lag, decay) = (transition.lag_months, transition.decay);
        let mut pace = effect_pace(&self.model.agreement, coverage, &self.years, lag, decay);
        self.close_without_sub_agreement(coverage, &mut pace);
        (self.algebra.multiply(&avoided, &share), pace)
    }

    fn classify(&mut self) {
        let mut known: Vec<Vec<u64>> = Vec::new();
        for m in 0..self.model.world.municipalities.len() {
            let paces = self.levels.transitions.iter();
            let bits: Vec<u64> = paces
                .flat_map(|(_, _, pace)| pace[m].iter().map(|p| p.to_bits()))
                .collect();
            let class = known.iter().position(|k| *k == bits).unwrap_or(known.len());
            if class == known.len() {
                known.push(bits);
            }
            self.levels.class_of.push(class);
        }
    }

    fn emptied_by(&mut self, group: GroupId, class: usize) -> Emptied<A::Value> {
        let acting: Vec<usize> = (0..self.levels.transitions.len())
            .filter(|i| self.acts_in(*i, group, class))
            .collect();
        let one = |walk: &mut Self, of: &[usize]| walk.emptied_with(group, class, of);
        let alone: Vec<(usize, Vec<A::Value>)> = acting
            .iter()
            .map(|i| (self.levels.transitions[*i].0, one(self, &[*i])))
            .collect();
        let all = match alone.as_slice() {
            [] => Vec::new(),
            [(_, only)] => only.clone(),
            _ => one(self, &acting),
        };
        Emptied { alone, all }
    }

    /// Whether transition i ever acts on a group in municipalities of a class.
    fn acts_in(&self, i: usize, group: GroupId, class: usize) -> bool {
        let (k, _, pace) = &self.levels.transitions[i];
        let m = self.municipality_of(class);
        let MechanismKind::Transition(transition) = &self.model.agreement.mechanisms[*k].kind
        else {
            return false;
        };
        let covered = &self.model.agreement.coverages[transition.coverage].cells;
        covered.iter().any(|(g, _)| *g == group) && pace[m].iter().any(|p| *p != 0.0)
    }

    fn municipality_of(&self, class: usize) -> usize {
        self.levels
            .class_of
            .iter()
            .position(|c| *c == class)
            .unwrap_or(0)
    }

    /// Cuts of transitions `of` by year and move, and what they empty.
    fn emptied_with(&mut self, group: GroupId, class: usize, of: &[usize]) -> Vec<A::Value> {
        let m = self.municipality_of(class);
        let model = self.model;
        let stated = &model.world.groups[group.0 as usize];
        let Some(course) = stated.course(&model.world.population, &self.years) else {
            return Vec::new();
        };
        let mut cuts = Vec::with_capacity(self.years.len());
        for t in 0..self.years.len() {
            let moves = stated.dynamics.iter().flat_map(|d| &d.moves);
            let year: Vec<A::Value> = moves
                .map(|moved| {
                    let acting: Vec<usize> = of
                        .iter()
                        .copied()
                        .filter(|i| self.multiplies(*i, group, moved))
                        .collect();
                    self.cut_of(&acting, m, t)
                })
                .collect();
            cuts.push(year);
        }
        let (moves, shares) = self.cells.path(&mut self.algebra, group);
        self.algebra.emptied(&course, &moves, &shares, &cuts)
    }

    fn multiplies(&self, i: usize, group: GroupId, moved: &Move) -> bool {
        let kind = &self.model.agreement.mechanisms[self.levels.transitions[i].0].kind;
        let MechanismKind::Transition(transition) = kind else {
            return false;
        };
        let levels = &self.model.world.groups[group.0 as usize].levels;
        let cell = (group, levels[moved.from].0);
        let covered = &self.model.agreement.coverages[transition.coverage].cells;
        covered.contains(&cell) && transition.acts_on(levels, moved)
    }

    /// 1 − ∏(1 − cut) of some transitions in a year.
    fn cut_of(&mut self, acting: &[usize], m: usize, t: usize) -> A::Value {
        let mut all: Option<A::Value> = None;
        for i in acting {
            let (k, cut, pace) = &self.levels.transitions[*i];
            let scaled = self.algebra.scale(cut, pace[m][t]);
            let coverage = match &self.model.agreement.mechanisms[*k].kind {
                MechanismKind::Transition(transition) => transition.coverage,
                _ => continue,
            };
            let own = self.rationed(coverage, t, scaled);
            all = Some(match all {
                None => own,
                Some(before) => self.either(&before, &own),
            });
        }
        all.unwrap_or_else(|| self.algebra.number(0.0))
    }

    /// Where φ of a cell stands in a path: none in the first year, nor where nothing moves yet.
    fn emptied_at(&self, place: Place) -> Option<(&Emptied<A::Value>, usize)> {
        let (group, level) = place.cell?;
        let class = *self.levels.class_of.get(place.m)?;
        let emptied = self.levels.emptied.get(&(group, class))?;
        let levels = &self.model.world.groups[group.0 as usize].levels;
        let l = levels.iter().position(|(known, _)| *known == level)?;
        let begun = self.levels.transitions.iter().any(|(k, _, pace)| {
            let acts = emptied.alone.iter().any(|(other, _)| other == k);
            acts && pace[place.m][..place.t].iter().any(|p| *p != 0.0)
        });
        begun.then_some((emptied, place.t * levels.len() + l))
    }

    /// φ: the share of the cell's persons that are no longer there (negative: more are).
    pub(super) fn phi(&self, place: Place) -> Option<A::Value> {
        self.emptied_at(place)
            .map(|(emptied, at)| emptied.all[at].clone())
    }

    /// The part of something proportional to the cell's persons that goes with φ of them.
    pub(super) fn gone_with_persons(&mut self, place: Place, v: &A::Value) -> Option<A::Value> {
        let phi = self.phi(place)?;
        Some(self.algebra.multiply(v, &phi))
    }

    /// v less what goes with persons.
    pub(super) fn of_persons_there(&mut self, place: Place, v: A::Value) -> A::Value {
        match self.gone_with_persons(place, &v) {
            None => v,
            Some(gone) => self.algebra.sum(&[(1.0, &v), (-1.0, &gone)]),
        }
    }

    /// Transitions act first on a cell's volume: each alone, and what they do to each other.
    pub(super) fn move_persons(
        &mut self,
        place: Place,
        service: ServiceId,
        volume: &A::Value,
        fates: &mut Vec<Fate<A::Value>>,
    ) -> Option<Thinned<A::Value>> {
        let (emptied, at) = self.emptied_at(place)?;
        let net = emptied.all[at].clone();
        let alone: Vec<(usize, A::Value)> = emptied
            .alone
            .iter()
            .map(|(k, path)| (*k, path[at].clone()))
            .collect();
        for (k, phi) in &alone {
            self.book_moved(place, service, volume, phi, Tag::Mechanism(*k as u16));
        }
        if alone.len() > 1 {
            let mut terms = vec![(1.0, &net)];
            terms.extend(alone.iter().map(|(_, phi)| (-1.0, phi)));
            let both = self.algebra.sum(&terms);
            self.book_moved(place, service, volume, &both, Tag::Interaction);
        }
        let more = self.algebra.scale(&net, -1.0);
        let (gone, added) = (self.algebra.positive(&net), self.algebra.positive(&more));
        self.backfill_moved(place, service, volume, &gone);
        let names: Vec<&str> = alone
            .iter()
            .map(|(k, _)| self.model.agreement.mechanisms[*k].name.as_str())
            .collect();
        self.push_moved(place, service, &names.join("+"), &gone, &added, fates);
        Some(Thinned {
            net,
            gone,
            added: Some(added),
        })
    }

    fn book_moved(
        &mut self,
        place: Place,
        service: ServiceId,
        volume: &A::Value,
        phi: &A::Value,
        tag: Tag,
    ) {
        let units = self.algebra.multiply(volume, phi);
        let units = self.algebra.scale(&units, -1.0);
        let change = Change {
            service,
            tag,
            units: &units,
            indicated: true,
            received: false,
        };
        self.change(place, change);
    }

    fn backfill_moved(
        &mut self,
        place: Place,
        service: ServiceId,
        volume: &A::Value,
        gone: &A::Value,
    ) {
        let Some(share) = self.backfill_by_transition(service) else {
            return;
        };
        let freed = self.algebra.multiply(volume, gone);
        let filled = self.algebra.multiply(&freed, &share);
        let change = Change {
            service,
            tag: Tag::Backfill,
            units: &filled,
            indicated: false,
            received: false,
        };
        self.change(place, change);
    }

    /// Backfill as the agreement of the first transition states it: moves of one cell are one part.
    fn backfill_by_transition(&mut self, service: ServiceId) -> Option<A::Value> {
        let (k, ..) = self.levels.transitions.first()?;
        let k = *k;
        self.backfill_of(service, k)
    }

    /// The count's part that goes with persons, and the part that comes with them.
    fn push_moved(
        &mut self,
        place: Place,
        service: ServiceId,
        names: &str,
        gone: &A::Value,
        added: &A::Value,
        fates: &mut Vec<Fate<A::Value>>,
    ) {
        let (m, t) = (place.m, place.t);
        let before = self.postings(Arm::Counterfactual, service, m, t);
        let now = self.postings(Arm::Agreement, service, m, t);
        let mut taken = self.charges(&before, m, true, -1.0);
        if let Some(share) = self.backfill_by_transition(service) {
            taken.extend(self.charges_times(&now, m, &share, 1.0));
        }
        let come = self.charges(&now, m, false, 1.0);
        let parts = [
            ("taken", gone.clone(), taken),
            ("added", added.clone(), come),
        ];
        fates.extend(parts.map(|(what, fraction, charges)| Fate {
            name: format!("{names}/{what}"),
            fraction,
            mean: None,
            charges,
        }));
    }

    /// Persons by level and year in all municipalities: unchanged practice, and the difference.
    pub(super) fn persons_by_level(&mut self) -> Vec<LevelPersons<A::Value>> {
        let model = self.model;
        let mut all = Vec::new();
        for group in covered_groups(model) {
            for l in 0..model.world.groups[group.0 as usize].levels.len() {
                let level = model.world.groups[group.0 as usize].levels[l].0;
                let by_year = (0..self.years.len())
                    .map(|t| self.persons_in(t, (group, level)))
                    .collect();
                all.push(LevelPersons {
                    group,
                    level: l,
                    by_year,
                });
            }
        }
        all
    }

    pub(super) fn persons_in(&mut self, t: usize, cell: (GroupId, u8)) -> (A::Value, A::Value) {
        let mut before = Vec::new();
        let mut change = Vec::new();
        for m in 0..self.model.world.municipalities.len() {
            let persons = self.cells.persons(&mut self.algebra, m, t, cell);
            let place = Place {
                m,
                t,
                cell: Some(cell),
            };
            if let Some(gone) = self.gone_with_persons(place, &persons) {
                change.push(self.algebra.scale(&gone, -1.0));
            }
            before.push(persons);
        }
        (self.total(&before), self.total(&change))
    }

    /// Utility of a person-year at a level, where one is stated.
    pub(super) fn utility(&mut self, group: GroupId, level: usize) -> Option<A::Value> {
        let slot = self.model.world.groups[group.0 as usize]
            .utility
            .get(level)
            .copied()?;
        Some(self.value(slot))
    }

    /// Quality-adjusted life years by year: unchanged practice, and the difference. Empty where
    /// no utility is stated.
    pub(super) fn qalys(
        &mut self,
        persons: &[LevelPersons<A::Value>],
    ) -> Vec<(A::Value, A::Value)> {
        let mut by_year = vec![(Vec::new(), Vec::new()); self.years.len()];
        let mut stated = false;
        for row in persons {
            let Some(utility) = self.utility(row.group, row.level) else {
                continue;
            };
            stated = true;
            for ((before, change), year) in row.by_year.iter().zip(&mut by_year) {
                year.0.push(self.algebra.multiply(before, &utility));
                year.1.push(self.algebra.multiply(change, &utility));
            }
        }
        if !stated {
            return Vec::new();
        }
        by_year
            .iter()
            .map(|(before, change)| (self.total(before), self.total(change)))
            .collect()
    }
}

/// Groups whose levels the agreement moves, in id order.
fn moved_groups(model: &Model) -> Vec<GroupId> {
    let mechanisms = model.agreement.mechanisms.iter();
    let coverages = mechanisms.filter_map(|m| match &m.kind {
        MechanismKind::Transition(t) => Some(&model.agreement.coverages[t.coverage]),
        _ => None,
    });
    groups_with_dynamics(model, coverages.flat_map(|c| &c.cells))
}

/// Groups with dynamics that the agreement covers.
fn covered_groups(model: &Model) -> Vec<GroupId> {
    groups_with_dynamics(
        model,
        model.agreement.coverages.iter().flat_map(|c| &c.cells),
    )
}

fn groups_with_dynamics<'c>(
    model: &Model,
    cells: impl Iterator<Item = &'c (GroupId, u8)>,
) -> Vec<GroupId> {
    let moves = |g: &GroupId| model.world.groups[g.0 as usize].dynamics.is_some();
    let mut groups: Vec<GroupId> = cells.map(|(g, _)| *g).filter(moves).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Marks the services that a transition touches: all that its groups use.
pub(super) fn mark_moved(model: &Model, mark: &mut impl FnMut(ServiceId)) {
    let moved = moved_groups(model);
    for (s, service) in model.world.services.iter().enumerate() {
        if service.rates.iter().any(|rate| moved.contains(&rate.group)) {
            mark(ServiceId(s as u16));
        }
    }
}
