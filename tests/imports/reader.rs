//! Reads what the files of a crate import from each other, from their tokens.
//!
//! A file imports another if it names something of it: in a `use`, or in a path anywhere, macros included. Names are
//! followed through re-exports to the file that defines them, so that a `mod.rs` which only declares its children and
//! re-exports their names neither imports them nor stands between them and their users. Tests are not read.

use std::collections::{BTreeMap, BTreeSet};

/// The sources of a crate and its programs, by their paths below `src/`.
pub type Sources = BTreeMap<String, String>;

/// The files that each file imports, by their paths below `src/`.
pub type Imports = BTreeMap<String, BTreeSet<String>>;

/// The library's name in the programs.
const LIBRARY: &str = "plimsoll";

/// The words that introduce a name.
const DEFINES: [&str; 9] = ["const", "enum", "fn", "macro", "static", "struct", "trait", "type", "union"];

/// Reads the imports of all files.
pub fn imports(sources: &Sources) -> Imports {
    let mut modules: BTreeMap<Module, Contents> = BTreeMap::new();
    for (file, source) in sources {
        let mut contents = Contents { file: file.clone(), ..Contents::default() };
        contents.read(&tokens(source));
        modules.insert(Module::of_file(file), contents);
    }
    let tests = tests(&modules);
    modules.retain(|module, _| !tests.iter().any(|test| module.is_in(test)));
    let mut imports = Imports::new();
    for (module, contents) in &modules {
        let targets = contents.targets(module, &modules);
        imports.insert(contents.file.clone(), targets.into_iter().filter(|file| *file != contents.file).collect());
    }
    imports
}

/// The modules that are compiled for tests only.
fn tests(modules: &BTreeMap<Module, Contents>) -> Vec<Module> {
    modules.iter().flat_map(|(module, contents)| contents.tests.iter().map(|name| module.child(name))).collect()
}

/// A module: the root file of its crate, and the names that lead to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Module {
    root: String,
    path: Vec<String>,
}

impl Module {
    fn of_file(file: &str) -> Self {
        let (root, rest) = match file.strip_prefix("bin/") {
            Some(program) => match program.split_once('/') {
                Some((folder, rest)) => (format!("bin/{folder}/main.rs"), rest),
                None => (file.to_owned(), ""),
            },
            None if file == "main.rs" || file.starts_with("app/") => ("main.rs".to_owned(), file),
            None => ("lib.rs".to_owned(), file),
        };
        let path = if matches!(rest, "" | "lib.rs" | "main.rs") {
            Vec::new()
        } else {
            let rest = rest.trim_end_matches(".rs").trim_end_matches("/mod");
            rest.split('/').map(str::to_owned).collect()
        };
        Self { root, path }
    }

    fn child(&self, name: &str) -> Self {
        let mut child = self.clone();
        child.path.push(name.to_owned());
        child
    }

    fn is_in(&self, other: &Self) -> bool {
        self.root == other.root && self.path.starts_with(&other.path)
    }
}

/// What a file says of other files.
#[derive(Debug, Default)]
struct Contents {
    file: String,
    /// The names that it defines itself.
    defined: BTreeSet<String>,
    /// Its child modules that are compiled for tests only.
    tests: Vec<String>,
    /// The names that a `use` brings in, each with its path.
    names: BTreeMap<String, Path>,
    /// The modules whose names a `use` brings in all at once.
    globs: Vec<Path>,
    /// The paths outside of any `use`.
    mentions: Vec<Path>,
}

/// A path as it is written, and the inline modules that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Path {
    steps: Vec<String>,
    within: Vec<String>,
    is_public: bool,
}

impl Contents {
    fn read(&mut self, tokens: &[Token]) {
        Reader { tokens, at: 0, within: Vec::new(), contents: self }.items();
    }

