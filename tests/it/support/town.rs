//! A town of a few municipalities, two groups and a handful of services; every mechanism is one
//! call away.
//!
//! Its figures are round, so that a test can show the arithmetic. Persons are the same every
//! year unless [`Town::growing`] says otherwise.

use fairbalance::model::*;
use fairbalance::random::Law;

pub const ADMISSION: ServiceId = ServiceId(0);
pub const VISIT: ServiceId = ServiceId(1);
pub const CONSULT: ServiceId = ServiceId(2);
pub const NURSE_HOUR: ServiceId = ServiceId(3);
pub const MONITORING: ServiceId = ServiceId(4);
pub const ACUTE_TEAM: ServiceId = ServiceId(5);

/// The chronic group, in three need levels.
pub const KOL: GroupId = GroupId(0);
/// Everybody else, in two.
pub const REST: GroupId = GroupId(1);

/// First year of the agreement, which is the first year computed.
pub const START: i32 = 2027;

/// A figure as a test states it.
pub enum Figure {
    Number(f64),
    Law(Law),
    Formula(Formula),
}

impl From<f64> for Figure {
    fn from(x: f64) -> Self {
        Figure::Number(x)
    }
}

impl From<Law> for Figure {
    fn from(law: Law) -> Self {
        Figure::Law(law)
    }
}

impl From<Formula> for Figure {
    fn from(formula: Formula) -> Self {
        Figure::Formula(formula)
    }
}

/// Laws by their usual evidence.
pub fn normal(mean: f64, sd: f64) -> Law {
    Law::normal(mean, sd).expect("a normal law")
}
pub fn lognormal(median: f64, sigma: f64) -> Law {
    Law::lognormal(median, sigma).expect("a lognormal law")
}
pub fn gamma_law(mean: f64, se: f64) -> Law {
    Law::gamma(mean, se).expect("a gamma law")
}
pub fn beta_law(mean: f64, se: f64) -> Law {
    Law::beta(mean, se).expect("a beta law")
}
pub fn uniform(min: f64, max: f64) -> Law {
    Law::uniform(min, max).expect("a uniform law")
}

/// A model under construction.
#[derive(Clone)]
pub struct Town {
    pub model: Model,
}

impl Town {
    /// A town without mechanisms: `municipalities` of 50,000, 30,000, 15,000, 5,000 inhabitants.
    pub fn of(municipalities: usize) -> Town {
        let world = world(municipalities);
        let coverage = Coverage {
            id: "enrolled".into(),
            label: Words::same("enrolled"),
            cells: vec![(KOL, 1), (KOL, 2), (KOL, 3)],
            uptake: Value::Number(0.5),
            eligible: None,
            ramp: Ramp::Step,
            start: vec![Some(Month::january(START)); municipalities],
            max_persons: None,
            limited_by: Vec::new(),
            sub_agreement: None,
            selection: None,
            assigned: None,
            origin: Origin::default(),
        };
        Town {
            model: Model {
                scenario: "town".into(),
                world,
                agreement: agreement(coverage),
                balance: balance(),
                parameters: Vec::new(),
                correlations: Vec::new(),
                blanks: Vec::new(),
            },
        }
    }

    /// The model, with a parameter for every uncertain phase.
    pub fn build(mut self) -> Model {
        self.model.add_phases(&uniform(0.0, 1.0));
        self.model
    }

    /// A slot holding a figure; laws and formulas become a parameter of that name.
    pub fn figure(&mut self, name: &str, figure: impl Into<Figure>) -> Value {
        let quantity = match figure.into() {
            Figure::Number(x) => return Value::Number(x),
            Figure::Law(law) => Quantity::Law(law),
            Figure::Formula(formula) => Quantity::Formula(formula),
        };
        let name = name.to_string();
        assert!(
            self.model.parameters.iter().all(|p| p.name != name),
            "the name {name} is taken"
        );
        self.model.parameters.push(Parameter {
            name,
            label: Words::default(),
            quantity,
            unit: "ratio".into(),
            price: None,
            source: "a test".into(),
            grade: Grade::C,
            owner: None,
            approved_by: Vec::new(),
            note: String::new(),
            origin: Origin::default(),
        });
        Value::Parameter(ParameterId(self.model.parameters.len() as u32 - 1))
    }

