//! Syntax highlighting of the generated files: simple rather than complete, and fast enough for every keystroke.
//!
//! The tokens always add up to the whole text, in order: a mistake here can only miscolour it.

/// The language of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Compose files and Kubernetes manifests.
    Yaml,
    /// Dockerfiles.
    Dockerfile,
    /// Caddyfiles.
    Caddyfile,
    /// `KEY=value` lines.
    Env,
    /// Notes, in Markdown.
    Markdown,
    /// Other files, such as `.dockerignore`: only comments.
    Plain,
}

/// A token of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its text.
    pub text: &'a str,
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Plain text.
    Plain,
    /// The key of a value.
    Key,
    /// A keyword.
    Keyword,
    /// A quoted string, or a line of a block.
    Quoted,
    /// A number, true, false, null.
    Constant,
    /// A variable.
    Variable,
    /// A comment.
    Comment,
    /// Brackets, dashes, colons.
    Mark,
}

impl Language {
    /// Returns the language of the file at `path`.
    pub fn of(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match (name, extension) {
            (_, "yaml" | "yml") => Self::Yaml,
            (_, "md") => Self::Markdown,
            ("Caddyfile", _) => Self::Caddyfile,
            ("Dockerfile", _) => Self::Dockerfile,
            _ if name.starts_with("Dockerfile.") => Self::Dockerfile,
            _ if name == ".env" || name.starts_with(".env.") || extension == "env" => Self::Env,
            _ => Self::Plain,
        }
    }

    /// Returns the tokens of every line of `text`.
    pub fn lines(self, text: &str) -> Vec<Vec<Token<'_>>> {
        let mut block = None;
        let mut continued = false;
        let line = |line| match self {
            Self::Yaml => yaml(line, &mut block),
            Self::Dockerfile => dockerfile(line, &mut continued),
            Self::Caddyfile => caddyfile(line),
            Self::Env => env(line),
            Self::Markdown => markdown(line),
            Self::Plain => plain(line),
        };
        text.lines().map(line).collect()
    }
}

/// A line of YAML. `block` is the column of the key whose block of text (`|`, `>`) the line may belong to.
fn yaml<'a>(line: &'a str, block: &mut Option<usize>) -> Vec<Token<'a>> {
    let indent = line.len() - line.trim_start().len();
    if let Some(column) = *block {
        if line.trim().is_empty() || indent > column {
            return vec![Token { kind: Kind::Quoted, text: line }];
        }
        *block = None;
    }

    let mut pieces = Pieces::new(line);
    pieces.take(Kind::Plain, indent);
    while pieces.rest.starts_with("- ") || pieces.rest == "-" {
        pieces.take(Kind::Mark, 1);
        pieces.take_while(Kind::Plain, |c| c == ' ');
    }
    let column = pieces.taken();
    if let Some(length) = yaml_key(pieces.rest) {
        pieces.take(Kind::Key, length);
        pieces.take(Kind::Mark, 1);
        pieces.take_while(Kind::Plain, |c| c == ' ');
    }
    let value = pieces.rest;
    if value.starts_with(['|', '>']) {
        *block = Some(column);
        pieces.take(Kind::Mark, value.len());
    } else if value.starts_with(['"', '\'']) {
        pieces.take(Kind::Quoted, quoted(value));
    } else if !value.starts_with('#') {
        let text = value.find(" #").map_or(value, |at| &value[..at]);
        pieces.take(if is_constant(text) { Kind::Constant } else { Kind::Plain }, text.len());
    }
    pieces.take_while(Kind::Plain, |c| c == ' ');
    let comment = if pieces.rest.starts_with('#') || pieces.rest == "---" { Kind::Comment } else { Kind::Plain };
    pieces.finish(comment)
}

/// The length of the key that `text` starts with.
fn yaml_key(text: &str) -> Option<usize> {
    let end = if text.starts_with(['"', '\'']) {
        quoted(text)
    } else if text.starts_with('#') {
        return None;
    } else {
        text.match_indices(':')
            .map(|(at, _)| at)
            .find(|at| text[at + 1..].is_empty() || text[at + 1..].starts_with(' '))?
    };
    let after = text[end..].strip_prefix(':')?;
    (after.is_empty() || after.starts_with(' ')).then_some(end)
}

