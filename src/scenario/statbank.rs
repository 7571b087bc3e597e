//! Population tables as the StatBank (api.statbank.dk) exports them.
//!
//! ```text
//! OMRÅDE;ALDER;KØN;CIVILSTAND;TID;INDHOLD     any order, Danish or English, texts or codes
//!    └──────┬─ Export::read ─┘
//!           └─ Export::persons → persons by municipality, age band and year
//! ```
//!
//! *Promise:* nobody is counted twice and nobody is left out: totals beside their parts, a
//! breakdown with a part missing, an age without figure and a suppressed cell are each refused.
//! *Absent:* download, and any guess at what a missing figure might be.
//!
//! Formats: StatBank API guide, Danmarks Statistik (CC BY 4.0).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::near::listed;
use super::table::{Figure, Row, Sheet, Told, read_number};
use crate::diagnostic::{Fault, Faults, FileId, Sources, Span};

/// A variable of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Variable {
    Area,
    Age,
    Time,
    Sex,
    Marital,
    Content,
}

impl Variable {
    const ALL: [Variable; 6] = [
        Variable::Area,
        Variable::Age,
        Variable::Time,
        Variable::Sex,
        Variable::Marital,
        Variable::Content,
    ];

    /// The headers it goes by, the StatBank's own first.
    fn headers(self) -> &'static [&'static str] {
        match self {
            Variable::Area => &["OMRÅDE", "KOMMUNE", "KOMK", "REGION", "AREA"],
            Variable::Age => &["ALDER", "AGE"],
            Variable::Time => &["TID", "TIME"],
            Variable::Sex => &["KØN", "SEX"],
            Variable::Marital => &["CIVILSTAND", "MARITAL STATUS"],
            Variable::Content => &["INDHOLD", "VALUE"],
        }
    }

    fn of_header(header: &str) -> Option<Variable> {
        let header = header.to_uppercase();
        Variable::ALL
            .into_iter()
            .find(|v| v.headers().contains(&header.as_str()))
    }

    /// The values of a breakdown, each with the ways it is written. All of them make the whole.
    fn parts(self) -> &'static [&'static [&'static str]] {
        match self {
            Variable::Sex => &[&["Mænd", "Men", "M", "1"], &["Kvinder", "Women", "K", "2"]],
            Variable::Marital => &[
                &["Ugift", "Never married", "U"],
                &["Gift/separeret", "Married/separated", "G"],
                &["Enke/enkemand", "Widowed", "E"],
                &["Fraskilt", "Divorced", "F"],
            ],
            _ => &[],
        }
    }
}

const TOTALS: [&str; 8] = [
    "IALT",
    "TOT",
    "I alt",
    "Total",
    "Alder i alt",
    "Age, total",
    "Mænd og kvinder i alt",
    "All",
];

/// A StatBank export: persons by area, age, period and breakdowns.
#[derive(Debug)]
pub struct Export {
    file: FileId,
    headers: BTreeMap<Variable, String>,
    cells: Vec<StatCell>,
}

#[derive(Debug)]
struct StatCell {
    area: Area,
    age: Age,
    period: Period,
    /// Index into [`Variable::parts`]; `None` is the total, or a variable that is not there.
    sex: Option<usize>,
    marital: Option<usize>,
    persons: f64,
    line: Span,
}

/// An area of an export.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Area {
    /// The whole country, also where the export has no area at all.
    Country(String),
    /// A region.
    Region(String),
    /// A municipality, as written.
    Other(String),
}

/// Ages in whole years, both included; an open end is `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    /// First age.
    pub from: u32,
    /// Last age; `None` has no end.
    pub to: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Period {
    year: i32,
    text: String,
}

/// Oldest age that is looked for when an open band is summed.
const OLDEST: u32 = 130;
/// An export of single years that goes on to this age is taken to hold everybody.
const FULL_TO: u32 = 99;

/// Persons of one municipality and band in one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Persons {
    /// The municipality as the export writes it: name or code.
    pub area: String,
    /// Index of the band.
    pub band: usize,
    /// Calendar year.
    pub year: i32,
    /// Persons.
    pub persons: f64,
    /// A line it stands on.
    pub line: Span,
}

