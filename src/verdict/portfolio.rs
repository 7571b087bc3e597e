//! A portfolio: each proposed agreement's verdict, and the portfolio's own, from one joint run.
//!
//! ```text
//!   in force + proposed, against in force ── a verdict for each ─┐
//!   all of them, against nothing ─────────── the portfolio's     ├ same draws
//!   in force, against nothing ────────────── the running account ┘
//!   interaction = portfolio − in force − Σ proposed: belongs to no agreement
//! ```
//!
//! Promise: every figure is of the same replicates, years and balance principle; the portfolio
//! has one τ. Absent: sums of separate runs.

use super::Assessment;
use super::assess::{Watch, not_clarified, watched_rows};
use super::judge::judge;
use super::tolerance::fix;
use crate::analysis::{ChanceFindings, Findings, collect, collect_accounts, run_chance};
use crate::engine::{BlockView, DrawSink, NoDraws, Progress, RunSettings, pool, run_jointly};
use crate::model::{Account, Model, Portfolio};
use crate::plan::{Chance, Program, RowId};
use crate::stats::{BlockMeans, Estimate};
use std::io;
use std::sync::OnceLock;

/// What a portfolio comes to.
#[derive(Debug, Clone)]
pub struct PortfolioAssessment {
    /// All members against nothing.
    pub joint: Assessment,
    /// Each proposed member against those in force: (index of the member, its assessment). Of its
    /// findings those that a verdict is read from; ledger, rules and sources are the portfolio's.
    pub proposed: Vec<(usize, Assessment)>,
    /// Those in force against nothing.
    pub in_force: Option<Findings>,
    /// X that belongs to no agreement, by account over the verdict horizon.
    pub interaction: Vec<(Account, Estimate)>,
}

