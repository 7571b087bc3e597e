//! Numbers for readers: only the digits that the Monte Carlo error supports.
//!
//! ```text
//! value, error ──supported_place──▶ place of the last digit ──▶ "12,4" · "12.4" · "−3.400"
//! ```
//!
//! One rule, used by every printed number: the last digit stands at the place of the leading
//! digit of twice the error, or further left where the column is coarser. Twice the error is
//! about the half-width of a 95 % interval, so the last digit printed is the first one in doubt.
//! Absent: units' names, sentences.

use super::Language;
use crate::analysis::Summary;

/// Power of ten of the last digit that an error supports; `None` where there is no error.
///
/// An error of 0.013 gives −2 (0.026 leads at hundredths), one of 400 gives 2 (800 at hundreds).
pub fn supported_place(error: f64) -> Option<i32> {
    let doubled = 2.0 * error.abs();
    (doubled > 0.0 && doubled.is_finite()).then(|| leading_place(doubled))
}

/// Monte Carlo standard error of the 10 % and 90 % quantiles over `replicates`.
///
/// √(0.1 · 0.9 / n) divided by the density there, with a normal's density and the spread of the
/// interval itself: 1.709 σ/√n with σ = (p90 − p10)/2.563; never below the mean's own error.
pub fn quantile_error(summary: &Summary, replicates: usize) -> f64 {
    let spread = (summary.p90 - summary.p10) / 2.563;
    (1.709 * spread / (replicates.max(1) as f64).sqrt()).max(summary.mcse)
}

/// How a column prints: a unit and the finest place it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Kroner, or whatever is counted, in one printed unit, as a power of ten.
    pub unit: i32,
    /// Power of ten of the finest digit shown, in printed units.
    pub finest: i32,
}

impl Scale {
    /// As it is, whole numbers.
    pub const WHOLE: Scale = Scale { unit: 0, finest: 0 };
    /// Kroner per inhabitant, with one decimal.
    pub const PER_INHABITANT: Scale = Scale {
        unit: 0,
        finest: -1,
    };
    /// Thousands, whole.
    pub const THOUSANDS: Scale = Scale { unit: 3, finest: 0 };
    /// Millions with one decimal.
    pub const MILLIONS: Scale = Scale {
        unit: 6,
        finest: -1,
    };
    /// Hundredths as per cent, whole.
    pub const PERCENT: Scale = Scale {
        unit: -2,
        finest: 0,
    };

    /// The scale for a column of kroner whose largest amount is `largest`.
    pub fn of_column(largest: f64) -> Scale {
        match largest.abs() {
            x if x >= 10e6 => Scale::MILLIONS,
            x if x >= 10e3 => Scale::THOUSANDS,
            _ => Scale::WHOLE,
        }
    }

    /// The scale for one amount of kroner in a sentence, and how far it may be rounded.
    pub fn of_sentence(amount: f64) -> Scale {
        match amount.abs() {
            x if x >= 999_500.0 => Scale::MILLIONS,
            x if x >= 10e3 => Scale { unit: 0, finest: 3 },
            x if x >= 100.0 => Scale::WHOLE,
            _ => Scale {
                unit: 0,
                finest: -2,
            },
        }
    }
}

/// Whether a plus is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Only a minus.
    Minus,
    /// Plus and minus.
    Both,
}

/// A figure with its Monte Carlo error, both in base units, as text.
pub fn figure(language: Language, scale: Scale, sign: Sign, value: f64, error: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let unit = power_of_ten(scale.unit);
    let place = supported_place(error / unit).map_or(scale.finest, |p| p.max(scale.finest));
    let digits = rounded(value.abs() / unit, place);
    let mark = match (is_nothing(&digits), value < 0.0, sign) {
        (false, true, _) => "−",
        (false, false, Sign::Both) => "+",
        _ => "",
    };
    format!("{mark}{}", written(language, &digits))
}

