//! Words around figures: what a sentence is made of.

use super::{Amount, Language, Term, danish, english};
use crate::analysis::Account;
use crate::report::likelihood::OutOf;
use crate::report::number::Scale;
use crate::verdict::Standing;

/// A lump sum between the two sides, without a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Digits.
    pub digits: String,
    /// Their unit.
    pub scale: Scale,
    /// Who pays.
    pub payer: Payer,
}

/// Who pays whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payer {
    /// The region pays the municipalities.
    Region,
    /// The municipalities pay the region.
    Municipalities,
    /// Nothing is paid.
    Nobody,
}

impl Payment {
    /// The direction in which both go, where they do not go against each other.
    pub fn common(&self, other: &Payment) -> Option<Payer> {
        match (self.payer, other.payer) {
            (a, b) if a == b => Some(a),
            (Payer::Nobody, payer) | (payer, Payer::Nobody) => Some(payer),
            _ => None,
        }
    }
}

/// A message with figures in it. Every text is already rounded by the one rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sentence<'a> {
    /// The period and state of the agreement.
    Period {
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
        /// Approval.
        status: Term,
        /// What happens then.
        after: Term,
    },
    /// How often it was calculated, and the run's name.
    Calculated {
        /// Replicates.
        times: &'a str,
        /// Price level.
        price_level: i32,
        /// Run id.
        run: &'a str,
    },
    /// How many calculations.
    Count(OutOf, &'a str),
    /// An expected amount.
    Expected(&'a Amount),
    /// From one amount to another, on one scale.
    Range(&'a Amount, &'a Amount),
    /// How likely it is that society does not pay more.
    SocietyLoses {
        /// The word.
        likelihood: Term,
        /// The count.
        count: &'a str,
        /// Whether of several agreements together.
        several: bool,
    },
    /// How likely society is no worse off.
    SocietyGains {
        /// The word.
        likelihood: Term,
        /// The count.
        count: &'a str,
        /// Whether of several agreements together.
        several: bool,
    },
    /// What is expected over the horizon.
    ExpectedOver {
        /// Years.
        years: u32,
        /// Amount in words.
        amount: &'a str,
        /// Range in words.
        range: &'a str,
    },
    /// How a tested party stands.
    Stands {
        /// Who.
        account: Account,
        /// How.
        standing: Standing,
        /// Count of calculations in which its limit holds.
        count: &'a str,
        /// Expected amount in words.
        amount: &'a str,
    },
    /// A sum that one side pays the other.
    Pays {
        /// Sum.
        total: &'a Payment,
        /// The same a year.
        per_year: &'a str,
        /// The same a unit, with the unit's name.
        per_unit: Option<(&'a str, &'a str)>,
    },
    /// What knowledge would decide an undecided verdict.
    WouldDecide(&'a str),
    /// Region and municipalities together hold; of those bound one by one, so many do not surely.
    OpenMunicipalities {
        /// Municipalities for which it cannot be decided.
        open: usize,
        /// Bound one by one.
        of: usize,
    },
    /// The signed rule of balance, and the hash of its file.
    Principle {
        /// Title.
        title: &'a str,
        /// First digits of the hash.
        hash: &'a str,
        /// Who signed; empty if nobody.
        signed_by: &'a str,
    },
    /// So many out of so many, without saying of what.
    Tally(OutOf),
    /// On whom outside the balance a burden falls.
    BurdenOutside(&'a str),
    /// Citizens or volunteers who surely use more: time may be valued and paid by nobody.
    BurdenOfTime(&'a str),
    /// Municipalities burdened beyond chance.
    BurdenedMunicipalities(&'a str),
    /// Every municipality, of so many.
    BurdenedAll(usize),
    /// Every municipality but a few.
    BurdenedExcept {
        /// Names of those few.
        names: &'a str,
        /// Of so many.
        of: usize,
    },
    /// Parameters that the party they bind has not approved.
    Unapproved {
        /// So many.
        count: usize,
        /// Of so many that bind a party.
        of: usize,
    },
    /// Parameters that are assumptions.
    Assumed {
        /// So many.
        count: usize,
        /// Of all in use.
        of: usize,
    },
    /// What assumptions explain of an account's uncertainty.
    AssumedShare {
        /// Whose.
        account: Account,
        /// Per cent.
        share: &'a str,
    },
    /// Caption of the yearly table.
    BudgetCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// Caption of the table over the verdict horizon.
    HorizonCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
        /// First year of the horizon.
        from: i32,
        /// Last year.
        to: i32,
    },
    /// What the limit and the count mean.
    LimitNote {
        /// π in per cent.
        confidence: &'a str,
    },
    /// Every sum in the zone keeps both in balance.
    Zone(&'a Payment, &'a Payment),
    /// A sum and its direction.
    Payment(&'a Payment),
    /// What the verdict would be without the pending sub-agreement.
    WithoutSubAgreement {
        /// Its outcome.
        outcome: Term,
        /// Each side and its amount.
        amounts: &'a str,
    },
    /// An account and its expected amount.
    Of {
        /// Whose.
        account: Account,
        /// Amount in words.
        amount: &'a str,
    },
    /// No sum does.
    ZoneEmpty {
        /// Least that the municipalities need.
        needed: &'a Payment,
        /// Most that the region can give.
        affordable: &'a Payment,
    },
    /// Caption of the compensation table.
    CompensationCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
        /// Unit that "per unit" counts.
        unit: Option<&'a str>,
    },
    /// Caption of the municipal table.
    MunicipalityCaption {
        /// Years of the horizon.
        years: u32,
        /// Unit of the total.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// Above the table of clusters.
    ClusterCaption {
        /// Years of the horizon.
        years: u32,
        /// Unit of the total.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// Best and worst off.
    Spread {
        /// Name of the worst off.
        worst: &'a str,
        /// Its amount per inhabitant in words.
        worst_amount: &'a str,
        /// Name of the best off.
        best: &'a str,
        /// Its amount.
        best_amount: &'a str,
    },
    /// Caption of the indicator table.
    IndicatorCaption,
    /// Indicators without a figure.
    NotModelled(&'a str),
    /// Caption of the liquidity table.
    LiquidityCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// Caption of the importance table.
    ImportanceCaption,
    /// How much of an account's variance is chance.
    ChanceShare {
        /// Whose.
        account: Account,
        /// Per cent of the variance.
        share: &'a str,
        /// Half-width of the chance band in words.
        band: &'a str,
    },
    /// Years as a heading, e.g. "10 years".
    Years(u32),
    /// A memo line.
    Memo {
        /// Whose.
        account: Account,
        /// What.
        what: Term,
        /// Kroner in words.
        amount: &'a str,
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
    },
    /// Caption of the table of horizons.
    HorizonsCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
        /// Year of present value.
        from: i32,
    },
    /// Caption of the table of general practice.
    GpCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// Caption of the robustness table.
    RobustnessCaption,
    /// A plain amount of kroner.
    Kroner(&'a str, Scale),
    /// Effect on a budget in a year.
    EffectInYear(i32),
    /// Effect over the verdict horizon.
    EffectOver {
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
    },
    /// Difference of an indicator in a year.
    DifferenceInYear(i32),
    /// Caption of an explanation in kroner.
    ExplainedKroner {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// Caption of an explanation in units.
    ExplainedUnits,
    /// Caption of a comparison.
    ComparisonCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// A table holds something else.
    TableDiffers(&'a str),
    /// A change was made with others.
    MadeWith(&'a str),
    /// So many terms are not shown.
    MoreTerms(usize),
    /// A parameter with everything a sceptic asks about.
    Parameter {
        /// Name for readers.
        label: &'a str,
        /// Law or formula.
        value: &'a str,
        /// Unit key.
        unit: &'a str,
        /// Price year of an amount.
        price_year: Option<i32>,
        /// Grade.
        grade: &'a str,
        /// The party it binds.
        owner: &'a str,
        /// Source.
        source: &'a str,
        /// File.
        file: &'a str,
        /// Line.
        line: u32,
    },
    /// Caption of the table of persons by level.
    PersonsCaption,
    /// A level of a group.
    LevelOf {
        /// The group's name.
        group: &'a str,
        /// The level.
        level: u8,
    },
    /// Caption of the table of survival and health.
    HealthCaption,
    /// Health gained over the verdict horizon.
    QalyGain {
        /// Years.
        years: u32,
        /// Gain.
        gain: &'a str,
        /// Its interval.
        interval: &'a str,
    },
    /// What one costs.
    QalyCosts(&'a str),
    /// The gain in kroner less the cost, at a stated worth.
    NetBenefit {
        /// Worth of a QALY.
        worth: &'a str,
        /// What is left.
        net: &'a str,
    },
    /// Caption of the verdict at several horizons.
    HorizonReadingCaption {
        /// Years of the one that decides.
        years: u32,
    },
    /// A gain that shows only over a longer horizon.
    GainOutside {
        /// Whose.
        account: Account,
        /// Years of the first horizon that shows it.
        years: u32,
    },
    /// No gain shows in the years computed.
    NoGainShown(u32),
    /// Caption of each agreement beside the portfolio.
    PortfolioCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
    },
    /// Caption of the running account.
    CumulativeCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
    },
    /// Caption of who invests and who gains.
    InvestCaption {
        /// Unit of kroner.
        scale: Scale,
        /// Price level.
        price_level: i32,
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
    },
    /// How the agreements' own periods are treated.
    PortfolioPeriods,
    /// A member with its period.
    MemberPeriod {
        /// Title.
        title: &'a str,
        /// First year.
        from: i32,
        /// Last year.
        to: i32,
        /// What happens then.
        after: Term,
    },
    /// An agreement with what is missing in it.
    BlankOf {
        /// The agreement.
        agreement: &'a str,
        /// What is missing, with its place.
        blank: &'a str,
    },
    /// A blank with its place.
    Blank {
        /// What is missing.
        words: &'a str,
        /// In which file.
        file: &'a str,
        /// On which line.
        line: u32,
    },
}

impl Sentence<'_> {
    /// The sentence in a language.
    pub fn text(&self, language: Language) -> String {
        let mut text = match language {
            Language::Da => danish::text(self),
            Language::En => english::text(self),
        };
        // An abbreviation at the end brings its own full stop: "3 mio. kr."
        if text.ends_with("..") {
            text.pop();
        }
        text
    }
}
