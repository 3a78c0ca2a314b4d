//! The figures of a chart as columns of a table.

use super::lines::{Point, sum, value_at};
use super::scale::Unit;
use super::{Chart, Part};

const MIB: f64 = 1024.0 * 1024.0;

/// A column of the table.
pub struct Column {
    /// Its title: the figure and its unit.
    pub name: String,
    unit: Unit,
    /// Its values over time.
    pub points: Vec<Point>,
}

/// The columns of a chart: its layers, their sum if there are several, and its lines.
pub fn columns(chart: &Chart) -> Vec<Column> {
    let column = |part: &Part| Column {
        name: format!("{}{}", part.name, unit_words(chart.unit)),
        unit: chart.unit,
        points: part.points.clone(),
    };
    let layers: Vec<Vec<Point>> = chart.layers.iter().map(|part| part.points.clone()).collect();
    let total = (layers.len() > 1).then(|| Column {
        name: format!("{}{}", "all", unit_words(chart.unit)),
        unit: chart.unit,
        points: sum(&layers),
    });
    chart.layers.iter().map(column).chain(total).chain(chart.lines.iter().map(column)).collect()
}

fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "",
        Unit::Bytes => ", MiB",
        Unit::PerSecond => ", a second",
        Unit::Percent => ", %",
        Unit::Millis => ", ms",
    }
}

impl Column {
    /// The cell of a time.
    pub fn at(&self, time: u64) -> String {
        value_at(&self.points, time).map_or_else(|| "–".to_owned(), |value| self.number(value))
    }

    /// The cell of the largest value.
    pub fn most(&self) -> String {
        let values = self.points.iter().filter_map(|(_, value)| *value);
        values.reduce(f64::max).map_or_else(|| "–".to_owned(), |value| self.number(value))
    }

    /// Formats a value with at most one decimal.
    fn number(&self, value: f64) -> String {
        let value = if self.unit == Unit::Bytes { value / MIB } else { value };
        let text = format!("{value:.1}");
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    }
}
