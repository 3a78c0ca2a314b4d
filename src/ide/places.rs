//! The way between places in a text and paths of the document.
//!
//! Paths are written as people do, `services.api.needs.0`: keys, and numbers from 0 for the items of lists. Whatever a broken
//! text does not tell is none, never a guess.

use crate::edit::{Path, shown};
use crate::text::Span;
use crate::yaml::{Pair, Part, Segment, Shape, outline};

/// The field at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldAt {
    /// Its path.
    pub path: Path,
    /// The key, colon, value, anchor or tag at the place.
    pub span: Span,
}

/// A place at which something is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// The path of the map in which a key is being written, or of the value.
    pub path: Path,
    /// Whether a key is being written. In a list of plain values, it may turn out to be one of those.
    pub is_key: bool,
    /// What is being written, so far.
    pub span: Span,
    /// The other keys of the map.
    pub keys: Vec<String>,
    /// The other plain values of the list.
    pub items: Vec<String>,
    /// Whether it stands in brackets.
    pub is_flow: bool,
    /// Whether a colon follows.
    pub has_colon: bool,
    /// The column at which it starts.
    pub indent: usize,
    /// The names of the document's services.
    pub services: Vec<String>,
}

/// The field on the line of `offset`: the one at that place, or, beside the line's content, the nearest.
pub fn field_at(text: &str, offset: usize) -> Option<FieldAt> {
    let offset = text.floor_char_boundary(offset);
    let start = line_start(text, offset);
    let line = line_from(text, start);
    let indent = line.len() - line.trim_start().len();
    if indent == line.len() {
        return None;
    }
    let at = offset.clamp(start + indent, start + line.trim_end().len());
    let root = outline(text)?;
    let caret = [Side::After, Side::Before].map(|side| Caret::find(&root, at, side));
    let (caret, token) = caret.into_iter().find_map(|caret| caret.token.map(|token| (caret, token)))?;
    let path = caret.path(text);
    (!path.is_empty()).then(|| FieldAt { path, span: token.span() })
}

/// The path of the field on the line of `offset`; where there is none, that of the map or list around it.
pub fn path_at(text: &str, offset: usize) -> String {
    let around = || {
        let root = outline(text)?;
        Some(Caret::find(&root, text.floor_char_boundary(offset), Side::Before).path(text))
    };
    let path = field_at(text, offset).map(|field| field.path).or_else(around);
    shown(&path.unwrap_or_default())
}

/// The place of `path`: its value if that is a single one, else its key. Of a path that is not written, the place of the
/// last part that is.
pub fn locate(text: &str, path: &str) -> Option<Span> {
    let root = outline(text)?;
    let steps: Vec<&str> = path.split('.').collect();
    let mut found = None;
    let mut part = &root;
    for (index, step) in steps.iter().enumerate() {
        let Some((key, value)) = entry(text, part, step) else { break };
        part = value;
        let is_single = index + 1 == steps.len() && value.is_text();
        found = Some(if is_single { value.span } else { key.map_or(value.span, |pair| pair.key.span) });
    }
    found
}

/// The text of `path`: a key with its value, or an item. Of a path that is not written, the text of the last part that is.
pub fn extent(text: &str, path: &str) -> Option<Span> {
    let root = outline(text)?;
    let mut found = None;
    let mut part = &root;
    for step in path.split('.') {
        let Some((pair, value)) = entry(text, part, step) else { break };
        found = Some(pair.map_or(value.outer, Pair::span));
        part = value;
    }
    found
}

/// The place at which something is being written at `offset`. Text that is written by half is first completed, in a copy, by
/// the least that makes it a key or a value.
pub(super) fn place_at(text: &str, offset: usize) -> Option<Place> {
    let offset = text.floor_char_boundary(offset);
    let start = line_start(text, offset);
    let left = text.get(start..offset)?;
    let right = line_from(text, offset);
    let after = right.trim_start_matches(is_word);
    let word_end = offset + right.len() - after.len();
    let behind = after.trim_start();
    let has_colon = behind.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    let is_end = |text: &str| text.is_empty() || text.starts_with([',', ']', '}']);

    let lead = lead(left);
    let (mut at, mut missing) = (offset, "");
    if let Some(lead) = lead
        && (is_end(behind) || behind.starts_with(':'))
    {
        at = start + lead;
        let is_empty = at == word_end;
        // Without a colon, the lines below would be read as the rest of a word.
        let needs_colon = !has_colon && behind.is_empty();
        missing = match (is_empty, needs_colon) {
            (true, true) => "x:",
            (true, false) => "x",
            (false, true) => ":",
            (false, false) => "",
        };
    } else if left.ends_with([' ', '\t', '[', '{']) && is_end(right.trim_start()) {
        missing = "x";
    } else if left.ends_with(':') {
        return None;
    }
    let (before, rest) = text.split_at_checked(word_end)?;
    let completed = [before, missing, rest].concat();
    let root = outline(&completed)?;
    let sides = if missing.is_empty() { [Side::Before, Side::After] } else { [Side::After, Side::Before] };
    let carets = sides.map(|side| Caret::find(&root, at, side));
    let (caret, token) = carets.into_iter().find_map(|caret| match caret.token {
        Some(token @ (Token::Key(part) | Token::Value(part))) if matches!(part.shape, Shape::Plain | Shape::Quoted) => {
            Some((caret, token))
        }
        _ => None,
    })?;
    let span = token.span();
    let is_key = matches!(token, Token::Key(_));
    let (own, around) = match caret.trail.split_last() {
        Some((Step::Pair(map, pair), around)) if is_key => (Some((*map, *pair)), around),
        _ => (None, caret.trail.as_slice()),
    };
    let keys = own.map_or_else(Vec::new, |(map, own)| {
        let others = map.pairs().iter().filter(|pair| !std::ptr::eq(*pair, own));
        others.filter_map(|pair| pair.key.text(&completed)).map(Into::into).collect()
    });
    let items = match around.last() {
        Some(Step::Item(list, own)) => {
            let others = list.items().iter().enumerate().filter(|(index, _)| index != own);
            others.filter_map(|(_, item)| item.text(&completed)).map(Into::into).collect()
        }
        _ => Vec::new(),
    };
    Some(Place {
        path: Caret::path_of(around, &completed),
        is_key,
        span: if missing.starts_with('x') { Span::new(span.start, span.start) } else { span },
        keys,
        items,
        is_flow: caret.trail.iter().any(|step| completed[step.collection().span.start..].starts_with(['[', '{'])),
        has_colon,
        indent: span.start - line_start(&completed, span.start),
        services: keys_at(&completed, &root, "services"),
    })
}

