// Keeps one release of the page in this browser, so that it opens without a network.
//
// `xtask/release.mjs` fills in which files a release has, and how names with a checksum look. Each file is fetched by its
// checksum, so that a release is there whole or not at all: a page never gets files of two. An open page keeps its own
// release until it is loaded again.

/** The files of this release: path below the worker's folder, and checksum. */
const FILES = RELEASE_FILES;
/** What tells this release from others. */
const RELEASE = RELEASE_NAME;
/** In the name of a file: the checksum of what it says. */
const HASHED = new RegExp(HASHED_NAME);
/** The caches of this site; there may be others of the same origin, such as of another version of some docs. */
const OURS = `plimsoll ${registration.scope} `;
const CACHE = OURS + RELEASE;
/** The cache in which stands the name of the newest release's. */
const KEPT = `${OURS}releases`;

const paths = new Set(FILES.map(([path]) => path));

addEventListener("install", (event) => event.waitUntil(fetchRelease()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});
addEventListener("message", (event) => {
  // The page asks for it when the person wants the new release now.
  if (event.data === "take over") skipWaiting();
});

/** Fetches all files, or fails: then the release before goes on, and the browser tries again later. */
async function fetchRelease() {
  const cache = await caches.open(CACHE);
  const fetchFile = async ([path, integrity]) => {
    const url = address(path);
    // Past the browser's own cache: a file without a checksum in its name may be an older one there.
    const response = await fetch(url, { integrity, cache: "no-cache" });
    if (!response.ok) throw new Error(`${url}: status ${response.status}`);
    await cache.put(url, response);
  };
  await Promise.all(FILES.map(fetchFile));
}

/** Forgets all releases but this one and the one before, whose pages may still be open. */
async function takeOver() {
  const record = await caches.open(KEPT);
  const before = await record.match(registration.scope);
  const last = before && (await before.text());
  await record.put(registration.scope, new Response(CACHE));
  const keep = [CACHE, KEPT, last];
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && !keep.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
  await clients.claim();
}

/** What answers a request from here; nothing where the network is to answer. */
function answerTo(request) {
  if (request.method !== "GET") return undefined;
  const url = new URL(request.url);
  if (!url.href.startsWith(registration.scope)) return undefined;
  const path = url.href.slice(registration.scope.length).replace(/[?#].*$/s, "") || "index.html";
  if (paths.has(path)) return fromRelease(path, request);
  // A page of the release before asks for a file that it has not needed so far.
  return HASHED.test(path) ? fromAnyRelease(request) : undefined;
}

async function fromRelease(path, request) {
  const cache = await caches.open(CACHE);
  // The browser may have thrown it away.
  return (await cache.match(address(path))) ?? fetch(request);
}

async function fromAnyRelease(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(OURS)) continue;
    const found = await (await caches.open(name)).match(request.url);
    if (found) return found;
  }
  return fetch(request);
}

function address(path) {
  return new URL(path, registration.scope).href;
}
