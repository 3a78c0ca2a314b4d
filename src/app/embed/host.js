/**
 * embed.js: puts live topologies into any page. `docs/embedding.md` tells how to use it, and what host and frame say to
 * each other; `xtask/site.mjs` makes this the file `embed.js` beside the page.
 */

const VERSION = 1;
const script = /** @type {HTMLScriptElement} */ (document.currentScript ?? document.querySelector('script[src*="embed.js"]'));
const APP = new URL("index.html?embed", script.src);
/** What an author may say of a playground; on other elements with `data-` before it. */
const ATTRIBUTES = ["src", "view", "file", "theme", "height", "readonly", "scenario", "load"];
/** What authors write, and what generators of docs make of a code block of the language `plimsoll`. */
const BLOCKS = "pre.plimsoll, pre.language-plimsoll, pre > code.language-plimsoll, .language-plimsoll pre, .highlight-plimsoll pre";
/** How near a playground has to be before it loads. */
const NEAR = "300px";
/** How high playgrounds are, in pixels. In what is lower than `least` none has room. */
const HEIGHT = { least: 200, usual: 480, most: 2000 };
/** No document is longer, in UTF-16 code units; no message longer than one that escapes each of them. */
const LONGEST = 1 << 20;
/** How long a frame that has loaded may take to say something, in milliseconds. */
const PATIENCE = 15_000;
const WORDS = {
  open: "Open in the playground",
  title: "Plimsoll: a deployment, its files and its plan",
  silent: "The playground did not answer",
  long: "The document is longer than 1 MiB",
};

/** Once the page is read: before, half of a text may still be to come. */
const isRead = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
  else resolve();
});

/** `<plimsoll-playground>`: a topology that can be read, changed and planned. */
class Playground extends HTMLElement {
  static observedAttributes = ["theme"];

  /** What holds the text: the code block that the playground stands in, or the playground itself. */
  #box = this;
  #value;
  #frame;
  #isStarted = false;
  #isReady = false;
  #isTold = true;
  #stop = [];

  /** The document. Setting it shows it. */
  get value() {
    return this.#value ?? this.#written();
  }

  set value(value) {
    try {
      this.#value = fitting(String(value));
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (!this.#isTold) return;
    // Of many in a row the last one counts.
    this.#isTold = false;
    setTimeout(() => {
      this.#isTold = true;
      this.#tell("value", { value: this.#value });
    });
  }

  connectedCallback() {
    this.#box = this.closest("pre[data-plimsoll]") ?? this;
    // Of a page that was copied while it was open, say for a way back.
    for (const old of this.querySelectorAll(":scope > iframe, :scope > button")) old.remove();
    this.style.display = "block";
    Object.assign(this.#box.style, { position: "relative", boxSizing: "border-box", visibility: "" });
    if (this.getAttribute("load") !== "click" && this.#reserve()) this.#whenNear(() => this.#open());
    else this.#offer();
  }

  disconnectedCallback() {
    this.#close();
    // Something took it out of its block: that gets another.
    if (this.#box.isConnected) this.#box.removeAttribute("data-plimsoll");
  }

  attributeChangedCallback() {
    this.#tell("theme", { theme: themeOf(this.#box) });
  }

  /**
   * Keeps room of the height that it will have, so that nothing moves when it loads. Where that itself would move what
   * is seen, the text's own room has to do. Returns whether it does.
   */
  #reserve() {
    const box = this.#box;
    const { bottom, height } = box.getBoundingClientRect();
    const isSeen = bottom < innerHeight && height > 0;
    if (isNew || !isSeen) this.#grow();
    return box.offsetHeight >= Math.min(HEIGHT.least, this.#asked || HEIGHT.least);
  }

  get #asked() {
    return Math.max(Number.parseInt(this.getAttribute("height"), 10) || 0, 0);
  }

  #grow(height = this.#asked || HEIGHT.usual) {
    this.#box.style.height = `${Math.min(height, HEIGHT.most)}px`;
    this.#box.style.overflow = "auto";
  }

  /** In a corner, where it moves nothing. */
  #offer() {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = WORDS.open;
    Object.assign(button.style, { position: "absolute", right: "8px", bottom: "8px" });
    button.addEventListener("click", () => {
      button.remove();
      this.#grow();
      this.#open();
    });
    this.append(button);
    this.#stop.push(() => button.remove());
  }

  #whenNear(open) {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        open();
      },
      { rootMargin: NEAR },
    );
    observer.observe(this.#box);
    this.#stop.push(() => observer.disconnect());
  }

