/**
 * Completion from the schema: keys that fit at the caret and are not there yet, values, names of services, units.
 *
 * `options` works on text alone, so that it can be tested without a browser; `completion` puts it into the editor.
 */
import { autocompletion, completionKeymap, pickedCompletion, startCompletion } from "@codemirror/autocomplete";
import { keymap } from "@codemirror/view";
import { card } from "./card.js";
import { placeAt } from "./place.js";
import { defaultOf, fieldOf, fieldsIn, isListOfMappings, kindOf, schema, valuesOf } from "./schema.js";
import { AMOUNTS, DEFAULT, EXAMPLE, HOW_IT_RUNS, LIST, SERVICE, WHAT_IT_IS } from "./words.js";

/** The types of the fields that say what a service is, of which it has one. */
const KINDS = new Set(["Python", "Celery", "Node", "Go", "Dockerfile", "Database", "Catalog"]);
/** No document of a person's is as long; reading it at a keystroke would be felt. */
const LONGEST = 500_000;

/**
 * @typedef {object} Option
 * @property {string} label What is offered.
 * @property {string} detail What it is, in a few words.
 * @property {string} insert What is written.
 * @property {number} caret Where in that the caret is then.
 * @property {import("./schema.js").Field} [field] What can be said of it.
 * @property {string} [about] What can be said of a value.
 * @property {number} rank What is offered first has the higher one.
 * @property {boolean} isKind Whether it says what a service is.
 */

/**
 * What can be written at an offset.
 * @param {object} root The whole schema.
 * @param {string} text
 * @param {number} offset
 * @returns {{ from: number, to: number, options: Option[], isClosed: boolean } | undefined} `isClosed` when nothing but
 * the options would do.
 */
export function options(root, text, offset) {
  const place = placeAt(text, offset);
  const field = place && fieldOf(root, place.path);
  if (!field) return undefined;
  const { from, to } = place;
  const takesKeys = field.schema.type === "object";
  if (place.isKey && takesKeys) {
    const options = keys(root, field, place);
    return { from, to, options, isClosed: false };
  }
  // A word on a line of its own looks like a key until it turns out that a value is wanted.
  if (place.isKey && place.hasColon) return undefined;
  const word = text.slice(from, Math.min(offset, to));
  const options = values(root, field, place, word);
  return { from, to, options, isClosed: options.length > 0 && !AMOUNTS[field.type] && isClosed(field, place) };
}

/** The keys that fit into a mapping and are not there. */
function keys(root, field, place) {
  const known = fieldsIn(root, field);
  if (!known) return isOfServices(place.path) ? names(place).map((name) => key(root, place, name)) : [];
  const hasKind = place.present.some((name) => KINDS.has(known.get(name)?.type));
  const fits = ([name, { type }]) => !place.present.includes(name) && !(hasKind && KINDS.has(type));
  return [...known].filter(fits).map(([name, field]) => key(root, place, name, field, !hasKind));
}

/** Environments change services by their names. */
const isOfServices = (path) => path[0] === "environments" && path.length === 3 && path[2] === "services";

/** The names of the services that are not there yet. */
const names = ({ services, present, items }) => services.filter((name) => ![...present, ...items].includes(name));

function key(root, place, name, field, wantsKind = false) {
  const isKind = wantsKind && KINDS.has(field?.type);
  const [before, after] = place.hasColon ? ["", ""] : shape(root, place, field);
  return {
    label: name,
    detail: field ? kindOf(root, field) : SERVICE,
    insert: name + before + after,
    caret: name.length + before.length,
    field,
    rank: isKind ? 1 : 0,
    isKind,
  };
}

/** What is written behind a key: before the caret, and after it. */
function shape(root, { path, isFlow, indent }, field) {
  const below = `:\n${" ".repeat(indent + 2)}`;
  if (!field) return isFlow ? [": { ", " }"] : [below, ""];
  const { schema } = field;
  if (isListOfMappings(root, field) && !isFlow) return [`${below}- `, ""];
  if (schema.items) return [": [", "]"];
  if (schema.type !== "object") return [": ", ""];
  // Small mappings stand in braces; what holds the whole document, and names that people choose, on lines of their own.
  const isSmall = schema.properties && path.length > 0;
  return isFlow || isSmall ? [": { ", " }"] : [below, ""];
}

