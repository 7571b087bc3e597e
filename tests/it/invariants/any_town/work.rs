//! By chance: what an agreement does, and with what.

use super::*;
use persons::any_transition;

/// Three to seven mechanisms in any order, so that each kind meets each other kind.
pub(super) fn any_mechanisms(mut town: Town, dice: &mut Dice) -> Town {
    let (all, early) = (dice.one_of(&[3, 5, 7]), dice.below(3));
    for i in 0..all {
        let moved = (i == early).then(|| any_transition(&town, dice)).flatten();
        town = moved.unwrap_or_else(|| any_mechanism(town.clone(), dice));
    }
    if dice.happens(0.4) {
        let service = dice.one_of(&[ADMISSION, VISIT]);
        let share = town.figure("backfill", beta_law(0.3, 0.1));
        town.model.agreement.backfills.push(Backfill {
            service,
            share,
            origin: Origin::default(),
        });
    }
    if dice.happens(0.2) {
        let plan = steps(100.0, 1, 1, Phase::Known(Value::Number(0.4)));
        town.model.agreement.releases.push((ADMISSION, plan));
    }
    town
}

fn any_mechanism(town: Town, dice: &mut Dice) -> Town {
    let c = dice.below(town.model.agreement.coverages.len());
    match dice.below(15) {
        0 | 1 => any_effect(town, dice, c),
        2 | 3 => any_shift(town, dice, c),
        4 => on(town.provide(MONITORING, uniform(4.0, 12.0)), c),
        5 => {
            let event = dice.one_of(&[ADMISSION, VISIT]);
            on(
                town.provide_per_event(NURSE_HOUR, event, dice.one_of(&[0.5, 2.0])),
                c,
            )
        }
        6 => any_start(town, dice, c),
        7 => any_operation(town, dice, c),
        8 => any_investment(town, dice, c),
        9 | 10 => match any_transition(&town, dice) {
            Some(town) => town,
            None => any_shift(town, dice, c),
        },
        11 => any_places(town, dice, c),
        12 => any_staff(town, dice, c),
        13 => on(
            town.saves_time(Party::Municipality, uniform(0.5, 1.0), beta_law(0.3, 0.1)),
            c,
        ),
        _ => {
            let split = dice.one_of(&[Split::Key(Value::Number(0.55)), Split::Shapley]);
            let (host, guest) = (gamma_law(3e6, 3e5), gamma_law(2e6, 2e5));
            town.joint((host, 1e6), (guest, 5e5), beta_law(0.3, 0.05), split)
        }
    }
}

/// The latest mechanism acts on coverage `c`.
fn on(mut town: Town, c: usize) -> Town {
    let latest = town
        .model
        .agreement
        .mechanisms
        .last_mut()
        .expect("a mechanism");
    match &mut latest.kind {
        MechanismKind::Effect(e) => e.coverage = c,
        MechanismKind::Shift(s) => s.coverage = c,
        MechanismKind::Provide(p) => p.coverage = c,
        MechanismKind::SavedTime(s) => s.coverage = c,
        other => unreachable!("{other:?} acts on no coverage"),
    }
    town
}

fn any_effect(mut town: Town, dice: &mut Dice, c: usize) -> Town {
    let service = dice.one_of(&[ADMISSION, VISIT]);
    let ratio = lognormal(dice.one_of(&[0.7, 1.0, 1.3]), 0.15);
    let (lag, decay) = (dice.one_of(&[0, 5]), dice.one_of(&[0.0, 0.1]));
    let name = format!("kept:{}", town.model.agreement.mechanisms.len());
    let attenuation = dice
        .happens(0.3)
        .then(|| town.figure(&name, beta_law(0.7, 0.1)));
    town.effect_with(service, ratio, |e| {
        (e.coverage, e.lag_months, e.decay, e.attenuation) = (c, lag, decay, attenuation);
    })
}

