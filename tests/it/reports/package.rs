//! The Word file as what it is: parts of XML that lead to each other.

use super::fixture::{Finished, compensated, not_clarified};
use calamine::{Data, Reader};
use fairbalance::analysis::{RunningRow, Summary, WATCHED};
use fairbalance::report::chart::{Kind, Line};
use fairbalance::report::{Block, Figure, Language, annex, papers};
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Every part by name.
fn parts(docx: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("a zip");
    let count = archive.len();
    let mut parts = BTreeMap::new();
    for at in 0..count {
        let mut file = archive.by_index(at).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        parts.insert(name, content);
    }
    assert_eq!(parts.len(), count, "each name once");
    parts
}

fn text<'p>(parts: &'p BTreeMap<String, Vec<u8>>, name: &str) -> &'p str {
    std::str::from_utf8(&parts[name]).expect("UTF-8")
}

/// The fixture's run with running accounts, from which the figure is drawn.
pub fn charted() -> Finished {
    let mut finished = compensated();
    let years = finished.assessment.findings.years.clone();
    let row = |account, year| RunningRow {
        account,
        year,
        value: Summary {
            mean: 1e6 * f64::from(year - 2020),
            p10: -1e6,
            p90: 3e6 * f64::from(year - 2020),
            ..Summary::default()
        },
    };
    let rows = WATCHED
        .iter()
        .flat_map(|a| years.iter().map(|y| row(*a, *y)));
    finished.assessment.findings.running = rows.collect();
    finished
}

fn annexes() -> Vec<(String, BTreeMap<String, Vec<u8>>)> {
    let mut all = papers(&charted().run()).expect("papers");
    all.extend(papers(&not_clarified().run()).expect("papers"));
    all.retain(|(name, _)| name.ends_with(".docx"));
    // annex and method of the one, annex of the other, in two languages
    assert_eq!(all.len(), 6);
    all.into_iter()
        .map(|(name, bytes)| (name, parts(&bytes)))
        .collect()
}