/// A line of a Dockerfile. `continued` tells whether the line before ended in a backslash.
fn dockerfile<'a>(line: &'a str, continued: &mut bool) -> Vec<Token<'a>> {
    let mut pieces = Pieces::new(line);
    pieces.take_while(Kind::Plain, char::is_whitespace);
    if pieces.rest.starts_with('#') {
        return pieces.finish(Kind::Comment);
    }
    if !*continued {
        pieces.take_while(Kind::Keyword, |c| c.is_ascii_uppercase());
    }
    *continued = line.ends_with('\\');
    pieces.words(|word| match word {
        "AS" => Kind::Keyword,
        "\\" | "&&" | "[" | "]" => Kind::Mark,
        _ if word.starts_with("--") => Kind::Key,
        _ => Kind::Plain,
    })
}

fn caddyfile(line: &str) -> Vec<Token<'_>> {
    let mut pieces = Pieces::new(line);
    pieces.take_while(Kind::Plain, char::is_whitespace);
    if pieces.rest.starts_with('#') {
        return pieces.finish(Kind::Comment);
    }
    // Inside a block the first word is a directive; outside it is an address.
    let first = if pieces.taken() > 0 { Kind::Key } else { Kind::Keyword };
    if !pieces.rest.starts_with(['{', '}']) {
        pieces.take_while(first, |c| !c.is_whitespace());
    }
    pieces.words(|word| match word {
        "{" | "}" => Kind::Mark,
        _ if word.starts_with('{') => Kind::Variable,
        _ => Kind::Plain,
    })
}

fn env(line: &str) -> Vec<Token<'_>> {
    let mut pieces = Pieces::new(line);
    if line.starts_with('#') {
        return pieces.finish(Kind::Comment);
    }
    if let Some(end) = line.find('=') {
        pieces.take(Kind::Key, end);
        pieces.take(Kind::Mark, 1);
    }
    pieces.finish(Kind::Quoted)
}

fn markdown(line: &str) -> Vec<Token<'_>> {
    let kind = match line {
        _ if line.starts_with('#') => Kind::Keyword,
        _ if line.starts_with("    ") || line.starts_with("```") => Kind::Quoted,
        _ => Kind::Plain,
    };
    Pieces::new(line).finish(kind)
}

fn plain(line: &str) -> Vec<Token<'_>> {
    Pieces::new(line).finish(if line.starts_with('#') { Kind::Comment } else { Kind::Plain })
}

/// The length of the quoted text at the start of `text`, with its quotes; all of it if it does not end.
fn quoted(text: &str) -> usize {
    let quote = text.chars().next();
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == Some('"') => escaped = true,
            _ if Some(c) == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether a plain value of YAML is not a string.
fn is_constant(text: &str) -> bool {
    let text = text.trim_end();
    let is_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    is_number || matches!(text, "true" | "false" | "null" | "{}" | "[]")
}

/// A line that is split into tokens from its start.
struct Pieces<'a> {
    line: &'a str,
    rest: &'a str,
    tokens: Vec<Token<'a>>,
}

impl<'a> Pieces<'a> {
    fn new(line: &'a str) -> Self {
        Self { line, rest: line, tokens: Vec::new() }
    }

    /// The number of bytes that are split off.
    fn taken(&self) -> usize {
        self.line.len() - self.rest.len()
    }

    /// Splits off `length` bytes.
    fn take(&mut self, kind: Kind, length: usize) {
        let (text, rest) = self.rest.split_at(length);
        if !text.is_empty() {
            self.tokens.push(Token { kind, text });
        }
        self.rest = rest;
    }

