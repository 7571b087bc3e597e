//! `exp`, `ln` and `pow`, branch-light so that loops over them vectorise.
//!
//! Selections are written as `if … { a } else { b }` over values already computed, which the
//! compiler turns into masks; there is no early return on the vectorised ones.
//!
//! Absent: the sign of a NaN and the last bit. Errors are stated, not zero.

/// Adding this to |x| < 2⁵¹ leaves the nearest integer in the low mantissa bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;
const LN_2_HIGH: f64 = 6.931_471_803_691_238_164_90e-1;
const LN_2_LOW: f64 = 1.908_214_929_270_587_700_02e-10;

/// e to the power `x`. Error below 1 ulp; 0 below −745.14, infinite above 709.79.
///
/// x = n ln 2 + r with |r| ≤ ln 2 / 2, a Taylor polynomial of degree 13 in r (remainder
/// 4e-18), then 2ⁿ in two halves so that subnormal results are reached.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    let x = if x > 710.0 { 710.0 } else { x };
    let x = if x < -746.0 { -746.0 } else { x };
    let n = (x * std::f64::consts::LOG2_E + ROUNDER) - ROUNDER;
    let r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
    let half = (n * 0.5 + ROUNDER) - ROUNDER;
    exp_near_zero(r) * power_of_two(half) * power_of_two(n - half)
}

/// Estrin's scheme: five dependent steps instead of thirteen.
#[inline(always)]
fn exp_near_zero(r: f64) -> f64 {
    let r2 = r * r;
    let r4 = r2 * r2;
    let c01 = 0.5 + r * (1.0 / 6.0);
    let c23 = 1.0 / 24.0 + r * (1.0 / 120.0);
    let c45 = 1.0 / 720.0 + r * (1.0 / 5_040.0);
    let c67 = 1.0 / 40_320.0 + r * (1.0 / 362_880.0);
    let c89 = 1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0);
    let c1011 = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let low = c01 + r2 * c23;
    let high = (c45 + r2 * c67) + r4 * (c89 + r2 * c1011);
    1.0 + (r + r2 * (low + r4 * high))
}

/// 2ⁿ for an integral n in [−1022, 1023], by its bits.
#[inline(always)]
fn power_of_two(n: f64) -> f64 {
    f64::from_bits(((n + ROUNDER).to_bits() << 52).wrapping_add(1023 << 52))
}

/// The natural logarithm. Error below 1 ulp; −∞ at 0, NaN below.
///
/// x = 2ᵏ m with m in [√½, √2) and the minimax polynomial in s = (m − 1)/(m + 1) of
/// FreeBSD's msun `e_log.c` (Sun Microsystems, 1993), here without branches.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    let subnormal = x < f64::MIN_POSITIVE;
    let scaled = if subnormal {
        x * 18_014_398_509_481_984.0
    } else {
        x
    };
    let (k, m) = split(scaled);
    let k = if subnormal { k - 54.0 } else { k };
    let f = m - 1.0;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let odd = z
        * (6.666_666_666_666_735_130e-1
            + w * (2.857_142_874_366_239_149e-1
                + w * (1.818_357_216_161_805_012e-1 + w * 1.479_819_860_511_658_591e-1)));
    let even = w
        * (3.999_999_999_940_941_908e-1
            + w * (2.222_219_843_214_978_396e-1 + w * 1.531_383_769_920_937_332e-1));
    let half_square = 0.5 * f * f;
    let value =
        k * LN_2_HIGH + ((s * (half_square + (odd + even)) + k * LN_2_LOW) - half_square + f);
    let value = if x == f64::INFINITY { x } else { value };
    let value = if x == 0.0 { f64::NEG_INFINITY } else { value };
    // Also true of NaN, which no comparison admits.
    if x >= 0.0 { value } else { f64::NAN }
}

/// (k, m) with x = 2ᵏ m and m in [√½, √2), for a positive normal x.
#[inline(always)]
fn split(x: f64) -> (f64, f64) {
    const ROOT_HALF: u64 = 0x3fe6_a09e_0000_0000;
    let bits = x.to_bits().wrapping_add((1023 << 52) - ROOT_HALF);
    // An integer below 2⁵² in the mantissa of 2⁵²: no conversion instruction needed.
    let exponent = f64::from_bits(0x4330_0000_0000_0000 | (bits >> 52)) - 4_503_599_627_370_496.0;
    let mantissa = f64::from_bits((bits & 0x000f_ffff_ffff_ffff).wrapping_add(ROOT_HALF));
    (exponent - 1023.0, mantissa)
}

