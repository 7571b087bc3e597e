//! A hand-made run: small enough to read, with something in every table.

use fairbalance::analysis::*;
use fairbalance::engine::RunSettings;
use fairbalance::model::*;
use fairbalance::random::Law;
use fairbalance::report::Run;
use fairbalance::verdict::*;
use std::sync::OnceLock;

/// Model, settings and assessment of a finished run.
pub struct Finished {
    pub model: Model,
    pub settings: RunSettings,
    pub assessment: Assessment,
}

impl Finished {
    pub fn run(&self) -> Run<'_> {
        Run {
            id: "0123456789abcdef",
            balance_hash: "fedcba9876543210",
            input_hash: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            model: &self.model,
            settings: &self.settings,
            assessment: &self.assessment,
        }
    }
}

/// An agreement that is in balance if the region compensates the municipalities.
pub fn compensated() -> Finished {
    Finished {
        model: model(),
        settings: RunSettings::default(),
        assessment: Assessment {
            findings: findings(),
            verdict: verdict(),
            staying_out: Vec::new(),
            deciding: None,
            grounds: OnceLock::new(),
            without_sub_agreement: Some(Alternative {
                outcome: Outcome::Unbalanced,
                present_value: horizon(4),
            }),
        },
    }
}

/// The same agreement with two blanks.
pub fn not_clarified() -> Finished {
    let mut finished = compensated();
    finished.assessment = Assessment {
        findings: Findings::default(),
        verdict: Verdict {
            outcome: Outcome::NotClarified,
            blanks: blanks(),
            society: Probability::default(),
            jointly: Probability::default(),
            parties: Vec::new(),
            municipalities: Vec::new(),
            compensation: Compensation::default(),
            burden_outside: Vec::new(),
            burdened_municipalities: Vec::new(),
            robustness: Vec::new(),
            presupposes_sub_agreement: false,
            horizons: Vec::new(),
        },
        without_sub_agreement: None,
        staying_out: Vec::new(),
        deciding: None,
        grounds: OnceLock::new(),
    };
    finished
}

fn blanks() -> Vec<Blank> {
    [
        (
            "unit_cost",
            "Enhedsomkostning for monitoreringsmåned hos kommunen",
            41,
        ),
        (
            "legal_basis",
            "Hjemmel for betalingen fra region til kommune",
            0,
        ),
    ]
    .map(|(item, words, line)| Blank {
        item: item.into(),
        words: Words::same(words),
        origin: Origin {
            file: "kol/agreement.toml".into(),
            line,
            column: 1,
        },
    })
    .into()
}

pub const REGION: Account = Account::Party(Party::Region);
pub const MUNICIPALITY: Account = Account::Party(Party::Municipality);
pub const GP: Account = Account::Party(Party::Gp);
pub const STATE: Account = Account::Party(Party::State);

fn summary(mean: f64, half: f64, mcse: f64) -> Summary {
    Summary {
        mean,
        mcse,
        p10: mean - half,
        p90: mean + half,
    }
}

fn model() -> Model {
    Model {
        scenario: "kol".into(),
        world: world(),
        agreement: agreement(),
        balance: BalanceRule {
            title: Words::same("Fair balance"),
            principle: Principle::NoLoser,
            no_profit_for: Vec::new(),
            confidence: 0.8,
            horizon_years: 4,
            region: Tolerance::PerInhabitant(2.0),
            municipality: Tolerance::PerInhabitant(2.0),
            chance: false,
            chance_max: 0.0,
            net_tax_factor: 1.28,
            kroner_per_qaly: None,
            discount: vec![(u32::MAX, 0.035)],
            key: Key::Population,
            signed_by: Vec::new(),
            origin: origin("balanceprincip.toml", 1),
        },
        parameters: parameters(),
        correlations: Vec::new(),
        blanks: Vec::new(),
    }
}

fn origin(file: &str, line: u32) -> Origin {
    Origin {
        file: file.into(),
        line,
        column: 1,
    }
}

fn parameters() -> Vec<Parameter> {
    let parameter = |name: &str, label: &str, grade, owner, approved: &[&str]| Parameter {
        name: name.into(),
        label: Words::same(label),
        quantity: Quantity::Law(Law::fixed(0.9).expect("a number")),
        unit: "ratio".into(),
        price: None,
        source: "https://example.org".into(),
        grade,
        owner,
        approved_by: approved.iter().map(|s| s.to_string()).collect(),
        note: String::new(),
        origin: origin("kol/agreement.toml", 30),
    };
    vec![
        parameter(
            "optag",
            "Andel, der deltager",
            Grade::C,
            Some(Party::Municipality),
            &[],
        ),
        parameter(
            "rr",
            "Relativ hyppighed af akutte indlæggelser",
            Grade::B,
            Some(Party::Region),
            &["region"],
        ),
        parameter(
            "tid",
            "Sygeplejetimer pr. borger om året",
            Grade::C,
            Some(Party::Municipality),
            &["municipality"],
        ),
        parameter("pris", "Pris pr. indlæggelse", Grade::A, None, &[]),
    ]
}

