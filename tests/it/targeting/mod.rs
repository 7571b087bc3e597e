//! Targeting: who is picked, what levels are read as, and what small numbers can show.
//!
//! `past_use` selection and regression to the mean (C8, BT3) · `levels` the differentiation model
//! (C1–C7) · `trial` power and shrinkage (E5, E6, BT1) · `unit` small units with a budget (B34)

mod levels;
mod past_use;
mod trial;
mod unit;
