//! The Program: what the engine runs. And the Catalogue: from any result back to its names.
//!
//! ```text
//!   draws → basis columns → rows (Σ weight · column)            E layer
//!                         → counts (means, fates, prices)       C layer
//! ```
//!
//! Absent: files, parties' names, verdicts. The engine sees columns and rows.

use super::against::lower_proposal;
use super::bend::{Bend, BendLine};
use super::counts::{CountProgram, compile_counts};
use super::dynamics::LevelKernel;
use super::forms::{CapacityKernel, Column, Form, Forms, Node};
use super::gauge::Total;
use super::gauges::GaugeKey;
use super::lower::{Counting, Scope, lower_within};
use super::lowered::{Entry, Lowered};
use super::rows::{RowId, compose};
use crate::model::{CashClass, GroupId, Model, ParameterId, Party, Proposal, Quantity, Tag};
use crate::random::{Copula, Law};

/// A parameter that is drawn.
#[derive(Debug, Clone)]
pub struct Draw {
    /// Which.
    pub parameter: ParameterId,
    /// Its name: the draw's address.
    pub name: String,
    /// Its law.
    pub law: Law,
    /// Its column.
    pub column: Column,
    /// Whether a figure reads it; else it is drawn for the sake of those it is correlated with.
    pub read: bool,
}

/// Draws that are correlated.
#[derive(Debug, Clone)]
pub struct Linked {
    /// Indices in [`Program::draws`].
    pub draws: Vec<usize>,
    /// Their copula.
    pub copula: Copula,
}

/// A row with its form.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub id: RowId,
    /// Its form.
    pub form: Form,
}

/// What a level of the counterfactual with its chance costs to know: whether the C layer draws
/// counts that are the same in both arms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chance {
    /// Only what differs between the arms.
    Differences,
    /// Levels too.
    Levels,
}

/// A lowered, compiled model.
#[derive(Debug, Clone)]
pub struct Program {
    /// Drawn parameters.
    pub draws: Vec<Draw>,
    /// Correlated ones among them.
    pub linked: Vec<Linked>,
    /// Basis columns, each reading only earlier ones.
    pub nodes: Vec<Node>,
    /// Whether a column is read by anything.
    pub live: Vec<bool>,
    /// Kernels with state.
    pub kernels: Vec<CapacityKernel>,
    /// Level propagators.
    pub level_kernels: Vec<LevelKernel>,
    /// Rows in catalogue order.
    pub rows: Vec<Row>,
    /// Ledger entries as forms.
    pub entries: Vec<Entry<Form>>,
    /// Counts.
    pub counts: CountProgram,
    /// Calendar years.
    pub years: Vec<i32>,
    /// Years of the verdict horizon.
    pub verdict_years: usize,
    /// Discount factor by year.
    pub discount: Vec<f64>,
    /// Municipalities.
    pub municipalities: usize,
    /// Memo lines: (party, year index, class).
    pub memos: Vec<(Party, usize, CashClass)>,
    /// Service id of the main activity.
    pub activity: Option<String>,
    /// Tags of operated tasks.
    pub operated: Vec<Tag>,
    /// Totals that rules bend on.
    pub totals: Vec<Total<Form>>,
    /// What rules on totals pay, replicate by replicate.
    pub bends: Vec<Bend<Form>>,
    /// What they pay in expectation, and without chance.
    pub bend_lines: Vec<BendLine<Form>>,
    /// Frames: (party, year index, kroner).
    pub frames: Vec<(Party, usize, Form)>,
    /// Gauges, in row order.
    pub gauges: Vec<GaugeKey>,
    /// Group and level (index) of each row of persons.
    pub persons: Vec<(GroupId, usize)>,
}

impl Program {
    /// Lowers and compiles a model.
    pub fn compile(model: &Model, chance: Chance) -> Program {
        let (scope, counting) = match chance {
            Chance::Differences => (Scope::Affected, Counting::Differences),
            Chance::Levels => (Scope::Everything, Counting::Levels),
        };
        let (lowered, forms) = lower_within(model, Forms::new(model), scope, counting);
        Program::assemble(model, lowered, forms, chance)
    }

