//! `result.json`: every figure of the run under names that do not change within a schema version.
//!
//! Promise: each number is finite and −0 is 0; the same run gives the same bytes, in both
//! languages at once. Signs: under `years`, `waterfall`, `liquidity` and `memo` positive is extra
//! expenditure (`budget`); under `verdict`, `present_values` and `municipalities` positive is
//! better off (`x`). Absent: rounding, words for readers.

use std::io;

use serde::Serialize;
use serde_json::{Map, Value};

use super::Run;
use super::few::{FEW, FEWEST, few};
use super::finite::Figure;
use super::health_json::{health, horizons};
use super::settled;
use super::spread::Spread;
use super::words::Language;
use crate::analysis::{Account, HorizonRow, tag_id};
use crate::model::{AfterPeriod, Formula, IndicatorTag, Model, Parameter, Party, Price, Quantity};
use crate::model::{Principle, Regulation, Status, Words};
use crate::verdict::{Outcome, PartyVerdict, Probability, Sum};

/// Version of the names.
pub(super) const SCHEMA_VERSION: &str = "1";

/// The result of a run as JSON.
///
/// # Errors
/// Names the section in which a figure is not finite.
pub fn result_json(run: &Run) -> io::Result<Vec<u8>> {
    let mut result = sections(run)?;
    if run.assessment.verdict.outcome != Outcome::NotClarified {
        let grounds = serde_json::to_value(super::grounds_json::facts(run))?;
        result.insert("grounds".to_owned(), grounds);
    }
    let mut bytes = serde_json::to_vec_pretty(&result)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The sections of a run's result.
///
/// # Errors
/// Names the section in which a figure is not finite.
pub(super) fn sections(run: &Run) -> io::Result<Map<String, Value>> {
    let mut result = Sections(Map::new());
    let findings = &run.assessment.findings;
    result.add("schema_version", SCHEMA_VERSION)?;
    result.add("run_id", run.id)?;
    result.add("scenario", &run.model.scenario)?;
    result.add("seed", run.settings.seed.0)?;
    result.add("replicates", findings.replicates)?;
    result.add("chance_replicates", findings.chance_replicates)?;
    result.add("settled", findings.settled)?;
    result.add("agreement", agreement(run.model))?;
    result.add("conventions", conventions(run))?;
    result.add("verdict", verdict(run))?;
    result.add("years", years(run))?;
    result.add("present_values", present_values(&findings.present_value))?;
    result.add("cumulative", cumulative(&findings.running))?;
    result.add("without_sub_agreement", without_sub_agreement(run))?;
    result.add("municipalities", municipalities(run))?;
    result.add("staying_out", super::outside::facts(run))?;
    result.add("clusters", clusters(run))?;
    result.add("indicators", indicators(run))?;
    result.add("waterfall", waterfall(run))?;
    result.add("importance", importance(run))?;
    result.add("liquidity", liquidity(run))?;
    result.add("variance", variance(run))?;
    result.add("horizons", horizons(run))?;
    result.add("payback", super::payback::facts(run))?;
    if let Some(health) = health(run) {
        result.add("health", health)?;
    }
    result.add("memo", memo(run))?;
    result.add("gp", gp(run))?;
    result.add("resources", super::resources::resources(run))?;
    result.add("settlement", settled::settlement(run))?;
    result.add("incentives", settled::incentives(run))?;
    result.add("frames", settled::frames(run))?;
    result.add("holders", settled::holders(run))?;
    result.add("accountability", super::accountability::facts(run))?;
    result.add("study", super::study::facts(run))?;
    if let Some(bounds) = &findings.bounds {
        result.add("bounds", super::bounds::facts(bounds))?;
    }
    result.add("derived", super::derived_json::facts(run))?;
    result.add("monitoring", super::monitoring::facts(run))?;
    result.add("rules", super::derived_json::rules(run))?;
    result.add("parameters", parameters(run.model))?;
    Ok(result.0)
}

pub(super) struct Sections(pub(super) Map<String, Value>);

impl Sections {
    pub(super) fn add(&mut self, name: &str, section: impl Serialize) -> io::Result<()> {
        let value = serde_json::to_value(section).map_err(|error| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                format!("{name} in result.json: {error}"),
            )
        })?;
        self.0.insert(name.to_owned(), value);
        Ok(())
    }
}

