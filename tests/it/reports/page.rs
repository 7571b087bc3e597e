//! The page as those meet it who follow a figure, hear it read, print it or hold it in one hand.

use super::fixture::{Finished, compensated, not_clarified};
use crate::support::{assessed, browsed, shipped};
use fairbalance::analysis::{Figure, Grounds, WaterfallRow, explain, figure, figure_ids, grounds};
use fairbalance::engine::RunSettings;
use fairbalance::model::{Account, Tag};
use fairbalance::report::chart::Kind;
use fairbalance::report::{Block, Document, Language, annex, compose, papers};
use std::collections::BTreeSet;
use std::path::PathBuf;

fn page(finished: &Finished, name: &str) -> String {
    let all = papers(&finished.run()).expect("papers");
    let (_, content) = all.into_iter().find(|(n, _)| n == name).expect(name);
    String::from_utf8(content).expect("UTF-8")
}

/// Every value of an attribute, in order.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let key = format!(" {attribute}=\"");
    let parts = page.split(key.as_str()).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

/// A shipped agreement, run.
fn kol() -> Finished {
    let mut models = shipped().iter();
    let (_, model) = models
        .find(|(name, _)| name == "kol-hjemmemonitorering")
        .expect("it ships");
    Finished {
        model: model.clone(),
        settings: RunSettings::default(),
        assessment: assessed(model, 2_048),
    }
}

fn figures(document: &Document) -> BTreeSet<String> {
    let of = |block: &Block| -> Vec<String> {
        match block {
            Block::Facts(facts) => facts.iter().flat_map(|f| f.figures.clone()).collect(),
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                let cells = cells.filter_map(|cell| cell.figure.clone());
                cells.chain(table.figures.clone()).collect()
            }
            Block::Paragraph(text) => text.figures.clone(),
            Block::List(points) => points.iter().flat_map(|p| p.figures.clone()).collect(),
            Block::Figure(figure) => figure.says.figures.clone(),
            Block::Heading(_) | Block::Subheading(_) => Vec::new(),
        }
    };
    document.blocks.iter().flat_map(of).collect()
}

/// Every link within the page has its place, every place its own name, and every figure that the
/// annex or the report prints with an id is explained, in both languages.
///
/// Catches: a link to nowhere, two places of one name, a figure whose explanation was forgotten.
#[test]
fn every_figure_leads_to_its_explanation_and_every_link_to_its_place() {
    for finished in [kol(), compensated(), not_clarified()] {
        for (name, language) in [
            ("rapport.html", Language::Da),
            ("report.html", Language::En),
        ] {
            let page = page(&finished, name);
            let ids = values(&page, "id");
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), unique.len(), "ids are unique in {name}");
            let places = values(&page, "href");
            for place in places.iter().filter_map(|href| href.strip_prefix('#')) {
                assert!(unique.contains(place), "#{place} leads nowhere in {name}");
            }
            let run = finished.run();
            for document in [annex(&run, language), compose(&run, language)] {
                // an equation that the run does not use is nowhere, and nothing leads to it
                let all = figures(&document).into_iter();
                for figure in all.filter(|id| !id.starts_with("equation.")) {
                    let anchor = format!("f.{figure}");
                    assert!(
                        unique.contains(anchor.as_str()),
                        "{figure} is not explained"
                    );
                }
            }
        }
    }
}

/// The tables of the annex carry the ids of their figures.
///
/// Catches: a table of the annex whose figures lead nowhere.
#[test]
fn the_annex_names_its_figures() {
    let run = kol();
    let named = figures(&annex(&run.run(), Language::Da));
    for id in [
        "years.region.2026",
        "x.region",
        "probability.society",
        "phase_in.region",
    ] {
        assert!(named.contains(id), "{id} in {named:?}");
    }
    let starts = |start: &str| named.iter().any(|id| id.starts_with(start));
    assert!(starts("municipalities.") && starts("indicators.") && starts("parameters."));
}

/// `explain` knows every figure that it lists, and what is no sum is made of figures it knows.
///
/// Catches: an id that is printed and that nobody can ask for.
#[test]
fn explain_knows_every_figure_it_lists() {
    let run = kol();
    let (model, findings) = (&run.model, &run.assessment.findings);
    for id in figure_ids(model, findings) {
        let found = figure(model, findings, &id);
        let found = found.unwrap_or_else(|| panic!("{id} is listed and not known"));
        for part in fairbalance::analysis::made_of(model, findings, found) {
            assert!(figure(model, findings, &part).is_some(), "{part} of {id}");
        }
    }
}

