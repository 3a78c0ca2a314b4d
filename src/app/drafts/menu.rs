//! The menu of drafts, at the name of the current one.

use super::Drafts;
use crate::app::icons;
use crate::app::popover::{Edge, Popover};
use js_sys::Date;
use leptos::prelude::*;
use plimsoll::view::count;
use plimsoll::view::drafts::{Draft, MOST, UNNAMED, label};

/// A button with the name of the current draft, and the menu that it opens.
#[component]
pub fn DraftMenu(
    drafts: Drafts,
    /// The topology's name, if there is one.
    #[prop(into)]
    topology: Signal<Option<String>>,
    /// Called with the key of the draft to open.
    take: Callback<String>,
    /// Called with the text of a new draft.
    start: Callback<String>,
    /// Called when the person opens a file.
    open_file: Callback<()>,
) -> impl IntoView {
    let is_open = RwSignal::new(false);
    let name = Memo::new(move |_| drafts.name().or(topology.get()));
    let take = Callback::new(move |key| {
        is_open.set(false);
        take.run(key);
    });
    let start = Callback::new(move |text| {
        is_open.set(false);
        start.run(text);
    });
    let open_file = Callback::new(move |()| {
        is_open.set(false);
        open_file.run(());
    });
    view! {
        <button type="button" class="button draft-button" popovertarget="drafts">
            <span class="topology-name">{move || name.get().unwrap_or_else(|| UNNAMED.to_owned())}</span>
            <span class="visually-hidden">": your drafts"</span>
            {icons::down()}
        </button>
        <Popover id="drafts" label="Drafts" edge=Edge::Start is_open>
            <Name drafts topology />
            <div class="buttons">
                <button type="button" class="button small" on:click=move |_| start.run(String::new())>
                    "New, empty"
                </button>
                <button type="button" class="button small" on:click=move |_| open_file.run(())>
                    "Open a file…"
                </button>
            </div>
            <List drafts take />
        </Popover>
    }
}

/// The field with the name of the current draft.
#[component]
fn Name(drafts: Drafts, topology: Signal<Option<String>>) -> impl IntoView {
    view! {
        <label class="field">
            <span>"Name of this draft"</span>
            <input
                type="text"
                data-own-undo
                maxlength="80"
                autocomplete="off"
                prop:value=move || drafts.name()
                placeholder=move || topology.get().unwrap_or_else(|| UNNAMED.to_owned())
                on:change:target=move |event| drafts.rename(&event.target().value())
            />
        </label>
    }
}

/// The other drafts.
#[component]
fn List(drafts: Drafts, take: Callback<String>) -> impl IntoView {
    let item = move |draft: Draft| {
        let name = label(&draft);
        let about = format!("{}, {}", count(draft.text.lines().count(), "line"), ago(age(draft.changed)));
        let (key, deleted) = (draft.key.clone(), draft.key);
        view! {
            <li class="draft">
                <button type="button" class="draft-take" on:click=move |_| take.run(key.clone())>
                    <span class="draft-name">{name.clone()}</span>
                    <span class="muted">{about}</span>
                </button>
                <button
                    type="button"
                    class="button icon-button small"
                    aria-label=format!("Delete {name}")
                    title=format!("Delete {name}")
                    on:click=move |_| drafts.delete(&deleted)
                >
                    {icons::close()}
                </button>
            </li>
        }
    };
    let deleted = move || {
        drafts.deleted.get().map(|draft| {
            view! {
                <p class="draft-deleted">
                    <span>{format!("“{}” is deleted.", label(&draft))}</span>
                    <button type="button" class="button small" on:click=move |_| drafts.restore()>
                        "Undo"
                    </button>
                </p>
            }
        })
    };
    let list = move || {
        let others = drafts.others();
        let note = if others.is_empty() {
            "Texts that something else replaces are kept here: opening an example, a link or a file never loses your \
                text."
                .to_owned()
        } else {
            kept(MOST)
        };
        view! {
            {(!others.is_empty())
                .then(|| view! { <ul class="drafts">{others.into_iter().map(item).collect_view()}</ul> })}
            <p class="muted small-print">{note}</p>
        }
    };
    view! {
        <h2>"Other drafts"</h2>
        <div role="status">{deleted}</div>
        {list}
    }
}

/// The minutes since `time`, which is in milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is negative or too large saturates")]
fn age(time: u64) -> u64 {
    (Date::now() as u64).saturating_sub(time) / 60_000
}

fn kept(most: usize) -> String {
    format!("Kept in this browser only. Beyond {most}, the least recently changed are removed.")
}

/// An age in words, such as `2 hours ago`.
fn ago(minutes: u64) -> String {
    let of = |amount: u64, unit| format!("{} ago", count(usize::try_from(amount).unwrap_or(usize::MAX), unit));
    match minutes {
        0 => "just now".to_owned(),
        1..60 => of(minutes, "minute"),
        60..1440 => of(minutes / 60, "hour"),
        _ => of(minutes / 1440, "day"),
    }
}
