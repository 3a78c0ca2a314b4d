// Nothing that a person wrote is lost.
import assert from "node:assert/strict";
import { editor, example, openDrafts, openExample, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const MINE = "name: mine\nservices:\n  api:\n    python: {}\n";

scenario("a reload keeps the text", {}, async ({ page }) => {
  await write(page, MINE);
  await page.locator(".topology-name", { hasText: "mine" }).waitFor();
  await page.reload({ waitUntil: "networkidle" });
  assert.equal(await written(page), MINE);
  assert.match(await (await editor(page)).innerText(), /^name: mine/);
  await page.locator(".topology-name", { hasText: "mine" }).waitFor();
});

scenario("an example does not cost the text that was there", {}, async ({ page, shot }) => {
  await write(page, MINE);
  await openExample(page, "Shop");
  await page.locator(".topology-name", { hasText: "shop" }).waitFor();
  await shot("kept");
  await page.getByRole("button", { name: "Bring it back" }).click();
  assert.equal(await written(page), MINE);

  await openExample(page, "A Django site");
  await write(page, example("django").replace("workers: 3", "workers: 2"));
  await openExample(page, "Shop");
  await page.reload({ waitUntil: "networkidle" });
  await (await openDrafts(page)).getByRole("button", { name: /^mine/ }).click();
  assert.equal(await written(page), MINE);
  await (await openDrafts(page)).getByRole("button", { name: /^magazine/ }).click();
  assert.match(await written(page), /workers: 2/);
});

scenario("an example that nobody changed leaves nothing behind", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await openExample(page, "A Django site");
  await page.locator(".topology-name", { hasText: "magazine" }).waitFor();
  assert.equal(await page.getByText("Your own text is kept").count(), 0);
});

scenario("a browser that keeps nothing is told of, and everything else works", { blank: true }, async ({ page, url }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await write(page, MINE);
  await page.getByText("not saved: this browser keeps nothing").waitFor();
  await openExample(page, "Shop");
  await page.getByRole("button", { name: "Bring it back" }).click();
  await page.locator(".topology-name", { hasText: "mine" }).waitFor();
});

scenario("a full browser is told of", { blank: true }, async ({ page, url }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await write(page, MINE);
  await page.getByText("not saved: this browser has no room left").waitFor();
});

scenario("typing before the full editor has come is kept", { blank: true }, async ({ page, url }) => {
  /** @type {(value?: unknown) => void} */
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/editor/*.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(url);
  const plain = page.locator("textarea");
  await plain.fill("name: early\n");
  await plain.press("ControlOrMeta+End");
  release();
  await (await editor(page)).waitFor();
  await page.waitForFunction(() => document.activeElement.className.includes("cm-content"));
  await page.keyboard.type("services: {}");
  assert.equal(await written(page), "name: early\nservices: {}");
});
