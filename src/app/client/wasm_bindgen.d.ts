// What wasm-bindgen writes before start.js.
declare const wasm_bindgen: { initSync(source: { module: WebAssembly.Module }): void };
