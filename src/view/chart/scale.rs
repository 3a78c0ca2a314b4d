//! Axes: their length, and the round numbers on them.

/// The unit of an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Whole numbers.
    Count,
    /// Memory, in bytes.
    Bytes,
    /// A rate per second.
    PerSecond,
    /// Percent.
    Percent,
    /// A duration, in milliseconds.
    Millis,
}

/// An axis from 0 up.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The value at its end.
    pub top: f64,
    /// The round numbers on it, from 0.
    pub ticks: Vec<Tick>,
}

/// A tick of an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Its value.
    pub at: f64,
    /// Its label.
    pub label: String,
}

/// The most steps from 0 to the top.
const MOST_STEPS: f64 = 4.0;
const KIB: f64 = 1024.0;
const BYTES: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
const SECOND: f64 = 1000.0;
/// The usual steps of time, in seconds.
const TIMES: [f64; 19] = [
    1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 10_800.0, 14_400.0,
    21_600.0, 28_800.0, 43_200.0,
];

impl Axis {
    /// Returns an axis that includes `most`.
    pub fn up_to(most: f64, unit: Unit) -> Self {
        let most = if most.is_finite() { most.max(0.0) } else { 0.0 };
        let least = match unit {
            Unit::Count | Unit::Bytes | Unit::PerSecond | Unit::Millis => 1.0,
            Unit::Percent => 25.0,
        };
        let step = match unit {
            Unit::Bytes => power_of_two(most / MOST_STEPS),
            _ => round(most / MOST_STEPS),
        }
        .max(least);
        let steps = (most / step).ceil().max(1.0);
        let top = step * steps;
        let ticks = positions(step, top).map(|at| Tick { at, label: label(at, top, unit) });
        Self { ticks: ticks.collect(), top }
    }

    /// Returns an axis of time that ends exactly at `until` milliseconds.
    pub fn of_time(until: f64) -> Self {
        let until = if until.is_finite() { until.max(SECOND) } else { SECOND };
        let fits = |step: &&f64| until / (**step * SECOND) <= MOST_STEPS + 2.0;
        let step = TIMES.iter().find(fits).unwrap_or(&86_400.0) * SECOND;
        let ticks = positions(step, until).map(|at| Tick { at, label: time(at, until) });
        Self { top: until, ticks: ticks.collect() }
    }

    /// The share of a value, in percent of the top.
    pub fn percent(&self, value: f64) -> f64 {
        (value / self.top * 100.0).clamp(0.0, 100.0)
    }
}

fn positions(step: f64, top: f64) -> impl Iterator<Item = f64> {
    // The steps are few, whatever the numbers.
    (0..=10_u8).map(move |number| f64::from(number) * step).take_while(move |at| *at <= top * 1.000_001)
}

/// The least of 1, 2, 5, 10, 20, 50 … that is not below `value`.
fn round(least: f64) -> f64 {
    if least <= 0.0 {
        return 0.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|step| *step >= least * 0.999_999)
        .unwrap_or(least)
}

/// The least power of two that is not below `value`.
fn power_of_two(least: f64) -> f64 {
    if least <= 1.0 { 1.0 } else { 2_f64.powf(least.log2().ceil()) }
}

/// The label of a value, in the unit of the axis' top, so that all labels share it.
fn label(value: f64, top: f64, unit: Unit) -> String {
    match unit {
        Unit::Bytes => in_bytes(value, top, 2),
        _ => words(value, unit),
    }
}

/// A value with its unit, as short as its size allows: `1.4 GiB`, `40/s`, `75 %`, `120 ms`.
pub fn words(value: f64, unit: Unit) -> String {
    match unit {
        Unit::Count => decimal(value, 0),
        Unit::Bytes => in_bytes(value, value, usize::from(value >= KIB.powi(3))),
        Unit::PerSecond => format!("{}/s", decimal(value, usize::from(value < 10.0))),
        Unit::Percent => format!("{} %", decimal(value, usize::from(value < 10.0))),
        Unit::Millis if value >= SECOND => format!("{} s", decimal(value / SECOND, 1)),
        Unit::Millis => format!("{} ms", decimal(value, 0)),
    }
}

/// An amount in the largest unit that fits `like`.
fn in_bytes(value: f64, like: f64, decimals: usize) -> String {
    let mut size = 1.0;
    let mut unit = BYTES[0];
    for larger in &BYTES[1..] {
        if like < size * KIB {
            break;
        }
        size *= KIB;
        unit = larger;
    }
    format!("{} {unit}", decimal(value / size, decimals))
}

/// A number without trailing zeros.
fn decimal(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.split_once('.') {
        Some((whole, rest)) if rest.bytes().all(|digit| digit == b'0') => whole.to_owned(),
        Some(_) => text.trim_end_matches('0').to_owned(),
        None => text,
    }
}

