//! Native charts: editable in Word, each with the workbook of its figures.
//!
//! ```text
//! Chart ─┬─ Lines  one panel a line, all on one scale: band as areas, mean as a line on it
//!        └─ Bars   bars by name with their intervals
//! panel ─▶ workbook with a chart ─▶ drawing taken out of it ─▶ drawing + workbook in the Word file
//! ```
//!
//! Promise: every chart has a text that says what it shows; lines have a panel and a name of their
//! own, so nothing is told by colour. Absent: figures that are not in the document's chart.

use std::io::{self, Cursor, Read};

use rust_xlsxwriter::{
    Chart as Native, ChartAxisLabelPosition, ChartAxisTickType, ChartErrorBars, ChartErrorBarsType,
    ChartFont, ChartFormat, ChartLine, ChartLineDashType, ChartRange, ChartSolidFill, ChartType,
    DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

use super::super::chart::{Bar, Chart, Kind, Line};
use super::super::document::Figure;
use super::package::Package;
use super::xml::{code, escaped};
use crate::report::words::Language;

/// Of the text, in English metric units (360,000 to a centimetre).
const WIDTH: usize = 6_096_000;
const PANEL_HEIGHT: usize = 1_980_000;
/// Panels side by side.
const ABREAST: usize = 3;
const BAR: usize = 190_000;
const AXIS: usize = 500_000;
/// As on the page: dark enough on white, each line with dashes of its own.
const INKS: [(u32, ChartLineDashType); 6] = [
    (0x00_5A_8C, ChartLineDashType::Solid),
    (0xA3_3B_00, ChartLineDashType::Dash),
    (0x00_66_4D, ChartLineDashType::RoundDot),
    (0x8A_3D_74, ChartLineDashType::LongDashDot),
    (0x4D_4D_4D, ChartLineDashType::SquareDot),
    (0x7A_52_00, ChartLineDashType::LongDash),
];
const SHEET: &str = "Data";
/// Opened in Word, the first column's years would not all stand under a narrow panel.
const YEARS_SHOWN: usize = 4;

/// The drawings of a figure as runs of one paragraph; empty where its kind has no native chart.
pub fn drawings(figure: &Figure, language: Language, package: &mut Package) -> io::Result<String> {
    if let Kind::Lines { years, lines } = &figure.chart.kind {
        let abreast = lines.len().clamp(1, ABREAST);
        let size = (WIDTH / abreast, PANEL_HEIGHT);
        let mut text = String::new();
        for (at, line) in lines.iter().enumerate() {
            let book = panel(&figure.chart, years, line, at, language);
            let words = format!("{} {}", figure.reads, part(&figure.says, lines, at));
            let says = Says {
                title: format!("{}: {}", line.label, figure.caption),
                text: words,
            };
            text += &placed(book, &says, size, language, package)?;
        }
        return Ok(text);
    }
    if let Kind::Bars(bars) = &figure.chart.kind {
        let height = AXIS + BAR * bars.len();
        let says = Says {
            title: figure.caption.clone(),
            text: format!("{} {}", figure.reads, figure.says),
        };
        let book = bar_chart(&figure.chart, bars, language);
        return placed(book, &says, (WIDTH, height), language, package);
    }
    Ok(String::new())
}

/// What a chart says to whoever does not see it.
struct Says {
    title: String,
    text: String,
}

/// What is said of one line: from its name to the next line's; all of it where it is not named.
fn part<'a>(says: &'a str, lines: &[Line], at: usize) -> &'a str {
    let Some(from) = says.find(&lines[at].label) else {
        return says;
    };
    let others = lines.iter().filter_map(|line| says.find(&line.label));
    let to = others.filter(|other| *other > from).min();
    says[from..to.unwrap_or(says.len())].trim_end()
}

// ---- workbooks --------------------------------------------------------------------------------

