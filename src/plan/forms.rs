//! The plan's algebra: linear forms over basis columns.
//!
//! ```text
//!   value = Σ weight · column        column = draw | 1 − column | product | kernel output | …
//! ```
//!
//! Sums merge coefficients, constants multiply through; a product of forms is expanded while it
//! stays small, otherwise a factor is pinned as a column of its own. Columns are hash-consed, so
//! a rate class is one column however many cells read it.
//! Absent: draws. A column says what to compute, not with which numbers.

use super::algebra::Algebra;
use super::dynamics::LevelKernel;
use super::kink::Kink;
use super::past_use::{PastUse, past_use};
use crate::model::{Course, Formula, Model, ParameterId, Quantity, Release};
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

/// Most terms that a product of forms may have before a factor is pinned. A choice, not yet a
/// measurement: with it the home-monitoring agreement compiles to about 2,700 columns.
pub const EXPANSION_LIMIT: usize = 16;

/// Index of a basis column; column 0 is the constant 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(pub u32);

impl Column {
    /// The constant 1.
    pub const ONE: Column = Column(0);
}

/// Terms of a form. Nearly all of a ledger's forms have one: it stands in the form itself.
pub type Terms = SmallVec<[(Column, f64); 1]>;

/// Σ weight · column, ascending by column, no weight 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Form {
    /// The terms.
    pub terms: Terms,
}

impl Form {
    /// A constant.
    pub fn number(x: f64) -> Form {
        Form {
            terms: if x == 0.0 {
                Terms::new()
            } else {
                smallvec![(Column::ONE, x)]
            },
        }
    }

    fn column(column: Column) -> Form {
        Form {
            terms: smallvec![(column, 1.0)],
        }
    }

    /// The number this form is, if it does not depend on the draw.
    pub fn constant(&self) -> Option<f64> {
        match self.terms.as_slice() {
            [] => Some(0.0),
            [(Column::ONE, x)] => Some(*x),
            _ => None,
        }
    }

    /// Σ weight · form.
    pub fn weighted(terms: &[(f64, &Form)]) -> Form {
        let all = terms
            .iter()
            .flat_map(|(by, v)| v.terms.iter().map(move |(c, w)| (*c, by * w)));
        merge(all.collect())
    }

    /// Sum of forms.
    pub fn total(forms: &[Form]) -> Form {
        let terms: Vec<(f64, &Form)> = forms.iter().map(|f| (1.0, f)).collect();
        Form::weighted(&terms)
    }

    /// Bits that identify the form.
    pub fn signature(&self) -> Vec<(u32, u64)> {
        self.terms.iter().map(|(c, w)| (c.0, w.to_bits())).collect()
    }
}

/// What a column computes from earlier columns.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// The constant 1.
    One,
    /// A drawn parameter.
    Draw(ParameterId),
    /// 1 − column.
    Complement(Column),
    /// Product of two columns.
    Product(Column, Column),
    /// Quotient of two columns.
    Quotient(Column, Column),
    /// max(0, column).
    Positive(Column),
    /// min of two columns.
    Minimum(Column, Column),
    /// (1 + column)^k.
    Growth(Column, u32),
    /// min(1, cap / demand).
    Rationed(Column, Column),
    /// Quotient of two columns; 0 where the second is 0.
    Ratio(Column, Column),
    /// Share picked by past use: (rate, shape), at least so many events.
    PastUse(PastUse, Column, Column, u32),
    /// A form as a column.
    Pinned(Form),
    /// Year `t` of kernel `k`.
    Capacity(u32, u32),
    /// Expectation of a bend, from mean, spread and threshold.
    Bent(Kink, Column, Column, Column),
    /// Figure `i` (year and level) of level kernel `k`.
    Levels(u32, u32),
}

/// A capacity path: volumes in, paid capacity out.
#[derive(Debug, Clone)]
pub struct CapacityKernel {
    /// The rule.
    pub rule: Release,
    /// Phase column.
    pub phase: Column,
    /// Volume columns by year.
    pub volumes: Vec<Column>,
}

/// Identity of a node, for hash-consing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum NodeKey {
    Draw(u32),
    Unary(u8, u32, u32),
    Binary(u8, u32, u32),
    Bent(Kink, u32, u32, u32),
    Pinned(Vec<(u32, u64)>),
    PastUse(PastUse, u32, u32, u32),
}

