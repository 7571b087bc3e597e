//! Danish sentences.

use super::sentence::{Payer, Payment, Sentence};
use super::{Amount, Direction, Language, Term, account_label, account_subject};
use crate::analysis::Account;
use crate::model::Party;
use crate::report::likelihood::OutOf;
use crate::report::number::Scale;
use crate::verdict::Standing;

/// The sentence in Danish.
pub fn text(sentence: &Sentence) -> String {
    match *sentence {
        Sentence::Period { from, to, status, after } => format!(
            "{from}–{to}, {}, {}",
            status.text(Language::Da),
            after.text(Language::Da)
        ),
        Sentence::Calculated { times, price_level, run } => format!(
            "gentaget {times} gange med forskellige forudsætninger, i {price_level}-priser, kørsel {run}"
        ),
        Sentence::Count(count, replicates) => out_of(count, replicates),
        Sentence::Expected(amount) => expected(amount),
        Sentence::Range(low, high) => range(low, high),
        Sentence::SocietyLoses {
            likelihood,
            count,
            several,
        } => format!(
            "Det er {} ({count}), at {} koster det offentlige mere i alt.",
            likelihood.text(Language::Da),
            if several { "aftalerne" } else { "aftalen" }
        ),
        Sentence::SocietyGains {
            likelihood,
            count,
            several,
        } => format!(
            "Det er {} ({count}), at {} ikke koster det offentlige mere i alt.",
            likelihood.text(Language::Da),
            if several { "aftalerne" } else { "aftalen" }
        ),
        Sentence::ExpectedOver { years, amount, range } => {
            format!("Ventet over {years} år: {amount} (80\u{a0}%-interval: {range}).")
        }
        Sentence::Stands { account, standing, count, amount } => stands(account, standing, count, amount),
        Sentence::Pays {
            total,
            per_year,
            per_unit,
        } => pays(total, per_year, per_unit),
        Sentence::OpenMunicipalities { open, of } => format!(
            "Regionen og kommunerne under ét står inden for grænsen. Det er for {open} af {of} kommuner, hver for sig, at det ikke kan afgøres."
        ),
        Sentence::WouldDecide(names) => format!("Det afgørende er at vide mere om: {names}."),
        Sentence::Principle {
            title,
            hash,
            signed_by: "",
        } => format!("{title}. Ikke underskrevet. Fil {hash}."),
        Sentence::Principle {
            title,
            hash,
            signed_by,
        } => format!("{title}. Underskrifter: {signed_by}. Fil {hash}."),
        Sentence::Tally(count) => tally(count),
        Sentence::BurdenOutside(parties) => {
            format!("En merudgift falder også på {parties}, som ikke er part i balancen.")
        }
        Sentence::BurdenOfTime(parties) => {
            format!("Et merforbrug af tid eller penge falder også på {parties}, som ikke er part i balancen.")
        }
        Sentence::BurdenedMunicipalities(names) => {
            format!("En byrde ud over det tilfældige falder på {names}.")
        }
        Sentence::Unapproved { count, of } => {
            format!("{count} af {of} forudsætninger er ikke godkendt af den part, de binder.")
        }
        Sentence::Assumed { count, of } => {
            format!("{count} af {of} forudsætninger er antagelser (karakter C).")
        }
        Sentence::AssumedShare { account, share } => format!(
            "De forklarer omkring {share}\u{a0}% af usikkerheden for {}.",
            account_subject(Language::Da, account)
        ),
        Sentence::BudgetCaption { scale, price_level } => format!(
            "Virkning på hver parts budget, år for år, i {} ({price_level}-priser, ikke diskonteret). + er merudgift, − er mindreudgift i forhold til uændret praksis.",
            unit(scale)
        ),
        Sentence::HorizonCaption { scale, price_level, from, to } => format!(
            "Samlet virkning {from}–{to} på hver parts budget i {} ({price_level}-priser, nutidsværdi i {from}). + er merudgift, − er mindreudgift i forhold til uændret praksis.",
            unit(scale)
        ),
        Sentence::LimitNote { confidence } => format!(
            "Grænse er den merudgift, som parterne på forhånd har aftalt, at en part kan bære. Holder er andelen af beregningerne inden for grænsen; den skal være mindst {confidence}\u{a0}%. Samfundet vurderes på, om udgiften ikke stiger. Hvor reglen er hverken tab eller gevinst, gælder grænsen begge veje for den, der driver opgaven. Fejl er beregningens egen standardfejl."
        ),
        Sentence::Zone(low, high) => zone(low, high),
        Sentence::Payment(sum) => payment(sum),
        Sentence::WithoutSubAgreement { outcome, amounts } => format!(
            "{} Uden den underliggende aftale: {} Ventet: {amounts}.",
            Term::SubAgreementPending.text(Language::Da),
            outcome.text(Language::Da)
        ),
        Sentence::Of { account, amount } => format!("{} {amount}", account_subject(Language::Da, account)),
        Sentence::ZoneEmpty { needed, affordable } => zone_empty(needed, affordable),
        Sentence::BurdenedAll(of) => {
            format!("En byrde ud over det tilfældige falder på alle {of} kommuner.")
        }
        Sentence::BurdenedExcept { names, of } => format!(
            "En byrde ud over det tilfældige falder på alle {of} kommuner undtagen {names}."
        ),
        Sentence::CompensationCaption { scale, price_level, unit: per } => format!(
            "Engangssummer mellem regionens og kommunernes budgetter ud over de betalinger, der allerede er aftalt, i {} ({price_level}-priser, nutidsværdi). + er fra region til kommuner.{}",
            unit(scale),
            per.map_or(String::new(), |per| format!(" Pr. enhed er kr. pr. {per}."))
        ),
        Sentence::MunicipalityCaption { years, scale, price_level } => format!(
            "Kommunernes samlede virkning på hver kommunes budget over {years} år, i kr. pr. indbygger og i {} i alt ({price_level}-priser, nutidsværdi). + er merudgift, − er mindreudgift i forhold til uændret praksis.",
            unit(scale)
        ),
        Sentence::ClusterCaption { years, scale, price_level } => format!(
            "Det samme lagt sammen til sundhedsklynger: ventet virkning på kommunernes budgetter over {years} år, i kr. pr. indbygger og i {} i alt ({price_level}-priser, nutidsværdi). + er merudgift.",
            unit(scale)
        ),
        Sentence::Spread { worst, worst_amount, best, best_amount } => format!(
            "Dårligst stillet er {worst} ({worst_amount} pr. indbygger), bedst stillet er {best} ({best_amount} pr. indbygger)."
        ),
        Sentence::IndicatorCaption => {
            "Ventet antal om året i hele området, uden og med aftalen, og forskellen mellem de to.".into()
        }
        Sentence::NotModelled(names) => format!("Ikke opgjort: {names}."),
        Sentence::LiquidityCaption { scale, price_level } => format!(
            "Hvor dybt en parts budget kan komme ned, før det vender, i {} ({price_level}-priser, ikke diskonteret). + er merudgift. Værste år er det, der ventes dyrest; I værste år er hver beregnings eget dyreste år, så tallet er højere end årets ventede. Få dårlige beregninger kan trække midlen ud over intervallet.",
            unit(scale)
        ),
        Sentence::ImportanceCaption => {
            "Hvor stor en del af usikkerheden i partens resultat hver forudsætning forklarer alene. Karakter: A er offentlig kilde, B kendt udgivelse, C antagelse. Godkendt af den part, den binder.".into()
        }
        Sentence::ChanceShare { account, share, band } => format!(
            "For {} er {share}\u{a0}% af usikkerheden tilfældige udsving (±{band}); resten er manglende viden.",
            account_subject(Language::Da, account)
        ),
        Sentence::Years(years) => format!("{years} år"),
        Sentence::PersonsCaption => "Borgere i den dækkede gruppe efter behovsniveau i udvalgte år ved uændret praksis, og forskellen med aftalen. Niveauerne giver tilsammen gruppen i befolkningstabellen.".into(),
        Sentence::LevelOf { group, level } => format!("{group}, niveau {level}"),
        Sentence::HealthCaption => "Forskel til uændret praksis i udvalgte år: borgere i live, og leveår vægtet med livskvalitet. + er flere. Flere i live bruger også ydelser; den udgift er regnet med.".into(),
        Sentence::QalyGain { years, gain, interval } => format!(
            "Over {years} år ventes {gain} QALY (80\u{a0}%-interval: {interval}), diskonteret som kronerne."
        ),
        Sentence::QalyCosts(kroner) => format!("En vundet QALY koster i middel det offentlige {kroner}"),
        Sentence::NetBenefit { worth, net } => format!(
            "Sættes en QALY til {worth}, er gevinsten fratrukket merudgiften {net} Beløbet indgår ikke i vurderingen."
        ),
        Sentence::HorizonReadingCaption { years } => format!(
            "Vurderingen læst over flere horisonter fra det første år. Den underskrevne på {years} år afgør; de andre står ved siden af."
        ),
        Sentence::GainOutside { account, years } => format!(
            "Gevinsten for {} ligger uden for perioden: den ses først, når der regnes over {years} år.",
            account_subject(Language::Da, account)
        ),
        Sentence::NoGainShown(years) => format!(
            "Inden for de {years} år, der er regnet, ventes aftalen ikke at spare det offentlige penge i alt."
        ),
        Sentence::PortfolioCaption { scale, price_level, from, to } => format!(
            "Virkning {from}–{to} på hver parts budget i {} ({price_level}-priser, nutidsværdi i {from}). + er merudgift, − er mindreudgift. En foreslået aftale måles mod aftalerne i kraft; porteføljen måles mod ingen af aftalerne. Linjerne lægger sammen til porteføljen.",
            unit(scale)
        ),
        Sentence::CumulativeCaption { scale, price_level } => format!(
            "Samlet virkning på hver parts budget fra det første år til og med året, i {} ({price_level}-priser, ikke diskonteret), alle aftaler tilsammen. + er merudgift, − er mindreudgift.",
            unit(scale)
        ),
        Sentence::InvestCaption { scale, price_level, from, to } => format!(
            "Hele porteføljens virkning på hver parts budget {from}–{to} i {} ({price_level}-priser, ikke diskonteret). + er merudgift, − er mindreudgift. Tjent hjem er det første år, fra hvilket det løbende regnskab ikke længere viser merudgift.",
            unit(scale)
        ),
        Sentence::PortfolioPeriods => "Hver aftale løber i sin egen periode og efter sin egen regel for tiden derefter. År, horisont og diskontering er fælles, og porteføljens eget balanceprincip gælder for alle vurderinger.".into(),
        Sentence::MemberPeriod { title, from, to, after } => {
            format!("{title} ({from}–{to}, {})", after.text(Language::Da))
        }
        Sentence::BlankOf { agreement, blank } => format!("{agreement}: {blank}"),
        Sentence::Memo { account, what, amount, from, to } => format!(
            "{}: {}, {amount} i alt {from}–{to}.",
            account_label(Language::Da, account),
            what.text(Language::Da)
        ),
        Sentence::HorizonsCaption { scale, price_level, from } => format!(
            "Samlet virkning på hver parts budget over flere horisonter, i {} ({price_level}-priser, nutidsværdi i {from}). + er merudgift, − er mindreudgift.",
            unit(scale)
        ),
        Sentence::GpCaption { scale, price_level } => format!(
            "Almen praksis, forskel til uændret praksis, i {} ({price_level}-priser, ikke diskonteret) og antal ydelser. + er mere.",
            unit(scale)
        ),
        Sentence::RobustnessCaption => {
            "Vurderingen ovenfor følger den regel, parterne har underskrevet. Andre definitioner til sammenligning.".into()
        }
        Sentence::Kroner(digits, scale) => kroner(digits, scale),
        Sentence::EffectInYear(year) => format!("virkning på budgettet i {year}"),
        Sentence::EffectOver { from, to } => format!("samlet virkning {from}–{to}"),
        Sentence::DifferenceInYear(year) => format!("forskel i {year}"),
        Sentence::ExplainedKroner { scale, price_level } => format!(
            "Bidragene i {} ({price_level}-priser). De giver tilsammen tallet. + er merudgift, − er mindreudgift i forhold til uændret praksis.",
            unit(scale)
        ),
        Sentence::ExplainedUnits => "Bidragene i antal. De giver tilsammen tallet.".into(),
        Sentence::ComparisonCaption { scale, price_level } => format!(
            "Samlet virkning over vurderingens år i {} ({price_level}-priser, nutidsværdi), og hvad hver ændring for sig flytter, på de samme 4.096 gentagelser (et kørt resultat har flere). + er merudgift, − er mindreudgift i forhold til uændret praksis.",
            unit(scale)
        ),
        Sentence::TableDiffers(path) => format!("{path}: tabellens indhold"),
        Sentence::MadeWith(places) => format!(" (sammen med {places})"),
        Sentence::MoreTerms(more) => format!("og {more} led mere"),
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
            let prices = price_year.map_or(String::new(), |year| format!(", {year}-priser"));
            format!(
                "{label}: {value} ({unit}{prices}). Karakter {grade}, binder {}. Kilde: {source}. Står i {file}, linje {line}.",
                owner.to_lowercase()
            )
        }
        Sentence::Blank { words, file, line } => match line {
            0 => format!("{words} ({file})"),
            _ => format!("{words} ({file}, linje {line})"),
        },
    }
}

