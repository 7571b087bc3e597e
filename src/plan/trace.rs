//! The algebra of explanations: what a value rests on, as a formula a reader can follow.
//!
//! A value is Σ weight · atom · atom …, an atom being a parameter or a named operation on
//! parameters. Weights gather what is no parameter: persons, pace, factors, prices.
//! An operation is written as `#key`: a reader's language names it when it is printed.
//! It walks the model itself, never the optimised plan.

use super::algebra::Algebra;
use super::kink::Kink;
use super::past_use::PastUse;
use crate::model::{Course, Formula, Model, ParameterId, Quantity, Release};
use std::collections::BTreeMap;

/// An atom: its text and the parameters it rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Atom {
    /// Text, with parameter names.
    pub text: String,
    /// Parameters, ascending.
    pub parameters: Vec<ParameterId>,
}

/// Σ weight · atoms.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Traced {
    /// By atom indices (ascending), the weight.
    terms: BTreeMap<Vec<u32>, f64>,
}

/// Products with more terms become one atom: a reader cannot follow them anyway.
const READABLE: usize = 64;

/// The algebra.
pub struct Trace<'m> {
    model: &'m Model,
    atoms: Vec<Atom>,
    index: BTreeMap<Atom, u32>,
}

impl<'m> Trace<'m> {
    /// Knows no atom yet.
    pub fn new(model: &'m Model) -> Self {
        Trace {
            model,
            atoms: Vec::new(),
            index: BTreeMap::new(),
        }
    }

    fn atom(&mut self, text: String, mut parameters: Vec<ParameterId>) -> Traced {
        parameters.sort_unstable();
        parameters.dedup();
        let atom = Atom { text, parameters };
        let atoms = &mut self.atoms;
        let at = *self.index.entry(atom.clone()).or_insert_with(|| {
            atoms.push(atom);
            atoms.len() as u32 - 1
        });
        Traced {
            terms: BTreeMap::from([(vec![at], 1.0)]),
        }
    }

    /// Parameters that a value rests on, ascending.
    pub fn parameters(&self, v: &Traced) -> Vec<ParameterId> {
        let atoms = v.terms.keys().flatten();
        let mut all: Vec<ParameterId> = atoms
            .flat_map(|a| self.atoms[*a as usize].parameters.clone())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The terms as (weight, text), largest weight first.
    pub fn terms(&self, v: &Traced) -> Vec<(f64, String)> {
        let text = |atoms: &Vec<u32>| {
            let parts: Vec<&str> = atoms
                .iter()
                .map(|a| self.atoms[*a as usize].text.as_str())
                .collect();
            parts.join(" × ")
        };
        let mut terms: Vec<(f64, String)> = v.terms.iter().map(|(a, w)| (*w, text(a))).collect();
        terms.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()).then(a.1.cmp(&b.1)));
        terms
    }

    /// One line of text.
    fn text(&self, v: &Traced) -> String {
        let terms = self.terms(v);
        let part = |(w, text): &(f64, String)| match (text.as_str(), *w) {
            ("", w) => short(w),
            (text, 1.0) => text.to_string(),
            (text, w) => format!("{} × {text}", short(w)),
        };
        match terms.len() {
            0 => "0".into(),
            1..=3 => terms.iter().map(part).collect::<Vec<_>>().join(" + "),
            n => format!("{} + … ({n} #more_terms)", part(&terms[0])),
        }
    }

    fn operation(&mut self, name: &str, of: &[&Traced]) -> Traced {
        let texts: Vec<String> = of.iter().map(|v| self.text(v)).collect();
        let parameters = of.iter().flat_map(|v| self.parameters(v)).collect();
        self.atom(format!("{name}({})", texts.join("; ")), parameters)
    }

    fn formula(&mut self, formula: &Formula) -> Traced {
        match formula {
            Formula::Number(x) => self.number(*x),
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
                match constant(&b) {
                    Some(x) => self.scale(&a, 1.0 / x),
                    None => {
                        let inverse = self.operation("1 / ", &[&b]);
                        self.multiply(&a, &inverse)
                    }
                }
            }
        }
    }
}

fn constant(v: &Traced) -> Option<f64> {
    match v.terms.len() {
        0 => Some(0.0),
        1 => v.terms.get(&Vec::new()).copied(),
        _ => None,
    }
}

/// Four significant digits are enough to recognise a weight.
fn short(x: f64) -> String {
    let magnitude = x.abs();
    if magnitude >= 1000.0 || magnitude == 0.0 {
        format!("{x:.0}")
    } else if magnitude >= 1.0 {
        format!("{x:.2}")
    } else {
        format!("{x:.4}")
    }
}