/// The keys of the map at `path`, without their quotes.
pub(super) fn keys_at(text: &str, root: &Part, path: &str) -> Vec<String> {
    let part = path.split('.').try_fold(root, |part, step| entry(text, part, step).map(|(_, value)| value));
    let keys = part.map_or(&[][..], Part::pairs).iter().filter_map(|pair| pair.key.text(text));
    keys.map(Into::into).collect()
}

/// The pair of a map, or the item of a list, that a step of a path leads to, with its value.
fn entry<'t>(text: &str, part: &'t Part, step: &str) -> Option<(Option<&'t Pair>, &'t Part)> {
    match &part.shape {
        Shape::Sequence(items) => items.get(step.parse::<usize>().ok()?).map(|item| (None, item)),
        Shape::Mapping(pairs) => {
            let pair = pairs.iter().find(|pair| pair.key.text(text).is_some_and(|key| key == step))?;
            Some((Some(pair), &pair.value))
        }
        _ => None,
    }
}

/// The length of what may stand before a key or item on its line, blanks and dashes, if behind it only a word follows.
fn lead(left: &str) -> Option<usize> {
    let mut rest = left.trim_start();
    while let Some(behind) = rest.strip_prefix("- ") {
        rest = behind.trim_start_matches(' ');
    }
    rest.chars().all(is_word).then_some(left.len() - rest.len())
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '-')
}

fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1)
}

/// The text from `offset` to the end of its line.
fn line_from(text: &str, offset: usize) -> &str {
    text.get(offset..).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default()
}

/// Which of two tokens that touch at an offset is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The one that ends there.
    Before,
    /// The one that starts there.
    After,
}

/// A token that belongs to a field.
#[derive(Clone, Copy)]
enum Token<'t> {
    Key(&'t Part),
    Value(&'t Part),
    /// A colon, an anchor or a tag.
    Mark(Span),
}

impl Token<'_> {
    fn span(self) -> Span {
        match self {
            Self::Key(part) | Self::Value(part) => part.span,
            Self::Mark(span) => span,
        }
    }
}

/// A step from a collection into it.
#[derive(Clone, Copy)]
enum Step<'t> {
    Pair(&'t Part, &'t Pair),
    Item(&'t Part, usize),
}

impl<'t> Step<'t> {
    fn collection(self) -> &'t Part {
        match self {
            Self::Pair(part, _) | Self::Item(part, _) => part,
        }
    }
}

/// Everything around an offset, outermost first.
struct Caret<'t> {
    trail: Vec<Step<'t>>,
    token: Option<Token<'t>>,
}

impl<'t> Caret<'t> {
    fn find(root: &'t Part, at: usize, side: Side) -> Self {
        let holds = |span: Span| match side {
            Side::After => span.start <= at && at < span.end,
            Side::Before => span.start < at && at <= span.end,
        };
        let mut trail = Vec::new();
        let mut part = root;
        let token = loop {
            let before = Span::new(part.outer.start, part.span.start);
            if holds(before) {
                break Some(Token::Mark(before));
            }
            match &part.shape {
                Shape::Mapping(pairs) => {
                    let Some(pair) = pairs.iter().find(|pair| holds(pair.span())) else { break None };
                    trail.push(Step::Pair(part, pair));
                    let colon = pair.colon.map(|colon| Span::new(colon, colon + 1)).filter(|colon| holds(*colon));
                    if holds(pair.key.span) {
                        break Some(Token::Key(&pair.key));
                    } else if let Some(mark) = colon {
                        break Some(Token::Mark(mark));
                    }
                    part = &pair.value;
                }
                Shape::Sequence(items) => {
                    let Some(index) = items.iter().position(|item| holds(item.outer)) else { break None };
                    trail.push(Step::Item(part, index));
                    part = &items[index];
                }
                Shape::Empty => break None,
                Shape::Plain | Shape::Quoted | Shape::Block | Shape::Alias => {
                    break holds(part.span).then_some(Token::Value(part));
                }
            }
        };
        Self { trail, token }
    }

    fn path(&self, text: &str) -> Path {
        Self::path_of(&self.trail, text)
    }

    fn path_of(trail: &[Step], text: &str) -> Path {
        let step = |step: &Step| match step {
            Step::Pair(_, pair) => Segment::Key(pair.key.text(text).unwrap_or_default().into_owned()),
            Step::Item(_, index) => Segment::Index(*index),
        };
        trail.iter().map(step).collect()
    }
}
