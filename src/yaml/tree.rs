//! A YAML text as a tree whose nodes know where they stand.

use super::scan::{
    Characters, Guarded, Limits, Log, Stopped, quoted_end, skip_blank, skip_document_ends, skip_properties,
};
use super::syntax;
use crate::finding::{Finding, Findings};
use crate::message::message;
use crate::rules;
use crate::text::Span;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 1024 * 1024;
/// How many lists and maps may stand in each other.
pub const MAX_DEPTH: usize = 64;
/// How many values (keys, texts, lists, maps) a text may have, with those that its aliases repeat.
pub const MAX_VALUES: usize = 100_000;

/// Where the ways in which YAML readers take plain texts are written down.
const CORE_SCHEMA: &str = "https://yaml.org/spec/1.2.2/#103-core-schema";

/// What a text says, and what is wrong with it.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The document; `None` if it could not be read at all.
    pub root: Option<Node>,
    /// What was found while reading; first why there is no root.
    pub findings: Vec<Finding>,
}

/// A value with its place.
///
/// What stands behind an alias, or came by a merge key, keeps the place where it was written; only the alias itself is
/// the place of the value that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Exactly the value: with its quotes or brackets, without its anchor, tag, or what is blank around it. What is
    /// left out (`key:`) has an empty span behind the colon or dash.
    pub span: Span,
}

/// What a node is, by the core schema of YAML 1.2. Numbers and truths keep their text as written (`3.10`).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~`, or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool, String),
    /// A whole number.
    Int(i64, String),
    /// Any other number; also whole ones that need more than 64 bits, infinities, and `.nan`.
    Float(f64, String),
    /// A text.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A map, as written: its own keys, then those that it merges. No key is there twice.
    Mapping(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key; of a number or a truth, the text as written.
    pub key: String,
    /// The key's place, with its quotes.
    pub key_span: Span,
    /// The value.
    pub value: Node,
    /// Whether it came by a merge key (`<<`), so that it is written elsewhere.
    pub merged: bool,
}

impl Node {
    /// The entry of a map.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The value that a map has for `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The key and value that `path` leads to, from map to map, and by number into lists (the key's span is then the
    /// item's); the empty path leads nowhere.
    pub fn at(&self, path: &[&str]) -> Option<(Span, &Node)> {
        let (last, before) = path.split_last()?;
        let mut node = self;
        for step in before {
            node = node.child(step)?.1;
        }
        node.child(last)
    }

    /// The path of what is written at `span`: of the value, or of the pair whose key it is. Empty where that is none.
    pub fn path_at(&self, span: Span) -> String {
        let holds = |outer: Span| outer.start <= span.start && span.end <= outer.end && outer.start < outer.end;
        let mut path = String::new();
        let mut node = self;
        loop {
            let entry = node.entries().iter().find(|entry| holds(entry.key_span) || holds(entry.value.span));
            let item = node.items().iter().enumerate().find(|(_, item)| holds(item.span));
            let (step, child) = match (entry, item) {
                (Some(entry), _) => (entry.key.clone(), &entry.value),
                (_, Some((index, item))) => (index.to_string(), item),
                (None, None) => return path,
            };
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&step);
            if entry.is_some_and(|entry| holds(entry.key_span)) {
                return path;
            }
            node = child;
        }
    }

    fn child(&self, step: &str) -> Option<(Span, &Node)> {
        match &self.value {
            Value::Sequence(items) => items.get(step.parse::<usize>().ok()?).map(|item| (item.span, item)),
            _ => self.entry(step).map(|entry| (entry.key_span, &entry.value)),
        }
    }

    /// The entries of a map; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        if let Value::Mapping(entries) = &self.value { entries } else { &[] }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Node] {
        if let Value::Sequence(items) = &self.value { items } else { &[] }
    }

    /// The text of a text, and of numbers and truths as written.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) | Value::Bool(_, text) | Value::Int(_, text) | Value::Float(_, text) => Some(text),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }
}

/// Reads the first document of `text`.
///
/// A text that is not YAML, or larger than [`MAX_TEXT`], [`MAX_DEPTH`] or [`MAX_VALUES`] allow, has no root. Anything
/// else that is wrong (a key given twice, an unknown tag, a second document) is a finding beside what could be read.
pub fn parse(text: &str) -> Parsed {
    if text.len() > MAX_TEXT {
        let message =
            message!("The text has {count} bytes; at most {most} are read", count = text.len(), most = MAX_TEXT);
        return Parsed {
            root: None,
            findings: vec![Finding::error(&rules::too_large::RULE, Span::default(), message)],
        };
    }
    parse_within(text, MAX_VALUES)
}

/// Reads the first document of a text that we wrote, however large it is: what it follows from was bounded.
pub(crate) fn parse_own(text: &str) -> Parsed {
    parse_within(text, usize::MAX)
}

fn parse_within(text: &str, max_values: usize) -> Parsed {
    let mut builder = Builder::new(text, max_values);
    let root = builder.read();
    let mut findings = builder.findings.into_vec();
    match root {
        Ok(root) => Parsed { root: Some(root), findings },
        Err(why) => {
            findings.insert(0, *why);
            Parsed { root: None, findings }
        }
    }
}

