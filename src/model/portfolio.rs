//! Several agreements on one world.
//!
//! ```text
//!   members (in force first) ─combined→ one Agreement in parts, each with its own terms
//!                            └ a single verdict: in force + proposed, against in force
//! ```
//!
//! Promise: in a combination every index and name leads where it led in the agreement alone, and
//! each part keeps its own period, after-period rule, backfill and participants. Absent: sums of
//! runs; what agreements do to each other comes out of one walk over all of them.
//!
//! The matches below name every field and kind on purpose: a mechanism added to the model does
//! not compile until it is said here how it is combined and how it is switched off.

use super::{
    AfterPeriod, Agreement, Backfill, BalanceRule, Blank, BreakEven, Correlation, Counted,
    Coverage, Effect, Governance, Indicator, Invest, InvestBasis, Mechanism, MechanismKind, Model,
    Month, Operate, Parameter, Provide, Reports, Rule, SavedTime, ServiceId, Shift, Status,
    TotalRule, Transfer, Transition, Words, World,
};
use crate::random::Law;
use std::ops::Range;

/// One agreement's share of a combination.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The agreement's id: its folder, and `#variant`.
    pub id: String,
    /// In force before the proposal: it happens in both arms.
    pub standing: bool,
    /// First and last year of its period.
    pub period: (i32, i32),
    /// What happens after them.
    pub after_period: AfterPeriod,
    /// Its coverages.
    pub coverages: Range<usize>,
    /// Its mechanisms.
    pub mechanisms: Range<usize>,
    /// Its backfills.
    pub backfills: Range<usize>,
    /// Its payments.
    pub transfers: Range<usize>,
}

/// How long something of an agreement runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// First and last year of the period.
    pub period: (i32, i32),
    /// What happens after it.
    pub after_period: AfterPeriod,
}

impl Agreement {
    fn terms_in(&self, belongs: impl Fn(&Part) -> bool) -> Terms {
        match self.parts.iter().find(|part| belongs(part)) {
            Some(part) => Terms {
                period: part.period,
                after_period: part.after_period,
            },
            None => Terms {
                period: self.period,
                after_period: self.after_period,
            },
        }
    }

    /// The terms a coverage runs on: those of the agreement it came from.
    pub fn terms_of_coverage(&self, coverage: &Coverage) -> Terms {
        self.terms_in(|part| {
            let own = &self.coverages[part.coverages.clone()];
            own.iter().any(|c| c.id == coverage.id)
        })
    }

    /// The terms a mechanism runs on.
    pub fn terms_of_mechanism(&self, k: usize) -> Terms {
        self.terms_in(|part| part.mechanisms.contains(&k))
    }

    /// The terms a payment runs on.
    pub fn terms_of_transfer(&self, transfer: &Transfer) -> Terms {
        self.terms_in(|part| self.pays(part, transfer))
    }

    fn pays(&self, part: &Part, transfer: &Transfer) -> bool {
        let own = &self.transfers[part.transfers.clone()];
        own.iter().any(|t| t.name == transfer.name)
    }

    /// Backfill of a service's units that mechanism `k` frees: its own agreement's.
    pub fn backfill_of(&self, service: ServiceId, k: usize) -> Option<&Backfill> {
        let part = self.parts.iter().find(|part| part.mechanisms.contains(&k));
        let own = part.map_or(0..self.backfills.len(), |part| part.backfills.clone());
        self.backfills[own].iter().find(|b| b.service == service)
    }

    /// Municipalities in which anything of the agreement that makes this payment runs.
    pub fn taking_part(&self, transfer: &Transfer, municipalities: usize) -> Vec<bool> {
        let part = self.parts.iter().find(|part| self.pays(part, transfer));
        let all = 0..municipalities;
        match part {
            Some(part) => all.map(|m| self.start_within(part, m).is_some()).collect(),
            None => all.map(|m| self.start_of(m).is_some()).collect(),
        }
    }