/// Text in both languages.
#[derive(Serialize)]
struct Label<'a> {
    da: &'a str,
    en: &'a str,
}

impl<'a> From<&'a Words> for Label<'a> {
    fn from(words: &'a Words) -> Self {
        Label {
            da: &words.da,
            en: &words.en,
        }
    }
}

#[derive(Serialize)]
struct AgreementFacts<'a> {
    title: Label<'a>,
    status: &'static str,
    case: Value,
    follow_up: Value,
    clinical: Value,
    question: Label<'a>,
    comparator: Label<'a>,
    world: Label<'a>,
    period: (i32, i32),
    after_period: &'static str,
}

fn agreement(model: &Model) -> AgreementFacts<'_> {
    let agreement = &model.agreement;
    AgreementFacts {
        title: (&agreement.title).into(),
        status: match model.status() {
            Status::Draft => "draft",
            Status::Provisional => "provisional",
            Status::Approved => "approved",
        },
        case: super::accountability::case(&agreement.governance.case),
        follow_up: super::accountability::follow_up(&agreement.governance.follow_up),
        clinical: super::accountability::clinical(&agreement.clinical),
        question: (&agreement.question).into(),
        comparator: (&agreement.comparator).into(),
        world: (&model.world.title).into(),
        period: agreement.period,
        after_period: match agreement.after_period {
            AfterPeriod::Ends => "ends",
            AfterPeriod::ContinuesWithSettlement => "continues_with_settlement",
            AfterPeriod::ContinuesWithout => "continues_without",
        },
    }
}

#[derive(Serialize)]
struct Conventions<'a> {
    currency: &'static str,
    price_level: i32,
    budget: &'static str,
    x: &'static str,
    compensation: &'static str,
    interval: &'static str,
    suppressed: &'static str,
    interval_level: Figure,
    confidence_level: Figure,
    quantiles: [Figure; 2],
    units: [Figure; 3],
    fewest_shown: Figure,
    checklists: [Checklist; 2],
    program: &'static str,
    balance_hash: &'a str,
    horizon_years: u32,
    verdict_years: Vec<i32>,
    discount: Vec<DiscountYear>,
}

/// A list of items that papers refer to, and of what year it is.
#[derive(Serialize)]
struct Checklist {
    name: &'static str,
    year: i32,
    items: usize,
}

#[derive(Serialize)]
struct DiscountYear {
    year: i32,
    factor: Figure,
}

fn conventions<'a>(run: &Run<'a>) -> Conventions<'a> {
    let findings = &run.assessment.findings;
    let horizon = findings.years.iter().take(findings.verdict_years as usize);
    let factors = findings.years.iter().zip(&findings.discount);
    Conventions {
        currency: "DKK",
        price_level: run.model.world.price_level,
        budget: "agreement minus counterfactual, undiscounted; positive is extra expenditure",
        x: "present value over the verdict years; positive is better off",
        compensation: "present value; positive is from region to municipalities",
        interval: "p10 and p90 over replicates; mcse is the Monte Carlo standard error; low and high of a probability are a 95 % confidence sequence, valid at every look and shared over all tested probabilities, hence wide; jointly.p is P(X_region + X_municipality >= -(tau_region + tau_municipality))",
        suppressed: "counts of persons and events above 0 and under 5 are null, and so are changes that would give them away",
        interval_level: Figure(0.8),
        confidence_level: Figure(0.95),
        quantiles: [0.1, 0.9].map(Figure),
        units: [1.0, 1e3, 1e6].map(Figure),
        fewest_shown: Figure(FEWEST),
        checklists: [("CHEERS", 2022, 28), ("AdViSHE", 2016, 13)]
            .map(|(name, year, items)| Checklist { name, year, items }),
        program: concat!("fairbalance ", env!("CARGO_PKG_VERSION")),
        balance_hash: run.balance_hash,
        horizon_years: findings.verdict_years,
        verdict_years: horizon.copied().collect(),
        discount: factors
            .map(|(year, factor)| DiscountYear {
                year: *year,
                factor: Figure(*factor),
            })
            .collect(),
    }
}

#[derive(Serialize)]
struct Chance {
    p: Figure,
    mcse: Figure,
    low: Figure,
    high: Figure,
}

