//! The report's sentences with places for what the script fills in.
//!
//! ```text
//! Sentence::Stands { count: "{count}", … } ─text─▶ "Regionen holder sig … i {count} (…)"
//! ```
//!
//! Promise: no sentence is written twice; each comes from the words of the report. Absent: the
//! rule that chooses among them (page.js).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Account, Party};
use crate::report::compose::{accountability, pen::Pen};
use crate::report::likelihood::{Likelihood, OutOf};
use crate::report::number::Scale;
use crate::report::words::whatif::{self as words, Both};
use crate::report::words::{Amount, Direction, Language, Payer, Payment, Sentence, Term};
use crate::report::words::{account_subject, joined};
use crate::verdict::{Outcome, Standing};

/// Counts that stand for a place in a sentence about counts.
const HITS: u32 = 1_111_111;
const OF: u32 = 2_222_222;

/// Sentences by what chooses them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Templates {
    decimal: char,
    thousands: char,
    to: String,
    and: String,
    years: u32,
    /// A sentence that stands for every outcome, where a limit of safety does not hold.
    blocked: Option<String>,
    outcomes: Keyed,
    outcomes_with_sum: Keyed,
    standings: Keyed,
    /// By account and standing.
    stands: BTreeMap<&'static str, Keyed>,
    gains: Vec<String>,
    loses: Vec<String>,
    expected_over: String,
    no_health_gain: String,
    /// In a sentence, and in a table.
    count: Counts,
    tally: Counts,
    /// By unit (power of ten) and direction.
    amounts: BTreeMap<i32, Keyed>,
    /// By unit and the two directions.
    ranges: BTreeMap<i32, BTreeMap<String, String>>,
    subjects: Keyed,
    outside: Outside,
    pays: Keyed,
    kroner: String,
    bound: String,
    varies: String,
    fixed: String,
    computing: String,
    as_run: String,
    moved: String,
    outside_label: String,
}

type Keyed = BTreeMap<&'static str, String>;

#[derive(Debug, Serialize)]
struct Counts {
    hits: String,
    more: String,
    fewer: String,
    all: String,
    none: String,
}

/// Who else bears a burden, of money and of time.
#[derive(Debug, Serialize)]
struct Outside {
    money: String,
    time: String,
}

/// Everything the script says.
pub fn templates(pen: &Pen) -> Templates {
    let text = |both: Both| both.text(pen.language);
    let (thousands, decimal) = match pen.language {
        Language::Da => ('.', ','),
        Language::En => (',', '.'),
    };
    Templates {
        decimal,
        thousands,
        to: pen.term(Term::To),
        and: joined(pen.language, &[String::new(), String::new()]),
        years: pen.findings().verdict_years,
        blocked: accountability::blocked(pen),
        outcomes: outcomes(pen),
        outcomes_with_sum: outcomes_with_sum(pen.language),
        standings: standings(|s| pen.term(s)),
        stands: stands(pen),
        gains: likelihoods(|likelihood| Sentence::SocietyGains {
            likelihood,
            count: "{count}",
            several: false,
        })
        .map(|s| pen.say(s))
        .collect(),
        loses: likelihoods(|likelihood| Sentence::SocietyLoses {
            likelihood,
            count: "{count}",
            several: false,
        })
        .map(|s| pen.say(s))
        .collect(),
        expected_over: pen.say(Sentence::ExpectedOver {
            years: pen.findings().verdict_years,
            amount: "{amount}",
            range: "{range}",
        }),
        no_health_gain: pen.term(Term::NoHealthGain),
        count: counts(|count| pen.say(Sentence::Count(count, "{replicates}"))),
        tally: counts(|count| pen.say(Sentence::Tally(count))),
        amounts: UNITS.into_iter().map(|u| (u, amounts(pen, u))).collect(),
        ranges: UNITS.into_iter().map(|u| (u, ranges(pen, u))).collect(),
        subjects: subjects(pen.language),
        outside: Outside {
            money: pen.say(Sentence::BurdenOutside("{names}")),
            time: pen.say(Sentence::BurdenOfTime("{names}")),
        },
        pays: pays(pen),
        kroner: pen.say(Sentence::Kroner("{digits}", Scale::WHOLE)),
        bound: text(words::BOUND_HOLD),
        varies: text(words::VARIES),
        fixed: text(words::FIXED),
        computing: text(words::COMPUTING),
        as_run: text(words::AS_RUN),
        moved: text(words::MOVED),
        outside_label: pen.term(Term::Outside),
    }
}

/// Units that an amount in a sentence may have, as powers of ten.
const UNITS: [i32; 2] = [0, 6];

