//! A text input that keeps a half-typed value whatever happens around it.

use leptos::ev::KeyboardEvent;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// How long typing pauses before the value is submitted.
const PAUSE: Duration = Duration::from_millis(400);

/// When a typed value is submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// After a pause, and at the end.
    WhileTyping,
    /// At the end: on Enter, and on leaving the field.
    AtTheEnd,
}

/// Submits a value, and calls back when that is done.
pub type Take = Callback<(String, Callback<bool>)>;

/// A text input.
#[component]
pub fn Entry(
    #[prop(into)] id: String,
    /// The accessible name, if there is no label.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(into)] value: Signal<String>,
    #[prop(optional, into)] placeholder: Signal<String>,
    #[prop(optional, into)] described_by: Option<String>,
    #[prop(optional, into)] is_wrong: Signal<bool>,
    #[prop(optional, into)] list: Option<String>,
    counts: Counts,
    take: Take,
) -> impl IntoView {
    let draft = RwSignal::new(None::<String>);
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let in_flight = StoredValue::new(0_usize);

    let stop = move || {
        let handle = pending.try_update_value(Option::take).flatten();
        if let Some(handle) = &handle {
            handle.clear();
        }
        handle.is_some()
    };
    let hand_in = move || {
        stop();
        let Some(typed) = draft.try_get_untracked().flatten() else { return };
        if value.try_get_untracked().is_none_or(|value| value == typed) {
            return;
        }
        in_flight.update_value(|count| *count += 1);
        let settled = move |_: bool| {
            in_flight.try_update_value(|count| *count = count.saturating_sub(1));
        };
        take.run((typed, Callback::new(settled)));
    };
    // A new value replaces a submitted one, but not one that is being typed.
    Effect::watch(
        move || value.get(),
        move |_, _, _| {
            let is_busy = pending.with_value(Option::is_some) || in_flight.get_value() > 0;
            if !is_busy {
                draft.set(None);
            }
        },
        false,
    );
    on_cleanup(move || {
        stop();
    });

    view! {
        <input
            type="text"
            class="entry"
            id=id
            aria-label=label
            aria-describedby=described_by
            aria-invalid=move || is_wrong.get().then_some("true")
            list=list
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            placeholder=move || placeholder.get()
            prop:value=move || draft.get().unwrap_or_else(|| value.get())
            on:input:target=move |event| {
                draft.set(Some(event.target().value()));
                stop();
                if counts == Counts::WhileTyping {
                    pending.set_value(set_timeout_with_handle(hand_in, PAUSE).ok());
                }
            }
            on:change=move |_| hand_in()
            on:keydown=move |event: KeyboardEvent| {
                if event.key() == "Enter" {
                    hand_in();
                }
            }
        />
    }
}
