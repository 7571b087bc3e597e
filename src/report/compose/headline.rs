//! The head, the conclusion and, where something is missing, the blanks.

use super::accountability;
use super::pen::{Pen, cost};
use crate::analysis::{Account, HorizonRow, Summary};
use crate::model::{Grade, Party, Status};
use crate::report::Run;
use crate::report::document::{Block, Document, Fact};
use crate::report::likelihood::Likelihood;
use crate::report::number::{Scale, count};
use crate::report::words::accountability as words;
use crate::report::words::bounds as bounds_words;
use crate::report::words::paper;
use crate::report::words::{
    Language, Sentence, Term, account_label, account_subject, blank_words, joined,
};
use crate::verdict::{Outcome, PartyVerdict, Probability, Standing};

/// What is asked, compared and calculated.
pub fn head(pen: &Pen, document: &mut Document) {
    let agreement = &pen.model().agreement;
    if pen.verdict().presupposes_sub_agreement {
        document.push(Block::Heading(pen.term(Term::PresupposesSubAgreement)));
    }
    let mut facts = Vec::new();
    let mut fact = |term: Term, text: String| {
        if !text.is_empty() {
            facts.push((pen.term(term), text));
        }
    };
    fact(
        Term::Question,
        pen.language.of(&agreement.question).to_owned(),
    );
    fact(
        Term::ComparedWith,
        pen.language.of(&agreement.comparator).to_owned(),
    );
    fact(Term::Agreement, period(pen));
    fact(Term::Principle, principle(pen));
    if pen.verdict().outcome != Outcome::NotClarified {
        fact(Term::Calculation, calculated(pen));
    }
    document.push(Block::facts(facts));
}

/// What is missing, instead of a verdict.
pub fn blanks(pen: &Pen, document: &mut Document) {
    let heading = pen.term(Term::NotClarified);
    document.push(Block::Heading(heading.trim_end_matches('.').to_owned()));
    let bounds = pen.findings().bounds.as_ref();
    document.push(Block::paragraph(match bounds {
        Some(bounds) if !bounds.rows.is_empty() => bounds_words::BEFORE_BLANKS.text(pen.language),
        _ => pen.term(Term::NoVerdictBefore),
    }));
    let blanks = pen.verdict().blanks.iter();
    let blanks = blanks.map(|blank| blank_words(blank, pen.language));
    document.push(Block::list(blanks));
    document.push(Block::paragraph(pen.term(Term::WhereToFill)));
}

/// The pair society × balance, what falls outside, and the reservations.
pub fn conclusion(pen: &Pen, document: &mut Document) {
    document.push(Block::Heading(pen.term(Term::Conclusion)));
    let mut facts: Vec<Fact> = vec![
        (pen.term(Term::Clarified), pen.term(Term::ClarifiedYes)).into(),
        leading((pen.term(Term::Society), society(pen)), SOCIETY_FIGURES),
        (pen.term(Term::Balance), balance(pen)).into(),
    ];
    facts.extend(tested(pen).map(|party| side(pen, party)));
    let optional: [(Term, Option<String>, &[&str]); 5] = [
        (Term::Compensation, price(pen), &["compensation.t_star"]),
        (Term::Outside, outside(pen), &[]),
        (Term::Municipalities, burdened(pen), &[]),
        (Term::SubAgreement, without_sub_agreement(pen), &[]),
        (Term::Reservations, reservations(pen), &["parameters"]),
    ];
    for (term, text, figures) in optional {
        facts.extend(text.map(|text| leading((pen.term(term), text), figures)));
    }
    document.push(Block::facts(facts));
}

/// What a reader takes with them in ten seconds: outcome and price, both sides, society.
pub fn glance(run: &Run, language: Language) -> Vec<Fact> {
    let pen = Pen::new(run, language);
    let status = pen.term(pen.model().status());
    let clarified = pen.verdict().outcome != Outcome::NotClarified;
    let mut sentences = vec![outcome(&pen)];
    sentences.extend(price(&pen));
    let mut facts: Vec<Fact> = vec![(pen.term(Term::Balance), sentences.join(" ")).into()];
    if clarified {
        let sides = tested(&pen).map(|party| {
            let label = account_label(language, party.account).to_owned();
            (label, stands(&pen, party)).into()
        });
        facts.extend(sides);
        facts.push((pen.term(Term::Society), society_briefly(&pen)).into());
    }
    facts.push((crate::report::words::annex::STATUS.text(language), status).into());
    facts
}

/// A side of the balance, and how surely it holds.
fn side(pen: &Pen, party: &PartyVerdict) -> Fact {
    let label = account_label(pen.language, party.account).to_owned();
    let key = party.account.key();
    let figures = [format!("x.{key}"), format!("probability.{key}")];
    leading((label, stands(pen, party)), &figures)
}

