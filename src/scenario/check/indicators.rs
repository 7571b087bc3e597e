//! What is followed.

use super::mechanisms::Ground;
use super::services::levels_of;
use super::{Checking, items, label, list, text, text_or_empty};
use crate::diagnostic::{Fault, Span};
use crate::model::{GroupId, Indicator, IndicatorTag, ServiceId};
use crate::scenario::tree::{Node, Table};

impl Checking<'_> {
    /// The indicators in file order.
    pub fn indicators(&mut self, agreement: &Table, ground: &Ground<'_>) -> Option<Vec<Indicator>> {
        let indicators: Vec<Option<Indicator>> = items(agreement, "indicator")
            .map(|(table, at)| self.indicator(table, at, ground))
            .collect();
        indicators.into_iter().collect()
    }

    pub fn indicator(&mut self, table: &Table, at: Span, ground: &Ground<'_>) -> Option<Indicator> {
        let id = text(table, "id")?;
        let tag = match text(table, "tag").as_deref() {
            None | Some("modelled") => IndicatorTag::Modelled,
            Some("proxy") => IndicatorTag::Proxy,
            Some("not_modelled") => IndicatorTag::NotModelled,
            Some(_) => return None,
        };
        let services = self.counted_services(table, at, tag, ground)?;
        let mut groups = Vec::new();
        for node in list(table, "groups") {
            let index = self.reference("group", node, &ground.world.group_names)?;
            groups.push(GroupId(index as u16));
        }
        let levels = match table.node("levels") {
            Some(node) => {
                let mut sound = true;
                let known = self.levels_known(&groups, ground)?;
                let levels = self.wanted_levels(node, "the groups named", &known, &mut sound)?;
                sound.then_some(levels)?
            }
            None => Vec::new(),
        };
        let by_level = table.node("by_level").and_then(Node::flag) == Some(true);
        if let (true, true, Some(node)) = (by_level, services.is_empty(), table.node("by_level")) {
            let (key, table) = ("service".to_owned(), format!("[[indicator]] `{id}`"));
            let meaning = "its units per person are what is shown by level".to_owned();
            let fault = Fault::MissingKey {
                key,
                table,
                meaning,
            };
            self.raise(node.span, fault);
            return None;
        }
        let per = self.divided_by(table, &services, &groups, ground)?;
        Some(Indicator {
            label: label(table, &id),
            services,
            groups,
            levels,
            goal: text_or_empty(table, "goal"),
            tag,
            follow: super::governance::follow(table),
            by_level,
            per,
            origin: self.origin(at),
            id,
        })
    }

    /// The services whose units are added: one under `service`, several under `services`.
    fn counted_services(
        &mut self,
        table: &Table,
        at: Span,
        tag: IndicatorTag,
        ground: &Ground<'_>,
    ) -> Option<Vec<ServiceId>> {
        let id = text_or_empty(table, "id");
        let names = &ground.world.service_names;
        let nodes: Vec<&Node> = match (table.node("service"), table.node("services")) {
            (Some(_), Some(several)) => {
                let why = "both `service` and `services` are given".to_owned();
                self.raise(several.span, Fault::IndicatorServices { id, why });
                return None;
            }
            (Some(one), None) => vec![one],
            (None, Some(several)) if list(table, "services").is_empty() => {
                let why = "`services` is empty".to_owned();
                self.raise(several.span, Fault::IndicatorServices { id, why });
                return None;
            }
            (None, Some(_)) => list(table, "services").iter().collect(),
            (None, None) if tag == IndicatorTag::NotModelled => return Some(Vec::new()),
            (None, None) => {
                let (key, table) = ("service".to_owned(), format!("[[indicator]] `{id}`"));
                let meaning = "its units are the figure, or tag = \"not_modelled\"".to_owned();
                let fault = Fault::MissingKey {
                    key,
                    table,
                    meaning,
                };
                self.raise(at, fault);
                return None;
            }
        };
        let mut services = Vec::new();
        for node in nodes {
            let service = ServiceId(self.reference("service", node, names)? as u16);
            if services.contains(&service) {
                let why = format!("`{}` is named twice", names[service.0 as usize]);
                self.raise(node.span, Fault::IndicatorServices { id, why });
                return None;
            }
            services.push(service);
        }
        services.sort_unstable();
        Some(services)
    }

    /// The levels that any of the groups has; of all groups if none is named.
    fn levels_known(&self, groups: &[GroupId], ground: &Ground<'_>) -> Option<Vec<u8>> {
        let mut known = Vec::new();
        for (index, group) in ground.world.groups.iter().enumerate() {
            if groups.is_empty() || groups.contains(&GroupId(index as u16)) {
                known.extend(levels_of(group.as_ref()?));
            }
        }
        known.sort_unstable();
        known.dedup();
        Some(known)
    }
}