fn out_of(count: OutOf, replicates: &str) -> String {
    match count {
        OutOf::All(_) => format!("alle {replicates} beregninger"),
        OutOf::None(_) => format!("ingen af {replicates} beregninger"),
        count => format!("{} beregninger", tally(count)),
    }
}

fn tally(count: OutOf) -> String {
    match count {
        OutOf::Hits(hits, of) => format!("{hits}\u{a0}ud\u{a0}af\u{a0}{of}"),
        OutOf::MoreThan(hits, of) => format!("flere end {hits}\u{a0}ud\u{a0}af\u{a0}{of}"),
        OutOf::FewerThan(hits, of) => format!("færre end {hits}\u{a0}ud\u{a0}af\u{a0}{of}"),
        OutOf::All(_) => "alle".into(),
        OutOf::None(_) => "ingen".into(),
    }
}

fn pays(total: &Payment, per_year: &str, per_unit: Option<(&str, &str)>) -> String {
    let (from, to) = match total.payer {
        Payer::Region => ("Regionen", "kommunerne"),
        Payer::Municipalities => ("Kommunerne", "regionen"),
        Payer::Nobody => return Term::NoneNeeded.text(Language::Da).into(),
    };
    let sum = kroner(&total.digits, total.scale);
    let unit = per_unit.map_or(String::new(), |(sum, unit)| {
        format!(" eller {sum} pr. {unit}")
    });
    format!("{from} betaler {to} {sum} i nutidsværdi, svarende til {per_year} om året{unit}.")
}

