//! Native charts of a sheet's own cells.
//!
//! Promise: lines differ in dashes and marks as well as colour; every chart has a text that says
//! what it shows. Absent: figures that are not in the sheet.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartAxisLabelPosition, ChartFormat, ChartLegendPosition, ChartLine,
    ChartLineDashType, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType,
};

/// Colours that can be told apart by most who see few colours.
const COLOURS: [u32; 6] = [
    0x00_5A_8C,
    0xC4_4E_00,
    0x002E_7D32,
    0x6A_1B_9A,
    0x7A_60_00,
    0x20_20_20,
];
const DASHES: [ChartLineDashType; 6] = [
    ChartLineDashType::Solid,
    ChartLineDashType::Dash,
    ChartLineDashType::DashDot,
    ChartLineDashType::LongDash,
    ChartLineDashType::LongDashDot,
    ChartLineDashType::Solid,
];
const MARKS: [ChartMarkerType; 6] = [
    ChartMarkerType::Circle,
    ChartMarkerType::Square,
    ChartMarkerType::Triangle,
    ChartMarkerType::Diamond,
    ChartMarkerType::X,
    ChartMarkerType::Star,
];
/// Height of a chart of lines in pixels.
pub const LINES_HEIGHT: u32 = 380;

/// Cells of a sheet, from first to last.
#[derive(Debug, Clone, Copy)]
pub struct Cells {
    /// First row and column.
    pub from: (u32, u16),
    /// Last row and column.
    pub to: (u32, u16),
}

/// A series of a chart.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// Its values.
    pub values: Cells,
    /// Which colour, dash and mark.
    pub look: usize,
    /// An edge of a band: thin, dotted, without marks.
    pub edge: bool,
}

/// Words of a chart.
#[derive(Debug, Clone)]
pub struct Says {
    /// Title.
    pub title: String,
    /// Unit of the value axis.
    pub unit: String,
    /// What it shows, for those who do not see it.
    pub text: String,
}

/// Lines over the years.
pub fn lines(sheet: &str, says: &Says, years: Cells, series: &[Series]) -> Chart {
    let mut chart = Chart::new(ChartType::Line);
    named(&mut chart, says);
    let edges: Vec<usize> = (0..series.len()).filter(|i| series[*i].edge).collect();
    for one in series {
        let look = one.look % COLOURS.len();
        let mut line = ChartLine::new();
        line.set_color(COLOURS[look]);
        let added = chart
            .add_series()
            .set_name(one.name.as_str())
            .set_categories(range(sheet, years))
            .set_values(range(sheet, one.values));
        if one.edge {
            line.set_width(1.0)
                .set_dash_type(ChartLineDashType::RoundDot);
            added.set_marker(ChartMarker::new().set_none());
        } else {
            line.set_width(2.25).set_dash_type(DASHES[look]);
            let mut fill = ChartFormat::new();
            fill.set_solid_fill(ChartSolidFill::new().set_color(COLOURS[look]));
            let mut mark = ChartMarker::new();
            mark.set_type(MARKS[look]).set_size(6).set_format(&mut fill);
            added.set_marker(&mark);
        }
        added.set_format(ChartFormat::new().set_line(&line));
    }
    chart
        .x_axis()
        .set_label_position(ChartAxisLabelPosition::Low);
    chart
        .y_axis()
        .set_name(says.unit.as_str())
        .set_num_format("#,##0.0");
    chart.legend().set_position(ChartLegendPosition::Bottom);
    // edges are named by their line's name in the caption; each name once is enough
    chart.legend().delete_entries(&edges);
    chart.set_width(900).set_height(LINES_HEIGHT);
    chart
}

/// Bars by name, first name on top. Gives the chart and its height.
pub fn bars(sheet: &str, says: &Says, names: Cells, series: &[Series]) -> (Chart, u32) {
    let mut chart = Chart::new(ChartType::Bar);
    named(&mut chart, says);
    let rows = names.to.0 - names.from.0 + 1;
    for one in series {
        let mut fill = ChartFormat::new();
        fill.set_solid_fill(ChartSolidFill::new().set_color(COLOURS[one.look % COLOURS.len()]));
        chart
            .add_series()
            .set_name(one.name.as_str())
            .set_categories(range(sheet, names))
            .set_values(range(sheet, one.values))
            .set_gap(40)
            .set_format(&mut fill);
    }
    // of a bar chart the library calls the names' axis y; reversed, its first name is on top and
    // the values' axis, which crosses at the last one, stays below
    chart
        .y_axis()
        .set_reverse()
        .set_crossing(ChartAxisCrossing::Max)
        .set_label_position(ChartAxisLabelPosition::Low);
    chart
        .x_axis()
        .set_name(says.unit.as_str())
        .set_num_format("#,##0");
    match series.len() {
        1 => chart.legend().set_hidden(),
        _ => chart.legend().set_position(ChartLegendPosition::Bottom),
    };
    let height = 130 + rows * (10 + 12 * series.len() as u32);
    chart.set_width(900).set_height(height);
    (chart, height)
}

fn named(chart: &mut Chart, says: &Says) {
    chart.title().set_name(says.title.as_str());
    chart.set_alt_text(says.text.as_str());
}

fn range(sheet: &str, cells: Cells) -> (&str, u32, u16, u32, u16) {
    (sheet, cells.from.0, cells.from.1, cells.to.0, cells.to.1)
}