impl From<Probability> for Chance {
    fn from(p: Probability) -> Self {
        Chance {
            p: Figure(p.p),
            mcse: Figure(p.mcse),
            low: Figure(p.low),
            high: Figure(p.high),
        }
    }
}

#[derive(Serialize)]
struct VerdictFacts<'a> {
    outcome: &'static str,
    blanks: Vec<BlankRow<'a>>,
    society: Option<SocietyFacts>,
    jointly: Option<Chance>,
    parties: Vec<PartyRow>,
    compensation: CompensationFacts<'a>,
    burden_outside: Vec<&'static str>,
    burdened_municipalities: Vec<&'a str>,
    presupposes_sub_agreement: bool,
    principle: &'static str,
    confidence: Figure,
    robustness: Vec<RobustnessFacts>,
}

#[derive(Serialize)]
struct BlankRow<'a> {
    item: &'a str,
    words: Label<'a>,
    file: &'a str,
    line: u32,
    column: u32,
}

#[derive(Serialize)]
struct SocietyFacts {
    p_gain: Figure,
    mcse: Figure,
    low: Figure,
    high: Figure,
}

#[derive(Serialize)]
struct PartyRow {
    party: &'static str,
    p_holds: Figure,
    mcse: Figure,
    low: Figure,
    high: Figure,
    x_mean: Figure,
    x_p10: Figure,
    x_p90: Figure,
    x_mcse: Figure,
    tau: Figure,
    chance_band: Figure,
    status: &'static str,
}

#[derive(Serialize)]
struct RobustnessFacts {
    definition: &'static str,
    holds: Option<bool>,
    figure: Option<Figure>,
}

fn verdict<'a>(run: &Run<'a>) -> VerdictFacts<'a> {
    let verdict = &run.assessment.verdict;
    let clarified = verdict.outcome != Outcome::NotClarified;
    let municipalities = &run.model.world.municipalities;
    VerdictFacts {
        outcome: verdict.outcome.key(),
        blanks: blanks(run),
        society: clarified.then(|| society(verdict.society)),
        jointly: clarified.then(|| verdict.jointly.into()),
        parties: verdict.parties.iter().map(party_row).collect(),
        compensation: compensation(run),
        burden_outside: verdict.burden_outside.iter().map(|p| p.key()).collect(),
        burdened_municipalities: verdict
            .burdened_municipalities
            .iter()
            .map(|id| municipalities[id.0 as usize].code.as_str())
            .collect(),
        presupposes_sub_agreement: verdict.presupposes_sub_agreement,
        principle: match run.model.balance.principle {
            Principle::NoLoser => "no_loser",
            Principle::NoLossNoProfit => "no_loss_no_profit",
        },
        confidence: Figure(run.model.balance.confidence),
        robustness: verdict
            .robustness
            .iter()
            .map(|row| RobustnessFacts {
                definition: row.definition,
                holds: row.holds,
                figure: row.figure.map(Figure),
            })
            .collect(),
    }
}

fn blanks<'a>(run: &Run<'a>) -> Vec<BlankRow<'a>> {
    let row = |blank: &'a crate::model::Blank| BlankRow {
        item: &blank.item,
        words: (&blank.words).into(),
        file: &blank.origin.file,
        line: blank.origin.line,
        column: blank.origin.column,
    };
    run.assessment.verdict.blanks.iter().map(row).collect()
}

fn society(p: Probability) -> SocietyFacts {
    SocietyFacts {
        p_gain: Figure(p.p),
        mcse: Figure(p.mcse),
        low: Figure(p.low),
        high: Figure(p.high),
    }
}

fn party_row(party: &PartyVerdict) -> PartyRow {
    PartyRow {
        party: party.account.key(),
        p_holds: Figure(party.p_holds.p),
        mcse: Figure(party.p_holds.mcse),
        low: Figure(party.p_holds.low),
        high: Figure(party.p_holds.high),
        x_mean: Figure(party.x.mean),
        x_p10: Figure(party.x.p10),
        x_p90: Figure(party.x.p90),
        x_mcse: Figure(party.x.mcse),
        tau: Figure(party.tau),
        chance_band: Figure(party.chance_band),
        status: party.standing.key(),
    }
}

