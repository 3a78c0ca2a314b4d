//! When a program runs that does not run all the time.

use std::fmt;

/// Five fields of cron that cron itself and Kubernetes' `CronJob` read alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule(String);

/// A field: what it is called, its range, and the names that its numbers have.
type Part = (&'static str, std::ops::RangeInclusive<u8>, &'static [&'static str]);

const PARTS: [Part; 5] = [
    ("minute", 0..=59, &[]),
    ("hour", 0..=23, &[]),
    ("day of the month", 1..=31, &[]),
    ("month", 1..=12, &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
    ("day of the week", 0..=6, &["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
];

impl Schedule {
    /// What `text` says, if both read it alike: numbers, names of months and days, `*`, ranges, lists and steps
    /// (<https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax>).
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn new(text: &str) -> Result<Self, String> {
        let fields: Vec<&str> = text.split_ascii_whitespace().collect();
        if fields.len() != PARTS.len() {
            return Err(format!("A schedule has five fields, this one has {}", fields.len()));
        }
        for (field, part) in fields.iter().zip(&PARTS) {
            if !field.split(',').all(|item| is_item(item, part)) {
                let (name, range, _) = part;
                let (lowest, highest) = (range.start(), range.end());
                return Err(format!("The {name} is `{field}`, and goes from {lowest} to {highest}"));
            }
        }
        Ok(Self(fields.join(" ")))
    }

    /// The five fields, with one space between.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `*`, `5`, `1-5`, or one of the first and the last with a step: `*/15`, `1-5/2`.
fn is_item(item: &str, part: &Part) -> bool {
    let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, Some(step)));
    let step_is_one = step.is_none_or(|step| number(step, part).is_some_and(|step| step > 0));
    let range_is_one = match range.split_once('-') {
        _ if range == "*" => true,
        Some((from, to)) => value(from, part).zip(value(to, part)).is_some_and(|(from, to)| from <= to),
        // Cron takes no step after a single number, and Kubernetes reads it as a range up to the end.
        None => step.is_none() && value(range, part).is_some(),
    };
    step_is_one && range_is_one
}

fn value(text: &str, part: &Part) -> Option<u8> {
    let (_, range, names) = part;
    let by_name = names.iter().zip(range.clone()).find(|(name, _)| name.eq_ignore_ascii_case(text));
    by_name.map(|(_, value)| value).or_else(|| number(text, part).filter(|value| range.contains(value)))
}

/// A number without a sign, at most the end of the field's range.
fn number(text: &str, (_, range, _): &Part) -> Option<u8> {
    let digits = text.bytes().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|number| digits && number <= range.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_fields_that_cron_and_kubernetes_read_alike() {
        for (text, normal) in [
            ("0 3 * * *", "0 3 * * *"),
            ("*/15 8-18 * * MON-fri", "*/15 8-18 * * MON-fri"),
            (" 0  0 1,15 jan-jun/2 * ", "0 0 1,15 jan-jun/2 *"),
        ] {
            assert_eq!(Schedule::new(text).map(|schedule| schedule.to_string()).as_deref(), Ok(normal));
        }
    }

    #[test]
    fn what_one_of_them_would_refuse_or_misread_is_refused() {
        for text in [
            "",
            "@daily",
            "0 3 * *",
            "0 3 * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 7",
            "*/0 * * * *",
            "5-1 * * * *",
            "+5 * * * *",
            "-1 * * * *",
            "5/15 * * * *",
            "? * * * *",
            "1,,2 * * * *",
            "* * * * L",
            "TZ=UTC 0 3 * * *",
            "999999999999 * * * *",
            "1-2-3 * * * *",
            "*/1/2 * * * *",
            "0 3 * * \u{0663}",
        ] {
            assert!(Schedule::new(text).is_err(), "{text}");
        }
    }
}