    /// First month of anything of a part in a municipality.
    fn start_within(&self, part: &Part, municipality: usize) -> Option<Month> {
        let coverages = self.coverages[part.coverages.clone()].iter();
        let mechanisms = self.mechanisms[part.mechanisms.clone()].iter();
        let covered = coverages.filter_map(|c| c.start[municipality]);
        let operated = mechanisms.filter_map(|m| m.operated_from(municipality));
        covered.chain(operated).min()
    }

    /// First month of anything that is not already in force, in a municipality.
    pub fn first_month(&self, municipality: usize) -> Option<Month> {
        let whole = Part::whole(self);
        let parts: Vec<&Part> = match self.parts.is_empty() {
            true => vec![&whole],
            false => self.parts.iter().filter(|part| !part.standing).collect(),
        };
        let starts = parts.into_iter();
        starts
            .filter_map(|part| self.start_within(part, municipality))
            .min()
    }
}

impl Mechanism {
    /// First month in which another operator runs its service in a municipality.
    fn operated_from(&self, municipality: usize) -> Option<Month> {
        let MechanismKind::Operate(operate) = &self.kind else {
            return None;
        };
        operate.start[municipality].map(|start| start.max(Month::january(operate.years.0)))
    }
}

impl Part {
    fn whole(agreement: &Agreement) -> Part {
        Part {
            id: String::new(),
            standing: false,
            period: agreement.period,
            after_period: agreement.after_period,
            coverages: 0..agreement.coverages.len(),
            mechanisms: 0..agreement.mechanisms.len(),
            backfills: 0..agreement.backfills.len(),
            transfers: 0..agreement.transfers.len(),
        }
    }
}

/// One agreement of a portfolio.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its folder, and `#variant`.
    pub id: String,
    /// In force: in the counterfactual of every single verdict.
    pub in_force: bool,
    /// The agreement.
    pub agreement: Agreement,
    /// What of it is not *klarlagt*.
    pub blanks: Vec<Blank>,
}

/// Agreements in force and proposed, on one world, under one balance principle.
#[derive(Debug, Clone)]
pub struct Portfolio {
    /// The folder's name.
    pub id: String,
    /// Title for readers.
    pub title: Words,
    /// Those in force first, each group in file order.
    pub members: Vec<Member>,
    /// What all members name their indices in.
    pub world: World,
    /// The portfolio's own balance principle: one τ, never a sum.
    pub balance: BalanceRule,
    /// Parameters of world and members in name order, phases of capacity not among them.
    pub parameters: Vec<Parameter>,
    /// Correlated parameters.
    pub correlations: Vec<Correlation>,
}

/// A proposal and what it is compared with.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// Agreements in force and the proposed one.
    pub with: Model,
    /// The same with the proposed one switched off; `None` where nothing is in force.
    pub without: Option<Model>,
    /// The proposed one alone: what it touches.
    pub own: Model,
}

impl Portfolio {
    /// All members together: the counterfactual has none of them.
    pub fn joint(&self) -> Model {
        self.model(self.members.iter(), |_| false)
    }

    /// The members in force together, against nothing.
    pub fn in_force(&self) -> Option<Model> {
        let standing: Vec<&Member> = self.members.iter().filter(|m| m.in_force).collect();
        (!standing.is_empty()).then(|| self.model(standing.into_iter(), |_| false))
    }

    /// One proposed member on top of those in force.
    pub fn proposal(&self, member: usize) -> Proposal {
        let proposed = &self.members[member];
        let standing = || self.members.iter().filter(|m| m.in_force);
        let with = self.model(standing().chain([proposed]), |m| m.in_force);
        let without = standing().next().map(|_| {
            let mut model = with.clone();
            if let Some(part) = model.agreement.parts.last().cloned() {
                switch_off(&mut model.agreement, &part);
            }
            model
        });
        let own = self.model([proposed].into_iter(), |_| false);
        Proposal { with, without, own }
    }

