//! Against other sources: constants at 20 digits (mpmath 1.3), statrs, and the laws' own
//! properties.
//!
//! Statistical tests run on fixed seeds, so they pass or fail for good; a tolerance says how
//! often a *reseeding* would fail although all is well.

use fairbalance::numeric::*;
use fairbalance::random::*;
use statrs::distribution::{ContinuousCDF, DiscreteCDF};

#[track_caller]
fn close(found: f64, expected: f64, relative: f64) {
    let off = (found - expected).abs() / expected.abs();
    assert!(
        off <= relative,
        "found {found:e}, expected {expected:e}, off by {off:e}"
    );
}

fn key(name: &str) -> Key {
    Address::new("test").text(name).key(Seed(20_240_901))
}

/// 101 points from −40 to 40 and every power of ten that stays finite.
#[test]
fn exp_and_ln_are_within_two_ulp_of_the_platform() {
    for i in -400..=400 {
        let x = f64::from(i) * 1.7371;
        close(exp(x), x.exp_reference(), 4.5e-16);
    }
    for i in -300..=300 {
        let x = 1.234 * pow(10.0, f64::from(i));
        close(ln(x), x.ln_reference(), 4.5e-16);
    }
}

/// The platform's own functions, allowed here because they only judge.
trait Reference {
    fn exp_reference(self) -> f64;
    fn ln_reference(self) -> f64;
    fn pow_reference(self, y: f64) -> f64;
}

#[allow(clippy::disallowed_methods)]
impl Reference for f64 {
    fn exp_reference(self) -> f64 {
        self.exp()
    }
    fn ln_reference(self) -> f64 {
        self.ln()
    }
    fn pow_reference(self, y: f64) -> f64 {
        self.powf(y)
    }
}

#[test]
fn pow_is_within_two_ulp_of_the_platform_up_to_large_exponents() {
    for i in 1..400 {
        let (x, y) = (0.013 * f64::from(i), f64::from(i % 23) * 3.3 - 36.0);
        close(pow(x, y), x.pow_reference(y), 4.5e-16);
    }
    close(pow(1.04, -20.0), 0.456_386_946_201_292_17, 4.5e-16);
    close(pow(10.0, 308.0), 1e308, 4.5e-16);
    assert_eq!(
        (pow(-2.0, 3.0), pow(0.0, 2.0), pow(2.0, 0.0)),
        (-8.0, 0.0, 1.0)
    );
}

#[test]
fn edges_of_exp_and_ln_are_the_usual_ones() {
    assert_eq!(
        (exp(0.0), exp(-800.0), exp(800.0)),
        (1.0, 0.0, f64::INFINITY)
    );
    assert_eq!(
        (ln(1.0), ln(0.0), ln(f64::INFINITY)),
        (0.0, f64::NEG_INFINITY, f64::INFINITY)
    );
    assert!(ln(-1.0).is_nan() && exp(f64::NAN).is_nan() && ln(f64::NAN).is_nan());
    close(ln(5e-324), -744.440_071_921_381_3, 4.5e-16);
    assert_eq!(exp(-744.5), 5e-324);
}

#[test]
fn ln_gamma_meets_twenty_digit_constants() {
    for (x, expected) in [
        (1e-3, 6.907_178_885_383_853_661),
        (0.5, 0.572_364_942_924_700_087),
        (1.5, -0.120_782_237_635_245_222),
        (3.7, 1.428_072_326_665_388_129),
        (25.25, 55.585_686_044_869_429),
        (1e6, 12_815_504.569_147_611_66),
    ] {
        assert!(
            (ln_gamma(x) - expected).abs() <= 4e-15 * expected.abs().max(1.0),
            "at {x}"
        );
    }
}

#[test]
fn normal_cdf_keeps_relative_precision_into_the_tail() {
    for (z, expected) in [
        (-37.0, 5.725_571_222_524_576_8e-300),
        (-8.5, 9.479_534_822_203_318_35e-18),
        (-5.3, 5.790_134_039_964_594_1e-8),
        (-1.2, 0.115_069_670_221_708_277),
        (-0.4, 0.344_578_258_389_675_825),
        (0.3, 0.617_911_422_188_952_633),
        (1.7, 0.955_434_537_241_456_96),
    ] {
        close(normal_cdf(z), expected, 2e-15);
    }
}

