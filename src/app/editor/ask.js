/** Questions to the engine about the text. What a document may say, and where it says it, only the engine knows. */
import { Facet } from "@codemirror/state";

/**
 * A place in the text.
 * @typedef {{ from: number, to: number }} Place
 */

/**
 * Answers a question about a text, both in JSON. Undefined where the engine has no answer.
 * @typedef {(text: string, query: string) => Promise<string | undefined>} Engine
 */

/**
 * The engine.
 * @type {Facet<Engine, Engine>}
 */
export const engine = Facet.define({ combine: ([first]) => first ?? (async () => undefined) });

/**
 * Asks about the text of `state`: `{ complete: offset }`, `{ hover: offset }`, `{ pathAt: offset }`, `{ locate: path }` or
 * `{ extent: path }`. By the time the answer comes, the text may be another: whoever asks has to look.
 * @param {import("@codemirror/state").EditorState} state
 * @param {Record<string, number | string>} query
 * @returns {Promise<any>} Null where there is nothing to tell.
 */
export async function ask(state, query) {
  const answer = await state.facet(engine)(state.doc.toString(), JSON.stringify(query)).catch(() => undefined);
  return answer === undefined ? null : JSON.parse(answer);
}
