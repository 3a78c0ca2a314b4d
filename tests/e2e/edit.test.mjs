// What follows from the text follows on every keystroke.
import assert from "node:assert/strict";
import { containers, editor, example, fileText, open, openExample, write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

/** The line of the shop, from 1, that says how many replicas the API has. */
const LINE = example("shop").split("\n").findIndex((line) => line.includes("replicas: 2")) + 1;

scenario("one more replica shows in the manifest, in compose.yaml and on the plan", {}, async ({ page, shot }) => {
  await page.locator(".start").getByRole("button", { name: "Shop" }).click();
  await page.getByRole("heading", { name: "It floats" }).waitFor();
  assert.equal(await containers(page, "api").count(), 2);
  assert.match(await fileText(page, "k8s/api.yaml"), /\breplicas: 2\b/);

  await editor(page);
  await page.locator(".cm-line", { hasText: "replicas: 2" }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("3");

  await page.locator(".line", { hasText: "replicas: 3" }).waitFor();
  assert.match(await fileText(page, "compose.yaml"), /\breplicas: 3\b/);
  await open(page, "Plan");
  await containers(page, "api").nth(2).waitFor();
  assert.equal(await containers(page, "api").count(), 3);
  await shot("plan-cluster");
  await page.getByRole("banner").getByText("Server", { exact: true }).click();
  assert.equal(await containers(page, "api").count(), 3);
  await shot("plan-server");
});

scenario("a broken line is found at its place, and the last good files stay, marked", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  const before = await fileText(page, "compose.yaml");
  await editor(page);
  await page.locator(".cm-line", { hasText: "replicas: 2" }).click();
  await page.keyboard.press("End");
  // At once: on the way there, ` ]` alone is a text, for which the number of replicas gives way to its default.
  await page.keyboard.insertText(" ]: [");

  const status = page.getByRole("button", { name: new RegExp(`^Last good result\\. Line ${LINE}: `) });
  await status.waitFor();
  assert.equal(await fileText(page, "compose.yaml"), before);
  assert.ok(await page.locator("#result.is-stale").isVisible());
  await page.locator(".cm-lintRange-error").first().waitFor();
  await shot("broken");

  await page.keyboard.press("Tab");
  await status.click();
  assert.match(await page.evaluate(() => document.activeElement.className), /cm-content/);
  await open(page, /Advice/);
  await page.locator(".finding", { hasText: `line ${LINE}:` }).first().waitFor();
  await shot("broken-advice");

  await (await editor(page)).focus();
  await write(page, example("shop"));
  await status.waitFor({ state: "detached" });
  assert.equal(await page.locator("#result.is-stale").count(), 0);
});

scenario("a mistake is told with its place, and mended by its button", {}, async ({ page }) => {
  await write(page, example("shop").replace("replicas: 2", "replica: 2"));
  await open(page, /Advice/);
  const finding = page.locator(".finding", { hasText: "There is no key replica in api" });
  assert.match(await finding.innerText(), new RegExp(`line ${LINE}:5`));
  await finding.getByRole("button", { name: /^Error/ }).click();
  assert.equal(await page.evaluate(() => getSelection().toString()), "replica");
  await finding.getByRole("button", { name: "Replace by" }).click();
  await finding.waitFor({ state: "detached" });
  await page.locator(".cm-line", { hasText: "replicas: 2" }).waitFor();
});

scenario("each line of a file tells why it is there, by mouse and by keyboard", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await open(page, "Files");
  await page.getByRole("treeitem", { name: "compose.yaml" }).click();
  const why = page.locator("#why");
  const restart = page.locator(".line", { hasText: "memswap_limit" }).first();
  await restart.hover();
  await why.getByText("services.api.memory.limit").waitFor();
  await page.mouse.move(5, 5);
  await why.getByText("Point at a line").waitFor();

  await page.locator(".code").focus();
  for (let line = 0; line < 4; line++) await page.keyboard.press("ArrowDown");
  await why.getByText(/^Line 4 /).waitFor();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /image: ghcr\.io\/example\/shop/);
  await shot("files");
});

