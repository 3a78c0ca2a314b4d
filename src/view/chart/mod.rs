//! Charts of figures over time: reduced lines, stacks, and axes with round numbers.

pub mod lines;
pub mod scale;
pub mod table;

use crate::view::colour::Colour;
use lines::{Point, sum, value_at};
use scale::{Axis, Unit, words};

/// A chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Its title.
    pub title: String,
    /// The unit of its values.
    pub unit: Unit,
    /// The time at its right, in milliseconds.
    pub until: u64,
    /// The stacked figures, the lowest first.
    pub layers: Vec<Part>,
    /// The figures that are drawn as lines in front.
    pub lines: Vec<Part>,
    /// The value that it should not exceed.
    pub load_line: Option<f64>,
    /// The highest point, if that is marked.
    pub peak: Option<(u64, f64)>,
}

/// One figure of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its ink.
    pub ink: Ink,
    /// Its values over time.
    pub points: Vec<Point>,
}

/// The ink of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// In the colour of a service.
    Service(Colour),
    /// In the colour of text.
    Strong,
    /// The same, dashed.
    Dashed,
    /// In the colour of a warning.
    Warning,
}

impl Part {
    /// Creates a figure.
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
    /// All of its figures in the order of the legend.
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
