//! What a town of chance holds: for the count of kinds, and for whoever has to find out why it
//! failed.

use super::*;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Every kind of mechanism, rule, coverage and world that the towns must have met, with the least
/// share of the towns that hold it (per cent).
pub(super) const KINDS: [(&str, u64); 69] = [
    ("effect", 40),
    ("shift", 40),
    ("shift with units that come back", 10),
    ("provide a person-year", 15),
    ("provide an event", 15),
    ("provide a new person", 8),
    ("operate", 15),
    ("invest once", 3),
    ("invest yearly", 3),
    ("invest per person-year", 8),
    ("invest per new person", 3),
    ("invest in unchanged practice", 2),
    ("transition", 15),
    ("places", 15),
    ("workforce that caps", 10),
    ("workforce from an agency", 10),
    ("saved time", 15),
    ("joint operation", 15),
    ("levels that move", 30),
    ("closed cohort", 4),
    ("dirichlet row", 10),
    ("utilities", 10),
    ("quiet shift", 15),
    ("drawn correlation", 15),
    ("three municipalities", 20),
    ("two regions", 8),
    ("levels from factors", 10),
    ("levels screened", 10),
    ("picked", 25),
    ("picked, excess fades", 10),
    ("picked, others follow", 10),
    ("by assigned level", 15),
    ("picked and by assigned level", 4),
    ("limited", 15),
    ("limited and picked", 4),
    ("limited and by assigned level", 3),
    ("most persons", 15),
    ("vacant posts", 10),
    ("two coverages or more", 25),
    ("transition beside picked, assigned or limited", 5),
    ("moving levels, read by classification", 8),
    ("moving levels and a rule on totals", 20),
    ("reallocation", 15),
    ("break-even", 5),
    ("frame", 15),
    ("unit with a budget", 15),
    ("release in steps", 50),
    ("release plan", 8),
    ("backfill", 20),
    ("dated law", 20),
    ("tariff by age", 15),
    ("ceiling", 4),
    ("pool", 10),
    ("gain share", 4),
    ("corridor", 4),
    ("fund", 4),
    ("availability", 6),
    ("suspense", 6),
    ("steps", 6),
    ("sum by need", 4),
    ("tiers", 8),
    ("dated producer", 15),
    ("nominal price", 15),
    ("sub-agreement", 10),
    ("without its sub-agreement", 2),
    ("payment in some years", 15),
    ("agreed return", 5),
    ("ceiling on what is agreed", 2),
    ("places that close", 4),
];

/// The kinds in a model.
pub(super) fn kinds(model: &Model) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    of_world(model, &mut found);
    for mechanism in &model.agreement.mechanisms {
        found.extend(of_mechanism(&mechanism.kind));
    }
    for coverage in &model.agreement.coverages {
        of_coverage(coverage, &mut found);
    }
    let law = model.world.regimes.iter().flat_map(|r| &r.transfers);
    let on_totals = |t: &Transfer| matches!(t.rule, Rule::OnTotals(_));
    let bends = law.clone().chain(&model.agreement.transfers).any(on_totals);
    found.extend(
        law.chain(&model.agreement.transfers)
            .filter_map(|t| of_rule(&t.rule)),
    );
    of_agreement(&model.agreement, &mut found);
    let has = |kind: &str| found.contains(kind);
    let beside = ["picked", "by assigned level", "limited"]
        .into_iter()
        .any(has);
    let meetings = [
        (
            "transition beside picked, assigned or limited",
            has("transition") && beside,
        ),
        (
            "moving levels, read by classification",
            has("levels that move") && has("by assigned level"),
        ),
        (
            "moving levels and a rule on totals",
            has("levels that move") && bends,
        ),
    ];
    found.extend(
        meetings
            .into_iter()
            .filter(|(_, met)| *met)
            .map(|(kind, _)| kind),
    );
    found
}

