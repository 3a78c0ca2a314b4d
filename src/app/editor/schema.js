/**
 * What the JSON Schema of the document says of a field. It is made from the same types that read the document
 * (`public/schema.json`), so what is told here holds.
 *
 * A schema is untyped JSON; of JSON Schema this reads what those types use: `$ref`, `properties`,
 * `additionalProperties`, `items`, `oneOf` and `anyOf` of constants, `type`.
 */

import { AMOUNTS, either, FIELDS, LIST, LIST_OF_NAMES, NAMES_AND_VALUES, oneOf, TYPES } from "./words.js";

/** @typedef {import("./place.js").Path} Path */

let asked;

/**
 * The schema, fetched when it is first asked for. Undefined where it cannot be had; the next call asks again.
 * @returns {Promise<object | undefined>}
 */
export function schema() {
  asked ??= fetch(new URL("schema.json", document.baseURI))
    .then((response) => (response.ok ? response.json() : undefined))
    .catch(() => undefined)
    .then((found) => {
      if (!found) asked = undefined;
      return found;
    });
  return asked;
}

/**
 * @typedef {object} Field
 * @property {object} schema What its value may be.
 * @property {string} type The name of its type, such as `Memory`; empty where it has none.
 * @property {string} about What it is, in sentences, some words of which stand between backquotes.
 * @property {string} [byDefault] What holds where it is not written, in words.
 */

/**
 * The field at a path; undefined if there is none.
 * @param {object} root The whole schema.
 * @param {Path} path
 * @returns {Field | undefined}
 */
export function fieldOf(root, path) {
  let written = root;
  for (const step of path) {
    const { schema } = resolve(root, written);
    written = typeof step === "number" ? schema.items : (own(schema.properties, step) ?? schema.additionalProperties);
    // That a mapping takes no other names is said by `false`.
    if (!written) return undefined;
  }
  return describe(root, written);
}

/**
 * The fields that the value of `field` may have, by name; undefined where it is no mapping, or its names are free.
 * @param {object} root
 * @param {Field} field
 * @returns {Map<string, Field> | undefined}
 */
export function fieldsIn(root, { schema }) {
  if (!schema.properties) return undefined;
  return new Map(Object.entries(schema.properties).map(([name, written]) => [name, describe(root, written)]));
}

/** Whether the value of `field` is a list, each item of which has fields of its own. */
export function isListOfMappings(root, { schema }) {
  return Boolean(schema.items && resolve(root, schema.items).schema.properties);
}

/** A field by what is written of it, which says more of it than what its type says of all such fields. */
function describe(root, written) {
  const { schema, type } = resolve(root, written);
  return { schema, type, ...split((written.description ?? schema.description ?? "").replaceAll("\n", " ")) };
}

/**
 * The values that a field may have, where there are few.
 * @param {Field} field
 * @returns {{ value: string, about: string }[]}
 */
export function valuesOf({ schema }) {
  if ([schema.type].flat().includes("boolean")) return ["true", "false"].map((value) => ({ value, about: "" }));
  const choices = schema.oneOf ?? schema.anyOf ?? [];
  const constants = choices.filter((choice) => choice.const !== undefined);
  return constants.map((choice) => ({ value: String(choice.const), about: choice.description ?? "" }));
}

/**
 * The value that holds where none is written, as it is written; undefined where that is not one value.
 * @param {Field} field
 * @returns {string | undefined}
 */
export function defaultOf({ schema, byDefault = "" }) {
  const [, quoted, bare] = byDefault.match(/^(?:`([^`]+)`|([\w%/.-]+))(?=[,;]|$)/) ?? [];
  const value = quoted ?? bare;
  if (value === undefined || value === "none") return undefined;
  // As plain text, YAML would take it for a number.
  return schema.type === "string" && /^[\d.]+$/.test(value) ? `"${value}"` : value;
}

/**
 * What a field's value is, in a word or two.
 * @param {object} root
 * @param {Field} field
 * @returns {string}
 */
export function kindOf(root, field) {
  const { schema, type } = field;
  if (AMOUNTS[type]) return AMOUNTS[type].name;
  if (schema.properties) return FIELDS;
  if (schema.type === "object") return NAMES_AND_VALUES;
  if (schema.items) return isListOfMappings(root, field) ? LIST : LIST_OF_NAMES;
  if (schema.oneOf) return oneOf(schema.oneOf.length);
  const types = [schema.type ?? (schema.anyOf ?? []).map((choice) => choice.type ?? String(choice.const))].flat();
  return either(types.map((each) => TYPES[each] ?? each));
}

/** The schema that a schema refers to, and its name. */
function resolve(root, written) {
  const type = written.$ref?.replace("#/$defs/", "") ?? "";
  return { schema: own(root.$defs, type) ?? written, type };
}

function own(object, key) {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A description, and what it says of the default. A point that a letter follows, as in `3.14`, ends no sentence. */
function split(description) {
  const found = description.match(/\s*Default: ((?:`[^`]*`|[^`.]|\.(?=\S))*)\.?/);
  if (!found) return { about: description };
  const about = description.replace(found[0], "").trim();
  return { about, byDefault: found[1].trim() };
}
