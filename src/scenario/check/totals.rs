//! Payment rules on totals, shares by age, frames: what their keys mean together.

use super::population::Place;
use super::transfers::{Known, division};
use super::{Checking, Missing, OPEN, Slot, items, list, number, whole};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    CourseTariff, Criterion, Frame, GainShare, GroupId, Key, MechanismKind, Party, Rule, ServiceId,
    Steps, Suspense, TotalRule, Transfer, Value, Words,
};
use crate::scenario::grammar::{
    AVAILABILITY, CEILING, CORRIDOR, CRITERION, FRAME, FUND, GAIN_SHARE, LUMP_SUM, POOL, Record,
    STEPS, SUSPENSE, TARIFF_SHARE, is_blank,
};
use crate::scenario::table::{Column, Figure, Told, column};
use crate::scenario::tree::{Node, Table};
use crate::units::Unit;

static NEED: [Column; 4] = [
    column("code"),
    column("weight"),
    column("source"),
    column("grade"),
];

/// A rule's table and where it stands.
type At<'t> = (&'t Table, Span);

impl Checking<'_> {
    /// A rule on totals by its key.
    pub fn total_rule(
        &mut self,
        key: &str,
        rule: At<'_>,
        label: &Words,
        parties: (Party, Party),
        known: &Known<'_>,
    ) -> Option<Rule> {
        if known.law && ["pool", "gain_share", "fund"].contains(&key) {
            let (rule_name, place) = (key.to_owned(), "a [[transfer]] of an agreement".to_owned());
            self.raise(
                rule.1,
                Fault::RulePlace {
                    rule: rule_name,
                    place,
                },
            );
            return None;
        }
        let made = match key {
            "ceiling" => self.ceiling(rule, label, known),
            "pool" => self.pool(rule, label, known),
            "gain_share" => self.gain_share(rule, label, known),
            "corridor" => self.corridor(rule, label, known),
            "fund" => self.fund(rule, label, known),
            "availability" => self.availability(rule, label, known),
            "suspense" => self.suspense(rule, label, parties, known),
            _ => self.steps(rule, label, known),
        }?;
        Some(Rule::OnTotals(made))
    }

    fn needed(
        &mut self,
        rule: At<'_>,
        record: &'static Record,
        key: &str,
        label: &Words,
    ) -> Option<Value> {
        self.gate_slot(rule, record, key, Missing::Amount(label))
    }

    fn maybe(
        &mut self,
        rule: At<'_>,
        record: &'static Record,
        key: &str,
        label: &Words,
    ) -> Option<Option<Value>> {
        self.optional_slot(rule.0, record, key, Missing::Amount(label))
    }

    fn one_service(&mut self, table: &Table, known: &Known<'_>) -> Option<ServiceId> {
        let index = self.reference("service", table.node("service")?, known.services)?;
        Some(ServiceId(index as u16))
    }

    fn several_services(&mut self, table: &Table, known: &Known<'_>) -> Option<Vec<ServiceId>> {
        let named = list(table, "services").iter();
        let services: Vec<Option<ServiceId>> = named
            .map(|node| {
                let index = self.reference("service", node, known.services)?;
                Some(ServiceId(index as u16))
            })
            .collect();
        services.into_iter().collect()
    }

    fn ceiling(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<TotalRule> {
        let mut of = Vec::new();
        for node in list(rule.0, "of") {
            let index = self.reference("transfer", node, known.transfers)?;
            let name = known.transfers[index].clone();
            if known.uncounted.contains(&name) {
                self.raise(node.span, Fault::NotCountable { name });
                return None;
            }
            of.push(name);
        }
        let limit = self.needed(rule, &CEILING, "limit_per_year", label);
        let claw_back = self.needed(rule, &CEILING, "claw_back", label);
        Some(TotalRule::Ceiling {
            of,
            limit_per_year: limit?,
            claw_back: claw_back?,
        })
    }

    fn pool(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<TotalRule> {
        let services = self.several_services(rule.0, known);
        let share = self.needed(rule, &POOL, "share", label);
        let deficit = self.maybe(rule, &POOL, "deficit_share", label);
        Some(TotalRule::Pool {
            services: services?,
            share: share?,
            deficit_share: deficit?,
            key: key_of(rule.0)?,
        })
    }

    fn gain_share(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<TotalRule> {
        let service = self.one_service(rule.0, known);
        let value = self.needed(rule, &GAIN_SHARE, "value", label);
        let share = self.needed(rule, &GAIN_SHARE, "share", label);
        let minimum = self.needed(rule, &GAIN_SHARE, "minimum_savings", label);
        let loss = self.maybe(rule, &GAIN_SHARE, "loss_share", label);
        let most = self.maybe(rule, &GAIN_SHARE, "max_per_year", label);
        let error = self.maybe(rule, &GAIN_SHARE, "control_cv", label);
        Some(TotalRule::GainShare(Box::new(GainShare {
            service: service?,
            value: value?,
            share: share?,
            minimum_savings: minimum?,
            loss_share: loss?,
            max_per_year: most?,
            control_cv: error?,
            key: key_of(rule.0)?,
        })))
    }

    fn corridor(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<TotalRule> {
        let services = self.several_services(rule.0, known);
        let target = self.needed(rule, &CORRIDOR, "target", label);
        let width = self.needed(rule, &CORRIDOR, "width", label);
        let share = self.needed(rule, &CORRIDOR, "share", label);
        Some(TotalRule::Corridor {
            services: services?,
            target: target?,
            width: width?,
            share: share?,
            key: key_of(rule.0)?,
        })
    }

    fn fund(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<TotalRule> {
        if rule.0.node("cap").is_none() {
            self.raise(rule.1, Fault::FundWithoutCap {});
            return None;
        }
        let mut mechanisms = Vec::new();
        for node in list(rule.0, "mechanisms") {
            mechanisms.push(self.fundable(node, known)?);
        }
        let share = self.maybe(rule, &FUND, "share", label);
        let cap = self.needed(rule, &FUND, "cap", label);
        let yearly = self.maybe(rule, &FUND, "per_year_cap", label);
        Some(TotalRule::Fund {
            mechanisms,
            share: share?.unwrap_or(Value::Number(1.0)),
            cap: cap?,
            per_year_cap: yearly?,
        })
    }

    /// A mechanism with a cost of its own.
    fn fundable(&mut self, node: &Node, known: &Known<'_>) -> Option<usize> {
        let names: Vec<String> = known.mechanisms.iter().map(|(n, _)| n.clone()).collect();
        let index = self.reference("mechanism", node, &names)?;
        let found = match known.mechanisms[index].1.as_ref()? {
            MechanismKind::Effect(_) => "an effect",
            MechanismKind::Shift(_) => "a shift",
            _ => return Some(index),
        };
        self.raise(
            node.span,
            Fault::WrongMechanism {
                name: names[index].clone(),
                found: found.to_owned(),
                needs: "a `provide`, an `operate` or an `invest`".to_owned(),
            },
        );
        None
    }

    fn availability(
        &mut self,
        rule: At<'_>,
        label: &Words,
        known: &Known<'_>,
    ) -> Option<TotalRule> {
        let service = self.one_service(rule.0, known);
        let capacity = self.needed(rule, &AVAILABILITY, "capacity", label);
        let price = self.needed(rule, &AVAILABILITY, "price", label);
        Some(TotalRule::Availability {
            service: service?,
            capacity: capacity?,
            price: price?,
            key: key_of(rule.0)?,
        })
    }

    fn suspense(
        &mut self,
        rule: At<'_>,
        label: &Words,
        parties: (Party, Party),
        known: &Known<'_>,
    ) -> Option<TotalRule> {
        let service = self.one_service(rule.0, known);
        let unclear = self.needed(rule, &SUSPENSE, "unclear", label);
        let acting = self.side(rule, "acting", label, parties);
        let liable = self.side(rule, "liable", label, parties);
        let settled = self.needed(rule, &SUSPENSE, "settled", label);
        Some(TotalRule::Suspense(Box::new(Suspense {
            service: service?,
            unclear: unclear?,
            acting: acting?,
            liable: liable?,
            lag_years: whole(rule.0, "lag_years")?,
            settled: settled?,
        })))
    }

    /// The payer's share, from `{ party = "@share" }` of the payer.
    fn side(
        &mut self,
        rule: At<'_>,
        key: &str,
        label: &Words,
        (from, to): (Party, Party),
    ) -> Option<Value> {
        let node = rule.0.node(key)?;
        let entries = &node.table()?.entries;
        let [entry] = entries.as_slice() else {
            let (key, party) = (key.to_owned(), from.key().to_owned());
            self.raise(node.span, Fault::SuspenseSides { key, party });
            return None;
        };
        if entry.key != from.key() || from == to {
            let (key, party) = (key.to_owned(), from.key().to_owned());
            self.raise(entry.key_span, Fault::SuspenseSides { key, party });
            return None;
        }
        match self.slot_value(&entry.node, key, &[Unit::Share]) {
            Slot::Value(value) => Some(value),
            Slot::Blank(at) => {
                self.blank(at, Missing::Amount(label));
                Some(OPEN)
            }
            Slot::Absent | Slot::Broken => None,
        }
    }

    fn steps(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<TotalRule> {
        let pool = self.needed(rule, &STEPS, "pool_per_year", label);
        let paid: Vec<f64> = list(rule.0, "paid_by_met")
            .iter()
            .filter_map(Node::number)
            .collect();
        let criteria: Vec<Option<Criterion>> = items(rule.0, "criteria")
            .map(|(table, at)| self.criterion((table, at), label, known))
            .collect();
        let why = if paid.len() != criteria.len() + 1 {
            Some(format!(
                "{} shares for {} criteria: one for each number met, 0 included, is needed",
                paid.len(),
                criteria.len()
            ))
        } else if paid.windows(2).any(|pair| pair[1] < pair[0]) {
            Some("the shares fall where more criteria are met".to_owned())
        } else {
            None
        };
        if let (Some(why), Some(node)) = (why, rule.0.node("paid_by_met")) {
            self.raise(node.span, Fault::StepShares { why });
            return None;
        }
        let enforced = rule.0.node("enforced").and_then(Node::flag);
        Some(TotalRule::Steps(Box::new(Steps {
            pool_per_year: pool?,
            paid_by_met: paid,
            criteria: criteria.into_iter().collect::<Option<_>>()?,
            enforced: enforced.unwrap_or(true),
        })))
    }

    fn criterion(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<Criterion> {
        let service = self.one_service(rule.0, known);
        let reference = self.needed(rule, &CRITERION, "reference", label);
        let mut groups = Vec::new();
        for node in list(rule.0, "groups") {
            let index = self.reference("group", node, known.groups)?;
            groups.push(GroupId(index as u16));
        }
        Some(Criterion {
            service: service?,
            groups,
            reference: reference?,
            rise: rule.0.node("direction")?.text()? == "rise",
        })
    }

    /// A sum each year: divided by population, equally, or by a table of weights.
    pub fn lump_sum(&mut self, rule: At<'_>, label: &Words, known: &Known<'_>) -> Option<Rule> {
        let amount = self.needed(rule, &LUMP_SUM, "amount_per_year", label);
        let key = rule.0.node("key")?;
        let by_need = key.text()? == "need";
        match (by_need, rule.0.node("need")) {
            (false, None) => Some(Rule::LumpSum {
                amount_per_year: amount?,
                key: division(key)?,
            }),
            (true, Some(table)) => {
                let weights = self.need_weights(table, known)?;
                Some(Rule::OnTotals(TotalRule::NeedSum {
                    amount_per_year: amount?,
                    weights,
                }))
            }
            (true, None) => {
                let why = "key = \"need\" and no table `need`".to_owned();
                self.raise(key.span, Fault::NeedTable { why });
                None
            }
            (false, Some(table)) => {
                let why = "a table `need`, and another key".to_owned();
                self.raise(table.span, Fault::NeedTable { why });
                None
            }
        }
    }

    fn need_weights(&mut self, node: &Node, known: &Known<'_>) -> Option<Vec<f64>> {
        let places = known.places?;
        let mut table = self.table(node, &NEED)?;
        let mut told = Told::new(table.file());
        let mut weights = vec![0.0; places.world().len()];
        let mut sources = Vec::new();
        for row in 0..table.len() {
            let place = self.place_cell(&table, row, places, &mut told);
            let weight = table.number(row, "weight", Figure::Measure, &mut told, self.faults);
            self.sourced(&table, row, &mut sources, &mut told);
            let (Some(Place::Inside(m)), Some((weight, at))) = (place, weight) else {
                continue;
            };
            if weight < 0.0 {
                let (what, found) = ("a weight".to_owned(), weight);
                told.raise(at, Fault::NegativeFigure { what, found }, self.faults);
            }
            if weights[m] != 0.0 {
                let cell = places.world()[m].name.clone();
                told.raise(table.line(row), Fault::DuplicateCell { cell }, self.faults);
            }
            weights[m] = weight;
        }
        told.finish(self.faults);
        let all: f64 = weights.iter().sum();
        if all <= 0.0 {
            let why = "no municipality of this world has a weight above 0".to_owned();
            self.raise(node.span, Fault::NeedTable { why });
            return None;
        }
        Some(weights.iter().map(|w| w / all).collect())
    }

    /// A share of a tariff by age band, or with a spread of course values.
    pub fn course_tariff(
        &mut self,
        rule: At<'_>,
        label: &Words,
        known: &Known<'_>,
    ) -> Option<Rule> {
        let service = self.one_service(rule.0, known);
        let tariff = self.needed(rule, &TARIFF_SHARE, "tariff", label);
        let cap = self.maybe(rule, &TARIFF_SHARE, "cap", label);
        let shares = self.shares_by_age(rule, label, known);
        Some(Rule::Course(Box::new(CourseTariff {
            service: service?,
            tariff: tariff?,
            shares: shares?,
            cap: cap?,
            cv: number(rule.0, "course_cv").unwrap_or(0.0),
        })))
    }

    fn shares_by_age(
        &mut self,
        rule: At<'_>,
        label: &Words,
        known: &Known<'_>,
    ) -> Option<Vec<Value>> {
        let bands = known.bands?;
        let Some(node) = rule.0.node("share").filter(|node| !is_blank(node)) else {
            let open = self.needed(rule, &TARIFF_SHARE, "share", label)?;
            return Some(vec![open; bands.len()]);
        };
        let Some(table) = node.table() else {
            let share = self.needed(rule, &TARIFF_SHARE, "share", label)?;
            return Some(vec![share; bands.len()]);
        };
        if !known.law {
            let (rule, place) = (
                "share by age".to_owned(),
                "a [[regime.transfer]]".to_owned(),
            );
            self.raise(node.span, Fault::RulePlace { rule, place });
            return None;
        }
        let mut shares: Vec<Option<Value>> = vec![None; bands.len()];
        for entry in &table.entries {
            let Some(band) = bands.iter().position(|band| *band == entry.key) else {
                let allowed = bands.join(", ");
                let found = entry.key.clone();
                self.raise(entry.key_span, Fault::UnknownAgeBand { found, allowed });
                return None;
            };
            shares[band] = match self.slot_value(&entry.node, "share", &[Unit::Share]) {
                Slot::Value(value) => Some(value),
                Slot::Blank(at) => {
                    self.blank(at, Missing::Amount(label));
                    Some(OPEN)
                }
                Slot::Absent | Slot::Broken => return None,
            };
        }
        if let Some(band) = shares.iter().position(Option::is_none) {
            let band = bands[band].clone();
            self.raise(node.span, Fault::AgeShareMissing { band });
            return None;
        }
        shares.into_iter().collect()
    }

    /// Frames of the agreement.
    pub fn frames(&mut self, agreement: &Table) -> Option<Vec<Frame>> {
        let Some(node) = agreement.node("frame") else {
            return Some(Vec::new());
        };
        let table = node.table()?;
        let mut frames = Vec::new();
        for entry in &table.entries {
            let Some(party) = Party::from_key(&entry.key) else {
                continue;
            };
            let label = Words::same(format!("frame {}", party.key()));
            let missing = Missing::Amount(&label);
            if let Some(amount) = self.optional_slot(table, &FRAME, &entry.key, missing)? {
                frames.push(Frame { party, amount });
            }
        }
        Some(frames)
    }

    /// A ceiling takes back from who was paid, to who paid.
    pub fn ceilings_turn_back(&mut self, own: &Table, transfers: &[Transfer], law: &[Transfer]) {
        for (ceiling, (table, _)) in transfers.iter().zip(items(own, "transfer")) {
            let Rule::OnTotals(TotalRule::Ceiling { of, .. }) = &ceiling.rule else {
                continue;
            };
            let named = transfers.iter().chain(law).filter(|t| of.contains(&t.name));
            let forward = |t: &&Transfer| (t.to, t.from) != (ceiling.from, ceiling.to);
            if let (Some(paid), Some(node)) = (named.into_iter().find(forward), table.node("from"))
            {
                let (payee, payer) = (paid.to.key(), paid.from.key());
                let needs =
                    format!("from who was paid to who paid (from = \"{payee}\", to = \"{payer}\")");
                let rule = "ceiling".to_owned();
                self.raise(node.span, Fault::WrongParties { rule, needs });
            }
        }
    }

    /// Regimes of one series follow each other: no year twice, none left out between them.
    pub fn series(&mut self, world: &Table) {
        let mut known: Vec<(String, i32, i32, Span)> = Vec::new();
        for (table, _) in items(world, "regime") {
            let years = |key: &str| table.node(key).and_then(super::year);
            let (Some(node), Some(from), Some(to)) =
                (table.node("series"), years("from"), years("to"))
            else {
                continue;
            };
            if let Some(name) = node.text() {
                known.push((name.to_owned(), from, to, node.span));
            }
        }
        known.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
        for pair in known.windows(2) {
            let [(series, _, to, _), (next, from, _, at)] = pair else {
                continue;
            };
            if series != next {
                continue;
            }
            let series = series.clone();
            if from <= to {
                let year = *from;
                self.raise(*at, Fault::SeriesOverlap { series, year });
            } else if *from > to + 1 {
                let (from, to) = (to + 1, from - 1);
                self.raise(*at, Fault::SeriesGap { series, from, to });
            }
        }
    }
}

/// How municipalities share; by population where nothing is said.
fn key_of(table: &Table) -> Option<Key> {
    match table.node("key") {
        Some(node) => division(node),
        None => Some(Key::Population),
    }
}
