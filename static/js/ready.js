// Ready answers go into the composer where the caret stands; without this script the link brings them with a new page.
//
//   <a data-ready="id_source" data-ready-text="…" href="?ready=3#h-reply">
export function startReady() {
  for (const link of document.querySelectorAll("[data-ready]")) link.addEventListener("click", put);
}

function put(event) {
  const field = document.getElementById(event.currentTarget.dataset.ready);
  if (!field) return;
  event.preventDefault();
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n\n" : "";
  field.setRangeText(gap + event.currentTarget.dataset.readyText, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
