//! Lines and bands over the years: together, or each in a small drawing of its own.

use super::canvas::{
    Axis, Canvas, GRID, INK, INKS, LEADING, TEXT, WIDTH, ZERO, broken, clear, path, wide,
};
use super::{Chart, Line, marks};
use crate::report::number::number_of;
use crate::report::words::Language;

const TOP: f64 = 34.0;
const BOTTOM: f64 = 30.0;
/// Small drawings beside each other.
const ACROSS: usize = 3;
/// Height of a small drawing with its name.
const PANEL: f64 = 170.0;
/// Room for names beside the lines, at most.
const NAMES: f64 = 170.0;

/// Height of lines in one drawing.
pub const TOGETHER: f64 = 300.0;

/// Height of small drawings: the longest name makes room for all.
pub fn panels_height(lines: &[Line]) -> f64 {
    TOP + panel(lines) * lines.len().div_ceil(ACROSS) as f64
}

fn panel(lines: &[Line]) -> f64 {
    let names = lines.iter().map(|line| name(line).len());
    PANEL + LEADING * (names.max().unwrap_or(1) - 1) as f64
}

/// A small drawing's name in lines.
fn name(line: &Line) -> Vec<String> {
    broken(&line.label, NAMES)
}

/// A drawing's field: its sides and its axis.
struct Field {
    left: f64,
    right: f64,
    bottom: f64,
    axis: Axis,
    years: usize,
}

impl Field {
    fn x(&self, t: usize) -> f64 {
        let steps = self.years.max(2) - 1;
        self.left + (self.right - self.left) / steps as f64 * t as f64
    }
}

/// All lines in one drawing, their names at their ends.
pub fn together(
    out: &mut Canvas,
    chart: &Chart,
    years: &[String],
    lines: &[Line],
    language: Language,
) {
    let names: Vec<Vec<String>> = lines.iter().map(|l| broken(&l.label, NAMES)).collect();
    let widest = names.iter().flatten().map(|n| wide(n)).fold(0.0, f64::max);
    let bottom = out.height() - BOTTOM;
    let marks = marks(chart.range(), 5);
    let field = Field {
        left: margin(&marks, language),
        right: WIDTH - widest - 18.0,
        bottom,
        axis: Axis::new(marks, bottom, TOP),
        years: years.len(),
    };
    out.words((0.0, 16.0), "start", INK, &chart.unit);
    grid(out, &field, true, language);
    year_marks(out, &field, years);
    for (line, (colour, _)) in lines.iter().zip(INKS.iter().cycle()) {
        band(out, &field, line, colour);
    }
    for (line, (colour, dashes)) in lines.iter().zip(INKS.iter().cycle()) {
        means(out, &field, line, colour, dashes);
    }
    let ends: Vec<f64> = lines.iter().map(|l| end(l, &field.axis, bottom)).collect();
    let tall: Vec<usize> = names.iter().map(Vec::len).collect();
    for (at, y) in apart(&ends, &tall, bottom).into_iter().enumerate() {
        let (colour, _) = INKS[at % INKS.len()];
        for (i, name) in names[at].iter().enumerate() {
            let y = y + 4.0 + LEADING * i as f64;
            out.words((field.right + 8.0, y), "start", colour, name);
        }
    }
}

/// Each line in a small drawing, its name above it, all on one scale.
pub fn panels(
    out: &mut Canvas,
    chart: &Chart,
    years: &[String],
    lines: &[Line],
    language: Language,
) {
    out.words((0.0, 16.0), "start", INK, &chart.unit);
    let marks = marks(chart.range(), 4);
    let left = margin(&marks, language);
    let across = (WIDTH - left) / ACROSS as f64;
    let panel = panel(lines);
    for (at, line) in lines.iter().enumerate() {
        let (row, column) = (at / ACROSS, at % ACROSS);
        let bottom = TOP + panel * (row + 1) as f64 - 32.0;
        let top = bottom - (PANEL - 54.0);
        let start = left + across * column as f64;
        let field = Field {
            left: start,
            right: start + across - 26.0,
            bottom,
            axis: Axis::new(marks.clone(), bottom, top),
            years: years.len(),
        };
        let (colour, _) = INKS[0];
        for (i, words) in name(line).iter().rev().enumerate() {
            let y = top - 8.0 - LEADING * i as f64;
            out.words((start, y), "start", INK, words);
        }
        grid(out, &field, column == 0, language);
        band(out, &field, line, colour);
        means(out, &field, line, colour, "");
        if let (Some(first), Some(last)) = (years.first(), years.last()) {
            let y = bottom + 16.0;
            out.words((field.left, y), "start", INK, first);
            out.words((field.right, y), "end", INK, last);
        }
    }
}