/// A line with its band: from below, an area that is not painted and one as wide as the band.
fn panel(
    chart: &Chart,
    years: &[String],
    line: &Line,
    at: usize,
    language: Language,
) -> Result<Workbook, XlsxError> {
    let (ink, dash) = INKS[at % INKS.len()];
    let names = match language {
        Language::Da => ["År", "Båndets nederste kant", "Båndets bredde"],
        Language::En => ["Year", "Lower edge of the band", "Width of the band"],
    };
    let mut sheet = Worksheet::new();
    sheet.set_name(SHEET)?;
    let number = Format::new().set_num_format(number_format(language, true));
    let headings = [names[0], &line.label, names[1], names[2]];
    for (column, heading) in headings.into_iter().enumerate() {
        sheet.write_string(0, column as u16, heading)?;
    }
    for (i, (year, point)) in years.iter().zip(&line.points).enumerate() {
        let row = i as u32 + 1;
        sheet.write_string(row, 0, year)?;
        let values = [point.value, point.low, point.high - point.low];
        for (column, value) in values.into_iter().enumerate() {
            sheet.write_number_with_format(row, column as u16 + 1, value, &number)?;
        }
    }
    let last = years.len().min(line.points.len()) as u32;
    let mut band = Native::new(ChartType::AreaStacked);
    let mut nothing = ChartFormat::new();
    nothing.set_no_fill().set_no_border();
    let mut tint = ChartFormat::new();
    tint.set_solid_fill(ChartSolidFill::new().set_color(ink).set_transparency(80))
        .set_no_border();
    for (column, look) in [(2, &mut nothing), (3, &mut tint)] {
        band.add_series()
            .set_name((SHEET, 0, column))
            .set_categories((SHEET, 1, 0, last, 0))
            .set_values((SHEET, 1, column, last, column))
            .set_format(look);
    }
    let mut mean = Native::new(ChartType::Line);
    mean.add_series()
        .set_name((SHEET, 0, 1))
        .set_categories((SHEET, 1, 0, last, 0))
        .set_values((SHEET, 1, 1, last, 1))
        .set_format(
            ChartFormat::new().set_line(
                ChartLine::new()
                    .set_color(ink)
                    .set_width(2.25)
                    .set_dash_type(dash),
            ),
        );
    band.combine(&mean);
    band.title()
        .set_name(line.label.as_str())
        .set_overlay(false)
        .set_font(
            ChartFont::new()
                .set_name("Arial")
                .set_size(9)
                .set_bold()
                .set_color(ink),
        );
    axes(&mut band, chart, language);
    let every = years.len().div_ceil(YEARS_SHOWN).max(1);
    band.x_axis().set_label_interval(every as u16);
    book(sheet, &band)
}

/// Bars from above in the given order, each with its interval and its figure beside its name.
fn bar_chart(chart: &Chart, bars: &[Bar], language: Language) -> Result<Workbook, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(SHEET)?;
    let number = Format::new().set_num_format(number_format(language, true));
    let headings = match language {
        Language::Da => ["Navn", chart.unit.as_str(), "Til 10 %", "Til 90 %"],
        Language::En => ["Name", chart.unit.as_str(), "To 10%", "To 90%"],
    };
    for (column, heading) in headings.into_iter().enumerate() {
        sheet.write_string(0, column as u16, heading)?;
    }
    for (i, bar) in bars.iter().enumerate() {
        let row = i as u32 + 1;
        let point = bar.point;
        sheet.write_string(row, 0, format!("{}   {}", bar.label, bar.text))?;
        let values = [
            point.value,
            point.value - point.low,
            point.high - point.value,
        ];
        for (column, value) in values.into_iter().enumerate() {
            sheet.write_number_with_format(row, column as u16 + 1, value, &number)?;
        }
    }
    let last = bars.len() as u32;
    let range = |column: u16| ChartRange::new_from_range(SHEET, 1, column, last, column);
    let interval = ChartErrorBarsType::Custom(range(3), range(2));
    let mut native = Native::new(ChartType::Bar);
    native
        .add_series()
        .set_name((SHEET, 0, 1))
        .set_categories((SHEET, 1, 0, last, 0))
        .set_values((SHEET, 1, 1, last, 1))
        .set_gap(50)
        .set_y_error_bars(ChartErrorBars::new().set_type(interval))
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(0x7F_B2_D1)));
    native.title().set_hidden();
    // of bars the library calls the names' axis y
    native.y_axis().set_reverse();
    axes(&mut native, chart, language);
    book(sheet, &native)
}

/// Axes of a chart: values on round marks that hold all that is drawn, names below or left of it.
/// Years that a panel has room to name side by side.
const YEARS_LEVEL: usize = 5;

