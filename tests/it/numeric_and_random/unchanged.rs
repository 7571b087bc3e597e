//! Pinned bits: the draw format, version 1. A failure here is a value-breaking change: raise
//! `DRAW_FORMAT`, say so in the changelog, and only then pin anew.

use fairbalance::numeric::*;
use fairbalance::random::*;

/// FNV-1a over the bits.
fn fingerprint(values: &[f64]) -> u64 {
    let bytes = values.iter().flat_map(|x| x.to_bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3)
    })
}

fn key() -> Key {
    Address::new("parameter")
        .text("rr_indlaeggelse")
        .number(7)
        .key(Seed(42))
}

fn column(fill: impl FnOnce(&mut [f64])) -> u64 {
    let mut out = [0.0; BLOCK];
    fill(&mut out);
    fingerprint(&out)
}

#[test]
fn the_draw_format_is_version_1() {
    assert_eq!((DRAW_FORMAT, BLOCK), (1, 512));
}

#[test]
fn addresses_keep_their_keys() {
    assert_eq!(key(), Key([0xac31_c38f_2178_b858, 0x437c_0a44_3b5f_b664]));
}

#[test]
fn uniforms_keep_their_bits() {
    assert_eq!(
        column(|out| Lanes::new(key()).fill_uniforms(out)),
        0x012c_5b44_889d_e8be
    );
    assert_eq!(
        column(|out| latin_hypercube(key(), out)),
        0x8bb7_189c_ef48_cd17
    );
    let mut stream = Stream::new(key(), 3);
    assert_eq!(
        column(|out| out.fill_with(|| stream.uniform())),
        0x20b1_6d28_9e06_c30f
    );
}

#[test]
fn samplers_keep_their_bits() {
    let means: Vec<f64> = (0..BLOCK).map(|j| 0.01 * exp(0.035 * j as f64)).collect();
    assert_eq!(column(|out| normal(key(), out)), 0xe533_1484_5062_4f55);
    assert_eq!(
        column(|out| poisson(key(), &means, out)),
        0x4916_c665_7102_7f6b
    );
    assert_eq!(
        column(|out| gamma(key(), &means, out)),
        0x2246_f939_3d66_974e
    );
}

#[test]
fn laws_keep_their_bits() {
    for (law, expected) in [
        (Law::normal(3.0, 2.0), 0xa1c0_99a7_e895_894c),
        (Law::lognormal_ci95(0.85, 0.72, 1.0), 0x29ee_b5c0_68f7_808f),
        (Law::gamma(12_000.0, 3_000.0), 0xbf9b_ebd0_4b3b_b601),
        (Law::beta(0.2, 0.05), 0x8d61_ff89_9bf7_7709),
        (Law::pert(1.0, 2.0, 6.0), 0xa95d_4774_a389_0047),
        (Law::triangular(1.0, 2.0, 6.0), 0x63a8_1f33_eadd_8f2c),
        (Law::three_point(1.0, 2.0, 6.0), 0x304c_370c_3df7_8a18),
        (
            Law::interval80(0.1, 0.3, IntervalFamily::Beta),
            0x0f24_d377_9a1a_2c4f,
        ),
        (
            Law::gamma(1.0, 1.0).and_then(|l| l.truncated(Some(0.5), Some(3.0))),
            0x9fe4_f00f_a6d3_bc69,
        ),
    ] {
        let law = law.unwrap();
        let found = column(|out| {
            let mut uniforms = [0.0; BLOCK];
            latin_hypercube(key(), &mut uniforms);
            law.fill(&uniforms, out);
        });
        assert_eq!(found, expected, "{}", law.describe());
    }
}

#[test]
fn a_copula_keeps_its_bits() {
    let copula = Copula::new(&[vec![1.0, 0.3], vec![0.3, 1.0]]).unwrap();
    let mut rows = vec![vec![0.0; BLOCK]; 2];
    latin_hypercube(key(), &mut rows[0]);
    Lanes::new(key()).fill_uniforms(&mut rows[1]);
    copula.correlate(&mut rows);
    assert_eq!(fingerprint(&rows.concat()), 0xdfd5_d55f_859f_ce45);
}
