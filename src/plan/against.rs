//! One lowering against another: what a proposal adds to agreements already in force.
//!
//! ```text
//!   lower(in force + proposed) ─┐
//!                               ├─ entry by entry ─→ the proposal's difference
//!   lower(in force, it off)  ───┘                    and its counterfactual: base + in force
//! ```
//!
//! Both walks are written in one basis, so what the proposal does not touch is the same form and
//! cancels to nothing. Counts pair by cell and fate: what the agreements in force avoid or move
//! happens in both arms; what the proposal takes was *kept* before it.
//! Absent: sums of runs. The capacity paths of both walks hold all their agreements together.

use super::algebra::Algebra;
use super::lower::{Counting, Scope, affected_services, lower, lower_within};
use super::lowered::{Charge, CountClass, Entry, Fate, LevelPersons, Lowered};
use crate::model::{Agreement, Arm, EntryKey, Proposal, Tag};
use rustc_hash::FxHashMap;

/// Lowers a proposal against the agreements in force, if there are any.
pub fn lower_proposal<A: Algebra>(proposal: &Proposal, algebra: A) -> (Lowered<A::Value>, A)
where
    A::Value: PartialEq,
{
    let Some(standing) = &proposal.without else {
        let (scope, counting) = (Scope::Affected, Counting::Differences);
        return lower_within(&proposal.with, algebra, scope, counting);
    };
    let (with, algebra) = lower(&proposal.with, algebra);
    let (without, mut algebra) = lower(standing, algebra);
    let touched = affected_services(&proposal.own, false);
    let agreement = &proposal.with.agreement;
    let lowered = against(with, without, agreement, touched, &mut algebra);
    (lowered, algebra)
}

/// What `with` computes beyond `without`; `agreement` is that of `with`, `touched` what the
/// proposal touches by itself.
fn against<A: Algebra>(
    with: Lowered<A::Value>,
    without: Lowered<A::Value>,
    agreement: &Agreement,
    touched: Vec<bool>,
    algebra: &mut A,
) -> Lowered<A::Value>
where
    A::Value: PartialEq,
{
    let pairs = |algebra: &mut A, now: &[A::Value], before: &[A::Value]| -> Vec<A::Value> {
        let both = now.iter().zip(before);
        both.map(|(now, before)| minus(algebra, now, before))
            .collect()
    };
    let gp_units = pairs(algebra, &with.gp_units, &without.gp_units);
    let activity = with.activity.zip(without.activity);
    let activity = activity.map(|((unit, now), (_, before))| (unit, pairs(algebra, &now, &before)));
    let memos = with.memos.iter().map(|(party, t, class, now)| {
        let twin = without.memos.iter();
        let mut twin = twin.filter(|(p, u, c, _)| (p, u, c) == (party, t, class));
        let added = match twin.next() {
            Some((_, _, _, before)) => minus(algebra, now, before),
            None => now.clone(),
        };
        (*party, *t, *class, added)
    });
    let memos = memos.collect();
    let indicators = with.indicators.iter().zip(&without.indicators);
    let indicators = indicators
        .map(|(now, before)| {
            let years = now.iter().zip(before);
            let year = |((base, now), (_, before)): (&(_, _), &(_, _))| {
                let standing = algebra.sum(&[(1.0, base), (1.0, before)]);
                (standing, minus(algebra, now, before))
            };
            years.map(year).collect()
        })
        .collect();
    let persons = persons(with.persons, &without.persons, algebra);
    let qalys = levels(with.qalys, &without.qalys, algebra);
    Lowered {
        entries: entries(with.entries, without.entries, algebra),
        counts: counts(with.counts, without.counts),
        operated: proposed(agreement, with.operated),
        touched,
        indicators,
        gp_units,
        memos,
        activity,
        // a portfolio with rules on totals has nothing in force: there is nothing to subtract
        totals: with.totals,
        bends: with.bends,
        bend_lines: with.bend_lines,
        frames: with.frames,
        // occupancy, staff and break-even volumes describe the whole arrangement, not a difference
        gauges: with.gauges,
        study: with.study,
        persons,
        qalys,
        years: with.years,
        verdict_years: with.verdict_years,
        discount: with.discount,
    }
}