struct Builder<'a> {
    text: &'a str,
    /// How many values there may be; [`MAX_VALUES`] where the text is somebody's.
    max_values: usize,
    /// The byte after what was read last.
    at: usize,
    /// The lists and maps that are open, outermost first.
    open: Vec<Open>,
    anchors: BTreeMap<usize, Built>,
    /// Nodes of the text itself.
    written: usize,
    /// The weight of what aliases repeat.
    copied: usize,
    /// The weight of what anchors keep.
    kept: usize,
    findings: Findings,
}

/// A list or map whose end is not reached.
struct Open {
    start: usize,
    /// In brackets, not by indentation.
    flow: bool,
    anchor: usize,
    height: usize,
    weight: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Node>),
    Mapping { entries: Vec<(Kind, Entry)>, key: Option<Key> },
}

/// A key whose value is not reached.
struct Key {
    kind: Kind,
    text: String,
    span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Own,
    /// The plain key `<<`, <https://yaml.org/type/merge.html>.
    Merge,
    /// Not a key at all; its value goes with it.
    Wrong,
}

impl Key {
    fn new(built: &Built) -> Self {
        let kind = match built.node.text() {
            None => Kind::Wrong,
            Some(_) if built.merge => Kind::Merge,
            Some(_) => Kind::Own,
        };
        Self { kind, text: built.node.text().unwrap_or_default().to_owned(), span: built.node.span }
    }
}

/// A complete node.
#[derive(Clone)]
struct Built {
    node: Node,
    /// How many lists and maps stand in each other in it.
    height: usize,
    /// What a copy of it costs: one for each value, and one for each 32 bytes of text.
    weight: usize,
    /// A plain `<<`.
    merge: bool,
}

type Failed = Box<Finding>;

impl<'a> Builder<'a> {
    fn new(text: &'a str, max_values: usize) -> Self {
        let (open, anchors, findings) = (Vec::new(), BTreeMap::new(), Findings::default());
        Self { text, max_values, at: 0, open, anchors, written: 0, copied: 0, kept: 0, findings }
    }

    fn read(&mut self) -> Result<Node, Failed> {
        let log = Log::default();
        let characters = Characters::new(self.text, &log);
        let limits = Limits { depth: MAX_DEPTH, values: self.max_values };
        let mut parser = Parser::new(Guarded::new(self.text, limits, &log));
        let mut root = None;
        while let Some(event) = parser.next_event() {
            match log.stopped.get() {
                Some(Stopped::Deep(at)) => return Err(too_deep(at).into()),
                Some(Stopped::Many(at)) => return Err(too_many(at).into()),
                None => {}
            }
            let (event, span) = match event {
                Ok((event, span)) => {
                    (event, Span::new(characters.byte(span.start.index()), characters.byte(span.end.index())))
                }
                Err(error) => {
                    let open = self.open.iter().rev().find(|open| open.flow).map(|open| open.start);
                    let at = characters.byte(error.marker().index());
                    return Err(Box::new(syntax::explain(self.text, error.info(), at, open)));
                }
            };
            match event {
                Event::DocumentStart(_) if root.is_some() => {
                    let message = "A second document starts here; only the first one is read";
                    let finding = Finding::error(&rules::several_documents::RULE, span, message);
                    self.findings.push(|| finding.help("Keep one document, without a line `---` in it"));
                    break;
                }
                Event::DocumentStart(true) => self.at = span.end,
                Event::DocumentStart(false) => self.at = skip_document_ends(self.text),
                Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                event => {
                    if let Some(built) = self.take(event, span)? {
                        root = self.place(built);
                    }
                }
            }
        }
        Ok(root.unwrap_or(Node { value: Value::Null, span: Span::new(self.at, self.at) }))
    }

