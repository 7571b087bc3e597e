//! The verdict read at 4, 10 and 20 years beside the signed horizon's, and where a gain lies.

use super::method::leads;
use super::pen::Pen;
use crate::analysis::Account;
use crate::model::MechanismKind;
use crate::report::document::{Block, Column, Document, Rank, Table};
use crate::report::words::method as equations;
use crate::report::words::{Sentence, Term, account_label};
use crate::verdict::{HorizonVerdict, Outcome};

/// Less than a krone is nobody's gain.
const A_KRONE: f64 = 1.0;

/// The table and its sentences; nothing where only one horizon is computed.
pub fn write(pen: &Pen, document: &mut Document) {
    let horizons = &pen.verdict().horizons;
    if horizons.len() < 2 {
        return;
    }
    document.push(Block::Heading(pen.term(Term::OtherHorizons)));
    document.push(Block::Table(table(pen, horizons)));
    let sentences = outside(pen, horizons);
    if !sentences.is_empty() {
        document.push(Block::paragraph(sentences.join(" ")));
    }
}

fn table(pen: &Pen, horizons: &[HorizonVerdict]) -> Table {
    let columns = horizons
        .iter()
        .map(|h| Column::words(pen.say(Sentence::Years(h.years))))
        .collect();
    let caption = pen.say(Sentence::HorizonReadingCaption {
        years: pen.findings().verdict_years,
    });
    let mut table = Table::new(caption, pen.term(Term::Party), columns)
        .leading(leads([equations::X, equations::HOLDS]));
    let outcome = |h: &HorizonVerdict| match h.outcome {
        Some(outcome) => pen.term(short(outcome)),
        None => String::new(),
    };
    if horizons.iter().any(|h| h.outcome.is_some()) {
        let cells: Vec<String> = horizons.iter().map(outcome).collect();
        table.row(Rank::Main, pen.term(Term::Balance), cells);
    }
    let tally = |p: f64| {
        pen.tally(crate::verdict::Probability {
            p,
            ..Default::default()
        })
    };
    for (i, (account, ..)) in horizons[0].parties.iter().enumerate() {
        let label = account_label(pen.language, *account);
        let stands = |h: &HorizonVerdict| pen.term(h.parties[i].2);
        table.row(
            Rank::Main,
            label,
            horizons.iter().map(stands).collect::<Vec<String>>(),
        );
        let holds = |h: &HorizonVerdict| tally(h.parties[i].1);
        table.row(
            Rank::Detail,
            pen.term(Term::Holds),
            horizons.iter().map(holds).collect::<Vec<String>>(),
        );
    }
    let society = account_label(pen.language, Account::Society);
    let gains = |h: &HorizonVerdict| tally(h.society);
    table.row(Rank::Main, society, vec![String::new(); horizons.len()]);
    table.row(
        Rank::Detail,
        pen.term(Term::NotDearer),
        horizons.iter().map(gains).collect::<Vec<String>>(),
    );
    table
}

/// The outcome in a table's cell.
fn short(outcome: Outcome) -> Term {
    match outcome {
        Outcome::NotClarified => Term::NoDirection,
        Outcome::Balanced => Term::StandsHolds,
        Outcome::BalancedIfCompensated => Term::ShortIfCompensated,
        Outcome::Undecided => Term::StandsUndecided,
        Outcome::Unbalanced => Term::ShortUnbalanced,
    }
}

/// Whose gain shows only beyond the signed horizon, and whether none shows at all.
fn outside(pen: &Pen, horizons: &[HorizonVerdict]) -> Vec<String> {
    let signed = pen.findings().verdict_years;
    let Some(at) = horizons.iter().position(|h| h.years == signed) else {
        return Vec::new();
    };
    let mean = |h: &HorizonVerdict, i: usize| h.x[i].1;
    let mut sentences = Vec::new();
    for (i, (account, x)) in horizons[at].x.iter().enumerate() {
        let later = horizons[at..].iter().find(|h| mean(h, i) > A_KRONE);
        if let (true, Some(later)) = (*x <= A_KRONE, later) {
            sentences.push(pen.say(Sentence::GainOutside {
                account: *account,
                years: later.years,
            }));
        }
    }
    let mechanisms = &pen.model().agreement.mechanisms;
    let prevents = mechanisms
        .iter()
        .any(|m| matches!(m.kind, MechanismKind::Transition(_)));
    let society = horizons[0].x.len() - 1;
    let nobody = horizons.iter().all(|h| mean(h, society) <= A_KRONE);
    if let (true, true, Some(last)) = (prevents, nobody, horizons.last()) {
        sentences.push(pen.say(Sentence::NoGainShown(last.years)));
    }
    sentences
}
