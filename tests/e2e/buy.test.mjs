// The plan says what to buy.
import assert from "node:assert/strict";
import { open, write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

/** Six pods, two of which fit on a machine of 4 GiB. */
const text = (survive) => `services:
  api: { image: "a:1", replicas: 6, memory: { limit: 1500Mi } }
cluster: { survive: ${survive}, nodes: [{ name: general, count: 8, cpu: 2, memory: 4Gi, zones: 3 }] }
server: { cpu: 2, memory: 4Gi }
machines:
  - { name: small, cpu: 2, memory: 4Gi, price: 24 }
  - { name: large, cpu: 8, memory: 16Gi, price: 96 }
  - { name: tiny, cpu: 1, memory: 1Gi, price: 6 }
`;

scenario("a person sees what to buy, and how much more a lost zone takes", {}, async ({ page, shot }) => {
  await write(page, text("node"));
  await open(page, "Plan");
  const block = page.getByRole("region", { name: "The smallest machines that carry this" });
  await block.getByText("The cheapest cluster that carries this: 4 × small (2 cores, 4 GiB), 96 a month. With 3, ").waitFor();
  await block.getByText("The document's own, 8 × 2 cores, 4 GiB, is more than enough.").waitFor();
  const row = (name) => block.getByRole("row", { name });
  assert.match(await row(/^4 × small/).textContent(), /yours.*96.*Best\. With 3, /);
  assert.match(await row(/tiny/).textContent(), /Too small\. No number will do: a pod of api asks for/);
  assert.equal(await block.getByRole("row").count(), 4);
  await block.scrollIntoViewIfNeeded();
  await shot("buy-cluster");

  // Of four in three zones two may be lost at once, and the other two have room for four pods.
  await write(page, text("zone"));
  await block.getByText("The cheapest cluster that carries this: 5 × small").waitFor();
  await page.getByRole("banner").getByText("Server", { exact: true }).click();
  await block.getByText("The cheapest server that carries this: small (2 cores, 4 GiB), 24 a month. With tiny").waitFor();
  await shot("buy-server");
});

for (const [colorScheme, width, height] of /** @type {const} */ ([["dark", 1440, 900], ["light", 390, 844], ["dark", 390, 844]])) {
  scenario(`what to buy can be read at ${width} px, ${colorScheme}`, { colorScheme, viewport: { width, height } }, async ({ page, shot }) => {
    // The plan is what an example opens with, whether or not there is room for its tab.
    await page.locator(".start").getByRole("button", { name: "Shop" }).click();
    const block = page.getByRole("region", { name: "The smallest machines that carry this" });
    await block.getByText(/^The smallest cluster that carries this: \d+ × /).waitFor();
    await block.getByRole("table").waitFor();
    await block.scrollIntoViewIfNeeded();
    const pageWidth = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(pageWidth <= width, `the page is ${pageWidth} px wide`);
    await shot(`buy-${colorScheme}-${width}`);
  });
}
