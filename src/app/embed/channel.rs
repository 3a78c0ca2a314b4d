//! The way between the embedded page and the page around it, which may be anybody's.

use js_sys::JsString;
use leptos::prelude::*;
use plimsoll::view::embed_protocol::{LONGEST, NotHeard, Say, Told, read, write};
use std::collections::VecDeque;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Window;

/// How often messages are read, and how many at once: of a flood the last ones.
const EVERY: Duration = Duration::from_millis(20);
const MOST: usize = 8;

/// The way.
#[derive(Clone, Copy)]
pub struct Channel {
    host: StoredValue<Window, LocalStorage>,
    /// Where the page is from that said what to show: nothing else is heard from then on, nor told.
    origin: StoredValue<Option<String>>,
    /// What came and is not read yet, and where it is from.
    waiting: StoredValue<VecDeque<(String, JsString)>, LocalStorage>,
}

/// The page around this one; nothing, if there is none.
pub fn host() -> Option<Window> {
    let parent = window().parent().ok().flatten()?;
    (parent != window()).then_some(parent)
}

impl Channel {
    /// The way to `host`. What that says is handed to `hear`, and only what is of the protocol.
    pub fn open(host: Window, hear: impl Fn(Told) + Copy + 'static) -> Self {
        let channel = Self {
            host: StoredValue::new_local(host),
            origin: StoredValue::new(None),
            waiting: StoredValue::new_local(VecDeque::new()),
        };
        let listener = window_event_listener(leptos::ev::message, move |event| {
            let is_hosts = channel.host.with_value(|host| event.source().is_some_and(|source| source == ***host));
            let Ok(text) = event.data().dyn_into::<JsString>() else { return };
            if !is_hosts || text.length() as usize > LONGEST {
                return;
            }
            if channel.waiting.with_value(VecDeque::is_empty) {
                set_timeout(move || channel.read(hear), EVERY);
            }
            channel.waiting.update_value(|waiting| {
                waiting.push_back((event.origin(), text));
                waiting.drain(..waiting.len().saturating_sub(MOST));
            });
        });
        on_cleanup(move || listener.remove());
        channel.say(&Say::Hello);
        channel
    }

    /// Says something to the page around this one: before that said what to show, to whoever it is.
    pub fn say(self, message: &Say) {
        // A page without an origin of its own has no name to be called by.
        let origin = self.origin.get_value().filter(|origin| origin != "null").unwrap_or_else(|| "*".to_owned());
        // What does not arrive is said to nobody.
        let _ = self.host.with_value(|host| host.post_message(&write(message).into(), &origin));
    }

    fn read(self, hear: impl Fn(Told)) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for (origin, text) in waiting {
            let known = self.origin.get_value();
            if known.as_ref().is_some_and(|known| *known != origin) {
                continue;
            }
            match (read(&String::from(text)), known) {
                (Ok(Told::Start(start)), None) => {
                    self.origin.set_value(Some(origin));
                    hear(Told::Start(start));
                }
                (Ok(told @ (Told::Value(_) | Told::Theme(_))), Some(_)) => hear(told),
                (Err(NotHeard::TooLong), _) => self.say(&Say::Error { message: "The document is longer than 1 MiB" }),
                _ => {}
            }
        }
    }
}
