// Votes without a new page, and addresses of posts that stand on another page of the thread.
//
//   <div class="vote"> <button name="vote" value="<post>:1|0|-1" aria-pressed> <span> score …
//
// A button says what the vote becomes when it is pressed; the server answers {"score", "mine"}. A vote that is refused is
// sent as a form, and so answered by a page that says why.
const deeds = document.getElementById("deeds");

export function startThread() {
  if (!deeds) return;
  deeds.addEventListener("click", cast);
  deeds.addEventListener("click", openMenu);
  document.getElementById("post-menu")?.addEventListener("toggle", ({ newState }) => {
    if (newState === "closed") document.querySelector("a[aria-expanded=true]")?.setAttribute("aria-expanded", "false");
  });
  find();
}

async function cast(event) {
  const button = event.target.closest("button[name=vote]");
  if (!button) return;
  event.preventDefault();
  const vote = button.closest(".vote");
  if (vote.dataset.busy) return;
  vote.dataset.busy = "1";
  try {
    const answer = await fetch(deeds.action, {
      method: "POST",
      headers: { "X-Requested-With": "fetch", "X-CSRFToken": deeds.elements.csrfmiddlewaretoken.value },
      body: new URLSearchParams({ vote: button.value }),
    });
    if (!answer.ok || answer.redirected) throw new Error("not counted");
    show(vote, await answer.json());
  } catch {
    deeds.requestSubmit(button);
  } finally {
    delete vote.dataset.busy;
  }
}

function show(vote, { score, mine }) {
  vote.querySelector("span").textContent = score;
  const [up, down] = vote.querySelectorAll("button");
  set(up, mine === 1, 1);
  set(down, mine === -1, -1);
}

function set(button, pressed, value) {
  button.setAttribute("aria-pressed", pressed);
  button.value = `${button.value.split(":")[0]}:${pressed ? 0 : value}`;
}

// `/t/<thread>/#p-<post>` when the post is on another page: ask for the page it is on.
function find() {
  const id = location.hash.startsWith("#p-") && location.hash.slice(3);
  if (!id || document.getElementById(`p-${id}`)) return;
  const address = new URL(location.href);
  if (address.searchParams.get("at") === id) return;
  address.search = `?at=${encodeURIComponent(id)}`;
  location.replace(address);
}

// The menu of a post is fetched when it is opened, and closes by itself as every popover does.
async function openMenu(event) {
  const opener = event.target.closest('a[href$="/more/"]');
  const menu = document.getElementById("post-menu");
  if (!opener || !menu.showPopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const answer = await fetch(opener.href, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error("no menu");
    menu.innerHTML = await answer.text();
    menu.showPopover({ source: opener });
    opener.setAttribute("aria-expanded", "true");
    menu.querySelector("a, button").focus();
  } catch {
    location.assign(opener.href);
  }
}
