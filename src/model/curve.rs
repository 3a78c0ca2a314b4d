//! Requests per second over time.

use super::{Duration, Rate};
use crate::sorting;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A time or a length of time, in milliseconds.
type Millis = u64;

const SECOND: Millis = 1000;

/// The most points that a curve may have.
const MOST_POINTS: usize = 10_000;
/// When a step or spike comes, unless told otherwise.
const AT: Millis = 60 * SECOND;
/// How long a spike lasts, unless told otherwise.
const LASTS: Millis = 300 * SECOND;
/// The hours of a day, from midnight: how much of the way from the usual rate to the peak, in percent. A cosine, with its
/// highest point at 14:00; in numbers, since `f64::cos` may differ between machines.
const DAY: [u64; 24] = [7, 2, 0, 2, 7, 15, 25, 37, 50, 63, 75, 85, 93, 98, 100, 98, 93, 85, 75, 63, 50, 37, 25, 15];
const HOUR: Millis = 3600 * SECOND;

/// Requests per second over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Curve {
    /// Always the same.
    Steady(Rate),
    /// Over a day that starts at midnight: the first is reached at 2:00, the second at 14:00.
    Daily(Rate, Rate),
    /// From the first to the second at once, for good.
    Step {
        /// Before.
        from: Rate,
        /// After.
        to: Rate,
        /// When, in milliseconds.
        at: Millis,
    },
    /// From the first to the second at once, and back.
    Spike {
        /// Before and after.
        from: Rate,
        /// Meanwhile.
        to: Rate,
        /// When, in milliseconds.
        at: Millis,
        /// For how long, in milliseconds.
        lasts: Millis,
    },
    /// Points in time, in milliseconds and in order, with a straight line between each two, and level before and after.
    Points(Vec<(Millis, Rate)>),
}

impl Curve {
    /// From one rate to the other after a minute, and back after five more.
    pub fn spike(from: Rate, to: Rate) -> Self {
        Self::Spike { from, to, at: AT, lasts: LASTS }
    }

    /// Requests per second at that time, in milliseconds from its start.
    pub fn rate(&self, time: Millis) -> f64 {
        match self {
            Self::Steady(rate) => per_second(*rate),
            Self::Daily(low, high) => {
                let hour = usize::try_from(time / HOUR % 24).unwrap_or(0);
                let share = |hour: usize| DAY.get(hour % 24).copied().unwrap_or(0);
                let percent = between(time % HOUR, HOUR, whole(share(hour)), whole(share(hour + 1)));
                per_second(*low) + (per_second(*high) - per_second(*low)) * percent / 100.0
            }
            Self::Step { from, to, at } => per_second(if time < *at { *from } else { *to }),
            Self::Spike { from, to, at, lasts } => {
                let is_on = time >= *at && time < at.saturating_add(*lasts);
                per_second(if is_on { *to } else { *from })
            }
            Self::Points(points) => {
                let after = points.partition_point(|(at, _)| *at <= time);
                match (after.checked_sub(1).and_then(|before| points.get(before)), points.get(after)) {
                    (Some((start, from)), Some((end, to))) => {
                        between(time - start, end - start, per_second(*from), per_second(*to))
                    }
                    (Some((_, rate)), None) | (None, Some((_, rate))) => per_second(*rate),
                    (None, None) => 0.0,
                }
            }
        }
    }

    /// When it jumps or bends, in milliseconds.
    pub fn corners(&self) -> Vec<Millis> {
        match self {
            Self::Steady(_) | Self::Daily(..) => Vec::new(),
            Self::Step { at, .. } => vec![*at],
            Self::Spike { at, lasts, .. } => vec![*at, at.saturating_add(*lasts)],
            Self::Points(points) => points.iter().map(|(at, _)| *at).collect(),
        }
    }

    /// The rate that it starts from; of a day, the lowest.
    pub fn usual(&self) -> Rate {
        match self {
            Self::Steady(rate) => *rate,
            Self::Daily(low, high) => *low.min(high),
            Self::Step { from, .. } | Self::Spike { from, .. } => *from,
            Self::Points(points) => points.first().map_or(Rate::per_second(0), |(_, rate)| *rate),
        }
    }

    /// The highest rate.
    pub fn highest(&self) -> Rate {
        match self {
            Self::Steady(rate) => *rate,
            Self::Daily(one, other) => *one.max(other),
            Self::Step { from, to, .. } | Self::Spike { from, to, .. } => *from.max(to),
            Self::Points(points) => points.iter().map(|(_, rate)| *rate).max().unwrap_or(Rate::per_second(0)),
        }
    }

    /// Whether `text` is a curve's bare name, which takes the rates of the document.
    pub fn is_bare(text: &str) -> bool {
        ["steady", "daily", "step", "spike"].contains(&text.trim())
    }

    /// Whether the rate is always the same from then on.
    pub fn is_level_from(&self, time: Millis) -> bool {
        !matches!(self, Self::Daily(..)) && self.corners().into_iter().all(|corner| corner <= time)
    }

    /// Reads `steady`, `daily`, `step` or `spike` with the rates from `usual` and `peak`, or as [`Curve::from_str`] does.
    ///
    /// # Errors
    /// Says what is wrong and what to write.
    pub fn read(text: &str, usual: Rate, peak: Rate) -> Result<Self, String> {
        match text.trim() {
            "steady" => Ok(Self::Steady(usual)),
            "daily" => Ok(Self::Daily(usual, peak)),
            "step" => Ok(Self::Step { from: usual, to: peak, at: AT }),
            "spike" => Ok(Self::spike(usual, peak)),
            text => text.parse(),
        }
    }
}

