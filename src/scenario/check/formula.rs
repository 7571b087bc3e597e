//! Formulas: arithmetic on other parameters.
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = factor { ("*" | "/") factor }
//! factor  = number | name | "(" sum ")" | "-" factor
//! ```

use crate::diagnostic::{Fault, Faults, Span};
use crate::model::{Formula, ParameterId};

/// A formula read from a parameter's law.
#[derive(Debug, Clone)]
pub struct Expression {
    root: Term,
    /// Where the formula stands.
    pub at: Span,
}

#[derive(Debug, Clone)]
enum Term {
    Number(f64),
    Name(String, Span),
    Both(Box<Term>, Sign, Box<Term>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// Deepest nesting of parentheses and signs; a longer formula is split with names.
const DEEPEST: usize = 64;
/// Longest formula in bytes: a reader, too, prefers names for its parts.
const LONGEST: usize = 2_000;

impl Expression {
    /// Reads a formula; `at` is the text in its quotation marks.
    pub fn read(text: &str, at: Span, faults: &mut Faults) -> Option<Expression> {
        let mut reading = Reading {
            text,
            at: 0,
            span: at,
            depth: 0,
        };
        let read = match text.len() {
            0..=LONGEST => reading.whole(),
            long => Err((
                LONGEST..long,
                format!("it is longer than {LONGEST} characters"),
            )),
        };
        match read {
            Ok(root) => Some(Expression { root, at }),
            Err((range, what)) => {
                faults.raise(inside(at, range), Fault::FormulaSyntax { what });
                None
            }
        }
    }

    /// part / (sum of all): a share of a whole.
    pub fn share(part: &str, all: &[String], at: Span) -> Option<Expression> {
        let name = |n: &str| Term::Name(n.to_owned(), at);
        let (first, others) = all.split_first()?;
        let sum = others.iter().fold(name(first), |sum, other| {
            Term::Both(Box::new(sum), Sign::Plus, Box::new(name(other)))
        });
        let root = Term::Both(Box::new(name(part)), Sign::Over, Box::new(sum));
        Some(Expression { root, at })
    }

    /// The names used, with their places.
    pub fn names(&self) -> Vec<(String, Span)> {
        let mut names = Vec::new();
        self.root.names(&mut names);
        names
    }

    /// The value, where every name has one and nothing is divided by 0.
    pub fn value(&self, of: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
        self.root.value(of).filter(|value| value.is_finite())
    }

    /// The formula with ids for names.
    pub fn into_model(self, id_of: &dyn Fn(&str) -> Option<ParameterId>) -> Option<Formula> {
        self.root.into_model(id_of)
    }
}

impl Term {
    fn names(&self, names: &mut Vec<(String, Span)>) {
        match self {
            Term::Number(_) => {}
            Term::Name(name, at) => names.push((name.clone(), *at)),
            Term::Both(a, _, b) => {
                a.names(names);
                b.names(names);
            }
        }
    }

    fn value(&self, of: &dyn Fn(&str) -> Option<f64>) -> Option<f64> {
        Some(match self {
            Term::Number(number) => *number,
            Term::Name(name, _) => of(name)?,
            Term::Both(a, sign, b) => {
                let (a, b) = (a.value(of)?, b.value(of)?);
                match sign {
                    Sign::Plus => a + b,
                    Sign::Minus => a - b,
                    Sign::Times => a * b,
                    Sign::Over => a / b,
                }
            }
        })
    }

    fn into_model(self, id_of: &dyn Fn(&str) -> Option<ParameterId>) -> Option<Formula> {
        Some(match self {
            Term::Number(number) => Formula::Number(number),
            Term::Name(name, _) => Formula::Parameter(id_of(&name)?),
            Term::Both(a, sign, b) => {
                let a = Box::new(a.into_model(id_of)?);
                let b = Box::new(b.into_model(id_of)?);
                match sign {
                    Sign::Plus => Formula::Add(a, b),
                    Sign::Minus => Formula::Subtract(a, b),
                    Sign::Times => Formula::Multiply(a, b),
                    Sign::Over => Formula::Divide(a, b),
                }
            }
        })
    }
}

type Wrong = (std::ops::Range<usize>, String);

struct Reading<'a> {
    text: &'a str,
    at: usize,
    span: Span,
    depth: usize,
}

impl Reading<'_> {
    fn whole(&mut self) -> Result<Term, Wrong> {
        let term = self.sum()?;
        match self.peek() {
            None => Ok(term),
            Some(c) => Err((
                self.at..self.at + c.len_utf8(),
                format!("`{c}` is not expected here"),
            )),
        }
    }

