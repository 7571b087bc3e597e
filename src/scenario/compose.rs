//! The files of a scenario, laid over each other.
//!
//! ```text
//! agreement.toml ─extends→ … (agreements)
//!    ├─ world ──→ world.toml ─extends→ … (worlds)
//!    └─ balance → balanceprincip.toml
//!
//! what holds:  world of worlds extended < world < agreements extended < agreement < #variant
//! ```
//!
//! *Promise:* every key keeps the file and line it was written at; a circle is an error that
//! shows the whole chain.
//! *Absent:* what the keys mean together; that is the business of `check`.

use std::path::Path;

use super::grammar::{
    AGREEMENT, BALANCE, PARAMETER, PORTFOLIO, Record, WORLD, Walk, lay, missing_keys,
};
use super::near::nearest;
pub use super::portfolio::Named;
use super::source::{Form, Library, Opened, Reach};
use super::tree::{Node, Parsed, Table, Value, parse};
use crate::diagnostic::{Fault, Faults, Span};

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `agreement.toml`
    Agreement,
    /// `world.toml`
    World,
    /// `balanceprincip.toml`
    Balance,
    /// `portfolio.toml`
    Portfolio,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Agreement, Kind::World, Kind::Balance, Kind::Portfolio];

    /// The word in `kind`.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Agreement => "agreement",
            Kind::World => "world",
            Kind::Balance => "balance",
            Kind::Portfolio => "portfolio",
        }
    }

    fn from_key(key: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The file a folder of this kind holds.
    fn main(self) -> &'static str {
        match self {
            Kind::Agreement => "agreement.toml",
            Kind::World => "world.toml",
            Kind::Balance => "balanceprincip.toml",
            Kind::Portfolio => "portfolio.toml",
        }
    }

    fn record(self) -> &'static Record {
        match self {
            Kind::Agreement => &AGREEMENT,
            Kind::World => &WORLD,
            Kind::Balance => &BALANCE,
            Kind::Portfolio => &PORTFOLIO,
        }
    }
}

/// A chain of files laid together.
#[derive(Debug, Clone)]
pub struct Layered {
    /// The keys that hold.
    pub table: Table,
    /// The first byte of the topmost file: where its missing keys are told.
    pub head: Span,
    /// The folder of the topmost file: its name is the scenario's or the world's.
    pub name: String,
    /// Every file of the chain was read. If not, what is missing cannot be told from what was
    /// not read, so nothing is said about it.
    pub whole: bool,
}

/// Everything a scenario consists of, not yet checked.
#[derive(Debug)]
pub struct Composed {
    /// The files, their texts and hashes.
    pub library: Library,
    /// What the path named.
    pub kind: Option<Kind>,
    /// The agreement, if the path named one.
    pub agreement: Option<Layered>,
    /// The world.
    pub world: Option<Layered>,
    /// The balance principle.
    pub balance: Option<Layered>,
    /// Where the file begins that the path named.
    pub head: Option<Span>,
}

/// Reads the file a path names and all files it rests on; `variant` is laid over the agreement.
pub fn compose(path: &Path, variant: Option<&str>, faults: &mut Faults) -> Composed {
    let mains = Kind::ALL.map(Kind::main);
    let (library, opened) = Library::open(path, &mains, faults);
    let mut composing = Composing { library, faults };
    let mut layers = [None, None, None, None];
    let mut kind = None;
    let mut head = None;
    if let Some(opened) = opened {
        let parsed = composing.parse(&opened);
        head = Some(parsed.root.span);
        kind = composing.kind_of(&parsed);
        if let Some(kind) = kind {
            let layered = composing.chain(kind, opened, parsed, &mut Vec::new());
            layers[kind as usize] = Some(layered);
        }
    }
    if let Some(agreement) = &mut layers[0] {
        if let Some(name) = variant {
            composing.lay_variant(agreement, name);
        }
        let named = agreement.clone();
        layers[1] = composing.follow(&named, "world", Kind::World);
        layers[2] = composing.follow(&named, "balance", Kind::Balance);
    }
    let Composing { library, faults } = composing;
    let [agreement, world, _, _] = &mut layers;
    if let (Some(agreement), Some(world)) = (agreement, world) {
        complete_parameters(agreement, world);
    }
    let orphan = layers[0].is_some() && !layers[1].as_ref().is_some_and(|world| world.whole);
    for (kind, layered) in Kind::ALL.into_iter().zip(&layers) {
        if let Some(layered) = layered.as_ref().filter(|layered| layered.whole) {
            let mut table = layered.table.clone();
            if orphan {
                // What its parameters leave out may stand in the world that could not be read.
                table.entries.retain(|entry| entry.key != "parameter");
            }
            missing_keys(kind.record(), &table, layered.head, "the file", faults);
        }
    }
    let [agreement, world, balance, _] = layers;
    Composed {
        library,
        kind,
        agreement,
        world,
        balance,
        head,
    }
}

