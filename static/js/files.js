// Files beside a text: picked, pasted or dropped, sent at once with their progress, named where the cursor is.
//
//   <form data-attach="/attachments/" data-space="actuators" data-attach-post="abc">
//
// The file field sends with the form where there are no scripts; here it is emptied as soon as its files are on the way.
import { freshToken } from "./composer.js";

export function startFiles() {
  for (const form of document.querySelectorAll("form[data-attach]")) {
    const list = form.querySelector("[data-uploads]");
    const area = form.querySelector("textarea[data-editor]");
    if (list && area) watch(form, area, list);
  }
}

function watch(form, area, list) {
  const pick = form.querySelector("[data-files]");
  const take = (files) => [...files].forEach((file) => send(form, area, list, file));
  pick.addEventListener("change", () => {
    take(pick.files);
    pick.value = "";
  });
  area.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });
  area.addEventListener("dragover", (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    area.classList.add("is-over");
  });
  area.addEventListener("dragleave", () => area.classList.remove("is-over"));
  area.addEventListener("drop", (event) => {
    area.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

function send(form, area, list, file, line = document.createElement("li")) {
  const name = Object.assign(document.createElement("bdi"), { textContent: file.name });
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", `${list.dataset.saySending} ${file.name}`);
  const said = document.createElement("span");
  line.replaceChildren(name, bar, said);
  list.append(line);
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.attach);
  request.setRequestHeader("X-CSRFToken", freshToken(form));
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = Math.round((100 * event.loaded) / event.total);
  });
  request.addEventListener("load", () => {
    bar.remove();
    if (request.status === 201) {
      said.textContent = list.dataset.sayDone;
      insert(area, request.response.markdown);
    } else {
      line.classList.add("t-overdue");
      said.textContent = `${list.dataset.sayFailed}: ${request.response?.error?.message ?? request.status}`;
    }
  });
  request.addEventListener("error", () => {
    const again = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--bare", textContent: list.dataset.sayAgain });
    again.addEventListener("click", () => send(form, area, list, file, line));
    line.replaceChildren(name, list.dataset.sayOffline, again);
  });
  const body = new FormData();
  body.append("file", file);
  body.append("space", form.dataset.space);
  if (form.dataset.attachPost) body.append("post", form.dataset.attachPost);
  request.send(body);
}

function insert(area, markdown) {
  const at = area.selectionEnd;
  const lead = at && !/\s$/.test(area.value.slice(0, at)) ? "\n\n" : "";
  area.setRangeText(`${lead}${markdown}\n`, at, at, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
