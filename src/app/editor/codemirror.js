/**
 * The text editor: CodeMirror 6 with what a YAML document needs, behind a few functions that the page calls from wasm.
 *
 * Offsets are JavaScript's: UTF-16 code units from the start of the text. Lines end with LF: other line ends in a text
 * that is put in become LF, so a caller that wants its offsets to agree turns them first. Colours are the page's CSS
 * variables (--ink, --muted, --panel, --ground, --hairline, --accent, --mono, --syntax-…), so they follow light and dark
 * by themselves.
 *
 * Keys: Tab indents. Escape, then Tab, moves to the next control (CodeMirror's way out for keyboard users; the editor's
 * accessible description says so). Ctrl+M (Shift+Alt+M on a Mac) lets Tab move the focus until it is pressed again.
 */
import { defaultKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import {
  bracketMatching,
  foldGutter,
  foldKeymap,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, Transaction } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { StyleModule } from "style-mod";
import { ask, engine } from "./ask.js";
import { completion } from "./completion.js";
import { findings, show as showFindings } from "./findings.js";
import { help } from "./help.js";
import { looks } from "./looks.js";
import { Shown, shown } from "./shown.js";
import { KEYS } from "./words.js";

/**
 * @typedef {object} Options
 * @property {string} text What the editor shows first.
 * @property {boolean} dark Whether the page is dark: chooses CodeMirror's own colours where no variable gives one.
 * @property {string} label The editor's accessible name.
 * @property {boolean} readonly Whether the text is only to be read.
 * @property {(text: string, anchor: number, head: number) => void} onChange Called after each change that a person made,
 *   with the whole text and the selection.
 * @property {(anchor: number, head: number) => void} onCaret Called with the selection when a person moves it.
 * @property {(path: string) => void} onField Called with the path of the field at the caret when a person moved to another
 *   one, such as `services.api.replicas`; empty for none.
 * @property {import("./ask.js").Engine} onAsk Called with questions about a text, to answer them. The editor works without
 *   answers, and takes them late; only completion, help and the way to a field wait for them.
 * @property {(index: number) => void} onMend Called when a person wants the change that mends a finding: which of those
 *   that were shown last.
 * @property {() => void} onUndo Called when the browser itself, say by its menu, is asked to take a change back: the
 *   page keeps the history, of the text and of everything else, so the editor has none.
 * @property {() => void} onRedo Or to do it again.
 */

/**
 * Puts an editor into `parent`.
 * @param {HTMLElement} parent
 * @param {Options} options
 */
export function create(parent, options) {
  const { text, dark, label, readonly, onChange, onCaret, onField, onAsk, onMend, onUndo, onRedo } = options;
  adoptStyles();
  const scheme = new Compartment();
  let field = "";
  const tellField = afterAPause(async (view) => {
    const { state } = view;
    const now = await ask(state, { pathAt: state.selection.main.head });
    if (view.state.doc !== state.doc || !view.state.selection.eq(state.selection)) {
      tellField(view);
    } else if (now !== null && now !== field) {
      field = now;
      onField(field);
    }
  });
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        scheme.of(EditorView.darkTheme.of(dark)),
        editing,
        appearance,
        engine.of(onAsk),
        EditorState.readOnly.of(readonly),
        EditorView.contentAttributes.of({
          "aria-label": label,
          tabindex: "0",
          "aria-description": KEYS,
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) followShown();
          if (!update.selectionSet && !update.docChanged) return;
          if (update.transactions.some((each) => each.annotation(Transaction.remote))) return;
          const { anchor, head } = update.state.selection.main;
          if (update.docChanged) onChange(update.state.doc.toString(), anchor, head);
          else onCaret(anchor, head);
          tellField(update.view);
        }),
        EditorView.domEventHandlers({
          beforeinput(event) {
            const ask = { historyUndo: onUndo, historyRedo: onRedo }[event.inputType];
            if (!ask) return false;
            event.preventDefault();
            ask();
            return true;
          },
        }),
      ],
    }),
  });
  const shownPart = new Shown(view);
  const followShown = afterAPause(() => shownPart.follow());
  const inside = (offset) => Math.max(0, Math.min(offset, view.state.doc.length));

  return {
    /**
     * Replaces the text, without calling `onChange`. Only the part that differs is touched, so that the cursor, the
     * scroll position and the folds outside it stay.
     * @param {string} text
     */
    setText(text) {
      const changes = difference(view.state.doc.toString(), text.replace(/\r\n?/g, "\n"));
      if (changes) view.dispatch({ changes, annotations: Transaction.remote.of(true) });
    },

    /**
     * Underlines `findings` and marks their lines in the gutter, in place of those that were there.
     * @param {import("./findings.js").Finding[]} findings
     */
    setFindings(findings) {
      showFindings(view, findings, onMend);
    },

    /**
     * Selects a place, brings it to the middle of the editor, and takes the focus.
     * @param {number} from
     * @param {number} to
     */
    reveal(from, to) {
      const selection = { anchor: inside(from), head: inside(to) };
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
      view.focus();
    },

    /**
     * Selects a field, or as much of its path as is written, as `reveal` does, once the engine has told where it is. A
     * change of the text in between leaves the caret where the person is.
     * @param {string} path Such as `services.api.replicas`.
     */
    async revealField(path) {
      const { doc } = view.state;
      const place = await ask(view.state, { locate: path });
      if (place && view.state.doc === doc) this.reveal(place.from, place.to);
      else view.focus();
    },

    /**
     * Marks the lines of a field, key and value, in place of those of another, and brings them into view; focus and caret
     * stay.
     * @param {string} path As above; empty for none.
     */
    showField(path) {
      shownPart.show(path);
    },

    /**
     * Selects a place and brings it into view; the focus stays where it is, and `onCaret` is not called.
     * @param {number} anchor
     * @param {number} head
     */
    putCaret(anchor, head) {
      view.dispatch({
        selection: { anchor: inside(anchor), head: inside(head) },
        scrollIntoView: true,
        annotations: Transaction.remote.of(true),
      });
    },

    /** Takes the focus. */
    focus() {
      view.focus();
    },

    /**
     * Follows the page's scheme.
     * @param {boolean} dark
     */
    setDark(dark) {
      view.dispatch({ effects: scheme.reconfigure(EditorView.darkTheme.of(dark)) });
    },

    /** Takes the editor out of the page; nothing else may be called afterwards. */
    destroy() {
      view.destroy();
    },
  };
}

