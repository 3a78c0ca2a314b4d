// The generated files: from a line to its field and back, what changed, what to run.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { containers, editor, example, fileText, open, openExample, write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const file = (page, path) => page.getByRole("treeitem", { name: path, exact: true });
const selected = (page) => page.evaluate(() => getSelection().toString());

/** Has the shop's API run once more: three times instead of twice. */
async function addReplica(page, before = 2) {
  await editor(page);
  await page.locator(".cm-line", { hasText: `replicas: ${before}` }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("Backspace");
  await page.keyboard.type(`${before + 1}`);
}

scenario("from a line of a file to its field and back", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await editor(page);
  await fileText(page, "compose.yaml");
  const line = page.locator(".line", { hasText: "memswap_limit" }).first();
  await line.click();
  await page.locator(".cm-shown", { hasText: "limit: 256Mi" }).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.matches(".line")), "the focus stays in the file");
  await page.getByText("services.api.memory.limit makes").waitFor();
  await shot("files-traced");

  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.matches(".cm-content"));
  assert.equal(await selected(page), "256Mi");

  await file(page, "k8s/api.yaml").click();
  await (await editor(page)).focus();
  await page.keyboard.press("Alt+Enter");
  await page.waitForFunction(() => document.activeElement.matches(".line"));
  await page.locator("#why").getByText("services.api.memory.limit").waitFor();
});

scenario("the field at the caret tells how many lines come from it", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await editor(page);
  await open(page, "Files");
  await page.locator(".cm-line", { hasText: "replicas: 2" }).click();
  await page.getByText(/services\.api\.replicas makes \d+ lines? in \d+ files?/).waitFor();
  assert.match(await file(page, "k8s/api.yaml").getAttribute("aria-description"), /\d+ lines? from the field/);
  await file(page, "k8s/api.yaml").click();
  await page.getByRole("button", { name: "Next line" }).click();
  await page.waitForFunction(() => document.activeElement.textContent.includes("replicas: 2"));
  await page.locator("#why").getByText("services.api.replicas").waitFor();
});

scenario("what a change changed is marked, compared and kept", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await open(page, "Files");
  const changes = page.locator(".changes");
  await changes.getByText("No file has changed since you opened this.").waitFor();
  await addReplica(page);
  await changes.getByText(/^\d+ files changed since you opened this\.$/).waitFor();
  assert.match(await file(page, "k8s/api.yaml").getAttribute("aria-description"), /^changed/);
  assert.ok(!(await file(page, "Dockerfile").getAttribute("aria-description")));
  await file(page, "k8s/api.yaml").click();
  await page.locator(".code-mark.is-changed").first().waitFor();
  await shot("files-changed");

  await page.getByRole("button", { name: "Compare" }).click();
  await page.locator(".compare .is-removed", { hasText: "replicas: 2" }).waitFor();
  await page.locator(".compare .is-added", { hasText: "replicas: 3" }).waitFor();
  await page.getByText("unchanged lines").first().waitFor();
  await shot("files-compared");

  await page.getByRole("button", { name: "Keep this state" }).click();
  await changes.getByText("No file has changed since the state you kept.").waitFor();
  await addReplica(page, 3);
  await changes.getByText(/^\d+ files changed since the state you kept\.$/).waitFor();
  await page.reload({ waitUntil: "networkidle" });
  await open(page, "Files");
  await changes.getByText(/^\d+ files changed since the state you kept\.$/).waitFor();
  await file(page, "k8s/api.yaml").click();
  await page.getByRole("button", { name: "Compare" }).click();
  await page.locator(".compare .is-removed", { hasText: "replicas: 3" }).waitFor();
});

scenario("the files are of the text as it is, whichever view was shown while it was typed", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await page.locator(".cargo").first().waitFor();
  await addReplica(page);
  await open(page, "Files");
  await file(page, "k8s/api.yaml").click();
  await page.locator(".line", { hasText: "replicas: 3" }).waitFor();
  await addReplica(page, 3);
  await page.locator(".line", { hasText: "replicas: 4" }).waitFor();

  // Of a text that cannot be read the last that could is shown, as the plan is.
  await open(page, "Plan");
  await write(page, example("shop").replace("replicas: 2", "replicas: 5"));
  await page.locator(".cm-line", { hasText: "replicas: 5" }).waitFor();
  await page.waitForFunction(() => !document.querySelector(".result .is-stale"));
  await write(page, "services: [");
  await page.locator(".result .is-stale").waitFor();
  await open(page, "Files");
  await page.locator(".line", { hasText: "replicas: 5" }).waitFor();
});

