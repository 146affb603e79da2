// What one hears of a thing is chosen in its place: the page stays, and so does the focus.
//
//   <form data-level="<what is heard>" data-said="<the level and what it does>"> … <button name="level" value="muted">
//
// The server answers with the form as it is now. Where a page says the meaning beside it, it stands in [data-meaning] of
// the same line. What the server does not answer so is sent as a form always is.
import { tell } from "./toast.js";

export function startLevels() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-level]") || event.target.dataset.plainly) return;
    event.preventDefault();
    choose(event.target, event.submitter);
  });
}

async function choose(form, button) {
  const body = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", headers: { "X-Requested-With": "fetch" }, body }).catch(() => null);
  if (!answer?.ok || answer.redirected) {
    form.dataset.plainly = "yes";
    form.requestSubmit(button);
    return;
  }
  const fresh = document.createRange().createContextualFragment(await answer.text()).querySelector("[data-level]");
  form.replaceWith(fresh);
  fresh.querySelector("button").focus();
  const meaning = fresh.closest("li")?.querySelector("[data-meaning]");
  if (meaning) meaning.textContent = fresh.querySelector("[aria-pressed=true] small").textContent;
  tell(fresh.dataset.said);
}
