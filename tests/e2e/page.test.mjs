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