/// (counterfactual, difference) by year, against those without the proposal. Where nothing in
/// force moves levels, there is nothing to subtract.
fn levels<A: Algebra>(
    now: Vec<(A::Value, A::Value)>,
    before: &[(A::Value, A::Value)],
    algebra: &mut A,
) -> Vec<(A::Value, A::Value)> {
    let year = |(t, (base, change)): (usize, (A::Value, A::Value))| match before.get(t) {
        None => (base, change),
        Some((_, standing)) => (
            algebra.sum(&[(1.0, &base), (1.0, standing)]),
            minus(algebra, &change, standing),
        ),
    };
    now.into_iter().enumerate().map(year).collect()
}

fn persons<A: Algebra>(
    now: Vec<LevelPersons<A::Value>>,
    before: &[LevelPersons<A::Value>],
    algebra: &mut A,
) -> Vec<LevelPersons<A::Value>> {
    let against = |row: LevelPersons<A::Value>| {
        let same = |b: &&LevelPersons<A::Value>| (b.group, b.level) == (row.group, row.level);
        let standing = before.iter().find(same).map(|b| b.by_year.as_slice());
        LevelPersons {
            by_year: levels(row.by_year, standing.unwrap_or_default(), algebra),
            ..row
        }
    };
    now.into_iter().map(against).collect()
}

fn minus<A: Algebra>(algebra: &mut A, now: &A::Value, before: &A::Value) -> A::Value {
    algebra.sum(&[(1.0, now), (-1.0, before)])
}

/// Operated tasks of what is proposed.
fn proposed(agreement: &Agreement, operated: Vec<Tag>) -> Vec<Tag> {
    let standing = |tag: &Tag| match tag {
        Tag::Mechanism(k) => {
            let mut parts = agreement.parts.iter().filter(|part| part.standing);
            parts.any(|part| part.mechanisms.contains(&(*k as usize)))
        }
        _ => false,
    };
    operated.into_iter().filter(|tag| !standing(tag)).collect()
}

/// Terms of one entry: what is added and what is taken off.
struct Sums<V> {
    kroner: Vec<(f64, V)>,
    units: Vec<(f64, V)>,
}

/// An address (key, whether counted) with its terms.
type Summed<V> = ((EntryKey, bool), Sums<V>);

fn entries<A: Algebra>(
    with: Vec<Entry<A::Value>>,
    without: Vec<Entry<A::Value>>,
    algebra: &mut A,
) -> Vec<Entry<A::Value>>
where
    A::Value: PartialEq,
{
    let mut place: FxHashMap<(EntryKey, bool), usize> = FxHashMap::default();
    let mut sums: Vec<Summed<A::Value>> = Vec::new();
    let mut add = |key: EntryKey, sign: f64, entry: &Entry<A::Value>| {
        let address = (key, entry.counted);
        let at = *place.entry(address).or_insert_with(|| {
            let (kroner, units) = (Vec::new(), Vec::new());
            sums.push((address, Sums { kroner, units }));
            sums.len() - 1
        });
        let sum = &mut sums[at].1;
        sum.kroner.push((sign, entry.kroner.clone()));
        let units = entry.units.iter().map(|units| (sign, units.clone()));
        sum.units.extend(units);
    };
    for entry in &with {
        add(entry.key, 1.0, entry);
    }
    for entry in without.iter().filter(|e| e.key.arm == Arm::Agreement) {
        add(entry.key, -1.0, entry);
        let arm = Arm::Counterfactual;
        add(EntryKey { arm, ..entry.key }, 1.0, entry);
    }
    sums.sort_by_key(|(address, _)| *address);
    let nothing = algebra.number(0.0);
    let mut total = |terms: &[(f64, A::Value)]| {
        let terms: Vec<(f64, &A::Value)> = terms.iter().map(|(w, v)| (*w, v)).collect();
        algebra.sum(&terms)
    };
    let entry = |((key, counted), sum): ((EntryKey, bool), Sums<A::Value>)| {
        let kroner = total(&sum.kroner);
        let units = (!sum.units.is_empty()).then(|| total(&sum.units));
        let empty = kroner == nothing && units.as_ref().is_none_or(|u| *u == nothing);
        (!empty).then_some(Entry {
            key,
            units,
            kroner,
            counted,
        })
    };
    sums.into_iter().filter_map(entry).collect()
}

