/* What is to be put right, each with the line it is on; a click goes there. */

import { count, element, say } from "./dom.js";
import { goToLine } from "./text.js";

const KINDS = { error: "Stops publishing", warning: "Look again" };

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

/* Words in a claim's brackets that the claim does not have: saves the text, then adds them. */
function step(problem) {
  if (problem.code !== "wording-unknown") return "";
  const value = `${problem.params.key} ${problem.params.words}`;
  const words = "Add these words to the claim as a wording";
  return element("button", { type: "submit", class: "live__line", name: "add-wording", value }, words);
}

function item(problem, texts) {
  return element(
    "li",
    { class: `live__problem live__problem--${problem.severity}` },
    element("span", { class: "live__kind" }, KINDS[problem.severity]),
    " ",
    jump(texts, problem.field, problem.line),
    " ",
    problem.message,
    " ",
    step(problem),
  );
}

export function createProblems(panel, texts) {
  const list = panel.querySelector("[data-live-list]");
  const line = panel.querySelector("[data-live-count]");
  let shown = "";
  panel.hidden = false;

  return {
    draw(problems) {
      /* Drawing the same list again would take the focus away from it. */
      if (shown === (shown = JSON.stringify(problems))) return;
      const errors = problems.filter((problem) => problem.severity === "error").length;
      const others = problems.length - errors;
      const stops = errors === 1 ? "problem stops publishing" : "problems stop publishing";
      const parts = [];
      if (errors) parts.push(`${errors} ${stops}`);
      if (others) parts.push(count(others, "thing to look at again", "things to look at again"));
      say(line, parts.length ? `${parts.join(", ")}.` : "Nothing to put right.");
      list.replaceChildren(...problems.map((problem) => item(problem, texts)));
    },
  };
}
