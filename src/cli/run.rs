//! `run`: from an agreement to its verdict, on the terminal and in a run folder.

use std::io;
use std::path::Path;
use std::time::Instant;

use super::arguments::RunArguments;
use super::exit::{Exit, Stop};
use super::files::Files;
use super::folder::{Published, RunFolder};
use super::output;
use super::progress::Bar;
use super::reading::{Loaded, load};
use crate::engine::{Progress, RunSettings};
use crate::report::{
    DrawsParquet, Identity, Language, Run, compose, ledger_csv, ledger_parquet, manifest_json,
    monitoring_csv, papers, result_json, terminal,
};
use crate::verdict::{Assessment, Outcome, assess};

const DRAWS: &str = "draws.parquet";

/// Runs a scenario.
///
/// # Errors
/// Faults of the scenario, and files that cannot be read or written.
pub fn run(arguments: &RunArguments) -> Result<Exit, Stop> {
    let started = Instant::now();
    let language = Language::from(arguments.how.lang);
    let loaded = load(&arguments.scenario, arguments.how.json)?;
    let task = Task::new(&loaded, arguments.how.settings.settings())?;
    arguments.how.settings.warn(language);
    let bar = Bar::new(language, arguments.how.quiet || arguments.how.json);
    let done = task.run(&arguments.how.out, &bar);
    bar.clear();
    let done = done.map_err(Stop::io(format!(
        "writing below {}",
        arguments.how.out.display()
    )))?;
    print(arguments, &task, &done)?;
    if !arguments.how.quiet {
        output::to_stderr(&took(language, started.elapsed().as_secs_f64()));
    }
    Ok(match done.made.assessment.verdict.outcome {
        Outcome::NotClarified => Exit::NotClarified,
        _ => Exit::Done,
    })
}

/// What is to be run.
pub(super) struct Task<'a> {
    loaded: &'a Loaded,
    settings: RunSettings,
    identity: Identity,
    id: String,
    balance_hash: String,
    input_hash: String,
}

/// What came out, and where it lies.
struct Done {
    made: Made<Assessment>,
    folder: Published,
}

/// What came out.
pub(super) struct Made<A> {
    /// The assessment.
    pub assessment: A,
    /// `result.json`.
    pub result: Vec<u8>,
    /// Names of the papers among the files.
    pub papers: Vec<String>,
}

impl<'a> Task<'a> {
    /// A task with its identity.
    pub(super) fn new(loaded: &'a Loaded, settings: RunSettings) -> Result<Task<'a>, Stop> {
        let inputs = loaded.inputs.iter();
        let inputs = inputs.map(|(path, content)| (path.as_str(), content.as_slice()));
        let identity = Identity::new(&loaded.model.scenario, &settings, inputs);
        let id = identity.run_id().map_err(Stop::io("naming the run"))?;
        let balance = identity.hash_of(&loaded.model.balance.origin.file);
        Ok(Task {
            balance_hash: balance.unwrap_or_default().to_owned(),
            input_hash: identity.input_hash(),
            loaded,
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
        let mut folder = RunFolder::begin(out, &self.loaded.model.scenario, &self.id)?;
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
    ) -> io::Result<Made<Assessment>> {
        let assessment = self.assess(files, progress)?;
        let run = self.report(&assessment);
        let result = result_json(&run)?;
        files.write("result.json", &result)?;
        if assessment.verdict.outcome != Outcome::NotClarified {
            self.write_ledger(files, &assessment)?;
            if let Some(bands) = monitoring_csv(&run) {
                files.write("monitoring.csv", bands.as_bytes())?;
            }
        }
        let papers = files.write_papers(papers(&run)?, &self.loaded.inputs)?;
        let balance = &self.loaded.model.balance.origin.file;
        let manifest = manifest_json(&self.identity, balance, files.outputs())?;
        files.write("manifest.json", &manifest)?;
        Ok(Made {
            assessment,
            result,
            papers,
        })
    }

    fn assess(&self, files: &mut impl Files, progress: &dyn Progress) -> io::Result<Assessment> {
        let mut draws = DrawsParquet::new(|| files.create(DRAWS));
        let assessment = assess(&self.loaded.model, &self.settings, &mut draws, progress)?;
        if let Some(file) = draws.finish()? {
            files.keep(DRAWS, file)?;
        }
        Ok(assessment)
    }

    fn write_ledger(&self, files: &mut impl Files, assessment: &Assessment) -> io::Result<()> {
        let (model, findings) = (&self.loaded.model, &assessment.findings);
        let mut csv = files.create("ledger.csv")?;
        ledger_csv(model, findings, &mut csv)?;
        files.keep("ledger.csv", csv)?;
        let parquet = ledger_parquet(model, findings, files.create("ledger.parquet")?)?;
        files.keep("ledger.parquet", parquet)
    }

    fn report<'r>(&'r self, assessment: &'r Assessment) -> Run<'r> {
        Run {
            id: &self.id,
            balance_hash: &self.balance_hash,
            input_hash: &self.input_hash,
            model: &self.loaded.model,
            settings: &self.settings,
            assessment,
        }
    }
}

fn print(arguments: &RunArguments, task: &Task, done: &Done) -> Result<(), Stop> {
    let path = done.folder.path().display();
    if arguments.how.json {
        return output::to_stdout(&done.made.result);
    }
    if arguments.how.quiet {
        return output::to_stdout(format!("{path}\n").as_bytes());
    }
    let language = Language::from(arguments.how.lang);
    let document = compose(&task.report(&done.made.assessment), language);
    let text = terminal(&document, output::setting());
    output::to_stdout(format!("{text}\n{}", whereabouts(language, &done.folder)).as_bytes())
}

pub(super) fn whereabouts(language: Language, folder: &Published) -> String {
    let path = folder.path().display();
    match (language, folder) {
        (Language::Da, Published::New(_)) => format!("Kørselsmappe: {path}\n"),
        (Language::Da, Published::Same(_)) => {
            format!("Kørselsmappe: {path} (stod der i forvejen med samme indhold)\n")
        }
        (Language::En, Published::New(_)) => format!("Run folder: {path}\n"),
        (Language::En, Published::Same(_)) => {
            format!("Run folder: {path} (it stood there already with the same content)\n")
        }
    }
}

fn took(language: Language, seconds: f64) -> String {
    match language {
        Language::Da => {
            let seconds = format!("{seconds:.1}").replace('.', ",");
            format!("Færdig på {seconds} sekunder.\n")
        }
        Language::En => format!("Done in {seconds:.1} seconds.\n"),
    }
}
