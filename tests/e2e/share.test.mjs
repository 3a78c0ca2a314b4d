// A document goes out as a link, as Markdown, and comes in by link.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { example, openDrafts, openExample, ROOT, write, written } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const MINE = "name: mine\nservices:\n  api:\n    python: {}\n";
const PHONE = { viewport: { width: 390, height: 844 } };

/** Opens the panel and reads the link in it. */
async function link(page) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const field = page.getByRole("textbox", { name: "Link" });
  await page.getByText(/^[\d,]+ characters/).waitFor();
  return field.inputValue();
}

/** The page's topology, as the header names it. */
const named = (page, name) => page.locator(".topology-name", { hasText: new RegExp(`^${name}$`) }).waitFor();

/** A link by hand, as docs/share-links.md says. */
const packed = (text) => `#v1=${deflateSync(text).toString("base64url")}&by=test`;

scenario("a share link opens the same bytes in a new profile", {}, async ({ page, url, shot }) => {
  const text = `${example("shop")}# größer 🚢 \t"'<&>\n`;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await write(page, text);
  await named(page, "shop");
  const made = await link(page);
  await page.getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), made);
  assert.match(made, new RegExp(`^${url}#v1=[\\w-]+&by=\\d+\\.\\d+\\.\\d+$`));
  await shot("share");

  const other = await page.context().browser().newContext();
  try {
    const visit = await other.newPage();
    await visit.goto(made, { waitUntil: "networkidle" });
    await named(visit, "shop");
    assert.equal(await written(visit), text);
    assert.equal(visit.url(), url, "the address is clean, so that a reload keeps what is changed");
    await write(visit, MINE);
    await visit.reload({ waitUntil: "networkidle" });
    assert.equal(await written(visit), MINE);
  } finally {
    await other.close();
  }
});

scenario("links that were made once open for ever", {}, async ({ page }) => {
  const lines = readFileSync(`${ROOT}tests/links/links.txt`, "utf8").split("\n");
  const links = lines.filter((line) => line && !line.startsWith("//")).map((line) => line.split(" "));
  for (const [maker, file, made] of links) {
    const text = readFileSync(`${ROOT}tests/links/${file}`, "utf8");
    await write(page, MINE);
    await page.evaluate((fragment) => (location.hash = fragment), made.slice(made.indexOf("#")));
    await page.getByText("This is the text of the link").waitFor();
    assert.equal((await written(page)) ?? "", text, `${maker}: ${file}`);
    await page.getByRole("button", { name: "Close this message" }).click();
  }
});

scenario("a link does not cost the text that was there", {}, async ({ page, shot }) => {
  await write(page, MINE);
  const theirs = `${example("django")}# theirs\n`;
  await page.evaluate((fragment) => (location.hash = fragment), packed(theirs));
  await named(page, "magazine");
  await page.getByText("Your own text is kept").waitFor();
  await shot("share-opened");
  await page.getByRole("button", { name: "Bring it back" }).click();
  await named(page, "mine");
  assert.equal(await written(page), MINE);
  await (await openDrafts(page)).getByRole("button", { name: /^magazine/ }).click();
  await named(page, "magazine");
  assert.equal(await written(page), theirs);
});

scenario("a damaged link is told and nothing is lost", {}, async ({ page, url, shot }) => {
  await write(page, MINE);
  const good = packed(example("shop"));
  const at = good.length >> 1;
  const cases = [
    [good.slice(0, at) + (good[at] === "A" ? "B" : "A") + good.slice(at + 1), "This link is damaged"],
    [good.slice(0, at), "This link is cut off"],
    ["#v1=%%%&by=1", "This link is damaged"],
    ["#v2=abc&by=7.0.0", "made by Plimsoll 7.0.0"],
    [packed("a".repeat(64 << 20)), "too long for a link"],
    ["#text=%FF", "no text in UTF-8"],
  ];
  for (const [fragment, words] of cases) {
    await page.evaluate((fragment) => (location.hash = fragment), fragment);
    await page.locator(".notice", { hasText: words }).waitFor();
    await page.getByText("Your text is as it was.").waitFor();
    assert.equal(await written(page), MINE);
    await page.getByRole("button", { name: "Close this message" }).click();
  }
  await page.goto(`${url}?again${cases[0][0]}`, { waitUntil: "networkidle" });
  await page.locator(".notice", { hasText: "This link is damaged" }).waitFor();
  await shot("share-damaged");
  assert.equal(await written(page), MINE);
});

const BY_HAND = "#text=services%3A%0A%20%20web%3A%0A    image: nginx:1.29%20%23 by hand, 70%, a+b%0A";

scenario("a link written by hand opens", { path: BY_HAND }, async ({ page }) => {
  await page.getByText("This is the text of the link").waitFor();
  assert.equal(await written(page), "services:\n  web:\n    image: nginx:1.29 # by hand, 70%, a+b\n");
});

