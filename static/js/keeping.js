// Copies of texts on this device. Each lies in two places, because each place alone can lose some:
// localStorage is written at once but reaches the disk seconds later, so a browser that is killed forgets it; IndexedDB
// is on the disk when it says so, but is written a moment later, so a page that is closed may be too quick for it.
// A copy belongs to one tab: two tabs never write over each other's.
const STORE = "texts";
const another = () => crypto.randomUUID?.() ?? String(Math.random()).slice(2);

export const thisTab = () => (sessionStorage.kesherTab ??= another());

// Leave the copies of this tab as they are, as if another tab had made them.
export function startAnew() {
  sessionStorage.kesherTab = another();
}

const person = () => document.body.dataset.me || "";
const prefix = (key) => `draft:${person()}:${key}#`;

const opened = new Promise((done) => {
  const asked = globalThis.indexedDB?.open("kesher", 1);
  if (!asked) return done(null);
  asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
  asked.onsuccess = () => done(asked.result);
  asked.onerror = () => done(null); // a private window may have none; the other copy stays
});

async function stored(mode, what) {
  const base = await opened;
  if (!base) return undefined;
  return new Promise((done) => {
    const work = base.transaction(STORE, mode, { durability: "strict" });
    const asked = what(work.objectStore(STORE));
    work.oncomplete = () => done(asked.result);
    work.onerror = work.onabort = () => done(undefined);
  });
}

// copy: {version, sent, body}; it gets the time at which it was kept.
export function keep(key, copy) {
  const name = prefix(key) + thisTab();
  const dated = { ...copy, at: Date.now() };
  try {
    localStorage.setItem(name, JSON.stringify(dated));
  } catch {
    // The device has no room left there; the other place has its own.
  }
  return stored("readwrite", (texts) => texts.put(dated, name));
}

// All copies of a text, the newest first: [{tab, at, version, sent, body}].
export async function copies(key) {
  const start = prefix(key);
  const found = new Map();
  const add = (name, copy) => {
    if (copy && !(found.get(name)?.at >= copy.at)) found.set(name, { ...copy, tab: name.slice(start.length) });
  };
  for (const name of Object.keys(localStorage)) if (name.startsWith(start)) add(name, JSON.parse(localStorage[name]));
  const range = IDBKeyRange.bound(start, `${start}\uffff`);
  const names = (await stored("readonly", (texts) => texts.getAllKeys(range))) ?? [];
  const values = (await stored("readonly", (texts) => texts.getAll(range))) ?? [];
  names.forEach((name, n) => add(name, values[n]));
  return [...found.values()].sort((one, other) => other.at - one.at);
}

// Forget the copy of one tab, or of all.
export function forget(key, tab) {
  const start = prefix(key) + (tab ?? "");
  for (const name of Object.keys(localStorage)) if (name.startsWith(start)) localStorage.removeItem(name);
  return stored("readwrite", (texts) => texts.delete(IDBKeyRange.bound(start, `${start}\uffff`)));
}
