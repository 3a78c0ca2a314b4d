// The last step of a release: `node xtask/release.mjs FOLDER` makes the built site in FOLDER work without a network, and
// ready for hosts: a service worker, `_headers`, and each file compressed beside it. What configures nginx and Caddy, and
// an image, goes into the folder hosting/ beside it. With --uncompressed there are no copies.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { transform } from "esbuild";
import { DOCKERFILE, HASHED, cacheControl, caddy, headers, isHashed, nginx } from "./hosting.mjs";

const WORKER = "service-worker.js";
/** Files that are not the page's own: others ask for them, or only the host does. */
const NOT_KEPT = new Set([WORKER, "_headers", "embed.js"]);
/** What becomes smaller. */
const COMPRESSED = new Set([".css", ".html", ".js", ".json", ".svg", ".txt", ".wasm", ".webmanifest"]);

const [site, option] = process.argv.slice(2);
await forgetCompressed();
const page = join(site, "index.html");
const html = withWorker(await readFile(page, "utf8"));
await writeFile(page, html);
await writeFile(join(site, WORKER), await serviceWorker());
await writeFile(join(site, "_headers"), await headersFile());
if (option !== "--uncompressed") await compress();
await configureHosts();

/** A build over an older one leaves no stale copies. */
async function forgetCompressed() {
  const stale = (await files()).filter((name) => /\.(br|gz)$/.test(name));
  await Promise.all(stale.map((name) => rm(join(site, name))));
}

/** The page registers the worker that it names; `trunk serve` names none, since a kept page would hide every change. */
function withWorker(html) {
  return html.includes('rel="offline"') ? html : html.replace("</head>", `<link rel="offline" href="${WORKER}"></head>`);
}

/** The service worker of exactly these files. */
async function serviceWorker() {
  const kept = (await files()).filter((name) => !NOT_KEPT.has(name)).sort();
  const list = await Promise.all(kept.map(async (name) => [name, `sha256-${await sha256(name, "base64")}`]));
  const release = createHash("sha256").update(JSON.stringify(list)).digest("hex").slice(0, 16);
  const source = await readFile("src/app/offline/service-worker.js", "utf8");
  const filled = { RELEASE_FILES: list, RELEASE_NAME: release, HASHED_NAME: HASHED };
  const define = Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, JSON.stringify(value)]));
  const { code } = await transform(source, { define, minify: true, target: "es2022" });
  return code;
}

/** What Netlify and Cloudflare Pages read: https://docs.netlify.com/routing/headers/. */
async function headersFile() {
  const lines = ["/*", ...headers(html).map(([name, value]) => `  ${name}: ${value}`)];
  for (const name of (await files()).filter(isHashed).sort()) {
    lines.push(`/${name}`, `  Cache-Control: ${cacheControl(name)}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Puts a brotli and a gzip copy beside each file that gets smaller by it, for hosts that serve those. */
async function compress() {
  const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  /** @type {[string, (bytes: Buffer) => Promise<Buffer>][]} */
  const copies = [
    [".br", (bytes) => promisify(brotliCompress)(bytes, best)],
    [".gz", (bytes) => promisify(gzip)(bytes, { level: 9 })],
  ];
  const names = (await files()).filter((name) => COMPRESSED.has(extname(name)));
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(join(site, name));
      for (const [ending, pack] of copies) {
        const packed = await pack(bytes);
        if (packed.length < bytes.length) await writeFile(join(site, name + ending), packed);
      }
    }),
  );
}

async function configureHosts() {
  const folder = join(dirname(resolve(site)), "hosting");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "nginx.conf"), nginx(html));
  await writeFile(join(folder, "Caddyfile"), caddy(html));
  await writeFile(join(folder, "Dockerfile"), DOCKERFILE);
}

/** All files of the site, with `/` in their paths. */
async function files() {
  const names = (await readdir(site, { recursive: true })).map((name) => name.replaceAll("\\", "/"));
  const isFile = await Promise.all(names.map(async (name) => (await stat(join(site, name))).isFile()));
  return names.filter((_, index) => isFile[index]);
}

async function sha256(name, encoding) {
  return createHash("sha256").update(await readFile(join(site, name))).digest(encoding);
}
