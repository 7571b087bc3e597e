//! What is read beside the accounts: places, staff, saved time, quiet shift, break-even, tasks.
//!
//! Promise: no gauge enters an account; each is a value of the algebra like any other.
//! Absent: ratios of uncertain figures (a quotient of means is formed, or refused, by the
//! analysis) and the choice between producers.

use super::algebra::Algebra;
use super::booking::within;
use super::limits::Rationing;
use super::lower::Walk;
use crate::model::*;

/// What a gauge shows. Kroner are at the price level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gauge {
    /// Units a year that places can take.
    PlacesAvailable,
    /// Units they take.
    PlacesUsed,
    /// Used ÷ places × days: a share.
    Occupancy,
    /// Kroner for places that stand empty.
    EmptyCost,
    /// Staff hours that the agreement adds, less what it frees.
    StaffHours,
    /// The same in full-time posts.
    StaffFte,
    /// Hours beyond the supply.
    StaffShort,
    /// Staff hours saved.
    SavedHours,
    /// Kroner of them that no budget sees.
    SavedBeside,
    /// Units gone by quiet shift, in both arms.
    DriftGone,
    /// Units it creates (part: which spill).
    DriftCreated,
    /// Kroner it moves onto an account.
    DriftCost,
    /// Kroner a joint operation saves.
    JointSaved,
    /// Kroner it costs together.
    JointCost,
    /// Kroner the guest pays the host.
    JointPaid,
    /// Kroner it would pay if the saving were halved (Shapley of two).
    JointShapley,
    /// Fixed yearly kroner of a local offer on an account.
    BreakEvenFixed,
    /// Kroner saved for a moved unit (part 0: at once; 1: when capacity has followed).
    BreakEvenSaving,
    /// Kroner saved a year by shifts that go with it (part as above).
    BreakEvenAlso,
    /// Saving × moved + what goes with it − fixed (part as above).
    BreakEvenNet,
    /// Units moved.
    BreakEvenMoved,
    /// Societal cost of a unit of a task (part: option).
    LeonCost,
    /// Cost with the actual producer less cost with the option.
    LeonGap,
}

impl Gauge {
    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Gauge::PlacesAvailable => "places_available_units",
            Gauge::PlacesUsed => "places_used_units",
            Gauge::Occupancy => "places_occupancy",
            Gauge::EmptyCost => "places_empty_cost",
            Gauge::StaffHours => "staff_hours",
            Gauge::StaffFte => "staff_fte",
            Gauge::StaffShort => "staff_hours_short",
            Gauge::SavedHours => "saved_hours",
            Gauge::SavedBeside => "saved_time_beside",
            Gauge::DriftGone => "quiet_shift_units_gone",
            Gauge::DriftCreated => "quiet_shift_units_created",
            Gauge::DriftCost => "quiet_shift_cost",
            Gauge::JointSaved => "joint_saved",
            Gauge::JointCost => "joint_cost",
            Gauge::JointPaid => "joint_paid",
            Gauge::JointShapley => "joint_paid_by_shapley",
            Gauge::BreakEvenFixed => "break_even_fixed",
            Gauge::BreakEvenSaving => "break_even_saving_per_unit",
            Gauge::BreakEvenAlso => "break_even_also",
            Gauge::BreakEvenNet => "break_even_net",
            Gauge::BreakEvenMoved => "break_even_moved_units",
            Gauge::LeonCost => "task_cost",
            Gauge::LeonGap => "task_gap",
        }
    }
}

/// Where a gauge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GaugeKey {
    /// What it shows.
    pub gauge: Gauge,
    /// Mechanism, drift, break-even or task: an index in the model's own list.
    pub subject: usize,
    /// Part of it.
    pub part: usize,
    /// On whose account; `None`: on nobody's, or (break-even) the extended view of society.
    pub account: Option<Account>,
    /// Year index, where it has one.
    pub year: Option<usize>,
}

/// Angles from which a local offer is weighed; `None` is the extended view.
pub const ANGLES: [Option<Account>; 4] = [
    Some(Account::Party(Party::Region)),
    Some(Account::Party(Party::Municipality)),
    Some(Account::Society),
    None,
];

