// What the end-to-end tests share: a browser with the built page in it, watched for whatever must not happen.
//
// `cargo xtask test` says by PLIMSOLL_SITE and CHROME where the built site and the browser are. Run by hand, with
// `node --test tests/e2e/page.test.mjs`, they take what `cargo xtask dist` built.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";
import { serveBy } from "./web-servers.mjs";

/** The built site. */
export const SITE = process.env.PLIMSOLL_SITE ?? fileURLToPath(new URL("../../dist/site", import.meta.url));
const SCREENSHOTS = fileURLToPath(new URL("screenshots/", import.meta.url));
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser;
after(() => browser?.close());

/**
 * @typedef {object} Options
 * @property {string} [under] The path that the site is put under, with a slash at both ends. Default "/".
 * @property {string} [path] What follows the site's address: a query or a fragment. Default "".
 * @property {{ width: number, height: number }} [viewport] Default 1440 × 900.
 * @property {"light" | "dark"} [colorScheme] Default "light".
 * @property {"allow" | "block"} [serviceWorkers] Whether the page may keep itself for later. Default "allow".
 * @property {boolean} [blank] Whether to start without opening the page. Default false.
 * @property {Parameters<typeof serveBy>[0]} [elsewhere] Starts the server; by default server.mjs serves.
 * @property {boolean} [copy] Whether to serve a copy of the site, which the test may change. Default false.
 * @property {(site: string, docs: string) => Record<string, string | Uint8Array>} [docs] Another site, which embeds the page:
 *   its files by their paths, made with the addresses of the page's site and its own. It is opened in place of the page.
 */

/**
 * @typedef {object} Stage
 * @property {import("playwright-core").Page} page The page, loaded.
 * @property {string} url The site's address.
 * @property {{ close: () => void }} site The server of the site.
 * @property {string} [docs] The address of the site that embeds the page.
 * @property {string} folder The folder that is served.
 * @property {(mishap: RegExp) => void} mayFail Says what is meant to go wrong.
 * @property {(name: string) => Promise<void>} shot Saves a picture as tests/e2e/screenshots/NAME.png.
 */

/**
 * A test in a browser profile of its own. Beside what `body` asserts, it fails when the browser reported an error or a
 * warning, the page broke its own security policy, a request failed, or anything was asked of another server.
 * @param {string} name
 * @param {Options} options
 * @param {(stage: Stage) => Promise<void>} body
 */
export function scenario(name, options, body) {
  test(name, { timeout: 60_000 }, async () => {
    const { under = "/", path = "", viewport = { width: 1440, height: 900 }, colorScheme = "light", serviceWorkers = "allow" } = options;
    const { blank, copy, elsewhere, docs: files } = options;
    browser ??= await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: FLAGS });
    const folder = copy ? mkdtempSync(join(tmpdir(), "plimsoll-site-")) : SITE;
    if (copy) cpSync(SITE, folder, { recursive: true });
    const site = elsewhere ? await serveBy(elsewhere) : await serve(folder, under);
    const docs = files && (await serveDocs((docs) => files(site.url, docs)));
    const context = await browser.newContext({ viewport, colorScheme, serviceWorkers, reducedMotion: "reduce" });
    try {
      const page = await context.newPage();
      const mishaps = await watch(page, docs ? [site.url, docs.url] : [site.url]);
      // With frames that come at once, the browser's driver does not always see the network come to rest.
      if (!blank) await page.goto((docs ?? site).url + path, { waitUntil: docs ? "load" : "networkidle" });
      const expected = [];
      const mayFail = (mishap) => expected.push(mishap);
      await body({ page, url: site.url, docs: docs?.url, site, folder, mayFail, shot: (picture) => shot(page, picture) });
      const unexpected = mishaps.filter((mishap) => !expected.some((pattern) => pattern.test(mishap)));
      assert.deepEqual(unexpected, [], "what must not happen in the page");
    } finally {
      await context.close();
      site.close();
      docs?.close();
      if (copy) rmSync(folder, { recursive: true });
    }
  });
}

/** Collects, in words, everything that goes wrong in `page` whichever way it is used. */
async function watch(page, sites) {
  const mishaps = [];
  const origins = sites.map((site) => new URL(site).origin);
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) mishaps.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => mishaps.push(`uncaught: ${error.stack ?? error}`));
  // Leaving a page breaks off what it was still loading, such as the engine's script for another worker.
  const loading = new Set();
  const left = new WeakSet();
  page.on("request", (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) for (const other of loading) left.add(other);
    loading.add(request);
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && !origins.includes(url.origin)) mishaps.push(`foreign request: ${url}`);
  });
  page.on("requestfinished", (request) => loading.delete(request));
  page.on("requestfailed", (request) => {
    loading.delete(request);
    if (left.has(request) && request.failure()?.errorText === "net::ERR_ABORTED") return;
    mishaps.push(`failed request: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) mishaps.push(`status ${response.status()}: ${response.url()}`);
  });
  await page.exposeFunction("reportViolation", (what) => mishaps.push(`security policy: ${what}`));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  return mishaps;
}

/** Serves files from another origin, and another site, than the page's: that has an address in numbers. */
async function serveDocs(files) {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-docs-"));
  const server = await serve(folder);
  const url = server.url.replace("127.0.0.1", "localhost");
  for (const [path, content] of Object.entries(files(url))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const close = () => {
    server.close();
    rmSync(folder, { recursive: true });
  };
  return { url, close };
}

async function shot(page, name) {
  await page.screenshot({ path: `${SCREENSHOTS}${name}.png` });
}
