//! Numbers, laws, samplers and estimates: three kinds of test, kept apart.
//!
//! `unchanged` pins bits (a change is value-breaking), `correct` compares with other sources,
//! `survives` throws arguments at everything.
#![allow(
    clippy::excessive_precision,
    reason = "constants stand as their source prints them"
)]

mod correct;
mod correct_chance;
mod survives;
mod unchanged;
