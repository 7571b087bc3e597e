//! Parties: who can produce, pay for or own a task.

/// A party to the account. Each municipality is its own party; which one a
/// [`Party::Municipality`] posting belongs to is the entry's municipality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// Hospitals, psychiatry, and the purse that pays general practice.
    Region,
    /// The citizen's municipality of residence.
    Municipality,
    /// Private clinics of general practice.
    Gp,
    /// The state.
    State,
    /// The citizen's own time, travel and payment.
    Citizen,
    /// Volunteers and associations.
    CivilSociety,
}

impl Party {
    /// All parties, in the order of every table.
    pub const ALL: [Party; 6] = [
        Party::Region,
        Party::Municipality,
        Party::Gp,
        Party::State,
        Party::Citizen,
        Party::CivilSociety,
    ];

    /// The key in scenario files and results.
    pub fn key(self) -> &'static str {
        match self {
            Party::Region => "region",
            Party::Municipality => "municipality",
            Party::Gp => "gp",
            Party::State => "state",
            Party::Citizen => "citizen",
            Party::CivilSociety => "civil_society",
        }
    }

    /// The party with this key.
    pub fn from_key(key: &str) -> Option<Party> {
        Party::ALL.into_iter().find(|p| p.key() == key)
    }

    /// Position in [`Party::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }
}

/// Something that holds from a year on, until the next entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated<T> {
    /// (first year, value), ascending, never empty.
    entries: Vec<(i32, T)>,
}

impl<T: Copy + PartialEq> Dated<T> {
    /// One value for all time.
    pub fn always(value: T) -> Self {
        Dated {
            entries: vec![(i32::MIN, value)],
        }
    }

    /// Values by first year; `None` if empty or not strictly ascending.
    pub fn new(entries: Vec<(i32, T)>) -> Option<Self> {
        let ascending = entries.windows(2).all(|w| w[0].0 < w[1].0);
        (!entries.is_empty() && ascending).then_some(Dated { entries })
    }

    /// The value in a year; before the first entry, the first.
    pub fn at(&self, year: i32) -> T {
        let later = self.entries.iter().rev().find(|(from, _)| *from <= year);
        later.unwrap_or(&self.entries[0]).1
    }

    /// The entries as (first year, value).
    pub fn entries(&self) -> &[(i32, T)] {
        &self.entries
    }
}

/// Whose account: one party (all municipalities together), or society.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// A party; [`Party::Municipality`] is the municipalities together.
    Party(Party),
    /// Resource use of all parties; no transfer enters it.
    Society,
}

impl Account {
    /// Every account in table order. Society counts public cash: region, municipalities, general
    /// practice and state; citizens and volunteers are shown, in the extended view.
    pub const ALL: [Account; 7] = [
        Account::Party(Party::Region),
        Account::Party(Party::Municipality),
        Account::Party(Party::Gp),
        Account::Party(Party::State),
        Account::Party(Party::Citizen),
        Account::Party(Party::CivilSociety),
        Account::Society,
    ];

    /// The key in results.
    pub fn key(self) -> &'static str {
        match self {
            Account::Party(party) => party.key(),
            Account::Society => "society",
        }
    }

    /// Position in [`Account::ALL`].
    pub fn index(self) -> usize {
        match self {
            Account::Party(party) => party.index(),
            Account::Society => 6,
        }
    }

    /// Whether a posting on `party` belongs to this account; `resource` tells whether it is one.
    pub fn holds(self, party: Party, resource: bool) -> bool {
        match self {
            Account::Party(own) => own == party,
            Account::Society => resource && !matches!(party, Party::Citizen | Party::CivilSociety),
        }
    }
}
