//! The workbook of tables, read back as a reader's program reads it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use fairbalance::report::{Language, Run, result_json, workbook};
use serde_json::Value;

use super::fixture::{Finished, compensated, not_clarified};
use crate::support::{assessed, fixed, shipped};

// ---- bytes ------------------------------------------------------------------------------------

#[test]
fn the_same_run_gives_the_same_workbook_and_no_clock_is_in_it() {
    let finished = compensated();
    for language in [Language::Da, Language::En] {
        let bytes = workbook(&finished.run(), language).unwrap();
        assert_eq!(bytes, workbook(&finished.run(), language).unwrap());
        // local header of the first file: time 0, date 1980-01-01 (0x0021)
        assert_eq!(bytes[10..14], [0, 0, 0x21, 0]);
        let core = part(&bytes, "docProps/core.xml");
        assert!(core.contains("2025-01-01T00:00:00Z"), "{core}");
    }
}

#[test]
fn a_screen_reader_finds_title_frozen_headers_and_a_text_for_every_chart() {
    let finished = agreement();
    let bytes = workbook(&finished.run(), Language::Da).unwrap();
    let title = &finished.model.agreement.title.da;
    assert!(part(&bytes, "docProps/core.xml").contains(&format!("<dc:title>{title}</dc:title>")));
    assert!(part(&bytes, "docProps/custom.xml").contains("da-DK"));
    let names = parts(&bytes);
    let of = |folder: &str| {
        names
            .iter()
            .filter(|n| n.starts_with(folder) && n.ends_with(".xml"))
            .cloned()
            .collect::<Vec<_>>()
    };
    let drawings = of("xl/drawings/drawing");
    assert_eq!(drawings.len(), 4, "years, running, municipalities, sources");
    for drawing in drawings {
        let xml = part(&bytes, &drawing);
        assert_eq!(xml.matches("<xdr:graphicFrame ").count(), 1);
        assert!(xml.contains("descr=\"Linjediagram.") || xml.contains("descr=\"Søjlediagram."));
    }
    let sheets = of("xl/worksheets/sheet");
    assert!(sheets.len() >= 9, "{sheets:?}");
    for sheet in sheets.iter().filter(|name| !name.ends_with("sheet1.xml")) {
        assert!(part(&bytes, sheet).contains("state=\"frozen\""), "{sheet}");
    }
}

// ---- figures ----------------------------------------------------------------------------------

#[test]
fn every_figure_of_the_tables_is_that_of_result_json() {
    for finished in [compensated(), agreement()] {
        let result = json(&finished.run());
        let book = Book::of(&finished.run(), Language::En);
        years(&book, &result);
        municipalities(&book, &result);
        parties(&book, &result);
        waterfall(&book, &result);
        let parameters = result["parameters"].as_array().unwrap();
        let listed = book.column("Assumptions", "Name");
        let named: Vec<&str> = parameters
            .iter()
            .map(|p| p["name"].as_str().unwrap())
            .collect();
        assert_eq!(listed, named);
    }
}

fn years(book: &Book, result: &Value) {
    let sheet = "Parties by year";
    let mut seen = 0;
    for row in result["years"].as_array().unwrap() {
        let Some(label) = label(row["party"].as_str().unwrap()) else {
            continue;
        };
        for (measure, key) in [
            ("Expected", "mean"),
            ("10% quantile", "p10"),
            ("90% quantile", "p90"),
            ("Calculation error", "mcse"),
            ("Of which phase-in", "phase_in"),
        ] {
            let found = book.where_(sheet, &[("Party", label), ("Measure", measure)]);
            let year = row["year"].to_string();
            same(
                book.number(sheet, found, &year),
                row[key].as_f64().unwrap() / 1e6,
            );
            seen += 1;
        }
    }
    assert!(seen >= 5 * 4 * 5, "{seen} figures");
}

