// Drafts: many texts, several tabs, nothing lost.
import assert from "node:assert/strict";
import { editor, example, openDrafts, openExample, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const MINE = "name: mine\nservices:\n  api:\n    python: {}\n";
const OTHER = MINE.replace("mine", "other");

const named = (page, name) => page.locator(".topology-name", { hasText: new RegExp(`^${name}$`) }).waitFor();

/** Every text that this browser keeps. */
const kept = (page) =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith("plimsoll.draft."))
      .map((key) => localStorage.getItem(key))
      .map((draft) => draft.slice(draft.indexOf("\n") + 1)),
  );

scenario("a draft is named, left for another, deleted, and brought back", {}, async ({ page, shot }) => {
  await write(page, MINE);
  await named(page, "mine");
  await openDrafts(page);
  const name = page.getByRole("textbox", { name: "Name of this draft" });
  await name.fill("Friday's try");
  await name.press("Enter");
  await named(page, "Friday's try");
  await page.getByRole("button", { name: "New, empty" }).click();
  await page.getByRole("heading", { name: /^See what a deployment needs/ }).waitFor();
  await write(page, OTHER);
  await named(page, "other");

  const drafts = await openDrafts(page);
  await drafts.getByText("4 lines, just now").waitFor();
  await shot("drafts");
  await drafts.getByRole("button", { name: "Delete Friday's try" }).click();
  await drafts.getByText("“Friday's try” is deleted.").waitFor();
  assert.deepEqual(await kept(page), [OTHER]);
  await drafts.getByRole("button", { name: "Undo" }).click();
  await drafts.getByRole("button", { name: /^Friday's try/ }).click();
  await named(page, "Friday's try");
  assert.equal(await written(page), MINE);
  assert.deepEqual((await kept(page)).sort(), [MINE, OTHER].sort());
});

scenario("undo after opening an example writes over no draft", {}, async ({ page }) => {
  await write(page, MINE);
  await openExample(page, "Shop");
  await named(page, "shop");
  await page.getByRole("button", { name: "Undo" }).click();
  await named(page, "mine");
  await write(page, OTHER);
  await named(page, "other");
  await page.getByRole("button", { name: "Undo" }).click();
  await named(page, "mine");
  assert.deepEqual(await kept(page), [MINE]);
});

scenario("reload after a crash comes back to the same text", {}, async ({ page, url }) => {
  await write(page, MINE);
  await (await editor(page)).press("ControlOrMeta+End");
  await page.keyboard.type("server: {}");
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  // It never answers.
  session.send("Page.crash").catch(() => {});
  await crashed;
  const again = await page.context().newPage();
  await again.goto(url, { waitUntil: "networkidle" });
  await named(again, "mine");
  assert.equal(await written(again), `${MINE}server: {}`);
});

scenario("two tabs lose nothing", {}, async ({ page, url }) => {
  await write(page, MINE);
  const other = await page.context().newPage();
  await other.goto(url, { waitUntil: "networkidle" });
  await named(other, "mine");
  await write(page, `${MINE}# first tab\n`);
  await other.getByText("This draft was changed in another tab.").waitFor();
  await write(other, `${MINE}# second tab\n`);
  await other.getByText("Both texts are kept").waitFor();
  await write(page, `${MINE}# first tab, again\n`);
  await write(other, `${MINE}# second tab, again\n`);
  assert.deepEqual((await kept(page)).sort(), [`${MINE}# first tab, again\n`, `${MINE}# second tab, again\n`]);
  const drafts = await openDrafts(page);
  await drafts.getByRole("button", { name: /^mine \(2\)/ }).waitFor();
  await page.keyboard.press("Escape");
  await other.bringToFront();
  await other.screenshot({ path: "tests/e2e/screenshots/two-tabs.png" });
});

scenario("a tab that only looks on follows the other when asked", {}, async ({ page, url }) => {
  await write(page, MINE);
  const other = await page.context().newPage();
  await other.goto(url, { waitUntil: "networkidle" });
  await named(other, "mine");
  await write(page, OTHER);
  await other.getByRole("button", { name: "Show the change" }).click();
  await named(other, "other");
  assert.deepEqual(await kept(page), [OTHER]);
});

scenario("a reload of two tabs brings each its own text", {}, async ({ page, url }) => {
  await write(page, MINE);
  const other = await page.context().newPage();
  await other.goto(url, { waitUntil: "networkidle" });
  await named(other, "mine");
  await openExample(other, "Shop");
  await named(other, "shop");
  await page.reload({ waitUntil: "networkidle" });
  await other.reload({ waitUntil: "networkidle" });
  await named(page, "mine");
  await named(other, "shop");
  assert.equal(await written(other), example("shop"));
});

/** Drops a file on the page, as a person drags it from a folder. */
async function drop(page, name, text) {
  await page.evaluate(
    ([name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      const target = document.querySelector(".cm-content");
      for (const kind of ["dragenter", "dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    [name, text],
  );
}

scenario("a file that is dropped on the page opens, and what was there is kept", {}, async ({ page, shot }) => {
  await write(page, MINE);
  await drop(page, "other.yaml", OTHER);
  await page.getByText("This is other.yaml. Your own text is kept.").waitFor();
  await named(page, "other");
  assert.equal(await written(page), OTHER);
  await page.getByRole("button", { name: "Bring it back" }).click();
  await named(page, "mine");

  await drop(page, "compose.yaml", "services:\n  web:\n    build: .\n    ports: [8000:8000]\n");
  await page.getByText("compose.yaml is a Compose file, which Plimsoll cannot convert yet.").waitFor();
  await shot("file-compose");
  await page.getByRole("button", { name: "Bring it back" }).click();

  await drop(page, "large.yaml", "a".repeat((1 << 20) + 1));
  await page.getByText("This file is larger than 1 MiB").waitFor();
  assert.equal(await written(page), MINE);
});

scenario("a file is chosen from the menu", {}, async ({ page }) => {
  const drafts = await openDrafts(page);
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    drafts.getByRole("button", { name: "Open a file…" }).click(),
  ]);
  await chooser.setFiles({ name: "mine.yaml", mimeType: "text/yaml", buffer: Buffer.from(MINE) });
  await page.getByText("This is mine.yaml.").waitFor();
  assert.equal(await written(page), MINE);
});

scenario("the shortcut sheet opens by its key, and closes by Escape", {}, async ({ page, shot }) => {
  await page.locator("body").press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.getByText("Undo any change").waitFor();
  await sheet.getByText(/Plimsoll \d+\.\d+\.\d+/).waitFor();
  await shot("shortcuts");
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  await (await editor(page)).press("?");
  assert.equal(await written(page), "?");
  assert.equal(await sheet.count(), 0);
});

scenario("a Compose file that is pasted gets a clear answer", {}, async ({ page }) => {
  await write(page, "services:\n  web:\n    build: .\n    ports: ['8000:8000']\n    environment: { A: b }\n");
  await page.getByText("This text is a Compose file, which Plimsoll cannot convert yet.").waitFor();
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const [name, viewport] of /** @type {const} */ ([["wide", { width: 1440, height: 900 }], ["phone", { width: 390, height: 844 }]])) {
    scenario(`an empty page offers ways to start (${name}, ${colorScheme})`, { colorScheme, viewport }, async ({ page, shot }) => {
      await page.getByRole("heading", { name: "Start from an example" }).waitFor();
      await page.getByRole("heading", { name: "Start from my project" }).waitFor();
      await page.locator(".card-picture span").nth(2).waitFor();
      await shot(`start-${name}-${colorScheme}`);
      await page.getByRole("button", { name: /^Show all \d+$/ }).click();
      const gallery = page.getByRole("dialog", { name: "Start from an example" });
      await gallery.getByRole("button", { name: "A Django site" }).click();
      await page.locator(".topology-name", { hasText: "magazine" }).waitFor();
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
      await shot(`shortcuts-${name}-${colorScheme}`);
    });
  }
}
