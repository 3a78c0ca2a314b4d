/** Completion: keys that fit at the caret and are not there yet, values, names of services, units. The engine knows them. */
import { autocompletion, completionKeymap, pickedCompletion, startCompletion } from "@codemirror/autocomplete";
import { keymap } from "@codemirror/view";
import { ask } from "./ask.js";
import { card } from "./card.js";
import { HOW_IT_RUNS, WHAT_IT_IS } from "./words.js";

/**
 * @typedef {object} Suggestion
 * @property {string} label The key or value itself.
 * @property {string} detail A remark of a few words.
 * @property {string} insert The text to insert.
 * @property {number} caret The offset of the caret in it.
 * @property {number} rank Higher ranks come first.
 * @property {boolean} is_kind Whether it decides what a service is.
 * @property {import("./card.js").Help | null} help
 */

/** Completion in the editor. */
export const completion = [
  autocompletion({
    override: [complete],
    icons: false,
    maxRenderedOptions: 60,
    tooltipClass: () => "cm-completions",
  }),
  keymap.of(completionKeymap),
];

/**
 * What the list of completions shows at the caret.
 * @param {import("@codemirror/autocomplete").CompletionContext} context
 * @returns {Promise<import("@codemirror/autocomplete").CompletionResult | null>}
 */
export async function complete(context) {
  const { state, pos, explicit } = context;
  // An answer about another text is none; the editor asks again by itself.
  context.addEventListener("abort", () => {}, { onDocChange: true });
  const found = await ask(state, { complete: pos });
  if (context.aborted || !found || found.suggestions.length === 0) return null;
  /** @type {Suggestion[]} */
  const suggestions = found.suggestions;
  const word = state.sliceDoc(found.from, pos);
  const labels = new Set(suggestions.map(({ label }) => label));
  // Who typed all of it does not want Enter to be about it.
  if (!explicit && (word === "" ? !found.isClosed : labels.has(word))) return null;
  const hasKinds = suggestions.some(({ is_kind }) => is_kind);
  return {
    from: found.from,
    to: found.to,
    options: suggestions.map((suggestion) => option(suggestion, hasKinds)),
    validFor: (text) => /^[\w.-]*$/.test(text) && !labels.has(text) && !/\d$/.test(text),
  };
}

/**
 * A suggestion as the list of completions takes it.
 * @param {Suggestion} suggestion
 * @param {boolean} hasKinds Whether kinds of services are among the suggestions.
 */
function option({ label, detail, insert, caret, rank, is_kind, help }, hasKinds) {
  return {
    label,
    detail,
    boost: rank,
    section: hasKinds ? (is_kind ? WHAT : HOW) : undefined,
    info: help ? () => card(help) : undefined,
    apply: (view, completion, from, to) => {
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + caret },
        annotations: pickedCompletion.of(completion),
        userEvent: "input.complete",
        scrollIntoView: true,
      });
      // What comes next may be known too.
      startCompletion(view);
    },
  };
}

const WHAT = { name: WHAT_IT_IS, rank: 0 };
const HOW = { name: HOW_IT_RUNS, rank: 1 };
