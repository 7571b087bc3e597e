//! The model, walked once: cells → volumes → fates → costs and payments → ledger.
//!
//! ```text
//!   cell (municipality, group, level, year)
//!     └ volume before the agreement ─┬ fates in catalogue order (avoided, moved; each thins it)
//!                                    └ kept
//!   change of volume ─→ cost at producer · regimes · agreed payments · capacity · indicators
//! ```
//!
//! Promise: written once, generically; the scalar reference and the plan are this same walk.
//! Absent: draws, files, verdicts.

use super::algebra::Algebra;
use super::bend::{Bend, BendLine};
use super::booking::Posting;
use super::cells::Cells;
use super::dynamics::{Levels, mark_moved};
use super::gauge::{Metered, Total};
use super::lowered::{CountClass, Fate, Ledger, Lowered};
use super::targeting::Reach;
use super::weights::{Pace, coverage_pace, effect_pace, newly_covered, operating_pace};
use crate::model::*;
use rustc_hash::FxHashMap;
use std::rc::Rc;

/// Where a change of volume happens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub m: usize,
    pub t: usize,
    pub cell: Option<(GroupId, u8)>,
}

/// One change of a service's volume, agreement minus counterfactual.
pub(super) struct Change<'v, V> {
    pub service: ServiceId,
    pub tag: Tag,
    pub units: &'v V,
    /// Counts towards indicators (backfill does not: it is other patients).
    pub indicated: bool,
    /// New work at a receiver (for double running).
    pub received: bool,
}

/// State of a walk.
pub(super) struct Walk<'m, A: Algebra> {
    pub model: &'m Model,
    pub algebra: A,
    pub years: Vec<i32>,
    pub cells: Cells<'m, A::Value>,
    pub ledger: Ledger<A::Value>,
    pub counts: Vec<CountClass<A::Value>>,
    pub coverages: Vec<CoverageValues<A::Value>>,
    pub reductions: Vec<Option<Reduction<A::Value>>>,
    pub operations: Vec<Operation<A::Value>>,
    /// Terms of volume by service, municipality, year: before the agreement, and change.
    pub base: Vec<Vec<Vec<Vec<A::Value>>>>,
    pub change: Vec<Vec<Vec<Vec<A::Value>>>>,
    /// Units that a mechanism avoided, moved, provided or operates: by mechanism, municipality, year.
    pub mechanism_units: Vec<Vec<Vec<Vec<A::Value>>>>,
    pub indicators: Vec<Vec<IndicatorTerms<A::Value>>>,
    pub gp_units: Vec<Vec<A::Value>>,
    /// New resource cost at receivers, by year.
    pub received: Vec<Vec<(Party, A::Value)>>,
    pub memos: Vec<(Party, usize, CashClass, A::Value)>,
    /// Services that are walked, and those among them that the agreement touches: an indicator
    /// makes a service walked, but no part of the affected budget.
    pub affected: Vec<bool>,
    /// The same without those that are only followed.
    pub touched: Vec<bool>,
    pub postings: PostingCache<A::Value>,
    /// What rules on totals read.
    pub meters: Vec<Metered>,
    pub counting: Counting,
    /// Services that only a meter reads; while they are walked, `metering`.
    pub metered: Vec<bool>,
    pub metering: bool,
    /// Classes of counts by year and municipality.
    pub count_index: Vec<Vec<Vec<usize>>>,
    pub totals: Vec<Total<A::Value>>,
    pub bends: Vec<Bend<A::Value>>,
    pub bend_lines: Vec<BendLine<A::Value>>,
    /// Levels that move, where the agreement moves them.
    pub levels: Levels<A::Value>,
    /// Who is reached, where a coverage picks.
    pub reach: Reach<A::Value>,
}

/// Terms of an indicator in a year: before the agreement, and change.
type IndicatorTerms<V> = (Vec<V>, Vec<V>);

/// Postings of one unit by arm, service, municipality and year index.
type PostingCache<V> = FxHashMap<(Arm, ServiceId, usize, usize), Rc<[Posting<V>]>>;

/// A coverage's values.
pub(super) struct CoverageValues<V> {
    pub pace: Pace,
    pub new: Pace,
    /// uptake × eligible.
    pub share: V,
    /// Rationing by year where the coverage has a cap.
    pub cap: Option<Vec<V>>,
}

