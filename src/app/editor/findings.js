/** Findings in the text: underlined, told with what helps, and mended on the spot. */
import { forEachDiagnostic, lintGutter, lintKeymap, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";
import { sentence } from "./card.js";

/**
 * @typedef {object} Finding
 * @property {number} from Offset of the first code unit.
 * @property {number} to Offset after the last code unit.
 * @property {"error" | "warning" | "info" | "hint"} severity
 * @property {string} message
 * @property {string} [help] How to mend it, in a sentence.
 * @property {string} [rule] The rule's id, shown after the message.
 * @property {string} [fix] What a change that mends it is called.
 */

/**
 * Underlines `findings` and marks their lines in the gutter, in place of those that were there.
 * @param {import("@codemirror/view").EditorView} view
 * @param {Finding[]} findings
 * @param {(index: number) => void} onMend Called when a person wants the change of one of them.
 */
export function show(view, findings, onMend) {
  const { length } = view.state.doc;
  const inside = (offset) => Math.max(0, Math.min(offset, length));
  const diagnostics = findings.map(({ from, to, severity, message, help, rule, fix }, index) => ({
    from: inside(Math.min(from, to)),
    to: inside(Math.max(from, to)),
    severity,
    message: help ? `${message}. ${help}` : message,
    renderMessage: () => said(message, help),
    source: rule,
    actions: fix && !view.state.readOnly ? [{ name: fix, apply: () => onMend(index) }] : [],
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function said(message, help) {
  const whole = document.createElement("div");
  whole.append(sentence(message));
  if (help) whole.append(sentence(help));
  return whole;
}

/** Mends what is found at the caret, the first of it that can be. */
function mendAtCaret(view) {
  const { main } = view.state.selection;
  /** @type {import("@codemirror/lint").Action} */
  let action = null;
  forEachDiagnostic(view.state, (diagnostic, from, to) => {
    if (from <= main.to && to >= main.from) action ??= diagnostic.actions?.[0];
  });
  action?.apply(view, main.from, main.to);
  return Boolean(action);
}

/** The marks in the gutter, and the keys: the next and the previous finding, mending, and a list of all. */
export const findings = [
  lintGutter(),
  keymap.of([{ key: "Shift-F8", run: previousDiagnostic }, { key: "Mod-.", run: mendAtCaret }, ...lintKeymap]),
];
