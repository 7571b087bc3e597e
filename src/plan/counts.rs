//! The C layer's program: which counts to draw, and what each of them costs whom.
//!
//! Lumping is a rule: two Poisson parts merge if and only if every consumer gives them the same
//! coefficient; overdispersed parts also need equal dispersion and equal split. Their means add
//! as forms.
//!
//! ```text
//!   classes (mean, dispersion) ─gamma→ λ ─ fraction ─┐
//!   classes (mean, no dispersion) ───────────────────┴→ group: Poisson(Σ) → costs → targets
//! ```

use super::forms::Form;
use super::gauge::Reading;
use super::lowered::{Charge, CountClass, Fate, Lowered};
use super::program::Chance;
use crate::model::{Account, Party};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Where a count's kroner go: an index in [`CountProgram::targets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Difference of an account in a year.
    Budget(Account, usize),
    /// Difference of a municipality in a year.
    Municipality(usize, usize),
    /// Counterfactual level of an account in a year.
    Level(Account, usize),
    /// Counterfactual level of a municipality in a year.
    MunicipalityLevel(usize, usize),
    /// Reading of a meter, of one municipality of residence or of all, in a year: no kroner of
    /// anybody's until a rule on totals makes them so.
    Meter(u16, Reading, Option<u16>, usize),
}

/// One price of a unit, with the spread of single costs.
#[derive(Debug, Clone)]
pub struct Cost {
    /// Kroner per unit.
    pub kroner: Form,
    /// Cost events per unit.
    pub events: f64,
    /// Coefficient of variation of one event's cost; 0: none, the cost is linear.
    pub cv: f64,
    /// (target index, how many times).
    pub targets: Vec<(usize, f64)>,
}

/// A Poisson count that several cells may share.
#[derive(Debug, Clone)]
pub struct Group {
    /// Address of its draws.
    pub address: String,
    /// Mean from classes without overdispersion.
    pub mean: Form,
    /// (gamma class, fraction of it).
    pub parts: Vec<(usize, Form)>,
    /// What a unit costs.
    pub costs: Vec<Cost>,
}

/// A gamma-distributed intensity: overdispersion shared by the parts of a count.
#[derive(Debug, Clone)]
pub struct GammaClass {
    /// Address of its draws.
    pub address: String,
    /// Mean.
    pub mean: Form,
    /// Variance / mean of the count.
    pub dispersion: f64,
}

/// What the C layer draws.
#[derive(Debug, Clone, Default)]
pub struct CountProgram {
    /// Rows of the C layer.
    pub targets: Vec<Target>,
    /// Intensities.
    pub gammas: Vec<GammaClass>,
    /// Counts.
    pub groups: Vec<Group>,
}

impl CountProgram {
    /// Every form that is read.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        let groups = self.groups.iter().flat_map(|g| {
            let parts = g.parts.iter().map(|(_, f)| f);
            let costs = g.costs.iter().map(|c| &c.kroner);
            parts.chain(costs).chain([&g.mean])
        });
        groups.chain(self.gammas.iter().map(|g| &g.mean))
    }
}

type Signature = Vec<(Vec<(u32, u64)>, u64, u64, Vec<(usize, u64)>)>;

struct Compiler {
    program: CountProgram,
    target_index: FxHashMap<Target, usize>,
    group_index: FxHashMap<Signature, usize>,
    /// Terms of each group's mean and each gamma's mean, merged at the end.
    group_means: Vec<Vec<Form>>,
    gamma_means: Vec<Vec<Form>>,
    gamma_index: FxHashMap<GammaKey, usize>,
    addresses: FxHashMap<String, usize>,
    municipality_of: Vec<(Option<u16>, String)>,
    codes: Vec<String>,
}

type GammaKey = (u64, Vec<(Vec<(u32, u64)>, usize)>);

/// Compiles the counts of a lowered model; `codes` name the municipalities in addresses.
pub fn compile_counts(lowered: &Lowered<Form>, codes: &[String], chance: Chance) -> CountProgram {
    let mut compiler = Compiler {
        program: CountProgram::default(),
        target_index: FxHashMap::default(),
        group_index: FxHashMap::default(),
        group_means: Vec::new(),
        gamma_means: Vec::new(),
        gamma_index: FxHashMap::default(),
        addresses: FxHashMap::default(),
        municipality_of: Vec::new(),
        codes: codes.to_vec(),
    };
    compiler.targets(lowered.years.len(), codes.len(), chance);
    compiler.meters(lowered);
    for class in &lowered.counts {
        compiler.class(class, lowered.years[0], chance);
    }
    compiler.finish()
}