/// How much of a cell's volume a mechanism takes away.
pub(super) struct Reduction<V> {
    pub pace: Pace,
    /// share × attenuation × (1 − RR), or share × moved share.
    pub fraction: V,
    /// Its parts: max(0, ·) and max(0, −·); `None`: never negative.
    pub split: Option<(V, V)>,
    pub coverage: usize,
}

/// What mechanisms have made of a cell's volume so far, as shares of it.
#[derive(Clone)]
pub(super) struct Thinned<V> {
    /// Taken less added.
    pub net: V,
    /// Of the cell's own units: gone.
    pub gone: V,
    /// Added where a ratio exceeds 1, and not taken again; `None`: never.
    pub added: Option<V>,
}

/// An operated service.
pub(super) struct Operation<V> {
    pub mechanism: usize,
    pub service: ServiceId,
    pub operator: Party,
    pub unit_cost: V,
    pub slot: Value,
    pub pace: Pace,
    pub capacity: OperateCapacity,
}

/// Which services the walk takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those whose volume, producer or payment the agreement touches.
    Affected,
    /// All: the counterfactual's whole level.
    Everything,
}

/// Which counts of the C layer are written down. A rule on totals reads all of them, whatever is
/// asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// None: for who reads the ledger alone.
    Nothing,
    /// Those that cost anybody something else than before.
    Differences,
    /// All, with what they cost in the counterfactual.
    Levels,
}

/// Lowers what a model's agreement touches, in an algebra.
pub fn lower<A: Algebra>(model: &Model, algebra: A) -> (Lowered<A::Value>, A) {
    lower_within(model, algebra, Scope::Affected, Counting::Levels)
}

/// Lowers a model in an algebra.
pub fn lower_within<A: Algebra>(
    model: &Model,
    algebra: A,
    scope: Scope,
    counting: Counting,
) -> (Lowered<A::Value>, A) {
    walked(model, algebra, scope, counting).close()
}

/// Walks a model to the end.
pub(super) fn walked<A: Algebra>(
    model: &Model,
    algebra: A,
    scope: Scope,
    counting: Counting,
) -> Walk<'_, A> {
    let mut walk = Walk::new(model, algebra);
    if scope == Scope::Everything {
        walk.affected.iter_mut().for_each(|a| *a = true);
    }
    walk.prepare();
    walk.install_meters();
    if walk.meters.is_empty() {
        walk.counting = counting;
    }
    for m in 0..model.world.municipalities.len() {
        for t in 0..walk.years.len() {
            walk.municipality_year(m, t);
        }
    }
    walk.metered_services();
    walk.book_swaps();
    walk.book_capacity();
    walk.book_investments();
    walk.book_resources();
    walk.book_agreement_transfers();
    walk.settle();
    walk
}

impl<'m, A: Algebra> Walk<'m, A> {
    pub(super) fn new(model: &'m Model, algebra: A) -> Self {
        let years = model.years();
        let (s, m, t) = (
            model.world.services.len(),
            model.world.municipalities.len(),
            years.len(),
        );
        let grid = |n: usize| vec![vec![vec![Vec::new(); t]; m]; n];
        let mechanisms = model.agreement.mechanisms.len();
        Walk {
            model,
            algebra,
            cells: Cells::new(model, &years),
            ledger: Ledger::default(),
            counts: Vec::new(),
            coverages: Vec::new(),
            reductions: Vec::new(),
            operations: Vec::new(),
            base: grid(s),
            change: grid(s),
            mechanism_units: grid(mechanisms),
            indicators: vec![vec![(Vec::new(), Vec::new()); t]; model.agreement.indicators.len()],
            gp_units: vec![Vec::new(); t],
            received: vec![Vec::new(); t],
            memos: Vec::new(),
            postings: FxHashMap::default(),
            levels: Levels::default(),
            reach: Reach::default(),
            affected: affected_services(model, true),
            touched: affected_services(model, false),
            meters: Vec::new(),
            counting: Counting::Levels,
            metered: vec![false; s],
            metering: false,
            count_index: Vec::new(),
            totals: Vec::new(),
            bends: Vec::new(),
            bend_lines: Vec::new(),
            years,
        }
    }

    /// The value of a slot.
    pub(super) fn value(&mut self, slot: Value) -> A::Value {
        match slot {
            Value::Number(x) => self.algebra.number(x),
            Value::Parameter(id) => self.algebra.parameter(id),
        }
    }