scenario("a file that a change does away with is told as gone", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await open(page, "Files");
  await write(page, example("shop").replace(/^cluster:\n.*\n/m, ""));
  const gone = page.locator(".file-row.is-gone", { hasText: "namespace.yaml" });
  await gone.waitFor();
  assert.match(await gone.getAttribute("aria-description"), /^gone/);
  await gone.click();
  await page.locator(".compare .is-removed").first().waitFor();
});

scenario("the commands for the shown target are copied step by step", {}, async ({ page, shot }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openExample(page, "Shop");
  await open(page, "Files");
  await page.getByRole("button", { name: "Run these commands" }).click();
  const commands = page.getByRole("region", { name: "Run these commands" });
  await commands.getByRole("heading", { name: "On Kubernetes" }).waitFor();
  await shot("files-commands");
  const step = commands.getByRole("listitem").filter({ hasText: "docker push" });
  await step.getByRole("button", { name: "Copy" }).click();
  await step.getByText("Copied").waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    "docker build --tag ghcr.io/example/shop:1.0.0 --file Dockerfile .\ndocker push ghcr.io/example/shop:1.0.0\n",
  );
  await page.getByRole("banner").getByText("Server", { exact: true }).click();
  await commands.getByRole("heading", { name: "On one server, with Docker Compose" }).waitFor();
  await commands.getByText("docker compose up --build --detach --wait").waitFor();
  assert.equal(await commands.getByText("kubectl").count(), 0);
});

scenario("one file is downloaded", {}, async ({ page }) => {
  await openExample(page, "Shop");
  const text = await fileText(page, "k8s/api.yaml");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download this file" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "api.yaml");
  assert.equal(readFileSync(await download.path(), "utf8"), `${text}\n`);
});

scenario("the tree of files is walked by keyboard", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await open(page, "Files");
  await file(page, "Dockerfile").focus();
  for (let row = 0; row < 4; row++) await page.keyboard.press("ArrowDown");
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.equal(await focused(), "k8s");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await file(page, "k8s/api.yaml").count(), 0);
  assert.equal(await file(page, "k8s").getAttribute("aria-expanded"), "false");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), "k8s/namespace.yaml");
  assert.equal(await page.locator(".file-head h2").innerText(), "k8s/namespace.yaml");
  assert.equal(await file(page, "k8s/namespace.yaml").getAttribute("aria-level"), "2");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await focused(), "k8s");
});

scenario("of a very long file, what is in view is drawn", {}, async ({ page, shot }) => {
  const service = (_, number) => `  s${number}:\n    python: { app: "app.main:app" }\n    replicas: 3\n`;
  await write(page, `services:\n${Array.from({ length: 100 }, service).join("")}server: { cpu: 64, memory: 256Gi }\n`);
  await open(page, "Files");
  await file(page, "compose.yaml").click();
  await page.locator(".file-size", { hasText: /^\d{4} lines/ }).waitFor();
  const lines = Number((await page.locator(".file-size").innerText()).split(" ")[0]);
  assert.ok((await page.locator(".line").count()) < 700);
  await page.locator(".code").evaluate((code) => code.scrollTo(0, code.scrollHeight));
  const last = page.locator(".line").last();
  await page.waitForFunction(() => {
    const last = [...document.querySelectorAll(".line")].at(-1);
    return getComputedStyle(last, "::before").content !== "" && (/** @type {HTMLElement} */ (document.querySelector(".code-lines"))).offsetTop > 0;
  });
  await last.hover();
  await page.locator("#why").getByText(`Line ${lines}`).waitFor();
  await shot("files-long");
});

scenario("files are worked out once somebody looks at them", { blank: true }, async ({ page, url }) => {
  await page.addInitScript(() => {
    // The number of the task `Generate` (src/engine/mod.rs).
    const GENERATE = 5;
    window.generated = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message instanceof Uint8Array && message[0] === GENERATE) generated += 1;
      return post.call(this, message, ...rest);
    };
  });
  await page.goto(url);
  await openExample(page, "Shop");
  await addReplica(page);
  await page.locator(".cargo").first().waitFor();
  await page.waitForLoadState("networkidle");
  assert.equal(await page.evaluate(() => generated), 0);
  await open(page, "Files");
  await page.locator(".changes").getByText(/^\d+ files changed since you opened this\.$/).waitFor();
  assert.equal(await page.evaluate(() => generated), 2, "as they are, and as they were");
  await addReplica(page, 3);
  await file(page, "k8s/api.yaml").click();
  await page.locator(".line", { hasText: "replicas: 4" }).waitFor();
  await open(page, "Plan");
  await addReplica(page, 4);
  await containers(page, "api").nth(4).waitFor();
  assert.equal(await page.evaluate(() => generated), 2, "they come with what else follows from a change");
});
