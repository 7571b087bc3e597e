//! What a portfolio's run folder holds for people, and the page that fits one page.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{fairbalance, files, scenarios, stderr, stdout};
use crate::support::{as_pdf, output, program};

const PAPERS: [&str; 6] = [
    "portefolje.docx",
    "bilag.docx",
    "rapport.html",
    "portfolio.docx",
    "annex.docx",
    "report.html",
];

fn folder(portfolio: &str, out: &Path, more: &[&str]) -> PathBuf {
    let mut command = fairbalance();
    command.arg("portfolio");
    command.arg(scenarios().join("portfolios").join(portfolio));
    command.args(["--replicates", "2048", "--quiet", "--out"]);
    let done = command.arg(out).args(more).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    PathBuf::from(stdout(&done).trim_end())
}

fn text_of(pdf: &Path) -> Option<String> {
    let reader = program("pdftotext")?;
    Some(output(
        Command::new(reader).arg("-layout").arg(pdf).arg("-"),
    ))
}

fn pages(pdf: &Path) -> Option<usize> {
    let said = output(Command::new(program("pdfinfo")?).arg(pdf));
    let line = said.lines().find(|line| line.starts_with("Pages:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Catches: a page that runs over, or lacks an agreement, the interaction or the whole.
#[test]
fn the_page_of_each_shipped_portfolio_is_one_page_in_an_office_suite() {
    for portfolio in ["sundhedsaftale-2024-2027", "hele-landet"] {
        let out = tempfile::tempdir().unwrap();
        let folder = folder(portfolio, out.path(), &[]);
        for (name, words) in [
            (
                "portefolje.docx",
                [
                    "Kontroller ved type 2-diabetes",
                    "Samspil",
                    "Porteføljen",
                    "Udkast",
                ],
            ),
            (
                "portfolio.docx",
                ["Home monitoring", "Interaction", "The portfolio", "Draft"],
            ),
        ] {
            let Some(pdf) = as_pdf(&folder.join(name)) else {
                return;
            };
            assert_eq!(pages(&pdf).unwrap_or(1), 1, "{portfolio} {name}");
            let text = text_of(&pdf).unwrap_or_else(|| words.concat());
            for word in words {
                assert!(text.contains(word), "{word} in {name}:\n{text}");
            }
        }
    }
}

/// Catches: papers missing in the folder or in its manifest, papers that depend on threads or on
/// the language asked for, and a portfolio's folder that cannot be made again.
#[test]
fn a_portfolios_papers_are_in_its_folder_and_can_be_made_again() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let a = folder("sundhedsaftale-2024-2027", one.path(), &["--threads", "1"]);
    let b = folder("sundhedsaftale-2024-2027", two.path(), &["--lang", "en"]);
    let manifest = fs::read_to_string(a.join("manifest.json")).unwrap();
    for paper in PAPERS {
        let content = fs::read(a.join(paper)).unwrap();
        assert!(content == fs::read(b.join(paper)).unwrap(), "{paper}");
        assert!(manifest.contains(&format!("\"{paper}\"")), "{paper}");
    }
    fs::remove_file(a.join("portefolje.docx")).unwrap();
    fs::remove_file(a.join("draws.parquet")).unwrap();
    let done = fairbalance().arg("report").arg(&a).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    assert_eq!(files(&a), files(&b));
    for file in files(&a) {
        assert!(
            fs::read(a.join(&file)).unwrap() == fs::read(b.join(&file)).unwrap(),
            "{file}"
        );
    }
}
