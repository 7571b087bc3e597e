//! The world as a whole: its parts in the order they need each other.

use super::population::Places;
use super::prices::Prices;
use super::{Checking, words};
use crate::diagnostic::Span;
use crate::model::{
    CareCourse, Classification, Group, Municipality, Population, Regime, Service, World,
};
use crate::scenario::compose::Layered;
use crate::scenario::tree::Table;

/// A world as far as it is sound. Names are known even of parts that are not.
pub struct CheckedWorld {
    pub table: Table,
    pub years: Option<(i32, i32)>,
    pub prices: Option<Prices>,
    pub places: Option<Places>,
    pub bands: Option<Vec<String>>,
    pub population: Option<Population>,
    pub group_names: Vec<String>,
    pub groups: Vec<Option<Group>>,
    pub service_names: Vec<String>,
    pub services: Vec<Option<CheckedService>>,
    pub regimes: Option<Vec<Regime>>,
    pub drifts: Option<Vec<crate::model::Drift>>,
    pub classification_names: Vec<String>,
    pub classifications: Option<Vec<Classification>>,
    pub course_names: Vec<String>,
    pub courses: Option<Vec<CareCourse>>,
    id: String,
    level: Option<i32>,
    title: Option<crate::model::Words>,
}

/// A service with what stands open about it: it only matters if an agreement touches it.
pub struct CheckedService {
    pub service: Service,
    pub blanks: Vec<crate::model::Blank>,
    pub at: Span,
    pub payer_stated: bool,
}

impl CheckedWorld {
    /// The world of the model, if all of it is sound.
    pub fn finish(self) -> Option<World> {
        Some(World {
            id: self.id,
            title: self.title?,
            price_level: self.level?,
            municipalities: self.places?.into_world(),
            population: self.population?,
            groups: self.groups.into_iter().collect::<Option<Vec<Group>>>()?,
            services: self
                .services
                .into_iter()
                .map(|s| Some(s?.service))
                .collect::<Option<_>>()?,
            regimes: self.regimes?,
            drifts: self.drifts?,
            classifications: self.classifications?,
            courses: self.courses?,
        })
    }

    /// The municipalities of the world, in code order.
    pub fn municipalities(&self) -> &[Municipality] {
        self.places.as_ref().map(Places::world).unwrap_or_default()
    }
}

impl Checking<'_> {
    /// Checks a world; `None` only if nothing could be made of it.
    pub fn world(&mut self, world: &Layered) -> Option<CheckedWorld> {
        let table = &world.table;
        let years = table
            .node("years")
            .and_then(|node| self.years(node, "`years`"));
        let prices = years.and_then(|years| self.prices(table, years));
        let places = self.places(table);
        let ages = self.age_bands(table);
        let bands = ages.as_ref().map(|ages| ages.names.clone());
        let population = match (&places, &ages, years) {
            (Some(places), Some(ages), Some(years)) => self.population(table, places, ages, years),
            _ => None,
        };
        let (group_names, groups) = self.groups(table, bands.as_deref());
        let mut checked = CheckedWorld {
            table: table.clone(),
            years,
            prices,
            places,
            bands,
            population,
            group_names,
            groups,
            service_names: Vec::new(),
            services: Vec::new(),
            regimes: None,
            drifts: None,
            classification_names: Vec::new(),
            classifications: None,
            course_names: Vec::new(),
            courses: None,
            id: world.name.clone(),
            level: table.node("price_level").and_then(super::year),
            title: words(table, "title"),
        };
        (checked.service_names, checked.services) = self.services(table, &checked);
        checked.regimes = self.regimes(table, &checked);
        checked.drifts = self.drifts(table, &checked);
        (checked.classification_names, checked.classifications) = self.classifications(&checked);
        (checked.course_names, checked.courses) = self.courses(&checked);
        Some(checked)
    }
}