    /// Lowers and compiles a proposal against the agreements in force, if there are any.
    pub fn compile_proposal(proposal: &Proposal) -> Program {
        let model = &proposal.with;
        let (lowered, forms) = lower_proposal(proposal, Forms::new(model));
        Program::assemble(model, lowered, forms, Chance::Differences)
    }

    fn assemble(
        model: &Model,
        lowered: Lowered<Form>,
        mut forms: Forms<'_>,
        chance: Chance,
    ) -> Program {
        let rows = compose(model, &lowered, &mut forms);
        let codes: Vec<String> = model
            .world
            .municipalities
            .iter()
            .map(|m| m.code.clone())
            .collect();
        let counts = compile_counts(&lowered, &codes, chance);
        let Lowered {
            years,
            verdict_years,
            discount,
            entries,
            memos,
            activity,
            operated,
            totals,
            bends,
            bend_lines,
            frames,
            gauges,
            persons,
            ..
        } = lowered;
        let mut program = Program {
            draws: Vec::new(),
            linked: Vec::new(),
            live: vec![false; forms.nodes.len()],
            nodes: forms.nodes,
            kernels: forms.kernels,
            level_kernels: forms.level_kernels,
            rows: rows
                .into_iter()
                .map(|(id, form)| Row { id, form })
                .collect(),
            entries,
            counts,
            years,
            verdict_years,
            discount,
            municipalities: model.world.municipalities.len(),
            memos: memos.into_iter().map(|(p, t, c, _)| (p, t, c)).collect(),
            activity: activity.map(|(service, _)| service),
            operated,
            totals,
            bends,
            bend_lines,
            frames,
            gauges: gauges.into_iter().map(|(key, _)| key).collect(),
            persons: persons.iter().map(|row| (row.group, row.level)).collect(),
        };
        program.mark_live();
        program.collect_draws(model);
        program
    }

    /// Position of a row.
    pub fn row(&self, id: RowId) -> Option<usize> {
        self.rows.iter().position(|r| r.id == id)
    }

    /// The same without its ledger: rows, counts and rules stay, the entries that made them go.
    pub fn without_ledger(mut self) -> Program {
        self.entries = Vec::new();
        self.live.fill(false);
        self.mark_live();
        self
    }

    /// The same draws and columns with these rows alone: entries, counts, rules on totals and
    /// columns that they do not read are left out.
    pub fn only(mut self, rows: Vec<Row>) -> Program {
        self.rows = rows;
        self.entries.clear();
        self.counts = CountProgram::default();
        self.totals.clear();
        self.bends.clear();
        self.bend_lines.clear();
        self.frames.clear();
        self.live.fill(false);
        self.mark_live();
        self
    }

    /// Marks every column that a row, an entry or a count reads, and what those read.
    fn mark_live(&mut self) {
        let mut live = std::mem::take(&mut self.live);
        let mut mark = |form: &Form| {
            form.terms
                .iter()
                .for_each(|(c, _)| live[c.0 as usize] = true)
        };
        self.rows.iter().for_each(|r| mark(&r.form));
        for entry in &self.entries {
            mark(&entry.kroner);
            entry.units.iter().for_each(&mut mark);
        }
        self.counts.forms().for_each(&mut mark);
        self.totals
            .iter()
            .flat_map(Total::forms)
            .for_each(&mut mark);
        self.bends.iter().flat_map(Bend::forms).for_each(&mut mark);
        self.bend_lines
            .iter()
            .flat_map(BendLine::forms)
            .for_each(&mut mark);
        self.frames.iter().for_each(|(_, _, frame)| mark(frame));
        for at in (0..self.nodes.len()).rev() {
            if live[at] {
                for column in self.reads(&self.nodes[at]) {
                    live[column.0 as usize] = true;
                }
            }
        }
        // a kernel computes its years together
        for at in 0..self.nodes.len() {
            if let Node::Capacity(kernel, _) = self.nodes[at] {
                let read = |n: &Node| matches!(n, Node::Capacity(k, _) if *k == kernel);
                let any = (0..self.nodes.len()).any(|o| live[o] && read(&self.nodes[o]));
                live[at] = live[at] || any;
            }
        }
        self.live = live;
        self.whole_level_kernels();
    }

