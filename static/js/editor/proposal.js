/* One proposal as elements: the sentence, the claims that are near, what else it may be. */

import { element } from "./dom.js";

const LESS = "Less alike: read both sentences before you take one";
const KEYS = { guidance: "g", background: "b", reported: "r", heading: "h", out: "x" };

function button(name, words, act, { key = "", best = false, about = "" } = {}) {
  const attributes = { type: "button", class: "live__button", "data-name": name, click: () => act(name) };
  if (key) attributes["aria-keyshortcuts"] = key;
  if (best) attributes["data-best"] = "";
  if (about) attributes["aria-describedby"] = about;
  const shown = key ? [element("kbd", { class: "proposals__key", "aria-hidden": "true" }, key)] : [];
  return element("button", attributes, words, ...shown);
}

/* What speaks for a claim, in words: how near it is, and which words it was found by. */
function why({ is_same: isSame, similarity, quote, phrase }) {
  if (isSame) return "The same words.";
  const like = phrase ? `, like “${phrase}”` : "";
  return `Alike, ${similarity} of 100: you wrote “${quote}”${like}.`;
}

/* The only one that its key can mean: the nearest claim that may have these words. */
function wording({ choices }) {
  const all = choices.flatMap(({ actions }) => actions);
  return all.find(({ name, edit }) => name.startsWith("wording ") && edit);
}

function choice({ near, actions }, number, told, act) {
  const id = `proposal-${number}`;
  const draft = near.state === "published" ? "" : " · draft";
  const made = actions
    .filter((action) => action.edit)
    .map((action, place) =>
      button(action.name, action.words, act, {
        key: place ? (action === wording(told) ? "w" : "") : String(number),
        best: action.name === told.best,
        about: id,
      }),
    );
  return element(
    "li",
    { class: "proposals__claim" },
    element(
      "p",
      { id, class: "proposals__said" },
      element("span", { class: `live__label live__label--${near.modifier || "none"}` }, near.label),
      ` ${near.statement}`,
    ),
    element("p", { class: "proposals__why" }, `${why(near)} ${near.key}${draft}`),
    ...near.notes.map((note) => element("p", { class: "proposals__note" }, note)),
    element("p", { class: "proposals__do" }, ...made),
  );
}

function refusals(told) {
  const wordings = told.choices.flatMap(({ near, actions }) =>
    actions.filter((one) => one.refused).map((one) => `As a wording of “${near.name}”: ${one.refused}`),
  );
  const others = told.actions.filter((one) => one.refused).map((one) => `${one.words}? ${one.refused}`);
  const all = [...others, ...wordings];
  if (!all.length) return [];
  const rows = all.map((words) => element("li", {}, words));
  const summary = element("summary", {}, "What it cannot be, and why");
  return [element("details", { class: "proposals__refused" }, summary, element("ul", {}, ...rows))];
}

function blocks(told, act) {
  return told.actions
    .filter((one) => one.edit)
    .map((one, _, all) => {
      const kind = one.name.replace("all-", "");
      const isFirst = all.find((other) => other.name.endsWith(kind)) === one;
      const options = { key: isFirst ? (KEYS[kind] ?? "") : "", best: one.name === told.best };
      return button(one.name, one.words, act, { ...options, about: "proposal-sentence" });
    });
}

/* Claims with a number each; those that do not fit stand last, and are told to be less alike. */
function claims(told, act, { fits }) {
  const all = told.choices.map((one, place) => ({ one, number: place + 1 }));
  const rows = all
    .filter(({ one }) => one.fits === fits)
    .map(({ one, number }) => choice(one, number, told, act));
  if (!rows.length) return [];
  const start = all.findIndex(({ one }) => one.fits === fits) + 1;
  const said = fits ? [] : [element("h3", { class: "proposals__less" }, LESS)];
  return [...said, element("ol", { class: "proposals__claims", start: String(start) }, ...rows)];
}

export function drawProposal(told, act) {
  const about = "proposal-sentence";
  const fitting = claims(told, act, { fits: true });
  /* To take it out says nothing of it: what it may be, and a claim of its own, come before. */
  const may = blocks(told, act);
  const out = may.filter(({ dataset }) => dataset.name === "out");
  const other = element(
    "p",
    { class: "proposals__do" },
    ...may.filter((one) => !out.includes(one)),
    button("new", "New claim from it", act, { key: "n", about }),
    ...out,
  );
  return [
    element("blockquote", { class: "proposals__sentence", id: about }, told.words),
    ...(told.is_block_first ? [other, ...fitting] : [...fitting, other]),
    ...claims(told, act, { fits: false }),
    ...refusals(told),
    element(
      "p",
      { class: "proposals__do" },
      button("back", "The one before", act, { key: "k" }),
      button("next", "Leave it, the next", act, { key: "j", about }),
      button("show", "Show it in the text", act),
    ),
  ];
}
