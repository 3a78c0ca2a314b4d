// What happens over time, seen by scrubbing, read from the events, and as a table.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { ROOT, containers, editor, example, open, openExample, write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

/** What `plimsoll simulate examples/shop.yaml --scenario rollout --service api --json` prints. */
const ROLLOUT = JSON.parse(readFileSync(`${ROOT}tests/golden/shop/rollout.json`, "utf8"));
/** What came of it, as the page shows it. */
const OUTCOME = [ROLLOUT.outcome, ROLLOUT.downtime].flatMap((statement) => statement?.sentence ?? []).join(" ");
const MIB = 1024 * 1024;

const choose = (page, name) => page.getByRole("radio", { name }).check();
const slider = (page) => page.getByRole("slider", { name: "Time", exact: true });
const clock = (page) => page.locator(".clock").innerText();
const current = (page) => page.locator('.event[aria-selected="true"]');
const hull = (page, node) => page.locator(".hull-row", { hasText: node });

/** A time as the page writes it. */
const time = (millis) => {
  const seconds = Math.floor(millis / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

scenario("see what a rollout does, by keyboard alone: its peak, and what happens then", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await page.getByRole("radio", { name: "Steady" }).focus();
  await page.keyboard.press("ArrowRight");
  await page.getByText(OUTCOME).waitFor();
  assert.ok(await page.getByRole("radio", { name: "Rollout of api" }).isChecked());

  const requested = ROLLOUT.series.find(({ name, node }) => name === "requested_memory_bytes" && !node).points;
  // The last of equal ones: the first is that of the Job, which is no replica.
  const [at, most] = requested.reduce((most, next) => (next[1] >= most[1] ? next : most));
  assert.equal(await page.locator(".peak-label").textContent(), `peak ${(most / MIB / 1024).toFixed(1)} GiB`);

  await slider(page).focus();
  for (let key = 0; key < 100 && (await clock(page)) < `${time(at)} `; key++) await page.keyboard.press("ArrowRight");
  assert.equal(await clock(page), `${time(at)} / ${time(ROLLOUT.ended_ms)}`);
  const happened = ROLLOUT.events.filter(({ time_ms }) => time_ms <= at).at(-1);
  assert.match(await current(page).innerText(), new RegExp(happened.replica));
  assert.match(await slider(page).getAttribute("aria-valuetext"), new RegExp(`^${time(at)} of .*${happened.replica}`));
  assert.ok(await containers(page, "api").count() > 2, "new replicas stand beside old ones");
  await shot("timeline-rollout");

  // The list shows the present event, and the page stays where it is.
  const scrolled = () => page.locator("#result").evaluate((panel) => panel.scrollTop);
  const before = await scrolled();
  await page.keyboard.press("End");
  assert.equal(await clock(page), `${time(ROLLOUT.ended_ms)} / ${time(ROLLOUT.ended_ms)}`);
  await page.waitForFunction(() => document.querySelector(".events").scrollTop > 0);
  assert.equal(await scrolled(), before);
  const box = await current(page).boundingBox();
  const list = await page.locator(".events").boundingBox();
  assert.ok(box.y >= list.y - 1 && box.y + box.height <= list.y + list.height + 1, "the event is in view");

  await page.getByRole("listbox", { name: "Events" }).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await clock(page), `${time(ROLLOUT.events[1].time_ms)} / ${time(ROLLOUT.ended_ms)}`);
});

