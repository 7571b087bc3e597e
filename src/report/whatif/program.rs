//! The deciding program as the page's script reads it.
//!
//! ```text
//! Program ─ live columns, renumbered ─▶ nodes · forms · kernels · draws · copulas · rule ─▶ JSON
//! ```
//!
//! Promise: every number with all its digits, so that the script has the engine's bits. What can
//! be computed from a law's terms (its table) is not written down. Absent: words, sliders.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Model, Party};
use crate::plan::{CapacityKernel, Column, Form, Kink, LevelKernel, Node, PastUse, Program, RowId};
use crate::random::DRAW_FORMAT;
use crate::report::Run;
use crate::verdict::{key_share, may_profit};

/// Replicates that the page makes at most: 128 blocks.
pub const MOST: usize = 65_536;

/// What the script evaluates.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    format: u32,
    /// As text: a seed may have more digits than a number of the script holds.
    seed: String,
    pub replicates: usize,
    nodes: Vec<Operation>,
    forms: Vec<Terms>,
    capacities: Vec<Capacity>,
    levels: Vec<Levels>,
    rows: Vec<Row>,
    draws: Vec<Draw>,
    linked: Vec<Linked>,
    rule: Rule,
    /// Σ d_t over the verdict horizon: what turns a present value into a sum a year.
    years: f64,
}

/// A node: its kind and what it reads, as numbers.
type Operation = Vec<u32>;

/// Σ weight · column, in order.
#[derive(Debug, Serialize)]
struct Terms {
    columns: Vec<u32>,
    weights: Vec<f64>,
}

#[derive(Debug, Serialize)]
struct Capacity {
    phase: u32,
    volumes: Vec<u32>,
    step: f64,
    closing: f64,
    /// First year whose need still counts, by year.
    earliest: Vec<usize>,
}

#[derive(Debug, Serialize)]
struct Levels {
    start: Vec<f64>,
    inflow: Vec<f64>,
    kept: Vec<f64>,
    closed: bool,
    from: Vec<usize>,
    to: Vec<Option<usize>>,
    moves: Vec<u32>,
    shares: Option<Vec<u32>>,
    cuts: Option<Vec<Vec<u32>>>,
}

/// X of an account (`x`), or Y of all or of one municipality (`y`).
#[derive(Debug, Serialize)]
struct Row {
    kind: &'static str,
    of: String,
    form: usize,
}

#[derive(Debug, Serialize)]
struct Draw {
    name: String,
    family: &'static str,
    numbers: Vec<f64>,
    bounds: Option<[Option<f64>; 4]>,
}

#[derive(Debug, Serialize)]
struct Linked {
    draws: Vec<usize>,
    factor: Vec<Vec<f64>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    confidence: f64,
    tau_region: f64,
    tau_municipality: f64,
    may_profit: bool,
    contracting: Vec<Contracting>,
}

/// A municipality on whose Y the rule binds.
#[derive(Debug, Serialize)]
struct Contracting {
    code: String,
    tau: f64,
    /// Its share of a lump sum.
    share: f64,
}

/// The program with the position of each draw, by the draw's index in the engine's program.
pub fn export(run: &Run, program: &Program) -> (Exported, BTreeMap<usize, usize>) {
    let mut export = Export::new(run.model, program);
    let nodes = export.nodes();
    let rows = export.rows();
    let capacities = program.kernels.iter().map(|k| export.capacity(k)).collect();
    let levels = program
        .level_kernels
        .iter()
        .map(|k| export.level(k))
        .collect();
    let exported = Exported {
        format: DRAW_FORMAT,
        seed: run.settings.seed.0.to_string(),
        replicates: run.assessment.findings.replicates.min(MOST),
        nodes,
        capacities,
        levels,
        rows,
        draws: export.draws(),
        linked: export.linked(),
        rule: rule(run, program),
        years: program.discount[..program.verdict_years].iter().sum(),
        forms: export.forms,
    };
    (exported, export.drawn)
}

struct Export<'p> {
    model: &'p Model,
    program: &'p Program,
    /// New number of each live column.
    column: BTreeMap<Column, u32>,
    /// New number of each draw that is live or correlated with one.
    drawn: BTreeMap<usize, usize>,
    forms: Vec<Terms>,
}

impl<'p> Export<'p> {
    fn new(model: &'p Model, program: &'p Program) -> Self {
        let live = (0..program.nodes.len()).filter(|at| program.live[*at]);
        let column = live.zip(0..).map(|(at, new)| (Column(at as u32), new));
        let is_live = |d: usize| program.live[program.draws[d].column.0 as usize];
        let mut kept: Vec<bool> = (0..program.draws.len()).map(is_live).collect();
        for linked in &program.linked {
            let any = linked.draws.iter().any(|d| is_live(*d));
            linked.draws.iter().for_each(|d| kept[*d] |= any);
        }
        let drawn = (0..kept.len()).filter(|d| kept[*d]);
        Export {
            model,
            program,
            column: column.collect(),
            drawn: drawn.zip(0..).collect(),
            forms: Vec::new(),
        }
    }

    fn at(&self, column: Column) -> u32 {
        // a dead column is one of a kernel that nothing reads
        self.column.get(&column).copied().unwrap_or(0)
    }

    fn all(&self, columns: &[Column]) -> Vec<u32> {
        columns.iter().map(|c| self.at(*c)).collect()
    }

    fn form(&mut self, form: &Form) -> usize {
        let columns = form.terms.iter().map(|(c, _)| self.at(*c)).collect();
        let weights = form.terms.iter().map(|(_, w)| *w).collect();
        self.forms.push(Terms { columns, weights });
        self.forms.len() - 1
    }

