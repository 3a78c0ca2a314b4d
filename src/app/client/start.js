// The end of a worker's script, after wasm-bindgen's code: the page compiles the engine once and sends it to every worker
// that it starts, so that a new one is ready at once.
onmessage = ({ data }) => {
  onmessage = null;
  wasm_bindgen.initSync({ module: data });
};
