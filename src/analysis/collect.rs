//! Collects the findings of a run from the E and the C layer.

use super::chance::{CHANCE_BLOCKS, ChanceFindings, INNER, summarise};
use super::health::health;
use super::*;
use crate::engine::Expectation;
use crate::model::{Account, Model, MunicipalityId, Party};
use crate::plan::{Program, RowId, horizons_of, incentives};
use crate::random::BLOCK;

/// Shares below this are noise to a reader.
const SMALLEST_SHARE: f64 = 0.005;
/// Assumptions listed for each account.
const LISTED: usize = 12;

/// The accounts whose X is weighed for importance.
pub const WATCHED: [Account; 3] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
    Account::Society,
];

/// Turns results into all findings.
pub fn collect(
    model: &Model,
    program: &Program,
    expectation: &Expectation,
    chance: &ChanceFindings,
) -> Findings {
    let collector = Collector::of(model, program, expectation, chance);
    Findings {
        ledger: collector.ledger(),
        resources: super::resources::resources(model, program, expectation),
        health: health(model, program, &|id| collector.summary(id)),
        settlement: settlement(model, program, expectation),
        incentives: incentives(model),
        frames: collector.frames(),
        holders: holders(model),
        study: super::study::study(model, program, &|row| collector.summary(RowId::Study(row))),
        ..collect_accounts(model, program, expectation, chance)
    }
}

/// Turns results into what a verdict is read from: accounts, their years and sources,
/// municipalities, indicators, chance. What else there is stays empty.
pub fn collect_accounts(
    model: &Model,
    program: &Program,
    expectation: &Expectation,
    chance: &ChanceFindings,
) -> Findings {
    let collector = Collector::of(model, program, expectation, chance);
    Findings {
        replicates: expectation.replicates,
        chance_replicates: (CHANCE_BLOCKS * BLOCK, INNER),
        settled: expectation.settled,
        years: program.years.clone(),
        verdict_years: program.verdict_years as u32,
        discount: program.discount.clone(),
        budget: collector.budget(),
        present_value: collector.present_value(),
        municipalities: collector.municipalities(),
        indicators: collector.indicators(),
        waterfall: collector.waterfall(),
        memo: collector.memo(),
        gp: collector.general_practice(),
        importance: collector.importance(),
        liquidity: collector.liquidity(),
        variance: collector.variance(),
        ..Findings::default()
    }
}

struct Collector<'a> {
    model: &'a Model,
    program: &'a Program,
    expectation: &'a Expectation,
    chance: &'a ChanceFindings,
}

