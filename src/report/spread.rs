//! Mean, interval and error, as every row of a result holds them.

use super::finite::Figure;
use crate::analysis::Summary;
use serde::Serialize;

/// Mean, central 80 % interval and Monte Carlo error, inlined into a row.
#[derive(Serialize)]
pub(super) struct Spread {
    mean: Figure,
    p10: Figure,
    p90: Figure,
    mcse: Figure,
}

impl From<&Summary> for Spread {
    fn from(summary: &Summary) -> Self {
        Spread {
            mean: Figure(summary.mean),
            p10: Figure(summary.p10),
            p90: Figure(summary.p90),
            mcse: Figure(summary.mcse),
        }
    }
}