  async #open() {
    await isRead;
    try {
      this.#value ??= fitting(await this.#read());
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (!this.isConnected || this.#frame) return;
    const frame = document.createElement("iframe");
    frame.title = WORDS.title;
    // Its own origin lets it start its workers, and share with other frames what was downloaded. It may not lead this
    // page elsewhere, nor ask it anything.
    frame.sandbox = "allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox";
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "no-referrer";
    frame.style.cssText =
      "position:absolute;inset:0;width:100%;height:100%;box-sizing:border-box;visibility:hidden;border-radius:6px;" +
      "border:1px solid color-mix(in srgb,currentColor 20%,transparent)";
    frame.src = APP.href;
    this.#frame = frame;
    let timer;
    frame.addEventListener("load", () => {
      // A frame that the page's policy or the network refuses loads as well, but says nothing.
      timer = setTimeout(() => this.#isStarted || this.#giveUp(new Error(WORDS.silent)), PATIENCE);
    });
    const listen = (event) => {
      if (event.source === frame.contentWindow && event.origin === APP.origin) this.#hear(event.data);
    };
    addEventListener("message", listen);
    const ground = this.#box;
    this.#stop.push(
      () => clearTimeout(timer),
      () => removeEventListener("message", listen),
      followTheme(ground, () => this.#tell("theme", { theme: themeOf(ground) })),
    );
    this.append(frame);
  }

  /** The text between the tags, with its lines, whichever way they are marked. */
  #written() {
    const copy = (this.#box.querySelector("code") ?? this.#box).cloneNode(true);
    for (const other of copy.querySelectorAll("plimsoll-playground, button, iframe, .linenos, .ln")) other.remove();
    for (const end of copy.querySelectorAll("br")) end.replaceWith("\n");
    return copy.textContent.replace(/^\s*\n/, "").trimEnd() + "\n";
  }

  async #read() {
    const src = this.getAttribute("src");
    if (!src) return this.#written();
    const response = await fetch(new URL(src, document.baseURI));
    if (!response.ok) throw new Error(`${src}: status ${response.status}`);
    return response.text();
  }

  #tell(type, content) {
    if (this.#isStarted) this.#frame.contentWindow?.postMessage(JSON.stringify({ plimsoll: VERSION, type, ...content }), APP.origin);
  }

  /** What the frame says; whatever else it may send is nothing. */
  #hear(data) {
    const message = parse(data);
    switch (message?.type) {
      case "hello": {
        const said = (name) => this.getAttribute(name) ?? "";
        this.#isStarted = true;
        this.#tell("start", {
          value: this.#value,
          view: said("view"),
          file: said("file"),
          scenario: said("scenario"),
          readonly: this.hasAttribute("readonly"),
          theme: themeOf(this.#box),
        });
        break;
      }
      case "ready":
        this.#show();
        break;
      case "change":
        if (typeof message.value !== "string") break;
        this.#value = message.value;
        this.#raise("plimsoll-change", {
          value: message.value,
          errors: Number(message.errors) || 0,
          sentence: String(message.sentence ?? ""),
        });
        break;
      case "height":
        this.#fit(Number(message.height));
        break;
      case "error":
        this.#fail(new Error(String(message.message ?? "")));
        break;
    }
  }

  /** The text, which was readable so far, makes way. */
  #show() {
    if (this.#isReady) return;
    this.#isReady = true;
    const box = this.#box;
    box.scrollTo(0, 0);
    // Clipped, since what is only hidden is still scrolled to where the focus goes.
    Object.assign(box.style, { visibility: "hidden", overflow: "clip" });
    this.#frame.style.visibility = "visible";
    this.#raise("plimsoll-ready", { value: this.value });
  }

  /** Takes the height that the frame has use for, unless that would move what is being read. */
  #fit(height) {
    if (this.#asked || !(height >= HEIGHT.least)) return;
    if (!this.#isReady && this.#box.getBoundingClientRect().bottom >= innerHeight) this.#grow(height);
  }

  /** The frame goes, and the text is there again. */
  #close() {
    this.#stop.splice(0).forEach((stop) => stop());
    this.#frame?.remove();
    this.#frame = undefined;
    this.#isStarted = this.#isReady = false;
    Object.assign(this.#box.style, { visibility: "", overflow: "auto" });
  }

  #giveUp(error) {
    this.#close();
    this.#fail(error);
  }

  #fail(error) {
    this.#raise("plimsoll-error", { message: error.message });
  }

  #raise(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }
}

