/** The part of the document that is selected elsewhere on the page, such as a service in the diagram: its lines are marked. */
import { syntaxTree } from "@codemirror/language";
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { extent } from "./place.js";

/** Asks for the marks of a path in place of those of the one before. */
/** @type {import("@codemirror/state").StateEffectType<string>} */
const showPath = StateEffect.define();

const mark = Decoration.line({ class: "cm-shown" });

/** Where a path is written; of one that is not, as a default, what it is a part of. */
function rangeOf(state, path) {
  const steps = path.split(".");
  const text = path && state.doc.toString();
  for (let length = steps.length; path && length > 0; length--) {
    const range = extent(syntaxTree(state), text, steps.slice(0, length));
    if (range) return range;
  }
  return undefined;
}

function marksOf(state, path) {
  const range = rangeOf(state, path);
  if (!range) return Decoration.none;
  const marks = [];
  for (let line = state.doc.lineAt(range.from); ; line = state.doc.line(line.number + 1)) {
    marks.push(mark.range(line.from));
    if (line.to >= range.to || line.number === state.doc.lines) return Decoration.set(marks);
  }
}

const shownPath = StateField.define({
  create: () => ({ path: "", marks: Decoration.none }),
  update(before, { effects, docChanged, startState, state }) {
    const path = effects.find((effect) => effect.is(showPath))?.value ?? before.path;
    if (path === before.path && !docChanged && syntaxTree(startState) === syntaxTree(state)) return before;
    return { path, marks: marksOf(state, path) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ marks }) => marks),
});

/**
 * Marks the lines of what is written at `path` and brings them into view, unless the caret is among them: then they are
 * where the person is looking.
 * @param {EditorView} view
 * @param {string} path Such as `services.api`; empty for nothing.
 */
export function show(view, path) {
  const { head } = view.state.selection.main;
  const range = rangeOf(view.state, path);
  /** @type {StateEffect<unknown>[]} */
  const effects = [showPath.of(path)];
  const isSeen = !range || (view.hasFocus && head >= view.state.doc.lineAt(range.from).from && head <= range.to);
  if (!isSeen) effects.push(EditorView.scrollIntoView(range.from, { y: "nearest", yMargin: 40 }));
  view.dispatch({ effects });
}

export const shown = [
  shownPath,
  EditorView.baseTheme({ ".cm-shown": { boxShadow: "inset 2px 0 var(--accent)" } }),
];
