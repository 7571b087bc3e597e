//! One binary for all integration tests.
mod capacity;
mod cli;
mod diagnostics;
mod invariants;
mod layers;
mod numeric_and_random;
mod person_by_person;
mod person_by_person_levels;
mod reports;
mod scenarios;
mod support;
mod verification;