fn zone_empty(needed: &Payment, affordable: &Payment) -> String {
    let sum = |payment: &Payment| kroner(&payment.digits, payment.scale);
    let municipalities = match needed.payer {
        Payer::Region => format!("kommunerne skal mindst have {}", sum(needed)),
        Payer::Municipalities => format!("kommunerne kan højst betale {}", sum(needed)),
        Payer::Nobody => "kommunerne kan intet betale".into(),
    };
    let region = match affordable.payer {
        Payer::Region => format!("regionen kan højst betale {}", sum(affordable)),
        Payer::Municipalities => format!("regionen skal selv mindst have {}", sum(affordable)),
        Payer::Nobody => "regionen kan intet betale".into(),
    };
    format!(
        "Ingen engangssum kan holde begge parter inden for grænsen: {municipalities}, og {region}."
    )
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
            format!("{low} og {high}{}", direction(payer))
        }
        None => format!("{} og {}", payment(low), payment(high)),
    };
    format!("Enhver engangssum mellem {ends} holder både region og kommuner inden for grænsen.")
}

fn expected(amount: &Amount) -> String {
    let kroner = kroner(&amount.digits, amount.scale);
    match amount.direction {
        Direction::Extra => format!("merudgift {kroner}"),
        Direction::Less => format!("mindreudgift {kroner}"),
        Direction::Unchanged => "uændret udgift".into(),
    }
}

