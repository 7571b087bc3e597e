//! integration tests
mod diagnostics;
mod numeric_and_random;
mod reports;