fn world() -> World {
    let municipality = |code: &str, name: &str, cluster: &str| Municipality {
        code: code.into(),
        name: name.into(),
        region_code: "082".into(),
        region: "Region Midtjylland".into(),
        cluster: Some(cluster.into()),
    };
    World {
        id: "midtjylland".into(),
        title: Words::same("Region Midtjylland"),
        price_level: 2025,
        municipalities: vec![
            municipality("615", "Horsens", "Horsensklyngen"),
            municipality("741", "Samsø", "Aarhusklyngen"),
            municipality("751", "Aarhus", "Aarhusklyngen"),
        ],
        population: Population {
            age_bands: vec!["0+".into()],
            first_year: 2026,
            persons: vec![
                vec![vec![95_000.0; 10]],
                vec![vec![3_600.0; 10]],
                vec![vec![370_000.0; 10]],
            ],
            source: "Danmarks Statistik".into(),
        },
        groups: vec![Group {
            id: "kol".into(),
            label: Words::same("KOL"),
            share: GroupShare::Rest,
            levels: vec![(1, 1.0)],
            dynamics: None,
            utility: Vec::new(),
            source: String::new(),
            origin: Origin::default(),
        }],
        services: vec![
            service("akut_indlaeggelse", "indlæggelse"),
            service("monitoreringsmaaned", "monitoreringsmåned"),
        ],
        regimes: Vec::new(),
        drifts: Vec::new(),
        classifications: Vec::new(),
        courses: Vec::new(),
    }
}

fn service(id: &str, unit: &str) -> Service {
    Service {
        id: id.into(),
        label: Words::same(id),
        unit_label: Words::same(unit),
        producer: Dated::always(Party::Region),
        payer: Dated::always(Party::Region),
        owner: Dated::always(Party::Region),
        unit_cost: Vec::new(),
        variable: Value::Number(1.0),
        semi_fixed: Value::Number(0.0),
        release: None,
        dispersion: 1.0,
        unit_cost_cv: 0.0,
        trend: None,
        rates: Vec::new(),
        age_factor: vec![1.0],
        municipality_factor: vec![1.0; 3],
        specialised: false,
        origin: Origin::default(),
    }
}

fn agreement() -> Agreement {
    Agreement {
        title: Words {
            da: "Hjemmemonitorering af borgere med svær KOL".into(),
            en: "Home monitoring of citizens with severe COPD".into(),
        },
        status: Status::Draft,
        question: Words {
            da: "Skal kommunerne overtage monitoreringen af borgere med svær KOL?".into(),
            en: "Should the municipalities take over monitoring of citizens with severe COPD?"
                .into(),
        },
        comparator: Words {
            da: "Uændret praksis".into(),
            en: "Unchanged practice".into(),
        },
        period: (2026, 2029),
        horizon: 10,
        after_period: AfterPeriod::ContinuesWithSettlement,
        clinical: Clinical::default(),
        roles: Roles::default(),
        settlement: SettlementTerms::default(),
        coverages: vec![Coverage {
            id: "kol".into(),
            label: Words::same("KOL"),
            cells: vec![(GroupId(0), 1)],
            uptake: Value::Number(0.5),
            eligible: None,
            ramp: Ramp::Step,
            start: vec![Some(Month::january(2026)), None, Some(Month::january(2026))],
            max_persons: None,
            limited_by: Vec::new(),
            sub_agreement: None,
            selection: None,
            assigned: None,
            origin: origin("kol/agreement.toml", 20),
        }],
        mechanisms: vec![Mechanism {
            name: "faerre_indlaeggelser".into(),
            label: Words::same("Færre indlæggelser"),
            kind: MechanismKind::Provide(Provide {
                coverage: 0,
                service: ServiceId(1),
                quantity: Quota::PerPersonYear(Value::Number(12.0)),
            }),
            origin: Origin::default(),
        }],
        backfills: Vec::new(),
        releases: Vec::new(),
        transfers: Vec::new(),
        reallocations: Vec::new(),
        detections: Vec::new(),
        pilot: None,
        unit: None,
        indicators: vec![
            indicator("akutte", "Akutte indlæggelser", IndicatorTag::Modelled),
            indicator("livskvalitet", "Livskvalitet", IndicatorTag::NotModelled),
        ],
        frames: Vec::new(),
        reports: Reports::default(),
        governance: Governance::default(),
        parts: Vec::new(),
    }
}

