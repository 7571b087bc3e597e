//! The cover: what was asked, how it stands, what run it is, and the way to every sheet.

use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet, XlsxError};

use super::Named;
use super::page::{height, lines};
use crate::report::compose::headline;
use crate::report::compose::pen::Pen;
use crate::report::number::count;
use crate::report::words::accountability::Both;
use crate::report::words::annex::STATUS;
use crate::report::words::{Term, blank_words, workbook as words};
use crate::verdict::Outcome;

/// Characters of the column of text.
const TEXT: usize = 100;

/// The cover, with links to the sheets.
pub fn sheet(pen: &Pen, sheets: &[Named], footer: &str) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(words::COVER.text(pen.language))?;
    sheet
        .set_column_width(0, 32)?
        .set_column_width(1, TEXT as f64)?;
    let big = Format::new()
        .set_bold()
        .set_font_size(16)
        .set_font_color(0x00_5A_8C_u32);
    let label = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let title = pen.language.of(&pen.model().agreement.title);
    sheet.write_string_with_format(0, 0, title, &big)?;
    let mut row = 2;
    let clarified = pen.verdict().outcome != Outcome::NotClarified;
    for (name, text) in facts(pen, clarified) {
        sheet.write_string_with_format(row, 0, name, &label)?;
        sheet.set_row_height(row, height(lines(&text, TEXT)))?;
        sheet.write_string_with_format(row, 1, text, &wrapped)?;
        row += 1;
    }
    row += 1;
    if clarified {
        sheet.write_string_with_format(row, 0, words::CONTENTS.text(pen.language), &label)?;
        for (name, _) in sheets {
            let link = Url::new(format!("internal:'{name}'!A1")).set_text(name.as_str());
            sheet.write_url(row, 1, link)?;
            row += 1;
        }
    } else {
        sheet.write_string_with_format(row, 1, pen.term(Term::NoVerdictBefore), &label)?;
        for blank in &pen.verdict().blanks {
            row += 1;
            let text = blank_words(blank, pen.language);
            sheet.set_row_height(row, height(lines(&text, TEXT)))?;
            sheet.write_string_with_format(row, 1, text, &wrapped)?;
        }
        row += 1;
        sheet.write_string_with_format(row, 1, pen.term(Term::WhereToFill), &wrapped)?;
    }
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_footer(format!("&L&8{footer}&R&8&P / &N"));
    Ok(sheet)
}

fn facts(pen: &Pen, clarified: bool) -> Vec<(String, String)> {
    let agreement = &pen.model().agreement;
    let mut facts = Vec::new();
    let mut fact = |label: String, text: String| facts.push((label, text));
    let both = |label: Both| label.text(pen.language);
    fact(both(STATUS), pen.term(pen.model().status()));
    fact(
        pen.term(Term::Question),
        pen.language.of(&agreement.question).to_owned(),
    );
    fact(
        pen.term(Term::ComparedWith),
        pen.language.of(&agreement.comparator).to_owned(),
    );
    if clarified {
        fact(pen.term(Term::Society), headline::society(pen));
        fact(both(words::OUTCOME), headline::balance(pen));
        for party in headline::tested(pen) {
            let name = crate::report::words::account_label(pen.language, party.account);
            fact(name.to_owned(), headline::stands(pen, party));
        }
        if let Some(text) = headline::reservations(pen) {
            fact(pen.term(Term::Reservations), text);
        }
        let (from, to) = pen.horizon();
        fact(both(words::HORIZON), format!("{from}–{to}"));
        fact(
            both(words::TIMES),
            count(pen.language, pen.findings().replicates),
        );
    } else {
        fact(both(words::OUTCOME), pen.term(Term::NotClarified));
    }
    fact(both(words::PRICES), pen.price_level().to_string());
    fact(both(words::RUN), pen.run_id().to_owned());
    fact(both(words::RULE), pen.run().balance_hash.to_owned());
    fact(
        both(words::PROGRAM),
        format!("fairbalance {}", env!("CARGO_PKG_VERSION")),
    );
    fact(both(words::SEED), pen.run().settings.seed.0.to_string());
    if clarified {
        fact(String::new(), both(words::READING));
    }
    facts
}
