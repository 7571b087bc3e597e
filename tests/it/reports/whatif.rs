//! The what-if of the page against the engine, in a browser.
//!
//! ```text
//! model ─ run ─▶ page ─ a script moves sliders as a reader would ─▶ what the page then says
//!   └ the parameter's law fixed ─ run ─▶ page ─ nothing moved ───▶ what the engine says
//! ```

use crate::support::*;
use fairbalance::analysis::Summary;
use fairbalance::engine::RunSettings;
use fairbalance::model::{Model, Quantity};
use fairbalance::numeric::{exp, gamma_lower, ln, normal_cdf, normal_quantile};
use fairbalance::plan::*;
use fairbalance::random::*;
use fairbalance::report::{Language, Run, annex, report_page};
use fairbalance::stats::{BlockMeans, Histogram};
use fairbalance::verdict::{Assessment, Outcome, Probability, Standing, may_profit};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const REPLICATES: usize = 4_096;

fn model_of(name: &str) -> &'static Model {
    let found = shipped().iter().find(|(n, _)| n == name);
    &found.unwrap_or_else(|| panic!("{name} is shipped")).1
}

fn page_of(model: &Model, assessment: &Assessment, language: Language) -> String {
    let settings = fixed(REPLICATES);
    report_page(&run(model, &settings, assessment), language)
}

fn run<'a>(model: &'a Model, settings: &'a RunSettings, assessment: &'a Assessment) -> Run<'a> {
    Run {
        id: "0123456789abcdef",
        input_hash: "0123456789abcdef",
        balance_hash: "fedcba9876543210",
        model,
        settings,
        assessment,
    }
}

/// What the page's script reads.
fn data_of(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"whatif-data\"").expect("data");
    let (_, rest) = rest.split_once('>').expect("an element");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).expect("JSON")
}

/// What the page says before any script runs: facts by id, and cells of the table by account.
fn said(page: &str) -> BTreeMap<String, String> {
    let (_, part) = page.split_once("id=\"whatif-verdict\"").expect("a verdict");
    let (part, _) = part.split_once("<script").expect("the script after it");
    let mut said = BTreeMap::new();
    for entry in part.split("data-fact=\"").skip(1) {
        let (id, rest) = entry.split_once('"').expect("an id");
        let (_, rest) = rest.split_once("<dd>").expect("a text");
        let (text, _) = rest.split_once("</dd>").expect("its end");
        said.insert(id.to_owned(), plain(text));
    }
    for entry in part.split("data-account=\"").skip(1) {
        let (id, rest) = entry.split_once('"').expect("an account");
        let (row, _) = rest.split_once("</tr>").expect("its end");
        let cells = row.split("<td>").skip(1);
        let cells: Vec<&str> = cells
            .map(|c| c.split("</td>").next().unwrap_or(""))
            .collect();
        said.insert(format!("row {id}"), plain(&cells.join(" | ")));
    }
    said
}

fn plain(text: &str) -> String {
    text.replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// A step of a reader: slider ids with the positions they are moved to; none resets all.
type Step = Vec<(String, i64)>;

/// What the page says after each step; `None` where there is no browser.
fn moved(page: &str, steps: &[Step]) -> Option<Vec<BTreeMap<String, String>>> {
    let steps = serde_json::to_string(steps).expect("JSON");
    let script = format!(
        "<script>(async () => {{
  const seen = [], status = document.getElementById('whatif-status');
  const wait = () => new Promise((r) => setTimeout(r, 5));
  for (const step of {steps}) {{
    status.textContent = '';
    if (!step.length) document.getElementById('whatif-reset').click();
    for (const [id, k] of step) {{
      const input = document.getElementById(id);
      input.value = k;
      input.dispatchEvent(new Event('input', {{ bubbles: true }}));
    }}
    while (!/^(Flyttet|Intet|Moved|Nothing)/.test(status.textContent)) await wait();
    const said = {{}};
    document.querySelectorAll('#whatif [data-fact]').forEach((e) => {{
      said[e.dataset.fact] = e.lastElementChild.textContent; }});
    document.querySelectorAll('#whatif [data-account]').forEach((e) => {{
      said['row ' + e.dataset.account] =
        [...e.querySelectorAll('td')].map((c) => c.textContent).join(' | '); }});
    document.querySelectorAll('#whatif output').forEach((e) => {{ said[e.id] = e.textContent; }});
    seen.push(said);
  }}
  const out = document.createElement('pre');
  out.id = 'seen';
  out.textContent = JSON.stringify(seen);
  document.body.append(out);
}})();</script>"
    );
    let dom = opened(&format!("{page}{script}"))?;
    Some(serde_json::from_str(&put_down(&dom)).expect("JSON"))
}