#[derive(Serialize, Default)]
struct CompensationFacts<'a> {
    zone: Option<(Figure, Figure)>,
    low: Option<EndFacts>,
    high: Option<EndFacts>,
    t_star: Option<Figure>,
    t_star_interval: Option<(Figure, Figure)>,
    t_star_per_year: Option<Figure>,
    t_star_per_unit: Option<Figure>,
    t_full: Option<SumFacts>,
    t_mean: Option<SumFacts>,
    unit: Option<&'a str>,
}

#[derive(Serialize)]
struct EndFacts {
    value: Figure,
    interval: (Figure, Figure),
}

#[derive(Serialize)]
struct SumFacts {
    value: Figure,
    interval: (Figure, Figure),
    per_year: Figure,
    per_unit: Option<Figure>,
}

impl From<Sum> for SumFacts {
    fn from(sum: Sum) -> Self {
        SumFacts {
            value: Figure(sum.value),
            interval: pair(sum.interval),
            per_year: Figure(sum.per_year),
            per_unit: sum.per_unit.map(Figure),
        }
    }
}

fn compensation<'a>(run: &Run<'a>) -> CompensationFacts<'a> {
    let verdict = &run.assessment.verdict;
    if verdict.outcome == Outcome::NotClarified {
        return CompensationFacts::default();
    }
    let found = &verdict.compensation;
    let end = |(value, interval)| EndFacts {
        value: Figure(value),
        interval: pair(interval),
    };
    CompensationFacts {
        zone: found.zone.map(pair),
        low: Some(end(found.ends.0)),
        high: Some(end(found.ends.1)),
        t_star: found.t_star.map(|sum| Figure(sum.value)),
        t_star_interval: found.t_star.map(|sum| pair(sum.interval)),
        t_star_per_year: found.t_star.map(|sum| Figure(sum.per_year)),
        t_star_per_unit: found.t_star.and_then(|sum| sum.per_unit).map(Figure),
        t_full: found.t_full.map(SumFacts::from),
        t_mean: found.t_mean.map(SumFacts::from),
        unit: found.unit.as_deref(),
    }
}

fn pair((low, high): (f64, f64)) -> (Figure, Figure) {
    (Figure(low), Figure(high))
}

#[derive(Serialize)]
struct YearFacts {
    party: &'static str,
    year: i32,
    view: &'static str,
    #[serde(flatten)]
    value: Spread,
    phase_in: Figure,
}

fn years(run: &Run) -> Vec<YearFacts> {
    let rows = run.assessment.findings.budget.iter();
    rows.map(|row| YearFacts {
        party: row.account.key(),
        year: row.year,
        view: "budget",
        value: (&row.value).into(),
        phase_in: Figure(row.phase_in),
    })
    .collect()
}

/// Present value and welfare view of one account over one horizon.
#[derive(Serialize)]
pub(super) struct HorizonFacts {
    party: &'static str,
    years: u32,
    view: &'static str,
    mean: Figure,
    p10: Option<Figure>,
    p90: Option<Figure>,
    mcse: Option<Figure>,
}

/// The result if a pending sub-agreement of general practice is never signed.
#[derive(Serialize)]
pub(super) struct CumulativeFacts {
    party: &'static str,
    year: i32,
    view: &'static str,
    #[serde(flatten)]
    value: Spread,
}

/// Running accounts: budget effects added up from the first year on, undiscounted.
pub(super) fn cumulative(rows: &[crate::analysis::RunningRow]) -> Vec<CumulativeFacts> {
    let facts = |row: &crate::analysis::RunningRow| CumulativeFacts {
        party: row.account.key(),
        year: row.year,
        view: "budget",
        value: (&row.value).into(),
    };
    rows.iter().map(facts).collect()
}

#[derive(Serialize)]
struct WithoutSubAgreement {
    outcome: &'static str,
    present_values: Vec<HorizonFacts>,
}

fn without_sub_agreement(run: &Run) -> Option<WithoutSubAgreement> {
    let other = run.assessment.without_sub_agreement.as_ref()?;
    Some(WithoutSubAgreement {
        outcome: other.outcome.key(),
        present_values: present_values(&other.present_value),
    })
}

