//! Who takes part, how many of them, and from when.

use super::services::{levels_of, no_level, place_or};
use super::world::CheckedWorld;
use super::{Checking, Missing, items, label, list, named, number, text};
use crate::diagnostic::{Fault, Span};
use crate::model::{Assigned, Coverage, GroupId, Month, Ramp, SubAgreement, Words};
use crate::scenario::check::population::Place;
use crate::scenario::grammar::{COVERAGE, is_blank, month_of};
use crate::scenario::tree::{Node, Table};

/// First month by municipality; `None` takes no part.
pub type Starts = Vec<Option<Month>>;

/// Groups with their levels.
type Levels = Vec<(GroupId, u8)>;

impl Checking<'_> {
    /// The coverages in file order; faulty ones keep their name.
    pub fn coverages(
        &mut self,
        agreement: &Table,
        world: &CheckedWorld,
    ) -> (Vec<String>, Vec<Option<Coverage>>) {
        let mut names = Vec::new();
        let mut coverages = Vec::new();
        for (name, table, at) in named(agreement, "coverage") {
            if !is_used(agreement, name) {
                self.raise(
                    at,
                    Fault::UnusedCoverage {
                        name: name.to_owned(),
                    },
                );
            }
            names.push(name.to_owned());
            coverages.push(self.coverage(name, table, at, world));
        }
        (names, coverages)
    }

    fn coverage(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        world: &CheckedWorld,
    ) -> Option<Coverage> {
        let label = label(table, name);
        let cells = self.cells(table, world);
        let (assigned, cells) = self.picking(table, cells, world).unzip();
        let selection = cells
            .as_deref()
            .and_then(|cells| self.selection(table, &label, cells, world));
        let uptake = self.gate_slot((table, at), &COVERAGE, "uptake", Missing::Uptake(&label));
        let eligible = self.optional_slot(table, &COVERAGE, "eligible", Missing::Eligible(&label));
        let max_persons =
            self.optional_slot(table, &COVERAGE, "max_persons", Missing::MaxPersons(&label));
        let ramp = self.ramp(table, at, &label);
        let ramp = self.with_vacancy(table, ramp);
        let start = match table.node("start") {
            Some(node) if !is_blank(node) => self.starts(node, &format!("`{name}`"), world),
            _ => {
                self.blank(place_or(table, "start", at), Missing::Start(&label));
                Some(vec![None; world.municipalities().len()])
            }
        };
        let sub_agreement = self.sub_agreement(table);
        Some(Coverage {
            id: name.to_owned(),
            cells: cells?,
            uptake: uptake?,
            eligible: eligible?,
            ramp: ramp?,
            start: start?,
            max_persons: max_persons?,
            limited_by: Vec::new(),
            sub_agreement: sub_agreement?,
            selection: selection?,
            assigned: assigned?,
            origin: self.origin(at),
            label,
        })
    }

    /// Assigned levels wanted, if any, and the cells they may come from.
    fn picking(
        &mut self,
        table: &Table,
        cells: Option<Vec<(GroupId, u8)>>,
        world: &CheckedWorld,
    ) -> Option<(Option<Assigned>, Levels)> {
        let cells = cells?;
        match self.classified_by(table, world)? {
            None => Some((None, cells)),
            Some(by) => {
                let (assigned, cells) = self.assigned(table, by, &cells, world)?;
                Some((Some(assigned), cells))
            }
        }
    }

    /// Groups × levels; a level must be one of every group named.
    fn cells(&mut self, table: &Table, world: &CheckedWorld) -> Option<Vec<(GroupId, u8)>> {
        let single = table.node("group").into_iter();
        let mut groups = Vec::new();
        for node in single.chain(list(table, "groups")) {
            let group = self.reference("group", node, &world.group_names)?;
            if groups.contains(&group) {
                let name = world.group_names[group].clone();
                let what = "groups".to_owned();
                self.raise(node.span, Fault::DuplicateName { name, what });
                return None;
            }
            groups.push(group);
        }
        let mut cells = Vec::new();
        let mut sound = true;
        for index in groups {
            let group = world.groups[index].as_ref()?;
            let known = levels_of(group);
            let wanted = match table.node("levels") {
                None => known.clone(),
                Some(node) => self.wanted_levels(node, &group.id, &known, &mut sound)?,
            };
            cells.extend(
                wanted
                    .into_iter()
                    .map(|level| (GroupId(index as u16), level)),
            );
        }
        sound.then_some(cells)
    }

    /// The levels listed, each one that the group has.
    pub fn wanted_levels(
        &mut self,
        node: &Node,
        group: &str,
        known: &[u8],
        sound: &mut bool,
    ) -> Option<Vec<u8>> {
        let mut levels: Vec<u8> = Vec::new();
        for item in node.list()? {
            let level = u8::try_from(item.whole()?).ok()?;
            if !known.contains(&level) {
                self.raise(item.span, no_level(level, group, known));
                *sound = false;
            } else if levels.contains(&level) {
                let (name, what) = (level.to_string(), "levels".to_owned());
                self.raise(item.span, Fault::DuplicateName { name, what });
                *sound = false;
            }
            levels.push(level);
        }
        Some(levels)
    }

    fn ramp(&mut self, table: &Table, at: Span, label: &Words) -> Option<Ramp> {
        let open = |this: &mut Self| {
            this.blank(place_or(table, "ramp", at), Missing::Ramp(label));
            Some(Ramp::Step)
        };
        let Some(node) = table.node("ramp").filter(|node| !is_blank(node)) else {
            return open(self);
        };
        let Some(entry) = node.table()?.entries.first() else {
            return open(self);
        };
        let years = || number(entry.node.table()?, "years");
        match entry.key.as_str() {
            "step" => Some(Ramp::Step),
            "linear" => years().map(Ramp::Linear),
            "s_curve" => years().map(Ramp::SCurve),
            "competence" => self.competence_ramp(entry.node.table()?),
            "table" => {
                let items = entry.node.list()?;
                let shares: Vec<f64> = items.iter().map(Node::number).collect::<Option<_>>()?;
                shares
                    .iter()
                    .all(|share| (0.0..=1.0).contains(share))
                    .then_some(())?;
                let fall = shares.windows(2).position(|pair| pair[1] < pair[0]);
                let why = match (shares.is_empty(), fall) {
                    (true, _) => Some((entry.node.span, "has no years")),
                    (_, Some(at)) => Some((items[at + 1].span, "falls")),
                    _ => None,
                };
                if let Some((at, why)) = why {
                    self.raise(
                        at,
                        Fault::RampTable {
                            why: why.to_owned(),
                        },
                    );
                    return None;
                }
                Some(Ramp::Table(shares))
            }
            _ => None,
        }
    }

    /// Start dates by municipality, from `default` and names or codes.
    pub fn starts(&mut self, node: &Node, what: &str, world: &CheckedWorld) -> Option<Starts> {
        let table = node.table()?;
        let places = world.places.as_ref()?;
        let default = table.node("default").map(start_of);
        let mut starts: Vec<Option<Option<Month>>> =
            vec![default.flatten(); world.municipalities().len()];
        let mut seen = vec![false; starts.len()];
        let mut sound = true;
        for entry in &table.entries {
            sound &= self.start_in_years(&entry.node, what, world);
            if entry.key == "default" {
                continue;
            }
            match places.find(&entry.key) {
                Some(Place::Inside(m)) if seen[m] => {
                    let (name, what) = (entry.key.clone(), "start dates".to_owned());
                    self.raise(entry.key_span, Fault::DuplicateName { name, what });
                    sound = false;
                }
                Some(Place::Inside(m)) => {
                    seen[m] = true;
                    starts[m] = start_of(&entry.node);
                }
                _ => {
                    self.raise(entry.key_span, places.unknown(&entry.key));
                    sound = false;
                }
            }
        }
        sound.then_some(())?;
        if let (None, Some(m)) = (
            table.node("default"),
            starts.iter().position(Option::is_none),
        ) {
            let (key, table) = ("default".to_owned(), format!("the start of {what}"));
            let name = &world.municipalities()[m].name;
            let meaning = format!("a date, or \"none\", for {name} and the others not named");
            self.raise(
                node.span,
                Fault::MissingKey {
                    key,
                    table,
                    meaning,
                },
            );
            return None;
        }
        let starts: Starts = starts.into_iter().collect::<Option<_>>()?;
        if starts.iter().all(Option::is_none) {
            self.raise(
                node.span,
                Fault::NobodyTakesPart {
                    what: what.to_owned(),
                },
            );
            return None;
        }
        Some(starts)
    }

    fn start_in_years(&mut self, node: &Node, what: &str, world: &CheckedWorld) -> bool {
        let (Some(Some(month)), Some((from, _))) = (start_of(node), world.years) else {
            return true;
        };
        if month.year() < from {
            let (what, start) = (what.to_owned(), written(month));
            self.raise(node.span, Fault::StartTooEarly { what, start, from });
        }
        month.year() >= from
    }

    /// Starts that lie after the last year shown.
    pub fn starts_before(&mut self, agreement: &Table, last: i32) {
        let coverages = named(agreement, "coverage").map(|(name, table, _)| (name, table, "start"));
        let operates = items(agreement, "operate")
            .filter_map(|(table, _)| Some((table.node("name")?.text()?, table, "participates")));
        for (name, table, key) in coverages.chain(operates) {
            let Some(starts) = table.node(key).and_then(Node::table) else {
                continue;
            };
            for entry in &starts.entries {
                if let Some(Some(month)) = start_of(&entry.node)
                    && month.year() > last
                {
                    let (what, start) = (format!("`{name}`"), written(month));
                    let at = entry.node.span;
                    self.raise(
                        at,
                        Fault::StartTooLate {
                            what,
                            start,
                            to: last,
                        },
                    );
                }
            }
        }
    }

    fn sub_agreement(&mut self, table: &Table) -> Option<Option<SubAgreement>> {
        let Some(node) = table.node("sub_agreement") else {
            return Some(None);
        };
        match text(node.table()?, "status").as_deref() {
            Some("none") => Some(Some(SubAgreement::None)),
            Some("pending") => Some(Some(SubAgreement::Pending)),
            Some("signed") => Some(Some(SubAgreement::Signed)),
            Some(_) => None,
            None => {
                self.raise(node.span, Fault::SubAgreementStatus {});
                None
            }
        }
    }
}

