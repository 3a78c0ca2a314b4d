/**
 * embed.js: embeds live topologies in any page. `docs/embedding.md` describes its use, and the messages between host and
 * frame; `xtask/site.mjs` builds the file `embed.js` beside the page from it.
 */

const VERSION = 1;
const script = /** @type {HTMLScriptElement} */ (document.currentScript ?? document.querySelector('script[src*="embed.js"]'));
const APP = new URL("index.html?embed", script.src);
/** The attributes of a playground; on other elements with the prefix `data-`. */
const ATTRIBUTES = ["src", "view", "file", "theme", "height", "readonly", "scenario", "load"];
/** The elements that authors write, and those that documentation generators write for a code block of the language `plimsoll`. */
const BLOCKS = "pre.plimsoll, pre.language-plimsoll, pre > code.language-plimsoll, .language-plimsoll pre, .highlight-plimsoll pre";
/** The distance from the viewport at which a playground loads. */
const NEAR = "300px";
/** The heights of playgrounds, in pixels. Elements lower than `least` have no room for one. */
const HEIGHT = { least: 200, usual: 480, most: 2000 };
/** The longest document in UTF-16 code units, and the longest message, which may escape each of them. */
const LONGEST = 1 << 20;
/** How long a loaded frame may take to answer, in milliseconds. */
const PATIENCE = 15_000;
const WORDS = {
  open: "Open in the playground",
  title: "Plimsoll: a deployment, its files and its plan",
  silent: "The playground did not answer",
  long: "The document is longer than 1 MiB",
};

/** Waits until the page is parsed: before, half of a text may be missing. */
const isRead = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
  else resolve();
});

/** `<plimsoll-playground>`: a topology with its files and its plan. */
class Playground extends HTMLElement {
  static observedAttributes = ["theme"];

  /** The element with the text: the code block around the playground, or the playground itself. */
  #box = this;
  #value;
  #frame;
  #isStarted = false;
  #isReady = false;
  #isTold = true;
  #stop = [];

  /** The document. Setting it shows the new one. */
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
    // Of several in a row, the last one counts.
    this.#isTold = false;
    setTimeout(() => {
      this.#isTold = true;
      this.#tell("value", { value: this.#value });
    });
  }

  connectedCallback() {
    this.#box = this.closest("pre[data-plimsoll]") ?? this;
    // The page may have been copied while it was open, for example by a back-forward cache.
    for (const old of this.querySelectorAll(":scope > iframe, :scope > button")) old.remove();
    this.style.display = "block";
    Object.assign(this.#box.style, { position: "relative", boxSizing: "border-box", visibility: "" });
    if (this.getAttribute("load") !== "click" && this.#reserve()) this.#whenNear(() => this.#open());
    else this.#offer();
  }

  disconnectedCallback() {
    this.#close();
    // It was removed from its block, which gets another one.
    if (this.#box.isConnected) this.#box.removeAttribute("data-plimsoll");
  }

  attributeChangedCallback() {
    this.#tell("theme", { theme: themeOf(this.#box) });
  }

  /**
   * Reserves the height that it will have, so that nothing moves when it loads. If reserving it would move visible content,
   * it uses the height of the text. Returns whether it does.
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

  /** Adds the button in a corner, where it moves nothing. */
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
    // With its own origin it can start workers, and shares downloads with other frames. It may neither navigate this page
    // nor open dialogs.
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
      // A frame that the page's policy or the network blocks loads as well, but does not answer.
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

  /** The text between the tags with its line breaks, however they are marked up. */
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

  /** Handles the messages of the frame, and ignores anything else. */
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

  /** Replaces the text by the frame. */
  #show() {
    if (this.#isReady) return;
    this.#isReady = true;
    const box = this.#box;
    box.scrollTo(0, 0);
    // Clipped, since hidden content still scrolls to the focus.
    Object.assign(box.style, { visibility: "hidden", overflow: "clip" });
    this.#frame.style.visibility = "visible";
    this.#raise("plimsoll-ready", { value: this.value });
  }

  /** Takes the height that the frame asks for, unless that would move what is being read. */
  #fit(height) {
    if (this.#asked || !(height >= HEIGHT.least)) return;
    if (!this.#isReady && this.#box.getBoundingClientRect().bottom >= innerHeight) this.#grow(height);
  }

  /** Replaces the frame by the text. */
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

/** The theme of `box`: that of its author, otherwise that of its surroundings. */
function themeOf(box) {
  const said = (box.querySelector("plimsoll-playground") ?? box).getAttribute("theme");
  return said === "light" || said === "dark" ? said : isDark(box.parentElement ?? box) ? "dark" : "light";
}

/** Whether the background of `element` is dark, however the page sets it. */
function isDark(element) {
  for (let under = element; under; under = under.parentElement) {
    const [red, green, blue, alpha] = seen(getComputedStyle(under).backgroundColor);
    if (alpha > 127) return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }
  // The browser's own background is dark only if the page allows it.
  const { colorScheme } = getComputedStyle(document.documentElement);
  return colorScheme.includes("dark") && (!colorScheme.includes("light") || matchMedia(DARK).matches);
}

const DARK = "(prefers-color-scheme: dark)";
const dot = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });

/** Red, green, blue and alpha of a colour in any notation, each up to 255. */
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

/** Calls `changed` when the page or the system changes the theme around `box`. Returns a function that stops it. */
function followTheme(box, changed) {
  let last = themeOf(box);
  const look = () => {
    const theme = themeOf(box);
    if (theme !== last) changed((last = theme));
  };
  // Pages fade between themes: look again when they are done.
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

/** Whether nothing has been rendered yet. Content from before this script may have been seen already. */
let isNew = false;

/** Puts playgrounds over code blocks. The block stays in place: the page may remove it itself. */
function upgrade() {
  for (const found of document.querySelectorAll(BLOCKS)) {
    const block = found.closest("pre");
    // A block may have a sibling with its line numbers.
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
  // More elements may follow: the rest of this page, and later pages on sites that navigate in place.
  new MutationObserver((changes) => {
    if (changes.some((change) => change.addedNodes.length > 0)) upgrade();
  }).observe(document, { childList: true, subtree: true });
}
