// Nothing typed is lost.
//
//   <form data-composer data-draft-key="reply:abc" data-draft-url="/drafts/reply:abc/" data-draft-version="3">
//
// Within a second of typing the form's texts are kept on this device (keeping.js); within five they are on the server:
//   PUT data-draft-url  {"version": 3, "body": {"title": …, "source": …}}
//   200 {"version": 4}            saved
//   401                           signed out: the line says so and leads to the sign-in, in a tab of its own
//   409 {"version": 7, "body": …} changed elsewhere: both texts are shown and the writer chooses
// The copy on the device goes only after the server said that the text has arrived: the next page carries
// data-draft-done="reply:abc". A field called draft_version is sent with the version saved last. A form without data-draft-url is kept on the device alone. One press, one post.
import { copies, forget, keep, startAnew, thisTab } from "./keeping.js";

const LOCAL_PAUSE = 300;
const SERVER_PAUSE = 2500;
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "client_token", "next", "writer", "base_revision"]);
const TEXTS = "textarea[name], input[name]:not([type]), input[type=text][name], select[name]";

export function startComposers() {
  for (const mark of document.querySelectorAll("[data-draft-done]")) forget(mark.dataset.draftDone);
  for (const form of document.querySelectorAll("form[data-composer]")) new Composer(form).start();
}

// Signing in in another tab gives the site a new form token; the cookie has it.
export function freshToken(form) {
  const cookie = document.cookie.split("; ").find((each) => each.startsWith("csrftoken="));
  const field = form.elements.csrfmiddlewaretoken;
  if (cookie) field.value = cookie.slice("csrftoken=".length);
  return field.value;
}

class Composer {
  constructor(form) {
    this.form = form;
    this.key = form.dataset.draftKey;
    this.url = form.dataset.draftUrl;
    this.version = Number(form.dataset.draftVersion || 0);
    this.line = form.querySelector("[data-saved]");
    this.saved = JSON.stringify(this.texts());
    this.sending = this.saved;
  }

  start() {
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("pagehide", () => this.keepHere());
    addEventListener("pageshow", (event) => event.persisted && this.release());
    addEventListener("online", () => this.keepThere());
    addEventListener("focus", () => this.signedOut && this.keepThere());
    this.restore();
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
    keep(this.key, { version: this.version, sent: this.sending, body: this.texts() });
    if (!this.url) this.say("local");
  }

  async keepThere() {
    this.serverTimer = null;
    const body = this.texts();
    const text = JSON.stringify(body);
    if (!this.url || this.sent || this.disputed || text === this.saved) return;
    if (this.busy) return this.changed();
    this.busy = true;
    this.sending = text;
    this.say("saving");
    try {
      const answer = await fetch(this.url, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": freshToken(this.form) },
        body: JSON.stringify({ version: this.version, body }),
      });
      this.signedOut = answer.status === 401;
      if (answer.status === 409) return this.conflict(await answer.json());
      if (!answer.ok) return this.say(this.signedOut ? "signedOut" : "local");
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
    else forget(this.key, thisTab());
    this.say("saved");
  }

  // What this device kept and the page does not hold comes back, unless the page has a text of its own; then both are
  // shown. A copy is on top of the page's text when it was made from it, or from a text that was just being sent.
  async restore() {
    const kept = await copies(this.key);
    const known = [this.saved, JSON.stringify(this.texts())];
    for (const copy of kept) if (known.includes(JSON.stringify(copy.body)) && copy.tab !== thisTab()) forget(this.key, copy.tab);
    const copy = kept.find((each) => !known.includes(JSON.stringify(each.body)));
    if (!copy) return;
    const empty = this.fields().every((field) => field.matches("select") || !field.value);
    const onTop = (copy.version && copy.version === this.version) || copy.sent === this.saved;
    if (this.touched || !(empty || onTop)) {
      if (copy.tab === thisTab()) startAnew(); // what is typed now must not write over the copy that is being shown
      this.conflict({ version: this.version, body: copy.body }, copy.tab);
      return;
    }
    this.put(copy.body);
    this.say("restored");
    this.adopt(copy.tab);
  }

  // From now on this tab keeps the text; the copy of the tab that is gone is not needed any more.
  async adopt(tab) {
    this.changed();
    await keep(this.key, { version: this.version, sent: this.sending, body: this.texts() });
    if (tab && tab !== thisTab()) await forget(this.key, tab);
    await this.restore();
  }

  conflict({ version, body }, tab) {
    const words = this.form.querySelector("template[data-conflict]");
    if (!words) return;
    this.disputed = true;
    this.form.querySelector("[data-conflict-shown]")?.remove();
    const shown = document.createElement("div");
    shown.dataset.conflictShown = "";
    shown.append(words.content.cloneNode(true));
    shown.querySelector("[data-other]").value = Object.values(body).filter(Boolean).join("\n\n");
    shown.querySelector("[data-keep-mine]").addEventListener("click", () => this.settle(shown, version, tab));
    shown.querySelector("[data-take-other]").addEventListener("click", () => {
      this.put(body);
      this.settle(shown, version, tab);
    });
    this.form.querySelector(".editor").after(shown);
    this.say("local");
  }

  async settle(shown, version, tab) {
    this.version = version;
    this.disputed = false;
    shown.remove();
    this.saved = "";
    this.touched = true;
    await this.adopt(tab);
    this.keepThere();
  }

  send(event) {
    if (event.submitter?.formTarget === "_blank") return;
    if (this.sent) return event.preventDefault();
    this.sent = this.touched = true;
    freshToken(this.form);
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
    const words = { saving: "saySaving", saved: "saySaved", local: "sayLocal", offline: "sayOffline", restored: "sayRestored", signedOut: "saySignedOut" };
    this.line.textContent = this.line.dataset[words[what]];
    if (what === "signedOut") {
      const link = Object.assign(document.createElement("a"), { href: this.line.dataset.signIn, target: "_blank", textContent: this.line.dataset.saySignIn });
      this.line.append(" ", link);
    }
    this.line.classList.toggle("t-settled", what === "saved");
    this.line.classList.toggle("t-overdue", what === "offline" || what === "signedOut");
  }
}