scenario("what does not fit is said in words and drawn", {}, async ({ page, shot }) => {
  const large = example("shop").replace("replicas: 2", "replicas: 14").replace("limit: 256Mi", "limit: 1Gi");
  await write(page, large);
  await page.getByRole("heading", { name: /^It sinks/ }).waitFor();
  await page.getByText("0/3 nodes are available").first().waitFor();
  assert.match(await page.locator(".is-ashore").innerText(), /No room\s+api-7 and 7 more/);
  assert.equal(await page.getByText("past the line").count(), 3);
  await shot("plan-sinks");
  await openExample(page, "A model, four times");
  await page.getByRole("heading", { name: /^It sinks: the containers need/ }).waitFor();
  assert.ok(await page.locator(".overboard").isVisible());
  await shot("plan-server-sinks");
});

scenario("who waits for a node that comes is told from who has nowhere to go", {}, async ({ page, shot }) => {
  const large = example("shop").replace("replicas: 2", "replicas: 14").replace("limit: 256Mi", "limit: 1Gi");
  await write(page, large.replace("count: 3,", "count: 3, max: 9,"));
  await page.getByRole("heading", { name: "It floats only on 4 more nodes, which the cluster autoscaler adds." }).waitFor();
  const rows = page.locator(".is-ashore");
  assert.match(await rows.innerText(), /Waiting\s+api-7 and 7 more\s+4 more nodes of general\s+in about 120 s/);
  await page.getByText("They wait for what the cluster autoscaler adds: 4 nodes of general in about 120 s.").waitFor();
  await shot("plan-waits");
  await write(page, large.replace("count: 3,", "count: 3, max: 5,"));
  await page.getByRole("heading", { name: /^It sinks: api-11 and 3 more have nowhere to go, even on 2 more nodes/ }).waitFor();
  assert.match(await rows.nth(0).innerText(), /No room\s+api-11 and 3 more/);
  assert.match(await rows.nth(1).innerText(), /Waiting\s+api-7 and 3 more\s+2 more nodes of general/);
  await shot("plan-waits-in-part");
});

scenario("any text is answered, and the page goes on", {}, async ({ page }) => {
  for (const text of ["[", "a: &a [*a]", "\u0000", "🚢: 🚢", "- ".repeat(500), "services: 7", "services: { a: b }"]) {
    await write(page, text);
    await page.locator(".finding, .start, .status").first().waitFor();
  }
  await write(page, example("fastapi"));
  await page.getByRole("heading", { name: /^It floats/ }).waitFor();
});

scenario("a long document is answered and drawn in part", {}, async ({ page, shot }) => {
  const service = (_, number) => `  s${number}:\n    python: { app: "app.main:app" }\n    replicas: 3\n`;
  const services = Array.from({ length: 400 }, service);
  const nodes = "cluster:\n  nodes: [{ name: general, count: 300, cpu: 4, memory: 8Gi }]\n";
  await write(page, `services:\n${services.join("")}${nodes}`);
  await page.getByText("The first 24 of 300 nodes are drawn").waitFor();
  await shot("plan-large");
  await write(page, `services:\n${"  a: {}\n".repeat(200_000)}`);
  await page.getByRole("button", { name: /^Last good result/ }).waitFor();
  await page.getByText("not saved").or(page.getByText("saved in this browser")).waitFor();
});

scenario("type on while all that stays the same stays where it is", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await page.getByText("If a node is lost").waitFor();
  await page.evaluate(() => {
    window.changed = [];
    const where = (target) => (target instanceof Element ? target : target.parentElement);
    new MutationObserver((list) => changed.push(...list.map(({ target }) => where(target).closest("[class]").className))).observe(
      document.querySelector(".result"),
      { subtree: true, childList: true, attributes: true, characterData: true },
    );
  });
  const text = example("shop");
  await write(page, text.replace("name: shop", "name: shop-two"));
  await page.locator(".topology-name", { hasText: "shop-two" }).waitFor();
  const drawnAnew = await page.evaluate(() => window.changed.filter((name) => !/working|pane-head/.test(name)));
  assert.deepEqual(drawnAnew, [], "the name stands in none of what the plan says");
});