    /// The id of a parameter.
    pub fn parameter(&self, name: &str) -> ParameterId {
        let at = self.model.parameters.iter().position(|p| p.name == name);
        ParameterId(at.expect("the parameter exists") as u32)
    }

    pub fn service_mut(&mut self, service: ServiceId) -> &mut Service {
        &mut self.model.world.services[service.0 as usize]
    }
}

/// World.
impl Town {
    /// Persons grow by a share of the first year's number each year.
    pub fn growing(mut self, yearly: f64) -> Town {
        for by_band in &mut self.model.world.population.persons {
            for by_year in by_band {
                let first = by_year[0];
                for (t, n) in by_year.iter_mut().enumerate() {
                    *n = first * (1.0 + yearly * t as f64);
                }
            }
        }
        self
    }

    /// Municipality `m` belongs to another region.
    pub fn in_region(mut self, m: usize, code: &str) -> Town {
        self.model.world.municipalities[m].region_code = code.into();
        self
    }

    /// Share of the inhabitants with the chronic disease.
    pub fn prevalence(mut self, figure: impl Into<Figure>) -> Town {
        let value = self.figure("prevalence", figure);
        if let GroupShare::Prevalence { prevalence, .. } = &mut self.model.world.groups[0].share {
            *prevalence = value;
        }
        self
    }

    /// Rate of a service in a group.
    pub fn rate(mut self, service: ServiceId, group: GroupId, figure: impl Into<Figure>) -> Town {
        let value = self.figure(&format!("rate:{}:{}", service.0, group.0), figure);
        let rates = &mut self.service_mut(service).rates;
        let rate = rates.iter_mut().find(|r| r.group == group);
        rate.expect("the group has a rate").rate = value;
        self
    }

    /// Nobody uses any other service.
    pub fn only(mut self, service: ServiceId) -> Town {
        for (s, other) in self.model.world.services.iter_mut().enumerate() {
            if s != service.0 as usize {
                other.rates.clear();
            }
        }
        self
    }

    /// Yearly growth of a service's rates.
    pub fn trend(mut self, service: ServiceId, figure: impl Into<Figure>) -> Town {
        let value = self.figure(&format!("trend:{}", service.0), figure);
        self.service_mut(service).trend = Some(value);
        self
    }

    /// Cost of one unit at a producer.
    pub fn unit_cost(
        mut self,
        service: ServiceId,
        producer: Party,
        figure: impl Into<Figure>,
    ) -> Town {
        let value = self.figure(&format!("cost:{}:{}", service.0, producer.key()), figure);
        let costs = &mut self.service_mut(service).unit_cost;
        costs.retain(|(p, _)| *p != producer);
        costs.push((producer, value));
        self
    }

    /// Share of the unit cost that follows volume at once.
    pub fn variable(mut self, service: ServiceId, figure: impl Into<Figure>) -> Town {
        let value = self.figure(&format!("variable:{}", service.0), figure);
        self.service_mut(service).variable = value;
        self
    }

    /// Share of the unit cost that follows capacity, and the rule that capacity follows.
    pub fn release(
        mut self,
        service: ServiceId,
        semi_fixed: impl Into<Figure>,
        rule: Release,
    ) -> Town {
        let value = self.figure(&format!("semi_fixed:{}", service.0), semi_fixed);
        let stated = self.service_mut(service);
        stated.semi_fixed = value;
        stated.release = Some(rule);
        self
    }

    /// Variance of a count over its mean.
    pub fn dispersed(mut self, service: ServiceId, dispersion: f64) -> Town {
        self.service_mut(service).dispersion = dispersion;
        self
    }