/// A time on an axis that ends at `until`: `0:24`, `12:00`, or in hours and minutes `6:00 h`.
fn time(millis: f64, until: f64) -> String {
    let seconds = (millis / SECOND).round();
    let (minutes, hours) = ((seconds / 60.0).floor(), (seconds / 3600.0).floor());
    if until >= 3600.0 * SECOND {
        format!("{hours}:{:02} h", minutes % 60.0)
    } else {
        format!("{minutes}:{:02}", seconds % 60.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: f64 = KIB * KIB;
    const GIB: f64 = MIB * KIB;

    fn labels(axis: &Axis) -> Vec<&str> {
        axis.ticks.iter().map(|tick| tick.label.as_str()).collect()
    }

    #[test]
    fn memory_has_binary_steps_in_one_unit() {
        for (most, expected) in [
            (700.0 * MIB, vec!["0 MiB", "256 MiB", "512 MiB", "768 MiB"]),
            (1.6 * GIB, vec!["0 GiB", "0.5 GiB", "1 GiB", "1.5 GiB", "2 GiB"]),
            (3.5 * GIB, vec!["0 GiB", "1 GiB", "2 GiB", "3 GiB", "4 GiB"]),
            (20_000.0 * GIB, vec!["0 TiB", "8 TiB", "16 TiB", "24 TiB"]),
        ] {
            assert_eq!(labels(&Axis::up_to(most, Unit::Bytes)), expected);
        }
    }

    #[test]
    fn counts_are_whole_and_rates_and_times_are_round() {
        for (most, unit, expected) in [
            (0.0, Unit::Count, vec!["0", "1"]),
            (3.0, Unit::Count, vec!["0", "1", "2", "3"]),
            (5.0, Unit::Count, vec!["0", "2", "4", "6"]),
            (10_000.0, Unit::Count, vec!["0", "5000", "10000"]),
            (200.0, Unit::PerSecond, vec!["0/s", "50/s", "100/s", "150/s", "200/s"]),
            (60.0, Unit::Percent, vec!["0 %", "25 %", "50 %", "75 %"]),
            (440.0, Unit::Percent, vec!["0 %", "200 %", "400 %", "600 %"]),
            (130.0, Unit::Millis, vec!["0 ms", "50 ms", "100 ms", "150 ms"]),
            (3_700.0, Unit::Millis, vec!["0 ms", "1 s", "2 s", "3 s", "4 s"]),
        ] {
            assert_eq!(labels(&Axis::up_to(most, unit)), expected, "{most} {unit:?}");
        }
    }

    #[test]
    fn every_axis_has_room_for_its_most_and_few_labels() {
        for unit in [Unit::Count, Unit::Bytes, Unit::PerSecond, Unit::Percent, Unit::Millis] {
            for power in 0..60 {
                for factor in [1.0, 1.3, 2.1, 4.9, 7.7, 9.99] {
                    let most = factor * 10_f64.powi(power / 4);
                    let axis = Axis::up_to(most, unit);
                    assert!(axis.top >= most && (2..=6).contains(&axis.ticks.len()), "{most} {unit:?}: {axis:?}");
                    assert!(
                        axis.top <= most * 5.0 || axis.top <= 25.0,
                        "{most} {unit:?}: half of it is empty, {axis:?}"
                    );
                }
            }
            for odd in [f64::NAN, f64::INFINITY, -1.0] {
                assert!(Axis::up_to(odd, unit).top > 0.0);
            }
        }
    }

    #[test]
    fn time_goes_in_steps_that_people_count_in() {
        for (seconds, expected) in [
            (12.0, vec!["0:00", "0:02", "0:04", "0:06", "0:08", "0:10", "0:12"]),
            (70.0, vec!["0:00", "0:15", "0:30", "0:45", "1:00"]),
            (355.0, vec!["0:00", "1:00", "2:00", "3:00", "4:00", "5:00"]),
            (1800.0, vec!["0:00", "5:00", "10:00", "15:00", "20:00", "25:00", "30:00"]),
            (86_400.0, vec!["0:00 h", "4:00 h", "8:00 h", "12:00 h", "16:00 h", "20:00 h", "24:00 h"]),
        ] {
            assert_eq!(labels(&Axis::of_time(seconds * SECOND)), expected);
        }
        assert!(Axis::of_time(f64::NAN).top > 0.0);
    }

    #[test]
    fn a_value_is_as_short_as_its_size_allows() {
        for (value, unit, expected) in [
            (1.44 * GIB, Unit::Bytes, "1.4 GiB"),
            (2.0 * GIB, Unit::Bytes, "2 GiB"),
            (164.4 * MIB, Unit::Bytes, "164 MiB"),
            (0.0, Unit::Bytes, "0 B"),
            (3.0, Unit::Count, "3"),
            (0.5, Unit::PerSecond, "0.5/s"),
            (200.4, Unit::PerSecond, "200/s"),
            (7.25, Unit::Percent, "7.2 %"),
            (99.96, Unit::Percent, "100 %"),
            (87.6, Unit::Millis, "88 ms"),
            (12_340.0, Unit::Millis, "12.3 s"),
        ] {
            assert_eq!(words(value, unit), expected);
        }
    }

    #[test]
    fn a_place_on_an_axis_is_in_percent_and_never_outside() {
        let axis = Axis::up_to(4.0, Unit::Count);
        let places = [0.0, 1.0, 4.0, 9.0, -1.0].map(|value| axis.percent(value).to_string());
        assert_eq!(places, ["0", "25", "100", "100", "0"]);
    }
}
