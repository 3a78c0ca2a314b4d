// Before the page is drawn: puts the colours on it that the person chose, and sees who comes, so that nothing flashes.
const page = document.documentElement.dataset;
if (parent !== window && new URLSearchParams(location.search).has("embed")) {
  // What this browser keeps is the person's own, and no concern of the page around this one.
  page.comesFor = "view";
} else {
  try {
    const theme = localStorage.getItem("plimsoll.theme");
    if (theme === "light" || theme === "dark") page.theme = theme;
    const hasDraft = Object.keys(localStorage).some((key) => key.startsWith("plimsoll.draft."));
    if (hasDraft || location.hash.length > 1) page.comesFor = "text";
  } catch {
    // A browser that keeps nothing has nothing to say.
  }
}
