//! Memory and CPU, in the spellings of Kubernetes and of Compose.
//!
//! The two disagree: `256M` is 256,000,000 bytes to Kubernetes and 268,435,456 to Docker, `256m` is a quarter of a byte
//! to one and 256 MiB to the other. A document takes every spelling of which the meaning is beyond doubt
//! ([`FromStr`]); what another tool wrote is read by that tool's own rule ([`Memory::from_kubernetes`],
//! [`Memory::from_compose`]).

use crate::message::{Figure, FigureValue};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;

/// The largest amount of either, in bytes or millicores: Kubernetes counts in signed 64-bit integers.
const LARGEST: u64 = i64::MAX.unsigned_abs();

/// More digits than any amount has: what 128 bits can hold before the largest binary unit (2^60) is multiplied in.
const MOST_DIGITS: usize = 20;

/// An amount of memory in bytes, at most `i64::MAX`. Arithmetic saturates.
///
/// Serialised as a number of bytes, and read as what people write; between programs (a format that is not for people)
/// the number goes both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Memory(u64);

/// An amount of processor time in thousandths of a core, at most `i64::MAX`. Arithmetic saturates.
///
/// Serialised as a number of millicores; a number that is read, though, counts cores, as in Kubernetes and Compose. Between
/// programs (a format that is not for people) millicores go both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Cpu(u64);

/// A text that is no amount of memory or CPU. `Display` says what is wrong, [`QuantityError::help`] how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuantityError {
    /// What was to be read.
    pub resource: Resource,
    /// What was written, shortened to what a message can hold.
    pub text: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What a quantity measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// Bytes.
    Memory,
    /// Cores.
    Cpu,
}

/// What is wrong with a quantity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Nothing was written.
    Empty,
    /// It does not start with a number.
    NotANumber,
    /// It is less than zero.
    Negative,
    /// The number is followed by something that is no unit here.
    UnknownUnit {
        /// What follows the number.
        unit: String,
        /// The spelling that was probably meant.
        meant: Option<String>,
    },
    /// Kubernetes and Compose read the unit differently, by a factor that matters.
    Ambiguous {
        /// What Kubernetes makes of it.
        kubernetes: &'static str,
        /// What Compose makes of it.
        compose: &'static str,
        /// The unambiguous spelling of what Compose means.
        meant: String,
    },
    /// It is more than a signed 64-bit integer holds.
    TooLarge,
    /// It has more digits than can be read exactly.
    TooPrecise,
}

impl Memory {
    /// No memory.
    pub const ZERO: Self = Self(0);

    /// So many bytes.
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(if bytes < LARGEST { bytes } else { LARGEST })
    }

    /// So many times 2^10 bytes.
    pub const fn from_kib(kib: u64) -> Self {
        Self::from_bytes(kib.saturating_mul(1 << 10))
    }

    /// So many times 2^20 bytes.
    pub const fn from_mib(mib: u64) -> Self {
        Self::from_bytes(mib.saturating_mul(1 << 20))
    }

    /// So many times 2^30 bytes.
    pub const fn from_gib(gib: u64) -> Self {
        Self::from_bytes(gib.saturating_mul(1 << 30))
    }

    /// The number of bytes.
    pub const fn bytes(self) -> u64 {
        self.0
    }

    /// `factor` times as much.
    #[must_use]
    pub const fn saturating_mul(self, factor: u64) -> Self {
        Self::from_bytes(self.0.saturating_mul(factor))
    }

    /// Reads what Kubernetes wrote, rounded up to whole bytes as Kubernetes does.
    /// Source: `ParseQuantity` of <https://github.com/kubernetes/kubernetes/blob/v1.36.2/staging/src/k8s.io/apimachinery/pkg/api/resource/quantity.go>.
    ///
    /// # Errors
    /// When the text is no quantity that Kubernetes takes, or is negative or too large to count.
    pub fn from_kubernetes(text: &str) -> Result<Self, QuantityError> {
        read(Resource::Memory, text, kubernetes_unit, 0, Rounding::Up).map(Self)
    }

    /// Reads what is written in a compose.yaml, where every unit is binary; rounded down to whole bytes as Docker does.
    /// Source: `RAMInBytes` of <https://github.com/docker/go-units/blob/v0.5.0/size.go>.
    ///
    /// # Errors
    /// When the text is no size that Docker takes, or is negative or too large to count.
    pub fn from_compose(text: &str) -> Result<Self, QuantityError> {
        read(Resource::Memory, text, compose_unit, 0, Rounding::Down).map(Self)
    }

    /// The shortest spelling that Kubernetes prints for exactly this amount: `256Mi`, `1536Mi`, `1000`.
    pub fn kubernetes(self) -> String {
        let (whole, unit) = self.whole(&["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]);
        format!("{whole}{unit}")
    }

    /// The shortest spelling that Compose reads as exactly this amount: `256M`, `1536M`, `1000b`. Its units are binary,
    /// so this is to be read by [`Memory::from_compose`] only.
    pub fn compose(self) -> String {
        let (whole, unit) = self.whole(&["b", "k", "M", "G", "T", "P"]);
        format!("{whole}{unit}")
    }

    /// The amount in the largest of the units, each 2^10 times the one before, that divides it.
    fn whole<'a>(self, units: &[&'a str]) -> (u64, &'a str) {
        let powers = (self.0.trailing_zeros() / 10) as usize;
        let power = if self.0 == 0 { 0 } else { powers.min(units.len() - 1) };
        (self.0 >> (10 * power), units[power])
    }
}

