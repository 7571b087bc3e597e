//! Benches of fairbalance.