pub(super) fn present_values(rows: &[HorizonRow]) -> Vec<HorizonFacts> {
    let both = |row: &HorizonRow| {
        let (party, years) = (row.account.key(), row.years);
        let present = HorizonFacts {
            party,
            years,
            view: "present_value",
            mean: Figure(row.value.mean),
            p10: Some(Figure(row.value.p10)),
            p90: Some(Figure(row.value.p90)),
            mcse: Some(Figure(row.value.mcse)),
        };
        let welfare = HorizonFacts {
            party,
            years,
            view: "welfare",
            mean: Figure(row.welfare_mean),
            p10: None,
            p90: None,
            mcse: None,
        };
        [present, welfare]
    };
    rows.iter().flat_map(both).collect()
}

#[derive(Serialize)]
struct MunicipalityFacts<'a> {
    code: &'a str,
    name: &'a str,
    cluster: Option<&'a str>,
    start: Option<String>,
    inhabitants: Figure,
    x_mean: Figure,
    x_p10: Figure,
    x_p90: Figure,
    x_mcse: Figure,
    per_inhabitant: Figure,
    per_inhabitant_p10: Figure,
    per_inhabitant_p90: Figure,
    per_inhabitant_mcse: Figure,
    chance_band: Figure,
    chance_band_per_inhabitant: Figure,
    y: Option<Spread>,
    p_holds: Option<Chance>,
    tau: Option<Figure>,
    status: Option<&'static str>,
    compensation: Option<Figure>,
    /// Expected extra expenditure after its part of the compensation.
    cost_with_compensation: Option<Figure>,
    status_after: Option<&'static str>,
}

fn municipalities<'a>(run: &Run<'a>) -> Vec<MunicipalityFacts<'a>> {
    let verdicts = &run.assessment.verdict.municipalities;
    let facts = |row: &'a crate::analysis::MunicipalityRow| {
        let municipality = &run.model.world.municipalities[row.municipality.0 as usize];
        let verdict = verdicts.iter().find(|v| v.municipality == row.municipality);
        let each = |kroner: f64| Figure(kroner / row.inhabitants.max(1.0));
        MunicipalityFacts {
            code: &municipality.code,
            name: &municipality.name,
            cluster: municipality.cluster.as_deref(),
            start: row.start.map(|(year, month)| format!("{year}-{month:02}")),
            inhabitants: Figure(row.inhabitants),
            x_mean: Figure(row.x.mean),
            x_p10: Figure(row.x.p10),
            x_p90: Figure(row.x.p90),
            x_mcse: Figure(row.x.mcse),
            per_inhabitant: Figure(row.per_inhabitant),
            per_inhabitant_p10: each(row.x.p10),
            per_inhabitant_p90: each(row.x.p90),
            per_inhabitant_mcse: each(row.x.mcse),
            chance_band: Figure(row.chance_band),
            chance_band_per_inhabitant: each(row.chance_band),
            y: row.y.as_ref().map(Spread::from),
            p_holds: verdict.map(|v| v.p_holds.into()),
            tau: verdict.map(|v| Figure(v.tau)),
            status: verdict.map(|v| v.standing.key()),
            compensation: verdict.map(|v| Figure(v.compensation)),
            cost_with_compensation: verdict.map(|v| Figure(-row.x.mean - v.compensation)),
            status_after: verdict.map(|v| v.standing_after.key()),
        }
    };
    run.assessment
        .findings
        .municipalities
        .iter()
        .map(facts)
        .collect()
}

#[derive(Serialize)]
struct ClusterFacts {
    cluster: String,
    municipalities: usize,
    inhabitants: Figure,
    x_mean: Figure,
    x_mcse_at_most: Figure,
    per_inhabitant: Figure,
}

fn clusters(run: &Run) -> Vec<ClusterFacts> {
    let rows = &run.assessment.findings.municipalities;
    let clusters = crate::analysis::clusters(&run.model.world.municipalities, rows);
    let facts = |row: crate::analysis::ClusterRow| ClusterFacts {
        municipalities: row.municipalities,
        inhabitants: Figure(row.inhabitants),
        x_mean: Figure(row.x_mean),
        x_mcse_at_most: Figure(row.mcse),
        per_inhabitant: Figure(row.per_inhabitant()),
        cluster: row.cluster,
    };
    clusters.into_iter().map(facts).collect()
}

