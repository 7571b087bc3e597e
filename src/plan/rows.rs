//! Rows: the linear sums of entries that somebody reads, per replicate.

use super::algebra::Algebra;
use super::lowered::{Entry, Lowered};
use super::study_rows::StudyRow;
use crate::model::*;
use std::collections::BTreeMap;

/// What a row is. Kroner unless said; years are indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// Budget effect of an account in a year, undiscounted.
    Budget(Account, usize),
    /// X of an account over so many years: −Σ d_t · budget.
    X(Account, usize),
    /// X of a municipality over the verdict horizon.
    MunicipalityX(usize),
    /// Payments received − cost of the operated task, municipality, verdict horizon.
    MunicipalityY(usize),
    /// The same for all municipalities together.
    Y,
    /// Units of an indicator in a year, counterfactual.
    Indicator(usize, usize),
    /// The same, agreement.
    IndicatorAgreement(usize, usize),
    /// The same, difference.
    IndicatorDifference(usize, usize),
    /// A memo line (index in `Lowered::memos`).
    Memo(usize),
    /// Fee income of general practice in a year, difference.
    GpIncome(usize),
    /// Its resource cost, difference.
    GpResource(usize),
    /// Its units, difference.
    GpUnits(usize),
    /// Σ d_t · counterfactual affected budget of an account, verdict horizon.
    AffectedBudget(Account),
    /// The same of a municipality.
    MunicipalityAffected(usize),
    /// Σ d_t · units of the main activity, verdict horizon.
    Activity,
    /// Phase-in part of an account's budget effect in a year.
    PhaseIn(Account, usize),
    /// Σ d_t · budget effect of an account from one source, verdict horizon.
    Waterfall(Account, Tag),
    /// What of an account's budget effect in a year does not follow counts.
    Certain(Account, usize),
    /// The same for a municipality.
    MunicipalityCertain(usize, usize),
    /// Resource use of everybody in a year, citizens' and volunteers' time included, difference.
    Extended(usize),
    /// −Σ d_t of it over the verdict horizon.
    ExtendedX,
    /// A gauge (index in `Lowered::gauges`).
    Gauge(usize),
    /// Units of an indicator over the verdict horizon, in the wanted direction (undiscounted).
    Avoided(usize),
    /// The smaller of society's X and that: positive where both are.
    Dominates(usize),
    /// Persons of a level (index in `Lowered::persons`) in a year, counterfactual.
    Persons(usize, usize),
    /// The same, difference.
    PersonsDifference(usize, usize),
    /// Additional persons alive in a year: the differences of all levels.
    Additional(usize),
    /// Quality-adjusted life years of a year, counterfactual.
    Qaly(usize),
    /// The same, difference.
    QalyDifference(usize),
    /// Σ d_t · difference in quality-adjusted life years over so many years.
    QalyGain(usize),
    /// What is shown of the picked, of levels and of moved hours.
    Study(StudyRow),
}

impl RowId {
    /// Whether the row is read replicate by replicate (else only its mean is).
    pub fn per_replicate(self) -> bool {
        !matches!(
            self,
            RowId::PhaseIn(..)
                | RowId::Waterfall(..)
                | RowId::AffectedBudget(_)
                | RowId::MunicipalityAffected(_)
                | RowId::Certain(..)
                | RowId::MunicipalityCertain(..)
        )
    }
}

/// Horizons that are shown, in years: 4, 10, 20 and the verdict's, as far as computed.
pub fn horizons_of(years: usize, verdict_years: usize) -> Vec<usize> {
    let mut shown = vec![4, 10, 20, verdict_years];
    shown.retain(|h| *h <= years);
    shown.sort_unstable();
    shown.dedup();
    shown
}

/// How much of an entry belongs to a row: the definition of every linear figure, in one place.
pub struct RowRule<'l> {
    first_year: i32,
    discount: &'l [f64],
    verdict_years: usize,
    operated: &'l [Tag],
    touched: &'l [bool],
}

impl<'l> RowRule<'l> {
    /// The rule of a lowered model.
    pub fn new<V>(lowered: &'l Lowered<V>) -> Self {
        RowRule {
            first_year: lowered.years[0],
            discount: &lowered.discount,
            verdict_years: lowered.verdict_years,
            operated: &lowered.operated,
            touched: &lowered.touched,
        }
    }