/// A name seen from the part that names it.
fn resolved(from: &str, target: &str) -> String {
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            ".." => drop(path.pop()),
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Catches: XML that is not well formed, a relation to a part that is not there, a part of no
/// kind or that nothing leads to, two things with one id: what makes Word offer to repair a file.
#[test]
fn every_part_of_the_word_file_is_whole_has_a_kind_and_is_led_to() {
    for (name, parts) in annexes() {
        let mut led_to = BTreeSet::new();
        for (part, content) in &parts {
            if !(part.ends_with(".xml") || part.ends_with(".rels")) {
                continue;
            }
            let content = std::str::from_utf8(content).expect("UTF-8");
            let xml = Document::parse(content).unwrap_or_else(|e| panic!("{name} {part}: {e}"));
            if !part.ends_with(".rels") {
                continue;
            }
            let owner = part.replace("_rels/", "").replace(".rels", "");
            let mut ids = BTreeSet::new();
            for relation in xml.root_element().children().filter(Node::is_element) {
                let target = relation.attribute("Target").expect("a target");
                let target = resolved(&owner, target);
                assert!(parts.contains_key(&target), "{name} {part}: {target}");
                assert!(ids.insert(relation.attribute("Id").expect("an id").to_owned()));
                led_to.insert(target);
            }
            if let Some(owner) = parts.get(&owner) {
                let owner = std::str::from_utf8(owner).expect("UTF-8");
                assert_eq!(named(&Document::parse(owner).expect("XML")), ids, "{part}");
            }
        }
        let kinds = text(&parts, "[Content_Types].xml");
        for part in parts.keys().filter(|p| *p != "[Content_Types].xml") {
            let end = part.rsplit('.').next().expect("an end");
            let own = kinds.contains(&format!("PartName=\"/{part}\""));
            let common = ["rels", "xlsx"].contains(&end);
            assert!(own || common, "{name} {part} has no kind");
            assert!(end == "rels" || led_to.contains(part), "{name} {part}");
        }
    }
}

/// Names of relations that a part uses. Those of the text's own settings are used by the program.
fn named(xml: &Document) -> BTreeSet<String> {
    let text = xml.root_element().tag_name().name() == "document";
    let silent = ["rId1", "rId2", "rId3"].map(str::to_owned);
    let mut all: BTreeSet<String> = silent.into_iter().filter(|_| text).collect();
    for node in xml.descendants() {
        let here = node
            .attributes()
            .filter(|a| a.namespace() == Some(RELATIONS));
        all.extend(here.map(|a| a.value().to_owned()));
    }
    all
}

/// Catches: properties in an order that Word refuses, in the parts of a chart.
#[test]
fn a_charts_parts_stand_in_the_order_that_the_standard_gives() {
    let space = [
        "date1904",
        "lang",
        "roundedCorners",
        "style",
        "clrMapOvr",
        "pivotSource",
        "protection",
        "chart",
        "spPr",
        "txPr",
        "externalData",
        "printSettings",
        "userShapes",
    ];
    let chart = [
        "title",
        "autoTitleDeleted",
        "pivotFmts",
        "view3D",
        "floor",
        "sideWall",
        "backWall",
        "plotArea",
        "legend",
        "plotVisOnly",
        "dispBlanksAs",
    ];
    let series = [
        "idx",
        "order",
        "tx",
        "spPr",
        "invertIfNegative",
        "marker",
        "dPt",
        "dLbls",
        "trendline",
        "errBars",
        "cat",
        "val",
        "smooth",
    ];
    let axis = [
        "axId",
        "scaling",
        "delete",
        "axPos",
        "majorGridlines",
        "minorGridlines",
        "title",
        "numFmt",
        "majorTickMark",
        "minorTickMark",
        "tickLblPos",
        "spPr",
        "txPr",
        "crossAx",
        "crosses",
        "crossesAt",
        "crossBetween",
        "auto",
        "lblAlgn",
        "lblOffset",
        "tickLblSkip",
        "tickMarkSkip",
        "noMultiLvlLbl",
        "majorUnit",
        "minorUnit",
        "dispUnits",
    ];
    let mut seen = 0;
    for (name, parts) in annexes() {
        for part in parts.keys().filter(|p| p.starts_with("word/charts/chart")) {
            let xml = Document::parse(text(&parts, part)).expect("XML");
            for node in xml.descendants().filter(Node::is_element) {
                let order: &[&str] = match node.tag_name().name() {
                    "chartSpace" => &space,
                    "chart" => &chart,
                    "ser" => &series,
                    "catAx" | "valAx" => &axis,
                    _ => continue,
                };
                let children = node.children().filter(Node::is_element);
                let places = children.map(|child| {
                    let child = child.tag_name().name();
                    let place = order.iter().position(|o| *o == child);
                    place.unwrap_or_else(|| panic!("{name} {part}: {child}"))
                });
                let places: Vec<usize> = places.collect();
                assert!(places.is_sorted(), "{name} {part}: {places:?}");
                seen += 1;
            }
        }
    }
    // in two languages three panels: a space, a chart, three series, two axes
    assert_eq!(seen, 2 * 3 * 7);
}

/// Catches: a chart that is a picture, or whose figures are not those of the document; a band or
/// a line that is told by colour alone; a chart that says nothing to who does not see it.
#[test]
fn the_figure_is_a_native_chart_for_each_line_with_its_own_figures_and_words() {
    let finished = charted();
    let annex = annex(&finished.run(), Language::Da);
    let figure = annex.blocks.iter().find_map(|b| match b {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    let figure = figure.expect("a figure");
    let Kind::Lines { lines, .. } = &figure.chart.kind else {
        panic!("a chart of lines");
    };
    let (_, parts) = annexes().swap_remove(0);
    let body = Document::parse(text(&parts, "word/document.xml")).expect("XML");
    let told: Vec<Node> = body
        .descendants()
        .filter(|n| n.has_tag_name((WP, "docPr")))
        .collect();
    assert_eq!(told.len(), lines.len());
    let ids: BTreeSet<_> = told.iter().map(|n| n.attribute("id")).collect();
    assert_eq!(ids.len(), lines.len(), "each chart its own id");
    let mut dashes = BTreeSet::new();
    for (n, line) in lines.iter().enumerate() {
        let drawing = text(&parts, &format!("word/charts/chart{}.xml", n + 1));
        assert!(drawing.contains(&line.label) && drawing.contains("<c:lang val=\"da-DK\"/>"));
        assert!(drawing.contains("formatCode=\"[$-406]"), "decimal comma");
        let dash = drawing.split("<a:prstDash val=\"").nth(1);
        dashes.insert(
            dash.map_or("solid", |d| d.split('"').next().expect("a dash"))
                .to_owned(),
        );
        let book = &parts[&format!("word/embeddings/chart{}.xlsx", n + 1)];
        assert_figures(book, line);
        says(told[n], figure, line);
    }
    assert_eq!(dashes.len(), lines.len(), "{dashes:?}");
}

const WP: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// The workbook holds mean, lower edge and width of the band.
fn assert_figures(book: &[u8], line: &Line) {
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(book.to_vec())).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("cells");
    for (row, point) in sheet.rows().skip(1).zip(&line.points) {
        let held = [point.value, point.low, point.high - point.low];
        for (cell, value) in row[1..].iter().zip(held) {
            let Data::Float(found) = cell else {
                panic!("{cell:?} is no number");
            };
            assert!((found - value).abs() < 1e-9, "{found} {value}");
        }
    }
    assert_eq!(sheet.height(), line.points.len() + 1);
}

/// The description names the line, how it is read and what it says; the title what is shown.
fn says(told: Node, figure: &Figure, line: &Line) {
    let described = told.attribute("descr").expect("a description");
    assert!(described.starts_with(&figure.reads), "{described}");
    let own = described
        .strip_prefix(&figure.reads)
        .expect("how it is read")
        .trim();
    assert!(
        own.starts_with(&line.label) && figure.says.contains(own),
        "{own}"
    );
    let title = told.attribute("title").expect("a title");
    assert!(title.starts_with(&line.label) && title.ends_with(&figure.caption));
}

/// Catches: tables without words for who does not see them, rows that a page's end may split,
/// empty paragraphs in the place of space, bullets that are only signs.
#[test]
fn tables_say_what_they_show_and_no_space_is_made_of_empty_lines() {
    for (name, parts) in annexes() {
        let body = text(&parts, "word/document.xml");
        let count = |what: &str| body.matches(what).count();
        assert_eq!(count("<w:tbl>"), count("<w:tblCaption "), "{name}");
        assert_eq!(count("<w:tbl>"), count("<w:tblDescription "), "{name}");
        assert_eq!(count("<w:tr>"), count("<w:cantSplit/>"), "{name}");
        assert_eq!(count("<w:tbl>"), count("<w:tblHeader/>"), "{name}");
        assert!(!body.contains(">• "), "{name}");
        let xml = Document::parse(body).expect("XML");
        // an empty cell must hold a paragraph, and so must the end of a body behind a table
        let in_cell = |n: &Node| {
            let last = n.next_sibling_element();
            n.parent().is_some_and(|p| p.tag_name().name() == "tc")
                || last.is_some_and(|after| after.tag_name().name() == "sectPr")
        };
        let lines = xml.descendants().filter(|n| n.tag_name().name() == "p");
        let lines = lines.filter(|n| !in_cell(n));
        for line in lines {
            let speaks = |n: Node| ["t", "drawing"].contains(&n.tag_name().name());
            assert!(line.descendants().any(speaks), "{name}: an empty line");
        }
    }
}

/// Catches: a foot that cannot be traced: version, run, inputs, prices, seed, who answers.
#[test]
fn the_foot_of_a_page_names_run_inputs_prices_seed_roles_and_page() {
    for (name, parts) in annexes() {
        let foot = text(&parts, "word/footer1.xml");
        let price = format!("{}", compensated().model.world.price_level);
        let common = [
            env!("CARGO_PKG_VERSION"),
            "0123456789abcdef",
            "0f1e2d3c4b5a6978",
            "seed 1",
            " PAGE ",
            " NUMPAGES ",
            &price,
        ];
        let own = match name.starts_with("bilag") || name.starts_with("metode") {
            true => ["Side ", " af ", "ikke udpeget", "godkendt af"],
            false => ["Page ", " of ", "not appointed", "approved by"],
        };
        for said in common.into_iter().chain(own) {
            assert!(foot.contains(said), "{name}: {said} in {foot}");
        }
    }
}
