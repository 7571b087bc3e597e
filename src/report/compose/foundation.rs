//! What the result rests on most: the assumptions behind each account's uncertainty.

use super::drawn;
use super::method::leads;
use super::pen::Pen;
use crate::analysis::{Account, ImportanceRow};
use crate::model::Party;
use crate::report::document::{Block, Cell, Column, Document, Rank, Table, Text};
use crate::report::number::{Scale, is_nothing};
use crate::report::words::method as equations;
use crate::report::words::{Sentence, Term, account_label};

/// Assumptions shown for each account.
const SHOWN: usize = 4;

/// The table, and how much of the rest is chance.
pub fn write(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(pen.term(Term::RestsOn)));
    let table = table(pen);
    match table.rows.is_empty() {
        true => document.push(Block::paragraph(pen.term(Term::NoSingleOne))),
        false => document.push(Block::Table(table)),
    }
    for drawn in drawn::shares(pen) {
        document.push(drawn);
    }
    let chance: Vec<String> = TESTED
        .into_iter()
        .filter_map(|account| chance(pen, account))
        .collect();
    if !chance.is_empty() {
        let text = Text::from(chance.join(" ")).leading(leads([equations::CHANCE]));
        document.push(Block::paragraph(text));
    }
}

const TESTED: [Account; 3] = [
    Account::Party(Party::Region),
    Account::Party(Party::Municipality),
    Account::Society,
];

fn table(pen: &Pen) -> Table {
    let columns = vec![
        Column::numbers(pen.term(Term::ShareOfUncertainty)),
        Column::words(pen.term(Term::MoreIs)),
        Column::words(pen.term(Term::Grade)),
        Column::words(pen.term(Term::ApprovedByOwner)),
    ];
    let caption = pen.say(Sentence::ImportanceCaption);
    let mut table = Table::new(caption, pen.term(Term::Assumption), columns)
        .leading(leads([equations::IMPORTANCE]));
    for account in TESTED {
        let rows = pen.findings().importance.iter();
        let visible = |row: &&ImportanceRow| row.account == account && row.share > 2.0 * row.mcse;
        let rows: Vec<&ImportanceRow> = rows.filter(visible).take(SHOWN).collect();
        if rows.is_empty() {
            continue;
        }
        table.row(
            Rank::Main,
            account_label(pen.language, account),
            vec![String::new(); 4],
        );
        for row in &rows {
            let label = pen.language.of(&pen.model().parameter(row.parameter).label);
            table.row(Rank::Detail, label, cells(pen, row));
        }
        if let Some(cells) = rest(pen, &rows) {
            table.row(Rank::Detail, pen.term(Term::RestOfUncertainty), cells);
        }
    }
    table
}

/// What the rows do not explain; nothing where correlation makes them add up to the whole.
fn rest(pen: &Pen, rows: &[&ImportanceRow]) -> Option<Vec<String>> {
    let rest = 1.0 - rows.iter().map(|row| row.share).sum::<f64>();
    let squares: f64 = rows.iter().map(|row| row.mcse * row.mcse).sum();
    let share = pen.plain(Scale::PERCENT, rest, squares.sqrt());
    (rest > 0.01).then(|| {
        let mut cells = vec![String::new(); 4];
        cells[0] = format!("{share}\u{a0}%");
        cells
    })
}

fn cells(pen: &Pen, row: &ImportanceRow) -> Vec<Cell> {
    let parameter = pen.model().parameter(row.parameter);
    let direction = match row.direction {
        1 => Term::Better,
        -1 => Term::Worse,
        _ => Term::NoDirection,
    };
    let share = pen.plain(Scale::PERCENT, row.share, row.mcse);
    let texts = [
        format!(
            "{share}\u{a0}%\u{a0}{}",
            pen.error(Scale::PERCENT, row.mcse)
        ),
        pen.term(direction),
        parameter.grade.key().to_owned(),
        pen.term(Term::approval(parameter.owner, parameter.is_approved())),
    ];
    let figure = format!("parameters.{}", parameter.name);
    let mut cells: Vec<Cell> = texts.map(Cell::from).to_vec();
    cells[0].figure = Some(figure);
    cells
}

fn chance(pen: &Pen, account: Account) -> Option<String> {
    let row = pen
        .findings()
        .variance
        .iter()
        .find(|row| row.account == account)?;
    let total = row.parameter + row.chance;
    // A share of variance from n pairs is known to about 1/√n, a quantile to twice that.
    let (draws, inner) = pen.findings().chance_replicates;
    let error = 1.0 / ((draws * inner).max(1) as f64).sqrt();
    (total > 0.0).then(|| {
        let share = (row.chance / total).clamp(0.0, 1.0);
        let share = match pen.plain(Scale::PERCENT, share, error) {
            digits if is_nothing(&digits) => "<1".into(),
            digits => digits,
        };
        let scale = Scale::of_sentence(row.chance_band);
        let digits = pen.plain(scale, row.chance_band, 2.0 * error * row.chance_band);
        pen.say(Sentence::ChanceShare {
            account,
            share: &share,
            band: &pen.say(Sentence::Kroner(&digits, scale)),
        })
    })
}
