// Advice: fixed with a click, dismissed, and restored.
import assert from "node:assert/strict";
import { example, open, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";

/** A single replica behind a public address, and a key that is not there. */
const TEXT = `name: stall
services:
  api:
    python: {}
    replica: 2
    public: { host: stall.example.com }
cluster: {}
`;

scenario("an advice is fixed with a click, and the fix undone", {}, async ({ page, shot }) => {
  await write(page, TEXT);
  await open(page, /Advice/);
  const finding = page.locator(".finding", { hasText: "There is no key replica" });
  await shot("advice");
  await finding.getByRole("button", { name: /^Replace by/ }).click();
  await finding.waitFor({ state: "detached" });
  assert.match(await written(page), /replicas: 2/);
  await page.getByText(/^Done: Replace by/).waitFor();
  await page.locator(".finding-done").getByRole("button", { name: "Undo" }).click();
  await finding.waitFor();
  assert.equal(await written(page), TEXT);
});

scenario("a dismissed advice stays hidden until it is restored", {}, async ({ page, shot }) => {
  const text = TEXT.replace("    replica: 2\n", "");
  await write(page, text);
  await open(page, /Advice/);
  const told = page.locator(".findings > section .finding");
  await told.first().waitFor();
  const before = await told.count();
  const message = await told.first().locator(".finding-message").innerText();
  const finding = told.filter({ hasText: message });
  await finding.getByRole("button", { name: "Dismiss" }).click();
  await finding.waitFor({ state: "detached" });
  assert.equal(await told.count(), before - 1);

  await page.reload({ waitUntil: "networkidle" });
  await open(page, /Advice/);
  await page.getByText("1 finding dismissed").click();
  await shot("advice-aside");
  // The text above it changes: it stays aside.
  await write(page, `# A stall\n${text}`);
  await page.waitForTimeout(300);
  assert.equal(await finding.count(), 0);
  await page.getByRole("button", { name: "Restore" }).click();
  await finding.waitFor();
  assert.equal(await page.getByText("dismissed", { exact: false }).locator("visible=true").filter({ hasText: "1 finding" }).count(), 0);
});

scenario("an error cannot be dismissed", {}, async ({ page }) => {
  await write(page, TEXT);
  await open(page, /Advice/);
  const error = page.locator(".finding", { hasText: "There is no key replica" });
  await error.waitFor();
  assert.equal(await error.getByRole("button", { name: "Dismiss" }).count(), 0);
});

scenario("where there is nothing to advise, that is said, and what was looked at", {}, async ({ page, shot }) => {
  await write(page, example("fastapi"));
  await open(page, /Advice/);
  for (let rest = 20; rest > 0 && (await page.getByRole("button", { name: "Dismiss" }).count()) > 0; rest--) {
    await page.getByRole("button", { name: "Dismiss" }).first().click();
  }
  await page.getByRole("heading", { name: /^Nothing/ }).waitFor();
  await page.getByText("Checked:").waitFor();
  await shot("advice-nothing");
});
