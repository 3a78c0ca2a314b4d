// What the tests of the page do again and again, in a person's words.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The text of examples/NAME.yaml. */
export const example = (name) => readFileSync(`${ROOT}examples/${name}.yaml`, "utf8");

/** The editor, once the full one has come. */
export async function editor(page) {
  await page.locator(".cm-content").waitFor();
  return page.getByRole("textbox", { name: "Topology" });
}

/** Puts `text` into the editor in place of what is there, as a person pastes it. */
export async function write(page, text) {
  const field = await editor(page);
  await field.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await field.evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** What the editor holds. */
export async function written(page) {
  return page.evaluate(() => {
    const draft = localStorage.getItem(sessionStorage.getItem("plimsoll.draft"));
    return draft?.slice(draft.indexOf("\n") + 1) ?? null;
  });
}

/** Opens an example from the header's list. */
export async function openExample(page, title) {
  await page.getByRole("button", { name: "Examples" }).click();
  await page.locator("#examples").getByRole("button", { name: title }).click();
}

/** Opens the menu of drafts. */
export async function openDrafts(page) {
  await page.getByRole("button", { name: /: your drafts$/ }).click();
  return page.getByRole("dialog", { name: "Drafts" });
}

/** Opens one of the views on the right. */
export const open = (page, view) => page.getByRole("tab", { name: view }).click();

/** The lines of a generated file. */
export async function fileText(page, path) {
  await open(page, "Files");
  await page.getByRole("treeitem", { name: path, exact: true }).click();
  return (await page.locator(".code .line").allTextContents()).join("\n");
}

/** The containers on the plan whose label says `service`. */
export const containers = (page, service) => page.locator(".cargo", { hasText: new RegExp(`^${service}$`) });