/// Seven shifts of one service move 7 · 0.14 on average: not more than there is.
fn any_shift(town: Town, dice: &mut Dice, c: usize) -> Town {
    let (from, hours) = dice.one_of(&[(VISIT, 0.4), (ADMISSION, 3.0)]);
    let mut to = vec![(CONSULT, 1.5), (NURSE_HOUR, hours)];
    if dice.happens(0.3) {
        to.push((ACUTE_TEAM, 0.5));
    }
    if dice.happens(0.3) {
        to.push((from, 0.1)); // some come back
    }
    let mut town = on(town.shift(from, beta_law(0.14, 0.03), &to), c);
    let latest = town.model.agreement.mechanisms.last_mut().expect("a shift");
    if let (true, MechanismKind::Shift(s)) = (dice.happens(0.2), &mut latest.kind) {
        s.at_most = Some(Value::Number(0.15));
    }
    town
}

fn any_start(mut town: Town, dice: &mut Dice, c: usize) -> Town {
    if dice.happens(0.5) {
        let name = format!("units:{}", town.next_name("provide"));
        let units = town.figure(&name, uniform(1.0, 2.0));
        return on(
            town.provide_quota(MONITORING, Quota::PerNewPerson(units)),
            c,
        );
    }
    let basis = dice.one_of(&[InvestBasis::PerNewPerson(c), InvestBasis::PerPersonYear(c)]);
    town.invest(
        Party::Municipality,
        gamma_law(900.0, 100.0),
        basis,
        PhaseOfCost::PhaseIn,
    )
}

/// Another operator of a service that nobody operates yet; else an effect.
fn any_operation(town: Town, dice: &mut Dice, c: usize) -> Town {
    let service = dice.one_of(&[ACUTE_TEAM, VISIT]);
    let taken =
        |m: &Mechanism| matches!(&m.kind, MechanismKind::Operate(o) if o.service == service);
    if town.model.agreement.mechanisms.iter().any(taken) {
        return any_effect(town, dice, c);
    }
    let capacity = dice.one_of(&[OperateCapacity::NotBuilt, OperateCapacity::Standing]);
    let cost = gamma_law(1_000.0, 80.0);
    let mut town = town.operate(service, Party::Municipality, cost, capacity);
    let latest = town
        .model
        .agreement
        .mechanisms
        .last_mut()
        .expect("an operation");
    if let MechanismKind::Operate(o) = &mut latest.kind {
        // in the middle of a year
        o.start[0] = Some(Month(START * 12 + dice.one_of(&[0, 4])));
        o.years.1 = dice.one_of(&[2100, 2100, START + 1]);
    }
    town
}

fn any_investment(town: Town, dice: &mut Dice, c: usize) -> Town {
    let party = dice.one_of(&[Party::Municipality, Party::Region, Party::Gp]);
    let basis = dice.one_of(&[
        InvestBasis::Once(START),
        InvestBasis::Yearly(START, 2100),
        InvestBasis::PerPersonYear(c),
    ]);
    let mut town = town.invest(
        party,
        gamma_law(2_000.0, 300.0),
        basis,
        PhaseOfCost::Operation,
    );
    let latest = town
        .model
        .agreement
        .mechanisms
        .last_mut()
        .expect("an investment");
    if let MechanismKind::Invest(i) = &mut latest.kind {
        i.key = dice.one_of(&[Key::Population, Key::Equal]);
        let dated = !matches!(i.basis, InvestBasis::PerPersonYear(_));
        if dated && dice.happens(0.2) {
            i.arm = Arm::Counterfactual; // bought in unchanged practice only
        }
    }
    town
}

/// Whether a transition acts on coverage `c`: then places and staff must not ration it.
fn moved(town: &Town, c: usize) -> bool {
    let acts = |m: &Mechanism| matches!(&m.kind, MechanismKind::Transition(t) if t.coverage == c);
    town.model.agreement.mechanisms.iter().any(acts)
}

