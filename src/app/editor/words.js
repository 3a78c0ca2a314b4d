/** What the editor says, in one place, as `words/` beside it is for the rest of the page. */

/** To those who do not see it: how to leave it. */
export const KEYS = "Tab indents. To leave the editor, press Escape, then Tab.";

/** What is not plain English as CodeMirror says it. */
export const PHRASES = {
  "Go to line": "Line",
  Diagnostics: "Findings",
  "No diagnostics": "Nothing found",
  next: "Next",
  previous: "Previous",
  all: "Select all",
  "match case": "Match case",
  regexp: "Pattern",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close",
  go: "Go",
};

/** The halves of the list of completions. */
export const WHAT_IT_IS = "What it is";
export const HOW_IT_RUNS = "How it runs";

/** Help with a field. */
export const NO_FIELD = "There is no field here";
export const byDefault = (value) => `Default: ${value}`;

/**
 * All of it as it is read out.
 * @param {string} path
 * @param {import("./card.js").Help} help
 */
export function spoken(path, help) {
  const usual = help.default === null ? "" : ` ${byDefault(help.default)}.`;
  return `${path}, ${help.kind}. ${help.about}${usual}`;
}
