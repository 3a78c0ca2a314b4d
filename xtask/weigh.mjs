// Prints what each file of a built site weighs, raw and compressed, and fails when the page weighs more than it may:
// `node xtask/weigh.mjs dist/site`.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

/** What the compressed files of a group may weigh together, in bytes: what they weighed when it was last set, and 1 %: 213, 350 and 717 kB. */
const GROUPS = [
  { title: "Before the page can be used", has: isNeededFirst, budget: 215_000 },
  { title: "The rest of the page, once it runs", has: (name) => name.includes("plimsoll-web-rest"), budget: 353_000 },
  { title: "The engine, once the page runs", has: (name) => name.includes("plimsoll-engine"), budget: 724_000 },
  { title: "In a page that embeds this one, at first", has: (name) => name === "embed.js", budget: 4096 },
  { title: "Later, when it is asked for", has: () => true },
];

const site = process.argv[2];
const page = readFileSync(join(site, "index.html"), "utf8");
const files = readdirSync(site, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => statSync(join(site, name)).isFile() && !/\.(br|gz)$|^_headers$/.test(name))
  .map((name) => {
    const bytes = readFileSync(join(site, name));
    const group = GROUPS.find((group) => group.has(name));
    return { name, group, raw: bytes.length, brotli: brotliCompressSync(bytes).length };
  })
  .sort((a, b) => b.brotli - a.brotli);

for (const group of GROUPS) {
  console.log(`\n${group.title.padEnd(48)} ${"raw".padStart(12)} ${"brotli".padStart(12)}`);
  const its = files.filter((file) => file.group === group);
  for (const file of its) printRow(file.name, file);
  const [raw, brotli] = [sum(its, "raw"), sum(its, "brotli")];
  printRow("together", { raw, brotli });
  if (group.budget) printRow("at most", { brotli: group.budget });
  if (brotli > group.budget) {
    console.error(`${group.title}: ${brotli - group.budget} bytes more than the budget in xtask/weigh.mjs`);
    process.exitCode = 1;
  }
}

/**
 * Browsers load what the page names in its scripts and links at once; not what it asks for itself (see index.html), nor what
 * is for a home screen, or without a network.
 */
function isNeededFirst(name) {
  const tags = page.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const isLater = (tag) => /rel="?(editor|engine|manifest|apple-touch-icon|offline)/.test(tag);
  return name === "index.html" || tags.some((tag) => tag.includes(name) && !isLater(tag));
}

/**
 * @param {string} name
 * @param {{ raw?: number, brotli: number }} sizes In bytes.
 */
function printRow(name, { raw, brotli }) {
  console.log(`  ${name.padEnd(46)} ${bytes(raw)} ${bytes(brotli)}`);
}

function bytes(count) {
  return (count?.toLocaleString("en") ?? "").padStart(12);
}

function sum(files, figure) {
  return files.reduce((total, file) => total + file[figure], 0);
}
