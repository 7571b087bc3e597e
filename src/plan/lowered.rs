//! What lowering gives: ledger entries, counts, indicators, each a value of the algebra.

use super::bend::{Bend, BendLine};
use super::gauge::Total;
use crate::model::{CashClass, EntryKey, GroupId, MunicipalityId, Party, Tag};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// A ledger entry with its value.
#[derive(Debug, Clone)]
pub struct Entry<V> {
    /// Address.
    pub key: EntryKey,
    /// Units behind a resource entry.
    pub units: Option<V>,
    /// Kroner.
    pub kroner: V,
    /// Whether the entry follows counts, so that the C layer draws it.
    pub counted: bool,
}

/// Terms of an entry before they are summed.
struct Draft<V> {
    key: EntryKey,
    units: SmallVec<[V; 1]>,
    kroner: SmallVec<[V; 1]>,
    counted: bool,
}

/// Collects entries: what has the same address is one entry.
pub struct Ledger<V> {
    drafts: Vec<Draft<V>>,
    place: FxHashMap<(EntryKey, bool), usize>,
}

impl<V> Default for Ledger<V> {
    fn default() -> Self {
        Ledger {
            drafts: Vec::new(),
            place: FxHashMap::default(),
        }
    }
}

impl<V: Clone> Ledger<V> {
    /// Books kroner (and the units behind them) at an address.
    pub fn book(&mut self, key: EntryKey, counted: bool, units: Option<V>, kroner: V) {
        let drafts = &mut self.drafts;
        let at = *self.place.entry((key, counted)).or_insert_with(|| {
            drafts.push(Draft {
                key,
                units: SmallVec::new(),
                kroner: SmallVec::new(),
                counted,
            });
            drafts.len() - 1
        });
        self.drafts[at].units.extend(units);
        self.drafts[at].kroner.push(kroner);
    }

    /// What was booked so far where `takes`, of what does or does not follow counts.
    pub(super) fn booked(&self, counted: bool, takes: impl Fn(&EntryKey) -> bool) -> Vec<V> {
        let drafts = self.drafts.iter();
        let wanted = drafts.filter(|d| d.counted == counted && takes(&d.key));
        wanted.flat_map(|d| d.kroner.iter().cloned()).collect()
    }

    /// The entries in key order.
    pub fn close<A: super::Algebra<Value = V>>(self, algebra: &mut A) -> Vec<Entry<V>> {
        let key = |at: usize| (&self.drafts[at].key, self.drafts[at].counted);
        let mut order: Vec<usize> = (0..self.drafts.len()).collect();
        order.sort_unstable_by(|a, b| key(*a).cmp(&key(*b)));
        let total = |algebra: &mut A, terms: &[V]| {
            let weighted: Vec<(f64, &V)> = terms.iter().map(|v| (1.0, v)).collect();
            algebra.sum(&weighted)
        };
        let entry = |d: &Draft<V>, algebra: &mut A| Entry {
            key: d.key,
            units: (!d.units.is_empty()).then(|| total(algebra, &d.units)),
            kroner: total(algebra, &d.kroner),
            counted: d.counted,
        };
        let sorted = order.iter().map(|at| &self.drafts[*at]);
        sorted.map(|draft| entry(draft, algebra)).collect()
    }
}

/// Kroner that one unit of a count brings or takes, booked on a party's year.
#[derive(Debug, Clone)]
pub struct Charge<V> {
    /// On whom (with [`Charge::municipality`] where it is a municipality).
    pub party: Party,
    /// The municipality booked, or of residence.
    pub municipality: MunicipalityId,
    /// Resource (enters society) or transfer.
    pub resource: bool,
    /// Booked nowhere: read by this meter of a rule on totals.
    pub meter: Option<u16>,
    /// Kroner for one unit.
    pub kroner: V,
    /// How many times it is borne in the counterfactual arm.
    pub level: f64,
    /// How many times it is borne in the agreement minus the counterfactual.
    pub difference: f64,
    /// Units of cost events behind one unit (for the spread of unit costs); 0: no spread.
    pub events: f64,
    /// Coefficient of variation of one event's cost.
    pub cv: f64,
}

/// What becomes of a share of a cell's count.
#[derive(Debug, Clone)]
pub struct Fate<V> {
    /// Name in the draw's address.
    pub name: String,
    /// Share of the cell's mean (not negative).
    pub fraction: V,
    /// Mean of this part where the count is not overdispersed: cell's mean × fraction.
    pub mean: Option<V>,
    /// What one unit costs whom.
    pub charges: Vec<Charge<V>>,
}

/// The count of one cell and year, split into independent fates.
#[derive(Debug, Clone)]
pub struct CountClass<V> {
    /// Calendar year.
    pub year: i32,
    /// Municipality of residence.
    pub municipality: MunicipalityId,
    /// Service id, for the draw's address.
    pub service: String,
    /// Group and level (and mechanism), for the draw's address.
    pub cell: String,
    /// Expected count before the agreement.
    pub mean: V,
    /// Variance / mean.
    pub dispersion: f64,
    /// Parts that share the overdispersion.
    pub fates: Vec<Fate<V>>,
}

/// Everything a lowered model computes.
pub struct Lowered<V> {
    /// Calendar years.
    pub years: Vec<i32>,
    /// Years of the verdict horizon.
    pub verdict_years: usize,
    /// Discount factor by year.
    pub discount: Vec<f64>,
    /// Ledger: counterfactual entries and the agreement's differences.
    pub entries: Vec<Entry<V>>,
    /// By service: whether the agreement touches it (its budget is an affected one).
    pub touched: Vec<bool>,
    /// Counts for the C layer.
    pub counts: Vec<CountClass<V>>,
    /// `indicators[i][t]` = (counterfactual, difference) in units; empty where not modelled.
    pub indicators: Vec<Vec<(V, V)>>,
    /// Units produced by general practice, difference, by year.
    pub gp_units: Vec<V>,
    /// Memo lines (party, year index, class, kroner).
    pub memos: Vec<(Party, usize, CashClass, V)>,
    /// Units that a payment per unit would count, by year, and what they are.
    pub activity: Option<(String, Vec<V>)>,
    /// Which tags belong to operated tasks (for Y).
    pub operated: Vec<Tag>,
    /// Totals that rules bend on, each reading only earlier ones.
    pub totals: Vec<Total<V>>,
    /// What rules on totals pay, replicate by replicate.
    pub bends: Vec<Bend<V>>,
    /// What they pay in expectation, and without chance.
    pub bend_lines: Vec<BendLine<V>>,
    /// Yearly frame by party: (party, year index, kroner).
    pub frames: Vec<(Party, usize, V)>,
    /// What is read beside the accounts.
    pub gauges: super::gauges::Gauges<V>,
    /// Persons by level, where levels move.
    pub persons: Vec<LevelPersons<V>>,
    /// Quality-adjusted life years by year (counterfactual, difference); empty: no utility stated.
    pub qalys: Vec<(V, V)>,
    /// What is shown of the picked, of levels and of moved hours.
    pub study: Vec<(super::StudyRow, V)>,
}

/// Persons of all municipalities at one level.
#[derive(Debug, Clone)]
pub struct LevelPersons<V> {
    /// The group.
    pub group: GroupId,
    /// Index in the group's levels.
    pub level: usize,
    /// By year: (counterfactual, difference).
    pub by_year: Vec<(V, V)>,
}
