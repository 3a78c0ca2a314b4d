// A static file server like those that hosting sites run: no rewriting, no listing, nothing outside the folder.
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

/**
 * Serves `folder` on a free port of this machine.
 * @param {string} folder
 * @param {string} under The path that the site is put under, with a slash at both ends.
 * @returns {Promise<{ url: string, close: () => void }>} The address of the site, which ends with `under`.
 */
export async function serve(folder, under = "/") {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(under) && !path.split(/[/\\]/).includes("..");
    const file = join(folder, path.slice(under.length), path.endsWith("/") ? "index.html" : "");
    if (!inside || !(await stat(file).catch(() => null))?.isFile()) {
      response.writeHead(404).end("not found");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    // A sandboxed frame has no origin, so that even its own files come from another one.
    response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" });
    createReadStream(file).pipe(response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${address.port}${under}`, close };
}