impl Age {
    /// `65-79`, `80+`, `18`: the way the grammar writes a band.
    pub fn of_band(text: &str) -> Option<Age> {
        let number = |part: &str| part.trim().parse::<u32>().ok().filter(|age| *age <= OLDEST);
        if let Some(open) = text.strip_suffix('+') {
            return Some(Age {
                from: number(open)?,
                to: None,
            });
        }
        let (from, to) = match text.split_once(['-', '–']) {
            Some((from, to)) => (number(from)?, number(to)?),
            None => (number(text)?, number(text)?),
        };
        (from <= to).then_some(Age { from, to: Some(to) })
    }

    /// `10 år`, `1 year`, `5-9 years`, `100 år og derover`, `100-`, `10`; also after a code.
    fn of_label(text: &str) -> Option<Age> {
        let lower = text.to_lowercase();
        let bare = |text: &str| {
            let open = ["og derover", "og over", "and over", "+"]
                .iter()
                .any(|o| text.ends_with(o));
            let words = [
                "og derover",
                "og over",
                "and over",
                "years",
                "year",
                "år",
                "+",
            ];
            let mut rest = text.to_owned();
            for word in words {
                rest = rest.trim_end().trim_end_matches(word).trim_end().to_owned();
            }
            match rest.strip_suffix('-') {
                Some(from) => Age::of_band(&format!("{from}+")),
                None if open => Age::of_band(&format!("{rest}+")),
                None => Age::of_band(&rest),
            }
        };
        bare(&lower).or_else(|| bare(lower.split_once(' ')?.1))
    }

    fn years(self) -> std::ops::RangeInclusive<u32> {
        self.from..=self.to.unwrap_or(OLDEST)
    }

    fn holds(self, other: Age) -> bool {
        self.from <= other.from && other.to.unwrap_or(u32::MAX) <= self.to.unwrap_or(u32::MAX)
    }
}

impl Period {
    /// `2024`, `2024K1`, `2024Q1`, `2024M01`.
    fn of_label(text: &str) -> Option<Period> {
        let year = text
            .get(..4)?
            .parse()
            .ok()
            .filter(|year| (1900..=2200).contains(year))?;
        let rest = &text[4..];
        let number =
            |digits: &str, most: u32| digits.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n));
        let good = rest.is_empty()
            || rest.strip_prefix(['K', 'Q']).is_some_and(|n| number(n, 4))
            || rest.strip_prefix('M').is_some_and(|n| number(n, 12));
        good.then(|| Period {
            year,
            text: text.to_owned(),
        })
    }
}

impl Area {
    fn of_label(text: &str) -> Area {
        let plain = text.strip_prefix("000 ").unwrap_or(text);
        if matches!(
            plain,
            "000" | "Hele landet" | "All Denmark" | "Danmark" | "Denmark"
        ) {
            return Area::Country(text.to_owned());
        }
        let code = text.get(..3).unwrap_or_default();
        let region_code = ("081"..="085").contains(&code) && code.len() == 3;
        if region_code || text.starts_with("Region ") {
            return Area::Region(text.to_owned());
        }
        Area::Other(text.to_owned())
    }

    fn text(&self) -> &str {
        match self {
            Area::Country(text) | Area::Region(text) | Area::Other(text) => text,
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Area::Country(_) => 0,
            Area::Region(_) => 1,
            Area::Other(_) => 2,
        }
    }
}

impl Export {
    /// Reads an export; `None` once a fault makes its figures unusable.
    pub fn read(file: FileId, sources: &mut Sources, faults: &mut Faults) -> Option<Export> {
        let before = faults.count();
        refuse_json(file, sources.text(file), faults).then_some(())?;
        let sheet = Sheet::read(file, sources, faults)?;
        let text = sources.text(file).clone();
        let columns = columns(&sheet, faults)?;
        let mut export = Export {
            file,
            headers: BTreeMap::new(),
            cells: Vec::new(),
        };
        for (index, (header, _)) in sheet.header().enumerate() {
            if let Some((variable, _)) = columns.iter().find(|(_, at)| **at == index) {
                export.headers.insert(*variable, header.to_owned());
            }
        }
        let mut told = Told::new(file);
        let reading = Reading {
            columns: &columns,
            text: &text,
        };
        let mut totals = Totals::default();
        for row in sheet.rows() {
            let cell = reading.cell(row, &mut totals, &mut told, faults);
            export.cells.extend(cell);
        }
        totals.refuse_mixed(&export.headers, faults);
        export.refuse_mixed_areas(faults);
        export.refuse_duplicates(&mut told, faults);
        told.finish(faults);
        (faults.count() == before).then_some(export)
    }

