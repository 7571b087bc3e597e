//! A chart as SVG that stands by itself: title, description, shapes, and text beside every mark.

use std::fmt::Write;

use super::{Bar, Chart, Kind, Line, Point, marks};
use crate::report::number::number_of;
use crate::report::words::Language;

const WIDTH: f64 = 720.0;
/// Room for marks and their text.
const LEFT: f64 = 64.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 30.0;
/// A line of text.
const TEXT: f64 = 13.0;
const BAR: f64 = 22.0;
/// Colours that people who see them differently can tell apart, dark enough on white for 4.5 : 1,
/// each with dashes of its own.
const INKS: [(&str, &str); 6] = [
    ("#005a8c", ""),
    ("#a33b00", "7 3"),
    ("#00664d", "2 3"),
    ("#8a3d74", "9 3 2 3"),
    ("#4d4d4d", "4 4"),
    ("#7a5200", "12 4"),
];

/// The chart as SVG. `title` and `description` are what a reader who does not see it is told.
pub fn svg(chart: &Chart, title: &str, description: &str, language: Language) -> String {
    let height = match &chart.kind {
        Kind::Lines { .. } => 300.0,
        Kind::Bars(bars) => TOP + BOTTOM + BAR * bars.len() as f64,
    };
    let mut out = Canvas::new(height, title, description);
    match &chart.kind {
        Kind::Lines { years, lines } => draw_lines(&mut out, chart, years, lines, language),
        Kind::Bars(bars) => draw_bars(&mut out, chart, bars, language),
    }
    out.finish()
}

/// SVG being written.
struct Canvas {
    text: String,
    height: f64,
}

impl Canvas {
    fn new(height: f64, title: &str, description: &str) -> Canvas {
        let mut text = String::new();
        let (title, description) = (escaped(title), escaped(description));
        push(
            &mut text,
            format_args!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
                 width=\"{WIDTH}\" height=\"{height}\" font-family=\"Liberation Sans, Arial, sans-serif\" \
                 font-size=\"{TEXT}\">\n<title>{title}</title>\n<desc>{description}</desc>\n\
                 <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
            ),
        );
        Canvas { text, height }
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        push(
            &mut self.text,
            format_args!(
                "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" {style}/>\n"
            ),
        );
    }

    fn words(&mut self, at: (f64, f64), anchor: &str, fill: &str, words: &str) {
        let ((x, y), words) = (at, escaped(words));
        push(
            &mut self.text,
            format_args!(
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{words}</text>\n"
            ),
        );
    }

    fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

/// Writing to a String cannot fail.
fn push(text: &mut String, arguments: std::fmt::Arguments) {
    let _ = text.write_fmt(arguments);
}

const GRID: &str = "stroke=\"#d0d0d0\" stroke-width=\"1\"";
const ZERO: &str = "stroke=\"#333333\" stroke-width=\"1.5\"";
const INK: &str = "#222222";

/// From values to places on a side of the drawing.
struct Axis {
    marks: Vec<f64>,
    from: f64,
    to: f64,
}

impl Axis {
    fn new(chart: &Chart, about: usize, from: f64, to: f64) -> Axis {
        let marks = marks(chart.range(), about);
        Axis { marks, from, to }
    }

    fn at(&self, value: f64) -> f64 {
        let (low, high) = (self.marks[0], self.marks[self.marks.len() - 1]);
        self.from + (value - low) / (high - low) * (self.to - self.from)
    }
}

fn draw_lines(
    out: &mut Canvas,
    chart: &Chart,
    years: &[String],
    lines: &[Line],
    language: Language,
) {
    let widest = lines.iter().map(|l| wide(&l.label)).fold(0.0, f64::max);
    let right = WIDTH - widest - 18.0;
    let bottom = out.height - BOTTOM;
    let axis = Axis::new(chart, 5, bottom, TOP);
    out.words((0.0, 16.0), "start", INK, &chart.unit);
    for mark in &axis.marks {
        let y = axis.at(*mark);
        let style = if *mark == 0.0 { ZERO } else { GRID };
        out.line((LEFT, y), (right, y), style);
        let text = number_of(language, *mark);
        out.words((LEFT - 6.0, y + 4.0), "end", INK, &text);
    }
    let step = (right - LEFT) / years.len().max(2).saturating_sub(1) as f64;
    let x = |t: usize| LEFT + step * t as f64;
    for (t, year) in years.iter().enumerate() {
        out.words((x(t), bottom + 20.0), "middle", INK, year);
    }
    for (line, (colour, _)) in lines.iter().zip(INKS.iter().cycle()) {
        let upper = line
            .points
            .iter()
            .enumerate()
            .map(|(t, p)| (x(t), axis.at(p.high)));
        let lower = line
            .points
            .iter()
            .enumerate()
            .rev()
            .map(|(t, p)| (x(t), axis.at(p.low)));
        let band = path(upper.chain(lower));
        push(
            &mut out.text,
            format_args!("<path d=\"{band}Z\" fill=\"{colour}\" fill-opacity=\"0.13\"/>\n"),
        );
    }
    for (line, (colour, dashes)) in lines.iter().zip(INKS.iter().cycle()) {
        let means = path(
            line.points
                .iter()
                .enumerate()
                .map(|(t, p)| (x(t), axis.at(p.value))),
        );
        push(
            &mut out.text,
            format_args!(
                "<path d=\"{means}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" \
                 stroke-dasharray=\"{dashes}\"/>\n"
            ),
        );
    }
    let ends: Vec<f64> = lines.iter().map(|l| end(l, &axis)).collect();
    for (at, (line, y)) in lines.iter().zip(apart(&ends, bottom)).enumerate() {
        let (colour, _) = INKS[at % INKS.len()];
        out.words((right + 8.0, y + 4.0), "start", colour, &line.label);
    }
}

