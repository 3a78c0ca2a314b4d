//! A dedicated worker that runs the engine. It answers one question at a time.

use super::code::Code;
use js_sys::{Array, Uint8Array};
use plimsoll::progress::Step;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, MessageEvent};

/// A worker. Dropping it terminates it, whatever it is doing.
pub struct Worker {
    inner: web_sys::Worker,
    _listen: Closure<dyn Fn(MessageEvent)>,
    _fail: Closure<dyn Fn(web_sys::Event)>,
}

/// An event of a worker.
pub enum Event {
    /// It has started, and begins with its first question.
    Ready,
    /// Its progress.
    Progress(Step),
    /// The answer.
    Answer(Vec<u8>),
    /// It did not start, or it stopped in the middle of its work; with the message of the browser.
    Broke(String),
}

impl Worker {
    /// Starts a worker with the engine's code. Its events go to `handle`.
    ///
    /// # Errors
    /// Returns an error if the browser has no workers, or does not let the page start one.
    pub fn start(code: &Code, handle: impl Fn(Event) + Clone + 'static) -> Result<Self, JsValue> {
        let worker = web_sys::Worker::new(&code.script)?;
        let fail = {
            let handle = handle.clone();
            // A script that does not load causes a plain event without a message.
            Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
                let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
                handle(Event::Broke(if message.is_empty() { "its script did not load".to_owned() } else { message }));
            })
        };
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| handle(decode(event.data())));
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(fail.as_ref().unchecked_ref()));
        worker.post_message(&code.module)?;
        Ok(Self { inner: worker, _listen: listen, _fail: fail })
    }

    /// Sends a question. Wait for the answer before sending the next one.
    ///
    /// # Errors
    /// Returns an error if the browser cannot send it.
    pub fn ask(&self, question: &[u8]) -> Result<(), JsValue> {
        let bytes = Uint8Array::from(question);
        self.inner.post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.inner.set_onmessage(None);
        self.inner.set_onerror(None);
        self.inner.set_onmessageerror(None);
        self.inner.terminate();
    }
}

fn decode(data: JsValue) -> Event {
    match data.dyn_into::<Uint8Array>() {
        Ok(bytes) => Event::Answer(bytes.to_vec()),
        Err(data) if data.is_null() => Event::Ready,
        Err(data) => Event::Progress(step(&data.unchecked_into())),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the engine sends whole numbers")]
fn step(numbers: &Array) -> Step {
    let number = |index| numbers.get(index).as_f64().unwrap_or_default() as u64;
    Step { done: number(0), of: number(1) }
}
