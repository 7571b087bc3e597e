//! Charts without a format: what is drawn, in the units that are printed.
//!
//! ```text
//! Chart ─┬─ Lines      a line with its 80 % band for each name, over the years
//!        ├─ Fans       the same, a small drawing each, all on one scale
//!        ├─ Bars       bars with their intervals, left or right of 0
//!        ├─ Shares     bars of shares of a whole, with their errors
//!        ├─ Waterfall  steps from 0 to a sum
//!        └─ Ranges     points and open intervals on one number line
//! Chart ──svg──▶ one SVG, for every document
//! ```
//!
//! Promise: the same chart gives the same bytes; nothing is told by colour alone (lines differ in
//! dashes and carry their names, bars carry their figures); no text stands on another. Absent:
//! figures that are not in the findings; a chart only places them.

mod canvas;
mod over_years;
mod rows;
mod svg;

pub use svg::svg;

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Unit of the value axis.
    pub unit: String,
    /// The shape.
    pub kind: Kind,
}

/// The shape of a chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Over the years, on an axis with 0.
    Lines {
        /// Labels of the horizontal axis.
        years: Vec<String>,
        /// The lines.
        lines: Vec<Line>,
    },
    /// Over the years, on an axis that need not have 0.
    Levels {
        /// Labels of the horizontal axis.
        years: Vec<String>,
        /// The lines.
        lines: Vec<Line>,
    },
    /// Over the years, each in a drawing of its own, all on one scale.
    Fans {
        /// Labels of the horizontal axis.
        years: Vec<String>,
        /// The lines.
        lines: Vec<Line>,
    },
    /// By name, longest first or as given.
    Bars(Vec<Bar>),
    /// Shares of a whole, by name.
    Shares(Vec<Bar>),
    /// Steps that add up, and their sum.
    Waterfall {
        /// The steps, in order.
        steps: Vec<Bar>,
        /// The sum.
        total: Bar,
    },
    /// Points and intervals on one number line, and where all intervals meet.
    Ranges {
        /// Rows, top to bottom.
        rows: Vec<Range>,
        /// Where all intervals meet, with its name; `None` where they do not.
        common: Option<((f64, f64), String)>,
    },
}

/// A line with its band.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its name.
    pub label: String,
    /// One point a year.
    pub points: Vec<Point>,
}

/// A value with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The mean.
    pub value: f64,
    /// 10 % of the calculations are below.
    pub low: f64,
    /// 10 % are above.
    pub high: f64,
}

impl Point {
    /// A value without an interval.
    pub fn exact(value: f64) -> Point {
        Point {
            value,
            low: value,
            high: value,
        }
    }
}

/// A bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Its name.
    pub label: String,
    /// Its length and interval.
    pub point: Point,
    /// The figure as it is printed.
    pub text: String,
}

/// A row of a number line.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Its name.
    pub label: String,
    /// Lower end; `None` is open to the left.
    pub from: Option<f64>,
    /// Upper end; `None` is open to the right. A point has both ends the same.
    pub to: Option<f64>,
    /// The figure as it is printed.
    pub text: String,
}

impl Chart {
    /// Lowest and highest value drawn, 0 among them where the shape begins there.
    pub(super) fn range(&self) -> (f64, f64) {
        let values: Vec<f64> = match &self.kind {
            Kind::Lines { lines, .. } | Kind::Fans { lines, .. } | Kind::Levels { lines, .. } => {
                let points = lines.iter().flat_map(|line| &line.points);
                points.flat_map(|p| [p.low, p.value, p.high]).collect()
            }
            Kind::Bars(bars) | Kind::Shares(bars) => {
                let points = bars.iter().map(|bar| bar.point);
                points.flat_map(|p| [p.low, p.value, p.high]).collect()
            }
            Kind::Waterfall { steps, total } => {
                let mut sum = 0.0;
                let sums = steps.iter().map(|step| {
                    sum += step.point.value;
                    sum
                });
                sums.chain([total.point.value]).collect()
            }
            Kind::Ranges { rows, .. } => {
                let ends = rows.iter().flat_map(|row| [row.from, row.to]);
                ends.flatten().collect()
            }
        };
        let from = match self.kind {
            Kind::Levels { .. } => values.first().copied().unwrap_or(0.0),
            _ => 0.0,
        };
        let values = values.iter().filter(|x| x.is_finite());
        values.fold((from, from), |(low, high), x| (low.min(*x), high.max(*x)))
    }
}

/// Round values that an axis is marked at: from the one at or below the lowest to the one at or
/// above the highest, in steps of 1, 2 or 5 times a power of ten.
pub(super) fn marks((low, high): (f64, f64), about: usize) -> Vec<f64> {
    let width = high - low;
    if width.is_nan() || width <= 0.0 {
        // nothing varies: an axis around the one value there is
        return vec![low, low + if low == 0.0 { 1.0 } else { low.abs() }];
    }
    let least = width / about as f64;
    let mut decade = 1.0;
    while decade > least {
        decade /= 10.0;
    }
    while decade * 10.0 <= least {
        decade *= 10.0;
    }
    let steps = [1.0, 2.0, 5.0, 10.0].map(|s| s * decade);
    let step = steps.into_iter().find(|s| *s >= least).unwrap_or(least);
    let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
    (first..=last).map(|i| i as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_is_marked_at_round_values_that_hold_all_that_is_drawn() {
        assert_eq!(marks((-3.2, 7.9), 5), [-5.0, 0.0, 5.0, 10.0]);
        assert_eq!(
            marks((0.0, 0.9), 5),
            [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]
        );
        assert_eq!(marks((0.0, 0.0), 5), [0.0, 1.0]);
        let wide = marks((-1e9, 2.5e9), 6);
        assert!(wide[0] <= -1e9 && wide[wide.len() - 1] >= 2.5e9 && wide.len() <= 9);
    }
}