/// Contributions found in one pass add up to the printed figures, and their formulas are those of
/// `explain`.
///
/// Catches: a page whose contributions do not give its figures, or whose formula is another's.
#[test]
fn contributions_add_up_and_their_formulas_are_those_of_explain() {
    let run = kol();
    let (model, findings) = (&run.model, &run.assessment.findings);
    let grounds = grounds(model, findings);
    let near = |a: f64, b: f64, what: &str| {
        // the same sums in another order
        assert!(
            (a - b).abs() <= 1e-9 * (a.abs() + b.abs() + 1e4),
            "{what}: {a} {b}"
        );
    };
    for row in &findings.budget {
        let t = (row.year - findings.years[0]) as usize;
        let sources = grounds.sources.iter();
        let sum: f64 = sources.map(|s| s.budget[row.account.index()][t]).sum();
        near(
            sum,
            row.value.mean,
            &format!("{:?} {}", row.account, row.year),
        );
    }
    for row in &findings.municipalities {
        let m = row.municipality.0 as usize;
        let sum: f64 = grounds.sources.iter().map(|s| s.municipalities[m]).sum();
        near(sum, -row.x.mean, &format!("municipality {m}"));
    }
    let region = Account::ALL[0];
    let explained = explain(model, findings, Figure::X(region));
    for line in &explained.lines {
        let terms = terms(
            &grounds,
            line.tag.expect("a tag"),
            line.service.as_deref(),
            model,
        );
        assert_eq!(terms.len(), line.formula.len());
        for ((a, text), (b, other)) in terms.iter().zip(&line.formula) {
            assert_eq!(text, other);
            near(*a, -b, text);
        }
    }
}

fn terms(
    grounds: &Grounds,
    tag: Tag,
    service: Option<&str>,
    model: &fairbalance::model::Model,
) -> Vec<(f64, String)> {
    let id = |s: u16| model.world.services[s as usize].id.as_str();
    let mut sources = grounds.sources.iter();
    let source = sources.find(|s| s.tag == tag && s.service.map(id) == service);
    let formulas = &source.expect("a source").formulas;
    let of_region = |(party, _): &&(_, _)| *party == fairbalance::model::Party::Region;
    formulas
        .iter()
        .find(of_region)
        .expect("a formula")
        .1
        .formula
        .clone()
}

/// Steps as printed give the total as printed.
///
/// Catches: steps rounded one by one, which a reader with a pencil finds not to add up.
#[test]
fn the_printed_steps_of_a_waterfall_add_up_to_its_printed_total() {
    let mut finished = compensated();
    let account = Account::ALL[0];
    let tags = [
        Tag::Mechanism(0),
        Tag::Interaction,
        Tag::Release,
        Tag::Backfill,
    ];
    let means = [-14.24e6, 3.14e6, 2.14e6, 1.04e6];
    finished.assessment.findings.waterfall = tags
        .into_iter()
        .zip(means)
        .map(|(tag, mean)| WaterfallRow {
            account,
            tag,
            mean,
            mcse: 0.0,
        })
        .collect();
    let tenths = |text: &str| -> i64 {
        let text = text.replace('−', "-").replace(['+', '.'], "");
        let value: f64 = text.replace(',', ".").parse().expect("a number");
        (value * 10.0).round() as i64
    };
    let mut met = 0;
    for run in [finished, kol()] {
        for block in compose(&run.run(), Language::Da).blocks {
            let Block::Figure(figure) = block else {
                continue;
            };
            let Kind::Waterfall { steps, total } = figure.chart.kind else {
                continue;
            };
            let sum: i64 = steps.iter().map(|s| tenths(&s.text)).sum();
            assert_eq!(sum, tenths(&total.text), "{}", figure.caption);
            met += 1;
        }
    }
    assert!(met >= 3, "{met} waterfalls");
}

