//! Courses through several services, what an indicator is divided by, and diagnoses newly made.

use super::gate::Missing;
use super::mechanisms::Ground;
use super::services::{levels_of, no_level};
use super::world::CheckedWorld;
use super::{Checking, items, label, list, named, text, text_or_empty, whole};
use crate::diagnostic::{Fault, Span};
use crate::model::{CareCourse, Coverage, Detection, GroupId, Indicator, Per, ServiceId};
use crate::scenario::grammar::DETECT;
use crate::scenario::tree::{Node, Table};

impl Checking<'_> {
    /// The courses of the world, in file order.
    pub fn courses(&mut self, world: &CheckedWorld) -> (Vec<String>, Option<Vec<CareCourse>>) {
        let table = world.table.clone();
        let mut names = Vec::new();
        let mut courses = Vec::new();
        for (name, table, at) in named(&table, "course") {
            names.push(name.to_owned());
            courses.push(self.course(name, table, at, world));
        }
        (names, courses.into_iter().collect())
    }

    fn course(
        &mut self,
        name: &str,
        table: &Table,
        at: Span,
        world: &CheckedWorld,
    ) -> Option<CareCourse> {
        let mut services: Vec<ServiceId> = Vec::new();
        for node in list(table, "services") {
            let service = self.reference("service", node, &world.service_names)?;
            let service = ServiceId(service as u16);
            if services.contains(&service) {
                let why = format!("`{}` stands twice", node.text()?);
                return self.no_course(node.span, name, why);
            }
            services.push(service);
        }
        if services.len() < 2 {
            let why = "one service is a contact, not a course".to_owned();
            return self.no_course(table.node("services").map_or(at, |n| n.span), name, why);
        }
        let mut groups: Vec<GroupId> = Vec::new();
        for node in list(table, "groups") {
            let group = self.reference("group", node, &world.group_names)?;
            let group = GroupId(group as u16);
            if groups.contains(&group) {
                let why = format!("`{}` stands twice", node.text()?);
                return self.no_course(node.span, name, why);
            }
            groups.push(group);
        }
        if groups.is_empty() {
            let why = "it is nobody's: `groups` is empty".to_owned();
            return self.no_course(table.node("groups").map_or(at, |n| n.span), name, why);
        }
        // the rate of one group that is left out is a blank: the gate asks for it
        if let Some(first) = &world.services[services[0].0 as usize]
            && first.service.rates.is_empty()
        {
            let first = &first.service.id;
            let why =
                format!("nobody begins it: `{first}` is used by nobody in unchanged practice");
            return self.no_course(table.node("services").map_or(at, |n| n.span), name, why);
        }
        Some(CareCourse {
            id: name.to_owned(),
            label: label(table, name),
            services,
            groups,
            source: text_or_empty(table, "source"),
            origin: self.origin(at),
        })
    }

    fn no_course<T>(&mut self, at: Span, name: &str, why: String) -> Option<T> {
        let name = name.to_owned();
        self.raise(at, Fault::CourseUnclear { name, why });
        None
    }

    /// What an indicator's units are divided by.
    pub fn divided_by(
        &mut self,
        table: &Table,
        services: &[ServiceId],
        groups: &[GroupId],
        ground: &Ground<'_>,
    ) -> Option<Option<Per>> {
        let id = text_or_empty(table, "id");
        let per_person = table
            .node("per_person")
            .filter(|node| node.flag() == Some(true));
        let node = match (per_person, table.node("over")) {
            (None, None) => return Some(None),
            (Some(_), Some(node)) => {
                let why = "it is divided by persons and by courses at once".to_owned();
                return self.no_ratio(node.span, id, why);
            }
            (Some(node), None) => {
                return match (services.is_empty(), groups.is_empty()) {
                    (false, false) => Some(Some(Per::Person)),
                    (true, _) => self.no_ratio(node.span, id, "it counts no service".to_owned()),
                    (_, true) => self.no_ratio(node.span, id, "it names no groups".to_owned()),
                };
            }
            (None, Some(node)) => node,
        };
        let at = self.reference("course", node, &ground.world.course_names)?;
        let course = ground.world.courses.as_ref()?.get(at)?.clone();
        let outside = services.iter().find(|s| !course.services.contains(s));
        let name = |s: &ServiceId| ground.world.service_names[s.0 as usize].clone();
        let why = if services.is_empty() {
            "it counts no service".to_owned()
        } else if let Some(service) = outside {
            format!(
                "`{}` is no part of the course `{}`",
                name(service),
                course.id
            )
        } else if services.contains(&course.services[0]) {
            let first = name(&course.services[0]);
            format!("`{first}` begins the course, so each course has one")
        } else if let Some(group) = groups.iter().find(|g| !course.groups.contains(g)) {
            let group = &ground.world.group_names[group.0 as usize];
            format!(
                "the course `{}` is not one of the group `{group}`",
                course.id
            )
        } else {
            return Some(Some(Per::Course(at)));
        };
        self.no_ratio(node.span, id, why)
    }

    fn no_ratio<T>(&mut self, at: Span, id: String, why: String) -> Option<T> {
        self.raise(at, Fault::RatioUnclear { id, why });
        None
    }

    /// Diagnoses newly made, each counted by an indicator that is divided by persons.
    pub fn detections(
        &mut self,
        agreement: &Table,
        ground: &Ground<'_>,
        indicators: &[Indicator],
    ) -> Option<Vec<Detection>> {
        let all: Vec<Option<Detection>> = items(agreement, "detect")
            .map(|(table, at)| self.detection(table, at, ground, indicators))
            .collect();
        all.into_iter().collect()
    }

    fn detection(
        &mut self,
        table: &Table,
        at: Span,
        ground: &Ground<'_>,
        indicators: &[Indicator],
    ) -> Option<Detection> {
        let name = text(table, "name")?;
        let label = label(table, &name);
        let coverage =
            self.reference("coverage", table.node("coverage")?, ground.coverage_names)?;
        let node = table.node("group")?;
        let group = self.reference("group", node, &ground.world.group_names)?;
        let id = GroupId(group as u16);
        if is_there(ground.coverages[coverage].as_ref(), id) {
            let (coverage, group) = (
                ground.coverage_names[coverage].clone(),
                ground.world.group_names[group].clone(),
            );
            self.raise(node.span, Fault::FoundAlready { coverage, group });
            return None;
        }
        let level_node: &Node = table.node("level")?;
        let level = u8::try_from(whole(table, "level")?).ok()?;
        let known: Vec<u8> = levels_of(ground.world.groups[group].as_ref()?);
        if !known.contains(&level) {
            let group = &ground.world.group_names[group];
            self.raise(level_node.span, no_level(level, group, &known));
            return None;
        }
        let share = self.gate_slot((table, at), &DETECT, "share", Missing::Quantity(&label))?;
        let counted = |i: &Indicator| {
            i.per == Some(Per::Person)
                && i.groups.contains(&id)
                && (i.levels.is_empty() || i.levels.contains(&level))
        };
        if !indicators.iter().any(counted) {
            self.raise(at, Fault::FoundNowhere { name });
            return None;
        }
        Some(Detection {
            name,
            label,
            coverage,
            group: id,
            level,
            share,
            origin: self.origin(at),
        })
    }
}

fn is_there(coverage: Option<&Coverage>, group: GroupId) -> bool {
    coverage.is_some_and(|c| c.cells.iter().any(|(g, _)| *g == group))
}
