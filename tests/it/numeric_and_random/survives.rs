//! Any arguments: an answer or a refusal, never a panic, and promises kept.

use fairbalance::numeric::*;
use fairbalance::random::*;
use fairbalance::stats::*;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Numbers of every size and sign, with the odd special one.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -1e3..1e3f64,
        3 => (-12.0..12.0f64).prop_map(|e| pow(10.0, e)),
        1 => proptest::num::f64::ANY,
    ]
}

fn any_law() -> impl Strategy<Value = Result<Law, LawFault>> {
    (0..13usize, number(), number(), number(), 0.0..1.0f64).prop_map(|(kind, a, b, c, share)| {
        match kind {
            0 => Law::fixed(a),
            1 => Law::normal(a, b),
            2 => Law::lognormal(a, b),
            3 => Law::lognormal_ci95(a, b, c),
            4 => Law::lognormal_mean_sd(a, b),
            5 => Law::gamma(a, b),
            6 => Law::beta(share, b * 1e-3),
            7 => Law::beta_counts(a, b),
            8 => Law::uniform(a, b),
            9 => Law::triangular(a, b, c),
            10 => Law::pert(a, b, c),
            11 => Law::empirical(&[a, b, c], &[share, 1.0, 0.5]),
            _ => Law::three_point(a, b, c),
        }
    })
}