impl<'a> Collector<'a> {
    fn of(
        model: &'a Model,
        program: &'a Program,
        expectation: &'a Expectation,
        chance: &'a ChanceFindings,
    ) -> Collector<'a> {
        Collector {
            model,
            program,
            expectation,
            chance,
        }
    }

    /// Summary of a per-replicate row.
    fn summary(&self, id: RowId) -> Summary {
        Summary::of_row(self.program, self.expectation, id)
    }

    fn mean(&self, id: RowId) -> f64 {
        let row = self.program.row(id).map(|r| &self.program.rows[r].form);
        row.map_or(0.0, |form| self.expectation.estimate(form).mean)
    }

    fn budget(&self) -> Vec<YearRow> {
        let row = |account: Account, t: usize| YearRow {
            account,
            year: self.program.years[t],
            value: self.summary(RowId::Budget(account, t)),
            phase_in: self.mean(RowId::PhaseIn(account, t)),
        };
        let years = 0..self.program.years.len();
        Account::ALL
            .into_iter()
            .flat_map(|a| years.clone().map(move |t| row(a, t)))
            .collect()
    }

    fn present_value(&self) -> Vec<HorizonRow> {
        let horizons = horizons_of(self.program.years.len(), self.program.verdict_years);
        let factor = self.model.balance.net_tax_factor;
        let mut rows = Vec::new();
        for account in Account::ALL {
            for &horizon in &horizons {
                let value = self.summary(RowId::X(account, horizon));
                let welfare_mean = value.mean * factor;
                rows.push(HorizonRow {
                    account,
                    years: horizon as u32,
                    value,
                    welfare_mean,
                });
            }
        }
        rows
    }

    fn municipalities(&self) -> Vec<MunicipalityRow> {
        (0..self.program.municipalities)
            .map(|m| self.municipality(m))
            .collect()
    }

    fn municipality(&self, m: usize) -> MunicipalityRow {
        let x = self.summary(RowId::MunicipalityX(m));
        let inhabitants = self.model.world.population.total(m, self.program.years[0]);
        let confidence = self.model.balance.confidence;
        let y = self.program.row(RowId::MunicipalityY(m));
        MunicipalityRow {
            municipality: MunicipalityId(m as u16),
            x,
            per_inhabitant: x.mean / inhabitants,
            inhabitants,
            chance_band: ChanceFindings::band(&self.chance.municipality_x_at_means[m], confidence),
            y: y.map(|_| self.summary(RowId::MunicipalityY(m))),
            start: self.model.agreement.start_of(m),
        }
    }

    fn indicators(&self) -> Vec<IndicatorRow> {
        let mut rows = Vec::new();
        for indicator in 0..self.model.agreement.indicators.len() {
            for (t, year) in self.program.years.iter().enumerate() {
                if self.program.row(RowId::Indicator(indicator, t)).is_some() {
                    rows.push(IndicatorRow {
                        indicator,
                        year: *year,
                        counterfactual: self.summary(RowId::Indicator(indicator, t)),
                        agreement: self.summary(RowId::IndicatorAgreement(indicator, t)),
                        difference: self.summary(RowId::IndicatorDifference(indicator, t)),
                    });
                }
            }
        }
        rows
    }

    fn waterfall(&self) -> Vec<WaterfallRow> {
        let row = |row: &crate::plan::Row| {
            let RowId::Waterfall(account, tag) = row.id else {
                return None;
            };
            let estimate = self.expectation.estimate(&row.form);
            let mean = estimate.mean + 0.0;
            (!row.form.terms.is_empty()).then_some(WaterfallRow {
                account,
                tag,
                mean,
                mcse: estimate.mcse,
            })
        };
        self.program.rows.iter().filter_map(row).collect()
    }

    fn memo(&self) -> Vec<MemoRow> {
        let memos = self.program.memos.iter().enumerate();
        let row = |(i, (party, t, class)): (usize, &(Party, usize, _))| MemoRow {
            party: *party,
            year: self.program.years[*t],
            class: *class,
            value: self.summary(RowId::Memo(i)),
        };
        memos.map(row).collect()
    }

    fn general_practice(&self) -> Vec<GpRow> {
        let row = |(t, year): (usize, &i32)| GpRow {
            year: *year,
            income: self.summary(RowId::GpIncome(t)),
            resource: self.summary(RowId::GpResource(t)),
            units: self.summary(RowId::GpUnits(t)),
        };
        self.program.years.iter().enumerate().map(row).collect()
    }

    fn importance(&self) -> Vec<ImportanceRow> {
        let mut rows = Vec::new();
        for (o, account) in WATCHED.into_iter().enumerate() {
            let mut own: Vec<ImportanceRow> = (0..self.program.draws.len())
                .filter(|p| self.program.draws[*p].read)
                .map(|p| {
                    let (share, direction) = self.expectation.importance.share(p, o);
                    let parameter = self.program.draws[p].parameter;
                    ImportanceRow {
                        account,
                        parameter,
                        share: share.mean,
                        mcse: share.mcse,
                        direction,
                    }
                })
                .filter(|row| row.share >= SMALLEST_SHARE && row.share > 2.0 * row.mcse)
                .collect();
            own.sort_by(|a, b| {
                b.share
                    .total_cmp(&a.share)
                    .then(a.parameter.cmp(&b.parameter))
            });
            own.truncate(LISTED);
            rows.extend(own);
        }
        rows
    }

    fn liquidity(&self) -> Vec<LiquidityRow> {
        let worst_year = |account: Account| {
            let mean = |t: &usize| self.summary(RowId::Budget(account, *t)).mean;
            let years = 0..self.program.years.len();
            let worst = years.max_by(|a, b| mean(a).total_cmp(&mean(b)).then(b.cmp(a)));
            self.program.years[worst.unwrap_or(0)]
        };
        let row = |account: Account| LiquidityRow {
            account,
            worst_year: worst_year(account),
            worst: summarise(&self.chance.worst[account.index()]),
            deepest: summarise(&self.chance.deepest[account.index()]),
        };
        Account::ALL.into_iter().map(row).collect()
    }

    fn variance(&self) -> Vec<VarianceRow> {
        let confidence = self.model.balance.confidence;
        let row = |account: Account| {
            let (parameter, chance) = self.chance.variance(account);
            let values = &self.chance.x_at_means[account.index()];
            let chance_band = ChanceFindings::band(values, confidence);
            VarianceRow {
                account,
                parameter,
                chance,
                chance_band,
            }
        };
        Account::ALL.into_iter().map(row).collect()
    }

    fn frames(&self) -> Vec<FrameRow> {
        let found = self.program.frames.iter().zip(&self.chance.frames);
        let row = |((party, t, form), lanes): (&(Party, usize, _), &super::chance::FrameLanes)| {
            let exceeded = summarise(&lanes.exceeded);
            FrameRow {
                party: *party,
                year: self.program.years[*t],
                frame: self.expectation.estimate(form).mean,
                exceeded: exceeded.mean,
                mcse: exceeded.mcse,
                overrun: summarise(&lanes.overrun).mean,
            }
        };
        found.map(row).collect()
    }

    fn ledger(&self) -> Vec<LedgerLine> {
        let line = |entry: &crate::plan::Entry<crate::plan::Form>| {
            let estimate = self.expectation.estimate(&entry.kroner);
            let units = entry
                .units
                .as_ref()
                .map(|u| self.expectation.estimate(u).mean + 0.0);
            LedgerLine {
                key: entry.key,
                units,
                mean: estimate.mean + 0.0,
                mcse: estimate.mcse,
            }
        };
        self.program.entries.iter().map(line).collect()
    }
}
