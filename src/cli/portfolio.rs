//! `portfolio`: several agreements together, and each of them against those in force.

use std::io;
use std::path::Path;

use super::arguments::PortfolioArguments;
use super::exit::{Exit, Stop};
use super::files::Files;
use super::folder::{Published, RunFolder};
use super::output;
use super::progress::Bar;
use super::reading::contents;
use super::run::Made;
use crate::engine::{Progress, RunSettings};
use crate::model::{Model, Portfolio};
use crate::report::{
    DrawsParquet, Identity, Language, PortfolioRun, compose_portfolio, ledger_csv, ledger_parquet,
    manifest_json, monitoring_csv, portfolio_json, portfolio_papers, terminal,
};
use crate::scenario;
use crate::verdict::{Outcome, PortfolioAssessment, assess_portfolio};

const DRAWS: &str = "draws.parquet";

/// Runs a portfolio.
///
/// # Errors
/// Faults of the portfolio or of an agreement in it, and files that cannot be read or written.
pub fn portfolio(arguments: &PortfolioArguments) -> Result<Exit, Stop> {
    let json = arguments.how.json;
    let language = Language::from(arguments.how.lang);
    let read = scenario::read_portfolio(&arguments.portfolio)
        .map_err(|diagnostics| Stop::Invalid { diagnostics, json })?;
    if !read.warnings.is_empty() && !json {
        output::diagnostics(&read.warnings, false);
    }
    let inputs = contents(&arguments.portfolio, &read.inputs)
        .map_err(Stop::io("reading the portfolio again"))?;
    let task = Task::new(&read.portfolio, inputs, arguments.how.settings.settings())?;
    arguments.how.settings.warn(language);
    let bar = Bar::new(language, arguments.how.quiet || json);
    let done = task.run(&arguments.how.out, &bar);
    bar.clear();
    let done = done.map_err(Stop::io(format!(
        "writing below {}",
        arguments.how.out.display()
    )))?;
    print(arguments, &task, &done)?;
    Ok(match done.made.assessment.joint.verdict.outcome {
        Outcome::NotClarified => Exit::NotClarified,
        _ => Exit::Done,
    })
}

/// What is to be run.
pub(super) struct Task<'a> {
    portfolio: &'a Portfolio,
    joint: Model,
    inputs: Vec<(String, Vec<u8>)>,
    settings: RunSettings,
    identity: Identity,
    id: String,
    balance_hash: String,
    input_hash: String,
}

/// What came out, and where it lies.
struct Done {
    made: Made<PortfolioAssessment>,
    folder: Published,
}

impl<'a> Task<'a> {
    /// A task with its identity.
    pub(super) fn new(
        portfolio: &'a Portfolio,
        inputs: Vec<(String, Vec<u8>)>,
        settings: RunSettings,
    ) -> Result<Task<'a>, Stop> {
        let files = inputs.iter();
        let files = files.map(|(path, content)| (path.as_str(), content.as_slice()));
        let identity = Identity::new(&portfolio.id, &settings, files);
        let id = identity.run_id().map_err(Stop::io("naming the run"))?;
        let balance = identity.hash_of(&portfolio.balance.origin.file);
        Ok(Task {
            balance_hash: balance.unwrap_or_default().to_owned(),
            input_hash: identity.input_hash(),
            joint: portfolio.joint(),
            portfolio,
            inputs,
            settings,
            identity,
            id,
        })
    }

    /// The run's name.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Computes and writes everything aside; only a whole folder gets its name.
    fn run(&self, out: &Path, progress: &dyn Progress) -> io::Result<Done> {
        let mut folder = RunFolder::begin(out, &self.portfolio.id, &self.id)?;
        let made = self.make(&mut folder, progress)?;
        let folder = folder.publish()?;
        Ok(Done { made, folder })
    }

    /// Computes and writes everything, the manifest last.
    ///
    /// # Errors
    /// Those of the disk, and a figure that is not finite.
    pub(super) fn make(
        &self,
        files: &mut impl Files,
        progress: &dyn Progress,
    ) -> io::Result<Made<PortfolioAssessment>> {
        let assessment = self.assess(files, progress)?;
        let run = self.report(&assessment);
        let result = portfolio_json(&run)?;
        files.write("result.json", &result)?;
        if assessment.joint.verdict.outcome != Outcome::NotClarified {
            self.write_ledger(files, &assessment)?;
            if let Some(bands) = monitoring_csv(&run.run(&assessment.joint)) {
                files.write("monitoring.csv", bands.as_bytes())?;
            }
        }
        let papers = files.write_papers(portfolio_papers(&run)?, &self.inputs)?;
        let balance = &self.portfolio.balance.origin.file;
        let manifest = manifest_json(&self.identity, balance, files.outputs())?;
        files.write("manifest.json", &manifest)?;
        Ok(Made {
            assessment,
            result,
            papers,
        })
    }

    fn assess(
        &self,
        files: &mut impl Files,
        progress: &dyn Progress,
    ) -> io::Result<PortfolioAssessment> {
        let mut draws = DrawsParquet::new(|| files.create(DRAWS));
        let found = assess_portfolio(self.portfolio, &self.settings, &mut draws, progress)?;
        if let Some(file) = draws.finish()? {
            files.keep(DRAWS, file)?;
        }
        Ok(found)
    }

    fn write_ledger(&self, files: &mut impl Files, found: &PortfolioAssessment) -> io::Result<()> {
        let findings = &found.joint.findings;
        let mut csv = files.create("ledger.csv")?;
        ledger_csv(&self.joint, findings, &mut csv)?;
        files.keep("ledger.csv", csv)?;
        let parquet = ledger_parquet(&self.joint, findings, files.create("ledger.parquet")?)?;
        files.keep("ledger.parquet", parquet)
    }

    fn report<'r>(&'r self, assessment: &'r PortfolioAssessment) -> PortfolioRun<'r> {
        PortfolioRun {
            id: &self.id,
            balance_hash: &self.balance_hash,
            input_hash: &self.input_hash,
            portfolio: self.portfolio,
            joint: &self.joint,
            settings: &self.settings,
            assessment,
        }
    }
}

fn print(arguments: &PortfolioArguments, task: &Task, done: &Done) -> Result<(), Stop> {
    if arguments.how.json {
        return output::to_stdout(&done.made.result);
    }
    if arguments.how.quiet {
        let path = done.folder.path().display();
        return output::to_stdout(format!("{path}\n").as_bytes());
    }
    let language = Language::from(arguments.how.lang);
    let document = compose_portfolio(&task.report(&done.made.assessment), language);
    let text = terminal(&document, output::setting());
    let where_ = super::run::whereabouts(language, &done.folder);
    output::to_stdout(format!("{text}\n{where_}").as_bytes())
}
