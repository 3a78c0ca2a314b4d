// What a person notices of the engine: that it never keeps them waiting, and that it is honest when it fails.
import assert from "node:assert/strict";
import { containers, editor, example, open, openExample, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";

/** 500 services, 5,000 nodes, 150,000 pods. */
const LARGEST = [
  "services:",
  ...Array.from({ length: 500 }, (_, index) => {
    const memory = 192 + 16 * (index % 16);
    return `  s${index}: { image: "app:${index}", replicas: 300, memory: { limit: ${memory}Mi }, cpu: { request: ${20 + 10 * (index % 7)}m } }`;
  }),
  "cluster: { nodes: [{ name: a, count: 2500, cpu: 8, memory: 32Gi }, { name: b, count: 2500, cpu: 16, memory: 64Gi }] }",
  "",
].join("\n");

/** Workers that hold the engine. */
const engines = (page) => page.workers().filter((worker) => worker.url().includes("plimsoll-engine"));
const working = (page) => page.getByRole("progressbar", { name: "Analyzing" });
const trouble = (page) => page.getByRole("alert").filter({ has: page.getByRole("button", { name: "Copy a report" }) });
const headline = (page, words) => page.getByRole("heading", { name: words });

scenario("go on typing while the largest cluster is planned", {}, async ({ page, shot }) => {
  await write(page, LARGEST);
  await working(page).waitFor();
  await shot("engine-working");
  const field = await editor(page);
  await field.press("ControlOrMeta+Home");
  await page.keyboard.type("# typed meanwhile\n");
  assert.ok((await written(page)).startsWith("# typed meanwhile\n"), "what is typed is there");
  assert.ok(await working(page).isVisible(), "and was not waited for");
  await page.getByText("Kubernetes, 5000 nodes").waitFor({ timeout: 45_000 });
  await page.getByText("The first 24 of 5000 nodes are drawn").waitFor();
});

scenario("replace a document that takes long by one that does not, and see that one at once", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await containers(page, "db").first().waitFor();
  // However quick the machine is.
  for (const engine of engines(page)) {
    await engine.evaluate(() => {
      const answer = self.onmessage;
      self.onmessage = (question) => {
        for (const end = Date.now() + 5000; Date.now() < end; );
        answer.call(self, question);
      };
    });
  }
  await write(page, LARGEST);
  await working(page).waitFor();
  const ended = Promise.race(engines(page).map((engine) => new Promise((closed) => engine.once("close", closed))));
  await page.waitForTimeout(200);
  await write(page, example("fastapi"));
  await ended;
  await containers(page, "api").first().waitFor();
  await working(page).waitFor({ state: "detached" });
  assert.ok(engines(page).length <= 3, "one for the text, one for simulations and one for the editor");
});

scenario(
  "read what happened when a computation breaks down, and go on with the next change",
  {},
  async ({ page, shot, mayFail }) => {
    mayFail(/The engine stopped: .*out of memory/);
    mayFail(/out of memory/);
    await openExample(page, "Shop");
    await containers(page, "db").first().waitFor();
    for (const engine of engines(page)) {
      await engine.evaluate(() => {
        self.onmessage = () => {
          throw new Error("out of memory");
        };
      });
    }
    const field = await editor(page);
    await field.press("ControlOrMeta+End");
    await page.keyboard.press("#");
    await trouble(page).getByText("The computation stopped").waitFor();
    await trouble(page).getByText("Your text is kept").waitFor();
    assert.ok((await written(page)).endsWith("#"), "the text is kept");
    await containers(page, "db").first().waitFor();
    await shot("engine-broke");
    await page.keyboard.press("a");
    await trouble(page).waitFor({ state: "detached" });
    await open(page, "Files");
    await page.getByRole("treeitem", { name: "compose.yaml", exact: true }).waitFor();
  },
);

scenario(
  "read that the engine did not load, and try again",
  { blank: true, serviceWorkers: "block" },
  async ({ page, url, shot, mayFail }) => {
    mayFail(/The engine stopped/);
    mayFail(/failed request: .*plimsoll-engine/);
    mayFail(/Failed to load resource/);
    mayFail(/Service Worker registration blocked/);
    await page.route(/plimsoll-engine.*\.wasm$/, (route) => route.abort());
    await page.goto(url);
    await write(page, example("fastapi"));
    await trouble(page).getByText("did not load").waitFor();
    await shot("engine-not-loaded");
    await page.unroute(/plimsoll-engine.*\.wasm$/);
    await page.getByRole("button", { name: "Try again" }).click();
    await containers(page, "api").first().waitFor();
    assert.equal(await trouble(page).count(), 0);
  },
);

scenario(
  "write while a part of the page does not come, and try again",
  { blank: true, serviceWorkers: "block" },
  async ({ page, url, shot, mayFail }) => {
    mayFail(/The engine stopped/);
    mayFail(/TypeError: Failed to fetch/);
    mayFail(/failed request: .*plimsoll-web-rest/);
    mayFail(/Failed to load resource/);
    mayFail(/Service Worker registration blocked/);
    let refused = 0;
    await page.route(/plimsoll-web-rest.*\.wasm$/, (route) => {
      refused += 1;
      return route.abort();
    });
    await page.goto(url);
    await trouble(page).getByText("did not load").waitFor();
    await write(page, example("fastapi"));
    // The answer to the text asks for it once more, and nothing does after that.
    while (refused < 2) await page.waitForTimeout(50);
    await trouble(page).getByText("did not load").waitFor();
    await shot("rest-not-loaded");
    await page.unroute(/plimsoll-web-rest.*\.wasm$/);
    await page.getByRole("button", { name: "Try again" }).click();
    await containers(page, "api").first().waitFor();
    assert.equal(await trouble(page).count(), 0);
    assert.equal(await written(page), example("fastapi"));
  },
);

scenario(
  "read that this browser cannot compute in the background",
  { blank: true },
  async ({ page, url, mayFail }) => {
    mayFail(/The engine stopped/);
    await page.addInitScript(() => delete window.Worker);
    await page.goto(url);
    await write(page, example("fastapi"));
    await trouble(page).getByText("This browser does not let the page compute in the background").waitFor();
    assert.equal(await written(page), example("fastapi"));
  },
);

scenario("come back to a text and see it worked out, not the first page", {}, async ({ page }) => {
  await write(page, example("fastapi"));
  await containers(page, "api").first().waitFor();
  await page.reload();
  await containers(page, "api").first().waitFor();
  assert.equal(await headline(page, "See what a deployment needs before you ship it.").count(), 0);
});

scenario("work in a sandboxed frame of somebody else's page", { blank: true }, async ({ page, url }) => {
  const body = `<!doctype html><iframe sandbox="allow-scripts" src="${url}" width="1200" height="700"></iframe>`;
  await page.route(/host\.html$/, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${url}host.html`);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Shop" }).click();
  await frame.locator(".cargo", { hasText: /^db$/ }).first().waitFor();
});
