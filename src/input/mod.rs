//! Reading the fields of a document: each is checked by itself, and a mistake becomes a finding at its place.

pub mod check;
pub mod written_command;

use crate::finding::{Finding, Findings};
use crate::message::{Message, message};
use crate::model::{Duration, Name};
use crate::rules;
use crate::text::Span;
use crate::yaml::Field;
use std::ops::RangeInclusive;

/// The most processes in one container.
pub const MAX_WORKERS: u32 = 256;
/// The most variables, secrets, steps or folders that one service can list.
pub const MAX_ENTRIES: usize = 500;
/// The longest that a start or an end can take.
const HOUR: Duration = Duration::from_millis(3_600_000);

/// The value of a field and its place, if the field was given and could be read.
pub fn given<T>(field: &Field<T>) -> Option<(&T, Span)> {
    field.get().zip(field.span())
}

/// Helps where a list is longer than what is read of it.
pub const ONLY_FIRST_USED: &str = "Only the first are used";

/// Collects findings while the document is resolved.
#[derive(Default)]
pub struct Report {
    /// The findings so far.
    pub(crate) findings: Findings,
}

impl Report {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(|| finding);
    }

    /// Adds a finding that takes work to make, unless there are enough already.
    pub fn add_with(&mut self, make: impl FnOnce() -> Finding) {
        self.findings.push(make);
    }

    /// The field as a name, if it is given and is one.
    pub fn name(&mut self, field: &Field<String>) -> Option<Name> {
        let (text, span) = given(field)?;
        self.checked_name(text, span)
    }

    /// `text` as a name; else a finding, and the nearest name if there is one.
    pub fn checked_name(&mut self, text: &str, span: Span) -> Option<Name> {
        if let Some(name) = Name::new(text) {
            return Some(name);
        }
        let nearest = Name::nearest(text);
        let mut finding = Finding::error(
            &rules::not_a_dns_label::RULE,
            span,
            message!("`{text}` is no DNS label", text = shortened(text)),
        )
        .help("Use a letter first, then a-z, 0-9 and `-`, 63 characters at most: others reach it under this name")
        .cite();
        if let Some(nearest) = &nearest {
            finding = finding.replace_by(format!("Rename to `{}`", nearest.as_str()), nearest.as_str());
        }
        self.add(finding);
        nearest
    }

    /// The field if it is given and `holds`; else a finding where it is given, which says what is `wrong`, and nothing.
    pub fn text<'a>(
        &mut self,
        field: &'a Field<String>,
        holds: impl Fn(&str) -> bool,
        wrong: impl Fn(&str) -> Message,
        help: &str,
    ) -> Option<&'a str> {
        let (text, span) = given(field)?;
        if holds(text) {
            return Some(text);
        }
        self.add(Finding::error(&rules::wrong_value::RULE, span, wrong(&shortened(text))).help(help));
        None
    }

    /// The field if it is given and lies in `range`; else a finding where it is given, which says what is `wrong`, and
    /// nothing.
    pub fn number<T>(&mut self, field: &Field<T>, range: RangeInclusive<T>, wrong: impl Fn(T) -> Message) -> Option<T>
    where
        T: Copy + PartialOrd + Into<u64>,
    {
        let (number, span) = given(field)?;
        if range.contains(number) {
            return Some(*number);
        }
        let help = format!(
            "Write a number from {lowest} to {highest}",
            lowest = (*range.start()).into(),
            highest = (*range.end()).into()
        );
        self.add(Finding::error(&rules::out_of_range::RULE, span, wrong(*number)).help(help));
        None
    }

    /// The field if it is given and more than nothing; else a finding where it is given, which says what is `wrong`, and
    /// nothing.
    pub fn positive<T: Copy + PartialEq + Default>(&mut self, field: &Field<T>, wrong: &str) -> Option<T> {
        let (amount, span) = given(field)?;
        if *amount != T::default() {
            return Some(*amount);
        }
        self.add(Finding::error(&rules::out_of_range::RULE, span, wrong).help("Write more than 0, or leave it out"));
        None
    }

    /// The field if it is given and is an hour at most; else a finding where it is given, and nothing.
    pub fn up_to_an_hour(&mut self, field: &Field<Duration>) -> Option<Duration> {
        let (time, span) = given(field)?;
        if *time <= HOUR {
            return Some(*time);
        }
        let message = message!("{time} are longer than the hour that can be planned with", time);
        self.add(
            Finding::error(&rules::out_of_range::RULE, span, message).help("Write a time from 0 up to an hour (`1h`)"),
        );
        None
    }

    /// The given entries of a list, at most [`MAX_ENTRIES`], with their places. What says that they are `too_many` is
    /// told their number and the most.
    pub fn entries<'a, T>(
        &mut self,
        field: &'a Field<Vec<Field<T>>>,
        too_many: impl Fn(usize, usize) -> Message,
    ) -> Vec<(&'a T, Span)> {
        let Some((entries, span)) = given(field) else { return Vec::new() };
        self.at_most_entries(entries.len(), span, too_many);
        entries.iter().take(MAX_ENTRIES).filter_map(given).collect()
    }

    /// Says so where a list has more than [`MAX_ENTRIES`].
    pub fn at_most_entries(&mut self, count: usize, span: Span, too_many: impl Fn(usize, usize) -> Message) {
        if count > MAX_ENTRIES {
            let message = too_many(count, MAX_ENTRIES);
            self.add(Finding::error(&rules::too_many::RULE, span, message).help(ONLY_FIRST_USED));
        }
    }

    /// Says that `command` has no effect beside code that Plimsoll builds.
    pub fn command_of_code(&mut self, command: &Field<String>) {
        let message = "What is built from code says its command itself";
        self.no_effect(command, message, "Write it as `worker`, or remove it");
    }

    /// Says that a field that was given changes nothing here.
    pub fn no_effect<T>(&mut self, field: &Field<T>, message: impl Into<Message>, help: &str) {
        if let Some((_, span)) = given(field) {
            self.add(Finding::warning(&rules::no_effect::RULE, span, message).help(help));
        }
    }
}

/// `text` short enough to stand in a sentence, without line breaks.
pub fn shortened(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(60).map(clean).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

/// Says that there is no service of this name, and offers the nearest of `names`; else `help`.
pub fn unknown_service<'a>(name: &str, span: Span, names: impl Iterator<Item = &'a Name>, help: &str) -> Finding {
    let finding = Finding::error(
        &rules::unknown_service::RULE,
        span,
        message!("There is no service `{name}`", name = shortened(name)),
    );
    match nearest(name, names) {
        Some(nearest) => finding
            .help(format!("Did you mean `{nearest}`?"))
            .replace_by(format!("Replace by `{nearest}`"), nearest.as_str()),
        None => finding.help(help),
    }
}

/// The name of `names` that is spelled most like `text`, if one is near.
fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    if text.len() > 63 {
        return None;
    }
    names
        .map(|name| (strsim::damerau_levenshtein(text, name.as_str()), name))
        .filter(|(distance, name)| *distance <= 1 + name.as_str().len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The folder of a service's code, relative to the Compose file.
pub fn source_folder(source: &Field<String>, report: &mut Report) -> String {
    let wrong = |text: &str| message!("`{text}` is no folder for code below this one", text);
    let help = "Write a folder below the Compose file, such as `services/api`, without `..`, and with no name that a \
                generated file has";
    check::folder(report.text(source, check::is_source_folder, wrong, help).unwrap_or("."))
}