scenario("the table has the figures that the command prints", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await choose(page, "Rollout of api");
  await page.getByText("Show as table").click();
  const table = page.getByRole("table", { name: /Each row holds from its time/ });
  await table.waitFor();
  const [groups, heads] = await table.locator("thead tr").all();
  const spans = await groups.locator("th").evaluateAll((/** @type {HTMLTableCellElement[]} */ heads) => heads.map((head) => [head.textContent, head.colSpan]));
  const names = await heads.locator("th").allInnerTexts();
  const columns = spans.flatMap(([title, span]) => Array(span).fill(title)).map((title, i) => `${title}: ${names[i + 1]}`);
  const rows = await table.locator("tbody tr").evaluateAll((/** @type {HTMLTableRowElement[]} */ rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent)),
  );
  const holds = (name, service, at) => {
    const { points } = ROLLOUT.series.find((series) => series.name === name && series.service === service && !series.node);
    return points.filter(([time]) => time <= at).at(-1)[1];
  };
  const number = (value) => (value === null ? "–" : String(Number(value.toFixed(1))));
  const expected = {
    "Memory: api, MiB": (at) => number(holds("memory_bytes", "api", at) / MIB),
    "Memory: db, MiB": (at) => number(holds("memory_bytes", "db", at) / MIB),
    "Memory: all, MiB": (at) => number(holds("memory_bytes", null, at) / MIB),
    "Memory: set aside, MiB": (at) => number(holds("requested_memory_bytes", null, at) / MIB),
    "Replicas of api: ready": (at) => number(holds("ready_replicas", "api", at)),
    "Replicas of api: wanted": (at) => number(holds("wanted_replicas", "api", at)),
    "Requests of api: arrive, a second": (at) => number(holds("rate_per_second", "api", at)),
    "Response time of api: 95th percentile, ms": (at) => number(holds("latency_p95_ms", "api", at)),
    "Utilisation of api: busy, %": (at) => number(holds("utilisation_percent", "api", at)),
  };
  const millis = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part), 0) * 1000;
  assert.ok(rows.length > 3);
  for (const [name, value] of Object.entries(expected)) {
    const column = columns.indexOf(name);
    assert.ok(column >= 0, `${name} is one of ${columns}`);
    for (const row of rows) assert.equal(row[column + 1], value(millis(row[0])), `${name} from ${row[0]} on`);
  }
  await table.scrollIntoViewIfNeeded();
  await shot("timeline-table");
});

scenario("lose a node: its pods come back on the others", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  const running = (service) => containers(page, service).and(page.locator(":not(.is-lost):not(.is-ending)")).count();
  await containers(page, "mailer").first().waitFor();
  const before = [await running("api"), await running("mailer")];
  await choose(page, /^Lose general-/);
  const lost = (await page.getByRole("radio", { name: /^Lose/, checked: true }).locator("xpath=..").innerText()).slice(5);
  await hull(page, lost).getByText("stopped").waitFor();
  const pods = await hull(page, lost).locator(".cargo.is-lost").count();
  assert.ok(pods > 0);
  await shot("timeline-lost");
  await slider(page).focus();
  await page.keyboard.press("End");
  await page.getByText(/^Without general-\d, (every service|replicas)/).waitFor();
  assert.equal(await hull(page, lost).locator(".cargo.is-ending").count(), pods, "nobody can say that they have ended");
  assert.deepEqual([await running("api"), await running("mailer")], before);
  assert.equal(await hull(page, lost).locator(".cargo:not(.is-ending)").count(), 0);
  await shot("timeline-lost-end");
  await page.getByRole("combobox", { name: "Node" }).selectOption("general-3");
  await page.getByRole("radio", { name: "Lose general-3" }).waitFor();
});

scenario("the choice stays while the document is edited, and follows it", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await choose(page, "Rollout of api");
  await page.getByText(OUTCOME).waitFor();
  await editor(page);
  await write(page, example("shop").replace("replicas: 2", "replicas: 5"));
  await page.locator(".legend", { hasText: "wanted 5" }).waitFor();
  await open(page, "Files");
  await open(page, "Plan");
  assert.ok(await page.getByRole("radio", { name: "Rollout of api" }).isChecked());
  await page.locator(".legend", { hasText: "wanted 5" }).waitFor();
  await write(page, example("shop").replace("replicas: 2", "replicas: 5").replaceAll("api:", "shopfront:"));
  await page.getByRole("radio", { name: "Rollout of shopfront", checked: true }).waitFor();

  await page.getByRole("banner").getByText("Server", { exact: true }).click();
  await page.getByText(/^The release of shopfront is done after .* no replica of shopfront answered/).waitFor();
  await page.getByRole("banner").getByText("Cluster", { exact: true }).click();
  await choose(page, /^Drain/);
  await page.getByText(/is empty after/).waitFor();
  await page.getByRole("banner").getByText("Server", { exact: true }).click();
  await page.getByText("A server has no nodes: drain needs a cluster.").waitFor();
});