fn municipalities(book: &Book, result: &Value) {
    let sheet = "Municipalities";
    let rows = result["municipalities"].as_array().unwrap();
    let mut before = f64::INFINITY;
    for row in rows {
        let found = book.where_(sheet, &[("Code", row["code"].as_str().unwrap())]);
        let number = |heading: &str| book.number(sheet, found, heading);
        let f = |key: &str| row[key].as_f64().unwrap();
        // result.json: positive is better off; the workbook: positive is extra expenditure
        same(number("DKK per inhabitant"), -f("per_inhabitant"));
        same(number("DKK 1,000 in all"), -f("x_mean") / 1e3);
        same(number("10% quantile"), -f("x_p90") / f("inhabitants"));
        same(number("Inhabitants"), f("inhabitants"));
    }
    for row in book.header(sheet) + 1..=book.header(sheet) + rows.len() {
        let each = book.number(sheet, row, "DKK per inhabitant");
        assert!(
            each <= before,
            "sorted, the largest extra expenditure first"
        );
        before = each;
    }
}

fn parties(book: &Book, result: &Value) {
    for row in result["verdict"]["parties"].as_array().unwrap() {
        let Some(label) = label(row["party"].as_str().unwrap()) else {
            continue;
        };
        let found = book.where_("Assessment", &[("Party", label)]);
        let number = |heading: &str| book.number("Assessment", found, heading);
        let f = |key: &str| row[key].as_f64().unwrap();
        same(number("Expected"), -f("x_mean") / 1e6);
        same(number("10% quantile"), -f("x_p90") / 1e6);
        same(number("90% quantile"), -f("x_p10") / 1e6);
        same(number("Limit (τ)"), f("tau") / 1e6);
        same(number("Probability of holding"), f("p_holds"));
    }
}

/// The sum of each account's sources.
fn waterfall(book: &Book, result: &Value) {
    let sheet = "Sources of effect";
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for row in result["waterfall"].as_array().unwrap() {
        *sums.entry(row["party"].as_str().unwrap()).or_default() += row["mean"].as_f64().unwrap();
    }
    let found = book.where_(sheet, &[("Source of effect", "Check: sources added up")]);
    for (party, sum) in sums {
        let Some(label) = label(party) else { continue };
        same(book.number(sheet, found, label), sum / 1e6);
    }
}

#[test]
fn a_formula_carries_the_value_that_it_computes() {
    for finished in [compensated(), agreement()] {
        let book = Book::of(&finished.run(), Language::Da);
        let mut computed = 0;
        for (sheet, formulas) in &book.formulas {
            for (cell, formula) in formulas {
                let value = book.value(sheet, *cell);
                same_within(book.evaluate(sheet, formula), value, 1e-9);
                computed += 1;
            }
        }
        assert!(computed > 20, "{computed} formulas");
    }
}

/// Sums of expectations over the same draws: only rounding in the last place of a double may
/// differ, and the formulas round to an øre.
#[test]
fn in_a_real_run_every_check_of_the_workbook_is_zero() {
    let finished = agreement();
    let book = Book::of(&finished.run(), Language::Da);
    let mut zeros = 0;
    for (sheet, formulas) in &book.formulas {
        for (cell, _) in formulas.iter().filter(|(_, f)| f.starts_with("ROUND(")) {
            assert_eq!(book.value(sheet, *cell), 0.0, "{sheet} {cell:?}");
            zeros += 1;
        }
    }
    let years = finished.assessment.findings.years.len();
    // every year of the parties, three accounts of the running account, the municipalities' total,
    // and an account or more of the sources
    assert!(zeros >= years + 3 * years + 1 + 4, "{zeros} checks");
}

// ---- what is not shown ------------------------------------------------------------------------

#[test]
fn what_is_not_clarified_has_a_cover_with_the_blanks_and_no_figure() {
    let finished = not_clarified();
    let book = Book::of(&finished.run(), Language::Da);
    assert_eq!(book.cells.keys().collect::<Vec<_>>(), ["Forside"]);
    let cover = &book.cells["Forside"];
    let words: Vec<String> = cover.values().map(ToString::to_string).collect();
    assert!(
        words
            .iter()
            .any(|w| w.contains("Enhedsomkostning for monitoreringsmåned"))
    );
    assert!(words.contains(&"Ikke klarlagt.".to_owned()));
    for cell in cover.values() {
        assert!(matches!(cell, Data::String(_)), "{cell:?}");
    }
}

