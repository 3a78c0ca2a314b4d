//! Setting a value: in the place of what is there, or as a new entry or item.

use super::draft::Draft;
use super::place::{Place, after_colon, own_entries};
use super::render::{flow_entry, inline, requoted};
use super::{Refusal, Value, model};
use crate::text::{Edit, Span};
use crate::topology::Document;
use crate::yaml::{Entry, Node, Segment, Value as Written, known_keys};

/// Makes `path` say `value`, with as little change of the text as that takes.
pub(super) fn set(draft: &mut Draft, path: &[Segment], value: &Value) -> Result<(), Refusal> {
    if path.is_empty() {
        return Err(Refusal::NotThere(Vec::new()));
    }
    let kept = model::find(&draft.root, path).filter(|node| !draft.source().is_alias(node));
    match (kept.map(|node| &node.value), value) {
        (Some(Written::Mapping(old)), Value::Map(new)) if !old.is_empty() && !new.is_empty() => {
            let gone: Vec<String> = old.iter().map(|entry| entry.key.clone()).collect();
            set_entries(draft, path, gone, new)
        }
        (Some(Written::Sequence(old)), Value::List(new)) if !old.is_empty() && !new.is_empty() => {
            let old = old.clone();
            set_items(draft, path, &old, new)
        }
        _ => put(draft, path, value),
    }
}

/// Entry by entry, so that what stays the same stays as it is written.
fn set_entries(
    draft: &mut Draft,
    path: &[Segment],
    mut gone: Vec<String>,
    new: &[(String, Value)],
) -> Result<(), Refusal> {
    for (key, value) in new {
        gone.retain(|old| old != key);
        set(draft, &model::below(path, Segment::Key(key.clone())), value)?;
    }
    gone.into_iter().try_for_each(|key| super::remove::remove(draft, &model::below(path, Segment::Key(key))))
}

/// Item by item, between those at the start and at the end that stay.
fn set_items(draft: &mut Draft, path: &[Segment], old: &[Node], new: &[Value]) -> Result<(), Refusal> {
    let wanted: Vec<Node> = new.iter().map(model::new).collect();
    let same = |(one, other): &(&Node, &Node)| model::same(one, other);
    let start = old.iter().zip(&wanted).take_while(same).count();
    let end = old[start..].iter().rev().zip(wanted[start..].iter().rev()).take_while(same).count();
    let (before, after) = (old.len() - end, new.len() - end);
    let at = |index: usize| model::below(path, Segment::Index(index));
    for (index, value) in new.iter().enumerate().take(before.min(after)).skip(start) {
        set(draft, &at(index), value)?;
    }
    for index in (after..before).rev() {
        super::remove::remove(draft, &at(index))?;
    }
    for (index, value) in new.iter().enumerate().take(after).skip(before) {
        insert_item(draft, path, index, value)?;
    }
    Ok(())
}

fn insert_item(draft: &mut Draft, path: &[Segment], index: usize, value: &Value) -> Result<(), Refusal> {
    let expected = model::insert(&draft.root, path, index, value)?;
    let place = Place::find(draft.source(), &draft.root, path)?;
    let edits = Writer { draft, place: &place }.item(index, value);
    let path = model::below(path, Segment::Index(index));
    draft.change(edits, &expected, &path)
}

/// Puts a value where another, or nothing, stands.
fn put(draft: &mut Draft, path: &[Segment], value: &Value) -> Result<(), Refusal> {
    let place = Place::find(draft.source(), &draft.root, path)?;
    let expected = model::set(&draft.root, path, value)?;
    if place.steps() == path.len() && model::same(place.node(), &model::new(value)) {
        return Ok(());
    }
    let merged = place.entry.is_some_and(|entry| entry.merged);
    let edits = if merged {
        // An entry of its own goes before what is merged.
        let place = Place::find(draft.source(), &draft.root, &path[..path.len() - 1])?;
        Writer { draft, place: &place }.add(&path[path.len() - 1], value)
    } else {
        match &path[place.steps()..] {
            [] => Writer { draft, place: &place }.replace(value),
            [first, rest @ ..] => Writer { draft, place: &place }.add(first, &wrapped(rest, value)),
        }
    };
    draft.change(edits, &expected, path)
}

/// The value in the maps and lists that `path` leads through.
fn wrapped(path: &[Segment], value: &Value) -> Value {
    path.iter().rev().fold(value.clone(), |value, step| holding(step, value))
}