/// A start date: `Some(None)` takes no part, `None` is no date.
fn start_of(node: &Node) -> Option<Option<Month>> {
    if node.text() == Some("none") {
        return Some(None);
    }
    let month = match node.text() {
        Some(text) => month_of(text)?,
        None => (super::year(node)?, 1),
    };
    Some(Some(Month(month.0 * 12 + month.1 as i32 - 1)))
}

fn written(month: Month) -> String {
    format!("{}-{:02}", month.year(), month.0.rem_euclid(12) + 1)
}

/// Whether any mechanism or payment refers to a coverage.
fn is_used(agreement: &Table, name: &str) -> bool {
    let is = |node: Option<&Node>| node.and_then(Node::text) == Some(name);
    let mechanisms = [
        "effect",
        "shift",
        "provide",
        "saved_time",
        "transition",
        "detect",
    ]
    .iter()
    .any(|kind| items(agreement, kind).any(|(table, _)| is(table.node("coverage"))));
    let invests = items(agreement, "invest")
        .any(|(table, _)| is(table.node("per_new_person")) || is(table.node("per_person_year")));
    let payments = items(agreement, "transfer").any(|(table, _)| {
        let rule = table.node("per_covered_person_year").and_then(Node::table);
        rule.is_some_and(|rule| is(rule.node("coverage")))
    });
    let moved = items(agreement, "reallocate")
        .any(|(table, _)| is(table.node("from")) || is(table.node("to")));
    mechanisms || invests || payments || moved
}