scenario("a day of a leak is played in seconds, and paused where the person likes", {}, async ({ page, shot }) => {
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await openExample(page, "Shop");
  await choose(page, "Slow leak of api");
  await page.getByText("2 h a second").waitFor();
  await page.getByRole("button", { name: "Play" }).click();
  await page.waitForFunction(() => /^[1-9]\d*:\d\d:\d\d/.test(document.querySelector(".clock").textContent));
  await slider(page).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Play" }).waitFor();
  const paused = await clock(page);
  await page.waitForTimeout(200);
  assert.equal(await clock(page), paused);
  await page.keyboard.press("End");
  await shot("timeline-leak");
  await page.getByText("Options").click();
  await page.getByLabel("Growth of a process an hour").fill("lots");
  await page.getByText("`lots`").or(page.getByText("lots")).first().waitFor();
  await page.getByLabel("Growth of a process an hour").fill("1Mi");
  await page.getByText("api does not run out of memory in 24 h.").waitFor();
});

scenario("who wants no motion goes from event to event", {}, async ({ page }) => {
  await openExample(page, "Shop");
  await choose(page, "Rollout of api");
  await page.getByRole("button", { name: "Next event" }).click();
  const next = ROLLOUT.events.find(({ time_ms }) => time_ms > 0);
  assert.equal(await clock(page), `${time(next.time_ms)} / ${time(ROLLOUT.ended_ms)}`);
  assert.equal(await page.getByRole("button", { name: "Play" }).count(), 0);
});

scenario("traffic of one's own, point by point", {}, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await choose(page, "Peak 200/s");
  await page.getByText(/Every request is served|cannot keep up/).waitFor();
  await shot("timeline-traffic");
  await page.getByRole("combobox", { name: "Requests" }).selectOption("points");
  await page.getByLabel("Traffic over time").fill("0s 10/s, 30s 9000/s, 60s");
  await page.getByText("`60s` is no traffic").waitFor();
  await page.getByLabel("Traffic over time").fill("0s 10/s, 30s 9000/s, 60s 10/s");
  await page.getByText(/api cannot keep up from/).waitFor();
  await page.getByRole("heading", { name: "Queue of api" }).waitFor();
});

scenario("on a phone, the timeline fits", { viewport: { width: 390, height: 844 } }, async ({ page, shot }) => {
  await page.locator(".start").getByRole("button", { name: "Shop" }).click();
  await choose(page, "Rollout of api");
  await page.getByText(OUTCOME).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
  const wide = await page.locator("#result").evaluate((panel) => panel.scrollWidth > panel.clientWidth);
  assert.ok(!wide, "nothing is wider than the page");
  await page.locator(".timeline").scrollIntoViewIfNeeded();
  await shot("timeline-phone");
  await page.locator(".player").evaluate((player) => player.scrollIntoView());
  await shot("timeline-phone-charts");
});

scenario("a large cluster is simulated without a freeze, and told in words", {}, async ({ page, shot }) => {
  const memory = "memory: { process: 32Mi, limit: 64Mi }";
  const services = [0, 1].map((n) => `  s${n}: { image: "a:${n}", replicas: 1000, ${memory} }\n`).join("");
  const nodes = "cluster: { nodes: [{ count: 5000, cpu: 8, memory: 8Gi }] }\n";
  await write(page, `services:\n${services}${nodes}`);
  await page.getByText("The first 24 of 5000 nodes are drawn").waitFor();
  await choose(page, "Rollout of s0");
  await page.getByText(/^The release of s0 is done after/).waitFor({ timeout: 30_000 });
  await page.getByText(/^\d+ more$/).waitFor();
  assert.ok((await page.locator(".event").count()) < 200);
  await slider(page).focus();
  await page.keyboard.press("End");
  await page.getByText(/^\d+ earlier$/).waitFor();
  await shot("timeline-large");
});
