// The editor's own behaviour, apart from the page: it is bundled, and imported as the page imports it.
import assert from "node:assert/strict";
import { scenario } from "./harness.mjs";

const TEXT = "services:\n  api:\n    replicas: 2 # two\n";
const TWO = TEXT.indexOf("2");

/** Puts an editor over the page, as `window.editor`; `window.heard` collects what it reports. */
async function mount(page, text = TEXT) {
  await page.evaluate(async (text) => {
    const { create } = await import((/** @type {HTMLLinkElement} */ (document.querySelector("link[rel=editor]"))).href);
    const parent = document.createElement("div");
    parent.id = "trial";
    Object.assign(parent.style, { position: "fixed", inset: "0", zIndex: "9999", background: "Canvas" });
    document.body.append(parent);
    window.heard = { texts: [], carets: [], fields: [], mended: [] };
    window.editor = create(parent, {
      text,
      dark: false,
      label: "Topology",
      onChange: (text, anchor, head) => {
        window.heard.texts.push(text);
        window.heard.carets.push(head);
      },
      onCaret: (anchor, head) => window.heard.carets.push(head),
      onUndo() {},
      onRedo() {},
      onField: (path) => window.heard.fields.push(path),
      onMend: (index) => window.heard.mended.push(index),
    });
  }, text);
  return page.locator("#trial");
}

scenario("typing is reported with the whole text", {}, async ({ page, shot }) => {
  const editor = await mount(page);
  await page.evaluate((at) => window.editor.reveal(at, at + 1), TWO);
  assert.equal(await page.evaluate(() => getSelection().toString()), "2");
  await page.keyboard.type("3");
  assert.deepEqual(await page.evaluate(() => window.heard.texts), [TEXT.replace("2", "3")]);
  assert.equal(await page.evaluate(() => window.heard.carets.at(-1)), TWO + 1);
  assert.equal(await editor.getByRole("textbox", { name: "Topology" }).count(), 1);
  await shot("editor");
});

scenario("text that is set is not reported, and leaves the caret in place", {}, async ({ page }) => {
  const editor = await mount(page);
  await page.evaluate(() => window.editor.reveal(2, 2));
  await page.evaluate((text) => window.editor.setText(text), TEXT.replace("2", "3"));
  assert.match(await editor.innerText(), /replicas: 3/);
  await page.evaluate((text) => window.editor.setText(text), TEXT.replace("2", "3").replaceAll("\n", "\r\n"));
  assert.deepEqual(await page.evaluate(() => window.heard.texts), []);
  await page.keyboard.type("X");
  assert.deepEqual(await page.evaluate(() => window.heard.texts), [`seX${TEXT.slice(2)}`.replace("2", "3")]);
});

scenario("findings are underlined, listed in the gutter, and read on hover", {}, async ({ page, shot }) => {
  const editor = await mount(page);
  const findings = [
    { from: TWO, to: TWO + 1, severity: "error", message: "two is too few", rule: "replicas" },
    { from: 5000, to: 9000, severity: "warning", message: "past the end" },
  ];
  await page.evaluate((findings) => window.editor.setFindings(findings), findings);
  assert.equal(await editor.locator(".cm-lintRange-error").innerText(), "2");
  assert.equal(await editor.locator(".cm-gutter-lint .cm-lint-marker").count(), 2);
  await editor.locator(".cm-lintRange-error").hover();
  await page.getByText("two is too few").waitFor();
  await shot("editor-finding");
  await page.evaluate(() => window.editor.setFindings([]));
  assert.equal(await editor.locator(".cm-lintRange-error").count(), 0);
});

