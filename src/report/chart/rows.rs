//! Charts with a row a name: bars, steps, intervals on a number line.
//!
//! Names stand left and are broken where they are long, figures stand right, marks between.

use super::canvas::{Axis, Canvas, GRID, INK, LEADING, TEXT, WIDTH, ZERO, broken, clear, wide};
use super::{Bar, Chart, Point, Range, marks};
use crate::report::number::number_of;
use crate::report::words::Language;

const TOP: f64 = 34.0;
const BOTTOM: f64 = 30.0;
/// Height of a row of one line.
const ROW: f64 = 22.0;
/// Room for names, at most.
const NAMES: f64 = 270.0;
/// Thickness of a bar.
const THICK: f64 = 14.0;
/// Extra expenditure, right of 0.
const MORE: &str = "fill=\"#e8b08f\" stroke=\"#a33b00\"";
/// A saving, left of 0.
const LESS: &str = "fill=\"#9cc5de\" stroke=\"#005a8c\"";
/// What has no direction.
const PLAIN: &str = "fill=\"#c9c9c9\" stroke=\"#4d4d4d\"";
const THIN: &str = "stroke=\"#222222\" stroke-width=\"1.2\"";

/// Rows with their places.
struct Rows {
    names: Vec<Vec<String>>,
    texts: Vec<String>,
    tops: Vec<f64>,
    bottom: f64,
}

impl Rows {
    fn new<'b>(rows: impl Iterator<Item = (&'b String, &'b String)>) -> Rows {
        let (mut names, mut texts, mut tops) = (Vec::new(), Vec::new(), Vec::new());
        let mut y = TOP;
        for (label, text) in rows {
            let name = broken(label, NAMES);
            tops.push(y);
            y += ROW + LEADING * (name.len() - 1) as f64;
            names.push(name);
            texts.push(text.clone());
        }
        Rows {
            names,
            texts,
            tops,
            bottom: y,
        }
    }

    fn height(&self) -> f64 {
        self.bottom + BOTTOM
    }

    /// Middle of a row.
    fn middle(&self, at: usize) -> f64 {
        let end = self.tops.get(at + 1).copied().unwrap_or(self.bottom);
        (self.tops[at] + end) / 2.0
    }

    /// Names, figures, grid; gives the axis.
    fn frame(&self, out: &mut Canvas, chart: &Chart, language: Language) -> Axis {
        let names = self.names.iter().flatten();
        let left = names.map(|n| wide(n)).fold(0.0, f64::max) + 12.0;
        let texts = self.texts.iter();
        let right = WIDTH - texts.map(|t| wide(t)).fold(0.0, f64::max) - 14.0;
        let axis = Axis::new(marks(chart.range(), 5), left, right);
        out.words((0.0, 16.0), "start", INK, &chart.unit);
        let mut order = axis.marks.clone();
        order.sort_by(|a, b| a.abs().total_cmp(&b.abs()).then(a.total_cmp(b)));
        for mark in &axis.marks {
            let x = axis.at(*mark);
            let style = if *mark == 0.0 { ZERO } else { GRID };
            out.line((x, TOP), (x, self.bottom), style);
        }
        let texts: Vec<_> = order
            .into_iter()
            .map(|mark| {
                let at = (axis.at(mark), self.bottom + 18.0);
                (at, number_of(language, mark))
            })
            .collect();
        clear(out, &texts);
        for (at, name) in self.names.iter().enumerate() {
            let first = self.middle(at) + 4.0 - LEADING * (name.len() - 1) as f64 / 2.0;
            for (i, words) in name.iter().enumerate() {
                let y = first + LEADING * i as f64;
                out.words((left - 8.0, y), "end", INK, words);
            }
            let figure = (WIDTH - 2.0, self.middle(at) + 4.0);
            out.words(figure, "end", INK, &self.texts[at]);
        }
        axis
    }
}

fn of_bars<'b>(bars: impl Iterator<Item = &'b Bar>) -> Rows {
    Rows::new(bars.map(|bar| (&bar.label, &bar.text)))
}

/// Height of bars.
pub fn bars_height<'b>(bars: impl Iterator<Item = &'b Bar>) -> f64 {
    of_bars(bars).height()
}

/// Height of a number line.
pub fn ranges_height(rows: &[Range]) -> f64 {
    of_ranges(rows).height()
}

fn of_ranges(rows: &[Range]) -> Rows {
    Rows::new(rows.iter().map(|row| (&row.label, &row.text)))
}

/// Bars with their intervals; `shares` have no direction.
pub fn bars(out: &mut Canvas, chart: &Chart, bars: &[Bar], shares: bool, language: Language) {
    let rows = of_bars(bars.iter());
    let axis = rows.frame(out, chart, language);
    for (at, bar) in bars.iter().enumerate() {
        let middle = rows.middle(at);
        let style = if shares {
            PLAIN
        } else {
            toned(bar.point.value)
        };
        block(out, (axis.at(0.0), axis.at(bar.point.value)), middle, style);
        interval(out, &axis, middle, &bar.point);
    }
}

