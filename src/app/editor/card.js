/** The explanation of a field, as an element: in the list of completions, on hover, and on a key. */
import { byDefault } from "./words.js";

/**
 * @typedef {object} Help
 * @property {string} kind The kind of its value in a word or two.
 * @property {string} about What it is for, in sentences, some words of which stand between backquotes.
 * @property {{ value: string, about: string }[]} values The values to choose from that need an explanation.
 * @property {string | null} default The default, unless that depends on other fields.
 */

/**
 * @param {Help} help
 * @param {string} [title] The path of the field, where that is not seen anyway.
 * @returns {HTMLElement}
 */
export function card(help, title) {
  const whole = element("div", "cm-field");
  if (title) {
    const head = whole.appendChild(element("p", "cm-field-title"));
    head.append(element("code", "", title), element("span", "cm-field-kind", help.kind));
  }
  if (help.about) whole.append(sentence(help.about));
  if (help.values.length > 0) {
    const list = whole.appendChild(element("dl", "cm-field-values"));
    for (const { value, about } of help.values) list.append(element("dt", "", value), withCode("dd", "", about));
  }
  if (help.default !== null) whole.append(withCode("p", "cm-field-default", byDefault(help.default)));
  return whole;
}

/**
 * A sentence whose pieces between backquotes are set as code.
 * @param {string} text
 */
export const sentence = (text) => withCode("p", "", text);

function withCode(name, className, text) {
  const whole = element(name, className);
  whole.append(...text.split("`").map((piece, number) => (number % 2 === 1 ? element("code", "", piece) : piece)));
  return whole;
}

function element(name, className, text = "") {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