    /// First year of any member, and years to the last one shown by any.
    fn span(&self) -> (i32, u32) {
        let first = |m: &Member| m.agreement.first_year();
        let last = |m: &Member| first(m) + m.agreement.horizon as i32;
        let from = self.members.iter().map(first).min().unwrap_or_default();
        let to = self.members.iter().map(last).max().unwrap_or(from);
        (from, (to - from) as u32)
    }

    fn model<'m>(
        &self,
        members: impl Iterator<Item = &'m Member>,
        standing: impl Fn(&Member) -> bool,
    ) -> Model {
        let members: Vec<&Member> = members.collect();
        let mut agreement = combined(&members, standing);
        let (first, years) = self.span();
        let last = self.members.iter().map(|m| m.agreement.period.1).max();
        agreement.period = (first, last.unwrap_or(first));
        agreement.horizon = years;
        agreement.title = self.title.clone();
        let mut model = Model {
            scenario: self.id.clone(),
            world: self.world.clone(),
            agreement,
            balance: self.balance.clone(),
            parameters: self.parameters.clone(),
            correlations: self.correlations.clone(),
            blanks: members.iter().flat_map(|m| m.blanks.clone()).collect(),
        };
        if let Ok(uniform) = Law::uniform(0.0, 1.0) {
            model.add_phases(&uniform);
        }
        model
    }

    /// What would have to be divided between agreements in force and proposed ones and cannot: a
    /// payment by a year's total (what of a pool or a gain is due to which of them is not defined),
    /// and moves between levels, which act together. (Member, or `None` for law; name.)
    pub fn indivisible(&self) -> Option<(Option<usize>, String)> {
        if self.members.iter().all(|m| !m.in_force) {
            return None;
        }
        let on_totals = |t: &&Transfer| {
            let sum = |r: &TotalRule| matches!(r, TotalRule::NeedSum { .. });
            matches!(&t.rule, Rule::OnTotals(rule) if !sum(rule))
        };
        let members = self.members.iter().enumerate();
        let mut own = members.filter_map(|(i, m)| {
            let paid = m.agreement.transfers.iter().find(on_totals);
            let moves = |k: &&Mechanism| matches!(k.kind, MechanismKind::Transition(_));
            let moved = || m.agreement.mechanisms.iter().find(moves);
            let name = paid.map(|t| &t.name).or_else(|| moved().map(|k| &k.name))?;
            Some((Some(i), name.clone()))
        });
        let shown = |r: &&super::Regime| {
            let (from, years) = self.span();
            r.years.1 >= from && r.years.0 < from + years as i32
        };
        let law = || {
            let regimes = self.world.regimes.iter().filter(shown);
            let found = regimes.flat_map(|r| &r.transfers).find(on_totals)?;
            Some((None, found.name.clone()))
        };
        own.next().or_else(law)
    }

    /// A service that two members operate at the same time in the same municipality.
    pub fn operated_twice(&self) -> Option<(usize, ServiceId)> {
        let operations = |m: &'_ Member| -> Vec<Operate> {
            let kinds = m.agreement.mechanisms.iter().map(|k| k.kind.clone());
            let operate = |kind| match kind {
                MechanismKind::Operate(operate) => Some(operate),
                _ => None,
            };
            kinds.filter_map(operate).collect()
        };
        let clash = |a: &Operate, b: &Operate| {
            let years = a.years.0 <= b.years.1 && b.years.0 <= a.years.1;
            let places = a.start.iter().zip(&b.start);
            let both = places.filter(|(x, y)| x.is_some() && y.is_some());
            a.service == b.service && years && both.count() > 0
        };
        for (i, member) in self.members.iter().enumerate() {
            for earlier in &self.members[..i] {
                for mine in operations(member) {
                    if operations(earlier).iter().any(|o| clash(o, &mine)) {
                        return Some((i, mine.service));
                    }
                }
            }
        }
        None
    }

    /// A service for which two members state different capacity rules.
    pub fn released_twice(&self) -> Option<(usize, ServiceId)> {
        for (i, member) in self.members.iter().enumerate() {
            for (service, rule) in &member.agreement.releases {
                let earlier = self.members[..i].iter();
                let mut others = earlier.flat_map(|m| &m.agreement.releases);
                let same = |(s, other): &(ServiceId, super::Release)| {
                    let mut other = other.clone();
                    other.origin = rule.origin.clone();
                    *s != *service || other == *rule
                };
                if !others.all(same) {
                    return Some((i, *service));
                }
            }
        }
        None
    }
}

