/* How the text reads and how it is labelled, with the words and sentences that drive it. */

import { count, element, say } from "./dom.js";
import { jump } from "./problems.js";

const MOST_SENTENCES = 5;

function grade(reading) {
  if (!reading.measured) return `Too short to grade: ${count(reading.words, "word", "words")}.`;
  const verdict =
    reading.grade > reading.limit ? "too hard" : reading.grade > reading.aim ? "hard" : "good";
  return (
    `Grade ${reading.grade}, ${verdict}: aim at ${reading.aim}, at most ${reading.limit}. ` +
    `${count(reading.words, "word", "words")}.`
  );
}

function sentence(found, texts) {
  return element(
    "div",
    {},
    jump(texts, found.field, found.line),
    ` ${count(found.words, "word", "words")}: ${found.text}`,
  );
}

function facts(told, texts) {
  const { longest, hardest, undefined: unknown } = told.readability;
  const labels = Object.entries(told.labels).map(([words, number]) => `${words}: ${number}`);
  const rows = [
    ["Labels", [labels.join(", ")]],
    ["Words without a label", [String(told.untagged)]],
    ["Words that make it hard", [hardest.join(", ")]],
    ["Medical words the glossary does not explain", [unknown.join(", ")]],
    ["Longest sentences", longest.slice(0, MOST_SENTENCES).map((found) => sentence(found, texts))],
  ];
  return rows.flatMap(([name, said]) => [
    element("dt", {}, name),
    element("dd", {}, ...(said.length && said[0] ? said : ["None"])),
  ]);
}

export function createReading(panel, texts) {
  const list = panel.querySelector("[data-live-list]");
  const line = panel.querySelector("[data-live-count]");
  let shown = "";
  panel.hidden = false;

  return {
    draw(told) {
      const now = JSON.stringify([told.readability, told.labels, told.untagged]);
      if (shown === (shown = now)) return;
      say(line, grade(told.readability));
      list.replaceChildren(...facts(told, texts));
    },
  };
}
