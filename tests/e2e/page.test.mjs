// The page loads, wherever it is put, and keeps to itself.
import assert from "node:assert/strict";
import { scenario } from "./harness.mjs";

for (const under of ["/", "/docs/tools/plimsoll/"]) {
  scenario(`the page starts under ${under}`, { under }, async ({ page, shot }) => {
    await page.locator("main").waitFor();
    assert.equal(await page.title(), "Plimsoll");
    await shot(`page${under.replaceAll("/", "-")}`);
  });
}

scenario("the page is drawn in several tasks, and shown once it can be used", { blank: true }, async ({ page, url }) => {
  await page.addInitScript(() => {
    const drawn = () => [".say", ".result .tabs", "textarea"].filter((part) => document.querySelector(part));
    // Each task's end, and each frame.
    window.tasks = [];
    window.drawings = [];
    new MutationObserver(() => tasks.push(drawn().length)).observe(document, { childList: true, subtree: true });
    const look = () => {
      const page = /** @type {HTMLElement} */ (document.querySelector(".page:not(#opening)"));
      if (page) drawings.push({ isShown: !page.hidden, standsIn: !!document.getElementById("opening"), drawn: drawn().length });
      requestAnimationFrame(look);
    };
    look();
  });
  await page.goto(url);
  await page.getByRole("textbox", { name: "Topology" }).first().waitFor();
  const { tasks, drawings } = await page.evaluate(() => ({ tasks, drawings }));
  assert.deepEqual([...new Set(tasks)], [0, 1, 2, 3]);
  assert.ok(drawings.some(({ isShown }) => isShown));
  for (const frame of drawings) {
    assert.ok(frame.isShown ? !frame.standsIn && frame.drawn === 3 : frame.standsIn, JSON.stringify(frame));
  }
});

scenario(
  "see the page before its rest has come, which then moves nothing",
  { blank: true, serviceWorkers: "block" },
  async ({ page, url, shot, mayFail }) => {
    mayFail(/Service Worker registration blocked/);
    await page.addInitScript(() => {
      window.shifts = [];
      const note = (list) => shifts.push(...list.getEntries().map(({ value }) => value));
      new PerformanceObserver(note).observe({ type: "layout-shift", buffered: true });
    });
    /** @type {(value?: unknown) => void} */
    let come;
    const mayCome = new Promise((resolve) => (come = resolve));
    await page.route(/plimsoll-web-rest.*\.wasm$/, async (route) => {
      await mayCome;
      await route.continue();
    });
    await page.goto(url);
    await page.getByRole("textbox", { name: "Topology" }).first().waitFor();
    assert.equal(await page.locator(".diagram").count(), 0);
    await shot("before-the-rest");
    come();
    await page.locator(".diagram").waitFor();
    await page.waitForTimeout(300);
    assert.deepEqual(await page.evaluate(() => shifts), []);
  },
);
