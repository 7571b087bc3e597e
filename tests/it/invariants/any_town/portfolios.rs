//! Two or three agreements of chance on one world of chance.

use super::*;
use crate::portfolio::portfolio;
use fairbalance::plan::{Reference, compose, lower_proposal};
use std::collections::BTreeMap;

const PORTFOLIOS: u64 = 32;

/// Agreements written one after the other on one world; those in force come first. What cannot
/// be divided between those in force and those proposed is proposed.
fn any_portfolio(seed: u64) -> (String, Portfolio) {
    let mut dice = Dice::of(1_000 + seed);
    dice.divisible = dice.happens(0.5);
    let mut town = any_world(&mut dice);
    let mut members = Vec::new();
    for i in 0..dice.one_of(&[2, 2, 3]) {
        let known = town.model.parameters.len();
        town.model.agreement = Town::of(town.model.world.municipalities.len())
            .model
            .agreement;
        town.model.agreement.coverages[0].uptake = Value::Parameter(town.parameter("uptake"));
        town = any_agreement(town, &mut dice);
        for parameter in &mut town.model.parameters[known..] {
            parameter.name = format!("{i}:{}", parameter.name);
        }
        members.push(town.model.agreement.clone());
    }
    for later in 1..members.len() {
        let (before, own) = members.split_at_mut(later);
        only_once(before, &mut own[0]);
    }
    let ids = ["first", "second", "third"];
    let with = |in_force: bool| {
        let members = ids.iter().zip(&members).enumerate();
        let member = |(i, (id, a)): (usize, (&&'static str, &Agreement))| {
            (*id, in_force && i == 0, a.clone())
        };
        portfolio(&town, members.map(member).collect())
    };
    let made = with(dice.divisible);
    assert_eq!(made.indivisible(), None, "{seed}");
    assert_eq!((made.operated_twice(), made.released_twice()), (None, None));
    let mut text = format!(
        "portfolio {seed}, the first in force: {}.",
        made.members[0].in_force
    );
    for member in &made.members {
        let mut model = town.model.clone();
        model.agreement = member.agreement.clone();
        text.push_str(&format!(" {}: {}", member.id, told::told(seed, &model)));
    }
    (text, made)
}

/// A service has one operator and one plan for its capacity, whoever states it first.
fn only_once(before: &[Agreement], own: &mut Agreement) {
    let operated = |m: &Mechanism| match &m.kind {
        MechanismKind::Operate(o) => Some(o.service),
        _ => None,
    };
    let taken: Vec<_> = before
        .iter()
        .flat_map(|a| a.mechanisms.iter().filter_map(operated))
        .collect();
    for mechanism in &mut own.mechanisms {
        if let MechanismKind::Operate(o) = &mut mechanism.kind
            && taken.contains(&o.service)
        {
            o.start.fill(None);
        }
    }
}

fn portfolios() -> impl Iterator<Item = (String, Portfolio)> {
    (0..PORTFOLIOS).map(any_portfolio)
}

fn block_of(proposal: &Proposal) -> Block {
    let program = Program::compile_proposal(proposal);
    let basis = Basis::evaluate(&program, Seed(1), 0, At::Draws);
    Block { program, basis }
}

fn proposed(portfolio: &Portfolio) -> impl Iterator<Item = usize> {
    let members = portfolio.members.iter().enumerate();
    members.filter(|(_, m)| !m.in_force).map(|(i, _)| i)
}

/// Catches: dice that put nothing in force, or never more than two agreements.
#[test]
fn portfolios_have_agreements_in_force_and_three_members_often_enough() {
    let all: Vec<_> = portfolios().map(|(_, p)| p).collect();
    let count = |of: fn(&Portfolio) -> bool| all.iter().filter(|p| of(p)).count() as u64;
    let in_force = count(|p| p.members[0].in_force);
    let three = count(|p| p.members.len() == 3);
    println!("{in_force} with one in force, {three} of three, of {PORTFOLIOS}");
    assert!(3 * in_force >= PORTFOLIOS, "{in_force} of {PORTFOLIOS}");
    assert!(5 * three >= PORTFOLIOS, "{three} of {PORTFOLIOS}");
}

/// Catches: an index of one agreement that leads into another; a difference of two walks that
/// the plan writes otherwise than the scalar reference.
#[test]
fn the_plan_equals_the_reference_in_any_portfolio() {
    for (told, portfolio) in portfolios() {
        let joint = portfolio.joint();
        let (off, id) = departure(&joint, &Block::of(&joint), 7);
        assert!(off <= 1e-10, "{id:?} off by {off:e} in {told}");
        for member in proposed(&portfolio) {
            let proposal = portfolio.proposal(member);
            let block = block_of(&proposal);
            let draws = draws_of(&proposal.with, &block, 7);
            let reference = Reference::new(&proposal.with, &draws);
            let (lowered, mut algebra) = lower_proposal(&proposal, reference);
            let slow = compose(&proposal.with, &lowered, &mut algebra);
            let slow: BTreeMap<RowId, f64> = slow.into_iter().collect();
            for row in &block.program.rows {
                let fast = block.form(&row.form)[7];
                let term = |t: &(_, f64)| (t.1 * block.basis.lane(t.0)[7]).abs();
                let gross: f64 = row.form.terms.iter().map(term).sum();
                // a line that comes to nothing in this draw is none of the reference's
                let line = matches!(row.id, RowId::Waterfall(..));
                let slow = slow.get(&row.id).or(line.then_some(&0.0));
                let slow = *slow.unwrap_or_else(|| panic!("a row {:?} in {told}", row.id));
                let off = (fast - slow).abs() / gross.max(slow.abs()).max(1e5);
                let id = row.id;
                assert!(off <= 1e-10, "{id:?} of {member} off by {off:e} in {told}");
            }
        }
    }
}

/// Catches: units of an agreement in force drawn in one arm and not in the other, a fate that a
/// proposal takes from what it does not leave. Tolerance as for any town.
#[test]
fn the_two_layers_agree_in_any_portfolio() {
    for (told, portfolio) in portfolios() {
        layers_agree(
            &told,
            &Program::compile(&portfolio.joint(), Chance::Differences),
        );
        for member in proposed(&portfolio) {
            layers_agree(
                &told,
                &Program::compile_proposal(&portfolio.proposal(member)),
            );
        }
    }
}

/// Catches: a payment that a combination loses, or books on a member that is not there.
#[test]
fn money_is_neither_made_nor_lost_in_any_portfolio() {
    for (told, portfolio) in portfolios() {
        let joint = portfolio.joint();
        let mut unpaid = portfolio.clone();
        unpaid.world.regimes.clear();
        let members = unpaid.members.iter_mut();
        members.for_each(|m| m.agreement.transfers.clear());
        let mut blocks = vec![Block::of(&joint)];
        let mut bare = vec![Block::of(&unpaid.joint())];
        for member in proposed(&portfolio) {
            blocks.push(block_of(&portfolio.proposal(member)));
            bare.push(block_of(&unpaid.proposal(member)));
        }
        for (paid, bare) in blocks.iter().zip(&bare) {
            for t in 0..paid.years() {
                let society = RowId::Budget(SOCIETY, t);
                assert!(
                    paid.lane(society) == bare.lane(society),
                    "year {t} of {told}"
                );
            }
        }
        for block in &blocks {
            settlement::transfers_cancel(&told, block);
            settlement::parties_are_society(&told, block);
            for account in Account::ALL {
                let lines = block.program.rows.iter().filter_map(|row| match row.id {
                    RowId::Waterfall(a, _) if a == account => Some(block.form(&row.form)),
                    _ => None,
                });
                let lines: Vec<Vec<f64>> = lines.collect();
                let worse: Vec<f64> = block.x(account).iter().map(|x| -x).collect();
                sums::adds_up(&format!("{account:?} of {told}"), &worse, &lines);
            }
        }
    }
}

/// Catches: a portfolio of agreements that nobody joins which changes anything; a proposal that
/// nobody joins which changes what is in force.
#[test]
fn a_portfolio_of_null_agreements_is_exactly_nothing() {
    for (told, portfolio) in portfolios() {
        let mut null = portfolio.clone();
        for member in null.members.iter_mut().filter(|m| !m.in_force) {
            let mut model = portfolio.joint();
            model.agreement = member.agreement.clone();
            member.agreement = nothing_done::with_nobody(&model).agreement;
        }
        for member in proposed(&null) {
            let block = block_of(&null.proposal(member));
            let mut changed = nothing_done::changed_in(&block, |_| true);
            // who is picked and which hours move is shown of the whole arrangement, those in force
            // included
            if null.members[0].in_force {
                changed.retain(|row| !row.starts_with("Study("));
            }
            assert!(changed.is_empty(), "{member}: {changed:?} in {told}");
        }
        if null.members.iter().all(|m| !m.in_force) {
            let changed = nothing_done::changed(&null.joint(), |_| true);
            assert!(changed.is_empty(), "{changed:?} in {told}");
        }
    }
}

/// Catches: a payment that another agreement's mirror image does not undo. One more member pays
/// back, rule by rule, what can be paid by anybody (sums, and kroner for a service's units): the
/// parties are where they would be if neither paid.
#[test]
fn a_payment_and_its_mirror_image_are_as_if_neither_were() {
    let mut tried = 0;
    for (told, portfolio) in portfolios() {
        let anybody_s = |t: &Transfer| {
            use Rule::*;
            let counted = matches!(
                t.rule,
                PerUnit {
                    counted: Counted::Service(_),
                    ..
                }
            );
            counted || matches!(t.rule, LumpSum { .. } | OnTotals(TotalRule::NeedSum { .. }))
        };
        let payer = &portfolio.members[1].agreement;
        // what others return or cap follows what is paid, and not what is paid back
        let followed = |t: &Transfer| {
            payer.transfers.iter().any(|other| match &other.rule {
                Rule::ReturnByPopulation { of } => of.contains(&t.name),
                Rule::OnTotals(TotalRule::Ceiling { of, .. }) => of.contains(&t.name),
                _ => false,
            })
        };
        let mirrored = |t: &&Transfer| anybody_s(t) && !followed(t);
        let Some(paid) = payer.transfers.iter().find(mirrored).cloned() else {
            continue;
        };
        tried += 1;
        let without = {
            let mut without = portfolio.clone();
            without.members[1]
                .agreement
                .transfers
                .retain(|t| t.name != paid.name);
            Block::of(&without.joint())
        };
        // the same participants and period, and nothing but the payment back
        let mut back = payer.clone();
        back.mechanisms.clear();
        back.transfers.clear();
        (back.backfills, back.releases, back.reallocations) = Default::default();
        (back.indicators, back.frames, back.reports) = Default::default();
        back.coverages.iter_mut().for_each(|c| c.limited_by.clear());
        let operated = payer
            .mechanisms
            .iter()
            .filter(|m| matches!(m.kind, MechanismKind::Operate(_)));
        if operated.count() > 0 {
            tried -= 1;
            continue; // who takes part follows from what is operated too
        }
        back.transfers.push(Transfer {
            name: "back".into(),
            from: paid.to,
            to: paid.from,
            ..paid
        });
        let mut both = portfolio.clone();
        let mut mirror = both.members[1].clone();
        (mirror.id, mirror.in_force, mirror.agreement) = ("mirror".into(), false, back);
        both.members.push(mirror);
        let both = Block::of(&both.joint());
        for account in Account::ALL {
            for (with, without) in both.x(account).iter().zip(&without.x(account)) {
                let off = (with - without).abs();
                assert!(
                    off <= 1e-9 * without.abs().max(1e7),
                    "{account:?}: off by {off} in {told}"
                );
            }
        }
    }
    assert!(3 * tried >= PORTFOLIOS, "tried on {tried}");
}

/// Catches: an interaction line that does not close the account, draw by draw: what the agreements
/// avoid together is less than the sum of what each avoids, never more than there is.
#[test]
fn two_effects_in_two_agreements_thin_each_other_in_any_order() {
    for seed in 0..PORTFOLIOS {
        let mut dice = Dice::of(2_000 + seed);
        let mut town = any_world(&mut dice);
        let ratio = |town: &mut Town, name: &str, median: f64| {
            town.figure(
                name,
                lognormal(median, 0.1)
                    .truncated(Some(0.0), Some(1.0))
                    .expect("a law"),
            )
        };
        let ratios = [ratio(&mut town, "one", 0.6), ratio(&mut town, "other", 0.8)];
        let empty = Town::of(town.model.world.municipalities.len())
            .model
            .agreement;
        let levels = town.model.world.groups[0]
            .levels
            .iter()
            .map(|(l, _)| (KOL, *l));
        let cells: Vec<_> = levels.collect();
        let member = |ratio: Value| {
            let mut town = town.clone();
            town.model.agreement = empty.clone();
            let mut town = town.effect(ADMISSION, 1.0).follow(ADMISSION);
            town.model.agreement.coverages[0].cells = cells.clone();
            if let MechanismKind::Effect(e) = &mut town.model.agreement.mechanisms[0].kind {
                e.rate_ratio = ratio;
            }
            town.model.agreement
        };
        let [one, other] = ratios.map(member);
        let x = |members: Vec<(&str, bool, Agreement)>| -> (Vec<f64>, Vec<f64>) {
            let block = Block::of(&portfolio(&town, members).joint());
            let fewer = block.lane(RowId::IndicatorDifference(0, 1));
            (block.x(SOCIETY), fewer)
        };
        let (ab, fewer) = x(vec![("a", false, one.clone()), ("b", false, other.clone())]);
        let (ba, _) = x(vec![("b", false, other.clone()), ("a", false, one.clone())]);
        let (_, a) = x(vec![("a", false, one)]);
        let (_, b) = x(vec![("b", false, other)]);
        for i in 0..ab.len() {
            let off = (ab[i] - ba[i]).abs();
            assert!(
                off <= 1e-9 * ab[i].abs().max(1e6),
                "draw {i}: {off} in town {seed}"
            );
            // half take part in each: they meet in a part of the persons, and never add
            assert!(
                fewer[i] > a[i] + b[i] && fewer[i] < a[i].min(b[i]),
                "draw {i}, town {seed}"
            );
        }
    }
}
