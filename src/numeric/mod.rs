//! Elementary and special functions whose bits are the same on every machine.
//!
//! ```text
//!  + − × ÷ √  ─→  exp ln pow  ─→  Φ Φ⁻¹ ln Γ  ─→  P(a, x)  I_x(a, b)
//!       └──────── kernel!: one source, compiled for AVX-512, AVX2 and portable ───────┘
//! ```
//!
//! The standard library's `exp`, `ln` and `powf` are whatever the platform links, and a fused
//! multiply-add rounds once where the portable path rounds twice; either would let a figure
//! move with the machine. Everything here is generic source over the five operations IEEE 754
//! rounds exactly, in a fixed order.
//!
//! Absent on purpose: random numbers, laws, and any vector intrinsic. The compiler vectorises
//! loops over these functions; it may not reorder their floating-point operations.
#![allow(
    clippy::excessive_precision,
    reason = "published coefficients stand as published"
)]

mod beta;
mod elementary;
mod gamma;
mod isa;
mod normal;

pub use beta::{beta_lower, ln_beta_density, ln_beta_tails};
pub use elementary::{exp, ln, log1p_minus_x, pow};
pub use gamma::{gamma_lower, gamma_upper, ln_gamma, ln_gamma_density, ln_gamma_tails};
pub use isa::Isa;
#[allow(unused_imports)]
pub(crate) use isa::kernel;
pub use normal::{normal_cdf, normal_density, normal_quantile, normal_quantiles};