impl Cpu {
    /// No processor time.
    pub const ZERO: Self = Self(0);

    /// So many thousandths of a core.
    pub const fn from_millis(millis: u64) -> Self {
        Self(if millis < LARGEST { millis } else { LARGEST })
    }

    /// So many whole cores.
    pub const fn from_cores(cores: u64) -> Self {
        Self::from_millis(cores.saturating_mul(1000))
    }

    /// The number of thousandths of a core.
    pub const fn millis(self) -> u64 {
        self.0
    }

    /// `factor` times as much.
    #[must_use]
    pub const fn saturating_mul(self, factor: u64) -> Self {
        Self::from_millis(self.0.saturating_mul(factor))
    }

    /// The spelling that Kubernetes prints: `250m`, `2`.
    pub fn kubernetes(self) -> String {
        if self.0.is_multiple_of(1000) { (self.0 / 1000).to_string() } else { format!("{}m", self.0) }
    }

    /// The spelling that Compose takes, a decimal number of cores: `0.25`, `2`.
    pub fn compose(self) -> String {
        let (cores, millis) = (self.0 / 1000, self.0 % 1000);
        if millis == 0 {
            return cores.to_string();
        }
        format!("{cores}.{millis:03}").trim_end_matches('0').to_owned()
    }
}

/// Reads a document's spelling: any of Kubernetes' (`256Mi`, `1.5Gi`, `500M`, `1e9`, `1000`) but for fractions of a
/// byte, and Compose's with a `b` (`256MB`, `512mb`, `1 GiB`, `100b`, all binary). Rounds up to whole bytes.
impl FromStr for Memory {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        read(Resource::Memory, text, document_unit, 0, Rounding::Up).map(Self)
    }
}

/// Reads Kubernetes' spelling (`250m`, `0.5`, `2`), which takes in Compose's. Rounds up to whole millicores.
impl FromStr for Cpu {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        read(Resource::Cpu, text, kubernetes_unit, 3, Rounding::Up).map(Self)
    }
}

/// For people: `256 MiB`, `1.5 GiB`, `29.9 GiB`. A decimal that is shown as `.0` says that the figure is rounded;
/// figures below ten are not rounded, but shown in the next smaller unit.
impl Figure for Memory {
    const UNIT: &'static str = "_bytes";

    fn figure(&self) -> FigureValue {
        self.bytes().figure()
    }
}

impl Figure for Cpu {
    const UNIT: &'static str = "_millis";

    fn figure(&self) -> FigureValue {
        self.millis().figure()
    }
}

impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [&str; 7] = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        let tenfold = u128::from(self.0) * 10;
        let exact = |power: usize| tenfold.is_multiple_of(1 << (10 * power));
        let largest = (self.0.checked_ilog2().unwrap_or(0) / 10) as usize;
        let power = if exact(largest) || tenfold >> (10 * largest) >= 100 { largest } else { largest - 1 };
        let unit = 1_u128 << (10 * power);
        let tenths = (tenfold + unit / 2) / unit;
        if exact(power) && tenths.is_multiple_of(10) {
            f.pad(&format!("{} {}", tenths / 10, UNITS[power]))
        } else {
            f.pad(&format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[power]))
        }
    }
}

