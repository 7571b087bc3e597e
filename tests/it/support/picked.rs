//! Coverages that pick: by past use, and by assigned level.

use super::town::*;
use fairbalance::model::*;

impl Town {
    /// The first coverage picks those with at least so many events of a service last year.
    pub fn picking(mut self, service: ServiceId, at_least: u32, shape: impl Into<Figure>) -> Town {
        let shape = self.figure("heterogeneity", shape);
        self.model.agreement.coverages[0].selection = Some(Selection {
            service,
            at_least,
            shape,
            follows: Vec::new(),
            persistence: None,
        });
        self
    }

    /// Adjusts the selection.
    pub fn selection(mut self, with: impl FnOnce(&mut Selection)) -> Town {
        let stated = self.model.agreement.coverages[0].selection.as_mut();
        with(stated.expect("a selection"));
        self
    }

    /// The chronic group's levels come from four factors, read with so much error.
    pub fn scored(mut self, misread: impl Into<Figure>) -> Town {
        let misread = self.figure("misread", misread);
        let points = [
            vec![0.5, 0.3, 0.2],
            vec![0.6, 0.3, 0.1],
            vec![0.7, 0.3],
            vec![0.4, 0.4, 0.2],
        ];
        let classification = Classification {
            id: "scored".into(),
            label: Words::same("scored"),
            group: KOL,
            reading: Reading::Factors {
                factors: 4,
                joint: joint_levels(&points, &[2, 4]),
                misread,
            },
            source: String::new(),
            origin: Origin::default(),
        };
        let levels = classification.levels().expect("factors give levels");
        self.model.world.groups[0].levels = levels;
        self.model.world.classifications.push(classification);
        self
    }

    /// The first classification finds the higher of two levels so well.
    pub fn screened(
        mut self,
        sensitivity: impl Into<Figure>,
        specificity: impl Into<Figure>,
    ) -> Town {
        let sensitivity = self.figure("sensitivity", sensitivity);
        let specificity = self.figure("specificity", specificity);
        self.model.world.groups[0].levels = vec![(1, 0.8), (2, 0.2)];
        for service in &mut self.model.world.services {
            for rate in service.rates.iter_mut().filter(|r| r.group == KOL) {
                rate.level_factor = vec![0.5, 3.0];
            }
        }
        self.model.world.classifications.push(Classification {
            id: "screened".into(),
            label: Words::same("screened"),
            group: KOL,
            reading: Reading::Screened {
                sensitivity,
                specificity,
            },
            source: String::new(),
            origin: Origin::default(),
        });
        self.wanting(0, &[2])
    }

    /// A coverage asks for these assigned levels of the chronic group.
    pub fn wanting(mut self, coverage: usize, levels: &[u8]) -> Town {
        let cells = self.model.world.groups[0].levels.clone();
        let coverage = &mut self.model.agreement.coverages[coverage];
        coverage.cells = cells.iter().map(|(level, _)| (KOL, *level)).collect();
        coverage.assigned = Some(Assigned {
            classification: 0,
            levels: levels.to_vec(),
        });
        self
    }

    /// One more coverage like the first; mechanisms are put on it by index.
    pub fn another_coverage(mut self) -> Town {
        let mut coverage = self.model.agreement.coverages[0].clone();
        coverage.id = format!("coverage {}", self.model.agreement.coverages.len());
        self.model.agreement.coverages.push(coverage);
        self
    }

    /// Follows a service per person at each level.
    pub fn follow_by_level(self, service: ServiceId) -> Town {
        let mut town = self.follow(service);
        let last = town.model.agreement.indicators.last_mut();
        let indicator = last.expect("an indicator");
        (indicator.by_level, indicator.groups) = (true, vec![KOL]);
        indicator.id = format!("by level:{}", service.0);
        town
    }

    /// Hours that move from one coverage to another.
    pub fn reallocating(mut self, service: ServiceId, from: usize, to: usize, units: f64) -> Town {
        self.model.agreement.reallocations.push(Reallocation {
            name: "moved".into(),
            label: Words::same("moved"),
            service,
            from,
            to,
            units: Value::Number(units),
            origin: Origin::default(),
        });
        self
    }
}

/// Everything at once, the covered picked by past use.
pub fn everything_picked() -> Town {
    everything()
        .picking(ADMISSION, 2, gamma_law(0.8, 0.1))
        .selection(|s| {
            s.follows = vec![VISIT];
            s.persistence = Some(Value::Number(0.8));
        })
}

/// Three offers by assigned level, each with effects either way, levels misread, hours moved.
pub fn routed(misread: impl Into<Figure>) -> Town {
    let mut town = Town::of(2)
        .scored(misread)
        .dispersed(ADMISSION, 1.5)
        .another_coverage()
        .another_coverage();
    for (coverage, levels) in [(0, [1]), (1, [2]), (2, [3])] {
        town = town.wanting(coverage, &levels);
    }
    for coverage in 0..3 {
        let ratio = lognormal([1.05, 0.95, 0.7][coverage], 0.1);
        town = town.effect_with(ADMISSION, ratio, |e| e.coverage = coverage);
    }
    town.shift(VISIT, 0.2, &[(CONSULT, 1.2)])
        .provide(MONITORING, 4.0)
        .follow_by_level(ADMISSION)
        .reallocating(NURSE_HOUR, 0, 2, 0.5)
}
