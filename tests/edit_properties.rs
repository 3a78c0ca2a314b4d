//! What holds of every edit of every document, in whatever style it is written. `serde_yaml`, a reader that shares
//! nothing with ours, says what the texts mean.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod topologies;
mod values;

use plimsoll::analyze;
use plimsoll::edit::{Change, Kind, Path, edit};
use plimsoll::text::apply;
use plimsoll::yaml::{Segment, parse};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value as Json;
use serde_yaml::Value;
use std::collections::BTreeMap;
use topologies::styled::{Styled, styled};

/// A document as a person wrote it, and numbers to choose places with.
fn cases() -> impl Strategy<Value = (Json, Styled, Index, Index)> {
    let choices = prop::collection::vec(any::<u8>(), 16..64);
    (topologies::documents(), choices, any::<Index>(), any::<Index>()).prop_map(|(document, choices, one, other)| {
        let styled = styled(&document, &choices);
        (document, styled, one, other)
    })
}

fn meaning(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn edited(text: &str, change: &Change) -> Result<String, TestCaseError> {
    let edits = edit(text, change).map_err(|refusal| TestCaseError::fail(format!("{refusal}: {change:?}\n{text}")))?;
    for pair in edits.windows(2) {
        prop_assert!(pair[0].span.end <= pair[1].span.start, "{edits:?}");
    }
    Ok(apply(text, &edits))
}

/// All that a document says, innermost last.
fn paths(value: &Json) -> Vec<Path> {
    let mut found = Vec::new();
    walk(value, &mut Vec::new(), &mut found);
    found
}

fn walk(value: &Json, path: &mut Path, found: &mut Vec<Path>) {
    let below: Vec<(Segment, &Json)> = match value {
        Json::Array(items) => items.iter().enumerate().map(|(index, item)| (Segment::Index(index), item)).collect(),
        Json::Object(entries) => entries.iter().map(|(key, value)| (Segment::Key(key.clone()), value)).collect(),
        _ => Vec::new(),
    };
    for (step, value) in below {
        path.push(step);
        found.push(path.clone());
        walk(value, path, found);
        path.pop();
    }
}

fn at<'v>(value: &'v mut Value, path: &[Segment]) -> &'v mut Value {
    path.iter().fold(value, |value, step| match step {
        Segment::Key(key) => &mut value[key.as_str()],
        Segment::Index(index) => &mut value[*index],
    })
}

fn holds(value: &Value, path: &[Segment]) -> bool {
    let found = path.iter().try_fold(value, |value, step| match step {
        Segment::Key(key) => value.get(key.as_str()),
        Segment::Index(index) => value.get(*index),
    });
    found.is_some()
}

fn take_out(value: &mut Value, path: &[Segment]) {
    let (last, parent) = path.split_last().unwrap();
    match (at(value, parent), last) {
        (Value::Mapping(entries), Segment::Key(key)) => drop(entries.remove(key.as_str())),
        (Value::Sequence(items), Segment::Index(index)) => drop(items.remove(*index)),
        _ => panic!("nothing at {path:?}"),
    }
}

fn is_related(one: &[Segment], other: &[Segment]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// A line without its end, and without the dash that an entry takes over from the one before it.
fn bare(line: &str) -> &str {
    line.trim_end_matches('\r').trim_start_matches([' ', '-'])
}

/// Whether what a removal left empty at `path` is gone as well: an item is if its list is shorter.
fn is_gone(actual: &Value, expected: &Value, path: &[Segment]) -> bool {
    let Some((step, list)) = path.split_last() else { return false };
    if !holds(actual, path) {
        return true;
    }
    let length = |root: &Value| at(&mut root.clone(), list).as_sequence().map(Vec::len);
    matches!(step, Segment::Index(_)) && length(actual) < length(expected)
}

/// The lines that are about something else than `path` are all still there.
fn keeps_other_lines(styled: &Styled, after: &str, path: &[Segment]) -> Result<(), TestCaseError> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in after.split('\n') {
        *left.entry(bare(line)).or_default() += 1;
    }
    for (line, about) in styled.text.split('\n').zip(&styled.lines) {
        let line = bare(line);
        // Of blank lines around what goes, some go along.
        if !is_related(about, path) && !line.is_empty() {
            let count = left.get_mut(line).filter(|count| **count > 0);
            prop_assert!(count.is_some(), "lost at {path:?}: {line:?}\n{}\n--- after\n{after}", styled.text);
            *count.unwrap() -= 1;
        }
    }
    Ok(())
}

