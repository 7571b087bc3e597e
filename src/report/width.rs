//! How wide columns of a table stand, so that no number and no word is broken where there is room.
//!
//! ```text
//! least   widest thing that may not be broken   ┐
//! wanted  widest text on one line, within limits ├─▶ columns that fill the page
//! page                                           ┘
//! ```
//!
//! Absent: fonts; letters are as wide as Arial's, bold a twelfth more.

use super::document::{Align, Table};

/// Widths of the letters from space to tilde in thousandths of the size.
const LETTERS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
/// Left and right of a cell's text, and a hair for rounding, in twentieths of a point.
const MARGINS: usize = 2 * 85 + 20;
/// More of it left of words that follow a number.
pub const APART: usize = 170;
/// Widest that a text is asked to stand on one line: labels and sentences beyond are broken.
const LABEL: usize = 3200;
const SENTENCE: usize = 3600;

/// Width of a text on one line in twentieths of a point, at a size in half points.
pub fn of(text: &str, size: usize) -> usize {
    let letter = |c: char| match c {
        ' '..='~' => usize::from(LETTERS[c as usize - ' ' as usize]),
        '\u{a0}' | '·' => 278,
        'æ' | 'Æ' | '→' => 1000,
        'ø' => 611,
        'Ø' => 778,
        _ => 600,
    };
    text.chars().map(letter).sum::<usize>() * size * 10 / 1000
}

/// Least and wanted width of a column.
#[derive(Debug, Clone, Copy)]
struct Wish {
    least: usize,
    wanted: usize,
}

/// Width of the label column and of each column, which together fill `page`.
pub fn columns(table: &Table, size: usize, page: usize) -> Vec<usize> {
    let labels = table.rows.iter().map(|row| row.label.as_str());
    let label = wish(labels.collect(), &table.label, Align::Left, LABEL, size);
    let column = |(c, column): (usize, &super::document::Column)| {
        let cells = table.rows.iter().map(|row| row.cells[c].text.as_str());
        let wish = wish(
            cells.collect(),
            &column.heading,
            column.align,
            SENTENCE,
            size,
        );
        match apart(table, c) {
            true => wish.and(APART),
            false => wish,
        }
    };
    let columns = table.columns.iter().enumerate().map(column);
    let wishes: Vec<Wish> = std::iter::once(label).chain(columns).collect();
    filled(&wishes, page)
}

/// Whether words of a column would stand right beside the numbers before them.
pub fn apart(table: &Table, column: usize) -> bool {
    let align = |c: usize| table.columns.get(c).map(|column| column.align);
    let before = column.checked_sub(1).and_then(align);
    before == Some(Align::Right) && align(column) == Some(Align::Left)
}

impl Wish {
    fn and(self, more: usize) -> Wish {
        Wish {
            least: self.least + more,
            wanted: self.wanted + more,
        }
    }
}

fn wish(cells: Vec<&str>, heading: &str, align: Align, most: usize, size: usize) -> Wish {
    let whole = |text: &str| of(text, size);
    let word = |text: &str| text.split(' ').map(|w| of(w, size)).max().unwrap_or(0);
    let unbroken = |text: &str| match align {
        Align::Right => whole(text),
        Align::Left => word(text),
    };
    let least = cells.iter().map(|t| unbroken(t)).max().unwrap_or(0);
    let wanted = cells.iter().map(|t| whole(t)).max().unwrap_or(0).min(most);
    let (word, heading) = (word(heading) * 13 / 12, whole(heading) * 13 / 12);
    let least = least.max(word);
    Wish {
        least: least + MARGINS,
        // a heading may stand on two lines
        wanted: wanted.max(least).max(heading * 11 / 20) + MARGINS,
    }
}

/// Wanted widths with what is left shared out; where they do not fit, the widest give way first.
fn filled(wishes: &[Wish], page: usize) -> Vec<usize> {
    let least: usize = wishes.iter().map(|w| w.least).sum();
    let wanted: usize = wishes.iter().map(|w| w.wanted).sum();
    if page < least {
        let width = |w: &Wish| w.least * page / least.max(1);
        return wishes.iter().map(width).collect();
    }
    if page >= wanted {
        let width = |w: &Wish| w.wanted * page / wanted.max(1);
        return wishes.iter().map(width).collect();
    }
    let at = |most: usize| wishes.iter().map(move |w| w.wanted.min(most.max(w.least)));
    // the highest limit on the widest columns that lets all stand on the page
    let (mut low, mut high) = (0, page);
    while low + 1 < high {
        let middle = (low + high) / 2;
        match at(middle).sum::<usize>() <= page {
            true => low = middle,
            false => high = middle,
        }
    }
    at(low).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_page_and_give_numbers_their_room() {
        let wish = |least, wanted| Wish { least, wanted };
        assert_eq!(filled(&[wish(10, 30), wish(20, 30)], 120), [60, 60]);
        assert_eq!(filled(&[wish(10, 90), wish(20, 20)], 60), [40, 20]);
        let long = [wish(10, 200), wish(10, 30), wish(10, 90)];
        assert_eq!(filled(&long, 110), [40, 30, 40]);
        assert_eq!(filled(&[wish(100, 100), wish(100, 100)], 100), [50, 50]);
        assert_eq!(of("−1,4", 20), (600 + 556 + 278 + 556) * 20 * 10 / 1000);
    }
}
