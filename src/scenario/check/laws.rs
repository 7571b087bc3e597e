//! The law of a parameter: from the author's evidence to a checked distribution.
//!
//! What can be told in the author's words (an interval in the wrong order, a share in percent) is
//! told before the law is asked; the rest is told in the law's words.

use super::formula::Expression;
use super::{Checking, number};
use crate::diagnostic::{Fault, Span};
use crate::random::{IntervalFamily, Law, LawFault};
use crate::scenario::tree::{Node, Table};
use crate::units::Unit;

/// What a parameter's value is.
#[derive(Debug, Clone)]
pub enum Drawn {
    Law(Law),
    Formula(Expression),
    Unknown(Option<(f64, f64)>),
}

impl Checking<'_> {
    /// The value of a parameter, from `law` and `truncate`.
    pub fn drawn(
        &mut self,
        name: &str,
        law: &Node,
        parameter: &Table,
        unit: Option<Unit>,
    ) -> Option<Drawn> {
        let [entry] = law.table()?.entries.as_slice() else {
            return None;
        };
        match entry.key.as_str() {
            "formula" => {
                let text = entry.node.text()?;
                Expression::read(text, entry.node.span, self.faults).map(Drawn::Formula)
            }
            "unknown" => self.unknown_figure(&entry.node).map(Drawn::Unknown),
            family => {
                if self.in_percent(name, &entry.node, unit) {
                    return None;
                }
                let law = self.law(family, &entry.node)?;
                let law = self.truncated(law, parameter)?;
                self.within_unit(name, law, entry.node.span, unit)
                    .map(Drawn::Law)
            }
        }
    }

    fn unknown_figure(&mut self, node: &Node) -> Option<Option<(f64, f64)>> {
        let table = node.table()?;
        match (number(table, "low"), number(table, "high")) {
            (Some(low), Some(high)) => self
                .rising("unknown", node.span, low, high)
                .then_some(Some((low, high))),
            _ => Some(None),
        }
    }

    /// A share or a growth whose figures look like percent, told at the first such figure.
    fn in_percent(&mut self, name: &str, law: &Node, unit: Option<Unit>) -> bool {
        if !matches!(unit, Some(Unit::Share | Unit::PerYear)) {
            return false;
        }
        let mut values: Vec<(f64, Span)> = Vec::new();
        central_values(law, &mut values);
        let above = values
            .iter()
            .all(|(value, _)| *value > 1.0 && *value <= 100.0);
        match values.first() {
            Some((found, at)) if above => {
                let fault = Fault::GivenInPercent {
                    name: name.to_owned(),
                    found: *found,
                };
                self.raise(*at, fault);
                true
            }
            _ => false,
        }
    }

    fn law(&mut self, family: &str, node: &Node) -> Option<Law> {
        let at = node.span;
        if family == "fixed" {
            let value = node.number().filter(|value| value.is_finite())?;
            return self.made(family, at, Law::fixed(value));
        }
        let table = node.table()?;
        let get = |key: &str| number(table, key);
        let law = match family {
            "normal" => Law::normal(get("mean")?, get("sd")?),
            "lognormal" => return self.lognormal(table, at),
            "gamma" => Law::gamma(get("mean")?, get("se")?),
            "beta" => match (get("mean"), get("se"), get("successes"), get("failures")) {
                (Some(mean), Some(se), None, None) => Law::beta(mean, se),
                (None, None, Some(successes), Some(failures)) => {
                    Law::beta_counts(successes, failures)
                }
                _ => {
                    return self.wrong_pair(family, at, "mean with se, or successes with failures");
                }
            },
            "uniform" => {
                let (min, max) = (get("min")?, get("max")?);
                self.rising(family, at, min, max).then_some(())?;
                Law::uniform(min, max)
            }
            "triangular" | "pert" => {
                let (min, mode, max) = (get("min")?, get("mode")?, get("max")?);
                self.rising(family, at, min, max).then_some(())?;
                self.middle("mode", table, mode, min, max).then_some(())?;
                if family == "pert" {
                    Law::pert(min, mode, max)
                } else {
                    Law::triangular(min, mode, max)
                }
            }
            "empirical" => {
                let values = numbers(table, "values")?;
                let weights = match table.node("weights") {
                    Some(_) => numbers(table, "weights")?,
                    None => vec![1.0; values.len()],
                };
                Law::empirical(&values, &weights)
            }
            "three_point" => {
                let (low, mid, high) = (get("low")?, get("mid")?, get("high")?);
                self.rising(family, at, low, high).then_some(())?;
                self.middle("mid", table, mid, low, high).then_some(())?;
                Law::three_point(low, mid, high)
            }
            "pilot" => {
                let seen = super::targeting::evidence_of(table)?;
                if seen.trial.dispersion < 1.0 {
                    let why = "the dispersion is at least 1".to_owned();
                    let law = family.to_owned();
                    self.raise(at, Fault::LawArguments { law, why });
                    return None;
                }
                let shrunk = seen.trial.shrunk(seen.prior_median, seen.prior_sigma);
                Law::lognormal(shrunk.median, shrunk.sigma)
            }
            "interval80" => {
                let (low, high) = (get("low")?, get("high")?);
                self.rising(family, at, low, high).then_some(())?;
                let family = match table.node("family")?.text()? {
                    "normal" => IntervalFamily::Normal,
                    "lognormal" => IntervalFamily::LogNormal,
                    "gamma" => IntervalFamily::Gamma,
                    "beta" => IntervalFamily::Beta,
                    _ => return None,
                };
                Law::interval80(low, high, family)
            }
            _ => return None,
        };
        self.made(family, at, law)
    }

    fn lognormal(&mut self, table: &Table, at: Span) -> Option<Law> {
        let get = |key: &str| number(table, key);
        let law = match (
            get("median"),
            get("mean"),
            table.node("ci95"),
            get("sigma"),
            get("sd"),
        ) {
            (Some(median), None, Some(interval), None, None) => {
                let [low, high] = numbers(table, "ci95")?[..] else {
                    return self.wrong_pair("lognormal", interval.span, "ci95 = [low, high]");
                };
                self.rising("ci95", interval.span, low, high)
                    .then_some(())?;
                self.middle("median", table, median, low, high)
                    .then_some(())?;
                Law::lognormal_ci95(median, low, high)
            }
            (Some(median), None, None, Some(sigma), None) => Law::lognormal(median, sigma),
            (None, Some(mean), None, None, Some(sd)) => Law::lognormal_mean_sd(mean, sd),
            (None, None, ..) | (Some(_), Some(_), ..) => return None,
            _ => {
                let pairs = "median with ci95 or sigma, or mean with sd";
                return self.wrong_pair("lognormal", at, pairs);
            }
        };
        self.made("lognormal", at, law)
    }

    fn made(&mut self, family: &str, at: Span, law: Result<Law, LawFault>) -> Option<Law> {
        match law {
            Ok(law) => Some(law),
            Err(fault) => {
                let (law, why) = (family.to_owned(), fault.to_string());
                self.raise(at, Fault::LawArguments { law, why });
                None
            }
        }
    }

    fn wrong_pair(&mut self, family: &str, at: Span, pairs: &str) -> Option<Law> {
        let (law, why) = (family.to_owned(), format!("it takes {pairs}"));
        self.raise(at, Fault::LawArguments { law, why });
        None
    }

    fn rising(&mut self, what: &str, at: Span, low: f64, high: f64) -> bool {
        if low >= high {
            self.raise(
                at,
                Fault::IntervalOrder {
                    what: what.to_owned(),
                    low,
                    high,
                },
            );
        }
        low < high
    }

    fn middle(&mut self, key: &str, table: &Table, middle: f64, low: f64, high: f64) -> bool {
        let inside = low <= middle && middle <= high;
        if let (false, Some(node)) = (inside, table.node(key)) {
            let what = key.to_owned();
            self.raise(
                node.span,
                Fault::MiddleOutside {
                    what,
                    middle,
                    low,
                    high,
                },
            );
        }
        inside
    }

    fn truncated(&mut self, law: Law, parameter: &Table) -> Option<Law> {
        let Some(node) = parameter.node("truncate") else {
            return Some(law);
        };
        let wrong = |low: f64, high: f64, why: &str| Fault::Truncation {
            low,
            high,
            why: why.to_owned(),
        };
        let [low, high] = numbers(parameter, "truncate")?[..] else {
            self.raise(
                node.span,
                wrong(f64::NAN, f64::NAN, "two bounds are needed"),
            );
            return None;
        };
        if low >= high {
            self.raise(
                node.span,
                wrong(low, high, "the lower bound is not below the upper"),
            );
            return None;
        }
        match law.truncated(Some(low), Some(high)) {
            Ok(law) => Some(law),
            Err(fault) => {
                self.raise(node.span, wrong(low, high, &fault.to_string()));
                None
            }
        }
    }

    /// A law that its unit allows. One whose tail passes a bound with less than one in a million
    /// (a normal cost far from 0) is truncated there, so that no draw ever does; more is a fault.
    fn within_unit(&mut self, name: &str, law: Law, at: Span, unit: Option<Unit>) -> Option<Law> {
        const RARE: f64 = 1e-6;
        let Some(unit) = unit else { return Some(law) };
        let (low, high) = law.support();
        let below = unit.is_non_negative() && low < 0.0;
        let above = unit == Unit::Share && high > 1.0;
        if !below && !above {
            return Some(law);
        }
        for (reached, extreme) in [(law.quantile(RARE), low), (law.quantile(1.0 - RARE), high)] {
            if outside_unit(name, unit, reached).is_some() {
                let shown = if extreme.is_finite() {
                    extreme
                } else {
                    rounded(reached)
                };
                let fault = outside_unit(name, unit, shown);
                fault.into_iter().for_each(|fault| self.raise(at, fault));
                return None;
            }
        }
        let bounds = (below.then_some(0.0), above.then_some(1.0));
        self.made("truncate", at, law.truncated(bounds.0, bounds.1))
    }
}

