//! Fields with several items: a row for each, with a button that removes it, and a row that adds one.

use super::actions::FormActions;
use super::entry::{Counts, Entry, Take};
use crate::app::icons;
use leptos::html;
use leptos::prelude::*;
use plimsoll::edit::{Change, Path, Value};
use plimsoll::ide::form::{Control, Field};
use plimsoll::view::form::name as name_of;
use plimsoll::yaml::Segment;

/// Renders the fields inside an item.
type DrawFields = fn(FormActions, Signal<Vec<Field>>) -> AnyView;

/// A list of strings.
pub fn names(actions: FormActions, field: Memo<Field>, id: &str) -> AnyView {
    let items = Memo::new(move |_| {
        field.with(|field| match &field.control {
            Control::Names { items, .. } => items.clone(),
            _ => Vec::new(),
        })
    });
    let known = Memo::new(move |_| {
        field.with(|field| match &field.control {
            Control::Names { items, known } => known.iter().filter(|one| !items.contains(one)).cloned().collect(),
            _ => Vec::<String>::new(),
        })
    });
    let list = format!("{id}-known");
    let what = field.with_untracked(name_of).to_lowercase();
    let (row_id, row_list, row_what) = (id.to_owned(), list.clone(), what.clone());
    let row = move |index: usize| {
        let value = Signal::derive(move || items.with(|items| items.get(index).cloned().unwrap_or_default()));
        let take: Take = Callback::new(move |(typed, done): (String, Callback<bool>)| {
            let path = below(field, Segment::Index(index));
            let change = match typed.trim() {
                "" => Change::Remove { path: path.clone() },
                typed => Change::Set { path: path.clone(), value: typed.into() },
            };
            actions.change_then(&field.get_untracked().path, change, move |is_done| done.run(is_done));
        });
        let remove = move || take_away(actions, field, Segment::Index(index));
        view! {
            <div class="row">
                <Entry
                    id=format!("{row_id}-{index}")
                    label=format!("{row_what} {}", index + 1)
                    value
                    list=row_list.clone()
                    counts=Counts::AtTheEnd
                    take
                />
                {remove_button(format!("Remove {row_what} {}", index + 1), remove)}
            </div>
        }
    };
    let add = move |typed: String| {
        let end = Segment::Index(items.with_untracked(Vec::len));
        let change = Change::Set { path: below(field, end), value: Value::Text(typed) };
        actions.change(&field.get_untracked().path, change);
    };
    let listed = list.clone();
    view! {
        <For each=move || 0..items.with(Vec::len) key=|index| *index children=row />
        {adder(&what, "Add …", Some(id.to_owned()), Some(listed), add)}
        <datalist id=list>
            {move || known.get().into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
        </datalist>
    }
    .into_any()
}

/// Strings by name.
pub fn pairs(actions: FormActions, field: Memo<Field>, id: &str) -> AnyView {
    let entries = Memo::new(move |_| {
        field.with(|field| match &field.control {
            Control::Pairs { entries } => entries.clone(),
            _ => Vec::new(),
        })
    });
    let row_id = id.to_owned();
    let row = move |index: usize| pair(actions, field, entries, &row_id, index);
    let (name, value) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let add = move || {
        let (Some(name), Some(value)) = (name.get_untracked(), value.get_untracked()) else { return };
        let key = name.value().trim().to_owned();
        if key.is_empty() {
            // Neither fails for an input in the page.
            let _ = name.focus();
            return;
        }
        let change = Change::Set { path: below(field, Segment::Key(key)), value: Value::Text(value.value()) };
        actions.change(&field.get_untracked().path, change);
        name.set_value("");
        value.set_value("");
        let _ = name.focus();
    };
    let on_enter = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" {
            add();
        }
    };
    view! {
        <For each=move || 0..entries.with(Vec::len) key=|index| *index children=row />
        <div class="row">
            <input
                type="text"
                class="entry"
                id=id.to_owned()
                node_ref=name
                aria-label="New name"
                placeholder="NAME"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                on:keydown=on_enter
            />
            <input
                type="text"
                class="entry"
                node_ref=value
                aria-label="New value"
                placeholder="value"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                on:keydown=on_enter
            />
            <button type="button" class="button small" on:click=move |_| add()>
                "Add"
            </button>
        </div>
    }
    .into_any()
}

/// A list of items that have fields.
pub fn items(actions: FormActions, field: Memo<Field>, draw: DrawFields) -> AnyView {
    let count = Memo::new(move |_| {
        field.with(|field| match &field.control {
            Control::Items { items } => items.len(),
            _ => 0,
        })
    });
    let what = field.with_untracked(name_of).to_lowercase();
    let row_what = what.clone();
    let row = move |index: usize| {
        let inner = Memo::new(move |_| {
            field.with(|field| match &field.control {
                Control::Items { items } => items.get(index).cloned().unwrap_or_default(),
                _ => Vec::new(),
            })
        });
        let title = format!("{row_what} {}", index + 1);
        let remove = move || take_away(actions, field, Segment::Index(index));
        view! {
            <fieldset class="item">
                <legend>{title.clone()}</legend>
                {remove_button(format!("Remove {title}"), remove)}
                {draw(actions, inner.into())}
            </fieldset>
        }
    };
    let add = move |_| {
        let path = below(field, Segment::Index(count.get_untracked()));
        actions.change(&field.get_untracked().path, Change::Set { path, value: Value::empty() });
    };
    view! {
        <For each=move || 0..count.get() key=|index| *index children=row />
        <button type="button" class="button small" on:click=add>
            {format!("Add to {what}")}
        </button>
    }
    .into_any()
}

