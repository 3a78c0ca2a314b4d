//! The channel between the embedded page and its host page, which may be anybody's.

use js_sys::JsString;
use leptos::prelude::*;
use plimsoll::view::embed_protocol::{FrameMessage, HostMessage, Ignored, LONGEST, read, write};
use std::collections::VecDeque;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::Window;

/// How often messages are read, and how many at once; of a flood, only the last ones.
const EVERY: Duration = Duration::from_millis(20);
const MOST: usize = 8;

/// The channel.
#[derive(Clone, Copy)]
pub struct Channel {
    host: StoredValue<Window, LocalStorage>,
    /// The origin of the page that sent the start message. Messages from other origins are ignored from then on.
    origin: StoredValue<Option<String>>,
    /// The messages that were not read yet, with their origins.
    waiting: StoredValue<VecDeque<(String, JsString)>, LocalStorage>,
}

/// The host page, if there is one.
pub fn host() -> Option<Window> {
    let parent = window().parent().ok().flatten()?;
    (parent != window()).then_some(parent)
}

impl Channel {
    /// Opens a channel to `host`. Its valid messages go to `handle`.
    pub fn open(host: Window, handle: impl Fn(HostMessage) + Copy + 'static) -> Self {
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
                set_timeout(move || channel.read(handle), EVERY);
            }
            channel.waiting.update_value(|waiting| {
                waiting.push_back((event.origin(), text));
                waiting.drain(..waiting.len().saturating_sub(MOST));
            });
        });
        on_cleanup(move || listener.remove());
        channel.send(&FrameMessage::Hello);
        channel
    }

    /// Sends a message to the host page; before the start message, to any origin.
    pub fn send(self, message: &FrameMessage) {
        // A page with an opaque origin cannot be named.
        let origin = self.origin.get_value().filter(|origin| origin != "null").unwrap_or_else(|| "*".to_owned());
        // A message that cannot be delivered is dropped.
        let _ = self.host.with_value(|host| host.post_message(&write(message).into(), &origin));
    }

    fn read(self, handle: impl Fn(HostMessage)) {
        let waiting = self.waiting.try_update_value(std::mem::take).unwrap_or_default();
        for (origin, text) in waiting {
            let known = self.origin.get_value();
            if known.as_ref().is_some_and(|known| *known != origin) {
                continue;
            }
            match (read(&String::from(text)), known) {
                (Ok(HostMessage::Start(start)), None) => {
                    self.origin.set_value(Some(origin));
                    handle(HostMessage::Start(start));
                }
                (Ok(told @ (HostMessage::Value(_) | HostMessage::Theme(_))), Some(_)) => handle(told),
                (Err(Ignored::TooLong), _) => {
                    self.send(&FrameMessage::Error { message: "The document is longer than 1 MiB" });
                }
                _ => {}
            }
        }
    }
}