    /// The files that it imports.
    fn targets(&self, here: &Module, modules: &BTreeMap<Module, Contents>) -> BTreeSet<String> {
        let mut targets = BTreeSet::new();
        for path in self.names.values().chain(&self.globs) {
            let Some((module, is_module)) = find(here, path, modules, 0) else { continue };
            // A child's name that is passed on; and a module that is brought in by name is used where it is mentioned.
            let is_passed_on = path.is_public && module.is_in(here);
            let is_glob = self.globs.contains(path);
            if !is_passed_on && (is_glob || !is_module) {
                targets.insert(modules[&module].file.clone());
            }
        }
        for path in &self.mentions {
            let Some((module, is_module)) = find(here, path, modules, 0) else { continue };
            if !is_module {
                targets.insert(modules[&module].file.clone());
            }
        }
        targets
    }
}

/// The module that a path leads to, and whether it leads to the module itself rather than to something in it. Nothing if
/// that is in another crate, or in `here` itself.
fn find(here: &Module, path: &Path, modules: &BTreeMap<Module, Contents>, depth: usize) -> Option<(Module, bool)> {
    // Re-exports that lead in a circle lead nowhere.
    if depth > 16 {
        return None;
    }
    let mut at = here.clone();
    at.path.extend(path.within.iter().cloned());
    let mut steps = path.steps.as_slice();
    match steps.first()?.as_str() {
        "crate" => {
            at.path.clear();
            steps = &steps[1..];
        }
        LIBRARY if here.root != "lib.rs" => {
            at = Module { root: "lib.rs".to_owned(), path: Vec::new() };
            steps = &steps[1..];
        }
        "self" => steps = &steps[1..],
        "super" => {
            while steps.first().is_some_and(|step| step == "super") {
                at.path.pop()?;
                steps = &steps[1..];
            }
        }
        first => {
            let own = modules.get(here)?;
            let is_child = modules.contains_key(&here.child(first));
            let brought_in = own.names.get(first).filter(|target| *target != path);
            match brought_in {
                Some(target) if !is_child => return on(here, target, &steps[1..], modules, depth),
                _ if is_child => at = here.clone(),
                _ => return None,
            }
        }
    }
    // An inline module is a part of its file.
    while !modules.contains_key(&at) {
        at.path.pop()?;
    }
    while let Some((step, rest)) = steps.split_first() {
        let child = at.child(step);
        if modules.contains_key(&child) {
            (at, steps) = (child, rest);
            continue;
        }
        let contents = &modules[&at];
        if contents.defined.contains(step) {
            return Some((at, false));
        }
        if let Some(target) = contents.names.get(step) {
            return on(&at, target, rest, modules, depth);
        }
        let by_glob = contents.globs.iter().find_map(|glob| {
            let (module, _) = find(&at, glob, modules, depth + 1)?;
            let has = modules[&module].defined.contains(step) || modules[&module].names.contains_key(step);
            has.then_some(module)
        });
        return Some((by_glob.unwrap_or(at), false));
    }
    Some((at, true))
}

/// Follows a name that `at` brought in, and the rest of a path behind it.
fn on(
    at: &Module,
    target: &Path,
    rest: &[String],
    modules: &BTreeMap<Module, Contents>,
    depth: usize,
) -> Option<(Module, bool)> {
    let mut path = target.clone();
    path.steps.extend(rest.iter().cloned());
    find(at, &path, modules, depth + 1)
}

/// Reads a file from token to token.
struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The inline modules around the present token.
    within: Vec<String>,
    contents: &'a mut Contents,
}

