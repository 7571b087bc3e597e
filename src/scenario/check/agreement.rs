//! The agreement as a whole.

use super::mechanisms::Ground;
use super::regimes::transfer_names;
use super::transfers::{Known, Within, uncounted};
use super::world::CheckedWorld;
use super::{Checking, items, text, text_or_empty, whole, words};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    AfterPeriod, Agreement, Clinical, Coverage, InvestBasis, Mechanism, MechanismKind, Roles,
    SettlementTerms, Status, Transfer,
};
use crate::scenario::compose::Layered;
use crate::scenario::tree::{Node, Table};

impl Checking<'_> {
    /// Checks an agreement on its world: its name and itself, if all of it is sound.
    pub fn agreement(
        &mut self,
        agreement: &Layered,
        world: &CheckedWorld,
    ) -> Option<(String, Agreement)> {
        let table = &agreement.table;
        self.paper(table, agreement.head);
        let period = table
            .node("period")
            .and_then(|node| self.years(node, "`period`"));
        let (coverage_names, coverages) = self.coverages(table, world);
        let ground = Ground {
            world,
            coverage_names: &coverage_names,
            coverages: &coverages,
        };
        let catalogue = self.mechanisms(table, &ground);
        let backfills = self.backfills(table, &ground);
        let releases = self.release_plans(table, &ground);
        let indicators = self.indicators(table, &ground);
        let followed = self.followed(table, &ground);
        let governance = self.governance(table);
        self.routings(table, &ground, &catalogue);
        let reallocations = self.reallocations(table, &ground, &catalogue);
        let pilot = self.pilot(table, &ground);
        let unit = self.budget_unit(table, &ground);
        let kinds: Vec<(String, Option<MechanismKind>)> = catalogue
            .iter()
            .map(|(name, mechanism)| (name.clone(), mechanism.as_ref().map(|m| m.kind.clone())))
            .collect();
        let transfers = period.and_then(|period| {
            self.agreed_transfers(table, period, &coverage_names, &kinds, world)
        });
        if catalogue.is_empty() {
            self.raise(agreement.head, Fault::ChangesNothing {});
        }
        let coverages: Option<Vec<Coverage>> = coverages.iter().cloned().collect();
        let coverages = coverages.and_then(|all| self.limits(table, all, &catalogue));
        let reports = indicators
            .as_ref()
            .and_then(|followed| self.reports(table, &ground, &catalogue, followed));
        let mechanisms: Option<Vec<Mechanism>> = catalogue
            .into_iter()
            .map(|(_, mechanism)| mechanism)
            .collect();
        let mut made = Agreement {
            title: words(table, "title")?,
            status: status(table)?,
            question: words(table, "question")?,
            comparator: words(table, "comparator")?,
            period: period?,
            horizon: whole(table, "horizon")?,
            after_period: after_period(table)?,
            clinical: clinical(table),
            roles: roles(table),
            settlement: settlement(table),
            coverages: coverages?,
            mechanisms: mechanisms?,
            backfills: backfills?,
            releases: releases?,
            transfers: transfers?,
            indicators: indicators?,
            frames: self.frames(table)?,
            reports: reports?,
            governance: governance?,
            parts: Vec::new(),
            reallocations: reallocations?,
            detections: Vec::new(),
            pilot: pilot?,
            unit: unit?,
        };
        made.indicators.extend(followed?);
        made.detections = self.detections(table, &ground, &made.indicators)?;
        self.goals(table, &mut made.indicators);
        self.followed_up(table, &made);
        self.years_shown(&made, table, world);
        self.tasks(&made, &ground);
        self.moves_whole_levels(&made, table);
        self.levels_hold(&made, table, &ground);
        Some((agreement.name.clone(), made))
    }

    fn agreed_transfers(
        &mut self,
        agreement: &Table,
        period: (i32, i32),
        coverages: &[String],
        mechanisms: &[(String, Option<MechanismKind>)],
        world: &CheckedWorld,
    ) -> Option<Vec<Transfer>> {
        let law = transfer_names(&world.table);
        let own = items(agreement, "transfer").filter_map(|(table, _)| text(table, "name"));
        let names: Vec<String> = law.iter().cloned().chain(own).collect();
        let known = Known {
            services: &world.service_names,
            coverages,
            mechanisms,
            transfers: &names,
            groups: &world.group_names,
            bands: world.bands.as_deref(),
            places: world.places.as_ref(),
            uncounted: &items(&world.table, "regime")
                .flat_map(|(regime, _)| uncounted(regime))
                .chain(uncounted(agreement))
                .collect::<Vec<_>>(),
            law: false,
        };
        let within = Within {
            years: period,
            legal_basis: None,
            strict: false,
        };
        let mut transfers = Vec::new();
        for (table, at) in items(agreement, "transfer") {
            if let Some(node) = table.node("name")
                && let Some(name) = node.text().filter(|name| law.iter().any(|l| l == name))
            {
                let what = "transfers".to_owned();
                self.raise(
                    node.span,
                    Fault::DuplicateName {
                        name: name.to_owned(),
                        what,
                    },
                );
            }
            transfers.push(self.transfer(table, at, &within, &known));
        }
        let transfers: Vec<Transfer> = transfers.into_iter().collect::<Option<_>>()?;
        let regimes = world.regimes.iter().flatten();
        let law: Vec<Transfer> = regimes.flat_map(|r| r.transfers.clone()).collect();
        self.ceilings_turn_back(agreement, &transfers, &law);
        Some(transfers)
    }

    /// The years computed lie inside the world's; nothing starts after them.
    fn years_shown(&mut self, agreement: &Agreement, table: &Table, world: &CheckedWorld) {
        let (Some((from, to)), Some(horizon)) = (world.years, table.node("horizon")) else {
            return;
        };
        let first = agreement.first_year();
        let last = first + agreement.horizon as i32 - 1;
        self.starts_before(table, last);
        if first < from {
            let at = table.node("period").map_or(horizon.span, |node| node.span);
            let (what, start) = ("the agreement".to_owned(), first.to_string());
            self.raise(at, Fault::StartTooEarly { what, start, from });
        } else if last > to {
            let what = "the horizon ends".to_owned();
            self.raise(
                horizon.span,
                Fault::OutsideYears {
                    what,
                    year: last,
                    from,
                    to,
                },
            );
        }
        self.mechanisms_shown(agreement, table, (first, last));
        self.transfers_shown(agreement, table, (first, last));
    }

    /// Dated mechanisms happen, at least partly, in the years shown.
    fn mechanisms_shown(&mut self, agreement: &Agreement, table: &Table, shown: (i32, i32)) {
        for mechanism in &agreement.mechanisms {
            let years = match &mechanism.kind {
                MechanismKind::Operate(operate) => operate.years,
                MechanismKind::Invest(invest) => match invest.basis {
                    InvestBasis::Once(year) => (year, year),
                    InvestBasis::Yearly(from, to) => (from, to),
                    _ => continue,
                },
                _ => match super::capacity::dated(mechanism) {
                    Some(years) => years,
                    None => continue,
                },
            };
            let kinds = ["operate", "invest", "places", "joint_operation"];
            let at = place_of(table, &kinds, &mechanism.name);
            self.within_shown(&mechanism.name, years, at, shown);
        }
    }

    fn transfers_shown(&mut self, agreement: &Agreement, table: &Table, shown: (i32, i32)) {
        for transfer in &agreement.transfers {
            let at = place_of(table, &["transfer"], &transfer.name);
            self.within_shown(&transfer.name, transfer.years, at, shown);
        }
    }

    fn within_shown(&mut self, name: &str, years: (i32, i32), at: Option<Span>, shown: (i32, i32)) {
        let (from, to) = shown;
        if let (Some(at), true) = (at, years.1 < from || years.0 > to) {
            let what = format!("`{name}` has no year that is shown");
            self.raise(
                at,
                Fault::OutsideYears {
                    what,
                    year: years.0,
                    from,
                    to,
                },
            );
        }
    }
}