fn toned(value: f64) -> &'static str {
    if value > 0.0 { MORE } else { LESS }
}

fn block(out: &mut Canvas, (from, to): (f64, f64), middle: f64, style: &str) {
    let (x, width) = (from.min(to), (from - to).abs());
    let y = middle - THICK / 2.0;
    out.shape(format_args!(
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{THICK}\" {style} stroke-width=\"1\"/>"
    ));
}

/// The interval as a line with ends.
fn interval(out: &mut Canvas, axis: &Axis, middle: f64, point: &Point) {
    let (low, high) = (axis.at(point.low), axis.at(point.high));
    if low == high {
        return;
    }
    out.line((low, middle), (high, middle), THIN);
    for end in [low, high] {
        out.line((end, middle - 3.5), (end, middle + 3.5), THIN);
    }
}

/// Steps from 0 on, each beginning where the last one ended, and the sum from 0.
pub fn waterfall(out: &mut Canvas, chart: &Chart, steps: &[Bar], total: &Bar, language: Language) {
    let rows = of_bars(steps.iter().chain([total]));
    let axis = rows.frame(out, chart, language);
    let mut sum = 0.0;
    for (at, step) in steps.iter().enumerate() {
        let before = sum;
        sum += step.point.value;
        let middle = rows.middle(at);
        let style = toned(step.point.value);
        block(out, (axis.at(before), axis.at(sum)), middle, style);
        // where the next one begins
        let (x, below) = (axis.at(sum), rows.middle(at + 1));
        out.line(
            (x, middle + THICK / 2.0),
            (x, below - THICK / 2.0),
            "stroke=\"#555555\" stroke-width=\"1\" stroke-dasharray=\"2 2\"",
        );
    }
    let ends = (axis.at(0.0), axis.at(total.point.value));
    block(out, ends, rows.middle(steps.len()), PLAIN);
}

/// Points and intervals, an open end with an arrow; where all meet is shaded and named.
pub fn ranges(
    out: &mut Canvas,
    chart: &Chart,
    rows: &[Range],
    common: Option<&((f64, f64), String)>,
    language: Language,
) {
    let places = of_ranges(rows);
    if let Some(((from, to), name)) = common {
        shade(out, chart, &places, (*from, *to), name);
    }
    let axis = places.frame(out, chart, language);
    let ends = (
        axis.at(axis.marks[0]),
        axis.at(axis.marks[axis.marks.len() - 1]),
    );
    for (at, row) in rows.iter().enumerate() {
        let y = places.middle(at);
        match (row.from, row.to) {
            (Some(from), Some(to)) if from == to => diamond(out, axis.at(from), y),
            (from, to) => {
                let x1 = from.map_or(ends.0, |x| axis.at(x));
                let x2 = to.map_or(ends.1, |x| axis.at(x));
                out.line((x1, y), (x2, y), "stroke=\"#005a8c\" stroke-width=\"4\"");
                for (x, open, way) in [(x1, from.is_none(), -1.0), (x2, to.is_none(), 1.0)] {
                    match open {
                        true => arrow(out, x, y, way),
                        false => out.line(
                            (x, y - 7.0),
                            (x, y + 7.0),
                            "stroke=\"#005a8c\" stroke-width=\"2\"",
                        ),
                    }
                }
            }
        }
    }
}

/// The shaded part; its name stands at the top, above every row.
fn shade(out: &mut Canvas, chart: &Chart, places: &Rows, (from, to): (f64, f64), name: &str) {
    // the same axis as the frame's, before anything is drawn over it
    let axis = places.frame(&mut Canvas::new(0.0), chart, Language::Da);
    let (x1, x2) = (axis.at(from), axis.at(to));
    let (width, height) = ((x2 - x1).abs().max(2.0), places.bottom - TOP);
    out.shape(format_args!(
        "<rect x=\"{x1:.1}\" y=\"{TOP}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"#dcebd9\" stroke=\"#00664d\" stroke-dasharray=\"4 3\"/>"
    ));
    let half = wide(name) / 2.0;
    let unit = wide(&chart.unit) + 12.0;
    let middle = ((x1 + x2) / 2.0).clamp(unit + half, WIDTH - half);
    out.words((middle, TOP - 6.0), "middle", "#00664d", name);
}

fn diamond(out: &mut Canvas, x: f64, y: f64) {
    let (left, right, top, bottom) = (x - 6.0, x + 6.0, y - 6.0, y + 6.0);
    out.shape(format_args!(
        "<path d=\"M{left:.1} {y:.1}L{x:.1} {top:.1}L{right:.1} {y:.1}L{x:.1} {bottom:.1}Z\" fill=\"#a33b00\"/>"
    ));
}

fn arrow(out: &mut Canvas, x: f64, y: f64, way: f64) {
    let (back, top, bottom) = (x - 9.0 * way, y - TEXT / 2.0, y + TEXT / 2.0);
    out.shape(format_args!(
        "<path d=\"M{x:.1} {y:.1}L{back:.1} {top:.1}L{back:.1} {bottom:.1}Z\" fill=\"#005a8c\"/>"
    ));
}
