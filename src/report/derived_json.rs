//! The part of `result.json` that papers compute from its other parts: sums that agree after
//! rounding, counts of assumptions, sums over the verdict years; and the signed rule itself.
//!
//! ```text
//!   years ──largest remainder──▶ adding_up        parameters ──▶ assumptions: so many of so many
//!   memo  ──sum of the years──▶ memo_over_horizon importance ──▶ what the strongest leave
//! ```
//!
//! Promise: computed by the functions that the papers use, so that a printed number is found here
//! to its last digit. Signs: positive is extra expenditure. Absent: words for readers.

use serde::Serialize;

use super::Run;
use super::compose::annex::rounded;
use super::compose::drawn::steps_of;
use super::compose::pen::{Pen, cost};
use super::finite::Figure;
use super::number::{Scale, agreeing};
use super::words::Language;
use crate::analysis::{Account, ImportanceRow, MemoRow, WATCHED};
use crate::model::{Grade, Parameter, Party, Tolerance};

/// Assumptions that a table lists for each account.
const LISTED: usize = 4;

/// Everything under `derived`.
#[derive(Serialize)]
pub(super) struct Derived<'a> {
    adding_up: AddingUp<'a>,
    assumptions: Assumptions,
    rest_of_uncertainty: Vec<Rest>,
    memo_over_horizon: Vec<MemoSum>,
    municipalities: Counts,
}

/// Amounts rounded by largest remainder to a tenth of a million, as the annex prints them.
#[derive(Serialize)]
struct AddingUp<'a> {
    years: Vec<OfYear>,
    phase_in: Vec<OfParty>,
    municipalities: Vec<OfPlace<'a>>,
    /// Steps of each watched account's waterfall and their sum, on the scale that it is drawn on.
    waterfall: Vec<OfWaterfall>,
}

#[derive(Serialize)]
struct OfWaterfall {
    party: &'static str,
    steps: Vec<Figure>,
    sum: Figure,
}

#[derive(Serialize)]
struct OfYear {
    party: &'static str,
    year: i32,
    rounded: Figure,
}

#[derive(Serialize)]
struct OfParty {
    party: &'static str,
    sum: Figure,
    rounded: Figure,
}

#[derive(Serialize)]
struct OfPlace<'a> {
    code: &'a str,
    name: &'a str,
    rounded: Figure,
}

/// Numbers of assumptions.
#[derive(Serialize)]
struct Assumptions {
    binding: usize,
    binding_unapproved: usize,
    stated: usize,
    stated_grade_c: usize,
    all: usize,
    uncertain: usize,
    by_distribution: Vec<Family>,
    grade_c_share_of_variance: Vec<Share>,
}

#[derive(Serialize)]
struct Family {
    family: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Share {
    party: &'static str,
    share: Figure,
    mcse: Figure,
}

/// What the strongest assumptions of an account leave of its variance.
#[derive(Serialize)]
struct Rest {
    party: &'static str,
    share: Figure,
    mcse: Figure,
}

#[derive(Serialize)]
struct MemoSum {
    party: &'static str,
    class: &'static str,
    sum: Figure,
    mcse_at_most: Figure,
}

#[derive(Serialize)]
struct Counts {
    all: usize,
    taking_part: usize,
    bound: usize,
    bound_and_not_holding: usize,
    burdened: usize,
    not_burdened: usize,
    inhabitants: Figure,
    x_mean: Figure,
    per_inhabitant: Figure,
}

/// The section.
pub(super) fn facts<'a>(run: &Run<'a>) -> Derived<'a> {
    Derived {
        adding_up: adding_up(run),
        assumptions: assumptions(run),
        rest_of_uncertainty: rests(run),
        memo_over_horizon: memo(run),
        municipalities: counts(run),
    }
}

fn adding_up<'a>(run: &Run<'a>) -> AddingUp<'a> {
    let findings = &run.assessment.findings;
    // which accounts are shown does not depend on the language
    let accounts = Pen::new(run, Language::En).accounts();
    let value = |account: Account, year: i32| {
        let mut rows = findings.budget.iter();
        rows.find(|r| r.account == account && r.year == year)
    };
    let of_year = |year: &i32| -> Vec<OfYear> {
        let mean = |account: &Account| value(*account, *year).map_or(0.0, |row| row.value.mean);
        let means: Vec<f64> = accounts.iter().map(mean).collect();
        let printed = rounded(&accounts, &means, Scale::MILLIONS);
        let one = |(account, rounded): (&Account, f64)| OfYear {
            party: account.key(),
            year: *year,
            rounded: Figure(rounded),
        };
        accounts.iter().zip(printed).map(one).collect()
    };
    let years = findings.years.iter().take(findings.verdict_years as usize);
    let phase_in = |account: &Account| -> f64 {
        let rows = years.clone().filter_map(|year| value(*account, *year));
        rows.map(|row| row.phase_in).sum()
    };
    let sums: Vec<f64> = accounts.iter().map(phase_in).collect();
    let printed = rounded(&accounts, &sums, Scale::MILLIONS);
    AddingUp {
        years: findings.years.iter().flat_map(of_year).collect(),
        phase_in: accounts
            .iter()
            .zip(sums.iter().zip(printed))
            .map(|(account, (sum, rounded))| OfParty {
                party: account.key(),
                sum: Figure(*sum),
                rounded: Figure(rounded),
            })
            .collect(),
        municipalities: places(run),
        waterfall: WATCHED
            .iter()
            .filter_map(|account| of_waterfall(run, *account))
            .collect(),
    }
}

