//! The workbook in an office suite that is set to Danish.

use super::fixture::compensated;
use crate::support::{output, program};
use fairbalance::report::papers;
use std::process::Command;

/// What a suite's profile says where its reader has chosen Danish.
const DANISH: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>da-DK</value></prop></item>
</oor:items>"#;

/// As shown, all sheets, semicolons.
const AS_SHOWN: &str =
    "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,true,false,false,-1";

/// Catches: formats that fix a decimal point or print a hyphen for a minus, or figures written as
/// text.
#[test]
fn a_danish_reader_sees_decimal_commas_and_thousands_points() {
    let Some(soffice) = program("soffice") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let all = papers(&compensated().run()).expect("papers");
    let (_, content) = all
        .into_iter()
        .find(|(n, _)| n == "tabeller.xlsx")
        .expect("tables");
    let book = folder.path().join("tabeller.xlsx");
    std::fs::write(&book, content).expect("a file");
    let user = folder.path().join("profile/user");
    std::fs::create_dir_all(&user).expect("a folder");
    std::fs::write(user.join("registrymodifications.xcu"), DANISH).expect("a profile");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.path().join("profile").display()
    );
    let mut command = Command::new(soffice);
    command
        .arg(profile)
        .args(["--headless", "--convert-to", AS_SHOWN, "--outdir"]);
    output(command.arg(folder.path()).arg(&book));
    let sheet = |name: &str| {
        let path = folder.path().join(format!("tabeller-{name}.csv"));
        std::fs::read_to_string(path).expect(name)
    };
    let indicators = sheet("Indikatorer");
    assert!(
        indicators.contains(";14.210,0;14.080,0;−130,0;"),
        "{indicators}"
    );
    let places = sheet("Kommuner");
    assert!(places.contains(";370.000;"), "{places}");
}