/// What is wrong with a value of a unit, if anything.
pub fn outside_unit(name: &str, unit: Unit, found: f64) -> Option<Fault> {
    let owned = name.to_owned();
    match unit {
        Unit::Share if !(0.0..=1.0).contains(&found) => {
            Some(Fault::ShareOutside { name: owned, found })
        }
        unit if unit.is_amount() && found < 0.0 => Some(Fault::NegativeCost { name: owned, found }),
        unit if unit.is_non_negative() && found < 0.0 => Some(Fault::NegativeFigure {
            what: format!("`{name}`"),
            found,
        }),
        _ => None,
    }
}

/// The figures of a law that lie where its values lie: not its spread, not its counts.
fn central_values(law: &Node, values: &mut Vec<(f64, Span)>) {
    if let Some(value) = law.number() {
        values.push((value, law.span));
    }
    let Some(table) = law.table() else { return };
    const CENTRAL: [&str; 9] = [
        "mean", "median", "min", "mode", "max", "low", "mid", "high", "values",
    ];
    for entry in table
        .entries
        .iter()
        .filter(|entry| CENTRAL.contains(&entry.key.as_str()))
    {
        values.extend(entry.node.number().map(|value| (value, entry.node.span)));
        let items = entry.node.list().unwrap_or_default();
        values.extend(
            items
                .iter()
                .filter_map(|item| Some((item.number()?, item.span))),
        );
    }
}

fn numbers(table: &Table, key: &str) -> Option<Vec<f64>> {
    let items = table.node(key)?.list()?;
    items
        .iter()
        .map(|item| item.number().filter(|value| value.is_finite()))
        .collect()
}

/// Four significant digits: a quantile is shown, not quoted.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}
