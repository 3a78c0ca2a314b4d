// The page within docs that real generators made of the samples in examples/embedding/, on another site than the page's.
//
// `cargo xtask test` says by PLIMSOLL_DOCS where it built them. Without that they are where it builds them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ROOT } from "../e2e/desk.mjs";
import { scenario } from "../e2e/harness.mjs";
import { answer, shifts, shown, watchShifts, within } from "../e2e/playgrounds.mjs";

const BUILT = process.env.PLIMSOLL_DOCS ?? fileURLToPath(new URL("../../target/docs", import.meta.url));

/**
 * `inPlace`: whether the site shows its next page without leaving this one. `dark`: what is clicked, one after the other, for
 * dark colours. `moves`: what of the site moves by itself while it loads. `late`: what moves the site's words when it comes.
 */
const GENERATORS = [
  { name: "MkDocs", inPlace: true, dark: ["Switch to dark"] },
  { name: "Sphinx", inPlace: false, dark: [/^Toggle Light/], moves: "content-icon-container" },
  { name: "Docusaurus", inPlace: true, dark: [/^Switch between dark and light/] },
  // Its own font takes another height than the one that is seen until it comes.
  { name: "mdBook", inPlace: false, dark: ["Change theme", "Navy"], late: "**/fonts/*.woff2" },
];

/** The files of a site that was built, with the addresses that it has here in place of the samples' own. */
const built = (generator) => (site, docs) => {
  const folder = join(BUILT, generator.toLowerCase());
  const paths = readdirSync(folder, { encoding: "utf8", recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  const served = (path) => {
    const content = readFileSync(join(folder, path));
    if (!/\.(html|xml)$/.test(path)) return content;
    return content.toString().replaceAll("https://plimsoll.example/", site).replaceAll("https://docs.example/", docs);
  };
  // Browsers ask for the icon of a site that names none.
  return { "favicon.ico": "", ...Object.fromEntries(paths.map((path) => [path, served(path)])) };
};

/** The first page's three playgrounds, one after the other. */
async function read(page) {
  const block = (number) => page.locator("pre[data-plimsoll]").nth(number).scrollIntoViewIfNeeded();
  await block(0);
  await answer(page, 0);
  await within(page, 0).getByText("postgres", { exact: false }).first().waitFor();
  await block(1);
  await shown(page, 1);
  await within(page, 1).getByRole("button", { name: "compose.yaml", expanded: false }).waitFor();
  await block(2);
  await shown(page, 2);
  await within(page, 2).getByRole("option", { name: /^worker/ }).waitFor();
  assert.equal(await page.locator("iframe").count(), 3);
}

/** The second page's one. */
async function readRelease(page) {
  await answer(page);
  await within(page).getByRole("slider").first().waitFor();
  assert.equal(await page.locator("iframe").count(), 1);
}

for (const { name, inPlace, dark, moves, late } of GENERATORS) {
  const docs = built(name);

  scenario(`read a page of the ${name} site with three playgrounds`, { docs, blank: true }, async ({ page, docs, shot }) => {
    await watchShifts(page);
    // It moves the words without playgrounds too. With it kept back, nothing may.
    /** @type {(value?: unknown) => void} */
    let comeLate;
    const isRead = new Promise((resolve) => (comeLate = resolve));
    if (late) await page.route(late, (route) => isRead.then(() => route.continue()));
    await page.goto(docs, { waitUntil: "domcontentloaded" });
    await read(page);
    assert.equal(await page.locator("pre[data-plimsoll]").nth(1).evaluate((/** @type {HTMLElement} */ block) => block.offsetHeight), 400);
    const moved = (await shifts(page)).flatMap(({ moved }) => moved);
    assert.deepEqual(moved.filter((what) => what !== moves), [], "nothing moves");
    comeLate();
    await page.evaluate(() => document.fonts.ready);
    await shot(`docs-${name}`);
  });

  scenario(`switch the ${name} site to dark`, { docs }, async ({ page, shot }) => {
    await answer(page);
    await within(page).locator("html[data-theme=light]").waitFor({ state: "attached" });
    for (const step of dark) {
      const control = /** @type {const} */ (["button", "menuitem"]).map((role) => page.getByRole(role, { name: step }));
      await control.reduce((either, or) => either.or(or), page.getByTitle(step)).first().click();
    }
    await within(page).locator("html[data-theme=dark]").waitFor({ state: "attached" });
    await shot(`docs-${name}-dark`);
  });

  scenario(`go to another page of the ${name} site and back`, { docs }, async ({ page, mayFail }) => {
    // Who leaves a page leaves what it was still loading.
    mayFail(/^failed request: .* net::ERR_ABORTED$/);
    const isAt = async (title, look) => {
      await page.getByRole("heading", { name: title, level: 1 }).waitFor();
      await look(page);
      assert.equal(await page.evaluate(() => window.stayed ?? false), inPlace);
    };
    const release = () => isAt("What a release takes", readRelease);
    await read(page);
    await page.evaluate(() => (window.stayed = true));
    await page.getByRole("link", { name: "another page" }).click();
    await release();
    await page.getByRole("link", { name: "how it is deployed", exact: true }).click();
    await isAt("How the shop is deployed", read);
    await page.goBack();
    await release();
  });
}

test("what docs/embedding.md says to write is what the samples have", () => {
  const texts = [
    "mkdocs/mkdocs.yml",
    "mkdocs/overrides/main.html",
    "mkdocs/docs/release.md",
    "sphinx/conf.py",
    "sphinx/release.rst",
    "docusaurus/docusaurus.config.mjs",
    "mdbook/theme/head.hbs",
  ].map((path) => readFileSync(join(ROOT, "examples/embedding", path), "utf8"));
  const sections = readFileSync(join(ROOT, "docs/embedding.md"), "utf8").split("\n## ");
  const section = sections.find((section) => section.startsWith("In MkDocs, Sphinx, Docusaurus, mdBook\n"));
  const blocks = [...section.matchAll(/^(`{3,})\w+\n(.*?)^\1$/gms)].map(([, , block]) => block);
  assert.equal(blocks.length, 7);
  for (const block of blocks) assert.ok(texts.some((text) => text.includes(block)), block);
});
