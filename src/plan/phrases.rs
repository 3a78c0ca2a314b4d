//! Phrases that several sentences of the plan share.

use crate::text::listed;

/// Names pods by the first of them: `api-3`, `api-3 and 4 more`.
pub(crate) fn pods_by_first(first: &str, pods: u64) -> String {
    match pods {
        0 | 1 => first.to_owned(),
        pods => format!("{first} and {} more", pods - 1),
    }
}

/// Counts further nodes: `one more node`, `3 more nodes`.
pub(crate) fn more_nodes(nodes: u32) -> String {
    match nodes {
        1 => "one more node".to_owned(),
        nodes => format!("{nodes} more nodes"),
    }
}

/// Strips the full stop from a sentence, to embed it in another.
pub(crate) fn without_full_stop(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}

/// Says that pods fit nowhere, naming the first: `api-3 and 4 more have nowhere to go`.
pub(crate) fn unschedulable_pods(first: &str, pods: u64) -> String {
    let have = if pods > 1 { "have" } else { "has" };
    format!("{} {have} nowhere to go", pods_by_first(first, pods))
}

/// Lists names: `a`, `a and b`, `a, b and c`; of many, the first few and how many more.
pub(crate) fn list(names: &[String]) -> String {
    const MOST: usize = 5;
    match names.split_at_checked(MOST) {
        Some((first, rest @ [_, ..])) => format!("{} and {} more", first.join(", "), rest.len()),
        _ => listed(names, "and"),
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_read_as_sentences_do() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!((0..4).map(|count| list(&names[..count])).collect::<Vec<_>>(), ["", "a", "a and b", "a, b and c"]);
        assert_eq!(list(&["a"; 9].map(str::to_owned)), "a, a, a, a, a and 4 more");
    }
}
