// The gentle hint on the ask page: a line goes when its field says enough.
//
//   <ul data-quality><li data-quality-of="id_title" data-quality-least="20">…</li></ul>
export function startQuality() {
  for (const line of document.querySelectorAll("[data-quality-of]")) {
    const field = document.getElementById(line.dataset.qualityOf);
    const judge = () => (line.hidden = field.value.trim().length >= Number(line.dataset.qualityLeast));
    field?.addEventListener("input", judge);
    if (field) judge();
  }
}
