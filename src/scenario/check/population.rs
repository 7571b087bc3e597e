//! Municipalities and inhabitants.

use std::collections::BTreeMap;

use super::{Checking, list, text};
use crate::diagnostic::{Fault, Span};
use crate::model::{Grade, Municipality, Population};
use crate::scenario::near::{listed, nearest};
use crate::scenario::source::{Form, Reach};
use crate::scenario::statbank::{Age, Export};
use crate::scenario::table::{Column, Columns, Figure, Sheet, Told, column, maybe};
use crate::scenario::tree::{Node, Table};
use crate::units::{NumberFault, Persons};

static LIST: [Column; 7] = [
    column("code"),
    column("name"),
    column("region_code"),
    column("region"),
    maybe("cluster"),
    maybe("source"),
    maybe("grade"),
];

static PERSONS: [Column; 6] = [
    column("code"),
    column("age_band"),
    column("year"),
    column("persons"),
    column("source"),
    column("grade"),
];

/// The municipalities of the list, and which of them belong to the world.
#[derive(Debug)]
pub struct Places {
    all: Vec<Municipality>,
    world: Vec<Municipality>,
}

/// What a table says about a municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It belongs to the world, with this index.
    Inside(usize),
    /// It is in the list but not in this world: worlds share their tables.
    Elsewhere,
}

/// The age bands of a world.
#[derive(Debug)]
pub struct Ages {
    pub names: Vec<String>,
    ages: Vec<Age>,
}

/// Persons by year of one cell, as its table gives them.
type Years = BTreeMap<i32, f64>;

/// Figures of a population table by municipality and band.
type Cells = BTreeMap<(usize, usize), Years>;

impl Places {
    pub fn world(&self) -> &[Municipality] {
        &self.world
    }

    pub fn into_world(self) -> Vec<Municipality> {
        self.world
    }

    /// A municipality by code or name; `None` if nobody knows it.
    pub fn find(&self, name: &str) -> Option<Place> {
        let is = |m: &&Municipality| m.code == name || m.name == name;
        if let Some(index) = self.world.iter().position(|m| is(&m)) {
            return Some(Place::Inside(index));
        }
        self.all.iter().any(|m| is(&m)).then_some(Place::Elsewhere)
    }

    /// The fault for a name nobody knows.
    pub fn unknown(&self, name: &str) -> Fault {
        let names = self
            .world
            .iter()
            .flat_map(|m| [m.name.as_str(), m.code.as_str()]);
        // A code is three digits: any two are close, so a code suggests nothing.
        let code = name.bytes().all(|b| b.is_ascii_digit());
        let near = if code { None } else { nearest(name, names) };
        Fault::UnknownMunicipality {
            found: name.to_owned(),
            near,
        }
    }
}