fn holding(step: &Segment, value: Value) -> Value {
    match step {
        Segment::Key(key) => Value::of(key, value),
        Segment::Index(_) => Value::List(vec![value]),
    }
}

/// Writes at a place.
struct Writer<'d> {
    draft: &'d Draft,
    place: &'d Place<'d>,
}

impl Writer<'_> {
    /// A new entry or item in what stands at the place.
    fn add(&self, step: &Segment, value: &Value) -> Vec<Edit> {
        let node = self.place.node();
        match step {
            _ if node.value == Written::Null
                || node.items().is_empty() && self.own().is_empty() && node.entries().is_empty() =>
            {
                self.replace(&holding(step, value.clone()))
            }
            Segment::Key(key) => self.entry(key, value),
            Segment::Index(index) => self.item(*index, value),
        }
    }

    fn own(&self) -> Vec<&Entry> {
        own_entries(self.place.node())
    }

    /// What stands at the place becomes `value`.
    fn replace(&self, value: &Value) -> Vec<Edit> {
        let (source, style, node) = (self.draft.source(), self.draft.style(), self.place.node());
        if self.place.steps() == 0 {
            return self.replace_document(value);
        }
        let was_flow = source.is_flow(node) && !(node.items().is_empty() && node.entries().is_empty());
        let indent = match self.place.entry {
            Some(entry) => source.column(entry.key_span.start) + style.step,
            None => source.column(node.span.start),
        };
        let lines = style.below_key(value, indent).filter(|_| !self.place.in_flow && !was_flow);
        match (lines, self.place.entry) {
            (None, entry) => self.replace_inline(value, entry),
            (Some(lines), _) if source.is_block(node) => vec![replace(node.span, lines)],
            (Some(lines), Some(entry)) => {
                let Some(colon) = after_colon(source, entry) else { return Vec::new() };
                let end = source.line_end(node.span.end);
                let old = source.slice(colon, node.span.start).trim().is_empty().then_some(colon);
                let old = Span::new(old.unwrap_or(node.span.start), node.span.end);
                vec![replace(old, ""), insert(end, style.new_line(indent) + &lines)]
            }
            (Some(_), None) if node.span.start == node.span.end => {
                let indent = indent + 1;
                vec![insert(node.span.start, format!(" {}", style.block(value, indent)))]
            }
            (Some(lines), None) => vec![replace(node.span, lines)],
        }
    }

    fn replace_inline(&self, value: &Value, entry: Option<&Entry>) -> Vec<Edit> {
        let (source, node) = (self.draft.source(), self.place.node());
        let old = source.slice(node.span.start, node.span.end);
        let text = match value {
            Value::Text(text) if matches!(node.value, Written::String(_)) => requoted(old, text),
            value => inline(value),
        };
        // Behind the colon stands nothing but, perhaps, a comment, which stays there.
        let colon = entry.and_then(|entry| after_colon(source, entry)).filter(|colon| source.ends_line(*colon));
        if let Some(colon) = colon.filter(|_| source.is_block(node)) {
            let lines = Span::new(source.line_end(colon), source.line_end(node.span.end));
            return vec![insert(colon, format!(" {text}")), replace(lines, "")];
        }
        if old.is_empty() {
            let colon = entry.is_some_and(|entry| after_colon(source, entry).is_none());
            return vec![insert(node.span.start, format!("{} {text}", if colon { ":" } else { "" }))];
        }
        vec![replace(node.span, text)]
    }

    /// A document of nothing becomes one of `value`.
    fn replace_document(&self, value: &Value) -> Vec<Edit> {
        let (source, style, node) = (self.draft.source(), self.draft.style(), self.place.node());
        let text = style.block(value, 0) + style.newline;
        if node.span.end > node.span.start {
            return vec![replace(node.span, style.block(value, 0))];
        }
        let end = source.0.len();
        let starts = source.0.trim_end_matches('\u{FEFF}').is_empty() || source.0.ends_with('\n');
        vec![insert(end, if starts { text } else { style.newline.to_owned() + &text })]
    }

    /// A new entry of a map that has some: behind the last of those that go before it, by the order of the format.
    fn entry(&self, key: &str, value: &Value) -> Vec<Edit> {
        let (source, style, map) = (self.draft.source(), self.draft.style(), self.place.node());
        let known = known_keys::<Document>(&self.draft.root, map);
        let rank = |key: &str| known.iter().position(|known| *known == key);
        let own = self.own();
        let goes_before = |entry: &&Entry| rank(&entry.key).is_some_and(|its| rank(key).is_some_and(|mine| its < mine));
        let before = own.iter().rposition(goes_before);
        let is_first = rank(key).is_some() && before.is_none();
        if source.is_flow(map) || self.place.in_flow {
            let text = flow_entry(key, value);
            return match (before.or(own.len().checked_sub(1)), is_first) {
                (Some(_), true) => vec![insert(own[0].key_span.start, format!("{text}, "))],
                (Some(last), false) => self.behind_in_flow(own[last].key_span.start, own[last].value.span.end, &text),
                (None, _) => self.at_flow_end(&text),
            };
        }
        let indent = source.column(map.span.start);
        let text = style.entry(key, value, indent);
        let gap = if apart(source, &own) { style.newline } else { "" };
        if let (true, Some(first)) = (is_first, own.first())
            && self.may_stand_before(first.key_span.start)
        {
            return vec![insert(first.key_span.start, format!("{text}{gap}{}", style.new_line(indent)))];
        }
        let behind = before.filter(|before| before + 1 < own.len());
        let end = match behind {
            Some(behind) => source.last_line_end(&own[behind].value),
            None => source.comments_below(source.last_line_end(map), indent),
        };
        vec![insert(end, format!("{gap}{}{text}", style.new_line(indent)))]
    }

    /// Whether what stands above the first key of a map is not about that key alone.
    fn may_stand_before(&self, first: usize) -> bool {
        let source = self.draft.source();
        let line = source.line_start(first);
        let above = source.comments_above(line, source.column(first));
        !source.starts_line(first) || above == line
    }

    /// A new item of a list that has some.
    fn item(&self, index: usize, value: &Value) -> Vec<Edit> {
        let (source, style, list) = (self.draft.source(), self.draft.style(), self.place.node());
        let items = list.items();
        let Some(near) = items.get(index.wrapping_sub(1)).or(items.first()) else {
            return self.replace(&Value::List(vec![value.clone()]));
        };
        if source.is_flow(list) || self.place.in_flow {
            let text = inline(value);
            return match index {
                0 => vec![insert(near.span.start, format!("{text}, "))],
                _ => self.behind_in_flow(near.span.start, near.span.end, &text),
            };
        }
        let indent = source.column(list.span.start);
        let text = if source.is_flow(near) { inline(value) } else { style.block(value, indent + 2) };
        match index {
            0 => vec![insert(list.span.start, format!("- {text}{}", style.new_line(indent)))],
            _ => vec![insert(source.last_line_end(near), format!("{}- {text}", style.new_line(indent)))],
        }
    }

    /// Something in brackets behind what stands from `start` to `end` there: on a line of its own, if that does.
    fn behind_in_flow(&self, start: usize, end: usize, text: &str) -> Vec<Edit> {
        let source = self.draft.source();
        let blanks = source.after(end).len() - source.after(end).trim_start().len();
        let comma = source.after(end).trim_start().starts_with(',').then_some(end + blanks + 1);
        if !source.starts_line(start) || !source.ends_line(comma.unwrap_or(end)) {
            return vec![insert(end, format!(", {text}"))];
        }
        let new_line = format!("{}{}{text}", source.newline(), source.before(start));
        let line_end = source.line_end(end);
        match comma {
            Some(_) => vec![insert(line_end, new_line + ",")],
            None if line_end == end => vec![insert(end, format!(",{new_line}"))],
            None => vec![insert(end, ","), insert(line_end, new_line)],
        }
    }

    /// Something at the end of a map in brackets that only merges others.
    fn at_flow_end(&self, text: &str) -> Vec<Edit> {
        let (source, node) = (self.draft.source(), self.place.node());
        let inside = source.slice(node.span.start, node.span.end.saturating_sub(1)).trim_end();
        let comma = if inside.ends_with(',') { "" } else { "," };
        vec![insert(node.span.start + inside.len(), format!("{comma} {text}"))]
    }
}

/// Whether blank lines stand between all entries of a map.
fn apart(source: super::source::Source, own: &[&Entry]) -> bool {
    let gap = |pair: &[&Entry]| source.has_blank_line(pair[0].value.span.end, pair[1].key_span.start);
    own.len() > 1 && own.windows(2).all(gap)
}

fn insert(at: usize, text: impl Into<String>) -> Edit {
    replace(Span::new(at, at), text)
}

fn replace(span: Span, text: impl Into<String>) -> Edit {
    Edit { span, text: text.into() }
}