fn limits(mut town: Town, c: usize) -> Town {
    let agreement = &mut town.model.agreement;
    // the builder limits the first coverage
    let limit = agreement.coverages[0].limited_by.pop().expect("a limit");
    agreement.coverages[c].limited_by.push(limit);
    town
}

/// Places for what a coverage is given: at one place rarely enough, at four mostly.
fn any_places(town: Town, dice: &mut Dice, c: usize) -> Town {
    if moved(&town, c) {
        return any_effect(town, dice, c);
    }
    let places = town.model.agreement.mechanisms.iter();
    if places
        .into_iter()
        .any(|m| matches!(m.kind, MechanismKind::Places(_)))
    {
        return any_shift(town, dice, c);
    }
    let party = dice.one_of(&[Party::Region, Party::Municipality]);
    let number = dice.one_of(&[1.0, 4.0]);
    let town = on(town.provide(ACUTE_TEAM, uniform(0.5, 1.5)), c);
    let mut town = limits(town.places(ACUTE_TEAM, party, number, 0.85, 4e5), c);
    let latest = town.model.agreement.mechanisms.last_mut().expect("places");
    if let MechanismKind::Places(p) = &mut latest.kind {
        p.years.1 = dice.one_of(&[2100, 2100, START + 2]); // closed: nobody is covered
    }
    town
}

fn any_staff(town: Town, dice: &mut Dice, c: usize) -> Town {
    let supply = gamma_law(dice.one_of(&[800.0, 20_000.0]), 50.0);
    let party = dice.one_of(&[Party::Municipality, Party::Region]);
    let hours = [(NURSE_HOUR, 1.0), (ACUTE_TEAM, 1.5)];
    if moved(&town, c) || dice.happens(0.5) {
        let agency = Shortage::Agency {
            hourly_cost: Value::Number(400.0),
            premium: Value::Number(0.6),
        };
        return town.workforce(party, &hours, supply, agency);
    }
    let town = on(town.provide(NURSE_HOUR, uniform(1.0, 3.0)), c);
    limits(town.workforce(party, &hours, supply, Shortage::Cap), c)
}

/// What is read beside the accounts: levels, hours that move, break-even volumes, small numbers.
pub(super) fn any_reports(mut town: Town, dice: &mut Dice) -> Town {
    town = town.follow(ADMISSION);
    if dice.happens(0.4) {
        town = town.follow_by_level(VISIT);
    }
    let coverages = town.model.agreement.coverages.len();
    if coverages > 1 && dice.happens(0.6) {
        // of at least 1.5 hours a year at the lowest level of either group: 0.6
        town = town.reallocating(NURSE_HOUR, 0, 1, 0.3);
    }
    let find = |town: &Town, of: fn(&MechanismKind) -> bool| {
        let mechanisms = &town.model.agreement.mechanisms;
        mechanisms.iter().position(|m| of(&m.kind))
    };
    let shift = find(&town, |k| matches!(k, MechanismKind::Shift(_)));
    let fixed = find(&town, |k| {
        let yearly = |i: &Invest| matches!(i.basis, InvestBasis::Yearly(..));
        matches!(k, MechanismKind::Places(_))
            || matches!(k, MechanismKind::Invest(i) if yearly(i) && i.arm == Arm::Agreement)
    });
    if let (Some(shift), Some(fixed)) = (shift, fixed) {
        town = town.break_even(shift, &[fixed]);
    }
    if dice.happens(0.3) {
        town.model.agreement.frames.push(Frame {
            party: Party::Region,
            amount: Value::Number(1e6),
        });
    }
    if dice.happens(0.3) {
        town.model.agreement.unit = Some(BudgetUnit {
            name: Words::same("unit"),
            citizens: 5_000.0,
            services: vec![ADMISSION, VISIT],
            stop_loss: Some(Value::Number(0.05)),
            source: "a test".into(),
            origin: Origin::default(),
        });
    }
    town
}
