//! What every section writes with: the run, the language, and the one rule for numbers.

use crate::analysis::{Account, Findings, OutsideRow, Summary};
use crate::model::{Model, Party};
use crate::report::Run;
use crate::report::document::Column;
use crate::report::few::{FEW, few};
use crate::report::likelihood::OutOf;
use crate::report::number::{self, Scale, Sign, figure, is_nothing, quantile_error};
use crate::report::words::{Amount, Language, Payer, Payment, Sentence, Term};
use crate::verdict::{Alternative, Probability, Verdict};

/// Accounts that every table of parties shows.
const CORE: [Account; 5] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
    Account::Party(Party::Gp),
    Account::Party(Party::State),
    Account::Society,
];

/// The run and the language.
pub struct Pen<'a> {
    run: &'a Run<'a>,
    /// Language.
    pub language: Language,
    /// Whether it writes about several agreements together.
    pub several: bool,
}

impl<'a> Pen<'a> {
    /// A pen for a run.
    pub fn new(run: &'a Run<'a>, language: Language) -> Self {
        Pen {
            run,
            language,
            several: false,
        }
    }

    /// The same, for several agreements together.
    #[must_use]
    pub fn of_several(self) -> Self {
        Pen {
            several: true,
            ..self
        }
    }

    /// The run.
    pub fn run(&self) -> &'a Run<'a> {
        self.run
    }

