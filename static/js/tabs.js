// On a phone a row of tabs is wider than the screen: the one that is open is brought into view, and nothing else moves.
export function startTabs() {
  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.parentElement;
    const [here, all] = [tab.getBoundingClientRect(), row.getBoundingClientRect()];
    if (here.left < all.left || here.right > all.right) row.scrollLeft += (here.left + here.right - all.left - all.right) / 2;
  }
}
