//! Removing what stands somewhere, with the comments that are about it.

use super::draft::Draft;
use super::place::{Place, after_colon, own_entries, written};
use super::source::Source;
use super::{Refusal, model};
use crate::text::{Edit, Span};
use crate::topology::{self, Topology};
use crate::yaml::{Node, Segment, Value, read};

/// Removes `path`, then what it leaves empty, as far as that says nothing by being there.
pub(super) fn clear(draft: &mut Draft, path: &[Segment]) -> Result<(), Refusal> {
    remove(draft, path)?;
    let mut path = path;
    while let Some((_, parent)) = path.split_last().filter(|(_, parent)| parent.len() > 1 || !is_services(parent)) {
        let is_empty = |node: &Node| node.items().is_empty() && node.entries().is_empty();
        if parent.is_empty() || !model::find(&draft.root, parent).is_some_and(is_empty) {
            break;
        }
        let without = model::remove(&draft.root, parent)?;
        let (Some(with), Some(without)) = (topology(&draft.root), topology(&without)) else { break };
        if without.0 != with.0 || without.1 > with.1 {
            break;
        }
        remove(draft, parent)?;
        path = parent;
    }
    Ok(())
}

/// A document says what runs, even if that is nothing.
fn is_services(path: &[Segment]) -> bool {
    path == [Segment::Key("services".to_owned())]
}

/// What follows from a tree, and how much is wrong with it.
fn topology(root: &Node) -> Option<(Topology, usize)> {
    let (document, mistakes) = read(root);
    let resolved = topology::resolve(&document?);
    Some((resolved.topology, mistakes.len() + resolved.findings.len()))
}

/// Removes `path` alone; what it leaves empty stays, as `{}` or `[]`.
pub(super) fn remove(draft: &mut Draft, path: &[Segment]) -> Result<(), Refusal> {
    let source = draft.source();
    let expected = model::remove(&draft.root, path)?;
    let place = written(source, &draft.root, path)?;
    let unusual = || Refusal::Unusual(path.to_vec());
    let cut = if source.is_flow(place.parent()) || place.in_flow {
        Some(cut_flow(source, &place))
    } else {
        cut_block(source, &place, path)
    };
    let is_last = place.parent().entries().len() + place.parent().items().len() == 1;
    let edits = if is_last && path.len() > 1 {
        let holder = written(source, &draft.root, &path[..path.len() - 1])?;
        emptied(source, &holder, cut).ok_or_else(unusual)?
    } else {
        vec![cut.ok_or_else(unusual)?]
    };
    draft.change(edits, &expected, path)
}

/// The edits by which a list or map loses the last that it has.
fn emptied(source: Source, holder: &Place, cut: Option<Edit>) -> Option<Vec<Edit>> {
    let node = holder.node();
    let brackets = if matches!(node.value, Value::Sequence(_)) { "[]" } else { "{}" };
    let whole = Edit { span: node.span, text: brackets.to_owned() };
    if source.is_flow(node) || holder.in_flow || holder.entry.is_none() {
        return Some(vec![whole]);
    }
    let colon = after_colon(source, holder.entry?)?;
    let properties = !source.after(colon).trim_start().is_empty() && !source.ends_line(colon);
    if properties {
        return Some(vec![whole]);
    }
    Some(vec![Edit { span: Span::new(colon, colon), text: format!(" {brackets}") }, cut?])
}

/// What goes when an entry or item goes that is written by indentation.
fn cut_block(source: Source, place: &Place, path: &[Segment]) -> Option<Edit> {
    let (index, start, next) = match (place.entry, path.last()?) {
        (Some(entry), _) => {
            let own = own_entries(place.parent());
            let index = own.iter().position(|own| own.key == entry.key)?;
            (index, entry.key_span.start, own.get(index + 1).map(|entry| entry.key_span.start))
        }
        (None, Segment::Index(index)) => {
            let list = place.parent();
            (*index, dash(source, list, *index)?, dash(source, list, index + 1))
        }
        (None, Segment::Key(_)) => return None,
    };
    let end = source.line_end(place.node().span.end.max(start));
    if !source.starts_line(start) {
        return Some(cut_first(source, start, end, next));
    }
    let column = source.column(start);
    let mut from = source.comments_above(source.line_start(start), column);
    let mut to = source.next_line(end);
    // Of the blank lines above and below, one side goes too.
    let (above, below) = (source.blanks_above(from), source.blanks_below(to));
    if above < from && (to == source.0.len() || below > to) {
        from = above;
    } else if index == 0 {
        to = below;
    }
    if to == end && from > 0 {
        // The last line has no line break of its own: the one before it goes.
        from = source.line_end(from - 1);
    }
    Some(Edit { span: Span::new(from, to), text: String::new() })
}

/// What goes with the first entry or item of one that starts behind a dash: up to the next one, which takes its place.
fn cut_first(source: Source, start: usize, end: usize, next: Option<usize>) -> Edit {
    let joins = next.filter(|next| source.slice(end, *next).trim().is_empty());
    let span = match joins {
        Some(next) => Span::new(start, next),
        None => Span::new(source.slice(0, start).trim_end_matches(' ').len(), end),
    };
    Edit { span, text: String::new() }
}

/// Where the dash of an item stands.
fn dash(source: Source, list: &Node, index: usize) -> Option<usize> {
    let item = list.items().get(index)?;
    if index == 0 {
        return Some(list.span.start);
    }
    let column = source.column(list.span.start);
    let mut line = source.next_line(list.items()[index - 1].span.end);
    while line < item.span.start {
        let text = source.slice(line, source.line_end(line));
        let dash = line + text.len() - text.trim_start().len();
        if text.trim_start().starts_with('-') && source.column(dash) == column {
            return Some(dash);
        }
        line = source.next_line(line);
    }
    None
}

/// What goes when something in brackets goes: with one comma, and with its line, if it has one of its own.
fn cut_flow(source: Source, place: &Place) -> Edit {
    let node = place.node();
    let start = place.entry.map_or(node.span.start, |entry| entry.key_span.start);
    let end = node.span.end.max(place.entry.map_or(0, |entry| entry.key_span.end));
    let rest = source.after(end);
    let comma = rest.trim_start().starts_with(',').then(|| end + rest.len() - rest.trim_start().len() + 1);
    let span = if source.starts_line(start) && source.ends_line(comma.unwrap_or(end)) {
        let line = source.line_start(start);
        Span::new(source.comments_above(line, source.column(start)), source.next_line(end))
    } else if let Some(before) = source.before(start).trim_end().strip_suffix(',') {
        Span::new(source.line_start(start) + before.len(), end)
    } else {
        let to = comma.unwrap_or(end);
        let blanks = source.after(to).len() - source.after(to).trim_start().len();
        Span::new(start, if comma.is_some() { to + blanks } else { to })
    };
    Edit { span, text: String::new() }
}
