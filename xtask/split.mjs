// Makes two programs of the page's: the one that can be used at once, and the rest, which is what can be reached from
// `load_views` in `src/app/lazy_views.rs` alone.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";

const NAME = "plimsoll-web";

const run = promisify(execFile);

/**
 * Splits what cargo has just built in that profile. `store(stem, content, ending)` writes a file of the site and returns its
 * name. Returns the names of the script, the program and the rest.
 */
export async function split(profile, store) {
  const work = await mkdtemp(join(tmpdir(), "plimsoll-"));
  try {
    const { stdout } = await run("cargo", ["metadata", "--format-version", "1", "--no-deps", "--offline"], { maxBuffer: 2 ** 26 });
    const built = join(JSON.parse(stdout).target_directory, "wasm32-unknown-unknown", profile, `${NAME}.wasm`);
    await run("wasm-split-cli", [built, work, "--out-name", NAME]);
    const linked = join(work, "linked");
    await run("wasm-bindgen", [join(work, `${NAME}.wasm`), "--target", "web", "--out-dir", linked, "--keep-lld-exports", "--no-typescript"]);
    const isRelease = profile === "release";
    const [code, rest] = await Promise.all(
      [join(linked, `${NAME}_bg.wasm`), join(work, "split_rest.wasm")].map((file) => (isRelease ? optimise(file) : readFile(file))),
    );
    const restName = await store(`${NAME}-rest`, rest, "wasm");
    const glue = "__wasm_split.js";
    await writeFile(join(linked, glue), loader(await readFile(join(work, glue), "utf8"), restName));
    const { outputFiles } = await build({
      entryPoints: [join(linked, `${NAME}.js`)],
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: isRelease,
      legalComments: "none",
      write: false,
    });
    return { script: await store(NAME, outputFiles[0].text, "js"), code: await store(NAME, code, "wasm"), rest: restName };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** For size first, with what `index.html` says of all code: which features the compiler uses. */
async function optimise(file) {
  const [, features] = (await readFile("index.html", "utf8")).match(/data-wasm-opt-params="([^"]+)"/);
  await run("wasm-opt", [file, "-Oz", "--strip-debug", "--strip-producers", ...features.split(" "), "-o", file]);
  return readFile(file);
}

/** What fetches the rest, by its name in the site, and also from a host that does not say that it is code. */
function loader(script, restName) {
  const [named, compiled] = ['"./split_rest.wasm"', "WebAssembly.instantiateStreaming("];
  if (!script.includes(named) || !script.includes(compiled)) throw new Error("wasm-split-cli writes another loader than xtask/split.mjs knows");
  return `${script.replace(named, `"./${restName}"`).replace(compiled, "instantiate(")}\n${instantiate}`;
}

/** Goes into the page. Browsers keep what they compile of code that streams. */
async function instantiate(coming, imports) {
  const answer = await coming;
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${answer.statusText}`);
  const isCode = answer.headers.get("Content-Type")?.startsWith("application/wasm");
  return isCode ? WebAssembly.instantiateStreaming(answer, imports) : WebAssembly.instantiate(await answer.arrayBuffer(), imports);
}
