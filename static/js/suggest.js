// Fragments that follow what is being typed: similar questions, who will be asked.
//
//   <section data-fill="/search/similar/" data-fill-from="id_title id_tags" data-fill-least="8" aria-live="polite">
//
// The values of the named fields are sent by their names; the answer, a fragment of our own server, takes the
// place of what is inside. Nothing is fetched while the first field is shorter than data-fill-least.
const PAUSE = 250;

export function startSuggestions() {
  for (const place of document.querySelectorAll("[data-fill]")) follow(place);
}

function follow(place) {
  const fields = place.dataset.fillFrom.split(" ").map((id) => document.getElementById(id)).filter(Boolean);
  if (!fields.length) return;
  let timer, running;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      await fill(place, fields, running.signal);
    }, PAUSE);
  };
  for (const field of fields) field.addEventListener("input", later);
  if (fields[0].value) later();
}

async function fill(place, fields, signal) {
  const least = Number(place.dataset.fillLeast ?? 8);
  if (fields[0].value.trim().length < least) {
    place.replaceChildren();
    return;
  }
  const address = new URL(place.dataset.fill, location.href);
  for (const field of fields) address.searchParams.set(field.name, field.value);
  try {
    const answer = await fetch(address, { signal, headers: { "X-Requested-With": "fetch" } });
    if (answer.ok && !answer.redirected) place.innerHTML = await answer.text(); // not the page of the sign-in
  } catch (problem) {
    if (problem.name !== "AbortError" && !(problem instanceof TypeError)) throw problem;
  }
}