    fn nodes(&mut self) -> Vec<Operation> {
        let program = self.program;
        let live = program.nodes.iter().zip(&program.live).enumerate();
        live.filter(|(_, (_, live))| **live)
            .map(|(at, (node, _))| self.node(at, node))
            .collect()
    }

    /// Kind and operands; the kinds are numbered as in the script's `OP`.
    fn node(&mut self, at: usize, node: &Node) -> Operation {
        let a = |c: &Column| self.at(*c);
        match node {
            Node::One => vec![0],
            Node::Draw(_) => {
                let draws = &self.program.draws;
                let draw = draws.iter().position(|d| d.column.0 as usize == at);
                let draw = draw.and_then(|d| self.drawn.get(&d));
                vec![1, draw.map_or(0, |d| *d as u32)]
            }
            Node::Complement(x) => vec![2, a(x)],
            Node::Product(x, y) => vec![3, a(x), a(y)],
            Node::Quotient(x, y) => vec![4, a(x), a(y)],
            Node::Positive(x) => vec![5, a(x)],
            Node::Minimum(x, y) => vec![6, a(x), a(y)],
            Node::Growth(x, k) => vec![7, a(x), *k],
            Node::Rationed(cap, demand) => vec![8, a(cap), a(demand)],
            Node::Ratio(x, y) => vec![9, a(x), a(y)],
            Node::PastUse(what, rate, shape, at_least) => {
                vec![10, asked(*what), a(rate), a(shape), *at_least]
            }
            Node::Pinned(form) => vec![11, self.form(form) as u32],
            Node::Capacity(kernel, t) => vec![12, *kernel, *t],
            Node::Bent(kink, x, y, z) => vec![13, bend(*kink), a(x), a(y), a(z)],
            Node::Levels(kernel, i) => vec![14, *kernel, *i],
        }
    }

    fn rows(&mut self) -> Vec<Row> {
        let program = self.program;
        let row = |row: &crate::plan::Row| {
            let (kind, of) = self.name(row.id)?;
            let form = self.form(&row.form);
            Some(Row { kind, of, form })
        };
        program.rows.iter().filter_map(row).collect()
    }

    fn name(&self, id: RowId) -> Option<(&'static str, String)> {
        Some(match id {
            RowId::X(account, _) => ("x", account.key().to_owned()),
            RowId::Y => ("y", "all".to_owned()),
            RowId::MunicipalityY(m) => ("y", self.model.world.municipalities[m].code.clone()),
            _ => return None,
        })
    }

    fn capacity(&self, kernel: &CapacityKernel) -> Capacity {
        Capacity {
            phase: self.at(kernel.phase),
            volumes: self.all(&kernel.volumes),
            step: kernel.rule.step,
            closing: kernel.rule.closing,
            earliest: (0..kernel.volumes.len())
                .map(|t| kernel.rule.earliest(t))
                .collect(),
        }
    }

    fn level(&self, kernel: &LevelKernel) -> Levels {
        let course = &kernel.course;
        let change = kernel.change.as_ref();
        let cuts = |cuts: &Vec<Vec<Column>>| cuts.iter().map(|year| self.all(year)).collect();
        Levels {
            start: course.start.clone(),
            inflow: course.inflow.clone(),
            kept: course.kept.clone(),
            closed: course.closed,
            from: course.moves.iter().map(|m| m.0).collect(),
            to: course.moves.iter().map(|m| m.1).collect(),
            moves: self.all(&kernel.moves),
            shares: change.map(|(shares, _)| self.all(shares)),
            cuts: change.map(|(_, by_year)| cuts(by_year)),
        }
    }

    fn draws(&self) -> Vec<Draw> {
        let draw = |d: &usize| {
            let draw = &self.program.draws[*d];
            let terms = draw.law.terms();
            let closed = |x: f64| x.is_finite().then_some(x);
            Draw {
                name: draw.name.clone(),
                family: terms.family,
                numbers: terms.numbers,
                bounds: terms.bounds.map(|bounds| bounds.map(closed)),
            }
        };
        self.drawn.keys().map(draw).collect()
    }

    fn linked(&self) -> Vec<Linked> {
        let linked = self.program.linked.iter();
        let position = |d: &usize| self.drawn.get(d).copied();
        let link = |linked: &crate::plan::Linked| {
            Some(Linked {
                draws: linked.draws.iter().map(position).collect::<Option<_>>()?,
                factor: linked.copula.factor().to_vec(),
            })
        };
        linked.filter_map(link).collect()
    }
}

fn asked(what: PastUse) -> u32 {
    match what {
        PastUse::Persons => 0,
        PastUse::Expected => 1,
        PastUse::Observed => 2,
    }
}

fn bend(kink: Kink) -> u32 {
    match kink {
        Kink::Excess => 0,
        Kink::Above => 1,
        Kink::Limited => 2,
    }
}

fn rule(run: &Run, program: &Program) -> Rule {
    let (model, verdict) = (run.model, &run.assessment.verdict);
    let tau = |party: Party| {
        let mut parties = verdict.parties.iter();
        let found = parties.find(|p| p.account == crate::model::Account::Party(party));
        found.map_or(0.0, |p| p.tau)
    };
    let operated = program.rows.iter().any(|row| row.id == RowId::Y);
    let bound = |m: &usize| operated && model.agreement.start_of(*m).is_some();
    let contracting = |m: usize| Contracting {
        code: model.world.municipalities[m].code.clone(),
        tau: verdict.municipalities[m].tau,
        share: key_share(model, operated, program.years[0], m),
    };
    Rule {
        confidence: model.balance.confidence,
        tau_region: tau(Party::Region),
        tau_municipality: tau(Party::Municipality),
        may_profit: may_profit(model),
        contracting: (0..program.municipalities)
            .filter(bound)
            .map(contracting)
            .collect(),
    }
}