/// The page after its scripts have run.
fn opened(page: &str) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("page.html");
    std::fs::write(&file, page).expect("written");
    browsed(&file, 60_000)
}

/// What a test's script has put down in the page.
fn put_down(dom: &str) -> String {
    let (_, rest) = dom.split_once("<pre id=\"seen\">").expect("something seen");
    plain(rest.split_once("</pre>").expect("its end").0)
}

/// A slider's value at a position, as the page has it.
fn value_at(positions: &Value, k: i64) -> f64 {
    let whole = (k * positions["digit"].as_i64().expect("a digit")) as f64;
    let exponent = positions["exponent"].as_i64().expect("an exponent");
    let power = (0..exponent.abs()).fold(1.0, |p, _| p * 10.0);
    if exponent < 0 {
        whole / power
    } else {
        whole * power
    }
}

/// The model with the parameter of a slider known to be its value at a position.
fn with_fixed(model: &Model, data: &Value, slider: usize, k: i64) -> Model {
    let slider = &data["sliders"][slider];
    let draw = slider["draw"].as_u64().expect("a draw") as usize;
    let name = data["program"]["draws"][draw]["name"]
        .as_str()
        .expect("a name");
    let mut model = model.clone();
    let parameter = model.parameters.iter_mut().find(|p| p.name == name);
    let value = value_at(&slider["positions"], k);
    parameter.expect("the parameter").quantity = Quantity::Law(Law::fixed(value).expect("a value"));
    model
}

/// A position some way between the ends of a slider.
fn part_way(positions: &Value, part: f64) -> i64 {
    let end = |key: &str| positions[key].as_i64().expect("a position");
    let (first, last) = (end("first"), end("last"));
    first + ((last - first) as f64 * part).round() as i64
}

/// Every figure and word that the engine's page holds is in what the browser's page says.
#[track_caller]
fn agrees(what: &str, page: &BTreeMap<String, String>, engine: &BTreeMap<String, String>) {
    for (id, text) in engine {
        assert_eq!(page.get(id), Some(text), "{what}: {id}");
    }
    let extra = |id: &&String| !id.starts_with("whatif-") && !engine.contains_key(*id);
    assert!(!page.keys().any(|id| extra(&id)), "{what}: says more");
}

/// Moves sliders of a shipped agreement and compares every word with the engine's.
fn check(name: &str) {
    let model = model_of(name);
    let assessment = assessed(model, REPLICATES);
    let page = page_of(model, &assessment, Language::Da);
    let data = data_of(&page);
    let sliders = data["sliders"].as_array().expect("sliders").len();
    assert!(sliders > 0, "{name} has something to move");
    let mut tries: Vec<(usize, f64, f64)> =
        vec![(0, 0.95, 0.0), (0, 0.05, 0.3), (sliders - 1, 0.8, -0.4)];
    if sliders > 2 {
        tries.push((1, 0.1, 0.7));
    }
    let sum = &data["sum"];
    let mut steps: Vec<Step> = Vec::new();
    let mut engine = Vec::new();
    for (slider, part, of_sum) in tries {
        let k = part_way(&data["sliders"][slider]["positions"], part);
        let most = sum["last"].as_i64().expect("a sum") as f64;
        let t = (most * of_sum).round() as i64;
        let mut step = vec![(format!("whatif-{slider}"), k)];
        step.extend((t != 0).then(|| ("whatif-sum".to_owned(), t)));
        steps.extend([Vec::new(), step]);
        let fixed = with_fixed(model, &data, slider, k);
        let found = shifted(&fixed, assessed(&fixed, REPLICATES), value_at(sum, t));
        let mut says = said(&page_of(&fixed, &found, Language::Da));
        if t != 0 {
            says.insert("balance".into(), with_sum(found.verdict.outcome).into());
        }
        engine.push(says);
    }
    let Some(seen) = moved(&page, &steps) else {
        return;
    };
    // after a reset the page computes what the run says, on draws of its own
    agrees(name, &seen[2], &said(&page));
    for (i, says) in engine.iter().enumerate() {
        agrees(
            &format!("{name}, {:?}", steps[2 * i + 1]),
            &seen[2 * i + 1],
            says,
        );
    }
    assert_ne!(seen[1], seen[0], "{name}: moving says something new");
}