scenario("Tab indents by spaces, and Escape lets the next Tab leave", {}, async ({ page }) => {
  await mount(page, "a: 1\n");
  await page.evaluate(() => window.editor.reveal(0, 0));
  await page.keyboard.press("Tab");
  assert.deepEqual(await page.evaluate(() => window.heard.texts), ["  a: 1\n"]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Tab");
  assert.deepEqual(await page.evaluate(() => window.heard.texts), ["  a: 1\n"]);
  assert.equal(await page.evaluate(() => document.activeElement.closest("#trial")), null);
});

scenario("search opens, the scheme changes, and nothing is left behind", {}, async ({ page, shot }) => {
  const editor = await mount(page);
  await page.evaluate(() => window.editor.focus());
  await page.keyboard.press("Control+f");
  await page.keyboard.type("api");
  await editor.locator(".cm-searchMatch").first().waitFor();
  await page.evaluate(() => window.editor.setDark(true));
  await shot("editor-search");
  await page.evaluate(() => window.editor.destroy());
  assert.equal(await editor.innerHTML(), "");
});

const heard = (page) => page.evaluate(() => window.heard);

scenario("a finding is gone to, and mended, by keyboard", {}, async ({ page, shot }) => {
  const editor = await mount(page);
  const findings = [
    { from: 0, to: 8, severity: "info", message: "the first" },
    { from: TWO, to: TWO + 1, severity: "error", message: "`two` is too few", help: "Write `three`", fix: "Write three" },
  ];
  await page.evaluate((findings) => window.editor.setFindings(findings), findings);
  await page.evaluate(() => window.editor.reveal(12, 12));
  await page.keyboard.press("F8");
  await editor.getByText("Write three", { exact: false }).first().waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), "2");
  await shot("editor-fix");
  await page.keyboard.press("Shift+F8");
  assert.equal(await page.evaluate(() => getSelection().toString()), "services");
  await page.keyboard.press("Control+.");
  assert.deepEqual((await heard(page)).mended, [], "nothing mends the first");
  await page.keyboard.press("F8");
  await page.keyboard.press("Control+.");
  assert.deepEqual((await heard(page)).mended, [1]);
  await editor.locator(".cm-lintRange-error").hover();
  await editor.getByRole("button", { name: "Write three" }).click();
  assert.deepEqual((await heard(page)).mended, [1, 1]);
});

scenario("the field at the cursor is told, and a field is gone to by its path", {}, async ({ page }) => {
  await mount(page, "services:\n  api:\n    memory: { limit: 256Mi }\n");
  await page.evaluate(() => window.editor.revealField("services.api.memory.limit"));
  assert.equal(await page.evaluate(() => getSelection().toString()), "256Mi");
  await page.waitForFunction(() => window.heard.fields.at(-1) === "services.api.memory.limit");
  await page.evaluate(() => window.editor.revealField("services.api.memory.shared"));
  assert.equal(await page.evaluate(() => getSelection().toString()), "memory");
  await page.waitForFunction(() => window.heard.fields.at(-1) === "services.api.memory");
  await page.keyboard.press("ControlOrMeta+End");
  await page.waitForFunction(() => window.heard.fields.at(-1) === "");
  assert.deepEqual((await heard(page)).fields, ["services.api.memory.limit", "services.api.memory", ""]);
});

scenario("a field is completed from the schema by keyboard", {}, async ({ page, shot }) => {
  const editor = await mount(page, "services:\n  api:\n    python: {}\n  db: { postgres: {} }\n");
  const end = "services:\n  api:\n    python: {}".length;
  await page.evaluate((at) => window.editor.reveal(at, at), end);
  await page.keyboard.press("Enter");
  await page.keyboard.type("mem");
  await editor.getByRole("option", { name: /^memory/ }).waitFor();
  await editor.getByText("What one container's memory is made of").waitFor();
  await shot("editor-completion");
  await page.waitForTimeout(100); // The list takes no key at first, so that none that was meant for the text does.
  await page.keyboard.press("Enter");
  await editor.getByRole("option", { name: /^limit/ }).waitFor();
  await page.keyboard.type("lim");
  await page.waitForTimeout(200);
  await page.keyboard.press("Enter");
  await page.keyboard.type("256");
  await editor.getByRole("option", { name: /^256Mi/ }).waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  assert.match((await heard(page)).texts.at(-1), /\n    memory: \{ limit: 256Mi \}\n/);
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("ne");
  await editor.getByRole("option", { name: /^needs/ }).waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await editor.getByRole("option", { name: /^db/ }).waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  assert.match((await heard(page)).texts.at(-1), /\n    needs: \[db\]\n/);
});

scenario("what a field does is told on hover, and on F1", {}, async ({ page, shot }) => {
  const editor = await mount(page);
  await editor.locator("span", { hasText: /^replicas$/ }).hover();
  const card = editor.locator(".cm-field");
  await card.getByText("How many equal containers, 0 to 10000.").waitFor();
  assert.match(await card.innerText(), /services\.api\.replicas\s+number/);
  assert.match(await card.innerText(), /Default: 1/);
  await shot("editor-hover");
  await page.mouse.move(700, 600);
  await card.waitFor({ state: "detached" });
  await page.evaluate((at) => window.editor.reveal(at, at), TWO);
  await page.keyboard.press("F1");
  await card.waitFor();
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
});
