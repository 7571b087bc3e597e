//! Places, staff and what is reported, for a town.

use super::town::*;
use super::{Block, certain};
use fairbalance::model::*;
use fairbalance::plan::{Gauge, RowId};

impl Town {
    fn latest(&self) -> usize {
        self.model.agreement.mechanisms.len() - 1
    }

    fn all(&self) -> Vec<bool> {
        vec![true; self.model.world.municipalities.len()]
    }

    /// Places of a service, 365 days, from the start on; the first coverage is limited by them.
    pub fn places(
        mut self,
        service: ServiceId,
        party: Party,
        places: impl Into<Figure>,
        max_occupancy: f64,
        cost: f64,
    ) -> Town {
        let places = self.figure(&format!("places:{}", service.0), places);
        let kind = MechanismKind::Places(Places {
            service,
            party,
            places,
            days: 365.0,
            max_occupancy: Value::Number(max_occupancy),
            cost_per_place: Value::Number(cost),
            years: (START, 2100),
            key: Key::Population,
            recipients: self.all(),
        });
        self = self.mechanism(&format!("places:{}", service.0), kind);
        self.limited()
    }

    /// The first coverage is limited by the latest mechanism.
    pub fn limited(mut self) -> Town {
        let k = self.latest();
        self.model.agreement.coverages[0].limited_by.push(k);
        self
    }

    /// Hours of a profession; where the shortage caps, the first coverage is limited by them.
    pub fn workforce(
        mut self,
        party: Party,
        hours: &[(ServiceId, f64)],
        supply: impl Into<Figure>,
        shortage: Shortage,
    ) -> Town {
        let n = self.model.agreement.mechanisms.len();
        let supply = self.figure(&format!("supply:{n}"), supply);
        let caps = shortage == Shortage::Cap;
        let kind = MechanismKind::Workforce(Workforce {
            profession: Words::same("nurse"),
            party,
            hours: hours.iter().map(|(s, h)| (*s, Value::Number(*h))).collect(),
            supply,
            fte_hours: 1_400.0,
            shortage,
            recipients: self.all(),
        });
        self = self.mechanism(&format!("workforce:{n}"), kind);
        if caps { self.limited() } else { self }
    }

    /// Hours saved per covered person-year at 500 kr.
    pub fn saves_time(
        mut self,
        party: Party,
        hours: impl Into<Figure>,
        realised: impl Into<Figure>,
    ) -> Town {
        let n = self.model.agreement.mechanisms.len();
        let hours = self.figure(&format!("hours:{n}"), hours);
        let realised = self.figure(&format!("realised:{n}"), realised);
        let kind = MechanismKind::SavedTime(SavedTime {
            coverage: 0,
            party,
            hours,
            hourly_cost: Value::Number(500.0),
            realised,
        });
        self.mechanism(&format!("saved:{n}"), kind)
    }

    /// A clinic of the region and one of the municipality under one roof, the region hosting.
    pub fn joint(
        mut self,
        region: (impl Into<Figure>, f64),
        municipality: (impl Into<Figure>, f64),
        shared: impl Into<Figure>,
        split: Split,
    ) -> Town {
        let n = self.model.agreement.mechanisms.len();
        let host = self.figure(&format!("host:{n}"), region.0);
        let guest = self.figure(&format!("guest:{n}"), municipality.0);
        let shared = self.figure(&format!("shared:{n}"), shared);
        let kind = MechanismKind::Joint(Joint {
            host: Party::Region,
            guest: Party::Municipality,
            host_cost: (host, Some(Value::Number(region.1))),
            guest_cost: (guest, Some(Value::Number(municipality.1))),
            shared,
            split,
            years: (START, 2100),
            recipients: self.all(),
        });
        self.mechanism(&format!("joint:{n}"), kind)
    }

    /// Asks for the break-even volume of a shift against investments.
    pub fn break_even(mut self, shift: usize, fixed: &[usize]) -> Town {
        self.model.agreement.reports.break_evens.push(BreakEven {
            name: "local".into(),
            label: Words::same("local"),
            shift,
            also: Vec::new(),
            fixed: fixed.to_vec(),
        });
        self
    }

