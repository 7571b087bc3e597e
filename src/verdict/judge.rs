//! From tested probabilities to the outcome.

use super::assess::{OperatorTest, Watch};
use super::zone::compensation;
use super::*;
use crate::analysis::{Account, Findings};
use crate::engine::Expectation;
use crate::model::{Key, Model, MunicipalityId, Party, SubAgreement};
use crate::plan::{Program, RowId};

/// Less than a krone is nobody's burden.
const A_KRONE: f64 = 1.0;

pub(super) fn judge(
    model: &Model,
    program: &Program,
    expectation: &Expectation,
    findings: &Findings,
    watch: &Watch,
) -> Verdict {
    let judge = Judge {
        model,
        program,
        expectation,
        findings,
        watch,
    };
    let parties = judge.parties();
    let compensation = judge.compensation();
    let municipalities = judge.municipalities(&compensation);
    Verdict {
        outcome: judge.outcome(&parties, &municipalities, &compensation),
        blanks: Vec::new(),
        society: watch.accounts[Account::Society.index()].probability(),
        jointly: watch.jointly.probability(),
        burden_outside: judge.burden_outside(),
        burdened_municipalities: judge.burdened(&municipalities),
        robustness: judge.robustness(&parties),
        presupposes_sub_agreement: judge.presupposes(),
        horizons: super::horizons::read(model, program, watch),
        parties,
        municipalities,
        compensation,
    }
}

struct Judge<'a> {
    model: &'a Model,
    program: &'a Program,
    expectation: &'a Expectation,
    findings: &'a Findings,
    watch: &'a Watch,
}

/// Where a probability stands against π.
fn standing(p: f64, confidence: f64) -> Standing {
    if p >= confidence {
        Standing::Holds
    } else if p <= 1.0 - confidence {
        Standing::Burdened
    } else {
        Standing::Undecided
    }
}

fn operator_standing(test: &OperatorTest, confidence: f64) -> Standing {
    if test.within.probability().p >= confidence {
        Standing::Holds
    } else if test.profits.probability().p >= confidence {
        Standing::Profits
    } else if test.loses.probability().p >= confidence {
        Standing::Loses
    } else {
        Standing::Undecided
    }
}

/// A municipality's share of a lump sum by the signed key. Under "no loss, no profit" (`operated`)
/// the contracting ones share, on whose Y the sum is set.
pub fn key_share(model: &Model, operated: bool, first_year: i32, m: usize) -> f64 {
    let n = model.world.municipalities.len();
    let shares = |m: usize| !operated || model.agreement.start_of(m).is_some();
    if !shares(m) {
        return 0.0;
    }
    let count = (0..n).filter(|m| shares(*m)).count();
    match model.balance.key {
        Key::Equal => 1.0 / count as f64,
        Key::Population => {
            let people = |m: usize| model.world.population.total(m, first_year);
            people(m) / (0..n).filter(|m| shares(*m)).map(people).sum::<f64>()
        }
    }
}

