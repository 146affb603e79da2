// The clause that fits what is being written, as one line in its form.
//
//   <div data-clause-hint="/policies/hint/" data-community="slug" role="status">
//
// The text goes to our own server in the body of a request, is not kept there, and the answer takes the place of
// what is inside. Nothing waits for it and nothing depends on it.
const PAUSE = 900;
const LEAST = 12;
const READ = ["title", "tags", "source"];

export function startHints() {
  for (const place of document.querySelectorAll("[data-clause-hint]")) follow(place);
}

function follow(place) {
  const form = place.closest("form");
  const fields = READ.map((name) => form?.elements[name]).filter(Boolean);
  if (!fields.length) return;
  let timer, asked = "";
  const ask = async () => {
    const text = fields.map((field) => field.value).join("\n");
    if (text === asked) return;
    asked = text;
    if (text.trim().length < LEAST) return place.replaceChildren();
    show(place, await fetchHint(place, form, fields));
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  ask();
}

async function fetchHint(place, form, fields) {
  const body = new URLSearchParams({ community: place.dataset.community || "" });
  for (const field of fields) body.set(field.name, field.value);
  const headers = { "X-Requested-With": "fetch", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  try {
    const answer = await fetch(place.dataset.clauseHint, { method: "POST", headers, body });
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch (problem) {
    if (problem instanceof TypeError) return null;
    throw problem;
  }
}

function show(place, html) {
  if (html !== null && html.trim() !== place.innerHTML.trim()) place.innerHTML = html;
}