    /// Takes what the parser tells of a node; gives the node if it is complete.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<Option<Built>, Failed> {
        let built = match event {
            Event::Alias(id) => {
                let start = self.lead(true);
                self.at = span.end;
                self.alias(id, Span::new(start, span.end))?
            }
            Event::Scalar(value, style, anchor, tag) => self.scalar(value, style, anchor, tag.as_deref(), span)?,
            Event::SequenceStart(anchor, tag) => {
                self.begin(Content::Sequence(Vec::new()), anchor, tag, span)?;
                return Ok(None);
            }
            Event::MappingStart(anchor, tag) => {
                self.begin(Content::Mapping { entries: Vec::new(), key: None }, anchor, tag, span)?;
                return Ok(None);
            }
            _ => match self.open.pop() {
                Some(open) => self.close(open)?,
                None => return Ok(None),
            },
        };
        Ok(Some(built))
    }

    /// Puts a node where it belongs; gives it back if that is the root.
    fn place(&mut self, built: Built) -> Option<Node> {
        let Some(parent) = self.open.last_mut() else { return Some(built.node) };
        parent.weight += built.weight;
        parent.height = parent.height.max(built.height + 1);
        match &mut parent.content {
            Content::Sequence(items) => items.push(built.node),
            Content::Mapping { entries, key } => {
                if let Some(Key { kind, text, span }) = key.take() {
                    entries.push((kind, Entry { key: text, key_span: span, value: built.node, merged: false }));
                } else {
                    if built.node.text().is_none() {
                        self.findings.push(|| wrong_key(&built.node));
                    }
                    *key = Some(Key::new(&built));
                }
            }
        }
        None
    }

    /// Goes to where the next node starts, over what separates it from the last. (The parser's own places are those of
    /// tokens: behind the dash, or at the first line of a block text.) What is left out starts right behind that.
    fn lead(&mut self, given: bool) -> usize {
        let next = skip_blank(self.text, self.at);
        let byte = |at: usize| self.text.as_bytes().get(at).copied();
        let ends = |at: usize| byte(at).is_none_or(|byte| b" \t\r\n,[]{}".contains(&byte));
        let indicator = match self.open.last() {
            None => None,
            Some(Open { flow: true, content: Content::Sequence(_), .. }) => (byte(next) == Some(b',')).then_some(next),
            Some(Open { content: Content::Sequence(_), .. }) => (byte(next) == Some(b'-')).then_some(next),
            Some(Open { flow, content: Content::Mapping { key: None, .. }, .. }) => {
                let comma = *flow && byte(next) == Some(b',');
                let key = if comma { skip_blank(self.text, next + 1) } else { next };
                let question = byte(key) == Some(b'?') && ends(key + 1);
                if question { Some(key) } else { comma.then_some(next) }
            }
            Some(Open { content: Content::Mapping { key: Some(_), .. }, .. }) => {
                (byte(next) == Some(b':') && (given || ends(next + 1))).then_some(next)
            }
        };
        if let Some(indicator) = indicator {
            self.at = indicator + 1;
        }
        if given {
            self.at = skip_blank(self.text, self.at);
        }
        self.at
    }

    fn count(&mut self, at: usize) -> Result<(), Failed> {
        self.written += 1;
        if self.written + self.copied > self.max_values { Err(too_many(at).into()) } else { Ok(()) }
    }

    fn alias(&mut self, id: usize, span: Span) -> Result<Built, Failed> {
        self.count(span.start)?;
        let Some(anchor) = self.anchors.get(&id) else {
            self.findings.push(|| {
                Finding::error(
                    &rules::endless_alias::RULE,
                    span,
                    "This alias stands inside of what it repeats, which would have no end",
                )
                .help("Write the value out")
            });
            return Ok(Built { node: Node { value: Value::Null, span }, height: 0, weight: 1, merge: false });
        };
        self.copied += anchor.weight;
        if self.written + self.copied > self.max_values {
            return Err(too_many_aliases(span).into());
        }
        if self.open.len() + anchor.height > MAX_DEPTH {
            return Err(too_deep(span.start).into());
        }
        let mut copy = anchor.clone();
        copy.node.span = span;
        Ok(copy)
    }

    fn scalar(
        &mut self,
        value: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        told: Span,
    ) -> Result<Built, Failed> {
        let given = !value.is_empty() || style != ScalarStyle::Plain;
        let properties = usize::from(anchor > 0) + usize::from(tag.is_some());
        let start = self.lead(given || properties > 0);
        let start = match properties {
            0 => start,
            _ if given => skip_properties(self.text, start, properties),
            _ => told.end,
        };
        let end = match style {
            ScalarStyle::Plain => {
                if given {
                    told.end
                } else {
                    start
                }
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => quoted_end(self.text, start),
            // The parser has read up to the next content.
            ScalarStyle::Literal | ScalarStyle::Folded => {
                self.text.get(..told.end).map_or(told.end, |text| text.trim_end_matches([' ', '\t', '\r', '\n']).len())
            }
        };
        let span = Span::new(start, end.max(start));
        self.at = span.end;
        self.count(start)?;
        let merge = tag.is_none() && style == ScalarStyle::Plain && value == "<<";
        let weight = 1 + value.len() / 32;
        let value = self.resolve(value.into_owned(), style, tag, span);
        let built = Built { node: Node { value, span }, height: 0, weight, merge };
        self.keep(anchor, &built)?;
        Ok(built)
    }

    fn resolve(&mut self, text: String, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let plain = style == ScalarStyle::Plain;
        match tag {
            None if plain => resolve_plain(text),
            None => Value::String(text),
            Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => Value::String(text),
            Some(tag) if tag.handle.is_empty() && tag.suffix == "!" => Value::String(text),
            Some(tag) => {
                let core = ["null", "bool", "int", "float"].contains(&tag.suffix.as_str());
                if !(tag.is_yaml_core_schema() && core) {
                    self.unknown_tag(tag, span);
                }
                if plain || (tag.is_yaml_core_schema() && core) { resolve_plain(text) } else { Value::String(text) }
            }
        }
    }

    fn unknown_tag(&mut self, tag: &Tag, span: Span) {
        let handle = if tag.is_yaml_core_schema() { "!!" } else { &tag.handle };
        let shown = format!("{handle}{}", tag.suffix);
        self.findings.push(|| {
            let message = message!("The tag `{tag}` means nothing here, and is ignored", tag = shorten(&shown));
            let finding = Finding::warning(&rules::unknown_tag::RULE, span, message);
            finding.help("Remove the tag").link(CORE_SCHEMA)
        });
    }

    fn begin(&mut self, content: Content, anchor: usize, tag: Option<Cow<'_, Tag>>, told: Span) -> Result<(), Failed> {
        let properties = usize::from(anchor > 0) + usize::from(tag.is_some());
        let start = self.lead(true);
        let start = skip_properties(self.text, start, properties);
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(start).into());
        }
        self.count(start)?;
        // An opening bracket is a token of its own; lists and maps by indentation start with an empty one.
        let flow = told.end > start && matches!(self.text.as_bytes().get(start), Some(b'[' | b'{'));
        self.at = if flow { start + 1 } else { start };
        let core = match content {
            Content::Sequence(_) => "seq",
            Content::Mapping { .. } => "map",
        };
        if let Some(tag) = tag.filter(|tag| !(tag.is_yaml_core_schema() && tag.suffix == core)) {
            self.unknown_tag(&tag, Span::new(start, start + usize::from(flow)));
        }
        self.open.push(Open { start, flow, anchor, height: 1, weight: 1, content });
        Ok(())
    }

    fn close(&mut self, open: Open) -> Result<Built, Failed> {
        if open.flow {
            let byte = |at: usize| self.text.as_bytes().get(at);
            let mut end = skip_blank(self.text, self.at);
            if byte(end) == Some(&b',') {
                end = skip_blank(self.text, end + 1);
            }
            self.at = end + usize::from(matches!(byte(end), Some(b']' | b'}')));
        }
        let span = Span::new(open.start, self.at.max(open.start));
        let value = match open.content {
            Content::Sequence(items) => Value::Sequence(items),
            Content::Mapping { entries, .. } => Value::Mapping(self.entries(entries)),
        };
        let built = Built { node: Node { value, span }, height: open.height, weight: open.weight, merge: false };
        self.keep(open.anchor, &built)?;
        Ok(built)
    }

    /// The entries of a map: its own, the first of each key; then those of the merged maps that it has not, the
    /// earlier map's before the later's.
    fn entries(&mut self, written: Vec<(Kind, Entry)>) -> Vec<Entry> {
        let mut own = Vec::with_capacity(written.len());
        let mut merged = Vec::new();
        for (kind, entry) in written {
            match kind {
                Kind::Own => own.push((true, entry)),
                Kind::Merge => self.merge(entry.value, &mut merged),
                Kind::Wrong => {}
            }
        }
        own.extend(merged.into_iter().map(|entry| (false, Entry { merged: true, ..entry })));
        let mut seen = HashSet::with_capacity(own.len());
        let first: Vec<bool> = own.iter().map(|(_, entry)| seen.insert(entry.key.as_str())).collect();
        let mut entries = Vec::with_capacity(own.len());
        for ((written, entry), first) in own.into_iter().zip(first) {
            if first {
                entries.push(entry);
            } else if written {
                self.findings.push(|| repeated(&entry));
            }
        }
        entries
    }

    fn merge(&mut self, value: Node, merged: &mut Vec<Entry>) {
        match value.value {
            Value::Mapping(entries) => merged.extend(entries),
            Value::Sequence(items) if items.iter().all(|item| matches!(item.value, Value::Mapping(_))) => {
                merged.extend(items.into_iter().flat_map(|item| match item.value {
                    Value::Mapping(entries) => entries,
                    _ => Vec::new(),
                }));
            }
            _ => {
                self.findings.push(|| {
                    Finding::error(
                        &rules::wrong_type::RULE,
                        value.span,
                        "`<<` takes a map, or a list of maps, to merge",
                    )
                });
            }
        }
    }

    /// Remembers a node for its aliases.
    fn keep(&mut self, anchor: usize, built: &Built) -> Result<(), Failed> {
        if anchor > 0 {
            // Anchors that stand in each other are kept more than once.
            self.kept += built.weight;
            if self.kept > self.max_values {
                return Err(too_many_aliases(built.node.span).into());
            }
            self.anchors.insert(anchor, built.clone());
        }
        Ok(())
    }
}