impl Compiler {
    fn targets(&mut self, years: usize, municipalities: usize, chance: Chance) {
        let mut targets = Vec::new();
        for t in 0..years {
            targets.extend(Account::ALL.map(|a| Target::Budget(a, t)));
            targets.extend((0..municipalities).map(|m| Target::Municipality(m, t)));
        }
        if chance == Chance::Levels {
            for t in 0..years {
                targets.extend(Account::ALL.map(|a| Target::Level(a, t)));
                targets.extend((0..municipalities).map(|m| Target::MunicipalityLevel(m, t)));
            }
        }
        self.target_index = targets.iter().enumerate().map(|(i, t)| (*t, i)).collect();
        self.program.targets = targets;
    }

    /// What rules on totals read.
    fn meters(&mut self, lowered: &Lowered<Form>) {
        let of_totals = lowered.totals.iter().flat_map(|total| &total.parts);
        let own = lowered.bends.iter().flat_map(|bend| &bend.own);
        let read: BTreeSet<Target> = of_totals
            .chain(own.flat_map(|own| &own.parts))
            .map(|p| Target::Meter(p.meter, p.reading, p.municipality, p.t))
            .collect();
        for target in read {
            self.target_index.insert(target, self.program.targets.len());
            self.program.targets.push(target);
        }
    }

    fn class(&mut self, class: &CountClass<Form>, first_year: i32, chance: Chance) {
        if class.mean.terms.is_empty() {
            return;
        }
        let t = (class.year - first_year) as usize;
        let mut split: Vec<(usize, &Fate<Form>)> = Vec::new();
        for fate in &class.fates {
            let costs = self.costs(fate, t, chance);
            if !costs.is_empty() && !fate.fraction.terms.is_empty() {
                let group = self.group(class, fate, costs);
                split.push((group, fate));
            }
        }
        if split.is_empty() {
            return;
        }
        if class.dispersion <= 1.0 {
            self.poisson(&split);
        } else {
            self.overdispersed(class, &split);
        }
    }

    /// Costs of a fate by target; charges that hit nothing are left out.
    fn costs(&self, fate: &Fate<Form>, t: usize, chance: Chance) -> Vec<Cost> {
        let mut linear: BTreeMap<usize, Vec<(f64, &Form)>> = BTreeMap::new();
        let mut spread: Vec<Cost> = Vec::new();
        for charge in &fate.charges {
            let targets = self.hits(charge, t, chance);
            if targets.is_empty() || charge.kroner.terms.is_empty() {
                continue;
            }
            if charge.cv > 0.0 {
                push_spread(&mut spread, charge, targets);
            } else {
                for (target, times) in targets {
                    linear
                        .entry(target)
                        .or_default()
                        .push((times, &charge.kroner));
                }
            }
        }
        let mut costs = join_linear(linear);
        costs.extend(spread);
        costs
    }

    fn hits(&self, charge: &Charge<Form>, t: usize, chance: Chance) -> Vec<(usize, f64)> {
        let mut hits = Vec::new();
        let mut hit = |target: Target, times: f64| {
            if times != 0.0 {
                hits.push((self.target_index[&target], times));
            }
        };
        let m = charge.municipality.0 as usize;
        if let Some(meter) = charge.meter {
            return self.meter_hits(charge, meter, t);
        }
        for account in Account::ALL {
            if account.holds(charge.party, charge.resource) {
                hit(Target::Budget(account, t), charge.difference);
                if chance == Chance::Levels {
                    hit(Target::Level(account, t), charge.level);
                }
            }
        }
        if charge.party == Party::Municipality {
            hit(Target::Municipality(m, t), charge.difference);
            if chance == Chance::Levels {
                hit(Target::MunicipalityLevel(m, t), charge.level);
            }
        }
        hits
    }

    fn meter_hits(&self, charge: &Charge<Form>, meter: u16, t: usize) -> Vec<(usize, f64)> {
        let mut hits = Vec::new();
        for reading in [Reading::Before, Reading::After, Reading::Difference] {
            for place in [None, Some(charge.municipality.0)] {
                let target = Target::Meter(meter, reading, place, t);
                let times = reading.times(charge.level, charge.difference);
                if let (Some(at), true) = (self.target_index.get(&target), times != 0.0) {
                    hits.push((*at, times));
                }
            }
        }
        hits
    }

