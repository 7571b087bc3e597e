//! Sums that follow no activity: by law, by need, and what is returned of them; and frames.
//!
//! Promise: a sum is two postings of opposite sign. Absent: rules that read a total.

use super::algebra::Algebra;
use super::lower::Walk;
use super::settle::Tagged;
use crate::model::*;

impl<'m, A: Algebra> Walk<'m, A> {
    /// Sums that law fixes: in the counterfactual, and so no difference.
    pub(super) fn book_law_sums(&mut self) {
        for (tag, transfer) in self.all_transfers() {
            let (
                Tag::RegimeTransfer(..),
                Rule::LumpSum {
                    amount_per_year,
                    key,
                },
            ) = (tag, &transfer.rule)
            else {
                continue;
            };
            for t in 0..self.years.len() {
                if self.in_force((tag, transfer), t) {
                    let all = vec![true; self.model.world.municipalities.len()];
                    let amount = self.amount(*amount_per_year, self.years[t]);
                    for m in 0..all.len() {
                        let share = self.key_share(*key, &all, m, t);
                        let part = self.algebra.scale(&amount, share);
                        self.book_sum(Arm::Counterfactual, (tag, transfer), m, t, &part);
                    }
                }
            }
        }
    }

    pub(super) fn book_by_need(
        &mut self,
        tagged: Tagged<'m>,
        t: usize,
        amount: Value,
        weights: &[f64],
    ) {
        if !self.in_force(tagged, t) {
            return;
        }
        let arm = match tagged.0 {
            Tag::RegimeTransfer(..) => Arm::Counterfactual,
            _ => Arm::Agreement,
        };
        let amount = self.amount(amount, self.years[t]);
        for (m, weight) in weights.iter().enumerate() {
            let part = self.algebra.scale(&amount, *weight);
            self.book_sum(arm, tagged, m, t, &part);
        }
    }

    pub(super) fn book_sum(
        &mut self,
        arm: Arm,
        (tag, transfer): Tagged<'m>,
        m: usize,
        t: usize,
        amount: &A::Value,
    ) {
        for (party, sign) in [(transfer.from, 1.0), (transfer.to, -1.0)] {
            let mut key = self.transfer_key(tag, transfer, m, t, party);
            key.arm = arm;
            let kroner = self.algebra.scale(amount, sign);
            self.ledger.book(key, false, None, kroner);
        }
    }

    /// What is returned of sums, of payments for the covered, and of what rules on totals paid;
    /// payments for units are returned with the units.
    pub(super) fn book_sum_returns(&mut self) {
        for (tag, transfer) in self.all_transfers() {
            let Rule::ReturnByPopulation { of } = &transfer.rule else {
                continue;
            };
            let sums: Vec<(Tag, Party)> = self
                .tags_named(of)
                .into_iter()
                .map(|tag| (tag, self.transfer_of(tag)))
                .filter(|(_, t)| is_sum(&t.rule))
                .map(|(tag, t)| (tag, t.from))
                .collect();
            if sums.is_empty() {
                continue;
            }
            let law = matches!(tag, Tag::RegimeTransfer(..));
            for t in 0..self.years.len() {
                if !self.in_force((tag, transfer), t) {
                    continue;
                }
                for arm in [Arm::Counterfactual, Arm::Agreement] {
                    // an agreed return does not reach back into unchanged practice
                    let arms: &[Arm] = match (law, arm) {
                        (true, _) => &[arm],
                        (false, Arm::Agreement) => &[Arm::Counterfactual, Arm::Agreement],
                        (false, Arm::Counterfactual) => continue,
                    };
                    self.return_sums((tag, transfer), &sums, t, arms, arm);
                }
            }
        }
    }

    pub(super) fn return_sums(
        &mut self,
        tagged: Tagged<'m>,
        sums: &[(Tag, Party)],
        t: usize,
        read: &[Arm],
        arm: Arm,
    ) {
        let year = self.years[t];
        for counted in [false, true] {
            for m in 0..self.model.world.municipalities.len() {
                let paid = self.ledger.booked(counted, |key| {
                    read.contains(&key.arm)
                        && key.year == year
                        && key.municipality.0 as usize == m
                        && sums.contains(&(key.tag, key.party))
                });
                if paid.is_empty() {
                    continue;
                }
                let paid = self.total(&paid);
                for (other, share) in self.population_shares(m, t) {
                    for (party, sign) in [(tagged.1.from, share), (tagged.1.to, -share)] {
                        let mut key = self.transfer_key(tagged.0, tagged.1, other, t, party);
                        key.arm = arm;
                        let kroner = self.algebra.scale(&paid, sign);
                        // the C layer draws no returns of sums: they are certain there
                        self.ledger.book(key, false, None, kroner);
                    }
                }
            }
        }
    }

    /// Frames by party and year.
    pub(super) fn frames(&mut self) -> Vec<(Party, usize, A::Value)> {
        let model = self.model;
        let mut frames = Vec::new();
        for frame in &model.agreement.frames {
            for t in 0..self.years.len() {
                frames.push((frame.party, t, self.amount(frame.amount, self.years[t])));
            }
        }
        frames
    }
}

fn is_sum(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::LumpSum { .. } | Rule::PerCoveredPersonYear { .. } | Rule::OnTotals(_)
    )
}
