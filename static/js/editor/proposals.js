/* What the register proposes for one sentence without a label: the claims that are near, the
   blocks it may stand in, a new claim. The server decides all of it, and what would stand in the
   text; here it is shown, and put there when somebody says so. */

import { createAlong } from "./along.js";
import { say } from "./dom.js";
import { drawProposal } from "./proposal.js";

const PAUSE = 500;
const KEYS = { ArrowDown: "next", j: "next", ArrowUp: "back", k: "back", n: "new", h: "heading", x: "out" };
const MANY = { g: "guidance", b: "background", r: "reported" };

export function createProposals(panel, { texts, form, field, server, newClaim }) {
  const url = field.dataset.proposalsUrl;
  if (!url) return;
  const line = panel.querySelector("[data-live-count]");
  const place = panel.querySelector("[data-live-proposal]");
  const main = texts[field.name];
  const along = createAlong(panel.querySelector("[data-live-along]"), form, texts);
  let shown = null;
  let asked = 0;
  let timer;

  /* Right behind a sentence, as after typing it, that sentence is meant. */
  const atCursor = () => ({ field: field.name, at: String(Math.max(main.selection.from - 1, 0)) });
  const isInside = () => panel.contains(document.activeElement);
  const text = () => texts[shown.field] ?? main;

  /* The last answer wins, and one that was overtaken says nothing. */
  async function ask(at, { back = false, focus = false } = {}) {
    clearTimeout(timer);
    const mine = ++asked;
    const data = new URLSearchParams({ article: field.dataset.article ?? "", ...at });
    data.set("title", form.elements.title?.value ?? "");
    for (const [name, one] of Object.entries(texts)) data.set(name, one.value);
    if (back) data.set("back", "1");
    const answer = await server.ask(url, data);
    if (mine !== asked) return;
    if (answer.wait) timer = setTimeout(() => ask(at, { back, focus }), answer.wait * 1000);
    if (!answer.ok) return say(line, answer.message);
    draw(answer.json, focus);
  }

  function draw(told, focus) {
    const was = shown;
    shown = told.total ? told : null;
    panel.hidden = false;
    if (!shown) {
      say(line, "Every sentence has a label or a block.");
      place.replaceChildren();
      main.mark("proposal", []);
      if (focus) main.focus();
      return;
    }
    say(line, `Sentence ${told.number} of ${told.total} without a label, line ${told.line}.`);
    main.mark("proposal", told.field === field.name ? [{ from: told.start, to: told.end }] : []);
    /* Drawing the same again would take the focus away from it. */
    if (was && JSON.stringify(was) === JSON.stringify(told) && !focus) return;
    place.replaceChildren(...drawProposal(told, act));
    if (focus) (place.querySelector("[data-best]") ?? place.querySelector("[data-name=next]")).focus();
  }

  const here = (at) => ({ field: shown.field, at: String(at) });

  function act(name) {
    if (!shown) return;
    if (name === "next") return ask(here(shown.end), { focus: true });
    if (name === "back") return ask(here(shown.start), { focus: true, back: true });
    if (name === "show") return text().select(shown.start, shown.end);
    if (name === "new") return begin();
    const all = [...shown.choices.flatMap((choice) => choice.actions), ...shown.actions];
    const action = all.find((one) => one.name === name && one.edit);
    if (action) return take(action);
    /* The rules refuse it: they are shown, so that no press does nothing. */
    const refused = place.querySelector("details");
    if (!refused) return;
    refused.open = true;
    refused.querySelector("summary").focus();
  }

  function take({ name, edit, adds }) {
    const { field: where } = shown;
    /* The text went on meanwhile: what was worked out for another one is not put into it. */
    if (text().value.slice(edit.start, edit.end) !== edit.was) return ask(here(shown.start));
    const empty = edit.words.indexOf("::: reported \n");
    const caret = empty < 0 ? edit.caret : empty + "::: reported ".length;
    /* First, so that what is asked of the changed text knows it. */
    if (adds) along.add(adds);
    text().replace(edit.start, edit.end, edit.words, { select: [caret, caret] });
    if (name.endsWith("reported") && empty >= 0) return;
    place.focus();
    ask({ field: where, at: String(edit.start + edit.caret) }, { focus: true });
  }

  function begin() {
    if (!newClaim) return;
    text().select(shown.start, shown.end);
    const { source, topic, treatment } = shown;
    const known = { source, topic, treatment };
    const at = here(shown.start);
    newClaim.open(Object.fromEntries(Object.entries(known).filter(([, value]) => value)), text());
    newClaim.dialog.addEventListener("close", () => setTimeout(() => ask(at, { focus: true })), {
      once: true,
    });
  }

  function follow() {
    clearTimeout(timer);
    if (isInside()) return;
    timer = setTimeout(() => ask(atCursor()), PAUSE);
  }

  main.onChange(follow);
  main.onCursor(follow);
  if (texts.summary && texts.summary !== main) texts.summary.onChange(follow);

  /* Only while the focus is in the panel, so that no key of a text or a screen reader is taken. */
  panel.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || !shown) return;
    const name = named(event.key);
    if (event.key === "Escape") text().select(shown.start, shown.end);
    else if (name) act(name);
    else return;
    event.preventDefault();
  });

  function named(key) {
    const can = (name) => shown.actions.some((one) => one.name === name && one.edit);
    if (/^[1-3]$/.test(key)) return shown.choices[key - 1]?.actions[0]?.name;
    if (key === "w") {
      const all = shown.choices.flatMap((choice) => choice.actions);
      return all.find((one) => one.name.startsWith("wording ") && one.edit)?.name;
    }
    if (key in MANY) return can(`all-${MANY[key]}`) ? `all-${MANY[key]}` : MANY[key];
    return KEYS[key];
  }

  form.addEventListener("keydown", (event) => {
    if (!event.altKey || event.code !== "KeyP" || isInside()) return;
    event.preventDefault();
    ask(atCursor(), { focus: true });
  });

  ask({ field: field.name, at: "0" });
}