fn assert_keeps_its_promises(law: &Law) {
    let grid: Vec<f64> = (0..64).map(|i| (f64::from(i) + 0.5) / 64.0).collect();
    let mut values = vec![0.0; grid.len()];
    law.fill(&grid, &mut values);
    let (low, high) = law.support();
    for (u, x) in grid.iter().zip(&values) {
        assert_eq!(law.quantile(*u).to_bits(), x.to_bits(), "{law:?} at {u}");
        assert!(
            !x.is_nan() && low <= *x && *x <= high,
            "{} gives {x}",
            law.describe()
        );
    }
    // Neighbouring quintics meet to rounding.
    let jitter = |x: f64| 1e-12 * x.abs();
    assert!(
        values.windows(2).all(|w| w[0] <= w[1] + jitter(w[1])),
        "{}",
        law.describe()
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..Default::default() })]

    #[test]
    fn a_law_is_refused_or_keeps_its_promises(law in any_law()) {
        match law {
            Ok(law) => assert_keeps_its_promises(&law),
            Err(fault) => assert!(!fault.to_string().is_empty()),
        }
    }

    #[test]
    fn a_truncated_law_is_refused_or_keeps_its_promises(
        law in any_law(), u in 0.0..1.0f64, v in 0.0..1.0f64, min in any::<bool>(),
    ) {
        let Ok(law) = law else { return Ok(()) };
        let (a, b) = (law.quantile(0.01 + 0.98 * u), law.quantile(0.01 + 0.98 * v));
        if let Ok(cut) = law.truncated(min.then_some(a), Some(b)) {
            assert_keeps_its_promises(&cut);
        }
    }

    #[test]
    fn an_interval_is_refused_or_reproduced(low in number(), width in number(), kind in 0..4usize) {
        use IntervalFamily::*;
        let family = [Normal, LogNormal, Gamma, Normal][kind];
        if let Ok(law) = Law::interval80(low, low + width, family) {
            let (a, b) = (law.quantile(0.1), law.quantile(0.9));
            let size = low.abs().max((low + width).abs());
            prop_assert!((a - low).abs() <= 1e-8 * size && (b - low - width).abs() <= 1e-8 * size);
        }
    }

    #[test]
    fn no_neighbour_reaches_a_replicate(
        seed in any::<u64>(), j in 0..BLOCK, mean in 0.0..1e5f64, others in 0.0..1e6f64,
    ) {
        let key = Address::new("test").key(Seed(seed));
        for sampler in [poisson, gamma] {
            let (mut alone, mut among) = ([0.0; BLOCK], [0.0; BLOCK]);
            sampler(key, &[mean; BLOCK], &mut alone);
            let mut arguments = [others; BLOCK];
            arguments[j] = mean;
            sampler(key, &arguments, &mut among);
            prop_assert_eq!(alone[j].to_bits(), among[j].to_bits());
        }
    }

    #[test]
    fn samples_are_finite_and_nothing_comes_from_nothing(
        seed in any::<u64>(), arguments in proptest::collection::vec(0.0..20.0f64, BLOCK), scale in -9..8i32,
    ) {
        let scaled: Vec<f64> = arguments.iter().enumerate()
            .map(|(j, a)| if j % 7 == 0 { 0.0 } else { a * pow(10.0, f64::from(scale)) }).collect();
        let key = Address::new("test").key(Seed(seed));
        let mut out = [0.0; BLOCK];
        poisson(key, &scaled, &mut out);
        prop_assert!(out.iter().all(|x| *x >= 0.0 && *x % 1.0 == 0.0));
        prop_assert!(out.iter().step_by(7).all(|x| *x == 0.0));
        gamma(key, &scaled, &mut out);
        prop_assert!(out.iter().all(|x| *x >= 0.0 && x.is_finite()));
        prop_assert!(out.iter().step_by(7).all(|x| *x == 0.0));
    }

    /// Inversion: with the same word a larger mean never gives a smaller count.
    #[test]
    fn a_count_is_monotone_in_its_mean(seed in any::<u64>(), mean in 0.0..2e4f64, more in 0.0..20.0f64) {
        let key = Address::new("test").key(Seed(seed));
        let (mut few, mut many) = ([0.0; BLOCK], [0.0; BLOCK]);
        poisson(key, &[mean; BLOCK], &mut few);
        poisson(key, &[mean + more; BLOCK], &mut many);
        prop_assert!(few.iter().zip(many).all(|(a, b)| *a <= b));
    }

    #[test]
    fn elementary_functions_take_any_number(x in proptest::num::f64::ANY, y in proptest::num::f64::ANY) {
        let _ = (exp(x), ln(x), pow(x, y), ln_gamma(x.abs().min(1e300)), normal_cdf(x));
        prop_assert!(exp(x).is_nan() == x.is_nan());
        prop_assert!(x.is_nan() || (0.0..=1.0).contains(&normal_cdf(x)));
    }

    #[test]
    fn vectorised_quantiles_have_the_bits_of_scalar_ones(
        uniforms in proptest::collection::vec(prop_oneof![0.0..1.0f64, 0.0..1e-9f64], 1..70),
    ) {
        let mut scores = vec![0.0; uniforms.len()];
        normal_quantiles(&uniforms, &mut scores);
        for (u, z) in uniforms.iter().zip(scores) {
            prop_assert_eq!(normal_quantile(*u).to_bits(), z.to_bits());
        }
    }

    #[test]
    fn a_correlation_matrix_is_accepted_or_repaired(
        entries in proptest::collection::vec(-1.0..1.0f64, 10),
    ) {
        let at = |i: usize, j: usize| entries[i * (i - 1) / 2 + j];
        let matrix: Vec<Vec<f64>> = (0..5usize)
            .map(|i| (0..5).map(|j| if i == j { 1.0 } else { at(i.max(j), i.min(j)) }).collect())
            .collect();
        if let Err(fault) = Copula::new(&matrix) {
            prop_assert!(fault.smallest_eigenvalue < 0.0);
            prop_assert!(Copula::new(&fault.nearest).is_ok());
        }
    }

    #[test]
    fn histograms_merge_in_any_order(
        values in proptest::collection::vec(number().prop_filter("finite", |x| x.is_finite()), 1..200),
        cut in 0.0..1.0f64,
    ) {
        let (left, right) = values.split_at((cut * values.len() as f64) as usize);
        let of = |values: &[f64]| { let mut h = Histogram::new(); h.add_slice(values); h };
        let (mut ab, mut ba) = (of(left), of(right));
        ab.merge(&of(right));
        ba.merge(&of(left));
        prop_assert!(ab == ba && ab == of(&values) && ab.count() == values.len() as u64);
        let quantiles: Vec<f64> = (0..=20).map(|i| ab.quantile(f64::from(i) / 20.0)).collect();
        prop_assert!(quantiles.windows(2).all(|w| w[0] <= w[1]), "{:?}", quantiles);
        prop_assert!(quantiles.iter().all(|q| ab.min() <= *q && *q <= ab.max()));
    }

    #[test]
    fn a_confidence_sequence_only_narrows(
        values in proptest::collection::vec(0.0..=1.0f64, 1..80), alpha in 0.001..0.5f64,
    ) {
        let mut bounds = ConfidenceSequence::new(alpha);
        let mut last = bounds.interval();
        for x in values {
            bounds.push(x);
            let now = bounds.interval();
            prop_assert!(last.0 <= now.0 && now.0 <= now.1 && now.1 <= last.1);
            last = now;
        }
    }
}
