// The socket at /ws/. Messages carry ids only; what they are about is fetched under the reader's own rights.
//
//   {"type": "notification"}                  the bell is fetched again
//   {"watch": "<public id>"}                  is what an open thread sends
//   {"type": "post", "thread": …, "id": …}    an open thread offers what is new, and moves nothing
//   {"type": "moved", "thread": …}            it changed its place: the page asks to watch it there
//
// A thread page has one element with data-thread="<public id>" around posts with ids `p-<public id>`, and
// ui/new_posts.html after it.
import { observePosts } from "./reading.js";
import { say } from "./toast.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60000;

export function startLive() {
  let wait = FIRST_WAIT;
  const open = () => {
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`);
    let heard = false;
    socket.addEventListener("open", () => {
      heard = true;
      wait = FIRST_WAIT;
      document.body.dataset.live = "on";
      watch(socket);
    });
    socket.addEventListener("message", (event) => {
      const message = JSON.parse(event.data);
      if (message.type === "moved") watch(socket);
      else receive(message);
    });
    socket.addEventListener("close", () => {
      delete document.body.dataset.live;
      setTimeout(open, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT);
      if (heard) refreshBell();
    });
  };
  open();
}

function watch(socket) {
  const thread = document.querySelector("[data-thread]");
  if (thread) socket.send(JSON.stringify({ watch: thread.dataset.thread }));
}

function receive(message) {
  if (message.type === "notification") refreshBell(true);
  if (message.type === "post") offerNewPosts(String(message.thread), String(message.id));
}

async function refreshBell(aloud = false) {
  const bell = document.querySelector("[data-bell]");
  if (!bell) return;
  const answer = await fetch("/inbox/bell/").catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = document.createRange().createContextualFragment(await answer.text()).querySelector("[data-bell]");
  if (!fresh) return;
  bell.replaceWith(fresh);
  if (aloud) say(fresh.getAttribute("aria-label"));
}

const waiting = new Set();

function offerNewPosts(id, post) {
  const thread = document.querySelector(`[data-thread="${CSS.escape(id)}"]`);
  const offer = document.querySelector("[data-new-posts]");
  if (!thread || !offer || document.getElementById(`p-${post}`)) return;
  waiting.add(post);
  const words = new Intl.PluralRules(document.documentElement.lang).select(waiting.size) === "one" ? "sayOne" : "sayMany";
  const button = offer.querySelector("button");
  button.textContent = offer.dataset[words].replace("{n}", waiting.size);
  button.onclick = () => loadNewPosts(thread, offer);
  button.hidden = false;
}

// The posts of this thread as the page with `search` in its address shows them now, or null.
export async function postsOf(search) {
  const answer = await fetch(location.pathname + search, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

// New posts are added after the ones on the page, comments below their post; what is being read stays where it is.
// What stands on another page of the thread is opened there.
async function loadNewPosts(thread, offer) {
  const fresh = await postsOf(location.search);
  if (!fresh) return;
  const offered = [...waiting];
  waiting.clear();
  offer.querySelector("button").hidden = true;
  const posts = [...fresh.querySelectorAll("[data-thread] [id^='p-']")].filter((post) => !document.getElementById(post.id));
  const added = posts.filter((post) => !posts.some((other) => other !== post && other.contains(post)));
  for (const post of added) place(thread, post);
  const missing = offered.filter((id) => !document.getElementById(`p-${id}`));
  for (const id of missing) {
    const folded = (await postsOf(`?at=${encodeURIComponent(id)}`))?.getElementById(`p-${id}`);
    if (folded && hostOf(folded)) added.push(place(thread, folded));
  }
  if (!added.length && missing.length) {
    location.assign(`?at=${encodeURIComponent(missing[0])}#p-${encodeURIComponent(missing[0])}`);
    return;
  }
  added[0]?.setAttribute("tabindex", "-1");
  added[0]?.focus({ preventScroll: false });
}

function hostOf(post) {
  return post.matches("li") ? document.getElementById(post.closest("article").id) : null;
}

function place(thread, post) {
  const host = hostOf(post);
  if (!host) {
    thread.append(post);
  } else {
    const list = host.querySelector(".comments") ?? document.createElement("ul");
    if (!list.parentNode) {
      list.className = "comments";
      host.querySelector("footer").before(list);
    }
    list.append(post);
  }
  observePosts(post);
  return post;
}
