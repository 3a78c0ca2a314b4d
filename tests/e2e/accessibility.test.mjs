// What axe-core (https://github.com/dequelabs/axe-core) finds in each view: nothing, in both themes, wide and narrow. Each
// view is also pictured from a phone to a 4K screen, none of which it may be wider than.
import assert from "node:assert/strict";
import { violations } from "./axe.mjs";
import { editor, example, open, openDrafts, openExample, write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const VIEWS = {
  "the start": async () => {},
  "the plan": (page) => openExample(page, "Shop"),
  "the plan of one server": (page) => openExample(page, "One server with HTTPS"),
  "a plan that sinks": (page) => openExample(page, "A model, four times"),
  "the files": async (page) => {
    await openExample(page, "Shop");
    await open(page, "Files");
  },
  "the files that a change changed": async (page) => {
    await openExample(page, "Shop");
    await open(page, "Files");
    await editor(page);
    await page.locator(".cm-line", { hasText: "replicas: 2" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type("0");
    await page.getByRole("button", { name: "Compare" }).click();
  },
  "the commands": async (page) => {
    await openExample(page, "Shop");
    await open(page, "Files");
    await page.getByRole("button", { name: "Run these commands" }).click();
  },
  "the advice": async (page) => {
    await write(page, example("shop").replace("replicas: 2", "replica: 2"));
    await open(page, "Advice");
    await page.locator(".finding").first().waitFor();
  },
  "a broken document": async (page) => {
    await openExample(page, "Shop");
    await write(page, "services: [");
  },
  "the drafts": async (page) => {
    await openExample(page, "Shop");
    await write(page, "name: mine\nservices: {}\n");
    await openExample(page, "A Django site");
    await (await openDrafts(page)).getByRole("button", { name: /^mine/ }).waitFor();
  },
  "the link": async (page) => {
    await openExample(page, "Shop");
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await page.getByText(/^[\d,]+ characters/).waitFor();
  },
  "the shortcuts": async (page) => {
    await page.locator("body").press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  },
  "the form": async (page) => {
    await openExample(page, "Shop");
    await page.getByRole("tab", { name: /^Form/ }).click();
  },
};

const SCREENS = [[1440, 900], [390, 844], [3840, 2160]];

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  for (const [name, show] of Object.entries(VIEWS)) {
    scenario(`everyone can use ${name}, ${colorScheme}`, { colorScheme }, async ({ page, shot }) => {
      await show(page);
      await page.waitForLoadState("networkidle");
      assert.deepEqual(await violations(page), []);
      for (const [width, height] of SCREENS) {
        await page.setViewportSize({ width, height });
        // A narrow page shows one half at a time.
        const say = page.getByRole("button", { name: "Edit", exact: true });
        if (name === "the form" && (await say.isVisible())) await say.click();
        await page.waitForTimeout(300);
        const pageWidth = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(pageWidth <= width, `the page is ${pageWidth} px wide on a screen of ${width} px`);
        await shot(`views/${name} ${colorScheme} ${width}`);
      }
    });
  }
}

const PHONE = { viewport: { width: 390, height: 844 } };

scenario("everyone can use it on a phone", PHONE, async ({ page }) => {
  await page.locator(".start").getByRole("button", { name: "Shop" }).click();
  const views = page.getByRole("navigation", { name: "Views" });
  for (const view of ["Edit", "Files", "Plan", "Advice"]) {
    await views.getByRole("button", { name: view }).click();
    assert.deepEqual(await violations(page), [], view);
  }
});