/// Reads `steady 40/s`, `daily 10/s 200/s`, `step 40/s 200/s 60s` (from, to, when), `spike 40/s 200/s 60s 5m` (from, to,
/// when, for how long), or points, `0s 40/s, 60s 200/s`, one a line or with commas between; a bare time is in seconds.
impl FromStr for Curve {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        match words.as_slice() {
            ["steady", rate] => Ok(Self::Steady(rate.parse()?)),
            ["daily", low, high] => Ok(Self::Daily(low.parse()?, high.parse()?)),
            ["step", from, to] => Ok(Self::Step { from: from.parse()?, to: to.parse()?, at: AT }),
            ["step", from, to, at] => Ok(Self::Step { from: from.parse()?, to: to.parse()?, at: time(at)? }),
            ["spike", from, to] => Ok(Self::spike(from.parse()?, to.parse()?)),
            ["spike", from, to, at, lasts] => {
                Ok(Self::Spike { from: from.parse()?, to: to.parse()?, at: time(at)?, lasts: time(lasts)? })
            }
            _ => points(text),
        }
    }
}

fn points(text: &str) -> Result<Curve, String> {
    let lines = text.split(['\n', ',', ';']).map(str::trim).filter(|line| !line.is_empty());
    let mut points = Vec::new();
    for line in lines {
        if points.len() == MOST_POINTS {
            return Err(format!("These are more than {MOST_POINTS} points"));
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        let [at, rate] = words.as_slice() else {
            let written: String = line.chars().take(40).collect();
            return Err(format!(
                "`{written}` is no traffic\nWrite `steady 40/s`, `daily 10/s 200/s`, `step 40/s 200/s 60s`, `spike \
                 40/s 200/s 60s 5m`, or points such as `0s 40/s, 60s 200/s`"
            ));
        };
        points.push((time(at)?, rate.parse()?));
    }
    if points.is_empty() {
        return Err("There is no traffic here\nWrite `steady 0/s` for none".to_owned());
    }
    sorting::sort_by_key(&mut points, |(at, _)| *at);
    Ok(Curve::Points(points))
}

/// A length of time in milliseconds; a bare number counts seconds.
fn time(text: &str) -> Result<Millis, String> {
    let is_bare = text.ends_with(|last: char| last.is_ascii_digit() || last == '.');
    let duration: Duration = if is_bare { format!("{text}s").parse() } else { text.parse() }?;
    Ok(duration.micros() / 1000)
}

/// `part` of `all` of the way from one number to the other.
fn between(part: u64, all: u64, from: f64, to: f64) -> f64 {
    if all == 0 { to } else { from + (to - from) * whole(part) / whole(all) }
}

/// In requests per second.
fn per_second(rate: Rate) -> f64 {
    whole(rate.millis()) / 1000.0
}

/// A number that is far below 2^53, where each whole number has its own.
#[expect(clippy::cast_precision_loss, reason = "times up to a day in milliseconds, rates up to 10^10 thousandths")]
pub(crate) fn whole(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(curve: &str, seconds: &[u64]) -> Vec<f64> {
        let curve: Curve = curve.parse().unwrap();
        seconds.iter().map(|second| curve.rate(second * SECOND)).collect()
    }

    #[test]
    fn curves_are_as_they_are_written() {
        for (curve, seconds, expected) in [
            ("steady 40/s", vec![0, 99], vec![40.0, 40.0]),
            ("step 40/s 200/s", vec![59, 60], vec![40.0, 200.0]),
            ("step 40/s 200/s 2m", vec![119, 120], vec![40.0, 200.0]),
            ("spike 40/s 200/s", vec![59, 60, 359, 360], vec![40.0, 200.0, 200.0, 40.0]),
            ("spike 40/s 200/s 10 20s", vec![9, 10, 29, 30], vec![40.0, 200.0, 200.0, 40.0]),
            (
                "daily 10/s 110/s",
                vec![0, 2 * 3600, 9 * 3600 + 1800, 14 * 3600, 26 * 3600],
                vec![17.0, 10.0, 79.0, 110.0, 10.0],
            ),
            // Points may come in any order; of two at the same time the later counts from then on.
            ("60s 200/s\n0 40/s\n", vec![0, 30, 60, 99], vec![40.0, 120.0, 200.0, 200.0]),
            ("10s 1/s, 20s 1/s, 20s 5/s", vec![0, 15, 20], vec![1.0, 1.0, 5.0]),
            ("0s 0/s, 60s 1000000/s", vec![0, 60], vec![0.0, 1e6]),
        ] {
            assert_eq!(rates(curve, &seconds), expected, "{curve}");
        }
    }

    #[test]
    fn what_is_no_traffic_is_told_so() {
        for text in ["", "loud", "steady", "steady NaN", "steady -1/s", "0s inf", "NaN 5/s", "1s 1/s 1/s", "9e99 1/s"] {
            let error = text.parse::<Curve>().unwrap_err();
            assert!(!error.is_empty(), "{text}");
        }
        let many = "1s 1/s\n".repeat(MOST_POINTS + 1);
        assert!(many.parse::<Curve>().is_err());
    }

    #[test]
    fn a_bare_word_takes_the_rates_of_the_document() {
        let (usual, peak) = ("40/s".parse().unwrap(), "200/s".parse().unwrap());
        assert_eq!(Curve::read("spike", usual, peak), "spike 40/s 200/s".parse());
        assert_eq!(Curve::read("daily", usual, peak), "daily 40/s 200/s".parse());
        assert_eq!(Curve::read("step 1/s 2/s", usual, peak), "step 1/s 2/s".parse());
    }
}
