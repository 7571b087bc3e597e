//! English sentences.

use super::sentence::{Payer, Payment, Sentence};
use super::{Amount, Direction, Language, Term, account_label, account_subject};
use crate::analysis::Account;
use crate::report::likelihood::OutOf;
use crate::report::number::Scale;
use crate::verdict::Standing;

/// The sentence in English.
pub fn text(sentence: &Sentence) -> String {
    match *sentence {
        Sentence::Period { from, to, status, after } => format!(
            "{from}–{to}, {}, {}",
            status.text(Language::En),
            after.text(Language::En)
        ),
        Sentence::Calculated { times, price_level, run } => format!(
            "repeated {times} times with different assumptions, in {price_level} prices, run {run}"
        ),
        Sentence::Count(count, replicates) => out_of(count, replicates),
        Sentence::Expected(amount) => expected(amount),
        Sentence::Range(low, high) => range(low, high),
        Sentence::SocietyLoses {
            likelihood,
            count,
            several,
        } => format!(
            "It is {} ({count}) that {} the public more in total.",
            likelihood.text(Language::En),
            if several { "the agreements cost" } else { "the agreement costs" }
        ),
        Sentence::SocietyGains {
            likelihood,
            count,
            several,
        } => format!(
            "It is {} ({count}) that {} the public no more in total.",
            likelihood.text(Language::En),
            if several { "the agreements cost" } else { "the agreement costs" }
        ),
        Sentence::ExpectedOver { years, amount, range } => {
            format!("Expected over {years} years: {amount} (80\u{a0}% interval: {range}).")
        }
        Sentence::Stands { account, standing, count, amount } => stands(account, standing, count, amount),
        Sentence::Pays {
            total,
            per_year,
            per_unit,
        } => pays(total, per_year, per_unit),
        Sentence::OpenMunicipalities { open, of } => format!(
            "The region and the municipalities together are within the limit. It is for {open} of {of} municipalities, each on its own, that it cannot be decided."
        ),
        Sentence::WouldDecide(names) => format!("Knowing more about this would decide: {names}."),
        Sentence::Principle {
            title,
            hash,
            signed_by: "",
        } => format!("{title}. Not signed. File {hash}."),
        Sentence::Principle {
            title,
            hash,
            signed_by,
        } => format!("{title}. Signatures: {signed_by}. File {hash}."),
        Sentence::Tally(count) => tally(count),
        Sentence::BurdenOutside(parties) => {
            format!("Extra expenditure also falls on {parties}, outside the two-party balance.")
        }
        Sentence::BurdenOfTime(parties) => {
            format!("More use of time or money also falls on {parties}, outside the two-party balance.")
        }
        Sentence::BurdenedMunicipalities(names) => {
            format!("A burden beyond chance falls on {names}.")
        }
        Sentence::Unapproved { count, of } => {
            format!("{count} of {of} assumptions are not approved by the party they bind.")
        }
        Sentence::Assumed { count, of } => {
            format!("{count} of {of} inputs are assumptions (grade C).")
        }
        Sentence::AssumedShare { account, share } => format!(
            "They explain about {share}\u{a0}% of the uncertainty for {}.",
            account_subject(Language::En, account)
        ),
        Sentence::BudgetCaption { scale, price_level } => format!(
            "Effect on each party's budget, year by year, in {} ({price_level} prices, undiscounted). + is extra expenditure, − is a saving, compared with unchanged practice.",
            unit(scale)
        ),
        Sentence::HorizonCaption { scale, price_level, from, to } => format!(
            "Total effect {from}–{to} on each party's budget in {} ({price_level} prices, present value in {from}). + is extra expenditure, − is a saving, compared with unchanged practice.",
            unit(scale)
        ),
        Sentence::LimitNote { confidence } => format!(
            "The limit is the extra expenditure that the parties agreed beforehand a party can bear. Holds is the share of calculations within it; it must be at least {confidence}\u{a0}%. Society is judged by whether expenditure does not rise. Where the rule is neither loss nor profit, the limit holds both ways for the one who operates the task. Error is the calculation's own standard error."
        ),
        Sentence::Zone(low, high) => zone(low, high),
        Sentence::Payment(sum) => payment(sum),
        Sentence::WithoutSubAgreement { outcome, amounts } => format!(
            "{} Without the sub-agreement: {} Expected: {amounts}.",
            Term::SubAgreementPending.text(Language::En),
            outcome.text(Language::En)
        ),
        Sentence::Of { account, amount } => format!("{} {amount}", account_subject(Language::En, account)),
        Sentence::ZoneEmpty { needed, affordable } => zone_empty(needed, affordable),
        Sentence::BurdenedAll(of) => {
            format!("A burden beyond chance falls on all {of} municipalities.")
        }
        Sentence::BurdenedExcept { names, of } => {
            format!("A burden beyond chance falls on all {of} municipalities except {names}.")
        }
        Sentence::CompensationCaption { scale, price_level, unit: per } => format!(
            "Lump sums between the budgets of the region and the municipalities in addition to the payments already agreed, in {} ({price_level} prices, present value). + is from region to municipalities.{}",
            unit(scale),
            per.map_or(String::new(), |per| format!(" Per unit is DKK per {per}."))
        ),
        Sentence::MunicipalityCaption { years, scale, price_level } => format!(
            "The municipalities' total effect on each one's budget over {years} years, in DKK per inhabitant and in {} in total ({price_level} prices, present value). + is extra expenditure, − is a saving, compared with unchanged practice.",
            unit(scale)
        ),
        Sentence::ClusterCaption { years, scale, price_level } => format!(
            "The same added up to health clusters: expected effect on the municipalities' budgets over {years} years, in DKK per inhabitant and in {} in total ({price_level} prices, present value). + is extra expenditure.",
            unit(scale)
        ),
        Sentence::Spread { worst, worst_amount, best, best_amount } => format!(
            "Worst off is {worst} ({worst_amount} per inhabitant), best off is {best} ({best_amount} per inhabitant)."
        ),
        Sentence::IndicatorCaption => {
            "Expected number a year in the whole area, without and with the agreement, and the difference.".into()
        }
        Sentence::NotModelled(names) => format!("Not modelled: {names}."),
        Sentence::LiquidityCaption { scale, price_level } => format!(
            "How deep a party's budget can sink before it turns, in {} ({price_level} prices, undiscounted). + is extra expenditure. The worst year is the one expected to cost most; the figure is each calculation's own worst year, so it is higher than that year's expectation. A few bad calculations can pull the mean beyond the interval.",
            unit(scale)
        ),
        Sentence::ImportanceCaption => {
            "How much of the uncertainty in the party's result each assumption explains by itself. Grade: A is a public source, B a known publication, C an assumption. Approved by the party it binds.".into()
        }
        Sentence::ChanceShare { account, share, band } => format!(
            "For {}, {share}\u{a0}% of the uncertainty is chance (±{band}); the rest is lack of knowledge.",
            account_subject(Language::En, account)
        ),
        Sentence::PortfolioCaption { scale, price_level, from, to } => format!(
            "Effect {from}–{to} on each party's budget in {} ({price_level} prices, present value in {from}). + is extra expenditure, − is a saving. A proposed agreement is measured against the agreements in force; the portfolio is measured against none of them. The lines add up to the portfolio.",
            unit(scale)
        ),
        Sentence::CumulativeCaption { scale, price_level } => format!(
            "Total effect on each party's budget from the first year to the end of the year, in {} ({price_level} prices, undiscounted), all agreements together. + is extra expenditure, − is a saving.",
            unit(scale)
        ),
        Sentence::InvestCaption { scale, price_level, from, to } => format!(
            "The whole portfolio's effect on each party's budget {from}–{to} in {} ({price_level} prices, undiscounted). + is extra expenditure, − is a saving. Paid back is the first year from which the running account shows no extra expenditure.",
            unit(scale)
        ),
        Sentence::PortfolioPeriods => "Each agreement runs in its own period and by its own rule for the time after it. Years, horizon and discounting are common, and the portfolio's own balance principle holds for every assessment.".into(),
        Sentence::MemberPeriod { title, from, to, after } => {
            format!("{title} ({from}–{to}, {})", after.text(Language::En))
        }
        Sentence::BlankOf { agreement, blank } => format!("{agreement}: {blank}"),
        Sentence::Years(1) => "1 year".into(),
        Sentence::Years(years) => format!("{years} years"),
        Sentence::PersonsCaption => "Citizens of the covered group by need level in selected years under unchanged practice, and the difference with the agreement. The levels add up to the group in the population table.".into(),
        Sentence::LevelOf { group, level } => format!("{group}, level {level}"),
        Sentence::HealthCaption => "Difference from unchanged practice in selected years: citizens alive, and life years weighted by quality of life. + is more. Those who are alive use services too; that cost is counted.".into(),
        Sentence::QalyGain { years, gain, interval } => format!(
            "Over {years} years {gain} QALYs are expected (80\u{a0}% interval: {interval}), discounted as the kroner are."
        ),
        Sentence::QalyCosts(kroner) => format!("A QALY gained costs the public {kroner} on average."),
        Sentence::NetBenefit { worth, net } => format!(
            "With a QALY at {worth} the gain less the extra expenditure is {net}. The amount does not enter the verdict."
        ),
        Sentence::HorizonReadingCaption { years } => format!(
            "The verdict read over several horizons from the first year. The signed one of {years} years decides; the others stand beside it."
        ),
        Sentence::GainOutside { account, years } => format!(
            "The gain of {} lies outside the period: it shows only when {years} years are counted.",
            account_subject(Language::En, account)
        ),
        Sentence::NoGainShown(years) => format!(
            "Within the {years} years computed the agreement is not expected to save the public money in all."
        ),
        Sentence::Memo { account, what, amount, from, to } => format!(
            "{}: {}, {amount} in total {from}–{to}.",
            account_label(Language::En, account),
            what.text(Language::En)
        ),
        Sentence::HorizonsCaption { scale, price_level, from } => format!(
            "Total effect on each party's budget over several horizons, in {} ({price_level} prices, present value in {from}). + is extra expenditure, − is a saving.",
            unit(scale)
        ),
        Sentence::GpCaption { scale, price_level } => format!(
            "General practice, difference from unchanged practice, in {} ({price_level} prices, undiscounted) and units. + is more.",
            unit(scale)
        ),
        Sentence::RobustnessCaption => {
            "The assessment above follows the rule that the parties have signed. Other definitions for comparison.".into()
        }
        Sentence::Kroner(digits, scale) => kroner(digits, scale),
        Sentence::EffectInYear(year) => format!("effect on the budget in {year}"),
        Sentence::EffectOver { from, to } => format!("total effect {from}–{to}"),
        Sentence::DifferenceInYear(year) => format!("difference in {year}"),
        Sentence::ExplainedKroner { scale, price_level } => format!(
            "The contributions in {} ({price_level} prices). They add up to the figure. + is extra expenditure, − is a saving, compared with unchanged practice.",
            unit(scale)
        ),
        Sentence::ExplainedUnits => "The contributions in units. They add up to the figure.".into(),
        Sentence::ComparisonCaption { scale, price_level } => format!(
            "Total effect over the verdict's years in {} ({price_level} prices, present value), and what each change by itself moves, on the same 4,096 replicates (a run has more). + is extra expenditure, − is a saving, compared with unchanged practice.",
            unit(scale)
        ),
        Sentence::TableDiffers(path) => format!("{path}: the content of the table"),
        Sentence::MadeWith(places) => format!(" (with {places})"),
        Sentence::MoreTerms(more) => format!("and {more} more terms"),
        Sentence::Parameter {
            label,
            value,
            unit,
            price_year,
            grade,
            owner,
            source,
            file,
            line,
        } => {
            let prices = price_year.map_or(String::new(), |year| format!(", {year} prices"));
            format!(
                "{label}: {value} ({unit}{prices}). Grade {grade}, binds {}. Source: {source}. Stated in {file}, line {line}.",
                owner.to_lowercase()
            )
        }
        Sentence::Blank { words, file, line } => match line {
            0 => format!("{words} ({file})"),
            _ => format!("{words} ({file}, line {line})"),
        },
    }
}