/// The outcome's words beside a chosen sum: never plain balance.
fn with_sum(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Balanced => "I balance med den valgte kompensation, hvis den aftales.",
        Outcome::BalancedIfCompensated => {
            "Ikke i balance med den valgte kompensation; en anden sum kan give balance."
        }
        Outcome::Unbalanced => "Ikke i balance, heller ikke med den valgte kompensation.",
        _ => "Kan ikke afgøres med den valgte kompensation.",
    }
}

/// The assessment with a lump sum moved from region to municipalities: the rule of the verdict
/// applied anew to the engine's draws.
fn shifted(model: &Model, mut assessment: Assessment, sum: f64) -> Assessment {
    if sum == 0.0 {
        return assessment;
    }
    let program = assessment.deciding.clone().expect("a program");
    let row = |id: RowId| drawn(&program, id);
    let x = |account| row(RowId::X(account, program.verdict_years)).expect("X");
    let add = |by: f64, values: Vec<f64>| -> Vec<f64> { values.iter().map(|v| v + by).collect() };
    let (region, municipality) = (add(-sum, x(REGION)), add(sum, x(MUNICIPALITIES)));
    let confidence = model.balance.confidence;
    let taus = [
        assessment.verdict.parties[0].tau,
        assessment.verdict.parties[1].tau,
    ];
    let sides = [
        (REGION, &region, taus[0]),
        (MUNICIPALITIES, &municipality, taus[1]),
    ];
    for (i, (account, values, tau)) in sides.into_iter().enumerate() {
        let party = &mut assessment.verdict.parties[i];
        assert_eq!(party.account, account);
        party.x = summary(values);
        party.p_holds = share(values, |v| v >= -tau);
        party.standing = stands(party.p_holds.p, confidence);
        let rows = &mut assessment.findings.present_value;
        let years = program.verdict_years as u32;
        let at = rows
            .iter()
            .position(|r| r.account == account && r.years == years);
        rows[at.expect("a row")].value = party.x;
    }
    let mut tested: Vec<Standing> = assessment.verdict.parties[..2]
        .iter()
        .map(|p| p.standing)
        .collect();
    let mut fits = tested[0] == Standing::Holds && tested[1] == Standing::Holds;
    if let Some(y) = row(RowId::Y) {
        let most = |tau: f64| {
            if may_profit(model) {
                f64::INFINITY
            } else {
                tau
            }
        };
        let test = |y: &[f64], tau: f64| {
            let within = share(y, |v| v >= -tau && v <= most(tau));
            let standing = if within.p >= confidence {
                Standing::Holds
            } else if share(y, |v| v > most(tau)).p >= confidence {
                Standing::Profits
            } else if share(y, |v| v < -tau).p >= confidence {
                Standing::Loses
            } else {
                Standing::Undecided
            };
            (within, standing)
        };
        let party = &mut assessment.verdict.parties[1];
        (party.p_holds, party.standing) = test(&add(sum, y), taus[1]);
        tested[1] = party.standing;
        fits &= tested[1] == Standing::Holds;
        let contracting: Vec<usize> = (0..program.municipalities)
            .filter(|m| model.agreement.start_of(*m).is_some())
            .collect();
        let people = |m: usize| model.world.population.total(m, program.years[0]);
        let all: f64 = contracting.iter().map(|m| people(*m)).sum();
        for m in contracting {
            let part = match model.balance.key {
                fairbalance::model::Key::Population => people(m) / all,
                fairbalance::model::Key::Equal => unreachable!("no shipped rule shares equally"),
            };
            let y = row(RowId::MunicipalityY(m)).expect("Y");
            let own = &mut assessment.verdict.municipalities[m];
            own.standing = test(&add(sum * part, y), own.tau).1;
            tested.push(own.standing);
        }
    }
    let both = region
        .iter()
        .zip(&municipality)
        .map(|(r, k)| r + k)
        .collect::<Vec<f64>>();
    let jointly = share(&both, |v| v >= -taus[0] - taus[1]);
    let zone = assessment.verdict.compensation.zone;
    let burdened = |s: &Standing| matches!(s, Standing::Burdened | Standing::Loses);
    let holds = |s: &Standing| *s == Standing::Holds;
    assessment.verdict.outcome = if tested.iter().all(holds) {
        Outcome::Balanced
    } else if zone.is_some() && (tested.len() == 2 || !fits) {
        Outcome::BalancedIfCompensated
    } else if tested.iter().any(burdened) || jointly.p <= 1.0 - confidence {
        Outcome::Unbalanced
    } else {
        Outcome::Undecided
    };
    assessment
}

fn stands(p: f64, confidence: f64) -> Standing {
    match p {
        p if p >= confidence => Standing::Holds,
        p if p <= 1.0 - confidence => Standing::Burdened,
        _ => Standing::Undecided,
    }
}