    /// An amount at the price level, when used in a year.
    pub(super) fn amount(&mut self, slot: Value, year: i32) -> A::Value {
        let value = self.value(slot);
        match slot {
            Value::Parameter(id) => match &self.model.parameter(id).price {
                Some(price) => self.algebra.scale(&value, price.factor(year)),
                None => value,
            },
            Value::Number(_) => value,
        }
    }

    fn prepare(&mut self) {
        let (model, years) = (self.model, self.years.clone());
        for coverage in &model.agreement.coverages {
            let uptake = self.value(coverage.uptake);
            let share = match coverage.eligible {
                Some(eligible) => {
                    let eligible = self.value(eligible);
                    self.algebra.multiply(&uptake, &eligible)
                }
                None => uptake,
            };
            let closed = coverage.sub_agreement == Some(SubAgreement::None);
            let blank = || vec![vec![0.0; years.len()]; coverage.start.len()];
            let open = |pace: Pace| if closed { blank() } else { pace };
            self.coverages.push(CoverageValues {
                pace: open(coverage_pace(&model.agreement, coverage, &years)),
                new: open(newly_covered(&model.agreement, coverage, &years)),
                share,
                cap: None,
            });
        }
        self.ration();
        for mechanism in &model.agreement.mechanisms {
            let reduction = self.reduction(mechanism);
            self.reductions.push(reduction);
        }
        self.prepare_operations();
        self.prepare_levels();
        self.limit();
    }

    /// Rationing where a coverage has a cap: one factor a year for the whole world.
    fn ration(&mut self) {
        for (c, coverage) in self.model.agreement.coverages.iter().enumerate() {
            let Some(cap) = coverage.max_persons else {
                continue;
            };
            let cap = self.value(cap);
            let factors = (0..self.years.len()).map(|t| {
                let persons: Vec<A::Value> = (0..self.model.world.municipalities.len())
                    .flat_map(|m| coverage.cells.iter().map(move |cell| (m, *cell)))
                    .map(|(m, cell)| self.covered_persons(c, m, t, cell))
                    .collect();
                let terms: Vec<(f64, &A::Value)> = persons.iter().map(|p| (1.0, p)).collect();
                let demand = self.algebra.sum(&terms);
                self.algebra.rationed(&cap, &demand)
            });
            let factors = factors.collect();
            self.coverages[c].cap = Some(factors);
        }
    }

    /// Persons covered (person-years) in a cell.
    pub(super) fn covered_persons(
        &mut self,
        coverage: usize,
        m: usize,
        t: usize,
        cell: (GroupId, u8),
    ) -> A::Value {
        let pace = self.coverages[coverage].pace[m][t];
        self.persons_at(coverage, m, t, cell, pace)
    }

    /// Persons newly covered in a cell during the year.
    pub(super) fn new_persons(
        &mut self,
        coverage: usize,
        m: usize,
        t: usize,
        cell: (GroupId, u8),
    ) -> A::Value {
        if self.coverages[coverage].cap.is_some() {
            return self.new_under_cap(coverage, m, t, cell);
        }
        let pace = self.coverages[coverage].new[m][t];
        self.persons_at(coverage, m, t, cell, pace)
    }

    /// Under a cap: the rise of the rationed level, never negative. When the cap binds, nobody
    /// new comes in.
    fn new_under_cap(
        &mut self,
        coverage: usize,
        m: usize,
        t: usize,
        cell: (GroupId, u8),
    ) -> A::Value {
        let level = |t: usize| self.coverages[coverage].new[m][..=t].iter().sum::<f64>();
        let (now, before) = (level(t), if t == 0 { 0.0 } else { level(t - 1) });
        let one = self.algebra.number(1.0);
        let ration = |t: usize| {
            let cap = self.coverages[coverage].cap.as_ref();
            cap.map_or_else(|| one.clone(), |c| c[t].clone())
        };
        let (open, earlier) = (ration(t), ration(t.saturating_sub(1)));
        let rise = self.algebra.sum(&[(now, &open), (-before, &earlier)]);
        let rise = self.algebra.positive(&rise);
        let persons = self.cells.persons(&mut self.algebra, m, t, cell);
        let share = self.coverages[coverage].share.clone();
        let covered = self.algebra.multiply(&persons, &share);
        let covered = self.reach_persons(coverage, (m, t), cell, covered);
        self.algebra.multiply(&covered, &rise)
    }

