// Without a network, and from one release to the next.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { fileText, openExample, ROOT, write, written } from "./desk.mjs";
import { SITE, scenario } from "./harness.mjs";

/** Waits until the release is kept, and answers for the page. */
const isKept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller);

for (const under of ["/", "/docs/plimsoll/"]) {
  scenario(`without a network, from a cold start to the files, under ${under}`, { under }, async ({ page, site, url }) => {
    await isKept(page);
    site.close();
    await page.context().setOffline(true);
    await page.goto(url, { waitUntil: "load" });
    await openExample(page, "Shop");
    await page.getByRole("heading", { name: /^It floats/ }).waitFor();
    await write(page, "services:\n  api: { python: { app: main:app } }\n");
    assert.match(await fileText(page, "Dockerfile"), /main:app/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download files" }).click(),
    ]);
    assert.equal(download.suggestedFilename(), "app.zip");
  });
}

scenario("a newer release is told of, and opens when the person asks", { copy: true }, async ({ page, folder }) => {
  await isKept(page);
  await write(page, "name: mine\n");
  await release(folder, "newer");
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.getByText("A newer version of this page is ready").waitFor();
  assert.equal(await page.title(), "Plimsoll", "the open page keeps its own release");
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Open it" }).click()]);
  assert.equal(await page.title(), "Plimsoll newer");
  assert.equal(await written(page), "name: mine\n");
});

scenario("an open page goes on with its own release when another tab has opened others", { copy: true }, async ({ page, folder, url }) => {
  await isKept(page);
  const other = await page.context().newPage();
  await other.goto(url);
  const open = async (title) => {
    await release(folder, title);
    await other.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await other.getByText("A newer version of this page is ready").waitFor();
    await Promise.all([other.waitForEvent("load"), other.getByRole("button", { name: "Open it" }).click()]);
    assert.equal(await other.title(), `Plimsoll ${title}`);
  };
  // What is asked for late: a file whose name tells its release, and one that is called the same in all.
  const late = (page) =>
    page.evaluate(async () => {
      const editor = await fetch((/** @type {HTMLLinkElement} */ (document.querySelector("link[rel=editor]"))).href);
      const schema = await fetch("schema.json");
      return [(await editor.text()) && editor.status, (await schema.json()).$comment];
    });
  await open("newer");
  await open("newest");
  assert.deepEqual(await late(other), [200, "newest"]);
  assert.deepEqual(await late(page), [200, undefined]);
  assert.equal(await page.title(), "Plimsoll");

  // A release that no page is of any more is forgotten when the next takes over.
  await page.goto("about:blank");
  await open("last");
  const kept = await other.evaluate(async () => (await caches.keys()).length);
  assert.equal(kept, 3, "the last, the one that was open until then, and which page is of which");
});

scenario("half of a release is none", { copy: true }, async ({ page, folder, mayFail, url }) => {
  await isKept(page);
  await release(folder, "newer");
  // The host has the new worker and, so far, the old page.
  await cp(join(SITE, "index.html"), join(folder, "index.html"));
  mayFail(/index\.html|integrity/);
  const outcome = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    const worker = registration.installing;
    if (worker) await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    return { waiting: Boolean(registration.waiting), state: worker?.state };
  });
  assert.deepEqual(outcome, { waiting: false, state: "redundant" });
  await page.goto(url);
  assert.equal(await page.title(), "Plimsoll");
});

/** Makes another release of the site in `folder`: its page has another title, its schema says so too, its editor has another name. */
async function release(folder, title) {
  const checksum = Buffer.from(title).toString("hex").padEnd(16, "0").slice(0, 16);
  const [page, schema] = ["index.html", "schema.json"].map((name) => join(folder, name));
  const html = await readFile(page, "utf8");
  const [editor] = html.match(/editor\/editor-\w+\.js/);
  const renamed = `editor/editor-${checksum}.js`;
  await rename(join(folder, editor), join(folder, renamed));
  await writeFile(page, html.replace(/<title>[^<]*/, `<title>Plimsoll ${title}`).replace(editor, renamed));
  await writeFile(schema, JSON.stringify({ ...JSON.parse(await readFile(schema, "utf8")), $comment: title }));
  await promisify(execFile)(process.execPath, ["xtask/release.mjs", folder, "--uncompressed"], { cwd: ROOT });
}
