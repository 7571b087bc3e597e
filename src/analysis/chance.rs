//! What chance adds: variance split, chance bands, liquidity. From the C layer.
//!
//! 4,096 parameter draws with two inner replicates each: half the mean squared difference of the
//! pair is chance, its covariance is parameter. Chance bands hold every parameter at its mean.

use crate::engine::{At, Basis, Progress, RunSettings, certain, sample_counts};
use crate::model::{Account, Party};
use crate::plan::{Form, Program, RowId, Target};
use crate::random::BLOCK;
use crate::stats::{BlockMeans, covariance, quantile};
use rayon::prelude::*;

/// Blocks of the C layer: 8 × 512 parameter draws.
pub const CHANCE_BLOCKS: usize = 8;
/// Repetitions of chance on each parameter draw.
pub const INNER: usize = 2;

/// Values of the C layer over all blocks.
#[derive(Debug, Clone, Default)]
pub struct ChanceFindings {
    /// X by account and inner replicate, over parameter draws.
    pub x: Vec<[Vec<f64>; INNER]>,
    /// X by account at mean parameters.
    pub x_at_means: Vec<Vec<f64>>,
    /// X by municipality at mean parameters.
    pub municipality_x_at_means: Vec<Vec<f64>>,
    /// Worst year's budget effect by account (positive is extra expenditure).
    pub worst: Vec<Vec<f64>>,
    /// Deepest cumulative deficit by account.
    pub deepest: Vec<Vec<f64>>,
    /// Mean counterfactual affected budget by account (present value).
    pub affected_budget: Vec<f64>,
    /// The same by municipality.
    pub municipality_affected: Vec<f64>,
    /// How each frame of the program stands.
    pub frames: Vec<FrameLanes>,
}

/// A frame, replicate by replicate.
#[derive(Debug, Clone, Default)]
pub struct FrameLanes {
    /// 1 where the budget effect exceeds the frame, else 0.
    pub exceeded: Vec<f64>,
    /// Kroner above it.
    pub overrun: Vec<f64>,
}

/// Sums of one block and inner replicate.
struct BlockChance {
    x: Vec<Vec<f64>>,
    municipality_x: Vec<Vec<f64>>,
    worst: Vec<Vec<f64>>,
    deepest: Vec<Vec<f64>>,
    affected: Vec<f64>,
    municipality_affected: Vec<f64>,
    frames: Vec<FrameLanes>,
}

/// Runs the C layer.
pub fn run_chance(
    program: &Program,
    settings: &RunSettings,
    progress: &dyn Progress,
) -> ChanceFindings {
    let accounts = Account::ALL.len();
    let mut found = ChanceFindings {
        x: vec![Default::default(); accounts],
        x_at_means: vec![Vec::new(); accounts],
        municipality_x_at_means: vec![Vec::new(); program.municipalities],
        worst: vec![Vec::new(); accounts],
        deepest: vec![Vec::new(); accounts],
        affected_budget: vec![0.0; accounts],
        municipality_affected: vec![0.0; program.municipalities],
        frames: vec![FrameLanes::default(); program.frames.len()],
    };
    let reader = Reader::new(program);
    let total = CHANCE_BLOCKS * BLOCK * 2;
    let drawn: Vec<Vec<BlockChance>> = (0..CHANCE_BLOCKS as u64)
        .into_par_iter()
        .map(|block| {
            let basis = Basis::evaluate(program, settings.seed, block, At::Draws);
            reader.counted(&basis, settings, block, INNER)
        })
        .collect();
    progress.advance("chance", total / 2, total);
    for block in drawn {
        for (inner, result) in block.into_iter().enumerate() {
            found.take_drawn(inner, result);
        }
    }
    // the same parameters in every block: one basis for all
    let basis = Basis::evaluate(program, settings.seed, 0, At::Means);
    let at_means: Vec<Vec<BlockChance>> = (0..CHANCE_BLOCKS)
        .into_par_iter()
        .map(|block| reader.counted(&basis, settings, block as u64, 1))
        .collect();
    drop(basis);
    progress.advance("chance", total, total);
    for result in at_means.into_iter().flatten() {
        for (all, x) in found.x_at_means.iter_mut().zip(result.x) {
            all.extend(x);
        }
        for (all, x) in found
            .municipality_x_at_means
            .iter_mut()
            .zip(result.municipality_x)
        {
            all.extend(x);
        }
    }
    found
}

