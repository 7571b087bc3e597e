//! By chance: how levels move, who reads them, who is covered.

use super::*;

/// Shares of a Dirichlet law as a scenario states them: gammas over their sum.
fn dirichlet(town: &mut Town, name: &str, counts: &[f64]) -> Vec<Formula> {
    let mut gammas = Vec::new();
    for (i, count) in counts.iter().enumerate() {
        let law = Law::gamma_shape(*count, 1.0).expect("a gamma law");
        let Value::Parameter(id) = town.figure(&format!("{name}:{i}"), law) else {
            unreachable!("a law is a parameter")
        };
        gammas.push(Formula::Parameter(id));
    }
    let add = |a: Formula, b: &Formula| Formula::Add(a.into(), b.clone().into());
    let (first, rest) = gammas.split_first().expect("some counts");
    let whole = rest.iter().fold(first.clone(), add);
    let share = |g: &Formula| Formula::Divide(g.clone().into(), whole.clone().into());
    gammas.iter().map(share).collect()
}

/// Levels read or not, moving or not.
pub(super) fn any_levels(mut town: Town, dice: &mut Dice) -> Town {
    town = match dice.one_of(&[0, 1, 2, 2, 2]) {
        0 => town.scored(beta_law(0.15, 0.04)),
        1 => town.screened(beta_law(0.8, 0.05), beta_law(0.9, 0.03)),
        _ => town,
    };
    if dice.happens(0.5) {
        town = any_moves(town, dice);
    }
    town
}

fn any_moves(mut town: Town, dice: &mut Dice) -> Town {
    let levels = town.model.world.groups[0].levels.len();
    let mut row: Vec<Formula> = Vec::new();
    if dice.happens(0.5) {
        // better, died, worse, stayed
        row = dirichlet(&mut town, "dirichlet", &[5.0, 3.0, 15.0, 77.0]);
    }
    let second = |i: usize, law: Law| match row.get(i) {
        Some(share) => Figure::Formula(share.clone()),
        None => Figure::Law(law),
    };
    let mut moves = vec![
        (1, Some(2), Figure::Law(beta_law(0.10, 0.01))),
        (2, Some(1), second(0, beta_law(0.05, 0.01))),
        (2, None, second(1, beta_law(0.03, 0.005))),
    ];
    if levels == 3 {
        moves.push((2, Some(3), second(2, beta_law(0.15, 0.02))));
        moves.push((3, None, Figure::Law(beta_law(0.12, 0.02))));
    }
    let mut town = town.moving(moves);
    let utilities = dice.happens(0.5);
    let (closed, mixed) = (dice.happens(0.2), dice.happens(0.5));
    let group = &mut town.model.world.groups[0];
    let dynamics = group.dynamics.as_mut().expect("levels move");
    dynamics.closed = closed;
    let inflow = if mixed {
        [0.6, 0.3, 0.1]
    } else {
        [1.0, 0.0, 0.0]
    };
    dynamics.inflow = inflow[..levels].to_vec();
    // the shares of two levels are a whole too
    dynamics.inflow[0] += 1.0 - dynamics.inflow.iter().sum::<f64>();
    if utilities {
        group.utility = [0.8, 0.6, 0.3][..levels]
            .iter()
            .map(|u| Value::Number(*u))
            .collect();
    }
    town
}

/// One to three coverages: of cells, picked by past use, by assigned level, or by both.
pub(super) fn any_coverages(mut town: Town, dice: &mut Dice) -> Town {
    for c in 0..dice.one_of(&[1, 1, 2, 3]) {
        if c > 0 {
            town = town.another_coverage();
            town.model.agreement.coverages[c].uptake =
                town.figure(&format!("uptake:{c}"), beta_law(0.3, 0.05));
        }
        town = any_coverage(town, dice, c);
    }
    town
}