/// For people, exact: `0.25 cores`, `1 core`, `2 cores`.
impl fmt::Display for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.0 == 1000 { "core" } else { "cores" };
        f.pad(&format!("{} {unit}", self.compose()))
    }
}

macro_rules! saturating_arithmetic {
    ($quantity:ty, $new:path) => {
        impl Add for $quantity {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                $new(self.0.saturating_add(other.0))
            }
        }
        impl Sub for $quantity {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                $new(self.0.saturating_sub(other.0))
            }
        }
        impl AddAssign for $quantity {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl SubAssign for $quantity {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }
        impl Sum for $quantity {
            fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
                amounts.fold(Self::ZERO, Add::add)
            }
        }
    };
}
saturating_arithmetic!(Memory, Memory::from_bytes);
saturating_arithmetic!(Cpu, Cpu::from_millis);

// Reading

#[derive(Clone, Copy)]
enum Rounding {
    Up,
    Down,
}

/// A factor by which the number before it is multiplied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Ten to this power.
    Ten(i64),
    /// Two to this power.
    Two(u32),
}

const ONE: Unit = Unit::Ten(0);

/// A text taken apart: `digits * 10^power`, then a unit.
struct Parts<'a> {
    number: &'a str,
    digits: u128,
    power: i64,
    has_exponent: bool,
    unit: &'a str,
}

/// The amount in units of `10^-scale`.
fn read(
    resource: Resource,
    text: &str,
    unit_of: fn(&Parts) -> Result<Unit, Problem>,
    scale: i64,
    rounding: Rounding,
) -> Result<u64, QuantityError> {
    take_apart(text)
        .and_then(|parts| {
            let unit = unit_of(&parts)?;
            multiply(parts.digits, parts.power.saturating_add(scale), unit, rounding).ok_or(Problem::TooLarge)
        })
        .map_err(|problem| QuantityError { resource, text: shorten(text), problem })
}

fn take_apart(text: &str) -> Result<Parts<'_>, Problem> {
    if text.is_empty() {
        return Err(Problem::Empty);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = split_digits(unsigned);
    let (fraction, rest) = rest.strip_prefix('.').map_or(("", rest), split_digits);
    if whole.is_empty() && fraction.is_empty() {
        return Err(Problem::NotANumber);
    }
    if text.starts_with('-') {
        return Err(Problem::Negative);
    }
    let (exponent, unit) = split_exponent(rest);
    let number = &text[..text.len() - unit.len()];
    let significant = format!("{whole}{fraction}");
    let significant = significant.trim_start_matches('0');
    let trimmed = significant.trim_end_matches('0');
    if trimmed.len() > MOST_DIGITS {
        return Err(Problem::TooPrecise);
    }
    let shift = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    let power = exponent.unwrap_or(0).saturating_add(shift(significant.len() - trimmed.len()));
    Ok(Parts {
        number,
        digits: trimmed.parse().unwrap_or(0),
        power: power.saturating_sub(shift(fraction.len())),
        has_exponent: exponent.is_some(),
        unit,
    })
}

fn split_digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// An `e` or `E` is an exponent when a whole number follows, and otherwise belongs to the unit.
fn split_exponent(text: &str) -> (Option<i64>, &str) {
    let Some(after) = text.strip_prefix(['e', 'E']) else { return (None, text) };
    let (digits, rest) = split_digits(after.strip_prefix(['+', '-']).unwrap_or(after));
    if digits.is_empty() {
        return (None, text);
    }
    // Digits that do not fit in 64 bits are as good as infinity.
    let size = digits.parse().unwrap_or(i64::MAX);
    (Some(if after.starts_with('-') { -size } else { size }), rest)
}

/// `digits * 10^power * unit` as a whole number, or nothing if it is larger than [`LARGEST`].
fn multiply(digits: u128, power: i64, unit: Unit, rounding: Rounding) -> Option<u64> {
    if digits == 0 {
        return Some(0);
    }
    let (digits, power) = match unit {
        Unit::Ten(more) => (digits, power.saturating_add(more)),
        // At most 20 decimal digits (67 bits) and 60 bits more.
        Unit::Two(bits) => (digits << bits, power),
    };
    let ten_to = |power: u64| u32::try_from(power).ok().and_then(|power| 10_u128.checked_pow(power));
    let amount = if power >= 0 {
        digits.checked_mul(ten_to(power.unsigned_abs())?)?
    } else {
        // A divisor beyond 128 bits is larger than any `digits`.
        let divisor = ten_to(power.unsigned_abs()).unwrap_or(u128::MAX);
        match rounding {
            Rounding::Up => digits.div_ceil(divisor),
            Rounding::Down => digits / divisor,
        }
    };
    u64::try_from(amount).ok().filter(|amount| *amount <= LARGEST)
}

