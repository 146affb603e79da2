// Folded comments open in their place. Their link leads to the page with them, and is followed where this does not work.
//
//   <article id="p-…"> … <ul class="comments"> <li id="p-…" data-n="5"> … <li><a data-fold href="?comments=…">
//
// What is read moves by nothing above it; the focus goes to the first comment that was folded.
import { postsOf } from "./live.js";
import { observePosts } from "./reading.js";

export function startFolding() {
  document.getElementById("deeds")?.addEventListener("click", open);
}

async function open(event) {
  const link = event.target.closest("[data-fold]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const fresh = await postsOf(link.search);
  const below = fresh?.getElementById(link.closest("article").id)?.querySelectorAll(".comments > [data-n]") ?? [];
  const opened = [...below].filter((comment) => !document.getElementById(comment.id));
  if (!opened.length) {
    location.assign(link.href);
    return;
  }
  link.parentElement.replaceWith(...opened);
  opened.forEach(observePosts);
  opened[0].setAttribute("tabindex", "-1");
  opened[0].focus();
}
