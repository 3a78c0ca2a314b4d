//! Small values with a spelling of their own: durations, rates, percentages, published ports.

use crate::message::{Figure, FigureValue};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A length of time in microseconds, up to a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Duration(u64);

/// Requests per second, in thousandths, from 0 to 10 million requests a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Rate(u64);

/// An amount of money in hundredths of some currency, up to a billion of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Price(u64);

/// A whole percentage, 1 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Percent(u8);

const TIME_HELP: &str = "Write a number and its unit, such as `80ms`, `1.5s` or `2m`";
const DAY_MICROS: u64 = 86_400_000_000;
/// In thousandths of a request per second.
const HIGHEST_RATE: u64 = 10_000_000_000;
/// In hundredths.
const HIGHEST_PRICE: u64 = 100_000_000_000;

impl Duration {
    /// So many milliseconds.
    pub const fn from_millis(millis: u32) -> Self {
        Self(millis as u64 * 1000)
    }

    /// In seconds, rounded up.
    pub fn whole_seconds(self) -> u32 {
        u32::try_from(self.0.div_ceil(1_000_000)).unwrap_or(u32::MAX)
    }

    /// In microseconds.
    pub fn micros(self) -> u64 {
        self.0
    }
}

impl Rate {
    /// So many requests per second.
    pub const fn per_second(requests: u32) -> Self {
        Self(requests as u64 * 1000)
    }

    /// So many thousandths of a request per second.
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis)
    }

    /// In thousandths of a request per second.
    pub fn millis(self) -> u64 {
        self.0
    }
}

impl Price {
    /// From hundredths of the currency.
    pub fn from_cents(cents: u64) -> Self {
        Self(cents)
    }

    /// In hundredths of the currency.
    pub fn cents(self) -> u64 {
        self.0
    }

    /// `count` times as much.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count.into()))
    }
}

impl Percent {
    /// From 1 to 100; what lies outside is brought to the nearer end.
    pub const fn clamped(percent: u8) -> Self {
        Self(if percent < 1 {
            1
        } else if percent > 100 {
            100
        } else {
            percent
        })
    }

    /// 1 to 100.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Figure for Duration {
    const UNIT: &'static str = "_seconds";

    fn figure(&self) -> FigureValue {
        FigureValue::fraction(self.0, 1_000_000)
    }
}

impl Figure for Rate {
    const UNIT: &'static str = "_per_second";

    fn figure(&self) -> FigureValue {
        FigureValue::fraction(self.0, 1000)
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            micros if micros % 1_000_000 == 0 => write!(f, "{} s", micros / 1_000_000),
            micros if micros % 1000 == 0 => write!(f, "{} ms", micros / 1000),
            micros => write!(f, "{micros} µs"),
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rate = format!("{}.{:03}", self.0 / 1000, self.0 % 1000);
        write!(f, "{}/s", rate.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 100, self.0 % 100) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, cents) => write!(f, "{whole}.{cents:02}"),
        }
    }
}

impl std::str::FromStr for Price {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match number_and_unit(text) {
            (Some(number), "") if let Some(cents) = number.times(100, 1, HIGHEST_PRICE) => Ok(Self(cents)),
            (Some(_), "") => Err(format!("`{text}` is out of range\nWrite a price from 0 to a billion")),
            _ => Err(format!(
                "`{text}` is no price\nWrite what it costs a month as a number, such as `24` or `19.50`, without a \
                 currency"
            )),
        }
    }
}

impl std::str::FromStr for Duration {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, unit) = number_and_unit(text);
        let micros = match unit {
            "us" | "µs" => 1,
            "ms" => 1000,
            "s" => 1_000_000,
            "m" | "min" => 60_000_000,
            "h" => 3_600_000_000,
            "" => return Err(format!("`{text}` has no unit\n{TIME_HELP}")),
            _ => return Err(no_time(text)),
        };
        let micros = number.ok_or_else(|| no_time(text))?.times(micros, 1, DAY_MICROS);
        micros.map(Self).ok_or_else(|| format!("`{text}` is out of range\nWrite a time from 0 up to a day (`24h`)"))
    }
}

fn no_time(text: &str) -> String {
    format!("`{text}` is no length of time\n{TIME_HELP}")
}

impl std::str::FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, unit) = number_and_unit(text);
        let seconds = match unit.trim_start_matches('/').trim() {
            "" | "s" | "sec" | "second" | "rps" => 1,
            "m" | "min" | "minute" => 60,
            "h" | "hour" => 3600,
            _ => return Err(no_rate(text)),
        };
        let thousandths = number.ok_or_else(|| no_rate(text))?.times(1000, seconds, HIGHEST_RATE);
        thousandths
            .map(Self)
            .ok_or_else(|| format!("`{text}` is out of range\nWrite a rate from 0 to 10 million requests a second"))
    }
}

fn no_rate(text: &str) -> String {
    format!("`{text}` is no rate of requests\nWrite requests per second, minute or hour, such as `40/s` or `90/min`")
}

impl std::str::FromStr for Percent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.trim().trim_end_matches('%').trim_end();
        match digits.parse::<u8>() {
            Ok(percent @ 1..=100) => Ok(Self(percent)),
            _ => Err(format!("`{text}` is no percentage from 1 to 100\nWrite it like `70%`")),
        }
    }
}

