//! One binary for all integration tests.
mod cli;
mod diagnostics;
mod invariants;
mod layers;
mod numeric_and_random;
mod person_by_person;
mod reports;
mod scenarios;
mod support;
mod targeting;
mod verification;