#[test]
fn a_count_under_five_is_not_shown_nor_given_away_by_its_difference() {
    let mut finished = compensated();
    let row = &mut finished.assessment.findings.indicators[0];
    row.counterfactual.mean = 7.0;
    row.agreement.mean = 3.25;
    row.difference.mean = -3.75;
    let book = Book::of(&finished.run(), Language::Da);
    let found = book.where_("Indikatorer", &[("År", "2026")]);
    let cells = &book.cells["Indikatorer"];
    assert_eq!(cells[&(found, 3)], Data::Float(7.0));
    assert_eq!(cells[&(found, 4)].to_string(), "<5");
    assert_eq!(cells[&(found, 5)].to_string(), "<5");
    for column in 6..9 {
        let cell = cells.get(&(found, column));
        assert!(cell.is_none_or(|c| c.to_string().is_empty()), "{cell:?}");
    }
    let next = book.where_("Indikatorer", &[("År", "2027")]);
    assert_eq!(cells[&(next, 5)], Data::Float(-190.0));
}

/// Ten digits that open with a day and a month, with or without a hyphen.
#[test]
fn no_cell_looks_like_the_number_of_a_person() {
    let book = Book::of(&agreement().run(), Language::Da);
    let texts = book.cells.values().flat_map(|sheet| sheet.values());
    for text in texts
        .filter(|c| matches!(c, Data::String(_)))
        .map(ToString::to_string)
    {
        for word in text.split(|c: char| !(c.is_ascii_digit() || c == '-')) {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            let day = digits.get(..2).and_then(|d| d.parse::<u32>().ok());
            let month = digits.get(2..4).and_then(|d| d.parse::<u32>().ok());
            let born = matches!(day, Some(1..=31)) && matches!(month, Some(1..=12));
            assert!(!(digits.len() == 10 && born), "{text}");
        }
    }
}

// ---- reading ----------------------------------------------------------------------------------

/// Home monitoring, as shipped.
fn agreement() -> Finished {
    let (_, model) = shipped()
        .iter()
        .find(|(name, _)| name == "kol-hjemmemonitorering")
        .expect("home monitoring is shipped");
    Finished {
        model: model.clone(),
        settings: fixed(2048),
        assessment: assessed(model, 2048),
    }
}

fn json(run: &Run) -> Value {
    serde_json::from_slice(&result_json(run).unwrap()).unwrap()
}

fn label(party: &str) -> Option<&'static str> {
    Some(match party {
        "region" => "The region",
        "municipality" => "The municipalities together",
        "gp" => "General practice",
        "state" => "The state",
        "society" => "Society",
        _ => return None,
    })
}

#[track_caller]
fn same(a: f64, b: f64) {
    same_within(a, b, 1e-12);
}

#[track_caller]
fn same_within(a: f64, b: f64, tolerance: f64) {
    assert!(
        (a - b).abs() <= tolerance * b.abs().max(1.0),
        "{a} is not {b}"
    );
}

