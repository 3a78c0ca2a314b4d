//! Bindings of `zlib.js`.

use js_sys::Uint8Array;
use plimsoll::share::MAX_BYTES;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/app/link/zlib.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = pack)]
    async fn js_pack(bytes: &[u8]) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = unpack)]
    async fn js_unpack(bytes: &[u8], most: u32) -> Result<JsValue, JsValue>;
}

/// Compresses bytes; `None` if this browser has no zlib.
pub async fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    js_pack(bytes).await.ok().map(bytes_of)
}

/// Decompresses bytes, up to slightly more than [`MAX_BYTES`]; `None` if they are not zlib data.
pub async fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    js_unpack(bytes, u32::try_from(MAX_BYTES).unwrap_or(u32::MAX)).await.ok().map(bytes_of)
}

fn bytes_of(array: JsValue) -> Vec<u8> {
    array.unchecked_into::<Uint8Array>().to_vec()
}
