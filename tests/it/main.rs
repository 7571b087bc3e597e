//! One binary for all integration tests.
mod cli;
mod diagnostics;
mod invariants;
mod layers;
mod numeric_and_random;
mod reports;
mod support;
mod verification;