    /// Number of figures.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// True without figures.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Persons in all: every figure once.
    pub fn total(&self) -> f64 {
        self.cells.iter().map(|cell| cell.persons).sum()
    }

    /// Sums single years of age into bands, and over sex and marital status where each cell has
    /// all of their values. `None` if a sum would not be complete.
    pub fn persons(&self, bands: &[Age], faults: &mut Faults) -> Option<Vec<Persons>> {
        let before = faults.count();
        let mut told = Told::new(self.file);
        self.refuse_several_periods(&mut told, faults);
        self.refuse_incomplete(&mut told, faults);
        self.refuse_ages_outside(bands, &mut told, faults);
        if faults.count() == before {
            self.refuse_age_gaps(bands, &mut told, faults);
        }
        told.finish(faults);
        (faults.count() == before).then(|| self.sums(bands))
    }

    fn sums(&self, bands: &[Age]) -> Vec<Persons> {
        let mut sums: BTreeMap<(&Area, usize, i32), (f64, Span)> = BTreeMap::new();
        for cell in &self.cells {
            let Some(band) = bands.iter().position(|band| band.holds(cell.age)) else {
                continue;
            };
            sums.entry((&cell.area, band, cell.period.year))
                .or_insert((0.0, cell.line))
                .0 += cell.persons;
        }
        sums.into_iter()
            .map(|((area, band, year), (persons, line))| Persons {
                area: area.text().to_owned(),
                band,
                year,
                persons,
                line,
            })
            .collect()
    }

    fn refuse_mixed_areas(&self, faults: &mut Faults) {
        let Some(coarse) = self.cells.iter().min_by_key(|cell| cell.area.rank()) else {
            return;
        };
        let Some(fine) = self.cells.iter().max_by_key(|cell| cell.area.rank()) else {
            return;
        };
        if coarse.area.rank() != fine.area.rank() {
            let fault = Fault::TotalsMixed {
                variable: self.header(Variable::Area),
                total: coarse.area.text().to_owned(),
                part: fine.area.text().to_owned(),
            };
            faults.raise(coarse.line, fault);
        }
    }

    fn refuse_duplicates(&self, told: &mut Told, faults: &mut Faults) {
        let mut seen = BTreeSet::new();
        for cell in &self.cells {
            if !seen.insert((&cell.area, cell.age, &cell.period, cell.sex, cell.marital)) {
                told.raise(
                    cell.line,
                    Fault::DuplicateCell { cell: cell.name() },
                    faults,
                );
            }
        }
    }

    fn refuse_several_periods(&self, told: &mut Told, faults: &mut Faults) {
        let mut periods: BTreeMap<i32, BTreeMap<&str, Span>> = BTreeMap::new();
        for cell in &self.cells {
            let year = periods.entry(cell.period.year).or_default();
            year.entry(&cell.period.text).or_insert(cell.line);
        }
        for (year, texts) in periods {
            if let (true, Some(at)) = (texts.len() > 1, texts.values().nth(1)) {
                let fault = Fault::SeveralPeriods {
                    year,
                    periods: listed(texts.keys().copied()),
                };
                told.raise(*at, fault, faults);
            }
        }
    }

    /// Every cell of area, age and period must have every value of a breakdown.
    fn refuse_incomplete(&self, told: &mut Told, faults: &mut Faults) {
        for variable in [Variable::Sex, Variable::Marital] {
            if self.cells.iter().all(|cell| cell.part(variable).is_none()) {
                continue;
            }
            let other = if variable == Variable::Sex {
                Variable::Marital
            } else {
                Variable::Sex
            };
            let mut parts: BTreeMap<_, (BTreeSet<usize>, &StatCell)> = BTreeMap::new();
            for cell in &self.cells {
                let key = (&cell.area, cell.age, &cell.period, cell.part(other));
                parts
                    .entry(key)
                    .or_insert_with(|| (BTreeSet::new(), cell))
                    .0
                    .extend(cell.part(variable));
            }
            for (found, cell) in parts.into_values() {
                let missing = variable
                    .parts()
                    .iter()
                    .enumerate()
                    .filter(|(i, _)| !found.contains(i));
                let missing = listed(missing.map(|(_, names)| names[0]));
                if !missing.is_empty() {
                    let variable = self.header(variable);
                    let fault = Fault::IncompleteBreakdown {
                        variable,
                        missing,
                        cell: cell.name(),
                    };
                    told.raise(cell.line, fault, faults);
                }
            }
        }
    }