fn out_of(count: OutOf, replicates: &str) -> String {
    match count {
        OutOf::All(_) => format!("all {replicates} calculations"),
        OutOf::None(_) => format!("none of {replicates} calculations"),
        count => format!("{} calculations", tally(count)),
    }
}

fn tally(count: OutOf) -> String {
    match count {
        OutOf::Hits(hits, of) => format!("{hits}\u{a0}of\u{a0}{of}"),
        OutOf::MoreThan(hits, of) => format!("more than {hits}\u{a0}of\u{a0}{of}"),
        OutOf::FewerThan(hits, of) => format!("fewer than {hits}\u{a0}of\u{a0}{of}"),
        OutOf::All(_) => "all".into(),
        OutOf::None(_) => "none".into(),
    }
}

fn pays(total: &Payment, per_year: &str, per_unit: Option<(&str, &str)>) -> String {
    let (from, to) = match total.payer {
        Payer::Region => ("The region pays", "the municipalities"),
        Payer::Municipalities => ("The municipalities pay", "the region"),
        Payer::Nobody => return Term::NoneNeeded.text(Language::En).into(),
    };
    let sum = kroner(&total.digits, total.scale);
    let unit = per_unit.map_or(String::new(), |(sum, unit)| format!(" or {sum} per {unit}"));
    format!("{from} {to} {sum} in present value, that is {per_year} a year{unit}.")
}

