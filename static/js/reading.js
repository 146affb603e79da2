// How far a thread was read: what has been on the screen for a moment is told to the server, in the background.
//
//   <form or section with a form token  data-thread="<public id>" data-read-to="12"> … <article data-n="13"> …
//
// The position is the last post before the first one that was not seen, so skimming ahead hides nothing. Nor does a
// fold: data-folded="4-7 9" numbers posts that are not on the page, and nobody sees them before it is opened.
const MOMENT = 900;
const PAUSE = 1500;

const thread = document.querySelector("[data-thread][data-read-to]");
const seen = new Set();
const waiting = new Map();
const folded = thread?.dataset.folded?.split(" ").flatMap(numbersOf) ?? [];
let told = thread ? Number(thread.dataset.readTo) : 0;
let timer = 0;
let observer = null;

export function startReading() {
  if (!thread) return;
  observer = new IntersectionObserver((entries) => entries.forEach(look), { threshold: [0, 0.25, 0.6, 1] });
  observePosts(thread);
  document.addEventListener("visibilitychange", () => document.hidden && tell());
}

// Posts that came later are watched as well.
export function observePosts(within) {
  if (!observer) return;
  if (within.dataset.n) observer.observe(within);
  for (const post of within.querySelectorAll("[data-n]")) observer.observe(post);
}

function look(entry) {
  const post = entry.target;
  const enough = entry.isIntersecting && (entry.intersectionRatio >= 0.6 || entry.intersectionRect.height > innerHeight / 2);
  if (!enough) {
    clearTimeout(waiting.get(post));
    waiting.delete(post);
  } else if (!waiting.has(post)) {
    waiting.set(post, setTimeout(() => note(post), MOMENT));
  }
}

function note(post) {
  if (document.hidden) return;
  seen.add(Number(post.dataset.n));
  observer.unobserve(post);
  clearTimeout(timer);
  timer = setTimeout(tell, PAUSE);
}

function position() {
  const posts = [...thread.querySelectorAll("[data-n]")].map((post) => Number(post.dataset.n));
  let reached = told;
  for (const number of [...posts, ...folded].filter((n) => n > told).sort((a, b) => a - b)) {
    if (!seen.has(number)) break;
    reached = number;
  }
  return reached;
}

function numbersOf(span) {
  const [first, last = first] = span.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

async function tell() {
  const number = position();
  if (number <= told) return;
  const before = told;
  told = number;
  const answer = await fetch(`/inbox/read/${thread.dataset.thread}/`, {
    method: "POST",
    keepalive: true,
    headers: { "X-CSRFToken": thread.querySelector("[name=csrfmiddlewaretoken]").value },
    body: new URLSearchParams({ number }),
  }).catch(() => null);
  if (!answer?.ok) told = before;
}
