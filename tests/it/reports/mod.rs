//! What a run says, as text and as bytes.

pub mod fixture;

mod annex;
mod bounds;
mod danish;
mod few;
mod files;
mod opened;
mod package;
mod page;
mod papers;
#[cfg(feature = "pdf")]
mod pdf;
mod text;
mod traced;
mod unchanged;
mod whatif;
mod workbook;