#[derive(Serialize)]
struct IndicatorFacts<'a> {
    id: &'a str,
    label: Label<'a>,
    goal: &'a str,
    tag: &'static str,
    year: i32,
    counterfactual: Option<Figure>,
    agreement: Option<Figure>,
    difference: Option<Figure>,
    p10: Option<Figure>,
    p90: Option<Figure>,
    mcse: Option<Figure>,
    /// `<5`, where a count is too small to be shown; then neither is what would give it away.
    suppressed: Option<&'static str>,
}

fn indicators<'a>(run: &Run<'a>) -> Vec<IndicatorFacts<'a>> {
    let rows = run.assessment.findings.indicators.iter();
    rows.map(|row| {
        let indicator = &run.model.agreement.indicators[row.indicator];
        let (without, with) = (row.counterfactual.mean, row.agreement.mean);
        let hidden = few(without) || few(with);
        let count = |n: f64| (!few(n)).then_some(Figure(n));
        let change = |x: f64| (!hidden).then_some(Figure(x));
        IndicatorFacts {
            id: &indicator.id,
            label: (&indicator.label).into(),
            goal: &indicator.goal,
            tag: match indicator.tag {
                IndicatorTag::Modelled => "modelled",
                IndicatorTag::Proxy => "proxy",
                IndicatorTag::NotModelled => "not_modelled",
            },
            year: row.year,
            counterfactual: count(without),
            agreement: count(with),
            difference: change(row.difference.mean),
            p10: change(row.difference.p10),
            p90: change(row.difference.p90),
            mcse: change(row.difference.mcse),
            suppressed: hidden.then_some(FEW),
        }
    })
    .collect()
}

#[derive(Serialize)]
struct WaterfallFacts {
    party: &'static str,
    mechanism: String,
    mean: Figure,
    mcse: Figure,
}

fn waterfall(run: &Run) -> Vec<WaterfallFacts> {
    let rows = run.assessment.findings.waterfall.iter();
    rows.map(|row| WaterfallFacts {
        party: row.account.key(),
        mechanism: tag_id(run.model, row.tag),
        mean: Figure(row.mean),
        mcse: Figure(row.mcse),
    })
    .collect()
}

#[derive(Serialize)]
struct ImportanceFacts<'a> {
    party: &'static str,
    parameter: &'a str,
    label: Label<'a>,
    share: Figure,
    mcse: Figure,
    direction: i8,
}

fn importance<'a>(run: &Run<'a>) -> Vec<ImportanceFacts<'a>> {
    let rows = run.assessment.findings.importance.iter();
    rows.map(|row| {
        let parameter = run.model.parameter(row.parameter);
        ImportanceFacts {
            party: row.account.key(),
            parameter: &parameter.name,
            label: (&parameter.label).into(),
            share: Figure(row.share),
            mcse: Figure(row.mcse),
            direction: row.direction,
        }
    })
    .collect()
}

#[derive(Serialize)]
struct LiquidityFacts {
    party: &'static str,
    worst_year: i32,
    worst: Spread,
    deepest: Spread,
}

fn liquidity(run: &Run) -> Vec<LiquidityFacts> {
    let rows = run.assessment.findings.liquidity.iter();
    rows.map(|row| LiquidityFacts {
        party: row.account.key(),
        worst_year: row.worst_year,
        worst: (&row.worst).into(),
        deepest: (&row.deepest).into(),
    })
    .collect()
}

#[derive(Serialize)]
struct VarianceFacts {
    party: &'static str,
    parameter: Figure,
    chance: Figure,
    chance_share: Option<Figure>,
    chance_band: Figure,
}

fn variance(run: &Run) -> Vec<VarianceFacts> {
    let rows = run.assessment.findings.variance.iter();
    rows.map(|row| VarianceFacts {
        party: row.account.key(),
        parameter: Figure(row.parameter),
        chance: Figure(row.chance),
        chance_share: {
            let total = row.parameter + row.chance;
            (total > 0.0).then(|| Figure((row.chance / total).clamp(0.0, 1.0)))
        },
        chance_band: Figure(row.chance_band),
    })
    .collect()
}

#[derive(Serialize)]
struct MemoFacts {
    party: &'static str,
    year: i32,
    class: &'static str,
    #[serde(flatten)]
    value: Spread,
}

