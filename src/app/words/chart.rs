//! What is written on charts, and on the table of their figures.

pub const FIGURES: &str = "Figures over time";
pub const CAPTION: &str = "What holds from each time on, until the next row. Memory is in MiB.";
pub const FROM: &str = "From";
pub const MOST: &str = "Most";
/// The column of the sum.
pub const ALL: &str = "all";
/// After the command that prints all rows.
pub const PRINTS_ALL: &str = " prints all of them. The last row counts all.";

// After the name of a figure: what it is counted in.
pub const IN_MIB: &str = ", MiB";
pub const A_SECOND: &str = ", a second";
pub const IN_PERCENT: &str = ", %";
pub const IN_MILLIS: &str = ", ms";

/// What a chart is called.
pub fn over_time(title: &str) -> String {
    format!("{title} over time")
}

pub fn peak(value: &str) -> String {
    format!("peak {value}")
}

pub fn load_line(value: &str) -> String {
    format!("load line {value}")
}

/// Before the command that prints all rows.
pub fn first_changes(shown: usize, left_out: usize) -> String {
    format!("The first {shown} changes; {left_out} more follow. ")
}
