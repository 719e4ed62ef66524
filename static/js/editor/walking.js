/* Untagged sentences: underlined where they stand, counted, and walked along by a key. */

import { count, say } from "./dom.js";

const NAME = "untagged";

/* `texts` are the fields by name, in the order of the page. */
export function createWalking(part, texts) {
  const line = part.querySelector("[data-live-place]");
  const buttons = part.querySelectorAll("[data-live-walk]");
  const all = () => texts.flatMap((text) => text.marked(NAME).map((range) => ({ text, ...range })));
  const isHere = ({ text, from, to }) => {
    const at = text.selection;
    return text === current && from <= at.from && at.from <= to;
  };
  let current = texts.at(-1);

  function show() {
    const found = all();
    const here = found.findIndex(isHere);
    const words = count(found.length, "sentence belongs", "sentences belong");
    const told = found.length ? `${words} to nothing yet.` : "Every sentence belongs to something.";
    say(line, here < 0 ? told : `${here + 1} of ${found.length} that belong to nothing yet.`);
    for (const button of buttons) button.disabled = !found.length;
  }

  function walk(step) {
    const found = all();
    if (!found.length) return;
    const here = found.findIndex(isHere);
    const next = here < 0 ? nearest(found, step) : (here + step + found.length) % found.length;
    const { text, from, to } = found[next];
    current = text;
    text.select(from, to);
    show();
  }

  /* From a place between two of them: the one after it, or before. */
  function nearest(found, step) {
    const place = texts.indexOf(current);
    const at = current.selection.from;
    const isAfter = ({ text, from }) => texts.indexOf(text) > place || (text === current && from > at);
    const after = found.findIndex(isAfter);
    if (step > 0) return Math.max(after, 0);
    return (after < 0 ? found.length : after || found.length) - 1;
  }

  for (const button of buttons) button.addEventListener("click", () => walk(Number(button.dataset.liveWalk)));
  for (const text of texts) {
    text.onCursor(() => {
      current = text;
      show();
    });
    text.element.addEventListener("keydown", (event) => {
      if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      walk(event.shiftKey ? -1 : 1);
    });
  }

  return {
    /* What the server found; it is not shown if the text has changed since it was asked. */
    draw(sentences, byName, asked) {
      for (const [name, text] of Object.entries(byName)) {
        if (text.value !== asked[name]) continue;
        const own = sentences.filter(({ field }) => field === name);
        const title = "This sentence belongs to nothing yet.";
        text.mark(NAME, own.map(({ start, end, text: words }) => ({ from: start, to: end, title, words })));
      }
      part.hidden = false;
      show();
    },
  };
}
