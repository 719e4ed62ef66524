/* What a claim's or a record's link shows to readers: under the pointer, and in a line of its own
   for the link that the cursor is in. */

import { element, say } from "./dom.js";

const LINK = /\[(?:\\.|[^\]\\])*\]\(((?:claim|record):[^)\s]*)\)/g;

function linkAt(value, place) {
  const begin = value.lastIndexOf("\n", place - 1) + 1;
  const [row] = value.slice(begin).split("\n", 1);
  for (const found of row.matchAll(LINK)) {
    const from = begin + found.index;
    if (from <= place && place <= from + found[0].length) return found[1];
  }
  return "";
}

export function createShown(line, text) {
  let known = {};

  function told() {
    const one = known[linkAt(text.value, text.selection.from)];
    say(line, one ? `${one.statement} (${one.label})` : "");
  }

  text.onCursor(told);
  text.describe((mark, key) => {
    const one = known[`${mark}:${key}`];
    if (!one) return null;
    const label = element("span", { class: `live__label live__label--${one.modifier || "none"}` }, one.label);
    return element("div", { class: "live__told-claim" }, element("div", {}, one.statement), label);
  });

  return {
    draw(shown) {
      known = shown;
      told();
    },
  };
}
