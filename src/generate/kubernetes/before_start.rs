//! Where the steps before a start run, and commands as Kubernetes reads them.

use crate::topology::{How, Service, Step};

/// The steps that a Job runs.
pub(super) fn in_job(service: &Service) -> Vec<&Step> {
    if service.waits_for_job() { service.jobs().collect() } else { Vec::new() }
}

/// The steps that run in init containers of each pod. A command that is the image's own cannot have steps before it in
/// its container, so these come here too.
pub(super) fn in_init_containers(service: &Service) -> Vec<&Step> {
    let runs_here = |step: &&Step| match step.how {
        How::InitContainer => true,
        How::Job => service.is_stateful(),
        How::InContainer => service.command.is_none(),
        How::ByHand => false,
    };
    service.before_start.iter().filter(runs_here).collect()
}

/// The steps that run in the container itself, right before its command.
pub(super) fn in_container(service: &Service) -> Vec<&Step> {
    let runs_here = |step: &&Step| step.how == How::InContainer && service.command.is_some();
    service.before_start.iter().filter(runs_here).collect()
}

/// What the container runs: its command, behind a shell if steps come before it; nothing where the image says it.
pub(super) fn args(service: &Service) -> Option<Vec<String>> {
    let command = service.command.as_ref()?;
    let steps = in_container(service);
    if steps.is_empty() {
        return Some(literal(command));
    }
    // Words never hold NUL, which is all that cannot be quoted.
    let quoted = |step: &&Step| shlex::try_join(step.command.iter().map(String::as_str)).unwrap_or_default();
    let mut script: Vec<String> = vec!["set -e".to_owned()];
    script.extend(steps.iter().map(quoted));
    // The shell gives way to the command, which then is process 1 and gets the signal to stop.
    script.push("exec \"$@\"".to_owned());
    let mut words = vec!["sh".to_owned(), "-c".to_owned(), script.join("\n"), "--".to_owned()];
    words.extend_from_slice(command);
    Some(literal(&words))
}

/// Words that Kubernetes hands on as they are, although it replaces `$(NAME)` and reads `$$` as `$`
/// (<https://github.com/kubernetes/kubernetes/blob/master/third_party/forked/golang/expansion/expand.go>).
pub(super) fn literal(words: &[String]) -> Vec<String> {
    words.iter().map(|word| escaped(word)).collect()
}

fn escaped(word: &str) -> String {
    let mut text = String::with_capacity(word.len());
    let mut characters = word.chars().peekable();
    while let Some(c) = characters.next() {
        text.push(c);
        // It takes the byte after `$` for a character, which would break one of several bytes.
        let is_read = c == '$' && characters.peek().is_some_and(|next| matches!(next, '(' | '$') || !next.is_ascii());
        if is_read {
            text.push('$');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What Kubernetes makes of a word, byte by byte; names between parentheses become `VALUE`.
    fn expanded(word: &str) -> Vec<u8> {
        let (mut bytes, mut read) = (word.as_bytes(), Vec::new());
        while let Some((first, rest)) = bytes.split_first() {
            bytes = rest;
            match (first, rest.first()) {
                (b'$', Some(b'$')) => {
                    read.push(b'$');
                    bytes = &rest[1..];
                }
                (b'$', Some(b'(')) => {
                    let end = rest.iter().position(|byte| *byte == b')');
                    read.extend_from_slice(if end.is_some() { b"VALUE" } else { b"$(" });
                    bytes = &rest[end.unwrap_or_default() + 1..];
                }
                (b'$', Some(next)) => {
                    read.push(b'$');
                    read.extend(char::from(*next).to_string().bytes());
                    bytes = &rest[1..];
                }
                _ => read.push(*first),
            }
        }
        read
    }

    #[test]
    fn only_what_would_be_replaced_is_escaped() {
        for (word, text) in [
            ("$(HOME)", "$$(HOME)"),
            ("$HOME ${HOME}", "$HOME ${HOME}"),
            ("$$", "$$$"),
            ("a$", "a$"),
            ("$é", "$$é"),
            ("exec \"$@\"", "exec \"$@\""),
        ] {
            assert_eq!(escaped(word), text);
        }
    }

    proptest! {
        #[test]
        fn words_arrive_as_they_are(word in "[$()aé]{0,12}|.*") {
            prop_assert_eq!(expanded(&escaped(&word)), word.as_bytes());
        }
    }
}