fn memo(run: &Run) -> Vec<MemoFacts> {
    let rows = run.assessment.findings.memo.iter();
    rows.map(|row| MemoFacts {
        party: Account::Party(row.party).key(),
        year: row.year,
        class: row.class.key(),
        value: (&row.value).into(),
    })
    .collect()
}

#[derive(Serialize)]
struct GpFacts {
    year: i32,
    income: Spread,
    resource: Spread,
    units: Spread,
}

fn gp(run: &Run) -> Vec<GpFacts> {
    let rows = run.assessment.findings.gp.iter();
    rows.map(|row| GpFacts {
        year: row.year,
        income: (&row.income).into(),
        resource: (&row.resource).into(),
        units: (&row.units).into(),
    })
    .collect()
}

/// A parameter with everything a sceptic asks about.
#[derive(Serialize)]
pub(super) struct ParameterFacts<'a> {
    name: &'a str,
    label: Label<'a>,
    value: String,
    /// The same in the words of the papers.
    words: Labels,
    mean: Option<Figure>,
    /// Median and 80 % of a law; a formula has none.
    median: Option<Figure>,
    p10: Option<Figure>,
    p90: Option<Figure>,
    unit: &'a str,
    price: Option<PriceFacts>,
    source: &'a str,
    grade: &'static str,
    owner: &'static str,
    approved_by: &'a [String],
    note: &'a str,
    file: &'a str,
    line: u32,
}

/// A text in both languages.
#[derive(Serialize)]
pub(super) struct Labels {
    da: String,
    en: String,
}

#[derive(Serialize)]
struct PriceFacts {
    year: i32,
    regulation: &'static str,
}

fn parameters(model: &Model) -> Vec<ParameterFacts<'_>> {
    model
        .parameters
        .iter()
        .map(|p| parameter_facts(model, p))
        .collect()
}

pub(super) fn parameter_facts<'a>(model: &Model, parameter: &'a Parameter) -> ParameterFacts<'a> {
    let quantile = |u: f64| match &parameter.quantity {
        Quantity::Law(law) => Some(Figure(law.quantile(u))),
        _ => None,
    };
    ParameterFacts {
        median: quantile(0.5),
        p10: quantile(0.1),
        p90: quantile(0.9),
        name: &parameter.name,
        label: (&parameter.label).into(),
        value: quantity(model, &parameter.quantity),
        words: Labels {
            da: super::words::quantity(Language::Da, model, &parameter.quantity),
            en: super::words::quantity(Language::En, model, &parameter.quantity),
        },
        mean: match &parameter.quantity {
            Quantity::Law(law) => Some(Figure(law.mean())),
            _ => None,
        },
        unit: &parameter.unit,
        price: parameter.price.as_ref().map(price),
        source: &parameter.source,
        grade: parameter.grade.key(),
        owner: parameter.owner.map_or("world", Party::key),
        approved_by: &parameter.approved_by,
        note: &parameter.note,
        file: &parameter.origin.file,
        line: parameter.origin.line,
    }
}

fn price(price: &Price) -> PriceFacts {
    PriceFacts {
        year: price.year,
        regulation: match price.regulation {
            Regulation::PlRegion => "pl_region",
            Regulation::PlMunicipality => "pl_municipality",
            Regulation::Gp => "gp",
            Regulation::Nominal => "nominal",
        },
    }
}

/// A parameter's law or formula as text.
pub(super) fn quantity(model: &Model, quantity: &Quantity) -> String {
    match quantity {
        Quantity::Law(law) => law.describe(),
        Quantity::Formula(formula) => formula_text(model, formula),
        Quantity::Unknown(None) => "unknown".into(),
        Quantity::Unknown(Some((low, high))) => format!("unknown, between {low} and {high}"),
    }
}

fn formula_text(model: &Model, formula: &Formula) -> String {
    let two = |a, sign, b| {
        format!(
            "({} {sign} {})",
            formula_text(model, a),
            formula_text(model, b)
        )
    };
    match formula {
        Formula::Number(x) => x.to_string(),
        Formula::Parameter(id) => model.parameter(*id).name.clone(),
        Formula::Add(a, b) => two(a, '+', b),
        Formula::Subtract(a, b) => two(a, '-', b),
        Formula::Multiply(a, b) => two(a, '*', b),
        Formula::Divide(a, b) => two(a, '/', b),
    }
}
