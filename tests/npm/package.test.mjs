// The core from Node, as a docs build or a CI job calls it. `cargo xtask test --only npm` builds the package.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const PACKAGE = resolve(process.env.PLIMSOLL_PACKAGE ?? "dist/npm");
const { analyze, generate, plan, version } = await import(pathToFileURL(join(PACKAGE, "index.js")).href);
const EXAMPLES = readdirSync("examples").filter((name) => name.endsWith(".yaml"));
const example = (name) => readFileSync(`examples/${name}`, "utf8");

test("the package is of the version that the command is", () => {
  const [, written] = readFileSync("Cargo.toml", "utf8").match(/^version = "(.*)"/m);
  assert.equal(version, written);
  assert.equal(JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")).version, written);
});

test("every example gives the reviewed files, byte for byte", () => {
  for (const name of EXAMPLES) {
    for (const [folder, explain] of [["clean", false], ["explained", true]]) {
      const { files } = generate(example(name), { explain });
      assert.ok(files.length > 1, name);
      for (const { path, text } of files) {
        const reviewed = `tests/golden/${name.replace(".yaml", "")}/${folder}/${path}`;
        assert.equal(text, readFileSync(reviewed, "utf8"), reviewed);
      }
    }
  }
});

test("an environment has files and a plan of its own, and one that is not there is a finding", () => {
  const text = example("environments.yaml");
  const replicas = ["staging", "production"].map((environment) => plan(text, { environment }).plan.services[0].steady.replicas);
  assert.deepEqual(replicas, [1, 3]);
  const { findings, files } = analyze(text, { environment: "nowhere" });
  assert.ok(findings.some(({ rule }) => rule === "unknown-environment"));
  assert.deepEqual(files, []);
});

test("what is wrong is a finding with its place, and never thrown", () => {
  const { findings } = analyze("services:\n  api: { python: {}, replica: 2 }\n");
  const [{ rule, severity, start, field, fix }] = findings;
  assert.deepEqual([rule, severity, start.line, field], ["unknown-key", "error", 2, "services.api.replica"]);
  assert.match(fix.edits[0].text, /replicas/);
  for (const text of ["", "[", "\u0000", "a: &a [*a, *a]", "{".repeat(100_000), "\ud800"]) {
    assert.equal(typeof analyze(text).findings.length, "number");
  }
  assert.throws(() => analyze(undefined), TypeError);
});

test("the types are those of all that comes back", { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-types-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(PACKAGE, join(folder, "node_modules/plimsoll"), "junction");
  // A literal of a type may have no more, and no less, than the type has.
  const values = EXAMPLES.map((name, index) => `const value${index}: Analysis = ${JSON.stringify(analyze(example(name)))};`);
  const calls = 'analyze("", { environment: "a" }); generate("", { explain: true }).files[0]?.path; plan("").plan?.cluster?.nodes;';
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "check.ts"), `import { analyze, generate, plan, type Analysis } from "plimsoll";\n${calls}\n${values.join("\n")}\n`);
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022"];
  const compile = (file) => execFileSync(process.execPath, [resolve("node_modules/typescript/bin/tsc"), ...options, file], { cwd: folder, stdio: "pipe" });
  try {
    compile("check.ts");
  } catch (error) {
    assert.fail(String(error.stdout).slice(0, 4000));
  }
  writeFileSync(join(folder, "wrong.ts"), 'import { analyze } from "plimsoll";\nanalyze("").plan.server;\n');
  assert.throws(() => compile("wrong.ts"), "a plan may be null");
});