impl Reader<'_> {
    fn word(&self, ahead: usize) -> Option<&str> {
        self.tokens.get(self.at + ahead)?.word()
    }

    fn is_sign(&self, ahead: usize, sign: &str) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some(Token::Sign(found)) if *found == sign)
    }

    /// Reads items up to the end of the file, or of the inline module.
    fn items(&mut self) {
        let (mut depth, mut is_public, mut is_test) = (0_usize, false, false);
        while self.at < self.tokens.len() {
            if self.is_sign(0, "#") && (self.is_sign(1, "[") || self.is_sign(1, "!")) {
                is_test |= self.attribute();
                continue;
            }
            if self.is_sign(0, "{") {
                depth += 1;
            } else if self.is_sign(0, "}") {
                if depth == 0 {
                    return;
                }
                depth -= 1;
            }
            let Some(word) = self.word(0).map(str::to_owned) else {
                self.at += 1;
                continue;
            };
            match word.as_str() {
                "pub" => {
                    is_public = true;
                    self.at += 1;
                    if self.is_sign(0, "(") {
                        self.skip_brackets();
                    }
                    continue;
                }
                _ if is_test => self.skip_test_item(&word),
                "use" => {
                    self.at += 1;
                    self.use_tree(&mut Vec::new(), is_public);
                }
                "mod" if self.word(1).is_some() => self.module(),
                // `macro_rules! name`.
                "macro_rules" => {
                    self.at += 2;
                    self.define(depth);
                }
                word if DEFINES.contains(&word) && self.word(1).is_some() => {
                    // `const fn`, `const _`.
                    self.at += 1;
                    if !self.word(0).is_some_and(|next| DEFINES.contains(&next)) {
                        self.define(depth);
                    }
                }
                _ => self.mention(),
            }
            (is_public, is_test) = (false, false);
        }
    }

    fn define(&mut self, depth: usize) {
        if let Some(name) = self.word(0).map(str::to_owned) {
            if depth == 0 && self.within.is_empty() {
                self.contents.defined.insert(name);
            }
            self.at += 1;
        }
    }

    /// Passes an attribute, whose paths count, and tells whether what follows is compiled for tests only.
    fn attribute(&mut self) -> bool {
        while !self.is_sign(0, "[") {
            self.at += 1;
        }
        let is_test = self.word(1) == Some("cfg") && self.is_sign(2, "(") && self.word(3) == Some("test");
        self.skip_brackets();
        is_test
    }

    /// Passes what is between two brackets of any kind, and the brackets.
    fn skip_brackets(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match token {
                Token::Sign("(" | "[" | "{") => depth += 1,
                Token::Sign(")" | "]" | "}") => {
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    /// Passes an item that is compiled for tests only.
    fn skip_test_item(&mut self, word: &str) {
        if word == "mod"
            && let Some(name) = self.word(1).map(str::to_owned)
            && self.is_sign(2, ";")
        {
            self.contents.tests.push(name);
        }
        while self.at < self.tokens.len() {
            if self.is_sign(0, ";") {
                self.at += 1;
                return;
            }
            if self.is_sign(0, "{") {
                return self.skip_brackets();
            }
            if self.is_sign(0, "(") || self.is_sign(0, "[") {
                self.skip_brackets();
            } else {
                self.at += 1;
            }
        }
    }

    /// Reads a module that is declared or written here.
    fn module(&mut self) {
        let name = self.word(1).unwrap_or_default().to_owned();
        self.at += 2;
        if self.is_sign(0, "{") {
            self.at += 1;
            self.within.push(name);
            self.items();
            self.within.pop();
        }
        self.at += 1;
    }

    /// Reads what follows on `use`, or on a `{` or `,` inside.
    fn use_tree(&mut self, steps: &mut Vec<String>, is_public: bool) {
        let length = steps.len();
        loop {
            if self.is_sign(0, "*") {
                self.at += 1;
                let path = self.path(steps, is_public);
                self.contents.globs.push(path);
                break;
            }
            if self.is_sign(0, "{") {
                self.at += 1;
                while !self.is_sign(0, "}") && self.at < self.tokens.len() {
                    self.use_tree(steps, is_public);
                    if self.is_sign(0, ",") {
                        self.at += 1;
                    }
                }
                self.at += 1;
                break;
            }
            if self.is_sign(0, "::") {
                self.at += 1;
                continue;
            }
            let Some(word) = self.word(0).map(str::to_owned) else { break };
            self.at += 1;
            // `use a::{self}` is `use a`.
            if word != "self" || steps.is_empty() {
                steps.push(word);
            }
            if self.is_sign(0, "::") {
                continue;
            }
            let name = if self.word(0) == Some("as") {
                self.at += 2;
                self.tokens.get(self.at - 1).and_then(Token::word).unwrap_or("_").to_owned()
            } else {
                steps.last().cloned().unwrap_or_default()
            };
            // Traits that are brought in without a name are several.
            let key = if name == "_" { format!("_ {}", steps.join("::")) } else { name };
            let path = self.path(steps, is_public);
            self.contents.names.insert(key, path);
            break;
        }
        steps.truncate(length);
    }

    /// Reads a path outside of any `use`.
    fn mention(&mut self) {
        let is_start = self.at == 0 || !matches!(self.tokens[self.at - 1], Token::Sign("::" | "."));
        let mut steps = Vec::new();
        while let Some(word) = self.word(0).map(str::to_owned) {
            self.at += 1;
            steps.push(word);
            if !self.is_sign(0, "::") || self.word(1).is_none() {
                break;
            }
            self.at += 1;
        }
        if is_start && steps.len() > 1 {
            let path = self.path(&steps, false);
            self.contents.mentions.push(path);
        }
    }

    fn path(&self, steps: &[String], is_public: bool) -> Path {
        Path { steps: steps.to_vec(), within: self.within.clone(), is_public }
    }
}

/// A word, or a sign that is no letter; literals and comments are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    Sign(&'static str),
}

impl Token {
    fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Sign(_) => None,
        }
    }
}