    /// The group with these costs; a new one has an address of its own.
    fn group(&mut self, class: &CountClass<Form>, fate: &Fate<Form>, costs: Vec<Cost>) -> usize {
        let mut signature: Signature = costs
            .iter()
            .map(|c| {
                let targets = c.targets.iter().map(|(i, x)| (*i, x.to_bits())).collect();
                (
                    c.kroner.signature(),
                    c.events.to_bits(),
                    c.cv.to_bits(),
                    targets,
                )
            })
            .collect();
        signature.sort();
        let label = format!(
            "{}/{}/{}/{}",
            class.service, class.year, class.cell, fate.name
        );
        let m = class.municipality.0;
        if let Some(&at) = self.group_index.get(&signature) {
            if self.municipality_of[at].0 != Some(m) {
                self.municipality_of[at].0 = None;
            }
            return at;
        }
        let at = self.program.groups.len();
        self.group_index.insert(signature, at);
        self.municipality_of.push((Some(m), label));
        self.group_means.push(Vec::new());
        self.program.groups.push(Group {
            address: String::new(),
            mean: Form::default(),
            parts: Vec::new(),
            costs,
        });
        at
    }

    fn poisson(&mut self, split: &[(usize, &Fate<Form>)]) {
        for (group, fate) in split {
            self.group_means[*group].extend(fate.mean.clone());
        }
    }

    fn overdispersed(&mut self, class: &CountClass<Form>, split: &[(usize, &Fate<Form>)]) {
        let mut key: Vec<_> = split
            .iter()
            .map(|(g, f)| (f.fraction.signature(), *g))
            .collect();
        key.sort();
        let known = self.gamma_means.len();
        let gamma = self.gamma(class, class.dispersion, key);
        if gamma == known {
            for (group, fate) in split {
                self.program.groups[*group]
                    .parts
                    .push((gamma, fate.fraction.clone()));
            }
        }
    }

    fn gamma(
        &mut self,
        class: &CountClass<Form>,
        dispersion: f64,
        key: Vec<(Vec<(u32, u64)>, usize)>,
    ) -> usize {
        let next = self.gamma_means.len();
        let at = *self
            .gamma_index
            .entry((dispersion.to_bits(), key))
            .or_insert(next);
        if at == next {
            let place = &self.codes[class.municipality.0 as usize];
            let label = format!(
                "{place}/{}/{}/{}/intensity",
                class.service, class.year, class.cell
            );
            let address = self.unique(label);
            self.gamma_means.push(Vec::new());
            self.program.gammas.push(GammaClass {
                address,
                mean: Form::default(),
                dispersion,
            });
        }
        self.gamma_means[at].push(class.mean.clone());
        at
    }

    /// A label, with an ordinal where it was used before.
    fn unique(&mut self, label: String) -> String {
        let times = self.addresses.entry(label.clone()).or_insert(0);
        *times += 1;
        if *times == 1 {
            label
        } else {
            format!("{label}#{times}")
        }
    }

    fn finish(mut self) -> CountProgram {
        for at in 0..self.program.groups.len() {
            self.program.groups[at].mean = Form::total(&self.group_means[at]);
            let (municipality, label) = self.municipality_of[at].clone();
            let place = municipality.map_or("lump".to_string(), |m| self.codes[m as usize].clone());
            self.program.groups[at].address = self.unique(format!("{place}/{label}"));
        }
        for at in 0..self.program.gammas.len() {
            self.program.gammas[at].mean = Form::total(&self.gamma_means[at]);
        }
        self.program
    }
}

/// Two spread charges of one event (both arms, both accounts) are one cost.
fn push_spread(spread: &mut Vec<Cost>, charge: &Charge<Form>, targets: Vec<(usize, f64)>) {
    let same =
        |c: &&mut Cost| c.kroner == charge.kroner && c.events == charge.events && c.cv == charge.cv;
    match spread.iter_mut().find(same) {
        Some(cost) => cost.targets.extend(targets),
        None => spread.push(Cost {
            kroner: charge.kroner.clone(),
            events: charge.events,
            cv: charge.cv,
            targets,
        }),
    }
}

/// Linear costs: targets with the same coefficient share it.
fn join_linear(linear: BTreeMap<usize, Vec<(f64, &Form)>>) -> Vec<Cost> {
    let mut costs: Vec<Cost> = Vec::new();
    for (target, terms) in linear {
        let kroner = Form::weighted(&terms);
        if kroner.terms.is_empty() {
            continue;
        }
        match costs.iter_mut().find(|c| c.kroner == kroner) {
            Some(cost) => cost.targets.push((target, 1.0)),
            None => costs.push(Cost {
                kroner,
                events: 0.0,
                cv: 0.0,
                targets: vec![(target, 1.0)],
            }),
        }
    }
    costs
}