fn zone_empty(needed: &Payment, affordable: &Payment) -> String {
    let sum = |payment: &Payment| kroner(&payment.digits, payment.scale);
    let municipalities = match needed.payer {
        Payer::Region => format!("the municipalities need at least {}", sum(needed)),
        Payer::Municipalities => format!("the municipalities can pay at most {}", sum(needed)),
        Payer::Nobody => "the municipalities can pay nothing".into(),
    };
    let region = match affordable.payer {
        Payer::Region => format!("the region can pay at most {}", sum(affordable)),
        Payer::Municipalities => format!("the region itself needs at least {}", sum(affordable)),
        Payer::Nobody => "the region can pay nothing".into(),
    };
    format!("No lump sum keeps both parties within their limits: {municipalities}, and {region}.")
}

fn zone(low: &Payment, high: &Payment) -> String {
    let ends = match low.common(high) {
        Some(payer) => {
            let (low, high) = match payer {
                Payer::Municipalities => (high, low),
                Payer::Region | Payer::Nobody => (low, high),
            };
            let (low, high) = (
                kroner(&low.digits, low.scale),
                kroner(&high.digits, high.scale),
            );
            format!("{low} and {high}{}", direction(payer))
        }
        None => format!("{} and {}", payment(low), payment(high)),
    };
    format!("Any lump sum between {ends} keeps both region and municipalities within their limits.")
}

