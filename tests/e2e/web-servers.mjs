// Real web servers, started for a test.
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Serves by what `start` starts, once it answers.
 * @param {(folder: string, port: number) => Promise<import("node:child_process").ChildProcess>} start Starts it, with a
 *   folder for what it writes.
 * @returns {Promise<{ url: string, close: () => void }>} Like `serve` of server.mjs.
 */
export async function serveBy(start) {
  const folder = await mkdtemp(join(tmpdir(), "plimsoll-server-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const server = await start(folder, port);
  let said = "";
  server.stderr.on("data", (bytes) => (said += bytes));
  let isUp = true;
  server.once("error", (error) => (said += error.message));
  server.once("close", () => {
    isUp = false;
    rm(folder, { recursive: true });
  });
  const close = () => server.kill();
  for (let tries = 0; isUp && tries < 300; tries += 1) {
    if ((await fetch(url).catch(() => null))?.ok) return { url, close };
    await pause(100);
  }
  close();
  throw new Error(`nothing answers at ${url}: ${said}`);
}

async function freePort() {
  const probe = createServer();
  await once(probe.listen(0, "127.0.0.1"), "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
  await new Promise((closed) => probe.close(closed));
  return port;
}
