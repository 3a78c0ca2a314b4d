// Without a network, and from one release to the next.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { editor, fileText, openExample, ROOT, write, written } from "./desk.mjs";
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

scenario("an open page goes on with its own release when another tab has opened the next", { copy: true, blank: true }, async ({ page, folder, url }) => {
  // The editor, which is asked for later, is held back until the next release has taken over.
  let let_go;
  const held = new Promise((resolve) => (let_go = resolve));
  await page.route("**/editor/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(url);
  await isKept(page);
  const other = await page.context().newPage();
  await other.goto(url);
  await release(folder, "newer");
  await other.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await other.getByText("A newer version of this page is ready").waitFor();
  await Promise.all([other.waitForEvent("load"), other.getByRole("button", { name: "Open it" }).click()]);
  assert.equal(await other.title(), "Plimsoll newer");
  let_go();
  await editor(page);
  assert.equal(await page.title(), "Plimsoll");
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

/** Makes another release of the site in `folder`: its page has another title. */
async function release(folder, title) {
  const page = join(folder, "index.html");
  await writeFile(page, (await readFile(page, "utf8")).replace(/<title>[^<]*/, `<title>Plimsoll ${title}`));
  await promisify(execFile)(process.execPath, ["xtask/release.mjs", folder, "--uncompressed"], { cwd: ROOT });
}
