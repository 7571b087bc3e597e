//! The one way through, from a model to its findings and verdict.
//!
//! ```text
//!   Model ─compile→ Program ─┬ C layer → chance, τ (then a constant)
//!                            └ E layer, looks at batch boundaries → findings → verdict
//! ```

use super::followed::Followed;
use super::goals::Goals;
use super::horizons::Horizons;
use super::judge::judge;
use super::tolerance::{Tolerances, fix};
use super::zone::{Draws, unsettled};
use super::{Outcome, Verdict};
use crate::analysis::{
    Accountability, Findings, Grounds, HorizonRow, OutsideRow, PaybackWatch, RunningWatch, WATCHED,
    accountability, bounds, collect, grounds, misreading, run_chance, staying_out,
};
use crate::engine::{
    BlockView, DrawSink, NoDraws, Progress, RunSettings, Silent, pool, run_expectation,
};
use crate::model::{Account, Model, Party, Principle, SubAgreement};
use crate::plan::{Chance, Program, RowId};
use std::io;
use std::sync::OnceLock;

/// Findings and verdict of one agreement.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The figures (only bounds where the model is not *klarlagt*).
    pub findings: Findings,
    /// The verdict.
    pub verdict: Verdict,
    /// The result if a pending sub-agreement of general practice is never signed.
    pub without_sub_agreement: Option<Alternative>,
    /// What staying outside gives and costs, of the municipalities asked about.
    pub staying_out: Vec<OutsideRow>,
    /// The program with the rows alone that the verdict reads; `None` where there is no verdict.
    pub deciding: Option<Program>,
    /// Found when first asked for: most readers of an assessment never ask.
    pub grounds: OnceLock<Grounds>,
}

impl Assessment {
    /// What the figures rest on; `model` is the one that was assessed.
    pub fn grounds(&self, model: &Model) -> &Grounds {
        self.grounds.get_or_init(|| grounds(model, &self.findings))
    }
}

/// Another result, shown beside.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// Its outcome.
    pub outcome: Outcome,
    /// X by account over the verdict horizon.
    pub present_value: Vec<HorizonRow>,
}

/// Lowers, runs and judges a model. A pure function of model and settings: neither threads nor
/// the instruction set reach a figure.
///
/// # Errors
/// Those of the sink, and a thread pool that cannot be built.
pub fn assess(
    model: &Model,
    settings: &RunSettings,
    draws: &mut dyn DrawSink,
    progress: &dyn Progress,
) -> io::Result<Assessment> {
    if !model.blanks.is_empty() {
        let mut open = not_clarified(model);
        open.findings.bounds = Some(bounds(model, settings.seed)?);
        return Ok(open);
    }
    let pool = pool(settings.threads)?;
    let program = Program::compile(model, Chance::Differences);
    // the sink stays on this thread; only blocks go to the pool
    let chance = pool.install(|| run_chance(&program, settings, progress));
    let tolerances = fix(model, &program, &chance);
    let mut watch = Watch::new(model, &program, tolerances, settings, 1);
    watch.begin(model, draws)?;
    let watched = watched_rows(&program);
    let look = |view: &BlockView<'_>, last: bool| watch.look(view, last, draws);
    let expectation = run_expectation(&program, settings, &watched, progress, &pool, look)?;
    let mut findings = collect(model, &program, &expectation, &chance);
    findings.accountability = watch.accountability(model, &findings);
    findings.running = watch.running.rows(&program.years);
    findings.payback = watch.payback.rows(model, &findings);
    findings.study.misreading = misreading(model, settings.seed)?;
    let verdict = judge(model, &program, &expectation, &findings, &watch);
    let without_sub_agreement = match verdict.presupposes_sub_agreement {
        true => Some(without_sub_agreement(model, settings, findings.replicates)?),
        false => None,
    };
    Ok(Assessment {
        findings,
        verdict,
        without_sub_agreement,
        staying_out: staying_out(model, settings.seed)?,
        deciding: Some(deciding(program, &watch)),
        grounds: OnceLock::new(),
    })
}

