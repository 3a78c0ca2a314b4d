// The page within somebody's documentation, which is from another site.
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { load } from "js-yaml";
import { violations } from "./axe.mjs";
import { editor, example, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";
import { answer, shifts, shown, watchShifts, within } from "./playgrounds.mjs";

const SMALL = "name: small\nservices:\n  api:\n    python: { app: \"app.main:app\" }\n";
const SPACE = '<div class="space"></div>';
const STYLE = `
  body { max-width: 46rem; margin: 0 auto; padding: 1rem; font-family: sans-serif; background: #fff; color: #222; }
  [data-theme=dark] body { background: #14181c; color: #ddd; transition: background 50ms; }
  pre { padding: 1rem; background: #f4f4f4; overflow: auto; }
  [data-theme=dark] pre { background: #222; }
  .space { height: 1600px; }
`;

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const block = (text, said = "") => `<pre class="plimsoll" ${said}>${escaped(text)}</pre>`;

/** A page of docs, under the policy that docs/embedding.md asks for. */
const docs = (body, { script = '<script src="SITEembed.js"></script>', frames = true } = {}) => (site) => {
  const { origin } = new URL(site);
  const policy = `default-src 'none'; script-src ${origin}; style-src 'self'; connect-src 'self'; frame-src ${frames ? origin : "'none'"}`;
  return {
    "docs.css": STYLE,
    "shop.yaml": example("shop"),
    "index.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Docs</title>
      <meta http-equiv="Content-Security-Policy" content="${policy}">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <link rel="stylesheet" href="docs.css">${script.replace("SITE", site)}</head>
      <body><main><h1>Docs</h1>${body}</main></body></html>`,
  };
};

/** Notes the events that playgrounds raise, from now on. */
const listen = (page) =>
  page.evaluate(() => {
    window.heard = [];
    for (const name of /** @type {const} */ (["plimsoll-ready", "plimsoll-change", "plimsoll-error"])) {
      document.addEventListener(name, ({ type, detail }) => window.heard.push({ type, ...detail }));
    }
  });
const heard = (page) => page.evaluate(() => window.heard);

/** The paths of what is asked of the page's site, from now on. */
function asked(page, site) {
  const paths = [];
  page.on("request", (request) => request.url().startsWith(site) && paths.push(request.url().slice(site.length)));
  return paths;
}

const three = [SMALL, example("shop"), example("django")].map((text) => SPACE + block(text)).join("") + SPACE;
scenario(
  "three playgrounds in a page: nothing comes before one is near, and nothing moves",
  { docs: docs(three), blank: true, viewport: { width: 1000, height: 800 } },
  async ({ page, docs, url, shot }) => {
    const paths = asked(page, url);
    await watchShifts(page);
    await page.goto(docs, { waitUntil: "networkidle" });
    assert.deepEqual(paths, ["embed.js"]);
    assert.equal(await page.locator("iframe").count(), 0);
    for (const [number, name] of ["small", "shop", "django"].entries()) {
      await page.locator("pre").nth(number).scrollIntoViewIfNeeded();
      await answer(page, number);
      assert.equal(await page.locator("iframe").count(), number + 1);
      await shot(`embed-${name}`);
    }
    assert.deepEqual(await shifts(page), []);
    assert.equal(await page.evaluate(() => document.activeElement.localName), "body", "the focus stays");
  },
);

for (const how of ["", "defer", "async"]) {
  const script = `<script ${how} src="SITEembed.js"></script>`;
  scenario(`blocks in view from the start, with a script that is ${how || "waited for"}: nothing moves`, { docs: docs(`${block(SMALL)}<p>between</p>${block(example("go"))}<p>after</p>`, { script }), blank: true }, async ({ page, docs }) => {
    await watchShifts(page);
    await page.goto(docs, { waitUntil: "load" });
    // A block that was seen already keeps its own height; in so little room none comes unless it is asked for.
    const offer = page.getByRole("button", { name: "Open in the playground" });
    if (how) await offer.click();
    else assert.equal(await offer.count(), 0);
    await answer(page, 0);
    await page.locator("pre").nth(1).scrollIntoViewIfNeeded();
    await answer(page, 1);
    assert.deepEqual(await shifts(page), []);
  });
}

scenario("what is changed in it is told, and goes along to the whole page", { docs: docs(block(SMALL)) }, async ({ page, url }) => {
  await listen(page);
  await answer(page);
  const field = await editor(within(page));
  await field.click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("    replicas: 3\n");
  await page.waitForFunction(() => window.heard.at(-1)?.value.includes("replicas: 3\n"));
  const last = (await heard(page)).at(-1);
  assert.equal(last.type, "plimsoll-change");
  assert.equal(last.errors, 0);
  assert.match(last.sentence, /floats/i);
  assert.equal(await page.locator("plimsoll-playground").evaluate((/** @type {Playground} */ playground) => playground.value), last.value);

  const way = within(page).getByRole("link", { name: "Open in Plimsoll" });
  const address = await way.getAttribute("href");
  assert.match(address, new RegExp(`^${url}(index\\.html)?#v1=`));
  const [whole] = await Promise.all([page.waitForEvent("popup"), way.click()]);
  await whole.locator(".topology-name", { hasText: "small" }).waitFor();
  assert.match(await written(whole), /replicas: 3/);

  await field.click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("nonsense: 3");
  await page.waitForFunction(() => window.heard.at(-1)?.errors === 1);
});

scenario("a page sets another text, and only the last of many counts", { docs: docs(block(SMALL)) }, async ({ page }) => {
  await listen(page);
  await answer(page);
  await page.locator("plimsoll-playground").evaluate((/** @type {Playground} */ playground, text) => {
    for (let turn = 0; turn < 500; turn++) playground.value = `name: turn${turn}\n${text}`;
  }, SMALL.replace("name: small\n", ""));
  await page.waitForFunction(() => window.heard.at(-1)?.value.startsWith("name: turn499\n"));
  assert.ok((await heard(page)).length <= 3);
});

scenario("it follows the switch of the page around it", { docs: docs(block(SMALL)) }, async ({ page, shot }) => {
  await answer(page);
  const ground = () => within(page).locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  assert.equal(await ground(), "rgb(246, 245, 241)");
  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  await within(page).locator("html[data-theme=dark]").waitFor({ state: "attached" });
  assert.equal(await ground(), "rgb(15, 23, 29)");
  await shot("embed-dark");
  await page.locator("plimsoll-playground").evaluate((/** @type {Playground} */ playground) => playground.setAttribute("theme", "light"));
  await within(page).locator("html[data-theme=light]").waitFor({ state: "attached" });
});

scenario("readonly: the text is read, by hand or by script, and not changed", { docs: docs(block(example("shop"), "data-readonly data-view=diagram")) }, async ({ page, shot }) => {
  await listen(page);
  const frame = within(page);
  await frame.getByRole("option", { name: /^api/ }).waitFor();
  const field = await editor(frame);
  await field.click();
  await page.keyboard.type("x");
  await page.keyboard.press("Delete");
  await page.keyboard.press("ControlOrMeta+z");
  await frame.getByRole("option", { name: /^api/ }).focus();
  for (const key of ["Delete", "F2", "c"]) await page.keyboard.press(key);
  assert.equal(await frame.getByRole("button", { name: "Add service" }).count(), 0);
  assert.equal(await frame.locator(".rename, .needs").count(), 0);
  assert.deepEqual((await heard(page)).map(({ type }) => type), ["plimsoll-ready"]);
  await shot("embed-diagram");
  await page.locator("plimsoll-playground").evaluate((/** @type {Playground} */ playground, text) => (playground.value = text), SMALL);
  await frame.getByRole("option", { name: /^cache/ }).waitFor({ state: "detached" });
  assert.deepEqual((await heard(page)).filter(({ type }) => type === "plimsoll-change").map(({ value }) => value), [SMALL]);
});

scenario("an author says what is shown first", { docs: docs(`<plimsoll-playground src="shop.yaml" view="files" file="compose.yaml" height="400"></plimsoll-playground>${SPACE}${block(example("shop"), 'data-scenario="rollout" data-view="plan"')}${SPACE}`) }, async ({ page, shot }) => {
  const files = within(page, 0);
  await files.getByRole("button", { name: "compose.yaml", expanded: false }).waitFor();
  await files.locator(".code", { hasText: "services:" }).waitFor();
  assert.equal(await files.getByRole("button", { name: "Plan" }).count(), 0);
  assert.equal(await page.locator("plimsoll-playground").first().evaluate((/** @type {Playground} */ playground) => playground.offsetHeight), 400);
  await shot("embed-files");
  await page.locator("pre").scrollIntoViewIfNeeded();
  await answer(page, 1);
  await within(page, 1).getByRole("slider").first().waitFor();
});

const marked = escaped(SMALL).replace(/^(\s*)(\w+)/gm, '$1<span class="nt">$2</span>');
const KINDS = [
  `<pre class="plimsoll" data-load="click">${marked}</pre>`,
  `<pre><code class="language-plimsoll" data-load="click">${marked}</code></pre>`,
  `<pre class="language-plimsoll" data-load="click">${marked}</pre>`,
  `<div class="language-plimsoll highlight" data-load="click"><pre><span></span><code>${marked}</code></pre></div>`,
  `<div class="highlight-plimsoll"><table><tr><td class="linenos"><pre>1\n2</pre></td><td data-load="click"><pre>${marked}</pre></td></tr></table></div>`,
  `<plimsoll-playground load="click"><pre>${marked}</pre></plimsoll-playground>`,
];
scenario("whatever way a block is marked as one, it becomes a playground with its text", { docs: docs(KINDS.join("")) }, async ({ page }) => {
  const values = await page.locator("plimsoll-playground").evaluateAll((/** @type {Playground[]} */ playgrounds) => playgrounds.map(({ value }) => value));
  assert.deepEqual(values, KINDS.map(() => SMALL));
  assert.equal(await page.getByRole("button", { name: "Open in the playground" }).count(), KINDS.length);
});

scenario("what an author gets wrong is as usual, and what is not there is told", { docs: docs(`${block(SMALL, 'data-view="nonsense" data-file="../x" data-scenario="__proto__" data-theme="url(x)" data-height="999999" data-load="never"')}${SPACE}<plimsoll-playground src="missing.yaml">name: readable</plimsoll-playground>${SPACE}`) }, async ({ page, mayFail }) => {
  mayFail(/status of 404|missing\.yaml/);
  await listen(page);
  await answer(page);
  assert.equal(await page.locator("pre").evaluate((/** @type {HTMLElement} */ block) => block.offsetHeight), 2000);
  await page.locator("plimsoll-playground").first().evaluate((/** @type {Playground} */ playground) => (playground.value = "x".repeat((1 << 20) + 1)));
  const error = (message) => page.waitForFunction((message) => window.heard.some((event) => event.type === "plimsoll-error" && event.message === message), message);
  await error("The document is longer than 1 MiB");
  assert.equal(await page.locator("plimsoll-playground").first().evaluate((/** @type {Playground} */ playground) => playground.value), SMALL);
  const missing = page.locator("plimsoll-playground").last();
  await missing.scrollIntoViewIfNeeded();
  await error("missing.yaml: status 404");
  assert.equal(await missing.innerText(), "name: readable");
});

scenario("it comes at a click, where the author wants that", { docs: docs(block(SMALL, 'data-load="click"') + "<p>after</p>"), blank: true }, async ({ page, docs, url }) => {
  const paths = asked(page, url);
  await watchShifts(page);
  await page.goto(docs, { waitUntil: "networkidle" });
  assert.deepEqual(paths, ["embed.js"]);
  assert.match(await page.locator("pre").innerText(), /python: \{ app/);
  await page.getByRole("button", { name: "Open in the playground" }).click();
  await answer(page);
  assert.deepEqual(await shifts(page), []);
});

scenario("on a phone it is as wide as the text, one view at a time", { docs: docs(SPACE + block(example("shop")) + SPACE), viewport: { width: 390, height: 844 } }, async ({ page, shot }) => {
  await page.locator("pre").scrollIntoViewIfNeeded();
  const heading = await answer(page);
  await shot("embed-phone");
  const frame = within(page);
  await frame.getByRole("button", { name: "Text" }).click();
  await (await editor(frame)).waitFor();
  assert.equal(await heading.isVisible(), false);
  await frame.getByRole("button", { name: "Files" }).click();
  await frame.locator(".code").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

scenario("the wheel over it goes on scrolling the page", { docs: docs(block(example("shop"), "data-view=diagram") + SPACE) }, async ({ page }) => {
  await within(page).getByRole("option", { name: /^api/ }).waitFor();
  await page.waitForTimeout(300);
  const box = await page.locator("iframe").boundingBox();
  await page.mouse.move(box.x + box.width * 0.8, box.y + 200);
  await page.mouse.wheel(0, 200);
  await page.waitForFunction(() => scrollY > 0);
});

for (const [view, width] of /** @type {const} */ ([["both", 1000], ["files", 1000], ["diagram", 1000], ["plan", 390], ["diagram", 390]])) {
  const body = block(example("shop"), `data-view="${view}" data-theme="${width === 390 ? "dark" : "light"}"`);
  scenario(`nobody is kept out of the view ${view}, ${width} pixels wide`, { docs: docs(body), viewport: { width, height: 800 } }, async ({ page }) => {
    await page.waitForFunction(() => document.querySelector("iframe")?.style.visibility === "visible");
    assert.deepEqual(await violations(page.frames()[1]), []);
    assert.deepEqual(await violations(page), []);
  });
}

scenario("without scripts the text is there to be read", { docs: docs(block(SMALL)), blank: true }, async ({ page, docs }) => {
  const context = await page.context().browser().newContext({ javaScriptEnabled: false });
  try {
    const visit = await context.newPage();
    await visit.goto(docs);
    assert.equal(await visit.locator("pre").innerText(), SMALL);
  } finally {
    await context.close();
  }
});

scenario("where frames are refused the text stays, and the page is told", { docs: docs(block(example("shop")), { frames: false }), blank: true }, async ({ page, docs, mayFail }) => {
  mayFail(/frame-src|Framing|chrome-error|ERR_BLOCKED_BY_CSP/);
  await page.clock.install();
  await page.goto(docs);
  await listen(page);
  await page.locator("iframe").waitFor({ state: "attached" });
  await page.clock.fastForward(16_000);
  await page.waitForFunction(() => window.heard.length > 0);
  assert.deepEqual(await heard(page), [{ type: "plimsoll-error", message: "The playground did not answer" }]);
  assert.equal(await page.locator("iframe").count(), 0);
  assert.ok((await page.locator("pre").innerText()).startsWith(example("shop").trimEnd()));
});

scenario("a part of it that does not come at first is asked for again", { docs: docs(block(SMALL)), blank: true, serviceWorkers: "block" }, async ({ page, docs, mayFail }) => {
  for (const what of [/The engine stopped/, /Failed to fetch/, /failed request: .*plimsoll-web-rest/, /Failed to load resource/]) mayFail(what);
  let refused = 0;
  await page.route(/plimsoll-web-rest.*\.wasm$/, (route) => {
    if (refused === 2) return route.continue();
    refused += 1;
    return route.abort();
  });
  await page.goto(docs);
  await answer(page);
  assert.equal(refused, 2);
});

scenario("it survives sites that load their next page in place", { docs: docs(block(SMALL)) }, async ({ page }) => {
  await answer(page);
  // Another page comes, as a generator of docs marks it; and then the first again, as it was.
  await page.evaluate((text) => {
    const main = document.querySelector("main");
    window.before = [...main.childNodes];
    const code = Object.assign(document.createElement("code"), { className: "language-plimsoll", textContent: text });
    const pre = document.createElement("pre");
    pre.append(code);
    main.replaceChildren(pre);
  }, SMALL.replace("small", "second"));
  await answer(page);
  assert.match(await (await editor(within(page))).innerText(), /^name: second/);
  await page.evaluate(() => document.querySelector("main").replaceChildren(...window.before));
  await answer(page);
  assert.match(await (await editor(within(page))).innerText(), /^name: small/);
  assert.equal(await page.locator("iframe").count(), 1);
});

scenario("a page that floods it with rubbish harms nothing", { docs: docs("<h2>Mine</h2>", { script: "" }) }, async ({ page, docs, url }) => {
  await page.evaluate((url) => {
    const frame = document.createElement("iframe");
    frame.src = `${url}index.html?embed`;
    frame.width = "800";
    window.told = [];
    addEventListener("message", (event) => {
      if (event.source === frame.contentWindow) window.told.push(JSON.parse(event.data));
    });
    document.body.append(frame);
  }, url);
  await page.waitForFunction(() => window.told.some(({ type }) => type === "hello"));
  const frame = page.frames()[1];
  /** Says them all at once. What a person does there a moment later has to be answered. */
  const say = async (messages) => {
    await page.evaluate((messages) => messages.forEach((message) => document.querySelector("iframe").contentWindow.postMessage(message, "*")), messages);
    const start = Date.now();
    await frame.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    assert.ok(Date.now() - start < 1000, `no answer for ${Date.now() - start} ms`);
  };
  const flood = [null, 1, "", "{", "[".repeat(50_000), { plimsoll: 1, type: "start" }, '{"plimsoll":2,"type":"start"}', '{"plimsoll":1,"type":"start","value":{}}', "x".repeat(100_000)];
  for (let turn = 0; turn < 20; turn++) await say(Array.from({ length: 250 }, (_, index) => flood[index % flood.length]));
  await page.evaluate(() => document.querySelector("iframe").contentWindow.postMessage("x".repeat(20 << 20), "*"));
  await say([JSON.stringify({ plimsoll: 1, type: "start", value: SMALL, view: "<img src=x onerror=alert(1)>", file: "../".repeat(1000), scenario: "__proto__", theme: "url(x)" })]);
  await page.waitForFunction(() => window.told.some(({ type }) => type === "ready"));
  await page.frameLocator("iframe").getByRole("heading", { name: /floats/i }).waitFor();
  const field = await editor(page.frameLocator("iframe"));
  await field.press("ControlOrMeta+End");
  await page.keyboard.type("# mine");

  // A text that no document can have is refused, and what was there stays. A second start is none.
  await say([JSON.stringify({ plimsoll: 1, type: "value", value: "x".repeat((1 << 20) + 1) }), JSON.stringify({ plimsoll: 1, type: "start", value: "name: other\n" })]);
  await page.waitForFunction(() => window.told.some(({ type }) => type === "error"));
  for (let turn = 0; turn < 20; turn++) await say(Array.from({ length: 250 }, (_, index) => JSON.stringify({ plimsoll: 1, type: "theme", theme: index % 2 ? "dark" : "light" })));
  assert.match(await field.innerText(), /^name: small[^]*# mine/);
  await say([JSON.stringify({ plimsoll: 1, type: "value", value: SMALL.replace("small", "after") })]);
  await page.waitForFunction(() => window.told.at(-1).value?.startsWith("name: after"));
  assert.equal(await page.evaluate(() => window.told.filter(({ value }) => value && !value.startsWith("name: small")).length), 1);
  await field.press("ControlOrMeta+z");
  assert.match(await field.innerText(), /^name: small[^]*# mine/);
  assert.deepEqual([page.url(), ...page.frames().map((frame) => frame.url())], [docs, docs, `${url}index.html?embed`]);
});

scenario("who is neither the page around it nor the frame is not heard", { docs: docs(block(SMALL)) }, async ({ page, url }) => {
  await listen(page);
  await answer(page);
  const forged = JSON.stringify({ plimsoll: 1, type: "change", value: "forged", errors: 0, sentence: "" });
  await page.evaluate((forged) => window.postMessage(forged, "*"), forged);
  // A frame beside it, from the page's own site even.
  await page.evaluate((url) => {
    const other = document.createElement("iframe");
    other.className = "other";
    other.src = `${url}icon.svg`;
    document.body.append(other);
    return new Promise((resolve) => other.addEventListener("load", resolve));
  }, url);
  const other = page.frames().find((frame) => frame.url().endsWith("icon.svg"));
  await other.evaluate(
    ([forged, value]) => {
      parent.postMessage(forged, "*");
      parent.frames[0].postMessage(value, "*");
    },
    [forged, JSON.stringify({ plimsoll: 1, type: "value", value: "name: forged\n" })],
  );
  await page.waitForTimeout(300);
  assert.match(await (await editor(within(page))).innerText(), /^name: small/);
  assert.equal((await heard(page)).filter(({ type }) => type === "plimsoll-change").length, 0);
});

scenario("the frame leads its page nowhere, and opens no dialog", { docs: docs(block(SMALL)) }, async ({ page, docs, mayFail }) => {
  mayFail(/Unsafe attempt to initiate navigation|Ignored call to 'alert\(\)'/);
  page.on("dialog", () => assert.fail("a dialog"));
  await answer(page);
  const refused = await page.frames()[1].evaluate(() => {
    alert("here");
    try {
      top.location.href = "https://elsewhere.example/";
    } catch (error) {
      return error.name;
    }
  });
  assert.equal(refused, "SecurityError");
  assert.equal(page.url(), docs);
});

const SCRIPT = `<img src=x onerror="self.pwned=1"><script>self.pwned=1</script>javascript:self.pwned=1`;
const quoted = JSON.stringify(SCRIPT);
const hostile = `name: ${quoted}\nservices:\n  ${quoted}:\n    python: { app: ${quoted} }\n  api:\n    image: ${quoted}\n    command: ${quoted}\n    environment: { A: ${quoted} }\n    public: { host: ${quoted} }\n  db: { postgres: { version: ${quoted} } }\n${quoted}: ${quoted}\n`;

/** No script of a document runs anywhere in the page, and nothing leads to one. */
async function runsNoScript(page) {
  for (const frame of page.frames()) assert.equal(await frame.evaluate(() => window.pwned), undefined);
  for (const frame of page.frames().slice(1)) {
    const found = "img, main script, a[href^='javascript:' i], [onerror]";
    assert.equal(await frame.evaluate((found) => document.querySelectorAll(found).length, found), 0);
  }
}

/** The documents that differ from this one by script in place of one value, or of one key. */
function withScript(value) {
  if (typeof value !== "object") return [SCRIPT];
  const entries = Object.entries(value);
  const other = (index, entry) => (Array.isArray(value) ? entries.with(index, entry).map(([, item]) => item) : Object.fromEntries(entries.with(index, entry)));
  return entries.flatMap(([key, item], index) => {
    const values = withScript(item).map((changed) => other(index, [key, changed]));
    return Array.isArray(value) ? values : [...values, other(index, [SCRIPT, item])];
  });
}

const everyView = ["plan", "files", "diagram"].map((view) => block(SMALL, `data-view="${view}" data-height="250"`)).join("");
scenario("script in any field is text, in every view", { docs: docs(everyView) }, async ({ page, docs, url }) => {
  page.on("dialog", () => assert.fail("a dialog"));
  for (const number of [0, 1, 2]) await shown(page, number);
  const documents = withScript(load(example("shop"))).map((document) => JSON.stringify(document));
  assert.ok(documents.length > 100);
  for (const text of documents) {
    await page.evaluate(async (text) => {
      const shows = (playground) =>
        new Promise((resolve) => {
          playground.addEventListener("plimsoll-change", ({ detail }) => detail.value === text && resolve(null));
          playground.value = text;
        });
      await Promise.all([...document.querySelectorAll("plimsoll-playground")].map(shows));
    }, text);
    await runsNoScript(page);
  }
  assert.deepEqual(page.frames().map((frame) => frame.url()), [docs, ...Array(3).fill(`${url}index.html?embed`)]);
});

scenario("a document full of script is text", { docs: docs(block(hostile) + SPACE + block(`name: long\n# ${"x".repeat(1 << 20)}\n`) + SPACE) }, async ({ page, url }) => {
  page.on("dialog", () => assert.fail("a dialog"));
  await listen(page);
  const first = within(page);
  await first.locator("button.status.is-error").waitFor();
  assert.match(await (await editor(first)).innerText(), /onerror/);
  await runsNoScript(page);
  // Longer than a document may be: it stays the text that it is, and the page is told.
  await page.locator("pre").nth(1).scrollIntoViewIfNeeded();
  await page.waitForFunction(() => window.heard.some(({ type, message }) => type === "plimsoll-error" && message.includes("1 MiB")));
  assert.equal(await page.locator("pre").nth(1).isVisible(), true);
  assert.ok(page.frames().slice(1).every((frame) => frame.url() === `${url}index.html?embed`));
});

const many = (count, line) => Array.from({ length: count }, (_, index) => line(index)).join("");
/** Documents of the most that one may have, of many mistakes, and of much that follows from little. */
const HEAVY = {
  "long lines": `${SMALL}# ${"x".repeat((1 << 20) - 100)}\n`,
  "what is never closed": "[".repeat(1 << 20),
  "a list of a million": `services: [${"a,".repeat(500_000)}]\n`,
  "aliases of aliases": `a0: &a0 [x]\n${many(30, (index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]\n`)}`,
  "mistakes everywhere": `services:\n${many(50_000, (index) => `  x${index}: 5\n`)}`,
  "more services than there may be": `services:\n${many(20_000, (index) => `  s${index}: { image: "a:1", needs: [s${index + 1}] }\n`)}`,
  "a full cluster": `services:\n${many(50, (index) => `  s${index}: { image: "a:1", replicas: 3000 }\n`)}cluster: { nodes: [{ name: a, count: 5000, cpu: 2, memory: 4Gi }] }\n`,
};
scenario("a document of any size or shape is answered, and neither page nor frame stands still", { docs: docs(block(SMALL)) }, async ({ page }) => {
  await answer(page);
  await editor(within(page));
  const windows = [page.mainFrame(), page.frames()[1]];
  for (const window of windows) {
    await window.evaluate(() => {
      let last = performance.now();
      self.stillness = 0;
      setInterval(() => {
        const now = performance.now();
        self.stillness = Math.max(self.stillness, now - last);
        last = now;
      }, 10);
    });
  }
  for (const [name, text] of Object.entries(HEAVY)) {
    await page.locator("plimsoll-playground").evaluate(
      (/** @type {Playground} */ playground, text) =>
        new Promise((resolve) => {
          playground.addEventListener("plimsoll-change", ({ detail }) => detail.value === text && resolve(null));
          playground.value = text;
        }),
      text,
    );
    const [ofPage, ofFrame] = await Promise.all(windows.map((window) => window.evaluate(() => self.stillness)));
    assert.ok(ofPage < 1000 && ofFrame < 2500, `${name}: the page stood still for ${ofPage} ms, the frame for ${ofFrame} ms`);
  }
});

scenario("a visitor's own drafts are neither shown nor changed, even on the same site", { copy: true }, async ({ page, folder, url, mayFail }) => {
  // Chromium says so where frame and page are of one origin, and trust each other anyway.
  mayFail(/allow-scripts and allow-same-origin/);
  // Who leaves a page leaves its workers, of which one may just be starting.
  mayFail(/plimsoll-engine.*ERR_ABORTED/);
  const mine = "name: mine\n";
  await write(page, mine);
  await page.waitForFunction(() => navigator.serviceWorker?.controller || !document.querySelector("link[rel=offline]"));
  const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  await page.waitForFunction((mine) => Object.values(localStorage).some((value) => value.endsWith(mine)), mine);
  await writeFile(join(folder, "docs.html"), docs(block(SMALL))(url)["index.html"].replace('rel="stylesheet" href="docs.css"', "").replace("style-src 'self'", "style-src *"));
  await page.addInitScript(() => {
    window.asked = [];
    const { getItem } = Storage.prototype;
    Storage.prototype.getItem = function (key) {
      window.asked.push(key);
      return getItem.call(this, key);
    };
  });
  await page.goto(`${url}docs.html`, { waitUntil: "load" });
  const before = await kept();
  await answer(page);
  assert.deepEqual(await page.frames()[1].evaluate(() => window.asked), [], "nothing that is kept is read");
  const field = await editor(within(page));
  assert.match(await field.innerText(), /^name: small/);
  await field.click();
  await page.keyboard.type("# changed\n");
  await page.waitForTimeout(500);
  assert.equal(await kept(), before);
  await page.goto(url, { waitUntil: "networkidle" });
  assert.equal(await written(page), mine);
});

scenario("the address of the embedded page, opened by itself, is the whole page", { path: "index.html?embed" }, async ({ page }) => {
  await page.getByRole("button", { name: "Examples" }).waitFor();
});