    /// Coefficient of variation of one unit's cost.
    pub fn spread(mut self, service: ServiceId, cv: f64) -> Town {
        self.service_mut(service).unit_cost_cv = cv;
        self
    }

    /// Law in force in all years.
    pub fn regime(mut self, transfers: Vec<Transfer>) -> Town {
        self.model.world.regimes.push(Regime {
            label: Words::default(),
            years: (2000, 2100),
            legal_basis: "a test".into(),
            transfers,
            source: String::new(),
            origin: Origin::default(),
        });
        self
    }
}

/// Levels that move.
impl Town {
    /// Yearly moves between the levels of the chronic group, (from, to, probability); `None` dies.
    /// Newcomers enter at the first level.
    pub fn moving<F: Into<Figure>>(mut self, moves: Vec<(u8, Option<u8>, F)>) -> Town {
        let index = |level: u8| level as usize - 1;
        let mut stated = Vec::new();
        for (from, to, figure) in moves {
            let name = format!("p:{from}:{}", to.map_or("died".into(), |l| l.to_string()));
            let probability = self.figure(&name, figure);
            let (from, to) = (index(from), to.map(index));
            stated.push(Move {
                from,
                to,
                probability,
            });
        }
        self.model.world.groups[0].dynamics = Some(Dynamics {
            moves: stated,
            inflow: vec![1.0, 0.0, 0.0],
            closed: false,
            source: "a test".into(),
            origin: Origin::default(),
        });
        self
    }

    /// The chronic group worsens and dies: round probabilities for tests.
    pub fn worsening(self) -> Town {
        self.moving(vec![
            (1, Some(2), beta_law(0.10, 0.01)),
            (1, None, beta_law(0.01, 0.002)),
            (2, Some(1), beta_law(0.05, 0.01)),
            (2, Some(3), beta_law(0.15, 0.02)),
            (2, None, beta_law(0.03, 0.005)),
            (3, None, beta_law(0.12, 0.02)),
        ])
    }

    /// Nobody comes into the chronic group.
    pub fn closed(mut self) -> Town {
        if let Some(dynamics) = &mut self.model.world.groups[0].dynamics {
            dynamics.closed = true;
        }
        self
    }

    /// Utilities of the chronic group's levels.
    pub fn utilities(mut self, figures: [f64; 3]) -> Town {
        self.model.world.groups[0].utility = figures.map(Value::Number).to_vec();
        self
    }

    /// A ratio on moves of the chronic group among the covered.
    pub fn transition(self, moves: &[(u8, Option<u8>)], ratio: impl Into<Figure>) -> Town {
        self.transition_with(moves, ratio, |_| {})
    }

    /// A transition, adjusted by `with`.
    pub fn transition_with(
        mut self,
        moves: &[(u8, Option<u8>)],
        ratio: impl Into<Figure>,
        with: impl FnOnce(&mut Transition),
    ) -> Town {
        let name = self.next_name("transition");
        let ratio = self.figure(&format!("rr:{name}"), ratio);
        let mut transition = Transition {
            coverage: 0,
            moves: moves.to_vec(),
            ratio,
            attenuation: None,
            lag_months: 0,
            decay: 0.0,
        };
        with(&mut transition);
        self.mechanism(&name, MechanismKind::Transition(transition))
    }
}

/// Agreement.
impl Town {
    pub fn period(mut self, from: i32, to: i32) -> Town {
        self.model.agreement.period = (from, to);
        self
    }

    pub fn horizon(mut self, years: u32) -> Town {
        self.model.agreement.horizon = years;
        self
    }

    pub fn after(mut self, after: AfterPeriod) -> Town {
        self.model.agreement.after_period = after;
        self
    }

    /// Share of the eligible who take part in the first coverage.
    pub fn uptake(mut self, figure: impl Into<Figure>) -> Town {
        let value = self.figure("uptake", figure);
        self.model.agreement.coverages[0].uptake = value;
        self
    }

    pub fn eligible(mut self, figure: impl Into<Figure>) -> Town {
        let value = self.figure("eligible", figure);
        self.model.agreement.coverages[0].eligible = Some(value);
        self
    }