/// Room for the widest number of an axis.
fn margin(marks: &[f64], language: Language) -> f64 {
    let texts = marks.iter().map(|m| wide(&number_of(language, *m)));
    texts.fold(0.0, f64::max) + 12.0
}

fn grid(out: &mut Canvas, field: &Field, numbers: bool, language: Language) {
    for mark in &field.axis.marks {
        let y = field.axis.at(*mark);
        let style = if *mark == 0.0 { ZERO } else { GRID };
        out.line((field.left, y), (field.right, y), style);
        if numbers {
            let text = number_of(language, *mark);
            out.words((field.left - 6.0, y + 4.0), "end", INK, &text);
        }
    }
}

/// First and last year, and those between that have room.
fn year_marks(out: &mut Canvas, field: &Field, years: &[String]) {
    let y = field.bottom + 20.0;
    let last = years.len().saturating_sub(1);
    let mut order: Vec<usize> = (0..years.len()).collect();
    order.sort_by_key(|t| (*t != 0, *t != last, *t));
    let texts: Vec<_> = order
        .into_iter()
        .map(|t| ((field.x(t), y), years[t].clone()))
        .collect();
    clear(out, &texts);
}

fn band(out: &mut Canvas, field: &Field, line: &Line, colour: &str) {
    let points = || line.points.iter().enumerate();
    let upper = points().map(|(t, p)| (field.x(t), field.axis.at(p.high)));
    let lower = points().rev();
    let lower = lower.map(|(t, p)| (field.x(t), field.axis.at(p.low)));
    let band = path(upper.chain(lower));
    if !band.is_empty() {
        out.shape(format_args!(
            "<path d=\"{band}Z\" fill=\"{colour}\" fill-opacity=\"0.13\" stroke=\"{colour}\" \
             stroke-opacity=\"0.35\" stroke-width=\"0.7\"/>"
        ));
    }
}

fn means(out: &mut Canvas, field: &Field, line: &Line, colour: &str, dashes: &str) {
    let points = line.points.iter().enumerate();
    let means = path(points.map(|(t, p)| (field.x(t), field.axis.at(p.value))));
    out.shape(format_args!(
        "<path d=\"{means}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" \
         stroke-dasharray=\"{dashes}\"/>"
    ));
}

fn end(line: &Line, axis: &Axis, bottom: f64) -> f64 {
    line.points.last().map_or(bottom, |p| axis.at(p.value))
}

/// Places for names of so many lines that would stand on each other, as near to where they belong
/// as they can.
fn apart(wanted: &[f64], tall: &[usize], bottom: f64) -> Vec<f64> {
    let takes = |at: usize| TEXT + 3.0 + LEADING * tall[at].saturating_sub(1) as f64;
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut placed = wanted.to_vec();
    let mut next = TOP;
    for at in &order {
        placed[*at] = placed[*at].max(next);
        next = placed[*at] + takes(*at);
    }
    // and back up from the bottom, where the last ones were pushed out
    let mut most = bottom + TEXT + 3.0;
    for at in order.iter().rev() {
        placed[*at] = placed[*at].min(most - takes(*at));
        most = placed[*at];
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_stand_on_each_other_nor_below_the_drawing() {
        let placed = apart(&[100.0, 101.0, 99.0, 290.0, 295.0], &[1; 5], 270.0);
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= TEXT), "{placed:?}");
        assert!(sorted.iter().all(|y| *y <= 270.0), "{placed:?}");
        assert!(placed[2] < placed[0] && placed[0] < placed[1], "{placed:?}");
    }
}