/// One agreement of several, in parts.
fn combined(members: &[&Member], standing: impl Fn(&Member) -> bool) -> Agreement {
    let mut all = members[0].agreement.clone();
    all.coverages = Vec::new();
    all.mechanisms = Vec::new();
    all.backfills = Vec::new();
    all.releases = Vec::new();
    all.transfers = Vec::new();
    all.indicators = Vec::new();
    let statuses = members.iter().map(|m| m.agreement.status);
    all.status = statuses.fold(Status::Approved, least);
    all.frames = Vec::new();
    all.reallocations = Vec::new();
    all.detections = Vec::new();
    if members.len() > 1 {
        (all.pilot, all.unit) = (None, None);
    }
    // three aims are read agreement by agreement: their indicators are one agreement's own
    all.reports = Reports {
        aims: all.reports.aims.filter(|_| members.len() == 1),
        ..Reports::default()
    };
    all.governance = Governance::default();
    all.parts = Vec::new();
    for member in members {
        append(&mut all, member, standing(member));
    }
    all
}

/// Together they are no further than the one least far.
fn least(a: Status, b: Status) -> Status {
    match (a, b) {
        (Status::Draft, _) | (_, Status::Draft) => Status::Draft,
        (Status::Provisional, _) | (_, Status::Provisional) => Status::Provisional,
        (Status::Approved, Status::Approved) => Status::Approved,
    }
}

/// Adds a member's content; what refers to an index or a name is led there.
fn append(all: &mut Agreement, member: &Member, standing: bool) {
    let Agreement {
        title: _,
        status: _,
        question: _,
        comparator: _,
        period,
        horizon: _,
        after_period,
        clinical: _,
        roles: _,
        settlement: _,
        coverages,
        mechanisms,
        backfills,
        releases,
        transfers,
        indicators,
        frames,
        reports,
        reallocations,
        detections,
        // a trial and a small unit are shown with their own agreement
        pilot: _,
        unit: _,
        governance,
        parts: _,
    } = member.agreement.clone();
    let shift = Offsets {
        coverage: all.coverages.len(),
        mechanism: all.mechanisms.len(),
    };
    let (backfill, transfer) = (all.backfills.len(), all.transfers.len());
    let taken: Vec<String> = all.transfers.iter().map(|t| t.name.clone()).collect();
    let payment = |name: &str| named(&member.id, name, taken.iter().map(String::as_str));
    for mut coverage in coverages {
        let ids = all.coverages.iter().map(|c| c.id.as_str());
        coverage.id = named(&member.id, &coverage.id, ids);
        coverage
            .limited_by
            .iter_mut()
            .for_each(|k| *k += shift.mechanism);
        all.coverages.push(coverage);
    }
    for mechanism in mechanisms {
        let names = all.mechanisms.iter().map(|m| m.name.as_str());
        let name = named(&member.id, &mechanism.name, names);
        let mechanism = Mechanism {
            name,
            kind: shift.kind(mechanism.kind),
            ..mechanism
        };
        all.mechanisms.push(mechanism);
    }
    all.backfills.extend(backfills);
    for (service, rule) in releases {
        // two plans for one service are the same plan: the portfolio was checked
        if !all.releases.iter().any(|(s, _)| *s == service) {
            all.releases.push((service, rule));
        }
    }
    for mut payed in transfers {
        payed.name = payment(&payed.name);
        payed.rule = shift.rule(payed.rule, &payment);
        all.transfers.push(payed);
    }
    all.frames.extend(frames);
    for mut moved in reallocations {
        let names = all.reallocations.iter().map(|r| r.name.as_str());
        moved.name = named(&member.id, &moved.name, names);
        moved.from += shift.coverage;
        moved.to += shift.coverage;
        all.reallocations.push(moved);
    }
    for mut detection in detections {
        let names = all.detections.iter().map(|d| d.name.as_str());
        detection.name = named(&member.id, &detection.name, names);
        detection.coverage += shift.coverage;
        all.detections.push(detection);
    }
    all.reports.tasks.extend(reports.tasks);
    let break_evens = reports.break_evens.into_iter();
    all.reports
        .break_evens
        .extend(break_evens.map(|b| shift.break_even(b)));
    all.governance.safety.extend(governance.safety);
    all.governance.reviews.extend(governance.reviews);
    for indicator in indicators {
        add_indicator(&mut all.indicators, &member.id, indicator);
    }
    all.parts.push(Part {
        id: member.id.clone(),
        standing,
        period,
        after_period,
        coverages: shift.coverage..all.coverages.len(),
        mechanisms: shift.mechanism..all.mechanisms.len(),
        backfills: backfill..all.backfills.len(),
        transfers: transfer..all.transfers.len(),
    });
}

