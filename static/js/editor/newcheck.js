/* What the checks of saving say of a claim that is not made yet: at its fields, and above the button
   what is still empty. It stops nothing: a draft may be begun with all of it open. */

import { element } from "./dom.js";

const PAUSE = 500;
const KINDS = { error: "Stops publishing.", warning: "Look again." };
const WAITS =
  "The statement is held to its label, so it is checked once a source says something, and it is " +
  "chosen what it is about and which way it pulls.";

function item({ severity, message }) {
  const attributes = severity === "error" ? {} : { class: "staff__warning" };
  return element("li", attributes, element("strong", {}, KINDS[severity] ?? ""), ` ${message}`);
}

/* One list at each field that has a problem, which a screen reader reads with the field. */
function drawAtFields(form, problems) {
  for (const field of form.querySelectorAll("[id^=new_]:is(input, textarea, select)")) {
    const id = `${field.id}_problems`;
    const own = problems.filter((found) => found.id === field.id);
    const others = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
    const told = own.length ? [...others, id] : others;
    field.setAttribute("aria-describedby", told.join(" "));
    let list = form.querySelector(`#${id}`);
    if (!list && !own.length) continue;
    if (!list) field.before((list = element("ul", { class: "staff__problems", id })));
    list.replaceChildren(...own.map(item));
    list.hidden = !own.length;
  }
}

function drawRest(place, { problems, open, later, waits }) {
  const empty = open.length ? [element("p", {}, `Still empty: ${open.join(", ")}.`)] : [];
  const rows = [...empty, ...(waits ? [element("p", {}, WAITS)] : [])];
  if (later.length) {
    const list = element("ul", {}, ...later.map((words) => element("li", {}, words)));
    rows.push(element("p", {}, "To put right in the claim’s own form:"), list);
  }
  if (!rows.length && !problems.length) rows.push(element("p", {}, "Nothing to put right."));
  place.replaceChildren(...rows);
  place.hidden = !rows.length;
}

/* Checks the form that `root` holds, whichever that is, now and as it is changed. */
export function createNewCheck(root, server) {
  let asked = 0;
  let timer;

  async function look() {
    const form = root.querySelector("form[data-check-url]");
    if (!form || root.getAttribute("aria-busy") === "true") return;
    const mine = ++asked;
    const answer = await server.ask(form.dataset.checkUrl, new FormData(form));
    if (mine !== asked || !form.isConnected) return;
    if (answer.wait) later(answer.wait * 1000);
    if (!answer.ok) return;
    drawAtFields(form, answer.json.problems);
    drawRest(form.querySelector("[data-live-checked]"), answer.json);
  }

  function later(pause = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(look, pause);
  }

  root.addEventListener("input", () => later());
  return { look };
}