    pub fn ramp(mut self, ramp: Ramp) -> Town {
        self.model.agreement.coverages[0].ramp = ramp;
        self
    }

    /// Municipality `m` starts in a month (1 to 12) of a year, or not at all.
    pub fn start(mut self, m: usize, start: Option<(i32, i32)>) -> Town {
        self.model.agreement.coverages[0].start[m] =
            start.map(|(year, month)| Month(year * 12 + month - 1));
        self
    }

    pub fn capped(mut self, most: impl Into<Figure>) -> Town {
        let value = self.figure("most_persons", most);
        self.model.agreement.coverages[0].max_persons = Some(value);
        self
    }

    /// The share of their loss over a year that an effect on `service` keeps is 1.
    pub fn effect(self, service: ServiceId, rate_ratio: impl Into<Figure>) -> Town {
        self.effect_with(service, rate_ratio, |_| {})
    }

    /// An effect, adjusted by `with`.
    pub fn effect_with(
        mut self,
        service: ServiceId,
        rate_ratio: impl Into<Figure>,
        with: impl FnOnce(&mut Effect),
    ) -> Town {
        let name = self.next_name("effect");
        let rate_ratio = self.figure(&format!("rr:{name}"), rate_ratio);
        let mut effect = Effect {
            coverage: 0,
            service,
            rate_ratio,
            attenuation: None,
            lag_months: 0,
            decay: 0.0,
        };
        with(&mut effect);
        self.mechanism(&name, MechanismKind::Effect(effect))
    }

    /// A share of a service's units moves; one becomes `to` units elsewhere.
    pub fn shift(
        mut self,
        from: ServiceId,
        share: impl Into<Figure>,
        to: &[(ServiceId, f64)],
    ) -> Town {
        let name = self.next_name("shift");
        let share = self.figure(&format!("share:{name}"), share);
        let to = to.iter().map(|(s, x)| (*s, Value::Number(*x))).collect();
        self.mechanism(
            &name,
            MechanismKind::Shift(Shift {
                coverage: 0,
                from,
                share,
                at_most: None,
                to,
            }),
        )
    }

    /// New units per covered person and year.
    pub fn provide(mut self, service: ServiceId, units: impl Into<Figure>) -> Town {
        let name = self.next_name("provide");
        let units = self.figure(&format!("units:{name}"), units);
        self.provide_quota(service, Quota::PerPersonYear(units))
    }

    /// New units per event of a service that remains among the covered.
    pub fn provide_per_event(
        mut self,
        service: ServiceId,
        event: ServiceId,
        units: impl Into<Figure>,
    ) -> Town {
        let name = self.next_name("provide");
        let units = self.figure(&format!("units:{name}"), units);
        self.provide_quota(service, Quota::PerEvent(event, units))
    }

    pub fn provide_quota(self, service: ServiceId, quantity: Quota) -> Town {
        let name = self.next_name("provide");
        self.mechanism(
            &name,
            MechanismKind::Provide(Provide {
                coverage: 0,
                service,
                quantity,
            }),
        )
    }

    /// Another operator from the start on, in all municipalities.
    pub fn operate(
        mut self,
        service: ServiceId,
        operator: Party,
        unit_cost: impl Into<Figure>,
        capacity: OperateCapacity,
    ) -> Town {
        let name = self.next_name("operate");
        let unit_cost = self.figure(&format!("cost:{name}"), unit_cost);
        let start = vec![Some(Month::january(START)); self.model.world.municipalities.len()];
        let operate = Operate {
            service,
            operator,
            years: (START, 2100),
            unit_cost,
            start,
            capacity,
        };
        self.mechanism(&name, MechanismKind::Operate(operate))
    }

