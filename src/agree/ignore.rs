//! Which files a `.dockerignore` hides, by Docker's own rules
//! (<https://docs.docker.com/build/concepts/context/#syntax>,
//! <https://github.com/moby/patternmatcher/blob/main/patternmatcher.go>).

use std::iter::Peekable;
use std::str::Chars;

/// The line, from 0, that hides `file`; none where it is sent to the builder.
pub fn hidden_by(ignore: &str, file: &str) -> Option<usize> {
    let mut hiding = None;
    for (number, line) in ignore.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (shows, pattern) = match line.strip_prefix('!') {
            Some(pattern) => (true, pattern.trim()),
            None => (false, line),
        };
        let pattern = clean(pattern);
        // The last line that matches counts, and a folder takes along what is in it.
        if !pattern.is_empty() && folders(file).any(|folder| matches(&pattern, folder)) {
            hiding = (!shows).then_some(number);
        }
    }
    hiding
}

/// A pattern without what makes no difference: `./a//b/` is `a/b`.
fn clean(pattern: &str) -> String {
    let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    parts.join("/")
}

/// `a`, `a/b` and `a/b/c` of `a/b/c`.
fn folders(file: &str) -> impl Iterator<Item = &str> {
    let ends = file.match_indices('/').map(|(at, _)| at).chain([file.len()]);
    ends.map(|end| &file[..end])
}

/// Whether a pattern matches a whole path: `**` is any number of folders, `*` any part of a name, `?` one character of a
/// name, `[a-z]` one of these.
fn matches(pattern: &str, path: &str) -> bool {
    let patterns: Vec<&str> = pattern.split('/').collect();
    let names: Vec<&str> = path.split('/').collect();
    // Whether the patterns from here on match the names from here on, from the end to the start.
    let mut rest = vec![false; names.len() + 1];
    rest[names.len()] = true;
    for pattern in patterns.iter().rev() {
        let mut matched = vec![false; names.len() + 1];
        for at in (0..=names.len()).rev() {
            let next = matched.get(at + 1).copied().unwrap_or(false);
            matched[at] = if *pattern == "**" {
                rest[at] || next
            } else {
                names.get(at).is_some_and(|name| name_matches(pattern.chars().peekable(), name)) && rest[at + 1]
            };
        }
        rest = matched;
    }
    rest[0]
}

fn name_matches(mut pattern: Peekable<Chars>, name: &str) -> bool {
    let mut rest = name.chars();
    while let Some(next) = pattern.next() {
        match next {
            '*' => {
                let mut ends = name_ends(rest.as_str());
                return ends.any(|end| name_matches(pattern.clone(), end));
            }
            '?' if rest.next().is_some() => {}
            '[' => {
                let Some(letter) = rest.next() else { return false };
                if !in_class(&mut pattern, letter) {
                    return false;
                }
            }
            '\\' if pattern.peek().is_some() => {
                if rest.next() != pattern.next() {
                    return false;
                }
            }
            other => {
                if rest.next() != Some(other) {
                    return false;
                }
            }
        }
    }
    rest.as_str().is_empty()
}

/// Every end of a name, the whole first.
fn name_ends(name: &str) -> impl Iterator<Item = &str> {
    name.char_indices().map(|(at, _)| at).chain([name.len()]).map(|at| &name[at..])
}

/// Whether a letter is in the class whose `[` was read; reads up to its `]`.
fn in_class(pattern: &mut Peekable<Chars>, letter: char) -> bool {
    let is_inverted = pattern.next_if_eq(&'^').is_some();
    let mut is_in = false;
    while let Some(start) = pattern.next() {
        if start == ']' {
            return is_in != is_inverted;
        }
        let end = if pattern.next_if_eq(&'-').is_some() { pattern.next().unwrap_or(start) } else { start };
        is_in |= (start..=end).contains(&letter);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_dockers_own() {
        for (pattern, file, is_hidden) in [
            ("*.md", "README.md", true),
            ("*.md", "docs/README.md", false),
            ("**/*.md", "docs/README.md", true),
            ("**/*.md", "README.md", true),
            ("docs", "docs/a/b.txt", true),
            ("/docs/", "docs/a", true),
            ("docs", "mydocs/a", false),
            ("a/**/b", "a/b", true),
            ("a/**/b", "a/x/y/b/c", true),
            ("a/*/b", "a/b", false),
            ("k8s/*.yaml", "k8s/api.yaml", true),
            ("temp?", "temp1", true),
            ("temp?", "temp", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("# a", "# a", false),
            ("a\\*", "a*", true),
            ("a\\*", "ab", false),
            ("*", "anything/at/all", true),
            (".", "a", false),
            ("*\n!README.md", "README.md", false),
            ("!README.md\n*", "README.md", true),
            ("*.md\n!README*.md\nREADME-secret.md", "README-secret.md", true),
        ] {
            assert_eq!(hidden_by(pattern, file).is_some(), is_hidden, "{pattern:?} and {file}");
        }
        assert_eq!(hidden_by("a\n\nb\n", "b"), Some(2));
    }
}
