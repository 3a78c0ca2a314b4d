// What is offered at the caret (`¦`), by the published schema.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { options } from "../../src/app/editor/completion.js";
import { defaultOf, fieldOf, fieldsIn, kindOf, valuesOf } from "../../src/app/editor/schema.js";
import { AMOUNTS } from "../../src/app/editor/words.js";

const SCHEMA = JSON.parse(readFileSync(new URL("../../public/schema.json", import.meta.url), "utf8"));

function offered(marked) {
  return options(SCHEMA, marked.replace("¦", ""), marked.indexOf("¦"))?.options ?? [];
}
const labels = (marked) => offered(marked).map(({ label }) => label);

/** The text once the option `label` is taken, with the caret in it. */
function taken(marked, label) {
  const text = marked.replace("¦", "");
  const { from, to, options: all } = options(SCHEMA, text, marked.indexOf("¦"));
  const { insert, caret } = all.find((option) => option.label === label);
  return text.slice(0, from) + insert.slice(0, caret) + "¦" + insert.slice(caret) + text.slice(to);
}

test("an empty document is offered the document's keys", () => {
  assert.deepEqual(labels("¦").sort(), ["cluster", "environments", "machines", "name", "server", "services", "traffic", "version"]);
});

test("keys that are there are not offered again", () => {
  const keys = labels("services:\n  api:\n    python: {}\n    memory: { limit: 1Gi, ¦ }\n");
  for (const key of ["per_request", "process", "shared"]) assert.ok(keys.includes(key), key);
  assert.ok(!keys.includes("limit"));
});

test("a service that is something is not offered to be something else too", () => {
  const none = labels("services:\n  api:\n    ¦\n");
  for (const kind of ["python", "postgres", "dockerfile", "image", "replicas"]) assert.ok(none.includes(kind), kind);
  const one = labels("services:\n  api:\n    python: {}\n    ¦\n");
  for (const kind of ["python", "postgres", "dockerfile"]) assert.ok(!one.includes(kind), kind);
  assert.ok(one.includes("image") && one.includes("replicas"));
});

test("what a service is comes first", () => {
  const all = offered("services:\n  api:\n    ¦\n");
  const kinds = all.filter(({ isKind }) => isKind).map(({ label }) => label);
  assert.ok(kinds.includes("go") && kinds.includes("redis") && !kinds.includes("memory"), kinds.join(" "));
  assert.ok(all.every(({ isKind, rank }) => isKind === rank > 0));
});

test("values of which there are few are offered, the default first", () => {
  assert.deepEqual(labels("cluster:\n  gateway: ¦\n"), ["gateway-api", "ingress"]);
  assert.deepEqual(labels("services: { api: { public: { tls: ¦ } } }\n"), ["true", "false"]);
  const packages = offered("services: { api: { python: { packages: p¦ } } }\n");
  assert.deepEqual(packages.filter(({ rank }) => rank > 0).map(({ label }) => label), ["uv"]);
  assert.deepEqual(labels("services: { api: { python: { version: ¦ } } }\n"), ['"3.14"']);
});

test("needs are the other services, once each", () => {
  assert.deepEqual(labels("services:\n  api: { needs: [db, ¦] }\n  db: {}\n  cache: {}\n"), ["cache"]);
  assert.deepEqual(labels("services:\n  api:\n    needs:\n      - db\n      - ¦\n  db: {}\n  cache: {}\n"), ["cache"]);
});

test("an environment is offered the services that it can change", () => {
  const text = "services:\n  api: {}\n  db: {}\nenvironments:\n  staging:\n    services:\n      api: {}\n      ¦\n";
  assert.deepEqual(labels(text), ["db"]);
});

test("an amount is offered with its units, and each is one that the schema takes", () => {
  assert.deepEqual(labels("services: { api: { memory: { limit: 256¦ } } }\n").slice(0, 2), ["256Mi", "256Gi"]);
  assert.deepEqual(labels("traffic: { rate: 40¦ }\n"), ["40/s", "40/min", "40/h"]);
  assert.deepEqual(labels("services: { api: { cpu: { request: 250¦ } } }\n"), ["250m"]);
  assert.deepEqual(labels("services: { api: { memory: { copied: 30¦ } } }\n"), ["30%"]);
  const amounts = Object.entries(SCHEMA.$defs).filter(([, { pattern }]) => pattern);
  assert.ok(amounts.length >= 5);
  for (const [type, { pattern }] of amounts) {
    for (const unit of Object.keys(AMOUNTS[type].units)) assert.match(`7${unit}`, new RegExp(pattern), type);
  }
});

test("what is taken has the shape of its value, in block and in flow", () => {
  assert.equal(taken("services:\n  api:\n    rep¦\n", "replicas"), "services:\n  api:\n    replicas: ¦\n");
  assert.equal(taken("services:\n  api:\n    p¦\n", "python"), "services:\n  api:\n    python: { ¦ }\n");
  assert.equal(taken("services:\n  api:\n    n¦\n", "needs"), "services:\n  api:\n    needs: [¦]\n");
  assert.equal(taken("services:\n  api:\n    e¦\n", "env"), "services:\n  api:\n    env:\n      ¦\n");
  assert.equal(taken("services:\n  a:\n    b¦\n", "before_start"), "services:\n  a:\n    before_start:\n      - ¦\n");
  assert.equal(taken("services: { a: { b¦ } }\n", "before_start"), "services: { a: { before_start: [¦] } }\n");
  assert.equal(taken("se¦\n", "services"), "services:\n  ¦\n");
  assert.equal(taken("cluster:\n  gate¦: ingress\n", "gateway"), "cluster:\n  gateway¦: ingress\n");
  assert.equal(taken("cluster:\n  gateway: ing¦\n", "ingress"), "cluster:\n  gateway: ingress¦\n");
});

test("names that people choose are left to them", () => {
  assert.deepEqual(labels("services:\n  ¦\n"), []);
  assert.deepEqual(labels("services:\n  api:\n    env:\n      ¦\n"), []);
  assert.deepEqual(labels("nothing:\n  known: ¦\n"), []);
});

test("a description is told apart from its default", () => {
  const field = (path) => fieldOf(SCHEMA, path.split("."));
  const version = field("services.api.python.version");
  assert.deepEqual([version.about, version.byDefault], ["The version of Python.", "`3.14`"]);
  const celery = field("services.api.celery.concurrency");
  assert.equal(celery.byDefault, "2");
  assert.match(celery.about, /^Processes that run tasks, 1 to 256\. Left to Celery/);
  assert.equal(field("cluster.nodes").about, "Groups of equal machines.");
});

test("every field of the schema has a kind in words, and says what it is", () => {
  let count = 0;
  const walk = (field, path) => {
    assert.ok(path.length < 9, path.join("."));
    for (const [name, inner] of fieldsIn(SCHEMA, field) ?? []) {
      const where = [...path, name].join(".");
      assert.notEqual(kindOf(SCHEMA, inner), "", where);
      assert.notEqual(inner.about, "", where);
      const usual = defaultOf(inner);
      if (valuesOf(inner).length > 0 && usual) {
        assert.ok(valuesOf(inner).some(({ value }) => value === usual), `${where}: ${usual}`);
      }
      count += 1;
      walk(inner, [...path, name]);
      const below = [...path, name];
      for (const step of ["x", 0]) {
        const item = fieldOf(SCHEMA, [...below, step]);
        if (item && !fieldsIn(SCHEMA, inner)) walk(item, [...below, step]);
      }
    }
  };
  walk(fieldOf(SCHEMA, []), []);
  assert.ok(count > 100, String(count));
});