    /// An amount a party spends in the agreement's arm, shared by population.
    pub fn invest(
        mut self,
        party: Party,
        amount: impl Into<Figure>,
        basis: InvestBasis,
        phase: PhaseOfCost,
    ) -> Town {
        let name = self.next_name("invest");
        let amount = self.figure(&format!("amount:{name}"), amount);
        let recipients = vec![true; self.model.world.municipalities.len()];
        let invest = Invest {
            party,
            phase,
            amount,
            basis,
            key: Key::Population,
            arm: Arm::Agreement,
            recipients,
        };
        self.mechanism(&name, MechanismKind::Invest(invest))
    }

    pub fn backfill(mut self, service: ServiceId, share: impl Into<Figure>) -> Town {
        let share = self.figure(&format!("backfill:{}", service.0), share);
        self.model.agreement.backfills.push(Backfill {
            service,
            share,
            origin: Origin::default(),
        });
        self
    }

    /// A payment of the agreement, in all years.
    pub fn pays(mut self, name: &str, from: Party, to: Party, rule: Rule) -> Town {
        self.model
            .agreement
            .transfers
            .push(transfer(name, from, to, rule));
        self
    }

    /// A sum each year.
    pub fn lump_sum(mut self, from: Party, to: Party, amount: impl Into<Figure>) -> Town {
        let n = self.model.agreement.transfers.len();
        let amount_per_year = self.figure(&format!("lump_sum:{n}"), amount);
        let rule = Rule::LumpSum {
            amount_per_year,
            key: Key::Population,
        };
        self.pays(&format!("lump_sum:{n}"), from, to, rule)
    }

    /// Follows the units of a service in all groups and levels.
    pub fn follow(mut self, service: ServiceId) -> Town {
        self.model.agreement.indicators.push(Indicator {
            id: format!("units:{}", service.0),
            label: Words::default(),
            services: vec![service],
            groups: Vec::new(),
            levels: Vec::new(),
            goal: String::new(),
            tag: IndicatorTag::Modelled,
            follow: Follow::default(),
            by_level: false,
            per: None,
            origin: Origin::default(),
        });
        self
    }

    pub fn next_name(&self, kind: &str) -> String {
        format!("{kind}:{}", self.model.agreement.mechanisms.len())
    }

    pub fn mechanism(mut self, name: &str, kind: MechanismKind) -> Town {
        self.model.agreement.mechanisms.push(Mechanism {
            name: name.into(),
            label: Words::default(),
            kind,
            origin: Origin::default(),
        });
        self
    }
}

/// Rule of balance.
impl Town {
    /// The same yearly floor for both, kr. per inhabitant.
    pub fn floor(mut self, kroner: f64) -> Town {
        self.model.balance.region = Tolerance::PerInhabitant(kroner);
        self.model.balance.municipality = Tolerance::PerInhabitant(kroner);
        self
    }

    /// Undiscounted, so that arithmetic can be shown.
    pub fn undiscounted(mut self) -> Town {
        self.model.balance.discount = vec![(u32::MAX, 0.0)];
        self
    }

    pub fn principle(mut self, principle: Principle) -> Town {
        self.model.balance.principle = principle;
        self
    }

    /// One year computed and judged, undiscounted, floor 0: a figure is its own present value.
    pub fn one_year(mut self) -> Town {
        self.model.balance.horizon_years = 1;
        self.period(START, START)
            .horizon(1)
            .undiscounted()
            .floor(0.0)
    }
}

/// A payment in all years.
pub fn transfer(name: &str, from: Party, to: Party, rule: Rule) -> Transfer {
    Transfer {
        name: name.into(),
        label: Words::default(),
        from,
        to,
        years: (2000, 2100),
        rule,
        legal_basis: "a test".into(),
        origin: Origin::default(),
    }
}

/// Kroner per unit of a service.
pub fn per_unit(service: ServiceId, kroner: f64) -> Rule {
    Rule::PerUnit {
        counted: Counted::Service(service),
        price: UnitPrice::Flat(Value::Number(kroner)),
    }
}

