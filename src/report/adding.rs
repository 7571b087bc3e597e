//! Columns of kroner whose printed lines add up to their printed sum.
//!
//! Promise: largest remainder, at a place that the worst error in the column supports; a sum is
//! never printed beside lines that give another. Absent: words.

use super::number::{Scale, Sign, agreeing, figure, power_of_ten, supported_place};
use super::words::Language;
use crate::stats::Estimate;

/// A column of lines and their sum.
#[derive(Debug, Clone, PartialEq)]
pub struct AddingUp {
    scale: Scale,
    lines: Vec<f64>,
}

impl AddingUp {
    /// Lines of extra expenditure in kroner, printed in the unit of `scale`; `sum` is what they add
    /// up to, and only its error is read.
    pub fn new(scale: Scale, lines: &[Estimate], sum: Estimate) -> AddingUp {
        let unit = power_of_ten(scale.unit);
        let places = lines.iter().chain([&sum]);
        let places = places.filter_map(|line| supported_place(line.mcse / unit));
        let scale = Scale {
            finest: places.fold(scale.finest, i32::max),
            ..scale
        };
        let means: Vec<f64> = lines.iter().map(|line| line.mean).collect();
        AddingUp {
            lines: agreeing(&means, scale),
            scale,
        }
    }

    /// A line as printed.
    pub fn line(&self, at: usize, language: Language) -> String {
        self.printed(self.lines[at], language)
    }

    /// The sum as printed.
    pub fn sum(&self, language: Language) -> String {
        self.printed(self.lines.iter().sum(), language)
    }

    fn printed(&self, value: f64, language: Language) -> String {
        figure(language, self.scale, Sign::Both, value, 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(mean: f64, mcse: f64) -> Estimate {
        Estimate { mean, mcse }
    }

    /// Catches: each line rounded for itself (three times 0,3 beside a sum of 1,0).
    #[test]
    fn printed_lines_add_up_to_the_printed_sum() {
        let third = estimate(1e6 / 3.0, 0.0);
        let column = AddingUp::new(Scale::MILLIONS, &[third; 3], estimate(1e6, 0.0));
        let lines: Vec<String> = (0..3).map(|at| column.line(at, Language::Da)).collect();
        assert_eq!(lines, ["+0,4", "+0,3", "+0,3"]);
        assert_eq!(column.sum(Language::Da), "+1,0");
    }

    /// Catches: a decimal that one line's error does not carry.
    #[test]
    fn a_column_shows_no_digit_that_its_worst_line_does_not_support() {
        let lines = [estimate(12.34e6, 1e3), estimate(-7.91e6, 0.4e6)];
        let column = AddingUp::new(Scale::MILLIONS, &lines, estimate(4.43e6, 0.4e6));
        assert_eq!(column.line(0, Language::En), "+12.3");
        let lines = [estimate(12.34e6, 1e3), estimate(-7.91e6, 0.6e6)];
        let column = AddingUp::new(Scale::MILLIONS, &lines, estimate(4.43e6, 0.6e6));
        assert_eq!(column.line(0, Language::En), "+12");
        assert_eq!(column.line(1, Language::En), "−8");
        assert_eq!(column.sum(Language::En), "+4");
    }
}
