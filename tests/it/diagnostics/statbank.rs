//! Real exports of the StatBank (Danmarks Statistik, FOLK1A, CC BY 4.0).

use fairbalance::diagnostic::{Diagnostics, Faults, Sources};
use fairbalance::scenario::statbank::{Age, Export, Persons};

fn import(name: &str, bands: &[&str]) -> (Option<Export>, Option<Vec<Persons>>, Diagnostics) {
    let path = format!("tests/it/diagnostics/statbank/{name}");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut sources = Sources::default();
    let file = sources.add(path, text);
    let mut faults = Faults::default();
    let export = Export::read(file, &mut sources, &mut faults);
    let bands: Vec<Age> = bands
        .iter()
        .map(|band| Age::of_band(band).unwrap())
        .collect();
    let persons = export
        .as_ref()
        .and_then(|export| export.persons(&bands, &mut faults));
    (export, persons, faults.settle(&sources))
}

/// 5,843,347 inhabitants on 1 April 2021 is what the file's 222 figures sum to.
#[test]
fn the_english_sample_is_summed_over_sex_into_bands() {
    let (export, persons, told) =
        import("sample_folk1a_en.csv", &["0-17", "18-64", "65-79", "80+"]);
    assert!(told.is_empty(), "{}", told.text(false));
    let (export, persons) = (export.unwrap(), persons.unwrap());
    assert_eq!(export.len(), 222);
    assert_eq!(persons.len(), 4);
    let sum: f64 = persons.iter().map(|p| p.persons).sum();
    assert_eq!((sum, export.total()), (5_843_347.0, 5_843_347.0));
    assert!(
        persons
            .iter()
            .all(|p| p.year == 2021 && p.area == "Hele landet")
    );
}

#[test]
fn the_danish_sample_is_read_but_not_summed_because_the_divorced_are_missing() {
    let (export, persons, told) = import("sample_folk1a_da.csv", &["0+"]);
    assert_eq!(export.unwrap().len(), 79);
    assert!(persons.is_none());
    let first = told.iter().next().unwrap();
    assert_eq!(first.code.as_str(), "S124");
    assert!(first.message.contains("Fraskilt"), "{}", first.message);
}
