//! What is said of amounts, times, rates and ports that are none. What is wrong stands before a line break, and how to
//! mend it behind.

use crate::quantity::{MOST_DIGITS, Problem, Resource};

// Memory and processor time.
pub const A_QUANTITY: &str = "a quantity: a number, or a number and a unit";
pub const A_THOUSANDTH_OF_A_BYTE: &str = "a thousandth of a byte";

/// An amount of processor time.
pub fn cores(number: &str, is_one: bool) -> String {
    if is_one { format!("{number} core") } else { format!("{number} cores") }
}

/// In the midst of a sentence.
pub fn resource(resource: Resource) -> &'static str {
    match resource {
        Resource::Memory => "memory",
        Resource::Cpu => "CPU",
    }
}

/// Of a `text` that is no amount; without a capital first.
pub fn no_quantity(measured: Resource, text: &str, problem: &Problem) -> String {
    let resource = resource(measured);
    match problem {
        Problem::Empty => format!("an amount of {resource} is missing"),
        Problem::NotANumber => format!("`{text}` is not an amount of {resource}"),
        Problem::Negative => format!("`{text}` is negative"),
        Problem::UnknownUnit { unit, .. } => format!("`{text}` has the unit `{unit}`, which is none of {resource}"),
        Problem::Ambiguous { kubernetes, compose, .. } => {
            format!("`{text}` is ambiguous: its unit is {kubernetes} in Kubernetes and {compose} in Compose")
        }
        Problem::TooLarge => format!("`{text}` is more {resource} than Kubernetes can count"),
        Problem::TooPrecise => format!("`{text}` has more than {MOST_DIGITS} digits"),
    }
}

/// Without a capital first.
pub fn no_quantity_help(measured: Resource, problem: &Problem) -> String {
    let (example, units) = match measured {
        Resource::Memory => ("`256Mi` or `1.5Gi`", "Ki, Mi, Gi, Ti (binary) or k, M, G, T (decimal)"),
        Resource::Cpu => ("`250m` or `0.5`", "m (thousandths of a core) or none (cores)"),
    };
    match problem {
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

// Times.
pub const A_LENGTH_OF_TIME: &str = "a length of time, such as `80ms`";
const TIME_HELP: &str = "Write a number and its unit, such as `80ms`, `1.5s` or `2m`";

pub fn time_without_unit(text: &str) -> String {
    format!("`{text}` has no unit\n{TIME_HELP}")
}

pub fn no_time(text: &str) -> String {
    format!("`{text}` is no length of time\n{TIME_HELP}")
}

pub fn time_out_of_range(text: &str) -> String {
    format!("`{text}` is out of range\nWrite a time from 0 up to a day (`24h`)")
}

// Rates.
pub const A_RATE: &str = "a rate of requests, such as `40/s`";

pub fn no_rate(text: &str) -> String {
    format!("`{text}` is no rate of requests\nWrite requests per second, minute or hour, such as `40/s` or `90/min`")
}

pub fn rate_out_of_range(text: &str) -> String {
    format!("`{text}` is out of range\nWrite a rate from 0 to 10 million requests a second")
}

// Prices.
pub const A_PRICE: &str = "a price, such as `19.50`";

pub fn no_price(text: &str) -> String {
    format!(
        "`{text}` is no price\nWrite what it costs a month as a number, such as `24` or `19.50`, without a currency"
    )
}

pub fn price_out_of_range(text: &str) -> String {
    format!("`{text}` is out of range\nWrite a price from 0 to a billion")
}

// Percentages.
pub const A_PERCENTAGE: &str = "a percentage, such as `70%`";

pub fn no_percentage(text: &str) -> String {
    format!("`{text}` is no percentage from 1 to 100\nWrite it like `70%`")
}

// What is one thing or another.
pub const A_PUBLISHED_PORT: &str = "a port of the server, 1 to 65535, or `false`";
pub const TRUE_IS_NO_PORT: &str = "`true` does not say which port\nWrite the port's number";
pub const TRUE_OR_A_HOST: &str = "`true`, or the host's name";

pub fn no_port(number: i64) -> String {
    format!("{number} is no port\nWrite a number from 1 to 65535")
}
