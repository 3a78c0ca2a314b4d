// The downloaded files are the command's, to the byte.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { example, fileText, openExample, ROOT, write } from "./desk.mjs";
import { scenario } from "./harness.mjs";

const COMMAND = ["run", "--quiet", "--locked", "--no-default-features", "--features", "cli", "--bin", "plimsoll", "--"];

/** What `plimsoll generate` writes for examples/NAME.yaml, by path. */
function generate(name) {
  const folder = mkdtempSync(join(tmpdir(), "plimsoll-"));
  try {
    execFileSync("cargo", [...COMMAND, "generate", `examples/${name}.yaml`, "--out", folder], { cwd: ROOT });
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((file) => relative(folder, join(file.parentPath, file.name)));
    // The command's own note of what it wrote is none of the files.
    const generated = paths.filter((path) => path !== ".plimsoll");
    return Object.fromEntries(generated.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of a zip archive whose entries are stored, by path. */
function unzip(bytes) {
  const end = bytes.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  const files = {};
  let entry = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [size, name, extra, comment] = [
      bytes.readUInt32LE(entry + 24),
      bytes.readUInt16LE(entry + 28),
      bytes.readUInt16LE(entry + 30),
      bytes.readUInt16LE(entry + 32),
    ];
    const header = bytes.readUInt32LE(entry + 42);
    const data = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    files[bytes.toString("utf8", entry + 46, entry + 46 + name)] = bytes.toString("utf8", data, data + size);
    entry += 46 + name + extra + comment;
  }
  return files;
}

scenario("the zip holds what the command writes, to the byte", {}, async ({ page }) => {
  for (const name of ["shop", "one-server"]) {
    await write(page, example(name));
    await page.getByRole("heading", { name: /^It floats/ }).waitFor();
    await page.locator(".topology-name", { hasText: name === "shop" ? "shop" : "notes" }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download files" }).click(),
    ]);
    const files = unzip(readFileSync(await download.path()));
    const expected = generate(name);
    assert.deepEqual(Object.keys(files).sort(), Object.keys(expected).sort());
    assert.deepEqual(files, expected);
  }
});

scenario("a file is copied whole", {}, async ({ page }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await openExample(page, "Shop");
  const text = await fileText(page, "Dockerfile");
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${text}\n`);
});
