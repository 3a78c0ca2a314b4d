// The package's functions. What each gives is in index.d.ts.
// @ts-ignore: `cargo xtask` builds it into the package.
import * as core from "./core.js";

export const version = core.version();

/**
 * @param {string} text
 * @param {{ environment?: string, explain?: boolean }} [options]
 */
export function analyze(text, { environment, explain = false } = {}) {
  if (typeof text !== "string") throw new TypeError("the document is a string, the text of its file");
  return JSON.parse(core.analyze(text, environment, explain));
}

export function generate(text, options) {
  const { findings, files } = analyze(text, options);
  return { findings, files };
}

export function plan(text, options) {
  const { findings, plan } = analyze(text, options);
  return { findings, plan };
}
