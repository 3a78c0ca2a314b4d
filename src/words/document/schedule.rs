//! What is said of when a program runs that does not run all the time.

use crate::topology::ScheduleField;

pub fn not_five_fields(count: usize) -> String {
    format!("A schedule has five fields, this one has {count}")
}

pub fn field_out_of_range(field: ScheduleField, written: &str, lowest: u8, highest: u8) -> String {
    let name = match field {
        ScheduleField::Minute => "minute",
        ScheduleField::Hour => "hour",
        ScheduleField::DayOfMonth => "day of the month",
        ScheduleField::Month => "month",
        ScheduleField::DayOfWeek => "day of the week",
    };
    format!("The {name} is `{written}`, and goes from {lowest} to {highest}")
}
