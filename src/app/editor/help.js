/** What a field does, where it stands: on hover, and for the field at the caret on F1. */
import { syntaxTree } from "@codemirror/language";
import { activateHover, closeHoverTooltips, EditorView, hasHoverTooltips, hoverTooltip, keymap } from "@codemirror/view";
import { card } from "./card.js";
import { fieldAt } from "./place.js";
import { fieldOf, kindOf, schema } from "./schema.js";
import { NO_FIELD, spoken } from "./words.js";

const hover = hoverTooltip(async ({ state }, offset) => {
  const found = await fieldHelp(state, offset);
  if (!found) return null;
  const { root, field, path, from, to } = found;
  return { pos: from, end: to, above: true, create: () => ({ dom: card(root, field, path.join(".")) }) };
});

/** The field at an offset, and what the schema says of it. The items of a list are what the list is. */
async function fieldHelp(state, offset) {
  const place = fieldAt(syntaxTree(state), state.doc.toString(), offset);
  const root = place && (await schema());
  if (!root) return undefined;
  const isItem = typeof place.path.at(-1) === "number";
  const path = isItem ? place.path.slice(0, -1) : place.path;
  const field = fieldOf(root, path);
  return field && (field.about || field.byDefault) ? { ...place, root, field, path } : undefined;
}

/** Tells of the field at the caret, until the caret moves on. */
function helpAtCaret(view) {
  const { head } = view.state.selection.main;
  fieldHelp(view.state, head).then((found) => {
    if (!found) {
      view.dispatch({ effects: EditorView.announce.of(NO_FIELD) });
      return;
    }
    const { root, field, path } = found;
    const words = spoken(path.join("."), kindOf(root, field), field.about, field.byDefault).replaceAll("`", "");
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