/// Kroner per unit that a mechanism avoids, moves, provides or operates.
pub fn per_unit_of_mechanism(mechanism: usize, kroner: f64) -> Rule {
    Rule::PerUnit {
        counted: Counted::Mechanism(mechanism),
        price: UnitPrice::Flat(Value::Number(kroner)),
    }
}

/// A rule of capacity for the whole party.
pub fn steps(step: f64, lasting_years: u32, lag_years: u32, phase: Phase) -> Release {
    Release {
        step,
        lasting_years,
        lag_years,
        closing: 1.0,
        phase,
        site: Site::Party,
        source: "a test".into(),
        origin: Origin::default(),
    }
}

/// Every mechanism, settlement rule and law of uncertainty at once, in three municipalities of
/// two regions with their own pace. What holds here holds in its parts.
pub fn everything() -> Town {
    let regime = vec![
        transfer(
            "tariff",
            Party::Municipality,
            Party::State,
            Rule::TariffShare {
                service: ADMISSION,
                tariff: Value::Number(35_000.0),
                share: Value::Number(0.2),
                cap: Some(Value::Number(5_000.0)),
            },
        ),
        transfer(
            "return",
            Party::State,
            Party::Municipality,
            Rule::ReturnByPopulation {
                of: vec!["tariff".into()],
            },
        ),
        transfer(
            "fee",
            Party::Region,
            Party::Gp,
            Rule::GpFee {
                service: CONSULT,
                amount: Value::Number(160.0),
            },
        ),
    ];
    let mut town = Town::of(3)
        .in_region(2, "082")
        .growing(0.01)
        .prevalence(beta_law(0.05, 0.004))
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.03))
        .trend(ADMISSION, normal(0.01, 0.003))
        .unit_cost(ADMISSION, Party::Region, gamma_law(40_000.0, 3_000.0))
        .variable(ADMISSION, beta_law(0.3, 0.03))
        .release(ADMISSION, 0.5, steps(400.0, 2, 1, Phase::Uncertain))
        .spread(ADMISSION, 0.8)
        .dispersed(ADMISSION, 1.6)
        .unit_cost(VISIT, Party::Region, lognormal(2_000.0, 0.1))
        .release(
            VISIT,
            uniform(0.2, 0.4),
            Release {
                site: Site::Municipality,
                closing: 0.5,
                ..steps(900.0, 1, 0, Phase::Uncertain)
            },
        )
        .unit_cost(NURSE_HOUR, Party::Municipality, gamma_law(500.0, 40.0))
        .spread(MONITORING, 0.3)
        .regime(regime)
        .uptake(beta_law(0.5, 0.05))
        .eligible(beta_law(0.8, 0.04))
        .ramp(Ramp::SCurve(2.0))
        .start(1, Some((START, 7)))
        .start(2, Some((START + 1, 4)))
        .capped(1_500.0)
        .effect(ADMISSION, lognormal(0.85, 0.12))
        .effect_with(ADMISSION, lognormal(0.97, 0.08), |e| {
            e.lag_months = 6;
            e.decay = 0.05;
        })
        .shift(
            VISIT,
            beta_law(0.3, 0.03),
            &[(CONSULT, 1.2), (NURSE_HOUR, 0.3)],
        )
        .provide(MONITORING, uniform(8.0, 12.0))
        .provide_per_event(NURSE_HOUR, ADMISSION, uniform(1.0, 3.0))
        .operate(
            ACUTE_TEAM,
            Party::Municipality,
            gamma_law(1_000.0, 50.0),
            OperateCapacity::NotBuilt,
        )
        .invest(
            Party::Municipality,
            gamma_law(900.0, 100.0),
            InvestBasis::PerNewPerson(0),
            PhaseOfCost::PhaseIn,
        )
        .invest(
            Party::Region,
            250_000.0,
            InvestBasis::Once(START),
            PhaseOfCost::PhaseIn,
        )
        .backfill(ADMISSION, beta_law(0.2, 0.05))
        .pays(
            "per avoided",
            Party::Region,
            Party::Municipality,
            per_unit_of_mechanism(0, 3_000.0),
        )
        .pays(
            "per operated",
            Party::Region,
            Party::Municipality,
            Rule::ActualCost {
                mechanism: 5,
                overhead: Some(Value::Number(0.05)),
            },
        )
        .pays(
            "per covered",
            Party::Region,
            Party::Municipality,
            Rule::PerCoveredPersonYear {
                coverage: 0,
                amount: Value::Number(400.0),
            },
        )
        .lump_sum(
            Party::Region,
            Party::Municipality,
            normal(300_000.0, 20_000.0),
        )
        .follow(ADMISSION)
        .follow(VISIT);
    let linked = ["rr:effect:0", "uptake"].map(|name| town.parameter(name));
    town.model.correlations.push(Correlation {
        parameters: linked.to_vec(),
        matrix: vec![vec![1.0, 0.4], vec![0.4, 1.0]],
        reason: "a test".into(),
        origin: Origin::default(),
    });
    town
}

