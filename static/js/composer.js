// Nothing typed is lost.
//
//   <form data-composer data-draft-key="reply:abc" data-draft-url="/drafts/reply:abc/" data-draft-version="3">
//
// Within a second of typing the form's texts are kept on this device; within five they are on the server:
//   PUT data-draft-url  {"version": 3, "body": {"title": …, "source": …}}
//   200 {"version": 4}            saved
//   409 {"version": 7, "body": …} changed elsewhere: both texts are shown and the writer chooses
// The copy on the device goes only after the server said that the text has arrived: the next page carries
// data-draft-done="reply:abc". A field called draft_version is sent with the version saved last. A form without data-draft-url is kept on the device alone. One press, one post.
const LOCAL_PAUSE = 400;
const SERVER_PAUSE = 2500;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "client_token", "next"]);
const TEXTS = "textarea[name], input[name]:not([type]), input[type=text][name], select[name]";

export function startComposers() {
  for (const mark of document.querySelectorAll("[data-draft-done]")) localStorage.removeItem(place(mark.dataset.draftDone));
  for (const form of document.querySelectorAll("form[data-composer]")) new Composer(form).start();
}

const place = (key) => `draft:${document.body.dataset.me || ""}:${key}`;

class Composer {
  constructor(form) {
    this.form = form;
    this.key = place(form.dataset.draftKey);
    this.url = form.dataset.draftUrl;
    this.version = Number(form.dataset.draftVersion || 0);
    this.line = form.querySelector("[data-saved]");
    this.saved = JSON.stringify(this.texts());
  }

  start() {
    this.restore();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("pagehide", () => this.keepHere());
    addEventListener("pageshow", (event) => event.persisted && this.release());
    addEventListener("online", () => this.keepThere());
  }

  fields() {
    return [...this.form.querySelectorAll(TEXTS)].filter((field) => !LEFT_OUT.has(field.name));
  }

  texts() {
    return Object.fromEntries(this.fields().map((field) => [field.name, field.value]));
  }

  put(body) {
    for (const field of this.fields()) if (field.name in body) field.value = body[field.name];
  }

  changed() {
    this.touched = true;
    this.localTimer ??= setTimeout(() => this.keepHere(), LOCAL_PAUSE);
    this.serverTimer ??= setTimeout(() => this.keepThere(), SERVER_PAUSE);
  }

  keepHere() {
    this.localTimer = null;
    if (!this.touched) return;
    localStorage.setItem(this.key, JSON.stringify({ version: this.version, body: this.texts() }));
    if (!this.url) this.say("local");
  }

  async keepThere() {
    this.serverTimer = null;
    const body = this.texts();
    const text = JSON.stringify(body);
    if (!this.url || this.sent || text === this.saved) return;
    if (this.busy) return this.changed();
    this.busy = true;
    this.say("saving");
    try {
      const answer = await fetch(this.url, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify({ version: this.version, body }),
      });
      if (answer.status === 409) return this.conflict(await answer.json());
      if (!answer.ok) return this.say("local");
      this.version = (await answer.json()).version;
      this.arrived(text);
    } catch {
      this.say("offline");
    } finally {
      this.busy = false;
    }
  }

  // The server has this text as a draft; the copy here goes unless more was typed meanwhile.
  arrived(text) {
    this.saved = text;
    this.touched = JSON.stringify(this.texts()) !== text;
    if (this.touched) this.changed();
    else localStorage.removeItem(this.key);
    this.say("saved");
  }

  // What this device kept and the page does not hold comes back, unless the page has a text of its own.
  restore() {
    const kept = localStorage.getItem(this.key);
    if (!kept) return;
    const { version, body } = JSON.parse(kept);
    const empty = this.fields().every((field) => field.matches("select") || !field.value);
    if (JSON.stringify(body) === this.saved) return;
    if (empty || (version && version === this.version)) {
      this.put(body);
      this.say("restored");
      this.changed();
    } else {
      this.conflict({ version: this.version, body });
    }
  }

  conflict({ version, body }) {
    this.form.querySelector("[data-conflict-shown]")?.remove();
    const shown = document.createElement("div");
    shown.dataset.conflictShown = "";
    shown.append(this.form.querySelector("template[data-conflict]").content.cloneNode(true));
    shown.querySelector("[data-other]").value = Object.values(body).filter(Boolean).join("\n\n");
    shown.querySelector("[data-keep-mine]").addEventListener("click", () => this.settle(shown, version));
    shown.querySelector("[data-take-other]").addEventListener("click", () => {
      this.put(body);
      this.settle(shown, version);
    });
    this.form.querySelector(".editor").after(shown);
  }

  settle(shown, version) {
    this.version = version;
    shown.remove();
    this.saved = "";
    this.touched = true;
    this.keepHere();
    this.keepThere();
  }

  send(event) {
    if (this.sent) return event.preventDefault();
    this.sent = this.touched = true;
    if (this.form.elements.draft_version) this.form.elements.draft_version.value = this.version;
    this.keepHere();
    for (const button of this.form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  }

  release() {
    this.sent = false;
    for (const button of this.form.querySelectorAll("button[aria-disabled]")) button.removeAttribute("aria-disabled");
  }

  say(what) {
    if (!this.line) return;
    const words = { saving: "saySaving", saved: "saySaved", local: "sayLocal", offline: "sayOffline", restored: "sayRestored" };
    this.line.textContent = this.line.dataset[words[what]];
    this.line.classList.toggle("t-settled", what === "saved");
    this.line.classList.toggle("t-overdue", what === "offline");
  }
}