/// The program with the rows alone that the verdict reads: X by account over the verdict horizon
/// and, where an operator is tested, Y together and by municipality.
fn deciding(program: Program, watch: &Watch) -> Program {
    let read = watch.account_rows.iter().chain(&watch.y_row);
    let rows = read.chain(watch.operator.iter().flat_map(|_| &watch.y_rows));
    let rows = rows.map(|row| program.rows[*row].clone()).collect();
    program.only(rows)
}

/// The same draws, with every pending sub-agreement absent: its coverage is 0.
fn without_sub_agreement(
    model: &Model,
    settings: &RunSettings,
    replicates: usize,
) -> io::Result<Alternative> {
    let mut model = model.clone();
    for coverage in &mut model.agreement.coverages {
        if coverage.sub_agreement == Some(SubAgreement::Pending) {
            coverage.sub_agreement = Some(SubAgreement::None);
        }
    }
    model.agreement.reports.staying_out.clear();
    let settings = RunSettings {
        replicates: Some(replicates),
        ..settings.clone()
    };
    let other = assess(&model, &settings, &mut NoDraws, &Silent)?;
    let years = other.findings.verdict_years;
    let rows = other.findings.present_value.into_iter();
    Ok(Alternative {
        outcome: other.verdict.outcome,
        present_value: rows.filter(|r| r.years == years).collect(),
    })
}

pub(super) fn not_clarified(model: &Model) -> Assessment {
    let verdict = Verdict {
        outcome: Outcome::NotClarified,
        blanks: model.blanks.clone(),
        society: Default::default(),
        jointly: Default::default(),
        parties: Vec::new(),
        municipalities: Vec::new(),
        compensation: Default::default(),
        burden_outside: Vec::new(),
        burdened_municipalities: Vec::new(),
        robustness: Vec::new(),
        presupposes_sub_agreement: false,
        horizons: Vec::new(),
    };
    Assessment {
        findings: Findings::default(),
        verdict,
        without_sub_agreement: None,
        staying_out: Vec::new(),
        deciding: None,
        grounds: OnceLock::new(),
    }
}

pub(super) fn watched_rows(program: &Program) -> Vec<usize> {
    let row = |a: Account| program.row(RowId::X(a, program.verdict_years));
    WATCHED.into_iter().filter_map(row).collect()
}

/// Three probabilities of an operator's Y.
#[derive(Debug, Clone)]
pub(super) struct OperatorTest {
    pub within: Followed,
    pub profits: Followed,
    pub loses: Followed,
}

/// What is followed during the run, and the draws that the verdict keeps.
pub(super) struct Watch {
    pub tolerances: Tolerances,
    confidence: f64,
    settings: RunSettings,
    /// Row of X by account, of X by municipality, of Y, of Y by municipality, of activity.
    account_rows: Vec<usize>,
    municipality_rows: Vec<usize>,
    y_row: Option<usize>,
    may_profit: bool,
    y_rows: Vec<usize>,
    units_row: Option<usize>,
    /// Kept draws.
    pub x: Vec<Vec<f64>>,
    pub y: Vec<f64>,
    pub units: Vec<f64>,
    /// P(X ≥ −τ) of region and municipalities, P(X ≥ 0) of the others, by account.
    pub accounts: Vec<Followed>,
    pub jointly: Followed,
    pub operator: Option<OperatorTest>,
    /// P(X ≥ −τ) by municipality.
    pub each: Vec<Followed>,
    pub each_operator: Vec<OperatorTest>,
    pub contracting: Vec<bool>,
    pub horizons: Horizons,
    pub running: RunningWatch,
    pub payback: PaybackWatch,
    goals: Goals,
    /// Draws of the batch, for the sink.
    pending: Vec<Vec<f64>>,
    pending_from: usize,
}

