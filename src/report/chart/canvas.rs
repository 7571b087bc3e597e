//! What a chart is drawn on: shapes and text as SVG, with the room that every text takes.
//!
//! Promise: a text box is known before it is drawn, by one table of widths. Absent: what it means.

use std::fmt::Write;

/// Width of every chart.
pub const WIDTH: f64 = 720.0;
/// Size of text.
pub const TEXT: f64 = 13.0;
/// From a line of text to the next.
pub const LEADING: f64 = 15.0;
/// Text.
pub const INK: &str = "#222222";
/// Lines of an axis.
pub const GRID: &str = "stroke=\"#d0d0d0\" stroke-width=\"1\"";
/// The line of 0.
pub const ZERO: &str = "stroke=\"#333333\" stroke-width=\"1.5\"";
/// Colours that people who see them differently can tell apart, dark enough on white for 4.5 : 1,
/// each with dashes of its own.
pub const INKS: [(&str, &str); 6] = [
    ("#005a8c", ""),
    ("#a33b00", "7 3"),
    ("#00664d", "2 3"),
    ("#8a3d74", "9 3 2 3"),
    ("#4d4d4d", "4 4"),
    ("#7a5200", "12 4"),
];

/// The room of a text, for whoever must not draw on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Room {
    /// Left, top, right, bottom.
    pub sides: (f64, f64, f64, f64),
    /// What stands there.
    pub words: String,
}

/// SVG being written.
pub struct Canvas {
    text: String,
    height: f64,
    /// Every text drawn so far.
    pub rooms: Vec<Room>,
}

impl Canvas {
    /// Nothing drawn yet.
    pub fn new(height: f64) -> Canvas {
        Canvas {
            text: String::new(),
            height,
            rooms: Vec::new(),
        }
    }

    /// Height of the drawing.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// Any shape.
    pub fn shape(&mut self, arguments: std::fmt::Arguments) {
        push(&mut self.text, arguments);
        self.text.push('\n');
    }

    /// A straight line.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), style: &str) {
        let ((x1, y1), (x2, y2)) = (from, to);
        self.shape(format_args!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" {style}/>"
        ));
    }

    /// A line of text; `anchor` is start, middle or end.
    pub fn words(&mut self, at: (f64, f64), anchor: &str, fill: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        self.rooms.push(room(at, anchor, words));
        let ((x, y), words) = (at, escaped(words));
        self.shape(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{words}</text>"
        ));
    }

    /// The drawing with what a reader who does not see it is told.
    pub fn finish(self, title: &str, description: &str) -> String {
        let (title, description) = (escaped(title), escaped(description));
        let height = self.height;
        let body = self.text;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {WIDTH} {height}\" \
             width=\"{WIDTH}\" height=\"{height}\" font-family=\"Liberation Sans, Arial, sans-serif\" \
             font-size=\"{TEXT}\">\n<title>{title}</title>\n<desc>{description}</desc>\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{body}</svg>\n"
        )
    }
}

/// Writing to a String cannot fail.
pub fn push(text: &mut String, arguments: std::fmt::Arguments) {
    let _ = text.write_fmt(arguments);
}

/// The room that a text would take.
pub fn room((x, y): (f64, f64), anchor: &str, words: &str) -> Room {
    let width = wide(words);
    let left = match anchor {
        "start" => x,
        "middle" => x - width / 2.0,
        _ => x - width,
    };
    Room {
        sides: (left, y - 0.75 * TEXT, left + width, y + 0.2 * TEXT),
        words: words.to_owned(),
    }
}

impl Room {
    /// Whether the two stand on each other.
    pub fn meets(&self, other: &Room, gap: f64) -> bool {
        let (a, b) = (self.sides, other.sides);
        a.0 < b.2 + gap && b.0 < a.2 + gap && a.1 < b.3 && b.1 < a.3
    }
}

/// About how wide a text is: sans-serif letters by class, in hundredths of the text's size.
pub fn wide(text: &str) -> f64 {
    let letter = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'I' | '.' | ',' | ' ' | '\u{a0}' | ':' | '|' => 30.0,
        'm' | 'w' | 'M' | 'W' | 'Æ' | 'æ' | '%' | '➤' | '…' => 88.0,
        c if c.is_uppercase() => 70.0,
        _ => 57.0,
    };
    text.chars().map(letter).sum::<f64>() * TEXT / 100.0
}

/// A text broken between words so that no line is wider than `room`, where a word allows it.
pub fn broken(text: &str, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let longer = match lines[last].is_empty() {
            true => word.to_owned(),
            false => format!("{} {word}", lines[last]),
        };
        match lines[last].is_empty() || wide(&longer) <= room {
            true => lines[last] = longer,
            false => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A path through points.
pub fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    let mut text = String::new();
    for (i, (x, y)) in points.enumerate() {
        let move_to = if i == 0 { 'M' } else { 'L' };
        push(&mut text, format_args!("{move_to}{x:.1} {y:.1}"));
    }
    text
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

/// From values to places on a side of the drawing.
pub struct Axis {
    /// Values that are marked.
    pub marks: Vec<f64>,
    from: f64,
    to: f64,
}

impl Axis {
    /// From the first mark at `from` to the last at `to`.
    pub fn new(marks: Vec<f64>, from: f64, to: f64) -> Axis {
        Axis { marks, from, to }
    }

    /// Where a value is; values beyond the axis stand at its end.
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = (self.marks[0], self.marks[self.marks.len() - 1]);
        let share = (value - low) / (high - low);
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }
}

/// Texts along a line of which each is drawn only where it stands clear of those before it; the
/// most important come first.
pub fn clear(out: &mut Canvas, texts: &[((f64, f64), String)]) {
    let mut placed: Vec<Room> = Vec::new();
    for (at, text) in texts {
        let own = room(*at, "middle", text);
        let fits = own.sides.0 >= 0.0 && own.sides.2 <= WIDTH;
        if fits && placed.iter().all(|other| !own.meets(other, 6.0)) {
            out.words(*at, "middle", INK, text);
            placed.push(own);
        }
    }
}