    /// A service that citizens or volunteers produce, with a price of their time.
    pub fn made_by(mut self, service: ServiceId, party: Party, cost: f64) -> Town {
        let stated = self.service_mut(service);
        stated.producer = Dated::always(party);
        stated.payer = Dated::always(party);
        stated.unit_cost = vec![(party, Value::Number(cost))];
        self
    }

    /// The world's quiet shift.
    pub fn drifts(
        mut self,
        service: ServiceId,
        yearly: impl Into<Figure>,
        since: i32,
        spill: &[(ServiceId, f64)],
    ) -> Town {
        let yearly = self.figure(&format!("drift:{}", service.0), yearly);
        self.model.world.drifts.push(Drift {
            name: format!("drift:{}", service.0),
            label: Words::default(),
            service,
            yearly,
            since,
            spill: spill.iter().map(|(s, x)| (*s, Value::Number(*x))).collect(),
            origin: Origin::default(),
        });
        self
    }
}

impl Block {
    /// A gauge's values; the first that matches.
    pub fn gauge(&self, gauge: Gauge, subject: usize, part: usize, year: usize) -> Vec<f64> {
        self.gauge_on(gauge, subject, part, None, year)
    }

    /// A gauge on an account (`None`: whichever stands first).
    pub fn gauge_on(
        &self,
        gauge: Gauge,
        subject: usize,
        part: usize,
        account: Option<Account>,
        year: usize,
    ) -> Vec<f64> {
        let at = self.program.gauges.iter().position(|key| {
            (key.gauge, key.subject, key.part) == (gauge, subject, part)
                && key.year.is_none_or(|t| t == year)
                && (account.is_none() || key.account == account)
        });
        self.lane(RowId::Gauge(at.expect("a gauge")))
    }

    /// The same where no draw differs.
    #[track_caller]
    pub fn certain_gauge(&self, gauge: Gauge, subject: usize, year: usize) -> f64 {
        certain(&self.gauge(gauge, subject, 0, year))
    }
}

/// Every mechanism of capacity, staff, citizens' time and quiet shift at once.
pub fn stretched() -> Town {
    let agency = Shortage::Agency {
        hourly_cost: Value::Number(400.0),
        premium: Value::Number(0.6),
    };
    Town::of(3)
        .in_region(2, "082")
        .growing(0.01)
        .drifts(ADMISSION, normal(-0.02, 0.005), 2025, &[(NURSE_HOUR, 3.0)])
        .made_by(MONITORING, Party::Citizen, 120.0)
        .uptake(beta_law(0.5, 0.05))
        .ramp(Ramp::Vacant(Box::new(Ramp::Linear(2.0)), 0.2, 1.0))
        .effect(ADMISSION, lognormal(0.85, 0.1))
        .shift(
            ADMISSION,
            beta_law(0.3, 0.03),
            &[(ACUTE_TEAM, 4.0), (ADMISSION, 0.1)],
        )
        .shift(CONSULT, 0.1, &[(MONITORING, 1.0), (NURSE_HOUR, 0.1)])
        .provide(NURSE_HOUR, uniform(1.0, 3.0))
        .places(ACUTE_TEAM, Party::Region, 2.0, 0.85, 4e5)
        .workforce(
            Party::Municipality,
            &[(NURSE_HOUR, 1.0)],
            gamma_law(3_000.0, 300.0),
            Shortage::Cap,
        )
        .workforce(Party::Region, &[(ACUTE_TEAM, 1.5)], 500.0, agency)
        .saves_time(Party::Municipality, uniform(0.5, 1.0), beta_law(0.3, 0.1))
        .joint(
            (gamma_law(3e6, 3e5), 1e6),
            (gamma_law(2e6, 2e5), 5e5),
            beta_law(0.3, 0.05),
            Split::Key(Value::Number(0.55)),
        )
        .invest(
            Party::Municipality,
            2e5,
            InvestBasis::Yearly(START, 2100),
            PhaseOfCost::Operation,
        )
        .break_even(2, &[9])
        .follow(ADMISSION)
}