/// The algebra of forms over a model's parameters.
pub struct Forms<'m> {
    model: &'m Model,
    /// The columns, each reading only earlier ones.
    pub nodes: Vec<Node>,
    /// The kernels with state.
    pub kernels: Vec<CapacityKernel>,
    /// The level propagators.
    pub level_kernels: Vec<LevelKernel>,
    known: FxHashMap<NodeKey, Column>,
    /// Factors of a product column, ascending: products of the same factors are one column.
    factors: FxHashMap<Column, Vec<Column>>,
    parameters: FxHashMap<ParameterId, Form>,
}

impl<'m> Forms<'m> {
    /// An empty basis.
    pub fn new(model: &'m Model) -> Self {
        Forms {
            model,
            nodes: vec![Node::One],
            kernels: Vec::new(),
            level_kernels: Vec::new(),
            known: FxHashMap::default(),
            factors: FxHashMap::default(),
            parameters: FxHashMap::default(),
        }
    }

    fn intern(&mut self, key: NodeKey, node: Node) -> Column {
        let nodes = &mut self.nodes;
        *self.known.entry(key).or_insert_with(|| {
            nodes.push(node);
            Column(nodes.len() as u32 - 1)
        })
    }

    /// The form as one column.
    pub fn pin(&mut self, form: &Form) -> Column {
        match form.terms.as_slice() {
            [(column, 1.0)] => *column,
            _ => self.intern(
                NodeKey::Pinned(form.signature()),
                Node::Pinned(form.clone()),
            ),
        }
    }

    fn unary(&mut self, kind: u8, k: u32, v: &Form, node: impl Fn(Column) -> Node) -> Form {
        let column = self.pin(v);
        Form::column(self.intern(NodeKey::Unary(kind, column.0, k), node(column)))
    }

    fn binary(
        &mut self,
        kind: u8,
        a: &Form,
        b: &Form,
        node: impl Fn(Column, Column) -> Node,
    ) -> Form {
        let (a, b) = (self.pin(a), self.pin(b));
        Form::column(self.intern(NodeKey::Binary(kind, a.0, b.0), node(a, b)))
    }

    /// Product of columns: the same factors give the same column in any order.
    fn product(&mut self, a: Column, b: Column) -> Column {
        if a == Column::ONE {
            return b;
        }
        if b == Column::ONE {
            return a;
        }
        let mut factors = self.factors_of(a);
        factors.extend(self.factors_of(b));
        factors.sort_unstable();
        let mut product = factors[0];
        for (n, factor) in factors.iter().enumerate().skip(1) {
            let node = Node::Product(product, *factor);
            product = self.intern(NodeKey::Binary(0, product.0, factor.0), node);
            self.factors
                .entry(product)
                .or_insert_with(|| factors[..=n].to_vec());
        }
        product
    }

    fn factors_of(&self, column: Column) -> Vec<Column> {
        self.factors
            .get(&column)
            .cloned()
            .unwrap_or_else(|| vec![column])
    }

    fn formula(&mut self, formula: &Formula) -> Form {
        match formula {
            Formula::Number(x) => Form::number(*x),
            Formula::Parameter(id) => self.parameter(*id),
            Formula::Add(a, b) => {
                let (a, b) = (self.formula(a), self.formula(b));
                self.sum(&[(1.0, &a), (1.0, &b)])
            }
            Formula::Subtract(a, b) => {
                let (a, b) = (self.formula(a), self.formula(b));
                self.sum(&[(1.0, &a), (-1.0, &b)])
            }
            Formula::Multiply(a, b) => {
                let (a, b) = (self.formula(a), self.formula(b));
                self.multiply(&a, &b)
            }
            Formula::Divide(a, b) => {
                let (a, b) = (self.formula(a), self.formula(b));
                match b.constant() {
                    Some(x) => self.scale(&a, 1.0 / x),
                    None => self.binary(1, &a, &b, Node::Quotient),
                }
            }
        }
    }