fn kubernetes_unit(parts: &Parts) -> Result<Unit, Problem> {
    let unit = match parts.unit {
        "" => ONE,
        // An exponent takes the place of a unit.
        _ if parts.has_exponent => return Err(unknown(parts, None)),
        "n" => Unit::Ten(-9),
        "u" => Unit::Ten(-6),
        "m" => Unit::Ten(-3),
        "k" => Unit::Ten(3),
        "M" => Unit::Ten(6),
        "G" => Unit::Ten(9),
        "T" => Unit::Ten(12),
        "P" => Unit::Ten(15),
        "E" => Unit::Ten(18),
        "Ki" => Unit::Two(10),
        "Mi" => Unit::Two(20),
        "Gi" => Unit::Two(30),
        "Ti" => Unit::Two(40),
        "Pi" => Unit::Two(50),
        "Ei" => Unit::Two(60),
        _ => return Err(unknown(parts, None)),
    };
    Ok(unit)
}

fn compose_unit(parts: &Parts) -> Result<Unit, Problem> {
    let unit = parts.unit.strip_prefix(' ').unwrap_or(parts.unit).to_ascii_lowercase();
    if unit.is_empty() && parts.unit.is_empty() || unit == "b" {
        return Ok(ONE);
    }
    let letter = unit.strip_suffix("ib").or_else(|| unit.strip_suffix('b')).unwrap_or(&unit);
    match letter {
        "k" => Ok(Unit::Two(10)),
        "m" => Ok(Unit::Two(20)),
        "g" => Ok(Unit::Two(30)),
        "t" => Ok(Unit::Two(40)),
        "p" => Ok(Unit::Two(50)),
        _ => Err(unknown(parts, None)),
    }
}

fn document_unit(parts: &Parts) -> Result<Unit, Problem> {
    match parts.unit.trim_start_matches(' ') {
        "m" => Err(Problem::Ambiguous {
            kubernetes: "a thousandth of a byte",
            compose: "MiB",
            meant: format!("{}Mi", parts.number),
        }),
        "n" | "u" => Err(unknown(parts, None)),
        unit if unit.ends_with(['b', 'B']) && !parts.has_exponent => compose_unit(parts),
        unit => kubernetes_unit(parts).map_err(|_| unknown(parts, binary_letter(unit))),
    }
}

fn unknown(parts: &Parts, letter: Option<char>) -> Problem {
    let meant = letter.filter(|_| !parts.has_exponent).map(|letter| format!("{}{letter}i", parts.number));
    Problem::UnknownUnit { unit: shorten(parts.unit), meant }
}

/// The letter of the binary unit that `g`, `K`, `mi` or ` Gi` was meant for.
fn binary_letter(unit: &str) -> Option<char> {
    let mut characters = unit.chars();
    let letter = characters.next()?.to_ascii_uppercase();
    let rest = characters.as_str();
    ("KMGTPE".contains(letter) && (rest.is_empty() || rest.eq_ignore_ascii_case("i"))).then_some(letter)
}

