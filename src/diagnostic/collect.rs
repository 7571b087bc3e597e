//! Faults gathered in one pass, settled into sorted diagnostics.

use super::{Code, Fault, Place, Sources, Span};

/// Whether a reading can go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be read as it stands.
    Error,
    /// The scenario is read; the author should look here all the same.
    Warning,
}

impl Severity {
    /// The word used in text and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// The faults raised so far, still as spans.
#[derive(Debug, Default, Clone)]
pub struct Faults {
    raised: Vec<Raised>,
}

#[derive(Debug, Clone)]
struct Raised {
    fault: Fault,
    at: Span,
    also: Vec<(Span, String)>,
}

impl Faults {
    /// Raises a fault at one place.
    pub fn raise(&mut self, at: Span, fault: Fault) {
        self.raised.push(Raised {
            fault,
            at,
            also: Vec::new(),
        });
    }

    /// Raises a fault that is only understood beside another place.
    pub fn raise_beside(&mut self, at: Span, fault: Fault, other: Span, label: impl Into<String>) {
        self.raised.push(Raised {
            fault,
            at,
            also: vec![(other, label.into())],
        });
    }

    /// True once an error, not merely a warning, has been raised.
    pub fn any_error(&self) -> bool {
        self.raised
            .iter()
            .any(|raised| raised.fault.severity() == Severity::Error)
    }

    /// How many faults stand, warnings included: lets a step see whether it raised any.
    pub fn count(&self) -> usize {
        self.raised.len()
    }

    /// Drops the faults at places that another fault already explains.
    pub fn drop_where(&mut self, explained: impl Fn(Span) -> bool) {
        self.raised.retain(|raised| !explained(raised.at));
    }

    /// Takes over the faults of a part.
    pub fn append(&mut self, other: Faults) {
        self.raised.extend(other.raised);
    }

    /// Finds line and column of every fault and sorts them: files in the order they were opened,
    /// then position, then code. The same fault at the same place is told once.
    pub fn settle(self, sources: &Sources) -> Diagnostics {
        let mut items: Vec<Diagnostic> = self
            .raised
            .into_iter()
            .map(|raised| raised.settle(sources))
            .collect();
        items.sort_by_key(|item| (item.places[0].order, item.code));
        items.dedup_by(|a, b| a.code == b.code && a.places == b.places && a.message == b.message);
        Diagnostics { items }
    }
}

impl Raised {
    fn settle(self, sources: &Sources) -> Diagnostic {
        let mut places = vec![sources.place(self.at)];
        places.extend(self.also.into_iter().map(|(span, label)| Place {
            label: Some(label),
            ..sources.place(span)
        }));
        Diagnostic {
            code: self.fault.code(),
            severity: self.fault.severity(),
            places,
            found: self.fault.found(),
            message: self.fault.message(),
            remedy: self.fault.remedy(),
        }
    }
}

/// One thing an author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable: its meaning never changes between versions.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// Never empty; the first is where the remedy applies.
    pub places: Vec<Place>,
    /// The value found, as written, where there is one.
    pub found: Option<String>,
    /// What is wrong, in the words of the trade.
    pub message: String,
    /// What to write instead.
    pub remedy: String,
}

/// What a reading has to say, sorted by file and position.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// In order of file and position.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// Number of diagnostics, warnings included.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True if there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Number of errors.
    pub fn errors(&self) -> usize {
        self.items
            .iter()
            .filter(|item| item.severity == Severity::Error)
            .count()
    }

    /// True if the scenario cannot be read as it stands.
    pub fn any_error(&self) -> bool {
        self.errors() > 0
    }
}
