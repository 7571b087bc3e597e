//! Payment rules, of law and of agreements.

use super::{Checking, Missing, label, list, party, text, whole};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Counted, Key, MechanismKind, Party, Rule, ServiceId, Tier, Transfer, UnitPrice, Value, Words,
};
use crate::scenario::grammar::{
    ACTUAL_COST, GP_FEE, PER_COVERED, PER_UNIT, RULES, Record, TARIFF_SHARE, TIER,
};
use crate::scenario::tree::{Node, Table};

/// What a transfer may refer to.
pub struct Known<'a> {
    pub services: &'a [String],
    pub coverages: &'a [String],
    /// Mechanisms by name, in catalogue order; the kind is `None` if it is faulty.
    pub mechanisms: &'a [(String, Option<MechanismKind>)],
    pub transfers: &'a [String],
    pub groups: &'a [String],
    pub bands: Option<&'a [String]>,
    pub places: Option<&'a super::population::Places>,
    /// Transfers whose payments no other rule can count.
    pub uncounted: &'a [String],
    /// The transfer is one of law.
    pub law: bool,
}

/// What surrounds a transfer.
pub struct Within<'a> {
    /// Years of the regime or of the agreement: the default.
    pub years: (i32, i32),
    /// Legal basis of the regime: the default.
    pub legal_basis: Option<&'a str>,
    /// The transfer may not leave these years.
    pub strict: bool,
}

