// Measures the built page in a headless browser: `node benches/page.mjs dist/site` (`cargo xtask bench` runs it).
//
// It prints how long it takes until the page can be used, from a keystroke until everything that follows is on screen, from a
// step on the timeline until it is, how long the page is blocked meanwhile, and how fast the engine plans clusters of up to 5,000 nodes and 150,000 pods. The
// figures are those of the machine that it runs on, with whatever else that does.
import { readdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { serve } from "../tests/e2e/server.mjs";

const KEYSTROKES = 20;
const STEPS = 60;
const PODS_PER_NODE = 30;

const site = await serve(process.argv[2] ?? "dist/site");
let browser = await launch();
try {
  await start();
  const examples = readdirSync("examples").filter((name) => name.endsWith(".yaml"));
  const texts = examples.map((name) => readFileSync(`examples/${name}`, "utf8"));
  await typing(`${examples.length} examples`, texts);
  await typing(`${examples.length} examples, their files shown`, texts, "Files");
  await typing("a document of 50 services", [fifty()]);
  await typing("a document of 50 services, its files shown", [fifty()], "Files");
  // After a key, Chromium lets no worker's answer through before the next frame, however early it comes.
  await browser.close();
  browser = await launch("--disable-features=DeferRendererTasksAfterInput");
  await typing(`${examples.length} examples, answers not held back`, texts);
  await browser.close();
  browser = await launch();
  await scrubbing("shop", "Rollout of api");
  await scrubbing("a document of 50 services", "Rollout of s0", fifty());
  for (const nodes of [100, 500, 5000]) await planning(nodes);
} finally {
  await browser.close();
  site.close();
}

function launch(...args) {
  return chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", ...args] });
}

/** A page with `text` as its draft, which notes what the measurements need. */
async function open(text) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript((text) => {
    localStorage.setItem("plimsoll.draft.bench", `1 \n${text}`);
    window.longTasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((task) => longTasks.push(task.duration))).observe({ type: "longtask" });
    // How long each question takes, from the page's side.
    window.answers = [];
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      const asked = performance.now();
      const hear = ({ data }) => {
        if (!(data instanceof Uint8Array)) return;
        answers.push({ took: performance.now() - asked, size: data.length });
        this.removeEventListener("message", hear);
      };
      if (message instanceof Uint8Array) this.addEventListener("message", hear);
      return post.call(this, message, ...rest);
    };
    // When there is something to type into, and when the first plan is there.
    const note = new MutationObserver(() => {
      if (!window.usable && document.querySelector("textarea")) window.usable = performance.now();
      if (!window.planned && document.querySelector(".cargo")) window.planned = performance.now();
    });
    note.observe(document, { childList: true, subtree: true });
  }, text);
  await page.goto(site.url);
  return page;
}

/** From opening the page until it can be used, and until the plan of the text of last time is there. */
async function start() {
  const figures = [];
  for (let times = 0; times < 7; times += 1) {
    const page = await open(readFileSync("examples/shop.yaml", "utf8"));
    await page.locator(".cargo").first().waitFor();
    figures.push(await page.evaluate(() => [usable, planned]));
    await page.context().close();
  }
  row("until there is something to type into", figures.map(([usable]) => usable));
  row("until the plan of last time's text is there", figures.map(([, planned]) => planned));
}

/** From a keystroke that changes every output until all that is shown of them is on screen. */
async function typing(what, texts, view = "Plan") {
  const took = [];
  const blocked = [];
  for (const text of texts) {
    const page = await open(`name: a\n${text.replace(/^name: .*\n/m, "")}`);
    await page.locator(".cm-content").waitFor();
    await page.locator(".cargo").first().waitFor();
    await page.getByRole("tab", { name: view }).click();
    await page.locator(view === "Files" ? ".code" : ".cargo").first().waitFor();
    await page.locator(".cm-content").focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.press("End");
    await page.evaluate(() => {
      longTasks.length = 0;
      window.shown = [];
      let pressed;
      addEventListener("keydown", (event) => (pressed = event.timeStamp), true);
      // The name stands in the header and in every file: when it changes, so has everything else.
      const observer = new MutationObserver(() => {
        const since = pressed;
        requestAnimationFrame(() => {
          const painted = new MessageChannel();
          painted.port1.onmessage = () => shown.push(performance.now() - since);
          painted.port2.postMessage(null);
        });
      });
      observer.observe(document.querySelector(".topology-name"), { childList: true, subtree: true, characterData: true });
    });
    for (let key = 0; key < KEYSTROKES; key += 1) {
      await page.keyboard.press("abcdefghijklmnopqrstuvwxyz"[key]);
      await page.waitForFunction((number) => shown.length > number, key);
      await page.waitForTimeout(50);
    }
    took.push(...(await page.evaluate(() => shown)));
    blocked.push(...(await page.evaluate(() => longTasks)));
    await page.context().close();
  }
  row(`keystroke to screen, ${what}`, took);
  tell(blocked);
}

