/** The meaning of a field, where it stands: on hover, and for the field at the caret on F1. */
import { activateHover, closeHoverTooltips, EditorView, hasHoverTooltips, hoverTooltip, keymap } from "@codemirror/view";
import { ask } from "./ask.js";
import { card } from "./card.js";
import { NO_FIELD, spoken } from "./words.js";

const hover = hoverTooltip(async ({ state }, offset) => {
  const found = await ask(state, { hover: offset });
  if (!found) return null;
  const { from, to, path, help } = found;
  return { pos: from, end: to, above: true, create: () => ({ dom: card(help, path) }) };
});

/** Explains the field at the caret, until the caret moves on. */
function helpAtCaret(view) {
  const { state } = view;
  ask(state, { hover: state.selection.main.head }).then((found) => {
    if (view.state.doc !== state.doc || !view.state.selection.eq(state.selection)) return;
    if (!found) {
      view.dispatch({ effects: EditorView.announce.of(NO_FIELD) });
      return;
    }
    const words = spoken(found.path, found.help).replaceAll("`", "");
    view.dispatch({ effects: EditorView.announce.of(words) });
    activateHover(view, found.from, 1, { tooltip: hover, until: ({ docChanged, selection }) => docChanged || !!selection });
  });
  return true;
}

function close(view) {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}

export const help = [
  hover,
  keymap.of([
    { key: "F1", run: helpAtCaret },
    { key: "Escape", run: close },
  ]),
];
