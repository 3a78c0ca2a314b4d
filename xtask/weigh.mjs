// Prints what each file of a built site weighs, raw and compressed: `node xtask/weigh.mjs dist/site`.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

const site = process.argv[2];
const page = readFileSync(join(site, "index.html"), "utf8");
const files = readdirSync(site, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => statSync(join(site, name)).isFile() && !/\.(br|gz)$|^_headers$/.test(name))
  .map((name) => {
    const bytes = readFileSync(join(site, name));
    return { name, first: isNeededFirst(name), raw: bytes.length, brotli: brotliCompressSync(bytes).length };
  })
  .sort((a, b) => b.brotli - a.brotli);

for (const [title, first] of [
  ["Before the page is usable", true],
  ["Later, when it is asked for", false],
]) {
  const group = files.filter((file) => file.first === first);
  console.log(`\n${title.padEnd(48)} ${"raw".padStart(12)} ${"brotli".padStart(12)}`);
  for (const file of group) printRow(file.name, file);
  printRow("together", { raw: sum(group, "raw"), brotli: sum(group, "brotli") });
}

/** Browsers load what the page names in its scripts and links at once, all but the editor (see index.html). */
function isNeededFirst(name) {
  const tags = page.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return name === "index.html" || tags.some((tag) => tag.includes(name) && !/rel="?editor/.test(tag));
}

function printRow(name, { raw, brotli }) {
  console.log(`  ${name.padEnd(46)} ${bytes(raw)} ${bytes(brotli)}`);
}

function bytes(count) {
  return count.toLocaleString("en").padStart(12);
}

function sum(group, figure) {
  return group.reduce((total, file) => total + file[figure], 0);
}