    /// A level kernel computes its years and levels together.
    fn whole_level_kernels(&mut self) {
        let mut any = vec![false; self.level_kernels.len()];
        for (node, live) in self.nodes.iter().zip(&self.live) {
            if let (Node::Levels(kernel, _), true) = (node, live) {
                any[*kernel as usize] = true;
            }
        }
        for (node, live) in self.nodes.iter().zip(&mut self.live) {
            if let Node::Levels(kernel, _) = node {
                *live = any[*kernel as usize];
            }
        }
    }

    /// Columns that a node reads.
    fn reads(&self, node: &Node) -> Vec<Column> {
        match node {
            Node::One | Node::Draw(_) => Vec::new(),
            Node::Complement(a) | Node::Positive(a) | Node::Growth(a, _) => vec![*a],
            Node::Product(a, b)
            | Node::Quotient(a, b)
            | Node::Minimum(a, b)
            | Node::Ratio(a, b)
            | Node::PastUse(_, a, b, _)
            | Node::Rationed(a, b) => vec![*a, *b],
            Node::Bent(_, a, b, c) => vec![*a, *b, *c],
            Node::Pinned(form) => form.terms.iter().map(|(c, _)| *c).collect(),
            Node::Levels(kernel, _) => self.level_kernels[*kernel as usize].reads().collect(),
            Node::Capacity(kernel, _) => {
                let kernel = &self.kernels[*kernel as usize];
                kernel
                    .volumes
                    .iter()
                    .copied()
                    .chain([kernel.phase])
                    .collect()
            }
        }
    }

    /// The parameters whose columns are live, and all that are correlated with them.
    fn collect_draws(&mut self, model: &Model) {
        for (at, node) in self.nodes.iter().enumerate() {
            let Node::Draw(id) = node else { continue };
            let parameter = model.parameter(*id);
            if let (true, Quantity::Law(law)) = (self.live[at], &parameter.quantity) {
                self.draws.push(Draw {
                    parameter: *id,
                    name: parameter.name.clone(),
                    law: law.clone(),
                    column: Column(at as u32),
                    read: true,
                });
            }
        }
        for correlation in &model.correlations {
            self.link(model, &correlation.parameters, &correlation.matrix);
        }
    }

    /// Links the drawn ones among correlated parameters. The whole group is drawn even if the
    /// model reads only some of it: what is reported must not change a draw.
    fn link(&mut self, model: &Model, parameters: &[ParameterId], matrix: &[Vec<f64>]) {
        let read = |id: &ParameterId| self.draws.iter().any(|d| d.parameter == *id);
        if !parameters.iter().any(read) {
            return;
        }
        let mut draws = Vec::new();
        for id in parameters {
            let at = match self.draws.iter().position(|d| d.parameter == *id) {
                Some(at) => at,
                None => {
                    let parameter = model.parameter(*id);
                    let Quantity::Law(law) = &parameter.quantity else {
                        return;
                    };
                    self.nodes.push(Node::Draw(*id));
                    self.live.push(true);
                    self.draws.push(Draw {
                        parameter: *id,
                        name: parameter.name.clone(),
                        law: law.clone(),
                        column: Column(self.nodes.len() as u32 - 1),
                        read: false,
                    });
                    self.draws.len() - 1
                }
            };
            draws.push(at);
        }
        // a checked model's matrix is positive semidefinite
        if let Ok(copula) = Copula::new(matrix) {
            self.linked.push(Linked { draws, copula });
        }
    }
}