/// One string and its name.
fn pair(
    actions: FormActions,
    field: Memo<Field>,
    entries: Memo<Vec<(String, String)>>,
    id: &str,
    index: usize,
) -> impl IntoView + use<> {
    let at = move || entries.with(|entries| entries.get(index).cloned().unwrap_or_default());
    // The entry may be removed from the text before its row is removed from the page.
    let place = move || {
        let key = entries.with_untracked(|entries| entries.get(index).map(|(key, _)| key.clone()))?;
        Some(below(field, Segment::Key(key)))
    };
    let rename: Take = Callback::new(move |(to, done): (String, Callback<bool>)| {
        let Some(path) = place() else { return done.run(false) };
        let change = match to.trim() {
            "" => Change::Remove { path },
            to => Change::Rename { path, to: to.to_owned() },
        };
        actions.change_then(&field.get_untracked().path, change, move |is_done| done.run(is_done));
    });
    let take: Take = Callback::new(move |(typed, done): (String, Callback<bool>)| {
        let Some(path) = place() else { return done.run(false) };
        let change = Change::Set { path, value: Value::Text(typed) };
        actions.change_then(&field.get_untracked().path, change, move |is_done| done.run(is_done));
    });
    let remove = move || {
        if let Some(path) = place() {
            actions.change(&field.get_untracked().path, Change::Remove { path });
        }
    };
    view! {
        <div class="row">
            <Entry
                id=format!("{id}-{index}-name")
                label=format!("Name {}", index + 1)
                value=Signal::derive(move || at().0)
                counts=Counts::AtTheEnd
                take=rename
            />
            <Entry
                id=format!("{id}-{index}")
                label=Signal::derive(move || format!("Value of {}", at().0)).get_untracked()
                value=Signal::derive(move || at().1)
                counts=Counts::WhileTyping
                take
            />
            {remove_button(format!("Remove {}", at().0), remove)}
        </div>
    }
}

/// Items by name that have fields.
pub fn named(actions: FormActions, field: Memo<Field>, draw: DrawFields) -> AnyView {
    let keys = Memo::new(move |_| {
        field.with(|field| match &field.control {
            Control::Named { entries } => entries.iter().map(|(key, _)| key.clone()).collect(),
            _ => Vec::<String>::new(),
        })
    });
    let what = field.with_untracked(name_of).to_lowercase();
    let row = move |key: String| {
        let own = key.clone();
        let inner = Memo::new(move |_| {
            field.with(|field| match &field.control {
                Control::Named { entries } => {
                    entries.iter().find(|(key, _)| *key == own).map(|(_, fields)| fields.clone()).unwrap_or_default()
                }
                _ => Vec::new(),
            })
        });
        let step = key.clone();
        let remove = move || take_away(actions, field, Segment::Key(step.clone()));
        view! {
            <fieldset class="item">
                <legend>{key.clone()}</legend>
                {remove_button(format!("Remove {key}"), remove)}
                {draw(actions, inner.into())}
            </fieldset>
        }
    };
    let add = move |key: String| {
        let path = below(field, Segment::Key(key));
        actions.change(&field.get_untracked().path, Change::Set { path, value: Value::empty() });
    };
    view! {
        <For each=move || keys.get() key=Clone::clone children=row />
        {adder(&what, "name", None, None, add)}
    }
    .into_any()
}

/// The last row: an input whose value goes to `add` unless it is blank.
fn adder(
    what: &str,
    placeholder: &'static str,
    id: Option<String>,
    list: Option<String>,
    add: impl Fn(String) + Copy + 'static,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let add = move || {
        let Some(input) = input.get_untracked() else { return };
        let typed = input.value().trim().to_owned();
        if !typed.is_empty() {
            add(typed);
            input.set_value("");
        }
    };
    view! {
        <div class="row">
            <input
                type="text"
                class="entry"
                id=id
                node_ref=input
                list=list
                aria-label=format!("Add to {what}")
                placeholder=placeholder
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        add();
                    }
                }
            />
            <button type="button" class="button small" on:click=move |_| add()>
                "Add"
            </button>
        </div>
    }
}

fn below(field: Memo<Field>, step: Segment) -> Path {
    field.get_untracked().path.into_iter().chain([step]).collect()
}

fn take_away(actions: FormActions, field: Memo<Field>, step: Segment) {
    actions.change(&field.get_untracked().path, Change::Remove { path: below(field, step) });
}

fn remove_button(label: String, remove: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="reset" aria-label=label.clone() title=label on:click=move |_| remove()>
            {icons::close()}
        </button>
    }
    .into_any()
}
