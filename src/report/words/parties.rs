//! What the accounts are called.

use super::Language;
use crate::analysis::Account;
use crate::model::Party;

/// An account's name at the head of a row.
pub fn account_label(language: Language, account: Account) -> &'static str {
    use Language::{Da, En};
    match (account, language) {
        (Account::Party(Party::Region), Da) => "Regionen",
        (Account::Party(Party::Region), En) => "The region",
        (Account::Party(Party::Municipality), Da) => "Kommunerne under ét",
        (Account::Party(Party::Municipality), En) => "The municipalities together",
        (Account::Party(Party::Gp), Da) => "Almen praksis",
        (Account::Party(Party::Gp), En) => "General practice",
        (Account::Party(Party::State), Da) => "Staten",
        (Account::Party(Party::State), En) => "The state",
        (Account::Party(Party::Citizen), Da) => "Borgerne",
        (Account::Party(Party::Citizen), En) => "Citizens",
        (Account::Party(Party::CivilSociety), Da) => "Civilsamfundet",
        (Account::Party(Party::CivilSociety), En) => "Civil society",
        (Account::Society, Da) => "Samfundet",
        (Account::Society, En) => "Society",
    }
}

/// An account inside a sentence.
pub fn account_subject(language: Language, account: Account) -> &'static str {
    use Language::{Da, En};
    match (account, language) {
        (Account::Party(Party::Region), Da) => "regionen",
        (Account::Party(Party::Region), En) => "the region",
        (Account::Party(Party::Municipality), Da) => "kommunerne",
        (Account::Party(Party::Municipality), En) => "the municipalities",
        (Account::Party(Party::Gp), Da) => "almen praksis",
        (Account::Party(Party::Gp), En) => "general practice",
        (Account::Party(Party::State), Da) => "staten",
        (Account::Party(Party::State), En) => "the state",
        (Account::Party(Party::Citizen), Da) => "borgerne",
        (Account::Party(Party::Citizen), En) => "citizens",
        (Account::Party(Party::CivilSociety), Da) => "civilsamfundet",
        (Account::Party(Party::CivilSociety), En) => "civil society",
        (Account::Society, Da) => "samfundet",
        (Account::Society, En) => "society",
    }
}

/// "a", "a og b", "a, b og c".
pub fn joined(language: Language, items: &[String]) -> String {
    let and = match language {
        Language::Da => " og ",
        Language::En => " and ",
    };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{}{and}{last}", most.join(", ")),
    }
}
