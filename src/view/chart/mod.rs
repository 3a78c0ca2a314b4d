//! Charts of figures over time: reduced lines, stacks, and axes with round numbers.

pub mod lines;
pub mod scale;
pub mod table;

use crate::view::colour::Colour;
use lines::{Point, sum, value_at};
use scale::{Axis, Unit, words};

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// What it is about.
    pub title: String,
    /// What its values are.
    pub unit: Unit,
    /// The time at its right, in milliseconds.
    pub until: u64,
    /// What is stacked, the lowest first.
    pub layers: Vec<Part>,
    /// What is drawn as lines before it.
    pub lines: Vec<Part>,
    /// How far it should go at most.
    pub load_line: Option<f64>,
    /// The highest place, if that is to be marked.
    pub peak: Option<(u64, f64)>,
}

/// One figure of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// How it is drawn.
    pub ink: Ink,
    /// Its values over time.
    pub points: Vec<Point>,
}

/// How something is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// In the colour of a service.
    Service(Colour),
    /// In the colour of text.
    Strong,
    /// The same, dashed.
    Dashed,
    /// As what one should look at.
    Warning,
}

impl Part {
    /// A figure.
    pub fn new(name: &str, ink: Ink, points: Vec<Point>) -> Self {
        Self { name: name.to_owned(), ink, points }
    }
}

impl Ink {
    /// The CSS classes that draw it.
    pub fn class(self) -> String {
        match self {
            Self::Service(colour) => format!("ink-service {}", colour.class()),
            Self::Strong => "ink-strong".to_owned(),
            Self::Dashed => "ink-dashed".to_owned(),
            Self::Warning => "ink-warning".to_owned(),
        }
    }
}

impl Chart {
    /// All of its figures, as they are listed.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.layers.iter().chain(&self.lines)
    }

    /// The axis of its values.
    pub fn axis(&self) -> Axis {
        let total = sum(&self.layers.iter().map(|part| part.points.clone()).collect::<Vec<_>>());
        let lines = self.lines.iter().flat_map(|part| &part.points);
        let values = total.iter().chain(lines).filter_map(|(_, value)| *value).chain(self.load_line);
        Axis::up_to(values.fold(0.0, f64::max), self.unit)
    }

    /// Its figures at a time, in words.
    pub fn words_at(&self, time: u64) -> String {
        let part = |part: &Part| format!("{} {}", part.name, self.value_words(part, time));
        self.parts().map(part).collect::<Vec<_>>().join(", ")
    }

    /// A value of one of its figures, in words.
    pub fn value_words(&self, part: &Part, time: u64) -> String {
        value_at(&part.points, time).map_or_else(|| "–".to_owned(), |value| words(value, self.unit))
    }
}
