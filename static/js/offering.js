// A list of what the letters before the caret may mean: names after "@" in a text, topics in their field.
//
//   <textarea data-editor>        asks /writing/mentions/?q=…&space=…
//   <input data-topics>           asks /writing/tags/?q=…
//
// Arrow keys choose, Enter or Tab takes, Escape closes. The text keeps the focus all the time; the chosen line is told
// to screen readers through aria-activedescendant.
const PAUSE = 120;
const MENTION = /(?:^|[\s([{"'־–,;:])[\p{L}]?@((?:[cu]\/)?[\p{L}\p{N}._-]{1,40})$/u;
const TOPIC = /(?:^|,)\s*#?([^,]{1,40})$/;

export function startOffers() {
  for (const area of document.querySelectorAll("textarea[data-editor]")) new Offers(area, MENTION, "/writing/mentions/", (key) => `${key} `);
  for (const field of document.querySelectorAll("input[data-topics]")) new Offers(field, TOPIC, "/writing/tags/", (key) => `${key}, `);
}

class Offers {
  constructor(field, pattern, address, written) {
    Object.assign(this, { field, pattern, address, written });
    this.list = document.createElement("ul");
    Object.assign(this.list, { id: `${field.id}_offers`, hidden: true, className: "offers" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.labels?.[0]?.textContent.trim() || "@");
    const around = document.createElement("div");
    around.className = "offers__around";
    field.before(around);
    around.append(field, this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    if (field.matches("input")) field.setAttribute("role", "combobox");
    field.addEventListener("input", () => this.later());
    field.addEventListener("keydown", (event) => this.pressed(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    this.close();
  }

  letters() {
    const end = this.field.selectionStart;
    return this.pattern.exec(this.field.value.slice(Math.max(0, end - 60), end))?.[1].trim();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const letters = this.letters();
    if (!letters) return this.close();
    this.running?.abort();
    this.running = new AbortController();
    const address = new URL(this.address, location.href);
    address.searchParams.set("q", letters);
    address.searchParams.set("space", this.field.form?.dataset.space || "");
    try {
      const answer = await fetch(address, { signal: this.running.signal });
      if (answer.ok && !answer.redirected && this.letters() === letters) this.show((await answer.json()).items);
    } catch (problem) {
      if (problem.name !== "AbortError" && !(problem instanceof TypeError)) throw problem;
    }
  }

  show(items) {
    if (!items.length || document.activeElement !== this.field) return this.close();
    this.list.replaceChildren(...items.map((item, n) => this.line(item, n)));
    this.list.hidden = false;
    if (this.field.matches("input")) this.field.setAttribute("aria-expanded", "true");
    this.choose(this.list.firstElementChild);
  }

  line(item, n) {
    const line = document.createElement("li");
    Object.assign(line, { id: `${this.list.id}_${n}`, className: `offers__${item.kind}` });
    line.setAttribute("role", "option");
    line.dataset.key = item.key;
    for (const [tag, text] of [["bdi", item.name], ["small", item.what]]) {
      if (text) line.append(Object.assign(document.createElement(tag), { textContent: text }));
    }
    return line;
  }

  choose(line) {
    this.chosen?.setAttribute("aria-selected", "false");
    this.chosen = line;
    line.setAttribute("aria-selected", "true");
    line.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", line.id);
  }

  pressed(event) {
    if (this.list.hidden || event.isComposing) return;
    const lines = [...this.list.children];
    const at = lines.indexOf(this.chosen);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.choose(lines.at((at + step) % lines.length));
    else if (event.key === "Enter" || event.key === "Tab") this.take(this.chosen);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  take(line) {
    const letters = this.letters();
    if (!line || letters === undefined) return this.close();
    const end = this.field.selectionStart;
    this.field.setSelectionRange(end - letters.length, end);
    if (!document.execCommand("insertText", false, this.written(line.dataset.key))) {
      this.field.setRangeText(this.written(line.dataset.key), end - letters.length, end, "end");
      this.field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    clearTimeout(this.timer);
    this.close();
  }

  close() {
    this.running?.abort();
    this.chosen = null;
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
    if (this.field.matches("input")) this.field.setAttribute("aria-expanded", "false");
  }
}
