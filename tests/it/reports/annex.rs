//! The annex, the citizens' page and the municipal pages as documents: what each must say.

use super::fixture::{Finished, compensated, not_clarified};
use crate::support::{assessed, fixed, shipped};
use fairbalance::analysis::{BoundRow, Bounds, Summary};
use fairbalance::model::{Account, Case, Day, FollowUp, Model, Party, Reporting, Words};
use fairbalance::report::{
    Block, Document, Language, Run, Table, annex, citizen, compose, municipal_pages, paragraph,
    report_page, result_json,
};
use fairbalance::verdict::Assessment;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Shipped agreements of different kinds: effects, operation, a sub-agreement, long horizons,
/// citizens' time, joint operation, places, small units.
const KINDS: [&str; 8] = [
    "akutsygepleje-2027",
    "frivillige-besoegsvenner",
    "kol-hjemmemonitorering",
    "kronikerkontrol-til-almen-praksis",
    "midlertidige-pladser-2027",
    "populationsledelse",
    "rygestop",
    "samdrift-toender",
];

/// They, computed with few replicates: what is said is looked at, not what it comes to.
fn computed() -> &'static [(&'static str, &'static Model, Assessment)] {
    static ALL: OnceLock<Vec<(&'static str, &'static Model, Assessment)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let all = shipped().iter();
        let all = all.filter(|(name, _)| KINDS.contains(&name.as_str()));
        all.map(|(name, model)| (name.as_str(), model, assessed(model, 512)))
            .collect()
    })
}

fn run<'a>(
    model: &'a Model,
    settings: &'a fairbalance::engine::RunSettings,
    assessment: &'a Assessment,
) -> Run<'a> {
    Run {
        id: "0123456789abcdef",
        input_hash: "0123456789abcdef",
        balance_hash: "fedcba9876543210fedcba9876543210",
        model,
        settings,
        assessment,
    }
}

/// Every document of a run that has sentences.
fn documents(run: &Run, language: Language) -> Vec<Document> {
    let mut all = vec![
        annex(run, language),
        compose(run, language),
        citizen(run, language),
    ];
    let pages = municipal_pages(run, language);
    all.extend(pages.into_iter().take(1).map(|(_, page)| page));
    all
}

fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.blocks.iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect()
}

/// What a caption of kroner must name: one of each list.
const DANISH: [(&str, &[&str]); 4] = [
    ("price level", &["-priser"]),
    (
        "discounting",
        &["ikke diskonteret", "nutidsværdi", "samme år"],
    ),
    ("sign", &["+ er", "Beløb uden fortegn"]),
    (
        "perspective",
        &[
            "part",
            "budget",
            "ommune",
            "amfund",
            "offentlig",
            "lmen praksis",
            "region",
        ],
    ),
];
const ENGLISH: [(&str, &[&str]); 4] = [
    ("price level", &[" prices"]),
    (
        "discounting",
        &["undiscounted", "present value", "same year"],
    ),
    ("sign", &["+ is", "Amounts without a sign"]),
    (
        "perspective",
        &[
            "part",
            "budget",
            "unicipalit",
            "ociety",
            "public",
            "eneral practice",
            "region",
        ],
    ),
];

/// Whether a table holds kroner, by its caption or a column's heading.
fn of_kroner(table: &Table) -> bool {
    let mut words = vec![table.caption.as_str()];
    words.extend(table.columns.iter().map(|c| c.heading.as_str()));
    let kroner = |text: &&str| {
        let text = text.replace('\u{a0}', " ");
        text.contains("kr.") || text.contains("DKK") || text.contains("kroner")
    };
    words.iter().any(kroner)
}

