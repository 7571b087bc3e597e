//! 3: money that moves between parties is neither made nor lost.

use super::*;
use fairbalance::model::*;
use fairbalance::plan::{Form, RowId};

/// Catches: a payment without its receipt, or received by somebody else in another year.
///
/// The tolerance is rounding: some thousand additions of amounts as large as the gross payments
/// err by at most 1e-12 of them; a lost posting errs by the posting.
#[test]
fn transfers_sum_to_zero_in_every_draw_and_year() {
    for (name, model) in models() {
        transfers_cancel(&name, &Block::of(&model));
    }
}

/// Year by year, arm by arm and draw by draw.
#[track_caller]
pub(super) fn transfers_cancel(name: &str, block: &Block) {
    for arm in [Arm::Counterfactual, Arm::Agreement] {
        for year in &block.program.years {
            let paid: Vec<&Form> = block
                .program
                .entries
                .iter()
                .filter(|e| e.key.kind == Kind::Transfer)
                .filter(|e| e.key.arm == arm && e.key.year == *year)
                .map(|e| &e.kroner)
                .collect();
            let lanes: Vec<Vec<f64>> = paid.iter().map(|f| block.form(f)).collect();
            for lane in 0..fairbalance::random::BLOCK {
                let gross: f64 = lanes.iter().map(|l| l[lane].abs()).sum();
                let sum: f64 = lanes.iter().map(|l| l[lane]).sum();
                assert!(
                    sum.abs() <= 1e-12 * gross,
                    "{year}: {sum} of {gross} in {name}"
                );
            }
        }
    }
}

/// Catches: a transfer booked as a resource, a resource booked on somebody outside society.
///
/// Tolerance as above: rounding against gross amounts of the order of the accounts.
#[test]
fn the_parties_sum_to_society_in_every_draw_and_year() {
    for (name, model) in models() {
        parties_are_society(&name, &Block::of(&model));
    }
}

#[track_caller]
pub(super) fn parties_are_society(name: &str, block: &Block) {
    for t in 0..block.years() {
        let society = block.lane(RowId::Budget(SOCIETY, t));
        let parties: Vec<Vec<f64>> = [REGION, MUNICIPALITIES, GP, STATE]
            .map(|a| block.lane(RowId::Budget(a, t)))
            .into();
        for lane in 0..society.len() {
            let sum: f64 = parties.iter().map(|p| p[lane]).sum();
            let gross: f64 = parties.iter().map(|p| p[lane].abs()).sum();
            let off = (sum - society[lane]).abs();
            assert!(off <= 1e-9 * gross, "year {t}: off by {off} in {name}");
        }
    }
}

fn society(model: &Model) -> Vec<(RowId, Vec<f64>)> {
    let block = Block::of(model);
    let of_society = |id: &RowId| {
        matches!(
            id,
            RowId::Budget(Account::Society, _)
                | RowId::X(Account::Society, _)
                | RowId::PhaseIn(Account::Society, _)
                | RowId::AffectedBudget(Account::Society)
        )
    };
    let rows = block.program.rows.iter().filter(|r| of_society(&r.id));
    rows.map(|r| (r.id, block.form(&r.form))).collect()
}

/// Catches: a settlement rule that reaches society's figures by any way: a resource booked by
/// mistake, an activity that reacts to payment, a sum taken in another order.
#[test]
fn society_is_bit_identical_under_every_settlement_rule() {
    for (name, model) in models() {
        society_is_left_alone(&name, &model);
    }
}

/// With every rule, with none, and with each one taken out.
#[track_caller]
pub(super) fn society_is_left_alone(name: &str, model: &Model) {
    let with = society(model);
    let named = names_more_services(model);
    let same = |without: &Model, what: &str| {
        let without = society(without);
        assert_eq!(without.len(), with.len(), "rows without {what} in {name}");
        let moved = without.iter().zip(&with).filter(|(a, b)| a != b);
        let moved = moved.map(|(row, _)| row.0);
        // a level, not a result: which services a budget is affected on is said by payments too
        let may = |id: &RowId| named && matches!(id, RowId::AffectedBudget(_));
        let moved: Vec<RowId> = moved.filter(|id| !may(id)).collect();
        assert!(moved.is_empty(), "{moved:?} without {what} in {name}");
    };
    let mut bare = model.clone();
    bare.agreement.transfers.clear();
    bare.world.regimes.clear();
    same(&bare, "any payment");
    for i in 0..model.agreement.transfers.len() {
        let mut without = model.clone();
        let gone = without.agreement.transfers.remove(i);
        same(&without, &gone.name);
    }
    for r in 0..model.world.regimes.len() {
        let mut without = model.clone();
        without.world.regimes.remove(r);
        same(&without, &format!("regime {r}"));
    }
}

