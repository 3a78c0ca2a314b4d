// Filling in fields: what they say is in the text at once, and whatever else the text says stays as it is.
import assert from "node:assert/strict";
import { example, fileText, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const COMMENTED = `# Ours
services:
  # the door
  api:
    python: {}   # FastAPI
    replicas: 2 # enough
    memory: { limit: 256Mi }  # measured in May
  db: { postgres: {} }
`;

/** Opens the form, and in it a part of the document. */
async function form(page, part) {
  await page.getByRole("tab", { name: /^Form/ }).click();
  const pane = page.getByRole("tabpanel", { name: "Form" });
  await pane.getByLabel("Part").selectOption({ label: part });
  return pane;
}

/** Waits until the text is this. */
async function becomes(page, text) {
  for (const end = Date.now() + 5000; (await written(page)) !== text && Date.now() < end; ) {
    await page.waitForTimeout(50);
  }
  assert.equal(await written(page), text);
}

/** Opens the fields inside a field. */
const unfold = (pane, name) => pane.locator("summary", { hasText: new RegExp(`^${name}`) }).click();

scenario("edit by form keeps the comments", {}, async ({ page, shot }) => {
  await write(page, COMMENTED);
  const pane = await form(page, "api");

  const replicas = pane.getByLabel("Replicas", { exact: true });
  await replicas.fill("3");
  let text = COMMENTED.replace("replicas: 2", "replicas: 3");
  await becomes(page, text);

  await pane.getByLabel("Limit", { exact: true }).fill("512Mi");
  text = text.replace("256Mi", "512Mi");
  await becomes(page, text);
  await pane.getByText("= 537 MB").waitFor();

  await pane.getByLabel("Add to secrets").fill("DATABASE_URL");
  await pane.getByLabel("Add to secrets").press("Enter");
  text = text.replace("May\n", "May\n    secrets: [DATABASE_URL]\n");
  await becomes(page, text);
  await shot("form");
  assert.match(await fileText(page, ".env.example"), /DATABASE_URL=/);

  await pane.getByRole("button", { name: "Reset replicas to its default" }).click();
  text = text.replace("    replicas: 3 # enough\n", "");
  await becomes(page, text);
  assert.equal(await replicas.inputValue(), "");
  assert.equal(await replicas.getAttribute("placeholder"), "default: 1");

  await page.getByRole("button", { name: "Undo" }).click();
  await replicas.and(page.locator("[id=form-services-api-replicas]")).waitFor();
  await page.waitForFunction(() => (/** @type {HTMLInputElement} */ (document.getElementById("form-services-api-replicas"))).value === "3");
});

scenario("a field follows the text, and keeps what is half typed", {}, async ({ page }) => {
  await write(page, COMMENTED);
  const pane = await form(page, "api");
  const replicas = pane.getByLabel("Replicas", { exact: true });
  await replicas.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("0");
  assert.equal(await replicas.inputValue(), "20");
  await becomes(page, COMMENTED.replace("replicas: 2", "replicas: 20"));
  assert.equal(await page.evaluate(() => document.activeElement.id), "form-services-api-replicas");
});

scenario("an invalid value is told beside its field, and the field and the text keep it", {}, async ({ page, shot }) => {
  await write(page, COMMENTED);
  const pane = await form(page, "api");
  const limit = pane.getByLabel("Limit", { exact: true });
  await limit.fill("256 lots");
  await becomes(page, COMMENTED.replace("256Mi", "256 lots"));
  await page.locator(".form-field", { has: page.getByLabel("Limit", { exact: true }) }).last().locator(".field-finding").waitFor();
  assert.equal(await limit.inputValue(), "256 lots");
  assert.equal(await limit.getAttribute("aria-invalid"), "true");
  await shot("form-invalid");
});

scenario("services are added, become something else, get a name and go, by keys alone", {}, async ({ page }) => {
  await write(page, COMMENTED);
  await page.getByRole("tab", { name: "Text" }).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  const pane = page.getByRole("tabpanel", { name: "Form" });
  await pane.getByLabel("Kind of the new service").focus();
  await page.keyboard.type("Redis");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await becomes(page, `${COMMENTED}  cache:\n    redis: {}\n`);

  await pane.getByLabel("Kind", { exact: true }).focus();
  await page.keyboard.type("Valkey");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await becomes(page, `${COMMENTED}  cache:\n    valkey: {}\n`);

  await pane.getByLabel("Name", { exact: true }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("store");
  await page.keyboard.press("Enter");
  await becomes(page, `${COMMENTED}  store:\n    valkey: {}\n`);

  await pane.getByRole("button", { name: "Remove store" }).focus();
  await page.keyboard.press("Enter");
  await becomes(page, COMMENTED);
});

for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
  scenario(`the form serves a phone, ${colorScheme}`, { viewport: { width: 390, height: 844 }, colorScheme }, async ({ page, shot }) => {
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await write(page, example("shop"));
    const pane = await form(page, "api");
    await pane.getByLabel("Find a field").fill("limit");
    await pane.getByLabel("Limit", { exact: true }).fill("300Mi");
    await becomes(page, example("shop").replace("256Mi", "300Mi"));
    await pane.getByLabel("Find a field").fill("");
    assert.ok(await pane.evaluate((pane) => pane.scrollWidth <= pane.clientWidth), "nothing is wider than the screen");
    await shot(`form-narrow-${colorScheme}`);
  });
}

scenario("the form in the dark", { colorScheme: "dark" }, async ({ page, shot }) => {
  await write(page, example("shop"));
  const pane = await form(page, "api");
  await pane.getByRole("button", { name: /more fields$/ }).click();
  await unfold(pane, "Health");
  await shot("form-dark");
});