/// A row of the deciding program, replicate by replicate.
fn drawn(program: &Program, id: RowId) -> Option<Vec<f64>> {
    use fairbalance::engine::{At, Basis};
    let form = &program.rows[program.row(id)?].form;
    let mut all = Vec::new();
    for block in 0..REPLICATES / BLOCK {
        let basis = Basis::evaluate(program, fixed(1).seed, block as u64, At::Draws);
        let mut out = vec![0.0; BLOCK];
        basis.form(form, &mut out);
        all.extend(out.iter().map(|v| v + 0.0));
    }
    Some(all)
}

fn summary(values: &[f64]) -> Summary {
    let (mut means, mut histogram) = (BlockMeans::new(), Histogram::new());
    values
        .chunks(BLOCK)
        .for_each(|block| means.push_values(block));
    histogram.add_slice(values);
    Summary::of(&means, &histogram)
}

fn share(values: &[f64], holds: impl Fn(f64) -> bool) -> Probability {
    let hits: Vec<f64> = values
        .iter()
        .map(|v| f64::from(u8::from(holds(*v))))
        .collect();
    let mut means = BlockMeans::new();
    hits.chunks(BLOCK)
        .for_each(|block| means.push_values(block));
    let estimate = means.estimate();
    Probability {
        p: estimate.mean,
        mcse: estimate.mcse,
        ..Probability::default()
    }
}

/// Catches: a draw, a law, a column, a count, a rounding or a sentence in which the page and the
/// engine differ, with capacity steps and a floor that each party must hold.
#[test]
fn home_monitoring_says_in_the_page_what_the_engine_says() {
    check("kol-hjemmemonitorering");
}

/// Catches: the same where levels move over the years.
#[test]
fn levels_that_move_say_in_the_page_what_the_engine_says() {
    check("rygestop");
}

/// Catches: the same with rules on totals, whose bends are expectations.
#[test]
fn rules_on_totals_say_in_the_page_what_the_engine_says() {
    check("faelles-budget");
}

/// Catches: the same with persons picked by past use.
#[test]
fn picking_by_past_use_says_in_the_page_what_the_engine_says() {
    check("risikostratificering");
}

/// Catches: the same under *no loss, no profit*, where each operating municipality is tested.
#[test]
fn no_loss_no_profit_says_in_the_page_what_the_engine_says() {
    check("akutsygepleje-2027");
}

/// What stands in the what-if before anything is moved is what the conclusion of the same page
/// says, word for word; and its sliders are the annex's strongest assumptions.
///
/// Catches: a second wording of the verdict beside the report's.
#[test]
fn untouched_the_what_if_repeats_the_report() {
    let model = model_of("kol-hjemmemonitorering");
    let assessment = assessed(model, REPLICATES);
    for language in [Language::Da, Language::En] {
        let page = page_of(model, &assessment, language);
        let (report, _) = page.split_once("id=\"hvad-hvis\"").expect("a what-if");
        let report = plain(report);
        for (id, text) in said(&page) {
            if !id.starts_with("row") {
                assert!(report.contains(&text), "{id}: {text}");
            }
        }
        let settings = fixed(REPLICATES);
        let annex = annex(&run(model, &settings, &assessment), language);
        let annex = format!("{:?}", annex.blocks);
        for slider in data_of(&page)["sliders"].as_array().expect("sliders") {
            let label = slider["label"].as_str().expect("a label");
            assert!(annex.contains(label), "{label}");
        }
    }
}

/// A reader with a keyboard: focus, arrow keys, and the verdict is written anew.
///
/// Catches: a slider that only a pointer can move. The browser's own range control turns the
/// key into a step and an event; the test does what it does on ArrowRight and End.
#[test]
fn the_sliders_are_range_controls_that_a_keyboard_moves() {
    let model = model_of("kol-hjemmemonitorering");
    let assessment = assessed(model, REPLICATES);
    let page = page_of(model, &assessment, Language::Da);
    let script = "<script>(async () => {
  const input = document.getElementById('whatif-0'), status = document.getElementById('whatif-status');
  const verdict = () => document.getElementById('whatif-verdict').textContent;
  const before = verdict();
  input.focus();
  const focused = document.activeElement === input && input.tabIndex === 0;
  for (let i = 0; i < 60; i++) {
    input.stepUp();
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  while (!status.textContent.startsWith('Flyttet')) await new Promise((r) => setTimeout(r, 5));
  const named = input.labels.length === 1 && input.getAttribute('aria-valuetext').startsWith('fast');
  const out = document.createElement('pre');
  out.id = 'seen';
  out.textContent = JSON.stringify({ focused, named, moved: verdict() !== before,
    live: document.getElementById('whatif-verdict').getAttribute('aria-live'), });
  document.body.append(out);
})();</script>";
    let Some(dom) = opened(&format!("{page}{script}")) else {
        return;
    };
    let seen: Value = serde_json::from_str(&put_down(&dom)).expect("JSON");
    assert_eq!(
        seen,
        json!({"focused": true, "named": true, "moved": true, "live": "polite"})
    );
}

