/* Finding a colleague in a long roster: what does not fit the words is put away; without this file one opens the units. */
for (const form of document.querySelectorAll("[data-roster]")) {
  const search = form.querySelector("[data-roster-search]");
  const field = search.querySelector("input");
  const units = [...form.querySelectorAll("details")];
  const opened = units.map((unit) => unit.open);
  search.hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.trim().toLocaleLowerCase();
    units.forEach((unit, place) => {
      let fitting = 0;
      for (const pick of unit.querySelectorAll(".pick")) {
        pick.hidden = Boolean(words) && !pick.textContent.toLocaleLowerCase().includes(words);
        fitting += pick.hidden ? 0 : 1;
      }
      unit.hidden = fitting === 0;
      unit.open = words ? fitting > 0 : opened[place];
    });
  });
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
}