/// Gauges with their values.
pub type Gauges<V> = Vec<(GaugeKey, V)>;

impl<A: Algebra> Walk<'_, A> {
    /// Every gauge of the model, in the order of the model's own lists.
    pub(super) fn gauges(&mut self) -> Gauges<A::Value> {
        let model = self.model;
        let mut all = Vec::new();
        for (k, mechanism) in model.agreement.mechanisms.iter().enumerate() {
            for t in 0..self.years.len() {
                match &mechanism.kind {
                    MechanismKind::Places(places) => self.places_gauges(k, places, t, &mut all),
                    MechanismKind::Workforce(staff) => self.staff_gauges(k, staff, t, &mut all),
                    MechanismKind::SavedTime(saved) => self.saved_gauges(k, saved, t, &mut all),
                    MechanismKind::Joint(joint) => self.joint_gauges(k, joint, t, &mut all),
                    _ => {}
                }
            }
        }
        for (d, drift) in model.world.drifts.iter().enumerate() {
            for t in 0..self.years.len() {
                self.drift_gauges(d, drift, t, &mut all);
            }
        }
        for (b, break_even) in model.agreement.reports.break_evens.iter().enumerate() {
            for t in 0..self.years.len() {
                self.break_even_gauges(b, break_even, t, &mut all);
            }
        }
        for (l, task) in model.agreement.reports.tasks.iter().enumerate() {
            self.task_gauges(l, task, &mut all);
        }
        all
    }

    fn places_gauges(&mut self, k: usize, places: &Places, t: usize, all: &mut Gauges<A::Value>) {
        let account = Some(Account::Party(places.party));
        let available = self.there_is(k, t);
        let used = self.work(k, t, Rationing::Settled);
        let whole = match within(places.years, self.years[t]) {
            true => {
                let number = self.value(places.places);
                self.algebra.scale(&number, places.days)
            }
            false => self.algebra.number(0.0),
        };
        // used ÷ whole, never above 1: what `rationed` computes
        let occupancy = self.algebra.rationed(&used, &whole);
        let empty = self.algebra.complement(&occupancy);
        let cost = self.places_cost(places, t);
        let empty = self.algebra.multiply(&cost, &empty);
        let occupancy_rows = [
            (Gauge::PlacesAvailable, available),
            (Gauge::PlacesUsed, used),
            (Gauge::Occupancy, occupancy),
            (Gauge::EmptyCost, empty),
        ];
        for (gauge, value) in occupancy_rows {
            all.push((at(gauge, k, 0, account, t), value));
        }
    }

    fn staff_gauges(&mut self, k: usize, staff: &Workforce, t: usize, all: &mut Gauges<A::Value>) {
        let account = Some(Account::Party(staff.party));
        let hours = self.net_hours(staff, t);
        let posts = self.algebra.scale(&hours, 1.0 / staff.fte_hours);
        let short = self.short_hours(staff, t);
        for (gauge, value) in [
            (Gauge::StaffHours, hours),
            (Gauge::StaffFte, posts),
            (Gauge::StaffShort, short),
        ] {
            all.push((at(gauge, k, 0, account, t), value));
        }
    }

    fn saved_gauges(&mut self, k: usize, saved: &SavedTime, t: usize, all: &mut Gauges<A::Value>) {
        let account = Some(Account::Party(saved.party));
        let hours = self.saved_hours(saved, t);
        let beside = self.saved_beside(saved, t);
        all.push((at(Gauge::SavedHours, k, 0, account, t), hours));
        all.push((at(Gauge::SavedBeside, k, 0, account, t), beside));
    }

    fn joint_gauges(&mut self, k: usize, joint: &Joint, t: usize, all: &mut Gauges<A::Value>) {
        if !within(joint.years, self.years[t]) {
            return;
        }
        let costs = self.joint_costs(joint, t);
        let guest = Some(Account::Party(joint.guest));
        for (gauge, account, value) in [
            (Gauge::JointSaved, None, costs.saved),
            (Gauge::JointCost, None, costs.joint),
            (Gauge::JointPaid, guest, costs.paid),
            (Gauge::JointShapley, guest, costs.by_shapley),
        ] {
            all.push((at(gauge, k, 0, account, t), value));
        }
    }

    fn drift_gauges(&mut self, d: usize, drift: &Drift, t: usize, all: &mut Gauges<A::Value>) {
        let moved = self.drifted(drift, t);
        all.push((at(Gauge::DriftGone, d, 0, None, t), moved.gone));
        for (part, units) in moved.created.into_iter().enumerate() {
            all.push((at(Gauge::DriftCreated, d, part, None, t), units));
        }
        for party in Party::ALL {
            let own: Vec<A::Value> = moved
                .kroner
                .iter()
                .filter(|(p, _)| *p == party)
                .map(|(_, v)| v.clone())
                .collect();
            if !own.is_empty() {
                let kroner = self.total(&own);
                let account = Some(Account::Party(party));
                all.push((at(Gauge::DriftCost, d, 0, account, t), kroner));
            }
        }
    }

    fn break_even_gauges(
        &mut self,
        b: usize,
        break_even: &BreakEven,
        t: usize,
        all: &mut Gauges<A::Value>,
    ) {
        let moved = self.moved_by(break_even.shift, t);
        all.push((at(Gauge::BreakEvenMoved, b, 0, None, t), moved.clone()));
        for angle in ANGLES {
            let fixed = self.fixed_of(break_even, angle, t);
            let at_once = self.saving_of(break_even.shift, angle, t);
            let later = self.semi_fixed_saving(break_even.shift, angle, t);
            let in_time = self.algebra.sum(&[(1.0, &at_once), (1.0, &later)]);
            all.push((at(Gauge::BreakEvenFixed, b, 0, angle, t), fixed.clone()));
            let also = self.saved_along(break_even, angle, t);
            for (part, (saving, also)) in [at_once, in_time].into_iter().zip(also).enumerate() {
                let gain = self.algebra.multiply(&saving, &moved);
                let net = self
                    .algebra
                    .sum(&[(1.0, &gain), (1.0, &also), (-1.0, &fixed)]);
                all.push((at(Gauge::BreakEvenAlso, b, part, angle, t), also));
                all.push((at(Gauge::BreakEvenSaving, b, part, angle, t), saving));
                all.push((at(Gauge::BreakEvenNet, b, part, angle, t), net));
            }
        }
    }

    /// Kroner a year from what moves along: at once, and when capacity has followed.
    fn saved_along(
        &mut self,
        break_even: &BreakEven,
        angle: Option<Account>,
        t: usize,
    ) -> [A::Value; 2] {
        let (mut soon, mut late) = (Vec::new(), Vec::new());
        for &k in &break_even.also {
            let moved = self.moved_by(k, t);
            let at_once = self.saving_of(k, angle, t);
            let later = self.semi_fixed_saving(k, angle, t);
            let at_once = self.algebra.multiply(&at_once, &moved);
            let later = self.algebra.multiply(&later, &moved);
            soon.push(at_once.clone());
            late.extend([at_once, later]);
        }
        [self.total(&soon), self.total(&late)]
    }

    /// Units a shift moves in a year.
    fn moved_by(&mut self, k: usize, t: usize) -> A::Value {
        let by_place = self.mechanism_units[k].iter();
        let terms: Vec<A::Value> = by_place.flat_map(|by_year| by_year[t].clone()).collect();
        self.total(&terms)
    }

    /// Yearly cost of a local offer that no volume moves.
    fn fixed_of(&mut self, break_even: &BreakEven, angle: Option<Account>, t: usize) -> A::Value {
        let model = self.model;
        let year = self.years[t];
        let mut terms = Vec::new();
        for &k in &break_even.fixed {
            match &model.agreement.mechanisms[k].kind {
                MechanismKind::Invest(Invest {
                    party,
                    amount,
                    basis: InvestBasis::Yearly(from, to),
                    ..
                }) if held(angle, *party, true) && within((*from, *to), year) => {
                    terms.push(self.amount(*amount, year));
                }
                MechanismKind::Places(places) if held(angle, places.party, true) => {
                    terms.push(self.places_cost(places, t));
                }
                _ => {}
            }
        }
        self.total(&terms)
    }

    /// Kroner saved at once on an account when one unit moves, payments included.
    fn saving_of(&mut self, k: usize, angle: Option<Account>, t: usize) -> A::Value {
        let model = self.model;
        let MechanismKind::Shift(shift) = &model.agreement.mechanisms[k].kind else {
            return self.algebra.number(0.0);
        };
        let starts = &model.agreement.coverages[shift.coverage].start;
        let m = starts.iter().position(Option::is_some).unwrap_or(0);
        let one = self.algebra.number(1.0);
        let mut terms = Vec::new();
        let mut add = |walk: &mut Self,
                       units: &A::Value,
                       sign: f64,
                       postings: &[super::booking::Posting<A::Value>]| {
            for p in postings {
                if held(angle, p.party, p.transfer.is_none()) {
                    let kroner = walk.algebra.multiply(units, &p.kroner);
                    terms.push(walk.algebra.scale(&kroner, sign));
                }
            }
        };
        let before = self.postings(Arm::Agreement, shift.from, m, t);
        add(self, &one, 1.0, &before);
        for (to, ratio) in &shift.to {
            let ratio = self.value(*ratio);
            let there = self.postings(Arm::Agreement, *to, m, t);
            add(self, &ratio, -1.0, &there);
        }
        let paid = self.mechanism_postings(k, m, t);
        add(self, &one, -1.0, &paid);
        self.total(&terms)
    }

    /// What capacity adds to the saving once it has followed.
    fn semi_fixed_saving(&mut self, k: usize, angle: Option<Account>, t: usize) -> A::Value {
        let model = self.model;
        let MechanismKind::Shift(shift) = &model.agreement.mechanisms[k].kind else {
            return self.algebra.number(0.0);
        };
        let mut terms = Vec::new();
        let moved = [(shift.from, None)].into_iter();
        for (service, ratio) in moved.chain(shift.to.iter().map(|(s, r)| (*s, Some(*r)))) {
            let stated = &model.world.services[service.0 as usize];
            let producer = stated.producer.at(self.years[t]);
            if !held(angle, producer, true) || self.not_built(service) {
                continue;
            }
            let cost = self.unit_cost(service, producer, t);
            let share = self.value(stated.semi_fixed);
            let kroner = self.algebra.multiply(&cost, &share);
            terms.push(match ratio {
                None => kroner,
                Some(ratio) => {
                    let ratio = self.value(ratio);
                    let there = self.algebra.multiply(&kroner, &ratio);
                    self.algebra.scale(&there, -1.0)
                }
            });
        }
        self.total(&terms)
    }

    fn task_gauges(&mut self, l: usize, task: &LeonTask, all: &mut Gauges<A::Value>) {
        let year = self.years[0];
        let costs: Vec<A::Value> = task
            .options
            .iter()
            .map(|option| self.amount(option.cost, year))
            .collect();
        let key = |gauge, part| GaugeKey {
            gauge,
            subject: l,
            part,
            account: None,
            year: None,
        };
        for o in 0..task.options.len() {
            let gap = self
                .algebra
                .sum(&[(1.0, &costs[task.actual]), (-1.0, &costs[o])]);
            all.push((key(Gauge::LeonCost, o), costs[o].clone()));
            all.push((key(Gauge::LeonGap, o), gap));
        }
    }
}

/// Whether a posting counts from an angle; the extended view counts every resource.
fn held(angle: Option<Account>, party: Party, resource: bool) -> bool {
    angle.map_or(resource, |account| account.holds(party, resource))
}

fn at(
    gauge: Gauge,
    subject: usize,
    part: usize,
    account: Option<Account>,
    year: usize,
) -> GaugeKey {
    GaugeKey {
        gauge,
        subject,
        part,
        account,
        year: Some(year),
    }
}
