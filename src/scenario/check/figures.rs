//! Parameters: every figure of world and agreement, and which of them are in use.

use std::collections::{BTreeMap, BTreeSet};

use super::laws::{Drawn, outside_unit};
use super::{Checking, Missing, Slot, label, text, text_or_empty};
use crate::diagnostic::{Fault, Span};
use crate::model::{Grade, Origin, Parameter, ParameterId, Party, Price, Quantity, Value, Words};
use crate::scenario::near::nearest;
use crate::scenario::tree::{self, Node, Table};
use crate::units::Unit;

/// The parameters of a scenario by name.
#[derive(Debug, Default)]
pub struct Figures {
    all: BTreeMap<String, Figure>,
    /// Names in use, in name order: their position is their id.
    used: Vec<String>,
    /// Those among them that this scenario itself uses, not an agreement beside it.
    own: Vec<String>,
    /// All parameters are known, so a name that is not among them is a fault.
    complete: bool,
    /// Dirichlets of the agreement: name, place, the parameters each defines.
    pub together: Vec<(String, Span, Vec<String>)>,
}

/// One parameter, as far as it is sound.
#[derive(Debug)]
pub struct Figure {
    pub table: Table,
    pub at: Span,
    pub label: Words,
    pub unit: Option<Unit>,
    pub drawn: Option<Drawn>,
    /// Expectation, for checks such as "shares sum to at most 1".
    pub mean: Option<f64>,
    pub price: Option<Price>,
    pub origin: Origin,
    pub of_agreement: bool,
}

impl Figure {
    pub fn is_formula(&self) -> bool {
        matches!(self.drawn, Some(Drawn::Formula(_)))
    }
}

impl Figures {
    /// Adds a figure that no [parameter] states; `false` if the name is taken.
    pub fn add(&mut self, name: String, figure: Figure) -> bool {
        let free = !self.all.contains_key(&name);
        if free {
            self.all.insert(name, figure);
        }
        free
    }

    pub fn named(&self, name: &str) -> Option<&Figure> {
        self.all.get(name)
    }

    pub fn id(&self, name: &str) -> Option<ParameterId> {
        self.used
            .binary_search_by(|other| other.as_str().cmp(name))
            .ok()
            .map(|i| ParameterId(i as u32))
    }

    pub fn by_id(&self, id: ParameterId) -> &Figure {
        &self.all[&self.used[id.0 as usize]]
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.all.keys().map(String::as_str)
    }

    /// The expectation of a slot, where it is known.
    pub fn mean(&self, value: Value) -> Option<f64> {
        match value {
            Value::Number(number) => Some(number).filter(|n| !n.is_nan()),
            Value::Parameter(id) => self.by_id(id).mean,
        }
    }

    /// The law of a parameter that is drawn; none for a number or a formula.
    pub fn law(&self, value: Value) -> Option<&crate::random::Law> {
        match value {
            Value::Number(_) => None,
            Value::Parameter(id) => match &self.by_id(id).drawn {
                Some(Drawn::Law(law)) => Some(law),
                _ => None,
            },
        }
    }

    /// A parameter as it is written.
    pub fn written(&self, value: Value) -> Option<&Table> {
        match value {
            Value::Number(_) => None,
            Value::Parameter(id) => Some(&self.by_id(id).table),
        }
    }

    pub fn set_price(&mut self, name: &str, price: Option<Price>) {
        if let Some(figure) = self.all.get_mut(name) {
            figure.price = price;
        }
    }

    /// The parameters of the model, in name order.
    pub fn finish(mut self) -> Option<Vec<Parameter>> {
        let ids = self.used.clone();
        let id_of = |name: &str| {
            ids.binary_search_by(|other| other.as_str().cmp(name))
                .ok()
                .map(|i| ParameterId(i as u32))
        };
        let mut parameters = Vec::with_capacity(ids.len());
        for name in &ids {
            let figure = self.all.remove(name)?;
            let quantity = match figure.drawn? {
                Drawn::Law(law) => Quantity::Law(law),
                Drawn::Unknown(bounds) => Quantity::Unknown(bounds),
                Drawn::Formula(formula) => Quantity::Formula(formula.into_model(&id_of)?),
            };
            let table = &figure.table;
            let owner = text(table, "owner").as_deref().and_then(Party::from_key);
            parameters.push(Parameter {
                name: name.clone(),
                label: figure.label,
                quantity,
                unit: figure.unit?.key().to_owned(),
                price: figure.price,
                source: text_or_empty(table, "source"),
                grade: Grade::from_key(&text_or_empty(table, "grade"))?,
                owner,
                approved_by: texts(table, "approved_by"),
                note: text_or_empty(table, "note"),
                origin: figure.origin,
            });
        }
        Some(parameters)
    }
}

