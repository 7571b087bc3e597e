//! What staying outside gives a municipality and costs the others.

use super::method::leads;
use super::pen::Pen;
use crate::analysis::OutsideRow;
use crate::model::{Account, Party};
use crate::report::document::{Block, Document, Fact};
use crate::report::number::Scale;
use crate::report::words::method as equations;
use crate::report::words::{Beyond, Sentence};
use crate::stats::Estimate;

/// A fact for each municipality asked about.
pub fn write(pen: &Pen, document: &mut Document) {
    let rows = pen.staying_out();
    if rows.is_empty() {
        return;
    }
    document.push(Block::Heading(say(pen, Beyond::Outside)));
    let fact = |row: &OutsideRow| {
        let place = &pen.model().world.municipalities[row.municipality.0 as usize];
        let fact = Fact::from((place.name.clone(), told(pen, row)));
        let [equation] = leads([equations::X]);
        fact.of(equation)
            .of(format!("municipalities.{}", place.code))
    };
    document.push(Block::facts(rows.iter().map(fact)));
}

fn told(pen: &Pen, row: &OutsideRow) -> String {
    let of = |account| {
        let mut found = row.accounts.iter();
        found.find(|(a, _)| *a == account).map(|(_, x)| *x)
    };
    let amount = |x: Option<Estimate>| x.map_or(String::new(), |x| pen.amount(-x.mean, x.mcse));
    let sentences = [
        say(
            pen,
            Beyond::OutsideOf {
                outside: &amount(Some(row.outside)),
                inside: &amount(Some(row.inside)),
                years: pen.findings().verdict_years,
            },
        ),
        own(pen, row),
        say(
            pen,
            Beyond::ForTheOthers {
                others: &amount(Some(row.others)),
                region: &amount(of(Account::Party(Party::Region))),
                society: &amount(of(Account::Society)),
            },
        ),
    ];
    sentences.join(" ")
}

/// Which of the two pays, if the draws can tell.
fn own(pen: &Pen, row: &OutsideRow) -> String {
    let gain = row.free_ride;
    let scale = Scale::of_sentence(gain.mean);
    let digits = pen.plain(scale, gain.mean.abs(), gain.mcse);
    let amount = pen.say(Sentence::Kroner(&digits, scale));
    if gain.mean.abs() <= (2.0 * gain.mcse).max(1.0) {
        say(pen, Beyond::NoDifference)
    } else if gain.mean > 0.0 && row.rides() {
        say(pen, Beyond::FreeRide(&amount))
    } else if gain.mean > 0.0 {
        say(pen, Beyond::Avoids(&amount))
    } else {
        say(pen, Beyond::JoiningPays(&amount))
    }
}

fn say(pen: &Pen, words: Beyond<'_>) -> String {
    words.text(pen.language)
}