    /// The model.
    pub fn model(&self) -> &'a Model {
        self.run.model
    }

    /// The run's name.
    pub fn run_id(&self) -> &'a str {
        self.run.id
    }

    /// First digits of the hash of the signed rule's file.
    pub fn balance_hash(&self) -> &'a str {
        let hash = self.run.balance_hash;
        &hash[..hash.len().min(16)]
    }

    /// The figures.
    pub fn findings(&self) -> &'a Findings {
        &self.run.assessment.findings
    }

    /// The verdict.
    pub fn verdict(&self) -> &'a Verdict {
        &self.run.assessment.verdict
    }

    /// Whether precision decided the length of the run, and the budget ended it.
    pub fn stopped_unsettled(&self) -> bool {
        self.run.settings.replicates.is_none() && !self.findings().settled
    }

    /// A fixed word.
    pub fn term(&self, term: impl Into<Term>) -> String {
        term.into().text(self.language).to_owned()
    }

    /// A sentence.
    pub fn say(&self, sentence: Sentence) -> String {
        sentence.text(self.language)
    }

    /// What the result would be without a pending sub-agreement.
    pub fn without_sub_agreement(&self) -> Option<&'a Alternative> {
        self.run.assessment.without_sub_agreement.as_ref()
    }

    /// What staying outside gives and costs.
    pub fn staying_out(&self) -> &'a [OutsideRow] {
        &self.run.assessment.staying_out
    }

    /// Price level.
    pub fn price_level(&self) -> i32 {
        self.model().world.price_level
    }

    /// First and last year of the verdict horizon.
    pub fn horizon(&self) -> (i32, i32) {
        let years = self.verdict_years();
        let first = years.first().copied().unwrap_or_default();
        (first, years.last().copied().unwrap_or(first))
    }

    /// Calendar years of the verdict horizon.
    pub fn verdict_years(&self) -> &'a [i32] {
        let findings = self.findings();
        let end = findings.years.len().min(findings.verdict_years as usize);
        &findings.years[..end]
    }

    /// Accounts to show: the core five, and any other that something happens to.
    pub fn accounts(&self) -> Vec<Account> {
        let moved = |account| {
            let mut rows = self.findings().budget.iter();
            rows.any(|row| row.account == account && row.value != Summary::default())
        };
        let shown = |account: &Account| CORE.contains(account) || moved(*account);
        Account::ALL.into_iter().filter(shown).collect()
    }

    /// Columns of what is counted: without the agreement, with it, and the difference.
    pub fn without_and_with(&self) -> Vec<Column> {
        let terms = [
            Term::Without,
            Term::With,
            Term::Difference,
            Term::Interval80,
        ];
        terms.map(|term| Column::numbers(self.term(term))).to_vec()
    }

    /// A figure in a table, with both signs.
    pub fn cell(&self, scale: Scale, value: f64, error: f64) -> String {
        figure(self.language, scale, Sign::Both, value, error)
    }

    /// A figure that has no direction.
    pub fn plain(&self, scale: Scale, value: f64, error: f64) -> String {
        figure(self.language, scale, Sign::Minus, value, error)
    }

    /// A count of persons or events; `<5` where it is too small to be shown.
    pub fn counted(&self, scale: Scale, count: &Summary) -> String {
        match few(count.mean) {
            true => FEW.to_owned(),
            false => self.plain(scale, count.mean, count.mcse),
        }
    }

    /// The ends of an 80 % interval in a table.
    pub fn interval(&self, scale: Scale, sign: Sign, summary: &Summary) -> String {
        let ends = (summary.p10, summary.p90);
        self.ends(scale, sign, ends, self.quantile_error(summary))
    }

    /// An interval in a table, ends with both signs; one number where they print the same.
    pub fn between(&self, scale: Scale, ends: (f64, f64), error: f64) -> String {
        self.ends(scale, Sign::Both, ends, error)
    }

    fn ends(&self, scale: Scale, sign: Sign, (low, high): (f64, f64), error: f64) -> String {
        let end = |value| figure(self.language, scale, sign, value, error);
        let (low, high) = (end(low), end(high));
        if low == high {
            return low;
        }
        format!("{low} {} {high}", Term::To.text(self.language))
    }

    /// A Monte Carlo error.
    pub fn error(&self, scale: Scale, error: f64) -> String {
        number::error(self.language, scale, error)
    }

    /// "merudgift 1,4 mio. kr."
    pub fn amount(&self, value: f64, error: f64) -> String {
        let amount = Amount::new(self.language, Scale::of_sentence(value), value, error);
        self.say(Sentence::Expected(&amount))
    }

    /// "mindreudgift 1,4 mio. kr. til merudgift 2,0 mio. kr."
    pub fn range(&self, cost: &Summary) -> String {
        let scale = Scale::of_sentence(cost.p10.abs().max(cost.p90.abs()));
        let error = self.quantile_error(cost);
        let end = |value| Amount::new(self.language, scale, value, error);
        self.say(Sentence::Range(&end(cost.p10), &end(cost.p90)))
    }

    /// A sum between the two sides, rounded as its 95 % interval allows.
    pub fn payment(&self, value: f64, interval: (f64, f64)) -> Payment {
        let scale = Scale::of_sentence(value);
        let digits = self.plain(scale, value.abs(), interval_error(interval));
        let payer = match value {
            _ if is_nothing(&digits) => Payer::Nobody,
            v if v > 0.0 => Payer::Region,
            _ => Payer::Municipalities,
        };
        Payment {
            digits,
            scale,
            payer,
        }
    }

    /// "8 ud af 10 beregninger".
    pub fn out_of(&self, probability: Probability) -> String {
        let replicates = self.findings().replicates;
        let count = OutOf::of(probability, self.model().balance.confidence, replicates);
        self.say(Sentence::Count(
            count,
            &number::count(self.language, replicates),
        ))
    }

    /// "8 ud af 10", for a table.
    pub fn tally(&self, probability: Probability) -> String {
        let confidence = self.model().balance.confidence;
        let count = OutOf::of(probability, confidence, self.findings().replicates);
        self.say(Sentence::Tally(count))
    }

    fn quantile_error(&self, summary: &Summary) -> f64 {
        quantile_error(summary, self.findings().replicates)
    }
}

/// X, where positive is better off, as the extra expenditure that the document prints.
pub fn cost(x: &Summary) -> Summary {
    Summary {
        mean: -x.mean,
        mcse: x.mcse,
        p10: -x.p90,
        p90: -x.p10,
    }
}

/// The Monte Carlo standard error behind a 95 % interval.
pub fn interval_error((low, high): (f64, f64)) -> f64 {
    (high - low).abs() / (2.0 * 1.96)
}

/// The largest amount among summaries, for choosing a column's scale.
pub fn largest<'s>(summaries: impl Iterator<Item = &'s Summary>) -> f64 {
    summaries
        .flat_map(|s| [s.mean, s.p10, s.p90])
        .fold(0.0, |largest: f64, x| largest.max(x.abs()))
}
