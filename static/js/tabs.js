// Where a row of tabs is wider than the screen, it opens at the tab of this page.
export function startTabs() {
  for (const current of document.querySelectorAll(".tabs [aria-current]")) {
    const row = current.parentElement;
    const [tab, seen] = [current.getBoundingClientRect(), row.getBoundingClientRect()];
    row.scrollBy({ left: tab.left + tab.width / 2 - (seen.left + seen.width / 2), behavior: "instant" });
  }
}
