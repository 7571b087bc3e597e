//! How capacity follows volume, and when its cost ends.

use super::{Origin, Value};

/// Whose capacity stands together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// One capacity for the producing party (a region's hospitals).
    Party,
    /// One capacity for each municipality of residence.
    Municipality,
}

/// How full the last step is at the start, as a share in (0, 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Phase {
    /// Unknown: uniform, shared by the arms. The draw's address is `phase:<service>`, one draw
    /// for all sites of a party, or `phase:<service>:<code>` for each municipality's site.
    Uncertain,
    /// Known.
    Known(Value),
}

/// The capacity rule of one service: need = ⌈V/step + phase⌉ steps; capacity rises to need at
/// once and falls to the highest need of the last `lasting_years`; its cost ends `lag_years`
/// later, at `closing` of what is left a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Release {
    /// Units of the service a year in one step.
    pub step: f64,
    /// Years a fall must last before capacity is closed (at least 1).
    pub lasting_years: u32,
    /// Years from closing to the end of the cost.
    pub lag_years: u32,
    /// Share of the remaining surplus whose cost ends each year, in (0, 1].
    pub closing: f64,
    /// How full the last step is.
    pub phase: Phase,
    /// Whose capacity stands together.
    pub site: Site,
    /// Source of the rule.
    pub source: String,
    /// Where it stands.
    pub origin: Origin,
}

impl Release {
    /// First year (index) whose need still counts in year `t`: a fall must last, and its cost
    /// ends later.
    pub fn earliest(&self, t: usize) -> usize {
        t.saturating_sub((self.lasting_years.max(1) - 1 + self.lag_years) as usize)
    }
}

/// Name of the parameter that holds the phase of a site.
pub fn phase_name(service: &str, municipality: Option<&str>) -> String {
    match municipality {
        Some(code) => format!("phase:{service}:{code}"),
        None => format!("phase:{service}"),
    }
}

impl super::Model {
    /// Adds a parameter for every uncertain phase, so that it is drawn, weighed and shown like
    /// any other assumption. `uniform` is the law on (0, 1).
    pub fn add_phases(&mut self, uniform: &crate::random::Law) {
        let mut added = Vec::new();
        for (s, service) in self.world.services.iter().enumerate() {
            let Some(release) = self.release_of(super::ServiceId(s as u16)) else {
                continue;
            };
            if release.phase != Phase::Uncertain {
                continue;
            }
            let codes: Vec<Option<&str>> = match release.site {
                Site::Party => vec![None],
                Site::Municipality => self
                    .world
                    .municipalities
                    .iter()
                    .map(|m| Some(m.code.as_str()))
                    .collect(),
            };
            for code in codes {
                added.push(phase_parameter(service, release, code, uniform.clone()));
            }
        }
        self.parameters.extend(added);
    }

    /// The capacity rule in force for a service: the agreement's plan, else the world's.
    pub fn release_of(&self, service: super::ServiceId) -> Option<&Release> {
        let planned = self.agreement.releases.iter().find(|(s, _)| *s == service);
        planned
            .map(|(_, r)| r)
            .or(self.world.services[service.0 as usize].release.as_ref())
    }
}

fn phase_parameter(
    service: &super::Service,
    release: &Release,
    code: Option<&str>,
    law: crate::random::Law,
) -> super::Parameter {
    let place = code.map(|c| format!(" ({c})")).unwrap_or_default();
    super::Parameter {
        name: phase_name(&service.id, code),
        label: super::Words {
            da: format!(
                "Hvor fuld den sidste kapacitetsenhed er: {}{place}",
                service.label.da
            ),
            en: format!(
                "How full the last unit of capacity is: {}{place}",
                service.label.en
            ),
        },
        quantity: super::Quantity::Law(law),
        unit: "share".into(),
        price: None,
        source: "assumption: unknown, so every value between empty and full is equally likely"
            .into(),
        grade: super::Grade::C,
        owner: None,
        approved_by: Vec::new(),
        note: String::new(),
        origin: release.origin.clone(),
    }
}
