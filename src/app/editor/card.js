/** What there is to say of a field, as an element: in the list of completions, on hover, and on a key. */
import { kindOf, valuesOf } from "./schema.js";
import { byDefault } from "./words.js";

/** More than a person reads at a glance. */
const MOST_VALUES = 8;

/**
 * @param {object} root The whole schema.
 * @param {import("./schema.js").Field} field
 * @param {string} [title] Its path, where that is not seen anyway.
 * @returns {HTMLElement}
 */
export function card(root, field, title) {
  const whole = element("div", "cm-field");
  if (title) {
    const head = whole.appendChild(element("p", "cm-field-title"));
    head.append(element("code", "", title), element("span", "cm-field-kind", kindOf(root, field)));
  }
  if (field.about) whole.append(sentence(field.about));
  const values = valuesOf(field).filter(({ about }) => about);
  if (values.length > 0) {
    const list = whole.appendChild(element("dl", "cm-field-values"));
    for (const { value, about } of values.slice(0, MOST_VALUES)) {
      list.append(element("dt", "", value), withCode("dd", "", about));
    }
  }
  if (field.byDefault) whole.append(withCode("p", "cm-field-default", byDefault(field.byDefault)));
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
