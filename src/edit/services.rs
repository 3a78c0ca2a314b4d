//! Services: adding, renaming and removing one, and what connects them.

use super::draft::Draft;
use super::remove::{clear, remove};
use super::set::set;
use super::{KINDS, Kind, Path, Refusal, Value, model};
use crate::text::Edit;
use crate::yaml::{Node, Segment};

/// A service that is not there yet.
pub(super) fn add(draft: &mut Draft, name: &str, service: &Value) -> Result<(), Refusal> {
    let path = service_path(name);
    if model::find(&draft.root, &path).is_some() {
        return Err(Refusal::Taken(name.to_owned()));
    }
    set(draft, &path, service)
}

/// Another kind for a service, where its kind stands now.
pub(super) fn change_kind(draft: &mut Draft, service: &str, kind: &str) -> Result<(), Refusal> {
    let path = service_path(service);
    let new = Kind::of(kind).ok_or_else(|| Refusal::NotThere(vec![key(kind)]))?;
    let node = model::find(&draft.root, &path).ok_or_else(|| Refusal::NotThere(path.clone()))?;
    let is_there = |kind: &&Kind| node.get(kind.key).is_some();
    // Beside another kind, `image` is the name of what is built.
    let old = KINDS.iter().filter(is_there).find(|kind| kind.key != crate::kinds::IMAGE_KEY);
    let old = old.or_else(|| KINDS.iter().find(is_there)).map(|kind| kind.key);
    let has_new = node.get(kind).is_some();
    let at = |kind: &str| model::below(&path, key(kind));
    match old {
        Some(old) if old == kind => Ok(()),
        Some(old) if has_new => remove(draft, &at(old)),
        Some(old) => {
            rename_key(draft, &at(old), kind)?;
            set(draft, &at(kind), &new.value())
        }
        None => set(draft, &at(kind), &new.value()),
    }
}

/// Another name for a service, wherever it is named.
pub(super) fn rename(draft: &mut Draft, from: &str, to: &str) -> Result<(), Refusal> {
    if from == to {
        return Ok(());
    }
    for path in places(&draft.root, from) {
        rename_key(draft, &path, to)?;
    }
    for path in needs(&draft.root, from) {
        set(draft, &path, &Value::from(to))?;
    }
    Ok(())
}

/// Removes a service, and what is said of it elsewhere.
pub(super) fn remove_service(draft: &mut Draft, name: &str) -> Result<(), Refusal> {
    // From the last to the first, so that the places of the others stay.
    for path in needs(&draft.root, name).into_iter().rev() {
        clear(draft, &path)?;
    }
    for path in places(&draft.root, name).into_iter().rev() {
        clear(draft, &path)?;
    }
    Ok(())
}

/// Says that `service` needs `other`, unless it does.
pub(super) fn connect(draft: &mut Draft, service: &str, other: &str) -> Result<(), Refusal> {
    if service == other {
        return Err(Refusal::NeedsItself(service.to_owned()));
    }
    for name in [service, other] {
        let path = service_path(name);
        model::find(&draft.root, &path).ok_or(Refusal::NotThere(path))?;
    }
    let list = needs_path(service);
    let needed = model::find(&draft.root, &list).map_or(&[][..], Node::items);
    if needed.iter().any(|item| item.text() == Some(other)) {
        return Ok(());
    }
    let end = model::below(&list, Segment::Index(needed.len()));
    set(draft, &end, &Value::from(other))
}

/// Says no more that `service` needs `other`.
pub(super) fn disconnect(draft: &mut Draft, service: &str, other: &str) -> Result<(), Refusal> {
    let list = needs_path(service);
    let mut found = needs(&draft.root, other).into_iter().rev().filter(|path| path.starts_with(&list)).peekable();
    if found.peek().is_none() {
        return Err(Refusal::NotThere(list));
    }
    found.try_for_each(|path| clear(draft, &path))
}

/// Gives what stands at `path` another key.
pub(super) fn rename_key(draft: &mut Draft, path: &[Segment], to: &str) -> Result<(), Refusal> {
    let source = draft.source();
    let expected = model::rename(&draft.root, path, to)?;
    let place = super::place::written(source, &draft.root, path)?;
    let entry = place.entry.ok_or_else(|| Refusal::NotThere(path.to_vec()))?;
    let old = source.slice(entry.key_span.start, entry.key_span.end);
    let text = super::render::requoted(old, to);
    let changed = model::below(&path[..path.len() - 1], Segment::Key(to.to_owned()));
    draft.change(vec![Edit { span: entry.key_span, text }], &expected, &changed)
}

fn service_path(name: &str) -> Path {
    vec![key("services"), key(name)]
}

fn needs_path(service: &str) -> Path {
    model::below(&service_path(service), key("needs"))
}

fn key(key: &str) -> Segment {
    Segment::Key(key.to_owned())
}

/// Where a service is described: in `services`, and in environments.
fn places(root: &Node, name: &str) -> Vec<Path> {
    let environments = root.get("environments").map_or(&[][..], Node::entries);
    let changed = environments.iter().filter(|environment| environment.value.at(&["services", name]).is_some());
    let changed =
        changed.map(|environment| vec![key("environments"), key(&environment.key), key("services"), key(name)]);
    std::iter::once(service_path(name)).chain(changed).collect()
}

/// Each item of a `needs` that names the service.
fn needs(root: &Node, name: &str) -> Vec<Path> {
    let own = root.get("services").map(|services| (vec![key("services")], services));
    let environments = root.get("environments").map_or(&[][..], Node::entries);
    let changed = environments.iter().filter_map(|environment| {
        let path = vec![key("environments"), key(&environment.key), key("services")];
        Some((path, environment.value.get("services")?))
    });
    let mut found = Vec::new();
    for (path, services) in own.into_iter().chain(changed) {
        for service in services.entries() {
            let list = [path.clone(), vec![key(&service.key), key("needs")]].concat();
            let items = service.value.get("needs").map_or(&[][..], Node::items).iter().enumerate();
            let named = items.filter(|(_, item)| item.text() == Some(name));
            found.extend(named.map(|(index, _)| model::below(&list, Segment::Index(index))));
        }
    }
    found
}
