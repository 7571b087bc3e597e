//! All default papers of one run for nineteen municipalities, both languages, and `result.json`:
//! CPU seconds beside the one that they may take.
//!
//! Nothing is written: the disk is not the program's. Every round begins with a copy of the
//! assessment that nobody has asked yet what its figures rest on: that walk is part of the papers,
//! and the copy is timed with them. The parts then are timed each for itself, after that walk.

use fairbalance::engine::{NoDraws, RunSettings, Silent};
use fairbalance::report::{
    Identity, Language, Run, annex, docx, footer_lines, municipal_pages, page, papers, report_page,
    result_json, workbook,
};
use fairbalance_benches::{cpu_seconds, model};
use std::hint::black_box;

const SCENARIO: &str = "kol-hjemmemonitorering";
const MOST_SECONDS: f64 = 1.0;
const RUNS: u32 = 7;

fn main() {
    let model = model(SCENARIO);
    let settings = RunSettings::default();
    let assessment = fairbalance::verdict::assess(&model, &settings, &mut NoDraws, &Silent);
    let assessment = assessment.expect("a run without a sink");
    assert_eq!(assessment.findings.municipalities.len(), 19);
    let identity = Identity::new(&model.scenario, &settings, std::iter::empty());
    let input_hash = identity.input_hash();
    let unasked = assessment.clone();
    let run = Run {
        id: "bench",
        balance_hash: "",
        input_hash: &input_hash,
        model: &model,
        settings: &settings,
        assessment: &unasked,
    };
    let whole = median(|| {
        let assessment = unasked.clone();
        let run = Run {
            assessment: &assessment,
            ..run
        };
        black_box(result_json(&run)).expect("figures are finite");
        let made = papers(&run).expect("papers are set");
        assert!(made.len() >= 50, "{} papers", made.len());
    });
    let Some(whole) = whole else {
        println!("this system does not tell CPU time");
        return;
    };
    println!(
        "all papers and result.json: {whole:.2} CPU s of {MOST_SECONDS}: ratio {:.2}",
        whole / MOST_SECONDS
    );
    say("what figures rest on", || {
        black_box(unasked.clone().grounds(&model));
    });
    assessment.grounds(&model);
    parts(&Run {
        assessment: &assessment,
        ..run
    });
}

fn parts(run: &Run) {
    say("result.json", || {
        black_box(result_json(run)).expect("figures are finite");
    });
    for language in [Language::Da, Language::En] {
        say("annex as docx", || {
            let annex = annex(run, language);
            let foot = footer_lines(run, language);
            black_box(docx(&annex, &foot, language)).expect("a paper is set");
        });
        say("report page", || {
            black_box(report_page(run, language));
        });
        say("workbook", || {
            black_box(workbook(run, language)).expect("a workbook is set");
        });
        say("municipal pages", || {
            for (_, document) in municipal_pages(run, language) {
                black_box(page(&[document], language));
            }
        });
    }
}

fn say(what: &str, part: impl FnMut()) {
    if let Some(seconds) = median(part) {
        println!("  {what:<20} {seconds:.3}");
    }
}

/// Median CPU seconds of some runs. Short parts are repeated until the clock's ticks (10 ms) are
/// small beside them.
fn median(mut part: impl FnMut()) -> Option<f64> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = cpu_seconds()?;
        let mut repeats = 0;
        let spent = loop {
            part();
            repeats += 1;
            let spent = cpu_seconds()? - start;
            if spent >= 0.5 || repeats == 100 {
                break spent;
            }
        };
        times.push(spent / f64::from(repeats));
    }
    times.sort_by(f64::total_cmp);
    Some(times[times.len() / 2])
}
