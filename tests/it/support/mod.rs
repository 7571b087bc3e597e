//! What the tests share: small towns made in code, ways to run them, programs to open papers with.

mod capacity;
mod picked;
mod programs;
mod run;
mod shipped;
mod town;

pub use capacity::stretched;
pub use picked::*;
pub use programs::*;
pub use run::*;
pub use shipped::shipped;
pub use town::*;
