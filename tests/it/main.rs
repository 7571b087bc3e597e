//! One binary for all integration tests.
mod capacity;
mod cli;
mod diagnostics;
mod governance;
mod indicators;
mod invariants;
mod layers;
mod mission;
mod numeric_and_random;
mod person_by_person;
mod person_by_person_levels;
mod portfolio;
mod reports;
mod scenarios;
mod support;
mod targeting;
mod verification;
