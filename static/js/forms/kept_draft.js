/* Keeps what is typed into a form in this browser, until it is saved, thrown away or its writer logs
   out. It is offered when the form is opened again, and never put into it unasked. */

const DAYS = 30;
const PAUSE = 700;
const PREFIX = "kept-draft:";

function words(form) {
  const entries = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return entries.filter(([, value]) => typeof value === "string");
}

/* A browser that keeps nothing, or is full, is no reason to stop somebody who writes. */
function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}

function read(key) {
  const kept = attempt(() => JSON.parse(localStorage.getItem(key)));
  if (!kept || Date.now() - Date.parse(kept.at) < DAYS * 86400000) return kept;
  localStorage.removeItem(key);
  return null;
}

function toldTime(at) {
  const when = new Date(at);
  const time = when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const isToday = when.toDateString() === new Date().toDateString();
  return isToday ? time : `${when.toLocaleDateString()}, ${time}`;
}

/* The site makes the form anew with these words, rows of tables too, and saves nothing. Their own
   base goes along: where somebody saved since, saving them shows both. */
function sendBack(form, kept) {
  const sent = document.createElement("form");
  sent.method = "post";
  sent.action = form.action;
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const [name, value] of [...kept.fields, ["csrfmiddlewaretoken", token], ["preview", "1"]]) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    sent.append(field);
  }
  sent.hidden = true;
  document.body.append(sent);
  sent.submit();
}

/* A form for something new has no table and no preview. */
function fill(form, kept) {
  for (const [name, value] of kept.fields) {
    const field = form.elements[name];
    if (field && "value" in field) field.value = value;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/* What was sent from a form for something new, and led to another page, is a draft by now. */
function forgetBegun() {
  for (const name of Object.keys(sessionStorage)) {
    if (!name.startsWith(PREFIX) || !name.includes("/new/")) continue;
    sessionStorage.removeItem(name);
    localStorage.removeItem(name);
  }
}

function begin(form) {
  const offer = document.querySelector("[data-kept-offer]");
  const key = `${PREFIX}${form.dataset.kept}:${form.getAttribute("action")}`;
  const base = () => `${form.elements.number?.value}.${form.elements.base?.value}`;
  const isDirty = "dirty" in form.dataset;
  const first = JSON.stringify(words(form));
  let kept = read(key);
  let timer;

  /* Sent from this tab and shown again without a refusal: it was saved. */
  const wasSent = attempt(() => sessionStorage.getItem(key)) !== null;
  attempt(() => sessionStorage.removeItem(key));
  attempt(forgetBegun);
  const isSame = kept && JSON.stringify(kept.fields) === first;
  if (kept && !isDirty && (wasSent || isSame)) forget();
  else if (kept && !isSame) show();

  function forget() {
    attempt(() => localStorage.removeItem(key));
    kept = null;
    offer.hidden = true;
  }

  function show() {
    offer.querySelector("[data-kept-time]").textContent = toldTime(kept.at);
    offer.querySelector("[data-kept-older]").hidden = kept.base === base();
    offer.hidden = false;
  }

  /* What was not decided on is kept as it is: words typed meanwhile do not replace it. */
  function keep() {
    clearTimeout(timer);
    if (!offer.hidden) return;
    const fields = words(form);
    if (!isDirty && JSON.stringify(fields) === first) return forget();
    const now = { at: new Date().toISOString(), base: base(), fields };
    attempt(() => localStorage.setItem(key, JSON.stringify(now)));
  }

  offer.querySelector("[data-kept-back]").addEventListener("click", () => {
    if (form.querySelector("button[name=preview]")) return sendBack(form, kept);
    offer.hidden = true;
    fill(form, kept);
  });
  offer.querySelector("[data-kept-away]").addEventListener("click", () => {
    forget();
    keep();
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    keep();
    /* What is still offered is not what was sent. */
    if (event.defaultPrevented || !offer.hidden) return;
    attempt(() => sessionStorage.setItem(key, "sent"));
  });
  window.addEventListener("pagehide", () => {
    if (JSON.stringify(words(form)) !== first) keep();
  });
  if (isDirty) keep();
}

/* On https the answer to a log-out clears this too (Clear-Site-Data), from whatever page. */
function forgetAll() {
  const own = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  own.forEach((name) => localStorage.removeItem(name));
}

document.querySelectorAll("form[data-kept]").forEach(begin);
document.querySelector("#logout-form")?.addEventListener("submit", () => attempt(forgetAll));
