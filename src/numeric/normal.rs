//! The standard normal law: density, distribution function and its inverse.
//!
//! Absent: any other law; those live in `random`.

use super::{exp, kernel, ln};

/// φ(z) = exp(−z²/2)/√(2π). Relative error about 4e-16 at any z.
pub fn normal_density(z: f64) -> f64 {
    exp_of_half_square(z) * 0.398_942_280_401_432_677_94
}

/// exp(−z²/2) without the z² ulp that squaring first would cost (Cody 1969).
#[inline(always)]
fn exp_of_half_square(z: f64) -> f64 {
    const ROUNDER: f64 = 6_755_399_441_055_744.0;
    let z = if z.abs() > 60.0 { 60.0 } else { z.abs() };
    let coarse = ((z * 16.0 + ROUNDER) - ROUNDER) * 0.0625;
    let rest = (z - coarse) * (z + coarse);
    exp(-0.5 * coarse * coarse) * exp(-0.5 * rest)
}

/// Φ(z), the probability that a standard normal is at most `z`. Relative error about 1e-15,
/// in the lower tail too; it vanishes below −38.5.
///
/// W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of
/// Computation 23 (1969) 631–637, doi:10.1090/S0025-5718-1969-0247736-4.
pub fn normal_cdf(z: f64) -> f64 {
    if z.is_nan() {
        return z;
    }
    let x = z.abs() * std::f64::consts::FRAC_1_SQRT_2;
    if x <= 0.468_75 {
        return 0.5 + 0.5 * erf_small(z * std::f64::consts::FRAC_1_SQRT_2);
    }
    let tail = 0.5
        * exp_of_half_square(z)
        * if x <= 4.0 {
            erfcx_middle(x)
        } else {
            erfcx_far(x)
        };
    if z > 0.0 { 1.0 - tail } else { tail }
}

/// erf(x) for |x| ≤ 0.46875.
fn erf_small(x: f64) -> f64 {
    let y = x * x;
    let numerator = (((1.857_777_061_846_031_53e-1 * y + 3.161_123_743_870_565_60) * y
        + 1.138_641_541_510_501_56e2)
        * y
        + 3.774_852_376_853_020_21e2)
        * y
        + 3.209_377_589_138_469_47e3;
    let denominator = (((y + 2.360_129_095_234_412_09e1) * y + 2.440_246_379_344_441_73e2) * y
        + 1.282_616_526_077_372_28e3)
        * y
        + 2.844_236_833_439_170_62e3;
    x * numerator / denominator
}

/// exp(x²)·erfc(x) for 0.46875 < x ≤ 4.
fn erfcx_middle(x: f64) -> f64 {
    const NUMERATOR: [f64; 9] = [
        2.153_115_354_744_038_46e-8,
        5.641_884_969_886_700_89e-1,
        8.883_149_794_388_375_94,
        6.611_919_063_714_162_95e1,
        2.986_351_381_974_001_31e2,
        8.819_522_212_417_690_90e2,
        1.712_047_612_634_070_58e3,
        2.051_078_377_826_071_47e3,
        1.230_339_354_797_997_25e3,
    ];
    const DENOMINATOR: [f64; 9] = [
        1.0,
        1.574_492_611_070_983_47e1,
        1.176_939_508_913_124_99e2,
        5.371_811_018_620_098_58e2,
        1.621_389_574_566_690_19e3,
        3.290_799_235_733_459_63e3,
        4.362_619_090_143_247_16e3,
        3.439_367_674_143_721_64e3,
        1.230_339_354_803_749_42e3,
    ];
    horner(&NUMERATOR, x) / horner(&DENOMINATOR, x)
}

/// exp(x²)·erfc(x) for x > 4.
fn erfcx_far(x: f64) -> f64 {
    const NUMERATOR: [f64; 6] = [
        1.631_538_713_730_209_78e-2,
        3.053_266_349_612_323_44e-1,
        3.603_448_999_498_044_39e-1,
        1.257_817_261_112_292_46e-1,
        1.608_378_514_874_227_66e-2,
        6.587_491_615_298_378_03e-4,
    ];
    const DENOMINATOR: [f64; 6] = [
        1.0,
        2.568_520_192_289_822_42,
        1.872_952_849_923_467_25,
        5.279_051_029_514_284_12e-1,
        6.051_834_131_244_131_91e-2,
        2.335_204_976_268_691_85e-3,
    ];
    const ONE_BY_ROOT_PI: f64 = 0.564_189_583_547_756_286_95;
    let y = 1.0 / (x * x);
    (ONE_BY_ROOT_PI - y * horner(&NUMERATOR, y) / horner(&DENOMINATOR, y)) / x
}

/// Highest power first.
#[inline(always)]
fn horner<const N: usize>(coefficients: &[f64; N], x: f64) -> f64 {
    let mut sum = coefficients[0];
    for c in &coefficients[1..] {
        sum = sum * x + c;
    }
    sum
}

