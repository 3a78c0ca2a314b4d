/** The part of the document that is selected elsewhere on the page, such as a service in the diagram: its lines are marked. */
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";
import { ask } from "./ask.js";

/**
 * Marks the lines of a place, or none, in place of those before.
 * @type {import("@codemirror/state").StateEffectType<import("./ask.js").Place | null>}
 */
const showPlace = StateEffect.define();

const mark = Decoration.line({ class: "cm-shown" });

function marksOf(doc, place) {
  if (!place) return Decoration.none;
  const marks = [];
  for (let line = doc.lineAt(place.from); ; line = doc.line(line.number + 1)) {
    marks.push(mark.range(line.from));
    if (line.to >= place.to || line.number === doc.lines) return Decoration.set(marks);
  }
}

const marks = StateField.define({
  create: () => Decoration.none,
  update(before, { effects, changes, state }) {
    const effect = effects.find((effect) => effect.is(showPlace));
    return effect ? marksOf(state.doc, effect.value) : before.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

export const shown = [
  marks,
  EditorView.baseTheme({ ".cm-shown": { boxShadow: "inset 2px 0 var(--accent)" } }),
];

/** Keeps the lines of one path marked while the text changes. */
export class Shown {
  #view;
  #path = "";
  /** Whether the lines still have to be brought into view. */
  #isNew = false;

  /** @param {EditorView} view */
  constructor(view) {
    this.#view = view;
  }

  /**
   * Marks the lines of `path` and brings them into view, unless the caret is among them: then they are where the person is
   * looking.
   * @param {string} path Such as `services.api`; empty for none.
   */
  show(path) {
    this.#path = path;
    this.#isNew = true;
    this.follow();
  }

  /** Finds the lines again, after a change of the text. */
  async follow() {
    if (this.#path === "" && !this.#isNew) return;
    const view = this.#view;
    const [{ doc }, path] = [view.state, this.#path];
    const place = path === "" ? null : await ask(view.state, { extent: path });
    // An answer about another path or text is none: the change that made it so has asked again.
    if (path !== this.#path || view.state.doc !== doc) return;
    /** @type {StateEffect<any>[]} */
    const effects = [showPlace.of(place)];
    if (this.#isNew && place && !this.#isSeen(place)) {
      effects.push(EditorView.scrollIntoView(place.from, { y: "nearest", yMargin: 40 }));
    }
    this.#isNew = false;
    view.dispatch({ effects });
  }

  #isSeen({ from, to }) {
    const { head } = this.#view.state.selection.main;
    return this.#view.hasFocus && head >= this.#view.state.doc.lineAt(from).from && head <= to;
  }
}