/// What a plain text is by the core schema, <https://yaml.org/spec/1.2.2/#103-core-schema>.
fn resolve_plain(text: String) -> Value {
    match text.as_str() {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true, text),
        "false" | "False" | "FALSE" => return Value::Bool(false, text),
        ".nan" | ".NaN" | ".NAN" => return Value::Float(f64::NAN, text),
        _ => {}
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Value::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }, text);
    }
    if let Some(float) = radix_float(&text) {
        return match i64::from_str_radix(&text[2..], if text.starts_with("0x") { 16 } else { 8 }) {
            Ok(int) => Value::Int(int, text),
            Err(_) => Value::Float(float, text),
        };
    }
    if !is_decimal(unsigned) {
        return Value::String(text);
    }
    if let Ok(int) = text.parse::<i64>() {
        return Value::Int(int, text);
    }
    match text.parse::<f64>() {
        Ok(float) => Value::Float(float, text),
        Err(_) => Value::String(text),
    }
}

/// The value of `0o…` and `0x…`, as nearly as a float has it.
fn radix_float(text: &str) -> Option<f64> {
    let (digits, radix) = match text.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None => (text.strip_prefix("0o")?, 8),
    };
    let value =
        digits.chars().try_fold(0.0, |value, digit| Some(value * f64::from(radix) + f64::from(digit.to_digit(radix)?)));
    value.filter(|_| !digits.is_empty())
}