/// Φ⁻¹(u) for `u` in (0, 1): ∓∞ at 0 and 1, NaN outside. Relative error about 1e-15 (absolute
/// around u = ½, where the result passes 0).
///
/// M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
/// Applied Statistics 37 (1988) 477–484, doi:10.2307/2347330.
#[inline]
pub fn normal_quantile(u: f64) -> f64 {
    let q = u - 0.5;
    let tail = if q < 0.0 { u } else { 1.0 - u };
    if tail > FAR {
        return quantile_near(u);
    }
    if tail == 0.0 {
        return if q < 0.0 {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    let value = quantile_far((-ln(tail)).sqrt() - 5.0);
    if q < 0.0 { -value } else { value }
}

/// exp(−25), where the far rational function takes over.
const FAR: f64 = 1.388_794_386_496_402_1e-11;

/// Both nearer ranges evaluated with selected coefficients, so that a loop has no branch.
#[inline(always)]
fn quantile_near(u: f64) -> f64 {
    let q = u - 0.5;
    let central = q.abs() <= 0.425;
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = if central {
        0.180_625 - q * q
    } else {
        (-ln(tail)).sqrt() - 1.6
    };
    let pick = |a: f64, c: f64| if central { a } else { c };
    let numerator = [
        pick(
            2.509_080_928_730_122_672_7e3,
            7.745_450_142_783_414_076_40e-4,
        ),
        pick(
            3.343_057_558_358_812_810_5e4,
            2.272_384_498_926_918_458_33e-2,
        ),
        pick(
            6.726_577_092_700_870_085_3e4,
            2.417_807_251_774_506_117_70e-1,
        ),
        pick(4.592_195_393_154_987_145_7e4, 1.270_458_252_452_368_382_58),
        pick(1.373_169_376_550_946_112_5e4, 3.647_848_324_763_204_605_04),
        pick(1.971_590_950_306_551_442_7e3, 5.769_497_221_460_691_405_50),
        pick(1.331_416_678_917_843_774_5e2, 4.630_337_846_156_545_295_90),
        pick(3.387_132_872_796_366_608_0, 1.423_437_110_749_683_577_34),
    ];
    let denominator = [
        pick(
            5.226_495_278_852_854_561_0e3,
            1.050_750_071_644_416_843_24e-9,
        ),
        pick(
            2.872_908_573_572_194_267_4e4,
            5.475_938_084_995_344_946_00e-4,
        ),
        pick(
            3.930_789_580_009_271_061_0e4,
            1.519_866_656_361_645_719_66e-2,
        ),
        pick(
            2.121_379_430_158_659_586_7e4,
            1.481_039_764_274_800_745_90e-1,
        ),
        pick(
            5.394_196_021_424_751_107_7e3,
            6.897_673_349_851_000_045_50e-1,
        ),
        pick(6.871_870_074_920_579_083_0e2, 1.676_384_830_183_803_849_40),
        pick(4.231_333_070_160_091_125_2e1, 2.053_191_626_637_758_821_87),
        1.0,
    ];
    let value = horner(&numerator, r) / horner(&denominator, r);
    let mirrored = if q < 0.0 { -value } else { value };
    if central { q * value } else { mirrored }
}

/// For probabilities below exp(−25); r = √(−ln p) − 5.
fn quantile_far(r: f64) -> f64 {
    const NUMERATOR: [f64; 8] = [
        2.010_334_399_292_288_132_65e-7,
        2.711_555_568_743_487_578_15e-5,
        1.242_660_947_388_078_438_60e-3,
        2.653_218_952_657_612_309_30e-2,
        2.965_605_718_285_048_912_30e-1,
        1.784_826_539_917_291_335_80,
        5.463_784_911_164_114_369_90,
        6.657_904_643_501_103_777_20,
    ];
    const DENOMINATOR: [f64; 8] = [
        2.044_263_103_389_939_785_64e-15,
        1.421_511_758_316_445_888_70e-7,
        1.846_318_317_510_054_681_80e-5,
        7.868_691_311_456_132_591_00e-4,
        1.487_536_129_085_061_485_25e-2,
        1.369_298_809_227_358_053_10e-1,
        5.998_322_065_558_879_376_90e-1,
        1.0,
    ];
    horner(&NUMERATOR, r) / horner(&DENOMINATOR, r)
}

/// [`normal_quantile`] of every element, the same bits, 3 ns each on wide vectors.
///
/// # Panics
/// If the lengths differ.
pub fn normal_quantiles(uniforms: &[f64], out: &mut [f64]) {
    assert_eq!(uniforms.len(), out.len(), "one result for each uniform");
    near_quantiles(uniforms, out);
    // Two uniforms in 10¹¹ lie beyond: a pass that finds them costs less than a third range.
    if smallest_tail(uniforms) <= FAR {
        for (u, z) in uniforms.iter().zip(out) {
            *z = normal_quantile(*u);
        }
    }
}

kernel! {
    fn near_quantiles(uniforms: &[f64], out: &mut [f64]) {
        for (u, z) in uniforms.iter().zip(out) {
            *z = quantile_near(*u);
        }
    }
}

kernel! {
    fn smallest_tail(uniforms: &[f64]) -> f64 {
        let mut least = [1.0; 8];
        for chunk in uniforms.chunks(8) {
            for (least, u) in least.iter_mut().zip(chunk) {
                let tail = if *u < 0.5 { *u } else { 1.0 - *u };
                *least = if tail < *least { tail } else { *least };
            }
        }
        least.into_iter().fold(1.0, |a, b| if b < a { b } else { a })
    }
}