fn any_coverage(mut town: Town, dice: &mut Dice, c: usize) -> Town {
    let classified = !town.model.world.classifications.is_empty();
    let levels = town.model.world.groups[0].levels.len() as u8;
    // whole levels, which transitions need
    let whole = town.model.world.groups[0].dynamics.is_some() && dice.happens(0.5);
    if classified && !whole && dice.happens(0.8) {
        let some = [vec![1], vec![2], vec![levels], (2..=levels).collect()];
        let wanted = dice.one_of(&some);
        town = town.wanting(c, &wanted);
    } else {
        let some = [
            (1..=levels).map(|l| (KOL, l)).collect(),
            (1..=levels).map(|l| (KOL, l)).collect(),
            vec![(KOL, 1), (KOL, 2)],
            vec![(KOL, 2), (REST, 2)],
        ];
        let coverage = &mut town.model.agreement.coverages[c];
        (coverage.cells, coverage.assigned) = (dice.one_of(&some), None);
    }
    if !whole && dice.happens(0.4) {
        town = any_selection(town, dice, c);
    }
    if dice.happens(0.3) {
        let share = town.figure(&format!("eligible:{c}"), beta_law(0.8, 0.04));
        town.model.agreement.coverages[c].eligible = Some(share);
    }
    if dice.happens(0.25) {
        let most = Value::Number(dice.one_of(&[100.0, 700.0]));
        town.model.agreement.coverages[c].max_persons = Some(most);
    }
    let start = Month(START * 12 + dice.one_of(&[0, 0, 5, 11, 15, 40]));
    let coverage = &mut town.model.agreement.coverages[c];
    coverage.start[0] = Some(start);
    if let Some(last) = coverage.start.last_mut().filter(|_| dice.happens(0.2)) {
        *last = None;
    }
    if dice.happens(0.15) {
        let state = [
            SubAgreement::Pending,
            SubAgreement::Signed,
            SubAgreement::None,
        ];
        coverage.sub_agreement = Some(dice.one_of(&state));
    }
    coverage.ramp = dice.one_of(&[
        Ramp::Step,
        Ramp::Linear(1.5),
        Ramp::SCurve(3.0),
        Ramp::Table(vec![0.2, 0.6, 1.0]),
        Ramp::Vacant(Box::new(Ramp::Linear(2.0)), 0.2, 1.0),
        competence(0.4, 0.3, 3, 100),
    ]);
    town
}

fn any_selection(mut town: Town, dice: &mut Dice, c: usize) -> Town {
    let (service, other) = dice.one_of(&[(ADMISSION, VISIT), (VISIT, ADMISSION)]);
    let shape = town.figure(&format!("heterogeneity:{c}"), gamma_law(0.8, 0.1));
    let persistence = dice.happens(0.5);
    town.model.agreement.coverages[c].selection = Some(Selection {
        service,
        at_least: dice.one_of(&[1, 2, 3]),
        shape,
        follows: if dice.happens(0.5) {
            vec![other]
        } else {
            Vec::new()
        },
        persistence: persistence.then_some(Value::Number(0.7)),
    });
    town
}

/// A transition on a coverage of whole levels, if there is one whose levels move.
pub(super) fn any_transition(town: &Town, dice: &mut Dice) -> Option<Town> {
    if dice.divisible {
        return None;
    }
    let dynamics = town.model.world.groups[0].dynamics.as_ref()?;
    let levels = &town.model.world.groups[0].levels;
    let plain = |c: &Coverage| {
        let whole = c.selection.is_none() && c.assigned.is_none() && c.limited_by.is_empty();
        // every group of the coverage has levels that move, and every move starts in it
        whole && c.cells.iter().all(|(g, _)| *g == KOL)
    };
    let coverages = town.model.agreement.coverages.iter();
    let able: Vec<usize> = coverages
        .enumerate()
        .filter(|(_, c)| plain(c))
        .map(|(i, _)| i)
        .collect();
    let c = *able.get(dice.below(able.len()))?;
    let held = &town.model.agreement.coverages[c].cells;
    let named = |m: &Move| (levels[m.from].0, m.to.map(|to| levels[to].0));
    let moves: Vec<_> = dynamics.moves.iter().map(named).collect();
    let moves: Vec<_> = moves
        .into_iter()
        .filter(|(from, _)| held.contains(&(KOL, *from)))
        .collect();
    let first = dice.below(moves.len());
    let chosen: Vec<_> = moves[first..]
        .iter()
        .take(dice.one_of(&[1, 2]))
        .copied()
        .collect();
    let ratio = lognormal(dice.one_of(&[0.7, 1.0, 1.2]), 0.1);
    let (lag, decay) = (dice.one_of(&[0, 6]), dice.one_of(&[0.0, 0.1]));
    let mut town = town.clone();
    let name = format!("kept:{}", town.model.agreement.mechanisms.len());
    let kept = dice
        .happens(0.3)
        .then(|| town.figure(&name, beta_law(0.7, 0.1)));
    Some(town.transition_with(&chosen, ratio, |t| {
        (t.coverage, t.lag_months, t.decay, t.attenuation) = (c, lag, decay, kept);
    }))
}
