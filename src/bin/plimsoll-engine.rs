//! The engine: the core in a dedicated worker. `src/app/client/` is its other end.
//!
//! It gets one question at a time, as bytes, and posts how far it is (`[done, of]`) and then the answer, as bytes. Once it
//! can be asked it posts `null`. What goes wrong is thrown, so that the page sees it as the worker's error.

use js_sys::{Array, Date, Uint8Array};
use plimsoll::engine::Request;
use plimsoll::progress::Step;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// The page draws a line with it: more often would be seen by nobody.
const MILLIS_BETWEEN_STEPS: f64 = 50.0;

fn main() -> Result<(), JsValue> {
    console_error_panic_hook::set_once();
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let page = scope.clone();
    let listen = Closure::<dyn Fn(MessageEvent) -> Result<(), JsValue>>::new(move |event: MessageEvent| {
        answer(&event.data().unchecked_into(), &page)
    });
    scope.set_onmessage(Some(listen.into_js_value().unchecked_ref()));
    scope.post_message(&JsValue::NULL)
}

fn answer(question: &Uint8Array, page: &DedicatedWorkerGlobalScope) -> Result<(), JsValue> {
    let mut told = Date::now();
    let mut tell = |step: Step| {
        let now = Date::now();
        if now - told >= MILLIS_BETWEEN_STEPS {
            told = now;
            // A line that stops moving is no reason to stop working.
            let _ = page.post_message(&Array::of2(&count(step.done), &count(step.of)));
        }
    };
    let answer = Request::answer(&question.to_vec(), &mut tell)
        .map_err(|_| JsError::new("the page and the engine are not of one build: load the page again"))?;
    let bytes = Uint8Array::from(answer.as_slice());
    page.post_message_with_transfer(&bytes, &Array::of1(&bytes.buffer()))
}

#[expect(clippy::cast_precision_loss, reason = "steps are counted, and far fewer than 2^53")]
fn count(steps: u64) -> JsValue {
    JsValue::from_f64(steps as f64)
}