impl Watch {
    /// `verdicts` share the error of what is tested.
    pub(super) fn new(
        model: &Model,
        program: &Program,
        tolerances: Tolerances,
        settings: &RunSettings,
        verdicts: usize,
    ) -> Self {
        let horizon = program.verdict_years;
        let row = |id: RowId| program.row(id);
        let municipalities = program.municipalities;
        let bound = model.balance.principle == Principle::NoLossNoProfit;
        let y_row = row(RowId::Y).filter(|_| bound);
        let tests = if y_row.is_some() {
            3 + 3 + 3 * municipalities
        } else {
            4
        };
        let tests = tests * verdicts;
        let operator = || OperatorTest {
            within: Followed::new(tests),
            profits: Followed::new(tests),
            loses: Followed::new(tests),
        };
        let all = 0..municipalities;
        Watch {
            tolerances,
            confidence: model.balance.confidence,
            settings: settings.clone(),
            account_rows: Account::ALL
                .into_iter()
                .filter_map(|a| row(RowId::X(a, horizon)))
                .collect(),
            municipality_rows: all
                .clone()
                .filter_map(|m| row(RowId::MunicipalityX(m)))
                .collect(),
            y_rows: match y_row {
                Some(_) => all
                    .clone()
                    .filter_map(|m| row(RowId::MunicipalityY(m)))
                    .collect(),
                None => Vec::new(),
            },
            units_row: row(RowId::Activity),
            x: vec![Vec::new(); Account::ALL.len()],
            y: Vec::new(),
            units: Vec::new(),
            accounts: Account::ALL.into_iter().map(|a| follow(a, tests)).collect(),
            jointly: Followed::new(tests),
            operator: y_row.map(|_| operator()),
            each: all.clone().map(|_| Followed::shown()).collect(),
            each_operator: match y_row {
                Some(_) => all.clone().map(|_| operator()).collect(),
                None => Vec::new(),
            },
            contracting: all.map(|m| model.agreement.start_of(m).is_some()).collect(),
            horizons: Horizons::new(program),
            running: RunningWatch::new(program),
            payback: PaybackWatch::new(program),
            y_row,
            may_profit: may_profit(model),
            goals: Goals::new(model, program),
            pending: vec![Vec::new(); Account::ALL.len() + municipalities],
            pending_from: 0,
        }
    }

    /// Of a portfolio's member: running accounts are the portfolio's alone.
    pub(super) fn of_member(self) -> Self {
        Watch {
            running: RunningWatch::default(),
            payback: PaybackWatch::default(),
            ..self
        }
    }

    pub(super) fn begin(&self, model: &Model, draws: &mut dyn DrawSink) -> io::Result<()> {
        let account = |a: &Account| match a {
            Account::Society => "g".to_string(),
            Account::Party(party) => format!("x_{}", party.key()),
        };
        let mut names: Vec<String> = Account::ALL.iter().map(account).collect();
        names.extend(
            model
                .world
                .municipalities
                .iter()
                .map(|m| format!("x_{}", m.code)),
        );
        draws.begin(&names)
    }

    /// τ of an account: the tested parties' floor, 0 for the others.
    pub(super) fn tau(&self, account: Account) -> f64 {
        match account {
            Account::Party(Party::Region) => self.tolerances.region,
            Account::Party(Party::Municipality) => self.tolerances.municipality,
            _ => 0.0,
        }
    }

    pub(super) fn look(
        &mut self,
        view: &BlockView<'_>,
        last_of_batch: bool,
        draws: &mut dyn DrawSink,
    ) -> io::Result<bool> {
        self.follow_accounts(view);
        self.follow_municipalities(view);
        self.keep(view);
        self.horizons.keep(view);
        self.running.push(view);
        self.payback.push(view);
        self.goals.push(view);
        if !last_of_batch {
            return Ok(false);
        }
        let columns: Vec<&[f64]> = self.pending.iter().map(Vec::as_slice).collect();
        draws.batch(self.pending_from, &columns)?;
        self.pending_from += self.pending[0].len();
        self.pending.iter_mut().for_each(Vec::clear);
        Ok(self.settings.replicates.is_none() && self.settled())
    }

    fn follow_accounts(&mut self, view: &BlockView<'_>) {
        for (a, account) in Account::ALL.into_iter().enumerate() {
            let tau = self.tau(account);
            let x = &view.rows[self.account_rows[a]];
            self.accounts[a].push(x.iter().map(|x| *x >= -tau));
        }
        let (region, municipality) = (
            &view.rows[self.account_rows[0]],
            &view.rows[self.account_rows[1]],
        );
        let floor = -self.tolerances.region - self.tolerances.municipality;
        self.jointly
            .push(region.iter().zip(municipality).map(|(r, k)| r + k >= floor));
        if let (Some(row), Some(operator)) = (self.y_row, &mut self.operator) {
            operator.push(
                &view.rows[row],
                self.tolerances.municipality,
                self.may_profit,
            );
        }
    }

