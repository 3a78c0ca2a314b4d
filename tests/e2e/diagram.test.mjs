// The picture of the topology: seen, walked, changed, and taken back.
import assert from "node:assert/strict";
import { editor, example, fileText, openExample, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const MINE = "# Mine.\nname: mine\nservices:\n  api: # the API\n    python: {}\n    needs: [db]\n  db: { postgres: {} }\n";

const node = (page, name) => page.getByRole("option", { name: new RegExp(`^${name}, `) });
const need = (page, from, to) => page.getByRole("button", { name: `${from} needs ${to}`, exact: true });
const focused = (page) => page.evaluate(() => document.activeElement.getAttribute("data-node"));
const scale = (page) => page.locator(".diagram-scale").innerText().then((words) => Number.parseInt(words, 10));

/** Waits until the text that is kept is such. */
async function says(page, pattern) {
  for (const end = Date.now() + 10_000; ; ) {
    const text = await written(page);
    if (typeof pattern === "string" ? text === pattern : pattern.test(text)) return;
    if (Date.now() > end) assert.fail(`${pattern} is not what it says: ${text}`);
    await page.waitForTimeout(50);
  }
}

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

scenario("the shop is drawn: who needs what, what is public, and where it runs", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await node(page, "api").waitFor();
  assert.match(
    await node(page, "api").getAttribute("aria-label"),
    /^api, FastAPI, 1 process, 2 replicas, 256 Mi, needs db and cache, public at shop\.example\.com/,
  );
  assert.match(await node(page, "db").textContent(), /\d+ of 100 conn\./);
  for (const [from, to] of [["api", "db"], ["api", "cache"], ["mailer", "db"], ["mailer", "cache"]]) {
    assert.equal(await need(page, from, to).count(), 1);
  }
  await page.getByRole("button", { name: "the internet reaches api" }).waitFor({ state: "attached" });
  await page.getByRole("button", { name: "3 × general" }).waitFor();
  await page.getByRole("banner").getByText("Server", { exact: true }).click();
  await page.getByRole("button", { name: /^Server · 2 / }).waitFor();
  await shot("diagram-server");
});

scenario("add a worker and connect it, by keyboard only", {}, async ({ page, shot }) => {
  await write(page, MINE);
  await node(page, "api").waitFor();
  await page.getByRole("button", { name: "Add service" }).focus();
  await press(page, "Enter");
  const kind = page.getByRole("menuitem", { name: "Celery worker" });
  await kind.waitFor();
  for (let tries = 0; tries < 20; tries++) {
    if (await kind.evaluate((kind) => kind === document.activeElement)) break;
    await press(page, "ArrowDown");
  }
  await press(page, "Enter");
  await node(page, "worker").waitFor();

  await page.waitForFunction(() => document.activeElement.getAttribute("data-node") === "worker");
  await press(page, "c");
  const needs = page.getByRole("dialog", { name: "What worker needs" });
  await needs.waitFor();
  await page.waitForFunction(() => (/** @type {HTMLInputElement} */ (document.activeElement)).type === "checkbox");
  await press(page, "ArrowDown", "Space");
  await need(page, "worker", "db").waitFor({ state: "attached" });
  await shot("diagram-needs");
  await press(page, "Escape");
  await page.waitForFunction(() => document.activeElement.getAttribute("data-node") === "worker");
  await says(page, /# Mine\.[^]*worker:[^]*celery:[^]*needs: \[db\]/);
  assert.match(await fileText(page, "compose.yaml"), /^ {2}worker:/m);
});

scenario("rename a service in the picture, and see it in the text and its files", {}, async ({ page }) => {
  await write(page, MINE);
  await node(page, "db").click();
  await press(page, "F2");
  const field = page.getByRole("textbox", { name: "New name of db" });
  await field.fill("store");
  await field.press("Enter");
  await node(page, "store").waitFor();
  await says(page, /needs: \[store\]\n {2}store: \{ postgres: \{\} \}/);
  assert.match(await written(page), /api: # the API/);
  await page.waitForFunction(() => document.activeElement.getAttribute("data-node") === "store");
  assert.match(await fileText(page, "compose.yaml"), /^ {2}store:/m);

  await node(page, "store").focus();
  await press(page, "F2");
  await page.getByRole("textbox", { name: "New name of store" }).fill("api");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("There is a api already").waitFor();
  assert.doesNotMatch(await written(page), /api:[^]*api:/);
});

scenario("draw a line with the mouse, and remove it again", {}, async ({ page }) => {
  await write(page, `${MINE}  cache: { redis: {} }\n`);
  await node(page, "api").hover();
  const from = await page.locator("[data-handle=api]").boundingBox();
  const to = await node(page, "cache").boundingBox();
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + 30, to.y + 10, { steps: 5 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 5 });
  await page.mouse.up();
  await need(page, "api", "cache").waitFor({ state: "attached" });
  await says(page, /needs: \[db, cache\]/);

  await need(page, "api", "db").locator(".line-reach").click({ force: true });
  await press(page, "Delete");
  await need(page, "api", "db").waitFor({ state: "detached" });
  await says(page, /needs: \[cache\]/);
});

scenario("undo across picture and text, from wherever the focus is", {}, async ({ page }) => {
  await write(page, MINE);
  await node(page, "db").click();
  await press(page, "Delete");
  await node(page, "db").waitFor({ state: "detached" });
  await editor(page);
  await page.locator(".cm-line", { hasText: "name: mine" }).click();
  await press(page, "End");
  await page.keyboard.type("ful");
  await says(page, /name: mineful/);

  await press(page, "ControlOrMeta+z");
  await says(page, /name: mine\n/);
  await node(page, "api").click();
  await press(page, "ControlOrMeta+z");
  await node(page, "db").waitFor();
  await says(page, MINE);
  await press(page, "ControlOrMeta+Shift+z");
  await node(page, "db").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await node(page, "db").waitFor();
  await says(page, MINE);
});

scenario("what is selected in the picture is marked in the text, and the caret selects", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await editor(page);
  await node(page, "mailer").click();
  await page.locator(".cm-line.cm-shown", { hasText: "mailer:" }).waitFor();
  await page.locator(".cm-line", { hasText: "postgres:" }).click();
  await page.waitForFunction(() => document.querySelector(".node.is-selected")?.getAttribute("data-node") === "db");
});