    /// The row is Σ weight · entry; `counted` tells whether the entry follows counts.
    pub fn weight(&self, id: RowId, key: &EntryKey, counted: bool) -> f64 {
        let t = (key.year - self.first_year) as usize;
        let on = |holds: bool| if holds { 1.0 } else { 0.0 };
        let ours = |m: usize| {
            in_account(key, Account::Party(Party::Municipality)) && key.municipality.0 as usize == m
        };
        let municipalities = Account::Party(Party::Municipality);
        match id {
            RowId::Budget(a, at) => on(t == at && in_account(key, a)),
            RowId::PhaseIn(a, at) => {
                on(t == at && in_account(key, a) && key.phase == PhaseOfCost::PhaseIn)
            }
            RowId::Certain(a, at) => on(t == at && !counted && in_account(key, a)),
            RowId::MunicipalityCertain(m, at) => on(t == at && !counted && ours(m)),
            RowId::X(a, horizon) => -self.discounted(t, horizon) * on(in_account(key, a)),
            RowId::MunicipalityX(m) => -self.discounted(t, self.verdict_years) * on(ours(m)),
            RowId::MunicipalityY(m) => {
                -self.discounted(t, self.verdict_years) * on(ours(m) && self.of_task(key))
            }
            RowId::Y => {
                let ours = in_account(key, municipalities) && self.of_task(key);
                -self.discounted(t, self.verdict_years) * on(ours)
            }
            RowId::Waterfall(a, tag) => {
                self.discounted(t, self.verdict_years) * on(key.tag == tag && in_account(key, a))
            }
            RowId::AffectedBudget(a) => {
                let held = a.holds(key.party, key.kind == Kind::Resource);
                self.discounted(t, self.verdict_years) * on(held && self.affected(key))
            }
            RowId::MunicipalityAffected(m) => {
                let held = key.party == Party::Municipality && key.municipality.0 as usize == m;
                self.discounted(t, self.verdict_years) * on(held && self.affected(key))
            }
            RowId::GpIncome(at) => {
                let gp = in_account(key, Account::Party(Party::Gp));
                -on(t == at && gp && key.kind == Kind::Transfer)
            }
            RowId::GpResource(at) => {
                let gp = in_account(key, Account::Party(Party::Gp));
                on(t == at && gp && key.kind == Kind::Resource)
            }
            RowId::Extended(at) => on(t == at && resource_used(key)),
            RowId::ExtendedX => -self.discounted(t, self.verdict_years) * on(resource_used(key)),
            RowId::Indicator(..)
            | RowId::IndicatorAgreement(..)
            | RowId::IndicatorDifference(..)
            | RowId::Memo(_)
            | RowId::GpUnits(_)
            | RowId::Gauge(_)
            | RowId::Avoided(_)
            | RowId::Dominates(_)
            | RowId::Study(_)
            | RowId::Activity
            | RowId::Persons(..)
            | RowId::PersonsDifference(..)
            | RowId::Additional(_)
            | RowId::Qaly(_)
            | RowId::QalyDifference(_)
            | RowId::QalyGain(_) => 0.0,
        }
    }

    /// Part of the counterfactual's affected budget: touched services, and what has none but the
    /// fixed sums of law.
    fn affected(&self, key: &EntryKey) -> bool {
        let touched = |s: ServiceId| self.touched[s.0 as usize];
        let law = matches!(key.tag, Tag::RegimeTransfer(..));
        key.arm == Arm::Counterfactual && key.service.map_or(!law, touched)
    }

    fn discounted(&self, t: usize, horizon: usize) -> f64 {
        if t < horizon { self.discount[t] } else { 0.0 }
    }

    /// Entries of an operated task: its cost and the payments for it.
    fn of_task(&self, key: &EntryKey) -> bool {
        self.operated.contains(&key.tag) || matches!(key.tag, Tag::AgreementTransfer(_))
    }
}

/// Whether the entry is a cash difference in the account.
fn in_account(key: &EntryKey, account: Account) -> bool {
    key.arm == Arm::Agreement
        && key.cash == CashClass::Cash
        && account.holds(key.party, key.kind == Kind::Resource)
}

/// Whether the entry is a cash difference in anybody's use of resources.
fn resource_used(key: &EntryKey) -> bool {
    key.arm == Arm::Agreement && key.cash == CashClass::Cash && key.kind == Kind::Resource
}

/// Composes every row from the entries.
pub fn compose<A: Algebra>(
    model: &Model,
    lowered: &Lowered<A::Value>,
    algebra: &mut A,
) -> Vec<(RowId, A::Value)> {
    let mut rows = Rows::new(model.world.municipalities.len(), lowered, algebra);
    rows.accounts();
    rows.municipalities();
    rows.indicators();
    rows.beside();
    rows.waterfall();
    rows.resources();
    rows.aims(model);
    rows.levels();
    rows.qalys();
    rows.rows
}