fn parts(bytes: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive
        .file_names()
        .map(|name| name.unwrap().into_owned())
        .collect()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn text(cell: &Data) -> String {
    cell.to_string()
}

type Place = (usize, usize);

struct Book {
    cells: BTreeMap<String, BTreeMap<Place, Data>>,
    formulas: BTreeMap<String, Vec<(Place, String)>>,
}

impl Book {
    fn of(run: &Run, language: Language) -> Book {
        let bytes = workbook(run, language).unwrap();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let mut cells = BTreeMap::new();
        let mut formulas = BTreeMap::new();
        for name in book.sheet_names() {
            let range = book.worksheet_range(&name).unwrap();
            let (top, left) = range.start().unwrap_or_default();
            let moved = |r: usize, c: usize| (r + top as usize, c + left as usize);
            let used = range.used_cells().map(|(r, c, d)| (moved(r, c), d.clone()));
            cells.insert(name.clone(), used.collect());
            let range = book.worksheet_formula(&name).unwrap();
            let (top, left) = range.start().unwrap_or_default();
            let moved = |r: usize, c: usize| (r + top as usize, c + left as usize);
            let used = range.used_cells().filter(|(_, _, f)| !f.is_empty());
            let used = used.map(|(r, c, f)| (moved(r, c), f.trim_start_matches('=').to_owned()));
            formulas.insert(name, used.collect());
        }
        Book { cells, formulas }
    }

    /// Row of the table's header: the first with three cells filled or more.
    fn header(&self, sheet: &str) -> usize {
        let cells = &self.cells[sheet];
        let filled = |row: usize| cells.keys().filter(|k| k.0 == row).count();
        (0..20).find(|row| filled(*row) >= 3).expect("a header row")
    }

    fn heading(&self, sheet: &str, heading: &str) -> usize {
        let row = self.header(sheet);
        let mut cells = self.cells[sheet].iter();
        let found = cells.find(|((r, _), cell)| *r == row && text(cell) == heading);
        found.unwrap_or_else(|| panic!("{heading} in {sheet}")).0.1
    }

    /// First row whose cells under the headings are these.
    fn where_(&self, sheet: &str, asked: &[(&str, &str)]) -> usize {
        let cells = &self.cells[sheet];
        let last = cells.keys().map(|k| k.0).max().unwrap_or_default();
        let is = |row: usize, (heading, value): &(&str, &str)| {
            let cell = cells.get(&(row, self.heading(sheet, heading)));
            cell.is_some_and(|c| text(c) == *value)
        };
        (self.header(sheet) + 1..=last)
            .find(|row| asked.iter().all(|a| is(*row, a)))
            .unwrap_or_else(|| panic!("{asked:?} in {sheet}"))
    }

    fn number(&self, sheet: &str, row: usize, heading: &str) -> f64 {
        self.value(sheet, (row, self.heading(sheet, heading)))
    }

    fn value(&self, sheet: &str, place: Place) -> f64 {
        match self.cells[sheet].get(&place) {
            Some(Data::Float(x)) => *x,
            Some(Data::Int(x)) => *x as f64,
            other => panic!("{sheet} {place:?} holds {other:?}"),
        }
    }

    fn column(&self, sheet: &str, heading: &str) -> Vec<String> {
        let (top, column) = (self.header(sheet), self.heading(sheet, heading));
        let cells = self.cells[sheet].iter();
        let below = cells.filter(|((r, c), _)| *r > top && *c == column);
        below.map(|(_, cell)| cell.to_string()).collect()
    }

    /// The few forms that the workbook uses: SUM, ROUND, cells, − × ÷, numbers.
    fn evaluate(&self, sheet: &str, formula: &str) -> f64 {
        let mut parser = Parser {
            book: self,
            sheet,
            rest: formula,
        };
        let value = parser.expression();
        assert_eq!(parser.rest, "", "{formula}");
        value
    }
}

struct Parser<'a> {
    book: &'a Book,
    sheet: &'a str,
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn eats(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expression(&mut self) -> f64 {
        let mut value = self.term();
        while self.eats("-") {
            value -= self.term();
        }
        value
    }

    fn term(&mut self) -> f64 {
        let mut value = self.atom();
        loop {
            if self.eats("*") {
                value *= self.atom();
            } else if self.eats("/") {
                value /= self.atom();
            } else {
                return value;
            }
        }
    }

    fn atom(&mut self) -> f64 {
        if self.eats("SUM(") {
            let (sheet, from) = self.cell();
            assert!(self.eats(":"));
            let (_, to) = self.cell();
            assert!(self.eats(")"));
            let cells = self.book.cells[sheet].keys();
            let within =
                cells.filter(|(r, c)| (from.0..=to.0).contains(r) && (from.1..=to.1).contains(c));
            return within.map(|place| self.book.value(sheet, *place)).sum();
        }
        if self.eats("ROUND(") {
            let value = self.expression();
            assert!(self.eats(","));
            let unit = (0..self.number() as i32).fold(1.0, |unit, _| unit * 10.0);
            assert!(self.eats(")"));
            return (value * unit).round() / unit;
        }
        match self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            true => self.number(),
            false => {
                let (sheet, place) = self.cell();
                self.book.value(sheet, place)
            }
        }
    }

    fn taken(&mut self, of: fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !of(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn number(&mut self) -> f64 {
        self.taken(|c| c.is_ascii_digit()).parse().unwrap()
    }

    fn cell(&mut self) -> (&'a str, Place) {
        let sheet = match self.eats("'") {
            true => {
                let name = self.taken(|c| c != '\'');
                assert!(self.eats("'!"));
                name
            }
            false => self.sheet,
        };
        let letters = self.taken(|c| c.is_ascii_uppercase());
        let column = letters
            .bytes()
            .fold(0, |n, b| 26 * n + usize::from(b - b'A') + 1);
        (sheet, (self.number() as usize - 1, column - 1))
    }
}
