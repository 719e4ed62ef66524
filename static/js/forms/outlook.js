/* Shows what a claim's draft leads to: label, why, effects, problems. Words are always text. */

import { element, say } from "../editor/dom.js";

function problem(found) {
  const line = found.line ? `, line ${found.line}` : "";
  const place = found.id ? [element("a", { href: `#${found.id}` }, `${found.label}${line}`), ": "] : [];
  const isError = found.severity === "error";
  const kind = isError ? [] : ["Look again. "];
  return element("li", isError ? {} : { class: "staff__warning" }, ...kind, ...place, found.message);
}

const items = (texts) => texts.map((text) => element("li", {}, text));

export function createOutlook(panel, list) {
  const part = (name) => panel.querySelector(`[data-forms-${name}]`);
  let told = "";

  function drawProblems(problems) {
    /* Drawing the same list again would take the focus away from it. */
    if (!list || told === (told = JSON.stringify(problems))) return;
    list.querySelector("[data-forms-list]").replaceChildren(...problems.map(problem));
    const errors = problems.filter((found) => found.severity === "error").length;
    const count = `${errors} to put right, ${problems.length - errors} to look at again.`;
    list.querySelector("[data-forms-count]").textContent = problems.length
      ? count
      : "Nothing to put right.";
  }

  return {
    draw(answer) {
      drawProblems(answer.problems);
      if (!answer.effects) return;
      const mark = part("label");
      mark.className = `forms__mark forms__mark--${answer.modifier}`;
      say(mark, answer.label || "No label yet");
      say(part("explanation"), answer.explanation);
      say(part("waits"), answer.waits_for);
      say(part("decision"), answer.decision);
      part("effects").replaceChildren(...items(answer.effects));
      part("reading").replaceChildren(...items(answer.reading));
    },
  };
}