struct Rows<'l, A: Algebra> {
    lowered: &'l Lowered<A::Value>,
    algebra: &'l mut A,
    rule: RowRule<'l>,
    /// Entries of the counterfactual, of the difference, and of the difference on each
    /// municipality as a party: what a row has to look through.
    before: Vec<&'l Entry<A::Value>>,
    difference: Vec<&'l Entry<A::Value>>,
    /// The difference by year and by source.
    of_year: Vec<Vec<&'l Entry<A::Value>>>,
    of_tag: BTreeMap<Tag, Vec<&'l Entry<A::Value>>>,
    of_municipality: Vec<Vec<&'l Entry<A::Value>>>,
    /// The counterfactual on each municipality as a party.
    before_of: Vec<Vec<&'l Entry<A::Value>>>,
    rows: Vec<(RowId, A::Value)>,
}

impl<'l, A: Algebra> Rows<'l, A> {
    fn new(municipalities: usize, lowered: &'l Lowered<A::Value>, algebra: &'l mut A) -> Self {
        let of_arm = |arm: Arm| lowered.entries.iter().filter(move |e| e.key.arm == arm);
        let difference: Vec<_> = of_arm(Arm::Agreement).collect();
        let mut of_municipality = vec![Vec::new(); municipalities];
        let mut of_year = vec![Vec::new(); lowered.years.len()];
        let mut of_tag: BTreeMap<Tag, Vec<_>> = BTreeMap::new();
        for entry in &difference {
            of_year[(entry.key.year - lowered.years[0]) as usize].push(*entry);
            of_tag.entry(entry.key.tag).or_default().push(*entry);
            if entry.key.party == Party::Municipality {
                of_municipality[entry.key.municipality.0 as usize].push(*entry);
            }
        }
        let before: Vec<_> = of_arm(Arm::Counterfactual).collect();
        let mut before_of = vec![Vec::new(); municipalities];
        for entry in &before {
            if entry.key.party == Party::Municipality {
                before_of[entry.key.municipality.0 as usize].push(*entry);
            }
        }
        Rows {
            rule: RowRule::new(lowered),
            before,
            before_of,
            difference,
            of_year,
            of_tag,
            of_municipality,
            lowered,
            algebra,
            rows: Vec::new(),
        }
    }

    fn push(&mut self, id: RowId, terms: &[(f64, &A::Value)]) {
        let sum = self.algebra.sum(terms);
        self.rows.push((id, sum));
    }

    /// Σ weight · kroner over the entries where the weight is not 0.
    fn weigh(&mut self, id: RowId) {
        let entries = match id {
            RowId::AffectedBudget(_) => &self.before,
            RowId::MunicipalityAffected(m) => &self.before_of[m],
            RowId::MunicipalityX(m)
            | RowId::MunicipalityY(m)
            | RowId::MunicipalityCertain(m, _) => &self.of_municipality[m],
            RowId::Budget(_, t)
            | RowId::PhaseIn(_, t)
            | RowId::Certain(_, t)
            | RowId::GpIncome(t)
            | RowId::GpResource(t)
            | RowId::Extended(t) => &self.of_year[t],
            RowId::Waterfall(_, tag) => &self.of_tag[&tag],
            _ => &self.difference,
        };
        let weigh = |e: &&'l Entry<A::Value>| (self.rule.weight(id, &e.key, e.counted), &e.kroner);
        let terms: Vec<(f64, &A::Value)> = entries
            .iter()
            .map(weigh)
            .filter(|(w, _)| *w != 0.0)
            .collect();
        let sum = self.algebra.sum(&terms);
        self.rows.push((id, sum));
    }

    fn accounts(&mut self) {
        let years = self.lowered.years.len();
        let horizons = horizons_of(years, self.lowered.verdict_years);
        for account in Account::ALL {
            for t in 0..years {
                self.weigh(RowId::Budget(account, t));
                self.weigh(RowId::PhaseIn(account, t));
                self.weigh(RowId::Certain(account, t));
            }
            for &horizon in &horizons {
                self.weigh(RowId::X(account, horizon));
            }
            self.weigh(RowId::AffectedBudget(account));
        }
    }

    fn municipalities(&mut self) {
        let operated = !self.lowered.operated.is_empty();
        for m in 0..self.of_municipality.len() {
            self.weigh(RowId::MunicipalityX(m));
            self.weigh(RowId::MunicipalityAffected(m));
            for t in 0..self.lowered.years.len() {
                self.weigh(RowId::MunicipalityCertain(m, t));
            }
            if operated {
                self.weigh(RowId::MunicipalityY(m));
            }
        }
        if operated {
            self.weigh(RowId::Y);
        }
    }