/// What fits in a message.
fn shorten(text: &str) -> String {
    const MOST: usize = 32;
    let mut start: String = text.chars().take(MOST).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

impl QuantityError {
    /// How to mend it, in a sentence.
    pub fn help(&self) -> String {
        let (example, units) = match self.resource {
            Resource::Memory => ("`256Mi` or `1.5Gi`", "Ki, Mi, Gi, Ti (binary) or k, M, G, T (decimal)"),
            Resource::Cpu => ("`250m` or `0.5`", "m (thousandths of a core) or none (cores)"),
        };
        match &self.problem {
            Problem::Empty | Problem::NotANumber => format!("write a number and a unit, such as {example}"),
            Problem::Negative => format!("write zero or more, such as {example}"),
            Problem::UnknownUnit { meant: Some(meant), .. } | Problem::Ambiguous { meant, .. } => {
                format!("write `{meant}`")
            }
            Problem::UnknownUnit { meant: None, .. } => format!("write a number and one of the units {units}"),
            Problem::TooLarge => format!("write a smaller amount, such as {example}"),
            Problem::TooPrecise => format!("round it to {MOST_DIGITS} digits or fewer"),
        }
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { resource, text, problem } = self;
        match problem {
            Problem::Empty => write!(f, "an amount of {resource} is missing"),
            Problem::NotANumber => write!(f, "`{text}` is not an amount of {resource}"),
            Problem::Negative => write!(f, "`{text}` is negative"),
            Problem::UnknownUnit { unit, .. } => {
                write!(f, "`{text}` has the unit `{unit}`, which is none of {resource}")
            }
            Problem::Ambiguous { kubernetes, compose, .. } => {
                write!(f, "`{text}` is ambiguous: its unit is {kubernetes} in Kubernetes and {compose} in Compose")
            }
            Problem::TooLarge => write!(f, "`{text}` is more {resource} than Kubernetes can count"),
            Problem::TooPrecise => write!(f, "`{text}` has more than {MOST_DIGITS} digits"),
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Memory => "memory",
            Self::Cpu => "CPU",
        })
    }
}

impl std::error::Error for QuantityError {}

// Serde: a string, or a number of bytes or cores. An error's help follows its message after a newline.

impl<'de> Deserialize<'de> for Memory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(QuantityVisitor(std::marker::PhantomData))
        } else {
            u64::deserialize(deserializer).map(|amount| Self(amount.min(LARGEST)))
        }
    }
}

impl<'de> Deserialize<'de> for Cpu {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(QuantityVisitor(std::marker::PhantomData))
        } else {
            u64::deserialize(deserializer).map(|amount| Self(amount.min(LARGEST)))
        }
    }
}

struct QuantityVisitor<Q>(std::marker::PhantomData<Q>);

