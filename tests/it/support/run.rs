//! Running a model and reading its figures, draw by draw.

use fairbalance::engine::*;
use fairbalance::model::{Account, Model, Party, Quantity};
use fairbalance::plan::*;
use fairbalance::random::{BLOCK, Seed};
use fairbalance::verdict::{Assessment, assess};
use std::collections::BTreeMap;
use std::io;

pub const REGION: Account = Account::Party(Party::Region);
pub const MUNICIPALITIES: Account = Account::Party(Party::Municipality);
pub const STATE: Account = Account::Party(Party::State);
pub const GP: Account = Account::Party(Party::Gp);
pub const SOCIETY: Account = Account::Society;

/// A fixed number of replicates on one thread.
pub fn fixed(replicates: usize) -> RunSettings {
    RunSettings {
        replicates: Some(replicates),
        threads: 1,
        ..RunSettings::default()
    }
}

/// Assessed with a fixed number of replicates.
pub fn assessed(model: &Model, replicates: usize) -> Assessment {
    assess(model, &fixed(replicates), &mut NoDraws, &Silent).expect("nothing to fail on")
}

/// The verdict's draws, by column name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    pub names: Vec<String>,
    pub columns: Vec<Vec<f64>>,
}

impl Kept {
    pub fn column(&self, name: &str) -> &[f64] {
        let at = self.names.iter().position(|n| n == name);
        &self.columns[at.unwrap_or_else(|| panic!("a column {name} in {:?}", self.names))]
    }
}

impl DrawSink for Kept {
    fn begin(&mut self, columns: &[String]) -> io::Result<()> {
        self.names = columns.to_vec();
        self.columns = vec![Vec::new(); columns.len()];
        Ok(())
    }
    fn batch(&mut self, first: usize, columns: &[&[f64]]) -> io::Result<()> {
        assert_eq!(self.columns[0].len(), first, "batches come in order");
        for (all, new) in self.columns.iter_mut().zip(columns) {
            all.extend(*new);
        }
        Ok(())
    }
}

/// Assessed, with the draws that the verdict reads.
pub fn assessed_with_draws(model: &Model, settings: &RunSettings) -> (Assessment, Kept) {
    let mut kept = Kept::default();
    let assessment = assess(model, settings, &mut kept, &Silent).expect("nothing to fail on");
    (assessment, kept)
}

/// One block of a program: every row, and every ledger entry, lane by lane.
pub struct Block {
    pub program: Program,
    pub basis: Basis,
}

impl Block {
    /// What the agreement touches.
    pub fn of(model: &Model) -> Block {
        Block::numbered(model, Chance::Differences, 0)
    }

    /// Everything, the counterfactual's levels with their chance.
    pub fn with_levels(model: &Model) -> Block {
        Block::numbered(model, Chance::Levels, 0)
    }

    pub fn numbered(model: &Model, chance: Chance, block: u64) -> Block {
        let program = Program::compile(model, chance);
        let basis = Basis::evaluate(&program, Seed(1), block, At::Draws);
        Block { program, basis }
    }

    pub fn form(&self, form: &Form) -> Vec<f64> {
        let mut out = vec![0.0; BLOCK];
        self.basis.form(form, &mut out);
        out
    }

    /// A row's values; `None` where the program has no such row.
    pub fn row(&self, id: RowId) -> Option<Vec<f64>> {
        let at = self.program.row(id)?;
        Some(self.form(&self.program.rows[at].form))
    }

    /// A row that must exist.
    pub fn lane(&self, id: RowId) -> Vec<f64> {
        self.row(id).unwrap_or_else(|| panic!("a row {id:?}"))
    }

    /// X over the verdict horizon.
    pub fn x(&self, account: Account) -> Vec<f64> {
        self.lane(RowId::X(account, self.program.verdict_years))
    }

    /// X of a draw that is the same in all.
    #[track_caller]
    pub fn certain_x(&self, account: Account) -> f64 {
        certain(&self.x(account))
    }

    pub fn years(&self) -> usize {
        self.program.years.len()
    }
}

/// The one value of a lane that does not vary.
#[track_caller]
pub fn certain(lane: &[f64]) -> f64 {
    assert!(
        lane.iter().all(|x| *x == lane[0]),
        "one value in every draw"
    );
    lane[0]
}

/// Value of every parameter in one lane of a block; a parameter that nothing reads takes its
/// law's median, a formula 0 (it is computed from the others).
pub fn draws_of(model: &Model, block: &Block, lane: usize) -> Vec<f64> {
    let drawn: BTreeMap<u32, f64> = block
        .program
        .draws
        .iter()
        .map(|d| (d.parameter.0, block.basis.lane(d.column)[lane]))
        .collect();
    let value = |(p, parameter): (usize, &fairbalance::model::Parameter)| match (
        &parameter.quantity,
        drawn.get(&(p as u32)),
    ) {
        (_, Some(x)) => *x,
        (Quantity::Law(law), None) => law.quantile(0.5),
        _ => 0.0,
    };
    model.parameters.iter().enumerate().map(value).collect()
}

/// Every row of the scalar reference at one draw.
pub fn reference_rows(model: &Model, draws: &[f64]) -> Vec<(RowId, f64)> {
    let (lowered, mut algebra) = lower(model, Reference::new(model, draws));
    compose(model, &lowered, &mut algebra)
}

/// Sample mean and variance.
pub fn moments(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, squares / (n - 1.0))
}

/// Largest distance between two empirical distribution functions, times √(nm/(n+m)): above
/// 1.95 with probability 0.1 %, above 2.23 with 0.01 % if the laws agree (Smirnov).
///
/// Values are kroner; a millionth of one apart they are one value, or counts multiplied before
/// and after they are added would differ in law by their rounding.
pub fn smirnov(a: &[f64], b: &[f64]) -> f64 {
    let sorted = |v: &[f64]| {
        let mut v: Vec<f64> = v.iter().map(|x| (x * 1e6).round()).collect();
        v.sort_by(f64::total_cmp);
        v
    };
    let (a, b) = (sorted(a), sorted(b));
    let (n, m) = (a.len(), b.len());
    let (mut i, mut j, mut most) = (0, 0, 0.0f64);
    while i < n && j < m {
        let x = a[i].min(b[j]);
        while i < n && a[i] <= x {
            i += 1;
        }
        while j < m && b[j] <= x {
            j += 1;
        }
        most = most.max((i as f64 / n as f64 - j as f64 / m as f64).abs());
    }
    most * (n as f64 * m as f64 / (n + m) as f64).sqrt()
}
