//! What stands at the foot of every page: program, run, inputs, prices, seed, roles, page.

use super::grid::TEXT_WIDTH;
use super::xml::{DECLARATION, TEXT_SPACES, paragraph, run};
use crate::report::Run;
use crate::report::width;
use crate::report::words::annex as words;
use crate::report::words::{Language, Term};

/// Digits of a hash that are printed: enough to tell two folders apart, short enough to read out.
const DIGITS: usize = 16;
/// Half points, as the style has it.
const SIZE: usize = 15;
/// Room for the page's number, in twentieths of a point.
const PAGE_WIDTH: usize = 1200;

/// Program, run, inputs, prices, seed and status, in one line.
pub fn footer(run: &Run, language: Language) -> String {
    let status = Term::from(run.model.status()).text(language);
    let prices = match language {
        Language::Da => format!("{}-priser", run.model.world.price_level),
        Language::En => format!("{} prices", run.model.world.price_level),
    };
    let (run_word, inputs) = match language {
        Language::Da => ("kørsel", "input"),
        Language::En => ("run", "inputs"),
    };
    let hash = run.input_hash.get(..DIGITS).unwrap_or(run.input_hash);
    format!(
        "fairbalance {} · {status} · {prices} · {run_word} {} · {inputs} {hash} · seed {}",
        env!("CARGO_PKG_VERSION"),
        run.id,
        run.settings.seed.0
    )
}

/// The lines at the foot of a page of the annex: [`footer`], and who answers for what.
pub fn footer_lines(run: &Run, language: Language) -> String {
    let first = footer(run, language);
    let (named, blank) = roles(run, language);
    let with_blank = [first.as_str(), &blank].join(" · ");
    // two lines are enough as long as names are short: what fits beside the page stands there
    let fits = width::of(&with_blank, SIZE) <= TEXT_WIDTH - PAGE_WIDTH;
    let (first, second) = match (named.is_empty(), blank.is_empty(), fits) {
        (true, _, _) => (first, blank),
        (_, true, _) => (first, named),
        (_, _, true) => (with_blank, named),
        _ => (first, [named, blank].join(" · ")),
    };
    format!("{first}\n{}", capital(&second))
}

/// Who is named for what, and those roles that nobody has.
fn roles(run: &Run, language: Language) -> (String, String) {
    let roles = &run.model.agreement.roles;
    let all: [(words::Both, &str); 4] = [
        (words::COMMISSIONER, &roles.commissioner),
        (words::ANALYST, &roles.analyst),
        (words::ASSURER, &roles.assurer),
        (words::APPROVER, &roles.approver),
    ];
    let mut parts: Vec<String> = Vec::new();
    let mut blank: Vec<String> = Vec::new();
    for (role, name) in all {
        let role = role.text(language);
        match name.trim() {
            "" => blank.push(role),
            name => parts.push(format!("{role} {name}")),
        }
    }
    let nobody = words::NOBODY.text(language);
    let blank = match blank.is_empty() {
        true => String::new(),
        false => format!("{}: {nobody}", blank.join(", ")),
    };
    (parts.join(" · "), blank)
}

fn capital(line: &str) -> String {
    let mut letters = line.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The part that Word puts at the foot of every page; the first line carries the page.
pub fn page_footer(lines: &str, language: Language) -> String {
    let (page, of) = match language {
        Language::Da => ("Side ", " af "),
        Language::En => ("Page ", " of "),
    };
    let numbers = format!(
        "<w:r><w:tab/></w:r>{}{}{}{}",
        run(page, false),
        field("PAGE"),
        run(of, false),
        field("NUMPAGES")
    );
    let count = lines.lines().count().max(1);
    let mut lines: Vec<&str> = lines.lines().collect();
    lines.resize(count, "");
    let line = |(i, words): (usize, &&str)| {
        let numbers = if i == 0 { numbers.as_str() } else { "" };
        paragraph("Footer", "", &format!("{}{numbers}", run(words, false)))
    };
    let lines: String = lines.iter().enumerate().map(line).collect();
    format!("{DECLARATION}<w:ftr {TEXT_SPACES}>{lines}</w:ftr>")
}

fn field(code: &str) -> String {
    format!("<w:fldSimple w:instr=\" {code} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
}
