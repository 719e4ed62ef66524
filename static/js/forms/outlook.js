/* Shows what a claim's draft leads to: label, why, effects, problems. Words are always text. */

import { element, say } from "../editor/dom.js";
import { createProblems } from "../editor/problems.js";

const items = (texts) => texts.map((text) => element("li", {}, text));

export function createOutlook(panel, list) {
  const part = (name) => panel.querySelector(`[data-forms-${name}]`);
  const problems = list && createProblems(list);

  return {
    draw(answer) {
      problems?.draw(answer.problems);
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