impl<Q: FromStr<Err = QuantityError>> de::Visitor<'_> for QuantityVisitor<Q> {
    type Value = Q;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity: a number, or a number and a unit")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Q, E> {
        text.parse().map_err(|error: QuantityError| E::custom(format_args!("{error}\n{}", error.help())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Q, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Q, E> {
        self.visit_str(&number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Q, E> {
        self.visit_str(&number.to_string())
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::{Cpu, Memory};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for Memory {
        fn schema_name() -> Cow<'static, str> {
            "Memory".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            if generator.contract().is_serialize() {
                return json_schema!({ "type": "integer", "minimum": 0 });
            }
            json_schema!({
                "description": "An amount of memory: `256Mi`, `1.5Gi`, `500M`, `512MB`, or a number of bytes.",
                "type": ["string", "number"],
                "minimum": 0,
                "pattern": r"^\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+|[kMGTPE]|[KMGTPE]i| ?[kKmMgGtTpP]?[bB]| ?[kKmMgGtTpP][iI][bB])?$",
                "examples": ["256Mi", "1.5Gi"],
            })
        }
    }

    impl JsonSchema for Cpu {
        fn schema_name() -> Cow<'static, str> {
            "Cpu".into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            if generator.contract().is_serialize() {
                return json_schema!({ "type": "integer", "minimum": 0 });
            }
            json_schema!({
                "description": "An amount of processor time: `250m` (thousandths of a core), `0.5`, or a number of cores.",
                "type": ["string", "number"],
                "minimum": 0,
                "pattern": r"^\+?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+|[numkMGTPE]|[KMGTPE]i)?$",
                "examples": ["250m", 0.5],
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIB: u64 = 1 << 20;

    #[test]
    fn a_document_may_spell_memory_as_either_tool_does_where_both_agree() {
        for (text, bytes) in [
            ("0", 0),
            ("1000", 1000),
            ("+5", 5),
            ("256Mi", 256 * MIB),
            ("1.5Gi", 1536 * MIB),
            (".5Ki", 512),
            ("5.", 5),
            ("1k", 1000),
            ("0.5G", 500_000_000),
            ("1e3", 1000),
            ("1E3", 1000),
            ("15e-1", 2),
            ("2E", 2_000_000_000_000_000_000),
            ("1.0000000001Ki", 1025),
            ("1e-400", 1),
            ("0e999999999999999999999", 0),
            ("9223372036854775807", i64::MAX.unsigned_abs()),
            ("256MB", 256 * MIB),
            ("512mb", 512 * MIB),
            ("1gb", 1024 * MIB),
            ("1 GiB", 1024 * MIB),
            ("64kb", 65536),
            ("100b", 100),
        ] {
            assert_eq!(text.parse::<Memory>().map(Memory::bytes), Ok(bytes), "{text}");
        }
    }

    #[test]
    fn memory_that_cannot_be_read_says_why_and_how_to_mend_it() {
        for (text, message, help) in [
            ("", "an amount of memory is missing", "write a number and a unit, such as `256Mi` or `1.5Gi`"),
            ("lots", "`lots` is not an amount of memory", "write a number and a unit, such as `256Mi` or `1.5Gi`"),
            ("NaN", "`NaN` is not an amount of memory", "write a number and a unit, such as `256Mi` or `1.5Gi`"),
            (".", "`.` is not an amount of memory", "write a number and a unit, such as `256Mi` or `1.5Gi`"),
            ("-1Gi", "`-1Gi` is negative", "write zero or more, such as `256Mi` or `1.5Gi`"),
            (
                "256m",
                "`256m` is ambiguous: its unit is a thousandth of a byte in Kubernetes and MiB in Compose",
                "write `256Mi`",
            ),
            ("1g", "`1g` has the unit `g`, which is none of memory", "write `1Gi`"),
            ("64K", "`64K` has the unit `K`, which is none of memory", "write `64Ki`"),
            ("1.5 gi", "`1.5 gi` has the unit ` gi`, which is none of memory", "write `1.5Gi`"),
            (
                "5 apples",
                "`5 apples` has the unit ` apples`, which is none of memory",
                "write a number and one of the units Ki, Mi, Gi, Ti (binary) or k, M, G, T (decimal)",
            ),
            (
                "9223372036854775808",
                "`9223372036854775808` is more memory than Kubernetes can count",
                "write a smaller amount, such as `256Mi` or `1.5Gi`",
            ),
            (
                "1e400Mi",
                "`1e400Mi` has the unit `Mi`, which is none of memory",
                "write a number and one of the units Ki, Mi, Gi, Ti (binary) or k, M, G, T (decimal)",
            ),
            (
                "1e400",
                "`1e400` is more memory than Kubernetes can count",
                "write a smaller amount, such as `256Mi` or `1.5Gi`",
            ),
            (
                "0.333333333333333333333Gi",
                "`0.333333333333333333333Gi` has more than 20 digits",
                "round it to 20 digits or fewer",
            ),
        ] {
            let error = text.parse::<Memory>().unwrap_err();
            assert_eq!((error.to_string().as_str(), error.help().as_str()), (message, help), "{text}");
        }
    }

    #[test]
    fn each_tool_reads_its_own_spelling_by_its_own_rule() {
        for (text, kubernetes, compose) in [
            ("256M", Some(256_000_000), Some(256 * MIB)),
            ("256m", Some(1), Some(256 * MIB)),
            ("1288490188800m", Some(1_288_490_189), Some(1_288_490_188_800 * MIB)),
            ("256Mi", Some(256 * MIB), None),
            ("1.5g", None, Some(1536 * MIB)),
            ("0.1k", Some(100), Some(102)),
            ("1e3k", None, Some(1_024_000)),
            ("10 b", None, Some(10)),
            ("10 ", None, None),
            ("10ib", None, None),
        ] {
            assert_eq!(Memory::from_kubernetes(text).ok().map(Memory::bytes), kubernetes, "Kubernetes' {text}");
            assert_eq!(Memory::from_compose(text).ok().map(Memory::bytes), compose, "Compose's {text}");
        }
    }

    #[test]
    fn cpu_is_read_in_cores_and_rounded_up_to_a_millicore() {
        for (text, millis) in [
            ("250m", 250),
            ("0.5", 500),
            ("2", 2000),
            ("1.5", 1500),
            ("33.3m", 34),
            ("1n", 1),
            ("1e1", 10_000),
            ("0", 0),
        ] {
            assert_eq!(text.parse::<Cpu>().map(Cpu::millis), Ok(millis), "{text}");
        }
        for text in ["", "half", "-1", "1e3m", "50%", "10E", "9223372036854776"] {
            assert!(text.parse::<Cpu>().is_err(), "{text}");
        }
    }

    #[test]
    fn quantities_are_printed_as_each_reader_expects() {
        for (bytes, kubernetes, compose, people) in [
            (0, "0", "0b", "0 B"),
            (1000, "1000", "1000b", "1000 B"),
            (1024, "1Ki", "1k", "1 KiB"),
            (256 * MIB, "256Mi", "256M", "256 MiB"),
            (1536 * MIB, "1536Mi", "1536M", "1.5 GiB"),
            (1100 * MIB, "1100Mi", "1100M", "1100 MiB"),
            (4096 * MIB, "4Gi", "4G", "4 GiB"),
            (31_383_028 << 10, "31383028Ki", "31383028k", "29.9 GiB"),
            ((30 << 30) - 1, "32212254719", "32212254719b", "30.0 GiB"),
            ((1 << 20) - 1, "1048575", "1048575b", "1024.0 KiB"),
            (4 << 60, "4Ei", "4096P", "4 EiB"),
        ] {
            let memory = Memory::from_bytes(bytes);
            assert_eq!(
                (memory.kubernetes().as_str(), memory.compose().as_str(), memory.to_string().as_str()),
                (kubernetes, compose, people)
            );
        }
        for (millis, kubernetes, compose, people) in [
            (0, "0", "0", "0 cores"),
            (250, "250m", "0.25", "0.25 cores"),
            (1000, "1", "1", "1 core"),
            (1930, "1930m", "1.93", "1.93 cores"),
            (2000, "2", "2", "2 cores"),
        ] {
            let cpu = Cpu::from_millis(millis);
            assert_eq!(
                (cpu.kubernetes().as_str(), cpu.compose().as_str(), cpu.to_string().as_str()),
                (kubernetes, compose, people)
            );
        }
        assert_eq!(format!("{:>9}|{:<9}", Memory::from_gib(1), Cpu::from_cores(2)), "    1 GiB|2 cores  ");
    }

    #[test]
    fn numbers_and_strings_are_deserialised_and_errors_carry_help() {
        let memory = |json: &str| serde_json::from_str::<Memory>(json).map_err(|error| error.to_string());
        assert_eq!(memory("\"1Ki\""), Ok(Memory::from_kib(1)));
        assert_eq!(memory("1024"), Ok(Memory::from_kib(1)));
        assert_eq!(memory("1.5"), Ok(Memory::from_bytes(2)));
        assert!(memory("-1").unwrap_err().starts_with("`-1` is negative\nwrite zero or more"));
        assert!(memory("true").unwrap_err().starts_with("invalid type: boolean `true`, expected a quantity"));
        assert_eq!(serde_json::from_str::<Cpu>("0.25").ok(), Some(Cpu::from_millis(250)));
        assert_eq!(serde_json::to_string(&Cpu::from_millis(250)).ok().as_deref(), Some("250"));
    }

    #[test]
    fn arithmetic_saturates() {
        let most = Memory::from_bytes(u64::MAX);
        assert_eq!(most + most, most);
        assert_eq!(most.saturating_mul(3), most);
        assert_eq!(Memory::from_gib(u64::MAX), most);
        assert_eq!(Cpu::from_cores(1) - Cpu::from_cores(2), Cpu::ZERO);
        assert_eq!([Cpu::from_millis(1), Cpu::from_millis(2)].into_iter().sum::<Cpu>(), Cpu::from_millis(3));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_printed_is_read_back(amount in 0..=LARGEST, zeros in 0_u32..63) {
            for amount in [amount, amount >> zeros << zeros, amount >> zeros] {
                let memory = Memory::from_bytes(amount);
                prop_assert_eq!(memory.kubernetes().parse(), Ok(memory));
                prop_assert_eq!(Memory::from_kubernetes(&memory.kubernetes()), Ok(memory));
                prop_assert_eq!(Memory::from_compose(&memory.compose()), Ok(memory));
                let cpu = Cpu::from_millis(amount);
                prop_assert_eq!(cpu.kubernetes().parse(), Ok(cpu));
                prop_assert_eq!(cpu.compose().parse(), Ok(cpu));
            }
        }

        #[test]
        fn no_text_makes_reading_panic(text in "\\PC*", near in "[-+]?[0-9.]{0,30}[eE]?[-+]?[0-9]{0,30} ?[numkKMGTPEibB€]{0,3}") {
            for text in [text, near] {
                for error in [
                    text.parse::<Memory>().err(),
                    text.parse::<Cpu>().err(),
                    Memory::from_kubernetes(&text).err(),
                    Memory::from_compose(&text).err(),
                ].into_iter().flatten() {
                    prop_assert!(!error.to_string().is_empty() && !error.help().is_empty());
                }
            }
        }
    }
}