/// Figures in the sentences on society.
pub const SOCIETY_FIGURES: &[&str] = &["probability.society", "x.society"];

/// A fact that leads to the explanations of its figures.
pub fn leading(fact: (String, String), figures: &[impl AsRef<str>]) -> Fact {
    let fact = Fact::from(fact);
    figures.iter().fold(fact, |f, id| f.of(id.as_ref()))
}

/// Figures in the sentences on the balance: what it takes, and where the two sides stand.
pub fn balance_figures(pen: &Pen) -> Vec<String> {
    let price = price(pen).map(|_| "compensation.t_star".to_owned());
    let sides = tested(pen).flat_map(|party| {
        let key = party.account.key();
        [format!("x.{key}"), format!("probability.{key}")]
    });
    price.into_iter().chain(sides).collect()
}

fn period(pen: &Pen) -> String {
    let agreement = &pen.model().agreement;
    let mut blanks = pen.verdict().blanks.iter();
    let open = blanks.any(|blank| blank.item == "after_period");
    pen.say(Sentence::Period {
        from: agreement.period.0,
        to: agreement.period.1,
        status: pen.model().status().into(),
        after: match open {
            true => Term::AfterNotAgreed,
            false => agreement.after_period.into(),
        },
    })
}

pub fn principle(pen: &Pen) -> String {
    let rule = &pen.model().balance;
    pen.say(Sentence::Principle {
        title: pen.language.of(&rule.title),
        hash: pen.balance_hash(),
        signed_by: &joined(pen.language, &rule.signed_by),
    })
}

pub fn calculated(pen: &Pen) -> String {
    pen.say(Sentence::Calculated {
        times: &count(pen.language, pen.findings().replicates),
        price_level: pen.price_level(),
        run: pen.run_id(),
    })
}

/// What it comes to for society.
pub fn society(pen: &Pen) -> String {
    format!("{} {}", society_briefly(pen), pen.term(Term::NoHealthGain))
}

/// Extra expenditure of an account over the verdict horizon.
pub fn horizon_cost(pen: &Pen, account: Account) -> Option<Summary> {
    let findings = pen.findings();
    let mut rows = findings.present_value.iter();
    let row = rows.find(|r| r.account == account && r.years == findings.verdict_years);
    row.map(|row| cost(&row.value))
}

/// Society in two sentences.
pub fn society_briefly(pen: &Pen) -> String {
    let likely = society_likely(pen);
    let expected = horizon_cost(pen, Account::Society).map(|cost| {
        pen.say(Sentence::ExpectedOver {
            years: pen.findings().verdict_years,
            amount: &pen.amount(cost.mean, cost.mcse),
            range: &pen.range(&cost),
        })
    });
    [Some(likely), expected]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// How likely it costs the public more, or no more: whichever is likelier is said.
pub fn society_likely(pen: &Pen) -> String {
    let p = pen.verdict().society;
    if p.p >= 0.5 {
        return pen.say(Sentence::SocietyGains {
            likelihood: Likelihood::of(p.p).into(),
            count: &pen.out_of(p),
            several: pen.several,
        });
    }
    let against = against(p);
    pen.say(Sentence::SocietyLoses {
        likelihood: Likelihood::of(against.p).into(),
        count: &pen.out_of(against),
        several: pen.several,
    })
}

/// How likely it is that it is not so.
pub fn against(p: Probability) -> Probability {
    Probability {
        p: 1.0 - p.p,
        low: 1.0 - p.high,
        high: 1.0 - p.low,
        ..p
    }
}

/// The outcome by itself, or what blocks it.
pub fn outcome(pen: &Pen) -> String {
    accountability::blocked(pen).unwrap_or_else(|| pen.term(pen.verdict().outcome))
}

/// The outcome, and what would decide it.
pub fn balance(pen: &Pen) -> String {
    let blocked = accountability::blocked(pen).is_some();
    let outcome = outcome(pen);
    match would_decide(pen).filter(|_| !blocked) {
        Some(knowledge) => format!("{outcome} {knowledge}"),
        None => outcome,
    }
}

/// The two sides.
pub fn tested<'a>(pen: &Pen<'a>) -> impl Iterator<Item = &'a PartyVerdict> {
    let parties = pen.verdict().parties.iter();
    parties.filter(|party| party.standing != Standing::Shown)
}

