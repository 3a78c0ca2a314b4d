//! The core in a browser: what 32-bit addresses and WebAssembly could change.
#![cfg(target_arch = "wasm32")]

use plimsoll::text::{LineIndex, Position};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn positions_count_characters_in_a_long_text() {
    let text = "é: 🚢\n".repeat(100_000);
    let index = LineIndex::new(&text);
    let last_ship = text.len() - "🚢\n".len();
    assert_eq!(index.position(last_ship), Position { line: 100_000, column: 4 });
    assert_eq!(index.position(usize::MAX), Position { line: 100_001, column: 1 });
}