fn of_waterfall(run: &Run, account: Account) -> Option<OfWaterfall> {
    let drawn = steps_of(&Pen::new(run, Language::En), account)?;
    Some(OfWaterfall {
        party: account.key(),
        sum: Figure(drawn.rounded.iter().sum()),
        steps: drawn.rounded.into_iter().map(Figure).collect(),
    })
}

fn places<'a>(run: &Run<'a>) -> Vec<OfPlace<'a>> {
    let rows = &run.assessment.findings.municipalities;
    let costs: Vec<f64> = rows.iter().map(|row| cost(&row.x).mean).collect();
    let printed = agreeing(&costs, Scale::MILLIONS);
    let one = |(row, rounded): (&crate::analysis::MunicipalityRow, f64)| {
        let place = &run.model.world.municipalities[row.municipality.0 as usize];
        OfPlace {
            code: &place.code,
            name: &place.name,
            rounded: Figure(rounded),
        }
    };
    rows.iter().zip(printed).map(one).collect()
}

fn assumptions(run: &Run) -> Assumptions {
    let all = run.model.parameters.iter();
    let binding = all.clone().filter(|p| p.owner.is_some());
    // phases of capacity are drawn for every site; an author states none of them
    let stated = all.filter(|p: &&Parameter| !p.name.starts_with("phase:"));
    let of = |account: Account| {
        let rows = run.assessment.findings.importance.iter();
        let rows = rows.filter(|row| {
            row.account == account && run.model.parameter(row.parameter).grade == Grade::C
        });
        let (share, variance) = rows.fold((0.0, 0.0), |(share, variance), row| {
            (share + row.share, variance + row.mcse * row.mcse)
        });
        Share {
            party: account.key(),
            share: Figure(share.min(1.0)),
            mcse: Figure(variance.sqrt()),
        }
    };
    let laws = super::compose::method::laws(run.model);
    Assumptions {
        binding: binding.clone().count(),
        binding_unapproved: binding.filter(|p| !p.is_approved()).count(),
        stated: stated.clone().count(),
        stated_grade_c: stated.filter(|p| p.grade == Grade::C).count(),
        all: run.model.parameters.len(),
        uncertain: laws.iter().map(|(_, count)| count).sum(),
        by_distribution: laws
            .into_iter()
            .map(|(family, count)| Family { family, count })
            .collect(),
        grade_c_share_of_variance: [Party::Region, Party::Municipality]
            .map(|party| of(Account::Party(party)))
            .into(),
    }
}

fn rests(run: &Run) -> Vec<Rest> {
    let of = |account: Account| {
        let rows = run.assessment.findings.importance.iter();
        let visible = |row: &&ImportanceRow| row.account == account && row.share > 2.0 * row.mcse;
        let rows: Vec<&ImportanceRow> = rows.filter(visible).take(LISTED).collect();
        let squares: f64 = rows.iter().map(|row| row.mcse * row.mcse).sum();
        (!rows.is_empty()).then(|| Rest {
            party: account.key(),
            share: Figure(1.0 - rows.iter().map(|row| row.share).sum::<f64>()),
            mcse: Figure(squares.sqrt()),
        })
    };
    Account::ALL.into_iter().filter_map(of).collect()
}

fn memo(run: &Run) -> Vec<MemoSum> {
    let findings = &run.assessment.findings;
    let years = &findings.years[..findings.years.len().min(findings.verdict_years as usize)];
    let mut sums: Vec<MemoSum> = Vec::new();
    let within = |row: &&MemoRow| years.contains(&row.year);
    for row in findings.memo.iter().filter(within) {
        let (party, class) = (Account::Party(row.party).key(), row.class.key());
        match sums
            .iter_mut()
            .find(|s| s.party == party && s.class == class)
        {
            Some(sum) => {
                sum.sum.0 += row.value.mean;
                sum.mcse_at_most.0 += row.value.mcse;
            }
            None => sums.push(MemoSum {
                party,
                class,
                sum: Figure(row.value.mean),
                mcse_at_most: Figure(row.value.mcse),
            }),
        }
    }
    sums
}

