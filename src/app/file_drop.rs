//! Files that the person drops on the page, or chooses.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use js_sys::Uint8Array;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plimsoll::yaml::tree::MAX_TEXT;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, FileList, HtmlInputElement};

/// A file's text.
pub struct Opened {
    /// The file's name.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// Why a file is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotOpened {
    /// It is larger than a document may be.
    TooLarge,
    /// It is not UTF-8 text.
    NotText,
    /// The browser cannot read it.
    NotRead,
}

/// Accepts files that are dropped anywhere on the page. Returns whether a file is being dragged over it.
pub fn accept_drops(take: impl Fn(Result<Opened, NotOpened>) + Copy + 'static) -> ReadSignal<bool> {
    let is_above = RwSignal::new(false);
    listen("dragenter", move |_| is_above.set(true));
    listen("dragover", move |_| is_above.set(true));
    // It left the page, rather than moving from one part to another.
    listen("dragleave", move |event| is_above.set(event.related_target().is_some()));
    listen("drop", move |event| {
        is_above.set(false);
        if let Some(file) = event.data_transfer().and_then(|data| first(data.files())) {
            read(file, take);
        }
    });
    is_above.read_only()
}

/// Listens for dragged files before the editor does, which would insert their text at the drop.
fn listen(kind: &'static str, heard: impl Fn(&DragEvent) + 'static) {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
    let listener = EventListener::new_with_options(&window(), kind, options, move |event: &Event| {
        if let Some(event) = event.dyn_ref::<DragEvent>()
            && has_files(event)
        {
            event.prevent_default();
            event.stop_propagation();
            heard(event);
        }
    });
    // The page listens for as long as it is open.
    listener.forget();
}

/// Opens a file dialog.
pub fn choose(take: impl Fn(Result<Opened, NotOpened>) + Copy + 'static) {
    let input = document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = input else { return };
    input.set_type("file");
    input.set_accept(".yaml,.yml,.json,.txt,text/*");
    let chosen = input.clone();
    EventListener::once(&input, "change", move |_| {
        if let Some(file) = first(chosen.files()) {
            read(file, take);
        }
    })
    .forget();
    input.click();
}

fn has_files(event: &DragEvent) -> bool {
    event.data_transfer().is_some_and(|data| data.types().includes(&JsValue::from_str("Files"), 0))
}

fn first(files: Option<FileList>) -> Option<File> {
    files?.get(0)
}

fn read(file: File, take: impl Fn(Result<Opened, NotOpened>) + 'static) {
    spawn_local(async move { take(text(&file).await.map(|text| Opened { name: file.name(), text })) });
}

async fn text(file: &File) -> Result<String, NotOpened> {
    #[expect(clippy::cast_precision_loss, reason = "it is less than 2^53")]
    if file.size() > MAX_TEXT as f64 {
        return Err(NotOpened::TooLarge);
    }
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|_| NotOpened::NotRead)?;
    String::from_utf8(Uint8Array::new(&buffer).to_vec()).map_err(|_| NotOpened::NotText)
}