const RUNTIME: &str = include_str!("../../../src/report/whatif/runtime.js");

fn bits(x: f64) -> String {
    format!("{:016x}", x.to_bits())
}

fn all_bits(values: &[f64]) -> Vec<String> {
    values.iter().map(|x| bits(*x)).collect()
}

/// Laws of every family, with shapes on both sides of each branch, and truncated ones.
fn laws() -> Vec<Law> {
    let laws = [
        Law::fixed(3.25),
        Law::normal(-2.0, 0.7),
        Law::lognormal(1.3, 0.4),
        Law::gamma(420.0, 60.0),
        Law::gamma(0.3, 1.2),
        Law::gamma(1e4, 20.0),
        Law::beta(0.02, 0.01),
        Law::beta(0.7, 0.1),
        Law::beta_counts(0.5, 0.5),
        Law::beta_counts(3e6, 2e6),
        Law::pert(1.0, 2.0, 7.0),
        Law::uniform(-1.0, 4.0),
        Law::triangular(0.0, 1.0, 1.0),
        Law::triangular(-3.0, 0.1, 5.0),
        Law::empirical(&[3.0, 1.0, 2.0, 9.0], &[1.0, 2.0, 0.5, 0.1]),
        Law::three_point(1.0, 2.0, 5.0),
        Law::three_point(1.0, 2.0, 3.0),
    ];
    let laws: Vec<Law> = laws.into_iter().map(|l| l.expect("a law")).collect();
    let cut = |law: &Law, low, high| law.clone().truncated(low, high).expect("a law");
    let truncated = [
        cut(&laws[1], Some(-2.5), None),
        cut(&laws[2], None, Some(2.0)),
        cut(&laws[3], Some(400.0), Some(440.0)),
        cut(&laws[7], Some(0.65), Some(0.9)),
        cut(&laws[1], Some(-40.0), None),
    ];
    laws.into_iter().chain(truncated).collect()
}