fn axes(native: &mut Native, chart: &Chart, language: Language) {
    let marks = super::super::chart::marks(chart.range(), 5);
    let step = marks
        .windows(2)
        .next()
        .map_or(1.0, |pair| pair[1] - pair[0]);
    let mut small = ChartFont::new();
    small.set_name("Arial").set_size(8).set_color(0x22_22_22);
    let bars = matches!(chart.kind, Kind::Bars(_));
    let mut grid = ChartLine::new();
    grid.set_color(0xD0_D0_D0).set_width(0.75);
    let (values, names) = match bars {
        true => (native.x_axis(), 1),
        false => (native.y_axis(), 0),
    };
    values
        .set_font(&small)
        .set_num_format(number_format(language, step < 1.0))
        .set_major_gridlines(true)
        .set_major_gridlines_line(&grid)
        .set_format(ChartFormat::new().set_line(ChartLine::new().set_hidden(true)));
    if let [first, .., last] = marks.as_slice() {
        values.set_min(*first).set_max(*last).set_major_unit(step);
    }
    let names = match names {
        1 => native.y_axis(),
        _ => native.x_axis(),
    };
    // a small panel has room for five years' names side by side; more stand upright, or a program
    // breaks them
    let upright = matches!(&chart.kind, Kind::Lines { years, .. } if years.len() > YEARS_LEVEL);
    names
        .set_font(small.clone().set_rotation(if upright { 90 } else { 0 }))
        .set_major_tick_type(ChartAxisTickType::None)
        .set_minor_tick_type(ChartAxisTickType::None)
        .set_label_position(ChartAxisLabelPosition::Low)
        .set_format(
            ChartFormat::new().set_line(ChartLine::new().set_color(0x33_33_33).set_width(1.0)),
        );
    native.legend().set_hidden();
    native
        .chart_area()
        .set_format(ChartFormat::new().set_no_border());
}

/// Decimal comma in a Danish file also where the program speaks another language; a real minus.
fn number_format(language: Language, tenths: bool) -> &'static str {
    match (language, tenths) {
        (Language::Da, true) => "[$-406]#,##0.0;[$-406]\u{2212}#,##0.0",
        (Language::Da, false) => "[$-406]#,##0;[$-406]\u{2212}#,##0",
        (Language::En, true) => "[$-809]#,##0.0;[$-809]\u{2212}#,##0.0",
        (Language::En, false) => "[$-809]#,##0;[$-809]\u{2212}#,##0",
    }
}

fn book(mut sheet: Worksheet, chart: &Native) -> Result<Workbook, XlsxError> {
    sheet.set_column_width(0, 24)?;
    sheet.insert_chart(1, 5, chart)?;
    let mut book = Workbook::new();
    // no clock: the file's own date is the first that it can hold
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&date));
    book.push_worksheet(sheet);
    Ok(book)
}

// ---- from the workbook to the text ------------------------------------------------------------

fn placed(
    book: Result<Workbook, XlsxError>,
    says: &Says,
    (width, height): (usize, usize),
    language: Language,
    package: &mut Package,
) -> io::Result<String> {
    let mut book = book.map_err(io::Error::other)?;
    let bytes = book.save_to_buffer().map_err(io::Error::other)?;
    let drawing = taken(&bytes, language)?;
    let n = package.chart(drawing, bytes);
    Ok(format!(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>\
         <wp:docPr id=\"{n}\" name=\"chart{n}\" descr=\"{}\" title=\"{}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">\
         <c:chart r:id=\"{}\"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
        escaped(says.text.trim()),
        escaped(&says.title),
        Package::chart_relation(n)
    ))
}

/// The drawing out of its workbook, leading to it instead of standing in it.
fn taken(workbook: &[u8], language: Language) -> io::Result<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook))?;
    let mut text = String::new();
    archive
        .by_name("xl/charts/chart1.xml")?
        .read_to_string(&mut text)?;
    let print = "<c:printSettings>";
    let (drawing, _) = text
        .split_once(print)
        .ok_or_else(|| io::Error::other("a chart without the end that is known"))?;
    let speaks = format!(
        "<c:lang val=\"{}\"/><c:roundedCorners val=\"0\"/>",
        code(language)
    );
    let drawing = drawing.replace("<c:lang val=\"en-US\"/>", &speaks);
    Ok(format!(
        "{drawing}<c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>"
    ))
}