scenario("walk the picture by arrow keys, zoom and move it", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await node(page, "api").focus();
  await press(page, "ArrowRight");
  assert.match(await focused(page), /^(db|cache)$/);
  await press(page, "ArrowLeft");
  assert.match(await focused(page), /^(api|mailer)$/);
  const before = await scale(page);
  await press(page, "+");
  await page.waitForFunction((before) => Number.parseInt(document.querySelector(".diagram-scale").textContent, 10) > before, before);
  await press(page, "0");
  await page.waitForFunction((before) => Number.parseInt(document.querySelector(".diagram-scale").textContent, 10) === before, before);

  const box = await node(page, "api").boundingBox();
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await page.waitForFunction((before) => Number.parseInt(document.querySelector(".diagram-scale").textContent, 10) > before, before);
  await page.getByRole("button", { name: "Show all" }).click();
  const still = await node(page, "api").boundingBox();
  await page.mouse.move(still.x - 30, still.y - 30);
  await page.mouse.down();
  await page.mouse.move(still.x + 50, still.y + 10, { steps: 4 });
  await page.mouse.up();
  const moved = await node(page, "api").boundingBox();
  assert.ok(Math.abs(moved.x - still.x - 80) < 6 && Math.abs(moved.y - still.y - 40) < 6);
});

scenario("the divider moves by keyboard and is remembered; the picture can be put away", {}, async ({ page }) => {
  await openExample(page, "Shop");
  const height = () => page.locator("#picture").evaluate((picture) => picture.clientHeight);
  const before = await height();
  await page.getByRole("separator", { name: "Height of the diagram" }).focus();
  await press(page, "ArrowDown", "ArrowDown");
  const after = await height();
  assert.ok(after > before);
  await page.reload({ waitUntil: "networkidle" });
  assert.ok(Math.abs((await height()) - after) <= 2);
  await page.getByRole("button", { name: "Diagram", exact: true }).click();
  assert.ok(await page.locator("#picture").isHidden());
});

scenario("a text that cannot be read keeps the last good picture, dimmed", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await node(page, "api").waitFor();
  await write(page, `${example("shop")}\n]: [`);
  await page.locator(".diagram.is-stale").waitFor();
  assert.ok(await node(page, "api").isVisible());
  await shot("diagram-stale");
});

scenario("more services than can be drawn are listed", {}, async ({ page }) => {
  const services = Array.from({ length: 230 }, (_, number) => `  s${number}: { image: "a:1" }\n`);
  await write(page, `services:\n${services.join("")}`);
  await page.getByText("230 services are too many to draw").waitFor();
  await page.getByRole("button", { name: /^s229/ }).click();
  await page.getByRole("tab", { name: "Form · s229" }).waitFor();
});

const PHONE = { viewport: { width: 390, height: 844 } };

scenario("on a phone the picture is above the words, moved by a finger and changed by buttons", PHONE, async ({ page, shot }) => {
  await page.locator(".start").getByRole("button", { name: "Shop" }).click();
  await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: "Edit" }).click();
  await node(page, "mailer").click();
  await page.getByRole("toolbar", { name: "Diagram" }).getByRole("button", { name: "Needs" }).click();
  await page.getByRole("dialog", { name: "What mailer needs" }).getByRole("checkbox", { name: "cache" }).click();
  await need(page, "mailer", "cache").waitFor({ state: "detached" });
  await shot("diagram-phone");
  await page.getByRole("button", { name: "Done" }).click();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  const finger = await page.context().newCDPSession(page);
  const still = await node(page, "api").boundingBox();
  const touch = (type, x, y) =>
    finger.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  await touch("touchStart", still.x + 10, still.y + 10);
  for (const step of [10, 25, 40]) await touch("touchMove", still.x + 10 + step, still.y + 10);
  await touch("touchEnd");
  const moved = await node(page, "api").boundingBox();
  assert.ok(moved.x - still.x > 25, `${moved.x - still.x} px`);
});

scenario("a reload does not cost what can be undone", {}, async ({ page }) => {
  await write(page, MINE);
  await node(page, "db").click();
  await press(page, "Delete");
  await node(page, "db").waitFor({ state: "detached" });
  await page.reload({ waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Undo" }).click();
  await node(page, "db").waitFor();
  await says(page, MINE);
});
