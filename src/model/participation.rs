//! The same agreement with one municipality more, or one fewer.
//!
//! Who comes in starts when most of the others do (the earliest of two as common) and shares what
//! all who take part share; who goes out has no start and shares nothing. Absent: terms of its own.

use super::{Agreement, MechanismKind, Month, Party};

impl Agreement {
    /// The agreement if a municipality stays outside it.
    pub fn without_municipality(&self, municipality: usize) -> Agreement {
        let mut agreement = self.clone();
        agreement.each_start(|start| start[municipality] = None);
        agreement.each_share(|shared| {
            let others = shared.iter().enumerate();
            // what nobody else shares goes on being shared: an amount does not vanish
            if others.filter(|(m, _)| *m != municipality).any(|(_, s)| *s) {
                shared[municipality] = false;
            }
        });
        agreement
    }

    /// The agreement if a municipality takes part in all of it; as it is if it does already.
    pub fn with_municipality(&self, municipality: usize) -> Agreement {
        let takes_part: Vec<bool> = (0..self.municipalities())
            .map(|m| self.start_of(m).is_some())
            .collect();
        if takes_part.get(municipality) != Some(&false) {
            return self.clone();
        }
        let mut agreement = self.clone();
        agreement.each_start(|start| start[municipality] = most_common(start));
        agreement.each_share(|shared| {
            let all_share = shared.iter().zip(&takes_part).all(|(s, t)| *s || !t);
            shared[municipality] |= all_share;
        });
        agreement
    }

    /// How many municipalities the agreement knows of.
    fn municipalities(&self) -> usize {
        let coverages = self.coverages.iter().map(|c| c.start.len());
        let operated = self.mechanisms.iter().map(|m| match &m.kind {
            MechanismKind::Operate(operate) => operate.start.len(),
            _ => 0,
        });
        coverages.chain(operated).max().unwrap_or(0)
    }

    fn each_start(&mut self, mut change: impl FnMut(&mut Vec<Option<Month>>)) {
        for coverage in &mut self.coverages {
            change(&mut coverage.start);
        }
        for mechanism in &mut self.mechanisms {
            if let MechanismKind::Operate(operate) = &mut mechanism.kind {
                change(&mut operate.start);
            }
        }
    }

    /// Amounts that municipalities share.
    fn each_share(&mut self, mut change: impl FnMut(&mut Vec<bool>)) {
        for mechanism in &mut self.mechanisms {
            match &mut mechanism.kind {
                MechanismKind::Invest(i) if i.party == Party::Municipality => {
                    change(&mut i.recipients);
                }
                MechanismKind::Places(p) if p.party == Party::Municipality => {
                    change(&mut p.recipients);
                }
                MechanismKind::Workforce(w) if w.party == Party::Municipality => {
                    change(&mut w.recipients);
                }
                MechanismKind::Joint(j) if [j.host, j.guest].contains(&Party::Municipality) => {
                    change(&mut j.recipients);
                }
                _ => {}
            }
        }
    }
}

fn most_common(start: &[Option<Month>]) -> Option<Month> {
    let mut months: Vec<Month> = start.iter().flatten().copied().collect();
    months.sort_unstable();
    let often = |month: &Month| months.iter().filter(|m| *m == month).count();
    // the last of the largest is wanted from the latest to the earliest: the earliest wins
    months.iter().rev().max_by_key(|m| often(m)).copied()
}