fn expected(amount: &Amount) -> String {
    let kroner = kroner(&amount.digits, amount.scale);
    match amount.direction {
        Direction::Extra => format!("extra expenditure of {kroner}"),
        Direction::Less => format!("saving of {kroner}"),
        Direction::Unchanged => "unchanged expenditure".into(),
    }
}

fn range(low: &Amount, high: &Amount) -> String {
    use Direction::{Extra, Less};
    let both = |from: &str, to: &str| kroner(&format!("{from} to {to}"), high.scale);
    match (low.direction, high.direction) {
        (Extra, Extra) => format!("extra expenditure of {}", both(&low.digits, &high.digits)),
        (Less, Less) => format!("saving of {}", both(&high.digits, &low.digits)),
        _ => format!("{} to {}", expected(low), expected(high)),
    }
}

fn stands(account: Account, standing: Standing, count: &str, amount: &str) -> String {
    let who = account_subject(Language::En, account);
    let whom = capital(who);
    match standing {
        Standing::Holds => format!("Within the limit for {who} in {count} (expected {amount})."),
        Standing::Burdened => {
            format!("The burden lies with {who}: within the limit in {count} (expected {amount}).")
        }
        Standing::Undecided | Standing::TooSmall => format!(
            "For {who} it cannot be decided: within the limit in {count} (expected {amount})."
        ),
        Standing::Profits => format!(
            "A profit beyond what was agreed for {who}: payment covers cost within the limit in {count} (expected {amount})."
        ),
        Standing::Loses => format!(
            "A loss beyond what was agreed for {who}: payment covers cost within the limit in {count} (expected {amount})."
        ),
        Standing::Shown => format!("{whom}: expected {amount}."),
    }
}

fn payment(payment: &Payment) -> String {
    let sum = kroner(&payment.digits, payment.scale);
    format!("{sum}{}", direction(payment.payer))
}

fn direction(payer: Payer) -> &'static str {
    match payer {
        Payer::Region => " from the region to the municipalities",
        Payer::Municipalities => " from the municipalities to the region",
        Payer::Nobody => "",
    }
}

fn kroner(digits: &str, scale: Scale) -> String {
    match scale.unit {
        6 => format!("DKK\u{a0}{digits}\u{a0}million"),
        3 => format!("DKK\u{a0}{digits},000"),
        _ => format!("DKK\u{a0}{digits}"),
    }
}

pub fn unit(scale: Scale) -> &'static str {
    match scale.unit {
        6 => "DKK\u{a0}million",
        3 => "DKK\u{a0}1,000",
        _ => "DKK",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