/// Where the name of an item stands.
fn place_of(table: &Table, kinds: &[&str], name: &str) -> Option<Span> {
    let mut all = kinds.iter().flat_map(|kind| items(table, kind));
    all.find_map(|(item, _)| item.node("name").filter(|node| node.text() == Some(name)))
        .map(|node| node.span)
}

fn status(table: &Table) -> Option<Status> {
    match text(table, "status")?.as_str() {
        "draft" => Some(Status::Draft),
        "provisional" => Some(Status::Provisional),
        "approved" => Some(Status::Approved),
        _ => None,
    }
}

/// What follows the period; left open, it is a blank and the model is not run.
fn after_period(table: &Table) -> Option<AfterPeriod> {
    match text(table, "after_period").as_deref() {
        None | Some("ends") => Some(AfterPeriod::Ends),
        Some("continues_with_settlement") => Some(AfterPeriod::ContinuesWithSettlement),
        Some("continues_without") => Some(AfterPeriod::ContinuesWithout),
        Some(_) => None,
    }
}

fn clinical(table: &Table) -> Clinical {
    let Some(table) = table.node("clinical").and_then(Node::table) else {
        return Clinical::default();
    };
    Clinical {
        what: words(table, "what").unwrap_or_default(),
        why: words(table, "why").unwrap_or_default(),
        evidence: text_or_empty(table, "evidence"),
        recommended_by: text_or_empty(table, "recommended_by"),
    }
}

fn roles(table: &Table) -> Roles {
    let Some(table) = table.node("roles").and_then(Node::table) else {
        return Roles::default();
    };
    Roles {
        commissioner: text_or_empty(table, "commissioner"),
        analyst: text_or_empty(table, "analyst"),
        assurer: text_or_empty(table, "assurer"),
        approver: text_or_empty(table, "approver"),
    }
}

fn settlement(table: &Table) -> SettlementTerms {
    let Some(table) = table.node("settlement").and_then(Node::table) else {
        return SettlementTerms::default();
    };
    SettlementTerms {
        regulation: words(table, "regulation").unwrap_or_default(),
        legal_basis: text_or_empty(table, "legal_basis"),
    }
}
