// Choosing several people, one search after the other: who is ticked moves to the chosen ones and stays there.
const form = document.querySelector("[data-picker]");

form?.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name !== "who" || !box.checked) return;
  const chosen = form.querySelector("[data-chosen]");
  const row = box.closest("li");
  if (chosen.contains(row)) return;
  chosen.hidden = false;
  chosen.querySelector("ul").append(row);
  box.focus();
});
