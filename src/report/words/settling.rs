//! Words of settlement: rules, luck, incentives, frames, who holds a task.

use super::Language;
use crate::model::Party;
use crate::plan::Purse;

/// A fixed phrase of the settlement section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settling {
    /// Heading of the section.
    Heading,
    /// Heading of the label column of payments.
    Payment,
    /// Detail row.
    ChancePremium,
    /// Detail row.
    Outstanding,
    /// Label column of incentives.
    Margin,
    /// When capacity has followed.
    Released,
    /// Mark of a pull against society.
    Against,
    /// Explains the mark.
    AgainstNote,
    /// Label column of frames.
    Frame,
    /// Detail row.
    Exceeded,
    /// Detail row.
    Overrun,
    /// Label column of holders.
    Task,
    /// Column.
    Years,
    /// Column.
    Produces,
    /// Column.
    Operates,
    /// Column.
    Pays,
    /// Column.
    Owns,
    /// A unit that an effect avoids.
    Avoided,
    /// A unit that is moved.
    Moved,
    /// A unit that is provided.
    Provided,
    /// A unit that another operates.
    Operated,
    /// A covered person-year.
    PersonYear,
}

impl Settling {
    /// The words.
    pub fn text(self, language: Language) -> &'static str {
        let (da, en) = match self {
            Settling::Heading => ("Afregning og incitamenter", "Settlement and incentives"),
            Settling::Payment => ("Betaling", "Payment"),
            Settling::ChancePremium => ("heraf tilfældighed alene", "of which chance alone"),
            Settling::Outstanding => (
                "endnu ikke afregnet ved årets slutning",
                "not yet settled at the year's end",
            ),
            Settling::Margin => ("Én mere af det, aftalen gør", "One more of what is agreed"),
            Settling::Avoided => ("pr. undgået", "each avoided"),
            Settling::Moved => ("pr. flyttet", "each moved"),
            Settling::Provided => ("pr. leveret", "each provided"),
            Settling::Operated => ("pr. overtaget", "each taken over"),
            Settling::Released => ("når kapaciteten er fulgt med", "when capacity has followed"),
            Settling::Against => ("trækker modsat", "pulls the other way"),
            Settling::AgainstNote => (
                "Trækker modsat: parten får en udgift, hvor samfundet sparer, eller sparer, hvor samfundet får en udgift (kassetænkning).",
                "Pulls the other way: the party bears a cost where society saves, or saves where society bears a cost.",
            ),
            Settling::Frame => ("Ramme", "Frame"),
            Settling::Exceeded => ("overskrides i", "exceeded in"),
            Settling::Overrun => ("ventet overskridelse", "expected overrun"),
            Settling::Task => ("Opgave", "Task"),
            Settling::Years => ("År", "Years"),
            Settling::Produces => ("Udfører", "Produces"),
            Settling::Operates => ("Udfører med aftalen", "Operates under the agreement"),
            Settling::Pays => ("Betaler", "Pays"),
            Settling::Owns => ("Har ansvaret", "Owns"),
            Settling::PersonYear => ("pr. borger dækket et år", "each citizen covered for a year"),
        };
        match language {
            Language::Da => da,
            Language::En => en,
        }
    }

    /// Caption of the payments by year.
    pub fn payments(language: Language, unit: &str, price_level: i32) -> String {
        match language {
            Language::Da => format!(
                "Hvad hver betaling flytter mellem parternes budgetter i forhold til uændret praksis, i {unit} ({price_level}-priser, ikke diskonteret). + er fra betaler til modtager. Tilfældighed alene er, hvad reglen i gennemsnit flytter, fordi aktiviteten svinger, ud over hvad den flytter ved den ventede aktivitet."
            ),
            Language::En => format!(
                "What each payment moves between the parties' budgets compared with unchanged practice, in {unit} ({price_level} prices, undiscounted). + is from payer to payee. Chance alone is what the rule moves on average because activity varies, beyond what it moves at the expected activity."
            ),
        }
    }

    /// Caption of the incentives.
    pub fn incentives(language: Language, year: i32, price_level: i32) -> String {
        match language {
            Language::Da => format!(
                "Hvad én mere af det, aftalen gør, koster hver part efter reglerne i {year}, i kr. ({price_level}-priser, ikke diskonteret, ved middelværdier). + er merudgift, − er mindreudgift."
            ),
            Language::En => format!(
                "What one more of what the agreement does costs each party under the rules of {year}, in DKK ({price_level} prices, undiscounted, at means). + is extra expenditure, − is a saving."
            ),
        }
    }

    /// Caption of the frames.
    pub fn frames(language: Language, unit: &str, price_level: i32) -> String {
        match language {
            Language::Da => format!(
                "Ramme for merudgiften på hver parts budget pr. år i {unit} ({price_level}-priser, ikke diskonteret), tilfældigheden medregnet. + er merudgift."
            ),
            Language::En => format!(
                "Frame for extra expenditure on each party's budget a year in {unit} ({price_level} prices, undiscounted), chance included. + is extra expenditure."
            ),
        }
    }

    /// Caption of who holds a task when.
    pub fn holders(language: Language) -> &'static str {
        match language {
            Language::Da => "Hvem der har opgaven hvornår. En linje begynder, når noget skifter.",
            Language::En => "Who holds the task when. A line begins where something changes.",
        }
    }

    /// The name of a purse.
    pub fn purse(language: Language, purse: Purse) -> &'static str {
        let (da, en) = match purse {
            Purse::Party(Party::Region) => ("Region", "Region"),
            Purse::Party(Party::Gp) => ("Almen praksis", "General practice"),
            Purse::Party(Party::State) => ("Stat", "State"),
            Purse::Party(Party::Citizen) => ("Borgere", "Citizens"),
            Purse::Party(Party::CivilSociety) => ("Civilsamfund", "Civil society"),
            Purse::OwnMunicipality | Purse::Party(Party::Municipality) => {
                ("Borgerens kommune", "The citizen's municipality")
            }
            Purse::OtherMunicipalities => ("Andre kommuner", "Other municipalities"),
            Purse::Society => ("Samfund", "Society"),
        };
        match language {
            Language::Da => da,
            Language::En => en,
        }
    }
}