/// A name, or with its agreement before it where another has it already.
fn named<'n>(member: &str, name: &str, mut taken: impl Iterator<Item = &'n str>) -> String {
    match taken.any(|other| other == name) {
        true => format!("{member}/{name}"),
        false => name.to_owned(),
    }
}

/// What two agreements both follow is followed once.
fn add_indicator(all: &mut Vec<Indicator>, member: &str, indicator: Indicator) {
    let same = |other: &Indicator| {
        let (a, b) = (other, &indicator);
        (&a.id, &a.services, &a.groups, &a.levels, a.per)
            == (&b.id, &b.services, &b.groups, &b.levels, b.per)
    };
    if all.iter().any(same) {
        return;
    }
    let id = named(
        member,
        &indicator.id,
        all.iter().map(|other| other.id.as_str()),
    );
    all.push(Indicator { id, ..indicator });
}

/// How far a member's indices move.
struct Offsets {
    coverage: usize,
    mechanism: usize,
}

impl Offsets {
    fn kind(&self, kind: MechanismKind) -> MechanismKind {
        let coverage = |c: usize| c + self.coverage;
        match kind {
            MechanismKind::Effect(effect) => MechanismKind::Effect(Effect {
                coverage: coverage(effect.coverage),
                ..effect
            }),
            MechanismKind::Shift(shift) => MechanismKind::Shift(Shift {
                coverage: coverage(shift.coverage),
                ..shift
            }),
            MechanismKind::Provide(provide) => MechanismKind::Provide(Provide {
                coverage: coverage(provide.coverage),
                ..provide
            }),
            MechanismKind::Operate(operate) => MechanismKind::Operate(operate),
            MechanismKind::Invest(invest) => {
                let basis = match invest.basis {
                    InvestBasis::Once(year) => InvestBasis::Once(year),
                    InvestBasis::Yearly(from, to) => InvestBasis::Yearly(from, to),
                    InvestBasis::PerNewPerson(c) => InvestBasis::PerNewPerson(coverage(c)),
                    InvestBasis::PerPersonYear(c) => InvestBasis::PerPersonYear(coverage(c)),
                };
                MechanismKind::Invest(Invest { basis, ..invest })
            }
            MechanismKind::SavedTime(saved) => MechanismKind::SavedTime(SavedTime {
                coverage: coverage(saved.coverage),
                ..saved
            }),
            MechanismKind::Transition(transition) => MechanismKind::Transition(Transition {
                coverage: coverage(transition.coverage),
                ..transition
            }),
            kind @ (MechanismKind::Places(_)
            | MechanismKind::Workforce(_)
            | MechanismKind::Joint(_)) => kind,
        }
    }