    fn expand(&mut self, a: &Form, b: &Form) -> Form {
        let mut terms = Terms::with_capacity(a.terms.len() * b.terms.len());
        for (ca, wa) in &a.terms {
            for (cb, wb) in &b.terms {
                terms.push((self.product(*ca, *cb), wa * wb));
            }
        }
        merge(terms)
    }
}

/// Sorts by column and adds the weights of equal ones, in the order given.
fn merge(mut terms: Terms) -> Form {
    let ascends = terms.windows(2).all(|pair| pair[0].0 < pair[1].0);
    if !ascends {
        terms.sort_by_key(|(column, _)| *column);
        terms.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
    }
    terms.retain(|(_, w)| *w != 0.0);
    Form { terms }
}

impl Algebra for Forms<'_> {
    type Value = Form;

    fn number(&mut self, x: f64) -> Form {
        Form::number(x)
    }

    fn parameter(&mut self, id: ParameterId) -> Form {
        if let Some(form) = self.parameters.get(&id) {
            return form.clone();
        }
        let model = self.model;
        let form = match &model.parameter(id).quantity {
            Quantity::Law(law) if law.is_fixed() => Form::number(law.quantile(0.5)),
            Quantity::Formula(formula) => self.formula(formula),
            _ => Form::column(self.intern(NodeKey::Draw(id.0), Node::Draw(id))),
        };
        // a formula of several terms is one rate class: one column
        let form = match form.terms.len() {
            0 | 1 => form,
            _ => Form::column(self.pin(&form)),
        };
        self.parameters.insert(id, form.clone());
        form
    }

    fn scale(&mut self, v: &Form, by: f64) -> Form {
        if by == 0.0 {
            return Form::default();
        }
        Form {
            terms: v
                .terms
                .iter()
                .map(|(c, w)| (*c, w * by))
                .filter(|t| t.1 != 0.0)
                .collect(),
        }
    }

    fn multiply(&mut self, a: &Form, b: &Form) -> Form {
        if let Some(x) = a.constant() {
            return self.scale(b, x);
        }
        if let Some(x) = b.constant() {
            return self.scale(a, x);
        }
        if a.terms.len() * b.terms.len() <= EXPANSION_LIMIT {
            return self.expand(a, b);
        }
        let (long, short) = if a.terms.len() >= b.terms.len() {
            (a, b)
        } else {
            (b, a)
        };
        let pinned = Form::column(self.pin(long));
        if short.terms.len() > EXPANSION_LIMIT {
            let short = Form::column(self.pin(short));
            return self.expand(&pinned, &short);
        }
        self.expand(&pinned, short)
    }

    fn sum(&mut self, terms: &[(f64, &Form)]) -> Form {
        let all = terms
            .iter()
            .flat_map(|(by, v)| v.terms.iter().map(move |(c, w)| (*c, by * w)));
        merge(all.collect())
    }

    fn complement(&mut self, v: &Form) -> Form {
        match v.constant() {
            Some(x) => Form::number(1.0 - x),
            None => self.unary(1, 0, v, Node::Complement),
        }
    }

    fn atom(&mut self, v: &Form) -> Form {
        match v.terms.len() {
            0 | 1 => v.clone(),
            _ => Form::column(self.pin(v)),
        }
    }

    fn positive(&mut self, v: &Form) -> Form {
        if let Some(x) = v.constant() {
            return Form::number(x.max(0.0));
        }
        if let [(column, weight)] = v.terms.as_slice() {
            // max(0, w·c) = |w| · max(0, ±c): the column stays shared between cells
            let signed = Form {
                terms: smallvec![(*column, weight.signum())],
            };
            let part = self.unary(2, 0, &signed, Node::Positive);
            return self.scale(&part, weight.abs());
        }
        self.unary(2, 0, v, Node::Positive)
    }

    fn minimum(&mut self, a: &Form, b: &Form) -> Form {
        match (a.constant(), b.constant()) {
            (Some(x), Some(y)) => Form::number(x.min(y)),
            _ => self.binary(2, a, b, Node::Minimum),
        }
    }

    fn growth(&mut self, rate: &Form, k: u32) -> Form {
        match rate.constant() {
            Some(x) => Form::number((0..k).fold(1.0, |g, _| g * (1.0 + x))),
            None => self.unary(3, k, rate, |c| Node::Growth(c, k)),
        }
    }

    fn rationed(&mut self, cap: &Form, demand: &Form) -> Form {
        self.binary(3, cap, demand, Node::Rationed)
    }

    fn ratio(&mut self, a: &Form, b: &Form) -> Form {
        match (a.constant(), b.constant()) {
            (Some(0.0), _) | (_, Some(0.0)) => Form::default(),
            (_, Some(x)) => self.scale(a, 1.0 / x),
            _ => self.binary(4, a, b, Node::Ratio),
        }
    }

    fn past_use(&mut self, what: PastUse, rate: &Form, shape: &Form, at_least: u32) -> Form {
        if let (Some(rate), Some(shape)) = (rate.constant(), shape.constant()) {
            return Form::number(past_use(what, rate, shape, at_least));
        }
        let (rate, shape) = (self.pin(rate), self.pin(shape));
        let key = NodeKey::PastUse(what, rate.0, shape.0, at_least);
        Form::column(self.intern(key, Node::PastUse(what, rate, shape, at_least)))
    }

    fn capacity(&mut self, rule: &Release, phase: &Form, volumes: &[Form]) -> Vec<Form> {
        let phase = self.pin(phase);
        let volumes: Vec<Column> = volumes.iter().map(|v| self.pin(v)).collect();
        let same = |k: &CapacityKernel| k.phase == phase && k.volumes == volumes && k.rule == *rule;
        let at = match self.kernels.iter().position(same) {
            Some(at) => at as u32,
            None => self.add_kernel(rule, phase, &volumes),
        };
        let year = |t: u32| Form::column(self.known[&NodeKey::Unary(9, at, t)]);
        (0..volumes.len() as u32).map(year).collect()
    }

    fn bent(&mut self, kink: Kink, mean: &Form, spread: &Form, threshold: &Form) -> Form {
        if let (Some(m), Some(s), Some(c)) =
            (mean.constant(), spread.constant(), threshold.constant())
        {
            return Form::number(kink.at(m, s, c));
        }
        let of = [mean, spread, threshold].map(|v| self.pin(v));
        let key = NodeKey::Bent(kink, of[0].0, of[1].0, of[2].0);
        Form::column(self.intern(key, Node::Bent(kink, of[0], of[1], of[2])))
    }

    fn shares(&mut self, course: &Course, moves: &[Form]) -> Vec<Form> {
        let moves = moves.iter().map(|v| self.pin(v)).collect();
        self.level_kernel(LevelKernel {
            course: course.clone(),
            moves,
            change: None,
        })
    }

    fn emptied(
        &mut self,
        course: &Course,
        moves: &[Form],
        shares: &[Form],
        cuts: &[Vec<Form>],
    ) -> Vec<Form> {
        let pinned = |forms: &mut Self, all: &[Form]| -> Vec<Column> {
            all.iter().map(|v| forms.pin(v)).collect()
        };
        let moves = pinned(self, moves);
        let shares = pinned(self, shares);
        let cuts = cuts.iter().map(|year| pinned(self, year)).collect();
        self.level_kernel(LevelKernel {
            course: course.clone(),
            moves,
            change: Some((shares, cuts)),
        })
    }
}

impl Forms<'_> {
    /// The outputs of a level kernel; one that is known already is not added again.
    fn level_kernel(&mut self, kernel: LevelKernel) -> Vec<Form> {
        let size = kernel.course.size() as u32;
        let at = match self.level_kernels.iter().position(|k| *k == kernel) {
            Some(at) => at as u32,
            None => {
                self.level_kernels.push(kernel);
                self.level_kernels.len() as u32 - 1
            }
        };
        let output =
            |i: u32| Form::column(self.intern(NodeKey::Unary(10, at, i), Node::Levels(at, i)));
        (0..size).map(output).collect()
    }

    fn add_kernel(&mut self, rule: &Release, phase: Column, volumes: &[Column]) -> u32 {
        let at = self.kernels.len() as u32;
        let volumes = volumes.to_vec();
        for t in 0..volumes.len() as u32 {
            self.intern(NodeKey::Unary(9, at, t), Node::Capacity(at, t));
        }
        self.kernels.push(CapacityKernel {
            rule: rule.clone(),
            phase,
            volumes,
        });
        at
    }
}
