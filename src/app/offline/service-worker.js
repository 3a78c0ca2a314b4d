// Keeps one release of the page in this browser, so that it opens without a network.
//
// `xtask/release.mjs` fills in which files a release has, and how names with a checksum look. Each file is fetched by its
// checksum, so that a release is there whole or not at all. An open page keeps its own release until it is loaded again,
// however many others have come meanwhile: of each page it is noted which release it is of, and it gets no file of another.

/** The files of this release: path below the worker's folder, and checksum. */
const FILES = RELEASE_FILES;
/** What tells this release from others. */
const RELEASE = RELEASE_NAME;
/** In the name of a file: the checksum of what it says. */
const HASHED = new RegExp(HASHED_NAME);
/** The caches of this site; there may be others of the same origin, such as of another version of some docs. */
const OURS = `plimsoll ${registration.scope} `;
const CACHE = OURS + RELEASE;
/** The cache in which stands which release each page is of, and what an entry there is called before the page's name. */
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

/** Forgets all releases but this one and those of pages that are open, and the pages that are not. */
async function takeOver() {
  const pages = await caches.open(PAGES);
  const keep = new Set([CACHE, PAGES]);
  for (const page of await pages.keys()) {
    const isOpen = await clients.get(page.url.slice(PAGE.length));
    if (isOpen) keep.add(await (await pages.match(page)).text());
    else await pages.delete(page);
  }
  // What was open before there was any worker has just been loaded: it is of this release.
  for (const { id, url } of await clients.matchAll({ includeUncontrolled: true })) {
    if (url.startsWith(registration.scope) && !(await releaseOf(id))) await note(id);
  }
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && !keep.has(name));
  await Promise.all(names.map((name) => caches.delete(name)));
  await clients.claim();
}

/** Notes that a page is of this release. */
async function note(id) {
  await (await caches.open(PAGES)).put(PAGE + id, new Response(CACHE));
}

/** The cache of the release that a page is of; nothing of a page that no worker has seen. */
async function releaseOf(id) {
  return (await (await caches.open(PAGES)).match(PAGE + id))?.text();
}

/** What answers a request from here; nothing where the network is to answer. */
function answerTo(event) {
  const { method, url } = event.request;
  if (method !== "GET" || !url.startsWith(registration.scope)) return undefined;
  const path = url.slice(registration.scope.length).replace(/[?#].*$/s, "") || "index.html";
  // What is not of this release may be of the page's.
  return paths.has(path) || HASHED.test(path) ? answer(path, event) : undefined;
}

async function answer(path, { request, clientId, resultingClientId }) {
  const isPage = request.mode === "navigate";
  // A browser without any room left opens the page all the same.
  if (isPage && resultingClientId) await note(resultingClientId).catch(() => {});
  const release = (!isPage && (await releaseOf(clientId))) || CACHE;
  const found = await (await caches.open(release)).match(address(path));
  // A worker is no page, and asks only for what is of one release; and the browser may have thrown files away.
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
