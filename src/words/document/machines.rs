//! What is said of the machines that one could buy.

pub const TOO_MANY_HELP: &str = "Only the first are; remove those that you would not buy";
pub const TWO_ALIKE_HELP: &str = "Give each a `name` of its own";
pub const SOME_HAVE_PRICES_HELP: &str = "Give every machine a `price`, or none";
pub const NO_MACHINE: &str = "There is no machine in the list";
pub const NO_MACHINE_HELP: &str = "List some, or leave it out: then the usual sizes are taken";
pub const ZERO_CPU: &str = "The processors of a machine cannot be 0";
pub const ZERO_MEMORY: &str = "The memory of a machine cannot be 0";

pub fn too_many(count: usize, most: usize) -> String {
    format!("{count} machines are more than the {most} that are compared")
}

pub fn two_called(name: &str) -> String {
    format!("There are two machines called `{name}`")
}

/// Of machines without names.
pub fn two_with(size: &str) -> String {
    format!("There are two machines with {size}")
}

pub fn some_have_prices(priced: usize, all: usize) -> String {
    format!("{priced} of {all} machines have a price, so that all are compared by size")
}

pub fn no_name(text: &str) -> String {
    format!("`{text}` is no name of a machine")
}

pub fn no_name_help(longest: usize) -> String {
    format!("Use letters, digits and signs without line breaks, {longest} characters at most")
}
