//! Rows: the linear sums of entries that somebody reads, per replicate.

use super::algebra::Algebra;
use super::lowered::{Entry, Lowered};
use crate::model::*;

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
}

impl RowId {
    /// Whether the row is read replicate by replicate (else only its mean is).
    pub fn per_replicate(self) -> bool {
        !matches!(
            self,
            RowId::PhaseIn(..)
                | RowId::Waterfall(..)
                | RowId::AffectedBudget(_)
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

/// Composes every row from the entries.
pub fn compose<A: Algebra>(
    model: &Model,
    lowered: &Lowered<A::Value>,
    algebra: &mut A,
) -> Vec<(RowId, A::Value)> {
    let mut rows = Rows {
        lowered,
        algebra,
        rows: Vec::new(),
    };
    rows.accounts();
    rows.municipalities(model.world.municipalities.len());
    rows.indicators();
    rows.general_practice();
    rows.beside();
    rows.waterfall();
    rows.rows
}

struct Rows<'l, A: Algebra> {
    lowered: &'l Lowered<A::Value>,
    algebra: &'l mut A,
    rows: Vec<(RowId, A::Value)>,
}

impl<A: Algebra> Rows<'_, A> {
    fn year_index(&self, year: i32) -> usize {
        (year - self.lowered.years[0]) as usize
    }

    fn push(&mut self, id: RowId, terms: &[(f64, &A::Value)]) {
        let sum = self.algebra.sum(terms);
        self.rows.push((id, sum));
    }

    /// Σ weight(entry) · kroner over the entries where the weight is not 0.
    fn weigh(&mut self, id: RowId, weight: impl Fn(&Entry<A::Value>, usize) -> f64) {
        let lowered = self.lowered;
        let terms: Vec<(f64, &A::Value)> = lowered
            .entries
            .iter()
            .map(|e| (weight(e, self.year_index(e.key.year)), &e.kroner))
            .filter(|(w, _)| *w != 0.0)
            .collect();
        self.push(id, &terms);
    }

    fn discount(&self, horizon: usize) -> Vec<f64> {
        let within = |t: usize| {
            if t < horizon {
                self.lowered.discount[t]
            } else {
                0.0
            }
        };
        (0..self.lowered.years.len()).map(within).collect()
    }

    fn accounts(&mut self) {
        let lowered = self.lowered;
        let all = horizons_of(lowered.years.len(), lowered.verdict_years);
        for account in Account::ALL {
            for t in 0..lowered.years.len() {
                self.weigh(RowId::Budget(account, t), |e, at| {
                    in_account(e, account, at == t)
                });
                let phase_in = |e: &Entry<A::Value>, at| {
                    in_account(e, account, at == t && e.key.phase == PhaseOfCost::PhaseIn)
                };
                self.weigh(RowId::PhaseIn(account, t), phase_in);
                let certain =
                    |e: &Entry<A::Value>, at| in_account(e, account, at == t && !e.counted);
                self.weigh(RowId::Certain(account, t), certain);
            }
            for &horizon in &all {
                let d = self.discount(horizon);
                let x = |e: &Entry<A::Value>, at: usize| -d[at] * in_account(e, account, true);
                self.weigh(RowId::X(account, horizon), x);
            }
            let d = self.discount(lowered.verdict_years);
            let affected = |e: &Entry<A::Value>, at: usize| {
                let ours = e.key.arm == Arm::Counterfactual
                    && account.holds(e.key.party, e.key.kind == Kind::Resource);
                if ours { d[at] } else { 0.0 }
            };
            self.weigh(RowId::AffectedBudget(account), affected);
        }
    }

    fn municipalities(&mut self, count: usize) {
        let d = self.discount(self.lowered.verdict_years);
        let operated = self.lowered.operated.clone();
        let ours = |e: &Entry<A::Value>, m: usize| {
            in_account(
                e,
                Account::Party(Party::Municipality),
                e.key.municipality.0 as usize == m,
            )
        };
        let task = |e: &Entry<A::Value>| {
            operated.contains(&e.key.tag) || matches!(e.key.tag, Tag::AgreementTransfer(_))
        };
        for m in 0..count {
            self.weigh(RowId::MunicipalityX(m), |e, at| -d[at] * ours(e, m));
            for t in 0..self.lowered.years.len() {
                self.weigh(RowId::MunicipalityCertain(m, t), |e, at| {
                    if at == t && !e.counted {
                        ours(e, m)
                    } else {
                        0.0
                    }
                });
            }
            if !operated.is_empty() {
                let y = |e: &Entry<A::Value>, at: usize| {
                    if task(e) { -d[at] * ours(e, m) } else { 0.0 }
                };
                self.weigh(RowId::MunicipalityY(m), y);
            }
        }
        if !operated.is_empty() {
            let party = Account::Party(Party::Municipality);
            let y = |e: &Entry<A::Value>, at: usize| {
                if task(e) {
                    -d[at] * in_account(e, party, true)
                } else {
                    0.0
                }
            };
            self.weigh(RowId::Y, y);
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

    fn general_practice(&mut self) {
        let lowered = self.lowered;
        let gp = Account::Party(Party::Gp);
        for t in 0..lowered.years.len() {
            self.weigh(RowId::GpIncome(t), |e, at| {
                -in_account(e, gp, at == t && e.key.kind == Kind::Transfer)
            });
            self.weigh(RowId::GpResource(t), |e, at| {
                in_account(e, gp, at == t && e.key.kind == Kind::Resource)
            });
            self.push(RowId::GpUnits(t), &[(1.0, &lowered.gp_units[t])]);
        }
    }

    fn beside(&mut self) {
        let lowered = self.lowered;
        for (i, (_, _, _, kroner)) in lowered.memos.iter().enumerate() {
            self.push(RowId::Memo(i), &[(1.0, kroner)]);
        }
        if let Some((_, units)) = &lowered.activity {
            let d = self.discount(lowered.verdict_years);
            let terms: Vec<(f64, &A::Value)> =
                units.iter().enumerate().map(|(t, u)| (d[t], u)).collect();
            self.push(RowId::Activity, &terms);
        }
    }

    fn waterfall(&mut self) {
        let lowered = self.lowered;
        let mut tags: Vec<Tag> = lowered
            .entries
            .iter()
            .filter(|e| e.key.arm == Arm::Agreement)
            .map(|e| e.key.tag)
            .collect();
        tags.sort_unstable();
        tags.dedup();
        let d = self.discount(lowered.verdict_years);
        for account in Account::ALL {
            for &tag in &tags {
                self.weigh(RowId::Waterfall(account, tag), |e, at| {
                    if e.key.tag == tag {
                        d[at] * in_account(e, account, true)
                    } else {
                        0.0
                    }
                });
            }
        }
    }
}

/// 1 if the entry is a cash difference in the account (and `also` holds), else 0.
fn in_account<V>(entry: &Entry<V>, account: Account, also: bool) -> f64 {
    let key = &entry.key;
    let difference = key.arm == Arm::Agreement && key.cash == CashClass::Cash;
    let resource = key.kind == Kind::Resource;
    if also && difference && account.holds(key.party, resource) {
        1.0
    } else {
        0.0
    }
}