fn range(low: &Amount, high: &Amount) -> String {
    use Direction::{Extra, Less};
    let unit = unit(high.scale);
    match (low.direction, high.direction) {
        (Extra, Extra) => format!("merudgift {} til {} {unit}", low.digits, high.digits),
        (Less, Less) => format!("mindreudgift {} til {} {unit}", high.digits, low.digits),
        _ => format!("{} til {}", expected(low), expected(high)),
    }
}

fn stands(account: Account, standing: Standing, count: &str, amount: &str) -> String {
    let who = account_subject(Language::Da, account);
    let whom = capital(who);
    let them = if account == Account::Party(Party::Municipality) {
        "de"
    } else {
        "den"
    };
    match standing {
        Standing::Holds => {
            format!("{whom} holder sig inden for grænsen i {count} (ventet {amount}).")
        }
        Standing::Burdened => format!(
            "Byrden ligger hos {who}: {them} holder sig inden for grænsen i {count} (ventet {amount})."
        ),
        Standing::Undecided | Standing::TooSmall => {
            format!("For {who} kan det ikke afgøres: grænsen holder i {count} (ventet {amount}).")
        }
        Standing::Profits => format!(
            "{whom} tjener på opgaven ud over det aftalte: betalingen dækker udgiften inden for grænsen i {count} (ventet {amount})."
        ),
        Standing::Loses => format!(
            "{whom} taber på opgaven ud over det aftalte: betalingen dækker udgiften inden for grænsen i {count} (ventet {amount})."
        ),
        Standing::Shown => format!("{whom}: ventet {amount}."),
    }
}

fn payment(payment: &Payment) -> String {
    let sum = kroner(&payment.digits, payment.scale);
    format!("{sum}{}", direction(payment.payer))
}

fn direction(payer: Payer) -> &'static str {
    match payer {
        Payer::Region => " fra regionen til kommunerne",
        Payer::Municipalities => " fra kommunerne til regionen",
        Payer::Nobody => "",
    }
}

fn kroner(digits: &str, scale: Scale) -> String {
    format!("{digits}\u{a0}{}", unit(scale))
}

pub fn unit(scale: Scale) -> &'static str {
    match scale.unit {
        6 => "mio.\u{a0}kr.",
        3 => "1.000\u{a0}kr.",
        _ => "kr.",
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
