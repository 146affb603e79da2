// What a text will look like, and how many people its mentions tell, below the text while one writes.
import { freshToken } from "./composer.js";

const PAUSE = 500;
const GROUP = /(?<![\w.@/+])@([cu]\/[\p{L}\p{N}_][\p{L}\p{N}_.-]{1,79})/gu;

export function startPreviews() {
  for (const button of document.querySelectorAll("[data-preview]")) preview(button);
  for (const place of document.querySelectorAll("[data-reach]")) reach(place);
}

function preview(button) {
  const { form } = button;
  const place = form.querySelector("[data-preview-place]");
  if (!place) return;
  const close = () => {
    place.hidden = true;
    button.setAttribute("aria-expanded", "false");
  };
  close();
  place.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    button.focus();
  });
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!place.hidden) return close();
    const body = new FormData();
    body.append("source", form.elements.source.value);
    body.append("space", form.dataset.space || "");
    const answer = await fetch(button.formAction, {
      method: "POST",
      headers: { "X-CSRFToken": freshToken(form), "X-Requested-With": "fetch" },
      body,
    });
    if (!answer.ok || answer.redirected) return;
    place.innerHTML = await answer.text();
    place.hidden = false;
    button.setAttribute("aria-expanded", "true");
    place.focus();
  });
}

function reach(place) {
  const form = place.closest("form");
  const area = form.querySelector("textarea[data-editor]");
  let timer;
  let asked = "";
  const look = async () => {
    const names = [...new Set([...area.value.matchAll(GROUP)].map((match) => match[1]))].sort();
    if (names.join(" ") === asked) return;
    asked = names.join(" ");
    const address = new URL(place.dataset.reach, location.href);
    address.searchParams.set("space", form.dataset.space);
    for (const name of names) address.searchParams.append("name", name);
    const answer = names.length ? await fetch(address).catch(() => null) : null;
    if (answer?.ok && !answer.redirected) place.innerHTML = await answer.text();
    else place.replaceChildren();
  };
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  look();
}
