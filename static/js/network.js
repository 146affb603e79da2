/* A report on its way: fetch the progress line until the report is there, then show it. Without this file one reloads. */
const PAUSE = 1500;

async function watch(line) {
  for (;;) {
    await new Promise((wake) => setTimeout(wake, PAUSE));
    const answer = await fetch(line.dataset.progressUrl, { headers: { Accept: "text/html" } }).catch(() => null);
    if (!answer) continue;
    if (!answer.ok) return;
    const holder = document.createElement("template");
    holder.innerHTML = await answer.text();
    const fresh = holder.content.querySelector("[data-progress-url]");
    if (!fresh) return;
    if (!("underWay" in fresh.dataset)) { location.reload(); return; }
    line.replaceChildren(...fresh.childNodes);
  }
}

export function startNetwork() {
  for (const line of document.querySelectorAll("[data-progress-url][data-under-way]")) watch(line);
  for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());
}
