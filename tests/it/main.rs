//! integration tests
mod numeric_and_random;
mod reports;
