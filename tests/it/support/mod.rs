//! What the tests of the model share: small towns made in code, and ways to run them.

mod capacity;
mod picked;
mod run;
mod shipped;
mod town;

pub use capacity::stretched;
pub use picked::*;
pub use run::*;
pub use shipped::shipped;
pub use town::*;
