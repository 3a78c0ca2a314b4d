// Registers the service worker, if the browser supports one: not in a sandboxed frame, nor in some private windows.

/**
 * Has the worker at `address` cache this release. Calls `ready` each time a newer release waits to take over.
 * @param {string} address
 * @param {() => void} ready
 */
export async function keep(address, ready) {
  const registration = await workers()
    ?.register(address)
    .catch(() => null);
  if (!registration) return;
  if (registration.waiting) announce(registration.waiting, ready);
  registration.addEventListener("updatefound", () => announce(registration.installing, ready));
}

/** Reloads the page as the waiting release. Other open pages keep theirs. */
export async function openNewer() {
  const { waiting } = (await workers()?.getRegistration()) ?? {};
  if (!waiting) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting.postMessage("take over");
}

function announce(worker, ready) {
  const isReady = () => worker.state === "installed" && navigator.serviceWorker.controller;
  if (isReady()) ready();
  else worker.addEventListener("statechange", () => isReady() && ready());
}

function workers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}