    fn indicators(&mut self) {
        let lowered = self.lowered;
        for (i, by_year) in lowered.indicators.iter().enumerate() {
            for (t, (before, change)) in by_year.iter().enumerate() {
                self.push(RowId::Indicator(i, t), &[(1.0, before)]);
                self.push(
                    RowId::IndicatorAgreement(i, t),
                    &[(1.0, before), (1.0, change)],
                );
                self.push(RowId::IndicatorDifference(i, t), &[(1.0, change)]);
            }
        }
    }

    fn beside(&mut self) {
        let lowered = self.lowered;
        for t in 0..lowered.years.len() {
            self.weigh(RowId::GpIncome(t));
            self.weigh(RowId::GpResource(t));
            self.push(RowId::GpUnits(t), &[(1.0, &lowered.gp_units[t])]);
        }
        for (i, (_, _, _, kroner)) in lowered.memos.iter().enumerate() {
            self.push(RowId::Memo(i), &[(1.0, kroner)]);
        }
        if let Some((_, units)) = &lowered.activity {
            let weight = |t: usize| self.rule.discounted(t, lowered.verdict_years);
            let terms: Vec<(f64, &A::Value)> = units
                .iter()
                .enumerate()
                .map(|(t, u)| (weight(t), u))
                .collect();
            self.push(RowId::Activity, &terms);
        }
        for (row, value) in &lowered.study {
            self.push(RowId::Study(*row), &[(1.0, value)]);
        }
    }

    fn resources(&mut self) {
        let lowered = self.lowered;
        for t in 0..lowered.years.len() {
            self.weigh(RowId::Extended(t));
        }
        self.weigh(RowId::ExtendedX);
        for (i, (_, value)) in lowered.gauges.iter().enumerate() {
            self.push(RowId::Gauge(i), &[(1.0, value)]);
        }
    }

    /// Indicators that the three aims name: what is won over the verdict horizon.
    fn aims(&mut self, model: &Model) {
        let Some(aims) = &model.agreement.reports.aims else {
            return;
        };
        let lowered = self.lowered;
        let fewer = aims.fewer.iter().map(|i| (*i, -1.0));
        for (i, sign) in fewer.chain(aims.more.iter().map(|i| (*i, 1.0))) {
            let years = lowered.indicators[i].iter().take(lowered.verdict_years);
            let terms: Vec<(f64, &A::Value)> = years.map(|(_, change)| (sign, change)).collect();
            let won = self.algebra.sum(&terms);
            let society = RowId::X(Account::Society, lowered.verdict_years);
            let gain = self.rows.iter().find(|(id, _)| *id == society);
            if let Some(gain) = gain.map(|(_, v)| v.clone()) {
                let both = self.algebra.minimum(&gain, &won);
                self.rows.push((RowId::Dominates(i), both));
            }
            self.rows.push((RowId::Avoided(i), won));
        }
    }

    fn levels(&mut self) {
        let lowered = self.lowered;
        if lowered.persons.is_empty() {
            return;
        }
        for (i, row) in lowered.persons.iter().enumerate() {
            for (t, (before, change)) in row.by_year.iter().enumerate() {
                self.push(RowId::Persons(i, t), &[(1.0, before)]);
                self.push(RowId::PersonsDifference(i, t), &[(1.0, change)]);
            }
        }
        for t in 0..lowered.years.len() {
            let terms: Vec<(f64, &A::Value)> = lowered
                .persons
                .iter()
                .map(|row| (1.0, &row.by_year[t].1))
                .collect();
            self.push(RowId::Additional(t), &terms);
        }
    }

    fn qalys(&mut self) {
        let lowered = self.lowered;
        if lowered.qalys.is_empty() {
            return;
        }
        for (t, (before, change)) in lowered.qalys.iter().enumerate() {
            self.push(RowId::Qaly(t), &[(1.0, before)]);
            self.push(RowId::QalyDifference(t), &[(1.0, change)]);
        }
        for horizon in horizons_of(lowered.years.len(), lowered.verdict_years) {
            let terms: Vec<(f64, &A::Value)> = lowered
                .qalys
                .iter()
                .enumerate()
                .map(|(t, (_, change))| (self.rule.discounted(t, horizon), change))
                .collect();
            self.push(RowId::QalyGain(horizon), &terms);
        }
    }

    fn waterfall(&mut self) {
        let tags: Vec<Tag> = self.of_tag.keys().copied().collect();
        for account in Account::ALL {
            for &tag in &tags {
                self.weigh(RowId::Waterfall(account, tag));
            }
        }
    }
}
