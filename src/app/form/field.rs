//! One field: its name, control, description and findings.

use super::actions::FormActions;
use super::entry::{Counts, Entry, Take};
use super::lists;
use crate::app::icons;
use crate::app::inline_code::with_code;
use crate::app::severity::{class, icon};
use crate::app::source_link::SourceLink;
use leptos::prelude::*;
use plimsoll::edit::{Change, KINDS, shown};
use plimsoll::engine::Placed;
use plimsoll::ide::form::{Control, Field};
use plimsoll::view::form::{explanation, id, is_first, matches, name, placeholder};
use std::mem::discriminant;

/// Renders the fields of a part. Each keeps its element as long as it exists.
pub fn fields(actions: FormActions, fields: Signal<Vec<Field>>) -> AnyView {
    let identity = |field: &Field| (shown(&field.path), discriminant(&field.control));
    view! {
        <For
            each=move || fields.get()
            key=identity
            children=move |field| {
                let own = identity(&field);
                let now = Memo::new(move |before: Option<&Field>| {
                    let found = fields.with(|all| all.iter().find(|one| identity(one) == own).cloned());
                    found.or_else(|| before.cloned()).unwrap_or_else(|| field.clone())
                });
                one(actions, now)
            }
        />
    }
    .into_any()
}

fn one(actions: FormActions, field: Memo<Field>) -> AnyView {
    let is_hidden = move || {
        let filter = actions.filter.get().to_lowercase();
        field.with(|field| {
            if filter.is_empty() {
                !(is_first(field) || actions.shows_all.get())
            } else {
                !matches(field, filter.trim())
            }
        })
    };
    let inner = match field.get_untracked().control {
        Control::Group { .. } | Control::Items { .. } | Control::Named { .. } => group(actions, field),
        Control::Names { .. } | Control::Pairs { .. } => several(actions, field),
        Control::Text { .. } | Control::Choice { .. } | Control::Kind { .. } | Control::TextOnly => {
            line(actions, field)
        }
    };
    view! {
        <div class="form-field" class:is-set=move || field.with(|field| field.is_written) hidden=is_hidden>
            {inner}
        </div>
    }
    .into_any()
}

/// A field on its own line.
fn line(actions: FormActions, field: Memo<Field>) -> AnyView {
    let Field { path, control, .. } = field.get_untracked();
    let shown_path = shown(&path);
    let id =
        id(&if matches!(control, Control::Kind { .. }) { format!("{shown_path}-kind") } else { shown_path.clone() });
    let is_wrong = is_wrong(actions, shown_path.clone());
    let about = format!("{id}-about");
    let input = match control {
        Control::Text { .. } => {
            let value = Signal::derive(move || {
                field.with(|field| match &field.control {
                    Control::Text { value, .. } => value.clone(),
                    _ => String::new(),
                })
            });
            let echo = move || {
                field.with(|field| match &field.control {
                    Control::Text { echo, .. } => echo.clone(),
                    _ => None,
                })
            };
            let placeholder = Signal::derive(move || field.with(placeholder));
            view! {
                <Entry id=id.clone() value placeholder described_by=about.clone() is_wrong counts=Counts::WhileTyping take=take_text(actions, field) />
                <span class="echo">{echo}</span>
            }
            .into_any()
        }
        Control::Choice { .. } => choice(actions, field, id.clone(), about.clone()),
        Control::Kind { service, .. } => kind(actions, field, service, id.clone(), about.clone()),
        _ => view! { <span class="text-only" id=id.clone()>"Only the text can show how this is written."</span> }
            .into_any(),
    };
    view! {
        <label class="field-name" for=id>
            {name(&field.get_untracked())}
        </label>
        <div class="field-control">{input} {reset(actions, field)}</div>
        {more(actions, field, about)}
    }
    .into_any()
}