/// Catches: a page with two titles, or with a heading that skips a level.
#[test]
fn a_page_has_one_title_and_its_headings_skip_no_level() {
    let finished = compensated();
    for name in [
        "rapport.html",
        "report.html",
        "borger.html",
        "kommuner/615.html",
    ] {
        let page = page(&finished, name);
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        let mut last = 1;
        for part in page.split("<h").skip(1) {
            let Some(level) = part.chars().next().and_then(|c| c.to_digit(10)) else {
                continue;
            };
            assert!(
                level <= last + 1,
                "h{last} is followed by h{level} in {name}"
            );
            last = level;
        }
    }
}

/// Catches: a reader who has to look for the outcome, the price, a side or the certainty.
#[test]
fn outcome_price_both_sides_and_certainty_stand_before_everything_else() {
    let page = page(&compensated(), "rapport.html");
    let (glance, _) = page.split_once("<nav").expect("contents");
    for said in [
        "I balance, hvis kompensationen aftales.",
        "Regionen betaler kommunerne 14,9",
        "Kommunerne under ét",
        "beregninger",
        "udkast",
    ] {
        assert!(
            glance.replace('\u{a0}', " ").contains(said),
            "{said} in {glance}"
        );
    }
}

/// A page for a browser, with a script of the test's own at its end.
fn acted_on(name: &str, script: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.html");
    let page = page(&compensated(), name);
    std::fs::write(&path, format!("{page}<script>{script}</script>")).expect("a file");
    browsed(&path, 20_000)
}

/// What a script put into the element with an id.
fn put<'d>(seen: &'d str, id: &str) -> &'d str {
    let key = format!("id=\"{id}\">");
    let (_, rest) = seen
        .split_once(key.as_str())
        .unwrap_or_else(|| panic!("no {id}"));
    rest.split('<').next().unwrap_or_default()
}

/// The program of axe-core: beside the build, where `.ci/run` puts it.
fn axe() -> Option<String> {
    let own = std::env::var_os("AXE_CORE").map(PathBuf::from);
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let path = own.unwrap_or_else(|| root.join("target/axe/package/axe.min.js"));
    let found = std::fs::read_to_string(&path).ok();
    if found.is_none() {
        assert!(
            std::env::var_os("CI").is_none(),
            "axe-core is not at {}",
            path.display()
        );
        eprintln!("axe-core is not there: not tested here");
    }
    found
}

/// Catches: contrast, names, headers, languages and landmarks that WCAG 2.1 AA forbids, as far as
/// a program can tell.
#[test]
fn axe_finds_no_violation_of_wcag_2_1_aa() {
    let Some(axe) = axe() else { return };
    let run = "for (const d of document.querySelectorAll('details')) d.open = true;
        axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']},
            resultTypes: ['violations']}).then(found => {
            const told = document.createElement('pre');
            told.id = 'axe';
            const each = v => v.id + ' ' + v.nodes.slice(0, 3).map(n => n.target + ' ' + n.failureSummary).join('; ');
            told.textContent = 'checked ' + found.violations.map(each).join(' | ');
            document.body.append(told);
        });";
    for name in [
        "rapport.html",
        "report.html",
        "kommuner/615.html",
        "borger.html",
    ] {
        let Some(seen) = acted_on(name, &format!("{axe}\n{run}")) else {
            return;
        };
        assert_eq!(put(&seen, "axe"), "checked ", "{name}");
    }
}

/// Catches: a page that a phone has to push sideways.
#[test]
fn a_narrow_screen_does_not_scroll_sideways() {
    for name in ["rapport.html", "kommuner/615.html", "borger.html"] {
        let script = "const told = document.createElement('iframe');
            told.width = 320; told.height = 640;
            const whole = document.documentElement.outerHTML.replace(/<script[^]*<\\/script>/, '');
            told.srcdoc = '<!DOCTYPE html>' + whole;
            told.onload = () => {
                const seen = document.createElement('pre');
                seen.id = 'seen';
                seen.textContent = 'wide ' + told.contentDocument.documentElement.scrollWidth;
                document.body.append(seen);
            };
            document.body.append(told);";
        let Some(seen) = acted_on(name, script) else {
            return;
        };
        let width = put(&seen, "seen").strip_prefix("wide ").expect("a width");
        let width: u32 = width.parse().expect("a number");
        assert!(width <= 320, "{name} is {width} wide");
    }
}