/** The values that fit. */
function values(root, field, place, word) {
  const { path } = place;
  if (path[0] === "services" && path[2] === "needs" && path.length === 4) {
    const others = names(place).filter((name) => name !== path[1]);
    return others.map((name) => value(name, SERVICE));
  }
  const usual = defaultOf(field);
  const quantity = AMOUNTS[field.type];
  if (quantity) return amounts(quantity, field, usual, word);
  const known = valuesOf(field).map((each) => value(each.value, each.value === usual ? DEFAULT : "", each.about));
  if (usual !== undefined && known.every(({ label }) => label !== usual)) known.push(value(usual, DEFAULT));
  if (field.schema.items) return [{ ...value("[]", LIST), caret: 1 }];
  if (field.schema.type === "object" && known.length === 0) {
    return [{ ...value("{}", kindOf(root, field)), insert: "{  }", caret: 2 }];
  }
  return known;
}

function value(label, detail, about) {
  return { label, detail, insert: label, caret: label.length, about, rank: detail === DEFAULT ? 1 : 0, isKind: false };
}

/** What has been typed of an amount, with each unit; before anything is, amounts as they are usual. */
function amounts({ units }, { schema }, usual, word) {
  const [number] = word.match(/^\d+(\.\d+)?/) ?? [];
  if (number) {
    const named = Object.entries(units).filter(([unit]) => unit !== "");
    const written = named.map(([unit, about]) => value(number + unit, about));
    return written.map((option, at) => ({ ...option, rank: -at }));
  }
  const examples = (schema.examples ?? []).map(String).filter((example) => example !== usual);
  const others = examples.map((example) => value(example, EXAMPLE));
  return usual === undefined ? others : [value(usual, DEFAULT), ...others];
}

/** Whether a value is one of a few, so that they are shown unasked. */
function isClosed(field, { path }) {
  return valuesOf(field).length > 0 || path[2] === "needs";
}

/** Completion in the editor. */
export const completion = [
  autocompletion({
    override: [complete],
    icons: false,
    maxRenderedOptions: 60,
    tooltipClass: () => "cm-completions",
  }),
  keymap.of(completionKeymap),
];

async function complete(context) {
  const { state, pos, explicit } = context;
  if (state.doc.length > LONGEST) return null;
  const root = await schema();
  if (!root || context.aborted) return null;
  const found = options(root, state.doc.toString(), pos);
  if (!found || found.options.length === 0) return null;
  const word = state.sliceDoc(found.from, pos);
  const labels = new Set(found.options.map(({ label }) => label));
  // Who typed all of it does not want Enter to be about it.
  if (!explicit && (word === "" ? !found.isClosed : labels.has(word))) return null;
  const hasKinds = found.options.some(({ isKind }) => isKind);
  return {
    from: found.from,
    to: found.to,
    options: found.options.map((option) => shown(root, option, hasKinds)),
    validFor: (text) => /^[\w.-]*$/.test(text) && !labels.has(text) && !/\d$/.test(text),
  };
}

/** An option as the list of completions takes it. */
function shown(root, option, hasKinds) {
  const { label, detail, field, about, rank, isKind } = option;
  return {
    label,
    detail,
    boost: rank,
    section: hasKinds ? (isKind ? WHAT : HOW) : undefined,
    info: field || about ? () => card(root, field ?? { schema: {}, type: "", about }) : undefined,
    apply: (view, completion, from, to) => {
      view.dispatch({
        changes: { from, to, insert: option.insert },
        selection: { anchor: from + option.caret },
        annotations: pickedCompletion.of(completion),
        userEvent: "input.complete",
        scrollIntoView: true,
      });
      // What comes next may be known too.
      startCompletion(view);
    },
  };
}

const WHAT = { name: WHAT_IT_IS, rank: 0 };
const HOW = { name: HOW_IT_RUNS, rank: 1 };
