//! What the figures rest on: every assumption with its source, and what each one moves.

use rust_xlsxwriter::XlsxError;

use super::page::{Cell, Page, Shape, Weight};
use crate::analysis::Account;
use crate::model::{Parameter, Party, Regulation};
use crate::report::compose::pen::Pen;
use crate::report::words::{Term, account_label, joined, quantity, workbook as words};

/// Who has approved an assumption: parties by their names, others as they are called.
fn approvers(pen: &Pen, parameter: &Parameter) -> Vec<String> {
    let name = |key: &String| {
        let party = Party::from_key(key);
        party.map_or(key.clone(), |party| {
            account_label(pen.language, Account::Party(party)).to_owned()
        })
    };
    parameter.approved_by.iter().map(name).collect()
}

/// Every assumption of the model.
pub fn assumptions(pen: &Pen) -> Result<Page, XlsxError> {
    let name = words::ASSUMPTIONS.text(pen.language);
    let lines = [words::GRADES.text(pen.language)];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let headings = [
        words::NAME,
        words::LABEL,
        words::VALUE,
        words::UNIT,
        words::PRICE_YEAR,
        words::SOURCE,
    ]
    .map(|word| word.text(pen.language));
    let mut headings: Vec<String> = headings.into();
    headings.push(pen.term(Term::Grade));
    headings.extend(
        [words::OWNER, words::APPROVED_BY, words::NOTE, words::PLACE]
            .map(|word| word.text(pen.language)),
    );
    page.headings(&headings, 1)?;
    for parameter in &pen.model().parameters {
        let price = parameter.price.as_ref();
        let owner = parameter
            .owner
            .map_or(words::WORLD.text(pen.language), |party| {
                account_label(pen.language, Account::Party(party)).to_owned()
            });
        let origin = &parameter.origin;
        let cells = [
            parameter.name.as_str().into(),
            pen.language.of(&parameter.label).into(),
            quantity(pen.language, pen.model(), &parameter.quantity).into(),
            parameter.unit.as_str().into(),
            price.map_or(Cell::Blank, |price| match price.regulation {
                Regulation::Nominal => words::nominal(pen.language, price.year).into(),
                _ => Cell::Number(f64::from(price.year), Shape::Year),
            }),
            parameter.source.as_str().into(),
            parameter.grade.key().into(),
            owner.into(),
            joined(pen.language, &approvers(pen, parameter)).into(),
            parameter.note.as_str().into(),
            format!("{}:{}", origin.file, origin.line).into(),
        ];
        page.cells(Weight::Plain, &cells)?;
    }
    page.filters()?;
    Ok(page)
}

/// What each assumption alone explains.
pub fn uncertainty(pen: &Pen) -> Result<Option<Page>, XlsxError> {
    let rows = &pen.findings().importance;
    if rows.is_empty() {
        return Ok(None);
    }
    let name = words::UNCERTAINTY.text(pen.language);
    let lines = [words::SHARE_OF_VARIANCE.text(pen.language)];
    let mut page = Page::new(&name, &name, &lines, pen.language)?;
    let headings = [
        pen.term(Term::Party),
        pen.term(Term::Assumption),
        words::NAME.text(pen.language),
        pen.term(Term::ShareOfUncertainty),
        words::ERROR.text(pen.language),
        pen.term(Term::MoreIs),
        pen.term(Term::Grade),
        pen.term(Term::ApprovedByOwner),
    ];
    page.headings(&headings, 2)?;
    for row in rows {
        let parameter = pen.model().parameter(row.parameter);
        let direction = match row.direction {
            1 => Term::Better,
            -1 => Term::Worse,
            _ => Term::NoDirection,
        };
        let approval = Term::approval(parameter.owner, parameter.is_approved());
        let cells = [
            account_label(pen.language, row.account).into(),
            pen.language.of(&parameter.label).into(),
            parameter.name.as_str().into(),
            Cell::Number(row.share, Shape::Percent),
            Cell::Number(row.mcse, Shape::Percent),
            pen.term(direction).into(),
            parameter.grade.key().into(),
            pen.term(approval).into(),
        ];
        page.cells(Weight::Plain, &cells)?;
    }
    page.filters()?;
    Ok(Some(page))
}
