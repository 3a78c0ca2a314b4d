//! The keyboard shortcuts of the page, and the sheet that shows them. Add new shortcuts here.

use crate::app::popover::Popover;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use plimsoll::VERSION;
use wasm_bindgen::JsCast;
use web_sys::Element;

const TITLE: &str = "Keyboard shortcuts";

/// The key that opens the sheet.
const HELP: &str = "?";

/// Keys that are pressed together.
type Chord = &'static [&'static str];

/// A shortcut.
struct Shortcut {
    /// The alternatives, or the sequence, of chords.
    keys: &'static [Chord],
    join: Join,
    does: &'static str,
}

/// The relation of several chords.
#[derive(Clone, Copy)]
enum Join {
    Or,
    Then,
}

/// The shortcuts of a part of the page.
struct Group {
    title: &'static str,
    shortcuts: &'static [Shortcut],
}

const fn any(keys: &'static [Chord], does: &'static str) -> Shortcut {
    Shortcut { keys, join: Join::Or, does }
}

const fn each(keys: &'static [Chord], does: &'static str) -> Shortcut {
    Shortcut { keys, join: Join::Then, does }
}

/// On a Mac, ⌘ does what Ctrl does.
const ALL: [Group; 3] = [
    Group {
        title: "Everywhere",
        shortcuts: &[
            any(&[&[HELP]], "This sheet"),
            any(&[&["Esc"]], "Close what is open"),
            any(&[&["Ctrl", "Z"]], "Undo any change"),
            any(&[&["Ctrl", "Shift", "Z"], &["Ctrl", "Y"]], "Redo"),
        ],
    },
    Group {
        title: "In the text",
        shortcuts: &[
            any(&[&["Ctrl", "F"]], "Find and replace"),
            any(&[&["Ctrl", "Space"]], "Suggestions"),
            any(&[&["Alt", "Enter"]], "The generated lines of this field"),
            any(&[&["Tab"], &["Shift", "Tab"]], "Indent, or less"),
            each(&[&["Esc"], &["Tab"]], "Leave the text by keyboard"),
        ],
    },
    Group {
        title: "In tabs, lists and the picture",
        shortcuts: &[
            any(&[&["←"], &["→"], &["↑"], &["↓"]], "Next and previous"),
            any(&[&["Home"], &["End"]], "First and last"),
        ],
    },
];

/// The sheet.
#[component]
pub fn ShortcutSheet(is_open: RwSignal<bool>) -> impl IntoView {
    let pressed = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == HELP && !event.default_prevented() && !is_typing(&event) {
            event.prevent_default();
            is_open.set(true);
        }
    });
    on_cleanup(move || pressed.remove());
    view! {
        <Popover id="shortcuts" label=TITLE is_open>
            <h2>{TITLE}</h2>
            {ALL.iter().map(group).collect_view()}
            <p class="muted small-print">
                {format!("On a Mac, ⌘ does what Ctrl does. Plimsoll {VERSION}; everything is computed in this tab.")}
            </p>
        </Popover>
    }
}

/// Whether the person is typing text.
fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target.closest("input:not([type=radio]), textarea, select, [contenteditable=true]").ok().flatten().is_some()
    })
}

fn group(group: &Group) -> impl IntoView + use<> {
    let rows = group.shortcuts.iter().map(|shortcut| {
        let between = match shortcut.join {
            Join::Or => "or",
            Join::Then => "then",
        };
        let chords = shortcut.keys.iter().enumerate().map(|(number, chord)| {
            let keys = chord.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
            view! { {(number > 0).then(|| view! { <span class="muted">{format!(" {between} ")}</span> })} {keys} }
        });
        view! {
            <div class="shortcut">
                <dt>{chords.collect_view()}</dt>
                <dd>{shortcut.does}</dd>
            </div>
        }
    });
    view! {
        <h3>{group.title}</h3>
        <dl>{rows.collect_view()}</dl>
    }
}