impl ChanceFindings {
    fn take_drawn(&mut self, inner: usize, block: BlockChance) {
        for (all, own) in self.frames.iter_mut().zip(&block.frames) {
            all.exceeded.extend(&own.exceeded);
            all.overrun.extend(&own.overrun);
        }
        if inner == 0 {
            let own = block.municipality_affected.iter();
            for (all, own) in self.municipality_affected.iter_mut().zip(own) {
                *all += own / CHANCE_BLOCKS as f64;
            }
        }
        for (a, x) in block.x.into_iter().enumerate() {
            self.x[a][inner].extend(x);
            self.worst[a].extend(&block.worst[a]);
            self.deepest[a].extend(&block.deepest[a]);
            if inner == 0 {
                self.affected_budget[a] += block.affected[a] / CHANCE_BLOCKS as f64;
            }
        }
    }

    /// (parameter, chance) variance of an account's X.
    pub fn variance(&self, account: Account) -> (f64, f64) {
        let [first, second] = &self.x[account.index()];
        let squares = first.iter().zip(second).map(|(a, b)| (a - b) * (a - b));
        let chance = squares.sum::<f64>() / (2.0 * first.len().max(1) as f64);
        (covariance(first, second).max(0.0), chance)
    }

    /// Half-width of the central π interval under chance alone.
    pub fn band(values: &[f64], confidence: f64) -> f64 {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let tail = (1.0 - confidence) / 2.0;
        (quantile(&sorted, 1.0 - tail) - quantile(&sorted, tail)) / 2.0
    }
}

/// Reads accounts and municipalities out of a program's rows and targets.
struct Reader<'p> {
    program: &'p Program,
    certain: Vec<&'p Form>,
    municipality_certain: Vec<&'p Form>,
    affected: Vec<&'p Form>,
    municipality_affected: Vec<&'p Form>,
    frames: Vec<&'p Form>,
}

impl<'p> Reader<'p> {
    fn new(program: &'p Program) -> Self {
        let form = |id: RowId| {
            let row = program.rows.iter().find(|r| r.id == id);
            row.map(|r| &r.form)
        };
        let years = program.years.len();
        let certain = Account::ALL
            .into_iter()
            .flat_map(|a| (0..years).filter_map(move |t| form(RowId::Certain(a, t))))
            .collect();
        let municipality_certain = (0..program.municipalities)
            .flat_map(|m| (0..years).filter_map(move |t| form(RowId::MunicipalityCertain(m, t))))
            .collect();
        let affected = Account::ALL
            .into_iter()
            .filter_map(|a| form(RowId::AffectedBudget(a)))
            .collect();
        let municipality_affected = (0..program.municipalities)
            .filter_map(|m| form(RowId::MunicipalityAffected(m)))
            .collect();
        Reader {
            municipality_affected,
            frames: program.frames.iter().map(|(_, _, form)| form).collect(),
            program,
            certain,
            municipality_certain,
            affected,
        }
    }

    /// `inner` repetitions of chance on a block's basis.
    fn counted(
        &self,
        basis: &Basis,
        settings: &RunSettings,
        block: u64,
        inner: usize,
    ) -> Vec<BlockChance> {
        let certain_rows = certain(basis, &self.certain);
        let municipal_rows = certain(basis, &self.municipality_certain);
        let affected: Vec<f64> = certain(basis, &self.affected)
            .iter()
            .map(|v| mean(v))
            .collect();
        let own: Vec<f64> = certain(basis, &self.municipality_affected)
            .iter()
            .map(|v| mean(v))
            .collect();
        let frames = certain(basis, &self.frames);
        (0..inner as u64)
            .map(|i| {
                let counted = sample_counts(self.program, basis, settings.seed, block, i);
                let certain = (certain_rows.as_slice(), municipal_rows.as_slice());
                self.read(&counted.values, certain, (&affected, &own), &frames)
            })
            .collect()
    }

