/* A list of claims to take along. It lies in this browser alone, and only after its reader agreed;
   opening the sheet puts its keys into the address of /bag/. Without this file nothing is missing
   but the list. */

const PLACE = "kept-claims";
const MOST = 30;
const CLAIM = /^\/(?:past\/[\d-]{10}\/)?claims\/([a-z0-9-]+\/[a-z0-9-]+)\/$/;
const TOLD =
  "Your list stays in this browser, where others who use it can see it. It is sent to this site only when you open it. One press empties it.";

/** The kept entries: a claim's key, or "?" and the key for its question alone; null before consent. */
function kept() {
  const found = JSON.parse(localStorage.getItem(PLACE) ?? "null");
  return Array.isArray(found) ? found.filter((entry) => typeof entry === "string") : null;
}

function keep(entries) {
  if (entries.length) localStorage.setItem(PLACE, JSON.stringify(entries.slice(0, MOST)));
  else localStorage.removeItem(PLACE);
  document.dispatchEvent(new CustomEvent("kept"));
}

function sheet() {
  const entries = kept() ?? [];
  const claims = entries.filter((entry) => !entry.startsWith("?"));
  const questions = entries.filter((entry) => entry.startsWith("?")).map((one) => one.slice(1));
  const parts = [];
  if (claims.length) parts.push(`c=${claims.join(",")}`);
  if (questions.length) parts.push(`q=${questions.join(",")}`);
  return `/bag/?${parts.join("&")}`;
}

/** Say if the page at hand is the list itself. */
function isOpen() {
  return location.pathname + location.search === sheet();
}

function made(name, className, text) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text ?? "";
  return element;
}

function button(text, act) {
  const element = made("button", "bag__button", text);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

/** Ask once, before anything is stored. */
function agree(beside, then) {
  const note = made("span", "bag__note", TOLD);
  const yes = button("Keep it here", () => (note.remove(), then()));
  const no = button("Do not keep", () => (note.remove(), beside.focus()));
  note.append(yes, no);
  beside.after(note);
  yes.focus();
}

/** Give a claim or its question a button that takes it in or out. */
function offer(entry, name, place) {
  const own = entry.startsWith("?") ? "Keep this question" : "Keep this";
  const holder = made("span", "bag");
  const way = made("a", "bag__way");
  const press = button(own, () => {
    const entries = kept();
    const change = () => {
      const now = kept() ?? [];
      keep(now.includes(entry) ? now.filter((one) => one !== entry) : [...now, entry]);
      press.focus();
    };
    if (entries === null && !holder.querySelector(".bag__note")) agree(press, change);
    else if (entries !== null) change();
  });
  const show = () => {
    const entries = kept() ?? [];
    const inside = entries.includes(entry);
    const full = entries.length >= MOST && !inside;
    press.textContent = inside ? "Kept: take it out" : full ? "Your list is full" : own;
    press.setAttribute("aria-label", `${press.textContent}: ${name}`);
    press.disabled = full;
    way.hidden = !inside || isOpen();
    way.href = sheet();
    way.textContent = `Open your list (${entries.length})`;
  };
  holder.append(press, way);
  place.append(holder);
  document.addEventListener("kept", show);
  show();
}

/** One press empties the list, on every page that offers anything. */
function bar(main) {
  const line = made("p", "bag__bar");
  line.setAttribute("role", "status");
  const show = () => {
    const number = kept()?.length ?? 0;
    line.replaceChildren();
    if (!number) return;
    const way = made("a", "bag__way", `Open your list (${number})`);
    way.href = sheet();
    if (!isOpen()) line.append(way);
    line.append(button("Empty your list", () => keep([])));
  };
  main.append(line);
  document.addEventListener("kept", show);
  show();
}

function keyOf(link) {
  return link.host === location.host && !link.hash ? CLAIM.exec(link.pathname)?.[1] : undefined;
}

function begin() {
  const main = document.querySelector("main");
  const own = CLAIM.exec(location.pathname)?.[1];
  const title = document.querySelector("h1")?.textContent.trim();
  if (own) {
    offer(own, title, main.querySelector("header"));
    const asked = document.querySelector("#ask")?.parentElement;
    if (asked) offer(`?${own}`, title, asked);
  }
  for (const item of main.querySelectorAll("li")) {
    const link = [...item.querySelectorAll("a")].find(keyOf);
    if (link && !item.querySelector("li") && !item.closest("nav, .history")) {
      offer(keyOf(link), item.querySelector("p, a").textContent.trim(), item);
    }
  }
  bar(main);
  window.addEventListener("storage", () => document.dispatchEvent(new CustomEvent("kept")));
}

try {
  kept();
  begin();
} catch {
  // Storage is shut or holds what is no list: then nothing is offered.
}
