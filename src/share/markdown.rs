//! A document as Markdown, for an issue or a review: what it comes to, the text, what was found, and a link.
//!
//! Whatever the text says stays text: the fence around it is longer than any in it, and the rest is escaped, as CommonMark
//! has it (<https://spec.commonmark.org/0.31.2/#backslash-escapes>).

use crate::VERSION;
use crate::engine::Placed;
use crate::plan::Plan;
use std::fmt::Write;

/// What is handed on.
#[derive(Debug, Clone, Copy)]
pub struct Review<'a> {
    /// The document.
    pub text: &'a str,
    /// What was found in it, in its order.
    pub findings: &'a [Placed],
    /// Its name and plan, if it can be read.
    pub plan: Option<(&'a str, &'a Plan)>,
    /// A link that opens it.
    pub link: Option<&'a str>,
}

/// The Markdown of a document.
pub fn markdown(review: &Review) -> String {
    let mut out = String::with_capacity(review.text.len() + 1024);
    if let Some((name, plan)) = review.plan {
        verdicts(&mut out, name, plan);
    }
    let fence = "`".repeat(longest_run(review.text).max(2) + 1);
    let end = if review.text.is_empty() || review.text.ends_with('\n') { "" } else { "\n" };
    // Writing to a string does not fail.
    let _ = write!(out, "{fence}yaml\n{}{end}{fence}\n", review.text);
    findings(&mut out, review.findings);
    let _ = match review.link {
        Some(link) => writeln!(out, "\n[Open in Plimsoll](<{link}>) · Plimsoll {VERSION}"),
        None => writeln!(out, "\nPlimsoll {VERSION}"),
    };
    out
}

fn verdicts(out: &mut String, name: &str, plan: &Plan) {
    let server = plan.server.as_ref().map(|plan| ("On the server", plan.verdict.sentences()));
    let cluster = plan.cluster.as_ref().map(|plan| ("On the cluster", plan.verdict.sentences()));
    let _ = writeln!(out, "### {}\n", escaped(name));
    for (place, (reason, figures)) in server.into_iter().chain(cluster) {
        let _ = writeln!(out, "**{place}.** {}  \n{}\n", escaped(reason), escaped(figures));
    }
}

fn findings(out: &mut String, findings: &[Placed]) {
    if findings.is_empty() {
        return;
    }
    out.push('\n');
    for Placed { severity, message, help, position, .. } in findings {
        let help = help.as_deref().map(escaped);
        let (line, severity, message) = (position.line, severity.as_str(), escaped(message));
        let _ = match help {
            Some(help) if help.ends_with(['.', '?', '!']) => {
                writeln!(out, "- Line {line}, {severity}: {message}. {help}")
            }
            Some(help) => writeln!(out, "- Line {line}, {severity}: {message}. {help}."),
            None => writeln!(out, "- Line {line}, {severity}: {message}."),
        };
    }
}

/// The most backquotes that stand side by side.
fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

/// A sentence that shows as it is, on one line; what stands between backquotes is set as code.
fn escaped(sentence: &str) -> String {
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let pieces: Vec<&str> = sentence.split('`').collect();
    let mut out = String::with_capacity(sentence.len() + 16);
    for (number, piece) in pieces.iter().enumerate() {
        let (is_code, is_closed) = (number % 2 == 1, number + 1 < pieces.len());
        if is_code && is_closed && !piece.trim().is_empty() {
            let _ = write!(out, "`{piece}`");
            continue;
        }
        let ends = if is_closed { "\\`" } else { "" };
        out.push_str(if is_code { "\\`" } else { "" });
        out.extend(piece.chars().flat_map(as_itself));
        out.push_str(if is_code { ends } else { "" });
    }
    out
}

/// A character, after a backslash where it could be read as Markdown.
fn as_itself(character: char) -> impl Iterator<Item = char> {
    let means_nothing = !character.is_ascii_punctuation() || ",.;:()'\"/%?=-".contains(character);
    (!means_nothing).then_some('\\').into_iter().chain([character])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Analyze, Task};
    use proptest::prelude::*;

    fn of(text: &str, link: Option<&str>) -> String {
        let analyzed = Analyze { text: text.to_owned(), with_files: false }.run(&mut |_| {});
        let report = analyzed.report.as_ref();
        let plan = report.map(|report| (report.name.as_str(), &report.plan));
        markdown(&Review { text, findings: &analyzed.findings, plan, link })
    }

    #[test]
    fn a_review_says_what_it_comes_to_where_what_is_wrong_and_opens_again() {
        let text = "name: shop\nservices:\n  api: { python: {}, replica: 2 }\nserver: { cpu: 1, memory: 1Gi }\n";
        let review = of(text, Some("https://plimsoll.example/#v1=a&by=1"));
        let lines: Vec<&str> = review.lines().collect();
        assert_eq!(lines[0], "### shop");
        assert!(lines[2].starts_with("**On the server.** It floats"), "{review}");
        assert!(review.contains(&format!("\n```yaml\n{text}```\n")), "{review}");
        assert!(review.contains("\n- Line 3, error: There is no key `replica` in `api`. "), "{review}");
        let end = format!("\n\n[Open in Plimsoll](<https://plimsoll.example/#v1=a&by=1>) · Plimsoll {VERSION}\n");
        assert!(review.ends_with(&end), "{review}");
    }

    #[test]
    fn a_text_that_cannot_be_read_is_handed_on_with_what_is_wrong() {
        let review = of("[", None);
        assert!(review.starts_with("```yaml\n[\n```\n\n- Line 1, error: "), "{review}");
        assert!(review.ends_with(&format!("\n\nPlimsoll {VERSION}\n")), "{review}");
    }

    #[test]
    fn sentences_show_as_they_are() {
        assert_eq!(escaped("a `b*c` <i>_d_\n# e"), "a `b*c` \\<i\\>\\_d\\_ \\# e");
        assert_eq!(escaped("one ` alone, `*`"), "one ` alone, `\\*\\`");
        assert_eq!(escaped("[x](y) 70% a-1/2"), "\\[x\\](y) 70% a-1/2");
    }

    proptest! {
        #[test]
        fn any_text_comes_back_out_of_its_fence(text in "[a`~\n\\-]{0,40}|\\PC*") {
            let review = markdown(&Review { text: &text, findings: &[], plan: None, link: None });
            let fence = &review[..review.find("yaml").unwrap()];
            let body = &review[review.find('\n').unwrap() + 1..];
            // The fence ends at the first line that begins with as many backquotes.
            let end = body.split_inclusive('\n').take_while(|line| !line.starts_with(fence)).map(str::len).sum::<usize>();
            prop_assert_eq!(body[..end].strip_suffix(if text.is_empty() || text.ends_with('\n') { "" } else { "\n" }), Some(text.as_str()));
        }
    }
}