    fn sum(&mut self) -> Result<Term, Wrong> {
        let signs = [('+', Sign::Plus), ('-', Sign::Minus)];
        self.chain(&signs, Reading::product)
    }

    fn product(&mut self) -> Result<Term, Wrong> {
        let signs = [('*', Sign::Times), ('/', Sign::Over)];
        self.chain(&signs, Reading::factor)
    }

    fn chain(
        &mut self,
        signs: &[(char, Sign)],
        part: fn(&mut Self) -> Result<Term, Wrong>,
    ) -> Result<Term, Wrong> {
        let mut term = part(self)?;
        while let Some((_, sign)) = signs.iter().find(|(c, _)| self.peek() == Some(*c)) {
            self.at += 1;
            term = Term::Both(Box::new(term), *sign, Box::new(part(self)?));
        }
        Ok(term)
    }

    fn factor(&mut self) -> Result<Term, Wrong> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err((self.at..self.at, "it is nested too deeply".into()));
        }
        let term = match self.peek() {
            Some('-') => {
                self.at += 1;
                Term::Both(
                    Box::new(Term::Number(0.0)),
                    Sign::Minus,
                    Box::new(self.factor()?),
                )
            }
            Some('(') => self.bracket()?,
            Some(c) if c.is_ascii_digit() || c == '.' => self.number()?,
            Some(c) if c.is_ascii_alphabetic() || c == '_' => self.name(),
            Some(c) => {
                let what = format!("`{c}` is not expected here");
                return Err((self.at..self.at + c.len_utf8(), what));
            }
            None => return Err((self.at..self.at, "it ends too early".into())),
        };
        self.depth -= 1;
        Ok(term)
    }

    fn bracket(&mut self) -> Result<Term, Wrong> {
        let open = self.at;
        self.at += 1;
        let term = self.sum()?;
        match self.peek() {
            Some(')') => {
                self.at += 1;
                Ok(term)
            }
            _ => Err((open..open + 1, "this parenthesis is not closed".into())),
        }
    }

    fn number(&mut self) -> Result<Term, Wrong> {
        let start = self.at;
        let digits = self.text[start..].find(|c: char| !c.is_ascii_digit() && c != '.');
        self.at = digits.map_or(self.text.len(), |length| start + length);
        let text = &self.text[start..self.at];
        let number = text.parse::<f64>().ok().filter(|value| value.is_finite());
        number
            .map(Term::Number)
            .ok_or((start..self.at, format!("`{text}` is not a number")))
    }

    fn name(&mut self) -> Term {
        let start = self.at;
        let length = self.text[start..].find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        self.at = length.map_or(self.text.len(), |length| start + length);
        Term::Name(
            self.text[start..self.at].to_owned(),
            inside(self.span, start..self.at),
        )
    }

    /// The next character that is no blank, left in place.
    fn peek(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }
}

/// A part of a text in quotation marks: one byte in from where the mark stands.
fn inside(text: Span, range: std::ops::Range<usize>) -> Span {
    text.part(range.start + 1..range.end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    fn read(text: &str) -> Result<f64, (&'static str, usize)> {
        let quoted = format!("\"{text}\"");
        let mut sources = Sources::default();
        let file = sources.add("a.toml", quoted.as_str());
        let at = Span::new(file, 0..quoted.len());
        let mut faults = Faults::default();
        let expression = Expression::read(text, at, &mut faults);
        let told = faults.settle(&sources);
        match told.iter().next() {
            Some(fault) => Err((fault.code.as_str(), fault.places[0].column)),
            None => Ok(expression
                .unwrap()
                .value(&|name| (name == "a").then_some(4.0))
                .unwrap()),
        }
    }

    #[test]
    fn arithmetic_binds_as_in_school() {
        assert_eq!(read("1 - a * 0.5 + (2 - a) / 2"), Ok(-2.0));
        assert_eq!(read("-a + 8 - 2 - 1"), Ok(1.0));
        assert_eq!(read("12 / 3 / 2"), Ok(2.0));
    }

    #[test]
    fn a_broken_formula_is_told_at_the_character() {
        assert_eq!(read("1 +"), Err(("S216", 5)));
        assert_eq!(read("1 + ; 2"), Err(("S216", 6)));
        assert_eq!(read("(1 + 2"), Err(("S216", 2)));
        assert_eq!(read("1.2.3"), Err(("S216", 2)));
        assert_eq!(read("a a"), Err(("S216", 4)));
    }

    #[test]
    fn deep_nesting_is_refused_not_crashed_on() {
        let deep = format!("{}1{}", "(".repeat(5_000), ")".repeat(5_000));
        assert!(matches!(read(&deep), Err(("S216", _))));
        assert!(matches!(read(&"-".repeat(5_000)), Err(("S216", _))));
    }
}
