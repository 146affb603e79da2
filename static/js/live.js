// The socket at /ws/. Messages carry ids only; what they are about is fetched under the reader's own rights.
//
//   {"type": "notification"}                  the bell is fetched again
//   {"watch": "<public id>"}                  is what an open thread sends
//   {"type": "post", "thread": …, "id": …}    an open thread offers its new answers, and moves nothing
//   {"type": "moved", "thread": …}            it changed its place: the page asks to watch it there
//
// A thread page has one element with data-thread="<public id>" around posts with ids `p-<public id>`, and
// ui/new_posts.html after it.
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
  if (message.type === "post") offerNewPosts(String(message.thread));
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

function offerNewPosts(id) {
  const thread = document.querySelector(`[data-thread="${CSS.escape(id)}"]`);
  const offer = document.querySelector("[data-new-posts]");
  if (!thread || !offer) return;
  const count = Number(offer.dataset.count || 0) + 1;
  offer.dataset.count = count;
  const words = new Intl.PluralRules(document.documentElement.lang).select(count) === "one" ? "sayOne" : "sayMany";
  const button = offer.querySelector("button");
  button.textContent = offer.dataset[words].replace("{n}", count);
  button.onclick = () => loadNewPosts(thread, offer);
  offer.hidden = false;
}

// New posts are added after the ones on the page; what is being read stays where it is.
async function loadNewPosts(thread, offer) {
  const answer = await fetch(location.pathname + location.search);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const added = [...fresh.querySelectorAll("[data-thread] [id^='p-']")].filter((post) => !document.getElementById(post.id));
  thread.append(...added);
  offer.hidden = true;
  offer.dataset.count = 0;
  added[0]?.setAttribute("tabindex", "-1");
  added[0]?.focus({ preventScroll: false });
}