fn outcomes(pen: &Pen) -> Keyed {
    let all = [
        Outcome::Balanced,
        Outcome::BalancedIfCompensated,
        Outcome::Undecided,
        Outcome::Unbalanced,
    ];
    all.into_iter().map(|o| (o.key(), pen.term(o))).collect()
}

/// With a lump sum chosen the same outcomes are about the agreement and the sum.
fn outcomes_with_sum(language: Language) -> Keyed {
    let all = [
        (Outcome::Balanced, words::BALANCED_WITH_SUM),
        (Outcome::BalancedIfCompensated, words::ANOTHER_SUM),
        (Outcome::Undecided, words::UNDECIDED_WITH_SUM),
        (Outcome::Unbalanced, words::UNBALANCED_WITH_SUM),
    ];
    let text = |(outcome, both): (Outcome, Both)| (outcome.key(), both.text(language));
    all.into_iter().map(text).collect()
}

fn standings(text: impl Fn(Standing) -> String) -> Keyed {
    let all = [
        Standing::Holds,
        Standing::Burdened,
        Standing::Undecided,
        Standing::Profits,
        Standing::Loses,
        Standing::Shown,
    ];
    all.into_iter().map(|s| (s.key(), text(s))).collect()
}

fn stands(pen: &Pen) -> BTreeMap<&'static str, Keyed> {
    let sides = [Party::Region, Party::Municipality].map(Account::Party);
    let side = |account: Account| {
        let sentence = |standing| {
            pen.say(Sentence::Stands {
                account,
                standing,
                count: "{count}",
                amount: "{amount}",
            })
        };
        (account.key(), standings(sentence))
    };
    sides.into_iter().map(side).collect()
}

/// From the likeliest word to the least likely.
fn likelihoods<'a>(of: impl Fn(Term) -> Sentence<'a>) -> impl Iterator<Item = Sentence<'a>> {
    let all = [
        Likelihood::VeryLikely,
        Likelihood::Likely,
        Likelihood::Even,
        Likelihood::LessLikely,
        Likelihood::Unlikely,
    ];
    all.into_iter().map(move |l| of(l.into()))
}

fn counts(say: impl Fn(OutOf) -> String) -> Counts {
    let placed = |count| {
        let text = say(count).replace(&HITS.to_string(), "{hits}");
        text.replace(&OF.to_string(), "{of}")
    };
    Counts {
        hits: placed(OutOf::Hits(HITS, OF)),
        more: placed(OutOf::MoreThan(HITS, OF)),
        fewer: placed(OutOf::FewerThan(HITS, OF)),
        all: placed(OutOf::All(0)),
        none: placed(OutOf::None(0)),
    }
}

const DIRECTIONS: [(&str, Direction); 3] = [
    ("extra", Direction::Extra),
    ("less", Direction::Less),
    ("unchanged", Direction::Unchanged),
];

fn amount(digits: &str, unit: i32, direction: Direction) -> Amount {
    Amount {
        digits: digits.to_owned(),
        scale: Scale { unit, finest: 0 },
        direction,
    }
}

fn amounts(pen: &Pen, unit: i32) -> Keyed {
    let say = |direction| pen.say(Sentence::Expected(&amount("{digits}", unit, direction)));
    DIRECTIONS.map(|(key, d)| (key, say(d))).into()
}

fn ranges(pen: &Pen, unit: i32) -> BTreeMap<String, String> {
    let mut ranges = BTreeMap::new();
    for (low_key, low) in DIRECTIONS {
        for (high_key, high) in DIRECTIONS {
            let (low, high) = (amount("{low}", unit, low), amount("{high}", unit, high));
            let text = pen.say(Sentence::Range(&low, &high));
            ranges.insert(format!("{low_key} {high_key}"), text);
        }
    }
    ranges
}

fn subjects(language: Language) -> Keyed {
    let outside = [Party::Gp, Party::State, Party::Citizen, Party::CivilSociety];
    let subject = |party: Party| {
        let text = account_subject(language, Account::Party(party));
        (party.key(), text.to_owned())
    };
    outside.into_iter().map(subject).collect()
}

fn pays(pen: &Pen) -> Keyed {
    let say = |payer| {
        let total = Payment {
            digits: "{sum}".to_owned(),
            scale: Scale::WHOLE,
            payer,
        };
        pen.say(Sentence::Pays {
            total: &total,
            per_year: "{year}",
            per_unit: None,
        })
    };
    let none = words::NO_SUM.text(pen.language);
    let (region, municipalities) = (say(Payer::Region), say(Payer::Municipalities));
    Keyed::from([
        ("region", region),
        ("municipalities", municipalities),
        ("nobody", none),
    ])
}