    fn persons_at(
        &mut self,
        coverage: usize,
        m: usize,
        t: usize,
        cell: (GroupId, u8),
        pace: f64,
    ) -> A::Value {
        let persons = self.cells.persons(&mut self.algebra, m, t, cell);
        let share = self.coverages[coverage].share.clone();
        let covered = self.algebra.multiply(&persons, &share);
        let covered = self.reach_persons(coverage, (m, t), cell, covered);
        let covered = self.algebra.scale(&covered, pace);
        self.rationed(coverage, t, covered)
    }

    /// Applies a coverage's rationing.
    pub(super) fn rationed(&mut self, coverage: usize, t: usize, v: A::Value) -> A::Value {
        match self.coverages[coverage].cap.as_ref().map(|c| c[t].clone()) {
            Some(factor) => self.algebra.multiply(&v, &factor),
            None => v,
        }
    }

    fn reduction(&mut self, mechanism: &Mechanism) -> Option<Reduction<A::Value>> {
        let agreement = &self.model.agreement;
        match &mechanism.kind {
            MechanismKind::Effect(effect) => {
                let ratio = self.value(effect.rate_ratio);
                let mut avoided = self.algebra.complement(&ratio);
                if let Some(kept) = effect.attenuation {
                    let kept = self.value(kept);
                    avoided = self.algebra.multiply(&avoided, &kept);
                }
                let more = self.algebra.scale(&avoided, -1.0);
                let (less, more) = (
                    self.algebra.positive(&avoided),
                    self.algebra.positive(&more),
                );
                let share = self.coverages[effect.coverage].share.clone();
                let coverage = &agreement.coverages[effect.coverage];
                let (lag, decay) = (effect.lag_months, effect.decay);
                let mut pace = effect_pace(agreement, coverage, &self.years, lag, decay);
                self.close_without_sub_agreement(coverage, &mut pace);
                Some(Reduction {
                    pace,
                    fraction: self.algebra.multiply(&avoided, &share),
                    split: Some((
                        self.algebra.multiply(&less, &share),
                        self.algebra.multiply(&more, &share),
                    )),
                    coverage: effect.coverage,
                })
            }
            MechanismKind::Shift(shift) => {
                let moved = self.moved_share(shift);
                let share = self.coverages[shift.coverage].share.clone();
                Some(Reduction {
                    pace: self.coverages[shift.coverage].pace.clone(),
                    fraction: self.algebra.multiply(&moved, &share),
                    split: None,
                    coverage: shift.coverage,
                })
            }
            _ => None,
        }
    }

    pub(super) fn close_without_sub_agreement(&self, coverage: &Coverage, pace: &mut Pace) {
        if coverage.sub_agreement == Some(SubAgreement::None) {
            pace.iter_mut().flatten().for_each(|p| *p = 0.0);
        }
    }

    fn prepare_operations(&mut self) {
        for (k, mechanism) in self.model.agreement.mechanisms.iter().enumerate() {
            let MechanismKind::Operate(operate) = &mechanism.kind else {
                continue;
            };
            let unit_cost = self.value(operate.unit_cost);
            let mut years = operate.years;
            let terms = self.model.agreement.terms_of_mechanism(k);
            if terms.after_period == AfterPeriod::Ends {
                years.1 = years.1.min(terms.period.1);
            }
            self.operations.push(Operation {
                mechanism: k,
                service: operate.service,
                operator: operate.operator,
                unit_cost,
                slot: operate.unit_cost,
                pace: operating_pace(&operate.start, years, &self.years),
                capacity: operate.capacity,
            });
        }
    }

    fn municipality_year(&mut self, m: usize, t: usize) {
        for s in 0..self.model.world.services.len() {
            if self.affected[s] {
                self.service_cells(ServiceId(s as u16), m, t);
            }
        }
        self.count_events(m, t);
        self.provide(m, t);
    }

    fn service_cells(&mut self, service: ServiceId, m: usize, t: usize) {
        let model = self.model;
        for rate in &model.world.services[service.0 as usize].rates {
            let group = &model.world.groups[rate.group.0 as usize];
            for l in 0..group.levels.len() {
                let cell = Some((rate.group, group.levels[l].0));
                self.cell(Place { m, t, cell }, service, l);
            }
        }
    }

    /// Services that nothing but a meter reads: last, so that no other figure's terms change
    /// their order because a rule looks on.
    fn metered_services(&mut self) {
        self.metering = true;
        for m in 0..self.model.world.municipalities.len() {
            for t in 0..self.years.len() {
                for s in 0..self.metered.len() {
                    if self.metered[s] {
                        self.service_cells(ServiceId(s as u16), m, t);
                    }
                }
            }
        }
        self.metering = false;
        for (affected, metered) in self.affected.iter_mut().zip(&self.metered) {
            *affected = *affected || *metered;
        }
    }

