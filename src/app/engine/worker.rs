//! A worker that the engine runs in: one question at a time, and an answer to each.

use super::code::Code;
use js_sys::{Array, Uint8Array};
use plimsoll::progress::Step;
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, Event, MessageEvent};

/// A worker; it ends when this is dropped, whatever it is doing.
pub struct Worker {
    inner: web_sys::Worker,
    _listen: Closure<dyn Fn(MessageEvent)>,
    _mishap: Closure<dyn Fn(Event)>,
}

/// What a worker says.
pub enum Said {
    /// It has started, and begins with what it was asked.
    Ready,
    /// So far it is.
    Progress(Step),
    /// The answer.
    Answer(Vec<u8>),
    /// It did not start, or it stopped in the middle of its work: what the browser says of that.
    Broke(String),
}

impl Worker {
    /// Starts a worker with the engine's code, which tells `say` of itself.
    ///
    /// # Errors
    /// The browser has no workers, or does not let the page start one.
    pub fn start(code: &Code, say: impl Fn(Said) + Clone + 'static) -> Result<Self, JsValue> {
        let worker = web_sys::Worker::new(&code.script)?;
        let mishap = {
            let say = say.clone();
            // Of a script that does not load there is no more than an event.
            Closure::<dyn Fn(Event)>::new(move |event: Event| {
                let said = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
                say(Said::Broke(if said.is_empty() { "its script did not load".to_owned() } else { said }));
            })
        };
        let listen = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| say(understand(event.data())));
        worker.set_onmessage(Some(listen.as_ref().unchecked_ref()));
        worker.set_onerror(Some(mishap.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(mishap.as_ref().unchecked_ref()));
        worker.post_message(&code.module)?;
        Ok(Self { inner: worker, _listen: listen, _mishap: mishap })
    }

    /// Asks a question. Nothing is to be asked before the answer to the last has come.
    ///
    /// # Errors
    /// The browser cannot send it.
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

fn understand(data: JsValue) -> Said {
    match data.dyn_into::<Uint8Array>() {
        Ok(bytes) => Said::Answer(bytes.to_vec()),
        Err(data) if data.is_null() => Said::Ready,
        Err(data) => Said::Progress(step(&data.unchecked_into())),
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the engine sends whole numbers")]
fn step(numbers: &Array) -> Step {
    let number = |index| numbers.get(index).as_f64().unwrap_or_default() as u64;
    Step { done: number(0), of: number(1) }
}
