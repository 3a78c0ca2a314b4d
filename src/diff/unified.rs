//! Two texts as one list of lines: what stays, what is gone, what is new.

use super::Change;

/// How many lines that stay are shown around a change, as `diff -u` has it.
const CONTEXT: usize = 3;

/// A row of the comparison. Lines are numbered from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// A line of both texts.
    Same {
        /// Its number in the text before.
        before: usize,
        /// Its number in the text after.
        after: usize,
    },
    /// A line that only the text before has.
    Removed(usize),
    /// A line that only the text after has.
    Added(usize),
    /// So many lines of both that are not shown.
    Skipped(usize),
}

/// The comparison of two texts, the first of which has so many `lines`, by the `changes` between them.
pub fn unified(lines: usize, changes: &[Change]) -> Vec<Row> {
    let mut rows = Vec::new();
    let (mut before, mut after) = (0, 0);
    for (number, change) in changes.iter().enumerate() {
        let lead = if number == 0 { 0 } else { CONTEXT };
        same(&mut rows, before, after, change.before.start - before, (lead, CONTEXT));
        rows.extend(change.before.clone().map(Row::Removed));
        rows.extend(change.after.clone().map(Row::Added));
        (before, after) = (change.before.end, change.after.end);
    }
    let lead = if changes.is_empty() { 0 } else { CONTEXT };
    same(&mut rows, before, after, lines.saturating_sub(before), (lead, 0));
    rows
}

/// Adds `count` lines that stay: so many of the first, so many of the last, and the number of those between.
fn same(rows: &mut Vec<Row>, before: usize, after: usize, count: usize, (first, last): (usize, usize)) {
    let line = |offset: usize| Row::Same { before: before + offset, after: after + offset };
    // One line takes no more room than the words that it is not shown.
    if count <= first + last + 1 {
        rows.extend((0..count).map(line));
    } else {
        rows.extend((0..first).map(line));
        rows.push(Row::Skipped(count - first - last));
        rows.extend((count - last..count).map(line));
    }
}

#[cfg(test)]
mod tests {
    use super::super::changes;
    use super::*;

    /// The rows with their signs.
    fn shown(before: &str, after: &str) -> Vec<String> {
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let rows = unified(old.len(), &changes(before, after)).into_iter().map(|row| match row {
            Row::Same { before, after } => {
                assert_eq!(old[before], new[after]);
                format!(" {}", new[after])
            }
            Row::Removed(line) => format!("-{}", old[line]),
            Row::Added(line) => format!("+{}", new[line]),
            Row::Skipped(count) => format!("{count} more"),
        });
        rows.collect()
    }

    #[test]
    fn a_change_is_shown_with_the_lines_around_it() {
        let lines = |range: std::ops::Range<u32>| range.map(|line| format!("{line}\n")).collect::<Vec<_>>().concat();
        let (before, after) = (lines(0..20), format!("{}x\n{}", lines(0..9), lines(10..20)));
        assert_eq!(shown(&before, &after), ["6 more", " 6", " 7", " 8", "-9", "+x", " 10", " 11", " 12", "7 more"]);
    }

    #[test]
    fn a_text_that_came_or_went_is_shown_whole() {
        assert_eq!(shown("", "a\nb\n"), ["+a", "+b"]);
        assert_eq!(shown("a\nb\n", ""), ["-a", "-b"]);
        assert_eq!(shown("a\n", "a\n"), [" a"]);
        assert_eq!(shown("a\nb\nc\n", "a\nb\nc\n"), ["3 more"]);
    }
}