/// The signs that matter; all others are the same.
const SIGNS: [&str; 14] = ["::", "{", "}", "(", ")", "[", "]", ";", ",", "*", "#", "!", ".", "="];

fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_whitespace() {
            first.len_utf8()
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(length) = literal(rest) {
            tokens.push(Token::Sign("literal"));
            length
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            match rest[..length].strip_prefix("r#").unwrap_or(&rest[..length]) {
                // A raw name: what follows on `#` is the name.
                "r" if rest[length..].starts_with('#') => {
                    rest = &rest[length + 1..];
                    continue;
                }
                word => tokens.push(Token::Word(word.to_owned())),
            }
            length
        } else if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            tokens.push(Token::Sign(sign));
            sign.len()
        } else {
            tokens.push(Token::Sign("other"));
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    tokens
}

/// The length of a comment that may hold others.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a text or character in quotes, or of a lifetime, that `text` starts with.
fn literal(text: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        text.strip_prefix(prefix).is_some_and(|rest| {
            let is_raw = prefix.ends_with('r');
            rest.starts_with('"')
                || is_raw && rest.trim_start_matches('#').starts_with('"')
                || (prefix.is_empty() || *prefix == "b") && rest.starts_with('\'')
        })
    })?;
    let rest = &text[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let start = hashes + 1;
        return Some(prefix.len() + rest[start..].find(&end).map_or(rest.len(), |at| start + at + end.len()));
    }
    let quote = rest.chars().next()?;
    let mut letters = rest.char_indices().skip(1);
    let after = letters.clone().next().map(|(_, letter)| letter);
    if quote == '\'' && after != Some('\\') && letters.clone().nth(1).is_none_or(|(_, letter)| letter != '\'') {
        // A lifetime.
        let is_end = |letter: char| !letter.is_alphanumeric() && letter != '_';
        return Some(prefix.len() + rest[1..].find(is_end).map_or(rest.len(), |at| at + 1));
    }
    while let Some((at, letter)) = letters.next() {
        if letter == '\\' {
            letters.next();
        } else if letter == quote {
            return Some(prefix.len() + at + 1);
        }
    }
    Some(text.len())
}
