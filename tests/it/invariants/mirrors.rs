//! 5: what is turned round comes out turned round.

use super::*;
use fairbalance::model::*;
use fairbalance::plan::RowId;
use fairbalance::verdict::Outcome;

/// Everything that changes sign with the arms: rows of difference, lane by lane.
fn differences(model: &Model) -> Vec<(RowId, Vec<f64>)> {
    let block = Block::of(model);
    let difference = |id: &RowId| {
        matches!(
            id,
            RowId::Budget(..)
                | RowId::X(..)
                | RowId::MunicipalityX(_)
                | RowId::PhaseIn(..)
                | RowId::Waterfall(..)
        )
    };
    let rows = block.program.rows.iter().filter(|r| difference(&r.id));
    rows.map(|r| (r.id, block.form(&r.form))).collect()
}

#[track_caller]
fn negated(name: &str, there: &Model, back: &Model) {
    let (there, back) = (differences(there), differences(back));
    assert_eq!(there.len(), back.len(), "{name}");
    for ((id, a), (_, b)) in there.iter().zip(&back) {
        let turned: Vec<f64> = b.iter().map(|x| -x + 0.0).collect();
        let a: Vec<f64> = a.iter().map(|x| x + 0.0).collect();
        assert!(a == turned, "{name}: {id:?} {} {}", a[0], turned[0]);
    }
}

/// Catches: an amount that weighs differently in one arm than in the other.
#[test]
fn what_the_counterfactual_spends_is_the_negative_of_what_the_agreement_spends_bitwise() {
    let town = |arm: Arm| {
        let mut town = Town::of(3)
            .prevalence(beta_law(0.05, 0.004))
            .ramp(Ramp::Linear(2.0))
            .invest(
                Party::Region,
                gamma_law(1e6, 1e5),
                InvestBasis::Once(START),
                PhaseOfCost::PhaseIn,
            )
            .invest(
                Party::Municipality,
                gamma_law(2e5, 1e4),
                InvestBasis::Yearly(START, START + 2),
                PhaseOfCost::Operation,
            )
            .invest(
                Party::Municipality,
                gamma_law(900.0, 50.0),
                InvestBasis::PerNewPerson(0),
                PhaseOfCost::PhaseIn,
            );
        for mechanism in &mut town.model.agreement.mechanisms {
            if let MechanismKind::Invest(i) = &mut mechanism.kind {
                i.arm = arm;
            }
        }
        town.build()
    };
    negated(
        "investments",
        &town(Arm::Agreement),
        &town(Arm::Counterfactual),
    );
}

/// Catches: a payment that is not the same number read with two signs.
#[test]
fn a_payment_the_other_way_is_its_negative_bitwise() {
    let town = |from, to| {
        Town::of(3)
            .prevalence(beta_law(0.05, 0.004))
            .lump_sum(from, to, gamma_law(1e6, 1e5))
            .pays(
                "per covered",
                from,
                to,
                Rule::PerCoveredPersonYear {
                    coverage: 0,
                    amount: Value::Number(700.0),
                },
            )
            .pays("per visit", from, to, per_unit(VISIT, 30.0))
            .build()
    };
    let (region, municipality) = (Party::Region, Party::Municipality);
    negated(
        "payments",
        &town(region, municipality),
        &town(municipality, region),
    );
}

/// Catches: an effect that is not the inverse of its inverse: the world after the agreement,
/// with the agreement's change taken back, differs from it by the same kroner the other way.
///
/// Rates after: rate · RR, a formula; the ratio back: 1 / RR, a formula. Both models are read at
/// the same draws, so that agreement is to rounding (1e-10), stronger than agreement in law.
/// Capacity is left out: closing and opening are not each other's inverse.
#[test]
fn a_change_reversed_is_the_negative_in_every_draw() {
    let base = |town: Town| {
        town.prevalence(beta_law(0.05, 0.004))
            .unit_cost(ADMISSION, Party::Region, gamma_law(40_000.0, 3_000.0))
            .uptake(1.0)
            .spread(ADMISSION, 0.5)
    };
    let there = base(Town::of(2).rate(ADMISSION, KOL, gamma_law(0.4, 0.03)))
        .effect(ADMISSION, lognormal(0.85, 0.15))
        .build();
    let mut back = base(Town::of(2));
    let rate = back.figure("rate:0:0", gamma_law(0.4, 0.03));
    let ratio = back.figure("rr:effect:0", lognormal(0.85, 0.15));
    let (Value::Parameter(rate), Value::Parameter(ratio)) = (rate, ratio) else {
        unreachable!("both are laws");
    };
    let (rate, ratio) = (Formula::Parameter(rate), Formula::Parameter(ratio));
    let after = Formula::Multiply(Box::new(rate), Box::new(ratio.clone()));
    let inverse = Formula::Divide(Box::new(Formula::Number(1.0)), Box::new(ratio));
    let after = back.figure("rate after", after);
    back.service_mut(ADMISSION).rates[0].rate = after;
    let name = back.figure("ratio back", inverse);
    let mut back = back.effect(ADMISSION, 1.0);
    if let MechanismKind::Effect(effect) = &mut back.model.agreement.mechanisms[0].kind {
        effect.rate_ratio = name;
    }
    let (there, back) = (Block::of(&there), Block::of(&back.build()));
    for account in Account::ALL {
        for (a, b) in there.x(account).iter().zip(back.x(account)) {
            assert!((a + b).abs() <= 1e-10 * a.abs(), "{account:?}: {a} and {b}");
        }
    }
}

