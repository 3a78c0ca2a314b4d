// Caches one release of the page in this browser, so that it opens without a network.
//
// `xtask/release.mjs` fills in the files of the release, and the pattern of names with a checksum. Each file is verified by
// its checksum, so that a release is cached whole or not at all. An open page keeps its release until it is reloaded, however
// many newer ones there are: the worker records the release of each page, and serves it no file of another.

/** The files of this release: the path below the worker's folder, and the checksum. */
const FILES = RELEASE_FILES;
/** The identifier of this release. */
const RELEASE = RELEASE_NAME;
/** The checksum in the name of a file. */
const HASHED = new RegExp(HASHED_NAME);
/** The prefix of this site's caches; the origin may have others, such as those of another version of some docs. */
const OURS = `plimsoll ${registration.scope} `;
const CACHE = OURS + RELEASE;
/** The cache that records the release of each page, and the prefix of its entries before the page's name. */
const PAGES = `${OURS}pages`;
const PAGE = `${registration.scope}?page=`;

const paths = new Set(FILES.map(([path]) => path));

addEventListener("install", (event) => event.waitUntil(fetchRelease()));
addEventListener("activate", (event) => event.waitUntil(takeOver()));
addEventListener("fetch", (event) => {
  const answer = answerTo(event);
  if (answer) event.respondWith(answer);
});
addEventListener("message", (event) => {
  // The page asks for it when the person opens the new release.
  if (event.data === "take over") skipWaiting();
});

/** Fetches all files, or fails: then the release before stays, and the browser tries again later. */
async function fetchRelease() {
  const cache = await caches.open(CACHE);
  const fetchFile = async ([path, integrity]) => {
    const url = address(path);
    // Bypasses the browser's cache, where a file without a checksum in its name may be outdated.
    const response = await fetch(url, { integrity, cache: "no-cache" });
    if (!response.ok) throw new Error(`${url}: status ${response.status}`);
    await cache.put(url, response);
  };
  await Promise.all(FILES.map(fetchFile));
}

/** Deletes all releases but this one and those of open pages, and the records of closed pages. */
async function takeOver() {
  const pages = await caches.open(PAGES);
  const keep = new Set([CACHE, PAGES]);
  for (const page of await pages.keys()) {
    const isOpen = await clients.get(page.url.slice(PAGE.length));
    if (isOpen) keep.add(await (await pages.match(page)).text());
    else await pages.delete(page);
  }
  // Pages that were open before there was a worker have just been loaded: they are of this release.
  for (const { id, url } of await clients.matchAll({ includeUncontrolled: true })) {
    if (url.startsWith(registration.scope) && !(await releaseOf(id))) await note(id);
  }
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && !keep.has(name));
  await Promise.all(names.map((name) => caches.delete(name)));
  await clients.claim();
}

/** Records that a page is of this release. */
async function note(id) {
  await (await caches.open(PAGES)).put(PAGE + id, new Response(CACHE));
}

/** The cache of a page's release; nothing for a page that no worker has seen. */
async function releaseOf(id) {
  return (await (await caches.open(PAGES)).match(PAGE + id))?.text();
}

/** The cached answer to a request; nothing if the network has to answer. */
function answerTo(event) {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith(registration.scope)) return undefined;
  const path = url.slice(registration.scope.length).replace(/[?#].*$/s, "") || "index.html";
  // A file that is not of this release may be of the page's.
  return paths.has(path) || HASHED.test(path) ? answer(path, event) : undefined;
}

async function answer(path, { request, clientId, resultingClientId }) {
  const isPage = request.mode === "navigate";
  // A browser without storage left opens the page anyway.
  if (isPage && resultingClientId) await note(resultingClientId).catch(() => {});
  const release = (!isPage && (await releaseOf(clientId))) || CACHE;
  const found = await (await caches.open(release)).match(address(path));
  // A worker is not a page, and asks only for files of one release; and the browser may have evicted files.
  return found ?? (await fromAnyRelease(path)) ?? fetch(request);
}

/** A file whose name holds its checksum. */
async function fromAnyRelease(path) {
  if (!HASHED.test(path)) return undefined;
  for (const name of await caches.keys()) {
    const found = name.startsWith(OURS) && (await (await caches.open(name)).match(address(path)));
    if (found) return found;
  }
  return undefined;
}

function address(path) {
  return new URL(path, registration.scope).href;
}
