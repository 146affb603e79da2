// Votes without a new page, and addresses of posts that stand on another page of the thread.
//
//   <div data-vote> <button name="value" value="1|0|-1" formaction="…" aria-pressed> <span class="vote__n"> … </div>
//
// A button says what the vote becomes when it is pressed; the server answers {"score", "mine"}.
import { say } from "./toast.js";

for (const vote of document.querySelectorAll("[data-vote]")) vote.addEventListener("click", cast);
find();

async function cast(event) {
  const button = event.target.closest("button[formaction]");
  if (!button) return;
  event.preventDefault();
  const vote = event.currentTarget;
  if (vote.dataset.busy) return;
  vote.dataset.busy = "";
  try {
    const answer = await fetch(button.formAction, {
      method: "POST",
      headers: { "X-Requested-With": "fetch", "X-CSRFToken": button.form.elements.csrfmiddlewaretoken.value },
      body: new URLSearchParams({ value: button.value }),
    });
    if (answer.redirected) return button.form.requestSubmit(button);
    const said = await answer.json();
    if (!answer.ok) return say(said.error.message);
    show(vote, said);
  } catch {
    button.form.requestSubmit(button);
  } finally {
    delete vote.dataset.busy;
  }
}

function show(vote, { score, mine }) {
  vote.querySelector(".vote__n").textContent = score;
  const [up, down] = vote.querySelectorAll("button");
  set(up, mine === 1, 1);
  set(down, mine === -1, -1);
}

function set(button, pressed, value) {
  button.setAttribute("aria-pressed", pressed);
  button.value = pressed ? 0 : value;
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
