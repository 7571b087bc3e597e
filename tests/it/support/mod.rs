//! What the tests of the model share: small towns made in code, and ways to run them.

pub mod run;
pub mod town;

pub use run::*;
pub use town::*;