/// A Monte Carlo error itself: one significant digit, down to a hundredth of the finest one shown.
pub fn error(language: Language, scale: Scale, error: f64) -> String {
    if error == 0.0 {
        return "0".into();
    }
    let scaled = error.abs() / power_of_ten(scale.unit);
    let floor = power_of_ten(scale.finest - 2);
    if scaled < floor {
        return format!("<{}", written(language, &rounded(floor, scale.finest - 2)));
    }
    // One digit first: 0.0097 is 0.01, not 0.010.
    let digits = rounded(scaled, leading_place_of(&format!("{scaled:.0e}")));
    format!("±{}", written(language, &digits))
}

/// An exact number of a formula, to five significant digits.
pub fn number_of(language: Language, x: f64) -> String {
    let place = leading_place(x.abs().max(f64::MIN_POSITIVE)) - 4;
    let scale = Scale {
        unit: 0,
        finest: place.min(0),
    };
    let digits = figure(language, scale, Sign::Minus, x, 0.0);
    let (_, decimal) = marks(language);
    match digits.contains(decimal) {
        true => digits
            .trim_end_matches('0')
            .trim_end_matches(decimal)
            .to_owned(),
        false => digits,
    }
}

/// A count of things, grouped by thousands.
pub fn count(language: Language, n: usize) -> String {
    written(language, &n.to_string())
}

/// Values rounded to a scale's finest place so that the rounded add up to their rounded sum: the
/// method of largest remainders. Each is rounded up or down to a neighbour, never further.
pub fn agreeing(values: &[f64], scale: Scale) -> Vec<f64> {
    let step = power_of_ten(scale.unit) * power_of_ten(scale.finest);
    let steps: Vec<f64> = values.iter().map(|v| v / step).collect();
    let mut whole: Vec<f64> = steps.iter().map(|s| s.floor()).collect();
    let wanted = steps.iter().sum::<f64>().round();
    let missing = (wanted - whole.iter().sum::<f64>()).max(0.0) as usize;
    let mut order: Vec<usize> = (0..values.len()).collect();
    let rest = |at: usize| steps[at] - whole[at];
    order.sort_by(|a, b| rest(*b).total_cmp(&rest(*a)).then(a.cmp(b)));
    for at in order
        .into_iter()
        .filter(|at| steps[*at].fract() != 0.0)
        .take(missing)
    {
        whole[at] += 1.0;
    }
    whole.into_iter().map(|w| w * step + 0.0).collect()
}

/// Whether printed digits say zero.
pub fn is_nothing(digits: &str) -> bool {
    !digits.chars().any(|c| ('1'..='9').contains(&c))
}

/// Power of ten of a positive number's leading digit, read off its shortest decimal form: exact,
/// and the same on every machine.
fn leading_place(x: f64) -> i32 {
    leading_place_of(&format!("{x:e}"))
}

fn leading_place_of(scientific: &str) -> i32 {
    let exponent = scientific.split('e').nth(1);
    exponent.and_then(|e| e.parse().ok()).unwrap_or(0)
}

/// Ten to a whole power.
pub fn power_of_ten(exponent: i32) -> f64 {
    let power = (0..exponent.abs()).fold(1.0, |p, _| p * 10.0);
    if exponent < 0 { 1.0 / power } else { power }
}

/// Digits of a positive number whose last one stands at `place`, with a decimal point.
fn rounded(x: f64, place: i32) -> String {
    if place < 0 {
        format!("{x:.*}", place.unsigned_abs() as usize)
    } else {
        let step = power_of_ten(place);
        format!("{:.0}", (x / step).round() * step)
    }
}

/// Thousands separator and decimal mark.
fn marks(language: Language) -> (char, char) {
    match language {
        Language::Da => ('.', ','),
        Language::En => (',', '.'),
    }
}

