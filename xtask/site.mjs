// Trunk's last step (see Trunk.toml): finishes the site in its staging folder.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";

const { build, transform } = await import("esbuild").catch(() => {
  throw new Error("The packages of package.json are missing: run `npm ci` (or `cargo xtask serve`, which does).");
});
const site = process.env.TRUNK_STAGING_DIR;
if (process.env.TRUNK_PROFILE === "release") await minify();
const page = join(site, "index.html");
let html = await readFile(page, "utf8");
html = await sayWords(html);
html = await bundleStyles(html);
html = await bundleEditor(html);
html = await nameEngine(html);
html = await splitPage(html);
html = await moveInlineScripts(html);
await bundleEmbed();
await writeFile(page, html);

/** Minifies scripts and styles in place: Trunk's own minifier stumbles over what wasm-bindgen writes. */
async function minify() {
  for (const name of await readdir(site, { recursive: true })) {
    const loader = extname(name).slice(1);
    if (loader !== "js" && loader !== "css") continue;
    const file = join(site, name);
    const { code } = await transform(await readFile(file, "utf8"), { loader, minify: true });
    await writeFile(file, code);
  }
}

/** Fills in what the page says before its program has come, in the program's own words: `{HEADLINE}` is a constant there. */
async function sayWords(html) {
  const sources = await Promise.all(["header", "start"].map((part) => readFile(`src/app/${part}.rs`, "utf8")));
  return html.replace(/\{([A-Z]+)\}/g, (_, name) => {
    const [, text] = sources.join("").match(new RegExp(`const ${name}: &str = "((?:[^"\\\\]|\\\\\n)*)"`)) ?? [];
    if (text === undefined) throw new Error(`src/app/ has no plain ${name}`);
    return text.replace(/\\\n\s*/g, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  });
}

/** Puts the style sheets into one file: each is asked for before anything is drawn. */
async function bundleStyles(html) {
  const tags = [...html.matchAll(/<link rel="stylesheet" href="(?:\.\/)?([^"]+)"[^>]*>\s*/g)];
  const styles = await Promise.all(tags.map(([, name]) => readFile(join(site, name), "utf8")));
  await Promise.all(tags.map(([, name]) => rm(join(site, name))));
  const name = await store("style", styles.join("\n"), "css");
  return tags.reduce((html, [tag], index) => html.replace(tag, index ? "" : `<link rel="stylesheet" href="${name}">`), html);
}

/** Bundles the editor, which the page imports when it needs it, and puts the bundle's name into the page. */
async function bundleEditor(html) {
  const { outputFiles } = await build({
    entryPoints: ["src/app/editor/codemirror.js"],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    write: false,
  });
  const name = await store("editor/editor", outputFiles[0].text);
  return html.replace("editor/editor.js", name);
}

/** Makes the script by which other pages embed this one. They name it, so its name stays the same. */
async function bundleEmbed() {
  await build({
    entryPoints: ["src/app/embed/host.js"],
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    legalComments: "none",
    outfile: join(site, "embed.js"),
  });
}

/** Puts the engine's two files, which Trunk names after the program, under names that change with their content. */
async function nameEngine(html) {
  const [script, code] = ["plimsoll-engine.js", "plimsoll-engine_bg.wasm"];
  const start = await readFile("src/app/client/start.js", "utf8");
  const scriptName = await store("plimsoll-engine", `${await readFile(join(site, script), "utf8")}\n${start}`);
  await rm(join(site, script));
  const codeName = `plimsoll-engine-${hash(await readFile(join(site, code)))}_bg.wasm`;
  await rename(join(site, code), join(site, codeName));
  return html.replace(`"${script}"`, `"${scriptName}"`).replace(`"${code}"`, `"${codeName}"`);
}

/** Puts two programs in the place of the one that Trunk made. */
async function splitPage(html) {
  const { split } = await import("./split.mjs");
  const { script, code, rest } = await split(process.env.TRUNK_PROFILE, store);
  const names = (await readdir(site)).filter((name) => /^plimsoll-web-[0-9a-f]+(_bg\.wasm|\.js)$/.test(name) && ![script, code, rest].includes(name));
  for (const name of names) {
    await rm(join(site, name));
    html = html.replaceAll(name, name.endsWith(".js") ? script : code);
  }
  await rm(join(site, "snippets"), { recursive: true, force: true });
  const isOfSnippet = /<link[^>]*\bsnippets\/[^>]*>\s*/g;
  return html.replace(isOfSnippet, "");
}

/** Moves scripts that Trunk wrote into the page to files of their own: the page's policy allows none inline. */
async function moveInlineScripts(html) {
  let moved = "";
  let rest = 0;
  for (const { 0: whole, 1: attributes, 2: code, index } of html.matchAll(/<script((?![^>]*\bsrc=)[^>]*)>(.+?)<\/script>/gs)) {
    const name = await store("start", reload(code));
    moved += `${html.slice(rest, index)}<script${attributes} src="${name}"></script>`;
    rest = index + whole.length;
  }
  return moved + html.slice(rest);
}

/** `trunk serve` fills in these places of its reload script, but only in the page itself. */
function reload(code) {
  return code
    .replace(/['`]{{__TRUNK_ADDRESS__}}['`]/, "location.host")
    .replace(/['`]{{__TRUNK_WS_BASE__}}['`]/, 'new URL(".", document.baseURI).pathname');
}

/** Writes a script under a name that changes with its content, so that browsers may keep it for ever. */
async function store(stem, code, kind = "js") {
  const name = `${stem}-${hash(code)}.${kind}`;
  await mkdir(dirname(join(site, name)), { recursive: true });
  await writeFile(join(site, name), code);
  return name;
}

/** What changes when the content does. */
function hash(content) {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}
