/** What the editor says, in one place, as `words/` beside it is for the rest of the page. */

/** To those who do not see it: how to leave it. */
export const KEYS = "Tab indents. To leave the editor, press Escape, then Tab.";

/** What is not plain English as CodeMirror says it. */
export const PHRASES = {
  "Go to line": "Line",
  Diagnostics: "Findings",
  "No diagnostics": "Nothing found",
  next: "Next",
  previous: "Previous",
  all: "Select all",
  "match case": "Match case",
  regexp: "Pattern",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close",
  go: "Go",
};

/** The halves of the list of completions. */
export const WHAT_IT_IS = "What it is";
export const HOW_IT_RUNS = "How it runs";

/** What is offered, in a word. */
export const SERVICE = "service";
export const DEFAULT = "default";
export const EXAMPLE = "for example";

/** What the value of a field is, in a word or two. */
export const FIELDS = "fields";
export const NAMES_AND_VALUES = "names and values";
export const LIST = "list";
export const LIST_OF_NAMES = "list of names";
export const TYPES = { boolean: "true or false", integer: "number", number: "number", string: "text" };
export const oneOf = (choices) => `one of ${choices}`;
export const either = (types) => types.join(" or ");

/** The types that are amounts: what they are called, and what each unit is, those first that people write most. */
export const AMOUNTS = {
  Memory: {
    name: "memory",
    units: {
      Mi: "mebibytes, 1024 × 1024 bytes",
      Gi: "gibibytes, 1024 Mi",
      M: "megabytes, 1000 × 1000 bytes",
      G: "gigabytes, 1000 M",
      Ki: "kibibytes, 1024 bytes",
    },
  },
  Cpu: { name: "processors", units: { "": "cores", m: "thousandths of a core" } },
  Duration: { name: "time", units: { ms: "milliseconds", s: "seconds", m: "minutes", h: "hours" } },
  Rate: { name: "rate", units: { "/s": "a second", "/min": "a minute", "/h": "an hour" } },
  Percent: { name: "percent", units: { "%": "percent" } },
  Price: { name: "price", units: { "": "a month" } },
};

/** Help with a field. */
export const NO_FIELD = "There is no field here";
export const byDefault = (value) => `Default: ${value}`;

/** All of it as it is read out. */
export function spoken(path, kind, about, value) {
  const usual = value ? ` ${byDefault(value)}.` : "";
  return `${path}, ${kind}. ${about}${usual}`;
}