#[test]
fn normal_quantile_undoes_the_cdf() {
    for i in -600..=600 {
        let z = f64::from(i) * 0.013;
        // A relative error e of the lower tail moves z by about e/|z|.
        let back = if z < 0.0 {
            normal_quantile(normal_cdf(z))
        } else {
            -normal_quantile(normal_cdf(-z))
        };
        assert!(
            (back - z).abs() <= 2e-15 * z.abs().max(1.0),
            "{z} came back as {back}"
        );
    }
}

#[test]
fn incomplete_gamma_meets_eighteen_digit_constants() {
    for (a, x, lower, upper) in [
        (
            1e-3,
            1e-300,
            0.501_476_198_010_886_6,
            0.498_523_801_989_113_4,
        ),
        (0.5, 0.1, 0.345_279_153_981_422_98, 0.654_720_846_018_577_02),
        (
            16.0,
            20.0,
            0.843_486_865_360_256_98,
            0.156_513_134_639_743_02,
        ),
        (
            100.0,
            60.0,
            1.481_527_632_646_046_8e-6,
            0.999_998_518_472_367_35,
        ),
        (
            100.0,
            150.0,
            0.999_994_075_459_664_5,
            5.924_540_335_483_916e-6,
        ),
        (
            43_000.0,
            43_100.0,
            0.685_621_336_812_676_16,
            0.314_378_663_187_323_84,
        ),
        (
            1e5,
            99_000.0,
            7.574_199_211_747_68e-4,
            0.999_242_580_078_825_2,
        ),
    ] {
        close(gamma_lower(a, x), lower, 2e-13);
        close(gamma_upper(a, x), upper, 2e-13);
    }
}

#[test]
fn incomplete_beta_meets_eighteen_digit_constants() {
    for (a, b, x, expected) in [
        (20.0, 80.0, 0.2, 0.519_978_586_973_662_28),
        (1e-3, 1.0, 1e-200, 0.630_957_344_480_193_24),
        (20.0, 80.0, 0.5, 0.999_999_999_780_298_6),
        (1.0, 99_999.0, 1e-5, 0.632_118_719_420_621_97),
        (2000.0, 8000.0, 0.21, 0.993_332_816_363_795_8),
        (0.5, 0.5, 0.999, 0.979_864_958_366_622_5),
    ] {
        close(beta_lower(a, b, x), expected, 2e-13);
    }
}

#[test]
fn philox_and_xoshiro_give_their_authors_known_answers() {
    use fairbalance::random::Lanes;
    let mut words = [0; BLOCK];
    let state = [[1; 8], [2; 8], [3; 8], [4; 8]];
    Lanes::from_state(state).fill_words(&mut words);
    let expected = [
        41_943_041,
        58_720_359,
        3_588_806_011_781_223,
        3_591_011_842_654_386,
    ];
    assert_eq!([words[0], words[8], words[16], words[24]], expected);
}

const GRID: [f64; 13] = [
    1e-9,
    1e-5,
    1e-3,
    0.025,
    0.1,
    0.25,
    0.5,
    0.75,
    0.9,
    0.975,
    0.999,
    0.99999,
    1.0 - 1e-9,
];

/// The quantile, put back through the cdf of a law at scale 1, gives u: exact to 1e-9 of the
/// value means exact to 1e-9 · x f(x) of the probability.
#[test]
fn gamma_quantiles_meet_statrs_cdf_at_any_scale() {
    for shape in [0.3, 1.0, 2.5, 16.0, 400.0] {
        let judge = statrs::distribution::Gamma::new(shape, 1.0).unwrap();
        for scale in [1e-10, 1e-8, 1.0, 1e9] {
            let law = Law::gamma_shape(shape, scale).unwrap();
            for u in GRID {
                let back = judge.cdf(law.quantile(u) / scale);
                assert!(
                    (back - u).abs() < 1e-9 * (1.0 + shape.sqrt()),
                    "{shape} {scale} {u} {back}"
                );
            }
        }
    }
}

