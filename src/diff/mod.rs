//! What differs between two texts, line by line.
//!
//! The shortest way from one to the other, by Myers' greedy algorithm (Eugene W. Myers, An O(ND) Difference Algorithm and
//! Its Variations, 1986, <https://doi.org/10.1007/BF01840446>). Its cost grows with what differs, not with the texts.

mod unified;

pub use unified::{Row, unified};

use std::ops::Range;

/// Where more lines than this differ, nobody reads them one by one: all that lies between the first and the last is then one
/// change. It bounds the time and the memory, both of which grow with its square.
pub const MOST_DIFFERENCES: usize = 1000;

/// Lines that others took the place of. One of the ranges may be empty, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The lines that are gone, by their numbers (from 0) in the text before.
    pub before: Range<usize>,
    /// Those that are there instead, by their numbers in the text after.
    pub after: Range<usize>,
}

/// The changes that make `before` into `after`, in order; between any two of them is a line that stayed.
pub fn changes(before: &str, after: &str) -> Vec<Change> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let start = equal(before.iter(), after.iter());
    let end = equal(before[start..].iter().rev(), after[start..].iter().rev());
    let (old, new) = (&before[start..before.len() - end], &after[start..after.len() - end]);

    let mut changes = Vec::new();
    let (mut x, mut y) = (0, 0);
    let end = (old.len(), new.len());
    for (stays_x, stays_y) in staying(old, new).into_iter().chain([end]) {
        if (x, y) != (stays_x, stays_y) {
            changes.push(Change { before: start + x..start + stays_x, after: start + y..start + stays_y });
        }
        (x, y) = (stays_x + 1, stays_y + 1);
    }
    changes
}

/// How many items are equal from the start.
fn equal<T: PartialEq>(one: impl Iterator<Item = T>, other: impl Iterator<Item = T>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).count()
}

/// The lines that stay, by their numbers in both texts; none if there are more than [`MOST_DIFFERENCES`] others.
fn staying(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    // With `differences` lines removed or added, `rounds[differences][removed]` is how far one comes in `old`.
    let mut rounds: Vec<Vec<usize>> = Vec::new();
    for differences in 0..=MOST_DIFFERENCES {
        let mut round = Vec::with_capacity(differences + 1);
        for removed in 0..=differences {
            let x = rounds.last().map_or(0, |last| step(last, removed).0);
            let x = x + equal(old.iter().skip(x), new.iter().skip(added_to(x, differences, removed)));
            round.push(x);
            if x >= old.len() && added_to(x, differences, removed) >= new.len() {
                return walk_back(&rounds, x, removed);
            }
        }
        rounds.push(round);
    }
    Vec::new()
}

/// How far one is in the new text: as far as in the old one, and what was added further, less what was removed.
fn added_to(x: usize, differences: usize, removed: usize) -> usize {
    x + differences - 2 * removed
}

/// Where the next round starts with so many lines removed, and how many had been before: the step is an added or a removed
/// line, whichever comes further.
fn step(last: &[usize], removed: usize) -> (usize, usize) {
    let by_adding = last.get(removed);
    let by_removing = removed.checked_sub(1).map(|before| (last[before] + 1, before));
    match (by_adding, by_removing) {
        (Some(&x), Some((further, _))) if x >= further => (x, removed),
        (_, Some(by_removing)) => by_removing,
        (x, None) => (x.copied().unwrap_or_default(), removed),
    }
}

/// The lines that stay on the way that led to `x` after all the rounds, from its end to its start and turned around.
fn walk_back(rounds: &[Vec<usize>], mut x: usize, mut removed: usize) -> Vec<(usize, usize)> {
    let mut staying = Vec::new();
    for differences in (0..=rounds.len()).rev() {
        let last = differences.checked_sub(1).map(|last| &rounds[last]);
        let (start, removed_before) = last.map_or((0, removed), |last| step(last, removed));
        staying.extend((start..x).rev().map(|x| (x, added_to(x, differences, removed))));
        removed = removed_before;
        x = last.map_or(0, |last| last[removed]);
    }
    staying.reverse();
    staying
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The lines that are gone and those that are new, with their signs.
    fn shown(before: &str, after: &str) -> String {
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
        let mut shown = String::new();
        for Change { before, after } in changes(before, after) {
            shown.extend(old[before].iter().map(|line| format!("-{line} ")));
            shown.extend(new[after].iter().map(|line| format!("+{line} ")));
        }
        shown
    }

    #[test]
    fn only_what_differs_is_told() {
        for (before, after, expected) in [
            ("", "", ""),
            ("a\nb\n", "a\nb\n", ""),
            ("", "a\n", "+a "),
            ("a\n", "", "-a "),
            ("a\nb\nc\n", "a\nx\nc\n", "-b +x "),
            ("a\nb\nc\n", "a\nb\nb\nc\n", "+b "),
            ("a\nb\nc\nd\n", "b\nc\nx\nd\n", "-a +x "),
        ] {
            assert_eq!(shown(before, after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn where_too_much_differs_it_is_one_change() {
        let text =
            |word: &str| (0..MOST_DIFFERENCES).map(|line| format!("{word}{line}\nsame\n")).collect::<Vec<_>>().concat();
        let (before, after) = (format!("first\n{}last\n", text("a")), format!("first\n{}last\n", text("b")));
        // The last lines that are the same are not among those between the first and the last that differ.
        let between = 1..2 * MOST_DIFFERENCES;
        assert_eq!(changes(&before, &after), [Change { before: between.clone(), after: between }]);
    }

    /// How many lines stay at most, the slow way.
    fn longest_common(old: &[&str], new: &[&str]) -> usize {
        let mut lengths = vec![vec![0; new.len() + 1]; old.len() + 1];
        for (i, one) in old.iter().enumerate() {
            for (j, other) in new.iter().enumerate() {
                lengths[i + 1][j + 1] =
                    if one == other { lengths[i][j] + 1 } else { lengths[i][j + 1].max(lengths[i + 1][j]) };
            }
        }
        lengths[old.len()][new.len()]
    }

    proptest! {
        #[test]
        fn the_changes_make_one_text_into_the_other_and_are_the_fewest(
            before in proptest::collection::vec("[a-d]", 0..24),
            after in proptest::collection::vec("[a-d]", 0..24),
        ) {
            let (before, after) = (before.join("\n"), after.join("\n"));
            let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
            let (mut made, mut read) = (Vec::new(), 0);
            for change in changes(&before, &after) {
                prop_assert!(!(change.before.is_empty() && change.after.is_empty()));
                made.extend_from_slice(&old[read..change.before.start]);
                prop_assert_eq!(made.len(), change.after.start);
                made.extend_from_slice(&new[change.after.clone()]);
                read = change.before.end;
            }
            made.extend_from_slice(&old[read..]);
            prop_assert_eq!(&made, &new);

            let gone: usize = changes(&before, &after).iter().map(|change| change.before.len()).sum();
            prop_assert_eq!(old.len() - gone, longest_common(&old, &new));
        }
    }
}
