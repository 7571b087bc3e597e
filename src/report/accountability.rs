//! Who answers for the result, as JSON.

use serde_json::{Value, json};

use super::Run;
use super::finite::unsigned_zero;
use crate::analysis::{Account, Accountability};
use crate::model::{Case, Clinical, FollowUp, Party};

/// The professional solution.
pub(super) fn clinical(of: &Clinical) -> Value {
    json!({
        "what": { "da": of.what.da, "en": of.what.en },
        "why": { "da": of.why.da, "en": of.why.en },
        "evidence": of.evidence,
        "recommended_by": of.recommended_by,
    })
}

/// What the paper is filed under; what is not stated is null.
pub(super) fn case(of: &Case) -> Value {
    json!({
        "number": stated(&of.number),
        "date": of.date.map(|day| day.to_string()),
        "version": stated(&of.version),
    })
}

/// The follow-up agreed; what is not agreed is null.
pub(super) fn follow_up(of: &FollowUp) -> Value {
    let trigger = &of.trigger;
    let dates: Vec<String> = of.dates.iter().map(ToString::to_string).collect();
    json!({
        "dates": dates,
        "responsible": stated(&of.responsible),
        "gain_owner": stated(&of.gain_owner),
        "quarters_outside": of.quarters_outside,
        "trigger": stated(&trigger.da).map(|da| json!({ "da": da, "en": trigger.en })),
    })
}

fn stated(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// Approvals, evidence, safety, risk, goals and reviews of a run.
pub(super) fn facts(run: &Run) -> Value {
    let found = &run.assessment.findings.accountability;
    let governance = &run.model.agreement.governance;
    let keys = |parties: &[Party]| -> Vec<&str> { parties.iter().map(|p| p.key()).collect() };
    let reviews = governance.reviews.iter().map(|review| {
        json!({ "what": review.what, "who": review.who, "when": review.when, "result": review.result })
    });
    json!({
        "unsigned_sides": keys(&run.model.unsigned_sides()),
        "approval": approval(found),
        "evidence": by_grade(found),
        "safety": safety(run, found),
        "worst_tenth": tails(found),
        "goals": goals(run, found),
        "reviews": reviews.collect::<Vec<Value>>(),
    })
}

fn approval(found: &Accountability) -> Value {
    let party = |(party, count): &(Party, usize)| json!({ "party": party.key(), "count": count });
    let amount = |(account, share): &(Account, f64)| json!({ "party": account.key(), "share": unsigned_zero(*share) });
    let variance = found.variance.iter().map(|(account, share)| {
        json!({ "party": account.key(), "share": unsigned_zero(share.mean), "mcse": unsigned_zero(share.mcse) })
    });
    json!({
        "binding": found.binding,
        "unapproved": found.unapproved.iter().map(party).collect::<Vec<Value>>(),
        "share_of_amounts": found.amounts.iter().map(amount).collect::<Vec<Value>>(),
        "share_of_variance": variance.collect::<Vec<Value>>(),
    })
}

fn by_grade(found: &Accountability) -> Vec<Value> {
    let rows = found.evidence.iter();
    rows.map(|(grade, share)| json!({ "grade": grade.key(), "share": unsigned_zero(*share) }))
        .collect()
}

fn safety(run: &Run, found: &Accountability) -> Vec<Value> {
    let limits = &run.model.agreement.governance.safety;
    let rows = found.safety.iter().map(|row| {
        let limit = &limits[row.at];
        json!({
            "what": { "da": limit.what.da, "en": limit.what.en },
            "failure_rate": row.mean,
            "margin": limit.margin,
            "p_within": row.within,
            "breached": row.breached,
        })
    });
    rows.collect()
}

fn tails(found: &Accountability) -> Vec<Value> {
    let rows = found.tails.iter().map(|row| {
        json!({
            "party": row.account.key(),
            "x_p10": unsigned_zero(row.worst_tenth),
            "expected_shortfall": unsigned_zero(row.shortfall),
        })
    });
    rows.collect()
}

fn goals(run: &Run, found: &Accountability) -> Vec<Value> {
    let indicators = &run.model.agreement.indicators;
    let rows = found.goals.iter().map(|row| {
        json!({
            "indicator": indicators[row.indicator].id,
            "by_year": row.by_year,
            "change": row.change,
            "p_reached": row.reached.mean,
            "mcse": row.reached.mcse,
        })
    });
    rows.collect()
}
