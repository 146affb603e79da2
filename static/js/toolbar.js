// The bar above a Markdown field: one Tab stop, arrow keys follow the reading direction, undo keeps working.
const WRAPS = { bold: ["**", "**"], code: ["`", "`"], link: ["[", "](https://)"] };
const LINES = { heading: () => "## ", quote: () => "> ", list: () => "- ", "list-ordered": (n) => `${n + 1}. ` };
const KEYS = { b: "bold", e: "code", k: "link" };

export function startToolbars() {
  for (const bar of document.querySelectorAll("[data-toolbar]")) {
    const area = bar.closest(".editor").querySelector("textarea");
    bar.hidden = false;
    rove(bar);
    bar.addEventListener("click", (event) => {
      const key = event.target.closest("[data-mark]");
      if (key) mark(area, key.dataset.mark);
    });
    area.addEventListener("keydown", (event) => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.altKey && KEYS[event.key.toLowerCase()];
      if (!wanted) return;
      event.preventDefault();
      mark(area, wanted);
    });
  }
}

function rove(bar) {
  const keys = [...bar.querySelectorAll("button")];
  keys.forEach((key, n) => (key.tabIndex = n ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const step = { [forward]: 1, [back]: -1 }[event.key];
    if (!step) return;
    const next = keys.at((keys.indexOf(document.activeElement) + step) % keys.length);
    keys.forEach((key) => (key.tabIndex = key === next ? 0 : -1));
    next.focus();
    event.preventDefault();
  });
}

function mark(area, name) {
  area.focus();
  if (WRAPS[name]) wrap(area, ...WRAPS[name]);
  else if (LINES[name]) prefix(area, LINES[name]);
  else if (name === "mention") insert(area, /(^|\s)$/.test(area.value.slice(0, area.selectionStart)) ? "@" : " @");
}

// Typing for the person, so that the browser's own undo takes it back.
function insert(area, text) {
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function wrap(area, before, after) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const chosen = value.slice(start, end);
  const fence = before === "`" && chosen.includes("\n");
  const [open, close] = fence ? ["```\n", "\n```"] : [before, after];
  insert(area, open + chosen + close);
  area.setSelectionRange(start + open.length, start + open.length + chosen.length);
}

function prefix(area, lead) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const stop = area.value.indexOf("\n", area.selectionEnd);
  const end = stop < 0 ? area.value.length : stop;
  const lines = area.value.slice(start, end).split("\n");
  area.setSelectionRange(start, end);
  insert(area, lines.map((line, n) => lead(n) + line).join("\n"));
}
