//! A chart as SVG that stands by itself: title, description, shapes, and text beside every mark.

use super::canvas::Canvas;
use super::{Chart, Kind, over_years, rows};
use crate::report::words::Language;

/// The chart as SVG. `title` and `description` are what a reader who does not see it is told.
pub fn svg(chart: &Chart, title: &str, description: &str, language: Language) -> String {
    drawn(chart, language).finish(title, description)
}

fn drawn(chart: &Chart, language: Language) -> Canvas {
    let height = match &chart.kind {
        Kind::Lines { .. } | Kind::Levels { .. } => over_years::TOGETHER,
        Kind::Fans { lines, .. } => over_years::panels_height(lines),
        Kind::Bars(bars) | Kind::Shares(bars) => rows::bars_height(bars.iter()),
        Kind::Waterfall { steps, total } => rows::bars_height(steps.iter().chain([total])),
        Kind::Ranges { rows, .. } => rows::ranges_height(rows),
    };
    let mut out = Canvas::new(height);
    match &chart.kind {
        Kind::Lines { years, lines } | Kind::Levels { years, lines } => {
            over_years::together(&mut out, chart, years, lines, language);
        }
        Kind::Fans { years, lines } => {
            over_years::panels(&mut out, chart, years, lines, language);
        }
        Kind::Bars(bars) => rows::bars(&mut out, chart, bars, false, language),
        Kind::Shares(bars) => rows::bars(&mut out, chart, bars, true, language),
        Kind::Waterfall { steps, total } => {
            rows::waterfall(&mut out, chart, steps, total, language);
        }
        Kind::Ranges { rows, common } => {
            rows::ranges(&mut out, chart, rows, common.as_ref(), language);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::canvas::{Room, WIDTH};
    use super::super::{Bar, Line, Point, Range};
    use super::*;

    fn bar(label: &str, value: f64, text: &str) -> Bar {
        Bar {
            label: label.into(),
            point: Point {
                value,
                low: value - 0.3 * value.abs(),
                high: value + 0.3 * value.abs(),
            },
            text: text.into(),
        }
    }

    fn line(label: &str, values: &[f64]) -> Line {
        let point = |value: &f64| Point {
            value: *value,
            low: value - 1.0,
            high: value + 2.0,
        };
        Line {
            label: label.into(),
            points: values.iter().map(point).collect(),
        }
    }

    fn years(count: usize) -> Vec<String> {
        (0..count).map(|t| (2026 + t).to_string()).collect()
    }

    const LONG: &str = "Fælles akutfunktion på tværs af kommuner, hospital og almen praksis, \
                        herunder udkørende sygeplejersker om natten";

    /// Shapes that have been trouble: nothing at all, one value, twenty years, long names, names
    /// at the same height, huge and tiny side by side.
    fn trouble() -> Vec<Kind> {
        let zeros = || vec![line("a", &[0.0; 4]), line("b", &[0.0; 4])];
        let bars = |n: usize| (0..n).map(|i| bar(&format!("{LONG} {i}"), 1e7 * i as f64, "+1,4"));
        let same: Vec<Line> = ["Regionen", "Kommunerne under ét", "Samfundet", LONG]
            .map(|name| line(name, &[1.0; 20]))
            .into();
        let waterfall = |steps: Vec<Bar>, total: Bar| Kind::Waterfall { steps, total };
        let range = |label: &str, from, to| Range {
            label: label.into(),
            from,
            to,
            text: "mindst 12.345.678 kr.".into(),
        };
        vec![
            Kind::Lines {
                years: years(20),
                lines: same.clone(),
            },
            Kind::Levels {
                years: years(10),
                lines: vec![line("uden", &[14_210.0; 10])],
            },
            Kind::Lines {
                years: years(4),
                lines: zeros(),
            },
            Kind::Fans {
                years: years(20),
                lines: same,
            },
            Kind::Fans {
                years: years(1),
                lines: vec![line("a", &[1e9])],
            },
            Kind::Bars(bars(98).collect()),
            Kind::Bars(Vec::new()),
            Kind::Bars(vec![bar("a", 0.0, "0")]),
            Kind::Shares(bars(3).collect()),
            waterfall(bars(12).collect(), bar("I alt", 6.6e8, "+660,0")),
            waterfall(Vec::new(), bar("I alt", 0.0, "0")),
            Kind::Ranges {
                rows: vec![
                    range(LONG, Some(4.2e6), None),
                    range("Regionen", None, Some(1.1e6)),
                    range("T*", Some(0.0), Some(0.0)),
                ],
                common: None,
            },
            Kind::Ranges {
                rows: vec![range("a", Some(-2.0), None), range("b", None, Some(-1.9))],
                common: Some(((-2.0, -1.9), "forhandlingsrum".into())),
            },
        ]
    }

    /// Catches: names and numbers that stand on each other or outside the drawing.
    #[test]
    fn no_text_stands_on_another_or_outside_the_drawing() {
        for kind in trouble() {
            let chart = Chart {
                unit: "mio. kr.".into(),
                kind,
            };
            let out = drawn(&chart, Language::Da);
            for (i, own) in out.rooms.iter().enumerate() {
                let (left, top, right, bottom) = own.sides;
                let inside = left >= -0.5 && right <= WIDTH + 0.5;
                let inside = inside && top >= 0.0 && bottom <= out.height();
                assert!(inside, "{own:?} of {chart:?}");
                let meets = |other: &&Room| own.meets(other, 0.0);
                let other = out.rooms[i + 1..].iter().find(meets);
                assert_eq!(other, None, "{own:?} of {chart:?}");
            }
        }
    }

    /// Catches: a drawing without a number in it, where a value is not one.
    #[test]
    fn every_place_is_a_number() {
        for kind in trouble() {
            let unit = String::new();
            let drawn = svg(&Chart { unit, kind }, "T", "D", Language::En);
            assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
        }
    }

    /// Catches: steps drawn apart from their sum.
    #[test]
    fn the_last_step_of_a_waterfall_ends_where_its_total_does() {
        let kind = Kind::Waterfall {
            steps: vec![bar("a", 5.0, "+5"), bar("b", -3.0, "−3")],
            total: bar("I alt", 2.0, "+2"),
        };
        let unit = String::new();
        let drawn = svg(&Chart { unit, kind }, "T", "D", Language::Da);
        let rects: Vec<(f64, f64)> = drawn
            .lines()
            .filter(|l| l.starts_with("<rect x="))
            .map(|l| {
                let number = |key: &str| -> f64 {
                    let (_, rest) = l.split_once(&format!("{key}=\"")).expect(key);
                    rest.split('"').next().expect(key).parse().expect(key)
                };
                (number("<rect x"), number("<rect x") + number(" width"))
            })
            .collect();
        let [first, second, total] = rects.as_slice() else {
            panic!("{drawn}")
        };
        assert!((first.1 - second.1).abs() < 0.2, "{rects:?}");
        assert!((second.0 - total.1).abs() < 0.2, "{rects:?}");
        assert!((first.0 - total.0).abs() < 0.2, "{rects:?}");
    }

    #[test]
    fn a_name_with_a_sign_is_escaped() {
        let chart = Chart {
            unit: "mio. kr.".into(),
            kind: Kind::Bars(vec![bar("Køb & salg <5", 1.0, "+1,0")]),
        };
        let drawn = svg(&chart, "T", "D", Language::Da);
        assert!(drawn.contains("Køb &amp; salg &lt;5") && drawn.contains("role=\"img\""));
    }
}
