//! What a user can type.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::engine::RunSettings;
use crate::random::{BLOCK, Seed};
use crate::report::Language;

/// Is an agreement between region, municipalities and general practice in fair economic balance?
#[derive(Debug, Parser)]
#[command(
    version,
    about,
    after_help = "\
Exit codes: 0 computed, 2 invalid input or usage, 3 not clarified (no verdict),
70 a fault of the program, 74 a file could not be read or written.

Start with:  fairbalance run scenarios/kol-hjemmemonitorering"
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Compute an agreement: who pays, who saves, when, how sure, and is it fair?
    #[command(after_help = "\
Examples:
  fairbalance run scenarios/kol-hjemmemonitorering
  fairbalance run scenarios/kol-hjemmemonitorering --lang en --seed 7
  fairbalance run scenarios/kol-hjemmemonitorering --precision 0.01
  fairbalance run scenarios/kol-hjemmemonitorering --json | jq .verdict
  folder=$(fairbalance run scenarios/kol-hjemmemonitorering --quiet)")]
    Run(RunArguments),
    /// Make a run's papers again, byte for byte, or say whether its folder is as it was written
    #[command(after_help = "\
The folder holds its inputs and settings, so everything in it can be computed again. Without --out
what is missing is put back; a file that was changed is named and never overwritten.

Examples:
  fairbalance report output/kol-hjemmemonitorering/3fa8c1d2e4b5a697
  fairbalance report output/kol-hjemmemonitorering/3fa8c1d2e4b5a697 --out papirer
  fairbalance report output/kol-hjemmemonitorering/3fa8c1d2e4b5a697 --check && echo uændret")]
    Report(ReportArguments),
    /// Compute several agreements together: the portfolio's verdict, and each agreement's beside it
    #[command(after_help = "\
A portfolio is a file of kind \"portfolio\": a world, a balance principle, agreements in force and
agreements proposed. One joint run; every agreement is measured against those in force.

Examples:
  fairbalance portfolio scenarios/portfolios/sundhedsaftale-2024-2027
  fairbalance portfolio scenarios/portfolios/sundhedsaftale-2024-2027 --lang en --seed 7
  fairbalance portfolio scenarios/portfolios/sundhedsaftale-2024-2027 --json | jq .interaction
  folder=$(fairbalance portfolio scenarios/portfolios/sundhedsaftale-2024-2027 --quiet)")]
    Portfolio(PortfolioArguments),
    /// Read a scenario and name every fault and every blank, without computing.
    #[command(after_help = "\
Examples:
  fairbalance check scenarios/kol-hjemmemonitorering
  fairbalance check scenarios/kol-hjemmemonitorering --json")]
    Check(CheckArguments),
    /// Say what differs between two scenarios or run folders, and what each difference moves.
    #[command(after_help = "\
Examples:
  fairbalance compare scenarios/kol-hjemmemonitorering 'scenarios/kol-hjemmemonitorering#uden_bidrag'
  fairbalance compare output/kol-hjemmemonitorering/3fa8c1d2e4b5a697 scenarios/kol-hjemmemonitorering
  fairbalance compare scenarios/kol-hjemmemonitorering 'scenarios/kol-hjemmemonitorering#uden_bidrag' --report
  fairbalance compare output/kol-hjemmemonitorering/3fa8c1d2e4b5a697 scenarios/kol-hjemmemonitorering --report siden-sidst.docx
  fairbalance compare scenarios/a scenarios/b --json")]
    Compare(CompareArguments),
    /// Lead from a figure of the report to its formula, parameters, sources and file lines.
    #[command(after_help = "\
Examples:
  fairbalance explain scenarios/kol-hjemmemonitorering            (lists all figures)
  fairbalance explain scenarios/kol-hjemmemonitorering years.region.2027
  fairbalance explain scenarios/kol-hjemmemonitorering municipalities.Horsens --json")]
    Explain(ExplainArguments),
    /// Hold observed quarters against the band that a run has written
    #[command(after_help = "\
OBSERVED is a table: indicator;year;quarter;value

Examples:
  fairbalance follow output/kol-hjemmemonitorering/3fa8c1d2e4b5a697 observeret.csv
  fairbalance follow output/kol-hjemmemonitorering/3fa8c1d2e4b5a697 observeret.csv --json")]
    Follow(FollowArguments),
    /// Print the JSON Schema of scenario files, for completion in an editor.
    #[command(after_help = "\
Examples:
  fairbalance schema > fairbalance.schema.json")]
    Schema,
}

