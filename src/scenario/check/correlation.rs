//! Parameters that move together.

use std::collections::BTreeSet;

use super::laws::Drawn;
use super::{Checking, items, list, number, text, text_or_empty};
use crate::diagnostic::{Fault, Span};
use crate::model::{Correlation, ParameterId};
use crate::random::Copula;
use crate::scenario::tree::{Node, Table};

impl Checking<'_> {
    /// The correlations of world and agreement; members that are not in use are left out.
    pub fn correlations(
        &mut self,
        world: Option<&Table>,
        agreement: Option<&Table>,
    ) -> Vec<Correlation> {
        let mut seen = BTreeSet::new();
        let mut correlations = Vec::new();
        for table in [world, agreement].into_iter().flatten() {
            for (table, at) in items(table, "correlation") {
                correlations.extend(self.correlation(table, at, &mut seen));
            }
        }
        correlations
    }

    fn correlation(
        &mut self,
        table: &Table,
        at: Span,
        seen: &mut BTreeSet<String>,
    ) -> Option<Correlation> {
        let names = self.members(table, seen)?;
        self.reasoned(table, &names, at);
        let matrix = match table.node("matrix") {
            Some(node) => self.matrix(node, names.len())?,
            None => self.same_for_all(table, names.len())?,
        };
        if let Err(wrong) = Copula::new(&matrix) {
            let at = table
                .node("matrix")
                .or(table.node("all"))
                .map_or(at, |node| node.span);
            let names = names.join(", ");
            self.raise(
                at,
                Fault::NotPositive {
                    names,
                    nearest: shown(&wrong.nearest),
                },
            );
            return None;
        }
        self.in_use(&names, &matrix, text_or_empty(table, "reason"), at)
    }

    /// Figures of one party may move together without a word; across parties the reason is
    /// part of the agreement, because the correlation shifts risk between them.
    fn reasoned(&mut self, table: &Table, names: &[String], at: Span) {
        let owner = |name: &String| {
            let figure = self.figures.named(name)?;
            text(&figure.table, "owner")
        };
        let owners: BTreeSet<String> = names.iter().filter_map(owner).collect();
        if owners.len() > 1 && table.node("reason").is_none() {
            let parties = Vec::from_iter(owners).join(", ");
            self.raise(at, Fault::CorrelationWithoutReason { parties });
        }
    }

    /// The names: known, uncertain, in one correlation only.
    fn members(&mut self, table: &Table, seen: &mut BTreeSet<String>) -> Option<Vec<String>> {
        let mut names = Vec::new();
        let mut sound = true;
        for node in list(table, "parameters") {
            let Some(name) = node.text() else { continue };
            let Some(figure) = self.figures.named(name) else {
                self.unknown_figure_name(name, node.span);
                sound = false;
                continue;
            };
            let why = match &figure.drawn {
                Some(Drawn::Formula(_)) => Some("is a formula: correlate what it is made of"),
                Some(Drawn::Law(law)) if law.is_fixed() => Some("is fixed: it moves with nothing"),
                _ if seen.contains(name) => Some("is in two correlations"),
                _ => None,
            };
            if let Some(why) = why {
                let why = format!("`{name}` {why}");
                self.raise(node.span, Fault::CorrelationArguments { why });
                sound = false;
            }
            seen.insert(name.to_owned());
            names.push(name.to_owned());
        }
        if let (true, Some(node)) = (sound && names.len() < 2, table.node("parameters")) {
            let why = "two parameters or more are needed".to_owned();
            self.raise(node.span, Fault::CorrelationArguments { why });
            sound = false;
        }
        sound.then_some(names)
    }

    fn same_for_all(&mut self, table: &Table, size: usize) -> Option<Vec<Vec<f64>>> {
        let all = number(table, "all")?;
        self.correlation_value(table.node("all")?.span, all)?;
        let entry = |i: usize, j: usize| if i == j { 1.0 } else { all };
        Some(
            (0..size)
                .map(|i| (0..size).map(|j| entry(i, j)).collect())
                .collect(),
        )
    }

    fn matrix(&mut self, node: &Node, size: usize) -> Option<Vec<Vec<f64>>> {
        let rows = node.list()?;
        let mut matrix = Vec::new();
        for row in rows {
            let row: Vec<f64> = row
                .list()?
                .iter()
                .map(Node::number)
                .collect::<Option<_>>()?;
            matrix.push(row);
        }
        if matrix.len() != size || matrix.iter().any(|row| row.len() != size) {
            let why = format!("{size} parameters need a matrix of {size} rows and columns");
            self.raise(node.span, Fault::CorrelationArguments { why });
            return None;
        }
        for (i, row) in rows.iter().enumerate() {
            for (j, entry) in row.list()?.iter().enumerate() {
                self.entry(entry.span, (i, j), &matrix)?;
            }
        }
        Some(matrix)
    }

    /// One entry: a correlation, 1 on the diagonal, the same across it.
    fn entry(&mut self, at: Span, (i, j): (usize, usize), matrix: &[Vec<f64>]) -> Option<()> {
        let (one, other) = (matrix[i][j], matrix[j][i]);
        self.correlation_value(at, one)?;
        if i == j && one != 1.0 {
            let why = "the diagonal is 1".to_owned();
            self.raise(at, Fault::CorrelationArguments { why });
            return None;
        }
        if one != other {
            let (row, column) = (i + 1, j + 1);
            self.raise(
                at,
                Fault::NotSymmetric {
                    row,
                    column,
                    one,
                    other,
                },
            );
            return None;
        }
        Some(())
    }

    fn correlation_value(&mut self, at: Span, value: f64) -> Option<()> {
        let sound = (-1.0..=1.0).contains(&value);
        if !sound {
            let why = format!("{value} is outside -1 to 1");
            self.raise(at, Fault::CorrelationArguments { why });
        }
        sound.then_some(())
    }

    fn in_use(
        &self,
        names: &[String],
        matrix: &[Vec<f64>],
        reason: String,
        at: Span,
    ) -> Option<Correlation> {
        let used: Vec<(usize, ParameterId)> = names
            .iter()
            .enumerate()
            .filter_map(|(i, name)| Some((i, self.figures.id(name)?)))
            .filter(|(i, _)| {
                let figure = self.figures.named(&names[*i]);
                matches!(figure.and_then(|f| f.drawn.as_ref()), Some(Drawn::Law(_)))
            })
            .collect();
        if used.len() < 2 {
            return None;
        }
        let matrix = used
            .iter()
            .map(|(i, _)| used.iter().map(|(j, _)| matrix[*i][*j]).collect())
            .collect();
        let parameters = used.iter().map(|(_, id)| *id).collect();
        Some(Correlation {
            parameters,
            matrix,
            reason,
            origin: self.origin(at),
        })
    }
}

fn shown(matrix: &[Vec<f64>]) -> String {
    let rows: Vec<String> = matrix
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.iter().map(f64::to_string).collect();
            format!("[{}]", cells.join(", "))
        })
        .collect();
    format!("[{}]", rows.join(", "))
}
