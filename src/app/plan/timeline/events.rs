//! The events of the simulation, in step with the time.

use super::state::{Played, Timeline};
use crate::app::inline_code::with_code;
use crate::app::keys;
use leptos::html;
use leptos::prelude::*;
use plimsoll::plan::simulate::Entry;
use plimsoll::view::timeline::{clock, sentence};
use std::ops::Range;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The number of listed events around the present one.
const WINDOW: usize = 120;
/// When fewer than this are left on one side, the list moves on.
const MARGIN: usize = 20;

/// The list of events. The present one is marked and scrolled into view without moving the page.
#[component]
pub fn Events(timeline: Timeline, played: Arc<Played>) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let count = played.simulation.events.len();
    let current = Memo::new(move |_| timeline.position());
    let shown = Memo::new(move |last: Option<&Range<usize>>| window(current.get(), count, last));
    Effect::new(move |_| {
        let (Some(list), Some(current)) = (list.get(), current.get()) else { return };
        let place = current.saturating_sub(shown.with(|shown| shown.start));
        // The items exist once this is rendered.
        request_animation_frame(move || show(&list, place));
    });
    let items = move || {
        let shown = shown.get();
        let mut before: Option<u64> = None;
        let items = shown.clone().filter_map(|index| Some((index, played.simulation.events.get(index)?)));
        let items = items.map(|(index, event)| {
            let is_first = before != Some(event.time_ms);
            before = Some(event.time_ms);
            item(timeline, current, index, event, is_first)
        });
        view! {
            {more(timeline, &played, shown.start, earlier, shown.start.checked_sub(1))}
            {items.collect_view()}
            {more(timeline, &played, count - shown.end, more_label, Some(shown.end))}
        }
    };
    view! {
        <div
            class="events"
            node_ref=list
            role="listbox"
            aria-label="Events"
            tabindex="0"
            on:keydown=move |event| _ = keys::move_focus(&event, ".events", ".event")
        >
            {items}
        </div>
    }
}

/// The range of listed events. It stays the same while the present one is well inside.
fn window(current: Option<usize>, count: usize, last: Option<&Range<usize>>) -> Range<usize> {
    let current = current.unwrap_or(0);
    let is_well_in = |last: &&Range<usize>| {
        last.end <= count
            && (last.start == 0 || last.start + MARGIN <= current)
            && (last.end == count || current + MARGIN < last.end)
            && last.len() >= WINDOW.min(count)
    };
    last.filter(is_well_in).cloned().unwrap_or_else(|| {
        let start = current.saturating_sub(WINDOW / 2).min(count.saturating_sub(WINDOW));
        start..(start + WINDOW).min(count)
    })
}

fn item(
    timeline: Timeline,
    current: Memo<Option<usize>>,
    index: usize,
    event: &Entry,
    is_first: bool,
) -> impl IntoView + use<> {
    let time = event.time_ms;
    let is_current = Memo::new(move |_| current.get() == Some(index));
    let go = move || timeline.go(time);
    view! {
        <div
            class="event"
            class:is-first=is_first
            role="option"
            tabindex="-1"
            aria-selected=move || is_current.get().to_string()
            on:click=move |_| go()
            on:keydown=move |event| {
                if matches!(event.key().as_str(), "Enter" | " ") {
                    event.prevent_default();
                    go();
                }
            }
        >
            <span class="event-time">{clock::time(time)}</span>
            <span>
                {sentence(event)} " " <small>{with_code(&event.why)}</small>
            </span>
        </div>
    }
}

/// The number of events that are not listed, with a way to them.
fn more(
    timeline: Timeline,
    played: &Played,
    count: usize,
    words: fn(usize) -> String,
    next: Option<usize>,
) -> Option<impl IntoView + use<>> {
    let time = played.simulation.events.get(next?)?.time_ms;
    (count > 0).then(|| {
        view! {
            <div class="event is-more" role="option" tabindex="-1" aria-selected="false" on:click=move |_| timeline.go(time)>
                <span class="event-time">"…"</span>
                <span>{words(count)}</span>
            </div>
        }
    })
}

/// Scrolls the list, and only the list, until the item is in view.
fn show(list: &web_sys::HtmlElement, place: usize) {
    let Ok(items) = list.query_selector_all(".event:not(.is-more)") else { return };
    let item = u32::try_from(place).ok().and_then(|place| items.get(place));
    let Some(item) = item.and_then(|item| item.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    let (top, height) = (item.offset_top(), item.offset_height());
    let (from, room) = (list.scroll_top(), list.client_height());
    if top < from {
        list.set_scroll_top(top);
    } else if top + height > from + room {
        list.set_scroll_top(top + height - room);
    }
}

fn earlier(events: usize) -> String {
    format!("{events} earlier")
}

fn more_label(events: usize) -> String {
    format!("{events} more")
}