    /// One cell of one service: its volume, and what the agreement does to it.
    fn cell(&mut self, place: Place, service: ServiceId, level_index: usize) {
        let (group, level) = place.cell.unwrap_or((GroupId(0), 0));
        let volume = self.cells.volume(
            &mut self.algebra,
            place.m,
            place.t,
            service,
            group,
            level_index,
        );
        self.book_base(place, service, &volume);
        self.base[service.0 as usize][place.m][place.t].push(volume.clone());
        self.indicate(place, service, &volume, false);
        let acting = self.acting(place, service, (group, level));
        let mut fates = Vec::new();
        let first = self.move_persons(place, service, &volume, &mut fates);
        let mut thinned = first.clone();
        for (n, &k) in acting.iter().enumerate() {
            let before = self.met_by(k, &acting[..n], place, (first.as_ref(), &thinned));
            self.thin(place, service, &volume, k, before.as_ref(), &mut fates);
            thinned = Some(self.thinned_of(k, &acting[..n], place, (thinned, before)));
        }
        let gone = thinned.map(|t| t.gone);
        self.push_count(place, service, volume, fates, gone);
    }

    /// What mechanism k makes of what the earlier ones left.
    pub(super) fn thinned(
        &mut self,
        k: usize,
        place: Place,
        before: Option<Thinned<A::Value>>,
    ) -> Thinned<A::Value> {
        let net = self.fraction(k, place);
        let freed = self.freed_fraction(k, place, None);
        let added = self.added_fraction(k, place, None);
        let Some(before) = before else {
            let gone = freed;
            return Thinned { net, gone, added };
        };
        let left = self.algebra.complement_of(&before.net);
        let kept = before.added.map(|a| {
            let again = self.algebra.multiply(&a, &freed);
            self.algebra.sum(&[(1.0, &a), (-1.0, &again)])
        });
        let new = added.map(|a| self.algebra.multiply(&a, &left));
        let added = match (kept, new) {
            (Some(kept), Some(new)) => Some(self.algebra.sum(&[(1.0, &kept), (1.0, &new)])),
            (kept, new) => kept.or(new),
        };
        Thinned {
            net: self.either(&before.net, &net),
            gone: self.either(&before.gone, &freed),
            added,
        }
    }

    /// 1 − (1 − a)(1 − b).
    pub(super) fn either(&mut self, a: &A::Value, b: &A::Value) -> A::Value {
        let both = self.algebra.multiply(a, b);
        self.algebra.sum(&[(1.0, a), (1.0, b), (-1.0, &both)])
    }

    /// Mechanisms that act on this cell of this service, in catalogue order.
    pub(super) fn acting(
        &self,
        place: Place,
        service: ServiceId,
        cell: (GroupId, u8),
    ) -> Vec<usize> {
        let acts = |k: &usize| {
            let (coverage, on) = match &self.model.agreement.mechanisms[*k].kind {
                MechanismKind::Effect(e) => (e.coverage, e.service),
                MechanismKind::Shift(s) => (s.coverage, s.from),
                _ => return false,
            };
            let reduction = self.reductions[*k].as_ref();
            on == service
                && self.model.agreement.coverages[coverage]
                    .cells
                    .contains(&cell)
                && reduction.is_some_and(|r| r.pace[place.m][place.t] != 0.0)
        };
        (0..self.model.agreement.mechanisms.len())
            .filter(acts)
            .collect()
    }

    /// Share of the cell's volume that mechanism k takes away (signed).
    fn fraction(&mut self, k: usize, place: Place) -> A::Value {
        self.paced(k, place, |r| r.fraction.clone())
    }

    fn paced(
        &mut self,
        k: usize,
        place: Place,
        part: impl Fn(&Reduction<A::Value>) -> A::Value,
    ) -> A::Value {
        let Some(reduction) = &self.reductions[k] else {
            return self.algebra.number(0.0);
        };
        let (value, pace) = (part(reduction), reduction.pace[place.m][place.t]);
        let coverage = reduction.coverage;
        let scaled = self.algebra.scale(&value, pace);
        let scaled = match (place.cell, self.acts_on(k)) {
            (Some(cell), Some(on)) => {
                self.reach_units(coverage, (place.m, place.t), cell, on, scaled)
            }
            _ => scaled,
        };
        self.rationed(coverage, place.t, scaled)
    }

