//! Municipalities of which is shown what staying outside the agreement gives and costs.

use super::mechanisms::Ground;
use super::population::Place;
use super::{Checking, list};
use crate::diagnostic::Fault;
use crate::model::MunicipalityId;
use crate::scenario::tree::Table;

impl Checking<'_> {
    /// The municipalities, each named once, never all that take part.
    pub fn staying_out(
        &mut self,
        agreement: &Table,
        ground: &Ground<'_>,
    ) -> Option<Vec<MunicipalityId>> {
        let mut named = Vec::new();
        let nodes = list(agreement, "staying_out");
        if nodes.is_empty() {
            return Some(named);
        }
        let places = ground.world.places.as_ref()?;
        for node in nodes {
            let name = node.text()?;
            let Some(Place::Inside(m)) = places.find(name) else {
                self.raise(node.span, places.unknown(name));
                return None;
            };
            let municipality = MunicipalityId(m as u16);
            if named.contains(&municipality) {
                let (name, what) = (name.to_owned(), "municipalities that stay out".to_owned());
                self.raise(node.span, Fault::DuplicateName { name, what });
                return None;
            }
            let mut coverages = ground.coverages.iter().flatten();
            let others = |start: &[Option<crate::model::Month>]| {
                let mut started = start.iter().enumerate();
                started.any(|(other, s)| other != m && s.is_some())
            };
            if !ground.coverages.is_empty() && !coverages.any(|c| others(&c.start)) {
                let name = name.to_owned();
                self.raise(node.span, Fault::NobodyElse { name });
                return None;
            }
            named.push(municipality);
        }
        Some(named)
    }
}
