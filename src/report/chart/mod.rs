//! Charts without a format: what is drawn, in the units that are printed.
//!
//! ```text
//! Chart ─┬─ Lines   a line with its 80 % band for each party, over the years
//!        └─ Bars    sorted bars with their intervals
//! Chart ──svg──▶ one SVG, for every document
//! ```
//!
//! Promise: the same chart gives the same bytes; nothing is told by colour alone (lines differ in
//! dashes and carry their names, bars carry their figures). Absent: figures that are not in the
//! findings; a chart only places them.

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
    /// Over the years.
    Lines {
        /// Labels of the horizontal axis.
        years: Vec<String>,
        /// The lines.
        lines: Vec<Line>,
    },
    /// By name, longest first or as given.
    Bars(Vec<Bar>),
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

impl Chart {
    /// Lowest and highest value drawn, 0 among them.
    pub(super) fn range(&self) -> (f64, f64) {
        let points: Vec<&Point> = match &self.kind {
            Kind::Lines { lines, .. } => lines.iter().flat_map(|line| &line.points).collect(),
            Kind::Bars(bars) => bars.iter().map(|bar| &bar.point).collect(),
        };
        let wider = |(low, high): (f64, f64), p: &&Point| {
            let (least, most) = (p.low.min(p.value), p.high.max(p.value));
            (low.min(least), high.max(most))
        };
        points.iter().fold((0.0, 0.0), wider)
    }
}

/// Round values that an axis is marked at: from the one at or below the lowest to the one at or
/// above the highest, in steps of 1, 2 or 5 times a power of ten.
pub(super) fn marks((low, high): (f64, f64), about: usize) -> Vec<f64> {
    let width = high - low;
    if width.is_nan() || width <= 0.0 {
        return vec![0.0, 1.0];
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