/// Whether an agreed payment counts a service that no mechanism of the agreement touches.
fn names_more_services(model: &Model) -> bool {
    let worked = |k: &MechanismKind| match k {
        MechanismKind::Effect(e) => vec![e.service],
        MechanismKind::Shift(s) => {
            let to = s.to.iter().map(|(to, _)| *to);
            [s.from].into_iter().chain(to).collect()
        }
        MechanismKind::Provide(p) => vec![p.service],
        MechanismKind::Operate(o) => vec![o.service],
        _ => Vec::new(),
    };
    let agreement = &model.agreement;
    let mechanisms = agreement.mechanisms.iter();
    let touched: Vec<ServiceId> = mechanisms.flat_map(|m| worked(&m.kind)).collect();
    agreement.transfers.iter().any(|t| match &t.rule {
        Rule::PerUnit {
            counted: Counted::Service(service),
            ..
        }
        | Rule::TariffShare { service, .. }
        | Rule::GpFee { service, .. } => !touched.contains(service),
        Rule::Course(course) => !touched.contains(&course.service),
        _ => false,
    })
}

/// Catches: a return that finds only the payments stated above it, or in its own regime.
#[test]
fn the_order_in_which_law_is_stated_does_not_matter() {
    let paid = |name: &str, kroner| {
        transfer(
            name,
            Party::Municipality,
            Party::State,
            per_unit(ADMISSION, kroner),
        )
    };
    let of = vec!["one".into(), "two".into()];
    let rule = Rule::ReturnByPopulation { of };
    let returned = transfer("return", Party::State, Party::Municipality, rule);
    let (one, two) = (paid("one", 500.0), paid("two", 300.0));
    let town = || Town::of(2).effect(ADMISSION, lognormal(0.8, 0.1));
    let first = town().regime(vec![one.clone(), two.clone(), returned.clone()]);
    let last = town().regime(vec![returned.clone(), two.clone(), one.clone()]);
    let apart = town().regime(vec![returned]).regime(vec![two, one]);
    let figures = |town: Town| {
        let block = Block::of(&town.build());
        let each = [0, 1].map(|m| block.lane(RowId::MunicipalityX(m)));
        let state = block.x(STATE);
        assert!(
            state.iter().all(|x| x.abs() < 1e-6),
            "the state keeps nothing"
        );
        each.concat()
            .into_iter()
            .map(f64::round)
            .collect::<Vec<_>>()
    };
    let stated = figures(first);
    assert_eq!(figures(last), stated);
    assert_eq!(figures(apart), stated);
}

/// Catches: a transfer kind whose amount falls on the wrong side or is lost.
///
/// One service of 50,000 · 0.05 … persons' volume; each rule by itself must move money and
/// leave society where it was.
#[test]
fn every_kind_of_transfer_moves_money_and_leaves_society_alone() {
    let number = Value::Number;
    let kinds: Vec<(&str, Rule)> = vec![
        ("per unit of a service", per_unit(ADMISSION, 1_000.0)),
        ("per unit of a mechanism", per_unit_of_mechanism(0, 1_000.0)),
        (
            "tiers",
            Rule::PerUnit {
                counted: Counted::Service(ADMISSION),
                price: UnitPrice::Tiered {
                    tiers: vec![
                        Tier {
                            up_to: Some(2),
                            amount: number(100.0),
                        },
                        Tier {
                            up_to: None,
                            amount: number(50.0),
                        },
                    ],
                    course_length: vec![0.5, 0.0, 0.0, 0.5],
                    cap: Some(number(250.0)),
                },
            },
        ),
        (
            "per covered person",
            Rule::PerCoveredPersonYear {
                coverage: 0,
                amount: number(500.0),
            },
        ),
        (
            "actual cost",
            Rule::ActualCost {
                mechanism: 1,
                overhead: Some(number(0.1)),
            },
        ),
        (
            "share of a tariff",
            Rule::TariffShare {
                service: ADMISSION,
                tariff: number(35_000.0),
                share: number(0.2),
                cap: None,
            },
        ),
        (
            "fee",
            Rule::GpFee {
                service: ADMISSION,
                amount: number(160.0),
            },
        ),
        (
            "lump sum",
            Rule::LumpSum {
                amount_per_year: number(1e6),
                key: Key::Equal,
            },
        ),
    ];
    let town = Town::of(2)
        .rate(ADMISSION, KOL, gamma_law(0.4, 0.03))
        .effect(ADMISSION, lognormal(0.8, 0.1))
        .provide(MONITORING, 12.0);
    let bare = Block::of(&town.clone().build());
    for (name, rule) in kinds {
        let paying = town
            .clone()
            .pays(name, Party::Region, Party::Municipality, rule);
        let block = Block::of(&paying.build());
        assert_eq!(block.x(SOCIETY), bare.x(SOCIETY), "{name}");
        let moved = |a: Account| -> Vec<f64> {
            let (with, without) = (block.x(a), bare.x(a));
            with.iter().zip(&without).map(|(a, b)| a - b).collect()
        };
        for (region, municipalities) in moved(REGION).iter().zip(moved(MUNICIPALITIES)) {
            assert!(*region != 0.0, "{name} moves money");
            // differences of present values of some 1e8 kr.: rounding of 1e-16 of those
            let off = (region + municipalities).abs();
            assert!(off < 1e-6, "{name}: {region} and {municipalities}");
        }
    }
}