/// ln(1 + t) − t without cancellation, for t > −1. Relative error about 4e-16 for |t| ≤ ½
/// and 1e-15 elsewhere.
///
/// With s = t/(2 + t): ln(1 + t) = 2s + 2s³/3 + …, and 2s − t = −ts exactly.
pub fn log1p_minus_x(t: f64) -> f64 {
    if !(-0.4..=0.5).contains(&t) {
        return ln(1.0 + t) - t;
    }
    let s = t / (2.0 + t);
    let s2 = s * s;
    let mut tail = 0.0;
    let mut odd = 31.0;
    while odd >= 3.0 {
        tail = tail * s2 + 1.0 / odd;
        odd -= 2.0;
    }
    2.0 * s * s2 * tail - t * s
}

/// `x` to the power `y`. Error about 1 ulp (the logarithm is carried in two doubles).
///
/// A negative base is defined for integral `y`. Scalar: for discounting and formulas, not for
/// inner loops.
pub fn pow(x: f64, y: f64) -> f64 {
    if y == 0.0 || x == 1.0 {
        return 1.0;
    }
    if x.is_nan() || y.is_nan() {
        return f64::NAN;
    }
    if x < 0.0 {
        return match Parity::of(y) {
            Parity::Even => pow(-x, y),
            Parity::Odd => -pow(-x, y),
            Parity::Fraction => f64::NAN,
        };
    }
    if x == 0.0 || x.is_infinite() || y.is_infinite() {
        return power_at_the_edge(x, y);
    }
    let (high, low) = ln_in_two(x);
    let (product, rest) = product_in_two(y, high);
    if product.abs() > 800.0 {
        return exp(product);
    }
    let value = exp(product);
    value + value * (rest + y * low)
}

enum Parity {
    Even,
    Odd,
    Fraction,
}

impl Parity {
    fn of(y: f64) -> Parity {
        if y % 1.0 != 0.0 {
            Parity::Fraction
        } else if y % 2.0 == 0.0 {
            Parity::Even
        } else {
            Parity::Odd
        }
    }
}

/// The limits where a base or an exponent is 0 or infinite; x ≥ 0, neither NaN.
fn power_at_the_edge(x: f64, y: f64) -> f64 {
    if (x > 1.0) == (y > 0.0) {
        f64::INFINITY
    } else {
        0.0
    }
}

/// ln x as an unevaluated sum of two doubles, relative error about 1e-20.
fn ln_in_two(x: f64) -> (f64, f64) {
    let subnormal = x < f64::MIN_POSITIVE;
    let (k, m) = split(if subnormal {
        x * 18_014_398_509_481_984.0
    } else {
        x
    });
    let k = if subnormal { k - 54.0 } else { k };
    let f = m - 1.0;
    let d = 2.0 + f;
    let d_rest = f - (d - 2.0);
    let s = f / d;
    let (back, back_rest) = product_in_two(s, d);
    let s_rest = (((f - back) - back_rest) - s * d_rest) / d;
    // 2s³/3 in two doubles as well: at y ln x = 700 the result needs ten bits to spare.
    let (s2, s2_rest) = product_in_two(s, s);
    let s2_rest = s2_rest + 2.0 * s * s_rest;
    let (s3, s3_rest) = product_in_two(s2, s);
    let s3_rest = s3_rest + s2 * s_rest + s2_rest * s;
    let (cubic, cubic_rest) = product_in_two(s3, 2.0 / 3.0);
    // 2/3 itself is 3.7e-17 short.
    let cubic_rest = cubic_rest + s3_rest * (2.0 / 3.0) + s3 * 3.700_743_415_417_188e-17;
    let mut tail = 0.0;
    let mut odd = 25.0;
    while odd >= 5.0 {
        tail = tail * s2 + 2.0 / odd;
        odd -= 2.0;
    }
    let tail = tail * s2 * s3;
    let (sum, rest_a) = sum_in_two(k * LN_2_HIGH, 2.0 * s);
    let (sum, rest_b) = sum_in_two(sum, cubic);
    let (sum, rest_c) = sum_in_two(sum, tail);
    let (low, low_rest) = product_in_two(k, LN_2_LOW);
    let (sum, rest_d) = sum_in_two(sum, low);
    // ln 2 − (high + low) = 2.6e-26·…: below the error stated.
    (
        sum,
        (rest_a + rest_b + rest_c + rest_d) + (2.0 * s_rest + cubic_rest + low_rest),
    )
}

/// a + b and the rounding error of that sum (Knuth).
fn sum_in_two(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_seen = sum - a;
    (sum, (a - (sum - b_seen)) + (b - b_seen))
}

/// a · b and the rounding error of that product (Dekker, without fused operations).
fn product_in_two(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let (a_high, a_low) = halves(a);
    let (b_high, b_low) = halves(b);
    let rest = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    (
        product,
        if product.is_finite() && rest.is_finite() {
            rest
        } else {
            0.0
        },
    )
}

fn halves(a: f64) -> (f64, f64) {
    let scaled = 134_217_729.0 * a;
    let high = scaled - (scaled - a);
    (high, a - high)
}
