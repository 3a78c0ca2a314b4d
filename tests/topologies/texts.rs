//! Texts that a reader could take for something else, or that mean something to a shell, to Compose or to Kubernetes.

use proptest::prelude::*;
use serde_json::Value;

/// What stands in a free field as it is, whole.
pub const TEXTS: &[&str] = &[
    "info",
    "on",
    "no",
    "y",
    "true",
    "null",
    "~",
    "",
    " ",
    "0777",
    "0o17",
    "1e3",
    "1_000",
    "12:30:45",
    "2026-11-23",
    ".inf",
    "=",
    "<<",
    "-",
    "- a",
    "? a",
    ": a",
    "a: b",
    "a #b",
    "# a",
    "[a, b]",
    "{a: b}",
    "&a",
    "*a",
    "!a",
    "%a",
    "@a",
    "`id`",
    "|",
    ">-",
    "---",
    "...",
    " a ",
    "a ",
    "\ta\t",
    "a\nb",
    "a\nb\n",
    "\n",
    "a\n\n  b\n \n",
    "a\n---\nb: c\n",
    "#!/bin/sh\nset -e\nexec \"$@\"\n",
    "a\r\nb",
    "\r",
    "it's",
    "say \"a\"",
    "C:\\a\\n",
    "'\"\\ #: ",
    "$HOME",
    "${HOME:?x}",
    "$$",
    "$(HOME)",
    "$(id)",
    "$",
    "$é",
    "é",
    "日本語",
    "\u{1F600} a",
    "\u{85}",
    "\u{A0}",
    "\u{2028}",
    "\u{FEFF}a",
    "\u{1B}[31m",
    "\u{7F}",
    "\u{202E}",
    "\nUSER 0\n",
    "\"]",
    "<<EOF",
    "&&",
    "a && b",
    "exec \"$@\"",
];

/// One of these texts.
pub fn text() -> BoxedStrategy<Value> {
    prop::sample::select(TEXTS).prop_map(Value::from).boxed()
}

/// Texts that mean something to some language, put together, with any character between them.
pub fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(TEXTS).prop_map(str::to_owned),
        1 => any::<char>().prop_filter("no variable or argument can hold NUL", |c| *c != '\0').prop_map(String::from),
    ];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

/// A command: a plain program, and words of all kinds, quoted for a shell.
pub fn command() -> BoxedStrategy<Value> {
    let words = prop::collection::vec(prop::sample::select(TEXTS), 0..3);
    let program = prop::sample::select(&["run", "python", "./start.sh"][..]);
    (program, words)
        .prop_filter_map("a word holds NUL", |(program, words)| {
            shlex::try_join(std::iter::once(program).chain(words)).ok().map(Value::from)
        })
        .boxed()
}