    /// The service whose units mechanism k takes.
    fn acts_on(&self, k: usize) -> Option<ServiceId> {
        match &self.model.agreement.mechanisms[k].kind {
            MechanismKind::Effect(e) => Some(e.service),
            MechanismKind::Shift(s) => Some(s.from),
            _ => None,
        }
    }

    /// Mechanism k thins what the earlier ones left.
    fn thin(
        &mut self,
        place: Place,
        service: ServiceId,
        volume: &A::Value,
        k: usize,
        before: Option<&Thinned<A::Value>>,
        fates: &mut Vec<Fate<A::Value>>,
    ) {
        let fraction = self.fraction(k, place);
        let alone = self.algebra.multiply(volume, &fraction);
        let overlap = before.map(|b| self.algebra.multiply(&alone, &b.net));
        self.book_taken(place, service, k, &alone, Tag::Mechanism(k as u16), 1.0);
        if let Some(overlap) = &overlap {
            self.book_taken(place, service, k, overlap, Tag::Interaction, -1.0);
        }
        let left = before.map(|b| self.algebra.complement_of(&b.net));
        self.book_backfill(place, service, volume, k, left.as_ref());
        self.push_fates(place, service, k, before, fates);
    }

    /// Units taken from a service (`sign` −1 gives an overlap back), and where they go.
    fn book_taken(
        &mut self,
        place: Place,
        service: ServiceId,
        k: usize,
        units: &A::Value,
        tag: Tag,
        sign: f64,
    ) {
        let gone = self.algebra.scale(units, -sign);
        self.change(
            place,
            Change {
                service,
                tag,
                units: &gone,
                indicated: true,
                received: false,
            },
        );
        let counted = self.algebra.scale(units, sign);
        self.mechanism_units[k][place.m][place.t].push(counted);
        if let MechanismKind::Shift(shift) = &self.model.agreement.mechanisms[k].kind {
            for (to, ratio) in &shift.to {
                let ratio = self.value(*ratio);
                let arrived = self.algebra.multiply(units, &ratio);
                let arrived = self.algebra.scale(&arrived, sign);
                self.change(
                    place,
                    Change {
                        service: *to,
                        tag,
                        units: &arrived,
                        indicated: true,
                        received: true,
                    },
                );
            }
        }
    }

    /// Share of the units k frees that is filled again, where its agreement states one.
    pub(super) fn backfill_of(&mut self, service: ServiceId, k: usize) -> Option<A::Value> {
        let found = self.model.agreement.backfill_of(service, k);
        found.map(|b| b.share).map(|share| self.value(share))
    }

    fn book_backfill(
        &mut self,
        place: Place,
        service: ServiceId,
        volume: &A::Value,
        k: usize,
        left: Option<&A::Value>,
    ) {
        let Some(share) = self.backfill_of(service, k) else {
            return;
        };
        let freed = self.freed_fraction(k, place, left);
        let freed = self.algebra.multiply(volume, &freed);
        let filled = self.algebra.multiply(&freed, &share);
        let tag = Tag::Backfill;
        self.change(
            place,
            Change {
                service,
                tag,
                units: &filled,
                indicated: false,
                received: false,
            },
        );
    }

    /// Share of the cell's volume that k frees: never negative.
    pub(super) fn freed_fraction(
        &mut self,
        k: usize,
        place: Place,
        left: Option<&A::Value>,
    ) -> A::Value {
        let less = |r: &Reduction<A::Value>| {
            r.split
                .as_ref()
                .map_or_else(|| r.fraction.clone(), |s| s.0.clone())
        };
        let freed = self.paced(k, place, less);
        match left {
            Some(left) => self.algebra.multiply(&freed, left),
            None => freed,
        }
    }

    /// Share of the cell's volume that k adds: never negative; `None` where it cannot.
    pub(super) fn added_fraction(
        &mut self,
        k: usize,
        place: Place,
        left: Option<&A::Value>,
    ) -> Option<A::Value> {
        self.reductions[k].as_ref()?.split.as_ref()?;
        let more =
            |r: &Reduction<A::Value>| r.split.as_ref().map_or(r.fraction.clone(), |s| s.1.clone());
        let added = self.paced(k, place, more);
        Some(match left {
            Some(left) => self.algebra.multiply(&added, left),
            None => added,
        })
    }