/// The script's arithmetic has the engine's bits: uniforms from their addresses, the copula, every
/// family of law, every function and kernel.
///
/// Catches: one constant, one order of operations, one 64-bit carry in which they differ.
#[test]
fn the_script_has_the_engine_s_bits() {
    let mut cases: Vec<Value> = Vec::new();
    let mut uniforms = vec![0.0; BLOCK];
    for (name, block, seed) in [("rr_indlæggelse", 0, 1), ("phase:x:751", 71, u64::MAX - 5)] {
        let key = Address::new("parameter")
            .text(name)
            .number(block)
            .key(Seed(seed));
        latin_hypercube(key, &mut uniforms);
        let of = json!([DRAW_FORMAT, seed.to_string(), name, block]);
        cases.push(json!({"what": "uniforms", "of": of, "is": all_bits(&uniforms)}));
    }
    let edge = [1.1e-16, 1e-12, 0.5, 0.075, 0.925, 1.0 - 1.2e-16];
    let points: Vec<f64> = uniforms.iter().copied().chain(edge).collect();
    for law in laws() {
        let terms = law.terms();
        let closed = |x: f64| x.is_finite().then_some(x);
        let of = json!({"family": terms.family, "numbers": terms.numbers,
            "bounds": terms.bounds.map(|b| b.map(closed)), "at": points});
        let is: Vec<f64> = points.iter().map(|u| law.quantile(*u)).collect();
        cases.push(json!({"what": "law", "of": of, "is": all_bits(&is)}));
    }
    let matrix = [
        vec![1.0, 0.6, -0.2],
        vec![0.6, 1.0, 0.3],
        vec![-0.2, 0.3, 1.0],
    ];
    let copula = Copula::new(&matrix).expect("a copula");
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for name in ["a", "b", "c"] {
        let key = Address::new("parameter").text(name).number(3).key(Seed(9));
        latin_hypercube(key, &mut uniforms);
        rows.push(uniforms.clone());
    }
    copula.correlate(&mut rows);
    cases.push(json!({"what": "copula", "of": {"factor": copula.factor()},
        "is": all_bits(&rows.concat())}));
    let wide: Vec<f64> = (-400..400).map(|i| f64::from(i) * 0.0977).collect();
    let positive: Vec<f64> = wide.iter().map(|x| exp(*x)).collect();
    type Named<'a> = (&'a str, &'a [f64], fn(f64) -> f64);
    let functions: [Named; 4] = [
        ("exp", &wide, exp),
        ("ln", &positive, ln),
        ("normalCdf", &wide, normal_cdf),
        ("normalQuantile", &points, normal_quantile),
    ];
    for (name, at, f) in functions {
        let is: Vec<f64> = at.iter().map(|x| f(*x)).collect();
        cases.push(json!({"what": name, "of": at, "is": all_bits(&is)}));
    }
    let (mut of, mut is) = (Vec::new(), Vec::new());
    for a in [0.01, 0.7, 3.0, 40.0, 9_000.0] {
        for x in [0.0, 0.2, 0.9, 1.0, 1.3, 4.0] {
            of.push(json!([a, a * x]));
            is.push(gamma_lower(a, a * x));
        }
    }
    cases.push(json!({"what": "gammaLower", "of": of, "is": all_bits(&is)}));
    let (mut of, mut is) = (Vec::new(), Vec::new());
    let asked = [PastUse::Persons, PastUse::Expected, PastUse::Observed];
    for (w, what) in asked.into_iter().enumerate() {
        for (rate, shape, at_least) in [(0.4, 0.8, 1), (2.0, 0.3, 4), (0.0, 1.0, 2), (9.0, 5.0, 12)]
        {
            of.push(json!([w, rate, shape, at_least]));
            is.push(past_use(what, rate, shape, at_least));
        }
    }
    cases.push(json!({"what": "pastUse", "of": of, "is": all_bits(&is)}));
    let (mut of, mut is) = (Vec::new(), Vec::new());
    for (k, kink) in [Kink::Excess, Kink::Above, Kink::Limited]
        .into_iter()
        .enumerate()
    {
        for (mean, spread, c) in [
            (10.0, 4.0, 11.0),
            (3.0, 0.0, 3.0),
            (90.0, 0.8, 120.0),
            (5.0, 900.0, -80.0),
        ] {
            of.push(json!([k, mean, spread, c]));
            is.push(kink.at(mean, spread, c));
        }
    }
    cases.push(json!({"what": "bent", "of": of, "is": all_bits(&is)}));
    let cases = serde_json::to_string(&cases).expect("JSON");
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>{RUNTIME}
const F = FairBalance, seen = [];
const bits = (x) => {{ const v = new DataView(new ArrayBuffer(8)); v.setFloat64(0, x);
  return v.getBigUint64(0).toString(16).padStart(16, '0'); }};
const uniforms = (of) => {{ const out = new Float64Array(512); F.hypercube(F.key(...of), out); return out; }};
const compute = {{
  uniforms,
  law: (of) => of.at.map(F.quantileOf(of)),
  copula: (of) => {{ const rows = ['a', 'b', 'c'].map((n) => uniforms([1, '9', n, 3]));
    F.correlate(of.factor, rows); return rows.flatMap((r) => [...r]); }},
  gammaLower: (of) => of.map((a) => F.gammaLower(...a)),
  pastUse: (of) => of.map((a) => F.pastUse(...a)),
  bent: (of) => of.map((a) => F.bent(...a)),
}};
for (const c of {cases}) {{
  const found = [...(compute[c.what] || ((of) => of.map((x) => F[c.what](x))))(c.of)].map(bits);
  const off = c.is.findIndex((b, i) => b !== found[i]);
  if (off >= 0) seen.push([c.what, c.of.family || '', off, c.is[off], found[off]]);
}}
const out = document.createElement('pre');
out.id = 'seen';
out.textContent = JSON.stringify(seen);
document.body.append(out);
</script>"
    );
    let Some(dom) = opened(&page) else { return };
    assert_eq!(put_down(&dom), "[]");
}