/// Catches: a table that a reader can take for another price level, another year's money, the
/// wrong sign or somebody else's budget (checklist 2).
#[test]
fn every_table_of_kroner_names_prices_discounting_sign_and_perspective() {
    let settings = fixed(512);
    let mut wrong = BTreeSet::new();
    for (name, model, assessment) in computed() {
        let run = run(model, &settings, assessment);
        for (language, wanted) in [(Language::Da, DANISH), (Language::En, ENGLISH)] {
            for document in documents(&run, language) {
                for table in tables(&document).into_iter().filter(|t| of_kroner(t)) {
                    for (what, ways) in &wanted {
                        if !ways.iter().any(|way| table.caption.contains(way)) {
                            wrong.insert(format!("{what} ({name}): {}", table.caption));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Facts between the heading of the conclusion and the next.
fn conclusion(document: &Document) -> Vec<(String, String)> {
    let starts =
        |b: &Block| matches!(b, Block::Heading(h) if h == "Konklusion" || h == "Conclusion");
    let at = document
        .blocks
        .iter()
        .position(starts)
        .expect("a conclusion");
    match &document.blocks[at + 1] {
        Block::Facts(facts) => facts
            .iter()
            .map(|f| (f.label.clone(), f.text.clone()))
            .collect(),
        other => panic!("{other:?}"),
    }
}

/// Catches: a fifth line, a missing line, a probability word without its count, a sign to puzzle
/// over, the name of the method.
#[test]
fn the_conclusion_is_four_lines_with_counts_and_without_signs() {
    let settings = fixed(512);
    for (name, model, assessment) in computed() {
        let run = run(model, &settings, assessment);
        for (language, labels, words) in [
            (
                Language::Da,
                ["Klarlagt", "Samfund", "Balance", "Vigtigste forbehold"],
                ["sandsynligt", "usandsynligt"],
            ),
            (
                Language::En,
                ["Clarified", "Society", "Balance", "Main reservation"],
                [" likely", "unlikely"],
            ),
        ] {
            let facts = conclusion(&annex(&run, language));
            let said: Vec<&str> = facts.iter().map(|(label, _)| label.as_str()).collect();
            assert_eq!(said, labels, "{name}");
            for (_, text) in &facts {
                assert!(
                    !text.is_empty() && !text.contains("Monte Carlo"),
                    "{name}: {text}"
                );
                assert!(!text.contains('−') && !text.contains('+'), "{name}: {text}");
                let hyphen = text.split_whitespace().any(|w| {
                    w.strip_prefix('-')
                        .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
                });
                assert!(!hyphen, "{name}: {text}");
                for word in words {
                    for (at, _) in text.match_indices(word) {
                        // "about as likely as not (6 of 10 calculations)"
                        let after = text[at + word.len()..].trim_start_matches(" as not");
                        assert!(after.trim_start().starts_with('('), "{name}: {text}");
                    }
                }
            }
        }
    }
}

/// Catches: a part left out, or told in another order than a council expects.
#[test]
fn the_parts_of_the_annex_stand_in_their_fixed_order() {
    let annex = annex(&compensated().run(), Language::Da);
    let heading = |b: &Block| match b {
        Block::Heading(h) => Some(h.clone()),
        _ => None,
    };
    let headings: Vec<String> = annex.blocks.iter().filter_map(heading).collect();
    assert_eq!(
        headings,
        [
            "Konklusion",
            "Hvem betaler, og hvornår",
            "Kommuner",
            "Forslag til kompensation",
            "Indlæggelser og andre indikatorer",
            "Almen praksis",
            "Hvad bygger tallene på",
            "Hvor sikre er vi",
            "Hvad er ikke med",
            "Opfølgning",
            "Bag om beregningen",
        ]
    );
}

fn text_of(document: &Document) -> String {
    let mut text = document.title.clone();
    for block in &document.blocks {
        text.push('\n');
        match block {
            Block::Heading(h) | Block::Subheading(h) => text.push_str(h),
            Block::Paragraph(words) => text.push_str(words),
            Block::Facts(facts) => facts
                .iter()
                .for_each(|f| text.push_str(&format!("{}: {}\n", f.label, f.text))),
            Block::List(items) => items
                .iter()
                .for_each(|item| text.push_str(&format!("{item}\n"))),
            Block::Figure(figure) => text.push_str(&figure.says),
            Block::Table(table) => {
                text.push_str(&table.caption);
                for row in &table.rows {
                    let cells: Vec<&str> = row.cells.iter().map(|c| c.text.as_str()).collect();
                    text.push_str(&format!("\n{}|{}", row.label, cells.join("|")));
                }
            }
        }
    }
    text.replace('\u{a0}', " ")
}

/// Catches: a case number or a date that is made up where none is stated, and one that is stated
/// and not printed.
#[test]
fn case_date_and_version_are_printed_or_shown_as_blanks() {
    let mut finished = compensated();
    let blank = text_of(&annex(&finished.run(), Language::Da));
    assert!(
        blank.contains("Sag: nr. ikke udfyldt · dato ikke udfyldt · version ikke udfyldt · kørsel"),
        "{blank}"
    );
    finished.model.agreement.governance.case = Case {
        number: "26/00017".into(),
        date: Some(Day {
            year: 2026,
            month: 11,
            day: 27,
        }),
        version: "0.3".into(),
    };
    let (da, en) = (
        text_of(&annex(&finished.run(), Language::Da)),
        text_of(&annex(&finished.run(), Language::En)),
    );
    assert!(
        da.contains("nr. 26/00017 · dato 27. november 2026 · version 0.3"),
        "{da}"
    );
    assert!(
        en.contains("no. 26/00017 · date 27 November 2026 · version 0.3"),
        "{en}"
    );
    let json = json(&finished);
    assert_eq!(json["agreement"]["case"]["date"], "2026-11-27");
}

/// Catches: an answer of the scenario that the reporting items still call a blank, and a blank that
/// is filled by itself.
#[test]
fn what_the_scenario_reports_fills_the_blanks_of_cheers() {
    let mut finished = compensated();
    let blanks = [
        "ikke oplyst: scenariet henviser ikke til en analyseplan",
        "ikke oplyst: scenariet siger intet om, hvem der er spurgt",
        "ikke oplyst: scenariet siger intet om, hvad svarene ændrede",
        "ikke oplyst: scenariet siger ikke, hvem der har betalt",
        "ikke oplyst: scenariet siger ikke, hvad de, der har regnet, har på spil",
    ];
    finished.model.agreement.governance.reporting = Reporting::default();
    let page = report_page(&finished.run(), Language::Da);
    for blank in blanks {
        assert_eq!(page.matches(blank).count(), 1, "{blank}");
    }
    let told = |text: &str| Words {
        da: text.to_owned(),
        en: String::new(),
    };
    finished.model.agreement.governance.reporting = Reporting {
        plan: "Plan nr. 7".to_owned(),
        consulted: told("Tolv borgere i to møder"),
        changed: told("Startmåneden blev flyttet"),
        funding: told("Betalt af regionen"),
        interests: told("Ingen på spil"),
    };
    let page = report_page(&finished.run(), Language::Da);
    for text in [
        "Plan nr. 7",
        "Tolv borgere i to møder",
        "Startmåneden blev flyttet",
        "Betalt af regionen",
        "Ingen på spil",
    ] {
        assert!(page.contains(text), "{text}");
    }
    for blank in blanks {
        assert!(!page.contains(blank), "{blank}");
    }
}

fn json(finished: &Finished) -> serde_json::Value {
    serde_json::from_slice(&result_json(&finished.run()).expect("a result")).expect("JSON")
}

/// Catches: a trigger that nobody agreed printed as if they had.
#[test]
fn a_new_discussion_is_agreed_only_where_the_scenario_says_so() {
    let mut finished = compensated();
    let open = text_of(&annex(&finished.run(), Language::Da));
    assert!(
        open.contains("Det er ikke aftalt, hvad der udløser en ny drøftelse."),
        "{open}"
    );
    let blank = "Ikke aftalt: hvornår der måles, hvem der måler og hvem der ejer gevinsten.";
    assert!(open.contains(blank), "{open}");
    finished.model.agreement.governance.follow_up = FollowUp {
        dates: vec![Day {
            year: 2027,
            month: 3,
            day: 31,
        }],
        responsible: "Sekretariatet".into(),
        gain_owner: "Hospitalet".into(),
        quarters_outside: Some(2),
        trigger: Words::same("Ændres taksten, mødes parterne."),
    };
    let agreed = text_of(&annex(&finished.run(), Language::Da));
    for said in [
        "Ligger et tal uden for sit bånd i 2 kvartaler i træk, drøftes aftalen igen. Ændres taksten, mødes parterne.",
        "Der måles: 31. marts 2027",
        "Måler og melder tilbage: Sekretariatet",
        "Ejer gevinsten: Hospitalet",
    ] {
        assert!(agreed.contains(said), "{said} in {agreed}");
    }
    assert!(!agreed.to_lowercase().contains("ikke aftalt"), "{agreed}");
}

/// Catches: a municipality that is told another figure on its page than in the common table.
#[test]
fn a_municipal_page_prints_the_figures_of_its_row() {
    let settings = fixed(512);
    for (name, model, assessment) in computed() {
        let run = run(model, &settings, assessment);
        let annex = annex(&run, Language::Da);
        let Some(table) = tables(&annex)
            .into_iter()
            .find(|t| t.caption.starts_with("Tabel 2."))
        else {
            continue;
        };
        let pages = municipal_pages(&run, Language::Da);
        assert_eq!(pages.len(), table.rows.len(), "{name}");
        for ((_, page), row) in pages.iter().zip(&table.rows) {
            let text = text_of(page);
            let (each, millions) = (&row.cells[1].text, &row.cells[2].text);
            let line =
                format!("I bilagets tabel 2: {millions} mio. kr. og {each} kr. pr. indbygger");
            assert!(page.title.starts_with(&row.label), "{name}: {}", page.title);
            assert!(text.contains(&line), "{name}: {line} in {text}");
            assert!(text.contains("0123456789abcdef"), "{name}: the same run");
        }
    }
}

/// Catches: parts of the compensation that do not add up to it.
#[test]
fn the_municipal_parts_of_the_compensation_add_up_as_printed() {
    let finished = compensated();
    let mut thousands = 0.0;
    for (_, page) in municipal_pages(&finished.run(), Language::Da) {
        let text = text_of(&page);
        let Some((_, after)) = text.split_once("Andel af kompensationen: ") else {
            continue;
        };
        let (way, after) = after.split_once(' ').expect("an amount");
        let digits: String = after.split(' ').next().expect("digits").replace('.', "");
        let sign = if way == "får" { 1.0 } else { -1.0 };
        thousands += sign * digits.parse::<f64>().expect("a whole number");
    }
    let verdicts = &finished.assessment.verdict.municipalities;
    let whole: f64 = verdicts.iter().map(|m| m.compensation).sum();
    assert!(
        (thousands * 1000.0 - whole).abs() <= 500.0,
        "{thousands} {whole}"
    );
}

fn with_bounds(bounds: Bounds) -> Finished {
    let mut finished = not_clarified();
    finished.assessment.findings.bounds = Some(bounds);
    finished
}

/// Catches: bounds taken for a verdict, a payment inside them, a figure without its error in the
/// result.
#[test]
fn what_is_not_clarified_may_say_bounds_and_never_a_verdict() {
    let end = |p10, p90| Summary {
        mean: (p10 + p90) / 2.0,
        mcse: 1e4,
        p10,
        p90,
    };
    let finished = with_bounds(Bounds {
        replicates: 4096,
        years: (2027, 2030),
        rows: vec![BoundRow {
            account: Account::Party(Party::Municipality),
            low: end(20e6, 30e6),
            high: end(50e6, 61e6),
        }],
        on_top: vec![Words::same("Opstart")],
        ..Bounds::default()
    });
    let text = text_of(&annex(&finished.run(), Language::Da));
    for said in [
        "Selv uden aftalt betaling ligger udgiften for kommunerne i 2027–2030 på merudgift 20",
        "Det er ikke en vurdering af balancen",
        "Hertil kommer, uden et oplyst beløb: Opstart.",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    for absent in ["I balance", "Ikke i balance", "sandsynligt", "Konklusion"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
    let json = json(&finished);
    assert_eq!(json["verdict"]["outcome"], "not_clarified");
    assert_eq!(json["bounds"]["resources"][0]["party"], "municipality");
    assert!(json["bounds"]["resources"][0]["low_mcse"].as_f64() > Some(0.0));
}

/// Catches: a bound made of nothing where a volume or a cost is missing.
#[test]
fn without_a_volume_no_bound_is_given_and_the_reason_is_named() {
    let finished = with_bounds(Bounds {
        why_not: vec![Words::same("Raten: Kontakter")],
        ..Bounds::default()
    });
    let text = text_of(&annex(&finished.run(), Language::Da));
    assert!(
        text.contains("Der kan ikke sættes grænser for udgiften."),
        "{text}"
    );
    assert!(
        text.contains("Raten: Kontakter") && !text.contains("Selv uden"),
        "{text}"
    );
}

// ---- readability ------------------------------------------------------------------------------

/// LIX of a text: words a sentence, and long words (more than six letters) a hundred words.
fn lix(sentences: &[String]) -> f64 {
    let (mut words, mut long, mut ends) = (0usize, 0usize, 0usize);
    for text in sentences {
        let tokens: Vec<&str> = text.split_whitespace().collect();
        for (at, token) in tokens.iter().enumerate() {
            let letters = token.chars().filter(|c| c.is_alphabetic()).count();
            let is_word = token.chars().any(char::is_alphanumeric);
            words += usize::from(is_word);
            long += usize::from(letters > 6);
            let closes = token
                .trim_end_matches(['»', '«', ')', '“', '”'])
                .ends_with(['.', '!', '?', ':']);
            let next = tokens
                .get(at + 1)
                .and_then(|t| t.chars().find(|c| c.is_alphanumeric()));
            // "mio. kr. om året" goes on; a capital or a figure begins anew
            let anew = next.is_none_or(|c| c.is_uppercase());
            ends += usize::from(at + 1 == tokens.len() || (closes && anew));
        }
    }
    words as f64 / ends.max(1) as f64 + 100.0 * long as f64 / words.max(1) as f64
}

#[test]
fn lix_counts_words_sentences_and_long_words() {
    // 10 words, 2 sentences, 1 long: 5 + 10
    let text = "Det koster 3 mio. kr. om året. Regionen betaler ikke.".to_owned();
    let words = 10.0;
    let long = 2.0; // Regionen, betaler
    assert_eq!(lix(&[text]), words / 2.0 + 100.0 * long / words);
}

/// Sentences of a document without tables, charts and headings, with the authors' own words taken
/// out: these are theirs.
fn ours(document: &Document, authors: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(words) => all.push(words.text.clone()),
            Block::Facts(facts) => all.extend(facts.iter().map(|f| f.text.clone())),
            Block::List(items) => all.extend(items.iter().map(|i| i.text.clone())),
            _ => {}
        }
    }
    all.into_iter()
        .map(|text| without(&text.replace('\u{a0}', " "), authors))
        .filter(|text| text.split_whitespace().count() > 2)
        .collect()
}

fn without(text: &str, authors: &[String]) -> String {
    let text = text.to_owned();
    authors
        .iter()
        .fold(text, |text, own| text.replace(own, "dette"))
}

/// What the authors of a scenario wrote, longest first.
fn authors(model: &Model) -> Vec<String> {
    let a = &model.agreement;
    let mut all = vec![
        a.title.da.clone(),
        a.question.da.clone(),
        a.comparator.da.trim_end_matches('.').to_owned(),
        a.clinical.what.da.trim_end_matches('.').to_owned(),
        a.clinical.why.da.clone(),
        a.clinical.evidence.trim_end_matches('.').to_owned(),
        a.clinical.recommended_by.trim_end_matches('.').to_owned(),
        a.governance.follow_up.trigger.da.clone(),
        a.governance.follow_up.responsible.clone(),
        a.governance.follow_up.gain_owner.clone(),
        model.balance.title.da.trim_end_matches('.').to_owned(),
    ];
    all.extend(model.balance.signed_by.iter().cloned());
    let roles = &a.roles;
    for role in [
        &roles.commissioner,
        &roles.analyst,
        &roles.assurer,
        &roles.approver,
    ] {
        all.push(role.clone());
    }
    all.extend(a.indicators.iter().map(|i| i.label.da.clone()));
    all.extend(model.parameters.iter().map(|p| p.label.da.clone()));
    all.extend(model.world.municipalities.iter().map(|m| m.name.clone()));
    all.retain(|text| text.chars().count() > 2);
    all.sort_by_key(|text| std::cmp::Reverse(text.len()));
    all
}

/// Catches: sentences that a council member or a citizen has to read twice.
#[test]
fn our_danish_is_plain_in_every_shipped_annex_paragraph_and_citizens_page() {
    let settings = fixed(512);
    let mut hard = Vec::new();
    for (name, model, assessment) in computed() {
        let run = run(model, &settings, assessment);
        let authors = authors(model);
        let paragraph = paragraph(&run, Language::Da).replace('\u{a0}', " ");
        let (_, body) = paragraph.split_once("\n\n").expect("a heading and a body");
        for (what, sentences) in [
            ("annex", ours(&annex(&run, Language::Da), &authors)),
            ("citizen", ours(&citizen(&run, Language::Da), &authors)),
            ("paragraph", vec![without(body, &authors)]),
        ] {
            let lix = lix(&sentences);
            if lix > 45.0 {
                hard.push(format!("{name} {what}: {lix:.1}"));
            }
        }
    }
    assert!(hard.is_empty(), "{hard:#?}");
}