/// The strongest assumption behind each account that cannot be decided.
pub fn would_decide(pen: &Pen) -> Option<String> {
    if pen.verdict().outcome != Outcome::Undecided {
        return None;
    }
    if tested(pen).all(|party| party.standing == Standing::Holds) {
        return Some(open_municipalities(pen));
    }
    let undecided = tested(pen).filter(|party| party.standing == Standing::Undecided);
    let strongest = |party: &PartyVerdict| {
        let mut rows = pen.findings().importance.iter();
        let row = rows.find(|row| row.account == party.account && row.share > 2.0 * row.mcse)?;
        Some(
            pen.language
                .of(&pen.model().parameter(row.parameter).label)
                .to_owned(),
        )
    };
    let mut names: Vec<String> = undecided.filter_map(strongest).collect();
    names.dedup();
    (!names.is_empty()).then(|| pen.say(Sentence::WouldDecide(&joined(pen.language, &names))))
}

/// Both sides hold, and yet it is open: the rule binds each municipality that operates.
fn open_municipalities(pen: &Pen) -> String {
    let agreement = &pen.model().agreement;
    let bound = pen.verdict().municipalities.iter();
    let bound = bound.filter(|m| agreement.start_of(m.municipality.0 as usize).is_some());
    let open = bound.clone().filter(|m| m.standing != Standing::Holds);
    pen.say(Sentence::OpenMunicipalities {
        open: open.count(),
        of: bound.count(),
    })
}

/// T* in words, where it is what balance takes.
pub fn price(pen: &Pen) -> Option<String> {
    (pen.verdict().outcome == Outcome::BalancedIfCompensated)
        .then(|| super::compensation::t_star(pen))?
}

/// How a side stands.
pub fn stands(pen: &Pen, party: &PartyVerdict) -> String {
    let cost = cost(&party.x);
    pen.say(Sentence::Stands {
        account: party.account,
        standing: party.standing,
        count: &pen.out_of(party.p_holds),
        amount: &pen.amount(cost.mean, cost.mcse),
    })
}