/** From a step on the timeline until its moment is on screen. */
async function scrubbing(what, scenario, text = readFileSync(`examples/${what}.yaml`, "utf8")) {
  const page = await open(text);
  await page.getByRole("radio", { name: scenario }).check();
  const slider = page.getByRole("slider", { name: "Time", exact: true });
  await slider.focus();
  await page.evaluate(() => {
    longTasks.length = 0;
    window.shown = [];
    addEventListener("keydown", (event) => {
      const since = event.timeStamp;
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => shown.push(performance.now() - since);
        painted.port2.postMessage(null);
      });
    });
  });
  for (let step = 0; step < STEPS; step += 1) {
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((number) => shown.length > number, step);
  }
  row(`step on the timeline to screen, ${what}`, await page.evaluate(() => shown));
  tell(await page.evaluate(() => longTasks));
  await page.context().close();
}

/** How many tasks were long. */
function tell(blocked) {
  console.log(`${"tasks over 50 ms meanwhile".padStart(52)}  ${blocked.length}${blocked.length ? `, the longest ${Math.max(...blocked)} ms` : ""}`);
}

/** From a cluster's description until its plan has come, and how the page goes on meanwhile. */
async function planning(nodes) {
  const page = await open("services: { api: { python: {} } }\n");
  await page.locator(".cm-content").waitFor();
  await page.locator(".cargo").first().waitFor();
  await page.evaluate(() => (longTasks.length = answers.length = 0));
  await page.locator(".cm-content").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, cluster(nodes));
  await page.getByText(`Kubernetes, ${nodes} nodes`).waitFor({ timeout: 120_000 });
  const { took, size } = await page.evaluate(() => answers.reduce((most, answer) => (answer.size > most.size ? answer : most)));
  const blocked = await page.evaluate(() => longTasks);
  const pods = nodes * PODS_PER_NODE;
  const speed = Math.round((pods / took) * 1000).toLocaleString("en");
  console.log(`${`${nodes} nodes, ${pods} pods`.padStart(52)}  ${took.toFixed(0)} ms: ${speed} pods/s; ${(size / 1024).toFixed(0)} KiB come back; longest task of the page ${Math.max(0, ...blocked)} ms`);
  await page.context().close();
}

/** Fifty services that need each other. */
function fifty() {
  const service = (_, index) => `  s${index}: { python: { app: "app${index}:app" }, replicas: 2, source: ./s${index}, needs: [db${index ? `, s${index - 1}` : ""}] }`;
  const services = Array.from({ length: 49 }, service).map((line) => line.replace(/ source: [^,]*,/, ""));
  return `services:\n${services.join("\n")}\n  db: { postgres: {} }\nserver: { cpu: 16, memory: 64Gi }\ncluster: { nodes: [{ count: 6, cpu: 8, memory: 32Gi }] }\n`;
}

/** A cluster with 300 replicas of each service. */
function cluster(nodes) {
  const count = (nodes * PODS_PER_NODE) / 300;
  const service = (_, index) =>
    `  s${index}: { image: "app:${index + 1}", replicas: 300, memory: { limit: ${192 + 64 * (index % 11)}Mi }, cpu: { request: ${50 + 50 * (index % 7)}m } }`;
  return `services:\n${Array.from({ length: count }, service).join("\n")}\ncluster: { nodes: [{ name: a, count: ${nodes / 2}, cpu: 16, memory: 64Gi }, { name: b, count: ${nodes / 2}, cpu: 32, memory: 128Gi }] }\n`;
}

function row(what, figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  console.log(`${what.padStart(52)}  median ${at(0.5)} ms, 99th percentile ${at(0.99)} ms, of ${sorted.length}`);
}