    /// New units: per covered person, per newly covered person, per remaining event.
    fn provide(&mut self, m: usize, t: usize) {
        for (k, mechanism) in self.model.agreement.mechanisms.iter().enumerate() {
            let MechanismKind::Provide(provide) = &mechanism.kind else {
                continue;
            };
            let coverage = &self.model.agreement.coverages[provide.coverage];
            for cell in &coverage.cells {
                let place = Place {
                    m,
                    t,
                    cell: Some(*cell),
                };
                self.provide_cell(place, *cell, k, provide);
            }
        }
    }

    fn provide_cell(&mut self, place: Place, cell: (GroupId, u8), k: usize, provide: &Provide) {
        let (m, t) = (place.m, place.t);
        let values = &self.coverages[provide.coverage];
        let on = values.pace[m][t] != 0.0;
        let new = values.new[m][t] != 0.0;
        let (alone, overlap) = match &provide.quantity {
            Quota::PerPersonYear(units) if on => {
                let persons = self.covered_persons(provide.coverage, m, t, cell);
                self.for_persons(place, &persons, *units)
            }
            Quota::PerNewPerson(units) if new => {
                let persons = self.new_persons(provide.coverage, m, t, cell);
                self.for_persons(place, &persons, *units)
            }
            Quota::PerEvent(service, units) if on => {
                self.per_event(place, cell, provide.coverage, *service, *units)
            }
            _ => return,
        };
        self.mechanism_units[k][m][t].push(alone.clone());
        let (service, tag) = (provide.service, Tag::Mechanism(k as u16));
        self.change(
            place,
            Change {
                service,
                tag,
                units: &alone,
                indicated: true,
                received: true,
            },
        );
        let per_event = matches!(provide.quantity, Quota::PerEvent(..));
        let net = match &overlap {
            Some(overlap) => self.algebra.sum(&[(1.0, &alone), (-1.0, overlap)]),
            None => alone.clone(),
        };
        self.push_provided(place, k, service, &net, per_event);
        if let Some(overlap) = overlap {
            let back = self.algebra.scale(&overlap, -1.0);
            self.mechanism_units[k][m][t].push(back.clone());
            let tag = Tag::Interaction;
            self.change(
                place,
                Change {
                    service,
                    tag,
                    units: &back,
                    indicated: true,
                    received: true,
                },
            );
        }
    }

    /// Units for persons: (for those of unchanged practice, for those no longer there).
    fn for_persons(
        &mut self,
        place: Place,
        persons: &A::Value,
        units: Value,
    ) -> (A::Value, Option<A::Value>) {
        let units = self.value(units);
        let alone = self.algebra.multiply(persons, &units);
        let overlap = self.gone_with_persons(place, &alone);
        (alone, overlap)
    }

    /// Events among the covered: (all of them × units, those that no longer happen × units).
    pub(super) fn per_event(
        &mut self,
        place: Place,
        cell: (GroupId, u8),
        coverage: usize,
        service: ServiceId,
        units: Value,
    ) -> (A::Value, Option<A::Value>) {
        let (m, t) = (place.m, place.t);
        let group = &self.model.world.groups[cell.0.0 as usize];
        let level = group
            .levels
            .iter()
            .position(|(l, _)| *l == cell.1)
            .unwrap_or(0);
        let volume = self
            .cells
            .volume(&mut self.algebra, m, t, service, cell.0, level);
        let share = self.coverages[coverage].share.clone();
        let covered = self.algebra.multiply(&volume, &share);
        let covered = self.reach_units(coverage, (m, t), cell, service, covered);
        let covered = self
            .algebra
            .scale(&covered, self.coverages[coverage].pace[m][t]);
        let covered = self.rationed(coverage, t, covered);
        let units = self.value(units);
        let alone = self.algebra.multiply(&covered, &units);
        let gone = self.gone_among_covered(place, service, cell, coverage);
        let overlap = gone.map(|g| self.algebra.multiply(&alone, &g));
        (alone, overlap)
    }