/// Who else bears a burden.
pub fn outside(pen: &Pen) -> Option<String> {
    let people = |party: &Party| matches!(party, Party::Citizen | Party::CivilSociety);
    let named = |of_people: bool| {
        let burdened = pen.verdict().burden_outside.iter();
        let subject = |party| account_subject(pen.language, Account::Party(party)).to_owned();
        let names: Vec<String> = burdened
            .filter(|party| people(party) == of_people)
            .map(|party| subject(*party))
            .collect();
        (!names.is_empty()).then(|| joined(pen.language, &names))
    };
    let money = named(false).map(|names| pen.say(Sentence::BurdenOutside(&names)));
    let time = named(true).map(|names| pen.say(Sentence::BurdenOfTime(&names)));
    let sentences: Vec<String> = money.into_iter().chain(time).collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

fn without_sub_agreement(pen: &Pen) -> Option<String> {
    let other = pen.without_sub_agreement()?;
    let amounts = other.present_value.iter().filter(|row| {
        matches!(
            row.account,
            Account::Party(Party::Region | Party::Municipality) | Account::Society
        )
    });
    let amount = |row: &HorizonRow| {
        let cost = cost(&row.value);
        pen.say(Sentence::Of {
            account: row.account,
            amount: &pen.amount(cost.mean, cost.mcse),
        })
    };
    let amounts: Vec<String> = amounts.map(amount).collect();
    Some(pen.say(Sentence::WithoutSubAgreement {
        outcome: other.outcome.into(),
        amounts: &joined(pen.language, &amounts),
    }))
}

/// Those that are left out are named where they are few, for the reader's sake.
const FEW: usize = 4;

fn burdened(pen: &Pen) -> Option<String> {
    let municipalities = &pen.model().world.municipalities;
    let of = municipalities.len();
    let is_burdened = |index: usize| {
        let mut burdened = pen.verdict().burdened_municipalities.iter();
        burdened.any(|id| usize::from(id.0) == index)
    };
    let (burdened, spared): (Vec<usize>, Vec<usize>) = (0..of).partition(|i| is_burdened(*i));
    let names = |indices: &[usize]| {
        let names: Vec<String> = indices
            .iter()
            .map(|i| municipalities[*i].name.clone())
            .collect();
        joined(pen.language, &names)
    };
    match (burdened.len(), spared.len()) {
        (0, _) => None,
        (_, 0) => Some(pen.say(Sentence::BurdenedAll(of))),
        (many, few) if few <= FEW && many > 2 * FEW => {
            let names = &names(&spared);
            Some(pen.say(Sentence::BurdenedExcept { names, of }))
        }
        _ => Some(pen.say(Sentence::BurdenedMunicipalities(&names(&burdened)))),
    }
}

/// What must be said with the result.
pub fn reservations(pen: &Pen) -> Option<String> {
    let mut sentences = first_reservations(pen);
    sentences.extend(accountability::reservations(pen));
    sentences.extend(assumed(pen));
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The weightiest of it: how far approval has come, and what the effect rests on.
pub fn main_reservations(pen: &Pen) -> Option<String> {
    let mut sentences = first_reservations(pen);
    sentences.extend(accountability::reservations(pen).pop());
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// What a reader must know first beside the result, in at most three sentences; approval stands
/// in the status.
pub fn main_reservation(pen: &Pen) -> Option<String> {
    let mut sentences = Vec::new();
    if pen.verdict().presupposes_sub_agreement {
        sentences.push(pen.term(Term::SubAgreementPending));
    }
    if pen.stopped_unsettled() {
        sentences.push(pen.term(Term::Unsettled));
    }
    sentences.extend(match undocumented(pen) {
        true => Some(words::UNDOCUMENTED.text(pen.language)),
        false => assumed(pen),
    });
    sentences.extend(outside(pen));
    sentences.extend(burdened(pen));
    sentences.truncate(3);
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// Whether every effect is an assumption.
pub fn undocumented(pen: &Pen) -> bool {
    let evidence = &pen.findings().accountability.evidence;
    !evidence.is_empty() && evidence.iter().all(|(grade, _)| *grade == Grade::C)
}

/// How far approval has come, and what is not approved or signed by whom.
pub fn status(pen: &Pen) -> String {
    let language = pen.language;
    let mut sentences = vec![format!("{}.", pen.term(pen.model().status()))];
    let binding = |p: &&crate::model::Parameter| p.owner.is_some();
    let all = pen.model().parameters.iter().filter(binding);
    let of = all.clone().count();
    let waiting = |party: Party| {
        let own = all.clone().filter(|p| p.owner == Some(party));
        own.filter(|p| !p.is_approved()).count()
    };
    let waits: Vec<(Party, usize)> = Party::ALL.into_iter().map(|p| (p, waiting(p))).collect();
    let open: usize = waits.iter().map(|(_, n)| n).sum();
    let subject = |party: Party| account_subject(language, Account::Party(party)).to_owned();
    if open > 0 {
        let parties = waits.iter().filter(|(_, n)| *n > 0);
        let parties = parties.map(|(party, n)| format!("{} {n}", subject(*party)));
        let parties = joined(language, &parties.collect::<Vec<_>>());
        let number = |n| count(language, n);
        sentences.push(paper::waits(language, &number(open), &number(of), &parties));
    }
    let unsigned = pen.model().unsigned_sides();
    let sides: Vec<String> = unsigned.into_iter().map(subject).collect();
    if !sides.is_empty() {
        sentences.push(paper::unsigned(language, &joined(language, &sides)));
    }
    if open == 0 && sides.is_empty() {
        sentences.push(paper::all_approved(language).to_owned());
    }
    sentences.join(" ")
}

fn first_reservations(pen: &Pen) -> Vec<String> {
    let mut sentences = Vec::new();
    match pen.model().status() {
        Status::Draft => sentences.push(pen.term(Term::IsDraft)),
        Status::Provisional => sentences.push(pen.term(Term::IsProvisional)),
        Status::Approved => {}
    }
    if pen.stopped_unsettled() {
        sentences.push(pen.term(Term::Unsettled));
    }
    sentences.extend(unapproved(pen));
    sentences
}

fn unapproved(pen: &Pen) -> Option<String> {
    let binding = pen.model().parameters.iter().filter(|p| p.owner.is_some());
    let of = binding.clone().count();
    let count = binding.filter(|p| !p.is_approved()).count();
    (count > 0).then(|| pen.say(Sentence::Unapproved { count, of }))
}

fn assumed(pen: &Pen) -> Option<String> {
    // Phases of capacity are drawn for every site; an author states none of them.
    let stated = pen
        .model()
        .parameters
        .iter()
        .filter(|p| !p.name.starts_with("phase:"));
    let of = stated.clone().count();
    let count = stated.filter(|p| p.grade == Grade::C).count();
    let counted = (count > 0).then(|| pen.say(Sentence::Assumed { count, of }))?;
    Some(match assumed_share(pen) {
        Some(share) => format!("{counted} {share}"),
        None => counted,
    })
}

/// The tested account whose uncertainty rests most on assumptions, and how much of it.
fn assumed_share(pen: &Pen) -> Option<String> {
    let shares = [Party::Region, Party::Municipality].map(|party| {
        let account = Account::Party(party);
        let rows = pen.findings().importance.iter().filter(|row| {
            row.account == account && pen.model().parameter(row.parameter).grade == Grade::C
        });
        let (share, variance) = rows.fold((0.0, 0.0), |(share, variance), row| {
            (share + row.share, variance + row.mcse * row.mcse)
        });
        (account, share, variance.sqrt())
    });
    let (account, share, error) = shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let visible = share > 2.0 * error && share > 0.01;
    visible.then(|| {
        pen.say(Sentence::AssumedShare {
            account,
            share: &pen.plain(Scale::PERCENT, share.min(1.0), error),
        })
    })
}