/// The rows of shipped agreements that use every kind of node, replicate by replicate.
///
/// Catches: a kernel or an operation of the script that differs from the engine's in one bit.
#[test]
fn every_kind_of_column_has_the_engine_s_bits() {
    let names = [
        "kol-hjemmemonitorering",
        "rygestop",
        "faelles-budget",
        "risikostratificering",
        "akutsygepleje-2027",
        "reference-cohort",
        "akutpladser",
    ];
    let (mut cases, mut kinds) = (Vec::new(), std::collections::BTreeSet::new());
    for name in names {
        let model = model_of(name);
        let assessment = assessed(model, REPLICATES);
        let program = data_of(&page_of(model, &assessment, Language::En))["program"].take();
        for node in program["nodes"].as_array().expect("nodes") {
            kinds.insert(node[0].as_u64().expect("a kind"));
        }
        let deciding = assessment.deciding.as_ref().expect("a program");
        let rows: Vec<Vec<String>> = deciding
            .rows
            .iter()
            .map(|row| all_bits(&drawn(deciding, row.id).expect("a row")[..2 * BLOCK]))
            .collect();
        let sizes: Vec<usize> = program
            .as_object()
            .expect("an object")
            .values()
            .map(|part| part.to_string().len())
            .collect();
        println!(
            "{name}: {} nodes, {sizes:?}",
            program["nodes"].as_array().map_or(0, Vec::len)
        );
        cases.push(json!({"name": name, "program": program, "rows": rows}));
    }
    println!("kinds {kinds:?}");
    let cases = serde_json::to_string(&cases).expect("JSON");
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>{RUNTIME}
const seen = [];
const bits = (x) => {{ const v = new DataView(new ArrayBuffer(8)); v.setFloat64(0, x);
  return v.getBigUint64(0).toString(16).padStart(16, '0'); }};
for (const c of {cases}) {{
  c.program.replicates = 1024;
  const run = new FairBalance.Run(c.program);
  while (run.pending) run.drawMore();
  run.evaluate(new Map());
  c.rows.forEach((row, r) => {{
    const off = row.findIndex((b, i) => b !== bits(run.rows[r][i]));
    if (off >= 0) seen.push([c.name, r, off, row[off], bits(run.rows[r][off])]);
  }});
}}
const out = document.createElement('pre');
out.id = 'seen';
out.textContent = JSON.stringify(seen);
document.body.append(out);
</script>"
    );
    let Some(dom) = opened(&page) else { return };
    assert_eq!(put_down(&dom), "[]");
    let tried: Vec<u64> = kinds.into_iter().collect();
    assert_eq!(tried, [0, 1, 2, 3, 4, 5, 8, 10, 11, 12, 13, 14]);
}

/// What is made ahead for a slider leaves every row as it was, and its movements give the rows
/// that are computed afresh, whether what was made is used, was broken off or was for another.
///
/// Catches: a kept column that the movement did reach, or one of another slider; work that was
/// begun before a movement and writes its rows after it.
#[test]
fn what_is_made_ahead_of_a_movement_changes_no_row() {
    let mut cases: Vec<Value> = Vec::new();
    for name in ["kol-hjemmemonitorering", "faelles-budget"] {
        let model = model_of(name);
        let assessment = assessed(model, REPLICATES);
        let mut data = data_of(&page_of(model, &assessment, Language::En));
        let sliders = data["sliders"].as_array().expect("sliders").iter();
        let draws: Vec<Value> = sliders.take(3).map(|s| s["draw"].clone()).collect();
        cases.push(json!({"name": name, "program": data["program"].take(), "draws": draws}));
    }
    let cases = serde_json::to_string(&cases).expect("JSON");
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>{RUNTIME}
const seen = [];
const fresh = (program, fixed) => {{
  const run = new FairBalance.Run(program);
  while (run.pending) run.drawMore();
  run.evaluate(fixed);
  return run;
}};
const same = (what, a, b) => a.rows.forEach((row, r) => {{
  const off = row.findIndex((x, i) => !Object.is(x, b.rows[r][i]));
  if (off >= 0) seen.push([what, r, off]);
}});
for (const {{ name, program, draws }} of {cases}) {{
  program.replicates = 1024;
  const run = fresh(program, new Map()), untouched = fresh(program, new Map());
  const value = (d, i) => run.values[0][d][i];
  const [a, b, c] = draws, made = [];
  const ahead = (fixed, d, blocks) => {{
    const work = run.prepare(fixed, d);
    made.push(work !== null);
    while (work && blocks-- > 0 && run.advance(work, 0));
    same(name + ' ahead', run, fresh(program, fixed));
  }};
  ahead(new Map(), a, 99);
  same(name + ' prepared', run, untouched);
  const moves = [[[a, 3]], [[a, 7]], [[a, 7], [b, 1]]];
  for (const move of moves) {{
    const fixed = new Map(move.map(([d, i]) => [d, value(d, i)]));
    run.evaluate(fixed);
    same(name + ' moved ' + JSON.stringify(move), run, fresh(program, fixed));
  }}
  const both = new Map([[a, value(a, 7)], [b, value(b, 1)]]);
  ahead(both, c, 1);
  const three = new Map([...both, [c, value(c, 5)]]);
  run.evaluate(three);
  same(name + ' after a break', run, fresh(program, three));
  const older = run.begin(new Map());
  run.advance(older, 0);
  run.evaluate(both);
  while (run.advance(older, 0));
  same(name + ' an older work goes on', run, fresh(program, both));
  run.evaluate(new Map());
  same(name + ' and back', run, untouched);
  if (!made.every((m) => m)) seen.push([name, 'nothing made ahead']);
}}
const out = document.createElement('pre');
out.id = 'seen';
out.textContent = JSON.stringify(seen);
document.body.append(out);
</script>"
    );
    let Some(dom) = opened(&page) else { return };
    assert_eq!(put_down(&dom), "[]");
}