/// Arguments of `run`.
#[derive(Debug, Args)]
pub struct RunArguments {
    /// A scenario's folder, or its agreement file
    pub scenario: PathBuf,
    #[command(flatten)]
    pub how: HowArguments,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArguments {
    /// A run folder, of an agreement or of a portfolio
    pub run: PathBuf,
    /// Write the papers into this new folder instead, in both languages
    #[arg(long, value_name = "DIR", conflicts_with = "check")]
    pub out: Option<PathBuf>,
    /// Write nothing; exit 0 if everything is as it was written, else 2
    #[arg(long)]
    pub check: bool,
    /// Language of what is said
    #[arg(long, value_enum, default_value_t = Lang::Da)]
    pub lang: Lang,
    /// What is wrong as JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `portfolio`.
#[derive(Debug, Args)]
pub struct PortfolioArguments {
    /// A portfolio's folder, or its file
    pub portfolio: PathBuf,
    #[command(flatten)]
    pub how: HowArguments,
}

/// How a run is made, and what is said of it.
#[derive(Debug, Args)]
pub struct HowArguments {
    /// Folder that run folders are written under
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// Language of the report
    #[arg(long, value_enum, default_value_t = Lang::Da)]
    pub lang: Lang,
    /// Print result.json instead of the report
    #[arg(long)]
    pub json: bool,
    /// No progress; print only the path of the run folder
    #[arg(long)]
    pub quiet: bool,
}

/// How to compute: what reaches a figure, and threads.
#[derive(Debug, Args)]
pub struct SettingsArguments {
    /// Seed of every draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// A fixed number of replicates (at least 2,048 are run), instead of running until the answer
    /// is settled
    #[arg(long, value_name = "N", value_parser = at_least_one,
          conflicts_with_all = ["precision", "max_replicates"])]
    pub replicates: Option<usize>,
    /// Run until every tested probability is known within ± P, for instance 0.01
    #[arg(long, value_name = "P", value_parser = precision)]
    pub precision: Option<f64>,
    /// Most replicates when the answer decides
    #[arg(long, value_name = "N", value_parser = at_least_one, default_value_t = 100_000)]
    pub max_replicates: usize,
    /// Worker threads; 0 is all. Reaches no figure
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// A scenario or a run folder
    pub a: PathBuf,
    /// Another
    pub b: PathBuf,
    /// Also write it as a page in sentences, "Since the last draft …": an .html or .docx file,
    /// which is replaced if it is there [default: sammenligning.html, in English comparison.html]
    #[arg(long, value_name = "FILE", num_args = 0..=1)]
    pub report: Option<Option<PathBuf>>,
    /// Seed of every draw
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Language
    #[arg(long, value_enum, default_value_t = Lang::Da)]
    pub lang: Lang,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

impl CompareArguments {
    /// How the two outcomes are computed.
    pub fn settings(&self) -> RunSettings {
        RunSettings {
            seed: Seed(self.seed),
            ..RunSettings::default()
        }
    }
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A scenario's folder, or its agreement file
    pub scenario: PathBuf,
    /// Which figure, for instance years.region.2027; left out, all are listed
    pub figure: Option<String>,
    #[command(flatten)]
    pub settings: SettingsArguments,
    /// Language
    #[arg(long, value_enum, default_value_t = Lang::Da)]
    pub lang: Lang,
    /// As JSON, with every term
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `follow`.
#[derive(Debug, Args)]
pub struct FollowArguments {
    /// A run folder
    pub run: PathBuf,
    /// Observed quarters as a table
    pub observed: PathBuf,
    /// Language
    #[arg(long, value_enum, default_value_t = Lang::Da)]
    pub lang: Lang,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// A scenario's folder, or its agreement file
    pub scenario: PathBuf,
    /// Language of the blanks
    #[arg(long, value_enum, default_value_t = Lang::Da)]
    pub lang: Lang,
    /// Faults and blanks as JSON
    #[arg(long)]
    pub json: bool,
}

/// Language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Danish
    Da,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Da => Language::Da,
            Lang::En => Language::En,
        }
    }
}

/// Four blocks: with fewer a calculation cannot tell its own error, and no figure is printed
/// without one.
pub const FEWEST: usize = 4 * BLOCK;

impl SettingsArguments {
    /// How to run.
    pub fn settings(&self) -> RunSettings {
        RunSettings {
            seed: Seed(self.seed),
            replicates: self.replicates.map(|n| n.max(FEWEST)),
            precision: self.precision,
            max_replicates: self.max_replicates.max(FEWEST),
            threads: self.threads,
        }
    }

    /// Tells when more replicates are run than were asked for.
    pub fn warn(&self, language: Language) {
        if self.replicates.unwrap_or(self.max_replicates) < FEWEST {
            super::output::to_stderr(&too_few(language));
        }
    }
}

fn too_few(language: Language) -> String {
    match language {
        Language::Da => format!(
            "Færre end {FEWEST} gentagelser kan ikke vise beregningens egen fejl: {FEWEST} er brugt.\n"
        ),
        Language::En => format!(
            "Fewer than {FEWEST} replicates cannot tell the calculation's own error: {FEWEST} are run.\n"
        ),
    }
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a whole number of at least 1 is needed".into()),
        Ok(n) => Ok(n),
    }
}

fn precision(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(p) if p > 0.0 && p < 0.5 => Ok(p),
        _ => Err("a probability between 0 and 0.5 is needed, for instance 0.01".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_hang_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples_in_its_help() {
        for command in Arguments::command().get_subcommands() {
            let help = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            assert!(help.contains("Examples:"), "{}", command.get_name());
        }
    }

    #[test]
    fn a_fixed_number_of_replicates_excludes_precision() {
        let parsed = |line: &str| Arguments::try_parse_from(line.split(' '));
        assert!(parsed("fairbalance run x --replicates 5 --precision 0.01").is_err());
        assert!(parsed("fairbalance run x --replicates 0").is_err());
        assert!(parsed("fairbalance run x --precision NaN").is_err());
        assert!(parsed("fairbalance run x --precision 0.01 --max-replicates 9000").is_ok());
    }
}
