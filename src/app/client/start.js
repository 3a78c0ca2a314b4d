// The end of a worker's script, after what wasm-bindgen writes: the page compiles the engine once and sends it to every
// worker that it starts, so that a fresh one is there at once.
onmessage = ({ data }) => {
  onmessage = null;
  wasm_bindgen.initSync({ module: data });
};