/// The kinds that no shipped verdict reads: a minimum, a growth, a quotient that is 0 over 0.
///
/// Catches: a kind of node that nobody tried.
#[test]
fn the_kinds_that_no_shipped_verdict_reads_have_the_engine_s_bits() {
    let drawn = |name: &str, law: &Law| -> Vec<f64> {
        let key = Address::new("parameter").text(name).number(0).key(Seed(1));
        let (mut u, mut out) = (vec![0.0; BLOCK], vec![0.0; BLOCK]);
        latin_hypercube(key, &mut u);
        law.fill(&u, &mut out);
        out
    };
    let (one, two) = (Law::uniform(-1.0, 1.0), Law::normal(0.1, 0.5));
    let (one, two) = (one.expect("a law"), two.expect("a law"));
    let (a, b) = (drawn("a", &one), drawn("b", &two));
    let each = |f: &dyn Fn(f64, f64) -> f64| -> Vec<String> {
        let values: Vec<f64> = a.iter().zip(&b).map(|(x, y)| f(*x, *y) + 0.0).collect();
        all_bits(&values)
    };
    let grown = |x: f64, _: f64| (0..3).fold(1.0, |g, _| g * (1.0 + x));
    let over = |x: f64, y: f64| {
        let y = y.max(0.0);
        if y == 0.0 { 0.0 } else { x / y }
    };
    let rows = [each(&f64::min), each(&grown), each(&over)];
    let draw = |name: &str, law: &Law| {
        let terms = law.terms();
        json!({"name": name, "family": terms.family, "numbers": terms.numbers, "bounds": null})
    };
    let form = |column: u32| json!({"columns": [column], "weights": [1.0]});
    let row = |form: u32| json!({"kind": "x", "of": form.to_string(), "form": form});
    let program = json!({"format": DRAW_FORMAT, "seed": "1", "replicates": BLOCK,
        "nodes": [[0], [1, 0], [1, 1], [6, 1, 2], [7, 1, 3], [5, 2], [9, 1, 5]],
        "forms": [form(3), form(4), form(6)], "rows": [row(0), row(1), row(2)],
        "capacities": [], "levels": [], "draws": [draw("a", &one), draw("b", &two)], "linked": []});
    let page = format!(
        "<!DOCTYPE html><meta charset=\"utf-8\"><body><script>{RUNTIME}
const bits = (x) => {{ const v = new DataView(new ArrayBuffer(8)); v.setFloat64(0, x);
  return v.getBigUint64(0).toString(16).padStart(16, '0'); }};
const run = new FairBalance.Run({program});
while (run.pending) run.drawMore();
run.evaluate(new Map());
const out = document.createElement('pre');
out.id = 'seen';
out.textContent = JSON.stringify(run.rows.map((row) => [...row].map(bits)));
document.body.append(out);
</script>"
    );
    let Some(dom) = opened(&page) else { return };
    let seen: Vec<Vec<String>> = serde_json::from_str(&put_down(&dom)).expect("JSON");
    assert_eq!(seen, rows);
}

/// Catches: a text of a scenario that ends the script's element.
#[test]
fn a_label_cannot_break_out_of_the_script() {
    let mut model = model_of("kol-hjemmemonitorering").clone();
    for parameter in &mut model.parameters {
        parameter.label.da = "</script><b>".to_owned();
    }
    let assessment = assessed(&model, REPLICATES);
    let page = page_of(&model, &assessment, Language::Da);
    assert!(!page.contains("</script><b>"));
    assert_eq!(page.matches("</script>").count(), 2);
    assert_eq!(data_of(&page)["sliders"][0]["label"], "</script><b>");
}

/// Catches: figures of a program where there is no verdict, or where none was kept.
#[test]
fn without_a_verdict_there_is_nothing_to_move() {
    let finished = super::fixture::not_clarified();
    let page = report_page(&finished.run(), Language::Da);
    assert!(!page.contains("whatif"));
}