fn end(line: &Line, axis: &Axis) -> f64 {
    line.points.last().map_or(axis.from, |p| axis.at(p.value))
}

/// Places for names that would stand on each other, as near to where they belong as they can.
fn apart(wanted: &[f64], bottom: f64) -> Vec<f64> {
    let gap = TEXT + 3.0;
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut placed = wanted.to_vec();
    let mut next = TOP;
    for at in &order {
        placed[*at] = placed[*at].max(next);
        next = placed[*at] + gap;
    }
    // and back up from the bottom, where the last ones were pushed out
    let mut most = bottom;
    for at in order.iter().rev() {
        placed[*at] = placed[*at].min(most);
        most = placed[*at] - gap;
    }
    placed
}

fn draw_bars(out: &mut Canvas, chart: &Chart, bars: &[Bar], language: Language) {
    let names = bars.iter().map(|b| wide(&b.label)).fold(0.0, f64::max) + 10.0;
    let figures = bars.iter().map(|b| wide(&b.text)).fold(0.0, f64::max) + 12.0;
    let (left, right) = (names.min(WIDTH / 2.0), WIDTH - figures);
    let axis = Axis::new(chart, 5, left, right);
    let bottom = out.height - BOTTOM;
    out.words((0.0, 16.0), "start", INK, &chart.unit);
    for mark in &axis.marks {
        let x = axis.at(*mark);
        out.line(
            (x, TOP),
            (x, bottom),
            if *mark == 0.0 { ZERO } else { GRID },
        );
        let text = number_of(language, *mark);
        out.words((x, bottom + 18.0), "middle", INK, &text);
    }
    for (i, bar) in bars.iter().enumerate() {
        let y = TOP + BAR * i as f64;
        draw_bar(out, &axis, y, &bar.point);
        let middle = y + BAR / 2.0 + 4.0;
        out.words((left - 6.0, middle), "end", INK, &bar.label);
        out.words((WIDTH - 2.0, middle), "end", INK, &bar.text);
    }
}

/// The bar, and its interval as a line with ends.
fn draw_bar(out: &mut Canvas, axis: &Axis, y: f64, point: &Point) {
    let (zero, value) = (axis.at(0.0), axis.at(point.value));
    let (x, width) = (zero.min(value), (zero - value).abs());
    // a saving is hatched by its lighter fill and stands left of the line: not by colour alone
    let fill = if point.value > 0.0 {
        "#c2693a"
    } else {
        "#7fb2d1"
    };
    let thick = BAR - 8.0;
    push(
        &mut out.text,
        format_args!(
            "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{thick:.1}\" fill=\"{fill}\"/>\n",
            y + 4.0
        ),
    );
    let (low, high, middle) = (axis.at(point.low), axis.at(point.high), y + BAR / 2.0);
    let style = "stroke=\"#222222\" stroke-width=\"1.2\"";
    out.line((low, middle), (high, middle), style);
    for end in [low, high] {
        out.line((end, middle - 3.5), (end, middle + 3.5), style);
    }
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut text = String::new();
    for (i, (x, y)) in points.enumerate() {
        let move_to = if i == 0 { 'M' } else { 'L' };
        push(&mut text, format_args!("{move_to}{x:.1} {y:.1}"));
    }
    text
}

/// About how wide a text is: sans-serif letters by class, in hundredths of the text's size.
fn wide(text: &str) -> f64 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ' ' | '\u{a0}' | ':' | '|' => 30.0,
        'm' | 'w' | 'M' | 'W' | 'Æ' | 'æ' | '%' => 88.0,
        c if c.is_uppercase() => 70.0,
        _ => 57.0,
    };
    text.chars().map(letter).sum::<f64>() * TEXT / 100.0
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_stand_on_each_other_nor_below_the_drawing() {
        let placed = apart(&[100.0, 101.0, 99.0, 290.0, 295.0], 270.0);
        let mut sorted = placed.clone();
        sorted.sort_by(f64::total_cmp);
        assert!(sorted.windows(2).all(|w| w[1] - w[0] >= TEXT), "{placed:?}");
        assert!(sorted.iter().all(|y| *y <= 270.0), "{placed:?}");
        assert!(placed[2] < placed[0] && placed[0] < placed[1], "{placed:?}");
    }

    #[test]
    fn a_name_with_a_sign_is_escaped() {
        let chart = Chart {
            unit: "mio. kr.".into(),
            kind: Kind::Bars(vec![Bar {
                label: "Køb & salg <5".into(),
                point: Point {
                    value: 1.0,
                    low: 0.5,
                    high: 1.5,
                },
                text: "+1,0".into(),
            }]),
        };
        let drawn = svg(&chart, "T", "D", Language::Da);
        assert!(drawn.contains("Køb &amp; salg &lt;5") && drawn.contains("role=\"img\""));
    }
}