    fn read(
        &self,
        counted: &[Vec<f64>],
        (certain, municipal): (&[Vec<f64>], &[Vec<f64>]),
        (affected, own): (&[f64], &[f64]),
        frames: &[Vec<f64>],
    ) -> BlockChance {
        let program = self.program;
        let (years, accounts) = (program.years.len(), Account::ALL.len());
        let mut budget: Vec<Vec<f64>> = certain.to_vec();
        let mut municipal: Vec<Vec<f64>> = municipal.to_vec();
        for (target, values) in program.counts.targets.iter().zip(counted) {
            match target {
                Target::Budget(a, t) => add(&mut budget[a.index() * years + t], values),
                Target::Municipality(m, t) => add(&mut municipal[m * years + t], values),
                Target::Level(..) | Target::MunicipalityLevel(..) | Target::Meter(..) => {}
            }
        }
        let x = |rows: &[Vec<f64>], n: usize| present_value(program, &rows[n * years..]);
        let paths = (0..accounts).map(|a| paths(&budget[a * years..(a + 1) * years]));
        let (worst, deepest) = paths.unzip();
        BlockChance {
            x: (0..accounts).map(|a| x(&budget, a)).collect(),
            municipality_x: (0..program.municipalities)
                .map(|m| x(&municipal, m))
                .collect(),
            worst,
            deepest,
            affected: affected.to_vec(),
            municipality_affected: own.to_vec(),
            frames: self.held(frames, &budget),
        }
    }
}

impl Reader<'_> {
    /// How each frame stands against the budgets of its party's year.
    fn held(&self, frames: &[Vec<f64>], budget: &[Vec<f64>]) -> Vec<FrameLanes> {
        let years = self.program.years.len();
        let of = |((party, t, _), frame): (&(Party, usize, Form), &Vec<f64>)| {
            let spent = &budget[Account::Party(*party).index() * years + t];
            let over = || spent.iter().zip(frame).map(|(b, f)| b - f);
            FrameLanes {
                exceeded: over().map(|x| if x > 0.0 { 1.0 } else { 0.0 }).collect(),
                overrun: over().map(|x| x.max(0.0)).collect(),
            }
        };
        self.program.frames.iter().zip(frames).map(of).collect()
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn add(to: &mut [f64], values: &[f64]) {
    to.iter_mut().zip(values).for_each(|(a, b)| *a += b);
}

/// X = −Σ d_t · budget over the verdict horizon.
fn present_value(program: &Program, by_year: &[Vec<f64>]) -> Vec<f64> {
    let mut x = vec![0.0; BLOCK];
    let horizon = by_year.iter().zip(&program.discount);
    for (budget, discount) in horizon.take(program.verdict_years) {
        for (sum, b) in x.iter_mut().zip(budget) {
            *sum -= discount * b;
        }
    }
    x
}

/// Worst year and deepest cumulative deficit, replicate by replicate.
fn paths(by_year: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let mut worst = vec![f64::MIN; BLOCK];
    let mut deepest = vec![0.0f64; BLOCK];
    let mut cumulative = vec![0.0; BLOCK];
    for year in by_year {
        for lane in 0..BLOCK {
            cumulative[lane] += year[lane];
            worst[lane] = worst[lane].max(year[lane]);
            deepest[lane] = deepest[lane].max(cumulative[lane]);
        }
    }
    (worst, deepest)
}

/// Mean, error and 80 % interval of independent-by-block values.
pub(super) fn summarise(values: &[f64]) -> super::Summary {
    if values.is_empty() {
        return super::Summary::default();
    }
    let mut means = BlockMeans::new();
    // the inner replicates of a block share its parameters: together they are one block
    values
        .chunks(INNER * BLOCK)
        .for_each(|block| means.push_values(block));
    let estimate = means.estimate();
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    super::Summary {
        mean: estimate.mean,
        mcse: estimate.mcse,
        p10: quantile(&sorted, 0.1),
        p90: quantile(&sorted, 0.9),
    }
}