fn of_world(model: &Model, found: &mut BTreeSet<&'static str>) {
    let world = &model.world;
    let regions = world
        .municipalities
        .iter()
        .map(|m| &m.region_code)
        .collect::<BTreeSet<_>>();
    let chronic = &world.groups[0];
    let row = |p: &Parameter| p.name.contains("dirichlet");
    let factors = |c: &Classification| matches!(c.reading, Reading::Factors { .. });
    let reads = |of: bool| world.classifications.iter().any(|c| factors(c) == of);
    let released = |s: &Service| s.release.is_some();
    let facts = [
        ("three municipalities", world.municipalities.len() == 3),
        ("two regions", regions.len() == 2),
        ("levels that move", chronic.dynamics.is_some()),
        (
            "closed cohort",
            chronic.dynamics.as_ref().is_some_and(|d| d.closed),
        ),
        ("dirichlet row", model.parameters.iter().any(row)),
        ("utilities", !chronic.utility.is_empty()),
        ("quiet shift", !world.drifts.is_empty()),
        ("drawn correlation", !model.correlations.is_empty()),
        ("levels from factors", reads(true)),
        ("levels screened", reads(false)),
        ("release in steps", world.services.iter().any(released)),
        (
            "dated producer",
            world
                .services
                .iter()
                .any(|s| s.producer.entries().len() > 1),
        ),
        (
            "nominal price",
            model.parameters.iter().any(|p| p.price.is_some()),
        ),
        (
            "dated law",
            world.regimes.iter().any(|r| r.years.1 == START),
        ),
    ];
    found.extend(
        facts
            .into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(kind, _)| kind),
    );
}

fn of_mechanism(kind: &MechanismKind) -> Vec<&'static str> {
    match kind {
        MechanismKind::Effect(_) => vec!["effect"],
        MechanismKind::Shift(s) if s.to.iter().any(|(to, _)| *to == s.from) => {
            vec!["shift", "shift with units that come back"]
        }
        MechanismKind::Shift(_) => vec!["shift"],
        MechanismKind::Provide(p) => vec![match p.quantity {
            Quota::PerPersonYear(_) => "provide a person-year",
            Quota::PerNewPerson(_) => "provide a new person",
            Quota::PerEvent(..) => "provide an event",
        }],
        MechanismKind::Operate(_) => vec!["operate"],
        MechanismKind::Invest(i) if i.arm == Arm::Counterfactual => {
            vec!["invest in unchanged practice"]
        }
        MechanismKind::Invest(i) => vec![match i.basis {
            InvestBasis::Once(_) => "invest once",
            InvestBasis::Yearly(..) => "invest yearly",
            InvestBasis::PerNewPerson(_) => "invest per new person",
            InvestBasis::PerPersonYear(_) => "invest per person-year",
        }],
        MechanismKind::Places(p) if p.years.1 < 2100 => vec!["places", "places that close"],
        MechanismKind::Places(_) => vec!["places"],
        MechanismKind::Workforce(w) if w.shortage == Shortage::Cap => vec!["workforce that caps"],
        MechanismKind::Workforce(_) => vec!["workforce from an agency"],
        MechanismKind::SavedTime(_) => vec!["saved time"],
        MechanismKind::Joint(_) => vec!["joint operation"],
        MechanismKind::Transition(_) => vec!["transition"],
    }
}

fn of_coverage(coverage: &Coverage, found: &mut BTreeSet<&'static str>) {
    let picked = coverage.selection.as_ref();
    let (assigned, limited) = (coverage.assigned.is_some(), !coverage.limited_by.is_empty());
    let facts = [
        ("picked", picked.is_some()),
        (
            "picked, excess fades",
            picked.is_some_and(|s| s.persistence.is_some()),
        ),
        (
            "picked, others follow",
            picked.is_some_and(|s| !s.follows.is_empty()),
        ),
        ("by assigned level", assigned),
        ("picked and by assigned level", picked.is_some() && assigned),
        ("limited", limited),
        ("limited and picked", limited && picked.is_some()),
        ("limited and by assigned level", limited && assigned),
        ("sub-agreement", coverage.sub_agreement.is_some()),
        (
            "without its sub-agreement",
            coverage.sub_agreement == Some(SubAgreement::None),
        ),
        ("most persons", coverage.max_persons.is_some()),
        ("vacant posts", matches!(coverage.ramp, Ramp::Vacant(..))),
    ];
    found.extend(
        facts
            .into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(kind, _)| kind),
    );
}

