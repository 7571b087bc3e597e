//! Indicators per person and per course in `result.json`.

use super::Run;
use super::finite::Figure;
use super::spread::Spread;
use crate::analysis::RatioRow;
use crate::model::Per;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct RatioFacts<'a> {
    indicator: &'a str,
    per: &'static str,
    course: Option<&'a str>,
    before: Spread,
    change: Spread,
    divisor_before: Spread,
    divisor_change: Spread,
    found: Option<Spread>,
    change_by_found: Option<Spread>,
    lowered_by_found: bool,
    per_contact_before: Option<Spread>,
    per_contact_change: Option<Spread>,
    with_found_mean: Option<Figure>,
}

/// The ratios.
pub(super) fn ratios<'a>(run: &Run<'a>) -> Vec<RatioFacts<'a>> {
    let model = run.model;
    let one = |row: &RatioRow| {
        let indicator = &model.agreement.indicators[row.indicator];
        let course = match indicator.per {
            Some(Per::Course(c)) => Some(model.world.courses[c].id.as_str()),
            _ => None,
        };
        let found = row.found.as_ref();
        let contact = row.per_contact.as_ref();
        RatioFacts {
            indicator: &indicator.id,
            per: if course.is_some() { "course" } else { "person" },
            course,
            before: (&row.before).into(),
            change: (&row.change).into(),
            divisor_before: (&row.divisor.0).into(),
            divisor_change: (&row.divisor.1).into(),
            found: found.map(|(persons, _)| persons.into()),
            change_by_found: found.map(|(_, by)| by.into()),
            lowered_by_found: row.lowered_by_found(),
            per_contact_before: contact.map(|(before, _)| before.into()),
            per_contact_change: contact.map(|(_, change)| change.into()),
            with_found_mean: found.map(|(_, by)| Figure(row.with() + by.mean)),
        }
    };
    run.assessment
        .findings
        .study
        .ratios
        .iter()
        .map(one)
        .collect()
}
