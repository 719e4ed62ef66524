/* What is to be put right, the same as after saving; each problem leads to its place. */

import { count, element, say } from "./dom.js";
import { goToLine } from "./text.js";

const KINDS = { error: "Stops publishing.", warning: "Look again.", step: "Goes along." };
const CLASSES = { warning: { class: "staff__warning" }, step: { class: "staff__step" } };

export function where(field, line) {
  const place = line ? `line ${line}` : "as a whole";
  return field === "summary" ? `Short answer, ${place}` : place[0].toUpperCase() + place.slice(1);
}

/* `texts` are the fields by name, as `field.js` gives them. */
export function jump(texts, field, line) {
  const words = where(field, line);
  const click = () => goToLine(texts[field], line || 1);
  return element("button", { type: "button", class: "live__line", click }, words);
}

/* A line of a text that is written here, or else the field, which stands elsewhere in the form. */
function place(found, texts) {
  const field = found.id.replace(/^id_/, "");
  if (field in texts) return [jump(texts, field, found.line), " "];
  const words = found.line ? `${found.label}, line ${found.line}` : found.label;
  return found.id ? [element("a", { href: `#${found.id}` }, words), ": "] : [];
}

/* Words in a claim's brackets that the claim does not have: saves the text, then adds them. */
function step(found) {
  if (!found.adds) return [];
  const words = "Add these words to the claim as a wording";
  const attributes = { type: "submit", form: "edit-form", name: "add-wording", value: found.adds };
  return [" ", element("button", { ...attributes, class: "live__line" }, words)];
}

function item(found, texts) {
  const kind = element("strong", {}, KINDS[found.severity]);
  return element("li", CLASSES[found.severity] ?? {}, kind, " ", ...place(found, texts), found.message, ...step(found));
}

function told(problems) {
  const errors = problems.filter((found) => found.severity === "error").length;
  const steps = problems.filter((found) => found.severity === "step").length;
  const others = problems.length - errors - steps;
  const stops = errors === 1 ? "problem stops publishing" : "problems stop publishing";
  const parts = [];
  if (errors) parts.push(`${errors} ${stops}`);
  if (others) parts.push(count(others, "thing to look at again", "things to look at again"));
  const right = parts.length ? `${parts.join(", ")}.` : "Nothing to put right.";
  const along = count(steps, "wording goes along when you save.", "wordings go along when you save.");
  return steps ? `${right} ${along}` : right;
}

/* What stands at the fields themselves was true when the page was sent. */
function drawAtFields(problems) {
  for (const list of document.querySelectorAll("form ul[id^=id_][id$=_problems]")) {
    const own = problems.filter((found) => `${found.id}_problems` === list.id);
    const words = (found) => (found.line ? `Line ${found.line}: ${found.message}` : found.message);
    const here = own.map((found) => ({ ...found, id: "", adds: "", message: words(found) }));
    list.replaceChildren(...here.map((found) => item(found, {})));
  }
}

/* `saved` is the list of the page as it was sent: from then on its problems stand in `panel`. */
export function createProblems(panel, texts = {}, saved = null) {
  const list = panel.querySelector("[data-forms-list]");
  const line = panel.querySelector("[data-forms-count]");
  let shown = "";
  panel.hidden = false;
  /* Both lines say the same: one of them is enough to hear. */
  saved?.querySelector("[data-forms-count]").removeAttribute("aria-live");

  return {
    draw(problems) {
      /* Drawing the same list again would take the focus away from it. */
      if (shown === (shown = JSON.stringify(problems))) return;
      list.replaceChildren(...problems.map((found) => item(found, texts)));
      drawAtFields(problems);
      say(line, told(problems));
      if (!saved) return;
      const link = element("a", { href: `#${list.id}` }, "The list is below the text.");
      const there = problems.length ? [" ", link] : [];
      saved.querySelector("[data-forms-list]").replaceChildren();
      saved.querySelector("[data-forms-count]").replaceChildren(told(problems), ...there);
    },
  };
}