impl Algebra for Trace<'_> {
    type Value = Traced;

    fn number(&mut self, x: f64) -> Traced {
        let mut terms = BTreeMap::new();
        if x != 0.0 {
            terms.insert(Vec::new(), x);
        }
        Traced { terms }
    }

    fn parameter(&mut self, id: ParameterId) -> Traced {
        let model = self.model;
        let parameter = model.parameter(id);
        match &parameter.quantity {
            // by its own name: what it is computed from stands with the parameters
            Quantity::Formula(formula) => {
                let traced = self.formula(formula);
                let mut rests_on = self.parameters(&traced);
                rests_on.push(id);
                self.atom(parameter.name.clone(), rests_on)
            }
            _ => self.atom(parameter.name.clone(), vec![id]),
        }
    }

    fn scale(&mut self, v: &Traced, by: f64) -> Traced {
        if by == 0.0 {
            return Traced::default();
        }
        Traced {
            terms: v.terms.iter().map(|(a, w)| (a.clone(), w * by)).collect(),
        }
    }

    fn multiply(&mut self, a: &Traced, b: &Traced) -> Traced {
        if a.terms.len() * b.terms.len() > READABLE {
            let (long, short) = if a.terms.len() > b.terms.len() {
                (a, b)
            } else {
                (b, a)
            };
            let one = self.operation("", &[long]);
            return self.multiply(&one, short);
        }
        let mut terms = BTreeMap::new();
        for (left, x) in &a.terms {
            for (right, y) in &b.terms {
                let mut atoms: Vec<u32> = left.iter().chain(right).copied().collect();
                atoms.sort_unstable();
                *terms.entry(atoms).or_insert(0.0) += x * y;
            }
        }
        Traced { terms }
    }

    fn sum(&mut self, terms: &[(f64, &Traced)]) -> Traced {
        let mut all: BTreeMap<Vec<u32>, f64> = BTreeMap::new();
        for (by, v) in terms {
            for (atoms, w) in &v.terms {
                *all.entry(atoms.clone()).or_insert(0.0) += by * w;
            }
        }
        all.retain(|_, w| *w != 0.0);
        Traced { terms: all }
    }

    fn complement(&mut self, v: &Traced) -> Traced {
        match constant(v) {
            Some(x) => self.number(1.0 - x),
            None => {
                let (text, parameters) = (self.text(v), self.parameters(v));
                self.atom(format!("(1 − {text})"), parameters)
            }
        }
    }

    fn positive(&mut self, v: &Traced) -> Traced {
        match constant(v) {
            Some(x) => self.number(x.max(0.0)),
            None => {
                let zero = Traced::default();
                self.operation("max", &[&zero, v])
            }
        }
    }

    fn minimum(&mut self, a: &Traced, b: &Traced) -> Traced {
        self.operation("min", &[a, b])
    }

    fn growth(&mut self, rate: &Traced, k: u32) -> Traced {
        let (text, parameters) = (self.text(rate), self.parameters(rate));
        self.atom(format!("(1 + {text})^{k}"), parameters)
    }

    fn rationed(&mut self, cap: &Traced, demand: &Traced) -> Traced {
        self.operation("#rationed", &[cap, demand])
    }

    fn ratio(&mut self, a: &Traced, b: &Traced) -> Traced {
        match constant(b) {
            Some(0.0) => Traced::default(),
            Some(x) => self.scale(a, 1.0 / x),
            None => self.operation("#ratio", &[a, b]),
        }
    }

    fn past_use(&mut self, what: PastUse, rate: &Traced, shape: &Traced, c: u32) -> Traced {
        let name = match what {
            PastUse::Persons => format!("#picked[≥ {c}]"),
            PastUse::Expected => format!("#their_use[≥ {c}]"),
            PastUse::Observed => format!("#their_past_use[≥ {c}]"),
        };
        self.operation(&name, &[rate, shape])
    }

    fn capacity(&mut self, _: &Release, phase: &Traced, volumes: &[Traced]) -> Vec<Traced> {
        (0..volumes.len())
            .map(|t| {
                let upto: Vec<&Traced> = volumes[..=t].iter().collect();
                let mut parameters = self.parameters(phase);
                parameters.extend(upto.iter().flat_map(|v| self.parameters(v)));
                let last = self.text(&volumes[t]);
                self.atom(format!("#capacity[{last}]"), parameters)
            })
            .collect()
    }

    fn bent(&mut self, kink: Kink, mean: &Traced, spread: &Traced, threshold: &Traced) -> Traced {
        let name = match kink {
            Kink::Excess => "E max0",
            Kink::Above => "#exceeds",
            Kink::Limited => "E #rationed",
        };
        let mut parameters = self.parameters(mean);
        parameters.extend(self.parameters(spread));
        parameters.extend(self.parameters(threshold));
        let text = format!("{name}({}; {})", self.text(mean), self.text(threshold));
        self.atom(text, parameters)
    }

    fn shares(&mut self, course: &Course, moves: &[Traced]) -> Vec<Traced> {
        self.levels_of(course, "#ratio", moves.iter())
    }

    fn emptied(
        &mut self,
        course: &Course,
        moves: &[Traced],
        _: &[Traced],
        cuts: &[Vec<Traced>],
    ) -> Vec<Traced> {
        let all = moves.iter().chain(cuts.iter().flatten());
        self.levels_of(course, "#fewer", all)
    }
}

impl Trace<'_> {
    /// One atom for each year and level; in the first year nothing has moved.
    fn levels_of<'v>(
        &mut self,
        course: &Course,
        what: &str,
        rests_on: impl Iterator<Item = &'v Traced>,
    ) -> Vec<Traced> {
        let parameters: Vec<ParameterId> = rests_on.flat_map(|v| self.parameters(v)).collect();
        let mut path = Vec::with_capacity(course.size());
        for t in 0..course.years() {
            for level in &course.levels {
                let parameters = if t == 0 {
                    Vec::new()
                } else {
                    parameters.clone()
                };
                let text = format!("{what}[{} #level {level}, #year {}]", course.group, t + 1);
                path.push(self.atom(text, parameters));
            }
        }
        path
    }
}