/// Every comment is still there that is not about `path`, or what stands in it.
fn keeps_other_comments(styled: &Styled, after: &str, path: &[Segment]) -> Result<(), TestCaseError> {
    for (line, about) in styled.text.split('\n').zip(&styled.lines) {
        if let Some(comment) = line.find("# note ").filter(|_| !about.starts_with(path)) {
            let comment = line[comment..].trim_end_matches('\r');
            prop_assert!(after.contains(comment), "lost at {path:?}: {comment}\n{}\n--- after\n{after}", styled.text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(topologies::config(80))]

    #[test]
    fn setting_a_value_changes_that_value_alone((document, styled, place, choice) in cases()) {
        let paths: Vec<Path> = paths(&document);
        let path = &paths[place.index(paths.len())];
        let texts = topologies::texts::TEXTS;
        let value = match choice.index(4) {
            0 => Value::Number(7.into()),
            1 => Value::Bool(true),
            _ => Value::String(texts[choice.index(texts.len())].to_owned()),
        };
        let after = edited(&styled.text, &Change::Set { path: path.clone(), value: values::from(&value) })?;
        let before = meaning(&styled.text);
        let mut expected = before.clone();
        let old = std::mem::replace(at(&mut expected, path), value);
        prop_assert_eq!(&meaning(&after), &expected, "{}\n---\n{}", styled.text, after);
        keeps_other_lines(&styled, &after, path)?;
        let replaced_whole = !matches!(old, Value::Mapping(_) | Value::Sequence(_));
        if replaced_whole {
            let comments = |text: &str| text.matches("# note ").count();
            prop_assert_eq!(comments(&after), comments(&styled.text), "{}\n---\n{}", styled.text, after);
        }
        let undone = edited(&after, &Change::Set { path: path.clone(), value: values::from(&old) })?;
        prop_assert_eq!(meaning(&undone), before, "{}\n---\n{}", after, undone);
    }

    #[test]
    fn what_is_new_comes_without_touching_anything((document, styled, place, choice) in cases()) {
        let mut meant = meaning(&styled.text);
        let mut maps: Vec<Path> =
            paths(&document).into_iter().filter(|path| at(&mut meant, path).is_mapping()).collect();
        maps.push(Vec::new());
        let mut path = maps.swap_remove(place.index(maps.len()));
        // Keys that the format knows, and one that only a free map takes.
        let keys = ["name", "port", "replicas", "memory", "limit", "needs", "traffic", "gateway", "framework", "host", "é: #"];
        path.push(Segment::Key(keys[choice.index(keys.len())].to_owned()));
        let before = meaning(&styled.text);
        prop_assume!(!holds(&before, &path));
        let nested = choice.index(3);
        let (value, full) = match nested {
            0 => (Value::String("x: y".to_owned()), path.clone()),
            1 => (Value::Number(1.into()), [path.clone(), vec![Segment::Key("in".to_owned()), Segment::Index(0)]].concat()),
            _ => (meaning("[a, b]"), path.clone()),
        };
        let after = edited(&styled.text, &Change::Set { path: full, value: values::from(&value) })?;
        let mut expected = before.clone();
        *at(&mut expected, &path) = if nested == 1 { meaning("{ in: [1] }") } else { value };
        prop_assert_eq!(&meaning(&after), &expected, "{}\n---\n{}", styled.text, after);
        keeps_other_lines(&styled, &after, &path)?;
        keeps_other_comments(&styled, &after, &path)?;
        let undone = edited(&after, &Change::Remove { path })?;
        prop_assert_eq!(analyze(&undone).outputs.unwrap().topology, analyze(&styled.text).outputs.unwrap().topology);
    }

    #[test]
    fn removing_takes_one_thing_and_its_comments((document, styled, place, _) in cases()) {
        let paths = paths(&document);
        let path = &paths[place.index(paths.len())];
        let change = Change::Remove { path: path.clone() };
        let after = edited(&styled.text, &change)?;
        let mut expected = meaning(&styled.text);
        let old = at(&mut expected.clone(), path).clone();
        take_out(&mut expected, path);
        // What is left empty may be gone too, if that changes nothing.
        let actual = match meaning(&after) {
            Value::Null => meaning("{}"),
            actual => actual,
        };
        let mut concerned = path.as_slice();
        while let Some((_, parent)) = concerned.split_last().filter(|(_, parent)| is_gone(&actual, &expected, parent)) {
            take_out(&mut expected, parent);
            concerned = parent;
        }
        prop_assert_eq!(&actual, &expected, "{}\n---\n{}", styled.text, after);
        keeps_other_lines(&styled, &after, concerned)?;
        keeps_other_comments(&styled, &after, concerned)?;
        // Where an item went along, the path is that of the next.
        let leads_there = concerned == path || !holds(&actual, concerned);
        if matches!(path.last(), Some(Segment::Key(_))) && leads_there {
            let undone = edited(&after, &Change::Set { path: path.clone(), value: values::from(&old) })?;
            prop_assert_eq!(meaning(&undone), meaning(&styled.text), "{}\n---\n{}", after, undone);
        }
    }

    #[test]
    fn a_renamed_service_is_the_same_under_another_name((document, styled, place, _) in cases()) {
        let services: Vec<&String> = document["services"].as_object().unwrap().keys().collect();
        let from = services[place.index(services.len())].clone();
        let renamed = edited(&styled.text, &Change::RenameService { from: from.clone(), to: "re-named".to_owned() })?;
        let names = |text: &str| meaning(text)["services"].as_mapping().unwrap().len();
        prop_assert_eq!(names(&renamed), names(&styled.text));
        prop_assert!(meaning(&renamed)["services"]["re-named"].is_mapping());
        prop_assert_eq!(renamed.split('\n').count(), styled.text.split('\n').count());
        let back = edited(&renamed, &Change::RenameService { from: "re-named".to_owned(), to: from })?;
        prop_assert_eq!(meaning(&back), meaning(&styled.text), "{}\n---\n{}", styled.text, back);
    }

    #[test]
    fn a_removed_service_is_named_nowhere((document, styled, place, _) in cases()) {
        let services: Vec<&String> = document["services"].as_object().unwrap().keys().collect();
        let name = services[place.index(services.len())].clone();
        let after = edited(&styled.text, &Change::RemoveService { name: name.clone() })?;
        let left = meaning(&after);
        let others = left["services"].as_mapping().unwrap();
        prop_assert_eq!(others.len(), services.len() - 1);
        for service in others.values() {
            let needs = service.get("needs").and_then(Value::as_sequence).into_iter().flatten();
            prop_assert!(needs.into_iter().all(|needed| needed.as_str() != Some(&name)), "{after}");
        }
        for environment in left.get("environments").and_then(Value::as_mapping).into_iter().flat_map(|map| map.values()) {
            prop_assert!(environment.get("services").is_none_or(|services| services.get(name.as_str()).is_none()), "{after}");
        }
    }

    #[test]
    fn an_added_service_can_be_connected_and_taken_away_again((document, styled, place, _) in cases()) {
        let services: Vec<&String> = document["services"].as_object().unwrap().keys().collect();
        let user = services[place.index(services.len())].clone();
        let (name, needs) = ("added".to_owned(), "added".to_owned());
        let added = edited(&styled.text, &Change::AddService { name: name.clone(), service: Kind::of("redis").unwrap().service() })?;
        let connected = edited(&added, &Change::Connect { service: user.clone(), needs: needs.clone() })?;
        let needed = meaning(&connected)["services"][user.as_str()]["needs"].as_sequence().unwrap().clone();
        prop_assert_eq!(needed.last().and_then(Value::as_str), Some("added"));
        let disconnected = edited(&connected, &Change::Disconnect { service: user, needs })?;
        prop_assert_eq!(meaning(&disconnected), meaning(&added));
        let without = edited(&connected, &Change::RemoveService { name })?;
        prop_assert_eq!(meaning(&without), meaning(&styled.text), "{}\n---\n{}", connected, without);
    }

    #[test]
    fn an_edit_and_typing_elsewhere_give_the_same_in_either_order((document, styled, place, typed) in cases()) {
        let paths = paths(&document);
        let path = &paths[place.index(paths.len())];
        let comments: Vec<&str> = styled.text.split("# note ").skip(1).map(|rest| rest.split(' ').next().unwrap()).collect();
        prop_assume!(!comments.is_empty());
        let number = comments[typed.index(comments.len())];
        let type_it = |text: &str| text.replace(&format!("# note {number} "), "# somebody types — ");
        for change in [Change::Set { path: path.clone(), value: values::of("false") }, Change::Remove { path: path.clone() }] {
            prop_assert_eq!(type_it(&edited(&styled.text, &change)?), edited(&type_it(&styled.text), &change)?);
        }
    }

    #[test]
    fn a_damaged_text_is_changed_right_or_not_at_all((document, styled, place, damage) in cases()) {
        let pieces = ["&x ", "*x", "<<: *x", "? ", "- ", ": ", "{", "]", "\n", "\t", "\"", "|+\n", "---\n", "!t ", "é", "#", ","];
        let mut at = damage.index(styled.text.len() + 1);
        while !styled.text.is_char_boundary(at) {
            at -= 1;
        }
        let piece = pieces[damage.index(pieces.len())];
        let text = [&styled.text[..at], piece, &styled.text[at..]].concat();
        let paths = paths(&document);
        let path = paths[place.index(paths.len())].clone();
        for change in [
            Change::Set { path: path.clone(), value: "on: # x".into() },
            Change::Remove { path },
            Change::RemoveService { name: "api".to_owned() },
            Change::Connect { service: "api".to_owned(), needs: "db".to_owned() },
        ] {
            match edit(&text, &change) {
                Ok(edits) => prop_assert!(parse(&apply(&text, &edits)).findings.len() <= parse(&text).findings.len()),
                Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
            }
        }
    }
}