    fn refuse_ages_outside(&self, bands: &[Age], told: &mut Told, faults: &mut Faults) {
        let mut seen = BTreeSet::new();
        for cell in &self.cells {
            let single = bands.iter().any(|band| band.holds(cell.age));
            if !single && seen.insert(cell.age) {
                let bands = listed(
                    bands
                        .iter()
                        .map(shown)
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str),
                );
                told.raise(
                    cell.line,
                    Fault::AgeOutsideBands {
                        found: shown(&cell.age),
                        bands,
                    },
                    faults,
                );
            }
        }
    }

    /// Every year of age of every band exactly once, for every area and period.
    fn refuse_age_gaps(&self, bands: &[Age], told: &mut Told, faults: &mut Faults) {
        let mut ages: BTreeMap<(&Area, &Period), BTreeMap<Age, &StatCell>> = BTreeMap::new();
        for cell in &self.cells {
            ages.entry((&cell.area, &cell.period))
                .or_default()
                .insert(cell.age, cell);
        }
        for ((area, period), cells) in ages {
            let mut covered: BTreeMap<u32, &StatCell> = BTreeMap::new();
            for (age, cell) in &cells {
                for year in age.years() {
                    let Some(other) = covered.insert(year, cell) else {
                        continue;
                    };
                    let total = if age.years().count() > other.age.years().count() {
                        *age
                    } else {
                        other.age
                    };
                    let part = if total == *age { other.age } else { *age };
                    let fault = Fault::TotalsMixed {
                        variable: self.header(Variable::Age),
                        total: shown(&total),
                        part: shown(&part),
                    };
                    told.raise(cell.line, fault, faults);
                    return;
                }
            }
            for band in bands {
                let last = band.to.unwrap_or(FULL_TO.max(band.from));
                let missing: Vec<String> = (band.from..=last)
                    .filter(|y| !covered.contains_key(y))
                    .map(|y| y.to_string())
                    .collect();
                if let (false, Some(line)) =
                    (missing.is_empty(), cells.values().next().map(|c| c.line))
                {
                    let fault = Fault::AgesMissing {
                        band: shown(band),
                        missing: listed(missing.iter().map(String::as_str)),
                        cell: format!("{} {}", area.text(), period.text),
                    };
                    told.raise(line, fault, faults);
                }
            }
        }
    }

    fn header(&self, variable: Variable) -> String {
        self.headers
            .get(&variable)
            .cloned()
            .unwrap_or_else(|| variable.headers()[0].to_owned())
    }
}

impl StatCell {
    fn part(&self, variable: Variable) -> Option<usize> {
        match variable {
            Variable::Sex => self.sex,
            Variable::Marital => self.marital,
            _ => None,
        }
    }

    fn name(&self) -> String {
        let mut name = format!(
            "{}, age {}, {}",
            self.area.text(),
            shown(&self.age),
            self.period.text
        );
        for (variable, part) in [(Variable::Sex, self.sex), (Variable::Marital, self.marital)] {
            if let Some(part) = part {
                name.push_str(", ");
                name.push_str(variable.parts()[part][0]);
            }
        }
        name
    }
}

fn shown(age: &Age) -> String {
    match age.to {
        None => format!("{}+", age.from),
        Some(to) if to == age.from => to.to_string(),
        Some(to) => format!("{}-{to}", age.from),
    }
}

/// An error document, or any other JSON, in place of a table.
fn refuse_json(file: FileId, text: &Arc<str>, faults: &mut Faults) -> bool {
    let body = text.trim_start_matches('\u{feff}').trim_start();
    if !body.starts_with('{') {
        return true;
    }
    let json: Option<serde_json::Value> = serde_json::from_str(body).ok();
    let field = |key: &str| Some(json.as_ref()?.get(key)?.as_str()?.to_owned());
    let code = field("errorTypeCode").unwrap_or_default();
    let message = field("message").unwrap_or_else(|| "a JSON document".to_owned());
    let start = text.len() - body.len();
    let line = body.lines().next().map_or(1, str::len);
    faults.raise(
        Span::new(file, start..start + line),
        Fault::StatBankError { code, message },
    );
    false
}

