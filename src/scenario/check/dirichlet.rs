//! Shares of one whole: a Dirichlet law, as independent gammas over their sum.
//!
//! X_i ~ Gamma(α_i, 1) independent ⟹ X_i/ΣX ~ Dirichlet(α) (L. Devroye, *Non-Uniform Random
//! Variate Generation*, 1986, theorem XI.4.1). The gammas are parameters of their own, drawn and
//! weighed like any; the shares are formulas of them.

use super::figures::Figure;
use super::formula::Expression;
use super::laws::Drawn;
use super::{Checking, items, list, text, words};
use crate::diagnostic::{Fault, Span};
use crate::model::Words;
use crate::random::Law;
use crate::scenario::tree::{Node, Table};
use crate::units::Unit;

/// The name of the gamma behind one share: no author can write it.
fn hidden(dirichlet: &str, i: usize) -> String {
    format!("dirichlet:{dirichlet}:{}", i + 1)
}

impl Checking<'_> {
    /// Adds the figures that the Dirichlets of world and agreement define.
    pub fn read_dirichlets(&mut self, world: Option<&Table>, agreement: Option<&Table>) {
        let mut seen: Vec<String> = Vec::new();
        for (of_agreement, table) in [(false, world), (true, agreement)] {
            let Some(table) = table else { continue };
            for (stated, at) in items(table, "dirichlet") {
                self.read_dirichlet(stated, at, of_agreement, &mut seen);
            }
        }
    }

    fn read_dirichlet(
        &mut self,
        stated: &Table,
        at: Span,
        of_agreement: bool,
        seen: &mut Vec<String>,
    ) {
        let (Some(node), Some(counts)) = (stated.node("name"), stated.node("counts")) else {
            return;
        };
        let Some(name) = node.text() else { return };
        if seen.iter().any(|other| other == name) {
            let what = "[[dirichlet]]".to_owned();
            let name = name.to_owned();
            return self.raise(node.span, Fault::DuplicateName { name, what });
        }
        seen.push(name.to_owned());
        let members: Vec<&Node> = list(stated, "parameters").iter().collect();
        let figures: Vec<f64> = list(stated, "counts")
            .iter()
            .filter_map(Node::number)
            .collect();
        if figures.len() != list(stated, "counts").len() {
            return; // told by the grammar
        }
        if members.len() != figures.len() || members.len() < 2 {
            let fault = Fault::DirichletLengths {
                name: name.to_owned(),
                parameters: members.len(),
                counts: figures.len(),
            };
            return self.raise(counts.span, fault);
        }
        let gammas: Vec<String> = (0..members.len()).map(|i| hidden(name, i)).collect();
        let whole: f64 = figures.iter().sum();
        for (i, (member, count)) in members.iter().zip(&figures).enumerate() {
            let Some(parameter) = member.text() else {
                continue;
            };
            let law = match Law::gamma_shape(*count, 1.0) {
                Ok(law) => law,
                Err(fault) => {
                    let (law, why) = ("dirichlet".to_owned(), fault.to_string());
                    return self.raise(counts.span, Fault::LawArguments { law, why });
                }
            };
            let label = label_of(stated, parameter);
            let figure = |unit: Unit, drawn: Drawn, mean: f64, origin| Figure {
                table: stated.clone(),
                at,
                label: label.clone(),
                unit: Some(unit),
                drawn: Some(drawn),
                mean: Some(mean),
                price: None,
                origin,
                of_agreement: false,
            };
            let origin = self.origin(member.span);
            let gamma = figure(Unit::Ratio, Drawn::Law(law), *count, origin.clone());
            self.figures.add(gammas[i].clone(), gamma);
            let Some(share) = Expression::share(&gammas[i], &gammas, member.span) else {
                continue;
            };
            let share = figure(Unit::Share, Drawn::Formula(share), count / whole, origin);
            if !self.figures.add(parameter.to_owned(), share) {
                let name = parameter.to_owned();
                self.raise(member.span, Fault::DirichletTaken { name });
            }
        }
        if of_agreement {
            let names = members.iter().filter_map(|m| m.text()).map(str::to_owned);
            self.figures
                .together
                .push((name.to_owned(), node.span, names.collect()));
        }
    }
}

/// What the shares are, and which of them this is.
fn label_of(stated: &Table, parameter: &str) -> Words {
    let which = parameter.replace('_', " ");
    let of = |text: &str| format!("{text}: {which}");
    match words(stated, "label") {
        Some(label) => Words {
            da: of(&label.da),
            en: of(&label.en),
        },
        None => Words::same(text(stated, "name").unwrap_or_default()),
    }
}
