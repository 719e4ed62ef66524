/* Colours the parts of the dialect where they are written: headings, blocks, and what a link is. */

import { Decoration, EditorView, StateField } from "../../vendor/codemirror/codemirror.js";

const FENCE = /^:::\s*(\w*)/;
const HEADING = /^#{1,6}\s/;
const PART = ["background", "reported", "guidance", "picture"];
const LINK = /!?\[((?:\\.|[^\]\\])*)\]\(((?:claim|record|background|term|source|figure):[^)\s]*)\)/g;

const line = (name) => Decoration.line({ class: `live__row live__row--${name}` });
const span = (name) => Decoration.mark({ class: `live__link live__link--${name}` });

function* links(text) {
  for (const found of text.matchAll(LINK)) {
    const [mark, key] = found[2].split(/:(.*)/s);
    yield { from: found.index, to: found.index + found[0].length, mark, key };
  }
}

/* What stands at a place: {from, to, mark, key} of the link there, or undefined. */
export function linkAt(doc, place) {
  const row = doc.lineAt(place);
  for (const found of links(row.text)) {
    const [from, to] = [row.from + found.from, row.from + found.to];
    if (from <= place && place <= to) return { ...found, from, to };
  }
  return undefined;
}

function coloured(doc) {
  const made = [];
  let block = "";
  let from = 0;
  for (const text of doc.iterLines()) {
    const fence = text.match(FENCE);
    if (fence) block = PART.includes(fence[1]) ? fence[1] : block;
    const name = fence ? block || "fence" : block || (HEADING.test(text) ? "heading" : "");
    if (name) made.push(line(name).range(from));
    if (fence) made.push(line("fence").range(from));
    if (fence && !fence[1]) block = "";
    for (const link of links(text)) made.push(span(link.mark).range(from + link.from, from + link.to));
    from += text.length + 1;
  }
  return Decoration.set(made, true);
}

export const colours = StateField.define({
  create: (state) => coloured(state.doc),
  update: (value, { docChanged, newDoc }) => (docChanged ? coloured(newDoc) : value),
  provide: (field) => EditorView.decorations.from(field),
});