impl Judge<'_> {
    fn confidence(&self) -> f64 {
        self.model.balance.confidence
    }

    fn x(&self, account: Account) -> Summary {
        let years = self.findings.verdict_years;
        let row = self
            .findings
            .present_value
            .iter()
            .find(|r| r.account == account && r.years == years);
        row.map_or(Summary::default(), |r| r.value)
    }

    fn parties(&self) -> Vec<PartyVerdict> {
        Account::ALL
            .into_iter()
            .filter(|a| *a != Account::Society)
            .map(|a| self.party(a))
            .collect()
    }

    fn party(&self, account: Account) -> PartyVerdict {
        let p = self.watch.accounts[account.index()].probability();
        let (p_holds, standing) = match (account, &self.watch.operator) {
            (Account::Party(Party::Municipality), Some(operator)) => (
                operator.within.probability(),
                operator_standing(operator, self.confidence()),
            ),
            (Account::Party(Party::Region | Party::Municipality), _) => {
                (p, standing(p.p, self.confidence()))
            }
            _ => (p, Standing::Shown),
        };
        let variance = self.findings.variance.iter().find(|v| v.account == account);
        PartyVerdict {
            account,
            p_holds,
            x: self.x(account),
            tau: self.watch.tau(account),
            chance_band: variance.map_or(0.0, |v| v.chance_band),
            standing,
        }
    }

    fn compensation(&self) -> Compensation {
        let payment_years = &self.program.discount[..self.program.verdict_years];
        let draws = self.watch.draws(payment_years.iter().sum());
        let tolerance = (
            self.watch.tolerances.region,
            self.watch.tolerances.municipality,
        );
        let unit = self.program.activity.clone();
        compensation(&draws, self.confidence(), tolerance, unit)
    }

    fn municipalities(&self, compensation: &Compensation) -> Vec<MunicipalityVerdict> {
        (0..self.program.municipalities)
            .map(|m| self.municipality(m, compensation))
            .collect()
    }

    fn municipality(&self, m: usize, compensation: &Compensation) -> MunicipalityVerdict {
        let tau = self.watch.tolerances.each[m];
        let row = &self.findings.municipalities[m];
        let operator = self
            .watch
            .each_operator
            .get(m)
            .filter(|_| self.watch.contracting[m]);
        let share = self.key_share(m);
        let part = compensation.t_star.map_or(0.0, |t| t.value * share);
        let (p_holds, before) = match operator {
            Some(test) => (
                test.within.probability(),
                operator_standing(test, self.confidence()),
            ),
            None => {
                let p = self.watch.each[m].probability();
                (p, self.sized(standing(p.p, self.confidence()), row))
            }
        };
        let after = match operator {
            Some(_) => self.operator_after(m, tau, part),
            None => self.sized(self.after(m, tau, part), row),
        };
        MunicipalityVerdict {
            municipality: MunicipalityId(m as u16),
            p_holds,
            tau,
            standing: before,
            compensation: part,
            standing_after: if part == 0.0 { before } else { after },
        }
    }

    /// "Too small to judge alone" takes precedence where chance exceeds the effect.
    fn sized(&self, standing: Standing, row: &crate::analysis::MunicipalityRow) -> Standing {
        let nothing = row.x.mean.abs() < A_KRONE && row.chance_band < A_KRONE;
        if !nothing && row.chance_band > row.x.mean.abs() {
            Standing::TooSmall
        } else {
            standing
        }
    }

    fn histogram(&self, id: RowId) -> Option<&crate::stats::Histogram> {
        self.program
            .row(id)
            .map(|r| &self.expectation.rows[r].histogram)
    }

    /// P(X + part ≥ −τ) from the distribution of X.
    fn after(&self, m: usize, tau: f64, part: f64) -> Standing {
        let Some(x) = self.histogram(RowId::MunicipalityX(m)) else {
            return Standing::Undecided;
        };
        standing(1.0 - x.share_at_most(-tau - part), self.confidence())
    }

    fn operator_after(&self, m: usize, tau: f64, part: f64) -> Standing {
        let Some(y) = self.histogram(RowId::MunicipalityY(m)) else {
            return Standing::Undecided;
        };
        let (low, high) = (y.share_at_most(-tau - part), y.share_at_most(tau - part));
        let confidence = self.confidence();
        if high - low >= confidence {
            Standing::Holds
        } else if 1.0 - high >= confidence {
            Standing::Profits
        } else if low >= confidence {
            Standing::Loses
        } else {
            Standing::Undecided
        }
    }

    fn key_share(&self, m: usize) -> f64 {
        let operated = self.watch.operator.is_some();
        key_share(self.model, operated, self.program.years[0], m)
    }

    fn outcome(
        &self,
        parties: &[PartyVerdict],
        municipalities: &[MunicipalityVerdict],
        compensation: &Compensation,
    ) -> Outcome {
        let mut tested: Vec<Standing> = parties
            .iter()
            .map(|p| p.standing)
            .filter(|s| *s != Standing::Shown)
            .collect();
        if self.watch.operator.is_some() {
            let bound = municipalities
                .iter()
                .zip(&self.watch.contracting)
                .filter(|(_, c)| **c);
            tested.extend(bound.map(|(m, _)| m.standing));
        }
        let burdened = |s: &Standing| matches!(s, Standing::Burdened | Standing::Loses);
        let hopeless = self.watch.jointly.probability().p <= 1.0 - self.confidence();
        if tested.iter().all(|s| *s == Standing::Holds) {
            Outcome::Balanced
        } else if compensation.zone.is_some() && self.settles(compensation, municipalities) {
            Outcome::BalancedIfCompensated
        } else if tested.iter().any(burdened) || hopeless {
            Outcome::Unbalanced
        } else {
            Outcome::Undecided
        }
    }

    /// Whether T* settles anything: a sum of 0 that leaves a contracting municipality where it
    /// stands is no compensation.
    fn settles(&self, compensation: &Compensation, municipalities: &[MunicipalityVerdict]) -> bool {
        let bound = municipalities.iter().zip(&self.watch.contracting);
        let mut contracting = bound.filter(|(_, contracting)| **contracting);
        let moved = compensation.t_star.is_some_and(|t| t.value != 0.0);
        let holds = |(m, _): (&MunicipalityVerdict, &bool)| m.standing_after == Standing::Holds;
        moved || self.watch.operator.is_none() || contracting.all(holds)
    }

    /// Parties outside the two-party balance that surely lose.
    fn burden_outside(&self) -> Vec<Party> {
        let outside = [Party::Gp, Party::State, Party::Citizen, Party::CivilSociety];
        let burdened = |party: &Party| {
            let account = Account::Party(*party);
            let x = &self.watch.x[account.index()];
            let worse = x.iter().filter(|x| **x < -A_KRONE).count() as f64;
            worse / x.len().max(1) as f64 >= self.confidence()
        };
        outside.into_iter().filter(burdened).collect()
    }

    fn burdened(&self, municipalities: &[MunicipalityVerdict]) -> Vec<MunicipalityId> {
        let beyond =
            |v: &&MunicipalityVerdict| matches!(v.standing, Standing::Burdened | Standing::Loses);
        municipalities
            .iter()
            .filter(beyond)
            .map(|v| v.municipality)
            .collect()
    }

    fn presupposes(&self) -> bool {
        let pending = |s: &Option<SubAgreement>| *s == Some(SubAgreement::Pending);
        self.model
            .agreement
            .coverages
            .iter()
            .any(|c| pending(&c.sub_agreement))
    }

    /// What other definitions of balance would say.
    fn robustness(&self, parties: &[PartyVerdict]) -> Vec<RobustnessRow> {
        let (region, municipality) = (&parties[0], &parties[1]);
        let (r, k) = (region.x.mean, municipality.x.mean);
        let expected = r >= -region.tau && k >= -municipality.tau;
        let split = (r - k) / 2.0;
        vec![
            RobustnessRow {
                definition: "per_year",
                holds: Some(self.every_year(parties)),
                figure: None,
            },
            RobustnessRow {
                definition: "expected",
                holds: Some(expected),
                figure: None,
            },
            RobustnessRow {
                definition: "equal_split",
                holds: None,
                figure: Some(split),
            },
            self.proportional(),
        ]
    }

    /// Every year's mean at or above the yearly floor, for both.
    fn every_year(&self, parties: &[PartyVerdict]) -> bool {
        let years: f64 = self.program.discount[..self.program.verdict_years]
            .iter()
            .sum();
        let horizon = self.program.years[..self.program.verdict_years].to_vec();
        parties
            .iter()
            .filter(|p| p.standing != Standing::Shown)
            .all(|party| {
                let floor = party.tau / years;
                let own = self
                    .findings
                    .budget
                    .iter()
                    .filter(|b| b.account == party.account);
                own.filter(|b| horizon.contains(&b.year))
                    .all(|b| b.value.mean <= floor)
            })
    }

    /// Share of gains against share of burdens, counted gross from the waterfall.
    fn proportional(&self) -> RobustnessRow {
        let gross = |account: Account, sign: f64| -> f64 {
            let own = self
                .findings
                .waterfall
                .iter()
                .filter(|w| w.account == account);
            own.map(|w| (sign * w.mean).max(0.0)).sum()
        };
        let region = Account::Party(Party::Region);
        let municipality = Account::Party(Party::Municipality);
        let share = |sign: f64| {
            let (a, b) = (gross(region, sign), gross(municipality, sign));
            (a + b > A_KRONE).then(|| a / (a + b))
        };
        // without a party that gains there is no gain to share
        let gains = |account| self.x(account).mean > A_KRONE;
        let shared = gains(region) || gains(municipality);
        let figure = share(-1.0)
            .filter(|_| shared)
            .zip(share(1.0))
            .map(|(gain, burden)| gain - burden);
        RobustnessRow {
            definition: "proportional",
            holds: figure.map(|f| f.abs() <= 0.1),
            figure,
        }
    }
}
