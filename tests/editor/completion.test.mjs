// How the editor asks the engine, and when it shows what that suggests; what is suggested is tested in src/ide/.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { ask, engine } from "../../src/app/editor/ask.js";
import { complete } from "../../src/app/editor/completion.js";

const suggestion = (label, more = {}) => ({
  label,
  detail: "",
  insert: label,
  caret: label.length,
  rank: 0,
  is_kind: false,
  help: null,
  ...more,
});

/** A state whose questions are answered by `answer`. */
const state = (doc, answer) => EditorState.create({ doc, extensions: engine.of(async (text, query) => answer(text, query)) });

/** What is shown at the end of `doc`. */
function shown(doc, { from, isClosed = false, suggestions }, explicit = false) {
  const answer = () => JSON.stringify({ from, to: doc.length, isClosed, suggestions });
  return complete(new CompletionContext(state(doc, answer), doc.length, explicit));
}

test("a question goes to the engine with the text, and its answer comes back", async () => {
  const asked = [];
  const answered = state("a: é\nb", (...question) => {
    asked.push(question);
    return '{"from":1,"to":2}';
  });
  assert.deepEqual(await ask(answered, { locate: "a" }), { from: 1, to: 2 });
  assert.deepEqual(asked, [["a: é\nb", '{"locate":"a"}']]);
});

test("without an engine there is nothing to tell", async () => {
  assert.equal(await ask(EditorState.create({ doc: "a" }), { hover: 0 }), null);
  assert.equal(await ask(state("a", () => undefined), { hover: 0 }), null);
  assert.equal(await ask(state("a", () => Promise.reject(new Error("broken"))), { hover: 0 }), null);
  assert.equal(await complete(new CompletionContext(state("a", () => "null"), 1, true)), null);
});

test("suggestions are shown for a word, and unasked only where nothing else is valid", async () => {
  const suggestions = [suggestion("ingress"), suggestion("gateway-api", { rank: 1 })];
  const word = await shown("gateway: ing", { from: 9, suggestions });
  assert.deepEqual([word.from, word.to, word.options.map(({ label }) => label)], [9, 12, ["ingress", "gateway-api"]]);
  assert.equal(await shown("gateway: ", { from: 9, suggestions }), null);
  assert.ok(await shown("gateway: ", { from: 9, suggestions }, true));
  assert.ok(await shown("gateway: ", { from: 9, suggestions, isClosed: true }));
});

test("whoever has typed all of a suggestion is not offered it", async () => {
  const suggestions = [suggestion("ingress"), suggestion("ingress-nginx")];
  assert.equal(await shown("ingress", { from: 0, suggestions }), null);
  assert.ok(await shown("ingress", { from: 0, suggestions }, true));
  const { validFor } = await shown("ing", { from: 0, suggestions });
  const isValid = /** @type {(text: string) => boolean} */ (validFor);
  assert.deepEqual(["ingr", "ingress", "ing:", "ing4"].map((text) => isValid(text)), [true, false, false, false]);
});

test("kinds of services stand apart, and above", async () => {
  const suggestions = [suggestion("memory"), suggestion("redis", { is_kind: true, rank: 1 })];
  const { options } = await shown("", { from: 0, suggestions }, true);
  assert.deepEqual(options.map(({ section }) => /** @type {{ rank: number }} */ (section).rank), [1, 0]);
  const { options: plain } = await shown("m", { from: 0, suggestions: [suggestion("memory")] });
  assert.equal(plain[0].section, undefined);
});

test("an answer that comes after the text has changed is none", async () => {
  /** @type {any} What CodeMirror itself knows of it is in no type. */
  const context = new CompletionContext(state("a", () => JSON.stringify({ from: 0, to: 1, suggestions: [suggestion("ab")] })), 1, false);
  const answer = complete(context);
  // As CodeMirror does at a change, if it has been asked to.
  assert.ok(context.abortOnDocChange);
  context.abortListeners.forEach((listener) => listener());
  context.abortListeners = null;
  assert.equal(await answer, null);
});