/// Sets the typed value; an empty one restores the default.
fn take_text(actions: FormActions, field: Memo<Field>) -> Take {
    Callback::new(move |(typed, done): (String, Callback<bool>)| {
        let Field { path, control, is_written, .. } = field.get_untracked();
        let (Control::Text { takes, .. } | Control::Choice { takes, .. }) = control else { return };
        let change = match typed.trim() {
            "" if !is_written => return done.run(true),
            "" => Change::Remove { path: path.clone() },
            typed => Change::Set { path: path.clone(), value: takes.value(typed) },
        };
        actions.change_then(&path, change, move |is_done| done.run(is_done));
    })
}

fn choice(actions: FormActions, field: Memo<Field>, id: String, about: String) -> AnyView {
    let take = take_text(actions, field);
    let options = move || {
        field.with(|field| {
            let Control::Choice { value, choices, .. } = &field.control else { return Vec::new() };
            let default = placeholder(field);
            let default = if default.is_empty() { "not set".to_owned() } else { default };
            // An invalid value in the text is shown as well.
            let odd =
                Some(value).filter(|value| !value.is_empty() && choices.iter().all(|choice| choice.value != **value));
            let named = choices.iter().map(|choice| choice.value.clone()).chain(odd.cloned());
            std::iter::once((String::new(), default)).chain(named.map(|value| (value.clone(), value))).collect()
        })
    };
    let value = Memo::new(move |_| {
        field.with(|field| match &field.control {
            Control::Choice { value, .. } => value.clone(),
            _ => String::new(),
        })
    });
    select(
        id,
        about,
        Signal::derive(options),
        value.into(),
        Callback::new(move |chosen| take.run((chosen, Callback::new(|_| {})))),
    )
}

fn kind(actions: FormActions, field: Memo<Field>, service: String, id: String, about: String) -> AnyView {
    let value = Memo::new(move |_| {
        field.with(|field| match &field.control {
            Control::Kind { value, .. } => value.clone(),
            _ => String::new(),
        })
    });
    let options = move || {
        let none = value.with(String::is_empty).then(|| (String::new(), "not set yet".to_owned()));
        none.into_iter().chain(KINDS.iter().map(|kind| (kind.key.to_owned(), kind.title.to_owned()))).collect()
    };
    // Not at once: changing the kind discards its settings, and a person who moves through the list with the arrow keys
    // has not chosen yet.
    let chosen = RwSignal::new(None::<String>);
    let other = Memo::new(move |_| chosen.get().filter(|chosen| value.with(|value| value != chosen)));
    let change = move |_| {
        if let Some(kind) = other.get_untracked() {
            let change = Change::ChangeKind { service: service.clone(), kind };
            actions.change(&field.get_untracked().path, change);
        }
    };
    view! {
        {select(
            id,
            about,
            Signal::derive(options),
            value.into(),
            Callback::new(move |kind| chosen.set(Some(kind))),
        )}
        <button type="button" class="button small" hidden=move || other.with(Option::is_none) on:click=change>
            "Change"
        </button>
    }
    .into_any()
}

fn select(
    id: String,
    about: String,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    choose: Callback<String>,
) -> AnyView {
    let options = Memo::new(move |_| options.get());
    view! {
        <select
            class="entry"
            class:is-default=move || value.with(String::is_empty)
            id=id
            aria-describedby=about
            on:change:target=move |event| choose.run(event.target().value())
        >
            {move || {
                options
                    .get()
                    .into_iter()
                    .map(|(option, words)| {
                        let own = option.clone();
                        view! {
                            <option value=option prop:selected=move || value.with(|value| *value == own)>
                                {words}
                            </option>
                        }
                    })
                    .collect_view()
            }}
        </select>
    }
    .into_any()
}

/// A list of strings, or strings by name.
fn several(actions: FormActions, field: Memo<Field>) -> AnyView {
    let Field { path, control, .. } = field.get_untracked();
    let id = id(&shown(&path));
    let rows = match control {
        Control::Names { .. } => lists::names(actions, field, &id),
        _ => lists::pairs(actions, field, &id),
    };
    let about = format!("{id}-about");
    view! {
        <fieldset class="several" aria-describedby=about.clone()>
            <legend class="field-name">{name(&field.get_untracked())}</legend>
            {reset(actions, field)}
            {rows}
            {more(actions, field, about.clone())}
        </fieldset>
    }
    .into_any()
}