impl Checking<'_> {
    /// One transfer; open amounts are blanks.
    pub fn transfer(
        &mut self,
        table: &Table,
        at: Span,
        within: &Within<'_>,
        known: &Known<'_>,
    ) -> Option<Transfer> {
        let name = text(table, "name")?;
        let label = label(table, &name);
        let (from_node, to_node) = (table.node("from")?, table.node("to")?);
        let (from, to) = (party(from_node)?, party(to_node)?);
        if from == to {
            self.raise(
                to_node.span,
                Fault::TransferToSelf {
                    party: to.key().to_owned(),
                },
            );
        }
        let years = match table.node("years") {
            Some(node) => self.transfer_years(node, &name, within)?,
            None => within.years,
        };
        let legal_basis = match (text(table, "legal_basis"), within.legal_basis) {
            (Some(text), _) => text,
            (None, Some(text)) => text.to_owned(),
            (None, None) => {
                let at = super::services::place_or(table, "legal_basis", at);
                self.blank(at, Missing::LegalBasis(&label));
                String::new()
            }
        };
        let rule = self.rule(table, &label, (from, to), known)?;
        (from != to).then_some(())?;
        let origin = self.origin(at);
        Some(Transfer {
            name,
            label,
            from,
            to,
            years,
            rule,
            legal_basis,
            origin,
        })
    }

    fn transfer_years(
        &mut self,
        node: &Node,
        name: &str,
        within: &Within<'_>,
    ) -> Option<(i32, i32)> {
        let what = format!("the transfer `{name}`");
        let years = self.years(node, &what)?;
        let (from, to) = within.years;
        if within.strict && (years.0 < from || years.1 > to) {
            let year = if years.0 < from { years.0 } else { years.1 };
            self.raise(
                node.span,
                Fault::OutsideYears {
                    what,
                    year,
                    from,
                    to,
                },
            );
            return None;
        }
        Some(years)
    }

    fn rule(
        &mut self,
        table: &Table,
        label: &Words,
        (from, to): (Party, Party),
        known: &Known<'_>,
    ) -> Option<Rule> {
        let (key, node) = RULES
            .iter()
            .find_map(|key| Some((*key, table.node(key)?)))?;
        let inner = node.table()?;
        match key {
            "per_unit" => self.per_unit(inner, node.span, label, known),
            "per_covered_person_year" => {
                let coverage = self.reference("coverage", inner.node("coverage")?, known.coverages);
                let amount = self.amount(inner, node.span, &PER_COVERED, "amount", label);
                Some(Rule::PerCoveredPersonYear {
                    coverage: coverage?,
                    amount: amount?,
                })
            }
            "actual_cost" => {
                let mechanism = self.mechanism(inner.node("mechanism")?, known, "actual_cost");
                let missing = Missing::Amount(label);
                let overhead = self.optional_slot(inner, &ACTUAL_COST, "overhead", missing);
                Some(Rule::ActualCost {
                    mechanism: mechanism?,
                    overhead: overhead?,
                })
            }
            "tariff_share" if course(inner) => self.course_tariff((inner, node.span), label, known),
            "tariff_share" => {
                let service = self.service_id(inner, known);
                let tariff = self.amount(inner, node.span, &TARIFF_SHARE, "tariff", label);
                let share = self.amount(inner, node.span, &TARIFF_SHARE, "share", label);
                let cap = self.optional_slot(inner, &TARIFF_SHARE, "cap", Missing::Amount(label));
                let (tariff, share) = (tariff?, share?);
                Some(Rule::TariffShare {
                    service: service?,
                    tariff,
                    share,
                    cap: cap?,
                })
            }
            "gp_fee" => {
                self.between(
                    node.span,
                    key,
                    from == Party::Region && to == Party::Gp,
                    "from the region to general practice (from = \"region\", to = \"gp\")",
                );
                let service = self.service_id(inner, known);
                let amount = self.amount(inner, node.span, &GP_FEE, "amount", label);
                Some(Rule::GpFee {
                    service: service?,
                    amount: amount?,
                })
            }
            "lump_sum" => self.lump_sum((inner, node.span), label, known),
            "return_by_population" => {
                self.between(
                    node.span,
                    key,
                    to == Party::Municipality,
                    "to the municipalities (to = \"municipality\")",
                );
                let of: Vec<Option<usize>> = list(inner, "of")
                    .iter()
                    .map(|name| self.reference("transfer", name, known.transfers))
                    .collect();
                let of = of
                    .into_iter()
                    .map(|index| Some(known.transfers[index?].clone()));
                Some(Rule::ReturnByPopulation {
                    of: of.collect::<Option<_>>()?,
                })
            }
            _ => self.total_rule(key, (inner, node.span), label, (from, to), known),
        }
    }

    fn between(&mut self, at: Span, rule: &str, right: bool, needs: &str) {
        if !right {
            let (rule, needs) = (rule.to_owned(), needs.to_owned());
            self.raise(at, Fault::WrongParties { rule, needs });
        }
    }

    fn per_unit(
        &mut self,
        table: &Table,
        at: Span,
        label: &Words,
        known: &Known<'_>,
    ) -> Option<Rule> {
        let counted = match (table.node("service"), table.node("mechanism")) {
            (Some(_), None) => self.service_id(table, known).map(Counted::Service),
            (None, Some(node)) => self
                .mechanism(node, known, "per_unit")
                .map(Counted::Mechanism),
            _ => None,
        };
        let price = match table.node("tiers") {
            Some(node) => self.tiers(table, node, at, label),
            None => self
                .amount(table, at, &PER_UNIT, "amount", label)
                .map(UnitPrice::Flat),
        };
        Some(Rule::PerUnit {
            counted: counted?,
            price: price?,
        })
    }

    fn tiers(&mut self, table: &Table, node: &Node, at: Span, label: &Words) -> Option<UnitPrice> {
        let mut tiers: Vec<Tier> = Vec::new();
        let items = node.list()?;
        for (index, item) in items.iter().enumerate() {
            let inner = item.table()?;
            let up_to = whole(inner, "up_to");
            let last = index + 1 == items.len();
            let before = tiers.last().and_then(|tier| tier.up_to).unwrap_or(0);
            let why = match up_to {
                Some(_) if last => Some("the last one must be open"),
                None if !last => Some("only the last one is open"),
                Some(up_to) if up_to <= before => Some("up_to must rise"),
                _ => None,
            };
            if let Some(why) = why {
                self.raise(
                    item.span,
                    Fault::Tiers {
                        why: why.to_owned(),
                    },
                );
                return None;
            }
            let amount = self.amount(inner, item.span, &TIER, "amount", label)?;
            tiers.push(Tier { up_to, amount });
        }
        let Some(lengths) = table.node("course_length") else {
            let why = "course_length is needed: the share of courses of 1, 2, 3 … units";
            self.raise(
                at,
                Fault::Tiers {
                    why: why.to_owned(),
                },
            );
            return None;
        };
        let course_length: Vec<f64> = lengths
            .list()?
            .iter()
            .map(Node::number)
            .collect::<Option<_>>()?;
        let sum = course_length.iter().sum();
        self.whole(lengths.span, "the shares of course_length", sum)
            .then_some(())?;
        let cap = self.optional_slot(table, &PER_UNIT, "cap", Missing::Amount(label))?;
        Some(UnitPrice::Tiered {
            tiers,
            course_length,
            cap,
        })
    }

    fn amount(
        &mut self,
        table: &Table,
        at: Span,
        record: &'static Record,
        key: &str,
        label: &Words,
    ) -> Option<Value> {
        self.gate_slot((table, at), record, key, Missing::Amount(label))
    }

    fn service_id(&mut self, table: &Table, known: &Known<'_>) -> Option<ServiceId> {
        let index = self.reference("service", table.node("service")?, known.services)?;
        Some(ServiceId(index as u16))
    }

    /// The mechanism whose units are paid for, of a kind the rule can price.
    fn mechanism(&mut self, node: &Node, known: &Known<'_>, rule: &str) -> Option<usize> {
        let names: Vec<String> = known
            .mechanisms
            .iter()
            .map(|(name, _)| name.clone())
            .collect();
        let index = self.reference("mechanism", node, &names)?;
        let kind = known.mechanisms[index].1.as_ref()?;
        let found = match kind {
            MechanismKind::Effect(_) => "an effect",
            MechanismKind::Shift(_) => "a shift",
            MechanismKind::Provide(_) => "a provision",
            MechanismKind::Operate(_) => "an operation",
            MechanismKind::Invest(_) => "an investment",
            MechanismKind::Places(_) => "a number of places",
            MechanismKind::Workforce(_) => "a workforce",
            MechanismKind::SavedTime(_) => "saved time",
            MechanismKind::Joint(_) => "a joint operation",
            MechanismKind::Transition(_) => "a transition",
        };
        let costed = matches!(kind, MechanismKind::Provide(_) | MechanismKind::Operate(_));
        let counted = matches!(
            kind,
            MechanismKind::Effect(_)
                | MechanismKind::Shift(_)
                | MechanismKind::Provide(_)
                | MechanismKind::Operate(_)
        );
        let (fits, needs) = match rule {
            "actual_cost" => (costed, "an `operate` or a `provide`"),
            _ => (counted, "an `effect`, `shift`, `provide` or `operate`"),
        };
        if !fits {
            let (name, found) = (names[index].clone(), found.to_owned());
            self.raise(
                node.span,
                Fault::WrongMechanism {
                    name,
                    found,
                    needs: needs.to_owned(),
                },
            );
        }
        fits.then_some(index)
    }
}

/// Whether a tariff's share goes by age, or its courses vary.
fn course(table: &Table) -> bool {
    let by_age = table
        .node("share")
        .is_some_and(|node| node.table().is_some());
    by_age || table.node("course_cv").is_some()
}

/// Names of transfers whose payments cannot be counted by another rule: returns, and rules that
/// read totals themselves.
pub fn uncounted(table: &Table) -> Vec<String> {
    const SUMS: [&str; 3] = ["per_covered_person_year", "lump_sum", "actual_cost"];
    let counts = |t: &Table| {
        let keys = t.entries.iter().map(|e| e.key.as_str());
        let mut rules = keys.filter(|k| RULES.contains(k));
        rules.all(|k| SUMS.contains(&k) || ["per_unit", "tariff_share", "gp_fee"].contains(&k))
    };
    super::items(table, "transfer")
        .filter(|(t, _)| !counts(t))
        .filter_map(|(t, _)| text(t, "name"))
        .collect()
}

/// How a sum is divided.
pub fn division(node: &Node) -> Option<Key> {
    match node.text()? {
        "population" => Some(Key::Population),
        "equal" => Some(Key::Equal),
        _ => None,
    }
}