type Cell<'c> = (i32, u16, &'c str, &'c str);

fn cell_of<V>(class: &CountClass<V>) -> Cell<'_> {
    let (year, m) = (class.year, class.municipality.0);
    (year, m, &class.service, &class.cell)
}

fn counts<V: Clone + PartialEq>(
    with: Vec<CountClass<V>>,
    without: Vec<CountClass<V>>,
) -> Vec<CountClass<V>> {
    let at: Vec<Option<usize>> = {
        let cells = without.iter().enumerate();
        let places: FxHashMap<Cell<'_>, usize> = cells.map(|(i, c)| (cell_of(c), i)).collect();
        let place = |class| places.get(&cell_of(class)).copied();
        with.iter().map(place).collect()
    };
    let class = |(class, at): (CountClass<V>, Option<usize>)| {
        let Some(twin) = at.map(|at| &without[at]) else {
            return class;
        };
        let fates = class.fates.into_iter().map(|fate| paired(fate, twin));
        let fates = fates.filter(|fate| !fate.charges.is_empty()).collect();
        CountClass { fates, ..class }
    };
    let classes = with.into_iter().zip(at).map(class);
    classes.filter(|class| !class.fates.is_empty()).collect()
}

/// A fate's charges against those of the same units without the proposal.
fn paired<V: Clone + PartialEq>(fate: Fate<V>, twin: &CountClass<V>) -> Fate<V> {
    let named = |name: &str| twin.fates.iter().find(|other| other.name == name);
    // what only the proposal takes was kept without it
    let before = named(&fate.name).or_else(|| {
        let taken = fate.name.ends_with("/taken");
        taken.then(|| named("kept")).flatten()
    });
    match before {
        None => fate,
        Some(before) => Fate {
            charges: net(&fate.charges, &before.charges),
            ..fate
        },
    }
}

/// Differences of `now` over `before`, which becomes the level; what cancels is left out.
fn net<V: Clone + PartialEq>(now: &[Charge<V>], before: &[Charge<V>]) -> Vec<Charge<V>> {
    let differs = |c: &Charge<V>| c.difference != 0.0;
    let mut charges: Vec<Charge<V>> = now.to_vec();
    // the levels of both walks are the same charges: they are taken from `before`
    charges.iter_mut().for_each(|c| c.level = 0.0);
    for (i, charge) in before.iter().enumerate() {
        let borne = charge.level + charge.difference;
        let twin = |c: &Charge<V>| same(c, charge);
        let at = match charges.get(i).is_some_and(twin) {
            true => Some(i),
            false => charges.iter().position(twin),
        };
        match at {
            Some(at) => {
                charges[at].level += borne;
                charges[at].difference -= charge.difference;
            }
            None => charges.push(Charge {
                level: borne,
                difference: -charge.difference,
                ..charge.clone()
            }),
        }
    }
    charges.retain(|c| differs(c) || c.level != 0.0);
    // a level alone is nobody's difference
    match charges.iter().any(differs) {
        true => charges,
        false => Vec::new(),
    }
}

fn same<V: PartialEq>(a: &Charge<V>, b: &Charge<V>) -> bool {
    (a.party, a.municipality, a.resource) == (b.party, b.municipality, b.resource)
        && a.meter == b.meter
        && (a.events, a.cv) == (b.events, b.cv)
        && a.kroner == b.kroner
}