impl Checking<'_> {
    /// Reads every parameter; the agreement's replace the world's of the same name.
    pub fn read_figures(
        &mut self,
        world: Option<&Table>,
        agreement: Option<&Table>,
        complete: bool,
    ) {
        self.figures.complete = complete;
        let mut tables: BTreeMap<String, (Table, Span, bool)> = BTreeMap::new();
        for (of_agreement, table) in [(false, world), (true, agreement)] {
            let Some(table) = table else { continue };
            for (name, parameter, at) in super::named(table, "parameter") {
                let fresh = (parameter.clone(), at, of_agreement);
                if let Some((replaced, _, _)) = tables.insert(name.to_owned(), fresh) {
                    self.ask_owner(name, &replaced, parameter, at);
                    self.raise(
                        at,
                        Fault::ReplacesParameter {
                            name: name.to_owned(),
                        },
                    );
                }
            }
        }
        for (name, (table, at, of_agreement)) in tables {
            let figure = self.read_figure(&name, table, at, of_agreement);
            self.figures.all.insert(name, figure);
        }
        self.read_dirichlets(world, agreement);
        self.resolve_formulas();
        let mut used = BTreeSet::new();
        for table in [world, agreement].into_iter().flatten() {
            mentioned(table, &mut used);
        }
        self.close_over_formulas(&mut used);
        self.figures.own = used.iter().cloned().collect();
        let beside = std::mem::take(&mut self.beside);
        let others = beside.mentioned.iter();
        others.for_each(|table| mentioned(table, &mut used));
        self.close_over_formulas(&mut used);
        self.figures.used = used.into_iter().collect();
    }

    /// A figure of the world that binds a party is its own: replacing it asks for its approval.
    fn ask_owner(&mut self, name: &str, replaced: &Table, by: &Table, at: Span) {
        let owner = text(replaced, "owner").filter(|owner| Party::from_key(owner).is_some());
        let approval = |table: &Table| table.node("approved_by").map(|node| node.span);
        // an approval that stands in the world is of the world's value
        let fresh = approval(by) != approval(replaced);
        if let Some(owner) = owner
            && !(fresh && texts(by, "approved_by").contains(&owner))
        {
            let name = name.to_owned();
            self.raise(at, Fault::ReplacesOwned { name, owner });
        }
    }

    fn read_figure(&mut self, name: &str, table: Table, at: Span, of_agreement: bool) -> Figure {
        let unit = text(&table, "unit").as_deref().and_then(Unit::from_key);
        let drawn = table
            .node("law")
            .and_then(|law| self.drawn(name, law, &table, unit));
        self.check_price_stated(name, &table, at, unit);
        let mean = match &drawn {
            Some(Drawn::Law(law)) => Some(law.mean()),
            _ => None,
        };
        let label = label(&table, name);
        let origin = self.origin(at);
        Figure {
            at,
            label,
            unit,
            drawn,
            mean,
            price: None,
            origin,
            of_agreement,
            table,
        }
    }

    /// Amounts state a price year, nothing else does.
    fn check_price_stated(&mut self, name: &str, table: &Table, at: Span, unit: Option<Unit>) {
        let Some(unit) = unit else { return };
        let (name, key) = (name.to_owned(), unit.key().to_owned());
        match table.entry("price") {
            None if unit.is_amount() => {
                self.raise(at, Fault::PriceYearMissing { name, unit: key });
            }
            Some(price) if !unit.is_amount() => {
                self.raise(price.key_span, Fault::PriceOnNonAmount { name, unit: key });
            }
            _ => {}
        }
    }

    /// Formulas: names known, no circle; then their value at the means of what they use.
    fn resolve_formulas(&mut self) {
        let names: Vec<String> = self.figures.all.keys().cloned().collect();
        for name in &names {
            for (used, at) in self.formula_names(name) {
                if !self.figures.all.contains_key(&used) {
                    self.unknown_figure_name(&used, at);
                }
            }
        }
        let mut sound = Vec::new();
        for name in &names {
            self.find_circle(name, &mut Vec::new(), &mut sound);
        }
        // What a formula uses stands before it, so each is computed once.
        for name in &sound {
            let Some(figure) = self.figures.all.get(name) else {
                continue;
            };
            let Some(Drawn::Formula(formula)) = &figure.drawn else {
                continue;
            };
            let mean = formula.value(&|used| self.figures.all.get(used)?.mean);
            self.check_formula_value(name, mean);
            if let Some(figure) = self.figures.all.get_mut(name) {
                figure.mean = mean;
            }
        }
    }

    fn formula_names(&self, name: &str) -> Vec<(String, Span)> {
        match self
            .figures
            .all
            .get(name)
            .and_then(|figure| figure.drawn.as_ref())
        {
            Some(Drawn::Formula(formula)) => formula.names(),
            _ => Vec::new(),
        }
    }

    /// Depth-first; every circle is told once, at the formula that closes it.
    /// `sound` collects the names, each after the ones it uses.
    fn find_circle(&mut self, name: &str, path: &mut Vec<String>, sound: &mut Vec<String>) {
        if sound.iter().any(|other| other == name) {
            return;
        }
        if let Some(at) = path.iter().position(|other| other == name) {
            let mut chain: Vec<String> = path[at..].to_vec();
            chain.push(name.to_owned());
            let last = &path[path.len() - 1];
            let place = self.figures.all[last].table.node("law").map(|law| law.span);
            self.raise(
                place.unwrap_or(self.figures.all[last].at),
                Fault::CyclicFormula { chain },
            );
            for member in &path[at..] {
                // What lies on a circle has no value; leave no formula to evaluate.
                if let Some(figure) = self.figures.all.get_mut(member) {
                    figure.drawn = None;
                }
            }
            return;
        }
        path.push(name.to_owned());
        for (used, _) in self.formula_names(name) {
            self.find_circle(&used, path, sound);
        }
        path.pop();
        sound.push(name.to_owned());
    }

    fn check_formula_value(&mut self, name: &str, mean: Option<f64>) {
        let Some(figure) = self.figures.all.get(name) else {
            return;
        };
        let (Some(Drawn::Formula(formula)), Some(mean), Some(unit)) =
            (&figure.drawn, mean, figure.unit)
        else {
            return;
        };
        let at = formula.at;
        if let Some(fault) = outside_unit(name, unit, mean) {
            self.raise(at, fault);
        }
    }

    fn close_over_formulas(&self, used: &mut BTreeSet<String>) {
        let mut open: Vec<String> = used.iter().cloned().collect();
        while let Some(name) = open.pop() {
            for (inner, _) in self.formula_names(&name) {
                if self.figures.all.contains_key(&inner) && used.insert(inner.clone()) {
                    open.push(inner);
                }
            }
        }
        used.retain(|name| self.figures.all.contains_key(name));
    }

    /// The parameter a slot names, in a unit the slot takes.
    pub fn figure(&mut self, name: &str, at: Span, key: &str, units: &[Unit]) -> Slot {
        let Some(figure) = self.figures.all.get(name) else {
            self.unknown_figure_name(name, at);
            return Slot::Broken;
        };
        if let Some(unit) = figure.unit
            && !units.contains(&unit)
        {
            let expected: Vec<&str> = units.iter().map(|unit| unit.key()).collect();
            let fault = Fault::WrongUnit {
                name: name.to_owned(),
                unit: unit.key().to_owned(),
                key: key.to_owned(),
                expected: expected.join(" or "),
            };
            let stated = figure
                .table
                .node("unit")
                .map_or(figure.at, |node| node.span);
            self.faults.raise_beside(at, fault, stated, "its unit");
            return Slot::Broken;
        }
        self.figures
            .id(name)
            .map_or(Slot::Broken, |id| Slot::Value(Value::Parameter(id)))
    }

    /// A name that no parameter has; told only if all parameters could be read.
    pub fn unknown_figure_name(&mut self, name: &str, at: Span) {
        if self.figures.complete {
            let near = nearest(name, self.figures.names());
            self.raise(
                at,
                Fault::UnknownParameter {
                    name: name.to_owned(),
                    near,
                },
            );
        }
    }

    pub fn warn_unused_figures(&mut self) {
        if !self.figures.complete {
            return;
        }
        let unused: Vec<(String, Span)> = self
            .figures
            .all
            .iter()
            .filter(|(name, figure)| figure.of_agreement && self.figures.id(name).is_none())
            .map(|(name, figure)| (name.clone(), figure.at))
            .collect();
        let idle = self
            .figures
            .together
            .iter()
            .filter(|(_, _, names)| names.iter().all(|name| self.figures.id(name).is_none()));
        let idle: Vec<(String, Span)> = idle.map(|(name, at, _)| (name.clone(), *at)).collect();
        for (name, at) in unused.into_iter().chain(idle) {
            self.raise(at, Fault::UnusedParameter { name });
        }
    }

    /// Figures in use without value, source or owner.
    pub fn blank_figures(&mut self) {
        for name in self.figures.own.clone() {
            let figure = &self.figures.all[&name];
            let (at, label) = (figure.at, figure.label.clone());
            let unknown = matches!(figure.drawn, Some(Drawn::Unknown(_)));
            let place = |key: &str| figure.table.node(key).map_or(at, |node| node.span);
            let no_source = text(&figure.table, "source")
                .is_none()
                .then(|| place("source"));
            let no_owner = text(&figure.table, "owner")
                .is_none()
                .then(|| place("owner"));
            let law = place("law");
            if unknown {
                self.blank(law, Missing::Figure(&label));
            }
            if let Some(at) = no_source {
                self.blank(at, Missing::Source(&label));
            }
            if let Some(at) = no_owner {
                self.blank(at, Missing::Owner(&label));
            }
        }
    }
}

/// Every `@name` in a tree, variants and parameters' own texts apart.
fn mentioned(table: &Table, used: &mut BTreeSet<String>) {
    for entry in &table.entries {
        if !matches!(entry.key.as_str(), "variant" | "parameter") {
            mentioned_in(&entry.node, used);
        }
    }
}

fn mentioned_in(node: &Node, used: &mut BTreeSet<String>) {
    match &node.value {
        tree::Value::Text(text) => used.extend(text.strip_prefix('@').map(str::to_owned)),
        tree::Value::List(items) => items.iter().for_each(|item| mentioned_in(item, used)),
        tree::Value::Table(table) => mentioned(table, used),
        _ => {}
    }
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    super::list(table, key)
        .iter()
        .filter_map(|node| Some(node.text()?.to_owned()))
        .collect()
}
