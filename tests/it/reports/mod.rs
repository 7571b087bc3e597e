//! What a run says, as text and as bytes.

pub mod fixture;

mod files;
mod opened;
mod papers;
mod text;
mod whatif;
mod workbook;