/// Puts the language's decimal mark and thousands separator into plain digits.
fn written(language: Language, digits: &str) -> String {
    let (thousands, decimal) = marks(language);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(decimal);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const CENTS: Scale = Scale {
        unit: 0,
        finest: -9,
    };

    fn da(scale: Scale, value: f64, error: f64) -> String {
        figure(Language::Da, scale, Sign::Minus, value, error)
    }

    #[test]
    fn rounded_parts_add_up_to_the_rounded_sum() {
        let values = [1_040_000.0, 2_040_000.0, 3_040_000.0, -5_060_000.0];
        let rounded = agreeing(&values, Scale::MILLIONS);
        let tenths: Vec<f64> = rounded.iter().map(|v| (v / 1e5).round()).collect();
        // 1.06 million in all: 11 tenths, where each by itself would give 10 + 20 + 30 − 51 = 9
        assert_eq!(tenths.iter().sum::<f64>(), 11.0);
        for (value, rounded) in values.iter().zip(&rounded) {
            assert!((value - rounded).abs() < 1e5, "{value} became {rounded}");
        }
        assert_eq!(agreeing(&[0.0, 5e6], Scale::MILLIONS), [0.0, 5e6]);
    }

    #[test]
    fn the_last_digit_stands_where_twice_the_error_leads() {
        for (error, place) in [
            (0.013, -2),
            (0.049, -2),
            (0.05, -1),
            (0.4, -1),
            (0.5, 0),
            (4.0, 0),
            (400.0, 2),
            (5e5, 6),
        ] {
            assert_eq!(supported_place(error), Some(place), "error {error}");
        }
        assert_eq!(supported_place(0.0), None);
    }

    #[test]
    fn no_printed_number_shows_a_digit_that_its_error_does_not_support() {
        assert_eq!(da(CENTS, 12_345.678_9, 0.013), "12.345,68");
        assert_eq!(da(CENTS, 12_345.678_9, 0.5), "12.346");
        assert_eq!(da(CENTS, 12_345.678_9, 40.0), "12.350");
        assert_eq!(da(CENTS, 12_345.678_9, 900.0), "12.000");
        assert_eq!(da(CENTS, 345.0, 900.0), "0");
    }

    #[test]
    fn a_column_may_be_coarser_than_its_error_never_finer() {
        assert_eq!(da(Scale::MILLIONS, 12_345_678.0, 100.0), "12,3");
        assert_eq!(da(Scale::MILLIONS, 12_345_678.0, 900_000.0), "12");
        assert_eq!(da(Scale::THOUSANDS, 12_345_678.0, 0.0), "12.346");
    }

    #[test]
    fn each_language_has_its_own_marks_and_a_real_minus() {
        let value = -1_234_567.8;
        let text = |language| figure(language, CENTS, Sign::Both, value, 0.1);
        assert_eq!(text(Language::Da), "−1.234.567,8");
        assert_eq!(text(Language::En), "−1,234,567.8");
        assert_eq!(
            figure(Language::En, Scale::WHOLE, Sign::Both, 4.0, 0.0),
            "+4"
        );
    }

    #[test]
    fn zero_is_zero_whatever_its_sign_or_error() {
        for zero in [0.0, -0.0] {
            assert_eq!(
                figure(Language::Da, Scale::MILLIONS, Sign::Both, zero, 0.3),
                "0"
            );
        }
        assert_eq!(
            figure(Language::Da, Scale::WHOLE, Sign::Both, -0.2, 0.0),
            "0"
        );
    }

    #[test]
    fn an_error_shows_one_digit() {
        assert_eq!(error(Language::Da, Scale::MILLIONS, 13_400.0), "±0,01");
        assert_eq!(error(Language::Da, Scale::WHOLE, 1_340.0), "±1.000");
        assert_eq!(error(Language::Da, Scale::MILLIONS, 9_700.0), "±0,01");
        assert_eq!(error(Language::Da, Scale::MILLIONS, 20.0), "<0,001");
        assert_eq!(error(Language::Da, Scale::WHOLE, 0.0), "0");
    }

    #[test]
    fn a_weight_of_a_formula_shows_five_digits_and_no_empty_decimals() {
        let da = |x| number_of(Language::Da, x);
        assert_eq!(da(-150_476.724_5), "−150.477");
        assert_eq!(da(1.029_972_19), "1,03");
        assert_eq!(da(0.012_345_67), "0,012346");
        assert_eq!(da(12.0), "12");
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(Language::Da, 10_000), "10.000");
        assert_eq!(count(Language::En, 1_234_567), "1,234,567");
        assert_eq!(count(Language::Da, 999), "999");
    }
}
