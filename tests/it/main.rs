//! integration tests
mod cli;
mod diagnostics;
mod numeric_and_random;
mod reports;
