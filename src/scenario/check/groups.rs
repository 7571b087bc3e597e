//! Groups: disjoint parts of the population, and their need levels.

use super::{Checking, Missing, OPEN, Slot, label, named, text_or_empty};
use crate::diagnostic::{Fault, Span};
use crate::model::{Group, GroupShare};
use crate::scenario::grammar::GROUP;
use crate::scenario::near::listed;
use crate::scenario::tree::{Node, Table};

/// Shares that are written with a few decimals sum to 1 within this.
const ROUNDING: f64 = 1e-6;

impl Checking<'_> {
    /// The groups in file order; faulty ones keep their name.
    pub fn groups(
        &mut self,
        world: &Table,
        bands: Option<&[String]>,
    ) -> (Vec<String>, Vec<Option<Group>>) {
        let mut names = Vec::new();
        let mut groups = Vec::new();
        let mut rests = 0;
        for (name, table, at) in named(world, "group") {
            rests += usize::from(table.node("rest").and_then(Node::flag) == Some(true));
            names.push(name.to_owned());
            let given = self.classified_levels(world, name);
            groups.push(self.group(name, table, at, bands, given));
        }
        if let (false, Some(node)) = (rests == 1, world.node("group")) {
            self.raise(node.span, Fault::RestGroup { found: rests });
        }
        if let Some(bands) = bands {
            self.disjoint(&groups, bands, world);
        }
        (names, groups)
    }

    fn group(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        bands: Option<&[String]>,
        given: Option<(Vec<(u8, f64)>, Span)>,
    ) -> Option<Group> {
        let label = label(table, name);
        let levels = match given {
            Some((given, by)) => self.given_levels(table, name, given, by),
            None => self.levels(table, name, at),
        };
        let moving = self.dynamics(table, name, levels.as_deref());
        let rest = table.node("rest").and_then(Node::flag) == Some(true);
        let profile = match (table.node("age_profile"), bands) {
            (None, Some(bands)) => Some(vec![1.0; bands.len()]),
            (Some(node), Some(bands)) => self.by_band(node, bands, 0.0),
            _ => None,
        };
        let prevalence = match self.slot(table, &GROUP, "prevalence") {
            Slot::Value(value) => Some(value),
            Slot::Blank(at) => {
                self.blank(at, Missing::Prevalence(&label));
                Some(OPEN)
            }
            Slot::Absent if rest => None,
            Slot::Absent => {
                let (key, table) = ("prevalence".to_owned(), format!("[group.{name}]"));
                let meaning = "share of all inhabitants, or rest = true".to_owned();
                self.raise(
                    at,
                    Fault::MissingKey {
                        key,
                        table,
                        meaning,
                    },
                );
                None
            }
            Slot::Broken => None,
        };
        let share = if rest {
            GroupShare::Rest
        } else {
            GroupShare::Prevalence {
                prevalence: prevalence?,
                profile: profile?,
            }
        };
        let (source, origin) = (text_or_empty(table, "source"), self.origin(at));
        let (dynamics, utility) = moving?;
        Some(Group {
            id: name.to_owned(),
            label,
            share,
            levels: levels?,
            dynamics,
            utility,
            source,
            origin,
        })
    }

    /// Levels that a classification gives; a world below may have stated others, this file not.
    fn given_levels(
        &mut self,
        table: &Table,
        name: &str,
        given: Vec<(u8, f64)>,
        by: Span,
    ) -> Option<Vec<(u8, f64)>> {
        if let Some(node) = table
            .node("levels")
            .filter(|node| node.span.file == by.file)
        {
            let group = name.to_owned();
            self.raise(node.span, Fault::LevelsTwice { group });
            return None;
        }
        Some(given)
    }

    fn levels(&mut self, table: &Table, name: &str, at: Span) -> Option<Vec<(u8, f64)>> {
        let Some(node) = table.node("levels") else {
            let (key, table) = ("levels".to_owned(), format!("[group.{name}]"));
            let meaning = "share of the group at each need level; sums to 1".to_owned();
            self.raise(
                at,
                Fault::MissingKey {
                    key,
                    table,
                    meaning,
                },
            );
            return None;
        };
        let mut levels = Vec::new();
        for entry in &node.table()?.entries {
            levels.push((entry.key.parse().ok()?, entry.node.number()?));
        }
        levels.sort_by_key(|(level, _)| *level);
        let sum: f64 = levels.iter().map(|(_, share)| share).sum();
        self.whole(node.span, &format!("the levels of `{name}`"), sum)
            .then_some(levels)
    }

    /// Shares that make a whole.
    pub fn whole(&mut self, at: Span, what: &str, sum: f64) -> bool {
        let whole = (sum - 1.0).abs() <= ROUNDING;
        if !whole {
            // Sums of decimals show their rounding; six digits are what an author can add up.
            let sum = (sum * 1e6).round() / 1e6;
            self.raise(
                at,
                Fault::SharesSum {
                    what: what.to_owned(),
                    sum,
                },
            );
        }
        whole
    }

    /// A factor for each age band; bands left out take `otherwise`.
    pub fn by_band(&mut self, node: &Node, bands: &[String], otherwise: f64) -> Option<Vec<f64>> {
        let mut factors = vec![otherwise; bands.len()];
        let mut sound = true;
        for entry in &node.table()?.entries {
            match bands.iter().position(|band| *band == entry.key) {
                Some(band) => factors[band] = entry.node.number()?,
                None => {
                    let allowed = listed(bands.iter().map(String::as_str));
                    let found = entry.key.clone();
                    self.raise(entry.key_span, Fault::UnknownAgeBand { found, allowed });
                    sound = false;
                }
            }
        }
        sound.then_some(factors)
    }

    /// The groups, at the means of their prevalences, hold at most everybody.
    fn disjoint(&mut self, groups: &[Option<Group>], bands: &[String], world: &Table) {
        for (b, band) in bands.iter().enumerate() {
            let mut share = 0.0;
            for group in groups.iter().flatten() {
                if let GroupShare::Prevalence {
                    prevalence,
                    profile,
                } = &group.share
                {
                    share += self.figures.mean(*prevalence).unwrap_or(0.0) * profile[b];
                }
            }
            if let (true, Some(node)) = (share > 1.0 + ROUNDING, world.node("group")) {
                let share = (share * 1e4).round() / 1e4;
                let cell = format!("the age band {band}");
                self.raise(node.span, Fault::GroupsExceed { cell, share });
            }
        }
    }
}
