/**
 * Where something stands in the document, from the YAML syntax tree: the path of a place, and the place of a path.
 *
 * A path is a list of keys, and of numbers (from 0) for the items of lists: `["services", "api", "needs", 0]`. Trees of
 * half-written text have holes; whatever cannot be told from one is undefined, never a guess.
 */
import { yamlLanguage } from "@codemirror/lang-yaml";

/** @typedef {import("@lezer/common").SyntaxNode} Node */
/** @typedef {(string | number)[]} Path */

const SCALARS = new Set(["Literal", "QuotedLiteral", "BlockLiteral"]);
const MAPPINGS = new Set(["BlockMapping", "FlowMapping"]);
const SEQUENCES = new Set(["BlockSequence", "FlowSequence"]);
/** What stands around a value that has an anchor or a tag. */
const WRAPPERS = new Set(["Anchored", "Tagged"]);

/**
 * The path of the node: that of the value which it is, or of the pair whose key it is.
 * @param {Node} node
 * @param {string} text
 * @returns {Path}
 */
export function pathOf(node, text) {
  const path = [];
  for (let at = node; at; at = at.parent) {
    if (at.name === "Pair") path.unshift(keyOf(at, text) ?? "");
    else if (at.name === "Item") path.unshift(siblings(at).findIndex((item) => item.from === at.from));
  }
  return path;
}

/**
 * The field that stands at an offset, for a caret or a mouse there.
 * @param {import("@lezer/common").Tree} tree
 * @param {string} text
 * @param {number} offset
 * @returns {{ path: Path, from: number, to: number, isKey: boolean } | undefined}
 */
export function fieldAt(tree, text, offset) {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(lineStart).match(/^.*/)[0];
  const indent = line.length - line.trimStart().length;
  if (indent === line.length) return undefined;
  const at = Math.min(Math.max(offset, lineStart + indent), lineStart + line.trimEnd().length);
  const isField = (node) => (node && isInField(node) ? node : undefined);
  const node = isField(tree.resolveInner(at, 1)) ?? isField(tree.resolveInner(at, -1));
  if (!node || node.name === "Comment") return undefined;
  const path = pathOf(node, text);
  if (path.length === 0) return undefined;
  return { path, from: node.from, to: node.to, isKey: node.parent?.name === "Key" };
}

function isInField(node) {
  return SCALARS.has(node.name) || ["BlockLiteralContent", "BlockLiteralHeader", ":", "Alias", "Tag", "Anchor"].includes(node.name);
}

/**
 * Where a path is written: its value where that is a single one, else its key; of a path that is not written, as far as
 * it is.
 * @param {import("@lezer/common").Tree} tree
 * @param {string} text
 * @param {Path} path
 * @returns {{ from: number, to: number } | undefined}
 */
export function locate(tree, text, path) {
  let value = contentOf(tree.topNode.getChild("Document"));
  let found;
  for (const [depth, step] of path.entries()) {
    const entry = entryOf(value, text, step);
    if (!entry) break;
    value = contentOf(entry);
    const key = entry.getChild("Key") ?? value ?? entry;
    found = depth === path.length - 1 && value && SCALARS.has(value.name) ? value : key;
  }
  return found && { from: found.from, to: found.to };
}

/**
 * All that is written at a path: the key with its value, or the item.
 * @param {import("@lezer/common").Tree} tree
 * @param {string} text
 * @param {Path} path
 * @returns {{ from: number, to: number } | undefined} Nothing if the path is not written.
 */
export function extent(tree, text, path) {
  let value = contentOf(tree.topNode.getChild("Document"));
  let entry;
  for (const step of path) {
    entry = entryOf(value, text, step);
    if (!entry) return undefined;
    value = contentOf(entry);
  }
  return entry && { from: entry.from, to: entry.to };
}

/**
 * The keys that are written in the mapping at a path.
 * @param {import("@lezer/common").Tree} tree
 * @param {string} text
 * @param {Path} path
 * @returns {string[]}
 */
export function keysAt(tree, text, path) {
  let value = contentOf(tree.topNode.getChild("Document"));
  for (const step of path) {
    const entry = entryOf(value, text, step);
    if (!entry) return [];
    value = contentOf(entry);
  }
  return value && MAPPINGS.has(value.name) ? keysOf(value, text) : [];
}

/**
 * @typedef {object} Place
 * @property {Path} path Of the mapping in which a key is written, or of the value.
 * @property {boolean} isKey Whether a key is being written; where a list wants plain values it may turn out to be one.
 * @property {number} from Where what is being written starts.
 * @property {number} to Where it ends.
 * @property {string[]} present The keys of the mapping that are there beside it.
 * @property {string[]} items The plain values of the list that are there beside it.
 * @property {boolean} isFlow Whether it stands within `{}` or `[]`.
 * @property {boolean} hasColon Whether a colon follows.
 * @property {number} indent The column of the key.
 * @property {string[]} services The names of the document's services.
 */