function fitting(text) {
  if (text.length > LONGEST) throw new Error(WORDS.long);
  return text;
}

function parse(data) {
  if (typeof data !== "string" || data.length > 6 * LONGEST + 1000) return undefined;
  try {
    const message = JSON.parse(data);
    return message?.plimsoll === VERSION ? message : undefined;
  } catch {
    return undefined;
  }
}

/** The colours for what stands in `box`: as its author says, else as light or dark as what is around it. */
function themeOf(box) {
  const said = (box.querySelector("plimsoll-playground") ?? box).getAttribute("theme");
  return said === "light" || said === "dark" ? said : isDark(box.parentElement ?? box) ? "dark" : "light";
}

/** Whether the ground under `element` is dark, whichever way the page makes it so. */
function isDark(element) {
  for (let under = element; under; under = under.parentElement) {
    const [red, green, blue, alpha] = seen(getComputedStyle(under).backgroundColor);
    if (alpha > 127) return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }
  // Nothing but the browser's own ground, which is dark only where the page says that it can be.
  const { colorScheme } = getComputedStyle(document.documentElement);
  return colorScheme.includes("dark") && (!colorScheme.includes("light") || matchMedia(DARK).matches);
}

const DARK = "(prefers-color-scheme: dark)";
const dot = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });

/** A colour's red, green, blue and alpha, each up to 255, whichever way it is written. */
function seen(colour) {
  if (colour.startsWith("rgb")) {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g);
    return [red, green, blue, alpha * 255];
  }
  dot.clearRect(0, 0, 1, 1);
  dot.fillStyle = colour;
  dot.fillRect(0, 0, 1, 1);
  return dot.getImageData(0, 0, 1, 1).data;
}

/** Calls `changed` when the page's switch, or the system, changes the colours around `box`. Returns what ends that. */
function followTheme(box, changed) {
  let last = themeOf(box);
  const look = () => {
    const theme = themeOf(box);
    if (theme !== last) changed((last = theme));
  };
  // Pages fade from one to the other: look again when they have.
  const soon = () => [0, 100, 500].forEach((delay) => setTimeout(look, delay));
  const observer = new MutationObserver(soon);
  for (const root of [document.documentElement, document.body]) observer.observe(root, { attributes: true });
  const system = matchMedia(DARK);
  system.addEventListener("change", soon);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", soon);
  };
}

/** Whether what comes is drawn only afterwards. What was there before this script may have been seen already. */
let isNew = false;

/** Lays playgrounds over code blocks. The block stays where it is: a page may want to take it out again itself. */
function upgrade() {
  for (const found of document.querySelectorAll(BLOCKS)) {
    const block = found.closest("pre");
    // Beside a block may stand one with its lines' numbers.
    if (block.hasAttribute("data-plimsoll") || block.closest("plimsoll-playground, .linenos")) continue;
    const playground = document.createElement("plimsoll-playground");
    const said = [block, found, block.querySelector("code"), block.parentElement];
    for (const name of ATTRIBUTES) {
      const value = said.map((element) => element?.getAttribute(`data-${name}`)).find((value) => typeof value === "string");
      if (value !== undefined) playground.setAttribute(name, value);
    }
    block.setAttribute("data-plimsoll", "");
    block.append(playground);
  }
}

if (!customElements.get("plimsoll-playground")) {
  customElements.define("plimsoll-playground", Playground);
  upgrade();
  isNew = true;
  // What is still to come: the rest of this page, and, on sites that load their next page in place, others.
  new MutationObserver((changes) => {
    if (changes.some((change) => change.addedNodes.length > 0)) upgrade();
  }).observe(document, { childList: true, subtree: true });
}
