//! integration tests
mod numeric_and_random;