/// `\.[0-9]+` or `[0-9]+(\.[0-9]*)?`, then perhaps `[eE][-+]?[0-9]+`.
fn is_decimal(unsigned: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let mantissa = match mantissa.split_once('.') {
        Some((whole, "")) => digits(whole),
        Some((whole, fraction)) => (whole.is_empty() || digits(whole)) && digits(fraction),
        None => digits(mantissa),
    };
    mantissa && exponent.is_none_or(digits)
}

fn too_deep(at: usize) -> Finding {
    Finding::error(
        &rules::too_deep::RULE,
        Span::new(at, at + 1),
        message!("Lists and maps stand in each other more than {most} deep, so nothing is read", most = MAX_DEPTH),
    )
}

fn too_many(at: usize) -> Finding {
    Finding::error(
        &rules::too_many_values::RULE,
        Span::new(at, at + 1),
        message!("There are more than {most} values, so nothing is read", most = MAX_VALUES),
    )
}

fn too_many_aliases(span: Span) -> Finding {
    Finding::error(
        &rules::too_many_aliases::RULE,
        span,
        message!("Anchors and aliases repeat more than {most} values, so nothing is read", most = MAX_VALUES),
    )
}

fn wrong_key(key: &Node) -> Finding {
    match key.value {
        Value::Null => Finding::error(&rules::wrong_key::RULE, key.span, "This value has no key"),
        _ => Finding::error(&rules::wrong_key::RULE, key.span, "A key is a text, and neither a list nor a map")
            .help("A text that starts with `{` or `[` needs quotes"),
    }
}

fn repeated(entry: &Entry) -> Finding {
    let message = message!("`{key}` is given twice in this map; only the first one counts", key = shorten(&entry.key));
    Finding::error(&rules::repeated_key::RULE, entry.key_span, message).help("Remove one of them")
}