/**
 * The place at which something is being written. What is half-written is completed first by the least that makes it
 * a key or a value, in a copy of the text.
 * @param {string} text
 * @param {number} offset
 * @returns {Place | undefined}
 */
export function placeAt(text, offset) {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const left = text.slice(lineStart, offset);
  const right = text.slice(offset).match(/^[^\n\r]*/)[0];
  const rest = right.match(/^[\w.-]*/)[0];
  const lead = left.match(/^\s*(?:- +)*(?=([\w.-]*)$)/);
  const hasColon = /^\s*:(\s|$)/.test(right.slice(rest.length));

  let from = offset;
  let insert = "";
  if (lead && /^\s*(:|$|[,}\]])/.test(right.slice(rest.length))) {
    from = lineStart + lead[0].length;
    if (from === offset && rest === "") insert = "x";
    // Without a colon the word would run into the lines below it.
    if (!hasColon && right.slice(rest.length).trim() === "") insert += ":";
  } else if (/[\s[{]$/.test(left) && /^(\s*$|\s*[,}\]])/.test(right)) {
    insert = "x";
  } else if (left.endsWith(":")) {
    return undefined;
  }
  const end = offset + rest.length;
  const written = insert === "" ? text : text.slice(0, end) + insert + text.slice(end);
  const tree = yamlLanguage.parser.parse(written);
  const node = scalarAt(tree, lead ? from : offset, insert !== "");
  if (!node) return undefined;

  const path = pathOf(node, written);
  const isKey = node.parent?.name === "Key";
  // A pair in a list stands there without a mapping around it.
  const pair = isKey ? ancestor(node, (each) => each.name === "Pair") : undefined;
  const item = ancestor(node, (each) => each.name === "Item" || (each.name === "Pair" && each !== pair));
  const besideIt = (entry) => siblings(entry).filter((other) => other.from !== entry.from);
  return {
    from: node.from,
    to: insert.startsWith("x") ? node.from : node.to,
    path: isKey ? path.slice(0, -1) : path,
    isKey,
    present: pair ? besideIt(pair).map((other) => keyOf(other, written)).filter(isKnown) : [],
    items: item?.name === "Item" ? besideIt(item).map((other) => plain(contentOf(other), written)).filter(isKnown) : [],
    isFlow: Boolean(ancestor(node, (each) => each.name.startsWith("Flow"))),
    hasColon,
    indent: node.from - (written.lastIndexOf("\n", node.from - 1) + 1),
    services: keysAt(tree, written, ["services"]),
  };
}

/** The scalar at an offset: the one that starts there if it was just put in, else the one that ends or lies there. */
function scalarAt(tree, offset, isNew) {
  const sides = isNew ? [1, -1] : [-1, 1];
  const node = sides.map((side) => tree.resolveInner(offset, side)).find((each) => SCALARS.has(each.name));
  return node && node.name !== "BlockLiteral" ? node : undefined;
}

/** The pairs or items of the collection that `entry` stands in. */
function siblings(entry) {
  return entry.parent?.getChildren(entry.name) ?? [entry];
}

function ancestor(node, isWanted) {
  for (let at = node.parent; at; at = at.parent) if (isWanted(at)) return at;
  return undefined;
}

/** The pair or item of a collection that a step of a path leads to. */
function entryOf(collection, text, step) {
  if (!collection) return undefined;
  if (SEQUENCES.has(collection.name)) return collection.getChildren("Item")[Number(step)];
  if (!MAPPINGS.has(collection.name)) return undefined;
  return collection.getChildren("Pair").find((pair) => keyOf(pair, text) === String(step));
}

/** The value of a pair, an item or a document, without anchor and tag. */
function contentOf(entry) {
  for (let child = entry?.firstChild; child; child = child.nextSibling) {
    if (WRAPPERS.has(child.name)) return contentOf(child);
    if (SCALARS.has(child.name) || MAPPINGS.has(child.name) || SEQUENCES.has(child.name)) return child;
  }
  return undefined;
}

function keysOf(mapping, text) {
  return mapping.getChildren("Pair").map((pair) => keyOf(pair, text)).filter(isKnown);
}

function keyOf(pair, text) {
  return plain(contentOf(pair.getChild("Key")), text);
}

const isKnown = (name) => name !== undefined;

/** What a scalar says, without its quotes. */
function plain(scalar, text) {
  if (!scalar) return undefined;
  const written = text.slice(scalar.from, scalar.to);
  return scalar.name === "QuotedLiteral" ? written.slice(1, -1) : written;
}
