// Where the caret stands, in whole and in half-written text. In the texts, `¦` is the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { yamlLanguage } from "@codemirror/lang-yaml";
import { extent, fieldAt, keysAt, locate, placeAt } from "../../src/app/editor/place.js";

/** The place at the caret, in a few words. */
function place(marked) {
  const offset = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  const found = placeAt(text, offset);
  if (!found) return "nowhere";
  const word = text.slice(found.from, found.to);
  const others = [...found.present, ...found.items];
  const beside = others.length > 0 ? ` beside ${others.join(" ")}` : "";
  return `${found.isKey ? "key" : "value"} ${JSON.stringify(word)} in ${found.path.join(".") || "the document"}${beside}`;
}

for (const [what, text, expected] of [
  ["an empty document", "¦", 'key "" in the document'],
  ["the first word", "ser¦", 'key "ser" in the document'],
  ["a new key below others", "name: a\nser¦", 'key "ser" in the document beside name'],
  ["a new key between others", "name: a\nser¦\ncluster: {}\n", 'key "ser" in the document beside name cluster'],
  ["an empty line below a key", "services:\n  api:\n    ¦", 'key "" in services.api'],
  ["an empty line with more services below", "services:\n  api:\n    ¦\n  db: {}\n", 'key "" in services.api'],
  ["a half-written first key", "services:\n  api:\n    rep¦\n    python: {}\n", 'key "rep" in services.api beside python'],
  ["a half-written last key", "services:\n  api:\n    python: {}\n    rep¦\n", 'key "rep" in services.api beside python'],
  ["a key of an item", "a:\n  - run: x\n    wh¦\n", 'key "wh" in a.0 beside run'],
  ["the first key of an item", "a:\n  - ¦\n  - b\n", 'key "" in a.0 beside b'],
  ["a key that has its value", "cluster:\n  gate¦way: ingress\n", 'key "gateway" in cluster'],
  ["a key in braces", "a: { b: 1, ver¦ }\n", 'key "ver" in a beside b'],
  ["an empty place in braces", "a: { b: 1, ¦ }\n", 'key "" in a beside b'],
  ["empty braces", "a: {¦}\n", 'key "" in a'],
  ["braces that are still open", "services:\n  api: { python: { app: x }, ¦\n", 'key "" in services.api beside python'],
  ["a line within braces", "a: {\n  b: 1,\n  ¦\n}\n", 'key "" in a beside b'],
  ["an empty value", "cluster:\n  gateway: ¦\nserver: {}\n", 'value "" in cluster.gateway'],
  ["a half-written value", "cluster:\n  gateway: ing¦\nserver: {}\n", 'value "ing" in cluster.gateway'],
  ["a value in braces", "a: { b: ¦ }\n", 'value "" in a.b'],
  ["a half-written value in braces", "a: { b: x¦, c: 1 }\n", 'value "x" in a.b'],
  ["a value in quotes", 'a: { b: "3.1¦" }\n', 'value "\\"3.1\\"" in a.b'],
  ["an item in brackets", "a: [db, ¦]\n", 'value "" in a.1 beside db'],
  ["empty brackets", "a: [¦]\n", 'value "" in a.0'],
  ["a half-written item", "a: [db, ca¦]\n", 'value "ca" in a.1 beside db'],
  ["a half-written item on a line", "a:\n  - db\n  - ca¦\n", 'key "ca" in a.1 beside db'],
  ["a value with a colon in it", "a: app.main:ap¦\n", 'value "app.main:ap" in a'],
  ["directly behind a colon", "a:¦\n", "nowhere"],
  ["a comment", "a: 1\n# b¦\n", "nowhere"],
  ["a block of text", "a: |\n  b c¦\n", "nowhere"],
  ["an anchored mapping", "a: &x { b: 1, ¦ }\n", 'key "" in a beside b'],
]) {
  test(`the place in ${what}`, () => assert.equal(place(text), expected));
}

test("the names of the services are known at every place", () => {
  const text = "services:\n  api: { needs: [] }\n  db: {}\n";
  assert.deepEqual(placeAt(text, text.indexOf("]")).services, ["api", "db"]);
});

test("no text, and no place in one, throws", () => {
  const text = "a: &x [*a, {b: ? c\n- - d:\n\t'e\": |\n  f\n]}\n--- !t\r\n🚢: 🚢\u0000 # \n";
  for (let offset = 0; offset <= text.length; offset++) {
    placeAt(text, offset);
    fieldAt(yamlLanguage.parser.parse(text), text, offset);
  }
});

const TEXT = `services:
  api: # the API
    python: { app: "app.main:app" }
    needs:
      - db
    memory: &m { limit: 256Mi }

  "db": { postgres: {} }
`;
const TREE = yamlLanguage.parser.parse(TEXT);

test("the field at the caret is the one of its line, wherever on it the caret is", () => {
  const field = (word, move = 0) => fieldAt(TREE, TEXT, TEXT.indexOf(word) + move)?.path.join(".");
  assert.equal(field("256Mi", 2), "services.api.memory.limit");
  assert.equal(field("limit"), "services.api.memory.limit");
  assert.equal(field("    memory"), "services.api.memory");
  assert.equal(field("- db", 4), "services.api.needs.0");
  assert.equal(field('"db"', 1), "services.db");
  assert.equal(field("api:"), "services.api");
  assert.equal(field("# the API", 3), undefined);
  assert.equal(field("\n\n", 1), undefined);
});

test("a path is found as far as it is written", () => {
  const written = (path) => {
    const place = locate(TREE, TEXT, path.split("."));
    return place && TEXT.slice(place.from, place.to);
  };
  assert.equal(written("services.api.memory.limit"), "256Mi");
  assert.equal(written("services.api.memory.process"), "memory");
  assert.equal(written("services.api.needs.0"), "db");
  assert.equal(written("services.api.needs.7"), "needs");
  assert.equal(written("services.db.postgres"), "postgres");
  assert.equal(written("services.web"), "services");
  assert.equal(written("traffic.peak"), undefined);
});

test("what is written at a path is its key and all of its value", () => {
  const whole = (path) => {
    const range = extent(TREE, TEXT, path.split("."));
    return range && TEXT.slice(range.from, range.to);
  };
  assert.equal(whole("services.db"), '"db": { postgres: {} }');
  assert.match(whole("services.api"), /^api: [^]*256Mi }$/);
  assert.equal(whole("services.api.needs.0"), "db");
  assert.equal(whole("services.web"), undefined);
});

test("the keys of a mapping are told without their quotes", () => {
  assert.deepEqual(keysAt(TREE, TEXT, ["services"]), ["api", "db"]);
  assert.deepEqual(keysAt(TREE, TEXT, ["services", "api", "needs"]), []);
});