/// A parameter of the agreement that the world has too says only its difference.
fn complete_parameters(agreement: &mut Layered, world: &Layered) {
    let Some(below) = world.table.node("parameter").and_then(Node::table) else {
        return;
    };
    let Some(entry) = agreement
        .table
        .entries
        .iter_mut()
        .find(|e| e.key == "parameter")
    else {
        return;
    };
    let Value::Table(own) = &mut entry.node.value else {
        return;
    };
    for entry in &mut own.entries {
        let Some(Value::Table(base)) = below.node(&entry.key).map(|node| &node.value) else {
            continue;
        };
        if let Value::Table(over) = &mut entry.node.value {
            *over = lay(&PARAMETER, base.clone(), std::mem::take(over));
        }
    }
}

/// A portfolio with everything it rests on, not yet checked.
#[derive(Debug)]
pub struct Portfolios {
    /// The files, their texts and hashes.
    pub library: Library,
    /// The portfolio's own file.
    pub portfolio: Option<Layered>,
    /// Its world.
    pub world: Option<Layered>,
    /// Its balance principle.
    pub balance: Option<Layered>,
    /// Its agreements in file order, those in force first.
    pub members: Vec<Named>,
}

/// Reads a portfolio and all files it rests on.
pub fn compose_portfolio(path: &Path, faults: &mut Faults) -> Portfolios {
    let mains = [Kind::Portfolio.main()];
    let (library, opened) = Library::open(path, &mains, faults);
    let mut composing = Composing { library, faults };
    let portfolio = opened.and_then(|opened| {
        let parsed = composing.parse(&opened);
        let at = parsed.root.span;
        let sound = composing.expect_kind(Kind::Portfolio, &parsed, &opened, at);
        sound.then(|| composing.chain(Kind::Portfolio, opened, parsed, &mut Vec::new()))
    });
    let (mut world, mut balance, mut members) = (None, None, Vec::new());
    if let Some(portfolio) = &portfolio {
        world = composing.follow(portfolio, "world", Kind::World);
        balance = composing.follow(portfolio, "balance", Kind::Balance);
        for (key, in_force) in [("in_force", true), ("proposed", false)] {
            let named = portfolio.table.node(key).and_then(Node::list);
            for node in named.unwrap_or_default() {
                if let Some((agreement, world)) = composing.member(node, &members) {
                    members.push(Named {
                        at: node.span,
                        in_force,
                        agreement,
                        world,
                    });
                }
            }
        }
    }
    let Composing { library, faults } = composing;
    let mut complete = |kind: Kind, layered: &Layered| {
        if layered.whole {
            missing_keys(
                kind.record(),
                &layered.table,
                layered.head,
                "the file",
                faults,
            );
        }
    };
    for (kind, layered) in [
        (Kind::Portfolio, &portfolio),
        (Kind::World, &world),
        (Kind::Balance, &balance),
    ] {
        layered.iter().for_each(|layered| complete(kind, layered));
    }
    for member in &mut members {
        if let Some(world) = &member.world {
            complete_parameters(&mut member.agreement, world);
            complete(Kind::Agreement, &member.agreement);
        }
    }
    Portfolios {
        library,
        portfolio,
        world,
        balance,
        members,
    }
}

struct Composing<'a> {
    library: Library,
    faults: &'a mut Faults,
}