fn of_rule(rule: &Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::Course(_) => "tariff by age",
        Rule::OnTotals(rule) => match rule {
            TotalRule::Ceiling { .. } => "ceiling",
            TotalRule::Pool { .. } => "pool",
            TotalRule::GainShare(_) => "gain share",
            TotalRule::Corridor { .. } => "corridor",
            TotalRule::Fund { .. } => "fund",
            TotalRule::Availability { .. } => "availability",
            TotalRule::Suspense(_) => "suspense",
            TotalRule::Steps(_) => "steps",
            TotalRule::NeedSum { .. } => "sum by need",
        },
        Rule::PerUnit {
            price: UnitPrice::Tiered { .. },
            ..
        } => "tiers",
        _ => return None,
    })
}

fn of_agreement(agreement: &Agreement, found: &mut BTreeSet<&'static str>) {
    let some_years = |t: &Transfer| t.years != (2000, 2100);
    let on_agreed = |t: &Transfer| match &t.rule {
        Rule::OnTotals(TotalRule::Ceiling { of, .. }) => of[0] != "fee",
        _ => false,
    };
    let facts = [
        ("two coverages or more", agreement.coverages.len() > 1),
        ("reallocation", !agreement.reallocations.is_empty()),
        ("break-even", !agreement.reports.break_evens.is_empty()),
        ("frame", !agreement.frames.is_empty()),
        ("unit with a budget", agreement.unit.is_some()),
        (
            "payment in some years",
            agreement.transfers.iter().any(some_years),
        ),
        (
            "agreed return",
            agreement
                .transfers
                .iter()
                .any(|t| matches!(t.rule, Rule::ReturnByPopulation { .. })),
        ),
        (
            "ceiling on what is agreed",
            agreement.transfers.iter().any(on_agreed),
        ),
        ("release plan", !agreement.releases.is_empty()),
        ("backfill", !agreement.backfills.is_empty()),
    ];
    found.extend(
        facts
            .into_iter()
            .filter(|(_, holds)| *holds)
            .map(|(kind, _)| kind),
    );
}

/// One paragraph: which town, and what is in it.
pub(super) fn told(seed: u64, model: &Model) -> String {
    let agreement = &model.agreement;
    let mut text = format!(
        "town {seed}: {} municipalities, {} years from {:?}, then {:?}.",
        model.world.municipalities.len(),
        agreement.horizon,
        agreement.period,
        agreement.after_period,
    );
    let kinds: Vec<&str> = kinds(model).into_iter().collect();
    let _ = write!(text, " It holds: {}.", kinds.join("; "));
    for coverage in &agreement.coverages {
        let cells: Vec<String> = coverage
            .cells
            .iter()
            .map(|(g, l)| format!("{}/{l}", g.0))
            .collect();
        let _ = write!(text, " {} covers {}", coverage.id, cells.join(" "));
        if let Some(s) = &coverage.selection {
            let _ = write!(
                text,
                ", picked by {} of service {}",
                s.at_least, s.service.0
            );
        }
        if let Some(a) = &coverage.assigned {
            let _ = write!(text, ", assigned {:?}", a.levels);
        }
        if !coverage.limited_by.is_empty() {
            let _ = write!(text, ", limited by {:?}", coverage.limited_by);
        }
        text.push('.');
    }
    for (k, mechanism) in agreement.mechanisms.iter().enumerate() {
        let _ = write!(text, " [{k}] {}: {:?}.", mechanism.name, mechanism.kind);
    }
    let law = model.world.regimes.iter().flat_map(|r| &r.transfers);
    for paid in law.chain(&agreement.transfers) {
        let (from, to) = (paid.from.key(), paid.to.key());
        let _ = write!(text, " {} ({from} to {to}): {:?}.", paid.name, paid.rule);
    }
    text
}
