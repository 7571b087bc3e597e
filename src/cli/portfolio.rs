//! `portfolio`: several agreements together, and each of them against those in force.

use std::io;
use std::path::Path;

use super::arguments::PortfolioArguments;
use super::exit::{Exit, Stop};
use super::folder::{Published, RunFolder};
use super::output;
use super::progress::Bar;
use super::reading::contents;
use crate::engine::{Progress, RunSettings};
use crate::model::{Model, Portfolio};
use crate::report::{
    DrawsParquet, Identity, Language, PortfolioRun, compose_portfolio, ledger_csv, ledger_parquet,
    manifest_json, monitoring_csv, portfolio_json, terminal,
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
    Ok(match done.assessment.joint.verdict.outcome {
        Outcome::NotClarified => Exit::NotClarified,
        _ => Exit::Done,
    })
}

/// What is to be run.
struct Task<'a> {
    portfolio: &'a Portfolio,
    joint: Model,
    inputs: Vec<(String, Vec<u8>)>,
    settings: RunSettings,
    identity: Identity,
    id: String,
    balance_hash: String,
    input_hash: String,
}

/// What came out.
struct Done {
    assessment: PortfolioAssessment,
    result: Vec<u8>,
    folder: Published,
}

impl<'a> Task<'a> {
    fn new(
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

    fn run(&self, out: &Path, progress: &dyn Progress) -> io::Result<Done> {
        let mut folder = RunFolder::begin(out, &self.portfolio.id, &self.id)?;
        let assessment = self.assess(&mut folder, progress)?;
        let result = portfolio_json(&self.report(&assessment))?;
        folder.write("result.json", &result)?;
        if assessment.joint.verdict.outcome != Outcome::NotClarified {
            self.write_ledger(&mut folder, &assessment)?;
            let joint = self.report(&assessment);
            if let Some(bands) = monitoring_csv(&joint.run(&assessment.joint)) {
                folder.write("monitoring.csv", bands.as_bytes())?;
            }
        }
        for (path, content) in &self.inputs {
            folder.write(&format!("inputs/{path}"), content)?;
        }
        let balance = &self.portfolio.balance.origin.file;
        let manifest = manifest_json(&self.identity, balance, folder.outputs())?;
        folder.write("manifest.json", &manifest)?;
        Ok(Done {
            assessment,
            result,
            folder: folder.publish()?,
        })
    }

    fn assess(
        &self,
        folder: &mut RunFolder,
        progress: &dyn Progress,
    ) -> io::Result<PortfolioAssessment> {
        let mut draws = DrawsParquet::new(|| folder.create(DRAWS));
        let found = assess_portfolio(self.portfolio, &self.settings, &mut draws, progress)?;
        if let Some(file) = draws.finish()? {
            folder.keep(DRAWS, file)?;
        }
        Ok(found)
    }

    fn write_ledger(&self, folder: &mut RunFolder, found: &PortfolioAssessment) -> io::Result<()> {
        let findings = &found.joint.findings;
        let mut csv = folder.create("ledger.csv")?;
        ledger_csv(&self.joint, findings, &mut csv)?;
        folder.keep("ledger.csv", csv)?;
        let parquet = folder.create("ledger.parquet")?;
        folder.keep(
            "ledger.parquet",
            ledger_parquet(&self.joint, findings, parquet)?,
        )
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
        return output::to_stdout(&done.result);
    }
    if arguments.how.quiet {
        let path = done.folder.path().display();
        return output::to_stdout(format!("{path}\n").as_bytes());
    }
    let language = Language::from(arguments.how.lang);
    let document = compose_portfolio(&task.report(&done.assessment), language);
    let text = terminal(&document, output::setting());
    let where_ = super::run::whereabouts(language, &done.folder);
    output::to_stdout(format!("{text}\n{where_}").as_bytes())
}
