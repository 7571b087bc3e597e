//! The gate of *klarlagt*: what is taken out of a sound agreement is named, not refused.

use fairbalance::scenario::read;

use super::{Library, library};

const AGREEMENT: &str = "_agreement/agreement.toml";
const WORLD: &str = "_world/world.toml";

/// The items of the gate that stand open after one edit of one file.
fn open_after(file: &str, from: &str, to: &str) -> Vec<String> {
    let library = library();
    edit(&library, file, from, to);
    open(&library)
}

fn edit(library: &Library, file: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(library.path(file)).unwrap();
    assert!(text.contains(from), "`{from}` is not in {file}");
    library.write(file, &text.replacen(from, to, 1));
}

fn open(library: &Library) -> Vec<String> {
    match read(&library.path("_agreement")) {
        Ok(read) => read
            .model
            .blanks
            .into_iter()
            .map(|blank| blank.item)
            .collect(),
        Err(told) => panic!("{}", told.text(false)),
    }
}

#[test]
fn a_sound_agreement_has_no_open_questions() {
    assert!(open(&library()).is_empty());
}

#[test]
fn each_item_of_the_gate_is_named_when_it_is_missing() {
    let cases = [
        (
            AGREEMENT,
            "why = { da = \"Færre indlæggelser\" }\n",
            "",
            "clinical",
        ),
        (AGREEMENT, "after_period = \"ends\"\n", "", "after_period"),
        (
            AGREEMENT,
            "regulation = { da = \"Efter antal borgere\" }\n",
            "",
            "regulation",
        ),
        (
            AGREEMENT,
            "legal_basis = \"made up\"\ninvestment",
            "investment",
            "legal_basis",
        ),
        (AGREEMENT, "investment = \"none\"\n", "", "investment"),
        (
            AGREEMENT,
            "uptake = \"@optag\"",
            "uptake = \"to_be_agreed\"",
            "uptake",
        ),
        (AGREEMENT, "ramp.linear = { years = 2 }\n", "", "ramp"),
        (AGREEMENT, "start = {", "# start = {", "start"),
        (AGREEMENT, "rate_ratio = \"@rr\"\n", "", "effect"),
        (AGREEMENT, "share = \"@andel\"\n", "", "volume"),
        (AGREEMENT, "per_person_year = \"@timer\"\n", "", "volume"),
        (
            AGREEMENT,
            "legal_basis = \"made up\"\nper_covered",
            "per_covered",
            "legal_basis",
        ),
        (
            AGREEMENT,
            "law.fixed = 1200",
            "law.unknown = { low = 0, high = 3000 }",
            "figure",
        ),
        (
            AGREEMENT,
            "source = \"made up\"\ngrade = \"C\"\nowner = \"region\"",
            "grade = \"C\"\nowner = \"region\"",
            "source",
        ),
        (AGREEMENT, "owner = \"gp\"\n", "", "owner"),
        (WORLD, "unit_cost = \"@omk_time\"\n", "", "unit_cost"),
        (WORLD, "payer = \"municipality\"\n", "", "payer"),
        (
            WORLD,
            "release = { step = 500, lasting_years = 2 }\n",
            "",
            "release",
        ),
        (
            WORLD,
            "kol = \"@rate_indlaeggelse\", oevrige",
            "oevrige",
            "volume",
        ),
        (
            WORLD,
            "from = 2024\nto = 2040",
            "from = 2024\nto = 2027",
            "transfer",
        ),
    ];
    for (file, from, to, item) in cases {
        assert_eq!(open_after(file, from, to), [item], "without `{from}`");
    }
}

#[test]
fn an_unsettled_task_names_payer_producer_and_first_year() {
    let library = library();
    edit(
        &library,
        WORLD,
        "from = 2024\nto = 2040",
        "from = 2024\nto = 2027",
    );
    let model = read(&library.path("_agreement")).unwrap().model;
    let words = &model.blanks[0].words;
    assert_eq!(
        words.da,
        "Afregning fra regionen til almen praksis for Konsultation (fra 2028)"
    );
    assert_eq!(model.blanks[0].origin.file, "_world/world.toml");
}

#[test]
fn what_is_open_about_a_task_nobody_touches_does_not_matter() {
    let untouched = "owner = \"region\"\nunit_cost = \"@omk_indlaeggelse\"\nrate = { kol = \"@rate_ambulant\" }\nspecialised";
    let open = open_after(
        WORLD,
        untouched,
        "owner = \"region\"\nrate = {}\nspecialised",
    );
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn another_operator_needs_its_cost_its_capacity_and_a_settlement() {
    let library = library();
    edit(
        &library,
        AGREEMENT,
        "[[transfer]]",
        "[[operate]]\nname = \"drift\"\nservice = \"ambulant\"\noperator = \"municipality\"\n\
         from = 2026\nto = 2029\n\n[[transfer]]",
    );
    // The agreement's payment is for the covered; it does not pay for running the whole service.
    assert_eq!(open(&library), ["capacity", "unit_cost", "transfer"]);
}
