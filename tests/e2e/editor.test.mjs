// The editor's own behaviour, apart from the page: it is bundled, and imported as the page imports it.
import assert from "node:assert/strict";
import { scenario } from "./harness.mjs";

const TEXT = "services:\n  api:\n    replicas: 2 # two\n";
const TWO = TEXT.indexOf("2");

/** Puts an editor over the page, as `window.editor`; `window.heard` collects what it reports. */
async function mount(page, text = TEXT) {
  await page.evaluate(async (text) => {
    const { create } = await import(document.querySelector("link[rel=editor]").href);
    const parent = document.createElement("div");
    parent.id = "trial";
    Object.assign(parent.style, { position: "fixed", inset: "0", zIndex: "9999", background: "Canvas" });
    document.body.append(parent);
    window.heard = { texts: [], cursors: [] };
    window.editor = create(parent, {
      text,
      dark: false,
      label: "Topology",
      onChange: (text) => window.heard.texts.push(text),
      onCursor: (offset) => window.heard.cursors.push(offset),
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
  assert.equal(await page.evaluate(() => window.heard.cursors.at(-1)), TWO + 1);
  assert.equal(await editor.getByRole("textbox", { name: "Topology" }).count(), 1);
  await shot("editor");
});

scenario("text that is set is not reported, leaves the cursor in place, and can be undone", {}, async ({ page }) => {
  const editor = await mount(page);
  await page.evaluate(() => window.editor.reveal(2, 2));
  await page.evaluate((text) => window.editor.setText(text), TEXT.replace("2", "3"));
  assert.match(await editor.innerText(), /replicas: 3/);
  assert.deepEqual(await page.evaluate(() => window.heard.texts), []);
  await page.evaluate((text) => window.editor.setText(text), TEXT.replace("2", "3").replaceAll("\n", "\r\n"));
  await page.keyboard.type("X");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.deepEqual(await page.evaluate(() => window.heard.texts.at(-1)), TEXT);
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
