//! Safety, reviews, and indicators of the world's register.

use super::mechanisms::Ground;
use super::{Checking, Slot, items, list, named, number, text_or_empty, whole, words, year};
use crate::diagnostic::{Fault, Span};
use crate::model::{
    Agreement, Case, Day, Follow, FollowUp, Governance, Indicator, IndicatorTag, Reporting, Review,
    Safety, Target, Value, Words,
};
use crate::scenario::grammar::{SAFETY, day_of, is_blank};
use crate::scenario::tree::{self, Node, Table};

impl Checking<'_> {
    /// Limits of safety and the review log.
    pub fn governance(&mut self, agreement: &Table) -> Option<Governance> {
        let reviews = items(agreement, "review").map(|(table, _)| Review {
            what: text_or_empty(table, "what"),
            who: text_or_empty(table, "who"),
            when: table.node("when").map(when).unwrap_or_default(),
            result: text_or_empty(table, "result"),
        });
        let reviews = reviews.collect();
        let mut safety = Vec::new();
        if let Some(node) = agreement.node("safety") {
            safety.push(self.safety(node.table()?, node.span)?);
        }
        Some(Governance {
            safety,
            reviews,
            case: case(agreement),
            reporting: reporting(agreement),
            follow_up: self.follow_up(agreement),
        })
    }

    fn follow_up(&mut self, agreement: &Table) -> FollowUp {
        let Some(table) = agreement.node("follow_up").and_then(Node::table) else {
            return FollowUp::default();
        };
        let mut dates: Vec<Day> = Vec::new();
        for node in list(table, "dates") {
            let Some(day) = day(node) else { continue };
            if let Some(before) = dates.last().filter(|before| **before >= day) {
                let (day, before) = (day.to_string(), before.to_string());
                self.raise(node.span, Fault::DaysOutOfOrder { day, before });
            }
            dates.push(day);
        }
        FollowUp {
            dates,
            responsible: stated(table, "responsible"),
            gain_owner: stated(table, "gain_owner"),
            quarters_outside: whole(table, "quarters_outside"),
            trigger: words(table, "trigger").unwrap_or_default(),
        }
    }

    /// Days of measuring lie in the years computed, and a trigger has figures that can pull it.
    pub fn followed_up(&mut self, table: &Table, agreement: &Agreement) {
        let Some(table) = table.node("follow_up").and_then(Node::table) else {
            return;
        };
        let from = agreement.first_year();
        let to = from + agreement.horizon as i32 - 1;
        for node in list(table, "dates") {
            if let Some(day) = day(node).filter(|d| d.year < from || d.year > to) {
                let what = "a day of measuring".to_owned();
                let year = day.year;
                let fault = Fault::OutsideYears {
                    what,
                    year,
                    from,
                    to,
                };
                self.raise(node.span, fault);
            }
        }
        let figure = |i: &Indicator| i.tag != IndicatorTag::NotModelled;
        if let Some(node) = table.node("quarters_outside")
            && !agreement.indicators.iter().any(figure)
        {
            self.raise(node.span, Fault::NothingFollowed {});
        }
    }

    fn safety(&mut self, table: &Table, at: Span) -> Option<Safety> {
        let Slot::Value(failure_rate) = self.slot(table, &SAFETY, "failure_rate") else {
            return None;
        };
        if let Value::Parameter(id) = failure_rate
            && self.figures.by_id(id).is_formula()
        {
            let node = table.node("failure_rate")?;
            self.raise(node.span, Fault::SafetyWithoutLaw {});
            return None;
        }
        Some(Safety {
            what: words(table, "what")?,
            failure_rate,
            margin: number(table, "margin")?,
            origin: self.origin(at),
        })
    }

    /// Indicators of the world's register that the agreement follows.
    pub fn followed(&mut self, agreement: &Table, ground: &Ground<'_>) -> Option<Vec<Indicator>> {
        let register = ground.world.table.clone();
        let known: Vec<String> = items(&register, "indicator")
            .map(|(table, _)| text_or_empty(table, "id"))
            .collect();
        // the whole register is read: a fault in it is told before anybody follows it
        let entries = items(&register, "indicator");
        let entries: Vec<(&Table, Option<Indicator>)> = entries
            .map(|(table, at)| (table, self.indicator(table, at, ground)))
            .collect();
        let mut followed = Vec::new();
        for node in list(agreement, "follows") {
            let at = self.reference("indicator", node, &known)?;
            let (table, indicator) = &entries[at];
            self.still_used(node, table, agreement);
            followed.push(indicator.clone()?);
        }
        Some(followed)
    }

    /// A registered indicator is followed in years in which it is in use.
    fn still_used(&mut self, node: &Node, table: &Table, agreement: &Table) {
        let years = |table: &Table, key: &str| {
            let node = table.node(key)?.table()?;
            Some((year(node.node("from")?)?, year(node.node("to")?)?))
        };
        let (Some(valid), Some(period)) = (years(table, "valid"), years(agreement, "period"))
        else {
            return;
        };
        if period.0 < valid.0 || period.0 > valid.1 {
            let id = text_or_empty(table, "id");
            let fault = Fault::IndicatorNotInUse {
                id,
                from: valid.0,
                to: valid.1,
            };
            self.raise(node.span, fault);
        }
    }

    /// What the indicators shall reach.
    pub fn goals(&mut self, agreement: &Table, indicators: &mut [Indicator]) {
        let known: Vec<String> = indicators.iter().map(|i| i.id.clone()).collect();
        for (id, table, at) in named(agreement, "goal") {
            let Some(index) = known.iter().position(|other| other == id) else {
                self.unknown("indicator", id, at, &known);
                continue;
            };
            let change = number(table, "change");
            let by_year = table.node("by_year").and_then(year);
            let target = change.zip(by_year);
            indicators[index].follow.target =
                target.map(|(change, by_year)| Target { change, by_year });
        }
    }
}

