// Before the page is drawn: puts the colours on it that the person chose, and sees who comes, so that nothing flashes.
try {
  const theme = localStorage.getItem("plimsoll.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const hasDraft = Object.keys(localStorage).some((key) => key.startsWith("plimsoll.draft."));
  if (hasDraft || location.hash.length > 1) document.documentElement.dataset.comesFor = "text";
} catch {
  // A browser that keeps nothing has nothing to say.
}
if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.comesFor = "view";