    fn break_even(&self, stated: BreakEven) -> BreakEven {
        let moved = |k: &usize| k + self.mechanism;
        BreakEven {
            shift: moved(&stated.shift),
            also: stated.also.iter().map(moved).collect(),
            fixed: stated.fixed.iter().map(moved).collect(),
            ..stated
        }
    }

    fn rule(&self, rule: Rule, payment: &dyn Fn(&str) -> String) -> Rule {
        match rule {
            Rule::PerUnit {
                counted: Counted::Mechanism(k),
                price,
            } => Rule::PerUnit {
                counted: Counted::Mechanism(k + self.mechanism),
                price,
            },
            Rule::PerUnit {
                counted: Counted::Service(service),
                price,
            } => Rule::PerUnit {
                counted: Counted::Service(service),
                price,
            },
            Rule::PerCoveredPersonYear { coverage, amount } => Rule::PerCoveredPersonYear {
                coverage: coverage + self.coverage,
                amount,
            },
            Rule::ActualCost {
                mechanism,
                overhead,
            } => Rule::ActualCost {
                mechanism: mechanism + self.mechanism,
                overhead,
            },
            Rule::ReturnByPopulation { of } => Rule::ReturnByPopulation {
                of: of.iter().map(|name| payment(name)).collect(),
            },
            Rule::OnTotals(TotalRule::Ceiling {
                of,
                limit_per_year,
                claw_back,
            }) => Rule::OnTotals(TotalRule::Ceiling {
                of: of.iter().map(|name| payment(name)).collect(),
                limit_per_year,
                claw_back,
            }),
            Rule::OnTotals(TotalRule::Fund {
                mechanisms,
                share,
                cap,
                per_year_cap,
            }) => Rule::OnTotals(TotalRule::Fund {
                mechanisms: mechanisms.iter().map(|k| k + self.mechanism).collect(),
                share,
                cap,
                per_year_cap,
            }),
            Rule::OnTotals(
                TotalRule::Pool { .. }
                | TotalRule::GainShare(_)
                | TotalRule::Corridor { .. }
                | TotalRule::Availability { .. }
                | TotalRule::Suspense(_)
                | TotalRule::Steps(_)
                | TotalRule::NeedSum { .. },
            )
            | Rule::TariffShare { .. }
            | Rule::GpFee { .. }
            | Rule::LumpSum { .. }
            | Rule::Course(_) => rule,
        }
    }
}

/// A part that does nothing, its indices and names kept.
fn switch_off(agreement: &mut Agreement, part: &Part) {
    for coverage in &mut agreement.coverages[part.coverages.clone()] {
        coverage.start.iter_mut().for_each(|start| *start = None);
    }
    for mechanism in &mut agreement.mechanisms[part.mechanisms.clone()] {
        match &mut mechanism.kind {
            // these follow their coverage
            MechanismKind::Effect(_)
            | MechanismKind::Shift(_)
            | MechanismKind::Provide(_)
            | MechanismKind::SavedTime(_)
            | MechanismKind::Transition(_) => {}
            // hours there are for more than what is in force: it stands, and the difference counts
            MechanismKind::Workforce(_) => {}
            MechanismKind::Places(places) => {
                places.recipients.iter_mut().for_each(|r| *r = false);
            }
            MechanismKind::Joint(joint) => {
                joint.recipients.iter_mut().for_each(|r| *r = false);
            }
            MechanismKind::Operate(operate) => {
                operate.start.iter_mut().for_each(|start| *start = None);
            }
            MechanismKind::Invest(invest) => {
                invest.recipients.iter_mut().for_each(|r| *r = false);
            }
        }
    }
    for transfer in &mut agreement.transfers[part.transfers.clone()] {
        transfer.years = NEVER;
    }
}

/// No year lies in it.
const NEVER: (i32, i32) = (i32::MAX, i32::MIN);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_its_agreement_before_it() {
        assert_eq!(named("b", "effekt", ["effekt"].into_iter()), "b/effekt");
        assert_eq!(named("b", "effekt", ["andet"].into_iter()), "effekt");
    }
}