impl Checking<'_> {
    /// Opens a table named in a TOML file; it lies in the folder of that file.
    pub fn table(&mut self, node: &Node, columns: &'static [Column]) -> Option<Columns> {
        let file = self.table_file(node)?;
        let sheet = Sheet::read(file, &mut self.library.sources, self.faults)?;
        sheet.columns(columns, &self.library.sources, self.faults)
    }

    fn table_file(&mut self, node: &Node) -> Option<crate::diagnostic::FileId> {
        let from = self.library.folder_of(node.span.file)?;
        let how = (Form::Table, Reach::Folder);
        let opened = self
            .library
            .follow(&from, node.text()?, node.span, how, self.faults)?;
        Some(opened.file)
    }

    /// The list of municipalities and the world's part of it.
    pub fn places(&mut self, world: &Table) -> Option<Places> {
        let node = world.node("municipalities")?;
        let table = self.table(node, &LIST)?;
        let all = self.municipalities(&table)?;
        let regions = self.chosen_regions(world, &all)?;
        let wanted = self.chosen_municipalities(world, &all)?;
        let mut inside: Vec<Municipality> = all
            .iter()
            .filter(|m| regions.is_empty() || regions.contains(&m.region_code))
            .filter(|m| wanted.is_empty() || wanted.contains(&m.code))
            .cloned()
            .collect();
        inside.sort_by(|a, b| a.code.cmp(&b.code));
        if inside.is_empty() {
            self.raise(
                node.span,
                Fault::NoMunicipality {
                    what: "this world".to_owned(),
                },
            );
            return None;
        }
        Some(Places { all, world: inside })
    }

    fn municipalities(&mut self, table: &Columns) -> Option<Vec<Municipality>> {
        let mut told = Told::new(table.file());
        let mut all: Vec<Municipality> = Vec::new();
        for row in 0..table.len() {
            let mut cell = |column| table.required(row, column, &mut told, self.faults);
            let (code, name) = (cell("code"), cell("name"));
            let (region_code, region) = (cell("region_code"), cell("region"));
            let (Some((code, at)), Some((name, _)), Some((region_code, _)), Some((region, _))) =
                (code, name, region_code, region)
            else {
                continue;
            };
            let cluster = table.text(row, "cluster").map(|(text, _)| text.to_owned());
            if all
                .iter()
                .any(|other| other.code == code || other.name == name)
            {
                let cell = format!("{code} {name}");
                told.raise(at, Fault::DuplicateCell { cell }, self.faults);
                continue;
            }
            all.push(Municipality {
                code,
                name,
                region_code,
                region,
                cluster,
            });
        }
        told.finish(self.faults);
        (!all.is_empty()).then_some(all)
    }

    fn chosen_regions(&mut self, world: &Table, all: &[Municipality]) -> Option<Vec<String>> {
        let mut known: Vec<String> = all.iter().map(|m| m.region_code.clone()).collect();
        known.sort();
        known.dedup();
        let mut chosen = Vec::new();
        for node in list(world, "regions") {
            let index = self.reference("region", node, &known)?;
            chosen.push(known[index].clone());
        }
        Some(chosen)
    }

    fn chosen_municipalities(
        &mut self,
        world: &Table,
        all: &[Municipality],
    ) -> Option<Vec<String>> {
        let mut chosen = Vec::new();
        let mut sound = true;
        for node in list(world, "municipalities_in") {
            let Some(name) = node.text() else { continue };
            match all.iter().find(|m| m.code == name || m.name == name) {
                Some(municipality) => chosen.push(municipality.code.clone()),
                None => {
                    let near = nearest(name, all.iter().map(|m| m.name.as_str()));
                    let found = name.to_owned();
                    self.raise(node.span, Fault::UnknownMunicipality { found, near });
                    sound = false;
                }
            }
        }
        sound.then_some(chosen)
    }

    /// The bands: from 0 on, without gap, the last one open.
    pub fn age_bands(&mut self, world: &Table) -> Option<Ages> {
        let node = world.node("age_bands")?;
        let mut ages = Ages {
            names: Vec::new(),
            ages: Vec::new(),
        };
        let mut next = Some(0);
        for item in node.list()? {
            let name = item.text()?;
            let Some(age) = Age::of_band(name) else {
                return self.wrong_bands(item.span, format!("`{name}` is not a band"));
            };
            match next {
                Some(from) if age.from == from => {}
                Some(from) => {
                    let why = format!("`{name}` should begin at {from}");
                    return self.wrong_bands(item.span, why);
                }
                None => {
                    let why = format!("`{name}` stands after the open band");
                    return self.wrong_bands(item.span, why);
                }
            }
            next = age.to.map(|to| to + 1);
            ages.names.push(name.to_owned());
            ages.ages.push(age);
        }
        if next.is_some() {
            return self.wrong_bands(node.span, "the last band must be open, such as 80+".into());
        }
        Some(ages)
    }

    fn wrong_bands(&mut self, at: Span, why: String) -> Option<Ages> {
        self.raise(at, Fault::AgeBands { why });
        None
    }

    /// Persons of every cell and year of the world.
    pub fn population(
        &mut self,
        world: &Table,
        places: &Places,
        ages: &Ages,
        years: (i32, i32),
    ) -> Option<Population> {
        let stated = world.node("population")?.table()?;
        let (cells, source, at) = match (stated.node("file"), stated.node("statbank")) {
            (Some(node), None) => self.persons_table(node, places, ages)?,
            (None, Some(node)) => self.persons_statbank(node, stated, places, ages)?,
            _ => return None,
        };
        let total: f64 = cells.values().flat_map(|years| years.values()).sum();
        if total == 0.0 {
            self.raise(
                at,
                Fault::EmptyPopulation {
                    table: "the population".to_owned(),
                },
            );
            return None;
        }
        self.every_cell(&cells, places, ages, at).then_some(())?;
        self.every_year(&cells, years, at).then_some(())?;
        let persons = (0..places.world.len())
            .map(|m| {
                (0..ages.names.len())
                    .map(|b| interpolated(&cells[&(m, b)], years))
                    .collect()
            })
            .collect();
        let age_bands = ages.names.clone();
        Some(Population {
            age_bands,
            first_year: years.0,
            persons,
            source,
        })
    }

    fn persons_table(
        &mut self,
        node: &Node,
        places: &Places,
        ages: &Ages,
    ) -> Option<(Cells, String, Span)> {
        let before = self.faults.count();
        let mut table = self.table(node, &PERSONS)?;
        let at = table.head();
        let mut told = Told::new(table.file());
        let mut cells = Cells::new();
        let mut sources: Vec<String> = Vec::new();
        for row in 0..table.len() {
            let place = self.place_cell(&table, row, places, &mut told);
            let band = self.band_cell(&table, row, ages, &mut told);
            let year = table.year(row, "year", &mut told, self.faults);
            let persons = table.number(row, "persons", Figure::Count, &mut told, self.faults);
            let persons = persons.and_then(|(value, at)| self.persons(value, at, &mut told));
            self.sourced(&table, row, &mut sources, &mut told);
            let (Some(Place::Inside(m)), Some(b), Some(year), Some(persons)) =
                (place, band, year, persons)
            else {
                continue;
            };
            if cells
                .entry((m, b))
                .or_default()
                .insert(year, persons)
                .is_some()
            {
                let cell = format!("{}, {}, {year}", places.world[m].name, ages.names[b]);
                told.raise(table.line(row), Fault::DuplicateCell { cell }, self.faults);
            }
        }
        told.finish(self.faults);
        (self.faults.count() == before).then(|| (cells, sources.join("; "), at))
    }

    fn persons_statbank(
        &mut self,
        node: &Node,
        stated: &Table,
        places: &Places,
        ages: &Ages,
    ) -> Option<(Cells, String, Span)> {
        let file = self.table_file(node)?;
        let export = Export::read(file, &mut self.library.sources, self.faults)?;
        let persons = export.persons(&ages.ages, self.faults)?;
        let mut told = Told::new(file);
        let before = self.faults.count();
        let mut cells = Cells::new();
        for row in persons {
            // `CodeAndValue` exports write "101 København".
            let name = match row.area.split_once(' ') {
                Some((code, name)) if code.bytes().all(|b| b.is_ascii_digit()) => name,
                _ => row.area.as_str(),
            };
            match places.find(name) {
                Some(Place::Inside(m)) => {
                    *cells
                        .entry((m, row.band))
                        .or_default()
                        .entry(row.year)
                        .or_insert(0.0) += row.persons;
                }
                Some(Place::Elsewhere) => {}
                None => told.raise(row.line, places.unknown(name), self.faults),
            }
        }
        told.finish(self.faults);
        let named = || format!("Danmarks Statistik, {}", self.library.path_of(file));
        let source = text(stated, "source").unwrap_or_else(named);
        (self.faults.count() == before).then(|| (cells, source, Span::head(file)))
    }

    /// The municipality in a row; told if nobody knows it.
    pub fn place_cell(
        &mut self,
        table: &Columns,
        row: usize,
        places: &Places,
        told: &mut Told,
    ) -> Option<Place> {
        let (code, at) = table.required(row, "code", told, self.faults)?;
        let place = places.find(&code);
        if place.is_none() {
            told.raise(at, places.unknown(&code), self.faults);
        }
        place
    }

    fn band_cell(
        &mut self,
        table: &Columns,
        row: usize,
        ages: &Ages,
        told: &mut Told,
    ) -> Option<usize> {
        let (found, at) = table.required(row, "age_band", told, self.faults)?;
        let band = ages.names.iter().position(|name| *name == found);
        if band.is_none() {
            let allowed = listed(ages.names.iter().map(String::as_str));
            told.raise(at, Fault::UnknownAgeBand { found, allowed }, self.faults);
        }
        band
    }

    fn persons(&mut self, value: f64, at: Span, told: &mut Told) -> Option<f64> {
        match Persons::new(value) {
            Ok(persons) => Some(persons.value()),
            Err(NumberFault::Negative) => {
                let what = "a number of persons".to_owned();
                told.raise(
                    at,
                    Fault::NegativeFigure { what, found: value },
                    self.faults,
                );
                None
            }
            Err(_) => None,
        }
    }

    /// Every row of figures says where it comes from, with a grade.
    pub fn sourced(
        &mut self,
        table: &Columns,
        row: usize,
        sources: &mut Vec<String>,
        told: &mut Told,
    ) {
        match table.text(row, "source") {
            None => {
                let fault = Fault::FigureWithoutSource {
                    table: "the table".to_owned(),
                };
                told.raise(table.line(row), fault, self.faults);
            }
            Some((source, _)) if !sources.iter().any(|other| other == source) => {
                sources.push(source.to_owned());
            }
            Some(_) => {}
        }
        if let Some((grade, at)) = table.required(row, "grade", told, self.faults)
            && Grade::from_key(&grade).is_none()
        {
            let fault = Fault::NotOneOf {
                key: "grade".to_owned(),
                found: grade,
                allowed: "A, A-derived, B, B-, C".to_owned(),
                near: None,
            };
            told.raise(at, fault, self.faults);
        }
    }

    fn every_cell(&mut self, cells: &Cells, places: &Places, ages: &Ages, at: Span) -> bool {
        let mut told = Told::new(at.file);
        let before = self.faults.count();
        for (m, municipality) in places.world.iter().enumerate() {
            for (b, band) in ages.names.iter().enumerate() {
                if !cells.contains_key(&(m, b)) {
                    let cell = format!("{} ({}), {band}", municipality.name, municipality.code);
                    let table = "the population table".to_owned();
                    told.raise(at, Fault::MissingCell { cell, table }, self.faults);
                }
            }
        }
        told.finish(self.faults);
        self.faults.count() == before
    }

    fn every_year(&mut self, cells: &Cells, years: (i32, i32), at: Span) -> bool {
        let first = cells.values().filter_map(|y| y.keys().next()).max();
        let last = cells.values().filter_map(|y| y.keys().next_back()).min();
        let (Some(&table_from), Some(&table_to)) = (first, last) else {
            return false;
        };
        let reached = table_from <= years.0 && table_to >= years.1;
        if !reached {
            let (from, to) = years;
            self.raise(
                at,
                Fault::PopulationYears {
                    table_from,
                    table_to,
                    from,
                    to,
                },
            );
        }
        reached
    }
}

/// Linear between the years given; they reach both ends.
fn interpolated(given: &Years, (from, to): (i32, i32)) -> Vec<f64> {
    (from..=to)
        .map(|year| {
            let before = given.range(..=year).next_back();
            let after = given.range(year..).next();
            match (before, after) {
                (Some((y0, p0)), Some((y1, p1))) if y1 > y0 => {
                    p0 + (p1 - p0) * (f64::from(year - y0) / f64::from(y1 - y0))
                }
                (Some((_, persons)), _) | (None, Some((_, persons))) => *persons,
                (None, None) => 0.0,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_linear_between_the_years_given_and_exact_in_them() {
        let given = Years::from([(2024, 100.0), (2026, 110.0), (2030, 90.0)]);
        assert_eq!(
            interpolated(&given, (2024, 2028)),
            [100.0, 105.0, 110.0, 105.0, 100.0]
        );
    }
}