/// The start of `text`, short enough for a message.
pub(super) fn shorten(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn root(text: &str) -> Node {
        let parsed = parse(text);
        assert_eq!(parsed.findings, [], "{text}");
        parsed.root.expect(text)
    }

    fn rules(text: &str) -> Vec<&'static str> {
        parse(text).findings.iter().map(|finding| finding.rule.id).collect()
    }

    /// All keys and values of a tree as they stand in the text, outside in.
    fn places<'a>(text: &'a str, node: &Node, places: &mut Vec<&'a str>) {
        places.push(&text[node.span.start..node.span.end]);
        for entry in node.entries() {
            places.push(&text[entry.key_span.start..entry.key_span.end]);
            self::places(text, &entry.value, places);
        }
        for item in node.items() {
            self::places(text, item, places);
        }
    }

    #[test]
    fn spans_are_exactly_what_was_written() {
        for (text, expected) in [
            ("a: b", &["a: b", "a", "b"][..]),
            ("a: b  # c\n", &["a: b", "a", "b"]),
            ("\u{FEFF}a: b\n", &["a: b", "a", "b"]),
            ("# é\né: \"ü\" # ö\nß: 'it''s'\t\n", &["é: \"ü\" # ö\nß: 'it''s'", "é", "\"ü\"", "ß", "'it''s'"]),
            (
                "a: 1\r\nb:\r\n  - x\r\n  - y\r\nc: d\r\n",
                &["a: 1\r\nb:\r\n  - x\r\n  - y\r\nc: d", "a", "1", "b", "- x\r\n  - y", "x", "y", "c", "d"],
            ),
            (
                "a:\n- b\n- - c\n  - d\n",
                &["a:\n- b\n- - c\n  - d", "a", "- b\n- - c\n  - d", "b", "- c\n  - d", "c", "d"],
            ),
            (
                "a:\n  # why\n  b: 1\n\n# end\nc: 2",
                &["a:\n  # why\n  b: 1\n\n# end\nc: 2", "a", "b: 1", "b", "1", "c", "2"],
            ),
            ("a:\t[ 1 , 2 ] # x\n", &["a:\t[ 1 , 2 ]", "a", "[ 1 , 2 ]", "1", "2"]),
            (
                "a: [\n  1,\n  {b: c}, # x\n]\n",
                &["a: [\n  1,\n  {b: c}, # x\n]", "a", "[\n  1,\n  {b: c}, # x\n]", "1", "{b: c}", "b", "c"],
            ),
            (
                "a: {b, \"c\":d, ? e : f, g: }",
                &[
                    "a: {b, \"c\":d, ? e : f, g: }",
                    "a",
                    "{b, \"c\":d, ? e : f, g: }",
                    "b",
                    "",
                    "\"c\"",
                    "d",
                    "e",
                    "f",
                    "g",
                    "",
                ],
            ),
            (
                "a:\n  b: [\n    \"é\",\n  ]\n  c: [\n  ] # x\n",
                &[
                    "a:\n  b: [\n    \"é\",\n  ]\n  c: [\n  ]",
                    "a",
                    "b: [\n    \"é\",\n  ]\n  c: [\n  ]",
                    "b",
                    "[\n    \"é\",\n  ]",
                    "\"é\"",
                    "c",
                    "[\n  ]",
                ],
            ),
            (
                "- a: [\r\nb,\r\n'c\r\nd']\r\n- {\r\n}",
                &[
                    "- a: [\r\nb,\r\n'c\r\nd']\r\n- {\r\n}",
                    "a: [\r\nb,\r\n'c\r\nd']",
                    "a",
                    "[\r\nb,\r\n'c\r\nd']",
                    "b",
                    "'c\r\nd'",
                    "{\r\n}",
                ],
            ),
            ("[a: b, c]", &["[a: b, c]", "a: b", "a", "b", "c"]),
            (
                "a: |  # x\n  é\n   b\n\nc: >-\n\n  d\n",
                &["a: |  # x\n  é\n   b\n\nc: >-\n\n  d", "a", "|  # x\n  é\n   b", "c", ">-\n\n  d"],
            ),
            ("- |\n | x\n- >\n- |+\n\n", &["- |\n | x\n- >\n- |+", "|\n | x", ">", "|+"]),
            (
                "a: &x !!map\n  b: !!str &y 1\nc: *x\n",
                &["a: &x !!map\n  b: !!str &y 1\nc: *x", "a", "b: !!str &y 1", "b", "1", "c", "*x", "b", "1"],
            ),
            (
                "a: one\n  two\nb: \"one\n  two\" \n",
                &["a: one\n  two\nb: \"one\n  two\"", "a", "one\n  two", "b", "\"one\n  two\""],
            ),
            ("? a\n: b\n? c\n", &["? a\n: b\n? c", "a", "b", "c", ""]),
            ("--- # x\na: b\n...\n", &["a: b", "a", "b"]),
            ("%YAML 1.2\n%É ö\n--- {a: b}\n", &["{a: b}", "a", "b"]),
            ("a: \"\\\"]\\\\\"\nb: \"\"\n", &["a: \"\\\"]\\\\\"\nb: \"\"", "a", "\"\\\"]\\\\\"", "b", "\"\""]),
            ("a: !!str\nb: &x\nc: 3", &["a: !!str\nb: &x\nc: 3", "a", "", "b", "", "c", "3"]),
            ("a: b\u{2028}c\u{85}d\n", &["a: b\u{2028}c\u{85}d", "a", "b\u{2028}c\u{85}d"]),
        ] {
            let mut found = Vec::new();
            places(text, &root(text), &mut found);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_left_out_stands_behind_its_colon_or_dash() {
        for (text, path, at) in [
            ("a:\nb: 1\n", &["a"][..], 2),
            ("a: # x\nb: 1\n", &["a"], 2),
            ("a:  \n", &["a"], 2),
            ("a:\n  -\n  - x\n", &["a", "0"], 6),
            ("a: {b: , c}", &["a", "b"], 6),
            ("a: {b: , c}", &["a", "c"], 10),
        ] {
            let root = root(text);
            let (_, node) = root.at(path).expect(text);
            assert_eq!((&node.value, node.span), (&Value::Null, Span::new(at, at)), "{text}");
        }
    }

    #[test]
    fn plain_texts_are_taken_by_the_core_schema() {
        let int = |int, raw: &str| Value::Int(int, raw.into());
        let float = |float, raw: &str| Value::Float(float, raw.into());
        for (text, value) in [
            ("", Value::Null),
            ("~", Value::Null),
            ("Null", Value::Null),
            ("nUll", Value::String("nUll".into())),
            ("TRUE", Value::Bool(true, "TRUE".into())),
            ("yes", Value::String("yes".into())),
            ("18", int(18, "18")),
            ("+0777", int(777, "+0777")),
            ("-1", int(-1, "-1")),
            ("0x1F", int(31, "0x1F")),
            ("0o17", int(15, "0o17")),
            ("-0x1F", Value::String("-0x1F".into())),
            ("0x", Value::String("0x".into())),
            ("0o8", Value::String("0o8".into())),
            ("0xFFFFFFFFFFFFFFFF", float(18_446_744_073_709_551_615.0, "0xFFFFFFFFFFFFFFFF")),
            ("9223372036854775808", float(9_223_372_036_854_775_808.0, "9223372036854775808")),
            ("3.10", float(3.1, "3.10")),
            ("1.", float(1.0, "1.")),
            (".5", float(0.5, ".5")),
            (".", Value::String(".".into())),
            ("1e3", float(1000.0, "1e3")),
            ("1e", Value::String("1e".into())),
            ("-.inf", float(f64::NEG_INFINITY, "-.inf")),
            ("inf", Value::String("inf".into())),
            ("1_000", Value::String("1_000".into())),
            ("12:30", Value::String("12:30".into())),
            ("2026-11-23", Value::String("2026-11-23".into())),
            ("1.2.3", Value::String("1.2.3".into())),
            ("'1'", Value::String("1".into())),
            ("!!str 1", Value::String("1".into())),
            ("! 1", Value::String("1".into())),
            ("!!int '1'", int(1, "1")),
        ] {
            assert_eq!(root(text).value, value, "{text}");
        }
        assert!(matches!(root(".nan").value, Value::Float(float, _) if float.is_nan()));
    }

    #[test]
    fn paths_lead_into_maps_and_lists() {
        let text = "services:\n  api:\n    ports: [80, 443]\n";
        let root = root(text);
        let (key, value) = root.at(&["services", "api", "ports", "1"]).expect("the second port");
        assert_eq!((&text[key.start..key.end], value.text()), ("443", Some("443")));
        assert_eq!(root.at(&["services", "api", "ports"]).map(|(key, _)| &text[key.start..key.end]), Some("ports"));
        for path in [&[][..], &["x"], &["services", "api", "ports", "2"], &["services", "api", "ports", "x"]] {
            assert_eq!(root.at(path), None, "{path:?}");
        }
    }

    #[test]
    fn merge_keys_give_what_is_not_there() {
        let text =
            "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz:\n  <<: [*x, *y]\n  c: 3\n  <<: {d: 4, a: 4}\n  \"<<\": 5\n";
        let root = root(text);
        let z: Vec<_> = root
            .get("z")
            .unwrap()
            .entries()
            .iter()
            .map(|entry| (entry.key.as_str(), entry.value.text().unwrap()))
            .collect();
        assert_eq!(z, [("c", "3"), ("<<", "5"), ("a", "1"), ("b", "1"), ("d", "4")]);
        assert_eq!(rules("a: {<<: 3, b: 1}"), ["wrong-type"]);
        assert_eq!(rules("a: {<<: [{}, 3], b: 1}"), ["wrong-type"]);
    }

    #[test]
    fn what_is_wrong_but_readable_is_found_and_the_rest_kept() {
        for (text, rule, place, value) in [
            ("a: 1\nb: 2\n'a': 3\n", "repeated-key", "'a'", Some("1")),
            ("a: !reset 1\n", "unknown-tag", "1", Some("1")),
            ("a: !!binary x\n", "unknown-tag", "x", Some("x")),
            ("b: !x [1]\na: 1\n", "unknown-tag", "[", Some("1")),
            ("a: 1\n[b, c]: 2\n", "wrong-key", "[b, c]", Some("1")),
            ("a: 1\n: 2\n", "wrong-key", "", Some("1")),
            ("a: 1\n---\na: 2\n", "several-documents", "---", Some("1")),
            ("b: &x [*x]\na: 1\n", "endless-alias", "*x", Some("1")),
        ] {
            let parsed = parse(text);
            let [finding] = parsed.findings.as_slice() else { panic!("{text}: {:?}", parsed.findings) };
            assert_eq!((finding.rule.id, &text[finding.span.start..finding.span.end]), (rule, place), "{text}");
            assert_eq!(parsed.root.as_ref().and_then(|root| root.get("a")?.text()), value, "{text}");
        }
    }

    #[test]
    fn size_is_bounded() {
        let exact = format!("a: {}", "x".repeat(MAX_TEXT - 3));
        assert_eq!(rules(&exact), [""; 0]);
        assert_eq!(rules(&(exact + "x")), ["too-large"]);
    }

    #[test]
    fn depth_is_bounded() {
        for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")] {
            let nested = |depth: usize| format!("{}x{}", open.repeat(depth), close.repeat(depth));
            assert_eq!(rules(&nested(MAX_DEPTH)).iter().find(|rule| **rule == "too-deep"), None, "{open}");
            assert_eq!(rules(&nested(MAX_DEPTH + 1)), ["too-deep"], "{open}");
        }
        let anchor = format!("- &a {}x{}\n", "[".repeat(MAX_DEPTH - 2), "]".repeat(MAX_DEPTH - 2));
        assert_eq!(rules(&format!("{anchor}- [*a]\n")), [""; 0]);
        assert_eq!(rules(&format!("{anchor}- [[*a]]\n")), ["too-deep"]);
        // Brackets in texts are no brackets.
        let texts = format!("a: |\n  {0}\nb: \"{0}\"\nc: '{0}'\nd: x{0} # {0}\n", "[{".repeat(100));
        assert_eq!(rules(&texts), [""; 0]);
    }

    #[test]
    fn values_are_bounded() {
        let list = |count: usize| format!("[{}]", "a,".repeat(count));
        assert_eq!(rules(&list(MAX_VALUES - 1)), [""; 0]);
        assert_eq!(rules(&list(MAX_VALUES)), ["too-many-values"]);
        let lines = |count: usize| format!("a:\n{}", "- a\n".repeat(count));
        assert_eq!(rules(&lines(MAX_VALUES - 3)), [""; 0]);
        assert_eq!(rules(&lines(MAX_VALUES - 2)), ["too-many-values"]);
    }

    #[test]
    fn aliases_are_bounded() {
        let laughs = (1..20)
            .map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 10].join(", ")))
            .collect::<Vec<_>>()
            .concat();
        assert_eq!(rules(&format!("a0: &a0 [x]\n{laughs}")), ["too-many-aliases"]);
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(100_000), "*a,".repeat(1000));
        assert_eq!(rules(&long), ["too-many-aliases"]);
        let nested = format!(
            "{}{}{}",
            (0..60).map(|n| format!("&a{n} [")).collect::<Vec<_>>().concat(),
            "x,".repeat(10_000),
            "]".repeat(60)
        );
        assert_eq!(rules(&nested), ["too-many-aliases"]);
        assert_eq!(rules(&format!("a: &a [x]\nb: [{}]\n", "*a,".repeat(1000))), [""; 0]);
    }

    #[test]
    fn hostile_texts_end_soon() {
        let pieces = [
            "[",
            "{",
            "]",
            "[{",
            "{a: ",
            "[a: ",
            "[? ",
            "- ",
            "? ",
            ": ",
            "- ? ",
            "a: ",
            "a\n",
            "\"",
            "'",
            "\"\\",
            "|\n",
            "- |\n",
            "&a ",
            "&a [*a,",
            "*a ",
            "!a ",
            "!<",
            "%a\n",
            "---\n",
            "...\n",
            "[a,",
            ",",
            "#",
            " ",
            "\t",
            "\n",
            "\r",
            "\0",
            "\u{FEFF}",
            "é",
            "a: [",
            "[]: ",
            "- a: ",
            "<<: ",
            "a: &a b\n",
            "\"a\" ",
            "[\"a\":",
            "[\n",
            "[ #\n",
            "[[],",
        ];
        for (piece, prefix) in pieces.iter().flat_map(|piece| [(piece, ""), (piece, "a: [")]) {
            let text = prefix.to_owned() + &piece.repeat(MAX_TEXT / 8 / piece.len());
            let start = std::time::Instant::now();
            drop(parse(&text));
            // A tenth of a second, where brackets without a bound would take minutes.
            assert!(start.elapsed().as_secs() < 10, "{prefix:?} {piece:?}");
        }
    }

    fn check_places(text: &str, node: &Node, within: Span) -> Result<(), TestCaseError> {
        let Span { start, end } = node.span;
        prop_assert!(within.start <= start && start <= end && end <= within.end, "{within:?} {node:?}");
        let written = text.get(start..end);
        prop_assert!(written.is_some(), "{:?}", node.span);
        let written = written.unwrap_or_default();
        prop_assert_eq!(written.trim_matches([' ', '\t', '\r', '\n']), written);
        let mut from = start;
        for entry in node.entries() {
            prop_assert!(from <= entry.key_span.start && entry.key_span.end <= entry.value.span.start, "{entry:?}");
            check_places(text, &entry.value, Span::new(entry.key_span.end, end))?;
            from = entry.value.span.end;
        }
        for item in node.items() {
            check_places(text, item, Span::new(from, end))?;
            from = item.span.end;
        }
        if !written.is_empty() && node.text().is_some() && !written.contains(['\n', '\r', '|', '>']) {
            let again = parse(&format!("- !!str {written}")).root;
            prop_assert_eq!(again.as_ref().and_then(|root| root.items().first()?.text()), node.text());
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(pieces in prop::collection::vec(piece(), 0..24)) {
            let text = pieces.concat();
            let parsed = parse(&text);
            prop_assert!(parsed.root.is_some() || !parsed.findings.is_empty());
            for finding in &parsed.findings {
                prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "{finding:?}");
            }
            if let Some(root) = parsed.root.filter(|_| !text.contains("*a") && !text.contains("<<")) {
                check_places(&text, &root, Span::new(0, text.len()))?;
            }
        }
    }

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(
            &[
                "a", "b", "é", "x y", "\"q\"", "'q'", "\"", "'", "|", ">", "|-\n", ">+\n", "&a ", "*a ", "!t ",
                "!!str ", "<<", "- ", "-", "? ", ": ", ":", "[", "]", "{", "}", ", ", ",", "#", " #c\n", " ", "  ",
                "\t", "\n", "\n  ", "\n    ", "\r\n", "\r", "\\", "---", "...", "\u{FEFF}", "\u{85}", "%", "@", "1",
                "1.5", "~", "true", "a: ", "b: ", "\na: ", "\n  c: ", "\n- ", "\n  - ",
            ][..],
        )
    }
}