    fn follow_municipalities(&mut self, view: &BlockView<'_>) {
        for (m, row) in self.municipality_rows.iter().enumerate() {
            let tau = self.tolerances.each[m];
            self.each[m].push(view.rows[*row].iter().map(|x| *x >= -tau));
        }
        for (m, row) in self.y_rows.iter().enumerate() {
            self.each_operator[m].push(&view.rows[*row], self.tolerances.each[m], self.may_profit);
        }
    }

    fn keep(&mut self, view: &BlockView<'_>) {
        for (a, row) in self.account_rows.iter().enumerate() {
            self.x[a].extend(&view.rows[*row]);
            self.pending[a].extend(&view.rows[*row]);
        }
        let accounts = self.account_rows.len();
        for (m, row) in self.municipality_rows.iter().enumerate() {
            self.pending[accounts + m].extend(&view.rows[*row]);
        }
        if let Some(row) = self.y_row {
            self.y.extend(&view.rows[row]);
        }
        if let Some(row) = self.units_row {
            self.units.extend(&view.rows[row]);
        }
    }

    /// Whether every tested probability is settled (or known within the precision asked for).
    fn settled(&self) -> bool {
        let enough = |f: &Followed| match self.settings.precision {
            Some(precision) => f.within(precision),
            None => f.settled(self.confidence),
        };
        let operated =
            |o: &OperatorTest| enough(&o.within) && enough(&o.profits) && enough(&o.loses);
        let municipality = match &self.operator {
            Some(operator) => operated(operator),
            None => enough(&self.accounts[1]),
        };
        let each = self
            .each_operator
            .iter()
            .zip(&self.contracting)
            .all(|(o, contracting)| !contracting || operated(o));
        enough(&self.accounts[0])
            && municipality
            && !self.zone_open()
            && each
            && enough(&self.accounts[Account::Society.index()])
            && enough(&self.jointly)
    }
}

/// Whether the operating municipality may profit: the rule binds the operator, unless it names
/// others.
pub fn may_profit(model: &Model) -> bool {
    let bound = &model.balance.no_profit_for;
    !bound.is_empty() && !bound.contains(&Party::Municipality)
}

/// Region, municipalities and society decide; the others are shown.
fn follow(account: Account, tests: usize) -> Followed {
    match account {
        Account::Party(Party::Region | Party::Municipality) | Account::Society => {
            Followed::new(tests)
        }
        Account::Party(_) => Followed::shown(),
    }
}

impl Watch {
    /// Who answers for the result, with what the draws say of risk and goals.
    pub(super) fn accountability(&self, model: &Model, findings: &Findings) -> Accountability {
        Accountability {
            goals: self.goals.rows(),
            ..accountability(model, findings, &self.x)
        }
    }

    /// Whether the outcome still turns on a zone whose ends the draws cannot tell apart.
    fn zone_open(&self) -> bool {
        if self.settings.precision.is_some() {
            return false;
        }
        let sure = |f: &Followed| f.probability().p >= self.confidence;
        let municipality = match &self.operator {
            Some(operator) => sure(&operator.within),
            None => sure(&self.accounts[1]),
        };
        if sure(&self.accounts[0]) && municipality {
            return false;
        }
        let tolerance = (self.tolerances.region, self.tolerances.municipality);
        unsettled(&self.draws(1.0), self.confidence, tolerance)
    }

    /// The draws that decide the zone; `years` is Σ d_t over the payment years.
    pub(super) fn draws(&self, years: f64) -> Draws<'_> {
        Draws {
            region: &self.x[0],
            municipality: &self.x[1],
            y: (self.operator.is_some() && !self.may_profit).then_some(self.y.as_slice()),
            units: (!self.units.is_empty()).then_some(self.units.as_slice()),
            years,
        }
    }
}

impl OperatorTest {
    /// Where a profit is allowed only a loss is tested.
    fn push(&mut self, y: &[f64], tau: f64, may_profit: bool) {
        let most = if may_profit { f64::INFINITY } else { tau };
        self.within.push(y.iter().map(|y| *y >= -tau && *y <= most));
        self.profits.push(y.iter().map(|y| *y > most));
        self.loses.push(y.iter().map(|y| *y < -tau));
    }
}