/// Splits `1.5s` into 1.5 and `s`; no number where there is none.
fn number_and_unit(text: &str) -> (Option<Decimal>, &str) {
    let text = text.trim();
    let digits = text.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    (Decimal::read(number), unit.trim())
}

/// A decimal number, exactly.
#[derive(Clone, Copy)]
struct Decimal {
    is_negative: bool,
    /// The number times 10¹², or the most there is.
    trillionths: u128,
}

impl Decimal {
    /// How many digits behind the point count.
    const DIGITS: usize = 12;
    const ONE: u128 = 10_u128.pow(12);

    fn read(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-');
        let (whole, fraction) = unsigned.unwrap_or(text).split_once('.').unwrap_or((unsigned.unwrap_or(text), ""));
        let are_digits = [whole, fraction].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if !are_digits || whole.len() + fraction.len() == 0 {
            return None;
        }
        let fraction = &fraction[..fraction.len().min(Self::DIGITS)];
        let trillionths = format!("{whole}{fraction:0<width$}", width = Self::DIGITS).parse().unwrap_or(u128::MAX);
        Some(Self { is_negative: unsigned.is_some() && trillionths > 0, trillionths })
    }

    /// The number times `factor` ÷ `divisor`, rounded up so that nothing that was asked for is lost; none below 0 and above
    /// `most`.
    fn times(self, factor: u64, divisor: u64, most: u64) -> Option<u64> {
        let product = self.trillionths.checked_mul(factor.into())?.div_ceil(Self::ONE * u128::from(divisor));
        let product = u64::try_from(product).ok().filter(|product| *product <= most)?;
        (!self.is_negative).then_some(product)
    }
}

/// Reads a value from its text, or from a bare number by its text.
struct FromText<T>(&'static str, std::marker::PhantomData<T>);

impl<T: std::str::FromStr<Err = String>> Visitor<'_> for FromText<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<T, E> {
        self.visit_str(&number.to_string())
    }
}

macro_rules! deserialize_from_text {
    ($type:ty, $what:literal, $pattern:literal) => {
        impl<'de> Deserialize<'de> for $type {
            /// As people write it; between programs (a format that is not for people), as it is serialised.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    deserializer.deserialize_any(FromText($what, std::marker::PhantomData))
                } else {
                    Deserialize::deserialize(deserializer).map(Self)
                }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": ["string", "number"], "pattern": $pattern, "description": $what })
            }
        }
    };
}

deserialize_from_text!(Duration, "a length of time, such as `80ms`", r"^[0-9.]+ ?(us|µs|ms|s|m|min|h)$");
deserialize_from_text!(
    Rate,
    "a rate of requests, such as `40/s`",
    r"^[0-9.]+ ?/? ?(s|sec|second|rps|m|min|minute|h|hour)?$"
);
deserialize_from_text!(Price, "a price, such as `19.50`", r"^[0-9]+([.][0-9]+)?$");
deserialize_from_text!(Percent, "a percentage, such as `70%`", r"^[0-9]+ ?%?$");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_take_units_and_refuse_what_is_none() {
        for (text, micros) in [("80ms", 80_000), ("1.5s", 1_500_000), ("2 m", 120_000_000), ("7us", 7), ("0.5us", 1)] {
            assert_eq!(text.parse::<Duration>().unwrap().micros(), micros, "{text}");
        }
        for text in ["", "80", "ms", "-1s", "25h", "1e9s", "NaNs", "1..2s", "5 parsecs"] {
            assert!(text.parse::<Duration>().is_err(), "{text}");
        }
    }

    #[test]
    fn rates_count_per_second() {
        for (text, millis, shown) in
            [("40/s", 40_000, "40/s"), ("90/min", 1500, "1.5/s"), ("12", 12_000, "12/s"), ("0.07/s", 70, "0.07/s")]
        {
            let rate: Rate = text.parse().unwrap();
            assert_eq!((rate.millis(), rate.to_string().as_str()), (millis, shown), "{text}");
        }
        for text in ["", "/s", "-4/s", "99999999999/s", "4/day"] {
            assert!(text.parse::<Rate>().is_err(), "{text}");
        }
    }

    #[test]
    fn prices_are_kept_to_the_hundredth_and_never_below_nothing() {
        for (text, cents, shown) in [("24", 2400, "24"), ("19.5", 1950, "19.50"), ("0", 0, "0"), ("0.001", 1, "0.01")] {
            let price: Price = text.parse().unwrap();
            assert_eq!((price.cents(), price.to_string().as_str()), (cents, shown), "{text}");
        }
        for text in ["", "-1", "NaN", "inf", "24 EUR", "$24", "1e9", "1000000001", "1.2.3"] {
            assert!(text.parse::<Price>().is_err(), "{text}");
        }
    }

    #[test]
    fn percentages_are_whole_and_not_zero() {
        assert_eq!("70%".parse::<Percent>().unwrap().get(), 70);
        for text in ["0%", "101%", "7.5%", "%", "-1"] {
            assert!(text.parse::<Percent>().is_err(), "{text}");
        }
    }
}