impl Composing<'_> {
    fn parse(&mut self, opened: &Opened) -> Parsed {
        parse(opened.file, &self.library.sources, self.faults)
    }

    /// What a file says it is, where that is known.
    fn kind_of(&mut self, parsed: &Parsed) -> Option<Kind> {
        let table = parsed.root.table()?;
        let Some(node) = table.node("kind") else {
            if parsed.broken_lines.is_empty() {
                let (key, table) = ("kind".to_owned(), "the file".to_owned());
                let meaning =
                    "kind = \"agreement\", \"world\", \"balance\" or \"portfolio\"".to_owned();
                self.faults.raise(
                    parsed.root.span,
                    Fault::MissingKey {
                        key,
                        table,
                        meaning,
                    },
                );
            }
            return None;
        };
        let found = node.text().unwrap_or_default();
        let kind = Kind::from_key(found);
        if kind.is_none() {
            self.faults.raise(
                node.span,
                Fault::UnknownKind {
                    found: node.shown(),
                },
            );
        }
        kind
    }

    /// A file and all it extends, laid together. `above` holds the files that led here.
    fn chain(
        &mut self,
        kind: Kind,
        opened: Opened,
        parsed: Parsed,
        above: &mut Vec<Opened>,
    ) -> Layered {
        self.walk(kind, &parsed);
        let name = opened.folder.name();
        let head = parsed.root.span;
        let Value::Table(table) = parsed.root.value else {
            unreachable!("a file is a table")
        };
        let whole = parsed.broken_lines.is_empty();
        let mut layered = Layered {
            table,
            head,
            name,
            whole,
        };
        let extends = layered
            .table
            .node("extends")
            .filter(|node| node.text().is_some())
            .cloned();
        above.push(opened);
        if let Some(extends) = extends {
            match self.base(kind, &extends, above) {
                Some(base) => {
                    layered.whole &= base.whole;
                    layered.table = lay(kind.record(), base.table, layered.table);
                }
                None => layered.whole = false,
            }
        }
        above.pop();
        layered
    }

    fn base(&mut self, kind: Kind, extends: &Node, above: &mut Vec<Opened>) -> Option<Layered> {
        let from = above.last()?.folder.clone();
        let how = (Form::Toml(kind.main()), Reach::Library);
        let opened = self
            .library
            .follow(&from, extends.text()?, extends.span, how, self.faults)?;
        if let Some(at) = above.iter().position(|other| other.file == opened.file) {
            let names = above[at..].iter().chain([&opened]);
            let chain = names
                .map(|o| self.library.sources.name(o.file).to_owned())
                .collect();
            self.faults
                .raise(extends.span, Fault::CyclicExtends { chain });
            return None;
        }
        let parsed = self.parse(&opened);
        self.expect_kind(kind, &parsed, &opened, extends.span)
            .then_some(())?;
        Some(self.chain(kind, opened, parsed, above))
    }

    /// The world or balance principle an agreement names.
    fn follow(&mut self, agreement: &Layered, key: &str, kind: Kind) -> Option<Layered> {
        let node = agreement.table.node(key)?;
        let reference = node.text()?;
        // The path starts from the file the key was written in, which may be one extended.
        let from = self.library.folder_of(node.span.file)?;
        let how = (Form::Toml(kind.main()), Reach::Library);
        let opened = self
            .library
            .follow(&from, reference, node.span, how, self.faults)?;
        let parsed = self.parse(&opened);
        self.expect_kind(kind, &parsed, &opened, node.span)
            .then_some(())?;
        Some(self.chain(kind, opened, parsed, &mut Vec::new()))
    }

    fn expect_kind(&mut self, kind: Kind, parsed: &Parsed, opened: &Opened, at: Span) -> bool {
        let Some(found) = self.kind_of(parsed) else {
            return false;
        };
        if found != kind {
            let fault = Fault::WrongKind {
                path: self.library.sources.name(opened.file).to_owned(),
                found: found.key().to_owned(),
                expected: kind.key().to_owned(),
            };
            self.faults.raise(at, fault);
        }
        found == kind
    }

    /// Unknown keys and wrong types; on broken lines the syntax fault says it all.
    fn walk(&mut self, kind: Kind, parsed: &Parsed) {
        let Some(table) = parsed.root.table() else {
            return;
        };
        let mut found = Faults::default();
        Walk { faults: &mut found }.record(kind.record(), table, "the file");
        let sources = &self.library.sources;
        let head = parsed.root.span;
        // What the parser put in place of a broken value stands at the head, or on its line.
        found.drop_where(|at| {
            let line = sources.place(at).line - 1;
            parsed.broken_lines.contains(&line) || (at == head && !parsed.broken_lines.is_empty())
        });
        self.faults.append(found);
    }

    /// An agreement that a portfolio names, and the agreement's world.
    fn member(&mut self, node: &Node, others: &[Named]) -> Option<(Layered, Option<Layered>)> {
        let text = node.text()?;
        let (path, variant) = match text.rsplit_once('#') {
            Some((path, variant)) => (path, Some(variant)),
            None => (text, None),
        };
        let from = self.library.folder_of(node.span.file)?;
        let how = (Form::Toml(Kind::Agreement.main()), Reach::Library);
        let opened = self
            .library
            .follow(&from, path, node.span, how, self.faults)?;
        let parsed = self.parse(&opened);
        self.expect_kind(Kind::Agreement, &parsed, &opened, node.span)
            .then_some(())?;
        let mut agreement = self.chain(Kind::Agreement, opened, parsed, &mut Vec::new());
        if others.iter().any(|o| o.agreement.head == agreement.head) {
            let agreement = agreement.name;
            self.faults
                .raise(node.span, Fault::AgreementTwice { agreement });
            return None;
        }
        if let Some(variant) = variant {
            self.lay_variant(&mut agreement, variant);
        }
        let world = self.follow(&agreement, "world", Kind::World);
        Some((agreement, world))
    }

    fn lay_variant(&mut self, agreement: &mut Layered, name: &str) {
        let variants = agreement
            .table
            .node("variant")
            .and_then(Node::table)
            .cloned();
        let variants = variants.unwrap_or_default();
        match variants.node(name).and_then(Node::table) {
            Some(over) => {
                let base = std::mem::take(&mut agreement.table);
                agreement.table = lay(&AGREEMENT, base, over.clone());
                agreement.name = format!("{}#{name}", agreement.name);
            }
            None => {
                let near = nearest(name, variants.keys());
                let fault = Fault::UnknownVariant {
                    name: name.to_owned(),
                    near,
                };
                self.faults.raise(agreement.head, fault);
            }
        }
    }
}