/// The column of each variable. Area may be missing (the whole country), breakdowns too.
fn columns(sheet: &Sheet, faults: &mut Faults) -> Option<BTreeMap<Variable, usize>> {
    let mut columns = BTreeMap::new();
    let mut first = None;
    let before = faults.count();
    for (index, (header, span)) in sheet.header().enumerate() {
        first.get_or_insert(span);
        match Variable::of_header(header) {
            Some(variable) if !columns.contains_key(&variable) => {
                columns.insert(variable, index);
            }
            Some(_) => {
                let (name, what) = (header.to_owned(), "columns".to_owned());
                faults.raise(span, Fault::DuplicateName { name, what });
            }
            None => faults.raise(
                span,
                Fault::UnknownVariable {
                    variable: header.to_owned(),
                },
            ),
        }
    }
    for variable in [Variable::Age, Variable::Time, Variable::Content] {
        if let (false, Some(at)) = (columns.contains_key(&variable), first) {
            let variable = variable.headers()[0].to_owned();
            faults.raise(at, Fault::MissingVariable { variable });
        }
    }
    (faults.count() == before).then_some(columns)
}

struct Reading<'a> {
    columns: &'a BTreeMap<Variable, usize>,
    text: &'a str,
}

impl Reading<'_> {
    fn cell(
        &self,
        row: &Row,
        totals: &mut Totals,
        told: &mut Told,
        faults: &mut Faults,
    ) -> Option<StatCell> {
        let area = match self.columns.get(&Variable::Area) {
            Some(index) => Area::of_label(row.text(*index)),
            None => Area::Country("Hele landet".to_owned()),
        };
        let age_text = self.label(row, Variable::Age);
        let age = if is_total(age_text) {
            totals.see(Variable::Age, age_text, true, row.span);
            Some(Age { from: 0, to: None })
        } else {
            totals.see(Variable::Age, age_text, false, row.span);
            Age::of_label(age_text)
        };
        let age = self.known(age, row, Variable::Age, told, faults);
        let time = self.label(row, Variable::Time);
        let period = self.known(Period::of_label(time), row, Variable::Time, told, faults);
        let sex = self.part(row, Variable::Sex, totals, told, faults);
        let marital = self.part(row, Variable::Marital, totals, told, faults);
        let persons = self.content(row, told, faults);
        Some(StatCell {
            area,
            age: age?,
            period: period?,
            sex: sex?,
            marital: marital?,
            persons: persons?,
            line: row.span,
        })
    }

    /// The part of a breakdown: `Some(None)` is its total, or a breakdown that is not there.
    fn part(
        &self,
        row: &Row,
        variable: Variable,
        totals: &mut Totals,
        told: &mut Told,
        faults: &mut Faults,
    ) -> Option<Option<usize>> {
        if !self.columns.contains_key(&variable) {
            return Some(None);
        }
        let label = self.label(row, variable);
        if is_total(label) {
            totals.see(variable, label, true, row.span);
            return Some(None);
        }
        totals.see(variable, label, false, row.span);
        // `CodeAndValue` exports write "M Mænd".
        let value = label.split_once(' ').map_or(label, |(_, value)| value);
        let part = variable
            .parts()
            .iter()
            .position(|n| n.contains(&label) || n.contains(&value));
        self.known(part, row, variable, told, faults).map(Some)
    }

    fn content(&self, row: &Row, told: &mut Told, faults: &mut Faults) -> Option<f64> {
        let index = self.columns[&Variable::Content];
        let text = row.text(index);
        let at = row.cell(index, self.text);
        if matches!(text, ".." | "." | "-" | "x" | "") {
            let labels = self
                .columns
                .iter()
                .filter(|(v, _)| **v != Variable::Content);
            let cell = listed(labels.map(|(_, index)| row.text(*index)));
            told.raise(
                at,
                Fault::Suppressed {
                    mark: text.to_owned(),
                    cell,
                },
                faults,
            );
            return None;
        }
        // The StatBank writes decimals with the mark of its language and never a thousand mark.
        match read_number(text, Figure::Measure, &mut None) {
            Ok(value) if value < 0.0 => {
                let fault = Fault::NegativeFigure {
                    what: "a number of persons".into(),
                    found: value,
                };
                told.raise(at, fault, faults);
                None
            }
            Ok(value) => Some(value),
            Err(wrong) => {
                told.raise(at, wrong.fault("INDHOLD", text), faults);
                None
            }
        }
    }

    fn known<T>(
        &self,
        value: Option<T>,
        row: &Row,
        variable: Variable,
        told: &mut Told,
        faults: &mut Faults,
    ) -> Option<T> {
        if value.is_none() {
            let index = self.columns[&variable];
            let (found, variable) = (row.text(index).to_owned(), variable.headers()[0].to_owned());
            told.raise(
                row.cell(index, self.text),
                Fault::UnknownLabel { variable, found },
                faults,
            );
        }
        value
    }

    fn label<'a>(&self, row: &'a Row, variable: Variable) -> &'a str {
        self.columns
            .get(&variable)
            .map_or("", |index| row.text(*index))
    }
}