    /// Splits off the characters for which `belongs` holds.
    fn take_while(&mut self, kind: Kind, belongs: impl Fn(char) -> bool) {
        self.take(kind, self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len()));
    }

    /// Splits the rest into words, quoted strings and shell variables.
    fn words(mut self, kind: impl Fn(&str) -> Kind) -> Vec<Token<'a>> {
        while let Some(first) = self.rest.chars().next() {
            match first {
                _ if first.is_whitespace() => self.take_while(Kind::Plain, char::is_whitespace),
                '"' => self.take(Kind::Quoted, quoted(self.rest)),
                '[' | ']' | ',' => self.take(Kind::Mark, 1),
                '$' => self.take(Kind::Variable, variable(self.rest)),
                _ => {
                    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '$' | '[' | ']' | ',');
                    let length = self.rest.char_indices().skip(1).find(|(_, c)| ends(*c));
                    let length = length.map_or(self.rest.len(), |(at, _)| at);
                    self.take(kind(&self.rest[..length]), length);
                }
            }
        }
        self.tokens
    }

    /// Takes the rest as one token.
    fn finish(mut self, kind: Kind) -> Vec<Token<'a>> {
        self.take(kind, self.rest.len());
        self.tokens
    }
}

/// The length of `$NAME` or `${NAME…}` at the start of `text`.
fn variable(text: &str) -> usize {
    if text.starts_with("${") {
        return text.find('}').map_or(text.len(), |at| at + 1);
    }
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.char_indices().skip(1).find(|(_, c)| !name(*c)).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use Kind::{Comment, Constant, Key, Keyword, Mark, Quoted, Variable};

    /// The tokens of the last line that are not plain.
    fn pieces(path: &str, text: &'static str) -> Vec<(Kind, &'static str)> {
        let lines = Language::of(path).lines(text);
        let last = lines.last().cloned().unwrap_or_default();
        last.into_iter().filter(|token| token.kind != Kind::Plain).map(|token| (token.kind, token.text)).collect()
    }

    #[test]
    fn each_language_colours_what_matters_in_it() {
        for (path, text, expected) in [
            ("compose.yaml", "  replicas: 3", vec![(Key, "replicas"), (Mark, ":"), (Constant, "3")]),
            (
                "k8s/api.yaml",
                "- name: \"a: b\" # c",
                vec![(Mark, "-"), (Key, "name"), (Mark, ":"), (Quoted, "\"a: b\""), (Comment, "# c")],
            ),
            ("a.yml", "url: http://x:80/#y", vec![(Key, "url"), (Mark, ":")]),
            ("a.yml", "k: |\n  a: b", vec![(Quoted, "  a: b")]),
            ("a.yml", "k: |\n  a: b\nl: true", vec![(Key, "l"), (Mark, ":"), (Constant, "true")]),
            ("Dockerfile", "FROM python:3.14 AS build", vec![(Keyword, "FROM"), (Keyword, "AS")]),
            ("Dockerfile.worker", "CMD [\"a\"]", vec![(Keyword, "CMD"), (Mark, "["), (Quoted, "\"a\""), (Mark, "]")]),
            ("api/Dockerfile", "RUN a \\\n    COPY $B", vec![(Variable, "$B")]),
            ("Caddyfile", "\treverse_proxy api:8000 {", vec![(Key, "reverse_proxy"), (Mark, "{")]),
            (".env.example", "A=b", vec![(Key, "A"), (Mark, "="), (Quoted, "b")]),
            (".dockerignore", "# a", vec![(Comment, "# a")]),
        ] {
            assert_eq!(pieces(path, text), expected, "{path}: {text}");
        }
    }

    #[test]
    fn nothing_is_lost_whatever_the_text() {
        let text = "\"\n'\n:\n- -\n${\n$\n#\n\\\né: \"ü\n|\n  \n> é\n[,]\nA=\n{$X}\n";
        for path in ["a.yaml", "Dockerfile", "Caddyfile", ".env", "a.md", "x"] {
            for (line, tokens) in text.lines().zip(Language::of(path).lines(text)) {
                assert_eq!(tokens.iter().map(|token| token.text).collect::<String>(), line, "{path}");
            }
        }
    }
}
