// The editor's own behaviour, apart from the page: it is bundled, and imported as the page imports it. What takes the engine
// is tried in the page.
import assert from "node:assert/strict";
import { write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const TEXT = "services:\n  api:\n    replicas: 2 # two\n";
const TWO = TEXT.indexOf("2");

/**
 * Puts an editor over the page, as `window.editor`; `window.heard` collects what it reports. Its questions are answered by
 * `window.answer`, which may be replaced, and which knows nothing.
 */
async function mount(page, text = TEXT) {
  await page.evaluate(async (text) => {
    const { create } = await import((/** @type {HTMLLinkElement} */ (document.querySelector("link[rel=editor]"))).href);
    const parent = document.createElement("div");
    parent.id = "trial";
    Object.assign(parent.style, { position: "fixed", inset: "0", zIndex: "9999", background: "Canvas" });
    document.body.append(parent);
    window.heard = { texts: [], carets: [], fields: [], mended: [], asked: [] };
    window.answer = async () => null;
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
      onAsk: async (text, query) => {
        window.heard.asked.push(query);
        return JSON.stringify(await window.answer(JSON.parse(query), text));
      },
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
  await mount(page);
  await page.evaluate((at) => {
    window.answer = async ({ locate, pathAt }) => (locate ? { from: at, to: at + 1 } : pathAt === at + 1 ? "services.api.replicas" : "");
    window.editor.revealField("services.api.replicas");
  }, TWO);
  await page.waitForFunction(() => getSelection().toString() === "2");
  await page.waitForFunction(() => window.heard.fields.at(-1) === "services.api.replicas");
  await page.keyboard.press("ControlOrMeta+End");
  await page.waitForFunction(() => window.heard.fields.at(-1) === "");
  const { asked, fields } = await heard(page);
  assert.deepEqual(fields, ["services.api.replicas", ""]);
  assert.equal(asked[0], JSON.stringify({ locate: "services.api.replicas" }));
});

scenario("an answer about a text that has changed is none", {}, async ({ page }) => {
  const editor = await mount(page);
  await page.evaluate(() => {
    window.late = [];
    window.answer = (query) => new Promise((answer) => window.late.push({ query, answer }));
    window.editor.revealField("services.api.replicas");
    window.editor.showField("services.api");
    window.editor.reveal(0, 0);
  });
  // Questions from here on are about the new text: only those before it are answered too late.
  await page.evaluate(() => {
    window.early = window.late.splice(0);
  });
  await page.keyboard.type("x");
  await page.waitForFunction(() => window.late.length > 0);
  await page.evaluate(() => {
    for (const { query, answer } of window.early) {
      answer(query.complete === undefined ? { from: 10, to: 13 } : { from: 0, to: 1, isClosed: false, suggestions: [] });
    }
  });
  await page.keyboard.type("y");
  assert.equal((await heard(page)).texts.at(-1), `xy${TEXT}`, "the caret stays where the person types");
  assert.equal(await editor.locator(".cm-shown").count(), 0);
  // It is asked again about the new text.
  await page.waitForFunction(() => window.late.some(({ query }) => query.extent === "services.api"));
  await page.evaluate(() => {
    window.answer = async ({ extent }) => (extent ? { from: 13, to: 20 } : null);
    for (const { query, answer } of window.late.splice(0)) answer(query.extent ? { from: 13, to: 20 } : null);
  });
  await editor.locator(".cm-shown", { hasText: "api:" }).waitFor();
});

scenario("who types goes on without an engine", {}, async ({ page }) => {
  await mount(page);
  await page.evaluate(() => {
    window.answer = () => Promise.reject(new Error("no engine"));
    window.editor.showField("services");
    window.editor.reveal(0, 0);
  });
  await page.keyboard.type("name: a");
  await page.keyboard.press("F1");
  await page.keyboard.press("Enter");
  assert.equal((await heard(page)).texts.at(-1), `name: a\n${TEXT}`);
});

/** Puts `text` into the page's own editor, with the caret behind its first line that is `line`. */
async function edit(page, text, line) {
  await write(page, text);
  await page.keyboard.press("ControlOrMeta+Home");
  for (let down = text.split("\n").indexOf(line); down > 0; down--) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  return page.locator("#text");
}

const becomes = (page, text) => page.waitForFunction(
  (text) => [...document.querySelectorAll("#text .cm-line")].map((line) => line.textContent).join("\n").includes(text),
  text,
);

scenario("a field is completed from the schema by keyboard", {}, async ({ page, shot }) => {
  const editor = await edit(page, "services:\n  api:\n    python: {}\n  db: { postgres: {} }\n", "    python: {}");
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
  await becomes(page, "\n    memory: { limit: 256Mi }\n");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("ne");
  await editor.getByRole("option", { name: /^needs/ }).waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await editor.getByRole("option", { name: /^db/ }).waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await becomes(page, "\n    needs: [db]\n");
});

scenario("a text that is broken elsewhere is completed too", {}, async ({ page }) => {
  const text = "# \u{1f6a2}\nservices:\n  db: { postgres: {\n  api:\n    python: {}\n    memory: { limit: \"1Gi }\n";
  const editor = await edit(page, text, "    python: {}");
  await page.keyboard.press("Enter");
  await page.keyboard.type("repl");
  await editor.getByRole("option", { name: /^replicas/ }).waitFor();
  await page.waitForTimeout(100);
  await page.keyboard.press("Enter");
  await becomes(page, "\n    python: {}\n    replicas: \n");
});

scenario("what a field does is told on hover, and on F1", {}, async ({ page, shot }) => {
  const editor = await edit(page, TEXT, "    replicas: 2 # two");
  await editor.locator(".cm-line span", { hasText: /^replicas$/ }).hover();
  const card = editor.locator(".cm-field");
  await card.getByText("How many equal containers, 0 to 10000.").waitFor();
  assert.match(await card.innerText(), /services\.api\.replicas\s+number/);
  assert.match(await card.innerText(), /Default: 1/);
  await shot("editor-hover");
  await page.mouse.move(1000, 700);
  await card.waitFor({ state: "detached" });
  await page.keyboard.press("Home");
  await page.keyboard.press("F1");
  await card.waitFor();
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "detached" });
});