scenario("a fragment about something else is left alone", { path: "#plan" }, async ({ page, url }) => {
  await write(page, MINE);
  assert.equal(page.url(), `${url}#plan`);
  assert.equal(await page.locator(".notice").count(), 0);
});

scenario("without a clipboard the link is there to be selected", { blank: true }, async ({ page, url }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await openExample(page, "Shop");
  await named(page, "shop");
  const made = await link(page);
  await page.getByText("The browser did not let the page copy").waitFor();
  const selected = await page.evaluate(() => {
    const { value, selectionStart, selectionEnd } = /** @type {HTMLInputElement} */ (document.activeElement);
    return value.slice(selectionStart, selectionEnd);
  });
  assert.equal(selected, made);
});

scenario("a link that programs would cut is told to be long", {}, async ({ page }) => {
  const noise = Array.from({ length: 1500 }, (_, number) => `# ${Math.sin(number).toString(36).slice(2)}`);
  await write(page, MINE + noise.join("\n"));
  assert.ok((await link(page)).length > 8000);
  await page.getByText("many programs cut links beyond 8,000").waitFor();
});

scenario("on a phone, the menu leads to everything that finds no room", PHONE, async ({ page, shot }) => {
  await page.locator(".start").getByRole("button", { name: "Shop" }).click();
  await named(page, "shop");
  const bar = await page.locator(".header").boundingBox();
  assert.ok(bar.height <= 56, `the header has one row, not ${bar.height} px`);
  for (const button of await page.locator(".header").getByRole("button").all()) {
    const { x, width } = await button.boundingBox();
    assert.ok(x >= 0 && x + width <= 390, await button.getAttribute("aria-label"));
  }
  await shot("phone-header");
  await page.getByRole("button", { name: "More" }).click();
  await shot("phone-more");
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByText(/^[\d,]+ characters/).waitFor();
  await shot("phone-share");
  await page.keyboard.press("Escape");
  await openDrafts(page);
  await shot("phone-drafts");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
});

scenario("copy as Markdown takes the text, the findings, the answer and the link along", {}, async ({ page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const text = example("shop").replace("replicas: 2", "replica: 2") + "# ````\n";
  await write(page, text);
  await page.getByRole("button", { name: /^Line \d+: There is no key/ }).waitFor();
  const made = await link(page);
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("#"));
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(markdown, /^### shop\n\n\*\*On the server\.\*\* It floats/);
  assert.ok(markdown.includes(`\n\`\`\`\`\`yaml\n${text}\`\`\`\`\`\n`), markdown);
  assert.match(markdown, /\n- Line \d+, error: There is no key `replica` in `api`\. Did you mean `replicas`\?\n/);
  assert.ok(markdown.includes(`](<${made}>) · Plimsoll `), markdown);
});

scenario("the plan is printed whole, in light colours", { colorScheme: "dark" }, async ({ page, shot }) => {
  await openExample(page, "Shop");
  await page.getByRole("heading", { name: /^It floats/ }).waitFor();
  await page.evaluate(() => (window.print = () => (window.printed = true)));
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Print this view…" }).click();
  await page.waitForFunction(() => window.printed && !document.querySelector(":popover-open"));
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".say").isVisible()));
  assert.ok(!(await page.getByRole("button", { name: "Examples" }).isVisible()));
  assert.ok(await page.getByRole("heading", { name: /^It floats/ }).isVisible());
  const { colour, fits } = await page.evaluate(() => ({
    colour: getComputedStyle(document.querySelector(".plan .headline")).color,
    fits: document.querySelector(".panel").scrollHeight <= document.querySelector(".panel").clientHeight,
  }));
  assert.equal(colour, "rgb(22, 36, 47)");
  assert.ok(fits, "nothing has to be scrolled to");
  await shot("print-plan");
  const pdf = await page.pdf({ format: "A4" });
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
});

scenario("the plan is saved as a picture that needs nothing else", {}, async ({ page, shot }) => {
  await write(page, example("shop").replace("replicas: 2", "replicas: 14").replace("limit: 256Mi", "limit: 1Gi"));
  await page.getByRole("heading", { name: /^It sinks/ }).waitFor();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const save = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  const svg = await save("Plan as SVG");
  assert.equal(svg.name, "shop-plan.svg");
  const text = svg.bytes.toString();
  assert.match(text, /^<svg xmlns=/);
  for (const words of ["It sinks", "general-1", "No room", "Plimsoll"]) assert.ok(text.includes(words), words);
  assert.doesNotMatch(text, /href|<style|<script|url\((?!#)/);
  const png = await save("Plan as PNG");
  assert.equal(png.name, "shop-plan.png");
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
  assert.equal(png.bytes.readUInt32BE(16), 1920);
  await page.getByText("Saved.").waitFor();

  const viewer = await page.context().newPage();
  await viewer.setContent(`<body style="margin:0">${text}`);
  await viewer.locator("svg").screenshot({ path: `${ROOT}tests/e2e/screenshots/plan-picture.png` });
  await viewer.close();
  await shot("share-pictures");
});