    /// Share of the covered's events that the coverage's own mechanisms take away.
    fn gone_among_covered(
        &mut self,
        place: Place,
        service: ServiceId,
        cell: (GroupId, u8),
        coverage: usize,
    ) -> Option<A::Value> {
        let (m, t) = (place.m, place.t);
        let mut gone = self.phi(place);
        for k in self.acting(place, service, cell) {
            let Some(r) = &self.reductions[k] else {
                continue;
            };
            if r.coverage != coverage {
                continue;
            }
            // among the covered: the mechanism's own part, without the coverage's share
            let pace = r.pace[m][t] / self.coverages[coverage].pace[m][t];
            let own = self.own_fraction(k);
            let part = self.algebra.scale(&own, pace);
            gone = Some(match gone {
                None => part,
                Some(before) => {
                    let both = self.algebra.multiply(&before, &part);
                    self.algebra
                        .sum(&[(1.0, &before), (1.0, &part), (-1.0, &both)])
                }
            });
        }
        gone
    }

    /// Share of a cell's events that are the covered's and remain.
    pub(super) fn remaining_fraction(
        &mut self,
        place: Place,
        service: ServiceId,
        cell: (GroupId, u8),
        coverage: usize,
    ) -> A::Value {
        let share = self.coverages[coverage].share.clone();
        let pace = self.coverages[coverage].pace[place.m][place.t];
        let covered = self.algebra.scale(&share, pace);
        let covered = self.reach_units(coverage, (place.m, place.t), cell, service, covered);
        let covered = self.rationed(coverage, place.t, covered);
        match self.gone_among_covered(place, service, cell, coverage) {
            None => covered,
            Some(gone) => {
                let lost = self.algebra.multiply(&covered, &gone);
                self.algebra.sum(&[(1.0, &covered), (-1.0, &lost)])
            }
        }
    }

    /// A mechanism's fraction among the covered.
    pub(super) fn own_fraction(&mut self, k: usize) -> A::Value {
        match &self.model.agreement.mechanisms[k].kind {
            MechanismKind::Effect(effect) => {
                let ratio = self.value(effect.rate_ratio);
                let avoided = self.algebra.complement(&ratio);
                match effect.attenuation {
                    Some(kept) => {
                        let kept = self.value(kept);
                        self.algebra.multiply(&avoided, &kept)
                    }
                    None => avoided,
                }
            }
            MechanismKind::Shift(shift) => self.moved_share(shift),
            _ => self.algebra.number(0.0),
        }
    }
}

/// Services whose volume, producer or payment the agreement touches, or an indicator follows.
pub(super) fn affected_services(model: &Model, followed: bool) -> Vec<bool> {
    let mut affected = vec![false; model.world.services.len()];
    let mut mark = |s: ServiceId| affected[s.0 as usize] = true;
    for mechanism in &model.agreement.mechanisms {
        match &mechanism.kind {
            MechanismKind::Effect(e) => mark(e.service),
            MechanismKind::Shift(s) => {
                mark(s.from);
                s.to.iter().for_each(|(to, _)| mark(*to));
            }
            MechanismKind::Provide(p) => mark(p.service),
            MechanismKind::Operate(o) => mark(o.service),
            MechanismKind::Invest(_)
            | MechanismKind::Places(_)
            | MechanismKind::Workforce(_)
            | MechanismKind::SavedTime(_)
            | MechanismKind::Joint(_)
            | MechanismKind::Transition(_) => {}
        }
    }
    mark_moved(model, &mut mark);
    for transfer in &model.agreement.transfers {
        match &transfer.rule {
            Rule::PerUnit {
                counted: Counted::Service(s),
                ..
            } => mark(*s),
            Rule::TariffShare { service, .. } | Rule::GpFee { service, .. } => mark(*service),
            Rule::Course(course) => mark(course.service),
            _ => {}
        }
    }
    if followed {
        affected_by_indicators(model, &mut affected);
    }
    affected
}

fn affected_by_indicators(model: &Model, affected: &mut [bool]) {
    for indicator in &model.agreement.indicators {
        let counted = indicator.services.iter();
        let course = match indicator.per {
            Some(Per::Course(c)) => model.world.courses[c].services.as_slice(),
            _ => &[],
        };
        counted
            .chain(course)
            .for_each(|s| affected[s.0 as usize] = true);
    }
    if let Some(unit) = &model.agreement.unit {
        unit.services
            .iter()
            .for_each(|s| affected[s.0 as usize] = true);
    }
}

/// 1 − v as a sum: what earlier mechanisms left. (Not an atom: v may be a polynomial.)
pub(super) trait ComplementOf: Algebra {
    fn complement_of(&mut self, v: &Self::Value) -> Self::Value {
        let one = self.number(1.0);
        self.sum(&[(1.0, &one), (-1.0, v)])
    }
}

impl<A: Algebra> ComplementOf for A {}