/// A field that contains fields.
fn group(actions: FormActions, field: Memo<Field>) -> AnyView {
    let now = field.get_untracked();
    let about = format!("{}-about", id(&shown(&now.path)));
    let inside = match now.control {
        Control::Items { .. } => lists::items(actions, field, fields),
        Control::Named { .. } => lists::named(actions, field, fields),
        _ => {
            let inner = Memo::new(move |_| {
                field.with(|field| match &field.control {
                    Control::Group { fields } => fields.clone(),
                    _ => Vec::new(),
                })
            });
            fields(actions, inner.into())
        }
    };
    let is_open = Memo::new(move |_| field.with(|field| field.is_written) || !actions.filter.with(String::is_empty));
    view! {
        <details class="group" prop:open=move || is_open.get()>
            <summary>
                <span class="field-name">{name(&now)}</span>
                <span class="muted">{move || (!field.with(|field| field.is_written)).then_some("not set")}</span>
            </summary>
            {more(actions, field, about)}
            <div class="group-fields">{inside}</div>
            {reset(actions, field)}
        </details>
    }
    .into_any()
}

/// The button that restores the default.
fn reset(actions: FormActions, field: Memo<Field>) -> AnyView {
    let is_kind = field.with_untracked(|field| matches!(field.control, Control::Kind { .. }));
    if is_kind {
        return ().into_any();
    }
    let label = format!("Reset {} to its default", field.with_untracked(name).to_lowercase());
    view! {
        <button
            type="button"
            class="reset"
            aria-label=label
            title="Reset to the default"
            hidden=move || !field.with(|field| field.is_written)
            on:click=move |_| {
                let path = field.get_untracked().path;
                actions.change(&path.clone(), Change::Remove { path });
            }
        >
            {icons::undo()}
        </button>
    }
    .into_any()
}

/// The description and the findings of a field.
fn more(actions: FormActions, field: Memo<Field>, id: String) -> AnyView {
    let path = shown(&field.get_untracked().path);
    let is_kind = field.with_untracked(|field| matches!(field.control, Control::Kind { .. }));
    let words = Memo::new(move |_| field.with(explanation));
    let told = Memo::new(move |_| if is_kind { Vec::new() } else { actions.findings(&path) });
    let path = shown(&field.get_untracked().path);
    let refusal = Memo::new(move |_| actions.refusal(&path));
    view! {
        <p class="field-about" id=id>
            {move || with_code(&words.get())}
        </p>
        <div class="field-told" aria-live="polite">
            {move || refusal.get().map(|why| view! { <p class="severity is-error">{icons::error()} {with_code(&why)}</p> })}
            {move || told.get().into_iter().map(|placed| finding(actions, placed)).collect_view()}
        </div>
    }
    .into_any()
}

fn finding(actions: FormActions, placed: Placed) -> AnyView {
    let Placed { severity, message, help, link, fix, .. } = placed;
    let fix = fix.map(|fix| {
        let title = fix.title.clone();
        view! {
            <button type="button" class="button small" on:click=move |_| actions.history.apply(&fix.edits)>
                {title}
            </button>
        }
    });
    let link = link.map(|link| view! { <SourceLink link /> });
    view! {
        <div class="field-finding">
            <span class=format!("severity {}", class(severity))>{icon(severity)}</span>
            <p>{with_code(&message)} ". " {help.map(|help| with_code(&format!("{help}.")))} " " {link} {fix}</p>
        </div>
    }
    .into_any()
}

fn is_wrong(actions: FormActions, path: String) -> Signal<bool> {
    use plimsoll::finding::Severity;
    Memo::new(move |_| actions.findings(&path).iter().any(|placed| placed.severity == Severity::Error)).into()
}
