/* Shows what a claim's draft leads to: label, why, effects, problems. Words are always text. */

import { element, say } from "../editor/dom.js";

const MOST_TITLES = 3;

function decided(decision) {
  if (!decision) return "";
  if (decision.overridden) {
    const given = `“${decision.by_positions}”`;
    return `${decision.agreement} You chose more caution than the positions give (${given}).`;
  }
  if (decision.deciding.length > MOST_TITLES) {
    const some = `${decision.deciding.length} of ${decision.of} positions`;
    return `${decision.agreement} Decided by ${some}.`;
  }
  const titles = decision.deciding.map((title) => `“${title}”`).join(", ");
  return `${decision.agreement} Decided by ${titles}.`;
}

function read(reading) {
  const grade = reading.measured
    ? `, grade ${reading.grade} (aim at ${reading.aim}, at most ${reading.limit})`
    : "";
  const hard = reading.hardest.length ? ` Hardest words: ${reading.hardest.join(", ")}.` : "";
  return `${reading.label}: ${reading.words} words${grade}.${hard}`;
}

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
      if (!answer.label) return;
      const { label } = answer;
      const mark = part("label");
      mark.className = `forms__mark forms__mark--${label.modifier}`;
      say(mark, label.words || "No label yet");
      say(part("explanation"), label.explanation);
      say(part("waits"), label.waits_for);
      say(part("decision"), decided(answer.decision));
      part("effects").replaceChildren(...items(answer.effects));
      const unknown = answer.undefined.length
        ? [`Medical words that the glossary does not explain: ${answer.undefined.join(", ")}.`]
        : [];
      part("reading").replaceChildren(...items([...answer.reading.map(read), ...unknown]));
    },
  };
}