fn indicator(id: &str, label: &str, tag: IndicatorTag) -> Indicator {
    Indicator {
        id: id.into(),
        label: Words::same(label),
        services: vec![ServiceId(0)],
        groups: Vec::new(),
        levels: Vec::new(),
        goal: "Færre akutte indlæggelser".into(),
        by_level: false,
        per: None,
        tag,
        follow: Follow::default(),
        origin: Origin::default(),
    }
}

fn findings() -> Findings {
    let years: Vec<i32> = (2026..2036).collect();
    Findings {
        health: Health::default(),
        payback: Default::default(),
        study: Default::default(),
        replicates: 20_480,
        chance_replicates: (4_096, 2),
        settled: true,
        verdict_years: 4,
        discount: years
            .iter()
            .map(|y| 0.966 - 0.03 * f64::from(y - 2026))
            .collect(),
        budget: years.iter().flat_map(|year| budget(*year)).collect(),
        present_value: [4, 10].into_iter().flat_map(horizon).collect(),
        municipalities: municipality_rows(),
        indicators: years.iter().map(|year| indicator_row(*year)).collect(),
        waterfall: vec![WaterfallRow {
            account: REGION,
            tag: Tag::Mechanism(0),
            mean: -14.2e6,
            mcse: 9e3,
        }],
        memo: vec![MemoRow {
            party: Party::Region,
            year: 2026,
            class: CashClass::FreedCapacity,
            value: summary(2.34e6, 1e6, 4e3),
        }],
        gp: years
            .iter()
            .map(|year| GpRow {
                year: *year,
                income: summary(410e3, 90e3, 800.0),
                resource: summary(395e3, 80e3, 700.0),
                units: summary(2_400.0, 300.0, 3.0),
            })
            .collect(),
        importance: vec![
            importance(REGION, 1, 0.62, 1),
            importance(REGION, 0, 0.21, 1),
            importance(REGION, 3, 0.01, 0),
            importance(MUNICIPALITY, 2, 0.71, -1),
            importance(Account::Society, 1, 0.55, -1),
        ],
        liquidity: [REGION, MUNICIPALITY, Account::Society]
            .map(|account| LiquidityRow {
                account,
                worst_year: 2027,
                worst: summary(4.1e6, 1.2e6, 6e3),
                deepest: summary(11.9e6, 3.3e6, 2e4),
            })
            .into(),
        variance: vec![VarianceRow {
            account: MUNICIPALITY,
            parameter: 9e12,
            chance: 1e12,
            chance_band: 1.3e6,
        }],
        ledger: ledger(),
        resources: Resources::default(),
        accountability: Default::default(),
        years,
        ..Findings::default()
    }
}

fn budget(year: i32) -> Vec<YearRow> {
    let k = f64::from(year - 2026);
    let row = |account, mean: f64, phase_in| YearRow {
        account,
        year,
        value: summary(mean, 0.3 * mean.abs(), 0.001 * mean.abs()),
        phase_in,
    };
    let phase_in = if year == 2026 { 1.1e6 } else { 0.0 };
    vec![
        row(REGION, -2.1e6 - 1.9e6 * k, 0.0),
        row(MUNICIPALITY, 3.3e6 + 0.7e6 * k, phase_in),
        row(GP, -15e3, 0.0),
        row(STATE, 0.0, 0.0),
        row(Account::Party(Party::Citizen), 0.0, 0.0),
        row(Account::Society, 1.2e6 - 1.2e6 * k, phase_in),
    ]
}

fn horizon(years: u32) -> Vec<HorizonRow> {
    let t = f64::from(years);
    let row = |account, mean: f64| HorizonRow {
        account,
        years,
        value: summary(mean * t, 0.4 * mean.abs() * t, 2e3 * t),
        welfare_mean: 1.3 * mean * t,
    };
    vec![
        row(REGION, 4.9e6),
        row(MUNICIPALITY, -4.2e6),
        row(GP, 15e3),
        row(STATE, 0.0),
        row(Account::Society, 0.7e6),
    ]
}

