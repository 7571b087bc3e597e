//! Numbers in text, as a reader reads them.

/// A printed number.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// As printed, without a sign.
    pub text: String,
    /// Where it begins, in bytes.
    pub at: usize,
    /// Its value in printed units, without a sign.
    pub value: f64,
    /// Half of the last digit's place.
    pub half: f64,
    /// Digits from the first that is not zero to the last that must be taken as one.
    pub significant: usize,
    /// Whether it is written as a year: four digits together.
    pub year: bool,
}

impl Token {
    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Marks of a language: thousands and decimals.
#[derive(Debug, Clone, Copy)]
pub struct Marks {
    pub thousands: char,
    pub decimal: char,
}

pub const DANISH: Marks = Marks {
    thousands: '.',
    decimal: ',',
};
pub const ENGLISH: Marks = Marks {
    thousands: ',',
    decimal: '.',
};

/// The numbers of a text. A digit that belongs to a word (`p10`, `8af3`) is none.
pub fn tokens(text: &str, marks: Marks) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].1.is_ascii_digit() {
            i += 1;
            continue;
        }
        let from = i;
        let digit = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
        while i < chars.len() {
            let mark = chars[i].1 == marks.thousands || chars[i].1 == marks.decimal;
            if !(digit(i) || mark && digit(i + 1)) {
                break;
            }
            i += 1;
        }
        let word = |at: Option<usize>| {
            at.and_then(|at| chars.get(at))
                .is_some_and(|(_, c)| c.is_alphabetic() || *c == '_')
        };
        if word(from.checked_sub(1)) || word(Some(i)) {
            while word(Some(i)) || digit(i) {
                i += 1;
            }
            continue;
        }
        let end = chars.get(i).map_or(text.len(), |(at, _)| *at);
        let at = chars[from].0;
        found.extend(read(&text[at..end], at, marks));
    }
    found
}

/// Half of a power of ten.
fn half_of(place: i32) -> f64 {
    let power = (0..place.abs()).fold(1.0, |power, _| power * 10.0);
    if place < 0 { 0.5 / power } else { 0.5 * power }
}

fn read(text: &str, at: usize, marks: Marks) -> Option<Token> {
    let (whole, fraction) = text.split_once(marks.decimal).unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split(marks.thousands).collect();
    let grouped = groups.len() > 1;
    // marks that group no thousands: a version, a date, an address of a section
    if (grouped && groups[1..].iter().any(|g| g.len() != 3))
        || fraction.contains([marks.thousands, marks.decimal])
    {
        return None;
    }
    let digits = groups.concat();
    let value: f64 = format!("{digits}.{fraction}0").parse().ok()?;
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let place = match (fraction.len(), digits.len() == zeros) {
        (0, true) => 0,
        (0, false) => zeros as i32,
        (n, _) => -(n as i32),
    };
    let all = format!("{digits}{fraction}");
    let kept = all.trim_start_matches('0');
    let significant = match place > 0 {
        true => kept.trim_end_matches('0').len(),
        false => kept.len(),
    };
    Some(Token {
        text: text.to_owned(),
        at,
        value,
        half: half_of(place),
        significant,
        year: !grouped && fraction.is_empty() && digits.len() == 4 && value >= 1900.0,
    })
}
