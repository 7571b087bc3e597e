//! Bounds of resources as JSON, where a model is not *klarlagt*.

use serde_json::{Value, json};

use super::finite::unsigned_zero;
use super::number::quantile_error;
use crate::analysis::{BoundRow, Bounds};
use crate::model::Words;

/// Present value over the verdict years, positive is extra expenditure, before any payment.
pub(super) fn facts(bounds: &Bounds) -> Value {
    let texts = |words: &[Words]| -> Vec<Value> {
        words
            .iter()
            .map(|w| json!({ "da": w.da, "en": w.en }))
            .collect()
    };
    let row = |row: &BoundRow| {
        json!({
            "party": row.account.key(),
            "low": unsigned_zero(row.low.p10),
            "low_mcse": unsigned_zero(quantile_error(&row.low, bounds.replicates)),
            "high": unsigned_zero(row.high.p90),
            "high_mcse": unsigned_zero(quantile_error(&row.high, bounds.replicates)),
        })
    };
    json!({
        "replicates": bounds.replicates,
        "from": bounds.years.0,
        "to": bounds.years.1,
        "resources": bounds.rows.iter().map(row).collect::<Vec<Value>>(),
        "tried_at_both_ends": texts(&bounds.tried),
        "comes_on_top": texts(&bounds.on_top),
        "no_bound_because": texts(&bounds.why_not),
    })
}