fn municipality_rows() -> Vec<MunicipalityRow> {
    [
        (0_u16, 95_000.0, -38.5),
        (1, 3_600.0, -12.0),
        (2, 370_000.0, -35.2),
    ]
    .map(|(id, inhabitants, each): (u16, f64, f64)| MunicipalityRow {
        municipality: MunicipalityId(id),
        x: summary(
            each * inhabitants,
            0.3 * (each * inhabitants).abs(),
            30.0 * inhabitants / 1e3,
        ),
        per_inhabitant: each,
        inhabitants,
        chance_band: 8e4,
        y: None,
        start: (id != 1).then_some((2026, 7)),
    })
    .into()
}

fn indicator_row(year: i32) -> IndicatorRow {
    let fewer = 130.0 + 60.0 * f64::from(year - 2026);
    IndicatorRow {
        indicator: 0,
        year,
        counterfactual: summary(14_210.0, 400.0, 6.0),
        agreement: summary(14_210.0 - fewer, 450.0, 7.0),
        difference: summary(-fewer, 0.6 * fewer, 1.2),
    }
}

fn importance(account: Account, parameter: u32, share: f64, direction: i8) -> ImportanceRow {
    ImportanceRow {
        account,
        parameter: ParameterId(parameter),
        share,
        mcse: 0.012,
        direction,
    }
}

fn ledger() -> Vec<LedgerLine> {
    let key = EntryKey {
        arm: Arm::Agreement,
        year: 2026,
        municipality: MunicipalityId(0),
        cell: Some((GroupId(0), 1)),
        service: Some(ServiceId(0)),
        producer: Party::Region,
        payer: Party::Region,
        owner: Party::Region,
        tag: Tag::Mechanism(0),
        kind: Kind::Resource,
        cash: CashClass::Cash,
        phase: PhaseOfCost::Operation,
        party: Party::Region,
    };
    let line = |key, units, mean| LedgerLine {
        key,
        units,
        mean,
        mcse: 12.25,
    };
    let without_cell = EntryKey {
        cell: None,
        service: None,
        tag: Tag::Release,
        ..key
    };
    vec![
        line(key, Some(-31.5), -412_000.5),
        line(without_cell, None, -0.0),
    ]
}

fn probability(p: f64) -> Probability {
    Probability {
        p,
        mcse: 0.003,
        low: (p - 0.02).max(0.0),
        high: (p + 0.02).min(1.0),
    }
}

fn verdict() -> Verdict {
    let party = |account, p, mean: f64, standing| PartyVerdict {
        account,
        p_holds: probability(p),
        x: summary(mean, 0.4 * mean.abs(), 8e3),
        tau: 3.5e6,
        chance_band: 1.2e6,
        standing,
    };
    let municipality = |id, standing, standing_after| MunicipalityVerdict {
        municipality: MunicipalityId(id),
        p_holds: probability(0.1),
        tau: 2e5,
        standing,
        compensation: 1e6,
        standing_after,
    };
    let sum = |value: f64| Sum {
        value,
        interval: (value - 9e4, value + 9e4),
        per_year: value / 3.8,
        per_unit: Some(value / 41_000.0),
    };
    Verdict {
        outcome: Outcome::BalancedIfCompensated,
        blanks: Vec::new(),
        society: probability(0.78),
        jointly: probability(0.93),
        parties: vec![
            party(REGION, 0.97, 19.6e6, Standing::Holds),
            party(MUNICIPALITY, 0.04, -16.8e6, Standing::Burdened),
            party(GP, 0.5, 60e3, Standing::Shown),
            party(STATE, 1.0, 0.0, Standing::Shown),
        ],
        municipalities: vec![
            municipality(0, Standing::Burdened, Standing::Holds),
            municipality(1, Standing::TooSmall, Standing::TooSmall),
            municipality(2, Standing::Burdened, Standing::Undecided),
        ],
        compensation: Compensation {
            zone: Some((14.9e6, 17.2e6)),
            ends: ((14.9e6, (14.81e6, 14.99e6)), (17.2e6, (17.1e6, 17.3e6))),
            t_star: Some(sum(14.9e6)),
            t_full: Some(sum(18.1e6)),
            t_mean: Some(sum(16.8e6)),
            unit: Some("monitoreringsmaaned".into()),
        },
        burden_outside: vec![Party::Gp],
        burdened_municipalities: vec![MunicipalityId(0), MunicipalityId(2)],
        robustness: vec![
            RobustnessRow {
                definition: "expected",
                holds: Some(false),
                figure: Some(-16.8e6),
            },
            RobustnessRow {
                definition: "shapley",
                holds: None,
                figure: None,
            },
        ],
        presupposes_sub_agreement: true,
        horizons: Vec::new(),
    }
}