#[test]
fn tabulated_quantiles_agree_with_the_incomplete_functions_to_1e_9() {
    for shape in [1e-3, 0.05, 0.7, 3.0, 250.0, 9e4, 2e5] {
        let law = Law::gamma_shape(shape, 1.0).unwrap();
        for u in GRID {
            let x = law.quantile(u);
            if x < 1e-290 {
                continue;
            }
            let (ln_lower, ln_upper) = ln_gamma_tails(shape, ln(x));
            let (tail, goal) = if u < 0.5 {
                (ln_lower, ln(u))
            } else {
                (ln_upper, ln(1.0 - u))
            };
            let slope = exp(ln_gamma_density(shape, ln(x)) - tail);
            assert!(((tail - goal) / slope).abs() < 1e-9, "shape {shape} u {u}");
        }
    }
    for (a, b) in [
        (1e-3, 5.0),
        (0.5, 0.5),
        (20.0, 80.0),
        (1.0, 99_999.0),
        (3e5, 7e5),
        (2e6, 5e6),
    ] {
        let law = Law::beta_counts(a, b).unwrap();
        for u in GRID {
            let x = law.quantile(u);
            if !(1e-290..=0.999_999).contains(&x) {
                continue;
            }
            let logit = ln(x / (1.0 - x));
            let (ln_lower, ln_upper) = ln_beta_tails(a, b, logit);
            let (tail, goal) = if u < 0.5 {
                (ln_lower, ln(u))
            } else {
                (ln_upper, ln(1.0 - u))
            };
            let slope = exp(ln_beta_density(a, b, logit) - tail);
            assert!(((tail - goal) / slope).abs() < 1e-9, "beta {a} {b} u {u}");
        }
    }
}

/// Every integer boundary that the expansion decides by itself lies where the exact cdf has it.
#[test]
fn poisson_agrees_with_the_exact_cdf() {
    let means = [
        0.01, 0.9, 4.0, 9.99, 10.0, 11.3, 17.0, 33.0, 120.0, 1e3, 4.3e4, 9e5,
    ];
    for (i, mean) in means.into_iter().enumerate() {
        let judge = statrs::distribution::Poisson::new(mean).unwrap();
        for round in 0..4 {
            let key = Key([i as u64, round]);
            let (mut uniforms, mut counts) = ([0.0; BLOCK], [0.0; BLOCK]);
            Lanes::new(key).fill_uniforms(&mut uniforms);
            poisson(key, &[mean; BLOCK], &mut counts);
            for (u, n) in uniforms.into_iter().zip(counts) {
                let n = n as u64;
                let below = if n == 0 { 0.0 } else { judge.cdf(n - 1) };
                assert!(
                    below <= u + 1e-11 && u <= judge.cdf(n) + 1e-11,
                    "mean {mean} u {u} n {n}"
                );
            }
        }
    }
}

#[test]
fn three_points_are_reproduced_exactly() {
    for [low, mid, high] in [
        [1.0, 2.0, 3.0],
        [0.1, 0.2, 1.2],
        [-5.0, 2.0, 3.0],
        [1e6, 1.1e6, 2e6],
    ] {
        let law = Law::three_point(low, mid, high).unwrap();
        for (p, expected) in [(0.1, low), (0.5, mid), (0.9, high)] {
            assert!((law.quantile(p) - expected).abs() <= 1e-13 * (high - low + expected.abs()));
        }
    }
}

#[test]
fn eighty_percent_intervals_are_reproduced_by_every_family() {
    use IntervalFamily::*;
    for (low, high) in [(0.1, 0.3), (0.02, 0.021), (0.001, 0.9), (1e-5, 3e-5)] {
        for family in [Normal, LogNormal, Gamma, Beta] {
            let law = Law::interval80(low, high, family).unwrap();
            close(law.quantile(0.1), low, 1e-8);
            close(law.quantile(0.9), high, 1e-8);
        }
    }
}

#[test]
fn a_published_relative_risk_keeps_its_interval() {
    let law = Law::lognormal_ci95(0.85, 0.7225, 1.0).unwrap();
    for (p, expected) in [(0.025, 0.7225), (0.5, 0.85), (0.975, 1.0)] {
        close(law.quantile(p), expected, 1e-13);
    }
}

/// mean beta 1e-5: the trap that statrs' absolute tolerance falls into.
#[test]
fn a_rare_share_keeps_its_mean() {
    let law = Law::beta(1e-5, 3e-6).unwrap();
    let mut uniforms = [0.0; BLOCK];
    latin_hypercube(key("rare"), &mut uniforms);
    let mean = uniforms.iter().map(|u| law.quantile(*u)).sum::<f64>() / BLOCK as f64;
    // Stratified over 512 strata the mean's error is near 1e-4 of the standard error 0.3.
    close(mean, 1e-5, 1e-3);
    close(law.mean(), 1e-5, 1e-14);
    close(law.sd(), 3e-6, 1e-12);
}
