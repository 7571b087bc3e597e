//! The document in a terminal.

use super::fixture::{Finished, compensated, not_clarified};
use fairbalance::report::{Language, Setting, compose, terminal};
use fairbalance::verdict::{Outcome, Standing};

fn plain(finished: &Finished, language: Language, width: usize) -> String {
    let setting = Setting { width, bold: false };
    terminal(&compose(&finished.run(), language), setting)
}

fn danish(finished: &Finished) -> String {
    plain(finished, Language::Da, 100)
}

/// The text as one line, for sentences that may be broken anywhere.
fn said(finished: &Finished) -> String {
    danish(finished)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_conclusion_names_society_and_balance_before_any_table() {
    let text = danish(&compensated());
    let place = |part: &str| {
        text.find(part)
            .unwrap_or_else(|| panic!("{part} in\n{text}"))
    };
    let society = place("sandsynligt (78 ud af 100 beregninger)");
    let balance = place("I balance, hvis kompensationen aftales.");
    assert!(society < balance && balance < place("HVEM BETALER"));
}

#[test]
fn a_payment_is_said_as_a_sum_a_year_and_a_unit() {
    let text = said(&compensated());
    let sentence = "Regionen betaler kommunerne 14,9 mio. kr. i nutidsværdi, svarende til \
                    3,9 mio. kr. om året eller 363 kr. pr. monitoreringsmåned.";
    assert!(text.contains(sentence), "{text}");
}

#[test]
fn sentences_say_which_way_money_goes_without_a_sign() {
    let text = danish(&compensated());
    let conclusion = &text[text.find("KONKLUSION").unwrap()..text.find("HVEM BETALER").unwrap()];
    assert!(conclusion.contains("merudgift") && conclusion.contains("mindreudgift"));
    assert!(
        !conclusion.contains('−') && !conclusion.contains('+'),
        "{conclusion}"
    );
}

#[test]
fn every_table_of_kroner_states_sign_and_price_level() {
    let text = said(&compensated());
    for caption in [
        "Virkning på hver parts budget",
        "Samlet virkning 2026–2029",
        "Kommunernes samlede",
    ] {
        let start = text.find(caption).unwrap_or_else(|| panic!("{caption}"));
        let said: String = text[start..].chars().take(260).collect();
        assert!(
            said.contains("2025-priser") && said.contains("+ er merudgift"),
            "{said}"
        );
    }
}

#[test]
fn what_conditions_the_result_is_said_before_the_figures() {
    let text = danish(&compensated());
    let before = &text[..text.find("HVEM BETALER").unwrap()];
    for reservation in [
        "FORUDSÆTTER UNDERLIGGENDE AFTALE",
        "Uden den underliggende aftale: Ikke i balance.",
        "Aftalen er et udkast.",
        "1 af 3 forudsætninger er ikke godkendt",
        "2 af 4 forudsætninger er antagelser",
        "almen praksis",
        "Horsens og Aarhus",
    ] {
        let said = before.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(reservation), "{reservation} in\n{before}");
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [72, 80, 100, 132, 200] {
        for language in [Language::Da, Language::En] {
            let text = plain(&compensated(), language, width);
            let long: Vec<&str> = text.lines().filter(|l| l.chars().count() > width).collect();
            assert!(long.is_empty(), "at {width}: {long:#?}");
        }
    }
}

#[test]
fn every_year_is_shown_at_every_width() {
    for width in [60, 80, 200] {
        let text = plain(&compensated(), Language::En, width);
        for year in 2026..2036 {
            assert!(text.contains(&year.to_string()), "{year} at {width}");
        }
    }
}

#[test]
fn boldness_is_only_where_it_is_asked_for() {
    assert!(!danish(&compensated()).contains('\u{1b}'));
    let setting = Setting {
        width: 100,
        bold: true,
    };
    let bold = terminal(&compose(&compensated().run(), Language::Da), setting);
    assert!(bold.contains("\u{1b}[1mKONKLUSION\u{1b}[0m"));
}

#[test]
fn the_document_speaks_one_language_at_a_time() {
    let (danish, english) = (
        danish(&compensated()),
        plain(&compensated(), Language::En, 100),
    );
    for word in [
        "mio. kr.",
        "merudgift",
        "Kommunerne",
        "beregninger",
        " til ",
    ] {
        assert!(danish.contains(word) && !english.contains(word), "{word}");
    }
    for word in ["DKK", "saving", "municipalities", "calculations"] {
        assert!(english.contains(word) && !danish.contains(word), "{word}");
    }
}

#[test]
fn what_is_not_clarified_is_named_and_nothing_is_concluded() {
    let text = danish(&not_clarified());
    for part in [
        "IKKE KLARLAGT",
        "Enhedsomkostning for monitoreringsmåned hos kommunen (kol/agreement.toml, linje 41)",
        "Hjemmel for betalingen fra region til kommune (kol/agreement.toml)",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    for absent in ["KONKLUSION", "kr. ", "beregninger", "%"] {
        assert!(!text.contains(absent), "{absent} in\n{text}");
    }
}

#[test]
fn an_undecided_balance_says_what_knowledge_would_decide_it() {
    let mut finished = compensated();
    finished.assessment.verdict.outcome = Outcome::Undecided;
    finished.assessment.verdict.parties[1].standing = Standing::Undecided;
    let text = said(&finished);
    assert!(text.contains("Kan ikke afgøres på dagens viden."));
    assert!(
        text.contains("vide mere om: Sygeplejetimer pr. borger om året"),
        "{text}"
    );
}

#[test]
fn an_empty_zone_says_what_each_side_would_need() {
    let mut finished = compensated();
    let compensation = &mut finished.assessment.verdict.compensation;
    compensation.zone = None;
    compensation.t_star = None;
    compensation.ends = ((9e6, (8.9e6, 9.1e6)), (-2e6, (-2.1e6, -1.9e6)));
    let text = said(&finished);
    let sentence = "kommunerne skal mindst have 9,0 mio. kr., og regionen skal selv mindst have 2,0 mio. kr. En";
    assert!(text.contains(sentence), "{text}");
    assert!(text.contains("Ingen engangssum") && text.contains("risikokorridor"));
    finished.assessment.verdict.jointly.p = 0.01;
    let text = said(&finished);
    assert!(
        text.contains("ingen betaling mellem dem kan rette det"),
        "{text}"
    );
    assert!(!text.contains("risikokorridor"));
}

#[test]
fn noise_below_its_error_is_never_printed_as_digits() {
    let mut finished = compensated();
    for row in &mut finished.assessment.findings.budget {
        row.value.mcse = 4e6;
    }
    let text = danish(&finished);
    let table = &text[text.find("HVEM BETALER").unwrap()..text.find("Samlet virkning").unwrap()];
    let main = table
        .lines()
        .find(|line| line.trim_start().starts_with("Regionen"))
        .unwrap();
    assert!(!main.contains(','), "whole millions only: {main}");
}