/// What an indicator serves.
pub fn follow(table: &Table) -> Follow {
    let texts = |key: &str| -> Vec<String> {
        let nodes = list(table, key).iter();
        nodes.filter_map(|n| Some(n.text()?.to_owned())).collect()
    };
    Follow {
        national_goals: texts("national_goals"),
        visions: texts("visions"),
        target: None,
    }
}

fn case(agreement: &Table) -> Case {
    let Some(table) = agreement.node("case").and_then(Node::table) else {
        return Case::default();
    };
    Case {
        number: stated(table, "number"),
        date: table.node("date").and_then(day),
        version: stated(table, "version"),
    }
}

fn reporting(agreement: &Table) -> Reporting {
    let Some(table) = agreement.node("reporting").and_then(Node::table) else {
        return Reporting::default();
    };
    let told = |key: &str| match table.node(key).is_some_and(is_blank) {
        true => Words::default(),
        false => words(table, key).unwrap_or_default(),
    };
    Reporting {
        plan: stated(table, "plan"),
        consulted: told("consulted"),
        changed: told("changed"),
        funding: told("funding"),
        interests: told("interests"),
    }
}

/// A text that is neither absent nor left open.
fn stated(table: &Table, key: &str) -> String {
    let open = table.node(key).is_some_and(is_blank);
    match open {
        true => String::new(),
        false => text_or_empty(table, key),
    }
}

fn day(node: &Node) -> Option<Day> {
    let text = match &node.value {
        tree::Value::Text(text) | tree::Value::Date(text) => text,
        _ => return None,
    };
    day_of(text).map(|(year, month, day)| Day { year, month, day })
}

fn when(node: &Node) -> String {
    match &node.value {
        tree::Value::Text(text) => text.clone(),
        _ => node
            .whole()
            .map(|year| year.to_string())
            .unwrap_or_default(),
    }
}
