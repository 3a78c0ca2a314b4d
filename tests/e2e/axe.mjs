// Asks axe-core (https://github.com/dequelabs/axe-core) what keeps people out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What is wrong in a page or a frame as it is, each in a line. */
export async function violations(page) {
  await page.evaluate(settled);
  await page.evaluate(AXE);
  const found = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), RULES);
  return found.violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target).join(" | ")}`);
}

/** Waits until nothing more comes into the page, such as answers of the engine. */
function settled() {
  return new Promise((resolve) => {
    let timer = setTimeout(done, 600);
    const observer = new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(done, 600);
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    function done() {
      observer.disconnect();
      resolve();
    }
  });
}
