// Everyone can use it: by keyboard, on a phone, with large text, in the dark.
import assert from "node:assert/strict";
import { example, open, openExample, write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const LIGHT = "rgb(246, 245, 241)";
const DARK = "rgb(15, 23, 29)";

scenario("the colours follow the system until the person chooses", {}, async ({ page, shot }) => {
  assert.equal(await ground(page), LIGHT);
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await ground(page), DARK);
  await shot("start-dark");
  await page.getByRole("button", { name: /Change to light/ }).click();
  assert.equal(await ground(page), LIGHT);
  await page.reload({ waitUntil: "networkidle" });
  assert.equal(await ground(page), LIGHT);
  await page.getByRole("button", { name: /Change to dark/ }).click();
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await ground(page), DARK);
  await openExample(page, "Shop");
  await page.getByRole("heading", { name: "It floats" }).waitFor();
  await shot("plan-dark");
  await page.getByRole("button", { name: /Change to as the system/ }).click();
  assert.equal(await ground(page), LIGHT);
});

scenario("without a mouse: an example, its files, its plan, its download", {}, async ({ page }) => {
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.getByRole("button", { name: "Examples" }).focus();
  await press("Enter");
  await page.locator("#examples").getByRole("button", { name: "Shop" }).waitFor();
  await press("Tab");
  assert.match(await focused(), /^Shop/);
  await press("Enter");
  await page.getByRole("heading", { name: /^It floats/ }).waitFor();

  await page.getByRole("tab", { name: "Plan" }).focus();
  await press("ArrowLeft");
  assert.equal(await page.getByRole("tab", { name: "Files" }).getAttribute("aria-selected"), "true");
  await page.getByRole("treeitem", { name: "Dockerfile", exact: true }).focus();
  await press("End");
  const last = page.getByRole("treeitem").last();
  assert.equal(await last.getAttribute("aria-selected"), "true");
  assert.equal(await page.locator(".file-head h2").innerText(), await last.innerText());

  await page.getByRole("tab", { name: "Files" }).focus();
  await press("ArrowRight");
  await page.getByRole("listbox", { name: "general-1: its containers" }).focus();
  await press("ArrowDown");
  await page.getByText(/^api-1 on general-1: 256 MiB set aside/).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download files" }).press("Enter"),
  ]);
  assert.equal(download.suggestedFilename(), "shop.zip");
});

const PHONE = { viewport: { width: 390, height: 844 } };

scenario("on a phone, one view at a time, the answer above the fold", PHONE, async ({ page, shot }) => {
  await shot("phone-start");
  await page.locator(".start").getByRole("button", { name: "Shop" }).click();
  const views = page.getByRole("navigation", { name: "Views" });
  await page.getByRole("heading", { name: /^It floats/ }).waitFor();
  const lastHull = await page.locator(".hull").last().boundingBox();
  const bar = await views.boundingBox();
  assert.ok(lastHull.y + lastHull.height < bar.y, "the hulls are above the fold");
  await shot("phone-plan");
  for (const view of ["Edit", "Files", "Advice"]) {
    await views.getByRole("button", { name: view }).click();
    await shot(`phone-${view.toLowerCase()}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(width, 390, `${view} is no wider than the page`);
  }
  await views.getByRole("button", { name: "Edit" }).click();
  await write(page, example("shop").replace("replicas: 2", "replica: 2"));
  await views.getByRole("button", { name: "Advice" }).click();
  await page.getByRole("button", { name: /There is no key/ }).first().click();
  assert.ok(await page.locator(".cm-content").isVisible());
});

const LAPTOP = { viewport: { width: 1280, height: 900 } };

scenario("with text twice as large, nothing is cut off", LAPTOP, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
  await shot("large-text");
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 1280);
  for (const name of ["Examples", "Download files"]) {
    const box = await page.getByRole("button", { name }).boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 1280, `${name} is in view`);
  }
});

scenario("read from right to left, code and pictures keep their direction", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  const box = (locator) => locator.boundingBox();
  const [say, result] = await Promise.all([box(page.locator(".say")), box(page.locator("#result"))]);
  assert.ok(say.x > result.x, "what is said first stands on the right");
  const [system, cargo] = await Promise.all([box(page.locator(".hull-system").first()), box(page.locator(".cargo").first())]);
  assert.ok(system.x < cargo.x, "memory is filled from the left");
  const words = page.locator(".diagram").getByText("FastAPI · 1 process", { exact: true });
  const [around, inside] = await Promise.all([box(words.locator("xpath=..").locator("rect").first()), box(words)]);
  assert.ok(inside.x > around.x, "a node's words are in it");
  await shot("right-to-left");
  await open(page, "Files");
  const line = page.locator(".code .line").first();
  assert.equal(await line.evaluate((line) => getComputedStyle(line).direction), "ltr");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1440);
  await shot("right-to-left-files");
});