fn counts(run: &Run) -> Counts {
    let agreement = &run.model.agreement;
    let all = run.model.world.municipalities.len();
    let verdict = &run.assessment.verdict;
    let bound = verdict.municipalities.iter();
    let bound = bound.filter(|m| agreement.start_of(m.municipality.0 as usize).is_some());
    let holds = crate::verdict::Standing::Holds;
    let rows = &run.assessment.findings.municipalities;
    let people: f64 = rows.iter().map(|row| row.inhabitants).sum();
    let x: f64 = rows.iter().map(|row| row.x.mean).sum();
    Counts {
        all,
        taking_part: (0..all)
            .filter(|m| agreement.start_of(*m).is_some())
            .count(),
        bound: bound.clone().count(),
        bound_and_not_holding: bound.filter(|m| m.standing != holds).count(),
        burdened: verdict.burdened_municipalities.len(),
        not_burdened: all - verdict.burdened_municipalities.len().min(all),
        inhabitants: Figure(people),
        x_mean: Figure(x),
        per_inhabitant: Figure(x / people.max(1.0)),
    }
}

// ---- the signed rule --------------------------------------------------------------------------

/// Everything under `rules`: what binds the run and is quoted in its papers.
#[derive(Serialize)]
pub(super) struct Rules<'a> {
    balance: Both<'a>,
    signed_by: &'a [String],
    legal_basis: &'a str,
    horizon_years: u32,
    region_tolerance: ToleranceFacts,
    municipality_tolerance: ToleranceFacts,
    chance_max: Figure,
    net_tax_factor: Figure,
    discount: Vec<Rate>,
    regimes: Vec<RegimeFacts<'a>>,
    payments: Vec<PaymentFacts<'a>>,
    labels: Vec<Both<'a>>,
    roles: [&'a str; 4],
}

#[derive(Serialize)]
struct Both<'a> {
    da: &'a str,
    en: &'a str,
}

#[derive(Serialize)]
struct ToleranceFacts {
    kind: &'static str,
    value: Figure,
}

#[derive(Serialize)]
struct Rate {
    to_year: Option<u32>,
    rate: Figure,
}

#[derive(Serialize)]
struct RegimeFacts<'a> {
    label: Both<'a>,
    years: (i32, i32),
    legal_basis: &'a str,
    source: &'a str,
}

#[derive(Serialize)]
struct PaymentFacts<'a> {
    label: Both<'a>,
    years: (i32, i32),
    legal_basis: &'a str,
}

/// The section.
pub(super) fn rules<'a>(run: &Run<'a>) -> Rules<'a> {
    let rule = &run.model.balance;
    let agreement = &run.model.agreement;
    let world = &run.model.world;
    let roles = &agreement.roles;
    let rate = |(to, rate): &(u32, f64)| Rate {
        to_year: (*to != u32::MAX).then_some(*to),
        rate: Figure(*rate),
    };
    Rules {
        balance: both(&rule.title),
        signed_by: &rule.signed_by,
        legal_basis: &agreement.settlement.legal_basis,
        horizon_years: rule.horizon_years,
        region_tolerance: tolerance(rule.region),
        municipality_tolerance: tolerance(rule.municipality),
        chance_max: Figure(rule.chance_max),
        net_tax_factor: Figure(rule.net_tax_factor),
        discount: rule.discount.iter().map(rate).collect(),
        regimes: world
            .regimes
            .iter()
            .map(|regime| RegimeFacts {
                label: both(&regime.label),
                years: regime.years,
                legal_basis: &regime.legal_basis,
                source: &regime.source,
            })
            .collect(),
        payments: agreement
            .transfers
            .iter()
            .map(|payment| PaymentFacts {
                label: both(&payment.label),
                years: payment.years,
                legal_basis: &payment.legal_basis,
            })
            .collect(),
        labels: labels(run),
        roles: [
            &roles.commissioner,
            &roles.analyst,
            &roles.assurer,
            &roles.approver,
        ],
    }
}

/// Labels of the model that papers print as they stand.
fn labels<'a>(run: &Run<'a>) -> Vec<Both<'a>> {
    let world = &run.model.world;
    let agreement = &run.model.agreement;
    let groups = world.groups.iter().map(|g| &g.label);
    let services = world.services.iter().map(|s| &s.label);
    let units = world.services.iter().map(|s| &s.unit_label);
    let regimes = world.regimes.iter().flat_map(|r| &r.transfers);
    let coverages = agreement.coverages.iter().map(|c| &c.label);
    let mechanisms = agreement.mechanisms.iter().map(|m| &m.label);
    let settled = [&agreement.settlement.regulation];
    let all = groups.chain(services).chain(units).chain(coverages);
    let all = all.chain(mechanisms).chain(regimes.map(|t| &t.label));
    all.chain(settled).map(both).collect()
}

fn both(words: &crate::model::Words) -> Both<'_> {
    Both {
        da: &words.da,
        en: &words.en,
    }
}

fn tolerance(of: Tolerance) -> ToleranceFacts {
    match of {
        Tolerance::PerInhabitant(kroner) => ToleranceFacts {
            kind: "kroner_per_inhabitant",
            value: Figure(kroner),
        },
        Tolerance::ShareOfBudget(share) => ToleranceFacts {
            kind: "share_of_budget",
            value: Figure(share),
        },
    }
}