fn is_total(label: &str) -> bool {
    let value = label.split_once(' ').map_or(label, |(_, value)| value);
    TOTALS
        .iter()
        .any(|total| total.eq_ignore_ascii_case(label) || total.eq_ignore_ascii_case(value))
}

/// The first total and the first part seen of each variable.
#[derive(Debug, Default)]
struct Totals {
    seen: BTreeMap<(Variable, bool), (String, Span)>,
}

impl Totals {
    fn see(&mut self, variable: Variable, label: &str, total: bool, at: Span) {
        self.seen
            .entry((variable, total))
            .or_insert_with(|| (label.to_owned(), at));
    }

    fn refuse_mixed(&self, headers: &BTreeMap<Variable, String>, faults: &mut Faults) {
        for variable in [Variable::Age, Variable::Sex, Variable::Marital] {
            let total = self.seen.get(&(variable, true));
            let part = self.seen.get(&(variable, false));
            if let (Some((total, at)), Some((part, _))) = (total, part) {
                let fault = Fault::TotalsMixed {
                    variable: headers.get(&variable).cloned().unwrap_or_default(),
                    total: total.clone(),
                    part: part.clone(),
                };
                faults.raise(*at, fault);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export(text: &str) -> (Option<Export>, Vec<(&'static str, usize)>) {
        import(text, None).map_first()
    }

    type Told = Vec<(&'static str, usize)>;
    struct Imported(Option<Export>, Option<Vec<Persons>>, Told);

    impl Imported {
        fn map_first(self) -> (Option<Export>, Told) {
            (self.0, self.2)
        }
    }

    fn import(text: &str, bands: Option<&[&str]>) -> Imported {
        let mut sources = Sources::default();
        let file = sources.add("a.csv", text);
        let mut faults = Faults::default();
        let export = Export::read(file, &mut sources, &mut faults);
        let bands: Option<Vec<Age>> =
            bands.map(|bands| bands.iter().map(|b| Age::of_band(b).unwrap()).collect());
        let persons = bands.and_then(|bands| export.as_ref()?.persons(&bands, &mut faults));
        let told = faults.settle(&sources);
        let told = told
            .iter()
            .map(|t| (t.code.as_str(), t.places[0].line))
            .collect();
        Imported(export, persons, told)
    }

    fn single_years(header: &str, line: impl Fn(u32) -> String) -> String {
        (0..=100).fold(format!("{header}\n"), |text, age| text + &line(age) + "\n")
    }

    #[test]
    fn single_years_of_both_sexes_are_summed_into_bands() {
        let text = single_years("TID;ALDER;KØN;OMRÅDE;INDHOLD", |age| {
            let label = if age == 1 {
                "1 year".to_owned()
            } else {
                format!("{age} years")
            };
            format!("2024Q1;{label};Men;Horsens;2\n2024Q1;{label};Women;Horsens;3")
        });
        let Imported(_, persons, told) = import(&text, Some(&["0-17", "18-64", "65-79", "80+"]));
        assert_eq!(told, []);
        let sums: Vec<f64> = persons.unwrap().iter().map(|p| p.persons).collect();
        assert_eq!(sums, [90.0, 235.0, 75.0, 105.0]);
    }

    #[test]
    fn danish_codes_english_texts_and_open_ends_mean_the_same() {
        for text in ["10", "10 år", "10 years", "10 10 år"] {
            assert_eq!(
                Age::of_label(text),
                Some(Age {
                    from: 10,
                    to: Some(10)
                }),
                "{text}"
            );
        }
        for text in ["100 years and over", "100 år og derover", "100-", "100+"] {
            assert_eq!(
                Age::of_label(text),
                Some(Age {
                    from: 100,
                    to: None
                }),
                "{text}"
            );
        }
        assert_eq!(
            Age::of_label("5-9 år"),
            Some(Age {
                from: 5,
                to: Some(9)
            })
        );
        assert_eq!(Age::of_label("gammel"), None);
        assert_eq!(Period::of_label("2019:2020"), None);
        assert_eq!(Period::of_label("2024M01").map(|p| p.year), Some(2024));
    }

    #[test]
    fn totals_beside_their_parts_are_refused() {
        let areas = "OMRÅDE;ALDER;TID;INDHOLD\nHorsens;1 år;2024;5\nHele landet;1 år;2024;9\n";
        assert_eq!(export(areas).1, [("S122", 3)]);
        let regions = "OMRÅDE;ALDER;TID;INDHOLD\n082;1 år;2024;5\n615;1 år;2024;9\n";
        assert_eq!(export(regions).1, [("S122", 2)]);
        let sexes = "ALDER;KØN;TID;INDHOLD\n1 år;TOT;2024;5\n1 år;M;2024;2\n1 år;K;2024;3\n";
        assert_eq!(export(sexes).1, [("S122", 2)]);
        let ages = "ALDER;TID;INDHOLD\n1 år;2024;5\nAlder i alt;2024;2\n";
        assert_eq!(export(ages).1, [("S122", 3)]);
    }

    #[test]
    fn a_suppressed_figure_stays_missing() {
        assert_eq!(export("ALDER;TID;INDHOLD\n1 år;2024;..\n").1, [("S123", 2)]);
    }

    #[test]
    fn an_error_document_is_refused_with_its_message() {
        let text = "{\"errorTypeCode\":\"EXTRACT-NOTFOUND\",\"message\":\"Tabellen findes ikke\"}";
        assert_eq!(export(text).1, [("S121", 1)]);
    }

    #[test]
    fn a_breakdown_with_a_part_missing_is_not_summed() {
        let text = single_years("OMRÅDE;ALDER;KØN;TID;INDHOLD", |age| match age {
            7 => "Horsens;7 år;M;2024;1".to_owned(),
            _ => format!("Horsens;{age} år;M;2024;1\nHorsens;{age} år;K;2024;1"),
        });
        assert_eq!(import(&text, Some(&["0+"])).2, [("S124", 16)]);
    }

    #[test]
    fn an_age_missing_in_a_band_is_named() {
        let text = "OMRÅDE;ALDER;TID;INDHOLD\nHorsens;0 år;2024;5\nHorsens;2 år;2024;5\n";
        assert_eq!(import(text, Some(&["0-2"])).2, [("S126", 2)]);
        assert_eq!(import(text, Some(&["1-2"])).2, [("S130", 2)]);
    }

    #[test]
    fn ages_beside_groups_that_hold_them_are_refused() {
        let text = "OMRÅDE;ALDER;TID;INDHOLD\nHorsens;0-4 år;2024;5\nHorsens;2 år;2024;1\n";
        assert_eq!(import(text, Some(&["0-4"])).2, [("S122", 3)]);
    }

    #[test]
    fn two_quarters_of_one_year_are_a_choice_the_author_must_make() {
        let text = "OMRÅDE;ALDER;TID;INDHOLD\nHorsens;0 år;2024K1;5\nHorsens;0 år;2024K2;5\n";
        assert_eq!(import(text, Some(&["0-0"])).2, [("S127", 3)]);
    }

    #[test]
    fn unknown_variables_and_labels_are_not_summed_away() {
        assert_eq!(
            export("ALDER;HERKOMST;TID;INDHOLD\n1 år;x;2024;1\n").1,
            [("S128", 1)]
        );
        assert_eq!(export("ALDER;INDHOLD\n1 år;1\n").1, [("S129", 1)]);
        assert_eq!(export("ALDER;TID;INDHOLD\nbarn;2024;1\n").1, [("S125", 2)]);
        assert_eq!(
            export("ALDER;TID;INDHOLD\n1 år;2024;1\n1 år;2024;1\n").1,
            [("S106", 3)]
        );
    }
}
