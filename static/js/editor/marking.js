/* Marks what is selected, by a button or a key: as a part, a heading, a list or a link. Pressed
   again it takes the mark away. */

import { insert, selection } from "./text.js";

/* What is typed over: an address is asked of nobody here. */
const ADDRESS = "https" + "://";
const FENCE = /^:::/;

/* The lines that a selection touches: {from, to, rows}; without words in it, its whole paragraph. */
function lines(value, { from, to }) {
  const begin = value.lastIndexOf("\n", from - 1) + 1;
  const found = value.indexOf("\n", Math.max(to, begin));
  const end = found < 0 ? value.length : found;
  return { from: begin, to: end, rows: value.slice(begin, end).split("\n") };
}

function paragraph(value, place) {
  const [before, after] = [value.slice(0, place), value.slice(place)];
  const begin = Math.max(before.lastIndexOf("\n\n") + 2, before.lastIndexOf("\n:::\n") + 5, 0);
  const found = after.search(/\n\n|\n:::/);
  return lines(value, { from: before.includes("\n") ? Math.min(begin, place) : 0, to: found < 0 ? value.length : place + found });
}

/* The block around a place: {from, to} of its first fence and of its last, or null. */
function around(value, place) {
  let open = null;
  let from = 0;
  for (const row of value.split("\n")) {
    const fence = { from, to: from + row.length, name: row.match(/^:::\s*(\w*)/)?.[1] };
    if (FENCE.test(row) && open && !fence.name) {
      if (open.from <= place && place <= fence.to) return { open, close: fence };
      open = null;
    } else if (FENCE.test(row)) open = fence;
    from += row.length + 1;
  }
  return null;
}

function unblocked(text, { open, close }) {
  const inner = text.value.slice(open.to + 1, Math.max(close.from - 1, open.to + 1));
  text.replace(open.from, close.to, inner, { select: [0, inner.length] });
}

/* Puts whole lines into a block of their own, or changes or takes away the one around them. */
function block(text, name) {
  const { value, selection: at } = text;
  const found = around(value, at.from);
  const keys = name === "reported" ? " " : "";
  if (found?.open.name === name) return unblocked(text, found);
  if (found) {
    const place = 4 + name.length + keys.length;
    return text.replace(found.open.from, found.open.to, `::: ${name}${keys}`, { select: [place, place] });
  }
  const { from, to, rows } = at.from < at.to ? lines(value, at) : paragraph(value, at.from);
  const words = rows.join("\n").trim();
  const lead = /(^|\n\n)$/.test(value.slice(0, from)) ? "" : "\n";
  const tail = /^(\n\n|\n?$)/.test(value.slice(to)) ? "" : "\n";
  const head = `::: ${name}${keys}`;
  const made = `${lead}${head}\n${words}\n:::${tail}`;
  const place = keys ? lead.length + head.length : lead.length + head.length + 1 + words.length;
  return text.replace(from, to, made, { select: [place, place] });
}

/* A sentence within its line becomes background where it stands; whole lines become a block. */
function background(text) {
  const { value, selection: at } = text;
  const words = selection(text).trim();
  const { from, to } = lines(value, at);
  const isPart = words && !/[\n[\]]/.test(words) && words !== value.slice(from, to).trim();
  const isInTable = /^\s*\|/.test(value.slice(from, to));
  if (!isPart && !(words && isInTable)) return block(text, "background");
  const [, before, inner, after] = selection(text).match(/^(\s*)(.*?)(\s*)$/s);
  return insert(text, `${before}[${inner}](background:)${after}`);
}

function eachLine(text, change) {
  const { from, to, rows } = lines(text.value, text.selection);
  const made = rows.map((row, _, all) => (row.trim() ? change(row, all) : row)).join("\n");
  text.replace(from, to, made, { select: [0, made.length] });
}

const HEADING = /^(#{1,6}) +/;
const ITEM = /^\s*(?:[-*+]|\d+[.)]) +/;

function heading(text) {
  eachLine(text, (row) => {
    const level = row.match(HEADING)?.[1].length ?? 0;
    const bare = row.replace(HEADING, "");
    return level === 0 ? `## ${bare}` : level === 2 ? `### ${bare}` : bare;
  });
}

function list(text) {
  eachLine(text, (row, all) => {
    const isList = all.filter((one) => one.trim()).every((one) => ITEM.test(one));
    return isList ? row.replace(ITEM, "") : `- ${row.replace(ITEM, "")}`;
  });
}

function link(text) {
  const words = selection(text);
  const place = words.length + 3;
  insert(text, `[${words}](${ADDRESS})`, { select: [place, place + ADDRESS.length] });
}

/* `tools` holds the buttons; `others` are what marks but is not done here, by name. */
export function createMarking(tools, text, others) {
  const steps = {
    background: () => background(text),
    reported: () => block(text, "reported"),
    guidance: () => block(text, "guidance"),
    heading: () => heading(text),
    list: () => list(text),
    link: () => link(text),
    ...others,
  };
  const keys = {};
  for (const button of tools.querySelectorAll("[data-live-mark]")) {
    const step = steps[button.dataset.liveMark];
    keys[button.dataset.key] = step;
    button.addEventListener("click", step);
    /* A press must not take the selection away before it is read. */
    button.addEventListener("mousedown", (event) => event.preventDefault());
  }
  const press = (event) => {
    const step = event.altKey && event.shiftKey && keys[event.code.replace("Key", "")];
    if (!step || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };
  text.element.addEventListener("keydown", press, { capture: true });
}
