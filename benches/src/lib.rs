//! What the benches share: the shipped scenarios, and the reference task shift run in blocks.

use fairbalance::engine::{At, Basis, sample_counts};
use fairbalance::model::{Account, Model, Party};
use fairbalance::plan::{Program, Target};
use fairbalance::random::{BLOCK, Seed};
use std::fs::read_to_string;
use std::path::{Path, PathBuf};

/// A shipped scenario's folder.
pub fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../scenarios")
        .join(name)
}

/// A shipped scenario's model.
///
/// # Panics
/// If it does not read.
pub fn model(name: &str) -> Model {
    match fairbalance::scenario::read(&scenario(name)) {
        Ok(read) => read.model,
        Err(_) => panic!("{name} does not read: run `fairbalance check`"),
    }
}

/// Kroner by replicate: hospital, municipalities, general practice; counterfactual and difference.
#[derive(Debug, Clone, Default)]
pub struct Totals {
    /// Counterfactual level by party.
    pub level: [Vec<f64>; 3],
    /// Agreement minus counterfactual by party.
    pub difference: [Vec<f64>; 3],
}

/// Runs blocks of the C layer with levels, undiscounted totals over all years.
pub fn run_reference(program: &Program, blocks: u64) -> Totals {
    let mut totals = Totals::default();
    for block in 0..blocks {
        let basis = Basis::evaluate(program, Seed(1), block, At::Draws);
        let counted = sample_counts(program, &basis, Seed(1), block, 0);
        let mut level = [const { [0.0; BLOCK] }; 3];
        let mut difference = certain(program, &basis);
        for (target, values) in program.counts.targets.iter().zip(&counted.values) {
            match target {
                Target::Level(a, _) => add(&mut level, *a, values),
                Target::Budget(a, _) => add(&mut difference, *a, values),
                Target::Municipality(..) | Target::MunicipalityLevel(..) | Target::Meter(..) => {}
            }
        }
        for p in 0..3 {
            totals.level[p].extend(level[p]);
            totals.difference[p].extend(difference[p]);
        }
    }
    totals
}

/// What does not follow counts (the fixed yearly amount).
fn certain(program: &Program, basis: &Basis) -> [[f64; BLOCK]; 3] {
    let mut sums = [const { [0.0; BLOCK] }; 3];
    let mut out = [0.0; BLOCK];
    for row in &program.rows {
        if let fairbalance::plan::RowId::Certain(account, _) = row.id {
            basis.form(&row.form, &mut out);
            add(&mut sums, account, &out);
        }
    }
    sums
}

fn add(sums: &mut [[f64; BLOCK]; 3], account: Account, values: &[f64]) {
    let at = match account {
        Account::Party(Party::Region) => 0,
        Account::Party(Party::Municipality) => 1,
        Account::Party(Party::Gp) => 2,
        _ => return,
    };
    sums[at].iter_mut().zip(values).for_each(|(a, b)| *a += b);
}

/// User and system time of this process in seconds, from its clock ticks (100 a second). Linux
/// tells it; elsewhere it is unknown.
pub fn cpu_seconds() -> Option<f64> {
    let stat = read_to_string("/proc/self/stat").ok()?;
    // the name stands in parentheses and may hold blanks; times are fields 14 and 15
    let after = stat.rsplit_once(')')?.1;
    let mut fields = after.split_whitespace().skip(11);
    let ticks = |field: Option<&str>| field?.parse::<f64>().ok();
    Some((ticks(fields.next())? + ticks(fields.next())?) / 100.0)
}