/// One municipality of `persons` inhabitants, all in the chronic group at one level, with no
/// units of anything: rates are set by the test. One year, undiscounted, all take part.
pub fn persons(persons: f64) -> Town {
    persons_in(1, persons)
}

/// The same in so many municipalities, each with as many.
pub fn persons_in(municipalities: usize, persons: f64) -> Town {
    let mut town = Town::of(municipalities)
        .one_year()
        .prevalence(1.0)
        .uptake(1.0);
    let world = &mut town.model.world;
    for of_municipality in &mut world.population.persons {
        *of_municipality = vec![vec![persons; 40], vec![0.0; 40], vec![0.0; 40]];
    }
    for group in &mut world.groups {
        group.levels = vec![(1, 1.0)];
    }
    if let GroupShare::Prevalence { profile, .. } = &mut world.groups[0].share {
        *profile = vec![1.0; 3];
    }
    for service in &mut world.services {
        service.age_factor = vec![1.0; 3];
        service.municipality_factor = vec![1.0; municipalities];
        for rate in &mut service.rates {
            rate.rate = Value::Number(0.0);
            rate.level_factor = vec![1.0];
        }
    }
    town.model.agreement.coverages[0].cells = vec![(KOL, 1)];
    town
}

/// [`everything`], and levels that move, under two transitions that share a move.
pub fn everything_moving() -> Town {
    everything()
        .worsening()
        .utilities([0.8, 0.6, 0.3])
        .transition(&[(1, Some(2)), (2, Some(3))], lognormal(0.8, 0.1))
        .transition_with(&[(2, Some(3)), (2, None)], lognormal(0.9, 0.15), |t| {
            t.lag_months = 6;
            t.decay = 0.05;
        })
}

fn world(municipalities: usize) -> World {
    let sizes = [1.0, 0.6, 0.3, 0.1];
    let persons = |m: usize| -> Vec<Vec<f64>> {
        let bands = [40_000.0, 8_000.0, 2_000.0];
        bands.iter().map(|n| vec![n * sizes[m]; 40]).collect()
    };
    let place = |m: usize| Municipality {
        code: format!("{}", 701 + m),
        name: format!("Town {m}"),
        region_code: "081".into(),
        region: "North".into(),
        cluster: None,
    };
    World {
        id: "town".into(),
        title: Words::default(),
        price_level: 2025,
        municipalities: (0..municipalities).map(place).collect(),
        population: Population {
            age_bands: vec!["0-64".into(), "65-79".into(), "80+".into()],
            first_year: 2024,
            persons: (0..municipalities).map(persons).collect(),
            source: "a test".into(),
        },
        groups: groups(),
        services: services(municipalities),
        regimes: Vec::new(),
        drifts: Vec::new(),
        classifications: Vec::new(),
        courses: Vec::new(),
    }
}