/// Region and municipality change places in every role.
fn mirrored(model: &Model) -> Model {
    let other = |p: Party| match p {
        Party::Region => Party::Municipality,
        Party::Municipality => Party::Region,
        p => p,
    };
    let dated = |d: &Dated<Party>| {
        let entries = d.entries().iter().map(|(y, p)| (*y, other(*p)));
        Dated::new(entries.collect()).expect("as it was")
    };
    let mut model = model.clone();
    for service in &mut model.world.services {
        service.producer = dated(&service.producer);
        service.payer = dated(&service.payer);
        service.owner = dated(&service.owner);
        for (party, _) in &mut service.unit_cost {
            *party = other(*party);
        }
    }
    let regimes = model
        .world
        .regimes
        .iter_mut()
        .flat_map(|r| &mut r.transfers);
    for transfer in regimes.chain(&mut model.agreement.transfers) {
        (transfer.from, transfer.to) = (other(transfer.from), other(transfer.to));
    }
    for mechanism in &mut model.agreement.mechanisms {
        match &mut mechanism.kind {
            MechanismKind::Operate(o) => o.operator = other(o.operator),
            MechanismKind::Invest(i) => i.party = other(i.party),
            _ => {}
        }
    }
    let balance = &mut model.balance;
    (balance.region, balance.municipality) = (balance.municipality, balance.region);
    model
}

/// Catches: a verdict that treats the two sides differently. One municipality, so that both
/// sides are one party.
///
/// Figures agree to rounding (sums are taken in another order), standings and outcome exactly.
#[test]
fn swapping_the_parties_labels_mirrors_the_verdict() {
    let mut outcomes = Vec::new();
    for (lump, floor) in [(0.0, 5.0), (4e6, 5.0), (12e6, 1.0)] {
        let mut town = Town::of(1)
            .prevalence(beta_law(0.05, 0.004))
            .effect(ADMISSION, lognormal(0.75, 0.1))
            .provide(MONITORING, uniform(8.0, 12.0))
            .lump_sum(Party::Region, Party::Municipality, lump)
            .floor(floor);
        town.model.balance.region = Tolerance::PerInhabitant(2.0 * floor);
        let model = town.build();
        let (one, other) = (
            assessed(&model, 4_096).verdict,
            assessed(&mirrored(&model), 4_096).verdict,
        );
        assert_eq!(one.outcome, other.outcome);
        outcomes.push(one.outcome);
        for (a, b) in [(0, 1), (1, 0)] {
            assert_eq!(one.parties[a].standing, other.parties[b].standing);
            assert_eq!(one.parties[a].tau, other.parties[b].tau);
            close(one.parties[a].x.mean, other.parties[b].x.mean);
            assert!((one.parties[a].p_holds.p - other.parties[b].p_holds.p).abs() < 1e-3);
        }
        close(one.society.p, other.society.p);
        let (low, high) = (one.compensation.ends.0.0, one.compensation.ends.1.0);
        close(low, -other.compensation.ends.1.0);
        close(high, -other.compensation.ends.0.0);
        assert_eq!(
            one.compensation.t_star.is_some(),
            other.compensation.t_star.is_some()
        );
    }
    outcomes.dedup();
    assert!(
        outcomes.len() > 1,
        "more than one outcome was tried: {outcomes:?}"
    );
    assert!(outcomes.contains(&Outcome::BalancedIfCompensated));
}

#[track_caller]
fn close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{a} and {b}");
}