/** Calls `what` once nothing has asked for it for a moment. */
function afterAPause(what) {
  let timer;
  return (view) => {
    clearTimeout(timer);
    timer = setTimeout(() => what(view), 100);
  };
}

/**
 * Has CodeMirror keep its styles in a constructed style sheet. In a document it would write a `<style>` element, which
 * the page's security policy forbids; only in shadow roots it constructs a sheet. So it is shown the document as if it
 * were one, and what it noted there is carried over.
 */
function adoptStyles() {
  const likeShadowRoot = {
    ownerDocument: document,
    get adoptedStyleSheets() {
      return document.adoptedStyleSheets;
    },
    set adoptedStyleSheets(sheets) {
      document.adoptedStyleSheets = sheets;
    },
  };
  StyleModule.mount(/** @type {any} */ (likeShadowRoot), []);
  for (const mark of Object.getOwnPropertySymbols(likeShadowRoot)) document[mark] = likeShadowRoot[mark];
}

/**
 * The smallest single replacement that turns `before` into `after`; nothing when they are the same.
 * @param {string} before
 * @param {string} after
 */
function difference(before, after) {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/**
 * Typing over a selection. The browser's own way gives the new text the old text's colours as an inline style, which the
 * page's policy refuses, with an error in the console.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const overwrites = event.inputType === "insertText" && event.data !== null && !view.composing;
    if (!overwrites || view.state.readOnly || view.state.selection.ranges.every((range) => range.empty)) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

const editing = [
  typeOver,
  yaml(),
  indentUnit.of("  "),
  indentOnInput(),
  bracketMatching(),
  completion,
  findings,
  help,
  shown,
  search({ top: true }),
  highlightSelectionMatches({ minSelectionLength: 3 }),
  keymap.of([...defaultKeymap, ...searchKeymap, ...foldKeymap, indentWithTab]),
];

const appearance = [
  looks,
  lineNumbers(),
  EditorView.lineWrapping,
  foldGutter(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  drawSelection(),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--syntax-key, var(--accent))" },
      { tag: [tags.string, tags.content], color: "var(--syntax-string, var(--ink))" },
      { tag: [tags.comment, tags.lineComment], color: "var(--syntax-comment, var(--muted))", fontStyle: "italic" },
      { tag: [tags.keyword, tags.typeName, tags.labelName], color: "var(--syntax-keyword, var(--accent))" },
      { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: "var(--muted)" },
    ]),
  ),
  EditorView.theme({
    "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--panel)" },
    "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
    ".cm-scroller": { fontFamily: "var(--mono, ui-monospace, monospace)", lineHeight: "1.5" },
    ".cm-content": { caretColor: "var(--ink)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-gutters": { color: "var(--muted)", backgroundColor: "var(--panel)", borderRight: "1px solid var(--hairline)" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--accent) 7%, transparent)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      backgroundColor: "color-mix(in srgb, var(--accent) 25%, transparent)",
    },
    ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--accent) 15%, transparent)" },
    ".cm-panels, .cm-tooltip": {
      color: "var(--ink)",
      backgroundColor: "var(--ground)",
      borderColor: "var(--hairline)",
    },
    ".cm-panel input, .cm-panel button": {
      color: "var(--ink)",
      background: "var(--panel)",
      border: "1px solid var(--hairline)",
    },
  }),
];