fn groups() -> Vec<Group> {
    let group = |id: &str, share, levels: &[(u8, f64)]| Group {
        id: id.into(),
        label: Words::same(id),
        share,
        levels: levels.to_vec(),
        dynamics: None,
        utility: Vec::new(),
        source: String::new(),
        origin: Origin::default(),
    };
    let kol = GroupShare::Prevalence {
        prevalence: Value::Number(0.05),
        profile: vec![0.5, 2.0, 3.0],
    };
    vec![
        group("kol", kol, &[(1, 0.5), (2, 0.3), (3, 0.2)]),
        group("rest", GroupShare::Rest, &[(1, 0.8), (2, 0.2)]),
    ]
}

fn services(municipalities: usize) -> Vec<Service> {
    let service = |id: &str, producer, cost: &[(Party, f64)], kol: f64, rest: f64| Service {
        id: id.into(),
        label: Words::same(id),
        unit_label: Words::same(id),
        producer: Dated::always(producer),
        payer: Dated::always(if producer == Party::Gp {
            Party::Region
        } else {
            producer
        }),
        owner: Dated::always(if producer == Party::Gp {
            Party::Region
        } else {
            producer
        }),
        unit_cost: cost.iter().map(|(p, x)| (*p, Value::Number(*x))).collect(),
        variable: Value::Number(1.0),
        semi_fixed: Value::Number(0.0),
        release: None,
        dispersion: 1.0,
        unit_cost_cv: 0.0,
        trend: None,
        rates: vec![
            Rate {
                group: KOL,
                rate: Value::Number(kol),
                level_factor: vec![0.5, 1.0, 2.5],
            },
            Rate {
                group: REST,
                rate: Value::Number(rest),
                level_factor: vec![1.0, 1.5],
            },
        ],
        age_factor: vec![0.7, 1.5, 2.5],
        municipality_factor: (0..municipalities).map(|m| 1.0 + 0.1 * m as f64).collect(),
        specialised: false,
        origin: Origin::default(),
    };
    let (region, municipality, gp) = (Party::Region, Party::Municipality, Party::Gp);
    vec![
        service("admission", region, &[(region, 40_000.0)], 0.4, 0.08),
        service("visit", region, &[(region, 2_000.0)], 1.2, 0.5),
        service("consult", gp, &[(gp, 140.0)], 8.0, 4.0),
        service(
            "nurse_hour",
            municipality,
            &[(municipality, 500.0)],
            3.0,
            0.6,
        ),
        service(
            "monitoring",
            municipality,
            &[(municipality, 300.0)],
            0.0,
            0.0,
        ),
        service(
            "acute_team",
            region,
            &[(region, 1_100.0), (municipality, 1_000.0)],
            0.5,
            0.05,
        ),
    ]
}

fn agreement(coverage: Coverage) -> Agreement {
    Agreement {
        title: Words::default(),
        status: Status::Draft,
        question: Words::default(),
        comparator: Words::default(),
        period: (START, START + 3),
        horizon: 6,
        after_period: AfterPeriod::ContinuesWithSettlement,
        clinical: Clinical::default(),
        roles: Roles::default(),
        settlement: SettlementTerms::default(),
        coverages: vec![coverage],
        mechanisms: Vec::new(),
        backfills: Vec::new(),
        releases: Vec::new(),
        transfers: Vec::new(),
        indicators: Vec::new(),
        frames: Vec::new(),
        reports: Reports::default(),
        governance: Governance::default(),
        parts: Vec::new(),
        reallocations: Vec::new(),
        detections: Vec::new(),
        pilot: None,
        unit: None,
    }
}

fn balance() -> BalanceRule {
    BalanceRule {
        title: Words::default(),
        principle: Principle::NoLoser,
        no_profit_for: Vec::new(),
        confidence: 0.8,
        horizon_years: 4,
        region: Tolerance::PerInhabitant(10.0),
        municipality: Tolerance::PerInhabitant(10.0),
        chance: false,
        chance_max: 0.0,
        discount: vec![(35, 0.035), (70, 0.025), (u32::MAX, 0.015)],
        net_tax_factor: 1.0,
        kroner_per_qaly: None,
        key: Key::Population,
        signed_by: Vec::new(),
        origin: Origin::default(),
    }
}