/// Runs and judges a portfolio. `draws` receives the portfolio's own verdict quantities.
///
/// # Errors
/// Those of the sink, and a thread pool that cannot be built.
pub fn assess_portfolio(
    portfolio: &Portfolio,
    settings: &RunSettings,
    draws: &mut dyn DrawSink,
    progress: &dyn Progress,
) -> io::Result<PortfolioAssessment> {
    let arms = Arms::of(portfolio);
    if !arms.models[0].blanks.is_empty() {
        return Ok(unclear(portfolio, &arms.models[0]));
    }
    let pool = pool(settings.threads)?;
    let chance = |p: &Program| pool.install(|| run_chance(p, settings, progress));
    let chances: Vec<ChanceFindings> = arms.programs.iter().map(chance).collect();
    let mut looking = Looking::new(&arms, &chances, settings);
    looking.watches[0].begin(&arms.models[0], draws)?;
    let programs: Vec<&Program> = arms.programs.iter().collect();
    let watched: Vec<Vec<usize>> = programs.iter().map(|p| watched_rows(p)).collect();
    let look = |views: &[BlockView<'_>], last: bool| looking.look(views, last, draws);
    let found = run_jointly(&programs, settings, &watched, progress, &pool, look)?;
    let parts = arms.models.iter().zip(&arms.programs).zip(&chances);
    let parts = parts.zip(&found).enumerate();
    let mut findings: Vec<Findings> = parts
        .map(|(at, (((model, program), chance), found))| match at {
            0 => collect(model, program, found, chance),
            _ => collect_accounts(model, program, found, chance),
        })
        .collect();
    findings[0].running = looking.watches[0].running.rows(&arms.programs[0].years);
    findings[0].accountability = looking.watches[0].accountability(&arms.models[0], &findings[0]);
    findings[0].payback = looking.watches[0]
        .payback
        .rows(&arms.models[0], &findings[0]);
    let assessed = |at: usize| Assessment {
        verdict: judge(
            &arms.models[at],
            &arms.programs[at],
            &found[at],
            &findings[at],
            &looking.watches[at],
        ),
        findings: findings[at].clone(),
        without_sub_agreement: None,
        staying_out: Vec::new(),
        deciding: None,
        grounds: OnceLock::new(),
    };
    let joint = assessed(0);
    let proposed = match arms.alone {
        true => vec![(0, joint.clone())],
        false => arms
            .proposed
            .iter()
            .enumerate()
            .map(|(i, member)| (*member, assessed(i + 1)))
            .collect(),
    };
    Ok(PortfolioAssessment {
        joint,
        proposed,
        in_force: arms.in_force.then(|| findings[findings.len() - 1].clone()),
        interaction: looking.interaction(),
    })
}

/// A verdict on what is not *klarlagt* is none; the blanks name their agreement.
fn unclear(portfolio: &Portfolio, joint: &Model) -> PortfolioAssessment {
    let members = portfolio.members.iter().enumerate();
    let proposed = members.filter(|(_, m)| !m.in_force).map(|(i, member)| {
        let mut own = joint.clone();
        own.blanks = member.blanks.clone();
        (i, not_clarified(&own))
    });
    PortfolioAssessment {
        proposed: proposed.collect(),
        joint: not_clarified(joint),
        in_force: None,
        interaction: Vec::new(),
    }
}

/// What is run: the portfolio first, then each proposed member, last what is in force.
struct Arms {
    models: Vec<Model>,
    programs: Vec<Program>,
    /// Members proposed.
    proposed: Vec<usize>,
    /// Something is in force.
    in_force: bool,
    /// One proposed agreement and nothing in force: its verdict is the portfolio's.
    alone: bool,
}

impl Arms {
    fn of(portfolio: &Portfolio) -> Arms {
        let members = portfolio.members.iter().enumerate();
        let proposed: Vec<usize> = members
            .filter(|(_, m)| !m.in_force)
            .map(|(i, _)| i)
            .collect();
        let standing = portfolio.in_force();
        let joint = portfolio.joint();
        let mut arms = Arms {
            alone: proposed.len() == 1 && standing.is_none(),
            in_force: standing.is_some(),
            models: Vec::new(),
            programs: Vec::new(),
            proposed,
        };
        if !joint.blanks.is_empty() {
            arms.models.push(joint);
            return arms;
        }
        arms.push(joint, |model| Program::compile(model, Chance::Differences));
        if !arms.alone {
            for member in arms.proposed.clone() {
                let proposal = portfolio.proposal(member);
                let program = Program::compile_proposal(&proposal).without_ledger();
                arms.push(proposal.with, |_| program);
            }
        }
        if let Some(standing) = standing {
            arms.push(standing, |model| {
                Program::compile(model, Chance::Differences).without_ledger()
            });
        }
        arms
    }

    fn push(&mut self, model: Model, program: impl FnOnce(&Model) -> Program) {
        self.programs.push(program(&model));
        self.models.push(model);
    }

    /// Those that get a verdict.
    fn judged(&self) -> usize {
        self.models.len() - usize::from(self.in_force)
    }
}

/// Exactly nothing.
const NOTHING: Estimate = Estimate {
    mean: 0.0,
    mcse: 0.0,
};

/// What is followed through the joint run.
struct Looking {
    watches: Vec<Watch>,
    /// Row of X by arm and account.
    x: Vec<Vec<Option<usize>>>,
    /// Block means of the interaction by account.
    interaction: Vec<BlockMeans>,
}

impl Looking {
    fn new(arms: &Arms, chances: &[ChanceFindings], settings: &RunSettings) -> Looking {
        let watch = |at: usize| {
            let (model, program) = (&arms.models[at], &arms.programs[at]);
            let tolerances = fix(model, program, &chances[at]);
            let watch = Watch::new(model, program, tolerances, settings, arms.judged());
            match at {
                0 => watch,
                _ => watch.of_member(),
            }
        };
        let x = |program: &Program| -> Vec<Option<usize>> {
            let row = |a: Account| program.row(RowId::X(a, program.verdict_years));
            Account::ALL.into_iter().map(row).collect()
        };
        Looking {
            watches: (0..arms.judged()).map(watch).collect(),
            // one agreement alone has nobody to interact with
            x: match arms.alone {
                true => Vec::new(),
                false => arms.programs.iter().map(x).collect(),
            },
            interaction: vec![BlockMeans::new(); Account::ALL.len()],
        }
    }

    fn look(
        &mut self,
        views: &[BlockView<'_>],
        last_of_batch: bool,
        draws: &mut dyn DrawSink,
    ) -> io::Result<bool> {
        self.interact(views);
        let mut settled = true;
        for (at, (watch, view)) in self.watches.iter_mut().zip(views).enumerate() {
            settled &= match at {
                0 => watch.look(view, last_of_batch, draws)?,
                _ => watch.look(view, last_of_batch, &mut NoDraws)?,
            };
        }
        Ok(settled)
    }

    /// X of the portfolio less X of each of its parts, replicate by replicate.
    fn interact(&mut self, views: &[BlockView<'_>]) {
        let Some((joint, parts)) = self.x.split_first() else {
            return;
        };
        for (a, means) in self.interaction.iter_mut().enumerate() {
            let Some(joint) = joint[a] else { continue };
            let mut left = views[0].rows[joint].clone();
            for (part, view) in parts.iter().zip(&views[1..]) {
                if let Some(row) = part[a] {
                    let own = view.rows[row].iter();
                    left.iter_mut().zip(own).for_each(|(left, x)| *left -= x);
                }
            }
            means.push_values(&left);
        }
    }

    fn interaction(&self) -> Vec<(Account, Estimate)> {
        let estimate = |(account, means): (Account, &BlockMeans)| {
            let found = match means.is_empty() {
                true => NOTHING,
                false => means.estimate(),
            };
            (account, found)
        };
        let all = Account::ALL.into_iter().zip(&self.interaction);
        all.map(estimate).collect()
    }
}
