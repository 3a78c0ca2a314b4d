// The release behind real web servers, as `dist/hosting/` configures them.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openExample } from "./desk.mjs";
import { SITE, scenario } from "./harness.mjs";

const HOSTS = [
  { name: "nginx", packed: ["gzip"], start: nginx },
  { name: "caddy", packed: ["br", "gzip"], start: caddy },
];

for (const { name, packed, start } of HOSTS) {
  scenario(`${name} serves the page with its headers`, { blank: true, elsewhere: start }, async ({ page, url }) => {
    for (const path of ["", "plimsoll/"]) {
      await page.goto(url + path);
      await openExample(page, "Shop");
      await page.getByRole("heading", { name: /^It floats/ }).waitFor();
      await page.waitForFunction((path) => navigator.serviceWorker.controller?.scriptURL.endsWith(`/${path}service-worker.js`), path);
    }

    const headers = async (path, encoding = "identity") => {
      const response = await fetch(url + path, { headers: { "accept-encoding": encoding } });
      assert.equal(response.status, 200, path);
      await response.arrayBuffer();
      return response.headers;
    };
    const wasm = (await readFile(join(SITE, "service-worker.js"), "utf8")).match(/[^"]*\.wasm/)[0];
    for (const path of ["", "plimsoll/"]) {
      const index = await headers(path);
      assert.match(index.get("content-security-policy"), /^default-src 'none';.*frame-ancestors \*$/);
      assert.match(index.get("permissions-policy"), /camera=\(\)/);
      assert.equal(index.get("x-content-type-options"), "nosniff");
      assert.equal(index.get("cache-control"), "no-cache");
      assert.equal((await headers(`${path}app.webmanifest`)).get("content-type"), "application/manifest+json");
      assert.match((await headers(`${path}app.webmanifest`)).get("content-security-policy"), /^default-src 'none'/);
      for (const encoding of packed) {
        const found = await headers(path + wasm, encoding);
        assert.equal(found.get("content-encoding"), encoding);
        assert.match(found.get("vary"), /accept-encoding/i);
        assert.equal(found.get("content-type"), "application/wasm");
        assert.equal(found.get("cache-control"), "public, max-age=31536000, immutable");
        assert.equal(found.get("access-control-allow-origin"), "*");
      }
    }
    // What is missing now may be there soon, whatever it is called.
    for (const name of ["nothing-here", "plimsoll-web-0123456789abcdef.js"]) {
      const { status, headers } = await fetch(url + name);
      assert.equal(status, 404);
      assert.doesNotMatch(headers.get("cache-control") ?? "", /immutable/);
    }
    const folder = await fetch(`${url}plimsoll`, { redirect: "manual" });
    assert.equal(folder.headers.get("location"), "/plimsoll/");
  });
}

/** A folder to serve, in `folder`: the site at its root, and once more under a path. */
async function root(folder) {
  const root = join(folder, "root");
  await mkdir(root);
  for (const name of await readdir(SITE)) await symlink(join(SITE, name), join(root, name));
  await symlink(SITE, join(root, "plimsoll"));
  return root;
}

async function nginx(folder, port) {
  const server = (await readFile(join(SITE, "../hosting/nginx.conf"), "utf8"))
    .replace("listen 8080", `listen 127.0.0.1:${port}`)
    .replace("/usr/share/nginx/html", await root(folder));
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`);
  await writeFile(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {}
     http { include /etc/nginx/mime.types; access_log off; ${paths.join(" ")} ${server} }`,
  );
  return spawn("nginx", ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")]);
}

async function caddy(folder, port) {
  const site = (await readFile(join(SITE, "../hosting/Caddyfile"), "utf8"))
    .replaceAll(":8080", `http://127.0.0.1:${port}`)
    .replace("/srv", await root(folder));
  await writeFile(join(folder, "Caddyfile"), `{\n\tadmin off\n}\n${site}`);
  const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return spawn("caddy", ["run", "--config", join(folder, "Caddyfile")], { env });
}
