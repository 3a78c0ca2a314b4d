// What tests do with playgrounds in a page, whoever made that.

/** What is in the playground of that number. */
export const within = (page, number = 0) => page.locator("plimsoll-playground").nth(number).frameLocator("iframe");

/** Waits until it is there to be seen. */
export const shown = (page, number = 0) =>
  page.waitForFunction((number) => {
    const frame = document.querySelectorAll("plimsoll-playground")[number]?.querySelector("iframe");
    return frame && getComputedStyle(frame).visibility === "visible";
  }, number);

/** The plan's answer in it, once it is there to be seen. */
export async function answer(page, number = 0, sentence = /floats|sinks/i) {
  const heading = within(page, number).getByRole("heading", { name: sentence });
  await heading.waitFor();
  await shown(page, number);
  return heading;
}

/** Notes what moves on the page though nobody asked for it. */
export const watchShifts = (page) =>
  page.addInitScript(() => {
    if (window !== top) return;
    window.shifts = [];
    new PerformanceObserver((list) => {
      const entries = /** @type {any[]} */ (list.getEntries());
      const of = (entry) => ({ value: entry.value, moved: entry.sources.map((source) => source.node?.className || source.node?.nodeName) });
      window.shifts.push(...entries.filter((entry) => !entry.hadRecentInput).map(of));
    }).observe({ type: "layout-shift", buffered: true });
  });
export const shifts = (page) => page.evaluate(() => window.shifts);
