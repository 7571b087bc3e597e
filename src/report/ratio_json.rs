//! Indicators per person and per course in `result.json`.

use super::Run;
use super::few::{FEW, few};
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
    with: Figure,
    change: Spread,
    divisor_before: Option<Spread>,
    divisor_change: Option<Spread>,
    suppressed: Option<&'static str>,
    found: Option<Spread>,
    change_by_found: Option<Spread>,
    lowered_by_found: bool,
    per_contact_before: Option<Spread>,
    per_contact_change: Option<Spread>,
    per_contact_with: Option<Figure>,
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
        let hidden = few(row.divisor.0.mean);
        let found_few = found.is_some_and(|(persons, _)| few(persons.mean));
        RatioFacts {
            indicator: &indicator.id,
            per: if course.is_some() { "course" } else { "person" },
            course,
            before: (&row.before).into(),
            with: Figure(row.with()),
            change: (&row.change).into(),
            divisor_before: (!hidden).then(|| (&row.divisor.0).into()),
            divisor_change: (!hidden).then(|| (&row.divisor.1).into()),
            suppressed: (hidden || found_few).then_some(FEW),
            found: found
                .filter(|_| !found_few)
                .map(|(persons, _)| persons.into()),
            change_by_found: found.map(|(_, by)| by.into()),
            lowered_by_found: row.lowered_by_found(),
            per_contact_before: contact.map(|(before, _)| before.into()),
            per_contact_change: contact.map(|(_, change)| change.into()),
            per_contact_with: contact.map(|(before, change)| Figure(before.mean + change.mean)),
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
