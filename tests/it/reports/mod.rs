//! What a run says, as text and as bytes.

pub mod fixture;

mod danish;
mod few;
mod files;
mod opened;
mod papers;
mod text;
mod traced;
mod workbook;
