//! Level dynamics: moves between levels, utilities, and transitions of an agreement.

use std::collections::BTreeSet;

use super::mechanisms::Ground;
use super::services::{levels_of, no_level, place_or};
use super::{Checking, Missing, OPEN, Slot, items, list, number, text_or_empty, whole};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Agreement, Course, Dynamics, Group, GroupId, MOST_LEVELS, MechanismKind, Move, ServiceId,
    Transition, Value, Words,
};
use crate::scenario::grammar::TRANSITION;
use crate::scenario::tree::{Node, Table};
use crate::units::Unit;

/// Rows that are written with a few decimals sum to 1 within this.
const ROUNDING: f64 = 1e-6;

/// A level with fewer persons than this, per person of the group, is empty.
const NOBODY: f64 = 1e-12;

impl Checking<'_> {
    /// `dynamics` and `utility` of a group; `None` if they are faulty.
    pub fn dynamics(
        &mut self,
        group: &Table,
        name: &str,
        levels: Option<&[(u8, f64)]>,
    ) -> Option<(Option<Dynamics>, Vec<Value>)> {
        let levels = levels?;
        let stated = group.node("dynamics");
        let dynamics = match stated.and_then(Node::table) {
            None => None,
            Some(table) => Some(self.stated_dynamics(group, table, stated?.span, name, levels)?),
        };
        let utility = match group.node("utility") {
            None => Vec::new(),
            Some(node) => {
                if dynamics.is_none() {
                    let group = name.to_owned();
                    self.raise(node.span, Fault::UtilityWithoutDynamics { group });
                    return None;
                }
                self.utilities(node, name, levels)?
            }
        };
        Some((dynamics, utility))
    }

    fn stated_dynamics(
        &mut self,
        group: &Table,
        table: &Table,
        at: Span,
        name: &str,
        levels: &[(u8, f64)],
    ) -> Option<Dynamics> {
        if group.node("rest").and_then(Node::flag) == Some(true) {
            let group = name.to_owned();
            self.raise(at, Fault::RestDynamics { group });
            return None;
        }
        if levels.len() > MOST_LEVELS {
            let (group, found, most) = (name.to_owned(), levels.len(), MOST_LEVELS);
            self.raise(at, Fault::TooManyLevels { group, found, most });
            return None;
        }
        let moves = self.moves(table.node("transition")?, name, levels)?;
        let inflow = match table.node("inflow") {
            None => levels.iter().map(|(_, share)| *share).collect(),
            Some(node) => self.inflow(node, name, levels)?,
        };
        Some(Dynamics {
            moves,
            inflow,
            closed: table.node("closed").and_then(Node::flag).unwrap_or(false),
            source: text_or_empty(table, "source"),
            origin: self.origin(at),
        })
    }

    fn moves(&mut self, node: &Node, group: &str, levels: &[(u8, f64)]) -> Option<Vec<Move>> {
        let mut moves = Vec::new();
        let mut sound = true;
        for row in &node.table()?.entries {
            let Some(from) = self.level_index(&row.key, row.key_span, group, levels) else {
                sound = false;
                continue;
            };
            match self.row(&row.node, from, group, levels) {
                Some(row) => moves.extend(row),
                None => sound = false,
            }
        }
        sound.then_some(moves)
    }

    /// The moves out of one level. Staying, where it is stated, makes the row a whole.
    fn row(
        &mut self,
        node: &Node,
        from: usize,
        group: &str,
        levels: &[(u8, f64)],
    ) -> Option<Vec<Move>> {
        let mut moves = Vec::new();
        let (mut leaving, mut staying) = (0.0, None);
        for entry in &node.table()?.entries {
            let to = match entry.key.as_str() {
                "died" => None,
                level => Some(self.level_index(level, entry.key_span, group, levels)?),
            };
            let probability = match self.slot_value(&entry.node, &entry.key, &[Unit::Share]) {
                Slot::Value(value) => value,
                Slot::Blank(at) => {
                    self.blank(at, Missing::Move(group));
                    OPEN
                }
                _ => return None,
            };
            let mean = self.figures.mean(probability).unwrap_or(0.0);
            if to == Some(from) {
                staying = Some(mean);
                continue;
            }
            leaving += mean;
            moves.push(Move {
                from,
                to,
                probability,
            });
        }
        let (group, level) = (group.to_owned(), levels[from].0.to_string());
        // Sums of decimals show their rounding; six digits are what an author can add up.
        let shown = |sum: f64| (sum * 1e6).round() / 1e6;
        let fault = match staying {
            Some(stay) if (leaving + stay - 1.0).abs() > ROUNDING => {
                let sum = shown(leaving + stay);
                Some(Fault::TransitionRow { group, level, sum })
            }
            _ if leaving > 1.0 + ROUNDING => {
                let sum = shown(leaving);
                Some(Fault::TransitionAboveOne { group, level, sum })
            }
            _ => None,
        };
        match fault {
            Some(fault) => {
                self.raise(node.span, fault);
                None
            }
            None => Some(moves),
        }
    }

    fn level_index(
        &mut self,
        key: &str,
        at: Span,
        group: &str,
        levels: &[(u8, f64)],
    ) -> Option<usize> {
        let level: u8 = key.parse().ok()?;
        let found = levels.iter().position(|(known, _)| *known == level);
        if found.is_none() {
            let known: Vec<u8> = levels.iter().map(|(known, _)| *known).collect();
            self.raise(at, no_level(level, group, &known));
        }
        found
    }

    fn inflow(&mut self, node: &Node, group: &str, levels: &[(u8, f64)]) -> Option<Vec<f64>> {
        let mut inflow = vec![0.0; levels.len()];
        for entry in &node.table()?.entries {
            let level = self.level_index(&entry.key, entry.key_span, group, levels)?;
            inflow[level] = entry.node.number()?;
        }
        let what = format!("the newcomers of `{group}` by level");
        self.whole(node.span, &what, inflow.iter().sum())
            .then_some(inflow)
    }

    fn utilities(&mut self, node: &Node, group: &str, levels: &[(u8, f64)]) -> Option<Vec<Value>> {
        let mut utilities = vec![None; levels.len()];
        for entry in &node.table()?.entries {
            let level = self.level_index(&entry.key, entry.key_span, group, levels)?;
            let units = [Unit::Share, Unit::Ratio];
            utilities[level] = match self.slot_value(&entry.node, &entry.key, &units) {
                Slot::Value(value) => Some(value),
                Slot::Blank(at) => {
                    self.blank(at, Missing::Utility(group));
                    Some(OPEN)
                }
                _ => return None,
            };
        }
        if let Some(missing) = utilities.iter().position(Option::is_none) {
            let key = levels[missing].0.to_string();
            let table = format!("the utilities of `{group}`");
            let meaning = "a utility for every level of the group".to_owned();
            let fault = Fault::MissingKey {
                key,
                table,
                meaning,
            };
            self.raise(node.span, fault);
            return None;
        }
        utilities.into_iter().collect()
    }

    /// A `[[transition]]`.
    pub fn transition(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        ground: &Ground<'_>,
    ) -> Option<Transition> {
        let coverage = self.coverage_of(table, "coverage", ground);
        let missing = Missing::TransitionRatio(label);
        let ratio = self.gate_slot((table, at), &TRANSITION, "ratio", missing);
        let missing = Missing::Attenuation(label);
        let attenuation = self.optional_slot(table, &TRANSITION, "attenuation", missing);
        let moves = self.stated_moves(table);
        let (coverage, moves) = (coverage?, moves?);
        self.moves_exist(table, &moves, coverage, ground)
            .then_some(())?;
        Some(Transition {
            coverage,
            moves: moves.into_iter().map(|(moved, _)| moved).collect(),
            ratio: ratio?,
            attenuation: attenuation?,
            lag_months: whole(table, "lag_months").unwrap_or(0),
            decay: number(table, "decay").unwrap_or(0.0),
        })
    }

    /// The moves as written, each with its place.
    fn stated_moves(&mut self, table: &Table) -> Option<Vec<(Moved, Span)>> {
        let mut moves: Vec<(Moved, Span)> = Vec::new();
        for node in list(table, "moves") {
            let wrong = |why: &str| Fault::TransitionMove {
                moved: node.shown(),
                why: why.to_owned(),
            };
            let [from, to] = node.list()? else {
                self.raise(node.span, wrong("is not a pair of levels"));
                return None;
            };
            let Some(from) = from.whole() else {
                self.raise(node.span, wrong("starts from no level"));
                return None;
            };
            let to = match to.text() {
                Some("died") => None,
                _ => Some(u8::try_from(to.whole()?).ok()?),
            };
            let moved = (u8::try_from(from).ok()?, to);
            if moves.iter().any(|(other, _)| *other == moved) {
                self.raise(node.span, wrong("is named twice"));
                return None;
            }
            moves.push((moved, node.span));
        }
        if let (true, Some(node)) = (moves.is_empty(), table.node("moves")) {
            let (moved, why) = (node.shown(), "names no move".to_owned());
            self.raise(node.span, Fault::TransitionMove { moved, why });
            return None;
        }
        Some(moves)
    }

    /// Every group of the coverage has levels that move, and every move is one of theirs.
    fn moves_exist(
        &mut self,
        table: &Table,
        moves: &[(Moved, Span)],
        coverage: usize,
        ground: &Ground<'_>,
    ) -> bool {
        let Some(covered) = ground.coverages[coverage].as_ref() else {
            return false;
        };
        let groups: BTreeSet<GroupId> = covered.cells.iter().map(|(g, _)| *g).collect();
        let mut sound = true;
        for id in groups {
            let Some(group) = ground.world.groups[id.0 as usize].as_ref() else {
                return false;
            };
            let Some(dynamics) = &group.dynamics else {
                let at = table.node("coverage").map_or(moves[0].1, |node| node.span);
                let group = group.id.clone();
                self.raise(at, Fault::TransitionWithoutDynamics { group });
                return false;
            };
            for (moved, at) in moves {
                let covers = covered.cells.contains(&(id, moved.0));
                let fault = self.no_such_move(group, dynamics, *moved, covers);
                if let Some(fault) = fault {
                    self.raise(*at, fault);
                    sound = false;
                }
            }
        }
        sound
    }

    fn no_such_move(
        &self,
        group: &Group,
        dynamics: &Dynamics,
        (from, to): Moved,
        covers: bool,
    ) -> Option<Fault> {
        let known = levels_of(group);
        let unknown = [Some(from), to]
            .into_iter()
            .flatten()
            .find(|l| !known.contains(l));
        if let Some(level) = unknown {
            return Some(no_level(level, &group.id, &known));
        }
        let level = |at: usize| group.levels[at].0;
        let is = |m: &Move| (level(m.from), m.to.map(level)) == (from, to);
        let why = if !dynamics.moves.iter().any(is) {
            format!("is none of the dynamics of `{}`", group.id)
        } else if !covers {
            "starts from a level that the coverage does not hold".to_owned()
        } else {
            return None;
        };
        let to = to.map_or("died".to_owned(), |level| level.to_string());
        let moved = format!("[{from}, {to}]");
        Some(Fault::TransitionMove { moved, why })
    }

    /// A transition reads who is covered as shares of a level. Who is picked by past use or by an
    /// assigned level, or rationed by places and staff, is no such share once levels move.
    pub fn moves_whole_levels(&mut self, agreement: &Agreement, table: &Table) {
        let stated: Vec<_> = transitions(agreement)
            .map(|(t, n)| (t.coverage, n))
            .collect();
        for (coverage, name) in stated {
            let coverage = &agreement.coverages[coverage];
            let by = if coverage.selection.is_some() {
                "picked by past use"
            } else if coverage.assigned.is_some() {
                "read by a classification"
            } else if !coverage.limited_by.is_empty() {
                "limited by places or staff"
            } else {
                continue;
            };
            let own = |(t, _): &(&Table, Span)| t.node("name").and_then(Node::text) == Some(name);
            let Some((stated, at)) = items(table, "transition").find(own) else {
                continue;
            };
            let fault = Fault::TransitionOfPicked {
                coverage: coverage.id.clone(),
                by: by.to_owned(),
            };
            self.raise(place_or(stated, "coverage", at), fault);
        }
    }

    /// At the means, no level ever holds fewer than nobody; none that a transition keeps persons
    /// at is empty without it.
    pub fn levels_hold(&mut self, agreement: &Agreement, table: &Table, ground: &Ground<'_>) {
        let first = agreement.first_year();
        let years: Vec<i32> = (first..first + agreement.horizon as i32).collect();
        let inside = ground.world.years.is_some_and(|(from, to)| {
            from <= first && years.last().is_some_and(|last| *last <= to)
        });
        if !inside {
            return; // told already
        }
        for (g, group) in ground.world.groups.iter().enumerate() {
            let Some((group, dynamics)) =
                group.as_ref().and_then(|g| Some((g, g.dynamics.as_ref()?)))
            else {
                continue;
            };
            let id = GroupId(g as u16);
            let covered = agreement.coverages.iter().flat_map(|c| &c.cells);
            if !covered.into_iter().any(|(other, _)| *other == id) {
                continue;
            }
            let population = ground.world.population.as_ref();
            let Some(course) = population.and_then(|p| group.course(p, &years)) else {
                continue;
            };
            self.path_holds(
                agreement,
                table,
                (id, group, dynamics),
                &course,
                &years,
                ground,
            );
        }
    }

    fn path_holds(
        &mut self,
        agreement: &Agreement,
        table: &Table,
        (id, group, dynamics): (GroupId, &Group, &Dynamics),
        course: &Course,
        years: &[i32],
        ground: &Ground<'_>,
    ) {
        let means: Vec<f64> = dynamics
            .moves
            .iter()
            .map(|m| self.figures.mean(m.probability).unwrap_or(0.0))
            .collect();
        let shares = course.shares(&means);
        let n = group.levels.len();
        let at = ground.world.table.node("group").and_then(Node::table);
        let at = at.and_then(|all| all.node(&group.id)).map_or_else(
            || table.node("period").map(|node| node.span),
            |node| Some(node.span),
        );
        let Some(at) = at else { return };
        let year = |figure: usize| years[figure / n];
        let level = |figure: usize| group.levels[figure % n].0.to_string();
        if let Some(figure) = shares.iter().position(|s| *s < -NOBODY) {
            let fault = Fault::LevelBelowNothing {
                group: group.id.clone(),
                level: level(figure),
                year: year(figure),
            };
            return self.raise(at, fault);
        }
        for (transition, name) in transitions(agreement) {
            let covered = &agreement.coverages[transition.coverage].cells;
            let kept: Vec<usize> = dynamics
                .moves
                .iter()
                .filter(|m| {
                    let cell = (id, group.levels[m.from].0);
                    covered.contains(&cell) && transition.acts_on(&group.levels, m)
                })
                .map(|m| m.from)
                .collect();
            let empties = |figure: &usize| {
                let (before, now) = (shares[figure - n], shares[*figure]);
                kept.contains(&(figure % n)) && before > NOBODY && now < NOBODY
            };
            if let Some(figure) = (n..shares.len()).find(empties) {
                let place = items(table, "transition")
                    .find(|(t, _)| t.node("name").and_then(Node::text) == Some(name))
                    .map_or(at, |(t, at)| place_or(t, "moves", at));
                let fault = Fault::EmptyLevel {
                    group: group.id.clone(),
                    level: level(figure),
                    year: year(figure),
                };
                return self.raise(place, fault);
            }
        }
    }
}

/// From a level to another, or to death.
type Moved = (u8, Option<u8>);

fn transitions(agreement: &Agreement) -> impl Iterator<Item = (&Transition, &str)> {
    agreement.mechanisms.iter().filter_map(|m| match &m.kind {
        MechanismKind::Transition(transition) => Some((transition, m.name.as_str())),
        _ => None,
    })
}

/// Services used by groups whose levels an agreement moves: what they cost must be known.
pub fn moved_services(agreement: &Agreement, ground: &Ground<'_>) -> BTreeSet<ServiceId> {
    let moved: BTreeSet<GroupId> = transitions(agreement)
        .flat_map(|(t, _)| {
            agreement.coverages[t.coverage]
                .cells
                .iter()
                .map(|(g, _)| *g)
        })
        .collect();
    let services = ground.world.services.iter().enumerate();
    let uses = services.filter(|(_, s)| {
        let rates = s.iter().flat_map(|s| &s.service.rates);
        rates.into_iter().any(|r| moved.contains(&r.group))
    });
    uses.map(|(s, _)| ServiceId(s as u16)).collect()
}
